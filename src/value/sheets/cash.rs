//! What winning one new account costs and brings, year by year, until the horizon: the flows behind
//! net present value, rate of return and payback.

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::evaluation::{Evaluation, Subject};
use crate::value::subject::Gathered;

use super::cells::{column, empty, float, text};

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let sums = Gathered::of(evaluation, Subject::Book).unwrap_or_default();
    if sums.active == 0 {
        return empty(
            "cash",
            "Cash of one new account",
            "No account is active, so there is no average to expect of a new one.",
        );
    }
    let rate = evaluation.inputs.discount.fraction();
    let flows = sums.flows(evaluation);
    let (mut factor, mut sum, mut sum_discounted) = (1.0, 0.0, 0.0);
    let rows = flows
        .iter()
        .enumerate()
        .map(|(year, flow)| {
            if year > 0 {
                factor /= 1.0 + rate;
            }
            sum += flow;
            sum_discounted += flow * factor;
            let shown = |value| float(value, Exactness::Estimated, "");
            vec![
                text(if year == 0 {
                    "Start".to_owned()
                } else {
                    format!("Year {year}")
                }),
                shown(*flow),
                shown(sum),
                shown(sum_discounted),
            ]
        })
        .collect::<Vec<Vec<Cell>>>();
    Sheet {
        key: "cash".into(),
        title: "Cash of one new account".into(),
        caption: "The acquisition cost at the start, then what an average active account is \
                  expected to leave each year. Where a sum turns positive, the account has paid \
                  back."
            .into(),
        columns: vec![
            column("year", "Year", Unit::Text, ""),
            column(
                "flow",
                "In the year",
                Unit::Money,
                "What comes in, less what goes out.",
            ),
            column("sum", "Sum", Unit::Money, "Of all years so far."),
            column(
                "sum_discounted",
                "Sum, discounted",
                Unit::Money,
                "Each year divided by (1 + discount rate) ^ year.",
            ),
        ],
        rows,
    }
}
