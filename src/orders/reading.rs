//! A file's layout made ready for the inner loop: which cell holds which role, how it is read, and
//! the repairs the user agreed to.

use super::book::{Attr, Measure};
use super::facts::Fact;
use super::headers::{CUSTOMER_NUMBERS, DESCRIPTIONS, ORDER_AMOUNTS};
use super::number::{DECIMALS, LARGEST_SMALL, Num};
use super::pieces::Per;
use super::plan::FilePlan;
use super::problems::Found;
use super::push::{INHERITED, OWN};
use super::whole::WholeColumns;
use crate::base::Date;
use crate::ingest::cells::{self, Bad, CANONICAL, Number};
use crate::ingest::layout::{Certainty, Choice, DateOrder, DecimalMark, Grain};
use crate::ingest::problem::{Code, Fix, Problem};
use crate::ingest::role::Role;
use crate::ingest::row::Row;
use crate::ingest::systems::{Quirks, quirks};
use crate::ingest::words::{TAX_RATES, TAXES, listed, normalise, of_order, with_tax};

const ABSENT: u32 = u32::MAX;
const ROLES: usize = Role::ALL.len();

/// How one column is read.
#[derive(Debug, Clone, Default)]
struct Reading {
    date: Option<DateOrder>,
    decimal: Option<DecimalMark>,
    /// Its amounts are in thousands or millions.
    times: Option<i64>,
}

/// A file's layout, ready to use.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own, not a state.
pub(super) struct Reader {
    /// The file, by position in the import.
    pub file: u32,
    /// Its name.
    pub name: String,
    /// The system that wrote it, if known.
    pub system: Option<String>,
    /// What is peculiar about that system's files.
    pub quirks: &'static Quirks,
    /// One row per what.
    pub grain: Grain,
    /// The headers.
    pub headers: Vec<String>,
    /// Its size in bytes.
    pub size: u64,
    /// The order's number names one row.
    pub row_is_order: bool,
    /// Measures that stand in the company's own currency, whatever the row's is.
    pub local: Vec<Measure>,
    /// What the file says of whole orders, where it does.
    pub whole: Option<WholeColumns>,
    /// By its header, the amount may be that of the whole order.
    pub order_amounts: bool,
    /// It could be: only what it comes to can tell.
    pub maybe_order_amounts: bool,
    /// How many pieces the price is for, where it is not one.
    pub per: Per,
    /// The currency that stands beside every amount, where no column names one.
    pub currency: Option<String>,
    /// Columns of names: what they are, where they are.
    pub texts: Vec<TextColumn>,
    /// Facts of a sale that the file has.
    pub facts: Vec<Fact>,
    /// Names stand in the cells as they are: no repair, no padding.
    pub plain: bool,
    /// Numbers have a mark before them, as those of workbooks and of JSON do.
    marked: bool,
    /// What an item is called, where its own cell is blank.
    described: Option<usize>,
    /// The customer's number, where the account is a name.
    pub numbered: Option<usize>,
    /// The rate of the tax that an amount contains, where nothing else tells the net amount.
    pub rate: Option<usize>,
    /// Blank accounts and days are those of the row above.
    pub filled_down: bool,
    /// The discount is still to be taken off the net amount.
    pub undiscounted: bool,
    /// Amounts of whole orders stand on each of their lines.
    pub joined: bool,
    /// Of orders, only first rows have an amount.
    pub first_row_only: bool,
    /// Each line states the freight of its own.
    pub own_freight: bool,
    /// The total has its tax in it, as its file shows or the user said.
    taxed: bool,
    /// Columns of numbers that go into the book as they are, if no rule needs more of a row.
    pub quick: Vec<QuickColumn>,
    columns: [u32; ROLES],
    readings: Vec<Reading>,
    /// Kinds of rows that the user left out on purpose.
    dropped: Vec<Fix>,
}

/// A column of names in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextColumn {
    /// What it holds.
    pub attr: Attr,
    /// Its role.
    pub role: Role,
    /// Position in [`INHERITED`], if it belongs to the whole order.
    pub inherited: Option<usize>,
    /// Where it is.
    pub column: usize,
}

/// A column of numbers in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct QuickColumn {
    /// What it holds.
    pub measure: Measure,
    column: usize,
    mark: DecimalMark,
}

/// The numbers of a row as they go into the book: integer and decimals, by [`Reader::quick`].
pub(super) type Quick = [(i64, u8); Measure::ALL.len()];

/// The decimals of a cell without a number.
pub(super) const NO_NUMBER: u8 = u8::MAX;

/// Roles whose numbers go into the book as they are.
pub(super) const DIRECT: [(Role, Measure); 8] = [
    (Role::Quantity, Measure::Quantity),
    (Role::Price, Measure::Price),
    (Role::Revenue, Measure::Revenue),
    (Role::Discount, Measure::Discount),
    (Role::Rebates, Measure::Rebates),
    (Role::Freight, Measure::Freight),
    (Role::Cost, Measure::Cost),
    (Role::Tooling, Measure::Tooling),
];

/// Roles whose numbers need a rule.
const RULED: [Role; 7] = [
    Role::ListPrice,
    Role::DiscountPercent,
    Role::UnitCost,
    Role::GrossProfit,
    Role::Refunded,
    Role::Total,
    Role::Tax,
];

/// Why a row is rejected; made only for bad rows.
#[derive(Debug)]
pub(super) struct Reject {
    /// The kind.
    pub code: Code,
    /// The column, if it is about one.
    pub column: Option<u32>,
    /// Its role.
    pub role: Option<Role>,
    /// What was found.
    pub found: String,
}

impl Reject {
    /// A row without something it needs.
    pub fn missing(code: Code, role: Role) -> Self {
        Self {
            code,
            column: None,
            role: Some(role),
            found: String::new(),
        }
    }

    /// Leaving such rows out on purpose.
    pub const fn drop(&self) -> Fix {
        Fix::Drop {
            code: self.code,
            column: self.column,
        }
    }
}

impl Reader {
    /// The one of a file.
    pub fn of(readers: &[Self], file: u32) -> Option<&Self> {
        readers.iter().find(|reader| reader.file == file)
    }

    /// Makes a reader of a file's layout and fixes.
    pub fn new(file: u32, from: &FilePlan) -> Self {
        let layout = &from.layout;
        let mut columns = [ABSENT; ROLES];
        let mut readings = Vec::with_capacity(layout.columns.len());
        for (at, column) in (0_u32..).zip(&layout.columns) {
            let slot = column.role.and_then(|role| columns.get_mut(role as usize));
            if let Some(slot) = slot
                && *slot == ABSENT
            {
                *slot = at;
            }
            readings.push(Reading {
                date: column.date_order,
                decimal: column.decimal,
                times: column.role.and_then(|role| role.times(&column.header)),
            });
        }
        let total = layout
            .column(Role::Total)
            .and_then(|at| layout.columns.get(at));
        let confirmed = total.is_some_and(|total| total.certainty == Certainty::Confirmed);
        let mut reader = Self {
            file,
            name: from.name.clone(),
            system: layout.system.clone(),
            quirks: quirks(layout),
            grain: layout.grain,
            headers: layout.columns.iter().map(|c| c.header.clone()).collect(),
            size: from.size,
            row_is_order: false,
            local: Vec::new(),
            whole: None,
            order_amounts: false,
            maybe_order_amounts: false,
            per: Per::One,
            currency: layout
                .currency
                .clone()
                .filter(|_| layout.column(Role::Currency).is_none()),
            texts: Vec::new(),
            facts: Vec::new(),
            plain: false,
            marked: layout.json || from.sheet.is_some(),
            described: None,
            numbered: None,
            rate: None,
            filled_down: layout.filled_down,
            undiscounted: layout.undiscounted,
            joined: layout.joined,
            first_row_only: layout.first_row_only,
            own_freight: layout.own_freight,
            taxed: layout.taxed || confirmed,
            quick: Vec::new(),
            columns,
            readings,
            dropped: from
                .fixes
                .iter()
                .filter(|fix| matches!(fix, Fix::Drop { .. }))
                .cloned()
                .collect(),
        };
        reader.prepare();
        reader
    }

    /// What the headers say beyond the columns' roles.
    fn heed_headers(&mut self) {
        let headers: Vec<String> = self.headers.iter().map(|h| normalise(h)).collect();
        let header = |column: u32| headers.get(column as usize).map_or("", String::as_str);
        let order = self.column(Role::Order).map_or("", header);
        self.row_is_order = listed(self.quirks.row_ids, order);
        // Business Central marks its columns in the company's currency so.
        let local = |role| {
            self.column(role)
                .is_some_and(|c| header(c).ends_with(" lcy"))
        };
        let measures = DIRECT.into_iter().chain([(Role::UnitCost, Measure::Cost)]);
        let measures = measures.filter(|(role, _)| local(*role));
        self.local = measures.map(|(_, measure)| measure).collect();
        let mark = |column: usize| self.readings.get(column)?.decimal;
        self.whole = WholeColumns::of(self.quirks.whole, &headers, mark);
        let amount = self.column(Role::Revenue).or(self.column(Role::Total));
        let orders = self.system.is_none() && self.has(Role::Order);
        self.order_amounts = orders
            && (amount.is_some_and(|column| listed(ORDER_AMOUNTS, header(column)))
                || self.undiscounted && self.has(Role::Price));
        self.maybe_order_amounts = orders
            && (self.has(Role::Quantity) || !self.has(Role::Price))
            && amount.map(header).is_some_and(of_order);
        let price = self.column(Role::Price).filter(|_| self.system.is_none());
        let free = |list: &str| {
            let mut columns = self.roles().zip(&headers);
            let found = columns.position(|(role, header)| role.is_none() && listed(list, header));
            found.filter(|_| self.system.is_none())
        };
        let numbered = free(CUSTOMER_NUMBERS);
        let (described, rate) = (free(DESCRIPTIONS), free(TAX_RATES).or_else(|| free(TAXES)));
        self.described = described.filter(|_| self.has(Role::Item));
        self.numbered = numbered.filter(|_| self.has(Role::Account));
        let total = self.column(Role::Total);
        let gross = total.is_some_and(|column| self.taxed || with_tax(header(column)));
        self.rate = rate.filter(|_| gross && !self.has(Role::Revenue) && !self.has(Role::Tax));
        self.per = price.map_or(Per::One, |price| Per::of(&headers, header(price)));
    }

    /// Whether the discount percentage of a row is one beyond doubt: by its sign, or because the
    /// system that wrote the file means hundredths.
    pub fn says_percent(&self, row: &Row<'_>) -> bool {
        let column = self.column(Role::DiscountPercent);
        let header = column.and_then(|column| self.headers.get(column as usize));
        let known = self.system.is_some() && header.is_some_and(|header| header.contains('%'));
        known || self.cell(row, Role::DiscountPercent).contains('%')
    }

    /// The number of a column that has no role; what cannot be read is none.
    pub fn stated(&self, row: &Row<'_>, column: usize) -> Option<Num> {
        let mark = self.whole.map_or(DecimalMark::Dot, |whole| whole.mark);
        let number = cells::number(row.cell(column), mark).ok().flatten();
        number.and_then(Num::of)
    }

    /// Lists the columns that the inner loop visits.
    fn prepare(&mut self) {
        self.heed_headers();
        self.plain = !self.quirks.strip_zeros && !self.marked && self.described.is_none();
        let inherited = (0..).map(Some).zip(INHERITED);
        let own = std::iter::repeat(None).zip(OWN);
        for (inherited, (attr, role)) in inherited.chain(own) {
            if let Some(column) = self.column(role) {
                self.texts.push(TextColumn {
                    attr,
                    role,
                    inherited,
                    column: column as usize,
                });
            }
        }
        let known = |fact: &Fact| self.has(fact.role());
        self.facts = Fact::ALL.into_iter().filter(known).collect();
        let ruled = RULED.into_iter().any(|role| self.has(role)) || self.undiscounted;
        let ruled = ruled || !matches!(self.per, Per::One) || self.is_counted();
        if ruled || !self.has(Role::Revenue) || !self.quirks.once_per_order.is_empty() {
            return;
        }
        for (role, measure) in DIRECT {
            if let Some(column) = self.column(role) {
                let reading = self.readings.get(column as usize);
                let mark = reading.and_then(|r| r.decimal).unwrap_or(DecimalMark::Dot);
                self.quick.push(QuickColumn {
                    measure,
                    column: column as usize,
                    mark,
                });
            }
        }
    }

    /// The row's numbers, if they are all small, there is a net amount, and nothing is negative;
    /// `false` sends the row the long way.
    #[inline]
    pub fn take_quick(&self, row: &Row<'_>, quick: &mut Quick) -> bool {
        let mut revenue = false;
        for (column, slot) in self.quick.iter().zip(quick) {
            let cell = row.cell(column.column);
            *slot = (0, NO_NUMBER);
            if cell.is_empty() {
                continue;
            }
            let (mantissa, scale) = match cells::small(cell, column.mark) {
                Some(number) => number,
                None => match cells::number(cell, column.mark) {
                    Ok(None) => continue,
                    Ok(Some(Number::Small { mantissa, scale })) => (mantissa, scale),
                    _ => return false,
                },
            };
            if !(0..=LARGEST_SMALL).contains(&mantissa) || scale > DECIMALS {
                return false;
            }
            *slot = (mantissa, scale);
            revenue |= column.measure == Measure::Revenue;
        }
        revenue
    }

    /// Whether amounts are in thousands or millions, by their headers.
    pub fn is_counted(&self) -> bool {
        self.readings.iter().any(|reading| reading.times.is_some())
    }

    /// Whether a row's quantity has a unit beside it.
    pub fn has_unit(&self, row: &Row<'_>) -> bool {
        let cell = self.cell(row, Role::Quantity);
        let mark = self.reading(Role::Quantity).and_then(|r| r.decimal);
        let number = || cells::number(cell, mark.unwrap_or(DecimalMark::Dot));
        cells::unit(cell).is_some() && number().is_err()
    }

    /// The role of each column from the left.
    pub fn roles(&self) -> impl Iterator<Item = Option<Role>> {
        (0_u32..).take(self.headers.len()).map(|column| {
            Role::ALL
                .iter()
                .copied()
                .find(|role| self.column(*role) == Some(column))
        })
    }

    /// Whether the file has a column of this role.
    pub fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// The column of a role.
    pub fn column(&self, role: Role) -> Option<u32> {
        let column = self.columns.get(role as usize).copied().unwrap_or(ABSENT);
        (column != ABSENT).then_some(column)
    }

    /// The cell of a role as it is to be read; empty where the file has no such column.
    #[inline]
    pub fn cell<'a>(&'a self, row: &Row<'a>, role: Role) -> &'a str {
        let Some(column) = self.column(role) else {
            return "";
        };
        row.cell(column as usize)
    }

    /// The number of a role.
    #[inline]
    pub fn number(&self, row: &Row<'_>, role: Role) -> Result<Option<Num>, Reject> {
        let cell = self.cell(row, role);
        if cell.is_empty() {
            return Ok(None);
        }
        let Some(reading) = self.reading(role) else {
            return Ok(None);
        };
        let mark = reading.decimal.unwrap_or(DecimalMark::Dot);
        let times = |number: Num| match reading.times {
            None => Some(number),
            Some(times) => Some(number.times(Num::small(times, 0))?.shortest()),
        };
        let bad = match cells::number_of(role, cell, mark) {
            Ok(None) => return Ok(None),
            Ok(Some(number)) => match Num::of(number).and_then(times) {
                Some(number) => return Ok(Some(number)),
                None => Bad::TooLarge,
            },
            Err(bad) => bad,
        };
        Err(self.bad(role, bad, cell))
    }

    /// A date cell. `None` is an empty cell.
    pub fn date(&self, role: Role, cell: &str) -> Result<Option<Date>, Reject> {
        let Some(reading) = self.reading(role) else {
            return Ok(None);
        };
        let order = reading.date.unwrap_or(DateOrder::Ymd);
        cells::date(cell, order).map_err(|bad| self.bad(role, bad, cell))
    }

    /// A number that names something; systems that pad theirs with zeros mean it without them.
    #[inline]
    pub fn name<'a>(&'a self, row: &Row<'a>, role: Role) -> &'a str {
        let mut cell = self.cell(row, role);
        if let (true, Role::Item, Some(column)) = (cell.is_empty(), role, self.described) {
            cell = row.cell(column);
        }
        if self.marked {
            cell = cell.trim_start_matches(CANONICAL);
        }
        if self.quirks.strip_zeros && cell.bytes().all(|b| b.is_ascii_digit()) {
            let short = cell.trim_start_matches('0');
            if short.is_empty() { cell } else { short }
        } else {
            cell
        }
    }

    /// An amount that may belong to the whole order, and then counts on its first line only.
    pub fn once(&self, row: &Row<'_>, role: Role, again: bool) -> Result<Option<Num>, Reject> {
        if again && self.quirks.once_per_order.contains(&role) {
            return Ok(None);
        }
        self.number(row, role)
    }

    /// Whether the user has left such rows out on purpose.
    pub fn drops(&self, reject: &Reject) -> bool {
        self.dropped.contains(&reject.drop())
    }

    /// A rejection as a problem with its fixes.
    pub fn found(&self, line: u64, reject: &Reject) -> Found {
        let other = self.other_reading(reject);
        let mut fixes = Vec::new();
        if let Some(column) = reject.column {
            if let Some(choice) = other {
                fixes.push(Fix::Also { column, choice });
                fixes.push(Fix::Reread { column, choice });
            }
            if reject.code == Code::UnknownCurrency {
                fixes.push(Fix::Rate {
                    currency: reject.found.clone(),
                });
            }
            // Without a day or a customer a row is no order.
            if !matches!(reject.role, Some(Role::Date | Role::Account)) {
                fixes.push(Fix::Blank { column });
            }
            fixes.push(Fix::Replace {
                column,
                found: reject.found.clone(),
                with: String::new(),
            });
        }
        fixes.push(reject.drop());
        let same = match other {
            Some(Choice::DateOrder(order)) => format!("\u{1}{}", order as u8),
            Some(Choice::Decimal(mark)) => format!("\u{1}{}", mark as u8),
            Some(Choice::Role(_)) | None => reject.found.clone(),
        };
        Found {
            problem: Problem {
                code: reject.code,
                file: self.file,
                row: line,
                column: reject.column,
                role: reject.role,
                found: reject.found.clone(),
            },
            expected: self.expected(reject),
            rejected: true,
            fixes,
            same,
        }
    }

    fn reading(&self, role: Role) -> Option<&Reading> {
        self.column(role)
            .and_then(|column| self.readings.get(column as usize))
    }

    fn bad(&self, role: Role, bad: Bad, cell: &str) -> Reject {
        Reject {
            code: bad.code(),
            column: self.column(role),
            role: Some(role),
            found: cells::shown(cell).to_owned(),
        }
    }

    /// A reading of the column that would take the cell.
    fn other_reading(&self, reject: &Reject) -> Option<Choice> {
        let reading = self.readings.get(reject.column? as usize)?;
        match reject.code {
            Code::BadDate => [
                DateOrder::Dmy,
                DateOrder::Mdy,
                DateOrder::Ymd,
                DateOrder::Excel1900,
            ]
            .into_iter()
            .filter(|order| Some(*order) != reading.date)
            .find(|order| matches!(cells::date(&reject.found, *order), Ok(Some(_))))
            .map(Choice::DateOrder),
            Code::BadNumber => [DecimalMark::Dot, DecimalMark::Comma]
                .into_iter()
                .filter(|mark| Some(*mark) != reading.decimal)
                .find(|mark| {
                    let role = reject.role.unwrap_or(Role::Revenue);
                    matches!(cells::number_of(role, &reject.found, *mark), Ok(Some(_)))
                })
                .map(Choice::Decimal),
            _ => None,
        }
    }

    /// What was expected in the place of what was found, in words.
    pub fn expected(&self, reject: &Reject) -> String {
        let reading = reject.column.and_then(|c| self.readings.get(c as usize));
        match reject.code {
            Code::BadDate => match reading.and_then(|r| r.date).unwrap_or(DateOrder::Ymd) {
                DateOrder::Ymd => "a date such as 2026-12-31",
                DateOrder::Dmy => "a date with the day first, such as 31/12/2026",
                DateOrder::Mdy => "a date with the month first, such as 12/31/2026",
                DateOrder::Excel1900 | DateOrder::Excel1904 => {
                    "a spreadsheet's day number, such as 46387"
                }
                DateOrder::EpochSeconds => "seconds since 1970, such as 1798675200",
                DateOrder::EpochMillis => "milliseconds since 1970, such as 1798675200000",
            },
            Code::BadNumber => match reading.and_then(|r| r.decimal).unwrap_or(DecimalMark::Dot) {
                DecimalMark::Dot => "a number such as 1,234.56",
                DecimalMark::Comma => "a number such as 1.234,56",
            },
            Code::NumberTooLarge => "an amount of at most 1,000,000,000,000,000",
            Code::Invoiced => "orders or their invoices: as it is, both of one sale count",
            Code::MissingAccount => "a name in the account column, or an e-mail address",
            Code::MissingDate => "a date in the order date column",
            Code::MissingAmount => "a net amount, or quantity and price, or an amount with tax",
            Code::UnknownCurrency => "a currency code of three letters that has a rate",
            _ => "a row that can be read",
        }
        .to_owned()
    }
}
