//! Where to prospect: segments ranked by what a touch is expected to bring, down the list until the
//! budget is spent (S25).
//!
//! In: per segment the share won, lifetime value, cost of a touch and how many prospects there are.
//! Out: a [`Plan`], beside the plan of somebody who calls the segments with the largest revenue
//! first.

use crate::base::order::sort_by;

/// One segment that can be prospected.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Its name.
    pub segment: String,
    /// Share of touched prospects that are won, 0 to 1; `None` without a history.
    pub won: Option<f64>,
    /// Lifetime value of a new account, in the base currency; `None` without a history.
    pub lifetime: Option<f64>,
    /// Cost of touching one prospect, in the base currency; above zero.
    pub touch_cost: f64,
    /// Prospects that can be touched.
    pub prospects: u32,
    /// Revenue of the segment so far: what the naive list goes by.
    pub revenue: f64,
}

/// What is spent on a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Spent {
    /// The segment's name.
    pub segment: String,
    /// Expected contribution for each unit of money: share won x lifetime value / cost of a touch.
    pub per_money: f64,
    /// It has no history of its own: the mean of the others was taken, and little is known.
    pub assumed: bool,
    /// Prospects touched.
    pub touches: u32,
    /// What that costs.
    pub cost: f64,
    /// What is expected of it.
    pub expected: f64,
}

/// How a budget is spent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Segments in the order in which they are called.
    pub segments: Vec<Spent>,
    /// What is spent.
    pub cost: f64,
    /// What is expected.
    pub expected: f64,
}

/// Both plans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// By what a touch is expected to bring.
    pub ranked: Plan,
    /// By the segments' revenue: "call every company like our largest customers".
    pub by_revenue: Plan,
}

impl Comparison {
    /// What the ranked list is expected to bring more, in the base currency.
    pub fn gain(&self) -> f64 {
        self.ranked.expected - self.by_revenue.expected
    }
}

/// Spends a budget down both lists. Segments that are expected to bring less than a touch costs are
/// not called from the ranked list.
///
/// ```
/// use perennial::accounts::prospects::{Target, compare};
/// let target = |name: &str, won, lifetime, prospects, revenue| Target {
///     segment: name.into(), won: Some(won), lifetime: Some(lifetime), touch_cost: 100.0,
///     prospects, revenue,
/// };
/// let found = compare(&[
///     target("Automotive", 0.02, 20_000.0, 50, 9e6),
///     target("Medical", 0.05, 30_000.0, 10, 1e6),
/// ], 2_000.0);
/// // Medical brings 15 for each 1, Automotive 4: 10 touches of one, then 10 of the other.
/// assert_eq!(found.ranked.expected, 15_000.0 + 4_000.0);
/// assert_eq!(found.by_revenue.expected, 8_000.0);
/// assert_eq!(found.gain(), 11_000.0);
/// ```
pub fn compare(targets: &[Target], budget: f64) -> Comparison {
    let rated = rated(targets);
    let mut ranked: Vec<(&Target, Spent)> = rated
        .iter()
        .filter(|(_, spent)| spent.per_money > 1.0)
        .cloned()
        .collect();
    sort_by(&mut ranked, |a, b| b.1.per_money.total_cmp(&a.1.per_money));
    let mut by_revenue = rated;
    sort_by(&mut by_revenue, |a, b| b.0.revenue.total_cmp(&a.0.revenue));
    Comparison {
        ranked: spend(ranked, budget),
        by_revenue: spend(by_revenue, budget),
    }
}

/// The targets with what each is expected to bring; what has no history has the mean of the rest.
fn rated(targets: &[Target]) -> Vec<(&Target, Spent)> {
    let usual = |pick: fn(&Target) -> Option<f64>| {
        let known: Vec<f64> = targets.iter().filter_map(pick).collect();
        let count = u32::try_from(known.len()).unwrap_or(u32::MAX).max(1);
        known.iter().sum::<f64>() / f64::from(count)
    };
    let (won, lifetime) = (usual(|target| target.won), usual(|target| target.lifetime));
    let targets = targets.iter().filter(|target| target.touch_cost > 0.0);
    targets
        .map(|target| {
            let value = target.won.unwrap_or(won) * target.lifetime.unwrap_or(lifetime);
            let spent = Spent {
                segment: target.segment.clone(),
                per_money: value / target.touch_cost,
                assumed: target.won.is_none() || target.lifetime.is_none(),
                touches: 0,
                cost: 0.0,
                expected: 0.0,
            };
            (target, spent)
        })
        .collect()
}

/// Goes down a list until the budget is spent; whole touches only.
fn spend(list: Vec<(&Target, Spent)>, budget: f64) -> Plan {
    let mut plan = Plan::default();
    for (target, mut spent) in list {
        let left = (budget - plan.cost).max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to a u32"
        )]
        let affordable = (left / target.touch_cost + 1e-9).min(f64::from(u32::MAX)) as u32;
        spent.touches = affordable.min(target.prospects);
        spent.cost = f64::from(spent.touches) * target.touch_cost;
        spent.expected = spent.cost * spent.per_money;
        plan.cost += spent.cost;
        plan.expected += spent.expected;
        plan.segments.push(spent);
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(name: &str, won: Option<f64>, lifetime: f64, revenue: f64) -> Target {
        Target {
            segment: name.into(),
            won,
            lifetime: Some(lifetime),
            touch_cost: 50.0,
            prospects: 4,
            revenue,
        }
    }

    #[test]
    fn s25_a_segment_without_history_has_the_mean_and_is_marked() {
        let targets = [
            target("A", Some(0.1), 1_000.0, 1.0),
            target("B", Some(0.3), 1_000.0, 2.0),
            target("New", None, 1_000.0, 0.0),
        ];
        let found = compare(&targets, 1e9);
        let new = &found.ranked.segments[1];
        assert_eq!(
            (new.segment.as_str(), new.assumed, new.touches),
            ("New", true, 4)
        );
        assert!((new.per_money - 0.2 * 1_000.0 / 50.0).abs() < 1e-12);
        // With money for all, both lists bring the same.
        assert!(found.gain().abs() < 1e-9);
    }

    #[test]
    fn s25_what_costs_more_than_it_brings_is_not_called() {
        let found = compare(&[target("A", Some(0.01), 1_000.0, 1.0)], 100.0);
        assert!(found.ranked.segments.is_empty());
        assert!((found.by_revenue.cost - 100.0).abs() < 1e-12);
        assert!(found.gain() < 0.0 || found.by_revenue.expected > 0.0);
        assert_eq!(compare(&[], 100.0), Comparison::default());
    }
}
