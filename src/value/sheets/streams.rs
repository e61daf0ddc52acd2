//! Lifetime value by stream of business: where the money of a lifetime comes from.
//!
//! The past is added up by stream. The future of the book is shared out in proportion to what each
//! stream brought in the last 12 months (over the whole history where an average year is the
//! measure), so that the streams add up to the book.

use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::definition::waterfall;
use crate::value::evaluation::{Evaluation, Subject};
use crate::value::inputs::Measure;

use super::cells::{column, count, empty, figure, float, money, percent, plain, text};

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let groups = &evaluation.accounts.by_stream;
    if !groups.iter().any(|g| !g.name.is_empty()) {
        return empty(
            "streams",
            "Lifetime value by stream",
            "The orders name no stream. Map a column such as order type or product line (repeat parts, spares, service, tooling, contracts) to Stream on the Orders page.",
        );
    }
    let inputs = &evaluation.inputs;
    let level = |sums| {
        let filled = evaluation.complete(sums, &evaluation.prepared.book.total);
        waterfall(&filled, inputs).map_or(Money::ZERO, |w| w.level(inputs.basis))
    };
    let past: Vec<Money> = groups.iter().map(|g| level(&g.total)).collect();
    let weight: Vec<f64> = match inputs.measure {
        Measure::LastYear => groups.iter().map(|g| level(&g.recent).to_f64()).collect(),
        Measure::Average => past.iter().map(|m| m.to_f64()).collect(),
    };
    let book = evaluation.figures(Subject::Book);
    let future = plain(&book, "future_value");
    let whole: f64 = weight.iter().sum();
    let expected = evaluation.exactness("lifetime", &evaluation.prepared.book);
    let none = "Nothing was earned in the year that is the measure of the future.";
    let mut rows = Vec::new();
    for ((group, past), weight) in groups.iter().zip(&past).zip(&weight) {
        let name = if group.name.is_empty() {
            "Core (no stream named)"
        } else {
            &group.name
        };
        let ahead = if whole > 0.0 {
            future * weight / whole
        } else {
            f64::NAN
        };
        let life = past.to_f64() + ahead;
        rows.push(vec![
            text(name),
            count(group.accounts),
            money(*past, trust(evaluation)),
            float(*weight, trust(evaluation), none),
            float(ahead, expected, none),
            float(life, expected, none),
            float(
                100.0 * life / (plain(&book, "past_value") + future),
                expected,
                none,
            ),
        ]);
    }
    Sheet {
        key: "streams".into(),
        title: "Lifetime value by stream".into(),
        caption: caption(evaluation, &book),
        columns: columns(evaluation),
        rows,
    }
}

fn columns(evaluation: &Evaluation) -> Vec<crate::metrics::SheetColumn> {
    let basis = evaluation.inputs.basis.label();
    let measure = evaluation.inputs.measure.label();
    vec![
        column("stream", "Stream", Unit::Text, ""),
        column(
            "accounts",
            "Accounts",
            Unit::Count,
            "Accounts with such lines.",
        ),
        column(
            "past",
            &format!("{basis} so far"),
            Unit::Money,
            "Whole history.",
        ),
        column(
            "measure",
            measure,
            Unit::Money,
            "What shares out the future.",
        ),
        column(
            "future",
            "Future value",
            Unit::Money,
            &evaluation.headline_label(),
        ),
        column(
            "lifetime",
            "So far and future",
            Unit::Money,
            "Before acquisition cost.",
        ),
        column(
            "share",
            "Share",
            Unit::Percent,
            "Of the book's value so far and future value.",
        ),
    ]
}

fn trust(evaluation: &Evaluation) -> Exactness {
    evaluation.exactness("past", &evaluation.prepared.book)
}

fn caption(evaluation: &Evaluation, book: &crate::metrics::Figures) -> String {
    let initial = match figure(book, "initial_share") {
        Cell::Number(..) => format!(
            " First orders are {} of value so far and future value.",
            percent(plain(book, "initial_share") / 100.0)
        ),
        _ => String::new(),
    };
    let inputs = &evaluation.inputs;
    let per_account = inputs.count_service.on() && inputs.service_year.float() > 0.0
        || inputs.count_depreciation.on() && inputs.depreciation_year.float() > 0.0;
    let left_out = if per_account {
        " Yearly cost to serve and depreciation belong to accounts, not to streams, and are left out \
         of the past by stream."
    } else {
        ""
    };
    format!(
        "{}. A stream with a single sale has a future only if it fell into the year that is \
             measured.{initial}{left_out}",
        evaluation.headline_label()
    )
}
