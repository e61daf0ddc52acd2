//! Which chart is drawn of which analysis.
//!
//! Input: a sheet as it comes from the worker. Output: a [`Chart`] to draw, or nothing where there
//! is nothing to draw.

use crate::base::Unit;
use crate::metrics::{Cell, Sheet};

use super::chart::heat::Field;
use super::chart::{Across, Bar, Chart, Heat, Line, Over, Periods, Role, Series, Shape};
use super::number::to_f64;
use crate::jobs::protocol::{CALIBRATION, MAP, TRACKING};
use crate::metrics::Exactness;

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
    ranked(key).is_some() || leads(key) || key == PRICE_VOLUME
}

/// Whether the chart says more at a glance than the table, and stands before it.
pub fn leads(key: &str) -> bool {
    matches!(
        key,
        SURVIVAL | PAYBACK | ACCOUNT_PAYBACK | TRACKING | CALIBRATION | MAP
    )
}

/// The chart of an analysis.
pub fn of(sheet: &Sheet) -> Option<Chart> {
    match ranked(&sheet.key) {
        Some(column) => ranking(sheet, column),
        None => match sheet.key.as_str() {
            SURVIVAL | PAYBACK | ACCOUNT_PAYBACK => curve(sheet),
            PRICE_VOLUME => bridge(sheet),
            TRACKING => tracking(sheet),
            CALIBRATION => calibration(sheet),
            MAP => map(sheet),
            _ => None,
        },
    }
}

const SURVIVAL: &str = "survival";
const PAYBACK: &str = "payback";
const PRICE_VOLUME: &str = "price_volume";
const ACCOUNT_PAYBACK: &str = "account_payback";

fn number(cell: Option<&Cell>) -> Option<f64> {
    match cell {
        Some(Cell::Number(number, _)) => Some(to_f64(*number)),
        _ => None,
    }
}

fn words(cell: Option<&Cell>) -> &str {
    match cell {
        Some(Cell::Text(text)) => text,
        _ => "",
    }
}

/// A column's numbers by its key.
fn numbers(sheet: &Sheet, key: &str) -> Option<(String, Vec<Option<f64>>)> {
    let at = sheet.columns.iter().position(|column| column.key == key)?;
    let label = sheet.columns.get(at)?.label.clone();
    let values = sheet.rows.iter().map(|row| number(row.get(at)));
    Some((label, values.collect()))
}

/// Orders that came and those expected, over days, with the day from which the model did not know
/// them.
fn tracking(sheet: &Sheet) -> Option<Chart> {
    let date = |row: &Vec<Cell>| match row.first() {
        Some(Cell::Date(date)) => Some(*date),
        _ => None,
    };
    let dates: Vec<_> = sheet.rows.iter().filter_map(date).collect();
    let line = |key: &str, exactness| {
        let (name, values) = numbers(sheet, key)?;
        Some(Line {
            name,
            values,
            exactness,
        })
    };
    let lines = vec![
        line("actual", Exactness::Exact)?,
        line("expected", Exactness::Estimated)?,
    ];
    let held = |row: &&Vec<Cell>| words(row.last()) == "Held out";
    let cut = sheet.rows.iter().find(held).and_then(date);
    (dates.len() == sheet.rows.len() && dates.len() > 2).then(|| {
        Chart::Over(Over {
            title: sheet.title.clone(),
            description: sheet.caption.clone(),
            unit: Unit::Count,
            dates,
            lines,
            highest: None,
            marked: (Vec::new(), String::new()),
            level: None,
            cut: cut.map(|date| (date, "held out".into())),
        })
    })
}

/// Orders that came as bars, and the forecast as a line, by tenth.
fn calibration(sheet: &Sheet) -> Option<Chart> {
    let series = |key: &str, shape| {
        let (name, values) = numbers(sheet, key)?;
        Some(Series {
            name,
            shape,
            values,
        })
    };
    let series = vec![
        series("actual", Shape::Bar)?,
        series("expected", Shape::Line)?,
    ];
    let labels = sheet.rows.iter().map(|row| words(row.first()).to_owned());
    (sheet.rows.len() > 1).then(|| {
        Chart::Periods(Periods {
            title: sheet.title.clone(),
            description: sheet.caption.clone(),
            unit: Unit::Count,
            heading: "Tenth".into(),
            labels: labels.collect(),
            expected_from: None,
            band: Vec::new(),
            series,
        })
    })
}

/// The fields of the frequency and recency map, one a row of the sheet.
fn map(sheet: &Sheet) -> Option<Chart> {
    let (mut rows, mut columns): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut fields: Vec<Vec<Field>> = Vec::new();
    let (_, counts) = numbers(sheet, "accounts")?;
    let (_, shares) = numbers(sheet, "alive")?;
    for ((row, count), share) in sheet.rows.iter().zip(counts).zip(shares) {
        let [name, column, ..] = row.as_slice() else {
            return None;
        };
        let (name, column) = (words(Some(name)), words(Some(column)));
        if rows.last().is_none_or(|last| last != name) {
            rows.push(name.to_owned());
            fields.push(Vec::new());
        }
        if rows.len() == 1 {
            columns.push(column.to_owned());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of accounts"
        )]
        let count = count.unwrap_or_default() as u32;
        fields.last_mut()?.push(Field { share, count });
    }
    let heading = |at: usize| sheet.columns.get(at).map(|column| column.label.clone());
    (!rows.is_empty()).then_some(())?;
    Some(Chart::Heat(Heat {
        title: sheet.title.clone(),
        description: format!("{} Bold: how many accounts stand there.", sheet.caption),
        headings: (heading(0)?, heading(1)?),
        counted: "accounts".into(),
        rows,
        columns,
        fields,
        table: sheet.clone(),
    }))
}

/// The second column over the first, as a line.
fn curve(sheet: &Sheet) -> Option<Chart> {
    let [over, column] = sheet.columns.as_slice() else {
        return None;
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

/// From one period's revenue to the next: the first row's parts, one after the other.
fn bridge(sheet: &Sheet) -> Option<Chart> {
    let whole = sheet.rows.first()?;
    let bar = |key: &str, role| {
        let at = sheet.columns.iter().position(|column| column.key == key)?;
        Some(Bar {
            label: sheet.columns.get(at)?.label.clone(),
            value: Ok(number(whole.get(at))?),
            role,
            strong: false,
            exactness: Exactness::Exact,
        })
    };
    let parts = ["price", "volume", "mix", "new", "lost", "rest"];
    let parts = parts.iter().filter_map(|key| bar(key, Role::Step));
    // What moves nothing needs no bar.
    let parts = parts.filter(|bar| bar.value != Ok(0.0));
    let mut bars = vec![bar("before", Role::Level)?];
    bars.extend(parts);
    bars.push(bar("after", Role::Level)?);
    Some(Chart::Across(Across {
        title: sheet.title.clone(),
        description: "From the revenue of the 365 days before to that of the last 365 days.".into(),
        unit: Unit::Money,
        heading: "Part".into(),
        bars,
    }))
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
        survival.key = "survival".into();
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
    fn tracking_draws_the_day_from_which_orders_were_held_out() {
        let keys = ["day", "actual", "expected", "part"];
        let mut tracked = sheet(&keys, &[]);
        tracked.key = TRACKING.into();
        assert_eq!(of(&tracked), None);
        let number = |x| Cell::Number(Number::Float(x), Exactness::Exact);
        tracked.rows = (0..4)
            .map(|n| {
                let part = if n < 2 { "Seen" } else { "Held out" };
                let date = crate::base::Date::from_days(100 * n);
                let n = f64::from(n);
                vec![
                    Cell::Date(date),
                    number(n),
                    number(1.1 * n),
                    Cell::Text(part.into()),
                ]
            })
            .collect();
        let Some(Chart::Over(drawn)) = of(&tracked) else {
            panic!("no lines");
        };
        assert_eq!(drawn.cut.map(|cut| cut.0.days()), Some(200));
        assert_eq!(drawn.lines.len(), 2);
    }

    #[test]
    fn the_map_has_a_field_for_each_row_of_its_sheet() {
        let keys = [
            "silence", "repeats", "accounts", "alive", "expected", "rests",
        ];
        let mut mapped = sheet(&keys, &[]);
        mapped.key = MAP.into();
        assert_eq!(of(&mapped), None);
        let number = |x| Cell::Number(Number::Float(x), Exactness::Exact);
        for silence in ["soon", "late"] {
            for repeats in ["0", "1", "2"] {
                let alive = if silence == "late" && repeats == "2" {
                    Cell::Empty("no".into())
                } else {
                    number(50.0)
                };
                mapped.rows.push(vec![
                    Cell::Text(silence.into()),
                    Cell::Text(repeats.into()),
                    number(3.0),
                    alive,
                    number(1.0),
                    Cell::Text(String::new()),
                ]);
            }
        }
        let Some(Chart::Heat(drawn)) = of(&mapped) else {
            panic!("no map");
        };
        assert_eq!((drawn.rows.len(), drawn.columns.len()), (2, 3));
        assert_eq!(
            drawn.fields[1][2],
            Field {
                share: None,
                count: 3
            }
        );
    }

    #[test]
    fn calibration_is_bars_and_a_line() {
        let mut tenths = sheet(
            &["tenth", "accounts", "expected", "actual"],
            &[("1", 0.5), ("2", 2.0)],
        );
        tenths.key = CALIBRATION.into();
        let Some(Chart::Periods(drawn)) = of(&tenths) else {
            panic!("no bars");
        };
        assert_eq!(drawn.labels, ["1", "2"]);
        assert_eq!(drawn.series[0].shape, Shape::Bar);
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
