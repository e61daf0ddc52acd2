//! What is known of single sales beside their amounts: when they were delivered and paid, and for how
//! long the contract is; and how many sales lack it.
//!
//! In: the columns of an order book that few files have. Out: [`Facts`] by row, and [`Known`], the
//! counts. Where the orders do not say when a customer paid, but say on what terms, the day is that
//! of the delivery, else of the order, and the terms' days later.

use crate::base::Date;
use crate::orders::facts::Fact;
use crate::orders::{LineKind, OrderBook};

/// What is known of single sales beyond their amounts, by row; an empty column is unknown for all,
/// and an empty entry for that row. The scheme then says what is assumed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Delivered and invoiced on.
    pub delivered: Vec<Option<Date>>,
    /// Paid by the customer on.
    pub paid: Vec<Option<Date>>,
    /// Activated on, which releases what was held back; a book does not say it.
    pub activated: Vec<Option<Date>>,
    /// Months of the contract.
    pub term: Vec<Option<u32>>,
}

impl Facts {
    pub(crate) fn of<T: Copy>(column: &[Option<T>], row: usize) -> Option<T> {
        column.get(row).copied().flatten()
    }

    /// Nothing is known of any sale.
    pub const fn is_empty(&self) -> bool {
        self.delivered.is_empty()
            && self.paid.is_empty()
            && self.activated.is_empty()
            && self.term.is_empty()
    }

    /// The facts of lines of a book.
    pub(super) fn of_lines(book: &OrderBook, lines: &[u32]) -> Self {
        fn column<T>(
            lines: &[u32],
            known: bool,
            of: impl Fn(usize) -> Option<T>,
        ) -> Vec<Option<T>> {
            let lines = if known { lines } else { &[] };
            lines.iter().map(|line| of(*line as usize)).collect()
        }
        let paid = book.tells(Fact::Paid) || book.tells(Fact::PayDays);
        Self {
            delivered: column(lines, book.tells(Fact::Delivered), |line| {
                book.fact_day(Fact::Delivered, line)
            }),
            paid: column(lines, paid, |line| paid_on(book, line)),
            activated: Vec::new(),
            term: column(lines, book.tells(Fact::TermMonths), |line| {
                book.fact_number(Fact::TermMonths, line)
            }),
        }
    }

    /// The facts of one row of others, added.
    pub(super) fn copy(&mut self, from: &Self, row: usize) {
        fn one<T: Copy>(to: &mut Vec<Option<T>>, from: &[Option<T>], row: usize) {
            if !from.is_empty() {
                to.push(Facts::of(from, row));
            }
        }
        one(&mut self.delivered, &from.delivered, row);
        one(&mut self.paid, &from.paid, row);
        one(&mut self.activated, &from.activated, row);
        one(&mut self.term, &from.term, row);
    }
}

/// The day on which a line was paid, or is by its terms.
fn paid_on(book: &OrderBook, line: usize) -> Option<Date> {
    book.fact_day(Fact::Paid, line).or_else(|| {
        let days = i32::try_from(book.fact_number(Fact::PayDays, line)?).ok()?;
        let from = book.fact_day(Fact::Delivered, line);
        let from = from.or_else(|| book.dates().get(line).copied())?;
        Some(from.plus_days(days))
    })
}

/// How many of the order lines that were sold say more of themselves.
///
/// ```
/// use perennial::base::Date;
/// use perennial::commission::sales::Known;
/// use perennial::orders::sample;
/// let known = Known::of(&sample::build().book, Date::parse("2026-12-31").unwrap());
/// assert!(known.lines > 0 && known.delivered == 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Order lines that were sold; returns are left out.
    pub lines: usize,
    /// With the day of delivery.
    pub delivered: usize,
    /// With the day of payment.
    pub paid: usize,
    /// Without that day, but with the terms of payment.
    pub by_terms: usize,
    /// With the months of the contract.
    pub term: usize,
}

impl Known {
    /// Of the lines of a book up to and with a day.
    pub fn of(book: &OrderBook, until: Date) -> Self {
        let mut found = Self::default();
        let facts = [Fact::Delivered, Fact::Paid, Fact::PayDays, Fact::TermMonths];
        let none = facts.iter().all(|fact| !book.tells(*fact));
        for (line, (day, kind)) in book.dates().iter().zip(book.kinds()).enumerate() {
            if *day > until || *kind != LineKind::Sale {
                continue;
            }
            found.lines += 1;
            if none {
                continue;
            }
            let paid = book.fact_day(Fact::Paid, line).is_some();
            let terms = book.fact_number(Fact::PayDays, line).is_some();
            found.delivered += usize::from(book.fact_day(Fact::Delivered, line).is_some());
            found.paid += usize::from(paid);
            found.by_terms += usize::from(terms && !paid);
            found.term += usize::from(book.fact_number(Fact::TermMonths, line).is_some());
        }
        found
    }
}
