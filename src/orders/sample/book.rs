//! The sample's lines as a book: what an import makes of the sample's file, which a test compares.
//!
//! It is built without the importer, which a first visit has not loaded yet.

use super::lines::Line;
use crate::orders::book::{Attr, LineKind, Measure, OrderBook};
use crate::orders::build::Built;
use crate::orders::counts::Counts;
use crate::orders::names::{NONE, Names};
use crate::orders::push::index;
use crate::orders::rejected::Rejected;
use crate::orders::report::ImportReport;
use crate::orders::{coverage, returns};

/// The columns of [`Line::texts`] behind the account.
const TEXTS: [Attr; 10] = [
    Attr::Parent,
    Attr::Site,
    Attr::Segment,
    Attr::Salesperson,
    Attr::Partner,
    Attr::Stream,
    Attr::Item,
    Attr::Process,
    Attr::Machine,
    Attr::Material,
];

/// The book of some lines.
pub fn of(lines: &[Line]) -> Built {
    let mut book = OrderBook::default();
    let mut accounts = Names::default();
    for (at, line) in lines.iter().enumerate() {
        push(&mut book, &mut accounts, at, line);
    }
    let count = lines.len() as u64;
    let mut counts = Counts::default();
    book.account_names = accounts.iter().map(str::to_owned).collect();
    book.currency = Some(super::CURRENCY.to_owned());
    book.order_by_account();
    returns::link(&mut book, &mut counts);
    book.last = book.dates.iter().max().copied();
    book.coverage = coverage::of(&book);
    let report = ImportReport {
        read: count,
        in_book: count,
        notes: counts.notes(),
        accounts: accounts.len() as u64,
        orders: book.sold_orders(),
        span: book.span(),
        currencies: vec![(super::CURRENCY.to_owned(), count)],
        coverage: book.coverage.clone(),
        ..ImportReport::default()
    };
    Built {
        book,
        report,
        rejected: Rejected::default(),
    }
}

fn push(book: &mut OrderBook, accounts: &mut Names, at: usize, line: &Line) {
    let mut name = |attr, text: &str| {
        let column = book.text_mut(attr);
        let id = match text {
            "" => NONE,
            text => column.names.intern(text),
        };
        column.ids.push(at, id);
    };
    let [account, texts @ ..] = &line.texts;
    for (attr, text) in TEXTS.into_iter().zip(texts) {
        name(attr, text);
    }
    name(Attr::Status, line.status);
    name(Attr::Currency, super::CURRENCY);
    let mut amount = |measure, cents| book.amounts_mut(measure).push_small(at, cents, 2);
    amount(Measure::Price, line.price);
    amount(Measure::Revenue, line.price * line.quantity);
    let discount = (line.list - line.price) * line.quantity;
    amount(Measure::Discount, discount);
    amount(Measure::Rebates, line.rebate);
    amount(Measure::Freight, line.freight);
    amount(Measure::Tooling, line.tooling);
    if let Some(cost) = line.cost {
        amount(Measure::Cost, cost);
    }
    (book.amounts_mut(Measure::Quantity)).push_small(at, line.quantity, 0);
    book.account.push(accounts.intern(account));
    book.order.push(book.order_names.intern(&line.order_name()));
    book.dates.push(line.date);
    book.kinds.push(if line.quantity < 0 {
        LineKind::Return
    } else {
        LineKind::Sale
    });
    // The header is line 1.
    book.file_line.push(index(at + 2));
}
