//! The charts of the page.

use crate::assumptions::Spec;
use crate::base::Unit;
use crate::metrics::Exactness;
use crate::registry;
use crate::scenario::{Heat, Shares, Simulated, Sought, Tornado};
use crate::view::chart::curve::Input;
use crate::view::chart::scale::ticks;
use crate::view::chart::swings::Swing;
use crate::view::chart::{Across, Bar, Chart, Curve, Periods, Role, Series, Shape, Swings};

use super::{BASE, Values, Writer, input, metric};
use crate::registry::entry::inside;

/// More bars than this are in the table only.
const MOST_BARS: usize = 15;

/// A number as a value of an assumption, rounded as it can be entered.
fn entered(spec: &Spec, x: f64, value: Values<'_>) -> Input {
    let digits = crate::assumptions::resolve::canonical(spec, x).unwrap_or_else(|| x.to_string());
    (x, value(spec.key, &digits))
}

/// From the base's figure, or another scenario's, to the scenario's, step by step.
pub fn shares((name, base): (&str, &str), shares: &Shares, value: Values<'_>) -> Option<Chart> {
    let (label, unit) = metric(&shares.metric);
    let bar = |label: String, value: f64, role| Bar {
        label,
        value: Ok(value),
        role,
        strong: false,
        exactness: Exactness::Estimated,
    };
    let first = if base == BASE { "Base" } else { base };
    let mut bars = vec![bar(first.to_owned(), shares.from, Role::Level)];
    bars.extend(shares.parts.iter().map(|part| {
        let step = format!("{}: {}", input(&part.key), value(&part.key, &part.to));
        bar(step, part.value, Role::Step)
    }));
    bars.push(bar(name.to_owned(), shares.to, Role::Level));
    let fair = if shares.exact {
        "Each input's part is its mean over all orders of changing them, so the parts add up to the whole."
    } else {
        "Each input's part is its mean over many orders of changing them, so the parts add up to the whole."
    };
    (!shares.parts.is_empty()).then(|| {
        Chart::Across(Across {
            title: format!("{label}: from {base} to {name}"),
            description: fair.to_owned(),
            unit,
            heading: "Input".to_owned(),
            bars,
        })
    })
}

/// What each input does to the figure, the strongest on top.
pub fn tornado(found: &Tornado, value: Values<'_>) -> Option<Chart> {
    let (label, unit) = metric(&found.ask.metric);
    let swing = |bar: &crate::scenario::Bar| Swing {
        label: input(&bar.key).to_owned(),
        ends: [
            (value(&bar.key, &bar.low), bar.at_low),
            (value(&bar.key, &bar.high), bar.at_high),
        ],
        span: bar.span,
        turns: !bar.monotone,
    };
    let range = found.ask.percent.map_or_else(
        || "its range of uncertainty, or its usual range where it has none".to_owned(),
        |percent| format!("{percent} % of its value to either side"),
    );
    (!found.bars.is_empty()).then(|| {
        Chart::Swings(Swings {
            title: format!("What moves {}", inside(label)),
            description: format!("Each input alone over {range}; the others stay."),
            unit,
            now: found.now,
            swings: found.bars.iter().take(MOST_BARS).map(swing).collect(),
        })
    })
}

/// How strongly a figure of the grid is shaded, from 1 to 5, over those there are.
pub fn shade(heat: &Heat) -> impl Fn(f64) -> u8 + use<> {
    let all = || heat.rows.iter().flatten().flatten().copied();
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    move |figure| {
        let share = if high > low {
            (figure - low) / (high - low)
        } else {
            0.5
        };
        match share {
            ..0.2 => 1,
            ..0.4 => 2,
            ..0.6 => 3,
            ..0.8 => 4,
            _ => 5,
        }
    }
}

/// The figure over the input that was sought.
pub fn sought(found: &Sought, value: Values<'_>) -> Option<Chart> {
    let goal = &found.goal;
    let spec = registry::assumption(&goal.key)?;
    let (label, unit) = metric(&goal.metric);
    let (first, last) = (found.curve.first()?.0, found.curve.last()?.0);
    let at = |x: f64| entered(spec, x, value);
    let answers = found.solutions.iter().chain(&found.nearest);
    Some(Chart::Curve(Curve {
        title: format!("{label} over {}", inside(spec.label)),
        description: "The dashed line is the goal; squares are the answer and what is now."
            .to_owned(),
        unit,
        heading: spec.label.to_owned(),
        points: found.curve.iter().map(|(x, y)| (at(*x), *y)).collect(),
        ticks: ticks(first, last, 5).into_iter().map(at).collect(),
        target: goal.target,
        against: None,
        answer: "Answer",
        answers: answers.map(|point| (at(point.at), point.value)).collect(),
        now: found.now.1.map(|value| (at(found.now.0), value)),
    }))
}

/// The draws by what they gave.
pub fn histogram(found: &Simulated, write: Writer<'_>) -> Option<Chart> {
    let (label, _) = metric(&found.metric);
    let draws = f64::from(found.drawn.max(1));
    let share = |count: u32| Some(100.0 * f64::from(count) / draws);
    let draws_made = if found.drawn < found.ask.draws {
        format!("{} of {} draws so far", found.drawn, found.ask.draws)
    } else {
        format!("{} draws", found.drawn)
    };
    (!found.bins.is_empty()).then(|| {
        Chart::Periods(Periods {
            title: format!("{label} in {draws_made}"),
            description: "How many of the draws gave so much; bars begin at the amount below them."
                .to_owned(),
            unit: Unit::Percent,
            heading: format!("{label} from"),
            labels: found.bins.iter().map(|bin| write(bin.from)).collect(),
            expected_from: None,
            band: Vec::new(),
            series: vec![Series {
                name: "Share of draws".to_owned(),
                shape: Shape::Bar,
                values: found.bins.iter().map(|bin| share(bin.count)).collect(),
            }],
        })
    })
}

/// Which inputs drive the spread.
pub fn drivers(found: &Simulated) -> Option<Chart> {
    let bar = |driver: &crate::scenario::Driver| {
        let way = if driver.correlation < 0.0 {
            "more lowers it"
        } else {
            "more raises it"
        };
        Bar {
            label: format!("{} ({way})", input(&driver.key)),
            value: Ok(100.0 * driver.share),
            role: Role::Level,
            strong: true,
            exactness: Exactness::Estimated,
        }
    };
    (!found.drivers.is_empty()).then(|| {
        Chart::Across(Across {
            title: "What drives the spread".to_owned(),
            description: "The squared rank correlation of each input with the figure, as a share of all of them.".to_owned(),
            unit: Unit::Percent,
            heading: "Input".to_owned(),
            bars: found.drivers.iter().map(bar).collect(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::GridAsk;

    #[test]
    fn shades_span_the_figures() {
        let heat = Heat {
            ask: GridAsk {
                metric: "lifetime_value".into(),
                across: "retention".into(),
                down: "discount".into(),
                of: None,
            },
            across: vec!["80".into(), "90".into()],
            down: vec!["10".into()],
            rows: vec![vec![Some(1.0), Some(11.0)]],
            now: (None, None),
        };
        assert_eq!([1.0, 6.0, 11.0].map(shade(&heat)), [1, 3, 5]);
    }
}
