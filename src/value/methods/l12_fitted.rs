//! L12, the fitted model: `expected discounted orders x expected order value x margin share`, summed
//! over accounts.
//!
//! Orders come from MBG/CNBD-k with MBG/NBD beside it (`models::pool`), order values from Gamma-Gamma
//! drawn towards the account's segment (`models::OrderValues`), the margin share from the account's
//! own waterfall: what counts as value over revenue, in the year that the other methods start from,
//! else over its whole history, else over its segment's. A share below -100 % or above 100 % (a year
//! of one sample, sales that were credited) says nothing of orders to come and is passed over. Each order is discounted from its own day. Neither the assumed
//! retention nor the lapse threshold enters: the chance that an account has left is the model's.
//! The two ranges are of 90 %: one from not knowing the model's parameters (its Laplace draws), one
//! from that and luck.

use crate::metrics::WhyNot;
use crate::models::OrderValues;
use crate::value::definition::waterfall;
use crate::value::evaluation::{Evaluation, Subject};
use crate::value::foresight::{Foresight, Spread};
use crate::value::inputs::{Measure, ValueBasis};
use crate::value::shown::Range;

/// The method's result for a subject.
pub(in crate::value) struct Fitted {
    pub value: f64,
    pub range: Option<Range>,
    pub note: Option<String>,
}

/// A sum over accounts.
#[derive(Default)]
struct Sum {
    value: f64,
    /// Of luck.
    variance: f64,
    /// The least and the most it can come to: orders bring no revenue below 0, so luck leaves it the
    /// sign of its shares.
    bounds: (f64, f64),
    accounts: u32,
    /// Accounts without a forecast or a margin.
    left_out: u32,
    /// Of the last account.
    orders: f64,
}

impl Evaluation<'_> {
    /// What of an account's revenue counts as value, a fraction; `None` without revenue.
    pub(in crate::value) fn margin_share(&self, position: usize) -> Option<f64> {
        let row = self.prepared.rows.get(position).filter(|row| row.present)?;
        if self.inputs.basis == ValueBasis::Revenue {
            return Some(1.0);
        }
        let telling = |value: f64, revenue: f64| {
            let share = value / revenue;
            (revenue > 0.0 && (-1.0..=1.0).contains(&share)).then_some(share)
        };
        let at = |column: &[f64], revenue| telling(*column.get(position)?, revenue);
        let year = match self.inputs.measure {
            Measure::LastYear => at(&self.values.yearly, row.recent.revenue),
            Measure::Average => None,
        };
        let own = year.or_else(|| at(&self.values.past, row.total.revenue));
        own.or_else(|| {
            if row.total.revenue <= 0.0 {
                return None;
            }
            let segment = self.prepared.segments.get(row.segment as usize)?;
            let all = waterfall(&segment.total, &self.inputs).ok()?;
            telling(all.level(self.inputs.basis).to_f64(), all.revenue.to_f64())
        })
    }

    /// The method's value of a subject with its ranges.
    ///
    /// # Errors
    /// Why there is none.
    pub(in crate::value) fn fitted_value(&self, subject: Subject) -> Result<Fitted, WhyNot> {
        let foresight = self.foresight.clone()?;
        let sum = self.add_up(foresight, subject)?;
        let years = self.inputs.horizon.get();
        let spread = match subject {
            Subject::Book => foresight.spread_of_sum(sum.value, sum.variance, years),
            Subject::Account(account) => {
                let named = (account, self.name(account));
                foresight.spread_of(named, (sum.value, sum.orders), years)
            }
            _ => None,
        };
        Ok(Fitted {
            value: sum.value,
            range: spread.map(|Spread { model, with_luck }| Range {
                model,
                with_luck: (with_luck.0.max(sum.bounds.0), with_luck.1.min(sum.bounds.1)),
            }),
            note: note(foresight, &sum),
        })
    }

    /// The method's value of a subject alone.
    ///
    /// # Errors
    /// Why there is none.
    pub(in crate::value) fn fitted_amount(&self, subject: Subject) -> Result<f64, WhyNot> {
        Ok(self.add_up(self.foresight.clone()?, subject)?.value)
    }

    fn add_up(&self, foresight: &Foresight, subject: Subject) -> Result<Sum, WhyNot> {
        if foresight.values().is_none() {
            return Err(WhyNot(
                "No order has a value above 0, so what orders are worth is not known.".into(),
            ));
        }
        let discount = self.inputs.discount.fraction();
        let ahead = foresight.ahead(discount, self.inputs.horizon.get());
        let mut sum = Sum::default();
        for account in self.members(subject) {
            if !self.is_present(account) {
                continue;
            }
            let ahead = ahead.get(account).copied().flatten();
            let Some((ahead, share)) = ahead.zip(self.margin_share(account)) else {
                sum.left_out += 1;
                continue;
            };
            sum.accounts += 1;
            sum.orders = ahead.orders;
            sum.value += share * ahead.revenue;
            sum.variance += share * share * ahead.variance;
            if share < 0.0 {
                sum.bounds.0 = f64::NEG_INFINITY;
            } else {
                sum.bounds.1 = f64::INFINITY;
            }
        }
        if sum.accounts == 0 {
            return Err(WhyNot(
                "The model knows no order days here: it needs orders with their dates, and revenue."
                    .into(),
            ));
        }
        Ok(sum)
    }
}

fn note(foresight: &Foresight, sum: &Sum) -> Option<String> {
    let mut notes = Vec::new();
    if sum.left_out > 0 {
        notes.push(match sum.left_out {
            1 => "One account has no order days or no revenue and is not counted.".to_owned(),
            many => {
                format!("{many} accounts have no order days or no revenue and are not counted.")
            }
        });
    }
    if let Some(rho) = foresight
        .values()
        .and_then(OrderValues::telling_correlation)
    {
        let more = if rho > 0.0 { "larger" } else { "smaller" };
        notes.push(format!(
            "Accounts that order more often place {more} orders (rank correlation {rho:.2}). The \
             model takes both apart, so read values by segment rather than for the whole book."
        ));
    }
    (!notes.is_empty()).then(|| notes.join(" "))
}
