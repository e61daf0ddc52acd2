//! One cell of a table of results.

use leptos::prelude::*;

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, SheetColumn};
use crate::view::number::{self, Place};
use crate::web::format::Formats;

/// The text of a cell, its mark (`est`, `assumed` or nothing) and the reason where it is empty.
#[derive(Clone, PartialEq)]
pub(crate) struct Shown {
    /// What is written.
    pub(crate) text: String,
    /// For the attribute `data-exact`, which draws the mark.
    pub(crate) mark: Option<&'static str>,
    /// Why it is empty, or the whole of a text that may be cut.
    pub(crate) reason: Option<String>,
}

/// The attribute that draws the mark of a figure that is not exact.
pub(crate) const fn mark(exactness: Exactness) -> Option<&'static str> {
    match exactness {
        Exactness::Exact => None,
        Exactness::Estimated => Some("est"),
        Exactness::Assumed => Some("assumed"),
    }
}

/// What to write for a cell; `cents` where all amounts of the column are small.
pub(crate) fn shown(cell: &Cell, unit: Unit, cents: bool, formats: &Formats) -> Shown {
    let words = |text: String| Shown {
        text,
        mark: None,
        reason: None,
    };
    match cell {
        Cell::Text(text) => words(text.clone()),
        Cell::Date(date) => words(formats.date(*date)),
        Cell::Empty(reason) => Shown {
            text: "–".into(),
            mark: None,
            reason: Some(reason.clone()),
        },
        Cell::Number(value, exactness) => {
            let Some(mut plan) = number::plan(*value, unit, *exactness, Place::Cell) else {
                return words("–".into());
            };
            if cents && unit.is_money() {
                (plan.min_fraction, plan.max_fraction) = (2, plan.max_fraction.max(2));
            }
            // The heading names the unit; repeating it in each row would only add noise.
            plan.suffix = "";
            Shown {
                text: formats.plan(&plan),
                mark: mark(*exactness),
                reason: None,
            }
        }
    }
}

/// Longer names are cut where the layout is narrow.
const CUT: usize = 24;

/// A data cell, shaded where it is one of a heat table; the first of a row names it. Attributes are
/// written anew with each change, so a cell has only those that say something.
pub(crate) fn td(shown: Shown, numeric: bool, first: bool, heat: Option<u8>) -> AnyView {
    let Shown { text, mark, reason } = shown;
    let class = numeric.then_some("num");
    if first {
        // The whole of a name that is cut is a hover away.
        let long = || (text.chars().count() > CUT).then(|| text.clone());
        let title = reason.or_else(long);
        view! { <th scope="row" class=class title=title>{text}</th> }.into_any()
    } else if mark.is_none() && reason.is_none() && heat.is_none() {
        if numeric {
            view! { <td class="num">{text}</td> }.into_any()
        } else {
            view! { <td>{text}</td> }.into_any()
        }
    } else {
        view! { <td class=class data-exact=mark data-heat=heat title=reason>{text}</td> }.into_any()
    }
}

/// The unit behind a heading, such as `(years)`, unless the heading itself says it.
pub(crate) fn heading_unit(column: &SheetColumn) -> &'static str {
    let (word, behind) = match column.unit {
        Unit::MoneyPerOrder => ("order", " / order"),
        Unit::MoneyPerPiece => ("piece", " / piece"),
        Unit::MoneyPerYear | Unit::PercentPerYear => ("year", " / year"),
        Unit::Years => ("year", " (years)"),
        Unit::Months => ("month", " (months)"),
        Unit::Days => ("day", " (days)"),
        _ => return "",
    };
    if column.label.to_ascii_lowercase().contains(word) {
        ""
    } else {
        behind
    }
}
