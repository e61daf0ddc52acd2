//! The groups that rows stand under, in files that name the customer above its rows.

use super::kind::is_total;
use crate::ingest::row::RowKind;
use crate::ingest::scan::Line;
use crate::ingest::words::normalise;

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
            RowKind::Group if self.ended => return RowKind::Note,
            RowKind::Group => {
                // Without totals between them, the next name takes the place of the last.
                if self.used || self.open.len() >= DEPTH {
                    self.open.pop();
                }
                self.used = false;
                self.open.push(label.to_owned());
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
            None if self.open.is_empty() || !label.contains(' ') => {
                self.open.clear();
                self.ended = true;
            }
            None => {}
        }
        self.used = false;
    }
}
