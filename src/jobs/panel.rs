//! One account's rhythm for its panel: where it stands, its order days, the chance that it still
//! bought on earlier days, what its next order may be worth, and when it has paid back.

use crate::accounts::cycles::{past, words};
use crate::actions::Watch;
use crate::actions::next_order::next_order;
use crate::base::Date;
use crate::metrics::Sheet;

use super::loaded::View;
use super::protocol::{NextOrder, Rhythm};

/// Order days of an account that are shown.
const MOST_DAYS: usize = 60;
/// Even steps of the line of chances; the days around each order come beside them.
const STEPS: i32 = 100;

/// An account's rhythm; `None` where nothing is known of intervals.
pub(super) fn rhythm(watch: &Watch, view: &View, account: usize) -> Option<Rhythm> {
    let cycle = watch.cycle(account)?;
    let history = watch.histories.of(account);
    let last = history
        .days
        .get(history.days.len().saturating_sub(MOST_DAYS)..)?;
    let days: Vec<Date> = last.iter().map(|day| day.date).collect();
    let fitting = view.fitting.borrow();
    let values = fitting.order_values(account);
    let next = next_order(&history, values.as_ref());
    let dates = looked_at(&days, watch.as_of());
    let past = fitting
        .alive_on(account, &dates)
        .unwrap_or_else(|| by_rule(watch, account, &dates));
    Some(Rhythm {
        state: cycle.state,
        reason: words::reason(cycle),
        due: cycle.due,
        window: cycle.window,
        alive: (cycle.alive, cycle.chance.label().to_owned()),
        lost_below: watch.settings.lost_below,
        past,
        next: next.map(|next| NextOrder {
            low: next.low,
            median: next.median,
            high: next.high,
            from: next.rests_on.words(),
        }),
        days: last
            .iter()
            .map(|day| (day.date, day.revenue.to_f64()))
            .collect(),
    })
}

/// When the account has paid back what winning it cost.
pub(super) fn paid_back(watch: &Watch, account: usize) -> Option<Sheet> {
    let history = watch.histories.of(account);
    let days = history.days.iter();
    let days = days.map(|day| (day.date, day.revenue.to_f64()));
    watch.evaluation.paid_back(account, days)
}

/// The chances by the rule of thumb, as long as no fit is there.
fn by_rule(watch: &Watch, account: usize, dates: &[Date]) -> Vec<(Date, f64)> {
    let history = watch.histories.of(account);
    let found = past(&history, dates, watch.norms(account), &watch.settings);
    found.iter().map(|then| (then.date, then.alive)).collect()
}

/// The days on which the chance is looked at, ascending: each order day and the day before it, where
/// the line jumps, even steps between, and the as-of date.
fn looked_at(days: &[Date], as_of: Date) -> Vec<Date> {
    let Some(first) = days.first().copied() else {
        return Vec::new();
    };
    let span = as_of.days_since(first).max(0);
    let steps = (0..STEPS).map(|n| first.plus_days(span / STEPS * n + span % STEPS * n / STEPS));
    let around = days.iter().flat_map(|day| [day.plus_days(-1), *day]);
    let mut dates: Vec<Date> = steps
        .chain(around)
        .chain([as_of])
        .filter(|date| (first..=as_of).contains(date))
        .collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_looked_at_where_it_jumps() {
        let day = Date::from_days;
        let found = looked_at(&[day(100), day(300)], day(1_000));
        assert_eq!(found.first(), Some(&day(100)));
        assert_eq!(found.last(), Some(&day(1_000)));
        for at in [299, 300] {
            assert!(found.contains(&day(at)), "{at}");
        }
        assert!(found.is_sorted_by(|a, b| a < b));
        assert!((100..=105).contains(&found.len()), "{}", found.len());
        assert_eq!(looked_at(&[day(5)], day(5)), [day(5)]);
        assert!(looked_at(&[], day(5)).is_empty());
    }
}
