//! What a page shows as a list of its own kind, as sheets: for files, where every table is one.
//!
//! Input: the results as the page has them. Output: a [`Sheet`] with the same numbers, unrounded.

use crate::base::Unit;
use crate::jobs::protocol::{ImportReport, Method, WaterfallStep};
use crate::metrics::{Cell, Exactness, Figure, Number, Sheet};
use crate::value::sheets::cells::{column, count, float, text};

use super::words;

/// The methods side by side, with what is known of how far to trust each.
pub fn methods(methods: &[Method]) -> Sheet {
    let rows = methods.iter().map(|method| {
        let range = method.range.map(|range| range.with_luck);
        let end = |pick: fn((f64, f64)) -> f64| match range {
            Some(range) => float(pick(range), Exactness::Estimated, ""),
            None => none("This method gives no range."),
        };
        vec![
            text(method.label.clone()),
            value(&method.figure),
            covered(&method.figure),
            end(|(low, _)| low),
            end(|(_, high)| high),
            text(method.formula.clone()),
            text(method.figure.note.clone().unwrap_or_default()),
        ]
    });
    Sheet {
        key: "methods".into(),
        title: "Lifetime value by every method".into(),
        caption: "Before acquisition cost.".into(),
        columns: vec![
            column("method", "Method, basis and timing", Unit::Text, ""),
            column("value", "Value", Unit::Money, ""),
            column("coverage", COVERED, Unit::Percent, ""),
            column("low", "90 % range with luck from", Unit::Money, ""),
            column("high", "90 % range with luck to", Unit::Money, ""),
            column("formula", "How it is computed", Unit::Text, ""),
            column("note", "Note", Unit::Text, ""),
        ],
        rows: rows.collect(),
    }
}

/// The price waterfall with what counts.
pub fn waterfall(steps: &[WaterfallStep]) -> Sheet {
    let rows = steps.iter().map(|step| {
        let counts = if step.counted { "yes" } else { "no" };
        let note = step.disabled.clone().or_else(|| step.figure.note.clone());
        vec![
            text(step.label.clone()),
            value(&step.figure),
            text(counts),
            covered(&step.figure),
            text(note.unwrap_or_default()),
        ]
    });
    Sheet {
        key: "waterfall".into(),
        title: "Price waterfall".into(),
        caption: "From list price down to contribution.".into(),
        columns: vec![
            column("step", "Step", Unit::Text, ""),
            column("amount", "Amount", Unit::Money, ""),
            column("counts", "Counts", Unit::Text, ""),
            column("coverage", COVERED, Unit::Percent, ""),
            column("note", "Note", Unit::Text, ""),
        ],
        rows: rows.collect(),
    }
}

/// What became of every row of an import: the counts, what was left out, problems, what rules did.
pub fn import(report: &ImportReport) -> Sheet {
    let row = |part: &str, what: &str, rows: u64| {
        vec![text(part), text(what), count(rows), text(""), text("")]
    };
    let mut rows = vec![
        row("Rows", "Read", report.read),
        row("Rows", "In the book", report.in_book),
        row("Rows", "Rejected", report.rejected),
        row("Rows", "Titles, totals, groups and blank", report.structure),
        row("Rows", "Repeats", report.repeats),
        row("Rows", "No orders", report.no_order),
    ];
    let left_out = report.left_out.iter().filter(|(_, rows)| *rows > 0);
    rows.extend(left_out.map(|(what, count)| row("Left out", what, *count)));
    rows.extend(report.problems.iter().map(|group| {
        let part = if group.rejected {
            "Rejected"
        } else {
            "Warning"
        };
        let found = group.examples.first();
        let found = found.map(|example| format!("line {}: {}", example.row, example.found));
        vec![
            text(part),
            text(words::problem(group.code)),
            count(group.count),
            text(group.expected.clone()),
            text(found.unwrap_or_default()),
        ]
    }));
    let note = |note: &String| {
        let empty = none("Said of the whole import.");
        vec![text("Note"), text(note.clone()), empty, text(""), text("")]
    };
    rows.extend(report.notes.iter().map(note));
    Sheet {
        key: "import-report".into(),
        title: "What became of every row".into(),
        caption: words::equation(report),
        columns: vec![
            column("part", "Part", Unit::Text, ""),
            column("what", "What", Unit::Text, ""),
            column("rows", "Rows", Unit::Count, ""),
            column("expected", "Expected", Unit::Text, ""),
            column("found", "Found", Unit::Text, ""),
        ],
        rows,
    }
}

/// How much of the revenue has each field.
pub fn coverage(report: &ImportReport) -> Sheet {
    let rows = report.coverage.iter().map(|(field, share)| {
        let share = Number::Float(share * 100.0);
        vec![text(field.clone()), Cell::Number(share, Exactness::Exact)]
    });
    Sheet {
        key: "coverage".into(),
        title: "What the data holds".into(),
        caption: "As a share of revenue.".into(),
        columns: vec![
            column("field", "Field", Unit::Text, ""),
            column("share", "Share of revenue", Unit::Percent, ""),
        ],
        rows: rows.collect(),
    }
}

const COVERED: &str = "Recorded cost";

fn none(why: &str) -> Cell {
    Cell::Empty(why.into())
}

fn value(figure: &Figure) -> Cell {
    match &figure.value {
        Ok(number) => Cell::Number(*number, figure.exactness),
        Err(why) => none(&why.0),
    }
}

fn covered(figure: &Figure) -> Cell {
    match figure.coverage {
        Some(share) => float(share * 100.0, Exactness::Exact, ""),
        None => none("No cost is in it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::problem::{Code, Group};
    use crate::metrics::WhyNot;

    fn figure(value: Result<f64, &str>) -> Figure {
        Figure {
            value: value
                .map(Number::Float)
                .map_err(|why| WhyNot(why.to_owned())),
            exactness: Exactness::Assumed,
            coverage: Some(0.5),
            note: None,
        }
    }

    fn is_whole(sheet: &Sheet) {
        assert!(!sheet.rows.is_empty());
        for row in &sheet.rows {
            assert_eq!(row.len(), sheet.columns.len(), "{}", sheet.key);
        }
    }

    #[test]
    fn methods_keep_their_reasons_and_ranges() {
        let method = |value| Method {
            id: "L4".into(),
            label: "L4 Discounted".into(),
            formula: "m".into(),
            figure: figure(value),
            chosen: false,
            range: None,
        };
        let sheet = methods(&[method(Ok(2.5)), method(Err("too few"))]);
        is_whole(&sheet);
        assert_eq!(
            sheet.rows[0][1],
            Cell::Number(Number::Float(2.5), Exactness::Assumed)
        );
        assert_eq!(sheet.rows[1][1], Cell::Empty("too few".into()));
        assert_eq!(
            sheet.rows[0][2],
            Cell::Number(Number::Float(50.0), Exactness::Exact)
        );
    }

    #[test]
    fn a_waterfall_says_what_counts() {
        let step = WaterfallStep {
            key: "rebates".into(),
            label: "Rebates".into(),
            figure: figure(Ok(-3.0)),
            level: false,
            counted: false,
            disabled: Some("The orders have no rebates.".into()),
            toggle: None,
        };
        let sheet = waterfall(&[step]);
        is_whole(&sheet);
        assert_eq!(sheet.rows[0][2], text("no"));
        assert_eq!(sheet.rows[0][4], text("The orders have no rebates."));
    }

    #[test]
    fn a_report_holds_every_part() {
        let report = ImportReport {
            read: 4,
            in_book: 2,
            rejected: 1,
            structure: 1,
            left_out: vec![("Totals".into(), 1), ("Notes".into(), 0)],
            problems: vec![Group {
                code: Code::BadDate,
                file: 0,
                column: Some(1),
                count: 1,
                examples: vec![],
                expected: "a date".into(),
                rejected: true,
                fixes: vec![],
            }],
            notes: vec!["A rule.".into()],
            coverage: vec![("Cost".into(), 0.25)],
            ..ImportReport::default()
        };
        let sheet = import(&report);
        is_whole(&sheet);
        assert_eq!(sheet.rows.len(), 6 + 1 + 1 + 1);
        let sheet = coverage(&report);
        is_whole(&sheet);
        assert_eq!(
            sheet.rows[0][1],
            Cell::Number(Number::Float(25.0), Exactness::Exact)
        );
    }
}
