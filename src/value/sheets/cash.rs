//! What winning one new account costs and brings, year by year, until the horizon: the flows behind
//! net present value, rate of return and payback; and the chance that it has paid back, by month.

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::evaluation::{Evaluation, Subject};
use crate::value::subject::Gathered;

use super::cells::{column, count, empty, float, text};

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

const PAYBACK: (&str, &str) = ("payback", "The chance that a new account has paid back");

/// The chance, by month, that what a newly won account has brought reaches what winning it costs:
/// simulated from the fitted model, at the margin share and the acquisition cost of the average active
/// account.
pub(super) fn payback(evaluation: &Evaluation) -> Sheet {
    let (key, title) = PAYBACK;
    let foresight = match &evaluation.foresight {
        Ok(foresight) => foresight,
        Err(why) => return empty(key, title, &why.0),
    };
    let sums = Gathered::of(evaluation, Subject::Book).unwrap_or_default();
    let Some((share, cost)) = per_new_account(evaluation, &sums) else {
        return empty(
            key,
            title,
            "No account is active, so there is no average to expect of a new one.",
        );
    };
    let Some(newcomers) = foresight.newcomers() else {
        return empty(
            key,
            title,
            "No order has a value above 0, so what orders are worth is not known.",
        );
    };
    let months = (0..=newcomers.months()).map(|month| {
        let reached = if cost <= 0.0 {
            1.0
        } else if share > 0.0 {
            newcomers.reached(month, cost / share)
        } else {
            0.0
        };
        vec![
            count(u64::try_from(month).unwrap_or(u64::MAX)),
            float(100.0 * reached, Exactness::Estimated, ""),
        ]
    });
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: format!(
            "Simulated from the fitted model: the first order at once, then orders as new accounts of \
             this book place them, some of which leave. Counted: {} % of revenue as {}, not \
             discounted, against an acquisition cost of ¤{cost:.0}.",
            (100.0 * share).round(),
            evaluation.inputs.basis.label().to_lowercase(),
        ),
        columns: vec![
            column("month", "Months since it was won", Unit::Count, ""),
            column(
                "chance",
                "Chance of having paid back",
                Unit::Percent,
                "Of all simulated new accounts, those whose sum so far has reached the acquisition \
                 cost.",
            ),
        ],
        rows: months.collect(),
    }
}

/// The margin share and the acquisition cost of the average active account.
fn per_new_account(evaluation: &Evaluation, sums: &Gathered) -> Option<(f64, f64)> {
    let (mut margin, mut revenue) = (0.0, 0.0);
    for (position, row) in evaluation.prepared.rows.iter().enumerate() {
        let lapsed = evaluation.values.lapsed.get(position).copied();
        let Some(share) = evaluation
            .margin_share(position)
            .filter(|_| lapsed == Some(false))
        else {
            continue;
        };
        let weight = match row.recent.revenue {
            recent if recent > 0.0 => recent,
            _ => row.total.revenue / row.age_years,
        };
        margin += share * weight;
        revenue += weight;
    }
    let found = sums.active > 0 && revenue > 0.0;
    found.then(|| (margin / revenue, sums.cac_active / f64::from(sums.active)))
}
