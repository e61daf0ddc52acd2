//! Every account's figures in one pass: what the table, the ranking and the sums are made of.
//!
//! Input: a [`Prepared`] book and the assumptions. Output: one column of numbers per figure. The
//! pass allocates only the columns and touches no text, so that a slider step over 100,000 accounts
//! stays within a frame or two. What an account does not have is `NaN` here and a reason on screen.

use crate::base::Date;

use super::cash::payback_months;
use super::evaluation::Evaluation;
use super::inputs::{Headline, Inputs, Measure, ValueBasis};
use super::prepared::Flat;

/// The columns; position is the account's position in the book. Amounts are in the base currency.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AccountValues {
    /// Pocket less cost of goods, whole history.
    pub gross_profit: Vec<f64>,
    /// Gross profit over revenue net of rebates and terms, a percentage; `NaN` without revenue.
    pub gp_percent: Vec<f64>,
    /// Contribution, whole history (exact on demand).
    pub contribution: Vec<f64>,
    /// What counts as value so far.
    pub past: Vec<f64>,
    /// What counts as value in a year.
    pub yearly: Vec<f64>,
    /// The same in an average year since the first order.
    pub average: Vec<f64>,
    /// Value of the future; 0 for a lapsed account, `NaN` where the method cannot run.
    pub future: Vec<f64>,
    /// Past and future less acquisition cost; `NaN` where the method cannot run and for an account
    /// without orders up to the as-of date.
    pub lifetime: Vec<f64>,
    /// Past and future over acquisition cost; `NaN` where that is zero.
    pub ltv_cac: Vec<f64>,
    /// Months of current margin that earn back the acquisition cost; `NaN` for never.
    pub payback_months: Vec<f64>,
    /// No order for longer than the threshold.
    pub lapsed: Vec<bool>,
}

/// The value definition as factors of plain sums.
struct Weights {
    rebates: f64,
    freight: f64,
    terms: f64,
    cost: f64,
    cost_of_left: f64,
    tooling: f64,
    per_order: f64,
    per_year: f64,
}

/// Levels of one account's waterfall.
struct Levels {
    net_revenue: f64,
    gross_profit: f64,
    contribution: f64,
}

impl Weights {
    fn of(inputs: &Inputs) -> Self {
        let terms = f64::from(inputs.terms_days.get()) / 365.0 * inputs.capital.fraction();
        let cost = inputs.count_cost.weight();
        let service = inputs.count_service.weight();
        Self {
            rebates: inputs.count_rebates.weight(),
            freight: inputs.count_freight.weight(),
            terms: inputs.count_terms.weight() * terms,
            cost,
            cost_of_left: cost * (1.0 - inputs.gross_margin.fraction()),
            tooling: inputs.count_tooling.weight(),
            per_order: service * inputs.service_order.float(),
            per_year: service * inputs.service_year.float()
                + inputs.count_depreciation.weight() * inputs.depreciation_year.float(),
        }
    }

    fn levels(&self, flat: &Flat) -> Levels {
        let net_revenue = flat.revenue - self.rebates * flat.rebates - self.terms * flat.revenue;
        let pocket = net_revenue - self.freight * flat.freight;
        let gross_profit = pocket - self.cost * flat.cost - self.cost_of_left * flat.left;
        let contribution = gross_profit
            - self.tooling * flat.tooling
            - self.per_order * flat.orders
            - self.per_year * flat.years;
        Levels {
            net_revenue,
            gross_profit,
            contribution,
        }
    }
}

impl Levels {
    fn level(&self, basis: ValueBasis, revenue: f64) -> f64 {
        match basis {
            ValueBasis::Revenue => revenue,
            ValueBasis::GrossProfit => self.gross_profit,
            ValueBasis::Contribution => self.contribution,
        }
    }
}

/// The last day without an order on which an account has not yet lapsed.
pub fn lapse_day(as_of: Date, inputs: &Inputs) -> Date {
    let months = i32::try_from(inputs.lapse.get()).unwrap_or(i32::MAX);
    as_of.plus_months(-months)
}

/// One pass over all accounts. `multiples` are the headline method's multiples of the yearly margin
/// by class of retention, `NaN` where it cannot run.
pub(super) fn values(evaluation: &Evaluation, multiples: &[f64]) -> AccountValues {
    let (prepared, inputs) = (evaluation.prepared, &evaluation.inputs);
    let weights = Weights::of(inputs);
    let lapse = lapse_day(evaluation.accounts.as_of, inputs).days();
    let mut out = AccountValues::with_capacity(prepared.rows.len());
    for (position, row) in prepared.rows.iter().enumerate() {
        let cac = evaluation.cac.at(position);
        let class = evaluation.retention.class(position);
        let multiple = multiples.get(class).copied().unwrap_or(f64::NAN);
        let total = weights.levels(&row.total);
        let recent = weights.levels(&row.recent);
        let past = total.level(inputs.basis, row.total.revenue);
        let average = past / row.age_years;
        let yearly = match inputs.measure {
            Measure::LastYear => recent.level(inputs.basis, row.recent.revenue),
            Measure::Average => average,
        };
        // Credits alone are no orders.
        let ordered = row.present && row.total.orders > 0.0;
        let lapsed = row.last < lapse || !ordered;
        let lifetime = if row.present { -cac } else { f64::NAN };
        let margin = if inputs.method == Headline::L2 {
            average
        } else {
            yearly
        };
        let future = if lapsed { 0.0 } else { margin * multiple };
        let worth = past + future;
        let payback = if lapsed {
            None
        } else {
            payback_months(cac, yearly)
        };
        out.gross_profit.push(total.gross_profit);
        let share = 100.0 * total.gross_profit / total.net_revenue;
        out.gp_percent.push(if total.net_revenue > 0.0 {
            share
        } else {
            f64::NAN
        });
        out.contribution.push(total.contribution);
        out.past.push(past);
        out.yearly.push(yearly);
        out.average.push(average);
        out.future.push(future);
        out.lifetime.push(worth + lifetime);
        out.ltv_cac.push(if cac > 0.0 && row.present {
            worth / cac
        } else {
            f64::NAN
        });
        out.payback_months.push(payback.unwrap_or(f64::NAN));
        out.lapsed.push(lapsed);
    }
    out
}

impl AccountValues {
    fn with_capacity(n: usize) -> Self {
        Self {
            gross_profit: Vec::with_capacity(n),
            gp_percent: Vec::with_capacity(n),
            contribution: Vec::with_capacity(n),
            past: Vec::with_capacity(n),
            yearly: Vec::with_capacity(n),
            average: Vec::with_capacity(n),
            future: Vec::with_capacity(n),
            lifetime: Vec::with_capacity(n),
            ltv_cac: Vec::with_capacity(n),
            payback_months: Vec::with_capacity(n),
            lapsed: Vec::with_capacity(n),
        }
    }
}
