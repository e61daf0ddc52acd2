//! Targets for returning customers (S45): baseline plus a step, by salesperson.
//!
//! In: sales, their order index by account, a day, and the step. Out: for each salesperson what the
//! year before the last held (the baseline), what the last year held, the target, how much of it is
//! reached, and the bonus that a curve pays for that. A customer returned to a salesperson who sold
//! the account an order that was not its first. Small books say little: the count stands with the
//! 95 % band that its own number of customers allows.

use serde::{Deserialize, Serialize};

use super::sales::{HOUSE, Sales, to_money, to_units};
use crate::base::{Date, Money};
use crate::growth::wilson;

/// Days of a year of sales.
const YEAR: i32 = 365;

/// What is aimed at beyond the baseline.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Aim {
    /// More returning customers than in the year before, a count.
    pub customers: i32,
    /// More revenue from them, as a share of the year before (0.1 is 10 %).
    pub revenue: f64,
    /// The bonus curve: attainment of the revenue target (1 is all of it) and bonus in the base
    /// currency, rising in attainment; straight between points, nothing before the first, level after
    /// the last.
    pub curve: Vec<(f64, f64)>,
}

/// A salesperson's returning customers in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Year {
    /// Accounts sold to.
    pub customers: u32,
    /// Of those, with an order that was not their first.
    pub returning: u32,
    /// Revenue of orders that were not the first, less their returns.
    pub revenue: Money,
}

/// A salesperson's target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Who.
    pub rep: String,
    /// The year before the last.
    pub before: Year,
    /// The last year.
    pub now: Year,
    /// The 95 % band of the last year's returning customers, as counts.
    pub band: (f64, f64),
    /// Returning customers aimed at.
    pub customers: u32,
    /// Revenue from them aimed at.
    pub revenue: f64,
    /// Share of the customers reached; `None` where none are aimed at.
    pub customers_reached: Option<f64>,
    /// Share of the revenue reached; `None` where none is aimed at.
    pub revenue_reached: Option<f64>,
    /// What the curve pays for the revenue reached.
    pub bonus: f64,
    /// Revenue from them in the year before, in units.
    pub baseline: f64,
    /// And in the last year.
    pub sold: f64,
}

/// Targets and where they stand.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Targets {
    /// By salesperson, in the order of names.
    pub reps: Vec<Target>,
    /// Whether the data covers the whole year of the baseline.
    pub complete: bool,
}

/// The targets of each salesperson; `indexes` are the orders' by account.
pub fn targets(sales: &Sales, indexes: &[u32], as_of: Date, aim: &Aim) -> Targets {
    let start = as_of.plus_days(-2 * YEAR);
    let middle = as_of.plus_days(-YEAR);
    let count = sales.reps.len();
    // By salesperson, in the year before the last and in the last.
    let mut years = vec![[(Year::default(), 0_i64); 2]; count];
    // By salesperson and year: the account counted last, as customer and as returning.
    let mut counted = vec![[[u32::MAX; 2]; 2]; count];
    for row in sales.by_account() {
        let at = row as usize;
        let (Some(day), Some(rep)) = (sales.day.get(at), sales.rep.get(at)) else {
            continue;
        };
        if *day <= start || *day > as_of {
            continue;
        }
        let late = usize::from(*day > middle);
        let slots = (years.get_mut(*rep as usize), counted.get_mut(*rep as usize));
        let (Some(years), Some(counted)) = slots else {
            continue;
        };
        let (Some((year, revenue)), Some([customer, returning])) =
            (years.get_mut(late), counted.get_mut(late))
        else {
            continue;
        };
        let account = sales.account.get(at).copied().unwrap_or_default();
        let is_return = sales.is_return.get(at) == Some(&true);
        let repeats = indexes.get(at).is_some_and(|index| *index > 1);
        if repeats {
            *revenue += sales.revenue.get(at).copied().unwrap_or(0);
        }
        if !is_return && *customer != account {
            *customer = account;
            year.customers += 1;
        }
        if !is_return && repeats && *returning != account {
            *returning = account;
            year.returning += 1;
        }
    }
    let reps = sales
        .reps
        .iter()
        .zip(years)
        .filter(|(rep, _)| *rep != HOUSE);
    Targets {
        reps: reps.map(|(rep, years)| target(rep, years, aim)).collect(),
        complete: sales
            .span()
            .is_some_and(|(first, _)| first <= start.plus_days(1)),
    }
}

fn target(rep: &str, years: [(Year, i64); 2], aim: &Aim) -> Target {
    let [(before, revenue_before), (now, revenue_now)] = years;
    let customers = before.returning.saturating_add_signed(aim.customers);
    let revenue = to_units(revenue_before) * (1.0 + aim.revenue);
    let (low, high) = wilson(now.returning, now.customers);
    let all = f64::from(now.customers);
    let revenue_reached = (revenue > 0.0).then(|| to_units(revenue_now) / revenue);
    Target {
        rep: rep.to_owned(),
        before: Year {
            revenue: to_money(revenue_before),
            ..before
        },
        now: Year {
            revenue: to_money(revenue_now),
            ..now
        },
        band: if now.customers == 0 {
            (0.0, 0.0)
        } else {
            (low * all, high * all)
        },
        customers,
        revenue,
        customers_reached: (customers > 0).then(|| f64::from(now.returning) / f64::from(customers)),
        revenue_reached,
        bonus: revenue_reached.map_or(0.0, |reached| bonus(&aim.curve, reached)),
        baseline: to_units(revenue_before),
        sold: to_units(revenue_now),
    }
}

/// What a curve pays: straight between its points, nothing before the first, level after the last.
///
/// ```
/// use perennial::commission::targets::bonus;
/// let curve = [(0.8, 1_000.0), (1.0, 3_000.0)];
/// assert_eq!([0.5, 0.8, 0.9, 2.0].map(|x| bonus(&curve, x)), [0.0, 1_000.0, 2_000.0, 3_000.0]);
/// ```
pub fn bonus(curve: &[(f64, f64)], attained: f64) -> f64 {
    let after = curve.partition_point(|(at, _)| *at <= attained);
    let Some((from, low)) = after.checked_sub(1).and_then(|at| curve.get(at)) else {
        return 0.0;
    };
    match curve.get(after) {
        // Rounded as money is, so that a half-way point is not a hair below it.
        Some((to, high)) => {
            low + (high - low) * ((attained - from) / (to - from) * 1e12).round() / 1e12
        }
        None => *low,
    }
}

/// All salespeople together at a share of their targets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// The share, 1 is all of it.
    pub reached: f64,
    /// What the curve pays all of them.
    pub bonus: f64,
    /// What the repeat revenue beyond the year before brings, before commission.
    pub brings: f64,
}

impl Targets {
    /// Where all stand together: the share of all targets that was reached, what the curve pays each
    /// for a share of their own, and what the revenue beyond the year before brings. `margin` is
    /// contribution of a unit of repeat revenue. `None` where nobody has a target.
    pub fn now(&self, margin: f64) -> Option<Together> {
        let (targets, baseline, now) = self.sums()?;
        Some(Together {
            reached: now / targets,
            bonus: self.reps.iter().map(|rep| rep.bonus).sum(),
            brings: (now - baseline) * margin,
        })
    }

    /// If everybody reached this share of their target.
    pub fn at(&self, curve: &[(f64, f64)], margin: f64, reached: f64) -> Option<Together> {
        let (targets, baseline, _) = self.sums()?;
        let with_target = self.reps.iter().filter(|rep| rep.revenue > 0.0);
        let people = with_target.fold(0.0, |count, _| count + 1.0);
        Some(Together {
            reached,
            bonus: people * bonus(curve, reached),
            brings: (reached * targets - baseline) * margin,
        })
    }

    /// The shares, from `low` to `high`, from which on the revenue beyond the year before brings more
    /// than the bonus costs: the straight parts of the curve are solved, a jump has its foot.
    ///
    /// ```
    /// use perennial::commission::targets::{Target, Targets, Year};
    /// let rep = Target {
    ///     rep: "Ana".into(), before: Year::default(), now: Year::default(), band: (0.0, 0.0),
    ///     customers: 0, revenue: 110_000.0, customers_reached: None, revenue_reached: Some(1.0),
    ///     bonus: 0.0, baseline: 100_000.0, sold: 110_000.0,
    /// };
    /// let all = Targets { reps: vec![rep], complete: true };
    /// // Nothing is paid below 100 %: what brings money begins at the baseline, 100 / 110 of the target.
    /// let even = all.breaks_even(&[(1.0, 2_000.0)], 0.3, (0.0, 2.0));
    /// assert!((even[0] - 100.0 / 110.0).abs() < 1e-12 && even.len() == 1);
    /// // 6,000 at 100 %: 3,000 are there, and the rest at 100 + 6,000 / 0.3 of revenue.
    /// let even = all.breaks_even(&[(1.0, 6_000.0)], 0.3, (0.0, 2.0));
    /// assert!((even[1] - 120.0 / 110.0).abs() < 1e-12);
    /// ```
    pub fn breaks_even(
        &self,
        curve: &[(f64, f64)],
        margin: f64,
        (low, high): (f64, f64),
    ) -> Vec<f64> {
        // A millionth of a unit of money is rounding.
        let net = |reached: f64| {
            let all = self.at(curve, margin, reached)?;
            let net = all.brings - all.bonus;
            Some(if net.abs() < 1e-6 { 0.0 } else { net })
        };
        let mut bounds: Vec<f64> = vec![low];
        bounds.extend(curve.iter().map(|point| point.0));
        bounds.push(high);
        bounds.retain(|at| (low..=high).contains(at));
        let mut found = Vec::new();
        for part in bounds.windows(2) {
            let &[from, to] = part else { continue };
            let (Some(start), Some(middle)) = (net(from), net(f64::midpoint(from, to))) else {
                return found;
            };
            // The end of the straight part: the bonus jumps at the first point, and only up.
            let end = start + 2.0 * (middle - start);
            if start < 0.0 && end > -1e-6 && end > start {
                found.push(from + (to - from) * -start / (end - start));
            }
        }
        found
    }

    /// Targets, baselines and revenue of those who have a target.
    fn sums(&self) -> Option<(f64, f64, f64)> {
        let with_target = self.reps.iter().filter(|rep| rep.revenue > 0.0);
        let sums = with_target.fold((0.0, 0.0, 0.0), |sum, rep| {
            (sum.0 + rep.revenue, sum.1 + rep.baseline, sum.2 + rep.sold)
        });
        (sums.0 > 0.0).then_some(sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::{FirstKey, Sale};

    #[test]
    fn what_returned_is_counted_by_salesperson_and_year() {
        let sale = |day: &str, order, account, revenue: i64| Sale {
            day: Date::parse(day).unwrap(),
            order,
            account,
            rep: "Ben",
            revenue: revenue * 10_000,
            is_return: revenue < 0,
            ..Sale::default()
        };
        let rows = [
            sale("2023-12-31", 1, "A", 100),
            sale("2024-02-01", 2, "A", 1_000),
            sale("2024-03-01", 3, "B", 700),
            sale("2025-02-01", 4, "A", 900),
            sale("2025-02-02", 5, "A", 100),
            sale("2025-03-01", 6, "B", 600),
            sale("2025-03-05", 7, "B", -100),
            sale("2025-04-01", 8, "C", 5_000),
        ];
        let sales = Sales::build(rows).unwrap();
        let indexes = sales.indexes(FirstKey::Account);
        let aim = Aim {
            customers: 1,
            revenue: 0.2,
            curve: vec![(1.0, 500.0), (1.5, 1_000.0)],
        };
        let found = targets(&sales, &indexes, Date::parse("2025-12-31").unwrap(), &aim);
        assert!(found.complete);
        let ben = &found.reps[0];
        assert_eq!((ben.before.customers, ben.before.returning), (2, 1));
        assert_eq!((ben.now.customers, ben.now.returning), (3, 2));
        assert_eq!(ben.before.revenue.to_string(), "1000.0000");
        assert_eq!(ben.now.revenue.to_string(), "1500.0000");
        assert_eq!((ben.customers, ben.customers_reached), (2, Some(1.0)));
        assert!((ben.revenue_reached.unwrap() - 1.25).abs() < 1e-12);
        assert!((ben.bonus - 750.0).abs() < 1e-6);
        assert!(ben.band.0 < 2.0 && ben.band.1 > 2.0 && ben.band.1 <= 3.0);
    }
}
