//! A book with what was derived from it for the as-of date in use.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use crate::accounts::history::{Histories, histories};
use crate::accounts::{self, Accounts};
use crate::actions::Rhythms;
use crate::assumptions::{Assumptions, Estimates};
use crate::base::{Date, Refused};
use crate::models::Prior;
use crate::orders::OrderBook;
use crate::orders::rejected::Rejected;
use crate::value::{Prepared, estimates};

use super::forecast::Fitting;
use super::protocol::{Built, ImportReport, Orders, Query};

/// A book built from orders.
#[derive(Debug)]
pub struct Loaded {
    /// What it was built from, as a document keeps it.
    pub orders: Orders,
    /// The same with this session's file numbers.
    pub plan: Orders,
    /// What became of every row.
    pub report: ImportReport,
    /// The rejected rows.
    pub rejected: Rejected,
    /// The lines.
    pub book: OrderBook,
    /// What fits of it assume.
    pub prior: Cell<Prior>,
    view: RefCell<Option<Rc<View>>>,
}

/// A book as of a date.
#[derive(Debug)]
pub struct View {
    as_of: Option<Date>,
    /// The accounts.
    pub accounts: Accounts,
    /// What valuing them needs; the reason where an amount does not fit.
    pub prepared: Prepared,
    /// What the data says for assumptions.
    pub estimates: Estimates,
    histories: OnceCell<Histories>,
    /// The forecasts.
    pub(super) fitting: RefCell<Fitting>,
    /// The cycles for the last thresholds and marks.
    pub(super) rhythms: RefCell<Option<Rc<Rhythms>>>,
    /// A simulation on its way, or done.
    pub(super) simulation: RefCell<Option<super::scenario::Kept>>,
    /// The sales that schemes pay on.
    pub(super) sales: RefCell<Option<std::rc::Rc<super::commission::Workings>>>,
    /// Account names without regard to case, for the search.
    pub folded: OnceCell<Vec<String>>,
    /// The order of the accounts for the last query.
    pub sorted: RefCell<Option<Sorted>>,
}

/// The accounts that match a query, in its order.
#[derive(Debug, Clone)]
pub struct Sorted {
    /// For which query, its window apart.
    pub query: Query,
    /// Under which assumptions.
    pub assumptions: Assumptions,
    /// Positions in the book.
    pub positions: Rc<Vec<u32>>,
}

impl View {
    /// The order days of the accounts.
    pub fn histories(&self, book: &OrderBook) -> &Histories {
        self.histories.get_or_init(|| histories(book, self.as_of))
    }
}

impl Loaded {
    pub fn new(plan: Orders, built: crate::orders::Built) -> Self {
        Self {
            orders: plan.clone().agreed(),
            plan,
            report: built.report,
            rejected: built.rejected,
            book: built.book,
            prior: Cell::default(),
            view: RefCell::default(),
        }
    }

    /// The reply to the job that built it.
    pub fn built(&self) -> Built {
        Built {
            orders: self.plan.clone(),
            report: self.report.clone(),
        }
    }

    /// The accounts as of a date; kept until another date is asked for.
    ///
    /// # Errors
    /// A message for the user where a sum does not fit a decimal.
    pub fn view(&self, as_of: Option<Date>) -> Result<Rc<View>, Refused> {
        if let Some(view) = self
            .view
            .borrow()
            .as_ref()
            .filter(|view| view.as_of == as_of)
        {
            return Ok(Rc::clone(view));
        }
        let accounts = accounts::build(&self.book, as_of);
        let prepared = Prepared::new(&accounts).map_err(|error| {
            format!("The orders cannot be added up: {error}. Look for wrong amounts.")
        })?;
        let view = Rc::new(View {
            as_of,
            estimates: estimates(&prepared),
            prepared,
            accounts,
            histories: OnceCell::new(),
            fitting: RefCell::default(),
            rhythms: RefCell::default(),
            simulation: RefCell::default(),
            sales: RefCell::default(),
            folded: OnceCell::new(),
            sorted: RefCell::default(),
        });
        *self.view.borrow_mut() = Some(Rc::clone(&view));
        Ok(view)
    }
}
