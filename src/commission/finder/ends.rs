//! Ends that tempt: the first and the last day of a SPIFF, the end of its budget, and the steps of a
//! residual.
//!
//! One order is paid on the day before a step and on its day, at the scheme's own dates. For the end of
//! a budget, others' orders use it up but for the last event or two, and somebody else's order stands
//! between the two days.

use super::probe::{Order, Probe};
use super::{Finding, Point, Search, Wrong};
use crate::base::{Date, Money};
use crate::commission::inputs::kinds::Repeats;
use crate::commission::sales::{UNIT, from_money, to_money};

/// Steps of a kind that are kept, the worst.
const MOST: usize = 4;
/// Events that are made up to use a budget; a larger one is not tried.
const MOST_EVENTS: i64 = 400;

/// All findings about ends.
pub(super) fn find(search: &Search<'_>) -> Vec<Finding> {
    let mut found = spiff(search);
    found.extend(budget(search));
    found.extend(residual(search));
    found
}

/// Two situations that differ by a day or two, and what each pays.
pub(super) struct Moved<'a> {
    /// Sales beside the order.
    pub beside: i64,
    /// The days.
    pub days: (Date, Date),
    /// The orders if the one in question is on this day.
    pub orders: &'a dyn Fn(&Probe<'_>, Date) -> Vec<Order>,
    /// The values that are tried here: what others cause is found elsewhere. All, where there are none.
    pub keys: &'a [&'a str],
}

/// A finding, where one of the days pays more than a thousandth of the order more.
pub(super) fn moved(search: &Search<'_>, moved: &Moved<'_>) -> Option<Finding> {
    let (first, second) = moved.days;
    let order = search.ground.order;
    let at = |probe: &Probe<'_>, day: Date| probe.pay(&(moved.orders)(probe, day)).own;
    let gain = at(&search.probe, first) - at(&search.probe, second);
    if gain.abs() <= (order / 1_000).max(UNIT) {
        return None;
    }
    let sign = gain.signum();
    let cause = search.cause(gain.abs(), &|probe| {
        sign * (at(probe, first) - at(probe, second))
    });
    let named = |key: &String| moved.keys.contains(&key.as_str());
    if !moved.keys.is_empty() && !cause.keys.iter().any(named) {
        return None;
    }
    let point = |day| Point {
        sales: to_money(order),
        pay: to_money(at(&search.probe, day)),
        day: Some(day),
    };
    Some(Finding {
        wrong: if gain > 0 {
            Wrong::PullForward
        } else {
            Wrong::HoldBack
        },
        from: point(first),
        to: point(second),
        temptation: to_money(gain.abs()),
        company: None,
        until: None,
        beside: to_money(moved.beside),
        share: None,
        keys: cause.keys,
        rule: cause.rule,
        sellers: Vec::new(),
    })
}

fn worst(mut found: Vec<Finding>) -> Vec<Finding> {
    crate::base::order::sort_by(&mut found, |a, b| b.temptation.cmp(&a.temptation));
    found.truncate(MOST);
    found
}

/// The order of a new account, on the day before each step of a SPIFF and on its day.
fn spiff(search: &Search<'_>) -> Vec<Finding> {
    let order = search.ground.order;
    let orders = |probe: &Probe<'_>, day: Date| vec![probe.order(day, order, 1)];
    let steps = search.probe.plan().spiff.iter();
    let found = steps.filter_map(|(day, _)| {
        moved(
            search,
            &Moved {
                beside: 0,
                days: (day.plus_days(-1), *day),
                orders: &orders,
                keys: &["spiff"],
            },
        )
    });
    worst(found.collect())
}

/// The order before and after somebody else's, where that takes what is left of the budget.
fn budget(search: &Search<'_>) -> Option<Finding> {
    let plan = search.probe.plan();
    let budget = from_money(Money::new(plan.typed.bonus.spiff_budget.exact())).unwrap_or(0);
    let (start, amount) = plan.spiff.iter().find(|step| step.1 > 0).copied()?;
    let events = budget / amount;
    if events > MOST_EVENTS || budget <= 0 {
        return None;
    }
    let order = search.ground.order;
    let days = (start.plus_days(1), start.plus_days(3));
    // What is left is the last full event and what remains, or only what remains.
    let tries = [events, events - 1].into_iter().filter(|used| *used >= 0);
    let found = tries.filter_map(|used| {
        let orders = |probe: &Probe<'_>, day: Date| {
            let mut orders: Vec<Order> = (0..used)
                .map(|at| Order {
                    other: true,
                    ..probe.order(start, UNIT, 100 + u32::try_from(at).unwrap_or(0))
                })
                .collect();
            orders.push(Order {
                other: true,
                ..probe.order(start.plus_days(2), order, 1)
            });
            orders.push(probe.order(day, order, 2));
            orders
        };
        moved(
            search,
            &Moved {
                beside: 0,
                days,
                orders: &orders,
                keys: &["spiff_budget"],
            },
        )
    });
    worst(found.collect()).into_iter().next()
}

/// A repeat on the last day before each step of a residual and on the first day of the step.
fn residual(search: &Search<'_>) -> Vec<Finding> {
    let plan = search.probe.plan();
    if !matches!(
        plan.typed.pays.repeats,
        Repeats::Months | Repeats::NewBusiness
    ) {
        return Vec::new();
    }
    // The fifth, so that no month is too short for it.
    let first = search.ground.start.plus_days(4);
    let order = search.ground.order;
    let orders = |probe: &Probe<'_>, day: Date| {
        vec![probe.order(first, order, 1), probe.order(day, order, 1)]
    };
    let steps = plan.repeat_steps.iter().filter(|step| step.0 > 0);
    let found = steps.filter_map(|(months, _)| {
        let day = first.plus_months(i32::try_from(*months).ok()?);
        moved(
            search,
            &Moved {
                beside: order,
                days: (day.plus_days(-1), day),
                orders: &orders,
                keys: &["repeat_steps", "repeats"],
            },
        )
    });
    worst(found.collect())
}
