//! Bonuses.

use crate::assumptions::{Amount, DatedFlows, Percent};

use super::kinds::{AmountByLevel, FactorByShare, Growth, Lifetime, Metric, Spiff};

crate::assumptions! {
    /// Bonuses.
    pub struct Bonus;

    spiff: DatedFlows = "" {
        label: "SPIFF", section: SchemeBonus, from_data: None,
        help: "What an event pays from a day on; end it with 0, as in 2025-01-01: 250; 2025-04-01: 0 (C19).",
        enters: "Step 7: fixed bonuses.", effect: None,
        good: ["2025-01-01: 250; 2025-04-01: 0", "none"], bad: ["250", "2025-13-01: 5"],
    }
    spiff_for: Spiff = "account" {
        label: "The SPIFF is for", section: SchemeBonus, from_data: None,
        help: "Which event is paid (C19).",
        enters: "Step 7.", effect: None,
        good: ["item"], bad: ["luck", ""],
    }
    spiff_budget: Amount = "0" {
        label: "Budget of the SPIFF", section: SchemeBonus,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "500", decimals: 2,
        from_data: None,
        help: "First come, first served, for all together; the last may get what is left, and who comes too late is listed with nothing. 0 is without end (C19).",
        enters: "Step 7.", effect: None,
        good: ["0", "1000"], bad: ["-1", "all", ""],
    }
    milestones: AmountByLevel = "" {
        label: "Milestones", section: SchemeBonus, from_data: None,
        help: "Fixed amounts, each paid once in the period over which sales add up, one beside the other: 50: 2000; 100: 7000. Who is exactly on one has reached it; what later returns take away does not take it back (C20).",
        enters: "Step 7.", effect: None,
        good: ["50: 2000; 100: 7000", "none"], bad: ["50", "100: 1; 50: 2"],
    }
    milestones_of: Metric = "quota" {
        label: "Milestones measure", section: SchemeBonus, from_data: None,
        help: "Percent of quota, credited sales, or counts: accounts that ordered for the first time, orders after an account's first (C20).",
        enters: "Step 7.", effect: None,
        good: ["money"], bad: ["luck", ""],
    }
    lifetime: AmountByLevel = "" {
        label: "Lifetime milestones", section: SchemeBonus, from_data: None,
        help: "Fixed amounts when an account, since its first order, has brought so much: 100000: 500; 250000: 1500. Once an account and level, to the one whose order reaches it (C22).",
        enters: "Step 7.", effect: None,
        good: ["100000: 500", "none"], bad: ["100000", "2: 1; 1: 2"],
    }
    lifetime_of: Lifetime = "contribution" {
        label: "Lifetime milestones add up", section: SchemeBonus, from_data: None,
        help: "What the account has brought (C22).",
        enters: "Step 7.", effect: None,
        good: ["revenue"], bad: ["luck", ""],
    }
    kept: Percent = "0" {
        label: "Rate on kept revenue", section: SchemeKept,
        allowed: "0"..="100", usual: "0"..="10", step: "0.25", decimals: 4,
        from_data: None,
        help: "At the end of a year, on what accounts of the year before bought again, at most what they bought then (C21). The first year of the data has no year before.",
        enters: "Step 7: rate x kept revenue x factor.", effect: None,
        good: ["0", "2 %"], bad: ["-1", "101", ""],
    }
    kept_factors: FactorByShare = "" {
        label: "Factor by retention", section: SchemeKept, from_data: None,
        help: "By percent of last year's revenue that was kept, what the bonus is multiplied by, in percent: 0: 0; 80: 100; 92: 115 (C21).",
        enters: "Step 7.", effect: None,
        good: ["0: 100; 92: 115", "none"], bad: ["92: 115", "0: 1001"],
    }
    growth: Percent = "0" {
        label: "Rate on growth", section: SchemeKept,
        allowed: "0"..="100", usual: "0"..="20", step: "0.5", decimals: 4,
        from_data: None,
        help: "At the end of a year, on what is above the year before (C21, C25).",
        enters: "Step 7: rate x growth.", effect: None,
        good: ["0", "5 %"], bad: ["-1", "101", ""],
    }
    growth_of: Growth = "kept" {
        label: "Growth of", section: SchemeKept, from_data: None,
        help: "Each account that bought the year before, by itself, or all sales together, new accounts included (C21, C25).",
        enters: "Step 7.", effect: None,
        good: ["whole"], bad: ["luck", ""],
    }
}
