//! Levels of sales: where more pays less, where one more pays a jump, where more pays nothing or at
//! a lower rate.
//!
//! Pay is computed on a grid of levels, at the scheme's own boundaries, and one unit before each;
//! where it bends between two levels, these are halved until they are a unit apart.

use super::probe::{Order, Probe};
use super::{Finding, Point, Search, Wrong};
use crate::commission::sales::{UNIT, to_money, to_units};

/// Levels of the grid.
const GRID: i64 = 96;

/// Findings of a kind that are kept, the worst.
const MOST: usize = 4;

/// How sales of a level are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Even orders of new accounts over the time in which sales add up.
    Period,
    /// One order of one new account.
    Order,
}

/// All findings about levels.
pub(super) fn find(search: &Search<'_>) -> Vec<Finding> {
    let mut found = scan(search, Shape::Period, search.ground.year.saturating_mul(3));
    if search.probe.adds_up() != 0 {
        // What is about one account or one order is said of one.
        found.retain(|one| {
            let first = one.keys.first().map(String::as_str);
            !matches!(first, Some("lifetime" | "cap_order" | "spiff"))
        });
        let orders = scan(search, Shape::Order, search.ground.order.saturating_mul(30));
        // What a year shows already is not said again of an order.
        let known: Vec<(Wrong, Vec<String>)> = found
            .iter()
            .map(|one| (one.wrong, one.keys.clone()))
            .collect();
        found.extend(orders.into_iter().filter(|one| {
            !known
                .iter()
                .any(|(wrong, keys)| *wrong == one.wrong && *keys == one.keys)
        }));
    }
    found
}

/// What a level pays.
fn pay_at(probe: &Probe<'_>, search: &Search<'_>, shape: Shape, level: i64) -> i64 {
    let start = search.ground.start;
    let (parts, by_month) = match (shape, probe.adds_up()) {
        (Shape::Order, _) | (_, 0) => (1, false),
        (Shape::Period, 1) => (4, false),
        (Shape::Period, 3) => (3, true),
        (Shape::Period, _) => (12, true),
    };
    let each = level / i64::from(parts) / UNIT * UNIT;
    let orders: Vec<Order> = (0..parts)
        .map(|at| {
            let day = if by_month {
                start.plus_months(at).plus_days(9)
            } else {
                start.plus_days(at * 7)
            };
            // The last order takes what the others leave.
            let revenue = if at + 1 == parts {
                level - each * i64::from(parts - 1)
            } else {
                each
            };
            probe.order(day, revenue, u32::try_from(at).unwrap_or(0))
        })
        .collect();
    probe.pay(&orders).own
}

/// Pay by level, with the levels that matter.
struct Curve {
    /// Level and pay, rising in level.
    points: Vec<(i64, i64)>,
}

impl Curve {
    fn new(pay: &dyn Fn(i64) -> i64, boundaries: &[i64], most: i64) -> Self {
        let step = (most / GRID / UNIT).max(1) * UNIT;
        let mut levels: Vec<i64> = (0..=GRID).map(|at| at * step).collect();
        for at in boundaries {
            levels.extend([at - UNIT, *at, at + UNIT]);
        }
        levels.retain(|level| *level >= 0);
        levels.sort_unstable();
        levels.dedup();
        let mut curve = Self {
            points: levels
                .into_iter()
                .map(|level| (level, pay(level)))
                .collect(),
        };
        curve.refine(pay);
        curve
    }

    /// Halves where pay bends, until the bend is a unit wide.
    fn refine(&mut self, pay: &dyn Fn(i64) -> i64) {
        let mut more = Vec::new();
        let mut before: Option<f64> = None;
        for pair in self.points.windows(2) {
            let [a, b] = pair else { continue };
            let own = slope(*a, *b);
            if before.is_some_and(|before| (own - before).abs() > 0.000_2) {
                bend(pay, *a, *b, before.unwrap_or(own), &mut more);
            }
            before = Some(own);
        }
        self.points.extend(more);
        self.points.sort_unstable();
        self.points.dedup();
    }
}

/// Pay of a unit of sales between two levels.
fn slope(a: (i64, i64), b: (i64, i64)) -> f64 {
    to_units(b.1 - a.1) / to_units((b.0 - a.0).max(1))
}

/// Narrows a bend between two levels: the half that departs more from the slope before has it.
fn bend(
    pay: &dyn Fn(i64) -> i64,
    a: (i64, i64),
    b: (i64, i64),
    before: f64,
    more: &mut Vec<(i64, i64)>,
) {
    let (mut a, mut b) = (a, b);
    while b.0 - a.0 > UNIT {
        let middle = (a.0 + (b.0 - a.0) / 2) / UNIT * UNIT;
        if middle <= a.0 || middle >= b.0 {
            break;
        }
        let point = (middle, pay(middle));
        more.push(point);
        let departs = to_units(point.1 - a.1) - before * to_units(point.0 - a.0);
        if departs.abs() > 0.5 {
            b = point;
        } else {
            a = point;
        }
    }
}

fn scan(search: &Search<'_>, shape: Shape, most: i64) -> Vec<Finding> {
    let pay = |level: i64| pay_at(&search.probe, search, shape, level);
    let boundaries = search.probe.boundaries();
    let top = boundaries
        .iter()
        .max()
        .map_or(0, |top| top.saturating_mul(2));
    let curve = Curve::new(&pay, &boundaries, most.max(top));
    let mut found = Vec::new();
    found.extend(worst(cliffs(search, shape, &curve)));
    found.extend(worst(dips(search, shape, &curve)));
    found.extend(worst(slower(search, shape, &curve)));
    found
}

fn worst(mut found: Vec<Finding>) -> Vec<Finding> {
    crate::base::order::sort_by(&mut found, |a, b| b.temptation.cmp(&a.temptation));
    found.truncate(MOST);
    found
}

/// A finding between two points of the curve.
fn between(wrong: Wrong, a: (i64, i64), b: (i64, i64), temptation: i64) -> Finding {
    let point = |(sales, pay): (i64, i64)| Point {
        sales: to_money(sales),
        pay: to_money(pay),
        day: None,
    };
    Finding {
        wrong,
        from: point(a),
        to: point(b),
        temptation: to_money(temptation),
        company: None,
        until: None,
        beside: to_money(0),
        share: None,
        keys: Vec::new(),
        rule: String::new(),
        sellers: Vec::new(),
    }
}

fn caused(
    search: &Search<'_>,
    finding: &Finding,
    size: i64,
    again: &dyn Fn(&Probe<'_>) -> i64,
) -> Finding {
    let cause = search.cause(size, again);
    Finding {
        keys: cause.keys,
        rule: cause.rule,
        ..finding.clone()
    }
}

/// One unit more pays more than a unit.
fn cliffs(search: &Search<'_>, shape: Shape, curve: &Curve) -> Vec<Finding> {
    let pairs = curve.points.windows(2).filter_map(|pair| match pair {
        [a, b] if b.0 - a.0 <= UNIT && b.1 - a.1 > b.0 - a.0 => Some((*a, *b)),
        _ => None,
    });
    let one = |(a, b): ((i64, i64), (i64, i64))| {
        let jump = b.1 - a.1;
        let again = |probe: &Probe<'_>| {
            pay_at(probe, search, shape, b.0) - pay_at(probe, search, shape, a.0)
        };
        caused(search, &between(Wrong::Cliff, a, b, jump), jump, &again)
    };
    pairs.map(one).collect()
}

/// From a peak on, more pays less until the peak is reached again.
fn dips(search: &Search<'_>, shape: Shape, curve: &Curve) -> Vec<Finding> {
    let pay = |level: i64| pay_at(&search.probe, search, shape, level);
    let mut found = Vec::new();
    let mut points = curve.points.iter().copied().peekable();
    let Some(mut peak) = points.next() else {
        return found;
    };
    while let Some(point) = points.next() {
        if point.1 > peak.1 - UNIT {
            if point.1 >= peak.1 {
                peak = point;
            }
            continue;
        }
        let (first, mut lowest, mut last) = (point, point, point);
        while let Some(next) = points.next_if(|next| next.1 < peak.1) {
            if next.1 < lowest.1 {
                lowest = next;
            }
            last = next;
        }
        let until = points
            .peek()
            .map(|after| regained(&pay, last, *after, peak.1));
        let size = peak.1 - lowest.1;
        let again = |probe: &Probe<'_>| {
            pay_at(probe, search, shape, peak.0) - pay_at(probe, search, shape, lowest.0)
        };
        // The step that follows the peak is what a salesperson meets; the lowest point is the size.
        let finding = between(Wrong::MorePaysLess, peak, first, size);
        let finding = caused(search, &finding, size, &again);
        found.push(Finding {
            until: until.map(to_money),
            ..finding
        });
    }
    found
}

/// The first level, to the unit, at which pay is what it was.
fn regained(pay: &dyn Fn(i64) -> i64, below: (i64, i64), above: (i64, i64), peak: i64) -> i64 {
    let (mut low, mut high) = (below.0, above.0);
    while high - low > UNIT {
        let middle = (low + (high - low) / 2) / UNIT * UNIT;
        if middle <= low || middle >= high {
            break;
        }
        if pay(middle) >= peak {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Where pay for the next order falls, to nothing or to less.
fn slower(search: &Search<'_>, shape: Shape, curve: &Curve) -> Vec<Finding> {
    let order = search.ground.order;
    // Steps of a unit are jumps; the rate is seen on longer ones, on which the cents to which a dozen
    // orders are rounded are less than a tenth of the pay.
    let average = curve.points.last().map_or(0.0, |top| slope((0, 0), *top));
    let wide: Vec<((i64, i64), (i64, i64))> = curve
        .points
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if b.0 - a.0 > 8 * UNIT && 0.5 < 0.1 * average * to_units(b.0 - a.0) => {
                Some((*a, *b))
            }
            _ => None,
        })
        .collect();
    let mut found: Vec<Finding> = Vec::new();
    let mut before: Option<f64> = None;
    for (a, b) in wide {
        let own = slope(a, b);
        let noise = 0.2 / to_units(b.0 - a.0).max(1.0) + 0.000_05;
        if let Some(rate) = before
            && own >= 0.0
            && own < rate * 0.98 - noise
        {
            let lost = part(order, rate - own);
            let wrong = if own <= noise {
                Wrong::NothingMore
            } else {
                Wrong::Slower
            };
            let again = |probe: &Probe<'_>| {
                let at = |level: i64| pay_at(probe, search, shape, level);
                let (low, high) = (at(a.0), at(b.0));
                let earlier = at((a.0 - (b.0 - a.0)).max(0));
                let width = to_units(b.0 - a.0);
                let fell = to_units(low - earlier) / width - to_units(high - low) / width;
                part(order, fell)
            };
            let finding = between(
                wrong,
                a,
                (a.0 + order, a.1 + after(search, shape, a, order)),
                lost,
            );
            found.push(caused(search, &finding, lost, &again));
        }
        before = Some(own);
    }
    found
}

/// A part of an order's revenue.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a part of an amount that fits"
)]
fn part(order: i64, of: f64) -> i64 {
    (to_units(order) * of * 10_000.0) as i64
}

/// What an order more pays.
fn after(search: &Search<'_>, shape: Shape, a: (i64, i64), order: i64) -> i64 {
    pay_at(&search.probe, search, shape, a.0 + order) - a.1
}
