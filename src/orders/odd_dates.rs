//! Dates that are hardly right: they stay in the book with a warning, and late ones do not move its
//! end.

use super::build::Builder;
use super::problems::Found;
use super::reading::Reader;
use crate::base::Date;
use crate::base::parts::range;
use crate::ingest::problem::{Code, Fix, Problem};
use crate::ingest::role::Role;

/// Days in ten years, beyond which a later date is odd.
const TEN_YEARS: i32 = 3653;

impl Builder {
    /// Warns of dates before 1970 and of those ten years after the file's median, and finds the
    /// last day that counts.
    #[inline(never)]
    pub(super) fn odd_dates(&mut self) {
        let dates = &self.book.dates;
        let Some((first, last)) = range(dates) else {
            return;
        };
        self.book.last = Some(last);
        let epoch = Date::from_days(0);
        if first >= epoch && last.days_since(first) <= TEN_YEARS {
            return;
        }
        let mut sorted: Vec<Date> = dates.clone();
        let middle = sorted.len() / 2;
        let (_, median, _) = sorted.select_nth_unstable(middle);
        let limit = median.plus_days(TEN_YEARS);
        self.book.last = dates.iter().filter(|d| **d <= limit).max().copied();
        let odd: Vec<(usize, Date)> = dates
            .iter()
            .enumerate()
            .filter(|(_, d)| **d > limit || **d < epoch)
            .map(|(line, d)| (line, *d))
            .collect();
        for (line, date) in odd {
            let (file, file_line) = self.book.place(line);
            let column = Reader::of(&self.readers, file).and_then(|r| r.column(Role::Date));
            self.problems.add(Found {
                problem: Problem {
                    code: Code::OddDate,
                    file,
                    row: u64::from(file_line),
                    column,
                    role: Some(Role::Date),
                    found: date.to_string(),
                },
                expected: format!(
                    "a date from 1970 to {limit}; later ones are not counted until they are mended"
                ),
                rejected: false,
                fixes: column
                    .map(|column| Fix::Replace {
                        column,
                        found: date.to_string(),
                        with: String::new(),
                    })
                    .into_iter()
                    .collect(),
                same: date.to_string(),
            });
        }
    }
}
