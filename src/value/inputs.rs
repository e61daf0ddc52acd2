//! The assumptions of the value definition, of the future and of acquisition.
//!
//! Keys are stable: they stand in links, files and formulas, and are never reused.

use crate::assumptions::{
    Amount, AmountByName, AmountPerOrder, AmountPerYear, Days, Hours, HoursByName, Months, Percent,
    PercentPerYear, RateByName, Toggle, Years,
};

crate::choices! {
    /// What kind of money counts as value.
    pub enum ValueBasis {
        /// What is left after every counted step.
        Contribution = "contribution", "Contribution";
        /// What is left after cost of goods.
        GrossProfit = "gross_profit", "Gross profit";
        /// Net invoiced revenue.
        Revenue = "revenue", "Revenue";
    }
}

crate::choices! {
    /// The lifetime-value method shown as the headline.
    pub enum Headline {
        /// Finite horizon.
        L7 = "l7", "L7 Finite horizon";
        /// Past only.
        L1 = "l1", "L1 Historic: the past only";
        /// Average order, orders a year, years.
        L2 = "l2", "L2 Simple";
        /// Margin over churn.
        L3 = "l3", "L3 Margin over churn";
        /// Discounted, first margin after one renewal.
        L4 = "l4", "L4 Discounted, first margin after one renewal";
        /// Discounted, first margin now.
        L5 = "l5", "L5 Discounted, first margin now";
        /// Discounted, first margin at the end of year 1.
        L6 = "l6", "L6 Discounted, first margin at the end of year 1";
        /// With margin growth.
        L8 = "l8", "L8 Discounted, with margin growth";
        /// Observed survival.
        L10 = "l10", "L10 Observed survival";
    }
}

crate::choices! {
    /// When within a year its margin counts.
    pub enum Timing {
        /// All at the end of each year.
        End = "end", "End of year";
        /// All in the middle of each year.
        Mid = "mid", "Mid-year";
        /// All at the start of each year.
        Start = "start", "Start of year";
        /// A twelfth at the end of each month.
        Monthly = "monthly", "Monthly";
    }
}

crate::choices! {
    /// What a year's margin is taken from.
    pub enum Measure {
        /// The last 12 months.
        LastYear = "last_year", "Last 12 months";
        /// The average year since the first order.
        Average = "average", "Average year since the first order";
    }
}

crate::assumptions! {
    /// Everything that values accounts.
    pub struct Inputs;

    retention: PercentPerYear = "85" {
        label: "Retention",
        section: Basics,
        allowed: "0"..="100", usual: "40"..="100", step: "1", decimals: 2,
        from_data: Some("retention_seen"),
        help: "The share of accounts that order again in the following year. Churn is what is missing to 100 %.",
        enters: "Every future year is worth less by this factor: retention ^ (year - 1).",
        effect: Up,
        good: ["0", "85", "85 %", "37,5", "100"],
        bad: ["-1", "101", "abc", "", "1,2,3"],
    }
    discount: PercentPerYear = "10" {
        label: "Discount rate",
        section: Basics,
        allowed: "0"..="100", usual: "0"..="30", step: "0.5", decimals: 2,
        from_data: None,
        help: "What waiting a year costs you: the yearly return the money would earn elsewhere, with its risk.",
        enters: "A margin in year t is divided by (1 + discount rate) ^ t.",
        effect: Down,
        good: ["0", "8", "12,5 %", "10 %/year"],
        bad: ["-1", "100.5", "ten", ""],
    }
    horizon: Years = "5" {
        label: "Horizon",
        section: Basics,
        allowed: "1"..="50", usual: "1"..="15", step: "1", decimals: 0,
        from_data: None,
        help: "How many future years are counted. L4 to L6 and L8 do not use it, L3 only where nobody leaves.",
        enters: "The number of years in L2, L7, L9 and L10.",
        effect: Up,
        good: ["1", "5", "10 years"],
        bad: ["0", "2.5", "51", "-3", ""],
    }
    cac: Amount = "5000" {
        label: "Acquisition cost per account",
        section: Basics,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "250", decimals: 2,
        from_data: None,
        help: "What winning one account costs: quoting, samples, approval (PPAP), visits, first commission. Leave tooling out if the data has it. Groups with a cost of their own are entered under What a new account costs.",
        enters: "Taken off the lifetime value of every account whose group has no cost of its own; the C of LTV:CAC and of payback.",
        effect: Down,
        good: ["0", "15000", "12 500", "1.234,50"],
        bad: ["-5", "1,234", "a lot", ""],
    }
    basis: ValueBasis = "contribution" {
        label: "Value is",
        section: Definition,
        from_data: None,
        help: "What kind of money lifetime value counts. Contribution is what an account leaves to pay for everything else.",
        enters: "The level of the price waterfall that past and future are taken from.",
        effect: None,
        good: ["contribution", "gross_profit", "Revenue"],
        bad: ["profit", ""],
    }
    count_rebates: Toggle = "on" {
        label: "Rebates count",
        section: Definition,
        from_data: None,
        help: "Off-invoice rebates and bonuses come off the invoice price.",
        enters: "Pocket price = invoice - rebates - freight - terms.",
        effect: Down,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    count_freight: Toggle = "on" {
        label: "Freight counts",
        section: Definition,
        from_data: None,
        help: "Freight you bear. Where you charge more than it costs, it adds.",
        enters: "Pocket price = invoice - rebates - freight - terms.",
        effect: None,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    count_terms: Toggle = "on" {
        label: "Payment terms count",
        section: Definition,
        from_data: None,
        help: "The cost of waiting for the money.",
        enters: "Pocket price = invoice - rebates - freight - terms.",
        effect: Down,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    count_cost: Toggle = "on" {
        label: "Cost of goods counts",
        section: Definition,
        from_data: None,
        help: "Material, labour and machine time of what was delivered.",
        enters: "Gross profit = pocket price - cost of goods.",
        effect: Down,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    count_tooling: Toggle = "on" {
        label: "Tooling counts",
        section: Definition,
        from_data: None,
        help: "Dies, fixtures and tools that you pay for. Turn it off where customers pay for theirs.",
        enters: "Contribution = gross profit - tooling - cost to serve - depreciation.",
        effect: Down,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    count_service: Toggle = "on" {
        label: "Cost to serve counts",
        section: Definition,
        from_data: None,
        help: "Order handling, quality papers, visits, support.",
        enters: "Contribution = gross profit - tooling - cost to serve - depreciation.",
        effect: Down,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    count_depreciation: Toggle = "on" {
        label: "Depreciation counts",
        section: Definition,
        from_data: None,
        help: "Depreciation of equipment that serves one customer only.",
        enters: "Contribution = gross profit - tooling - cost to serve - depreciation.",
        effect: Down,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    gross_margin: Percent = "30" {
        label: "Gross margin where cost is missing",
        section: Costs,
        allowed: "-100"..="100", usual: "0"..="80", step: "1", decimals: 2,
        from_data: Some("margin_seen"),
        help: "Used for orders without a recorded cost, where neither the account nor its segment has any recorded cost. What is assumed is marked so.",
        enters: "Assumed cost of goods = revenue without cost x (1 - gross margin).",
        effect: Up,
        good: ["0", "28,5", "-10", "100 %"],
        bad: ["101", "-101", "thirty", ""],
    }
    terms_days: Days = "30" {
        label: "Payment terms",
        section: Costs,
        allowed: "0"..="365", usual: "0"..="120", step: "5", decimals: 0,
        from_data: None,
        help: "Days from invoice to payment.",
        enters: "Terms = revenue x days / 365 x cost of capital.",
        effect: Down,
        good: ["0", "30", "60 days"],
        bad: ["-1", "366", "30.5", ""],
    }
    capital: PercentPerYear = "0" {
        label: "Cost of capital for terms",
        section: Costs,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "What financing open invoices costs per year: your overdraft or loan rate, often 6 to 12 %. 0 until you enter yours.",
        enters: "Terms = revenue x days / 365 x cost of capital.",
        effect: Down,
        good: ["0", "8", "7,25 %"],
        bad: ["-1", "101", "prime", ""],
    }
    service_order: AmountPerOrder = "0" {
        label: "Cost to serve per order",
        section: Costs,
        allowed: "0"..="1000000", usual: "0"..="500", step: "5", decimals: 2,
        from_data: None,
        help: "Handling one order: entry, papers, packing, invoice. Machine shops that measure it often find 40 to 150. 0 until you enter yours.",
        enters: "Cost to serve = orders x cost per order + active years x cost per year.",
        effect: Down,
        good: ["0", "45", "62,50"],
        bad: ["-1", "1000001", "none", ""],
    }
    service_year: AmountPerYear = "0" {
        label: "Cost to serve per account",
        section: Costs,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "What keeping one account costs per year, whatever it orders: visits, audits, requalification. 0 until you enter yours.",
        enters: "Cost to serve = orders x cost per order + active years x cost per year.",
        effect: Down,
        good: ["0", "1500", "1500/year"],
        bad: ["-1", "none", ""],
    }
    depreciation_year: AmountPerYear = "0" {
        label: "Depreciation per account",
        section: Costs,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "Yearly depreciation of equipment bought for one customer, as an average per account.",
        enters: "Depreciation = active years x depreciation per year.",
        effect: Down,
        good: ["0", "2400"],
        bad: ["-1", "none", ""],
    }
    hours_order: Hours = "0" {
        label: "Constraint hours per order",
        section: Costs,
        allowed: "0"..="100000", usual: "0"..="100", step: "0.5", decimals: 2,
        from_data: None,
        help: "Hours that one order takes of what you are shortest of: a machine group, engineers, inspection. 0 until you enter yours.",
        enters: "Lifetime value per constraint hour, under Segments; no lifetime value changes.",
        effect: None,
        good: ["0", "2,5", "12"],
        bad: ["-1", "100001", "long", ""],
    }
    hours_by_name: HoursByName = "" {
        label: "Constraint hours of groups",
        section: Costs,
        from_data: None,
        help: "Hours per order of its own for a segment, salesperson or partner: Aerospace = 14; Spares = 0.5. An account takes its partner's, else its salesperson's, else its segment's.",
        enters: "Constraint hours of every account in the group.",
        effect: None,
        good: ["", "none", "Aerospace = 14,5"],
        bad: ["Aerospace", "Aerospace = -2"],
    }
    method: Headline = "l7" {
        label: "Headline method",
        section: Future,
        from_data: None,
        help: "Which method gives the lifetime value in tables and tiles. All methods are shown side by side under Value.",
        enters: "Future value.",
        effect: None,
        good: ["l7", "l3", "L2 Simple"],
        bad: ["l99", ""],
    }
    timing: Timing = "end" {
        label: "Timing",
        section: Future,
        from_data: None,
        help: "When within a year its margin counts. It moves the result by up to a discount rate, so it is printed with every lifetime value.",
        enters: "The exponent of the discount in L7, L9 and L10.",
        effect: None,
        good: ["end", "mid", "Monthly"],
        bad: ["daily", ""],
    }
    growth: PercentPerYear = "0" {
        label: "Margin growth",
        section: Future,
        allowed: "-50"..="100", usual: "-10"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "How much more margin a kept account brings each year than the year before.",
        enters: "Year t's margin is multiplied by (1 + growth) ^ (year - 1) in L7 to L10.",
        effect: Up,
        good: ["0", "-5", "3,5 %"],
        bad: ["-51", "101", "fast", ""],
    }
    segment_retention: Toggle = "off" {
        label: "Each segment's own retention",
        section: Future,
        from_data: None,
        help: "Value the accounts of a segment with the retention that its own orders show. A segment with too few orders for that keeps the common rate.",
        enters: "Retention of every account in such a segment.",
        effect: None,
        good: ["on", "off"],
        bad: ["perhaps", ""],
    }
    retention_by_name: RateByName = "" {
        label: "Retention of groups",
        section: Future,
        from_data: None,
        help: "A retention of its own for a segment, salesperson or partner: Aerospace = 92; Nord Partners = 80. An account takes its partner's, else its salesperson's, else its segment's.",
        enters: "Retention of every account in the group.",
        effect: None,
        good: ["", "none", "Aerospace = 92 %; Nord = 80,5"],
        bad: ["Aerospace", "Aerospace = 101", "= 80"],
    }
    cac_by_name: AmountByName = "" {
        label: "Acquisition cost of groups",
        section: Acquisition,
        from_data: None,
        help: "An acquisition cost of its own for a segment, salesperson or partner: Aerospace = 12000; Nord Partners = 3000. An account takes its partner's, else its salesperson's, else its segment's.",
        enters: "Acquisition cost of every account in the group.",
        effect: None,
        good: ["", "none", "Aerospace = 12000; A & B = 1.234,50"],
        bad: ["12000", "Aerospace = -1", "Aerospace = 1,234", "A = 1; a = 2"],
    }
    measure: Measure = "last_year" {
        label: "A year's margin is measured over",
        section: Reading,
        from_data: None,
        help: "The last 12 months follow recent change; the average year since the first order is steadier, and counts a young account as one year old at least.",
        enters: "The yearly margin that every method starts from.",
        effect: None,
        good: ["last_year", "average"],
        bad: ["month", ""],
    }
    lapse: Months = "12" {
        label: "An account has lapsed after",
        section: Reading,
        allowed: "1"..="120", usual: "3"..="36", step: "1", decimals: 0,
        from_data: None,
        help: "Months without an order after which an account counts as gone and has no future value.",
        enters: "Active accounts have a future; lapsed ones have only their past.",
        effect: None,
        good: ["6", "12", "18 months"],
        bad: ["0", "121", "1.5", ""],
    }
}
