//! Which way a figure gets better.

use serde::{Deserialize, Serialize};

/// Which of two values of a figure is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// The larger.
    More,
    /// The smaller.
    Less,
    /// Neither: a count, a share, a given.
    Neither,
}

/// Parts of keys that say so, the first that fits; what nothing fits is better where it is more.
const WORDS: &[(&str, Better)] = &[
    ("payback", Better::Less),
    ("break_even", Better::Less),
    ("floor", Better::Less),
    ("lapsed", Better::Less),
    ("lost", Better::Less),
    ("overdue", Better::Less),
    ("late", Better::Less),
    ("tooling", Better::Less),
    ("freight", Better::Less),
    ("rebates", Better::Less),
    ("service", Better::Less),
    ("depreciation", Better::Less),
    ("needed", Better::Less),
    ("cost", Better::Less),
    ("outlay", Better::Less),
    ("to_serve", Better::Less),
    ("cut_more", Better::Less),
    ("fail", Better::Less),
    ("load", Better::Neither),
    ("pieces", Better::Neither),
    ("multiple", Better::Neither),
    ("discount_given", Better::Less),
    ("accounts", Better::Neither),
    ("covered", Better::Neither),
    ("interval", Better::Neither),
    ("concentration", Better::Less),
];

/// Which way a metric gets better, by its key.
///
/// ```
/// use perennial::scenario::{Better, better};
/// assert_eq!(better("lifetime_value"), Better::More);
/// assert_eq!(better("payback_months"), Better::Less);
/// ```
pub fn better(metric: &str) -> Better {
    let found = WORDS.iter().find(|(word, _)| metric.contains(word));
    found.map_or(Better::More, |(_, better)| *better)
}

impl Better {
    /// Whether `a` is better than `b`.
    pub fn is_better(self, a: f64, b: f64) -> bool {
        match self {
            Self::More => a > b,
            Self::Less => a < b,
            Self::Neither => false,
        }
    }
}
