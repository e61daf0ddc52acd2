//! What is aimed at and what is expected, said once for all schemes: the targets for returning
//! customers (S45) with the curve of their bonus, and how retention answers to a rate on repeat
//! orders (S47).

use crate::assumptions::{Count, Percent, Spec};

use super::kinds::{BonusByReached, PointsByRate};

crate::assumptions! {
    /// Targets and response.
    pub struct Aims;

    target_revenue: Percent = "5" {
        label: "Repeat revenue to gain", section: SchemeAims,
        allowed: "0"..="1000", usual: "0"..="30", step: "1", decimals: 2,
        from_data: None,
        help: "How much more repeat revenue each salesperson is to bring than in the year before, in percent of it.",
        enters: "Target = repeat revenue of the year before x (1 + this).", effect: None,
        good: ["0", "7,5 %"], bad: ["-1", "1001", ""],
    }
    target_customers: Count = "0" {
        label: "Returning customers to gain", section: SchemeAims,
        allowed: "0"..="100000", usual: "0"..="20", step: "1", decimals: 0,
        from_data: None,
        help: "How many more returning customers each salesperson is to have than in the year before. It is shown beside what was reached; the bonus is paid for revenue.",
        enters: "Target = returning customers of the year before + this.", effect: None,
        good: ["0", "3"], bad: ["-1", "1.5", ""],
    }
    target_bonus: BonusByReached = "" {
        label: "Bonus by share of the target", section: SchemeAims, from_data: None,
        help: "By percent of the target reached, what a salesperson is paid: 80: 1000; 100: 3000. Straight between two points, nothing before the first, level after the last.",
        enters: "Bonus = the curve at the share of the target that was reached.", effect: None,
        good: ["80: 1000; 100: 3000", "none"], bad: ["80", "100: 1; 80: 2", "80: -1"],
    }
    response: PointsByRate = "" {
        label: "Retention by rate on repeat orders", section: SchemeAims, from_data: None,
        help: "What you expect of salespeople: by the rate they earn on repeat orders, in percent, the points of retention that their work brings: 0: 0; 2: 1.5; 5: 3. Straight between two points, level outside. One's own past under one scheme cannot say it; begin low.",
        enters: "Points gained = the curve at a scheme's rate less the curve at today's.", effect: None,
        good: ["0: 0; 2: 1.5; 5: 3", "none"], bad: ["2", "5: 3; 2: 1", "2: 101"],
    }
}

/// A value by its key.
pub fn spec(key: &str) -> Option<&'static Spec> {
    Aims::SPECS.iter().find(|spec| spec.key == key)
}
