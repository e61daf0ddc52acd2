//! Orders at a loss and orders at a discount: what the salesperson is paid for them, and what the
//! company has of them.

use super::probe::{Order, Probe, share};
use super::{Finding, Point, Search, Wrong};
use crate::commission::sales::{UNIT, to_money, to_units};
use crate::commission::statement::SHARE;

/// The lowest margin that is tried, in 1/10,000.
const LOWEST: i64 = -2_000;
/// The highest.
const HIGHEST: i64 = 10_000;
/// How far apart margins are tried.
const STEP: usize = 500;
/// A discount is cheap where pay falls by less than this part of what contribution falls by.
const CHEAP: f64 = 0.8;

/// All findings about margin and discount.
pub(super) fn find(search: &Search<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(loss(search));
    found.extend(discount(search));
    found
}

/// Sales of a level before the order, so that gates and quotas are what they are; at least a unit, so
/// that a draw is paid in the same months with the order and without it.
fn beside(probe: &Probe<'_>, search: &Search<'_>, level: i64) -> Vec<Order> {
    let level = level.max(UNIT);
    let each = level / 12 / UNIT * UNIT;
    let one = |month: i32| {
        let revenue = if month == 11 { level - each * 11 } else { each };
        let day = search.ground.start.plus_months(month).plus_days(9);
        probe.order(day, revenue, u32::try_from(month).unwrap_or(0))
    };
    (0..12).map(one).collect()
}

/// What an order of a revenue and cost pays beside a level of sales: to the salesperson, and to all.
fn paid(probe: &Probe<'_>, search: &Search<'_>, level: i64, order: Order) -> (i64, i64) {
    let mut orders = beside(probe, search, level);
    let before = probe.pay(&orders);
    orders.push(order);
    let after = probe.pay(&orders);
    (after.own - before.own, after.all - before.all)
}

fn order(search: &Search<'_>, revenue: i64, discount: i64, cost: i64) -> Order {
    Order {
        day: search.ground.start.plus_months(11).plus_days(19),
        revenue,
        discount,
        cost,
        account: 99,
        other: false,
    }
}

/// Levels beside which an order is tried: none, a usual year, and half an order before each boundary.
fn levels(search: &Search<'_>) -> Vec<i64> {
    let half = search.ground.order / 2 / UNIT * UNIT;
    let mut levels = vec![0, search.ground.year];
    levels.extend(
        search
            .probe
            .boundaries()
            .iter()
            .map(|at| at - half)
            .filter(|at| *at > 0),
    );
    levels
}

/// An order that leaves the company less than nothing after commission, and pays all the same.
fn loss(search: &Search<'_>) -> Option<Finding> {
    let revenue = search.ground.order;
    let at = |probe: &Probe<'_>, level: i64, margin: i64| {
        let cost = revenue - share(revenue, margin);
        paid(probe, search, level, order(search, revenue, 0, cost))
    };
    // What the company keeps after commission, where the salesperson is paid.
    let loses = |level: i64, margin: i64| {
        let (own, all) = at(&search.probe, level, margin);
        own > 0 && share(revenue, margin) < all
    };
    let mut worst: Option<(i64, i64)> = None;
    for level in levels(search) {
        let steps = (LOWEST..=HIGHEST).rev().step_by(STEP);
        let Some(first) = steps.into_iter().find(|margin| loses(level, *margin)) else {
            continue;
        };
        if worst.is_none_or(|(margin, _)| first > margin) {
            worst = Some((first, level));
        }
    }
    let (margin, level) = worst?;
    // To the hundredth of a point, within the step found: from one that loses to one that does not.
    let mut margin = margin;
    for step in [256, 128, 64, 32, 16, 8, 4, 2, 1] {
        if margin + step <= HIGHEST && loses(level, margin + step) {
            margin += step;
        }
    }
    // At cost, or at the lowest margin that still pays and loses, if that is above.
    let sold_at = if loses(level, 0) { 0 } else { margin };
    let (own, all) = at(&search.probe, level, sold_at);
    let cause = search.cause(own, &|probe| {
        let (own, all) = at(probe, level, sold_at);
        if share(revenue, sold_at) < all {
            own
        } else {
            0
        }
    });
    let point = |sales: i64, pay: i64| Point {
        sales: to_money(sales),
        pay: to_money(pay),
        day: None,
    };
    Some(Finding {
        wrong: Wrong::PaidForLoss,
        from: point(revenue - share(revenue, sold_at), 0),
        to: point(revenue, own),
        temptation: to_money(own),
        company: Some(to_money(all - share(revenue, sold_at))),
        until: None,
        beside: to_money(level),
        share: Some(to_units(margin)),
        keys: cause.keys,
        rule: cause.rule,
        sellers: Vec::new(),
    })
}

/// A discount on an order of the usual margin.
fn discount(search: &Search<'_>) -> Option<Finding> {
    let (full, ground) = (search.ground.order, search.ground);
    let cut = share(full, ground.discount);
    let cost = full - share(full, ground.margin);
    let at = |probe: &Probe<'_>, off: i64| {
        let order = order(search, full - off, off, cost);
        paid(probe, search, ground.year, order).0
    };
    let contribution = full - cost;
    let before = at(&search.probe, 0);
    if before <= 0 || contribution <= 0 || cut <= 0 {
        return None;
    }
    let own = |probe: &Probe<'_>| before.max(1) - at(probe, cut);
    let lost = own(&search.probe);
    let company = to_units(cut) / to_units(contribution);
    let ratio = to_units(lost) / to_units(before) / company;
    if ratio >= CHEAP {
        return None;
    }
    // The temptation: what the salesperson does not bear, against bearing as much as the company.
    let spared = |probe: &Probe<'_>| {
        let (full, cut) = (at(probe, 0), at(probe, cut));
        let borne = company * to_units(full) - to_units(full - cut);
        #[expect(clippy::cast_possible_truncation, reason = "a part of an order's pay")]
        let spared = (borne * to_units(UNIT * SHARE)) as i64;
        spared
    };
    let size = spared(&search.probe);
    let cause = search.cause(size, &spared);
    let point = |sales: i64, pay: i64| Point {
        sales: to_money(sales),
        pay: to_money(pay),
        day: None,
    };
    Some(Finding {
        wrong: Wrong::CheapDiscount,
        from: point(full, before),
        to: point(full - cut, before - lost),
        temptation: to_money(size),
        company: Some(to_money(cut)),
        until: None,
        beside: to_money(ground.year),
        share: Some(ratio),
        keys: cause.keys,
        rule: cause.rule,
        sellers: Vec::new(),
    })
}
