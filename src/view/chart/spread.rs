//! What the next order may be worth: the orders so far as dots on a line of money, and below them
//! the range that the next is expected in.

use crate::base::{Date, Unit};
use crate::jobs::protocol::NextOrder;
use crate::metrics::{Cell, Exactness, Number, Sheet};

use super::picture::{Anchor, Ink, Picture, Stop, text_width};
use super::scale::{Linear, nice, ticks};
use super::{Words, column};

/// What is drawn on a line of money.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// Order days with what they brought.
    pub past: Vec<(Date, f64)>,
    /// What is expected of the next.
    pub next: NextOrder,
}

/// Pixels of the row of dots, and of the range below.
const ROWS: (f64, f64) = (22.0, 52.0);

impl Spread {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let height = 96.0;
        let mut picture = Picture {
            width,
            height,
            ..Picture::default()
        };
        let names = ["So far", "Next"];
        let left = names
            .iter()
            .map(|name| text_width(Ink::Text, name))
            .fold(0.0, f64::max)
            + 12.0;
        let right = width - 24.0;
        let values = self.past.iter().map(|(_, value)| *value);
        let (low, high) = values
            .chain([self.next.low, self.next.high])
            .fold((0.0, 0.0), |(low, high): (f64, f64), x| {
                (low.min(x), high.max(x))
            });
        let most = if width < 480.0 { 3 } else { 5 };
        let (low, high) = nice(low, if high > low { high } else { 1.0 }, most);
        let x = Linear::new((low, high), (left, right));
        let bottom = height - 24.0;
        for tick in ticks(low, high, most) {
            let at = x.at(tick);
            picture.line(Ink::Grid, (at, 6.0), (at, bottom));
            let label = (words.axis)(tick);
            picture.text(Ink::Text, Anchor::Middle, (at, bottom + 16.0), label);
        }
        for (name, row) in names.into_iter().zip([ROWS.0, ROWS.1]) {
            picture.text(Ink::Text, Anchor::Start, (0.0, row + 4.0), name);
        }
        for (_, value) in &self.past {
            let at = x.at(*value);
            picture.line(Ink::Line(1), (at, ROWS.0 - 8.0), (at, ROWS.0 + 8.0));
        }
        let NextOrder {
            low, median, high, ..
        } = &self.next;
        let size = ((x.at(*high) - x.at(*low)).max(2.0), 16.0);
        picture.rect(Ink::Soft, (x.at(*low), ROWS.1 - 8.0), size);
        picture.rect(
            Ink::Fill(1),
            (x.at(*median) - 2.0, ROWS.1 - 11.0),
            (4.0, 22.0),
        );
        picture.stops = self.stops(&x, words);
        picture
    }

    fn stops(&self, x: &Linear, words: &Words<'_>) -> Vec<Stop> {
        let past = self.past.iter().map(|(day, value)| Stop {
            area: (x.at(*value) - 4.0, ROWS.0 - 11.0, 8.0, 22.0),
            caption: format!("{day}: {}", (words.value)(*value)),
        });
        let (low, high) = (self.next.low, self.next.high);
        let next = Stop {
            area: (
                x.at(low),
                ROWS.1 - 11.0,
                (x.at(high) - x.at(low)).max(8.0),
                22.0,
            ),
            caption: format!(
                "Next order: half below {}, four of five between {} and {}",
                (words.value)(self.next.median),
                (words.value)(low),
                (words.value)(high)
            ),
        };
        past.chain(std::iter::once(next)).collect()
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let row = |name: String, value: f64, exactness| {
            vec![
                Cell::Text(name),
                Cell::Number(Number::Float(value), exactness),
            ]
        };
        let past = self
            .past
            .iter()
            .map(|(day, value)| row(format!("Order of {day}"), *value, Exactness::Exact));
        let next = [
            ("Next order: one in ten below", self.next.low),
            ("Next order: half below", self.next.median),
            ("Next order: one in ten above", self.next.high),
        ];
        let next = next
            .into_iter()
            .map(|(name, value)| row(name.to_owned(), value, Exactness::Estimated));
        Sheet {
            key: "chart".into(),
            title: self.title.clone(),
            caption: self.description.clone(),
            columns: vec![
                column("what", "Order", Unit::Text),
                column("revenue", "Revenue", Unit::Money),
            ],
            rows: past.chain(next).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn chart() -> Spread {
        Spread {
            title: "Next order".into(),
            description: String::new(),
            past: vec![
                (Date::from_days(20_000), 900.0),
                (Date::from_days(20_090), 1_400.0),
            ],
            next: NextOrder {
                low: 700.0,
                median: 1_100.0,
                high: 1_900.0,
                from: String::new(),
            },
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
            let picture = chart().draw(width, &words());
            for mark in &picture.marks {
                if let Mark::Text { x, y, .. } = mark {
                    assert!((0.0..=width).contains(x) && (0.0..=picture.height).contains(y));
                }
            }
            for stop in &picture.stops {
                assert!(stop.area.0 >= 0.0 && stop.area.0 + stop.area.2 <= width);
            }
        }
    }

    #[test]
    fn what_is_said_at_a_stop_is_what_the_table_says() {
        let picture = chart().draw(600.0, &words());
        let last = picture.stops.last().map(|stop| stop.caption.as_str());
        let said = "Next order: half below 1100, four of five between 700 and 1900";
        assert_eq!(last, Some(said));
        assert_eq!(chart().twin().rows.len(), 5);
    }
}
