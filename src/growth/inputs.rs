//! What an offer, the whole catalogue and the levers rest on: each value defined once.
//!
//! Keys are stable within their group: they stand in files and are never reused.

use crate::assumptions::{
    Amount, AmountPerYear, Count, Hours, Percent, PercentPerYear, Spec, Years,
};

crate::assumptions! {
    /// What all offers rest on.
    pub struct Business;

    accounts: Count = "100" {
        label: "Accounts",
        section: Acquisition,
        allowed: "0"..="100000000", usual: "0"..="1000", step: "10", decimals: 0,
        from_data: Some("accounts_active"),
        help: "How many accounts an offer could be made to.",
        enters: "Customers of an offer = accounts x eligible x attach rate.",
        effect: None,
        good: ["0", "1200"],
        bad: ["-1", "some", ""],
    }
    account_year: AmountPerYear = "20000" {
        label: "An account's contribution a year",
        section: Future,
        allowed: "0"..="1000000000", usual: "0"..="200000", step: "1000", decimals: 2,
        from_data: Some("account_year"),
        help: "What one account leaves in a year without any offer.",
        enters: "What better retention and more orders are worth.",
        effect: Up,
        good: ["0", "20000", "12.500,50"],
        bad: ["-1", "a lot", ""],
    }
    hours: Hours = "1500" {
        label: "Hours there are",
        section: Costs,
        allowed: "0"..="100000000", usual: "0"..="10000", step: "50", decimals: 1,
        from_data: None,
        help: "Hours a year that can be spent on delivering offers.",
        enters: "The best mix needs no more than these.",
        effect: Up,
        good: ["0", "1500", "37,5"],
        bad: ["-1", "all", ""],
    }
    hour_cost: Amount = "60" {
        label: "Cost of an hour",
        section: Costs,
        allowed: "0"..="100000", usual: "0"..="200", step: "5", decimals: 2,
        from_data: None,
        help: "What an hour of delivery costs us.",
        enters: "Delivery cost = hours x cost of an hour.",
        effect: Down,
        good: ["0", "60", "72,50"],
        bad: ["-1", "much", ""],
    }
}

crate::assumptions! {
    /// What one offer rests on.
    pub struct Terms;

    fee: AmountPerYear = "6000" {
        label: "Fee a year",
        section: Basics,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "100", decimals: 2,
        from_data: None,
        help: "What a customer pays for it in a year.",
        enters: "Margin of a customer = fee - delivery cost.",
        effect: Up,
        good: ["0", "6000", "3.75"],
        bad: ["-1", "free", ""],
    }
    term: Years = "2" {
        label: "Term",
        section: Basics,
        allowed: "1"..="20", usual: "1"..="5", step: "1", decimals: 0,
        from_data: None,
        help: "How many years a customer is bound, and pays.",
        enters: "The fee counts for so many years.",
        effect: None,
        good: ["1", "3 years"],
        bad: ["0", "1.5", ""],
    }
    attach: Percent = "20" {
        label: "Attach rate",
        section: Basics,
        allowed: "0"..="100", usual: "0"..="60", step: "1", decimals: 2,
        from_data: None,
        help: "The share of those it is offered to that take it.",
        enters: "Customers of an offer = accounts x eligible x attach rate.",
        effect: None,
        good: ["0", "18", "12,5 %"],
        bad: ["-1", "101", ""],
    }
    eligible: Percent = "100" {
        label: "Eligible",
        section: Basics,
        allowed: "0"..="100", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "The share of accounts that it can be offered to.",
        enters: "Customers of an offer = accounts x eligible x attach rate.",
        effect: None,
        good: ["0", "100", "60 %"],
        bad: ["-1", "101", ""],
    }
    hours: Hours = "24" {
        label: "Delivery hours a year",
        section: Costs,
        allowed: "0"..="100000", usual: "0"..="200", step: "1", decimals: 2,
        from_data: None,
        help: "Hours that one customer of it takes in a year.",
        enters: "Delivery cost = hours x cost of an hour + other cost; hours needed.",
        effect: Down,
        good: ["0", "24", "9,5"],
        bad: ["-1", "few", ""],
    }
    cost: AmountPerYear = "0" {
        label: "Other cost a year",
        section: Costs,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "100", decimals: 2,
        from_data: None,
        help: "What one customer of it costs in a year beside hours: stock, travel, licences.",
        enters: "Delivery cost = hours x cost of an hour + other cost.",
        effect: Down,
        good: ["0", "250"],
        bad: ["-1", "some", ""],
    }
    campaign: Amount = "0" {
        label: "Campaign",
        section: Costs,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "500", decimals: 2,
        from_data: None,
        help: "What it costs once to bring the offer to all who are eligible, however many take it.",
        enters: "Taken off the offer's value once.",
        effect: Down,
        good: ["0", "4000"],
        bad: ["-1", "nothing", ""],
    }
    kept: Percent = "2" {
        label: "Better retention",
        section: Future,
        allowed: "0"..="100", usual: "0"..="15", step: "0.5", decimals: 2,
        from_data: None,
        help: "Percentage points that it adds to the yearly retention of those who take it; above 100 % nothing is added.",
        enters: "Their contribution at the better retention, less at today's.",
        effect: Up,
        good: ["0", "2", "1,5 %"],
        bad: ["-1", "101", ""],
    }
    orders: Percent = "0" {
        label: "More orders",
        section: Future,
        allowed: "0"..="500", usual: "0"..="30", step: "1", decimals: 2,
        from_data: None,
        help: "By how much more often those who take it order.",
        enters: "So much more of their contribution.",
        effect: Up,
        good: ["0", "5", "7,5 %"],
        bad: ["-1", "501", ""],
    }
    down_hours: Hours = "0" {
        label: "Downtime avoided a month",
        section: Definition,
        allowed: "0"..="744", usual: "0"..="24", step: "0.5", decimals: 2,
        from_data: None,
        help: "Hours of standstill a month that the offer spares the customer; 0 where that is not known.",
        enters: "The customer's saving = hours x cost of an hour x 12.",
        effect: None,
        good: ["0", "2", "1,5"],
        bad: ["-1", "745", ""],
    }
    down_cost: Amount = "500" {
        label: "The customer's cost of an hour",
        section: Definition,
        allowed: "0"..="10000000", usual: "0"..="5000", step: "50", decimals: 2,
        from_data: None,
        help: "What an hour of standstill costs the customer; 0 where that is not known.",
        enters: "The customer's saving, and the hours from which it pays.",
        effect: None,
        good: ["0", "500"],
        bad: ["-1", "plenty", ""],
    }
    rework: AmountPerYear = "0" {
        label: "Rework avoided a year",
        section: Definition,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "500", decimals: 2,
        from_data: None,
        help: "Scrap and rework that the offer spares the customer in a year.",
        enters: "The customer's saving.",
        effect: None,
        good: ["0", "1200"],
        bad: ["-1", "less", ""],
    }
    expedites: Count = "0" {
        label: "Expedites avoided a year",
        section: Definition,
        allowed: "0"..="100000", usual: "0"..="50", step: "1", decimals: 1,
        from_data: None,
        help: "Rush deliveries that the offer spares the customer in a year.",
        enters: "The customer's saving = expedites x what one costs.",
        effect: None,
        good: ["0", "6"],
        bad: ["-1", "none", ""],
    }
    expedite_cost: Amount = "400" {
        label: "What an expedite costs the customer",
        section: Definition,
        allowed: "0"..="10000000", usual: "0"..="5000", step: "50", decimals: 2,
        from_data: None,
        help: "What a rush delivery costs the customer; 0 where that is not known.",
        enters: "The customer's saving.",
        effect: None,
        good: ["0", "400"],
        bad: ["-1", "dear", ""],
    }
}

crate::assumptions! {
    /// The levers of an account's lifetime value (S13).
    pub struct Levers;

    part_year: AmountPerYear = "25000" {
        label: "One part at one plant",
        section: Basics,
        allowed: "0"..="1000000000", usual: "0"..="200000", step: "1000", decimals: 2,
        from_data: None,
        help: "What one part leaves in a year at one plant when all its demand is served.",
        enters: "Yearly contribution = this x parts x plants x the share of demand served.",
        effect: Up,
        good: ["0", "25000"],
        bad: ["-1", "some", ""],
    }
    repeat: PercentPerYear = "85" {
        label: "Repeat rate",
        section: Future,
        allowed: "0"..="100", usual: "40"..="100", step: "1", decimals: 2,
        from_data: Some("retention_seen"),
        help: "The chance that a part is ordered again in the following year, apart from revisions.",
        enters: "Retention = repeat rate x revision win rate ^ revisions a year.",
        effect: Up,
        good: ["85", "80,5 %"],
        bad: ["-1", "101", ""],
    }
    parts: Count = "2" {
        label: "Parts supplied",
        section: Basics,
        allowed: "0"..="10000", usual: "1"..="20", step: "1", decimals: 1,
        from_data: None,
        help: "Of the customer's bill of materials, the parts that come from us; adjacent parts add to them.",
        enters: "Yearly contribution, up to all parts that we could make.",
        effect: Up,
        good: ["1", "2"],
        bad: ["-1", "all", ""],
    }
    bom: Count = "10" {
        label: "Parts we could make",
        section: Basics,
        allowed: "0"..="10000", usual: "1"..="50", step: "1", decimals: 1,
        from_data: None,
        help: "The parts of the customer's bill of materials that we are able to make; more than these cannot be supplied.",
        enters: "The cap of the parts supplied.",
        effect: Up,
        good: ["10"],
        bad: ["-1", "all", ""],
    }
    plants: Count = "1" {
        label: "Plants",
        section: Basics,
        allowed: "0"..="1000", usual: "1"..="10", step: "1", decimals: 1,
        from_data: None,
        help: "Plants of the customer that order the same parts.",
        enters: "Yearly contribution.",
        effect: Up,
        good: ["1", "3"],
        bad: ["-1", "many", ""],
    }
    revisions: Count = "0.5" {
        label: "Revisions a year",
        section: Future,
        allowed: "0"..="12", usual: "0"..="3", step: "0.5", decimals: 2,
        from_data: None,
        help: "How often a part is changed in a year. With every change it can go to another supplier.",
        enters: "Retention = repeat rate x revision win rate ^ revisions a year.",
        effect: Down,
        good: ["0", "1,5"],
        bad: ["-1", "13", ""],
    }
    revision_win: Percent = "85" {
        label: "Revision win rate",
        section: Future,
        allowed: "0"..="100", usual: "40"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "The share of changed parts that stay with us.",
        enters: "Retention = repeat rate x revision win rate ^ revisions a year.",
        effect: Up,
        good: ["85", "100"],
        bad: ["-1", "101", ""],
    }
    spikes: Percent = "15" {
        label: "Demand in spikes",
        section: Costs,
        allowed: "0"..="100", usual: "0"..="60", step: "1", decimals: 2,
        from_data: None,
        help: "The share of a year's demand that comes in spikes.",
        enters: "Share served = 1 - spikes x (1 - fill rate).",
        effect: Down,
        good: ["0", "15 %"],
        bad: ["-1", "101", ""],
    }
    fill: Percent = "60" {
        label: "Spike fill rate",
        section: Costs,
        allowed: "0"..="100", usual: "0"..="100", step: "1", decimals: 2,
        from_data: None,
        help: "How much of a spike we can deliver.",
        enters: "Share served = 1 - spikes x (1 - fill rate).",
        effect: Up,
        good: ["0", "60 %"],
        bad: ["-1", "101", ""],
    }
}

/// The groups of values, by the name that stands in files.
pub const GROUPS: &[(&str, &[Spec])] = &[
    ("business", Business::SPECS),
    ("offer", Terms::SPECS),
    ("levers", Levers::SPECS),
];

/// A value of a group by its key.
pub fn spec(group: &'static [Spec], key: &str) -> Option<&'static Spec> {
    group.iter().find(|spec| spec.key == key)
}

impl Terms {
    /// What a customer of the offer costs us in a year.
    pub fn delivery(&self, business: &Business) -> f64 {
        self.hours.float() * business.hour_cost.float() + self.cost.float()
    }

    /// What a customer of the offer leaves in a year.
    pub fn margin(&self, business: &Business) -> f64 {
        self.fee.float() - self.delivery(business)
    }
}
