//! How far a figure moves with each input: bars on both sides of what it is now, the longest on top,
//! which gives the picture its name of a tornado.

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, Sheet};

use super::picture::{Anchor, Ink, Picture, Stop, fitted, text_width};
use super::scale::{Linear, nice, ticks};
use super::{Words, column};

/// Pixels of a row.
const ROW: f64 = 28.0;
/// Pixels of the axis below.
const FOOT: f64 = 22.0;
/// The inks of the low and the high end.
const ENDS: [Ink; 2] = [Ink::Fill(2), Ink::Fill(1)];

/// One end of an input's range: its value in words, and the figure there.
pub type End = (String, Option<f64>);

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// Its name.
    pub label: String,
    /// The low and the high end of its range.
    pub ends: [End; 2],
    /// The smallest and the largest figure anywhere between.
    pub span: (f64, f64),
    /// Whether the figure turns between the ends.
    pub turns: bool,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Swings {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the figure counts.
    pub unit: Unit,
    /// The figure now.
    pub now: f64,
    /// From the top.
    pub swings: Vec<Swing>,
}

impl Swings {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let rows = f64::from(u32::try_from(self.swings.len()).unwrap_or(u32::MAX));
        let height = rows * ROW + FOOT;
        let mut picture = Picture {
            width,
            height,
            ..Picture::default()
        };
        let names = self.swings.iter().map(|s| text_width(Ink::Label, &s.label));
        let names = names.fold(0.0, f64::max).min(width * 0.34);
        let edge = |end: usize| {
            let texts = self.swings.iter().filter_map(move |s| s.ends.get(end));
            texts
                .map(|(text, _)| text_width(Ink::Text, text))
                .fold(0.0, f64::max)
        };
        let beside = edge(0).max(edge(1)).min(width * 0.16) + 6.0;
        let (low, high) = self.extent();
        let x = Linear::new((low, high), (names + 12.0 + beside, width - beside));
        let bottom = height - FOOT;
        for tick in ticks(low, high, if width < 480.0 { 2 } else { 4 }) {
            picture.line(Ink::Grid, (x.at(tick), 0.0), (x.at(tick), bottom));
            let place = (x.at(tick), height - 6.0);
            picture.text(Ink::Text, Anchor::Middle, place, (words.axis)(tick));
        }
        for (row, swing) in (0_u32..).zip(&self.swings) {
            let top = f64::from(row) * ROW;
            self.row(&mut picture, swing, (top, names, beside), &x);
            picture.stops.push(Stop {
                area: (0.0, top, width, ROW),
                caption: self.caption(swing, words),
            });
        }
        picture.line(Ink::Axis, (x.at(self.now), 0.0), (x.at(self.now), bottom));
        picture
    }

    fn row(
        &self,
        picture: &mut Picture,
        swing: &Swing,
        (top, names, beside): (f64, f64, f64),
        x: &Linear,
    ) {
        let base = top + ROW / 2.0 + 4.0;
        let name = fitted(Ink::Label, &swing.label, names + 2.0);
        picture.text(Ink::Label, Anchor::Start, (0.0, base), name);
        if swing.turns {
            let span = (x.at(swing.span.0), x.at(swing.span.1));
            picture.rect(Ink::Off, (span.0, top + 9.0), (span.1 - span.0, ROW - 18.0));
        }
        for ((text, value), ink) in swing.ends.iter().zip(ENDS) {
            let Some(value) = value else { continue };
            let (from, to) = (x.at(self.now), x.at(*value));
            picture.rect(ink, (from, top + 6.0), (to - from, ROW - 12.0));
            let text = fitted(Ink::Text, text, beside);
            let (anchor, at) = if self.stands_left(swing, *value) {
                (Anchor::End, to.min(x.at(swing.span.0)) - 4.0)
            } else {
                (Anchor::Start, to.max(x.at(swing.span.1)) + 4.0)
            };
            picture.text(Ink::Text, anchor, (at, base), text);
        }
    }

    /// Whether an end's words stand on the left: it is the lower of the two.
    fn stands_left(&self, swing: &Swing, value: f64) -> bool {
        let others = swing.ends.iter().filter_map(|(_, other)| *other);
        let largest = others.fold(f64::NEG_INFINITY, f64::max);
        value < largest || (value <= self.now && swing.ends.iter().any(|(_, v)| v.is_none()))
    }

    fn extent(&self) -> (f64, f64) {
        let spans = self.swings.iter().map(|swing| swing.span);
        let (low, high) = spans.fold((self.now, self.now), |(low, high), (a, b)| {
            (low.min(a), high.max(b))
        });
        if low < high {
            (low, high)
        } else {
            nice(low, high, 4)
        }
    }

    fn caption(&self, swing: &Swing, words: &Words<'_>) -> String {
        let [low, high] = &swing.ends;
        let figure = |end: &End| end.1.map_or_else(|| "no figure".to_owned(), words.value);
        let turns = if swing.turns {
            format!(
                "; in between from {} to {}",
                (words.value)(swing.span.0),
                (words.value)(swing.span.1)
            )
        } else {
            String::new()
        };
        format!(
            "{}: at {} {}, at {} {} (now {}){turns}",
            swing.label,
            low.0,
            figure(low),
            high.0,
            figure(high),
            (words.value)(self.now),
        )
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let number = |value: Option<f64>| {
            value.map_or_else(
                || Cell::Empty("there is no figure at this end".into()),
                |x| Cell::Number(Number::Float(x), Exactness::Estimated),
            )
        };
        let rows = self.swings.iter().map(|swing| {
            let [low, high] = &swing.ends;
            vec![
                Cell::Text(swing.label.clone()),
                Cell::Text(low.0.clone()),
                number(low.1),
                Cell::Text(high.0.clone()),
                number(high.1),
                number(Some(swing.span.1 - swing.span.0)),
            ]
        });
        Sheet {
            key: "chart".into(),
            title: self.title.clone(),
            caption: self.description.clone(),
            columns: vec![
                column("input", "Input", Unit::Text),
                column("low", "Low end", Unit::Text),
                column("at_low", "Figure there", self.unit),
                column("high", "High end", Unit::Text),
                column("at_high", "Figure there", self.unit),
                column("swing", "Swing", self.unit),
            ],
            rows: rows.collect(),
        }
    }

    /// The ends with what they are drawn with.
    pub fn legend() -> Vec<(String, Ink)> {
        let names = ["Low end of the range", "High end"];
        names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(ENDS)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn swings() -> Swings {
        Swings {
            title: "What moves it".into(),
            description: String::new(),
            unit: Unit::Money,
            now: 80.0,
            swings: vec![
                Swing {
                    label: "Sales".into(),
                    ends: [("-10 %".into(), Some(72.0)), ("+10 %".into(), Some(89.0))],
                    span: (72.0, 89.0),
                    turns: false,
                },
                Swing {
                    label: "Discount rate".into(),
                    ends: [("9 %".into(), Some(83.0)), ("11 %".into(), None)],
                    span: (78.0, 83.0),
                    turns: true,
                },
            ],
        }
    }

    #[test]
    fn every_end_is_said_and_lies_within_the_picture() {
        let words = Words {
            axis: &|x| format!("{x}"),
            value: &|x| format!("{x}"),
        };
        for width in [260.0, 360.0, 1200.0] {
            let picture = swings().draw(width, &words);
            assert_eq!(
                picture.stops[0].caption,
                "Sales: at -10 % 72, at +10 % 89 (now 80)"
            );
            assert!(picture.stops[1].caption.contains("at 11 % no figure"));
            for mark in &picture.marks {
                if let Mark::Text { x, .. } = mark {
                    assert!((0.0..=width).contains(x));
                }
            }
        }
    }

    #[test]
    fn the_table_says_the_same() {
        let twin = swings().twin();
        assert_eq!(twin.rows.len(), 2);
        assert!(twin.rows.iter().all(|row| row.len() == twin.columns.len()));
    }
}
