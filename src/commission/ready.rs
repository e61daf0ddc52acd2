//! Ready schemes to begin with.

use super::state::{Scheme, Values};

/// A scheme that a user can begin from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// Its stable name.
    pub key: &'static str,
    /// Its name on screen.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// What differs from the defaults: canonical texts by key.
    pub values: &'static [(&'static str, &'static str)],
}

impl Ready {
    /// As a scheme outside a document.
    pub fn scheme(&self) -> Scheme {
        Scheme::new(self.name, self.values)
    }
}

/// The values of a ready scheme.
pub(super) fn values(key: &str) -> Option<Values> {
    let found = ALL.iter().find(|one| one.key == key)?;
    Some(found.scheme().values().clone())
}

/// All of them, the plainest first.
pub const ALL: &[Ready] = &[
    Ready {
        key: "first",
        name: "5 % of first orders",
        about: "Pays for new accounts only; what is returned is taken back.",
        values: &[("repeats", "nothing")],
    },
    Ready {
        key: "all",
        name: "3 % of everything",
        about: "One rate on all revenue, returns taken off.",
        values: &[("rate", "3"), ("returns", "net")],
    },
    Ready {
        key: "margin",
        name: "12 % of margin",
        about: "Pays on what is left after cost of goods and freight, so that discounts cost the seller, too.",
        values: &[
            ("rate", "12"),
            ("basis", "margin"),
            ("freight", "off"),
            ("returns", "net"),
        ],
    },
    Ready {
        key: "bands",
        name: "By margin band",
        about: "A rate on revenue that rises with the order's margin.",
        values: &[("bands", "0: 1; 20: 3; 30: 5; 40: 6")],
    },
    Ready {
        key: "lifetime",
        name: "First and repeat, with lifetime milestones",
        about: "A first order pays more than a repeat, and an account that lasts pays a bonus at each milestone.",
        values: &[
            ("rate", "4"),
            ("repeats", "own"),
            ("lifetime", "25000: 500; 100000: 1500; 250000: 4000"),
        ],
    },
    Ready {
        key: "tiers",
        name: "Rising tiers",
        about: "Each part of a year's sales at its own rate; a period's end tempts nobody.",
        values: &[
            ("tiers", "0: 3; 300000: 5; 600000: 7"),
            ("returns", "recomputed"),
        ],
    },
    Ready {
        key: "cliff",
        name: "Tiers on all sales",
        about: "A tier's rate is paid on the whole year once it is reached.",
        values: &[
            ("tiers", "0: 3; 300000: 5; 600000: 7"),
            ("tiers_pay", "cliff"),
            ("returns", "recomputed"),
        ],
    },
    Ready {
        key: "quota",
        name: "Quota with gate and accelerator",
        about: "Nothing below 50 % of the quota, half as much again above all of it.",
        values: &[
            ("quota", "600000"),
            ("gate", "50"),
            ("accelerator", "0: 100; 100: 150"),
            ("returns", "recomputed"),
        ],
    },
    Ready {
        key: "draw",
        name: "Draw and accelerator",
        about: "A monthly advance for someone new, paid back from commission, and more above quota.",
        values: &[
            ("draw", "2000"),
            ("draw_is", "recoverable"),
            ("draw_months", "12"),
            ("quota", "400000"),
            ("accelerator", "0: 100; 100: 150"),
        ],
    },
    Ready {
        key: "residual",
        name: "Residual over two years",
        about: "Pays for an account as long as it orders, less with time.",
        values: &[
            ("rate", "6"),
            ("repeats", "months"),
            ("repeat_steps", "0: 6; 6: 4; 12: 2; 24: 0"),
        ],
    },
    Ready {
        key: "kept",
        name: "Keeping and growing accounts",
        about: "A small rate on orders, and a yearly bonus on what stayed and what grew.",
        values: &[
            ("rate", "1.5"),
            ("kept", "1"),
            ("kept_factors", "0: 0; 70: 50; 80: 100; 92: 115"),
            ("growth", "3"),
        ],
    },
    Ready {
        key: "held",
        name: "Held back until the next order",
        about: "30 % of each commission is paid when the account orders again.",
        values: &[("held", "30"), ("released", "next_order")],
    },
    Ready {
        key: "team",
        name: "Team with a manager",
        about: "Everyone's own orders, and an override for managers.",
        values: &[("rate", "3"), ("override_rate", "0.5"), ("tail", "25")],
    },
    Ready {
        key: "partner",
        name: "Partner rebate",
        about: "A yearly rebate on what came through a partner, more with more, and on growth.",
        values: &[
            ("payee", "partner"),
            ("tiers", "0: 2; 100000: 4; 350000: 6"),
            ("period", "quarter"),
            ("growth", "2"),
            ("growth_of", "whole"),
            ("returns", "recomputed"),
        ],
    },
    Ready {
        key: "referral",
        name: "Referral fee",
        about: "A partner is paid for the first year of an account it brought.",
        values: &[
            ("payee", "partner"),
            ("rate", "10"),
            ("repeats", "nothing"),
            ("window", "365"),
        ],
    },
];
