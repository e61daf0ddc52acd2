//! The assumptions of order cycles and of today's list.

use crate::accounts::cycles::Settings;
use crate::accounts::service::{TIERS, Tier};
use crate::assumptions::{Amount, AmountPerYear, CountByName, Days, Months, Percent};

crate::assumptions! {
    /// When an account is due, overdue or lost, and who turns to it.
    pub struct Inputs;

    overdue_from: Percent = "125" {
        label: "Overdue from",
        section: Reading,
        allowed: "100"..="1000", usual: "100"..="300", step: "5", decimals: 0,
        from_data: None,
        help: "Time since the last order, as a share of the account's usual interval, from which it should have ordered. Within its usual window nobody is overdue, and where the forecast gives the window, its end alone decides.",
        enters: "The state Overdue, and today's list.",
        effect: None,
        good: ["125", "150 %"],
        bad: ["99", "1001", "late", ""],
    }
    lost_below: Percent = "30" {
        label: "Probably lost below",
        section: Reading,
        allowed: "0"..="100", usual: "5"..="80", step: "5", decimals: 0,
        from_data: None,
        help: "The chance of still buying below which an account counts as probably lost, and is won back rather than reminded.",
        enters: "The state Probably lost.",
        effect: None,
        good: ["0", "30", "25 %"],
        bad: ["-1", "101", "gone", ""],
    }
    lapsed_from: Percent = "300" {
        label: "To be won back from",
        section: Reading,
        allowed: "100"..="2000", usual: "150"..="600", step: "25", decimals: 0,
        from_data: None,
        help: "Time since the last order, as a share of the usual interval, from which an account stands among those to be won back.",
        enters: "Lapsed best customers, and the causes of defection.",
        effect: None,
        good: ["300", "250 %"],
        bad: ["99", "2001", ""],
    }
    lapsed_months: Months = "0" {
        label: "To be won back after",
        section: Reading,
        allowed: "0"..="120", usual: "0"..="36", step: "1", decimals: 0,
        from_data: None,
        help: "Months without an order from which an account stands among those to be won back, whatever its usual interval; 0 goes by the usual interval.",
        enters: "Lapsed best customers, and the causes of defection.",
        effect: None,
        good: ["0", "9", "18 months"],
        bad: ["-1", "121", "1.5", ""],
    }
    winback: Percent = "15" {
        label: "Chance of winning back",
        section: Reading,
        allowed: "0"..="100", usual: "0"..="50", step: "1", decimals: 1,
        from_data: None,
        help: "How many of the lapsed accounts that somebody turns to come back.",
        enters: "Win-back budget = this chance x the lifetime value of an account that came back.",
        effect: None,
        good: ["0", "15", "12,5 %"],
        bad: ["-1", "101", ""],
    }
    call_from: AmountPerYear = "5000" {
        label: "Call from a value of",
        section: Reading,
        allowed: "0"..="1000000000", usual: "0"..="50000", step: "500", decimals: 2,
        from_data: None,
        help: "Accounts worth this much a year get a call, the others a letter.",
        enters: "Who turns to an account in today's list.",
        effect: None,
        good: ["0", "5000", "7500/year"],
        bad: ["-1", "many", ""],
    }
    ahead: Days = "0" {
        label: "Look ahead",
        section: Reading,
        allowed: "0"..="365", usual: "0"..="60", step: "1", decimals: 0,
        from_data: None,
        help: "Accounts whose next order is expected within so many days stand in the list, too.",
        enters: "Today's list.",
        effect: None,
        good: ["0", "7", "14 days"],
        bad: ["-1", "366", "1.5", ""],
    }
    service_a: Percent = "15" {
        label: "Service, level A",
        section: Costs,
        allowed: "0"..="100", usual: "0"..="40", step: "1", decimals: 1,
        from_data: None,
        help: "What serving an account of the best fifth by lifetime value may cost, as a share of what it leaves a year.",
        enters: "Service by value.",
        effect: None,
        good: ["0", "15", "12,5 %"],
        bad: ["-1", "101", ""],
    }
    service_b: Percent = "10" {
        label: "Service, level B",
        section: Costs,
        allowed: "0"..="100", usual: "0"..="40", step: "1", decimals: 1,
        from_data: None,
        help: "The same for the next three tenths.",
        enters: "Service by value.",
        effect: None,
        good: ["0", "10", "7,5 %"],
        bad: ["-1", "101", ""],
    }
    service_c: Percent = "5" {
        label: "Service, level C",
        section: Costs,
        allowed: "0"..="100", usual: "0"..="40", step: "1", decimals: 1,
        from_data: None,
        help: "The same for the other half.",
        enters: "Service by value.",
        effect: None,
        good: ["0", "5", "2,5 %"],
        bad: ["-1", "101", ""],
    }
    prospect_budget: Amount = "50000" {
        label: "Budget for new accounts",
        section: Acquisition,
        allowed: "0"..="1000000000", usual: "0"..="500000", step: "5000", decimals: 2,
        from_data: None,
        help: "What may be spent on winning new accounts: it goes to the segments where it brings most.",
        enters: "Where to prospect.",
        effect: None,
        good: ["0", "50000", "80 000"],
        bad: ["-1", "some", ""],
    }
    prospects_by_name: CountByName = "" {
        label: "Prospects of segments",
        section: Acquisition,
        from_data: None,
        help: "How many accounts there are to win in a segment: Aerospace = 12. A segment without an entry is taken to have as many as you have.",
        enters: "Where to prospect.",
        effect: None,
        good: ["", "none", "Aerospace = 12; Medical = 5"],
        bad: ["Aerospace", "Aerospace = -2"],
    }
}

impl Inputs {
    /// The service levels, with what each may cost.
    pub fn tiers(&self) -> [Tier; 3] {
        let [a, b, c] = TIERS;
        let capped = |tier: Tier, cap: &Percent| Tier {
            cap_share: cap.fraction(),
            ..tier
        };
        [
            capped(a, &self.service_a),
            capped(b, &self.service_b),
            capped(c, &self.service_c),
        ]
    }

    /// The thresholds of cycles.
    pub fn settings(&self) -> Settings {
        Settings {
            overdue_ratio: self.overdue_from.fraction(),
            lost_below: self.lost_below.fraction(),
            lapsed_ratio: self.lapsed_from.fraction(),
            call_from_per_year: self.call_from.float(),
            ..Settings::default()
        }
    }
}
