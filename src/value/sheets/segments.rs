//! Segments side by side: margin, how long accounts stay, what they are worth; and the methods by
//! segment.

use crate::base::Unit;
use crate::base::order::sort_by;
use crate::metrics::{Cell, Exactness, Figures, Sheet};
use crate::value::evaluation::{Evaluation, Subject};

use super::cells::{column, empty, figure, float, of_metric, plain, text};

/// Figures of a segment that become columns.
const SHOWN: &[&str] = &[
    "accounts",
    "accounts_active",
    "revenue",
    "gp_percent",
    "tenure_median",
    "retention_seen",
    "retention_used",
    "repeat_rate",
    "future_value",
    "lifetime_value",
    "ltv_per_account",
    "ltv_per_hour",
    "ltv_cac",
];

/// Most segments or accounts shown as columns of the methods.
const MOST_COMPARED: usize = 12;

/// Segments with accounts: position and name, largest revenue first.
fn segments<'a>(evaluation: &'a Evaluation) -> Vec<(usize, &'a str)> {
    let (accounts, prepared) = (evaluation.accounts, evaluation.prepared);
    let used = |at: usize| prepared.segments.get(at).is_some_and(|s| s.accounts > 0);
    let name = |at: usize| {
        accounts
            .segments
            .get(at)
            .map_or("Without a segment", String::as_str)
    };
    let mut found: Vec<(usize, &str)> = (0..prepared.segments.len())
        .filter(|at| used(*at))
        .map(|at| (at, name(at)))
        .collect();
    let revenue = |at: usize| prepared.segments.get(at).map(|s| s.total.sums.revenue);
    sort_by(&mut found, |a, b| revenue(b.0).cmp(&revenue(a.0)));
    found
}

/// The segments.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let title = "Segments";
    if evaluation.accounts.segments.is_empty() {
        return empty(
            "segments",
            title,
            "The orders name no segment. Map a column such as industry, customer group, SIC or NAICS to Segment on the Orders page.",
        );
    }
    let row = |name: &str, figures: &Figures| {
        let cells = SHOWN.iter().map(|key| figure(figures, key));
        std::iter::once(text(name))
            .chain(cells)
            .collect::<Vec<Cell>>()
    };
    let mut rows: Vec<Vec<Cell>> = segments(evaluation)
        .into_iter()
        .map(|(at, name)| row(name, &evaluation.figures(Subject::Segment(at))))
        .collect();
    rows.push(row("All accounts", &evaluation.figures(Subject::Book)));
    let mut columns = vec![column("segment", "Segment", Unit::Text, "")];
    columns.extend(SHOWN.iter().map(|key| of_metric(key)));
    Sheet {
        key: "segments".into(),
        title: title.into(),
        caption: format!(
            "{}. Every segment is valued with the common retention unless it has its own (How the \
             future is valued); hours of what you are shortest of are entered among the costs.",
            evaluation.headline_label()
        ),
        columns,
        rows,
    }
}

/// The methods by segment, with the spread between them.
pub(super) fn methods(evaluation: &Evaluation) -> Sheet {
    let mut subjects = vec![("All accounts", Subject::Book)];
    if !evaluation.accounts.segments.is_empty() {
        let all = segments(evaluation).into_iter().take(MOST_COMPARED);
        subjects.extend(all.map(|(at, name)| (name, Subject::Segment(at))));
    }
    compared(
        evaluation,
        "methods_by_segment",
        "Methods by segment",
        &subjects,
    )
}

/// The methods of the largest accounts, with the spread between them.
pub(super) fn accounts(evaluation: &Evaluation) -> Sheet {
    let largest = evaluation.largest(MOST_COMPARED).into_iter();
    let subjects: Vec<_> = largest
        .map(|at| (evaluation.name(at), Subject::Account(at)))
        .collect();
    compared(
        evaluation,
        "methods_by_account",
        "Methods by account, largest revenue first",
        &subjects,
    )
}

fn compared(
    evaluation: &Evaluation,
    key: &str,
    title: &str,
    subjects: &[(&str, Subject)],
) -> Sheet {
    let figures: Vec<Figures> = subjects
        .iter()
        .map(|(_, s)| evaluation.figures(*s))
        .collect();
    let mut columns = vec![column("method", "Method", Unit::Text, "")];
    for (place, (name, _)) in subjects.iter().enumerate() {
        columns.push(column(
            &format!("s{place}"),
            name,
            Unit::Money,
            "Before acquisition cost.",
        ));
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for id in ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10"] {
        let cells = figures.iter().map(|f| figure(f, &id.to_lowercase()));
        rows.push(
            std::iter::once(text(evaluation.method_label(id)))
                .chain(cells)
                .collect(),
        );
    }
    let fitted = subjects
        .iter()
        .map(|(_, subject)| match evaluation.fitted_amount(*subject) {
            Ok(value) => float(value, Exactness::Estimated, ""),
            Err(why) => Cell::Empty(why.0),
        });
    rows.push(
        std::iter::once(text(evaluation.method_label("L12")))
            .chain(fitted)
            .collect(),
    );
    let spread = figures.iter().map(|f| figure(f, "spread"));
    rows.push(
        std::iter::once(text("Spread: largest less smallest of L2 to L10"))
            .chain(spread)
            .collect(),
    );
    let relative = figures.iter().map(relative_spread);
    rows.push(
        std::iter::once(text("Spread over the headline's future value"))
            .chain(relative)
            .collect(),
    );
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: "Future value by every method (L1: value so far), before acquisition cost. The spread is the risk of choosing a method; a method that cannot run says why.".into(),
        columns,
        rows,
    }
}

fn relative_spread(figures: &Figures) -> Cell {
    let share = plain(figures, "spread") / plain(figures, "future_value");
    if share.is_finite() && share >= 0.0 {
        Cell::Text(format!("{:.0} %", 100.0 * share))
    } else {
        Cell::Empty("There is no future value to compare with.".into())
    }
}
