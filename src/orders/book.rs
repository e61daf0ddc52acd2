//! The order book: every order line as columns.
//!
//! Made by [`super::build::Builder`] and never changed after. Money is in the base currency.
//! Names are interned: a column holds ids into its [`Names`]. The lines of an account are found
//! through a permutation that is kept with the book.

use std::rc::Rc;

use super::column::{Amounts, Ids};
use super::facts::Facts;
use super::names::{NONE, Names};
use super::number::Num;
use super::shared::Shared;
use super::sources::Unmatched;
use crate::base::Date;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum LineKind {
    /// Something sold.
    #[default]
    Sale,
    /// A return or a credit; its amounts are negative.
    Return,
    /// The sums of an account, from an account summary.
    Summary,
}

/// A column of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attr {
    /// The account's parent.
    Parent,
    /// Plant or ship-to.
    Site,
    /// The part.
    Item,
    /// ISO 4217 code as recorded.
    Currency,
    /// Industry or customer group.
    Segment,
    /// Who sold it.
    Salesperson,
    /// The partner it came through.
    Partner,
    /// Stream of business.
    Stream,
    /// Status or type of the document.
    Status,
    /// Production process.
    Process,
    /// Machine or work centre.
    Machine,
    /// Material.
    Material,
}

impl Attr {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Parent,
        Self::Site,
        Self::Item,
        Self::Currency,
        Self::Segment,
        Self::Salesperson,
        Self::Partner,
        Self::Stream,
        Self::Status,
        Self::Process,
        Self::Machine,
        Self::Material,
    ];
}

/// A column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Pieces.
    Quantity,
    /// Net price of a piece.
    Price,
    /// Net amount of the line.
    Revenue,
    /// On-invoice discount of the line: list value less revenue.
    Discount,
    /// Off-invoice rebates.
    Rebates,
    /// Freight we bear.
    Freight,
    /// Cost of goods of the line.
    Cost,
    /// Tooling we fund.
    Tooling,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Quantity,
        Self::Price,
        Self::Revenue,
        Self::Discount,
        Self::Rebates,
        Self::Freight,
        Self::Cost,
        Self::Tooling,
    ];

    /// An amount of money, as opposed to a number of pieces.
    pub const fn is_money(self) -> bool {
        !matches!(self, Self::Quantity)
    }
}

/// What merging several sources leaves open.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Merged {
    /// Orders that two systems have, those with different amounts first.
    pub shared: Vec<Shared>,
    /// What one source has and another lacks, while both cover the same time.
    pub unmatched: Vec<Unmatched>,
}

/// Names and the ids of the lines.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The distinct values.
    pub names: Names,
    /// One id a line.
    pub ids: Ids,
}

/// What an account summary says of an account beside the sums of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// The line that holds the sums; its date is the last order's.
    pub line: u32,
    /// Number of orders; zero for sums whose orders are counted elsewhere, or of returns alone.
    pub orders: u32,
    /// Day of the first order.
    pub first: Date,
}

/// Every order line, in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct OrderBook {
    pub(super) dates: Vec<Date>,
    pub(super) kinds: Vec<LineKind>,
    pub(super) account: Vec<u32>,
    pub(super) account_names: Vec<String>,
    pub(super) order: Vec<u32>,
    pub(super) order_names: Names,
    pub(super) file: Ids,
    pub(super) file_line: Vec<u32>,
    texts: [Text; 12],
    measures: [Amounts; 8],
    pub(super) facts: Facts,
    pub(super) currency: Option<String>,
    pub(super) links: Vec<(u32, u32)>,
    pub(super) summaries: Vec<Summary>,
    pub(super) by_account: Vec<u32>,
    pub(super) starts: Vec<u32>,
    pub(super) last: Option<Date>,
    pub(super) coverage: Vec<(String, f64)>,
    pub(super) merged: Rc<Merged>,
}

impl OrderBook {
    /// How many lines.
    pub fn len(&self) -> usize {
        self.dates.len()
    }

    /// No lines.
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    /// The day of each line.
    pub fn dates(&self) -> &[Date] {
        &self.dates
    }

    /// What each line is.
    pub fn kinds(&self) -> &[LineKind] {
        &self.kinds
    }

    /// The account of each line, as a position in [`OrderBook::account_names`].
    pub fn accounts(&self) -> &[u32] {
        &self.account
    }

    /// One name an account, as written most often, in the order of first appearance.
    pub fn account_names(&self) -> &[String] {
        &self.account_names
    }

    /// The order of each line, from 0; every line has one.
    pub fn orders(&self) -> &[u32] {
        &self.order
    }

    /// One more than the largest order id.
    pub fn order_count(&self) -> usize {
        self.order_names.len()
    }

    /// An order's number as written; empty where the data has none.
    pub fn order_name(&self, order: u32) -> &str {
        shown_order(self.order_names.name(order))
    }

    /// The file a line came from, by position in the import, and its line there from 1.
    pub fn place(&self, line: usize) -> (u32, u32) {
        let file = match self.file.get(line) {
            NONE => 0,
            file => file,
        };
        (file, self.file_line.get(line).copied().unwrap_or(0))
    }

    /// A column of names.
    pub fn text(&self, attr: Attr) -> &Text {
        let [
            parent,
            site,
            item,
            currency,
            segment,
            salesperson,
            partner,
            stream,
            status,
            process,
            machine,
            material,
        ] = &self.texts;
        match attr {
            Attr::Parent => parent,
            Attr::Site => site,
            Attr::Item => item,
            Attr::Currency => currency,
            Attr::Segment => segment,
            Attr::Salesperson => salesperson,
            Attr::Partner => partner,
            Attr::Stream => stream,
            Attr::Status => status,
            Attr::Process => process,
            Attr::Machine => machine,
            Attr::Material => material,
        }
    }

    /// A line's value in a column of names; empty where it has none.
    pub fn name(&self, attr: Attr, line: usize) -> &str {
        let text = self.text(attr);
        text.names.name(text.ids.get(line))
    }

    /// A column of numbers.
    pub fn amounts(&self, measure: Measure) -> &Amounts {
        let [
            quantity,
            price,
            revenue,
            discount,
            rebates,
            freight,
            cost,
            tooling,
        ] = &self.measures;
        match measure {
            Measure::Quantity => quantity,
            Measure::Price => price,
            Measure::Revenue => revenue,
            Measure::Discount => discount,
            Measure::Rebates => rebates,
            Measure::Freight => freight,
            Measure::Cost => cost,
            Measure::Tooling => tooling,
        }
    }

    /// A line's number.
    pub fn amount(&self, measure: Measure, line: usize) -> Option<Num> {
        self.amounts(measure).get(line)
    }

    /// A line's pieces times its price, where both are known.
    pub(super) fn priced(&self, line: usize) -> Option<Num> {
        let pieces = self.amount(Measure::Quantity, line)?;
        pieces.times(self.amount(Measure::Price, line)?)
    }

    /// ISO 4217 code of all money, where known.
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// Returns whose order is known: the return's line and the order's id, by line.
    pub fn links(&self) -> &[(u32, u32)] {
        &self.links
    }

    /// The order that a return belongs to, if it is known.
    pub fn link(&self, line: usize) -> Option<u32> {
        let line = u32::try_from(line).ok()?;
        let at = self.links.binary_search_by_key(&line, |(l, _)| *l).ok()?;
        self.links.get(at).map(|(_, order)| *order)
    }

    /// Account summaries, by line.
    pub fn summaries(&self) -> &[Summary] {
        &self.summaries
    }

    /// What an account summary says of a line; `None` where the line is none.
    pub fn summary(&self, line: usize) -> Option<&Summary> {
        let line = u32::try_from(line).ok()?;
        let at = self
            .summaries
            .binary_search_by_key(&line, |s| s.line)
            .ok()?;
        self.summaries.get(at)
    }

    /// How many accounts came as summaries.
    pub(super) fn summed_accounts(&self) -> u64 {
        let lines = self.summaries.iter().map(|summary| summary.line as usize);
        let mut accounts: Vec<u32> = lines
            .filter_map(|at| self.account.get(at).copied())
            .collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts.len() as u64
    }

    /// Whether a line takes something back: a return, or an account summary's sum of returns.
    pub fn takes_back(&self, line: usize) -> bool {
        match self.kinds.get(line) {
            Some(LineKind::Return) => true,
            Some(LineKind::Summary) => {
                let revenue = self.amount(Measure::Revenue, line);
                revenue.is_some_and(Num::is_negative)
                    && self
                        .summary(line)
                        .is_some_and(|summary| summary.orders == 0)
            }
            _ => false,
        }
    }

    /// What merging several sources left open.
    pub const fn merged(&self) -> &Rc<Merged> {
        &self.merged
    }

    /// The lines of an account by date.
    pub fn lines_of(&self, account: usize) -> &[u32] {
        let start = self.starts.get(account).copied().unwrap_or(0) as usize;
        let end = account
            .checked_add(1)
            .and_then(|next| self.starts.get(next))
            .copied()
            .unwrap_or(0) as usize;
        self.by_account.get(start..end).unwrap_or(&[])
    }

    /// The last day that counts as an order's: later ones are more than ten years after the median
    /// and are listed as odd.
    pub fn last(&self) -> Option<Date> {
        self.last
    }

    pub(super) fn text_mut(&mut self, attr: Attr) -> &mut Text {
        let [
            parent,
            site,
            item,
            currency,
            segment,
            salesperson,
            partner,
            stream,
            status,
            process,
            machine,
            material,
        ] = &mut self.texts;
        match attr {
            Attr::Parent => parent,
            Attr::Site => site,
            Attr::Item => item,
            Attr::Currency => currency,
            Attr::Segment => segment,
            Attr::Salesperson => salesperson,
            Attr::Partner => partner,
            Attr::Stream => stream,
            Attr::Status => status,
            Attr::Process => process,
            Attr::Machine => machine,
            Attr::Material => material,
        }
    }

    pub(super) fn amounts_mut(&mut self, measure: Measure) -> &mut Amounts {
        let [
            quantity,
            price,
            revenue,
            discount,
            rebates,
            freight,
            cost,
            tooling,
        ] = &mut self.measures;
        match measure {
            Measure::Quantity => quantity,
            Measure::Price => price,
            Measure::Revenue => revenue,
            Measure::Discount => discount,
            Measure::Rebates => rebates,
            Measure::Freight => freight,
            Measure::Cost => cost,
            Measure::Tooling => tooling,
        }
    }
}

/// Order keys carry marks that no cell holds: a source in front, an account behind, or, where the
/// data has no order numbers, account and day.
pub(super) fn shown_order(key: &str) -> &str {
    let key = key.split('\u{1f}').next().unwrap_or("");
    let mut rest = key.chars();
    match rest.next() {
        Some(DAY_ORDER) => "",
        Some(mark) if mark >= SOURCE_MARK => rest.as_str(),
        _ => key,
    }
}

/// Stands before the key of an order that is an account's day.
pub(super) const DAY_ORDER: char = '\u{2}';
/// Sources after the first mark their order numbers with this and the following characters of a
/// plane for private use.
pub(super) const SOURCE_MARK: char = '\u{10_0000}';
