//! The assumptions of a deal, section by section as the page shows them. The defaults are an example
//! that every board has an answer for.
//!
//! Keys are stable: they stand in links, files and formulas, and are never reused. Discount rate,
//! horizon, timing and cost of capital are those of the value page.

use crate::assumptions::{
    Amount, AmountPerOrder, AmountPerPiece, AmountPerYear, Count, DatedFlows, Days, Percent,
    PercentPerYear, Pieces, PriceBreaks,
};

crate::choices! {
    /// How price breaks count.
    pub enum BreakRule {
        /// The price reached holds for every piece.
        AllUnits = "all_units", "All units";
        /// Each piece has the price of its own step.
        Incremental = "incremental", "Step by step";
    }
}

crate::choices! {
    /// Who pays for the tooling.
    pub enum ToolingBy {
        /// We do, at the start.
        Us = "us", "We pay";
        /// The customer does; it is no cost of ours.
        Customer = "customer", "The customer pays";
        /// We do at the start, and get it back with the pieces.
        Amortised = "amortised", "Paid with the pieces";
    }
}

crate::assumptions! {
    /// Everything that a deal rests on.
    pub struct Inputs;

    deal_list: AmountPerPiece = "12" {
        label: "List price of a piece",
        section: DealPrice,
        allowed: "0"..="1000000000", usual: "0"..="100", step: "0.1", decimals: 4,
        from_data: None,
        help: "What a piece costs before any discount. Where price breaks are entered, they take its place.",
        enters: "Invoice price = list price x (1 - discount).",
        effect: Up,
        good: ["0", "12", "12,50", "€ 9.6869"],
        bad: ["-1", "1,234", "cheap", ""],
    }
    deal_discount: Percent = "8" {
        label: "Discount off list",
        section: DealPrice,
        allowed: "0"..="100", usual: "0"..="40", step: "0.5", decimals: 2,
        from_data: None,
        help: "The discount printed on the invoice.",
        enters: "Invoice price = list price x (1 - discount).",
        effect: Down,
        good: ["0", "8", "12,5 %"],
        bad: ["-1", "101", "some", ""],
    }
    deal_rebate: Percent = "0" {
        label: "Discount off invoice",
        section: DealPrice,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "What is given back later: rebates, bonuses, cash discount. It comes off the invoice price, after the discount off list.",
        enters: "Pocket price = invoice price x (1 - discount off invoice) - terms - freight.",
        effect: Down,
        good: ["0", "3", "2,5 %"],
        bad: ["-1", "101", "some", ""],
    }
    deal_breaks: PriceBreaks = "" {
        label: "Price breaks",
        section: DealPrice,
        from_data: None,
        help: "List prices by the pieces of one order: 1-99: 13; 100-499: 12.4; 500+: 12. Leave it empty where one price holds.",
        enters: "List price of a piece, by the pieces of one order.",
        effect: None,
        good: ["", "none", "1-9: 12; 10-49: 11,5; 50+: 11", "1: 12; 10: 11.5", "500+: 12"],
        bad: ["12", "1-9: 12; 11+: 11", "10+: 11; 1-9: 12", "1-9: 12", "1-9: cheap; 10+: 9"],
    }
    deal_break_rule: BreakRule = "all_units" {
        label: "How price breaks count",
        section: DealPrice,
        from_data: None,
        help: "All units: the price reached holds for every piece of the order. Step by step: each piece has the price of its own step.",
        enters: "List price of a piece, by the pieces of one order.",
        effect: None,
        good: ["all_units", "incremental", "All units"],
        bad: ["both", ""],
    }
    deal_volume: Pieces = "10000" {
        label: "Pieces a year",
        section: DealVolume,
        allowed: "1"..="1000000000", usual: "100"..="100000", step: "100", decimals: 0,
        from_data: None,
        help: "The expected annual usage (EAU).",
        enters: "Revenue and contribution of a year.",
        effect: Up,
        good: ["1", "10000", "12 500 pieces"],
        bad: ["0", "2.5", "many", ""],
    }
    deal_releases: Count = "12" {
        label: "Orders a year",
        section: DealVolume,
        allowed: "1"..="10000", usual: "1"..="52", step: "1", decimals: 0,
        from_data: None,
        help: "How many orders or releases a year's pieces come in.",
        enters: "Pieces of an order = pieces a year / orders a year; cost to serve.",
        effect: None,
        good: ["1", "12", "52"],
        bad: ["0", "1.5", "weekly", ""],
    }
    deal_large_orders: Count = "1" {
        label: "Large orders instead",
        section: DealVolume,
        allowed: "1"..="10000", usual: "1"..="10", step: "1", decimals: 0,
        from_data: None,
        help: "For comparison: a buyer who places so many large orders once and does not return.",
        enters: "Order size.",
        effect: None,
        good: ["1", "2"],
        bad: ["0", "1.5", "few", ""],
    }
    deal_large_pieces: Pieces = "15000" {
        label: "Pieces of a large order",
        section: DealVolume,
        allowed: "1"..="1000000000", usual: "100"..="100000", step: "100", decimals: 0,
        from_data: None,
        help: "For comparison: the pieces of each of these large orders.",
        enters: "Order size.",
        effect: None,
        good: ["1", "15000"],
        bad: ["0", "2.5", "many", ""],
    }
    deal_cost: AmountPerPiece = "7.1" {
        label: "Unit cost",
        section: DealCosts,
        allowed: "0"..="1000000000", usual: "0"..="100", step: "0.1", decimals: 4,
        from_data: None,
        help: "Material, labour and machine time of a piece.",
        enters: "Contribution of a piece = pocket price - unit cost.",
        effect: Down,
        good: ["0", "7.1", "7,25"],
        bad: ["-1", "1,234", "low", ""],
    }
    deal_freight: AmountPerPiece = "0.35" {
        label: "Freight of a piece",
        section: DealCosts,
        allowed: "0"..="1000000", usual: "0"..="10", step: "0.05", decimals: 4,
        from_data: None,
        help: "Freight that you bear, per piece.",
        enters: "Pocket price = invoice price x (1 - discount off invoice) - terms - freight.",
        effect: Down,
        good: ["0", "0,35"],
        bad: ["-1", "free", ""],
    }
    deal_release_cost: AmountPerOrder = "75" {
        label: "Cost of an order",
        section: DealCosts,
        allowed: "0"..="1000000", usual: "0"..="500", step: "5", decimals: 2,
        from_data: None,
        help: "What handling one order costs, whatever its size: entry, setup, papers, packing, invoice.",
        enters: "Cost to serve = orders x cost of an order + cost to serve a year.",
        effect: Down,
        good: ["0", "75", "62,50"],
        bad: ["-1", "none", ""],
    }
    deal_service: AmountPerYear = "600" {
        label: "Cost to serve a year",
        section: DealCosts,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "What serving this customer costs per year beside its orders: visits, audits, support.",
        enters: "Cost to serve = orders x cost of an order + cost to serve a year.",
        effect: Down,
        good: ["0", "600", "600/year"],
        bad: ["-1", "none", ""],
    }
    deal_terms: Days = "30" {
        label: "Payment terms of the deal",
        section: DealCosts,
        allowed: "0"..="365", usual: "0"..="120", step: "5", decimals: 0,
        from_data: None,
        help: "Days from invoice to payment. They cost what the cost of capital for terms says, under More assumptions.",
        enters: "Terms = invoice price x days / 365 x cost of capital.",
        effect: None,
        good: ["0", "30", "60 days"],
        bad: ["-1", "366", "30.5", ""],
    }
    deal_tooling: Amount = "42000" {
        label: "Tooling",
        section: DealCosts,
        allowed: "0"..="1000000000", usual: "0"..="200000", step: "500", decimals: 2,
        from_data: None,
        help: "Dies, fixtures and tools that the deal needs before the first piece.",
        enters: "What is laid out at the start, where you pay for it.",
        effect: Down,
        good: ["0", "42000", "12 500"],
        bad: ["-1", "1,234", "none", ""],
    }
    deal_tooling_by: ToolingBy = "us" {
        label: "Who pays for tooling",
        section: DealCosts,
        from_data: None,
        help: "You, the customer, or you at first and the customer with every piece.",
        enters: "What is laid out at the start, and the addition to the price.",
        effect: None,
        good: ["us", "customer", "amortised", "The customer pays"],
        bad: ["nobody", ""],
    }
    deal_tool_pieces: Pieces = "60000" {
        label: "Pieces that pay for the tooling",
        section: DealCosts,
        allowed: "1"..="1000000000", usual: "1000"..="500000", step: "1000", decimals: 0,
        from_data: None,
        help: "Where tooling is paid with the pieces: over how many pieces. After these the addition to the price ends.",
        enters: "Addition = tooling / these pieces + tool maintenance / pieces a year.",
        effect: None,
        good: ["1", "250000"],
        bad: ["0", "2.5", "all", ""],
    }
    deal_maintenance: AmountPerYear = "1200" {
        label: "Tool maintenance",
        section: DealCosts,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "Keeping the tools fit, per year.",
        enters: "Contribution of a year.",
        effect: Down,
        good: ["0", "1200"],
        bad: ["-1", "none", ""],
    }
    deal_cac: Amount = "15000" {
        label: "Cost of winning the deal",
        section: DealFuture,
        allowed: "0"..="1000000000", usual: "0"..="100000", step: "500", decimals: 2,
        from_data: None,
        help: "Quoting, samples, approval (PPAP), visits, first commission; tooling is apart.",
        enters: "Laid out at the start; the C of LTV:CAC.",
        effect: Down,
        good: ["0", "15000", "12 500"],
        bad: ["-5", "1,234", "a lot", ""],
    }
    deal_retention: PercentPerYear = "85" {
        label: "Retention of the deal",
        section: DealFuture,
        allowed: "0"..="100", usual: "40"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "The chance that the deal goes on for another year. The first year is taken as certain.",
        enters: "Year t is worth less by retention ^ (year - 1).",
        effect: Up,
        good: ["0", "85", "37,5 %"],
        bad: ["-1", "101", "sure", ""],
    }
    deal_growth: PercentPerYear = "0" {
        label: "Margin growth of the deal",
        section: DealFuture,
        allowed: "-50"..="100", usual: "-10"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "How much more contribution each year brings than the year before.",
        enters: "Year t's contribution is multiplied by (1 + growth) ^ (year - 1).",
        effect: Up,
        good: ["0", "-5", "3,5 %"],
        bad: ["-51", "101", "fast", ""],
    }
    deal_target: Percent = "28" {
        label: "Margin that needs no approval",
        section: DealApproval,
        allowed: "-100"..="100", usual: "0"..="60", step: "1", decimals: 2,
        from_data: None,
        help: "From this contribution margin on, whoever sells may agree.",
        enters: "Approval.",
        effect: None,
        good: ["28", "-5", "27,5 %"],
        bad: ["-101", "101", "high", ""],
    }
    deal_floor: Percent = "22" {
        label: "Lowest margin for a manager",
        section: DealApproval,
        allowed: "-100"..="100", usual: "0"..="60", step: "1", decimals: 2,
        from_data: None,
        help: "From here to the margin above, a manager must agree; below it, finance.",
        enters: "Approval.",
        effect: None,
        good: ["22", "0", "21,5 %"],
        bad: ["-101", "101", "low", ""],
    }
    deal_cut: Percent = "5" {
        label: "A further price cut",
        section: DealApproval,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "Further points of discount off list that the customer asks for.",
        enters: "What such a cut costs, and the volume that would make up for it.",
        effect: None,
        good: ["0", "5", "2,5 %"],
        bad: ["-1", "101", "some", ""],
    }
    deal_capacity: Pieces = "230" {
        label: "Capacity a week",
        section: DealPromise,
        allowed: "0"..="1000000000", usual: "0"..="5000", step: "10", decimals: 0,
        from_data: None,
        help: "Pieces a week that you can make of this beside what is promised to others. 0 where you do not know: then only the price is checked.",
        enters: "Chance of lateness.",
        effect: None,
        good: ["0", "230"],
        bad: ["-1", "2.5", "plenty", ""],
    }
    deal_lead_weeks: Count = "4" {
        label: "Lead time in weeks",
        section: DealPromise,
        allowed: "1"..="104", usual: "1"..="26", step: "1", decimals: 0,
        from_data: None,
        help: "Weeks from order to delivery. What varies from week to week evens out over a longer time.",
        enters: "Chance of lateness.",
        effect: None,
        good: ["1", "6"],
        bad: ["0", "1.5", "soon", ""],
    }
    deal_spread: Percent = "30" {
        label: "Spread of the weekly load",
        section: DealPromise,
        allowed: "0"..="300", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "By how much a week's load usually differs from the average week's: its standard deviation over the average.",
        enters: "Chance of lateness.",
        effect: None,
        good: ["0", "30", "22,5 %"],
        bad: ["-1", "301", "some", ""],
    }
    deal_miss: Percent = "2" {
        label: "Chance that the tolerance is missed",
        section: DealPromise,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "That what is promised cannot be made to the tolerance class, however long it takes.",
        enters: "Chance that the promise fails.",
        effect: None,
        good: ["0", "2", "1,5 %"],
        bad: ["-1", "101", "never", ""],
    }
    deal_rework: Amount = "4000" {
        label: "Rework of a failed promise",
        section: DealPromise,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "250", decimals: 2,
        from_data: None,
        help: "Scrap, rework and inspection where a promise fails.",
        enters: "Cost of a failed promise.",
        effect: None,
        good: ["0", "4000"],
        bad: ["-1", "much", ""],
    }
    deal_expedite: Amount = "1500" {
        label: "Expediting a failed promise",
        section: DealPromise,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "250", decimals: 2,
        from_data: None,
        help: "Overtime, air freight, penalties where a promise fails.",
        enters: "Cost of a failed promise.",
        effect: None,
        good: ["0", "1500"],
        bad: ["-1", "much", ""],
    }
    deal_churn: Percent = "20" {
        label: "More likely to leave after it",
        section: DealPromise,
        allowed: "0"..="100", usual: "0"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "By how many points more likely the customer leaves after a failed promise.",
        enters: "Cost of a failed promise.",
        effect: None,
        good: ["0", "20", "12,5 %"],
        bad: ["-1", "101", "sure", ""],
    }
    deal_spike_months: Count = "2" {
        label: "Months of high demand a year",
        section: DealSpikes,
        allowed: "0"..="12", usual: "0"..="12", step: "1", decimals: 0,
        from_data: None,
        help: "Months in which more is asked for than usual. 0 where there are none.",
        enters: "Spikes.",
        effect: None,
        good: ["0", "2"],
        bad: ["-1", "13", "1.5", ""],
    }
    deal_spike_pieces: Pieces = "500" {
        label: "Further pieces in such a month",
        section: DealSpikes,
        allowed: "0"..="1000000000", usual: "0"..="10000", step: "50", decimals: 0,
        from_data: None,
        help: "What is asked for beyond a usual month.",
        enters: "Spikes.",
        effect: None,
        good: ["0", "500"],
        bad: ["-1", "2.5", "many", ""],
    }
    deal_fill: Percent = "60" {
        label: "Filled without a buffer",
        section: DealSpikes,
        allowed: "0"..="100", usual: "0"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "The share of these further pieces that you can deliver now.",
        enters: "Spikes.",
        effect: None,
        good: ["0", "60", "62,5 %"],
        bad: ["-1", "101", "most", ""],
    }
    deal_fill_buffer: Percent = "95" {
        label: "Filled with a buffer",
        section: DealSpikes,
        allowed: "0"..="100", usual: "0"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "The share that you could deliver with stock or capacity held ready.",
        enters: "Spikes.",
        effect: None,
        good: ["0", "95", "97,5 %"],
        bad: ["-1", "101", "all", ""],
    }
    deal_spike_loss: Percent = "10" {
        label: "Share lost to whoever delivers",
        section: DealSpikes,
        allowed: "0"..="100", usual: "0"..="50", step: "1", decimals: 2,
        from_data: None,
        help: "The share of the deal that goes to a faster competitor for good if none of the further pieces is delivered.",
        enters: "Spikes.",
        effect: None,
        good: ["0", "10", "7,5 %"],
        bad: ["-1", "101", "some", ""],
    }
    deal_buffer_cost: AmountPerYear = "2500" {
        label: "Cost of the buffer",
        section: DealSpikes,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "100", decimals: 2,
        from_data: None,
        help: "Stock, space and idle capacity, per year.",
        enters: "Spikes.",
        effect: None,
        good: ["0", "2500"],
        bad: ["-1", "much", ""],
    }
    deal_budget: Amount = "10000" {
        label: "Budget to spend",
        section: DealEffort,
        allowed: "0"..="1000000000", usual: "0"..="200000", step: "1000", decimals: 2,
        from_data: None,
        help: "What could go into quotes for new accounts or into those there are.",
        enters: "Acquire or keep.",
        effect: None,
        good: ["0", "10000"],
        bad: ["-1", "some", ""],
    }
    deal_quote_cost: Amount = "1500" {
        label: "Cost of a quote",
        section: DealEffort,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "What one request for quotation (RFQ) costs you, won or lost.",
        enters: "Acquire or keep.",
        effect: None,
        good: ["0", "1500"],
        bad: ["-1", "much", ""],
    }
    deal_win: Percent = "20" {
        label: "Quotes won",
        section: DealEffort,
        allowed: "0"..="100", usual: "0"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "The share of quotes that become deals such as this one.",
        enters: "Acquire or keep.",
        effect: None,
        good: ["0", "20", "12,5 %"],
        bad: ["-1", "101", "few", ""],
    }
    deal_base: AmountPerYear = "200000" {
        label: "Yearly contribution of your accounts",
        section: DealEffort,
        allowed: "0"..="1000000000", usual: "0"..="5000000", step: "10000", decimals: 2,
        from_data: None,
        help: "What the accounts you have leave per year: what better retention works on.",
        enters: "Acquire or keep.",
        effect: None,
        good: ["0", "200000"],
        bad: ["-1", "much", ""],
    }
    deal_kept: Percent = "2" {
        label: "Points of retention the budget brings",
        section: DealEffort,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 2,
        from_data: None,
        help: "By how many points more of your accounts would stay each year. More than 100 % in all do not.",
        enters: "Acquire or keep.",
        effect: None,
        good: ["0", "2", "1,5 %"],
        bad: ["-1", "101", "some", ""],
    }
    deal_learning: Percent = "90" {
        label: "Learning rate",
        section: DealLearning,
        allowed: "50"..="100", usual: "80"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "What an order costs to handle after twice as many orders, as a share of before: 100 % where nothing is learned.",
        enters: "Cost of the n-th order = cost of an order x n ^ log2(learning rate).",
        effect: None,
        good: ["100", "90", "87,5 %"],
        bad: ["49", "101", "fast", ""],
    }
    deal_requalify: AmountPerYear = "800" {
        label: "Requalification spared a year",
        section: DealLearning,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "Samples, audits and approvals that a repeat spares, per year from the second on.",
        enters: "Value of staying approved.",
        effect: None,
        good: ["0", "800"],
        bad: ["-1", "much", ""],
    }
    deal_days_saved: Days = "3" {
        label: "Days spared an order",
        section: DealLearning,
        allowed: "0"..="365", usual: "0"..="30", step: "1", decimals: 0,
        from_data: None,
        help: "By how many days a repeat order is faster than a first one.",
        enters: "Value of staying approved.",
        effect: None,
        good: ["0", "3"],
        bad: ["-1", "2.5", "some", ""],
    }
    deal_day_cost: Amount = "10" {
        label: "Worth of a day",
        section: DealLearning,
        allowed: "0"..="1000000", usual: "0"..="500", step: "5", decimals: 2,
        from_data: None,
        help: "What a day of a shorter cycle is worth to you, for one order.",
        enters: "Value of staying approved.",
        effect: None,
        good: ["0", "10"],
        bad: ["-1", "much", ""],
    }
    deal_dated: DatedFlows = "2026-01-01: -10000; 2026-03-01: 2750; 2026-10-30: 4250; 2027-02-15: 3250; 2027-04-01: 2750" {
        label: "Cash flows by date",
        section: DealDated,
        from_data: None,
        help: "For payments on certain days, such as milestones: what is paid with a minus, what comes in without. Type 2026-01-01: -10000; 2026-03-01: 2750, or paste the two columns of a table.",
        enters: "Present value and rate of return of dated flows; nothing else.",
        effect: None,
        good: ["", "none", "2008-01-01: -10000; 2008-03-01: 2750", "2026-03-01\t2750\n2026-01-01\t-10000", "2026-03-01\t2.750,502026-05-01\t10"],
        bad: ["10000", "2026-02-30: 5", "2026-01-01: some", "2026-01-01: 5; 2026-01-01: 6"],
    }
}
