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
    ("ltv_|gp_", Better::More),
    (
        "cover|pieces|multiple|hours|load|interval|initial|cut_price|stake|adder",
        Better::Neither,
    ),
    (
        "payback|break_|floor|lapsed|lost|overdue|late|tool|freight|rebates|terms|service|depreciation|\
         needed|cost|cac|outlay|to_serve|cut_more|cut_volume|fail|discount_|concentration|spread|silent|\
         cycle|risk|one_timers",
        Better::Less,
    ),
    ("accounts", Better::Neither),
];

/// Which way a metric gets better, by its key.
///
/// ```
/// use perennial::scenario::{Better, better};
/// assert_eq!(better("lifetime_value"), Better::More);
/// assert_eq!(better("payback_months"), Better::Less);
/// assert_eq!(better("cac_all"), Better::Less);
/// assert_eq!(better("ltv_cac"), Better::More);
/// ```
pub fn better(metric: &str) -> Better {
    let found = WORDS
        .iter()
        .find(|(words, _)| words.split('|').any(|word| metric.contains(word)));
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
