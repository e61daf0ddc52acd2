//! What the known systems export: their headers, what each means, and their traps, as data.
//!
//! A file is a system's when at least 70 % of one of its signatures stands in the header row; its
//! roles then hold without guessing. The traps are [`Quirks`] for the stage that builds the book,
//! and rules that a [`Judge`] applies to each row.

/// A rule whose tests must all hold.
macro_rules! rule {
    ($then:expr, $($on:expr => $is:expr),+) => {
        Rule { tests: &[$(Test { on: $on, is: $is }),+], unless: "", then: $then }
    };
}

mod generic;
mod judge;
mod shops;
mod suites;

pub use generic::GENERIC;
pub(crate) use generic::{CREDITS, DEBITS, SIGNS};
pub use judge::{Judge, Verdict};

use super::layout::Layout;
use super::role::Role;
use super::words::{names, normalise};

/// What is peculiar about the exports of a system, for building the book.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own, not a state.
pub struct Quirks {
    /// Stable name, as in [`Layout::system`].
    pub key: &'static str,
    /// Its name in words.
    pub label: &'static str,
    /// Which rows are returns, and which are no orders.
    pub rules: &'static [Rule],
    /// Leading zeros of order, account and item numbers are padding.
    pub strip_zeros: bool,
    /// Stated on the first line of an order only and true of all its lines: fill down.
    pub fill_down: &'static [Role],
    /// Amounts of the whole order, on its first line or repeated on each: count once per order.
    pub once_per_order: &'static [Role],
    /// Headers, divided by bars, of numbers that name one order each, where one row is one order: a second row with
    /// its number is the same order again. A deal's name is no such number.
    pub row_ids: &'static str,
    /// What the file says of a whole order, by which the amounts of its lines are put right.
    pub whole: Whole,
    /// An order's total may stand on a line without an item, beside lines with items: leave it out
    /// where there are such lines.
    pub main_lines: bool,
    /// Lines are packed into cells (`product_id:4959|1|30`); the reader hands each out as a row.
    pub packed_items: bool,
    /// Rows with one name only are groups, and the group is the account.
    pub grouped: bool,
    /// What the import report says about it.
    pub note: &'static str,
}

/// No peculiarities; the base of the tables.
pub(crate) const PLAIN: Quirks = Quirks {
    key: "",
    label: "",
    rules: &[],
    strip_zeros: false,
    fill_down: &[],
    once_per_order: &[],
    row_ids: "",
    whole: Whole::Unsaid,
    main_lines: false,
    packed_items: false,
    grouped: false,
    note: "",
};

/// What a file says of a whole order, by normalised headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Nothing that its lines need.
    Unsaid,
    /// On its first line. The lines come to `net` after discounts on the whole order; `net` contains
    /// tax where it and the shipping are the whole `total`, and `tax` is not added to them.
    Net {
        /// The lines' amount.
        net: &'static str,
        /// Shipping charged.
        shipping: &'static str,
        /// The order's tax, that of its shipping included.
        tax: &'static str,
        /// What the customer pays.
        total: &'static str,
    },
    /// On each of its lines: what the customer pays, with the order's shipping and tax. Where a discount
    /// on the whole order is stated, the lines come to what is left.
    Rest {
        /// The discount.
        discount: &'static str,
        /// Shipping charged.
        shipping: &'static str,
        /// The order's tax.
        tax: &'static str,
        /// What the customer pays.
        total: &'static str,
    },
    /// Its total with tax, and the tax of each line: the lines' amounts contain their tax when they
    /// add up to the total, and do not when only amounts and taxes together do.
    WithTax {
        /// The order's total.
        total: &'static str,
        /// The line's tax.
        tax: &'static str,
    },
}

/// A rule about rows: when all its tests hold, it says what the row is.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Tests that must all hold.
    pub tests: &'static [Test],
    /// The rule does not apply to files that have one of these columns.
    pub unless: &'static str,
    /// What such a row is.
    pub then: Verdict,
}

/// A test of one cell.
#[derive(Debug, Clone, Copy)]
pub struct Test {
    /// Which column.
    pub on: On,
    /// What it must hold.
    pub is: Is,
}

/// A column, by its normalised header or by its role.
#[derive(Debug, Clone, Copy)]
pub enum On {
    /// The first of these headers that the file has.
    Header(&'static str),
    /// The column with this role.
    Role(Role),
}

/// What a cell holds.
#[derive(Debug, Clone, Copy)]
pub enum Is {
    /// One of these words (normalised), alone or followed by more words.
    Word(&'static str),
    /// One of these words at the beginning or at the end: `Sales Quote`, `Warengutschrift`; not at the
    /// end of a text that takes it back, such as `not cancelled`.
    About(&'static str),
    /// Something, but none of these words.
    NotWord(&'static str),
    /// Exactly one of these words.
    Exactly(&'static str),
    /// One of these words anywhere; the empty word stands in every cell.
    Contains(&'static str),
    /// Anything but nothing, zeros and `false`.
    Filled,
    /// Nothing.
    Empty,
}

/// A system with the headers that tell it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct System {
    pub quirks: Quirks,
    /// Sets of headers, each divided by bars, any of which tells it. So are all lists of texts here.
    pub signatures: &'static [&'static str],
    /// What its headers mean. Where several have one role, the first that has values counts.
    pub roles: &'static [(Role, &'static str)],
    /// Headers that look like a role and must not be taken for it.
    pub ignore: &'static str,
}

/// All systems.
pub(crate) fn all() -> impl Iterator<Item = &'static System> {
    shops::SYSTEMS.iter().chain(suites::SYSTEMS)
}

/// The peculiarities of a layout's system; of a generic file when it has none.
pub fn quirks(layout: &Layout) -> &'static Quirks {
    let key = layout.system.as_deref().unwrap_or("");
    all()
        .map(|s| &s.quirks)
        .find(|q| q.key == key)
        .unwrap_or(&GENERIC)
}

/// The system whose header this is, with the share of its signature that was found.
pub(crate) fn recognise(headers: &[String]) -> Option<(&'static System, f64)> {
    let found: Vec<String> = headers.iter().map(|h| normalise(h)).collect();
    let mut best: Option<(&'static System, f64, usize)> = None;
    for system in all() {
        for signature in system.signatures {
            let headers = || names(signature);
            let hits = headers().filter(|s| found.iter().any(|f| f == s)).count();
            // Lengths are small; the division is exact enough.
            #[allow(clippy::cast_precision_loss)]
            let share = hits as f64 / headers().count() as f64;
            let better = best.is_none_or(|(_, _, most)| hits > most);
            if share >= 0.7 && better {
                best = Some((system, share, hits));
            }
        }
    }
    best.map(|(system, share, _)| (system, share))
}
