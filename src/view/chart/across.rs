//! Horizontal bars, one per row: a ranking, methods side by side, or a waterfall where each bar
//! starts where the one above it ended. Names stand on the left and values on the right, so that it
//! reads like a table on any screen.

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, Sheet};

use super::picture::{Anchor, Ink, Picture, Stop, fitted, text_width};
use super::scale::Linear;
use super::{Words, column};

/// Pixels of a row.
const ROW: f64 = 26.0;

/// What a row means in a waterfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Stands on zero: a level of a waterfall, or a plain bar.
    Level,
    /// Starts where the row above ended.
    Step,
    /// Known but not counted: drawn apart, moves nothing.
    Off,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its value, signed; or why there is none.
    pub value: Result<f64, String>,
    /// What it means.
    pub role: Role,
    /// The one that matters: drawn in the first colour.
    pub strong: bool,
    /// How exact the value is.
    pub exactness: Exactness,
}

/// What is drawn as rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Across {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the values count.
    pub unit: Unit,
    /// What the rows are: `Step`, `Method`, `Segment`.
    pub heading: String,
    /// From the top.
    pub bars: Vec<Bar>,
}

impl Across {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let rows: Vec<f64> = (0_u32..)
            .take(self.bars.len())
            .map(|i| f64::from(i) * ROW)
            .collect();
        let height = rows.last().map_or(0.0, |last| last + ROW) + 4.0;
        let mut picture = Picture {
            width,
            height,
            ..Picture::default()
        };
        let spans = self.spans();
        let shown: Vec<String> = self.bars.iter().map(|b| value_text(b, words)).collect();
        let inks: Vec<Ink> = self.bars.iter().map(|bar| self.words_ink(bar)).collect();
        let names = widest(&inks, self.bars.iter().map(|b| &b.label)).min(width * 0.42);
        let values = widest(&inks, &shown).min(width * 0.3);
        let (left, right) = (names + 10.0, (width - values - 8.0).max(names + 20.0));
        let low = spans
            .iter()
            .flatten()
            .map(|s| s.0.min(s.1))
            .fold(0.0, f64::min);
        let high = spans
            .iter()
            .flatten()
            .map(|s| s.0.max(s.1))
            .fold(0.0, f64::max);
        let x = Linear::new(
            (low, if high > low { high } else { low + 1.0 }),
            (left, right),
        );
        picture.line(Ink::Axis, (x.at(0.0), 0.0), (x.at(0.0), height - 4.0));
        let mut before: Option<f64> = None;
        let bars = self.bars.iter().zip(&inks).zip(&spans);
        for ((((bar, ink), span), top), text) in bars.zip(&rows).zip(&shown) {
            let base = top + ROW / 2.0 + 4.0;
            let name = fitted(*ink, &bar.label, names + 2.0);
            picture.text(*ink, Anchor::Start, (0.0, base), name);
            if let Some((from, to)) = span {
                if let (Some(at), true) = (before, bar.role != Role::Off) {
                    let at = x.at(at);
                    picture.line(Ink::Join, (at, top - 5.0), (at, top + 5.0));
                }
                let long = x.at(*to) - x.at(*from);
                // Even nothing leaves a trace.
                let long = if long.abs() < 1.0 { 1.0 } else { long };
                picture.rect(fill(bar), (x.at(*from), top + 5.0), (long, ROW - 10.0));
                if bar.role != Role::Off && self.is_waterfall() {
                    before = Some(*to);
                }
            }
            let value = fitted(*ink, text, values + 2.0);
            picture.text(*ink, Anchor::End, (width, base), value);
            picture.stops.push(Stop {
                area: (0.0, *top, width, ROW),
                caption: caption(bar, text),
            });
        }
        picture
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let rows = self.bars.iter().map(|bar| {
            let value = match &bar.value {
                Ok(x) => Cell::Number(Number::Float(*x), bar.exactness),
                Err(reason) => Cell::Empty(reason.clone()),
            };
            vec![
                Cell::Text(bar.label.clone()),
                value,
                Cell::Text(role_words(bar).into()),
            ]
        });
        Sheet {
            key: "chart".into(),
            title: self.title.clone(),
            caption: self.description.clone(),
            columns: vec![
                column("name", &self.heading, Unit::Text),
                column("value", "Value", self.unit),
                column("role", "Counted", Unit::Text),
            ],
            rows: rows.collect(),
        }
    }

    /// What a row's words are drawn with.
    fn words_ink(&self, bar: &Bar) -> Ink {
        if bar.role == Role::Off || bar.value.is_err() {
            Ink::Text
        } else if bar.strong || (self.is_waterfall() && bar.role == Role::Level) {
            Ink::Strong
        } else {
            Ink::Label
        }
    }

    fn is_waterfall(&self) -> bool {
        self.bars.iter().any(|b| b.role == Role::Step)
    }

    /// From where to where each bar reaches, in values.
    fn spans(&self) -> Vec<Option<(f64, f64)>> {
        let mut at = 0.0;
        let mut spans = Vec::with_capacity(self.bars.len());
        for bar in &self.bars {
            let span = bar.value.as_ref().ok().map(|x| match bar.role {
                Role::Level => {
                    at = *x;
                    (0.0, *x)
                }
                Role::Step => {
                    let from = at;
                    at += x;
                    (from, at)
                }
                Role::Off => (at, at + x),
            });
            spans.push(span);
        }
        spans
    }
}

fn fill(bar: &Bar) -> Ink {
    let negative = bar.value.as_ref().is_ok_and(|x| *x < 0.0);
    match bar.role {
        Role::Off => Ink::Off,
        Role::Step if negative => Ink::Fall,
        Role::Step => Ink::Rise,
        Role::Level if bar.strong => Ink::Fill(1),
        Role::Level if negative => Ink::Fall,
        Role::Level => Ink::Level,
    }
}

fn value_text(bar: &Bar, words: &Words<'_>) -> String {
    match &bar.value {
        Ok(x) => (words.value)(*x),
        Err(_) => "–".into(),
    }
}

fn caption(bar: &Bar, value: &str) -> String {
    match &bar.value {
        Ok(_) if bar.role == Role::Off => format!("{}: {value}, not counted", bar.label),
        Ok(_) => format!("{}: {value}", bar.label),
        Err(reason) => format!("{}: {reason}", bar.label),
    }
}

const fn role_words(bar: &Bar) -> &'static str {
    match bar.role {
        Role::Level | Role::Step => "yes",
        Role::Off => "no",
    }
}

fn widest<'a>(inks: &[Ink], texts: impl IntoIterator<Item = &'a String>) -> f64 {
    let widths = inks
        .iter()
        .zip(texts)
        .map(|(ink, text)| text_width(*ink, text));
    widths.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn bar(label: &str, value: f64, role: Role) -> Bar {
        Bar {
            label: label.into(),
            value: Ok(value),
            role,
            strong: false,
            exactness: Exactness::Exact,
        }
    }

    fn waterfall() -> Across {
        Across {
            title: "Price waterfall".into(),
            description: String::new(),
            unit: Unit::Money,
            heading: "Step".into(),
            bars: vec![
                bar("List", 100.0, Role::Level),
                bar("Discount", -20.0, Role::Step),
                bar("Freight", -5.0, Role::Off),
                bar("Invoice", 80.0, Role::Level),
                Bar {
                    value: Err("the data has no cost".into()),
                    ..bar("Cost", 0.0, Role::Step)
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
    fn steps_start_where_the_row_above_ended() {
        let spans = waterfall().spans();
        assert_eq!(spans[1], Some((100.0, 80.0)));
        assert_eq!(spans[2], Some((80.0, 75.0)));
        assert_eq!(spans[3], Some((0.0, 80.0)));
        assert_eq!(spans[4], None);
    }

    #[test]
    fn what_cannot_be_computed_says_why() {
        let picture = waterfall().draw(320.0, &words());
        let last = picture.stops.last().map(|s| s.caption.as_str());
        assert_eq!(last, Some("Cost: the data has no cost"));
        assert!(picture.stops[2].caption.ends_with("not counted"));
    }

    #[test]
    fn names_and_values_in_bold_stand_clear_of_the_bars() {
        let names = ["Agricultural equipment", "Energy"];
        let bars = names.map(|name| Bar {
            strong: true,
            ..bar(name, 162_275.0, Role::Level)
        });
        let chart = Across {
            bars: bars.to_vec(),
            ..waterfall()
        };
        let picture = chart.draw(1030.0, &words());
        let axis = picture.marks.iter().find_map(|mark| match mark {
            Mark::Path(Ink::Axis, d) => d[1..].split(' ').next()?.parse::<f64>().ok(),
            _ => None,
        });
        // As Chromium draws it in bold DejaVu Sans, one of the widest fonts there are.
        assert!(axis.is_some_and(|axis| axis >= 156.0 + 8.0), "{axis:?}");
    }

    #[test]
    fn every_text_lies_within_the_picture() {
        for width in [260.0, 360.0, 1200.0] {
            for mark in waterfall().draw(width, &words()).marks {
                if let Mark::Text { x, .. } = mark {
                    assert!((0.0..=width).contains(&x));
                }
            }
        }
    }
}
