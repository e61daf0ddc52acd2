//! A chart over periods: bars (stacked), lines and a band, recorded and expected apart. A histogram
//! is the same with classes in place of periods.

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, Sheet, SheetColumn};

use super::Words;
use super::picture::{Anchor, Ink, Picture, Stop, text_width};
use super::scale::{Linear, nice, ticks};

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A bar per period; several series of bars are stacked.
    Bar,
    /// A line through the periods.
    Line,
}

/// Values over the periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend and the table.
    pub name: String,
    /// How it is drawn.
    pub shape: Shape,
    /// One value per period; `None` where there is none.
    pub values: Vec<Option<f64>>,
}

/// What is drawn over periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Periods {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the values count.
    pub unit: Unit,
    /// What the periods are: `Quarter`, `Year`, `Months`.
    pub heading: String,
    /// The periods' names.
    pub labels: Vec<String>,
    /// The first period that is expected rather than recorded.
    pub expected_from: Option<usize>,
    /// Low and high around what is expected, per period.
    pub band: Vec<Option<(f64, f64)>>,
    /// What is drawn.
    pub series: Vec<Series>,
}

/// The lengths that all parts of one drawing share.
struct Plan {
    left: f64,
    top: f64,
    bottom: f64,
    /// Pixels of a period.
    band: f64,
    y: Linear,
    ticks: Vec<f64>,
}

impl Plan {
    fn middle(&self, period: usize) -> f64 {
        self.left + (index(period) + 0.5) * self.band
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a chart has far fewer than 2^52 periods"
)]
fn index(i: usize) -> f64 {
    i as f64
}

impl Periods {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let height = if width < 480.0 { 220.0 } else { 280.0 };
        let mut picture = Picture {
            width,
            height,
            ..Picture::default()
        };
        if self.labels.is_empty() {
            return picture;
        }
        let plan = self.plan(width, height, words);
        self.axes(&mut picture, &plan, words);
        self.bands(&mut picture, &plan);
        self.bars(&mut picture, &plan);
        self.lines(&mut picture, &plan);
        picture.stops = (0..self.labels.len())
            .map(|i| self.stop(i, &plan, words))
            .collect();
        picture
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let column = |key: String, label: &str, unit| SheetColumn {
            key,
            label: label.to_owned(),
            unit,
            help: String::new(),
        };
        let mut columns = vec![column("period".into(), &self.heading, Unit::Text)];
        let series = self.series.iter().enumerate();
        columns.extend(series.map(|(i, s)| column(format!("series_{i}"), &s.name, self.unit)));
        let rows = self.labels.iter().enumerate().map(|(i, label)| {
            let expected = self.is_expected(i);
            let exactness = if expected {
                Exactness::Estimated
            } else {
                Exactness::Exact
            };
            let name = if expected {
                format!("{label} (expected)")
            } else {
                label.clone()
            };
            let mut row = vec![Cell::Text(name)];
            row.extend(
                self.series
                    .iter()
                    .map(|s| match s.values.get(i).copied().flatten() {
                        Some(x) => Cell::Number(Number::Float(x), exactness),
                        None => Cell::Empty("no value in this period".into()),
                    }),
            );
            row
        });
        Sheet {
            key: "chart".into(),
            title: self.title.clone(),
            caption: self.description.clone(),
            columns,
            rows: rows.collect(),
        }
    }

    fn is_expected(&self, period: usize) -> bool {
        self.expected_from.is_some_and(|from| period >= from)
    }

    /// The lowest and highest drawn value, zero always among them.
    fn extent(&self) -> (f64, f64) {
        let mut low = 0.0_f64;
        let mut high = 0.0_f64;
        for period in 0..self.labels.len() {
            let (mut up, mut down) = (0.0, 0.0);
            for series in &self.series {
                let Some(x) = series.values.get(period).copied().flatten() else {
                    continue;
                };
                match series.shape {
                    Shape::Line => (low, high) = (low.min(x), high.max(x)),
                    Shape::Bar if x < 0.0 => down += x,
                    Shape::Bar => up += x,
                }
            }
            (low, high) = (low.min(down), high.max(up));
            if let Some((a, b)) = self.band.get(period).copied().flatten() {
                (low, high) = (low.min(a), high.max(b));
            }
        }
        nice(low, high, 5)
    }

    /// Whether the periods are mere numbers, so that the axis has to say of what.
    fn heads_axis(&self) -> bool {
        let number = |label: &String| label.len() < 4 && label.bytes().all(|b| b.is_ascii_digit());
        self.labels.iter().all(number)
    }

    fn plan(&self, width: f64, height: f64, words: &Words<'_>) -> Plan {
        let (low, high) = self.extent();
        let ticks = ticks(low, high, 5);
        let widest = ticks
            .iter()
            .map(|t| text_width(Ink::Text, &(words.axis)(*t)))
            .fold(0.0, f64::max);
        let left = widest + 10.0;
        let below = if self.heads_axis() { 42.0 } else { 26.0 };
        let (top, bottom) = (12.0, height - below);
        Plan {
            left,
            top,
            bottom,
            band: (width - left - 14.0).max(1.0) / index(self.labels.len()),
            y: Linear::new((low, high), (bottom, top)),
            ticks,
        }
    }

    fn axes(&self, picture: &mut Picture, plan: &Plan, words: &Words<'_>) {
        let right = plan.left + plan.band * index(self.labels.len());
        for tick in &plan.ticks {
            let y = plan.y.at(*tick);
            let ink = if *tick == 0.0 { Ink::Axis } else { Ink::Grid };
            picture.line(ink, (plan.left, y), (right, y));
            let label = (words.axis)(*tick);
            picture.text(Ink::Text, Anchor::End, (plan.left - 6.0, y + 4.0), label);
        }
        let widest = self
            .labels
            .iter()
            .map(|l| text_width(Ink::Text, l))
            .fold(0.0, f64::max);
        let every = libm::ceil((widest + 10.0) / plan.band).max(1.0);
        for (i, label) in self.labels.iter().enumerate() {
            if index(i) % every == 0.0 {
                let at = (plan.middle(i), plan.bottom + 18.0);
                picture.text(Ink::Text, Anchor::Middle, at, label.clone());
            }
        }
        if self.heads_axis() {
            let at = (f64::midpoint(plan.left, right), plan.bottom + 36.0);
            picture.text(Ink::Text, Anchor::Middle, at, self.heading.clone());
        }
        if let Some(from) = self
            .expected_from
            .filter(|f| *f > 0 && *f < self.labels.len())
        {
            let x = plan.left + index(from) * plan.band;
            picture.line(Ink::Join, (x, plan.top), (x, plan.bottom));
            picture.text(
                Ink::Text,
                Anchor::Start,
                (x + 4.0, plan.top - 2.0),
                "expected",
            );
        }
    }

    fn bands(&self, picture: &mut Picture, plan: &Plan) {
        let points: Vec<(f64, f64, f64)> = self
            .band
            .iter()
            .enumerate()
            .filter_map(|(i, b)| b.map(|(low, high)| (plan.middle(i), low, high)))
            .collect();
        if points.len() < 2 {
            return;
        }
        let upper = points
            .iter()
            .map(|(x, _, high)| Some((*x, plan.y.at(*high))));
        let lower = points
            .iter()
            .rev()
            .map(|(x, low, _)| Some((*x, plan.y.at(*low))));
        let around: Vec<_> = upper.chain(lower).collect();
        picture.through(Ink::Band, &around);
    }

    fn bars(&self, picture: &mut Picture, plan: &Plan) {
        let wide = (plan.band * 0.72).clamp(1.0, 48.0);
        for period in 0..self.labels.len() {
            let (mut up, mut down) = (0.0, 0.0);
            let bars = self.series.iter().filter(|s| s.shape == Shape::Bar);
            for (series, number) in bars.zip(1_u8..) {
                let Some(x) = series.values.get(period).copied().flatten() else {
                    continue;
                };
                let base = if x < 0.0 { &mut down } else { &mut up };
                let (from, to) = (plan.y.at(*base), plan.y.at(*base + x));
                *base += x;
                let ink = if self.is_expected(period) {
                    Ink::Soft
                } else {
                    Ink::Fill(number)
                };
                let left = plan.middle(period) - wide / 2.0;
                picture.rect(ink, (left, from), (wide, to - from));
            }
        }
    }

    fn lines(&self, picture: &mut Picture, plan: &Plan) {
        let bars = self.series.iter().filter(|s| s.shape == Shape::Bar).count();
        let first = u8::try_from(bars).unwrap_or(3).saturating_add(1);
        let lines = self.series.iter().filter(|s| s.shape == Shape::Line);
        for (series, number) in lines.zip(first..) {
            let split = self.expected_from.unwrap_or(self.labels.len());
            let point = |i: usize| {
                let x = series.values.get(i).copied().flatten()?;
                Some((plan.middle(i), plan.y.at(x)))
            };
            let past: Vec<_> = (0..split.min(self.labels.len())).map(point).collect();
            picture.through(Ink::Line(number), &past);
            // The expected part starts at the last recorded point, so that the line is whole.
            let future: Vec<_> = (split.saturating_sub(1)..self.labels.len())
                .map(point)
                .collect();
            if split < self.labels.len() {
                let ink = if number == 1 {
                    Ink::Expected
                } else {
                    Ink::Line(number)
                };
                picture.through(ink, &future);
            }
        }
    }

    fn stop(&self, period: usize, plan: &Plan, words: &Words<'_>) -> Stop {
        let mut caption = self.labels.get(period).cloned().unwrap_or_default();
        if self.is_expected(period) {
            caption.push_str(" (expected)");
        }
        for (i, series) in self.series.iter().enumerate() {
            caption.push_str(if i == 0 { ": " } else { ", " });
            caption.push_str(&series.name.to_lowercase());
            caption.push(' ');
            match series.values.get(period).copied().flatten() {
                Some(x) => caption.push_str(&(words.value)(x)),
                None => caption.push_str("none"),
            }
        }
        let left = plan.middle(period) - plan.band / 2.0;
        Stop {
            area: (left, plan.top, plan.band, plan.bottom - plan.top),
            caption,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn chart() -> Periods {
        Periods {
            title: "Contribution".into(),
            description: "Per quarter.".into(),
            unit: Unit::Money,
            heading: "Quarter".into(),
            labels: ["Q1", "Q2", "Q3", "Q4"].map(String::from).to_vec(),
            expected_from: Some(3),
            band: vec![None, None, Some((25.0, 25.0)), Some((10.0, 60.0))],
            series: vec![
                Series {
                    name: "Contribution".into(),
                    shape: Shape::Bar,
                    values: vec![Some(10.0), Some(-20.0), None, Some(40.0)],
                },
                Series {
                    name: "Revenue".into(),
                    shape: Shape::Line,
                    values: vec![Some(30.0), Some(35.0), Some(38.0), Some(45.0)],
                },
            ],
        }
    }

    fn words() -> Words<'static> {
        Words {
            axis: &|x| format!("{x}"),
            value: &|x| format!("{x}"),
        }
    }

    #[test]
    fn an_axis_of_mere_numbers_says_of_what() {
        let said = |labels: [&str; 4]| {
            let mut chart = chart();
            chart.labels = labels.map(String::from).to_vec();
            let picture = chart.draw(600.0, &words());
            let mut marks = picture.marks.iter();
            marks.any(|mark| matches!(mark, Mark::Text { text, .. } if text == "Quarter"))
        };
        assert!(said(["0", "1", "2", "3"]));
        assert!(!said(["Q1", "Q2", "Q3", "Q4"]) && !said(["2023", "2024", "2025", "2026"]));
    }

    #[test]
    fn every_mark_lies_within_the_picture() {
        for width in [200.0, 360.0, 1200.0] {
            let picture = chart().draw(width, &words());
            for mark in &picture.marks {
                if let Mark::Text { x, y, .. } = mark {
                    assert!((0.0..=width).contains(x) && (0.0..=picture.height).contains(y));
                }
            }
            assert_eq!(picture.stops.len(), 4);
        }
    }

    #[test]
    fn the_range_holds_bars_lines_and_band() {
        assert_eq!(chart().extent(), (-20.0, 60.0));
    }

    #[test]
    fn what_is_said_at_a_stop_is_what_the_table_says() {
        let picture = chart().draw(600.0, &words());
        let said: Vec<_> = picture.stops.iter().map(|s| s.caption.as_str()).collect();
        assert_eq!(said.first(), Some(&"Q1: contribution 10, revenue 30"));
        assert_eq!(said.get(2), Some(&"Q3: contribution none, revenue 38"));
        assert_eq!(
            said.get(3),
            Some(&"Q4 (expected): contribution 40, revenue 45")
        );
        let twin = chart().twin();
        assert_eq!((twin.columns.len(), twin.rows.len()), (3, 4));
        assert_eq!(
            twin.rows[0][1],
            Cell::Number(Number::Float(10.0), Exactness::Exact)
        );
    }

    #[test]
    fn nothing_to_draw_draws_nothing() {
        let empty = Periods {
            labels: Vec::new(),
            ..chart()
        };
        assert!(empty.draw(600.0, &words()).marks.is_empty());
    }
}
