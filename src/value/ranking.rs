//! Who is really best: ranks by revenue and by value.

use crate::base::num::kendall_tau;
use crate::base::order::float_key;

use super::evaluation::Evaluation;

/// Ranks from 1 (best); ties share the better rank; 0 for an account without orders up to the
/// as-of date. Position is the account's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranks {
    /// By revenue so far.
    pub by_revenue: Vec<u32>,
    /// By lifetime value.
    pub by_value: Vec<u32>,
}

impl Ranks {
    /// Rank by revenue less rank by value: positive for an account worth more than its revenue
    /// suggests.
    pub fn shift(&self, position: usize) -> Option<i64> {
        let revenue = *self.by_revenue.get(position).filter(|r| **r > 0)?;
        let value = *self.by_value.get(position).filter(|r| **r > 0)?;
        Some(i64::from(revenue) - i64::from(value))
    }

    /// Agreement of the two rankings, from -1 to 1; `None` for fewer than three accounts.
    pub fn tau(&self) -> Option<f64> {
        let both = self.by_revenue.iter().zip(&self.by_value);
        let ranked = both.filter(|(revenue, value)| **revenue > 0 && **value > 0);
        let (revenue, value): (Vec<f64>, Vec<f64>) =
            ranked.map(|(r, v)| (f64::from(*r), f64::from(*v))).unzip();
        if revenue.len() < 3 {
            return None;
        }
        kendall_tau(&revenue, &value)
    }
}

impl Evaluation<'_> {
    /// The ranks, computed once.
    pub fn ranks(&self) -> &Ranks {
        self.ranks.get_or_init(|| {
            let rows = self.prepared.rows.iter();
            let revenue: Vec<f64> = rows
                .map(|r| if r.present { r.total.revenue } else { f64::NAN })
                .collect();
            let has_value = self.values.lifetime.iter().any(|v| v.is_finite());
            let value = if has_value {
                &self.values.lifetime
            } else {
                &self.values.past
            };
            Ranks {
                by_revenue: ranks(&revenue),
                by_value: ranks(value),
            }
        })
    }
}

/// Ranks from 1 for the largest; ties share the better rank; 0 for what is not a number.
fn ranks(values: &[f64]) -> Vec<u32> {
    let value = |i: u32| values.get(i as usize).copied().unwrap_or(f64::NAN);
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
    let mut order: Vec<(u64, u32)> = (0..count)
        .filter(|i| !value(*i).is_nan())
        .map(|i| (!float_key(value(i)), i))
        .collect();
    order.sort_unstable();
    let mut out = vec![0; values.len()];
    let (mut rank, mut before) = (0, f64::NAN);
    for (place, (_, position)) in (1_u32..).zip(order) {
        if value(position).total_cmp(&before).is_ne() {
            rank = place;
            before = value(position);
        }
        if let Some(slot) = out.get_mut(position as usize) {
            *slot = rank;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::ranks;

    #[test]
    fn ties_share_the_better_rank_and_negatives_come_last() {
        assert_eq!(ranks(&[5.0, -2.0, 7.0, 5.0, f64::NAN]), [2, 4, 1, 2, 0]);
    }
}
