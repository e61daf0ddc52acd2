//! What was offered and what was taken (S35): conversion with its interval, and the run-rate.

use serde::{Deserialize, Serialize};

use super::state::Month;

/// 97.5 % of a standard normal distribution is below.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share (Wilson 1927, JASA 22: 209-212). Where none of `n` was taken, its
/// upper end is the honest 3/n ("rule of three": the share at which nothing in `n` would be a
/// surprise of one in twenty; Hanley and Lippman-Hand 1983), and where all were, the lower end likewise.
///
/// ```
/// use perennial::growth::wilson;
/// let (low, high) = wilson(12, 40);
/// assert_eq!((format!("{low:.4}"), format!("{high:.4}")), ("0.1807".into(), "0.4543".into()));
/// assert_eq!(wilson(0, 30), (0.0, 0.1));
/// assert_eq!(wilson(0, 2), (0.0, 1.0));
/// ```
pub fn wilson(taken: u32, n: u32) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (all, part) = (f64::from(n), f64::from(taken.min(n)));
    if taken == 0 {
        return (0.0, (3.0 / all).min(1.0));
    }
    if taken >= n {
        return ((1.0 - 3.0 / all).max(0.0), 1.0);
    }
    let share = part / all;
    let square = Z * Z;
    let middle = share + square / (2.0 * all);
    let half = Z * libm::sqrt(share * (1.0 - share) / all + square / (4.0 * all * all));
    let whole = 1.0 + square / all;
    (
        ((middle - half) / whole).max(0.0),
        ((middle + half) / whole).min(1.0),
    )
}

/// An offer's record.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Tracked {
    /// How often it was offered.
    pub offered: u32,
    /// How often it was taken.
    pub taken: u32,
    /// Taken over offered, as a fraction; `None` before the first offer.
    pub conversion: Option<f64>,
    /// The interval in which the conversion lies with 95 % confidence.
    pub interval: (f64, f64),
    /// Taken in the last twelve months on record.
    pub taken_last_year: u32,
    /// The fees of a year of those.
    pub run_rate: f64,
    /// Month by month, the earliest first: month, offered, taken.
    pub months: Vec<(String, u32, u32)>,
}

impl Tracked {
    /// Of an offer's months; `last` is the last month on record of any offer.
    pub fn of(months: &[&Month], last: Option<u32>, fee_per_year: f64) -> Self {
        let offered: u32 = months
            .iter()
            .map(|m| m.offered)
            .fold(0, u32::saturating_add);
        let taken: u32 = months.iter().map(|m| m.taken).fold(0, u32::saturating_add);
        let year = months
            .iter()
            .filter(|m| last.is_some_and(|last| m.number() + 12 > last));
        let taken_last_year = year.map(|m| m.taken).fold(0, u32::saturating_add);
        let mut rows: Vec<(String, u32, u32)> = months
            .iter()
            .map(|m| (m.month.clone(), m.offered, m.taken))
            .collect();
        crate::base::order::sort_by(&mut rows, |a, b| a.0.cmp(&b.0));
        Self {
            offered,
            taken,
            conversion: (offered > 0).then(|| f64::from(taken) / f64::from(offered)),
            interval: wilson(taken, offered),
            taken_last_year,
            run_rate: f64::from(taken_last_year) * fee_per_year,
            months: rows,
        }
    }
}
