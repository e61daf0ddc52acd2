//! Orders moved over the end of a month, a quarter, a year, or of the window of a first order.

use super::ends::{Moved, moved};
use super::probe::{Order, Probe};
use super::{Finding, Point, Search, Wrong};
use crate::base::Date;
use crate::commission::sales::{UNIT, to_money};

/// Levels that are tried before the order.
const LEVELS: i64 = 24;

/// All findings about timing: the worst to pull forward and the worst to hold back at each end.
pub(super) fn find(search: &Search<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    // May ends a month, June a quarter, December a year; the rest of the year is the same.
    for months in [5, 6, 12] {
        let ends = at_end(search, months);
        for one in ends {
            let known = |known: &&mut Finding| known.wrong == one.wrong && known.keys == one.keys;
            match found.iter_mut().find(known) {
                Some(other) if other.temptation >= one.temptation => {}
                Some(other) => *other = one,
                None => found.push(one),
            }
        }
    }
    found.extend(window(search));
    found
}

/// The order on the last day of a month, or on the day after, beside a level of sales before it.
fn orders(
    probe: &Probe<'_>,
    search: &Search<'_>,
    months: i32,
    level: i64,
    day: Date,
) -> Vec<Order> {
    let ground = search.ground;
    let mut orders = Vec::new();
    let each = level / i64::from(months) / UNIT * UNIT;
    for month in 0..months {
        let revenue = if month + 1 == months {
            level - each * i64::from(months - 1)
        } else {
            each
        };
        orders.push((ground.start.plus_months(month).plus_days(9), revenue));
    }
    // What follows is a usual year.
    let usual = ground.year / 12 / UNIT * UNIT;
    for month in months..24 {
        orders.push((ground.start.plus_months(month).plus_days(9), usual));
    }
    orders.push((day, ground.order));
    let numbered = (0_u32..).zip(orders);
    numbered
        .map(|(account, (day, revenue))| probe.order(day, revenue, account))
        .collect()
}

fn at_end(search: &Search<'_>, months: i32) -> Vec<Finding> {
    let last = search.ground.start.plus_months(months).plus_days(-1);
    let next = last.plus_days(1);
    let at = |probe: &Probe<'_>, level: i64, day: Date| {
        probe.pay(&orders(probe, search, months, level, day)).own
    };
    let order = search.ground.order;
    let most = search.ground.year.saturating_mul(2);
    // Who sold nothing in a year has no year before to grow from: at least a little is sold.
    let mut levels: Vec<i64> = (1..=LEVELS)
        .map(|step| most / LEVELS / UNIT * UNIT * step)
        .collect();
    for boundary in search.probe.boundaries() {
        levels.extend([
            boundary - order / 2 / UNIT * UNIT,
            boundary - order,
            boundary - UNIT,
            boundary,
        ]);
    }
    levels.retain(|level| *level >= UNIT * i64::from(months));
    let (mut pull, mut hold) = ((0_i64, 0_i64), (0_i64, 0_i64));
    for level in levels {
        let gain = at(&search.probe, level, last) - at(&search.probe, level, next);
        if gain > pull.0 {
            pull = (gain, level);
        }
        if -gain > hold.0 {
            hold = (-gain, level);
        }
    }
    let mut found = Vec::new();
    for (wrong, (gain, level)) in [(Wrong::PullForward, pull), (Wrong::HoldBack, hold)] {
        // A thousandth of the order is no temptation.
        if gain <= (order / 1_000).max(UNIT) {
            continue;
        }
        let sign = if wrong == Wrong::PullForward { 1 } else { -1 };
        let cause = search.cause(gain, &|probe| {
            sign * (at(probe, level, last) - at(probe, level, next))
        });
        let point = |day| Point {
            sales: to_money(order),
            pay: to_money(at(&search.probe, level, day)),
            day: Some(day),
        };
        found.push(Finding {
            wrong,
            from: point(last),
            to: point(next),
            temptation: to_money(gain),
            company: None,
            until: None,
            beside: to_money(level),
            share: None,
            keys: cause.keys,
            rule: cause.rule,
            sellers: Vec::new(),
        });
    }
    found
}

/// The second order of an account within the window of the first, or a day after it.
fn window(search: &Search<'_>) -> Option<Finding> {
    let days = i32::try_from(search.probe.plan().typed.pays.window.get()).ok()?;
    if days == 0 {
        return None;
    }
    let first = search.ground.start.plus_days(9);
    let order = search.ground.order;
    let orders = |probe: &Probe<'_>, day: Date| {
        vec![probe.order(first, order, 1), probe.order(day, order, 1)]
    };
    moved(
        search,
        &Moved {
            beside: 0,
            days: (first.plus_days(days), first.plus_days(days + 1)),
            orders: &orders,
            keys: &[],
        },
    )
}
