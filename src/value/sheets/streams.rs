//! Lifetime value by stream of business: where the money of a lifetime comes from.
//!
//! The past is added up by stream. The future of the book is shared out in proportion to what each
//! stream brought in the last 12 months (over the whole history where an average year is the
//! measure), so that the streams add up to the book.

use rust_decimal::Decimal;

use crate::accounts::{Group, Sums};
use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::definition::waterfall;
use crate::value::evaluation::{Evaluation, Subject};
use crate::value::inputs::{Measure, ValueBasis};

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
    let whole = &evaluation.prepared.book;
    // An order with lines of several streams counts in each, but is handled once: what orders cost is
    // shared out by what each stream counts.
    let levels = |of: fn(&Group) -> &Sums, orders: u32| -> Vec<Money> {
        let counted: u32 = groups.iter().map(|group| of(group).orders).sum();
        let each = Decimal::from(orders).checked_div(counted.into());
        let each = each.unwrap_or_default() * inputs.count_service.factor();
        let level = |group| {
            let sums = Sums {
                orders: 0,
                ..*of(group)
            };
            let filled = evaluation.complete(&sums, &whole.total);
            let level = waterfall(&filled, inputs).ok()?.level(inputs.basis);
            if inputs.basis != ValueBasis::Contribution {
                return Some(level);
            }
            let handled = Money::new(inputs.service_order.exact());
            let handled = handled.times(each).ok()?.times(of(group).orders.into());
            level.sub(handled.ok()?).ok()
        };
        let level = |group| level(group).unwrap_or(Money::ZERO);
        groups.iter().map(level).collect()
    };
    let past = levels(|group| &group.total, whole.total.sums.orders);
    let recent = match inputs.measure {
        Measure::LastYear => levels(|group| &group.recent, whole.recent.sums.orders),
        Measure::Average => past.clone(),
    };
    let weight: Vec<f64> = recent.iter().map(|amount| amount.to_f64()).collect();
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
