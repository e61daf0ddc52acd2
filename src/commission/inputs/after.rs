//! Returns, what is paid later, and people.

use crate::assumptions::{Amount, CreditByName, Days, Months, Percent, ShareByName};

use super::kinds::{BelowZero, Clawback, House, Release, Returns};

crate::assumptions! {
    /// Returns, what is paid later, and people.
    pub struct After;

    returns: Returns = "paid" {
        label: "A return", section: SchemeReturns, from_data: None,
        help: "What was paid for the sale is taken back and tiers stay as they were; or the sale's period is computed again; or it counts as a negative sale where it happens; or nothing is taken back. A return whose sale is not known is a negative sale.",
        enters: "Step 9 (C14).", effect: None,
        good: ["net", "ignored"], bad: ["half", ""],
    }
    clawback: Clawback = "pro_rata" {
        label: "Taken back", section: SchemeReturns, from_data: None,
        help: "As much of what was paid as was returned of the revenue, all of it, or the part of the term in months that was not served (C14).",
        enters: "Step 9.", effect: None,
        good: ["full"], bad: ["half", ""],
    }
    clawback_share: Percent = "100" {
        label: "Of that", section: SchemeReturns,
        allowed: "0"..="100", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "A clause may take back only a part (C14).",
        enters: "Step 9.", effect: None,
        good: ["50 %"], bad: ["-1", "101", ""],
    }
    clawback_days: Days = "0" {
        label: "Within", section: SchemeReturns,
        allowed: "0"..="3650", usual: "0"..="365", step: "30", decimals: 0,
        from_data: None,
        help: "Days from the sale in which a return takes something back; 0 is without end (C14).",
        enters: "Step 9.", effect: None,
        good: ["0", "90 days"], bad: ["-1", "1.5", ""],
    }
    below_zero: BelowZero = "owed" {
        label: "A statement below zero is", section: SchemeReturns, from_data: None,
        help: "Paid back at once, taken from later statements, or waived.",
        enters: "Step 9.", effect: None,
        good: ["carried"], bad: ["half", ""],
    }
    most_owed: Amount = "0" {
        label: "The most that is carried", section: SchemeReturns,
        allowed: "0"..="1000000000", usual: "0"..="20000", step: "500", decimals: 2,
        from_data: None,
        help: "What is beyond it is waived. 0 is without end (C14).",
        enters: "Step 9: floor of the balance.", effect: None,
        good: ["0", "5000"], bad: ["-1", "all", ""],
    }
    held: Percent = "0" {
        label: "Held back", section: SchemeLater,
        allowed: "0"..="100", usual: "0"..="50", step: "5", decimals: 2,
        from_data: None,
        help: "The share of each order's commission that is paid later; bonuses and true-ups are not held back (C15).",
        enters: "Step 9.", effect: None,
        good: ["0", "30 %"], bad: ["-1", "101", ""],
    }
    released: Release = "days" {
        label: "Paid out", section: SchemeLater, from_data: None,
        help: "After some days, or when the account orders again; if it never does, it is never paid (C15).",
        enters: "Step 9: releases.", effect: None,
        good: ["next_order"], bad: ["soon", ""],
    }
    held_days: Days = "90" {
        label: "Days until it is paid out", section: SchemeLater,
        allowed: "0"..="3650", usual: "0"..="365", step: "15", decimals: 0,
        from_data: None,
        help: "From the day that counts for the order.",
        enters: "Step 9: releases.", effect: None,
        good: ["0", "180 days"], bad: ["-1", "1.5", ""],
    }
    with_cash: Percent = "0" {
        label: "Paid with the customer's cash", section: SchemeLater,
        allowed: "0"..="100", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "The share of what is not held back that waits for the customer's payment; the rest is paid at once (C24).",
        enters: "Step 9: releases.", effect: None,
        good: ["0", "50 %"], bad: ["-1", "101", ""],
    }
    cash_days: Days = "45" {
        label: "Days until customers pay", section: SchemeLater,
        allowed: "0"..="1000", usual: "0"..="120", step: "5", decimals: 0,
        from_data: None,
        help: "Used for every order whose day of payment the orders do not say.",
        enters: "Step 9: releases.", effect: None,
        good: ["0", "60 days"], bad: ["-1", "1.5", ""],
    }
    splits: ShareByName = "" {
        label: "Splits", section: SchemePeople, from_data: None,
        help: "Orders of these people are shared by them: Ana = 50; Ben = 50. For one account, write it before a > sign: Acme > Ana = 25; Acme > Ben = 75. Each list adds up to 100 % (C16).",
        enters: "Step 3: credit.", effect: None,
        good: ["Ana = 50; Ben = 50", "none"], bad: ["Ana", "Ana = 101"],
    }
    overlays: CreditByName = "" {
        label: "Overlays", section: SchemePeople, from_data: None,
        help: "Credit beside that of the seller, for every order or those of one account: Eva = 20; Acme > Tom = 10. Any percentage up to 1,000 (C16).",
        enters: "Step 3: credit.", effect: None,
        good: ["Ana = 20", "Ana = 150", "none"], bad: ["Ana", "Ana = 1001"],
    }
    tail: Percent = "0" {
        label: "Tail of a former owner", section: SchemePeople,
        allowed: "0"..="100", usual: "0"..="100", step: "5", decimals: 2,
        from_data: None,
        help: "When an account's orders come from another salesperson, the former one is credited this share of them for some months, beside the new one (C17).",
        enters: "Step 3: credit.", effect: None,
        good: ["0", "25 %"], bad: ["-1", "101", ""],
    }
    tail_months: Months = "6" {
        label: "Months of the tail", section: SchemePeople,
        allowed: "1"..="120", usual: "1"..="24", step: "1", decimals: 0,
        from_data: None,
        help: "From the first order of the new owner (C17).",
        enters: "Step 3: credit.", effect: None,
        good: ["1", "12"], bad: ["0", "1.5", ""],
    }
    override_rate: Percent = "0" {
        label: "Manager's override", section: SchemePeople,
        allowed: "0"..="100", usual: "0"..="5", step: "0.25", decimals: 4,
        from_data: None,
        help: "What a manager is paid on the credited base of the team; who manages whom is said once for all schemes (C18).",
        enters: "Step 3: credit, at this rate and outside tiers.", effect: None,
        good: ["0", "1,5 %"], bad: ["-1", "101", ""],
    }
    house: House = "excluded" {
        label: "Orders of the house", section: SchemePeople, from_data: None,
        help: "For overrides: in no team, or in all of them in equal parts (C18).",
        enters: "Step 3: credit.", effect: None,
        good: ["shared"], bad: ["all", ""],
    }
}
