//! What a scheme pays on, and its rates.

use crate::assumptions::{Days, Months, Percent, ShareByName};

use super::kinds::{
    Basis, Event, Freight, Key, Negative, Payee, Period, RateByAge, RateByMargin, RateByTerm,
    Repeats, Special,
};

crate::assumptions! {
    /// What it pays on, and its rates.
    pub struct Pays;

    payee: Payee = "rep" {
        label: "Who is paid", section: SchemeBasis, from_data: None,
        help: "Salespeople are paid for their own orders, partners for those that came through them. An order with no salesperson is the house's and pays nobody.",
        enters: "Step 3: whose credit an order is.", effect: None,
        good: ["partner"], bad: ["dog", ""],
    }
    basis: Basis = "revenue" {
        label: "Basis", section: SchemeBasis, from_data: None,
        help: "What a rate is applied to: revenue after discount, the list price before it, revenue less cost of goods (C2), or contribution, from which freight, rebates and tooling are taken, too.",
        enters: "Step 2: base amount.", effect: None,
        good: ["margin", "Contribution"], bad: ["profit", ""],
    }
    freight: Freight = "usual" {
        label: "Freight we bear", section: SchemeBasis, from_data: None,
        help: "Whether freight lowers the base.",
        enters: "Step 2: base amount.", effect: None,
        good: ["off"], bad: ["some", ""],
    }
    negative: Negative = "zero" {
        label: "An order at a loss", section: SchemeBasis, from_data: None,
        help: "Where the base of an order line is below zero it pays nothing, or lowers pay.",
        enters: "Step 2: base amount.", effect: None,
        good: ["counted"], bad: ["maybe", ""],
    }
    rate: Percent = "5" {
        label: "Rate", section: SchemeBasis,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 4,
        from_data: None,
        help: "The standard rate: of first orders, and of all others that no other rate is given for. Tiers, margin bands and terms take its place (C1).",
        enters: "Commission = rate x base.", effect: None,
        good: ["0", "5 %", "7,25"], bad: ["-1", "101", ""],
    }
    period: Period = "month" {
        label: "Paid every", section: SchemeBasis, from_data: None,
        help: "How often there is a statement.",
        enters: "Every step closes with this period.", effect: None,
        good: ["quarter"], bad: ["week", ""],
    }
    event: Event = "order" {
        label: "Earned with the", section: SchemeBasis, from_data: None,
        help: "Which day decides the period. Where the day of delivery or of payment is not known, the days below are counted from the order.",
        enters: "Step 1: event date (C24).", effect: None,
        good: ["delivery"], bad: ["never", ""],
    }
    event_days: Days = "30" {
        label: "Days from order to that", section: SchemeBasis,
        allowed: "0"..="1000", usual: "0"..="120", step: "5", decimals: 0,
        from_data: None,
        help: "Used for every order whose day of delivery or payment is not known.",
        enters: "Event date = order date + these days.", effect: None,
        good: ["0", "45 days"], bad: ["-1", "1.5", ""],
    }
    key: Key = "account" {
        label: "A first order is the first of the", section: SchemeOrders, from_data: None,
        help: "Whether an order is a first or a repeat: of the account, of one of its plants, or of a part there (C4).",
        enters: "Step 4: rate class.", effect: None,
        good: ["item"], bad: ["deal", ""],
    }
    window: Days = "0" {
        label: "First-order window", section: SchemeOrders,
        allowed: "0"..="3650", usual: "0"..="365", step: "15", decimals: 0,
        from_data: None,
        help: "Orders within so many days after the first one count as first, too; 0 for the first order alone (C4).",
        enters: "Step 4: rate class.", effect: None,
        good: ["0", "90 days"], bad: ["-1", "1.5", ""],
    }
    repeats: Repeats = "same" {
        label: "A repeat pays", section: SchemeOrders, from_data: None,
        help: "What an order after the first pays (C4, C5), or a residual that changes with time (C23).",
        enters: "Step 4: rate class.", effect: None,
        good: ["nothing", "own"], bad: ["half", ""],
    }
    repeat: Percent = "3" {
        label: "Rate of a repeat", section: SchemeOrders,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 4,
        from_data: None,
        help: "Where a repeat has a rate of its own (C5).",
        enters: "Commission = rate x base.", effect: None,
        good: ["0", "3"], bad: ["-1", "101", ""],
    }
    repeat_steps: RateByAge = "" {
        label: "Rates of repeats", section: SchemeOrders, from_data: None,
        help: "By the number of the order, as in 2: 4; 4: 3, or by months, as in 0: 5; 12: 2; 24: 0 for a residual that ends after two years (C5, C23). Before the first step the standard rate holds.",
        enters: "Commission = rate x base.", effect: None,
        good: ["2: 4; 4: 3", "none", "0: 2"], bad: ["x", "2: 101", "4: 3; 2: 1"],
    }
    renewals: Special = "repeat" {
        label: "A renewal pays", section: SchemeOrders, from_data: None,
        help: "A renewal is a repeat of a part that the account has ordered before.",
        enters: "Step 4: rate class.", effect: None,
        good: ["own"], bad: ["half", ""],
    }
    renewal: Percent = "3" {
        label: "Rate of a renewal", section: SchemeOrders,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 4,
        from_data: None,
        help: "Where a renewal has a rate of its own.",
        enters: "Commission = rate x base.", effect: None,
        good: ["0", "3"], bad: ["-1", "101", ""],
    }
    expansions: Special = "repeat" {
        label: "An expansion pays", section: SchemeOrders, from_data: None,
        help: "An expansion is the first order of a part by an account that ordered other parts before.",
        enters: "Step 4: rate class.", effect: None,
        good: ["own"], bad: ["half", ""],
    }
    expansion: Percent = "8" {
        label: "Rate of an expansion", section: SchemeOrders,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 4,
        from_data: None,
        help: "Where an expansion has a rate of its own.",
        enters: "Commission = rate x base.", effect: None,
        good: ["0", "8"], bad: ["-1", "101", ""],
    }
    products: ShareByName = "" {
        label: "Rates by stream or part", section: SchemeRates, from_data: None,
        help: "A stream or part with a rate of its own, as in Spares = 8; Freight = 0. A part goes before its stream; what pays nothing does not count for tiers.",
        enters: "Step 4: rate class; in place of every other rate, except that a repeat that pays nothing still does.",
        effect: None,
        good: ["Spares = 8", "A = 0; B = 2,5 %"], bad: ["Spares", "Spares = 101"],
    }
    bands: RateByMargin = "" {
        label: "Rates by margin", section: SchemeRates, from_data: None,
        help: "By gross margin in percent of the price, not of the cost, as in 0: 5; 20: 8; 33: 10. A margin on a boundary has the higher band; one below zero the first (C3).",
        enters: "Takes the place of the standard rate.", effect: None,
        good: ["0: 5; 20: 8", "none"], bad: ["20: 8", "0: 101"],
    }
    terms: RateByTerm = "" {
        label: "Rates by term", section: SchemeRates, from_data: None,
        help: "By years of contract, as in 1: 3; 2: 4; 3: 5, on the value of all years (C26). Below the first step the standard rate holds.",
        enters: "Takes the place of the standard rate.", effect: None,
        good: ["1: 3; 2: 4; 3: 5", "none"], bad: ["1", "1: 101"],
    }
    term: Months = "12" {
        label: "Term of an order", section: SchemeRates,
        allowed: "1"..="600", usual: "1"..="60", step: "1", decimals: 0,
        from_data: None,
        help: "Used for every order whose term the orders do not say.",
        enters: "Rates by term; what a return takes back by term.", effect: None,
        good: ["1", "36 months"], bad: ["0", "1.5", ""],
    }
}
