//! An axis of days: lines at the beginnings of years, or of months where the time is short.
//!
//! Names of months are the reader's language; so a day other than a new year is written
//! `YYYY-MM-DD` here, and the page writes it as its reader does (`view::words::dated`).

use crate::base::Date;

use super::picture::{Anchor, Ink, Picture, text_width};

/// Left, right, top and bottom of what is drawn, in pixels.
pub(super) type Frame = (f64, f64, f64, f64);

/// Months between two lines, and about how many days that is.
const STEPS: [(i32, i32); 4] = [(1, 30), (3, 91), (6, 183), (12, 365)];

/// Draws the lines and their names, as many as there is room for.
pub(super) fn axis(
    picture: &mut Picture,
    (from, to): (Date, Date),
    (left, right, top, bottom): Frame,
    at: impl Fn(Date) -> f64,
) {
    let days = to.days_since(from).max(1);
    let most = if right - left < 480.0 { 4 } else { 7 };
    let step = STEPS.iter().find(|(_, long)| days / long < most);
    let months = step.map_or(12, |(months, _)| *months);
    let name = |date: Date| match months {
        12 => date.year().to_string(),
        _ => date.to_string(),
    };
    let room = text_width(Ink::Text, &name(from)) + 14.0;
    let mut free = left;
    // The beginning of the step that `from` lies in.
    let back = from.month_index().rem_euclid(months);
    let Some(mut line) =
        Date::new(from.year(), from.ymd().1, 1).map(|month| month.plus_months(-back))
    else {
        return;
    };
    while line <= to {
        let x = at(line.max(from));
        if line > from {
            picture.line(Ink::Grid, (x, top), (x, bottom));
        }
        let next = line.plus_months(months);
        // A part of a year is named where that leaves room for the first whole one.
        let part = months == 12 && next > from && at(next.min(to)) - x >= room;
        let named = line >= from || part;
        if named && x >= free && x + room <= right + 14.0 {
            picture.text(Ink::Text, Anchor::Start, (x, bottom + 18.0), name(line));
            free = x + room;
        }
        if next <= line {
            return;
        }
        line = next;
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Mark;
    use super::*;

    fn named(from: &str, to: &str, right: f64) -> Vec<String> {
        let (from, to) = (Date::parse(from).unwrap(), Date::parse(to).unwrap());
        let mut picture = Picture::default();
        let scale = (right - 40.0) / f64::from(to.days_since(from));
        let at = |date: Date| 40.0 + scale * f64::from(date.days_since(from));
        axis(&mut picture, (from, to), (40.0, right, 10.0, 100.0), at);
        let text = |mark: &Mark| match mark {
            Mark::Text { text, .. } => Some(text.clone()),
            Mark::Path(..) => None,
        };
        picture.marks.iter().filter_map(text).collect()
    }

    #[test]
    fn long_times_have_years_and_short_ones_months() {
        let years = named("2019-05-02", "2026-02-01", 640.0);
        assert_eq!(years.first().map(String::as_str), Some("2019"));
        assert!(years.len() >= 6 && years.iter().all(|name| name.len() == 4));
        let quarters = named("2025-11-20", "2026-10-01", 640.0);
        assert_eq!(
            quarters,
            ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"][..quarters.len()]
        );
        assert!(quarters.len() >= 3, "{quarters:?}");
    }

    #[test]
    fn a_single_day_is_no_endless_loop() {
        assert!(named("2026-01-01", "2026-01-02", 300.0).len() <= 1);
    }
}
