//! Rows to an order book, one row at a time.
//!
//! In: the agreed import and every row of its files. Out: the book, the report, and the rejected
//! rows. Each row ends in exactly one place: in the book, rejected with a problem, recognised as
//! structure, as a repeat, or as no order; the report's counts always add up to the rows read.
//! Nothing is allocated for a good row but its places in the columns.

use super::amounts::{self, Line, NoAmount, RevenueRule};
use super::book::{LineKind, Measure, OrderBook};
use super::column::{Amounts, Ids};
use super::counts::{Counts, Rule};
use super::facts::Seen;
use super::given::{check_form, no_amount, take_date, take_given};
use super::invoiced::Documents;
use super::match_account::Matcher;
use super::names::{NONE, Names, same as same_bytes};
use super::number::Num;
use super::plan::{FilePlan, Import};
use super::problems::Problems;
use super::push::{INHERITED, NewLine};
use super::reading::{NO_NUMBER, Reader, Reject};
use super::rejected::Rejected;
use super::report::ImportReport;
use super::totals::{OrderRows, is_bare};
use super::whole::Stated;
use crate::base::Date;
use crate::ingest::cells;
use crate::ingest::layout::Grain;
use crate::ingest::problem::Code;
use crate::ingest::role::Role;
use crate::ingest::row::{Row, RowKind};
use crate::ingest::systems::{Judge, Verdict};
use crate::ingest::words::names;

/// What stands for a name where there is none, and the most letters of it.
const NOBODY: &str = "x|.|/|0|guest|self|private|individual|home|unknown|keine|nan";
const NOBODY_LETTERS: usize = 10;

/// Rows after which the number of lines to come is estimated.
const LOOK: u64 = 4096;

/// How many rows at the end of a file may be its sums, tax and the like.
const ENDS: usize = 4;

/// Why rows are left out that the user chose to leave out.
pub(super) const ON_PURPOSE: &str = "rows left out on purpose";

/// Why rows of cancelled orders are left out.
pub(super) const CANCELLED: &str = "cancelled or voided orders";

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
    pub(super) stated: Stated,
    pub(super) line_names: Names,
    sources: Vec<String>,
    /// Each file's source, by position in `sources`, and its name.
    pub(super) file_sources: Vec<(usize, String)>,
    pub(super) source: usize,
    pub(super) order_owner: Vec<u32>,
    pub(super) previous: Previous,
    pub(super) seen: Seen,
    /// Orders that a file says are cancelled, by key, and the file.
    pub(super) cancelled: Vec<(String, u32)>,
    /// Lines whose order came back, as its status says, with the amount of the sale.
    pub(super) returned: Vec<usize>,
    pub(super) documents: Documents,
    /// Whether the row states nothing of its order and goes on with the one above; the file's last lines
    /// of such rows.
    goes_on: bool,
    went_on: Vec<usize>,
    /// The first line of the file.
    pub(super) first_line: usize,
    pub(super) order_rows: OrderRows,
    /// Lines that may be a file's footer.
    pub(super) footers: Vec<usize>,
    judge: Option<Judge>,
    pub(super) key: String,
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
    /// Some value of the file is above 1 or has a percent sign, so 0.12 is 0.12 %.
    pub hundredths: bool,
}

/// What the next line of the same order inherits.
#[derive(Debug)]
pub(super) struct Previous {
    pub order: String,
    /// The order's id under an account, once a line of it is in the book.
    pub id: (u32, u32),
    pub date: Option<Date>,
    pub account: u32,
    pub ids: [u32; INHERITED.len()],
    pub verdict: Verdict,
    /// The account and the day of the row above, of whatever order.
    pub above: (u32, Option<Date>),
}

impl Default for Previous {
    fn default() -> Self {
        Self {
            order: String::new(),
            id: (NONE, NONE),
            date: None,
            account: NONE,
            ids: [NONE; INHERITED.len()],
            verdict: Verdict::Line,
            above: (NONE, None),
        }
    }
}

impl Previous {
    /// Forgets the order before.
    fn begin(&mut self, order: &str) {
        order.clone_into(&mut self.order);
        self.id = (NONE, NONE);
        self.date = None;
        self.account = NONE;
        self.ids = [NONE; INHERITED.len()];
        self.verdict = Verdict::Line;
    }
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
        self.file_sources.push((self.source, plan.name.clone()));
        self.readers.push(reader);
        self.first_line = self.book.len();
        self.previous = Previous::default();
        self.seen = Seen::default();
        self.judge = Some(Judge::new(&plan.layout));
        self.date = (String::new(), None);
        (self.rows, self.bytes) = (0, 0);
    }

    /// What only the whole of a file can tell of its lines.
    pub(super) fn end_file(&mut self) {
        self.split_restarted();
        self.settle_costs();
        self.settle_percentages();
        let joined = self.settle_whole();
        self.share_joined(joined);
        self.share_order_amounts();
        self.find_order_rows();
        let ends = std::mem::take(&mut self.went_on);
        if self.find_file_sums(&ends) {
            return;
        }
        // The last line, and no other, without order, day and customer: a sum or a note.
        if let &[line] = ends.as_slice()
            && line + 1 == self.book.len()
            && self.rows > 2
            && self.book.amount(Measure::Quantity, line).is_none()
        {
            self.footers.push(line);
        }
    }

    /// Takes one row of the current file.
    pub fn row(&mut self, row: &Row<'_>) {
        self.counts.read += 1;
        if row.kind != RowKind::Data {
            self.counts.structure(row.kind);
            return;
        }
        self.watch(row);
        let line = self.book.len();
        if let Err(reject) = self.take(row) {
            self.reject(row, &reject);
        } else if self.book.len() > line {
            self.documents.note(self.previous.verdict, line);
            if self.goes_on {
                if self.went_on.len() == ENDS {
                    self.went_on.remove(0);
                }
                self.went_on.push(line);
            }
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
        let order = reader.name(row, Role::Order);
        let same = if order.is_empty() {
            self.continues(row)
        } else {
            same_bytes(order.as_bytes(), self.previous.order.as_bytes())
        };
        self.goes_on = same && order.is_empty();
        if !same {
            self.previous.begin(order);
        }
        let verdict = self.verdict(row, same);
        if let Verdict::NoOrder(reason) = verdict {
            if reason == CANCELLED {
                self.note_cancelled(row);
            }
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
        let mut quick = [(0, NO_NUMBER); Measure::ALL.len()];
        if !verdict.takes_back() && reader.take_quick(row, &mut quick) {
            let account = self.account(row)?;
            self.push_quick(row, same, date, account, &quick);
            return Ok(());
        }
        self.take_ruled(row, same, date, verdict)
    }

    /// Whether a row goes on with the order above: many exports and all pivots state what belongs to
    /// the order on its first row only.
    fn continues(&self, row: &Row<'_>) -> bool {
        let Some(reader) = self.readers.last() else {
            return false;
        };
        let blank = |role| reader.cell(row, role).is_empty();
        reader.has(Role::Order)
            && row.group.is_none()
            && !self.previous.order.is_empty()
            && [Role::Date, Role::Account, Role::Email]
                .into_iter()
                .all(blank)
    }

    /// A row whose amounts follow from several columns, or that takes something back.
    #[inline(never)]
    fn take_ruled(
        &mut self,
        row: &Row<'_>,
        same: bool,
        date: Date,
        verdict: Verdict,
    ) -> Result<(), Reject> {
        let Some(reader) = self.readers.last() else {
            return Ok(());
        };
        let (given, percent) = take_given(reader, row, same)?;
        let line = amounts::line(&given);
        let head = line.is_err() && is_bare(reader, row);
        let undiscounted = reader.undiscounted && given.discount.is_none();
        let gross = given.revenue.is_none() || undiscounted;
        let line = match line {
            Err(NoAmount::Missing) if head => Line::EMPTY,
            line => line.map_err(|why| no_amount(why, reader))?,
        };
        let by_price = reader.has(Role::Revenue)
            && line.revenue_rule == RevenueRule::Price
            && reader.system.is_none();
        let priced = given.price.is_some() && reader.per.pieces(row).is_some();
        let (unit, counted) = (reader.has_unit(row), reader.is_counted());
        let [rebates, freight, tooling, refunded] =
            [Role::Rebates, Role::Freight, Role::Tooling, Role::Refunded]
                .map(|role| reader.once(row, role, same));
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
        self.counts.rules_add(Rule::PerPieces, priced.into());
        self.counts.rules_add(Rule::Units, unit.into());
        self.counts.rules_add(Rule::Counted, counted.into());
        let line = self.book.len();
        if verdict == Verdict::Returned && new.line.revenue.mantissa() > 0 {
            self.returned.push(line);
        }
        new.sign(verdict, &mut self.counts);
        self.push(row, same, &new, percent, gross);
        if head {
            self.order_rows.heads.push(line);
        }
        if by_price {
            self.order_rows.priced.push(line);
        }
        if let Some(reader) = self.readers.last() {
            self.stated.take(reader, row, line);
        }
        Ok(())
    }

    /// What the row is by its system's rules; a blank status on a further line is the order's.
    fn verdict(&mut self, row: &Row<'_>, same: bool) -> Verdict {
        let (Some(judge), Some(reader)) = (&mut self.judge, self.readers.last()) else {
            return Verdict::Line;
        };
        let own = judge.judge(row);
        let blank = same && own == Verdict::Line && reader.has(Role::Status);
        if !(blank && reader.cell(row, Role::Status).is_empty()) {
            self.previous.verdict = own;
        }
        self.previous.verdict
    }

    pub(super) fn account(&mut self, row: &Row<'_>) -> Result<u32, Reject> {
        let Some(reader) = self.readers.last() else {
            return Err(Reject::missing(Code::MissingAccount, Role::Account));
        };
        let name = reader.name(row, Role::Account);
        let email = reader.cell(row, Role::Email);
        let number = reader.numbered.map_or("", |column| row.cell(column));
        let named = !name.is_empty()
            && (name.len() > NOBODY_LETTERS
                || (email.is_empty() && number.is_empty())
                || !is_nobody(name));
        let account = if named {
            let account = self.matcher.by_name(name);
            if !email.is_empty() {
                self.matcher.learn(email, account);
            }
            if !number.is_empty() {
                self.matcher.learn_number(number, account);
            }
            account
        } else if let Some(group) = row.group.filter(|group| !group.is_empty()) {
            self.counts.rule(Rule::ByGroup);
            self.matcher.by_name(group)
        } else if self.previous.account != NONE {
            self.counts.rule(Rule::Inherited);
            self.previous.account
        } else if !number.is_empty() {
            self.counts.rule(Rule::ByContact);
            self.matcher.by_number(number)
        } else if let Some(account) = self.matcher.by_email(email) {
            self.counts.rule(Rule::ByContact);
            account
        } else if reader.filled_down && self.previous.above.0 != NONE {
            self.counts.rule(Rule::FilledDown);
            self.previous.above.0
        } else {
            return Err(Reject::missing(Code::MissingAccount, Role::Account));
        };
        if account == NONE {
            // Four gigabytes of names: no id is left.
            return Err(Reject::missing(Code::TooLarge, Role::Account));
        }
        self.previous.account = account;
        self.previous.above.0 = account;
        Ok(account)
    }

    #[inline(never)]
    fn reject(&mut self, row: &Row<'_>, reject: &Reject) {
        let Some(reader) = self.readers.last() else {
            return;
        };
        if reader.drops(reject) {
            self.counts.no_order(ON_PURPOSE);
            return;
        }
        self.counts.rejected += 1;
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
}

/// Whether a name says that there is none.
#[inline(never)]
fn is_nobody(name: &str) -> bool {
    cells::is_missing(name) || names(NOBODY).any(|word| name.eq_ignore_ascii_case(word))
}
