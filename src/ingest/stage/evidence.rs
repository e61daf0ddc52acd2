//! What the values of a column are: how many read as dates, numbers, codes, addresses.

use super::super::cells::{self, Number};
use super::super::layout::{DateOrder, DecimalMark};
use super::dialect::share;
use crate::base::Date;
use rustc_hash::FxHashMap;

/// Letters of the longest date in words: Wednesday, September.
const LETTERS: usize = 26;

/// Counts over the filled cells of a column.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Different values, as written, in the order of the file.
    texts: Vec<String>,
    /// The values in the order of the file, as places in `texts`.
    places: Vec<u32>,
    pub numbers: Numbers,
    pub dates: Dates,
    pub emails: usize,
    pub currencies: usize,
    /// Values with a letter in them.
    pub worded: usize,
    /// Values that are whole numbers.
    pub whole: usize,
    /// Values that are a number and one word.
    pub units: usize,
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

/// As many as the value stands in the column, where something is so.
fn counting(count: usize) -> impl Fn(bool) -> usize {
    move |is| if is { count } else { 0 }
}

impl Evidence {
    pub fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        // Each different value is read once, in the order of the file.
        let mut counts: Vec<(&str, usize)> = Vec::new();
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        for value in values.filter(|v| !cells::is_missing(v)) {
            let next = u32::try_from(counts.len()).unwrap_or(u32::MAX);
            let place = *known.entry(value).or_insert(next);
            match counts.get_mut(place as usize) {
                Some((_, count)) => *count += 1,
                None => counts.push((value, 1)),
            }
            found.places.push(place);
        }
        found.texts = counts
            .iter()
            .map(|(value, _)| (*value).to_owned())
            .collect();
        for (value, count) in counts {
            found.add(value, count);
        }
        found
    }

    /// Values, as written, in the order of the file.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let places = self.places.iter();
        places.filter_map(|place| self.texts.get(*place as usize).map(String::as_str))
    }

    /// Whether another column has the same values in the same order.
    pub fn equals(&self, other: &Self) -> bool {
        self.places == other.places && self.texts == other.texts
    }

    /// How many different values there are.
    pub const fn distinct(&self) -> usize {
        self.texts.len()
    }

    fn add(&mut self, value: &str, count: usize) {
        let plain = cells::shown(value);
        // Most texts are names: they are told by their letters, without trying every form.
        let letters = plain
            .chars()
            .filter(|c| c.is_alphabetic())
            .take(LETTERS + 1)
            .count();
        let digits = plain.bytes().any(|b| b.is_ascii_digit());
        if digits && letters <= LETTERS {
            self.dates.add(plain, count);
        }
        if digits && letters <= 8 {
            self.numbers.add(value, count);
        }
        let counted = counting(count);
        let at = plain.find('@');
        self.emails += counted(at.is_some_and(|at| {
            at > 0 && plain.get(at..).is_some_and(|host| host.contains('.')) && !plain.contains(' ')
        }));
        self.currencies += counted(cells::is_code(plain));
        self.worded += counted(letters > 0);
        self.units += counted(digits && letters > 0 && cells::unit(plain).is_some());
        // Some tools write numbers of customers as `17850.0`.
        let whole = plain.strip_suffix(".0").unwrap_or(plain);
        self.whole += counted(whole.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    }

    /// How many values there are.
    pub fn filled(&self) -> usize {
        self.places.len()
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
        share(self.distinct(), self.filled())
    }

    /// The share of values with a letter.
    pub fn worded_rate(&self) -> f64 {
        share(self.worded, self.filled())
    }

    /// A few different values, as a person sees them.
    pub fn samples(&self) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for value in &self.texts {
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
    fn add(&mut self, value: &str, count: usize) {
        let counted = counting(count);
        let read = |mark| cells::percent(value, mark).ok().flatten();
        let (dot, comma) = (read(DecimalMark::Dot), read(DecimalMark::Comma));
        self.any += counted(dot.is_some() || comma.is_some());
        self.percent += counted(value.ends_with('%'));
        match (dot, comma) {
            (Some(_), None) => self.dot += count,
            (None, Some(_)) => self.comma += count,
            (Some(a), Some(b)) if Number::decimal(a) != Number::decimal(b) => {
                self.both += count;
                self.example.get_or_insert_with(|| value.to_owned());
            }
            _ => {}
        }
        let signed =
            |c: char| !c.is_ascii_digit() && (!c.is_ascii() || c.is_ascii_uppercase() || c == '$');
        self.money += counted((dot.is_some() || comma.is_some()) && value.contains(signed));
    }
}

impl Dates {
    fn add(&mut self, value: &str, count: usize) {
        let counted = counting(count);
        // Most values that begin with a digit are numbers, which no order of parts makes a date.
        let [ymd, dmy, mdy] = if is_amount(value) {
            [None; 3]
        } else {
            cells::dates(value, [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy])
        };
        self.ymd += counted(ymd.is_some());
        self.dmy += counted(dmy.is_some());
        self.mdy += counted(mdy.is_some());
        self.only_dmy += counted(dmy.is_some() && mdy.is_none());
        self.only_mdy += counted(mdy.is_some() && dmy.is_none());
        if dmy.is_some() && mdy.is_some() && dmy != mdy {
            self.both += count;
            self.example.get_or_insert_with(|| value.to_owned());
        }
        let day = value.split(' ').next().unwrap_or("");
        self.dotted += counted(day.matches('.').count() == 2);
        if let Ok(number) = value.split('.').next().unwrap_or("").parse::<i64>() {
            self.serial += counted((20_000..80_000).contains(&number));
            self.seconds += counted((600_000_000..5_000_000_000).contains(&number));
            self.millis += counted((600_000_000_000..5_000_000_000_000).contains(&number));
        }
    }
}

/// Digits with at most one mark among them, and not as many as `20260203` has.
fn is_amount(text: &str) -> bool {
    let marks = text.bytes().filter(|b| !b.is_ascii_digit()).count();
    let mark = |b: u8| matches!(b, b'.' | b',');
    text.len() != 8 && (marks == 0 || marks == 1 && text.bytes().any(mark))
}

/// The dates of a column under a reading, in the order of the file.
pub(super) fn dates_in(evidence: &Evidence, order: DateOrder) -> Vec<Date> {
    evidence
        .values()
        .filter_map(|v| cells::date(v, order).ok().flatten())
        .collect()
}
