//! Lines over days: a chance over time, or what came beside what was expected.

use crate::base::{Date, Unit};
use crate::metrics::{Cell, Exactness, Number, Sheet, SheetColumn};

use super::Words;
use super::dates;
use super::picture::{Anchor, Ink, Picture, Stop, text_width};
use super::scale::{Linear, nice, ticks};

/// Stops of the cursor at most: a key press each.
const STOPS: usize = 60;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name in the legend and the table.
    pub name: String,
    /// One value a day; `None` where there is none.
    pub values: Vec<Option<f64>>,
    /// Recorded or estimated.
    pub exactness: Exactness,
}

/// What is drawn over days.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the values count.
    pub unit: Unit,
    /// The days, ascending.
    pub dates: Vec<Date>,
    /// The lines, three at most.
    pub lines: Vec<Line>,
    /// The end of the scale, where it is not the largest value.
    pub highest: Option<f64>,
    /// Days with a mark at the bottom, and what they are: `order`.
    pub marked: (Vec<Date>, String),
    /// A line across, and what it is.
    pub level: Option<(f64, String)>,
    /// A line upwards, and what begins there.
    pub cut: Option<(Date, String)>,
}

impl Over {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let height = if width < 480.0 { 200.0 } else { 240.0 };
        let mut picture = Picture {
            width,
            height,
            ..Picture::default()
        };
        let Some(span) = self.dates.first().copied().zip(self.dates.last().copied()) else {
            return picture;
        };
        let (low, high) = self.extent();
        let marks = ticks(low, high, 4);
        let widths = marks
            .iter()
            .map(|tick| text_width(Ink::Text, &(words.axis)(*tick)));
        let left = widths.fold(0.0, f64::max) + 10.0;
        let (top, bottom, right) = (16.0, height - 26.0, width - 14.0);
        let y = Linear::new((low, high), (bottom, top));
        let days = |date: Date| f64::from(date.days());
        let x = Linear::new((days(span.0), days(span.1)), (left, right));
        let at = |date: Date| x.at(days(date));
        for tick in &marks {
            let ink = if *tick == 0.0 { Ink::Axis } else { Ink::Grid };
            picture.line(ink, (left, y.at(*tick)), (right, y.at(*tick)));
            let place = (left - 6.0, y.at(*tick) + 4.0);
            picture.text(Ink::Text, Anchor::End, place, (words.axis)(*tick));
        }
        dates::axis(&mut picture, span, (left, right, top, bottom), at);
        if let Some((value, name)) = &self.level {
            let y = y.at(*value);
            picture.line(Ink::Join, (left, y), (right, y));
            picture.text(Ink::Text, Anchor::End, (right, y - 4.0), name.clone());
        }
        if let Some((date, name)) = &self.cut {
            let x = at(*date);
            picture.line(Ink::Axis, (x, top), (x, bottom));
            let late = x + text_width(Ink::Text, name) + 4.0 > right;
            let (anchor, x) = if late {
                (Anchor::End, x - 4.0)
            } else {
                (Anchor::Start, x + 4.0)
            };
            picture.text(Ink::Text, anchor, (x, top - 4.0), name.clone());
        }
        for day in &self.marked.0 {
            picture.rect(Ink::Level, (at(*day) - 1.0, bottom - 7.0), (2.0, 7.0));
        }
        for (line, number) in self.lines.iter().zip(1_u8..) {
            let points = self.dates.iter().zip(&line.values);
            let points: Vec<_> = points
                .map(|(date, value)| value.map(|value| (at(*date), y.at(value))))
                .collect();
            picture.through(Ink::Line(number), &points);
        }
        picture.stops = self.stops(at, (top, bottom), words);
        picture
    }

    fn extent(&self) -> (f64, f64) {
        let values = self.lines.iter().flat_map(|line| &line.values).flatten();
        let level = self.level.iter().map(|(value, _)| value);
        let start = (0.0, self.highest.unwrap_or(0.0));
        let (low, high) = values
            .chain(level)
            .fold(start, |(low, high): (f64, f64), x| {
                (low.min(*x), high.max(*x))
            });
        nice(low, if high > low { high } else { 1.0 }, 4)
    }

    fn stops(
        &self,
        at: impl Fn(Date) -> f64,
        (top, bottom): (f64, f64),
        words: &Words<'_>,
    ) -> Vec<Stop> {
        let every = self.dates.len().div_ceil(STOPS).max(1);
        let last = self.dates.len().saturating_sub(1);
        let shown: Vec<usize> = (0..self.dates.len())
            .filter(|i| i % every == 0 || *i == last)
            .collect();
        let place = |i: Option<&usize>| i.and_then(|i| self.dates.get(*i)).map(|date| at(*date));
        let mut found = Vec::with_capacity(shown.len());
        for (n, i) in shown.iter().enumerate() {
            let Some((date, x)) = self.dates.get(*i).zip(place(Some(i))) else {
                continue;
            };
            let before = place(n.checked_sub(1).and_then(|n| shown.get(n)));
            let after = place(shown.get(n + 1));
            let from = before.map_or(x, |before| f64::midpoint(before, x));
            let to = after.map_or(x, |after| f64::midpoint(after, x));
            let values = self.lines.iter().map(|line| {
                let value = line.values.get(*i).copied().flatten();
                let value = value.map_or_else(|| "none".to_owned(), |x| (words.value)(x));
                format!("{} {value}", line.name.to_lowercase())
            });
            let values: Vec<String> = values.collect();
            found.push(Stop {
                area: (from, top, (to - from).max(2.0), bottom - top),
                caption: format!("{date}: {}", values.join(", ")),
            });
        }
        found
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let column = |key: String, label: &str, unit| SheetColumn {
            key,
            label: label.to_owned(),
            unit,
            help: String::new(),
        };
        let mut columns = vec![column("day".into(), "Day", Unit::Date)];
        let lines = self.lines.iter().zip(0..);
        columns.extend(
            lines.map(|(line, i): (_, u8)| column(format!("line_{i}"), &line.name, self.unit)),
        );
        let (marked, name) = &self.marked;
        if !marked.is_empty() {
            columns.push(column("marked".into(), "That day", Unit::Text));
        }
        let rows = self.dates.iter().enumerate().map(|(i, date)| {
            let values =
                self.lines
                    .iter()
                    .map(|line| match line.values.get(i).copied().flatten() {
                        Some(x) => Cell::Number(Number::Float(x), line.exactness),
                        None => Cell::Empty("no value on this day".into()),
                    });
            let mut row: Vec<Cell> = std::iter::once(Cell::Date(*date)).chain(values).collect();
            if !marked.is_empty() {
                let here = marked.binary_search(date).is_ok();
                row.push(Cell::Text(if here { name.clone() } else { String::new() }));
            }
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
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn day(n: i32) -> Date {
        Date::parse("2025-01-10").unwrap().plus_days(n)
    }

    fn chart(days: i32) -> Over {
        let line = |name: &str, by: f64| Line {
            name: name.into(),
            values: (0..days).map(|n| Some(by * f64::from(n))).collect(),
            exactness: Exactness::Estimated,
        };
        Over {
            title: "Orders".into(),
            description: String::new(),
            unit: Unit::Count,
            dates: (0..days).map(|n| day(7 * n)).collect(),
            lines: vec![line("Came", 2.0), line("Expected", 1.5)],
            highest: None,
            marked: (vec![day(7), day(70)], "order".into()),
            level: Some((30.0, "half".into())),
            cut: Some((day(7 * (days - 2)), "not known to the forecast".into())),
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
        for (width, days) in [(200.0, 3), (360.0, 80), (1200.0, 300)] {
            let picture = chart(days).draw(width, &words());
            for mark in &picture.marks {
                if let Mark::Text { x, y, .. } = mark {
                    assert!((0.0..=width).contains(x) && (0.0..=picture.height).contains(y));
                }
            }
            assert!(picture.stops.len() <= STOPS + 1);
            for stop in &picture.stops {
                assert!(stop.area.0 >= 0.0 && stop.area.0 + stop.area.2 <= width + 2.0);
            }
        }
    }

    #[test]
    fn what_is_said_at_a_stop_is_what_the_table_says() {
        let picture = chart(20).draw(600.0, &words());
        let said = picture.stops.get(1).map(|stop| stop.caption.as_str());
        assert_eq!(said, Some("2025-01-17: came 2, expected 1.5"));
        let twin = chart(20).twin();
        assert_eq!((twin.columns.len(), twin.rows.len()), (4, 20));
        assert_eq!(twin.rows[1][3], Cell::Text("order".into()));
        assert_eq!(twin.rows[2][3], Cell::Text(String::new()));
    }

    #[test]
    fn nothing_to_draw_draws_nothing() {
        assert!(chart(0).draw(600.0, &words()).marks.is_empty());
    }
}
