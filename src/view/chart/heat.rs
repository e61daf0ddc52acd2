//! Fields of rows and columns, shaded by a share, with a count in each: a map of accounts.
//!
//! Shade is never alone: each field holds its share as a number and, below it, how many stand there.

use crate::metrics::Sheet;

use super::Words;
use super::picture::{Anchor, Ink, Picture, Stop, fitted, text_width};

/// Pixels of a row.
const ROW: f64 = 38.0;

/// One field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// Its share in percent; `None` where there can be none.
    pub share: Option<f64>,
    /// How many stand there.
    pub count: u32,
}

/// What is drawn as fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the rows and the columns are.
    pub headings: (String, String),
    /// What is counted: `accounts`.
    pub counted: String,
    /// Names of the rows from the top.
    pub rows: Vec<String>,
    /// Names of the columns from the left.
    pub columns: Vec<String>,
    /// The fields of each row.
    pub fields: Vec<Vec<Field>>,
    /// The table that says the same.
    pub table: Sheet,
}

/// The shade of a share: 1 to 5.
fn shade(share: f64) -> u8 {
    match share {
        ..20.0 => 1,
        ..40.0 => 2,
        ..60.0 => 3,
        ..80.0 => 4,
        _ => 5,
    }
}

fn index(i: usize) -> f64 {
    f64::from(u32::try_from(i).unwrap_or(u32::MAX))
}

impl Heat {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let top = 20.0;
        let bottom = top + ROW * index(self.rows.len());
        let mut picture = Picture {
            width,
            height: bottom + 40.0,
            ..Picture::default()
        };
        if self.rows.is_empty() || self.columns.is_empty() {
            return picture;
        }
        let widest = self.rows.iter().map(|row| text_width(Ink::Text, row));
        let left = widest.fold(0.0, f64::max).min(width * 0.3) + 8.0;
        let wide = (width - left - 2.0).max(1.0) / index(self.columns.len());
        let heading = fitted(Ink::Text, &self.headings.0, left + 2.0 * wide);
        picture.text(Ink::Text, Anchor::Start, (0.0, 12.0), heading);
        let across = fitted(Ink::Text, &self.headings.1, width - left);
        let place = (f64::midpoint(left, width), bottom + 34.0);
        picture.text(Ink::Text, Anchor::Middle, place, across);
        for (i, name) in self.columns.iter().enumerate() {
            let at = (left + (index(i) + 0.5) * wide, bottom + 16.0);
            let name = fitted(Ink::Text, &short(name, wide), wide + 2.0);
            picture.text(Ink::Text, Anchor::Middle, at, name);
        }
        let lines = self.rows.iter().zip(&self.fields).enumerate();
        for (r, (name, fields)) in lines {
            let y = top + ROW * index(r);
            let name = fitted(Ink::Text, name, left - 6.0);
            picture.text(Ink::Text, Anchor::Start, (0.0, y + ROW / 2.0 + 4.0), name);
            for (c, field) in fields.iter().enumerate() {
                paint(
                    &mut picture,
                    (left + index(c) * wide, y, wide),
                    field,
                    words,
                );
            }
        }
        picture.stops = self.stops((left, top, wide), words);
        picture
    }

    fn stops(&self, (left, top, wide): (f64, f64, f64), words: &Words<'_>) -> Vec<Stop> {
        let mut found = Vec::new();
        for (r, (row, fields)) in self.rows.iter().zip(&self.fields).enumerate() {
            for (c, (column, field)) in self.columns.iter().zip(fields).enumerate() {
                let share = field
                    .share
                    .map_or_else(|| "none".to_owned(), |share| (words.axis)(share.round()));
                found.push(Stop {
                    area: (left + index(c) * wide, top + index(r) * ROW, wide, ROW),
                    caption: format!(
                        "{} {row}, {} {column}: {share}, {} {}",
                        self.headings.0.to_lowercase(),
                        self.headings.1.to_lowercase(),
                        field.count,
                        self.counted
                    ),
                });
            }
        }
        found
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        self.table.clone()
    }
}

/// One field: its shade, its share, its count.
fn paint(picture: &mut Picture, (x, y, wide): (f64, f64, f64), field: &Field, words: &Words<'_>) {
    let ink = field
        .share
        .map_or(Ink::Grid, |share| Ink::Heat(shade(share)));
    picture.rect(ink, (x + 1.0, y + 1.0), (wide - 2.0, ROW - 2.0));
    let Some(share) = field.share else { return };
    let middle = x + wide / 2.0;
    let text = (words.axis)(share.round());
    let text = if text_width(Ink::Text, &text) > wide - 4.0 {
        format!("{share:.0}")
    } else {
        text
    };
    let base = if field.count > 0 { y + 16.0 } else { y + 23.0 };
    picture.text(Ink::Text, Anchor::Middle, (middle, base), text);
    if field.count > 0 {
        let count = fitted(Ink::Strong, &field.count.to_string(), wide);
        picture.text(Ink::Strong, Anchor::Middle, (middle, y + 31.0), count);
    }
}

/// A class of numbers in narrow room: `17 to 32` as `17–32` or `17+`, `33 and more` as `33+`.
fn short(name: &str, wide: f64) -> String {
    if text_width(Ink::Text, name) <= wide {
        return name.to_owned();
    }
    let dashed = name.replace(" to ", "–").replace(" and more", "+");
    match dashed.split_once('–') {
        // The next column says where this one ends.
        Some((first, _)) if text_width(Ink::Text, &dashed) > wide + 2.0 => format!("{first}+"),
        _ => dashed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn chart() -> Heat {
        let field = |share, count| Field { share, count };
        Heat {
            title: "Map".into(),
            description: String::new(),
            headings: ("Last order".into(), "Repeat orders".into()),
            counted: "accounts".into(),
            rows: vec!["up to 2 weeks".into(), "over a year".into()],
            columns: vec!["0".into(), "17 to 32".into(), "33 and more".into()],
            fields: vec![
                vec![
                    field(Some(93.4), 12),
                    field(Some(99.0), 0),
                    field(Some(100.0), 1),
                ],
                vec![field(Some(8.0), 3), field(None, 0), field(None, 0)],
            ],
            table: Sheet {
                key: "map".into(),
                title: String::new(),
                caption: String::new(),
                columns: Vec::new(),
                rows: Vec::new(),
            },
        }
    }

    fn words() -> Words<'static> {
        Words {
            axis: &|x| format!("{x} %"),
            value: &|x| format!("{x} %"),
        }
    }

    #[test]
    fn every_mark_lies_within_the_picture() {
        for width in [200.0, 330.0, 1200.0] {
            let picture = chart().draw(width, &words());
            for mark in &picture.marks {
                if let Mark::Text { x, y, .. } = mark {
                    assert!((0.0..=width).contains(x) && (0.0..=picture.height).contains(y));
                }
            }
            for stop in &picture.stops {
                assert!(stop.area.0 + stop.area.2 <= width + 0.01);
            }
        }
    }

    #[test]
    fn a_field_says_its_share_and_its_count() {
        let picture = chart().draw(600.0, &words());
        let said: Vec<_> = picture.stops.iter().map(|s| s.caption.as_str()).collect();
        assert_eq!(said.len(), 6);
        assert_eq!(
            said[0],
            "last order up to 2 weeks, repeat orders 0: 93 %, 12 accounts"
        );
        assert_eq!(
            said[4],
            "last order over a year, repeat orders 17 to 32: none, 0 accounts"
        );
        let shown = |wanted: &str| {
            let is = |mark: &&Mark| matches!(mark, Mark::Text { text, .. } if text == wanted);
            picture.marks.iter().filter(is).count()
        };
        assert_eq!((shown("93 %"), shown("12"), shown("99 %")), (1, 1, 1));
        assert_eq!(shown("0"), 1);
    }

    #[test]
    fn classes_are_shortened_where_room_is_narrow() {
        assert_eq!(short("17 to 32", 40.0), "17–32");
        assert_eq!(short("17 to 32", 30.0), "17+");
        assert_eq!(short("33 and more", 30.0), "33+");
        assert_eq!(short("17 to 32", 90.0), "17 to 32");
    }
}
