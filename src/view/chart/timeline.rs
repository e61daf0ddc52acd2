//! Orders on a line of time: a stem for each order day, and the window in which the next is
//! expected.

use crate::base::{Date, Unit, counted};
use crate::jobs::protocol::Rhythm;
use crate::metrics::{Cell, Exactness, Number, Sheet};

use super::dates;
use super::picture::{Anchor, Ink, Picture, Stop, text_width};
use super::scale::{Linear, nice, ticks};
use super::{Words, column};

/// Narrowest touchable part of a stem, in pixels.
const TOUCH: f64 = 8.0;

/// What is drawn over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// Days with what they brought, ascending.
    pub days: Vec<(Date, f64)>,
    /// When the next is expected: the day, and the window around it.
    pub ahead: (Date, (Date, Date)),
}

impl Timeline {
    /// The order days of an account and the window ahead; nothing where it has no order days.
    pub fn of(rhythm: &Rhythm) -> Option<Self> {
        (!rhythm.days.is_empty()).then(|| Self {
            title: "Orders and the next one".into(),
            description: format!(
                "{}; the next is expected between {} and {}.",
                counted(&rhythm.days.len(), "order day"),
                rhythm.window.0,
                rhythm.window.1
            ),
            days: rhythm.days.clone(),
            ahead: (rhythm.due, rhythm.window),
        })
    }

    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let height = 200.0;
        let mut picture = Picture {
            width,
            height,
            ..Picture::default()
        };
        let (low, high) = self.extent();
        let marks = ticks(low, high, 4);
        let widths = marks
            .iter()
            .map(|t| text_width(Ink::Text, &(words.axis)(*t)));
        let left = widths.fold(0.0, f64::max) + 10.0;
        let (top, bottom, right) = (14.0, height - 26.0, width - 14.0);
        let y = Linear::new((low, high), (bottom, top));
        let (from, to) = self.span();
        let x = Linear::new(
            (f64::from(from.days()), f64::from(to.days())),
            (left, right),
        );
        let at = |date: Date| x.at(f64::from(date.days()));
        for tick in &marks {
            let ink = if *tick == 0.0 { Ink::Axis } else { Ink::Grid };
            picture.line(ink, (left, y.at(*tick)), (right, y.at(*tick)));
            let place = (left - 6.0, y.at(*tick) + 4.0);
            picture.text(Ink::Text, Anchor::End, place, (words.axis)(*tick));
        }
        dates::axis(&mut picture, (from, to), (left, right, top, bottom), at);
        let (due, (first, last)) = self.ahead;
        picture.rect(
            Ink::Band,
            (at(first), top),
            ((at(last) - at(first)).max(2.0), bottom - top),
        );
        picture.line(Ink::Expected, (at(due), top), (at(due), bottom));
        for (day, value) in &self.days {
            let stem = (y.at(0.0), y.at(*value));
            picture.rect(
                Ink::Fill(1),
                (at(*day) - 1.5, stem.0),
                (3.0, stem.1 - stem.0),
            );
        }
        picture.stops = self.stops(at, (top, bottom), words);
        picture
    }

    fn extent(&self) -> (f64, f64) {
        let values = self.days.iter().map(|(_, value)| *value);
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), x| {
            (low.min(x), high.max(x))
        });
        nice(low, if high > low { high } else { 1.0 }, 4)
    }

    /// From the first order day to the end of the window.
    fn span(&self) -> (Date, Date) {
        let (due, (_, last)) = self.ahead;
        let first = self.days.first().map_or(due, |(day, _)| *day).min(due);
        let latest = self.days.last().map_or(due, |(day, _)| *day);
        (first.plus_days(-3), last.max(latest).max(due).plus_days(3))
    }

    fn stops(
        &self,
        at: impl Fn(Date) -> f64,
        (top, bottom): (f64, f64),
        words: &Words<'_>,
    ) -> Vec<Stop> {
        let stop = |from: f64, to: f64, caption: String| Stop {
            area: (from, top, to - from, bottom - top),
            caption,
        };
        let days = self.days.iter().map(|(day, value)| {
            let (x, half) = (at(*day), TOUCH / 2.0);
            stop(
                x - half,
                x + half,
                format!("{day}: {}", (words.value)(*value)),
            )
        });
        let (due, (first, last)) = self.ahead;
        let next = stop(
            at(first),
            at(last).max(at(first) + TOUCH),
            format!("Next order expected on {due}, between {first} and {last}"),
        );
        days.chain(std::iter::once(next)).collect()
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let (due, (first, last)) = self.ahead;
        let days = self.days.iter().map(|(day, value)| {
            vec![
                Cell::Date(*day),
                Cell::Number(Number::Float(*value), Exactness::Exact),
            ]
        });
        let next = Cell::Empty(format!("expected between {first} and {last}"));
        let rows = days.chain(std::iter::once(vec![Cell::Date(due), next]));
        Sheet {
            key: "chart".into(),
            title: self.title.clone(),
            caption: self.description.clone(),
            columns: vec![
                column("day", "Order day", Unit::Date),
                column("revenue", "Revenue", Unit::Money),
            ],
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn timeline() -> Timeline {
        Timeline {
            title: "Orders".into(),
            description: String::new(),
            days: vec![
                (day("2024-11-03"), 100.0),
                (day("2025-02-01"), -20.0),
                (day("2025-05-02"), 80.0),
            ],
            ahead: (day("2025-08-01"), (day("2025-07-20"), day("2025-08-20"))),
        }
    }

    fn words() -> Words<'static> {
        Words {
            axis: &|x| format!("{x}"),
            value: &|x| format!("{x}"),
        }
    }

    #[test]
    fn every_mark_lies_within_the_picture() {
        for width in [200.0, 360.0, 1200.0] {
            let picture = timeline().draw(width, &words());
            for mark in &picture.marks {
                if let Mark::Text { x, y, .. } = mark {
                    assert!((0.0..=width).contains(x) && (0.0..=picture.height).contains(y));
                }
            }
            for stop in &picture.stops {
                assert!(stop.area.0 >= 0.0 && stop.area.0 + stop.area.2 <= width + 0.01);
            }
        }
    }

    #[test]
    fn what_is_said_at_a_stop_is_what_the_table_says() {
        let picture = timeline().draw(600.0, &words());
        let said: Vec<_> = picture.stops.iter().map(|s| s.caption.as_str()).collect();
        let next = "Next order expected on 2025-08-01, between 2025-07-20 and 2025-08-20";
        assert_eq!(
            said,
            ["2024-11-03: 100", "2025-02-01: -20", "2025-05-02: 80", next]
        );
        assert_eq!(timeline().twin().rows.len(), 4);
    }
}
