//! What the user has marked: snoozed, ceased, noted, or known of an account or of its item.
//!
//! Part of the document, by the account's name; dates, never clocks. A mark says nothing once it has
//! been overtaken: a snooze that is over, or an order after the account was said to have ceased.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::accounts::cycles::Known;
use crate::base::Date;

/// Longest note, in characters.
pub const MOST_NOTE: usize = 500;

/// All marks by the account's name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks {
    /// By name as the order book has it.
    pub accounts: BTreeMap<String, Mark>,
}

/// What is marked of one account; of an item only the first two are used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// Not in the list before this day.
    pub snoozed_until: Option<Date>,
    /// It has stopped buying, said on this day; an order after it lifts the mark.
    pub ceased: Option<Date>,
    /// A note, shown beside the account.
    pub note: String,
    /// What the user knows of its rhythm.
    pub known: Option<Known>,
    /// Marks of its items, by the part's number.
    pub items: BTreeMap<String, Mark>,
}

/// Why something is not in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Until a day.
    Snoozed(Date),
    /// It has ceased.
    Ceased,
}

impl Marks {
    /// An account's mark.
    pub fn of(&self, account: &str) -> Option<&Mark> {
        self.accounts.get(account)
    }

    /// Marks from any JSON: what can be read is kept, and what cannot is named, with what is wrong.
    ///
    /// ```
    /// use perennial::actions::Marks;
    /// let value = serde_json::json!({
    ///     "Acme": { "snoozed_until": "2026-05-01" },
    ///     "Bolt": { "ceased": "yesterday" },
    /// });
    /// let (marks, unread) = Marks::restore(&value);
    /// assert_eq!(marks.accounts.len(), 1);
    /// assert!(unread[0].starts_with("Bolt: "));
    /// ```
    pub fn restore(value: &serde_json::Value) -> (Self, Vec<String>) {
        let (mut marks, mut unread) = (Self::default(), Vec::new());
        for (account, value) in value.as_object().into_iter().flatten() {
            match Mark::deserialize(value) {
                Ok(mark) => marks.change(account, |empty| *empty = mark),
                Err(why) => {
                    let name: String = account.chars().take(80).collect();
                    unread.push(format!("{name}: {why}"));
                }
            }
        }
        (marks, unread)
    }

    /// Changes an account's mark; what is left empty is forgotten.
    ///
    /// ```
    /// use perennial::actions::Marks;
    /// use perennial::base::Date;
    /// let mut marks = Marks::default();
    /// marks.change("Acme", |mark| mark.snoozed_until = Date::parse("2026-05-01"));
    /// assert_eq!(marks.accounts.len(), 1);
    /// marks.change("Acme", |mark| mark.snoozed_until = None);
    /// assert!(marks.accounts.is_empty());
    /// ```
    pub fn change(&mut self, account: &str, with: impl FnOnce(&mut Mark)) {
        let mark = self.accounts.entry(account.to_owned()).or_default();
        with(mark);
        mark.tidy();
        if mark.is_empty() {
            self.accounts.remove(account);
        }
    }
}

impl Mark {
    /// Nothing is marked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it keeps what it marks out of the list, as of a date and after its last order.
    pub fn hides(&self, as_of: Date, last_order: Date) -> Option<Hidden> {
        if self.ceased.is_some_and(|ceased| last_order <= ceased) {
            return Some(Hidden::Ceased);
        }
        let until = self.snoozed_until.filter(|until| *until > as_of)?;
        Some(Hidden::Snoozed(until))
    }

    fn tidy(&mut self) {
        if let Some((end, _)) = self.note.char_indices().nth(MOST_NOTE) {
            self.note.truncate(end);
        }
        self.items.retain(|_, item| !item.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn s62_a_mark_that_was_overtaken_hides_nothing() {
        let mark = Mark {
            snoozed_until: Some(day("2026-05-01")),
            ceased: Some(day("2026-03-01")),
            ..Mark::default()
        };
        let hides = |as_of, last| mark.hides(day(as_of), day(last));
        assert_eq!(hides("2026-04-01", "2026-01-01"), Some(Hidden::Ceased));
        let until = Hidden::Snoozed(day("2026-05-01"));
        assert_eq!(hides("2026-04-01", "2026-03-15"), Some(until));
        assert_eq!(hides("2026-05-01", "2026-03-15"), None);
    }

    #[test]
    fn s62_marks_come_back_as_they_went() {
        let mut marks = Marks::default();
        marks.change("Müller & Söhne", |mark| {
            mark.note = "ü".repeat(600);
            mark.known = Some(Known::Contract(day("2026-09-01")));
            mark.items.insert("P1".into(), Mark::default());
        });
        marks.change("Bolt", |mark| mark.ceased = Some(day("2026-02-03")));
        let text = serde_json::to_string(&marks).unwrap();
        assert!(
            text.contains(r#""known":{"contract":"2026-09-01"},"items":{}"#),
            "{text}"
        );
        let again: Marks = serde_json::from_str(&text).unwrap();
        assert_eq!(again, marks);
        assert_eq!(
            again.of("Müller & Söhne").unwrap().note.chars().count(),
            MOST_NOTE
        );
        let short = r#"{"Müller & Söhne":{"ceased":"2026-02-03"}}"#;
        let read: Marks = serde_json::from_str(short).unwrap();
        assert_eq!(
            read.of("Müller & Söhne").unwrap().ceased,
            Some(day("2026-02-03"))
        );
        assert_eq!(
            Marks::restore(&serde_json::from_str(&text).unwrap()),
            (marks.clone(), vec![])
        );
        assert_eq!(
            Marks::restore(&serde_json::json!([1])),
            (Marks::default(), vec![])
        );
        // The page sends them to its worker.
        let packed = crate::base::packed::pack(&marks);
        assert_eq!(
            crate::base::packed::unpack::<Marks>(&packed).unwrap(),
            marks
        );
    }
}
