//! L10, cohort survival: `sum over t = 1..N of m S(t) (1 + g)^(t-1) / (1 + d)^t` with the share S(t)
//! of accounts that last longer than t years, by Kaplan and Meier from the accounts' own tenures.
//!
//! An account that has lapsed ended at its last order; an active one is still running. Nothing is
//! known beyond the longest tenure seen, so later years count nothing.

use super::Outlook;
use crate::base::num::Survival;
use crate::metrics::WhyNot;
use crate::value::inputs::Timing;

/// Accounts below which no curve is drawn.
const FEWEST: usize = 10;

/// What 1 a year is worth today along an observed survival curve (its times in years).
///
/// # Errors
/// [`WhyNot`] for fewer than 10 accounts, where none has lapsed, or where none was seen for a year.
pub fn multiple(outlook: &Outlook, curve: &Survival) -> Result<f64, WhyNot> {
    if curve.count() < FEWEST {
        return Err(WhyNot(format!(
            "A survival curve needs at least {FEWEST} accounts and has {}.",
            curve.count()
        )));
    }
    if curve.ended() == 0 {
        return Err(WhyNot(
            "No account has lapsed yet, so how long accounts last is not known.".into(),
        ));
    }
    if curve.longest() < 1.0 {
        return Err(WhyNot(
            "No account has been seen for a whole year yet.".into(),
        ));
    }
    Ok(worth(outlook, curve))
}

fn worth(outlook: &Outlook, curve: &Survival) -> f64 {
    let (periods, length, shift) = match outlook.timing {
        Timing::End => (1, 1.0, 0.0),
        Timing::Mid => (1, 1.0, 0.5),
        Timing::Start => (1, 1.0, 1.0),
        Timing::Monthly => (12, 1.0 / 12.0, 0.0),
    };
    let one = |k: u32| {
        let end = f64::from(k) * length;
        if end > curve.longest() {
            return 0.0;
        }
        let grown = libm::pow(1.0 + outlook.growth_per_year, end - length);
        length * grown * curve.after(end) * outlook.factor(end - shift)
    };
    (1..=periods * outlook.horizon_years).map(one).sum()
}
