//! The value definition: the price waterfall, exact.
//!
//! ```text
//! list - discount                              = invoice
//! invoice - rebates - freight - terms          = pocket
//! pocket - cost of goods                       = gross profit
//! gross profit - tooling - service - depreciation = contribution
//! ```
//!
//! Toggles say what counts. Everything is linear in the sums, so the waterfall of a book is the sum
//! of its accounts' waterfalls.

use rust_decimal::Decimal;

use crate::accounts::Sums;
use crate::base::money::OutOfRange;
use crate::base::{Money, Total};

use super::inputs::{Inputs, ValueBasis};

/// Sums with every cost of goods filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filled {
    /// As recorded.
    pub sums: Sums,
    /// Recorded cost and what is assumed from the account's or its segment's own margin.
    pub cost: Money,
    /// Revenue whose cost comes from the assumed gross margin.
    pub left: Money,
    /// Years with an order, added up over accounts.
    pub account_years: u32,
}

impl Filled {
    /// Its amounts, in a fixed order, for adding up.
    pub const fn amounts(&self) -> [Money; 12] {
        let s = &self.sums;
        [
            s.list,
            s.discount,
            s.revenue,
            s.rebates,
            s.freight,
            s.cost,
            s.revenue_costed,
            s.tooling,
            s.returned,
            s.pieces,
            self.cost,
            self.left,
        ]
    }

    /// The share of revenue whose cost is recorded, 0 to 1; where that revenue is the larger of the two,
    /// as when credits lack a cost, the other way round. Where there is no revenue, 1 unless cost is
    /// assumed all the same.
    pub fn coverage(&self) -> f64 {
        let (revenue, costed) = (
            self.sums.revenue.to_f64(),
            self.sums.revenue_costed.to_f64().max(0.0),
        );
        if revenue > 0.0 {
            revenue.min(costed) / revenue.max(costed)
        } else {
            f64::from(u8::from(!self.cost_assumed()))
        }
    }

    /// Whether some cost of goods is not recorded.
    pub fn cost_assumed(&self) -> bool {
        self.cost != self.sums.cost || !self.left.is_zero()
    }
}

/// A running sum of [`Filled`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filling {
    amounts: [Total; 12],
    orders: u32,
    lines: u32,
    account_years: u32,
}

impl Filling {
    /// Adds some sums.
    ///
    /// # Errors
    /// [`OutOfRange`] when a sum does not fit.
    pub fn add(&mut self, filled: &Filled) -> Result<(), OutOfRange> {
        for (total, amount) in self.amounts.iter_mut().zip(filled.amounts()) {
            total.add(amount)?;
        }
        self.orders += filled.sums.orders;
        self.lines += filled.sums.lines;
        self.account_years += filled.account_years;
        Ok(())
    }

    /// Adds another running sum.
    ///
    /// # Errors
    /// [`OutOfRange`] when a sum does not fit.
    pub fn plus(&mut self, other: &Self) -> Result<(), OutOfRange> {
        for (total, more) in self.amounts.iter_mut().zip(other.amounts) {
            total.plus(more)?;
        }
        self.orders += other.orders;
        self.lines += other.lines;
        self.account_years += other.account_years;
        Ok(())
    }

    /// The sum.
    ///
    /// # Errors
    /// [`OutOfRange`] when an amount does not fit a decimal.
    pub fn filled(&self) -> Result<Filled, OutOfRange> {
        let mut amounts = [Money::ZERO; 12];
        for (amount, total) in amounts.iter_mut().zip(self.amounts) {
            *amount = total.money()?;
        }
        let [
            list,
            discount,
            revenue,
            rebates,
            freight,
            recorded,
            revenue_costed,
            ..,
        ] = amounts;
        let [.., tooling, returned, pieces, cost, left] = amounts;
        Ok(Filled {
            sums: Sums {
                list,
                discount,
                revenue,
                rebates,
                freight,
                cost: recorded,
                revenue_costed,
                tooling,
                returned,
                pieces,
                orders: self.orders,
                lines: self.lines,
            },
            cost,
            left,
            account_years: self.account_years,
        })
    }
}

/// Every step of the waterfall; deductions as positive amounts, counted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waterfall {
    /// At list price.
    pub list: Money,
    /// On-invoice discount.
    pub discount: Money,
    /// Invoiced.
    pub revenue: Money,
    /// Off-invoice rebates.
    pub rebates: Money,
    /// Freight we bear.
    pub freight: Money,
    /// What waiting for the money costs.
    pub terms: Money,
    /// What arrives.
    pub pocket: Money,
    /// Cost of goods, recorded and assumed.
    pub cost: Money,
    /// Pocket less cost of goods.
    pub gross_profit: Money,
    /// Tooling we fund.
    pub tooling: Money,
    /// Cost to serve.
    pub service: Money,
    /// Depreciation of equipment for this account alone.
    pub depreciation: Money,
    /// What is left.
    pub contribution: Money,
}

impl Waterfall {
    /// The level that counts as value.
    pub const fn level(&self, basis: ValueBasis) -> Money {
        match basis {
            ValueBasis::Revenue => self.revenue,
            ValueBasis::GrossProfit => self.gross_profit,
            ValueBasis::Contribution => self.contribution,
        }
    }

    /// Revenue less what comes off it without being freight: the base of gross-profit shares.
    ///
    /// # Errors
    /// [`OutOfRange`] when a difference does not fit.
    pub fn net_revenue(&self, inputs: &Inputs) -> Result<Money, OutOfRange> {
        let rebates = self.rebates.times(inputs.count_rebates.factor())?;
        let terms = self.terms.times(inputs.count_terms.factor())?;
        self.revenue.sub(rebates)?.sub(terms)
    }
}

/// The waterfall of some sums under a definition.
///
/// # Errors
/// [`OutOfRange`] when an amount leaves the decimal range.
pub fn waterfall(filled: &Filled, inputs: &Inputs) -> Result<Waterfall, OutOfRange> {
    let sums = &filled.sums;
    let years = Decimal::from(filled.account_years);
    let rate = inputs.capital.exact_fraction();
    let days = Decimal::from(inputs.terms_days.get());
    let terms = sums
        .revenue
        .times(days)?
        .times(rate)?
        .over(Decimal::from(365));
    let terms = terms.ok_or(OutOfRange)?;
    let assumed_share = Decimal::ONE - inputs.gross_margin.exact_fraction();
    let cost = filled.cost.add(filled.left.times(assumed_share)?)?;
    let per_order = Money::new(inputs.service_order.exact());
    let per_year = Money::new(inputs.service_year.exact());
    let service = per_order
        .times(Decimal::from(sums.orders))?
        .add(per_year.times(years)?)?;
    let depreciation = Money::new(inputs.depreciation_year.exact()).times(years)?;
    let off = |amount: Money, toggle: crate::assumptions::Toggle| amount.times(toggle.factor());

    let pocket = sums
        .revenue
        .sub(off(sums.rebates, inputs.count_rebates)?)?
        .sub(off(sums.freight, inputs.count_freight)?)?
        .sub(off(terms, inputs.count_terms)?)?;
    let gross_profit = pocket.sub(off(cost, inputs.count_cost)?)?;
    let contribution = gross_profit
        .sub(off(sums.tooling, inputs.count_tooling)?)?
        .sub(off(service, inputs.count_service)?)?
        .sub(off(depreciation, inputs.count_depreciation)?)?;
    Ok(Waterfall {
        list: sums.list,
        discount: sums.discount,
        revenue: sums.revenue,
        rebates: sums.rebates,
        freight: sums.freight,
        terms,
        pocket,
        cost,
        gross_profit,
        tooling: sums.tooling,
        service,
        depreciation,
        contribution,
    })
}
