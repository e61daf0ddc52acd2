//! A figure over one input: a line, what is wanted of the figure, and the points that answer.

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, Sheet};

use super::picture::{Anchor, Ink, Picture, Stop, text_width};
use super::scale::{Linear, nice, ticks};
use super::{Words, column};

const HEIGHT: f64 = 240.0;

/// A value of the input: the number, and how it is written.
pub type Input = (f64, String);

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The chart's heading.
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
    /// What the figure counts.
    pub unit: Unit,
    /// The input's name.
    pub heading: String,
    /// The figure at values of the input, ascending.
    pub points: Vec<(Input, f64)>,
    /// Round values of the input, for the axis.
    pub ticks: Vec<Input>,
    /// What the figure is to be.
    pub target: f64,
    /// What the figure is held against in place of one number: the names of the figure and of that,
    /// and its values at the same points.
    pub against: Option<(String, String, Vec<f64>)>,
    /// Where it is that, or nearest to it.
    pub answers: Vec<(Input, f64)>,
    /// What such a point is called.
    pub answer: &'static str,
    /// Where it is now.
    pub now: Option<(Input, f64)>,
}

impl Curve {
    /// Draws it.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        let mut picture = Picture {
            width,
            height: HEIGHT,
            ..Picture::default()
        };
        let (low, high) = self.extent();
        let marks = ticks(low, high, 4);
        let widest = marks
            .iter()
            .map(|t| text_width(Ink::Text, &(words.axis)(*t)));
        let left = widest.fold(0.0, f64::max) + 10.0;
        let (top, bottom, right) = (12.0, HEIGHT - 40.0, width - 16.0);
        let y = Linear::new((low, high), (bottom, top));
        let ends = self.points.first().zip(self.points.last());
        let ends = ends.map_or((0.0, 1.0), |(a, b)| (a.0.0, b.0.0));
        let x = Linear::new(ends, (left, right));
        for tick in marks {
            let ink = if tick == 0.0 { Ink::Axis } else { Ink::Grid };
            picture.line(ink, (left, y.at(tick)), (right, y.at(tick)));
            let place = (left - 6.0, y.at(tick) + 4.0);
            picture.text(Ink::Text, Anchor::End, place, (words.axis)(tick));
        }
        self.input_axis(&mut picture, &x, (left, right, bottom));
        let through = |values: &mut dyn Iterator<Item = f64>| -> Vec<Option<(f64, f64)>> {
            let points = self.points.iter().zip(values);
            points
                .map(|(((at, _), _), value)| Some((x.at(*at), y.at(value))))
                .collect()
        };
        match &self.against {
            Some((.., values)) => {
                picture.through(Ink::Line(2), &through(&mut values.iter().copied()));
            }
            None => picture.line(
                Ink::Line(2),
                (left, y.at(self.target)),
                (right, y.at(self.target)),
            ),
        }
        let own = through(&mut self.points.iter().map(|point| point.1));
        picture.through(Ink::Line(1), &own);
        if let Some(((at, _), value)) = &self.now {
            let (at, value) = (x.at(*at), y.at(*value));
            picture.rect(Ink::Level, (at - 3.0, value - 3.0), (6.0, 6.0));
        }
        for ((at, _), value) in &self.answers {
            let (at, value) = (x.at(*at), y.at(*value));
            picture.line(Ink::Join, (at, value), (at, bottom));
            picture.rect(Ink::Fill(1), (at - 4.5, value - 4.5), (9.0, 9.0));
        }
        picture.stops = self.stops(&x, (top, bottom), words);
        picture
    }

    fn input_axis(
        &self,
        picture: &mut Picture,
        x: &Linear,
        (left, right, bottom): (f64, f64, f64),
    ) {
        let mut free = left - 4.0;
        for (value, text) in &self.ticks {
            let (at, half) = (x.at(*value), text_width(Ink::Text, text) / 2.0);
            if at - half > free && at + half <= right + 16.0 {
                free = at + half + 12.0;
                picture.text(Ink::Text, Anchor::Middle, (at, bottom + 16.0), text.clone());
            }
        }
        let middle = f64::midpoint(left, right);
        let place = (middle, bottom + 33.0);
        picture.text(Ink::Text, Anchor::Middle, place, self.heading.clone());
    }

    fn extent(&self) -> (f64, f64) {
        let values = self.points.iter().map(|(_, value)| *value);
        let others = self
            .against
            .iter()
            .flat_map(|(.., values)| values.iter().copied());
        let now = self.now.iter().map(|now| now.1);
        let values = values.chain(others).chain(now);
        let (low, high) = values.fold((self.target, self.target), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        nice(low, high, 4)
    }

    /// The answers and what is now are stops of their own; the curve is walked in between.
    fn stops(&self, x: &Linear, (top, bottom): (f64, f64), words: &Words<'_>) -> Vec<Stop> {
        let said = |word: &str, (input, value): &(Input, f64)| {
            let caption = format!(
                "{word}{} {}: {}",
                self.heading,
                input.1,
                (words.value)(*value)
            );
            (input.0, caption)
        };
        let walked = |(at, point): (usize, &(Input, f64))| {
            let other = self.against.as_ref();
            let other = other.and_then(|(own, name, values)| Some((own, name, values.get(at)?)));
            match other {
                None => said("", point),
                Some((own, name, other)) => (
                    point.0.0,
                    format!(
                        "{} {}: {own} {}; {name} {}",
                        self.heading,
                        point.0.1,
                        (words.value)(point.1),
                        (words.value)(*other)
                    ),
                ),
            }
        };
        let points = self.points.iter().enumerate();
        let mut all: Vec<(f64, String)> = points.map(walked).collect();
        let answer = format!("{}: ", self.answer);
        for (word, points) in [
            (answer.as_str(), self.answers.as_slice()),
            ("Now: ", self.now.as_slice()),
        ] {
            for point in points {
                all.retain(|(at, _)| (x.at(*at) - x.at(point.0.0)).abs() > 2.0);
                all.push(said(word, point));
            }
        }
        crate::base::order::sort_by(&mut all, |a, b| a.0.total_cmp(&b.0));
        let places: Vec<f64> = all.iter().map(|(at, _)| x.at(*at)).collect();
        let middle = |a: usize, b: usize| match (places.get(a), places.get(b)) {
            (Some(a), Some(b)) => Some(f64::midpoint(*a, *b)),
            _ => None,
        };
        let stops = all.into_iter().enumerate().map(|(i, (at, caption))| {
            let here = x.at(at);
            let from = i.checked_sub(1).and_then(|before| middle(before, i));
            let (from, to) = (
                from.unwrap_or(here - 4.0),
                middle(i, i + 1).unwrap_or(here + 4.0),
            );
            Stop {
                area: (from, top, to - from, bottom - top),
                caption,
            }
        });
        stops.collect()
    }

    /// The same as a table.
    pub fn twin(&self) -> Sheet {
        let number = |value: f64| Cell::Number(Number::Float(value), Exactness::Estimated);
        let row = |(input, value): &(Input, f64), other: Option<&f64>, what: &str| {
            let mut row = vec![Cell::Text(input.1.clone()), number(*value)];
            if self.against.is_some() {
                row.push(other.map_or_else(|| Cell::Empty(String::new()), |other| number(*other)));
            }
            row.push(Cell::Text(what.to_owned()));
            row
        };
        let other = |at: usize| {
            self.against
                .as_ref()
                .and_then(|(.., values)| values.get(at))
        };
        let points = self.points.iter().enumerate();
        let points = points.map(|(at, point)| row(point, other(at), ""));
        let answer = self.answer.to_lowercase();
        let answers = self.answers.iter().map(|point| row(point, None, &answer));
        let now = self.now.iter().map(|point| row(point, None, "now"));
        let mut columns = vec![column("input", &self.heading, Unit::Text)];
        match &self.against {
            None => columns.push(column("figure", "Figure", self.unit)),
            Some((own, other, _)) => {
                columns.push(column("figure", own, self.unit));
                columns.push(column("against", other, self.unit));
            }
        }
        columns.push(column("what", "What", Unit::Text));
        Sheet {
            key: "chart".into(),
            title: self.title.clone(),
            caption: self.description.clone(),
            columns,
            rows: answers.chain(now).chain(points).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn curve() -> Curve {
        let input = |x: f64| (x, format!("{x} %"));
        Curve {
            title: "Net present value".into(),
            description: String::new(),
            unit: Unit::Money,
            heading: "Retention".into(),
            points: (0..=10)
                .map(|i| (input(f64::from(i) * 10.0), f64::from(i) - 5.0))
                .collect(),
            ticks: [0.0, 50.0, 100.0].map(input).to_vec(),
            target: 0.0,
            against: None,
            answer: "Answer",
            answers: vec![(input(50.0), 0.0)],
            now: Some((input(85.0), 3.5)),
        }
    }

    #[test]
    fn answers_are_stops_in_their_place() {
        let words = Words {
            axis: &|x| format!("{x}"),
            value: &|x| format!("{x}"),
        };
        for width in [260.0, 900.0] {
            let picture = curve().draw(width, &words);
            let captions: Vec<&str> = picture.stops.iter().map(|s| s.caption.as_str()).collect();
            assert_eq!(captions.len(), 12);
            assert_eq!(captions[5], "Answer: Retention 50 %: 0");
            assert_eq!(captions[9], "Now: Retention 85 %: 3.5");
            assert!(picture.stops.iter().all(|stop| stop.area.2 > 0.0));
            for mark in &picture.marks {
                if let Mark::Text { x, .. } = mark {
                    assert!((0.0..=width).contains(x));
                }
            }
        }
    }

    #[test]
    fn what_it_is_held_against_is_a_line_a_word_and_a_column() {
        let words = Words {
            axis: &|x| format!("{x}"),
            value: &|x| format!("{x}"),
        };
        let held = Curve {
            against: Some(("Cost".into(), "Gain".into(), vec![9.0; 11])),
            ..curve()
        };
        let picture = held.draw(600.0, &words);
        assert_eq!(picture.stops[0].caption, "Retention 0 %: Cost -5; Gain 9");
        let twin = held.twin();
        assert_eq!(
            (
                twin.columns[1].label.as_str(),
                twin.columns[2].label.as_str()
            ),
            ("Cost", "Gain")
        );
        assert!(twin.rows.iter().all(|row| row.len() == 4));
        // All of it lies within the picture.
        let top = held.extent().1;
        assert!(top >= 9.0);
    }

    #[test]
    fn the_table_begins_with_the_answers() {
        let twin = curve().twin();
        assert_eq!(twin.rows.len(), 13);
        assert_eq!(twin.rows[0][2], Cell::Text("answer".into()));
    }
}
