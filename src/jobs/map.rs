//! The frequency and recency map: accounts by how often they have ordered again and how long they
//! have been silent, with the chance that they still buy.
//!
//! In: a fit. Out: a sheet with one row a field. A field with accounts has the mean of theirs; one
//! without has what the model says of an account known for as long as the book's middle one, where
//! such an account can be.

use crate::base::Unit;
use crate::base::num::median;
use crate::metrics::{Exactness, Sheet, SheetColumn};
use crate::models::{History, Scratch, Weeks};
use crate::value::sheets::cells::{column, count, float, text};

use super::forecast::Fitted;

/// Classes of silence: up to so many weeks, the words, and the middle of the class.
const SILENCES: [(f64, &str, f64); 7] = [
    (2.0, "up to 2 weeks", 1.0),
    (4.0, "2 to 4 weeks", 3.0),
    (8.0, "4 to 8 weeks", 6.0),
    (13.0, "8 to 13 weeks", 10.5),
    (26.0, "13 to 26 weeks", 19.5),
    (52.0, "26 to 52 weeks", 39.0),
    (f64::INFINITY, "over a year", 72.0),
];

/// Classes of repeat orders: up to so many, the words, and the middle of the class.
const REPEATS: [(u32, &str, u32); 8] = [
    (0, "0", 0),
    (1, "1", 1),
    (2, "2", 2),
    (4, "3 to 4", 3),
    (8, "5 to 8", 6),
    (16, "9 to 16", 12),
    (32, "17 to 32", 24),
    (u32::MAX, "33 and more", 44),
];

/// What the accounts of one field add up to.
#[derive(Debug, Clone, Copy, Default)]
struct Field {
    accounts: u32,
    alive: f64,
    expected: f64,
}

fn place(history: &History) -> Option<(usize, usize)> {
    let silence = history.silence().get();
    let row = SILENCES.iter().position(|(up_to, ..)| silence <= *up_to)?;
    let column = REPEATS
        .iter()
        .position(|(up_to, ..)| history.repeats <= *up_to)?;
    Some((row, column))
}

/// The fields of all classes.
type Fields = [[Field; REPEATS.len()]; SILENCES.len()];

/// Fields, the last row and column with an account, and the middle age of all accounts in weeks.
fn fields(fitted: &Fitted) -> (Fields, (usize, usize), f64) {
    let histories = fitted.fit().histories();
    let mut fields = [[Field::default(); REPEATS.len()]; SILENCES.len()];
    let mut ages = Vec::new();
    let mut last = (0, 0);
    for account in 0..histories.len() {
        let history = histories.of(account);
        let Some((history, at)) = history.and_then(|history| Some((history, place(history)?)))
        else {
            continue;
        };
        ages.push(history.age.get());
        last = (last.0.max(at.0), last.1.max(at.1));
        let expected = fitted.expected.get(account).copied().unwrap_or_default();
        if let Some(field) = fields.get_mut(at.0).and_then(|row| row.get_mut(at.1)) {
            field.accounts += 1;
            field.alive += fitted.fit().pool().p_alive(history);
            field.expected += expected;
        }
    }
    (fields, last, median(&ages).unwrap_or_default())
}

/// The map as a sheet; its key and title are the caller's.
pub(super) fn sheet(fitted: &Fitted) -> Sheet {
    let (fields, last, age) = fields(fitted);
    let pool = fitted.fit().pool();
    let mut scratch = Scratch::default();
    let mut rows = Vec::new();
    for ((_, silence, weeks), row) in SILENCES.iter().zip(&fields).take(last.0 + 1) {
        for ((_, repeats, middle), field) in REPEATS.iter().zip(row).take(last.1 + 1) {
            let (alive, expected, rests) = if field.accounts > 0 {
                let mean = |sum: f64| Some(sum / f64::from(field.accounts));
                (mean(field.alive), mean(field.expected), "Its accounts")
            } else {
                let history = such(age, *weeks, *middle);
                let alive = history.as_ref().map(|history| pool.p_alive(history));
                let expected = history.map(|it| pool.expected(&it, Weeks::YEAR, &mut scratch));
                (alive, expected, "The model alone")
            };
            let missing = "No account known for so long can stand here.";
            let number =
                |x: Option<f64>| float(x.unwrap_or(f64::NAN), Exactness::Estimated, missing);
            rows.push(vec![
                text(*silence),
                text(*repeats),
                count(field.accounts),
                number(alive.map(|x| 100.0 * x)),
                number(expected),
                text(rests),
            ]);
        }
    }
    Sheet {
        key: String::new(),
        title: String::new(),
        caption: format!(
            "The same silence means more from a frequent buyer than from a rare one. Each field is the \
             mean of its accounts; without any it is what the model says of an account known for \
             {age:.0} weeks."
        ),
        columns: columns(),
        rows,
    }
}

fn columns() -> Vec<SheetColumn> {
    vec![
        column(
            "silence",
            "Last order",
            Unit::Text,
            "Time before the as-of date.",
        ),
        column(
            "repeats",
            "Repeat orders",
            Unit::Text,
            "Order days after the first.",
        ),
        column("accounts", "Accounts", Unit::Count, ""),
        column(
            "alive",
            "Still buys",
            Unit::Percent,
            "The chance, by the fitted model.",
        ),
        column(
            "expected",
            "Orders a year",
            Unit::Ratio,
            "Expected in the coming year.",
        ),
        column("rests", "Rests on", Unit::Text, ""),
    ]
}

/// An account known for so many weeks, silent for so many, with so many repeat orders; `None` where
/// the orders would have no room.
fn such(age: f64, silence: f64, repeats: u32) -> Option<History> {
    // Without repeat orders an account has been silent all along.
    if repeats == 0 {
        return Some(History::new(0, Weeks::ZERO, Weeks::new(silence), 0.0));
    }
    let last = age - silence;
    (last >= f64::from(repeats) * Weeks::of_days(1).get())
        .then(|| History::new(repeats, Weeks::new(last), Weeks::new(age), 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_has_a_field_and_impossible_ones_have_no_chance() {
        let history =
            |repeats, last, age| History::new(repeats, Weeks::new(last), Weeks::new(age), 0.0);
        assert_eq!(place(&history(0, 0.0, 1.0)), Some((0, 0)));
        assert_eq!(place(&history(5, 50.0, 53.0)), Some((1, 4)));
        assert_eq!(place(&history(900, 10.0, 500.0)), Some((6, 7)));
        assert_eq!(such(30.0, 39.0, 2), None);
        assert_eq!(such(30.0, 10.0, 2).map(|h| h.last.get()), Some(20.0));
        assert_eq!(such(30.0, 39.0, 0).map(|h| h.age.get()), Some(39.0));
    }
}
