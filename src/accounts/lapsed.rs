//! Lapsed best customers: who stopped, what that costs a year, and what winning them back may cost
//! (S22).
//!
//! In: order days, cycles, each account's contribution over revenue, and what winning back is worth.
//! Out: one [`Lapsed`] per account that is silent for more than three cycles (or the user's number
//! of months), the largest loss first.

use crate::base::Date;
use crate::base::order::sort_by;

use super::cycles::{Cycle, Pattern, Settings, Unknown};
use super::history::{Histories, History};

/// What winning back is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Winback {
    /// The chance that an account comes back when somebody tries, 0 to 1.
    pub chance: f64,
    /// Lifetime value of an account that came back over its contribution per year.
    pub years: f64,
    /// Months without an order after which an account counts as lapsed; `None` is more than
    /// [`Settings::lapsed_ratio`] cycles.
    pub months: Option<u32>,
}

/// How much effort an account is worth (S22: action class by value).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// It left nothing: no effort.
    None,
    /// A letter.
    Mail,
    /// A call.
    Call,
    /// A visit: five times what a call needs, or more.
    Visit,
}

impl Effort {
    /// The word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "No effort",
            Self::Mail => "Mail",
            Self::Call => "Call",
            Self::Visit => "Visit",
        }
    }

    fn of(per_year: f64, settings: &Settings) -> Self {
        /// Contribution over the call's cut from which somebody drives there.
        const VISIT: f64 = 5.0;
        if per_year <= 0.0 || per_year.is_nan() {
            Self::None
        } else if per_year >= VISIT * settings.call_from_per_year {
            Self::Visit
        } else if per_year >= settings.call_from_per_year {
            Self::Call
        } else {
            Self::Mail
        }
    }
}

/// One lapsed account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lapsed {
    /// Position in the book.
    pub account: usize,
    /// Its place by contribution of the last year before the last order, from 1.
    pub rank: u32,
    /// Of so many accounts.
    pub of: u32,
    /// Day of the last order.
    pub last: Date,
    /// The day from which it counts as lapsed.
    pub lapsed_on: Date,
    /// Contribution of the 365 days up to the last order, per year in the base currency.
    pub lost_per_year: f64,
    /// Lifetime value if it came back, in the base currency.
    pub remaining: f64,
    /// What winning it back may cost at most: chance x remaining value, never below zero.
    pub budget: f64,
    /// How much effort that is.
    pub effort: Effort,
}

/// Contribution of the 365 days up to an account's last order, per year in the base currency.
pub fn last_year(history: &History, rate: f64) -> f64 {
    let last = history.last().unwrap_or_default();
    history.revenue_between(last.plus_days(-super::RECENT_DAYS), last) * rate
}

/// The lapsed accounts, by what they lost a year, the largest first. `rates` are contribution over
/// revenue by position, 0 where short.
pub fn lapsed(
    histories: &Histories,
    cycles: &[Result<Cycle, Unknown>],
    rates: &[f64],
    settings: &Settings,
    winback: &Winback,
) -> Vec<Lapsed> {
    let rate = |at: usize| rates.get(at).copied().unwrap_or_default();
    let yearly: Vec<f64> = histories
        .iter()
        .enumerate()
        .map(|(at, history)| last_year(&history, rate(at)))
        .collect();
    let mut ranked = yearly.clone();
    sort_by(&mut ranked, |a, b| b.total_cmp(a));
    let count = |places: usize| u32::try_from(places).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for (account, (cycle, lost_per_year)) in cycles.iter().zip(yearly).enumerate() {
        let Ok(cycle) = cycle else { continue };
        let Some(lapsed_on) = lapse_day(cycle, histories.as_of, settings, winback.months) else {
            continue;
        };
        let remaining = lost_per_year * winback.years;
        found.push(Lapsed {
            account,
            rank: count(ranked.partition_point(|one| *one > lost_per_year)) + 1,
            of: count(ranked.len()),
            last: cycle.last,
            lapsed_on,
            lost_per_year,
            remaining,
            budget: (winback.chance * remaining).max(0.0),
            effort: Effort::of(lost_per_year, settings),
        });
    }
    sort_by(&mut found, |a, b| {
        b.lost_per_year.total_cmp(&a.lost_per_year)
    });
    found
}

/// The day on which an account lapsed, if it has: after so many months, or so many cycles.
pub fn lapse_day(
    cycle: &Cycle,
    as_of: Date,
    settings: &Settings,
    months: Option<u32>,
) -> Option<Date> {
    let Some(months) = months else {
        return cycle
            .has_lapsed(settings)
            .then(|| cycle.lapse_day(settings));
    };
    let months = i32::try_from(months).unwrap_or(i32::MAX);
    let day = cycle.last.plus_months(months);
    (day < as_of && cycle.pattern != Some(Pattern::Projects)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::cycles::cycles;
    use crate::accounts::history::histories;
    use crate::accounts::testing::{day, priced};

    fn found(months: Option<u32>) -> Vec<Lapsed> {
        let book = priced(&[
            (
                "Best",
                vec![(0, 9_000), (30, 9_000), (60, 9_000), (90, 9_000)],
            ),
            ("Small", vec![(0, 10), (30, 10), (60, 10), (90, 10)]),
            ("Here", vec![(0, 500), (100, 500), (200, 500), (300, 500)]),
            ("Loss", vec![(0, 50), (30, 50), (60, 50), (90, 50)]),
        ]);
        let as_of = Some(day(330));
        let accounts = crate::accounts::build(&book, as_of);
        let histories = histories(&book, as_of);
        let settings = Settings::default();
        let cycles = cycles(&histories, &accounts, &settings, (&[], &[]), &[]);
        let winback = Winback {
            chance: 0.2,
            years: 3.0,
            months,
        };
        lapsed(
            &histories,
            &cycles,
            &[0.5, 0.5, 0.5, -0.1],
            &settings,
            &winback,
        )
    }

    #[test]
    fn s22_the_largest_loss_comes_first_with_its_budget() {
        let found = found(None);
        let names: Vec<usize> = found.iter().map(|one| one.account).collect();
        assert_eq!(names, [0, 1, 3]);
        let best = found[0];
        assert_eq!((best.rank, best.of), (1, 4));
        // Three cycles of 30 days after day 90.
        assert_eq!(best.lapsed_on, day(180));
        // 36,000 x 0.5 a year; three years of it; a chance of one in five.
        assert!((best.lost_per_year - 18_000.0).abs() < 1e-9);
        assert!((best.budget - 10_800.0).abs() < 1e-9);
        assert_eq!(best.effort, Effort::Call);
        assert_eq!((found[1].effort, found[1].rank), (Effort::Mail, 3));
        assert_eq!((found[2].effort, found[2].budget), (Effort::None, 0.0));
    }

    #[test]
    fn s22_the_user_may_count_months_instead() {
        // Day 90 is 2024-03-31; seven months later is 2024-10-31, day 304.
        assert_eq!(found(Some(7)).len(), 3);
        assert_eq!(found(Some(7))[0].lapsed_on, day(304));
        assert!(found(Some(8)).is_empty());
    }
}
