//! What an account's next order may be worth: the middle, and the range of four cases in five.
//!
//! In: the account's order days and, where one was fitted, the Gamma-Gamma model of the whole book.
//! Out: a [`NextOrder`] in revenue. Ten orders of its own speak for an account; with fewer, the
//! model fills in what is known of the others, and says so.

use crate::accounts::history::History;
use crate::base::counted;
use crate::base::num::quantile;
use crate::models::{GammaGamma, Spend};

/// Orders of its own from which an account needs no model.
const ENOUGH: usize = 10;
/// Orders below which nothing is said without a model.
const FEWEST: usize = 4;
/// The latest orders that count: older ones say little of the next.
const LATEST: usize = 20;

/// What the range rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestsOn {
    /// So many of the account's own latest orders.
    Own(u32),
    /// So many orders of its own, and the spread of orders in the whole book.
    Model(u32),
}

impl RestsOn {
    /// The same in words.
    ///
    /// ```
    /// use perennial::actions::next_order::RestsOn;
    /// assert_eq!(RestsOn::Own(12).words(), "from its last 12 orders");
    /// ```
    pub fn words(self) -> String {
        match self {
            Self::Own(orders) => format!("from its last {}", counted(&orders, "order")),
            Self::Model(1) => {
                "from its one order and how orders vary in the whole book (Gamma-Gamma)".into()
            }
            Self::Model(orders) => format!(
                "from its {orders} orders and how orders vary in the whole book (Gamma-Gamma)"
            ),
        }
    }
}

/// Revenue of the next order, in the base currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NextOrder {
    /// One order in ten is smaller.
    pub low: f64,
    /// Half are smaller.
    pub median: f64,
    /// One in ten is larger.
    pub high: f64,
    /// What that rests on.
    pub rests_on: RestsOn,
}

/// The spread of an account's next order; `None` where too little is known. Days that brought
/// nothing after returns do not count.
pub fn next_order(history: &History, model: Option<&GammaGamma>) -> Option<NextOrder> {
    let all = history.days.iter().map(|day| day.revenue.to_f64());
    let all: Vec<f64> = all.filter(|value| *value > 0.0).collect();
    let own = all
        .get(all.len().saturating_sub(LATEST)..)
        .unwrap_or_default();
    let count = u32::try_from(own.len()).unwrap_or(u32::MAX);
    match model.filter(|_| own.len() < ENOUGH && !own.is_empty()) {
        Some(model) => {
            let spend = Spend::of(own.iter().copied());
            let at = |share| Some(model.next_order(&spend, share)).filter(|x| x.is_finite());
            Some(NextOrder {
                low: at(0.1)?,
                median: at(0.5)?,
                high: at(0.9)?,
                rests_on: RestsOn::Model(count),
            })
        }
        None if own.len() >= FEWEST => Some(NextOrder {
            low: quantile(own, 0.1)?,
            median: quantile(own, 0.5)?,
            high: quantile(own, 0.9)?,
            rests_on: RestsOn::Own(count),
        }),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::history::OrderDay;
    use crate::base::{Date, Money};
    use rust_decimal::Decimal;

    fn days(values: &[i64]) -> Vec<OrderDay> {
        let days = (0..).zip(values);
        days.map(|(n, value)| OrderDay {
            date: Date::from_days(20_000 + 30 * n),
            revenue: Money::new(Decimal::from(*value)),
            orders: 1,
        })
        .collect()
    }

    fn next(values: &[i64], model: Option<&GammaGamma>) -> Option<NextOrder> {
        let days = days(values);
        let history = History {
            days: &days,
            summed: None,
        };
        next_order(&history, model)
    }

    #[test]
    fn ten_orders_of_its_own_need_no_model() {
        let values: Vec<i64> = (1..=11).map(|n| 100 * n).collect();
        let model = GammaGamma::new(1.0, 2.0, 50.0);
        for model in [None, Some(&model)] {
            let found = next(&values, model).unwrap();
            assert_eq!(
                (found.low, found.median, found.high),
                (200.0, 600.0, 1_000.0)
            );
            assert_eq!(found.rests_on, RestsOn::Own(11));
        }
    }

    #[test]
    fn few_orders_are_drawn_towards_the_book() {
        let model = GammaGamma::new(6.25, 3.74, 15.44);
        let found = next(&[20, 25], Some(&model)).unwrap();
        assert_eq!(found.rests_on, RestsOn::Model(2));
        assert!(0.0 < found.low && found.low < found.median && found.median < found.high);
        // The model's own shares: half of next orders lie below its median.
        let spend = Spend::of([20.0, 25.0].into_iter());
        assert!((model.next_order(&spend, 0.5) - found.median).abs() < 1e-12);
        assert!((15.0..35.0).contains(&found.median), "{}", found.median);
    }

    #[test]
    fn nothing_is_said_of_too_little() {
        assert_eq!(next(&[10, 20, 30], None), None);
        assert_eq!(next(&[], Some(&GammaGamma::new(2.0, 3.0, 9.0))), None);
        // A day that returns ate up is no order.
        assert_eq!(next(&[10, 20, 30, -5], None), None);
        assert!(next(&[10, 20, 30, 40], None).is_some());
    }
}
