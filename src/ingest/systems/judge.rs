//! Applies the rules of a system to each row.

use super::generic::ALSO_STATUS;
use super::{GENERIC, Is, On, Quirks, Rule, quirks};
use crate::ingest::layout::Layout;
use crate::ingest::role::Role;
use crate::ingest::row::Row;
use crate::ingest::words::{listed, names, normalise};

/// What a row of data is for the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A line of an order.
    Line,
    /// An order, as opposed to its invoice.
    Order,
    /// An invoice.
    Invoice,
    /// A return or credit: its amounts reduce, whichever sign they are written with.
    Return,
    /// An order that came back: as [`Self::Return`] beside its sale, else nothing was sold.
    Returned,
    /// No order, for this reason, in words, plural ("cancelled orders").
    NoOrder(&'static str),
}

impl Verdict {
    /// Whether the row's amounts reduce, whichever sign they are written with.
    pub const fn takes_back(self) -> bool {
        matches!(self, Self::Return | Self::Returned)
    }
}

/// The rules of one file, ready to apply.
#[derive(Debug)]
pub struct Judge {
    checks: Vec<Check>,
    /// The order's column, where rules see the first line of an order only.
    order: Option<usize>,
    last_order: String,
    last: Verdict,
}

/// One rule with its columns found.
#[derive(Debug)]
struct Check {
    tests: Vec<Cell>,
    then: Verdict,
}

/// One test with its column found, and the last few answers.
#[derive(Debug)]
struct Cell {
    column: usize,
    is: Is,
    /// A word of two letters may be a part of a country.
    state: bool,
    known: Vec<(String, bool)>,
}

/// Last words of headers of a status, or of a part of a country: `GU` is no `Gutschrift` there.
const STATES: &str = "state|estado|stato|etat";

/// Answers kept for a test; a status has few values.
const KNOWN: usize = 12;

impl Judge {
    /// The rules for a layout; the general ones about words of status come last.
    pub fn new(layout: &Layout) -> Self {
        let quirks: &Quirks = quirks(layout);
        let known = !std::ptr::eq(quirks, &raw const GENERIC);
        // The column with the role, and those that say what a row is as well.
        let mut columns = vec![None];
        if !known {
            let status = layout.column(Role::Status);
            let all = layout.columns.iter().enumerate().filter(|(at, column)| {
                Some(*at) != status && listed(ALSO_STATUS, &normalise(&column.header))
            });
            columns.extend(all.map(|(at, _)| Some(at)));
        }
        let mut checks: Vec<Check> = Vec::new();
        // What kind of document a sale is matters least.
        for kind in [false, true] {
            for column in &columns {
                let own = quirks.rules.iter().filter(|_| known && column.is_none());
                let rules = own
                    .chain(GENERIC.rules)
                    .filter(|rule| matches!(rule.then, Verdict::Order | Verdict::Invoice) == kind);
                checks.extend(rules.filter_map(|rule| check(rule, layout, *column)));
            }
        }
        let sticky = quirks.fill_down.contains(&Role::Status);
        let order = layout.column(Role::Order).filter(|_| sticky);
        Self {
            checks,
            order,
            last_order: String::new(),
            last: Verdict::Line,
        }
    }

    /// What a row of data is.
    pub fn judge(&mut self, row: &Row<'_>) -> Verdict {
        if self.checks.is_empty() {
            return Verdict::Line;
        }
        let own = self
            .checks
            .iter_mut()
            .find_map(|check| check.holds(row).then_some(check.then));
        let Some(order) = self.order.map(|column| row.cell(column)) else {
            return own.unwrap_or(Verdict::Line);
        };
        let continues = !order.is_empty() && order == self.last_order;
        let verdict = match own {
            Some(verdict) => verdict,
            None if continues => self.last,
            None => Verdict::Line,
        };
        if !continues {
            order.clone_into(&mut self.last_order);
        }
        self.last = verdict;
        verdict
    }
}

/// Finds the columns of a rule; `None` when the file lacks one. `also` is a column that says what a
/// row is as well as the one with the role: then only rules about that.
fn check(rule: &Rule, layout: &Layout, also: Option<usize>) -> Option<Check> {
    if names(rule.unless).any(|header| find(header, layout).is_some()) {
        return None;
    }
    let mut tests = Vec::with_capacity(rule.tests.len());
    for test in rule.tests {
        let column = match test.on {
            On::Header(headers) => names(headers)
                .find_map(|name| find(name, layout))
                .filter(|_| also.is_none())?,
            On::Role(wanted) => also.or_else(|| layout.column(wanted))?,
        };
        let header = layout.header(column);
        tests.push(Cell {
            column,
            is: test.is,
            state: listed(STATES, normalise(header).rsplit(' ').next().unwrap_or("")),
            known: Vec::new(),
        });
    }
    Some(Check {
        tests,
        then: rule.then,
    })
}

fn find(header: &str, layout: &Layout) -> Option<usize> {
    layout
        .columns
        .iter()
        .position(|c| normalise(&c.header) == header)
}

impl Check {
    fn holds(&mut self, row: &Row<'_>) -> bool {
        self.tests
            .iter_mut()
            .all(|test| test.holds(row.cell(test.column)))
    }
}

impl Cell {
    fn holds(&mut self, text: &str) -> bool {
        if self.state && text.len() <= 3 {
            return false;
        }
        if text.len() > 64 {
            return self.is.holds(text);
        }
        if let Some((_, answer)) = self.known.iter().find(|(known, _)| known == text) {
            return *answer;
        }
        let answer = self.is.holds(text);
        if self.known.len() >= KNOWN {
            self.known.clear();
        }
        self.known.push((text.to_owned(), answer));
        answer
    }
}

impl Is {
    /// Whether a cell holds it.
    pub fn holds(self, text: &str) -> bool {
        let text = normalise(text);
        let starts = |words: &str| names(words).any(|word| starts_with_word(&text, word));
        match self {
            Self::Word(words) => starts(words),
            Self::About(words) => {
                starts(words)
                    || (names(words).any(|word| ends_with_word(&text, word))
                        && !text.split(' ').any(|word| listed(UNSURE, word)))
            }
            Self::NotWord(words) => !text.is_empty() && !starts(words),
            Self::Exactly(words) => listed(words, &text),
            Self::Contains(words) => words.split('|').any(|word| text.contains(word)),
            Self::Filled => !listed(EMPTY, &text) && !text.bytes().all(|b| b == b'0'),
            Self::Empty => text.is_empty(),
        }
    }
}

/// Words of a cell that says nothing, or no.
const EMPTY: &str = "\
    false|no|n|nein|non|nej|nee|nie|nao|none|na|n a|nan|null|not assigned|nicht zugeordnet|\
    not rejected|nothing rejected|kein|keine|keiner|aucun|aucune|ninguno|ninguna|nessuno|geen";

/// Words with which a text does not say what it ends with.
const UNSURE: &str = "\
    not|no|non|never|none|nicht|kein|keine|niet|nie|nao|inte|without|ohne|sans|sin|pas|from|ex|aus|partial|\
    partially|partly|teilweise|partiellement|parcialmente|pending|awaiting|waiting|to|former";

/// Whether a text ends with a word; a German one may be the end of a longer one.
fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| rest.ends_with(' ') || matches!(word, "gutschrift" | "storno"))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
