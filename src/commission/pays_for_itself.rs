//! What a scheme must change to pay for itself (S47).
//!
//! In: what two schemes cost in a year, and what a returning customer is worth. Out: the points of
//! retention, or the extra repeat orders, that bring back what the new scheme costs more, and, with a
//! response that the user sets, what each rate on repeat orders would bring. How salespeople respond
//! is not known from one's own past under one scheme: without a response there is only break-even.

use serde::{Deserialize, Serialize};

use super::sales::{Sales, to_units};
use crate::base::Date;

/// Days of a year of sales.
const YEAR: i32 = 365;

/// What an extra returning customer, and an extra order, are worth; all a year, in the base
/// currency, before commission.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Worth {
    /// Accounts that could be kept: those with an order in the last year.
    pub accounts: f64,
    /// Contribution of an account that is kept.
    pub per_account: f64,
    /// Revenue of an account that is kept.
    pub revenue_per_account: f64,
    /// Contribution of a repeat order.
    pub per_order: f64,
    /// Revenue of a repeat order.
    pub revenue_per_order: f64,
}

impl Worth {
    /// Contribution of a unit of repeat revenue; `None` without revenue.
    pub fn margin(&self) -> Option<f64> {
        (self.revenue_per_order > 0.0).then(|| self.per_order / self.revenue_per_order)
    }

    /// From the repeat orders of the last year; `indexes` are the orders' by account. `None` where
    /// there were none: nothing is known of them.
    pub fn of(sales: &Sales, indexes: &[u32], as_of: Date) -> Option<Self> {
        let (mut accounts, mut orders) = (0_u32, 0_u32);
        let (mut contribution, mut revenue) = (0_i64, 0_i64);
        let (mut all_contribution, mut all_revenue) = (0_i64, 0_i64);
        let (mut account, mut order) = (None, None);
        for row in sales.by_account() {
            let at = row as usize;
            let day = *sales.day.get(at)?;
            if day > as_of || day <= as_of.plus_days(-YEAR) {
                continue;
            }
            all_contribution += sales.contribution(at);
            all_revenue += sales.revenue.get(at).copied().unwrap_or(0);
            let sold = sales.is_return.get(at) == Some(&false);
            if sold && account != sales.account.get(at) {
                account = sales.account.get(at);
                accounts += 1;
            }
            if indexes.get(at).is_some_and(|index| *index > 1) {
                contribution += sales.contribution(at);
                revenue += sales.revenue.get(at).copied().unwrap_or(0);
                let key = (sales.account.get(at), indexes.get(at));
                if sold && order != Some(key) {
                    order = Some(key);
                    orders += 1;
                }
            }
        }
        if orders == 0 {
            return None;
        }
        let (accounts, orders) = (f64::from(accounts), f64::from(orders));
        Some(Self {
            accounts,
            per_account: to_units(all_contribution) / accounts,
            revenue_per_account: to_units(all_revenue) / accounts,
            per_order: to_units(contribution) / orders,
            revenue_per_order: to_units(revenue) / orders,
        })
    }
}

/// Two schemes over the same year.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Costs {
    /// What the current scheme cost, a year.
    pub current: f64,
    /// What the other one would have cost.
    pub other: f64,
    /// What the other one pays on a unit of repeat revenue, 0 to 1.
    pub repeat_rate: f64,
}

/// What must happen for the other scheme to cost nothing more in the end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// What it costs more, a year; below zero it saves.
    pub extra: f64,
    /// Points of retention (1 is one account in a hundred) that bring that back; `None` where an
    /// account that is kept brings nothing after commission.
    pub points: Option<f64>,
    /// Extra repeat orders that bring it back; `None` likewise.
    pub orders: Option<f64>,
    /// Contribution of one point of retention after commission, a year.
    pub per_point: f64,
    /// Contribution of one repeat order after commission.
    pub per_order: f64,
}

/// `extra / (what a point, or an order, brings after the commission on it)`.
///
/// ```
/// use perennial::commission::pays_for_itself::{Costs, Worth, break_even};
/// let worth = Worth {
///     accounts: 200.0,
///     per_account: 6_000.0,
///     revenue_per_account: 20_000.0,
///     per_order: 600.0,
///     revenue_per_order: 2_000.0,
/// };
/// let costs = Costs { current: 100_000.0, other: 122_000.0, repeat_rate: 0.025 };
/// let even = break_even(&worth, &costs);
/// // Two accounts kept at 6,000 - 500 each are a point.
/// assert_eq!((even.per_point, even.points), (11_000.0, Some(2.0)));
/// assert_eq!(even.orders, Some(40.0));
/// ```
pub fn break_even(worth: &Worth, costs: &Costs) -> BreakEven {
    let extra = costs.other - costs.current;
    let kept = worth.per_account - costs.repeat_rate * worth.revenue_per_account;
    let per_point = worth.accounts / 100.0 * kept;
    let per_order = worth.per_order - costs.repeat_rate * worth.revenue_per_order;
    let needed = |each: f64| match extra {
        extra if extra <= 0.0 => Some(0.0),
        extra => (each > 0.0).then(|| extra / each),
    };
    BreakEven {
        extra,
        points: needed(per_point),
        orders: needed(per_order),
        per_point,
        per_order,
    }
}

/// What salespeople would do for a rate on repeat orders, as the user sets it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Response {
    /// Rate on repeat revenue (0.01 is 1 %) and points of retention gained over today, rising in the
    /// rate; straight between points, level before the first and after the last.
    pub points: Vec<(f64, f64)>,
}

impl Response {
    /// So many points of retention for each 1 % on repeat orders beyond today's rate.
    pub fn straight(per_percent: f64, today: f64, most: f64) -> Self {
        Self {
            points: vec![(today, 0.0), (most, (most - today) * 100.0 * per_percent)],
        }
    }

    /// The same curve, counted from what it says at today's rate.
    #[must_use]
    pub fn over(&self, today: f64) -> Self {
        let now = self.at(today);
        let one = |(rate, points): &(f64, f64)| (*rate, points - now);
        Self {
            points: self.points.iter().map(one).collect(),
        }
    }

    /// Points gained at a rate.
    pub fn at(&self, rate: f64) -> f64 {
        let after = self.points.partition_point(|(at, _)| *at <= rate);
        let before = after.checked_sub(1).and_then(|at| self.points.get(at));
        match (before, self.points.get(after)) {
            (Some((from, low)), Some((to, high))) => {
                low + (high - low) * (rate - from) / (to - from)
            }
            (Some((_, points)), None) | (None, Some((_, points))) => *points,
            (None, None) => 0.0,
        }
    }
}

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The rate on repeat revenue, 0 to 1.
    pub rate: f64,
    /// Points of retention gained.
    pub points: f64,
    /// What the rate costs more than today's on the repeat revenue there is, a year.
    pub extra: f64,
    /// What the accounts kept bring after the commission on them, a year.
    pub gain: f64,
    /// Gain less extra.
    pub net: f64,
}

/// What each rate on repeat orders would bring: `repeat_revenue` is a year's, `today` the rate on it
/// now.
pub fn curve(
    worth: &Worth,
    response: &Response,
    repeat_revenue: f64,
    today: f64,
    rates: &[f64],
) -> Vec<Reply> {
    let reply = |rate: &f64| {
        let points = response.at(*rate);
        let kept = worth.per_account - rate * worth.revenue_per_account;
        let gain = points / 100.0 * worth.accounts * kept;
        let extra = (rate - today) * repeat_revenue;
        Reply {
            rate: *rate,
            points,
            extra,
            gain,
            net: gain - extra,
        }
    };
    rates.iter().map(reply).collect()
}

/// What a rate must bring to pay for itself, beside what is expected of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Needed {
    /// The rate on repeat revenue, 0 to 1.
    pub rate: f64,
    /// Points of retention expected beyond today's.
    pub expected: f64,
    /// Points that bring back what the rate costs more than today's; below zero it saves.
    pub needed: f64,
    /// What is left a year: what the expected points bring less what the rate costs more.
    pub net: f64,
}

/// A response over the rates from 0 to `most`: what is expected, and what is needed. `response` counts
/// from today's rate ([`Response::over`]). Rates at which an account that is kept brings nothing after
/// commission are left out.
pub fn against(
    worth: &Worth,
    response: &Response,
    repeat_revenue: f64,
    today: f64,
    rates: &[f64],
) -> Vec<Needed> {
    let all = curve(worth, response, repeat_revenue, today, rates);
    let one = |reply: &Reply| {
        let kept = worth.per_account - reply.rate * worth.revenue_per_account;
        let per_point = worth.accounts / 100.0 * kept;
        (per_point > 0.0).then(|| Needed {
            rate: reply.rate,
            expected: reply.points,
            needed: reply.extra / per_point,
            net: reply.net,
        })
    };
    all.iter().filter_map(one).collect()
}

/// The rates at which a response begins to bring more than it costs, or ends to: where what is expected
/// crosses what is needed between two of the rates, to a hundred-millionth.
///
/// ```
/// use perennial::commission::pays_for_itself::{Response, Worth, breaks_even};
/// let worth = Worth {
///     accounts: 100.0, per_account: 5_000.0, revenue_per_account: 20_000.0,
///     per_order: 500.0, revenue_per_order: 2_000.0,
/// };
/// // Two points a percent up to 5 %, on 500,000 of repeat revenue: it pays up to 20 % of net margin.
/// let response = Response { points: vec![(0.0, 0.0), (0.05, 10.0)] };
/// let rates: Vec<f64> = (0..=40).map(|at| f64::from(at) / 200.0).collect();
/// let even = breaks_even(&worth, &response, 500_000.0, 0.0, &rates);
/// // At 10 points: 10 x (5,000 - 20,000 r) = 500,000 r.
/// assert!((even[0] - 50_000.0 / 700_000.0).abs() < 1e-7 && even.len() == 1);
/// ```
pub fn breaks_even(
    worth: &Worth,
    response: &Response,
    repeat_revenue: f64,
    today: f64,
    rates: &[f64],
) -> Vec<f64> {
    let net = |rate: f64| {
        let found = curve(worth, response, repeat_revenue, today, &[rate]);
        found.first().map_or(0.0, |reply| reply.net)
    };
    let mut found = Vec::new();
    for part in rates.windows(2) {
        let &[from, to] = part else { continue };
        // Today's rate costs nothing more and brings nothing more: no answer.
        let at_today = (from..=to).contains(&today);
        let (mut low, mut high) = (from, to);
        let (start, end) = (net(low), net(high));
        if at_today || start == 0.0 || (start > 0.0) == (end > 0.0) {
            continue;
        }
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if (net(middle) > 0.0) == (start > 0.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        found.push(high);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::{FirstKey, Sale};

    fn worth() -> Worth {
        Worth {
            accounts: 100.0,
            per_account: 5_000.0,
            revenue_per_account: 20_000.0,
            per_order: 500.0,
            revenue_per_order: 2_000.0,
        }
    }

    #[test]
    fn what_costs_less_needs_nothing_and_what_brings_nothing_never_pays() {
        let cheap = Costs {
            current: 10.0,
            other: 9.0,
            repeat_rate: 0.5,
        };
        assert_eq!(break_even(&worth(), &cheap).points, Some(0.0));
        let dear = Costs {
            other: 11.0,
            ..cheap
        };
        let even = break_even(&worth(), &dear);
        assert_eq!((even.points, even.orders), (None, None));
    }

    #[test]
    fn a_response_has_a_best_rate() {
        // Two points a percent up to 5 %: 100 accounts, so two accounts at 5,000 - rate x 20,000.
        let response = Response::straight(2.0, 0.0, 0.05);
        let rates: Vec<f64> = (0..=10).map(|at| f64::from(at) / 100.0).collect();
        let found = curve(&worth(), &response, 500_000.0, 0.0, &rates);
        let five = found[5];
        assert!((five.points - 10.0).abs() < 1e-9);
        assert!((five.gain - 40_000.0).abs() < 1e-6);
        assert!((five.net - 15_000.0).abs() < 1e-6);
        assert!(found.iter().all(|reply| reply.net <= five.net + 1e-9));
        assert!((found[10].points - 10.0).abs() < 1e-12);
    }

    #[test]
    fn worth_comes_from_the_last_year() {
        let sale = |day: &str, order, account, revenue: i64| Sale {
            day: Date::parse(day).unwrap(),
            order,
            account,
            revenue: revenue * 10_000,
            cost: revenue * 6_000,
            is_return: revenue < 0,
            ..Sale::default()
        };
        let rows = [
            sale("2024-06-01", 1, "A", 10_000),
            sale("2025-06-01", 2, "A", 1_000),
            sale("2025-07-01", 3, "A", 2_000),
            sale("2025-07-05", 4, "A", -500),
            sale("2025-08-01", 5, "B", 500),
        ];
        let sales = Sales::build(rows).unwrap();
        let indexes = sales.indexes(FirstKey::Account);
        let as_of = Date::parse("2025-12-31").unwrap();
        let worth = Worth::of(&sales, &indexes, as_of).unwrap();
        let found = (worth.accounts, worth.revenue_per_account, worth.per_account);
        assert_eq!(found, (2.0, 1_500.0, 600.0));
        assert_eq!((worth.per_order, worth.revenue_per_order), (500.0, 1_250.0));
        assert_eq!(Worth::of(&sales, &indexes, as_of.plus_days(900)), None);
    }
}
