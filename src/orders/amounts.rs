//! Revenue, cost and discount of a line from whatever columns the file has.
//!
//! In: the numbers of one row. Out: net revenue, discount and cost, and which rule gave them.
//! - Revenue: the net amount; else quantity x price less discount; else amount with tax less tax.
//! - Cost: the cost; else unit cost x quantity; else revenue less gross profit.
//! - Discount: list price x quantity less revenue, where a list price is known; else the amount.
//!   Percentages wait for the end of the file (see [`super::percent`]), because only the whole
//!   column says whether 0.12 is 12 % or 0.12 %.

use super::number::Num;

/// The numbers of one row, as far as it has them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    /// Net amount.
    pub revenue: Option<Num>,
    /// Amount with tax.
    pub total: Option<Num>,
    /// Tax.
    pub tax: Option<Num>,
    /// Pieces.
    pub quantity: Option<Num>,
    /// Price of a piece.
    pub price: Option<Num>,
    /// List price of a piece.
    pub list: Option<Num>,
    /// Discount of the line, an amount.
    pub discount: Option<Num>,
    /// Cost of the line.
    pub cost: Option<Num>,
    /// Cost of a piece.
    pub unit_cost: Option<Num>,
    /// Gross profit of the line.
    pub gross_profit: Option<Num>,
}

/// Where a line's revenue came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevenueRule {
    /// The net amount.
    Net,
    /// Quantity x price less discount.
    Price,
    /// Quantity x list price less discount.
    List,
    /// Amount with tax less tax.
    LessTax,
    /// Amount with tax, and no tax is known.
    WithTax,
}

/// Where a line's cost came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostRule {
    /// The cost column.
    Cost,
    /// Unit cost x quantity.
    UnitCost,
    /// Revenue less gross profit.
    GrossProfit,
}

/// What the rules made of a row.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Net revenue.
    pub revenue: Num,
    /// Its rule.
    pub revenue_rule: RevenueRule,
    /// On-invoice discount.
    pub discount: Option<Num>,
    /// Cost of goods.
    pub cost: Option<Num>,
    /// Its rule.
    pub cost_rule: Option<CostRule>,
}

impl Line {
    /// Of a row without an amount.
    pub const EMPTY: Self = Self {
        revenue: Num::ZERO,
        revenue_rule: RevenueRule::Net,
        discount: None,
        cost: None,
        cost_rule: None,
    };
}

/// Why a row has no revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAmount {
    /// There is nothing to compute it from.
    Missing,
    /// It is larger than an amount can be.
    TooLarge,
}

/// Applies the rules.
///
/// # Errors
/// [`NoAmount`] when no rule gives a revenue.
pub fn line(given: &Given) -> Result<Line, NoAmount> {
    let (revenue, revenue_rule) = revenue(given)?;
    let discount = discount(given, revenue);
    let (cost, cost_rule) = cost(given, revenue)?;
    Ok(Line {
        revenue,
        revenue_rule,
        discount,
        cost,
        cost_rule,
    })
}

fn revenue(given: &Given) -> Result<(Num, RevenueRule), NoAmount> {
    if let Some(net) = given.revenue {
        return Ok((net, RevenueRule::Net));
    }
    if let Some(quantity) = given.quantity {
        let rules = [
            (given.price, RevenueRule::Price),
            (given.list, RevenueRule::List),
        ];
        for (price, rule) in rules {
            if let Some(price) = price {
                let gross = price.times(quantity).ok_or(NoAmount::TooLarge)?;
                let net = less_discount(gross, given.discount).ok_or(NoAmount::TooLarge)?;
                return Ok((net, rule));
            }
        }
    }
    match (given.total, given.tax) {
        (Some(total), Some(tax)) => total
            .minus(tax)
            .map(|net| (net, RevenueRule::LessTax))
            .ok_or(NoAmount::TooLarge),
        (Some(total), None) => Ok((total, RevenueRule::WithTax)),
        (None, _) => Err(NoAmount::Missing),
    }
}

/// A discount is taken off whatever its sign in the file, and makes a credit smaller too.
pub(super) fn less_discount(gross: Num, discount: Option<Num>) -> Option<Num> {
    match discount {
        None => Some(gross),
        Some(discount) if gross.is_negative() => gross.plus(discount.abs()),
        Some(discount) => gross.minus(discount.abs()),
    }
}

fn discount(given: &Given, revenue: Num) -> Option<Num> {
    if let (Some(list), Some(quantity)) = (given.list, given.quantity)
        && let Some(off) = list.times(quantity).and_then(|gross| gross.minus(revenue))
        && off.is_negative() == (revenue.is_negative() && !off.is_zero())
    {
        return Some(off);
    }
    let amount = given.discount?.abs();
    Some(if revenue.is_negative() {
        amount.neg()
    } else {
        amount
    })
}

fn cost(given: &Given, revenue: Num) -> Result<(Option<Num>, Option<CostRule>), NoAmount> {
    if let Some(cost) = given.cost {
        // What comes back takes its cost with it, whichever sign that is written with.
        let back = revenue.is_negative() && given.quantity.is_some_and(Num::is_negative);
        let cost = if back { cost.abs().neg() } else { cost };
        return Ok((Some(cost), Some(CostRule::Cost)));
    }
    if let (Some(unit), Some(quantity)) = (given.unit_cost, given.quantity) {
        let cost = unit.times(quantity).ok_or(NoAmount::TooLarge)?;
        return Ok((Some(cost), Some(CostRule::UnitCost)));
    }
    if let Some(profit) = given.gross_profit {
        let cost = revenue.minus(profit).ok_or(NoAmount::TooLarge)?;
        return Ok((Some(cost), Some(CostRule::GrossProfit)));
    }
    Ok((None, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(value: i64) -> Option<Num> {
        Some(Num::small(value, 0))
    }

    fn of(given: Given) -> (Option<Num>, RevenueRule, Option<Num>, Option<Num>) {
        let line = line(&given).unwrap();
        (
            Some(line.revenue),
            line.revenue_rule,
            line.discount,
            line.cost,
        )
    }

    #[test]
    fn revenue_is_the_net_amount_where_there_is_one() {
        let given = Given {
            revenue: n(90),
            total: n(110),
            quantity: n(2),
            price: n(50),
            ..Given::default()
        };
        assert_eq!(of(given), (n(90), RevenueRule::Net, None, None));
    }

    #[test]
    fn revenue_is_quantity_times_price_less_discount_where_there_is_no_net_amount() {
        let given = Given {
            total: n(110),
            quantity: n(2),
            price: n(50),
            discount: n(10),
            ..Given::default()
        };
        assert_eq!(of(given), (n(90), RevenueRule::Price, n(10), None));
        let negative = Given {
            discount: n(-10),
            ..given
        };
        assert_eq!(of(negative), (n(90), RevenueRule::Price, n(10), None));
        let credit = Given {
            quantity: n(-2),
            ..given
        };
        assert_eq!(of(credit), (n(-90), RevenueRule::Price, n(-10), None));
    }

    #[test]
    fn revenue_is_total_less_tax_where_there_is_nothing_else() {
        let given = Given {
            total: n(110),
            tax: n(20),
            ..Given::default()
        };
        assert_eq!(of(given).0, n(90));
        let untaxed = Given { tax: None, ..given };
        assert_eq!(of(untaxed).1, RevenueRule::WithTax);
        assert_eq!(line(&Given::default()).unwrap_err(), NoAmount::Missing);
    }

    #[test]
    fn cost_is_the_cost_else_unit_cost_times_quantity_else_revenue_less_gross_profit() {
        let given = Given {
            revenue: n(100),
            quantity: n(4),
            cost: n(70),
            unit_cost: n(15),
            gross_profit: n(45),
            ..Given::default()
        };
        assert_eq!(of(given).3, n(70));
        let unit = Given {
            cost: None,
            ..given
        };
        assert_eq!(of(unit).3, n(60));
        let profit = Given {
            unit_cost: None,
            ..unit
        };
        assert_eq!(of(profit).3, n(55));
    }

    #[test]
    fn discount_is_list_value_less_revenue_where_a_list_price_is_known() {
        let given = Given {
            revenue: n(90),
            quantity: n(2),
            list: n(50),
            discount: n(3),
            ..Given::default()
        };
        assert_eq!(of(given).2, n(10));
        let above_list = Given {
            list: n(40),
            ..given
        };
        assert_eq!(of(above_list).2, n(3));
    }
}
