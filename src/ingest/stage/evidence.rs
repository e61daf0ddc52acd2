//! What the values of a column are: how many read as dates, numbers, codes, addresses.

use super::super::cells::{self, Number};
use super::super::layout::{DateOrder, DecimalMark};
use super::dialect::share;
use crate::base::Date;
use crate::base::order::sort_by;

/// Values of a column that are looked at.
const VALUES: usize = 5000;

/// Letters of the longest date in words: Wednesday, September.
const LETTERS: usize = 26;

/// Counts over the filled cells of a column.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Values, as written, in the order of the file.
    pub values: Vec<String>,
    /// Different values.
    pub distinct: usize,
    pub numbers: Numbers,
    pub dates: Dates,
    pub emails: usize,
    pub currencies: usize,
    /// Values with a letter in them.
    pub worded: usize,
    /// Values that are whole numbers.
    pub whole: usize,
}

/// How values read as numbers.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Under one mark or both.
    pub any: usize,
    /// Only with a dot as decimal mark, and only with a comma.
    pub dot: usize,
    pub comma: usize,
    /// With either, to different numbers; the first such value.
    pub both: usize,
    pub example: Option<String>,
    /// With a currency beside them.
    pub money: usize,
    /// With a percent sign.
    pub percent: usize,
}

/// How values read as dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub ymd: usize,
    pub dmy: usize,
    pub mdy: usize,
    /// As both of the last two, to different days; the first such value.
    pub both: usize,
    pub example: Option<String>,
    /// Day-first only, and month-first only.
    pub only_dmy: usize,
    pub only_mdy: usize,
    /// With dots between the parts.
    pub dotted: usize,
    /// Whole numbers of a size that days since 1900 have, seconds and milliseconds since 1970.
    pub serial: usize,
    pub seconds: usize,
    pub millis: usize,
}

impl Evidence {
    pub fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for value in values.filter(|v| !cells::is_missing(v)).take(VALUES) {
            found.add(value);
        }
        let mut distinct: Vec<&str> = found.values.iter().map(String::as_str).collect();
        sort_by(&mut distinct, Ord::cmp);
        distinct.dedup();
        found.distinct = distinct.len();
        found
    }

    fn add(&mut self, value: &str) {
        let plain = cells::shown(value);
        // Most texts are names: they are told by their letters, without trying every form.
        let letters = plain
            .chars()
            .filter(|c| c.is_alphabetic())
            .take(LETTERS + 1)
            .count();
        let digits = plain.bytes().any(|b| b.is_ascii_digit());
        if digits && letters <= LETTERS {
            self.dates.add(plain);
        }
        if digits && letters <= 8 {
            self.numbers.add(value);
        }
        let at = plain.find('@');
        self.emails += usize::from(at.is_some_and(|at| {
            at > 0 && plain.get(at..).is_some_and(|host| host.contains('.')) && !plain.contains(' ')
        }));
        self.currencies += usize::from(cells::is_code(plain));
        self.worded += usize::from(letters > 0);
        self.whole += usize::from(plain.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
        self.values.push(value.to_owned());
    }

    /// How many values there are.
    pub fn filled(&self) -> usize {
        self.values.len()
    }

    /// The share of values that are numbers.
    pub fn number_rate(&self) -> f64 {
        share(self.numbers.any, self.filled())
    }

    /// The share of values that are dates in one reading of parts.
    pub fn date_rate(&self) -> f64 {
        share(
            self.dates.ymd.max(self.dates.dmy).max(self.dates.mdy),
            self.filled(),
        )
    }

    /// The share of values that count days, seconds or milliseconds.
    pub fn counted_date_rate(&self) -> f64 {
        share(
            self.dates
                .serial
                .max(self.dates.seconds)
                .max(self.dates.millis),
            self.filled(),
        )
    }

    /// The share of values that differ.
    pub fn distinct_rate(&self) -> f64 {
        share(self.distinct, self.filled())
    }

    /// The share of values with a letter.
    pub fn worded_rate(&self) -> f64 {
        share(self.worded, self.filled())
    }

    /// A few different values, as a person sees them.
    pub fn samples(&self) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for value in &self.values {
            let shown: String = cells::shown(value).chars().take(60).collect();
            if !samples.contains(&shown) {
                samples.push(shown);
            }
            if samples.len() == 4 {
                break;
            }
        }
        samples
    }
}

impl Numbers {
    fn add(&mut self, value: &str) {
        let read = |mark| cells::percent(value, mark).ok().flatten();
        let (dot, comma) = (read(DecimalMark::Dot), read(DecimalMark::Comma));
        self.any += usize::from(dot.is_some() || comma.is_some());
        self.percent += usize::from(value.ends_with('%'));
        match (dot, comma) {
            (Some(_), None) => self.dot += 1,
            (None, Some(_)) => self.comma += 1,
            (Some(a), Some(b)) if Number::decimal(a) != Number::decimal(b) => {
                self.both += 1;
                self.example.get_or_insert_with(|| value.to_owned());
            }
            _ => {}
        }
        let signed =
            |c: char| !c.is_ascii_digit() && (!c.is_ascii() || c.is_ascii_uppercase() || c == '$');
        self.money += usize::from((dot.is_some() || comma.is_some()) && value.contains(signed));
    }
}

impl Dates {
    fn add(&mut self, value: &str) {
        let read = |order| cells::date(value, order).ok().flatten();
        let (dmy, mdy) = (read(DateOrder::Dmy), read(DateOrder::Mdy));
        self.ymd += usize::from(read(DateOrder::Ymd).is_some());
        self.dmy += usize::from(dmy.is_some());
        self.mdy += usize::from(mdy.is_some());
        self.only_dmy += usize::from(dmy.is_some() && mdy.is_none());
        self.only_mdy += usize::from(mdy.is_some() && dmy.is_none());
        if dmy.is_some() && mdy.is_some() && dmy != mdy {
            self.both += 1;
            self.example.get_or_insert_with(|| value.to_owned());
        }
        let day = value.split(' ').next().unwrap_or("");
        self.dotted += usize::from(day.matches('.').count() == 2);
        if let Ok(number) = value.split('.').next().unwrap_or("").parse::<i64>() {
            self.serial += usize::from((20_000..80_000).contains(&number));
            self.seconds += usize::from((600_000_000..5_000_000_000).contains(&number));
            self.millis += usize::from((600_000_000_000..5_000_000_000_000).contains(&number));
        }
    }
}

/// The dates of a column under a reading, in the order of the file.
pub(super) fn dates_in(values: &[String], order: DateOrder) -> Vec<Date> {
    values
        .iter()
        .filter_map(|v| cells::date(v, order).ok().flatten())
        .collect()
}
