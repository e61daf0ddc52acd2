//! Rows to an order book, one row at a time.
//!
//! In: the agreed import and every row of its files. Out: the book, the report, and the rejected
//! rows. Each row ends in exactly one place: in the book, rejected with a problem, recognised as
//! structure, as a repeat, or as no order; the report's counts always add up to the rows read.
//! Nothing is allocated for a good row but its places in the columns.

use std::fmt::Write as _;

use super::amounts::{self, Given, Line, NoAmount};
use super::book::{Attr, DAY_ORDER, LineKind, Measure, OrderBook, SOURCE_MARK, Summary};
use super::column::{Amounts, Ids};
use super::counts::{Counts, Rule};
use super::match_account::Matcher;
use super::names::{NONE, Names};
use super::number::Num;
use super::plan::{FilePlan, Import};
use super::problems::Problems;
use super::reading::{Reader, Reject};
use super::rejected::Rejected;
use super::report::ImportReport;
use super::status::Meaning;
use crate::base::Date;
use crate::ingest::layout::Grain;
use crate::ingest::problem::Code;
use crate::ingest::role::Role;
use crate::ingest::row::{Row, RowKind};

/// Rows after which the number of lines to come is estimated.
const LOOK: u64 = 4096;

/// What an import gives.
#[derive(Debug, Default)]
pub struct Built {
    /// The order book.
    pub book: OrderBook,
    /// What became of every row.
    pub report: ImportReport,
    /// The rejected rows with their reasons.
    pub rejected: Rejected,
}

/// Builds a book from rows.
#[derive(Debug, Default)]
pub struct Builder {
    pub(super) book: OrderBook,
    pub(super) base: Option<String>,
    pub(super) rates: Vec<(String, Num)>,
    pub(super) readers: Vec<Reader>,
    pub(super) matcher: Matcher,
    pub(super) counts: Counts,
    pub(super) problems: Problems,
    pub(super) rejected: Rejected,
    pub(super) line_keys: Ids,
    pub(super) refunded: Amounts,
    pub(super) percent: Percent,
    line_names: Names,
    sources: Vec<String>,
    source: usize,
    order_owner: Vec<u32>,
    previous: Previous,
    meanings: Vec<Option<Meaning>>,
    key: String,
    date: (String, Option<Date>),
    rows: u64,
    bytes: u64,
}

/// Discount percentages that wait for the end of their file.
#[derive(Debug, Default)]
pub(super) struct Percent {
    /// By line.
    pub values: Amounts,
    /// Lines whose revenue is still without the discount.
    pub gross: Vec<u32>,
    /// The first line of the file.
    pub from: usize,
    /// Some value of the file is above 1, so 0.12 is 0.12 %.
    pub above_one: bool,
}

/// What the next line of the same order inherits.
#[derive(Debug)]
struct Previous {
    order: String,
    date: Option<Date>,
    account: u32,
    ids: [u32; INHERITED.len()],
    meaning: Meaning,
}

impl Default for Previous {
    fn default() -> Self {
        Self {
            order: String::new(),
            date: None,
            account: NONE,
            ids: [NONE; INHERITED.len()],
            meaning: Meaning::Order,
        }
    }
}

/// Columns that belong to the whole order, so that a blank cell takes the line above's.
const INHERITED: [(Attr, Role); 7] = [
    (Attr::Parent, Role::Parent),
    (Attr::Site, Role::Site),
    (Attr::Currency, Role::Currency),
    (Attr::Segment, Role::Segment),
    (Attr::Salesperson, Role::Salesperson),
    (Attr::Partner, Role::Partner),
    (Attr::Status, Role::Status),
];

/// Columns that belong to the line alone.
const OWN: [(Attr, Role); 5] = [
    (Attr::Item, Role::Item),
    (Attr::Stream, Role::Stream),
    (Attr::Process, Role::Process),
    (Attr::Machine, Role::Machine),
    (Attr::Material, Role::Material),
];

/// A line on its way into the columns.
struct NewLine {
    date: Date,
    account: u32,
    kind: LineKind,
    line: Line,
    quantity: Option<Num>,
    price: Option<Num>,
    rebates: Option<Num>,
    freight: Option<Num>,
    tooling: Option<Num>,
    refunded: Option<Num>,
}

impl Builder {
    /// A builder for an import: its base currency and rates. Files follow with [`Builder::file`].
    pub fn new(import: &Import) -> Self {
        let rates = import.rates.iter().filter_map(|rate| {
            let value = crate::base::Money::parse(rate.rate.trim())?;
            let value = Num::from_decimal(value.amount()).filter(|v| v.mantissa() > 0)?;
            Some((rate.currency.trim().to_uppercase(), value))
        });
        Self {
            base: import
                .base_currency
                .as_ref()
                .map(|c| c.trim().to_uppercase()),
            rates: rates.collect(),
            ..Self::default()
        }
    }

    /// Begins a file; its rows follow. `index` is its position in the import.
    pub fn file(&mut self, index: u32, plan: &FilePlan) {
        self.end_file();
        let reader = Reader::new(index, plan);
        let source = reader
            .system
            .clone()
            .unwrap_or_else(|| plan.layout.header_key());
        self.source = self
            .sources
            .iter()
            .position(|s| *s == source)
            .unwrap_or(self.sources.len());
        if self.source == self.sources.len() {
            self.sources.push(source);
        }
        self.readers.push(reader);
        self.previous = Previous::default();
        self.meanings.clear();
        self.date = (String::new(), None);
        (self.rows, self.bytes) = (0, 0);
    }

    /// Takes one row of the current file.
    pub fn row(&mut self, row: &Row<'_>) {
        self.counts.read += 1;
        if row.kind != RowKind::Data {
            self.counts.structure(row.kind);
            return;
        }
        self.watch(row);
        if let Err(reject) = self.take(row) {
            self.reject(row, &reject);
        }
    }

    /// Estimates how many lines come, once, so that the columns grow in one step.
    fn watch(&mut self, row: &Row<'_>) {
        self.rows += 1;
        self.bytes += row.raw.len() as u64 + 1;
        if self.rows != LOOK {
            return;
        }
        let size = self.readers.last().map_or(0, |reader| reader.size);
        let more = size.saturating_mul(LOOK) / self.bytes.max(1);
        let more = usize::try_from(more + more / 50).unwrap_or(0).min(64 << 20);
        self.book.reserve(self.book.len().saturating_add(more));
        let all = self.book.len().saturating_add(more);
        self.line_keys.reserve(all);
        self.refunded.reserve(all);
    }

    fn take(&mut self, row: &Row<'_>) -> Result<(), Reject> {
        let Some(reader) = self.readers.last() else {
            return Err(Reject::missing(Code::MissingAccount, Role::Account));
        };
        if let Some(flaw) = row.flaw {
            check_form(row, flaw, reader, &mut self.problems)?;
        }
        let order = reader.cell(row, Role::Order);
        let same = !order.is_empty() && order == self.previous.order;
        if !same {
            self.previous = Previous {
                order: std::mem::take(&mut self.previous.order),
                ..Previous::default()
            };
            order.clone_into(&mut self.previous.order);
        }
        let meaning = self.meaning(row, same);
        if let Meaning::NoOrder(reason) = meaning {
            self.counts.no_order(reason);
            return Ok(());
        }
        let Some(reader) = self.readers.last() else {
            return Ok(());
        };
        if reader.grain == Grain::AccountSummary {
            return self.take_summary(row);
        }
        let date = take_date(reader, row, &mut self.date, &mut self.previous)?;
        let (given, percent) = take_given(reader, row)?;
        let line = amounts::line(&given).map_err(|why| no_amount(why, reader))?;
        let [rebates, freight, tooling, refunded] =
            [Role::Rebates, Role::Freight, Role::Tooling, Role::Refunded]
                .map(|role| reader.number(row, role));
        let mut new = NewLine {
            date,
            account: NONE,
            kind: LineKind::Sale,
            line,
            quantity: given.quantity,
            price: given.price,
            rebates: rebates?,
            freight: freight?,
            tooling: tooling?,
            refunded: refunded?.filter(|amount| !amount.is_zero()),
        };
        new.account = self.account(row)?;
        self.counts.line(&new.line);
        new.sign(meaning, &mut self.counts);
        self.push(row, same, &new, percent, given.revenue.is_none());
        Ok(())
    }

    /// What the row is by its status; a blank status on a further line is the order's.
    fn meaning(&mut self, row: &Row<'_>, same: bool) -> Meaning {
        let Some(reader) = self.readers.last() else {
            return Meaning::Order;
        };
        let status = reader.cell(row, Role::Status);
        if status.is_empty() {
            return if same {
                self.previous.meaning
            } else {
                Meaning::Order
            };
        }
        let id = self.book.text_mut(Attr::Status).names.intern(status) as usize;
        if self.meanings.len() <= id {
            self.meanings.resize(id.saturating_add(1), None);
        }
        let meaning = match self.meanings.get_mut(id) {
            Some(slot) => *slot.get_or_insert_with(|| reader.meaning(status)),
            None => Meaning::Order,
        };
        self.previous.meaning = meaning;
        meaning
    }

    fn account(&mut self, row: &Row<'_>) -> Result<u32, Reject> {
        let Some(reader) = self.readers.last() else {
            return Err(Reject::missing(Code::MissingAccount, Role::Account));
        };
        let name = reader.cell(row, Role::Account);
        let email = reader.cell(row, Role::Email);
        let account = if !name.is_empty() {
            let account = self.matcher.by_name(name);
            if !email.is_empty() {
                self.matcher.learn(email, account);
            }
            account
        } else if let Some(group) = row.group.filter(|group| !group.is_empty()) {
            self.counts.rule(Rule::ByGroup);
            self.matcher.by_name(group)
        } else if self.previous.account != NONE {
            self.counts.rule(Rule::Inherited);
            self.previous.account
        } else if let Some(account) = self.matcher.by_email(email) {
            self.counts.rule(Rule::ByEmail);
            account
        } else {
            return Err(Reject::missing(Code::MissingAccount, Role::Account));
        };
        self.previous.account = account;
        Ok(account)
    }

    /// The order's id: by source and number, and by account where two accounts share a number.
    fn order(&mut self, text: &str, account: u32, date: Date) -> u32 {
        if text.is_empty() {
            self.counts.rule(Rule::DayOrders);
            self.key.clear();
            self.key.push(DAY_ORDER);
            let _ = write!(self.key, "{account}/{}", date.days());
            return self.owned(account);
        }
        if self.source == 0 {
            let id = self.book.order_names.intern(text);
            match self.order_owner.get(id as usize) {
                Some(owner) if *owner == account => return id,
                None => {
                    self.order_owner.push(account);
                    return id;
                }
                Some(_) => text.clone_into(&mut self.key),
            }
        } else {
            let mark = u32::try_from(self.source).unwrap_or(0).min(0xFFF0);
            self.key.clear();
            self.key
                .push(char::from_u32(SOURCE_MARK as u32 + mark).unwrap_or(SOURCE_MARK));
            self.key.push_str(text);
            let id = self.book.order_names.intern(&self.key);
            match self.order_owner.get(id as usize) {
                Some(owner) if *owner == account => return id,
                None => {
                    self.order_owner.push(account);
                    return id;
                }
                Some(_) => {}
            }
        }
        let _ = write!(self.key, "\u{1f}{account}");
        self.owned(account)
    }

    fn owned(&mut self, account: u32) -> u32 {
        let id = self.book.order_names.intern(&self.key);
        if self.order_owner.len() == id as usize {
            self.order_owner.push(account);
        }
        id
    }

    fn push(
        &mut self,
        row: &Row<'_>,
        same: bool,
        new: &NewLine,
        percent: Option<Num>,
        gross: bool,
    ) {
        let at = self.book.len();
        let order = {
            let text = std::mem::take(&mut self.previous.order);
            let id = self.order(&text, new.account, new.date);
            self.previous.order = text;
            id
        };
        let Some(reader) = self.readers.last() else {
            return;
        };
        let book = &mut self.book;
        for ((attr, role), before) in INHERITED.into_iter().zip(&mut self.previous.ids) {
            if !reader.has(role) {
                continue;
            }
            let text = reader.cell(row, role);
            if !text.is_empty() {
                *before = book.text_mut(attr).names.intern(text);
            } else if !same {
                *before = NONE;
            }
            book.text_mut(attr).ids.push(at, *before);
        }
        for (attr, role) in OWN {
            let text = reader.cell(row, role);
            if !text.is_empty() {
                let column = book.text_mut(attr);
                let id = column.names.intern(text);
                column.ids.push(at, id);
            }
        }
        if let Some(code) = &reader.currency {
            let column = book.text_mut(Attr::Currency);
            let id = column.names.intern(code);
            column.ids.push(at, id);
            self.counts.rule(Rule::MarkedCurrency);
        }
        let line = reader.cell(row, Role::Line);
        if !line.is_empty() {
            self.line_keys
                .push(at, line_key(line, &mut self.line_names));
        }
        if let Some(percent) = percent.filter(|p| !p.is_zero()) {
            self.percent.above_one |= percent
                .abs()
                .minus(Num::small(1, 0))
                .is_some_and(|p| p.mantissa() > 0);
            self.percent.values.push(at, Some(percent));
            if gross {
                self.percent.gross.push(index(at));
            }
        }
        self.refunded.push(at, new.refunded);
        if reader.file != 0 {
            book.file.push(at, reader.file);
        }
        book.order.push(order);
        book.push_line(at, new, row.line);
    }

    fn reject(&mut self, row: &Row<'_>, reject: &Reject) {
        self.counts.rejected += 1;
        let Some(reader) = self.readers.last() else {
            return;
        };
        self.problems.add(reader.found(row.line, reject));
        let reason = Counts::reason(reject);
        let width = reader.headers.len();
        let cells = row.cells.iter().copied();
        let cells = cells
            .chain(std::iter::repeat(""))
            .take(width.max(row.cells.len()));
        let header = reader.headers.iter().map(String::as_str);
        self.rejected
            .add(reader.file, header, row.line, cells, &reason);
    }

    /// One row per account: a line with the sums, dated at the last order.
    fn take_summary(&mut self, row: &Row<'_>) -> Result<(), Reject> {
        let Some(reader) = self.readers.last() else {
            return Ok(());
        };
        let day = |role| match reader.cell(row, role) {
            "" => Ok(None),
            cell => reader.date(role, cell),
        };
        let (first, last, date) = (
            day(Role::FirstDate)?,
            day(Role::LastDate)?,
            day(Role::Date)?,
        );
        let Some(last) = last.or(date).or(first) else {
            return Err(Reject::missing(Code::MissingDate, Role::LastDate));
        };
        let first = first.unwrap_or(last).min(last);
        let (given, _) = take_given(reader, row)?;
        let line = amounts::line(&given).map_err(|why| no_amount(why, reader))?;
        let count = reader.number(row, Role::OrderCount)?;
        let orders = count
            .and_then(|n| n.shortest().at(0))
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(1)
            .max(1);
        let [rebates, freight, tooling] =
            [Role::Rebates, Role::Freight, Role::Tooling].map(|role| reader.number(row, role));
        let mut new = NewLine {
            date: last,
            account: NONE,
            kind: LineKind::Summary,
            line,
            quantity: given.quantity,
            price: None,
            rebates: rebates?,
            freight: freight?,
            tooling: tooling?,
            refunded: None,
        };
        new.account = self.account(row)?;
        self.counts.line(&new.line);
        self.counts.rule(Rule::Summaries);
        let line = index(self.book.len());
        self.book.summaries.push(Summary {
            line,
            orders,
            first,
        });
        self.previous.order.clear();
        self.push(row, false, &new, None, false);
        Ok(())
    }
}

impl OrderBook {
    fn push_line(&mut self, at: usize, new: &NewLine, file_line: u64) {
        self.dates.push(new.date);
        self.kinds.push(new.kind);
        self.account.push(new.account);
        self.file_line
            .push(u32::try_from(file_line).unwrap_or(u32::MAX));
        self.amounts_mut(Measure::Revenue)
            .push(at, Some(new.line.revenue));
        self.amounts_mut(Measure::Quantity).push(at, new.quantity);
        self.amounts_mut(Measure::Price).push(at, new.price);
        self.amounts_mut(Measure::Discount)
            .push(at, new.line.discount);
        self.amounts_mut(Measure::Rebates).push(at, new.rebates);
        self.amounts_mut(Measure::Freight).push(at, new.freight);
        self.amounts_mut(Measure::Cost).push(at, new.line.cost);
        self.amounts_mut(Measure::Tooling).push(at, new.tooling);
    }

    pub(super) fn reserve(&mut self, lines: usize) {
        fn more<T>(column: &mut Vec<T>, lines: usize) {
            column.reserve_exact(lines.saturating_sub(column.len()));
        }
        more(&mut self.dates, lines);
        more(&mut self.kinds, lines);
        more(&mut self.account, lines);
        more(&mut self.order, lines);
        more(&mut self.file_line, lines);
        self.file.reserve(lines);
        for attr in Attr::ALL {
            self.text_mut(attr).ids.reserve(lines);
        }
        for measure in Measure::ALL {
            self.amounts_mut(measure).reserve(lines);
        }
    }
}

impl NewLine {
    /// Finds out whether the line is a return, and makes its amounts negative if so.
    fn sign(&mut self, meaning: Meaning, counts: &mut Counts) {
        let revenue = self.line.revenue;
        let back = self.quantity.is_some_and(Num::is_negative);
        let credit = meaning == Meaning::Return;
        if !(credit || revenue.is_negative() || back) {
            return;
        }
        self.kind = LineKind::Return;
        if revenue.mantissa() > 0 {
            counts.rule(Rule::TurnedNegative);
            self.line.revenue = revenue.neg();
            let negative =
                |value: Option<Num>| value.map(|v| if v.is_negative() { v } else { v.neg() });
            self.quantity = negative(self.quantity);
            self.line.cost = negative(self.line.cost);
            self.line.discount = negative(self.line.discount);
            self.rebates = negative(self.rebates);
        }
    }
}

/// A row whose form is broken is rejected, or passed with a warning.
fn check_form(
    row: &Row<'_>,
    flaw: Code,
    reader: &Reader,
    problems: &mut Problems,
) -> Result<(), Reject> {
    let reject = Reject {
        code: flaw,
        column: None,
        role: None,
        found: match flaw {
            Code::RaggedRow => format!("{} cells", row.cells.len()),
            _ => row.cells.first().copied().unwrap_or("").to_owned(),
        },
    };
    if matches!(flaw, Code::UnclosedQuote | Code::TooLarge) {
        return Err(reject);
    }
    let mut found = reader.found(row.line, &reject);
    found.rejected = false;
    if flaw == Code::RaggedRow {
        found.expected = format!("{} cells, as in the header", reader.headers.len());
    }
    problems.add(found);
    Ok(())
}

/// The row's date; neighbours repeat, and a blank one is the order's.
fn take_date(
    reader: &Reader,
    row: &Row<'_>,
    cache: &mut (String, Option<Date>),
    previous: &mut Previous,
) -> Result<Date, Reject> {
    let cell = reader.cell(row, Role::Date);
    if cell.is_empty() || cell != cache.0 {
        let date = reader.date(Role::Date, cell)?;
        cell.clone_into(&mut cache.0);
        cache.1 = date;
    }
    let date = cache.1.or(previous.date);
    previous.date = date;
    date.ok_or_else(|| Reject {
        column: reader.column(Role::Date),
        ..Reject::missing(Code::MissingDate, Role::Date)
    })
}

/// The row's numbers, and its discount percentage apart.
fn take_given(reader: &Reader, row: &Row<'_>) -> Result<(Given, Option<Num>), Reject> {
    let number = |role| reader.number(row, role);
    let given = Given {
        revenue: number(Role::Revenue)?,
        total: number(Role::Total)?,
        tax: number(Role::Tax)?,
        quantity: number(Role::Quantity)?,
        price: number(Role::Price)?,
        list: number(Role::ListPrice)?,
        discount: number(Role::Discount)?,
        cost: number(Role::Cost)?,
        unit_cost: number(Role::UnitCost)?,
        gross_profit: number(Role::GrossProfit)?,
    };
    Ok((given, number(Role::DiscountPercent)?))
}

fn no_amount(why: NoAmount, reader: &Reader) -> Reject {
    let code = match why {
        NoAmount::Missing => Code::MissingAmount,
        NoAmount::TooLarge => Code::NumberTooLarge,
    };
    Reject {
        column: reader.column(Role::Revenue),
        ..Reject::missing(code, Role::Revenue)
    }
}

/// A line number as an integer, or the id of its text above all of them.
fn line_key(text: &str, names: &mut Names) -> u32 {
    let plain = text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<u32>() {
        Ok(number) if plain => number,
        _ => names.intern(text) | 0x4000_0000,
    }
}

/// A line's position as it is stored.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}
