//! One order in two, and two in one: of a new account and of an old one, and over several sizes.

use super::probe::{Order, Probe, amount};
use super::{Finding, Point, Search, Wrong};
use crate::commission::sales::{UNIT, to_money, to_units};
use crate::commission::statement::RATE;

/// Sizes tried, in hundredths of the usual order, the most usual first.
const SIZES: &[i64] = &[100, 50, 25, 200, 400, 800, 1_600];

/// The worst split and the worst merger.
pub(super) fn find(search: &Search<'_>) -> Vec<Finding> {
    let mut sizes: Vec<i64> = SIZES
        .iter()
        .map(|size| search.ground.order / 100 * size)
        .collect();
    sizes.extend(
        search
            .probe
            .boundaries()
            .iter()
            .flat_map(|at| [*at, at.saturating_mul(2)]),
    );
    let cap = amount(search.probe.plan().typed.levels.cap_order.exact());
    // A cap of an order is reached where the standard rate pays it.
    let rate = search.probe.plan().rate.max(1);
    sizes.push(cap.saturating_mul(2 * RATE / rate));
    let (mut split, mut merge) = (Worst::default(), Worst::default());
    for old in [false, true] {
        for size in &sizes {
            let size = (size / UNIT).max(2) * UNIT;
            let gain = gain(&search.probe, search, size, old);
            split.take(gain, size, old);
            merge.take(-gain, size, old);
        }
    }
    let both = [(Wrong::Split, split), (Wrong::Merge, merge)];
    both.into_iter()
        .filter_map(|(wrong, worst)| finding(search, wrong, &worst))
        .collect()
}

#[derive(Default)]
struct Worst {
    gain: i64,
    size: i64,
    old: bool,
}

impl Worst {
    /// Keeps what gains most for its size, the first of equals: a thousandth at least.
    fn take(&mut self, gain: i64, size: i64, old: bool) {
        let for_size = |gain: i64, size: i64| to_units(gain) / to_units(size.max(UNIT));
        let better = for_size(gain, size) > for_size(self.gain, self.size) * 1.001;
        if gain > (size / 1_000).max(UNIT) && better {
            *self = Self { gain, size, old };
        }
    }
}

/// The orders of an account: in one, or in two with a week between them.
fn orders(probe: &Probe<'_>, search: &Search<'_>, size: i64, old: bool, parts: i64) -> Vec<Order> {
    let day = search.ground.start.plus_days(9);
    let mut orders = Vec::new();
    if old {
        orders.push(probe.order(day.plus_days(-400), UNIT, 1));
    }
    let half = size / parts / UNIT * UNIT;
    for part in 0..parts {
        let revenue = if part + 1 == parts {
            size - half * (parts - 1)
        } else {
            half
        };
        let days = i32::try_from(part * 7).unwrap_or(0);
        orders.push(probe.order(day.plus_days(days), revenue, 1));
    }
    orders
}

/// What two orders pay more than one.
fn gain(probe: &Probe<'_>, search: &Search<'_>, size: i64, old: bool) -> i64 {
    let pay = |parts| probe.pay(&orders(probe, search, size, old, parts)).own;
    pay(2) - pay(1)
}

fn finding(search: &Search<'_>, wrong: Wrong, worst: &Worst) -> Option<Finding> {
    if worst.gain == 0 {
        return None;
    }
    let sign = if wrong == Wrong::Split { 1 } else { -1 };
    let (size, old) = (worst.size, worst.old);
    let cause = search.cause(worst.gain, &|probe| sign * gain(probe, search, size, old));
    let point = |parts| Point {
        sales: to_money(size),
        pay: to_money(
            search
                .probe
                .pay(&orders(&search.probe, search, size, old, parts))
                .own,
        ),
        day: None,
    };
    Some(Finding {
        wrong,
        from: point(1),
        to: point(2),
        temptation: to_money(worst.gain),
        company: None,
        until: None,
        beside: to_money(0),
        share: None,
        keys: cause.keys,
        rule: cause.rule,
        sellers: Vec::new(),
    })
}
