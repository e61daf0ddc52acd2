//! Charts of what the worker sends: the waterfall, the methods side by side, an account's history.
//!
//! Input: results and a way to write amounts. Output: a [`Chart`] with a sentence that says what it
//! shows. A step that is not counted is drawn apart and moves nothing.

use crate::base::Unit;
use crate::jobs::protocol::{Method, Period, WaterfallStep};
use crate::metrics::Figure;
use crate::view::number::to_f64;

use super::{Across, Bar, Chart, Periods, Role, Series, Shape};

/// Writes an amount.
pub type Amount<'a> = &'a dyn Fn(f64) -> String;

fn value(figure: &Figure) -> Result<f64, String> {
    figure
        .value
        .as_ref()
        .map(|n| to_f64(*n))
        .map_err(|reason| reason.0.clone())
}

/// The price waterfall, of the book or of an account.
pub fn waterfall(steps: &[WaterfallStep], amount: Amount<'_>) -> Chart {
    let bars: Vec<Bar> = steps
        .iter()
        .map(|step| Bar {
            label: step.label.clone(),
            value: match &step.disabled {
                Some(reason) => Err(reason.clone()),
                None => value(&step.figure),
            },
            role: match (step.level, step.counted) {
                (true, _) => Role::Level,
                (false, true) => Role::Step,
                (false, false) => Role::Off,
            },
            strong: step.key == "contribution",
            exactness: step.figure.exactness,
        })
        .collect();
    let levels = || {
        bars.iter()
            .filter(|b| b.role == Role::Level && b.value.is_ok())
    };
    let description = match (levels().next(), levels().next_back()) {
        (Some(first), Some(last)) if first.label != last.label => format!(
            "From {} {} down to {} {}.",
            first.label.to_lowercase(),
            first
                .value
                .as_ref()
                .map_or_else(|_| String::new(), |x| amount(*x)),
            last.label.to_lowercase(),
            last.value
                .as_ref()
                .map_or_else(|_| String::new(), |x| amount(*x)),
        ),
        _ => "What is taken off the price, step by step.".into(),
    };
    Chart::Across(Across {
        title: "Price waterfall".into(),
        description,
        unit: Unit::Money,
        heading: "Step".into(),
        bars,
    })
}

/// The lifetime-value methods side by side.
pub fn methods(methods: &[Method], amount: Amount<'_>) -> Chart {
    let bars: Vec<Bar> = methods
        .iter()
        .map(|method| Bar {
            // What stands behind the colon is said in the table beside it.
            label: method.label.split(':').next().unwrap_or_default().into(),
            value: value(&method.figure),
            role: Role::Level,
            strong: method.chosen,
            exactness: method.figure.exactness,
        })
        .collect();
    let found = || bars.iter().filter_map(|b| b.value.as_ref().ok().copied());
    let (low, high) = found().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
        (low.min(x), high.max(x))
    });
    let description = match found().count() {
        0 => "No method can run on this data.".into(),
        1 => "One method can run on this data.".into(),
        n => format!("{n} methods give {} to {}.", amount(low), amount(high)),
    };
    Chart::Across(Across {
        title: "Lifetime value by method".into(),
        description,
        unit: Unit::Money,
        heading: "Method".into(),
        bars,
    })
}

/// An account's value by period, recorded and expected, with its revenue as a line.
pub fn history(periods: &[Period], amount: Amount<'_>) -> Chart {
    let expected_from = periods.iter().position(|p| p.expected);
    let recorded = expected_from.unwrap_or(periods.len());
    let sum: f64 = periods.iter().take(recorded).map(|p| p.value).sum();
    let mut description = format!("Recorded value {}", amount(sum));
    if expected_from.is_some() {
        let ahead: f64 = periods.iter().skip(recorded).map(|p| p.value).sum();
        description.push_str("; expected, as worth today, ");
        description.push_str(&amount(ahead));
    }
    description.push('.');
    let series = |name: &str, shape, pick: fn(&Period) -> Option<f64>| Series {
        name: name.into(),
        shape,
        values: periods.iter().map(pick).collect(),
    };
    Chart::Periods(Periods {
        title: "History and expectation".into(),
        description,
        unit: Unit::Money,
        heading: "Period".into(),
        labels: periods.iter().map(|p| p.label.clone()).collect(),
        expected_from,
        band: Vec::new(),
        series: vec![
            series("Value", Shape::Bar, |p| Some(p.value)),
            series("Revenue", Shape::Line, |p| {
                (!p.expected).then_some(p.revenue)
            }),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Exactness, Number, WhyNot};

    fn step(key: &str, amount: Option<f64>, level: bool, counted: bool) -> WaterfallStep {
        WaterfallStep {
            key: key.into(),
            label: key.into(),
            figure: Figure {
                value: amount
                    .map(Number::Float)
                    .ok_or_else(|| WhyNot("no data".into())),
                exactness: Exactness::Exact,
                coverage: None,
                note: None,
            },
            level,
            counted,
            disabled: None,
            toggle: None,
        }
    }

    #[test]
    fn a_waterfall_says_where_it_begins_and_ends() {
        let steps = [
            step("list", Some(100.0), true, true),
            step("discount", Some(-20.0), false, true),
            step("freight", None, false, true),
            step("contribution", Some(80.0), true, true),
        ];
        let chart = waterfall(&steps, &|x| format!("{x}"));
        assert_eq!(
            chart.description(),
            "From list 100 down to contribution 80."
        );
        let Chart::Across(across) = chart else {
            panic!("not rows")
        };
        assert_eq!(across.bars[2].value, Err("no data".into()));
        assert!(across.bars[3].strong);
    }

    #[test]
    fn the_expected_part_of_a_history_is_apart() {
        let period = |label: &str, value, expected| Period {
            label: label.into(),
            revenue: 2.0 * value,
            value,
            expected,
        };
        let periods = [period("2025", 10.0, false), period("2026", 8.0, true)];
        let chart = history(&periods, &|x| format!("{x}"));
        assert_eq!(
            chart.description(),
            "Recorded value 10; expected, as worth today, 8."
        );
    }
}
