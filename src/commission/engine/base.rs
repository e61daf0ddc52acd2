//! Step 2: the base amount of a row (C1, C2).

use crate::commission::inputs::kinds::{Basis, Freight, Negative};
use crate::commission::plan::Plan;
use crate::commission::sales::Sales;

/// The base of a row, in 1/10,000: R, R + D, R - C, or R - C - F - K, with F as the setting says.
/// Where an order at a loss pays nothing, neither does its return take anything back.
pub(super) fn of(plan: &Plan, sales: &Sales, row: usize) -> i64 {
    let of = |column: &[i64]| column.get(row).copied().unwrap_or(0);
    let pays = &plan.typed.pays;
    let revenue = of(&sales.revenue);
    let before = match pays.basis {
        Basis::Revenue => revenue,
        Basis::List => revenue.saturating_add(of(&sales.discount)),
        Basis::Margin => revenue.saturating_sub(of(&sales.cost)),
        Basis::Contribution => revenue
            .saturating_sub(of(&sales.cost))
            .saturating_sub(of(&sales.other)),
    };
    let takes_freight = match pays.freight {
        Freight::Usual => pays.basis == Basis::Contribution,
        Freight::Off => true,
        Freight::Kept => false,
    };
    let base = if takes_freight {
        before.saturating_sub(of(&sales.freight))
    } else {
        before
    };
    match (pays.negative, sales.is_return.get(row) == Some(&true)) {
        (Negative::Counted, _) => base,
        (Negative::Zero, false) => base.max(0),
        (Negative::Zero, true) => base.min(0),
    }
}
