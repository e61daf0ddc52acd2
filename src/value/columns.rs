//! The columns of the accounts table: one list for the table, its sorting and its exports.
//!
//! A cell is made only for rows that are looked at; sorting uses the plain numbers behind it.

use rust_decimal::Decimal;

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, SheetColumn};

use super::definition::waterfall;
use super::evaluation::Evaluation;
use super::inputs::ValueBasis;
use super::prepared::Whole;

/// A column of the accounts table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Stable name.
    pub key: &'static str,
    /// The heading.
    pub label: &'static str,
    /// What its numbers count.
    pub unit: Unit,
    /// What the heading means.
    pub help: &'static str,
    /// Shown unless the user chooses otherwise.
    pub shown: bool,
    /// Its numbers can be added up for the footer.
    pub adds: bool,
}

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SortKey<'a> {
    /// A number; what has none sorts last in either direction.
    Number(f64),
    /// Words, compared without regard to case.
    Text(&'a str),
}

const fn column(key: &'static str, label: &'static str, unit: Unit, help: &'static str) -> Column {
    Column {
        key,
        label,
        unit,
        help,
        shown: false,
        adds: false,
    }
}

const fn shown(column: Column) -> Column {
    Column {
        shown: true,
        ..column
    }
}

const fn adds(column: Column) -> Column {
    Column {
        adds: true,
        ..column
    }
}

/// Every column from the left.
pub const COLUMNS: &[Column] = &[
    shown(column(
        "name",
        "Account",
        Unit::Text,
        "The name as written most often.",
    )),
    shown(adds(column(
        "lifetime",
        "Lifetime value",
        Unit::Money,
        "Value so far and future value, less acquisition cost.",
    ))),
    shown(column(
        "segment",
        "Segment",
        Unit::Text,
        "Industry or customer group.",
    )),
    column(
        "salesperson",
        "Salesperson",
        Unit::Text,
        "Who sold most of the recent revenue.",
    ),
    column(
        "partner",
        "Partner",
        Unit::Text,
        "The partner it came through.",
    ),
    column(
        "parent",
        "Parent account",
        Unit::Text,
        "The group it belongs to.",
    ),
    shown(column(
        "status",
        "Status",
        Unit::Text,
        "Lapsed: no order for longer than the lapse threshold.",
    )),
    column(
        "first",
        "First order",
        Unit::Date,
        "Day of the first order.",
    ),
    shown(column(
        "last",
        "Last order",
        Unit::Date,
        "Day of the last order.",
    )),
    adds(column(
        "orders",
        "Orders",
        Unit::Count,
        "Orders up to the as-of date.",
    )),
    shown(adds(column(
        "revenue",
        "Revenue",
        Unit::Money,
        "Net invoiced, whole history.",
    ))),
    adds(column(
        "revenue_year",
        "Revenue, 12 months",
        Unit::MoneyPerYear,
        "Net invoiced, last 365 days.",
    )),
    adds(column(
        "gross_profit",
        "Gross profit",
        Unit::Money,
        "Pocket price less cost of goods, whole history.",
    )),
    shown(column(
        "gp_percent",
        "GP %",
        Unit::Percent,
        "Gross profit over revenue net of rebates and terms.",
    )),
    shown(adds(column(
        "contribution",
        "Contribution",
        Unit::Money,
        "Contribution so far, whole history.",
    ))),
    adds(column(
        "past",
        "Value so far",
        Unit::Money,
        "The chosen level of the waterfall, whole history.",
    )),
    adds(column(
        "yearly",
        "Yearly margin",
        Unit::MoneyPerYear,
        "What every method starts from.",
    )),
    shown(adds(column(
        "future",
        "Future value",
        Unit::Money,
        "By the headline method; a lapsed account has none.",
    ))),
    adds(column(
        "cac",
        "Acquisition cost",
        Unit::Money,
        "The account's: its partner's, salesperson's or segment's where they have one.",
    )),
    shown(column(
        "ltv_cac",
        "LTV:CAC",
        Unit::Ratio,
        "Value so far and future value over acquisition cost.",
    )),
    shown(column(
        "payback",
        "Payback",
        Unit::Months,
        "Months of the current margin that earn back the acquisition cost.",
    )),
    column(
        "coverage",
        "Cost coverage",
        Unit::Percent,
        "The share of revenue with a recorded cost; the rest is assumed.",
    ),
    column(
        "rank_revenue",
        "Rank by revenue",
        Unit::Count,
        "1 is the largest.",
    ),
    column(
        "rank_value",
        "Rank by value",
        Unit::Count,
        "1 is the most valuable.",
    ),
    column(
        "shift",
        "Rank shift",
        Unit::Count,
        "Rank by revenue less rank by value: above 0 it is worth more than its revenue suggests.",
    ),
];

impl Column {
    /// The column by its key.
    pub fn get(key: &str) -> Option<&'static Self> {
        COLUMNS.iter().find(|c| c.key == key)
    }
}

impl From<&Column> for SheetColumn {
    fn from(column: &Column) -> Self {
        Self {
            key: column.key.into(),
            label: column.label.into(),
            unit: column.unit,
            help: column.help.into(),
        }
    }
}

impl<'a> Evaluation<'a> {
    /// A column as shown: its help says the basis and the convention it is computed under.
    pub fn column(&self, column: &Column) -> SheetColumn {
        let mut shown = SheetColumn::from(column);
        if let Some(convention) = self.convention(column) {
            shown.help.push(' ');
            shown.help.push_str(&convention);
            shown.help.push('.');
        }
        shown
    }

    /// A column as exported: a file has no help, so that the heading says it.
    pub fn exported_column(&self, column: &Column) -> SheetColumn {
        let mut shown = SheetColumn::from(column);
        if let Some(convention) = self.convention(column) {
            shown.label = format!("{} ({convention})", shown.label);
        }
        shown
    }

    fn convention(&self, column: &Column) -> Option<String> {
        match column.key {
            "future" | "lifetime" | "ltv_cac" => Some(self.headline_label()),
            "past" | "yearly" | "payback" => Some(self.inputs.basis.label().to_owned()),
            _ => None,
        }
    }

    /// What an account sorts by in a column.
    pub fn sort_key(&self, column: &str, position: usize) -> SortKey<'a> {
        match self.text(column, position) {
            Some(text) => SortKey::Text(text),
            None => SortKey::Number(self.number(column, position)),
        }
    }

    /// The words of a text column; empty where the account has none. `None` for other columns.
    pub fn text(&self, column: &str, position: usize) -> Option<&'a str> {
        let accounts = self.accounts;
        let account = accounts.list.get(position)?;
        let name = |names: &'a [String], at: Option<u32>| {
            at.and_then(|i| names.get(i as usize))
                .map_or("", String::as_str)
        };
        match column {
            "name" => Some(account.name.as_str()),
            "segment" => Some(name(&accounts.segments, account.segment)),
            "salesperson" => Some(name(&accounts.salespeople, account.salesperson)),
            "partner" => Some(name(&accounts.partners, account.partner)),
            "parent" => Some(name(&accounts.parents, account.parent)),
            "status" if account.total.orders == 0 => Some("No orders"),
            "status" if self.is_lapsed(position) => Some("Lapsed"),
            "status" => Some("Active"),
            _ => None,
        }
    }

    fn is_lapsed(&self, position: usize) -> bool {
        self.values.lapsed.get(position).copied().unwrap_or(false)
    }

    /// The number of a column; dates as days; `NaN` where there is none.
    pub fn number(&self, column: &str, position: usize) -> f64 {
        let none = f64::NAN;
        if let Some(values) = self.numbers(column) {
            return values.get(position).copied().unwrap_or(none);
        }
        let Some(row) = self.prepared.rows.get(position) else {
            return none;
        };
        let account = self.accounts.list.get(position);
        let ordered = row.total.orders > 0.0;
        let rank = |ranks: &[u32]| {
            let rank = ranks.get(position).filter(|r| **r > 0);
            rank.map_or(f64::NAN, |r| f64::from(*r))
        };
        match column {
            "first" if ordered => account.map_or(none, |a| f64::from(a.first.days())),
            "last" if ordered => f64::from(row.last),
            "orders" => row.total.orders,
            "revenue" => row.total.revenue,
            "revenue_year" => row.recent.revenue,
            "cac" if row.present => self.cac.at(position),
            "coverage" => 100.0 * row.coverage,
            "rank_revenue" => rank(&self.ranks().by_revenue),
            "rank_value" => rank(&self.ranks().by_value),
            "shift" => rank(&self.ranks().by_revenue) - rank(&self.ranks().by_value),
            _ => none,
        }
    }

    /// The numbers of a column that every evaluation computes for all accounts: to sort and to add up
    /// a hundred thousand of them, rows full of other things are too far apart.
    pub fn numbers(&self, column: &str) -> Option<&[f64]> {
        let values = &self.values;
        Some(match column {
            "gross_profit" => &values.gross_profit,
            "gp_percent" => &values.gp_percent,
            "contribution" => &values.contribution,
            "past" => &values.past,
            "yearly" => &values.yearly,
            "future" => &values.future,
            "lifetime" => &values.lifetime,
            "ltv_cac" => &values.ltv_cac,
            "payback" => &values.payback_months,
            _ => return None,
        })
    }

    /// The cell of a column, exact where the amounts are recorded.
    pub fn cell(&self, column: &str, position: usize) -> Cell {
        if let Some(text) = self.text(column, position) {
            return if text.is_empty() {
                Cell::Empty("Not in the data.".into())
            } else {
                Cell::Text(text.into())
            };
        }
        let account = self.accounts.list.get(position);
        let account = account.filter(|a| a.total.orders > 0);
        match (column, account) {
            ("first", Some(account)) => Cell::Date(account.first),
            ("last", Some(account)) => Cell::Date(account.last),
            _ => self.number_cell(column, position),
        }
    }

    fn number_cell(&self, column: &str, position: usize) -> Cell {
        if column == "future"
            && let Some(note) = self.lapsed_note(position)
        {
            return Cell::Empty(note);
        }
        let whole = self.prepared.account(self.accounts, position);
        let whole = whole.unwrap_or_default();
        let exactness = self.exactness(column, &whole);
        if let Some(exact) = self.exact(column, &whole) {
            return Cell::Number(Number::Exact(exact), exactness);
        }
        let number = self.number(column, position);
        if number.is_finite() {
            Cell::Number(Number::Float(number), exactness)
        } else {
            Cell::Empty(self.missing(column, position))
        }
    }

    /// A column's sum over some accounts, whose orders add up to `whole`: a decimal where recorded
    /// money is added up, and no more exact than the least exact of them.
    pub fn sum(&self, column: &Column, whole: &Whole, positions: &[usize]) -> Cell {
        if !column.adds {
            return Cell::Empty(String::new());
        }
        let exactness = self.exactness(column.key, whole);
        if let Some(exact) = self.exact(column.key, whole) {
            return Cell::Number(Number::Exact(exact), exactness);
        }
        let numbers = self.numbers(column.key);
        let number = |at: usize| match numbers {
            Some(numbers) => numbers.get(at).copied().unwrap_or(f64::NAN),
            None => self.number(column.key, at),
        };
        let (mut known, mut sum) = (false, -0.0);
        for number in positions.iter().map(|at| number(*at)) {
            if number.is_finite() {
                known = true;
                sum += number;
            }
        }
        match positions.first() {
            Some(first) if !known => Cell::Empty(self.missing(column.key, *first)),
            _ => Cell::Number(Number::Float(sum), exactness),
        }
    }

    /// The decimal amount of a column that adds up recorded money.
    fn exact(&self, column: &str, whole: &Whole) -> Option<Decimal> {
        let levels = |filled| waterfall(filled, &self.inputs).ok();
        let amount = match column {
            "orders" => return Some(Decimal::from(whole.total.sums.orders)),
            "revenue" => whole.total.sums.revenue,
            "revenue_year" => whole.recent.sums.revenue,
            "gross_profit" => levels(&whole.total)?.gross_profit,
            "contribution" => levels(&whole.total)?.contribution,
            "past" => levels(&whole.total)?.level(self.inputs.basis),
            _ => return None,
        };
        Some(amount.amount())
    }

    /// How far a column's number can be trusted, for accounts whose orders add up to `whole`.
    pub(super) fn exactness(&self, column: &str, whole: &Whole) -> Exactness {
        let inputs = &self.inputs;
        let terms = inputs.count_terms.on()
            && inputs.terms_days.get() > 0
            && inputs.capital.fraction() > 0.0;
        let gross = terms || (inputs.count_cost.on() && whole.total.cost_assumed());
        let served = inputs.count_service.on()
            && inputs.service_order.float() + inputs.service_year.float() > 0.0;
        let worn = inputs.count_depreciation.on() && inputs.depreciation_year.float() > 0.0;
        let level = |basis| match basis {
            ValueBasis::Revenue => false,
            ValueBasis::GrossProfit => gross,
            ValueBasis::Contribution => gross || served || worn,
        };
        let (assumed, expected) = match column {
            "gross_profit" | "gp_percent" => (gross, false),
            "contribution" => (level(ValueBasis::Contribution), false),
            "past" | "yearly" => (level(inputs.basis), false),
            "future" | "lifetime" | "ltv_cac" | "payback" | "rank_value" | "shift" => {
                (level(inputs.basis), true)
            }
            "cac" => (false, true),
            _ => (false, false),
        };
        match (assumed, expected) {
            (true, _) => Exactness::Assumed,
            (false, true) => Exactness::Estimated,
            (false, false) => Exactness::Exact,
        }
    }

    /// Why a column has no number.
    fn missing(&self, column: &str, position: usize) -> String {
        match column {
            "gp_percent" => "There is no revenue to take a share of.".into(),
            "ltv_cac" if self.cac.at(position) <= 0.0 => {
                "Acquisition cost is 0: there is nothing to compare with.".into()
            }
            "payback" => self.lapsed_note(position).map_or_else(
                || "Never: its yearly margin is not above 0.".into(),
                |note| format!("Never. {note}"),
            ),
            "future" | "lifetime" | "ltv_cac" => {
                let why = self.terms(position).err();
                why.map_or_else(|| "Not in the data.".into(), |why| why.0)
            }
            _ => "Not in the data.".into(),
        }
    }
}
