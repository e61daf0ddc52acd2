//! The groups that rows stand under, in files that name the customer above its rows.

use super::kind::is_total;
use crate::ingest::row::RowKind;
use crate::ingest::scan::Line;
use crate::ingest::words::{listed, names, normalise};

/// The names that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Groups {
    open: Vec<String>,
    /// A row of data came since the last name.
    used: bool,
    /// The grand total came: names below it are footers.
    ended: bool,
}

/// Groups within groups.
const DEPTH: usize = 16;

/// Beginnings of a sum that is not the whole file's.
const PART: &str = "subtotal|sub total|subtotaal|subtotale|zwischensumme|sous total";

/// What stands before a group's name: `Customer: Acme`.
const BEFORE: &str = "\
    customer|customer name|client|account|kunde|debitor|cliente|klant|klient|kund|company|firma";

/// The name in a group's row.
fn named(label: &str) -> &str {
    match label.split_once(": ") {
        Some((before, name)) if listed(BEFORE, &normalise(before)) => name.trim(),
        _ => label,
    }
}

impl Groups {
    /// The innermost name.
    pub fn name(&self) -> Option<&str> {
        self.open.last().map(String::as_str)
    }

    /// Takes a row into account and says what it is here.
    pub fn note(&mut self, kind: RowKind, line: &Line<'_>) -> RowKind {
        let label = line
            .cells
            .iter()
            .find(|cell| !cell.is_empty())
            .copied()
            .unwrap_or("");
        match kind {
            RowKind::Data => self.used = true,
            // A footer, unless rows of data follow.
            RowKind::Group if self.ended => {
                self.open.clear();
                self.open.push(named(label).to_owned());
                return RowKind::Note;
            }
            RowKind::Group => {
                // Without totals between them, the next name takes the place of the last.
                if self.used || self.open.len() >= DEPTH {
                    self.open.pop();
                }
                self.used = false;
                self.open.push(named(label).to_owned());
            }
            RowKind::Total => self.close(label),
            RowKind::RepeatedHeader | RowKind::Note | RowKind::Blank => {}
        }
        kind
    }

    /// A total closes the group it names; one that names none closes all.
    fn close(&mut self, label: &str) {
        if !is_total(label, true) {
            return;
        }
        let label = normalise(label);
        let named = self
            .open
            .iter()
            .rposition(|name| label.ends_with(&normalise(name)));
        match named {
            Some(at) => self.open.truncate(at),
            // The sum of the group that is open, without its name.
            None if names(PART).any(|start| label.starts_with(start)) => drop(self.open.pop()),
            None if self.open.is_empty() || !label.contains(' ') => {
                self.open.clear();
                self.ended = true;
            }
            None => {}
        }
        self.used = false;
    }
}
