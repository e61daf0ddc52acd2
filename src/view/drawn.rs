//! Which chart is drawn of which analysis.
//!
//! Input: a sheet as it comes from the worker. Output: a [`Chart`] to draw, or nothing where there
//! is nothing to draw.

use crate::base::Unit;
use crate::metrics::{Cell, Sheet};

use super::chart::{Across, Bar, Chart, Periods, Role, Series, Shape};
use super::number::to_f64;

/// The cash of one new account: yearly bars and the sums that show when it has paid back.
pub fn cash(sheet: &Sheet) -> Option<Chart> {
    let series = |key: &str, shape| {
        let at = sheet.columns.iter().position(|column| column.key == key)?;
        let column = sheet.columns.get(at)?;
        let values = sheet.rows.iter().map(|row| match row.get(at) {
            Some(Cell::Number(number, _)) => Some(to_f64(*number)),
            _ => None,
        });
        Some(Series {
            name: column.label.clone(),
            shape,
            values: values.collect(),
        })
    };
    let labels = sheet.rows.iter().map(|row| match row.first() {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    });
    let series = [
        series("flow", Shape::Bar)?,
        series("sum", Shape::Line)?,
        series("sum_discounted", Shape::Line)?,
    ];
    (!sheet.rows.is_empty()).then(|| {
        Chart::Periods(Periods {
            title: sheet.title.clone(),
            description: sheet.caption.clone(),
            unit: Unit::Money,
            heading: "Year".into(),
            labels: labels.collect(),
            expected_from: Some(1),
            band: Vec::new(),
            series: series.into(),
        })
    })
}

/// Whether an analysis is drawn.
pub fn is_drawn(key: &str) -> bool {
    ranked(key).is_some() || key == SURVIVAL
}

/// Whether the chart says more at a glance than the table, and stands before it.
pub fn leads(key: &str) -> bool {
    key == SURVIVAL
}

/// The chart of an analysis.
pub fn of(sheet: &Sheet) -> Option<Chart> {
    match ranked(&sheet.key) {
        Some(column) => ranking(sheet, column),
        None if sheet.key == SURVIVAL => curve(sheet),
        None => None,
    }
}

const SURVIVAL: &str = "survival";

/// The second column over the first, as a line.
fn curve(sheet: &Sheet) -> Option<Chart> {
    let [over, column] = sheet.columns.as_slice() else {
        return None;
    };
    let number = |cell: Option<&Cell>| match cell {
        Some(Cell::Number(number, _)) => Some(to_f64(*number)),
        _ => None,
    };
    let labels = sheet.rows.iter().map(|row| {
        let at = number(row.first()).map(|x| x.to_string());
        at.unwrap_or_default()
    });
    let series = Series {
        name: column.label.clone(),
        shape: Shape::Line,
        values: sheet.rows.iter().map(|row| number(row.get(1))).collect(),
    };
    (sheet.rows.len() > 1).then(|| {
        Chart::Periods(Periods {
            title: sheet.title.clone(),
            description: sheet.caption.clone(),
            unit: column.unit,
            heading: over.label.clone(),
            labels: labels.collect(),
            expected_from: None,
            band: Vec::new(),
            series: vec![series],
        })
    })
}

/// The column by which an analysis is drawn as a ranking, if it is.
fn ranked(sheet: &str) -> Option<&'static str> {
    match sheet {
        "segments" => Some("ltv_per_account"),
        "acquisition" => Some("ltv_cac"),
        "streams" => Some("lifetime"),
        "gross_profit" => Some("gross_profit"),
        "lapsed" => Some("budget"),
        _ => None,
    }
}

/// A ranking of a sheet: its rows' names against one of its columns.
fn ranking(sheet: &Sheet, key: &str) -> Option<Chart> {
    /// More bars than this are a table.
    const MOST: usize = 20;
    let at = sheet.columns.iter().position(|column| column.key == key)?;
    let column = sheet.columns.get(at)?;
    let bars: Vec<Bar> = sheet
        .rows
        .iter()
        .take(MOST)
        .filter_map(|row| {
            let label = match row.first()? {
                Cell::Text(text) => text.clone(),
                _ => return None,
            };
            let (value, exactness) = match row.get(at)? {
                Cell::Number(number, exactness) => (Ok(to_f64(*number)), *exactness),
                Cell::Empty(why) => (Err(why.clone()), crate::metrics::Exactness::Exact),
                _ => return None,
            };
            Some(Bar {
                label,
                value,
                role: Role::Level,
                strong: true,
                exactness,
            })
        })
        .collect();
    (bars.len() > 1).then(|| {
        Chart::Across(Across {
            title: format!("{}: {}", sheet.title, column.label),
            description: super::words::help(column).to_owned(),
            unit: column.unit,
            heading: sheet
                .columns
                .first()
                .map(|c| c.label.clone())
                .unwrap_or_default(),
            bars,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Exactness, Number, SheetColumn};

    fn sheet(keys: &[&str], rows: &[(&str, f64)]) -> Sheet {
        let column = |key: &&str| SheetColumn {
            key: (*key).into(),
            label: (*key).into(),
            unit: Unit::Money,
            help: String::new(),
        };
        let number = |x| Cell::Number(Number::Float(x), Exactness::Estimated);
        Sheet {
            key: "cash".into(),
            title: "Cash".into(),
            caption: String::new(),
            columns: keys.iter().map(column).collect(),
            rows: rows
                .iter()
                .map(|(name, x)| {
                    let mut row = vec![Cell::Text((*name).into())];
                    row.resize(keys.len(), number(*x));
                    row
                })
                .collect(),
        }
    }

    #[test]
    fn cash_is_drawn_only_of_a_sheet_that_holds_it() {
        let keys = ["year", "flow", "sum", "sum_discounted"];
        assert!(cash(&sheet(&keys, &[("Start", -5.0), ("Year 1", 3.0)])).is_some());
        assert_eq!(cash(&sheet(&keys, &[])), None);
        assert_eq!(cash(&sheet(&keys[..2], &[("Start", -5.0)])), None);
    }

    #[test]
    fn survival_is_a_line_over_time() {
        let number = |x| Cell::Number(Number::Float(x), Exactness::Estimated);
        let mut survival = sheet(&["years", "share"], &[]);
        survival.key = SURVIVAL.into();
        assert_eq!(of(&survival), None);
        survival.rows = vec![
            vec![number(0.0), number(100.0)],
            vec![number(0.25), number(90.0)],
        ];
        let Some(Chart::Periods(drawn)) = of(&survival) else {
            panic!("no line");
        };
        assert_eq!(drawn.labels, ["0", "0.25"]);
        assert_eq!(drawn.series[0].values, [Some(100.0), Some(90.0)]);
    }

    #[test]
    fn a_ranking_needs_two_rows_and_its_column() {
        let two = sheet(&["name", "value"], &[("a", 1.0), ("b", 2.0)]);
        assert!(ranking(&two, "value").is_some());
        assert_eq!(ranking(&two, "other"), None);
        assert_eq!(
            ranking(&sheet(&["name", "value"], &[("a", 1.0)]), "value"),
            None
        );
    }
}
