//! Tiers, quota, caps and draws.

use crate::assumptions::{Amount, AmountByName, Months, Percent};

use super::kinds::{Draw, FactorByShare, Gate, RateBySales, Reach, TierPeriod, TierUnit};

crate::assumptions! {
    /// Tiers, quota, caps and draws.
    pub struct Levels;

    tiers: RateBySales = "" {
        label: "Tiers", section: SchemeTiers, from_data: None,
        help: "Rates by what has been sold in the period below, as in 0: 3; 300000: 5; 600000: 7. A sum on a boundary has the higher tier.",
        enters: "Step 5; takes the place of the standard rate.", effect: None,
        good: ["0: 3; 300000: 5", "0-499.99: 25; 500+: 30", "none"], bad: ["5: 3", "0: 101", "0: 3; 0: 4"],
    }
    tiers_pay: Reach = "marginal" {
        label: "A tier's rate is paid", section: SchemeTiers, from_data: None,
        help: "Only on what is above its boundary (C6), or on everything once it is reached, with a true-up line for what was sold before (C7).",
        enters: "Step 5.", effect: None,
        good: ["cliff"], bad: ["both", ""],
    }
    tiers_in: TierUnit = "money" {
        label: "Tiers are in", section: SchemeTiers, from_data: None,
        help: "Money, or percent of the quota (C8).",
        enters: "Step 5.", effect: None,
        good: ["quota"], bad: ["pieces", ""],
    }
    adds_up: TierPeriod = "year" {
        label: "Sales add up over the", section: SchemeTiers, from_data: None,
        help: "After it, tiers, quota, gate and milestones begin again.",
        enters: "Step 5: cumulative base.", effect: None,
        good: ["order"], bad: ["week", ""],
    }
    quota: Amount = "0" {
        label: "Quota", section: SchemeQuota,
        allowed: "0"..="1000000000", usual: "0"..="2000000", step: "10000", decimals: 2,
        from_data: None,
        help: "What each is to sell in the period over which sales add up, in the scheme's basis. 0 is no quota.",
        enters: "Attainment = credited base / quota (C8).", effect: None,
        good: ["0", "600000"], bad: ["-1", "much", ""],
    }
    quotas: AmountByName = "" {
        label: "Quotas of their own", section: SchemeQuota, from_data: None,
        help: "For those whose quota is another, as in Ana = 300000; Ben = 200000.",
        enters: "Attainment = credited base / quota (C8).", effect: None,
        good: ["Ana = 300000", "none"], bad: ["Ana", "Ana = -1"],
    }
    accelerator: FactorByShare = "" {
        label: "Accelerator", section: SchemeQuota, from_data: None,
        help: "By percent of quota, what commission is multiplied by, in percent: 0: 50; 80: 100; 100: 150 pays half below 80 % and half as much again above 100 % (C9).",
        enters: "Step 6: multipliers.", effect: None,
        good: ["0: 100; 100: 150", "none"], bad: ["100: 150", "0: 1001"],
    }
    accelerator_pays: Reach = "marginal" {
        label: "The accelerator is paid", section: SchemeQuota, from_data: None,
        help: "Only on what is above its boundary, or on everything once it is reached.",
        enters: "Step 6: multipliers.", effect: None,
        good: ["cliff"], bad: ["both", ""],
    }
    gate: Percent = "0" {
        label: "Gate", section: SchemeQuota,
        allowed: "0"..="1000", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "Below this percent of quota nothing is paid. Who is exactly on it has passed it. 0 is no gate (C10).",
        enters: "Step 6: multipliers.", effect: None,
        good: ["0", "80 %"], bad: ["-1", "1001", ""],
    }
    gate_pays: Gate = "first" {
        label: "Past the gate", section: SchemeQuota, from_data: None,
        help: "Everything is paid, with a true-up line for what was sold before, or only what is above the gate (C10).",
        enters: "Step 6: multipliers.", effect: None,
        good: ["above"], bad: ["both", ""],
    }
    cap_order: Amount = "0" {
        label: "Cap of an order", section: SchemeCaps,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "500", decimals: 2,
        from_data: None,
        help: "The most that one order pays one person, by its lines of one day; a true-up belongs to the period and not to an order. 0 is no cap (C11).",
        enters: "Step 8.", effect: None,
        good: ["0", "5000"], bad: ["-1", "all", ""],
    }
    cap_period: Amount = "0" {
        label: "Cap of a period", section: SchemeCaps,
        allowed: "0"..="1000000000", usual: "0"..="100000", step: "1000", decimals: 2,
        from_data: None,
        help: "The most commission and bonuses that a statement has. 0 is no cap (C11).",
        enters: "Step 8.", effect: None,
        good: ["0", "45000"], bad: ["-1", "all", ""],
    }
    cap_keeps: Percent = "0" {
        label: "Paid above the cap", section: SchemeCaps,
        allowed: "0"..="100", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "A soft cap: the share of what is above the period's cap that is paid all the same. 0 is a hard cap (C11).",
        enters: "Step 8.", effect: None,
        good: ["0", "50 %"], bad: ["-1", "101", ""],
    }
    draw: Amount = "0" {
        label: "Draw", section: SchemeDraw,
        allowed: "0"..="1000000000", usual: "0"..="10000", step: "100", decimals: 2,
        from_data: None,
        help: "The least that a statement pays, from a person's first sale to the last period of the data. 0 is no draw.",
        enters: "Step 10.", effect: None,
        good: ["0", "2000"], bad: ["-1", "some", ""],
    }
    draw_is: Draw = "guarantee" {
        label: "The draw is", section: SchemeDraw, from_data: None,
        help: "A guarantee, of which nothing is carried (C12), or an advance that later commission pays back (C13).",
        enters: "Step 10.", effect: None,
        good: ["recoverable"], bad: ["both", ""],
    }
    draw_months: Months = "0" {
        label: "The draw ends after", section: SchemeDraw,
        allowed: "0"..="600", usual: "0"..="24", step: "1", decimals: 0,
        from_data: None,
        help: "Months from a person's first sale; a period that has begun is paid in full. 0 is no end. What is then still owed is taken from commission.",
        enters: "Step 10: after it, pay = max(0, earned - balance).", effect: None,
        good: ["0", "6 months"], bad: ["-1", "1.5", ""],
    }
}
