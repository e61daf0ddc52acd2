//! S30: what is promised against what can be made. S29 and S14: what orders cost to handle.
//!
//! Loads and capacities are pieces a week, shares are fractions, money is in the base currency.

use crate::base::num::normal_below;

use super::terms::Terms;

/// The chance that the load of the lead time is above the capacity of the lead time, the load being
/// normally distributed and weeks independent: the spread of a mean of `weeks` is that of a week
/// over the root of their number.
///
/// ```
/// use perennial::deals::guard::chance_of_late;
/// assert_eq!(chance_of_late(100.0, 100.0, 0.3, 4.0), 0.5);
/// assert_eq!(chance_of_late(100.0, 90.0, 0.0, 4.0), 1.0);
/// ```
pub fn chance_of_late(load: f64, capacity: f64, spread: f64, weeks: f64) -> f64 {
    let deviation = load * spread / libm::sqrt(weeks);
    if deviation > 0.0 {
        normal_below((load - capacity) / deviation)
    } else {
        f64::from(u8::from(load > capacity))
    }
}

/// What handling orders costs less than if each were the first: the n-th costs `n ^ slope` of the
/// first, `slope = log2(learning)`. Expected over the horizon, worth today.
pub fn learning_saved(terms: &Terms, learning: f64) -> f64 {
    let slope = libm::log2(learning);
    let step = match terms.timing {
        crate::value::Timing::Monthly => 1.0 / 12.0,
        _ => 1.0,
    };
    let orders = terms.orders_a_year * step;
    let flows = terms.flows();
    let kept = libm::pow(terms.retention_per_year, step);
    let (mut alive, mut done, mut sum) = (1.0, 0.0, 0.0);
    for years in flows.times() {
        let spared = orders - repeated(done, done + orders, slope);
        sum += alive * spared * libm::pow(1.0 + terms.discount_per_year, -years);
        alive *= kept;
        done += orders;
    }
    terms.order_cost * sum
}

/// The sum of `n ^ slope` over the orders after `from` up to `to`: one by one for the first
/// thousand, then the integral between halves, which is nearer than a figure shown can tell.
fn repeated(from: f64, to: f64, slope: f64) -> f64 {
    let exact = to.min(1_000.0);
    let mut sum = 0.0;
    let mut order = libm::floor(from) + 1.0;
    while order <= exact {
        sum += libm::pow(order, slope);
        order += 1.0;
    }
    // A part of an order, where months do not hold whole ones.
    sum += part(to.min(1_000.0), slope) - part(from.min(1_000.0), slope);
    if to > 1_000.0 {
        let power = slope + 1.0;
        let area = |x: f64| {
            if power == 0.0 {
                libm::log(x)
            } else {
                libm::pow(x, power) / power
            }
        };
        sum += area(to + 0.5) - area(from.max(1_000.0) + 0.5);
    }
    sum
}

/// What the begun order after a number of whole ones counts.
fn part(orders: f64, slope: f64) -> f64 {
    let whole = libm::floor(orders);
    (orders - whole) * libm::pow(whole + 1.0, slope)
}
