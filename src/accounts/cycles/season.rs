//! Seasonal buyers: silent in the same months last year (S17).

use crate::accounts::history::History;
use crate::base::Date;

/// Days by which a season may shift from one year to the next.
pub(super) const SHIFT_DAYS: i32 = 30;
/// A silence shorter than a quarter is no season, ...
const LEAST_DAYS: i32 = 91;
/// ... nor is one that the account's own window nearly explains: so many times its late end.
const BEYOND_USUAL: f64 = 1.5;

/// When an account that fell silent orders again if this year is like the last ones: the day on
/// which it did so last year, moved by a year.
///
/// `None` unless it fell silent at the same time (give or take a month) in each of the last two years,
/// or in the one that its history covers: for a quarter of a year, and for half as long again as
/// `usual_days`, the late end of its window.
pub(super) fn resumes(history: &History, usual_days: f64) -> Option<Date> {
    let (first, last) = (history.days.first()?.date, history.days.last()?.date);
    let mut resumed = None;
    for years in 1..=2 {
        let then = last.plus_months(-12 * years);
        if first > then.plus_days(SHIFT_DAYS) {
            break;
        }
        let passed = history
            .days
            .partition_point(|day| day.date <= then.plus_days(SHIFT_DAYS));
        let before = passed.checked_sub(1).and_then(|at| history.days.get(at))?;
        let next = history.days.get(passed)?;
        let silent = next.date.days_since(before.date);
        if silent < LEAST_DAYS || f64::from(silent) <= BEYOND_USUAL * usual_days {
            return None;
        }
        resumed.get_or_insert(next.date.plus_months(12 * years));
    }
    resumed
}
