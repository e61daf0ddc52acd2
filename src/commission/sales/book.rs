//! Sales from an order book.
//!
//! Sales and returns up to a day are taken; account summaries, which are no orders, and later lines
//! are counted. Amounts with more than four decimals are rounded to four, half away from zero.

use super::{DECIMALS, Facts, HOUSE, Sales, TooLarge};
use crate::accounts::part;
use crate::base::Date;
use crate::base::order::positions;
use crate::commission::exact::{product, rounded};
use crate::orders::names::{NONE, Names};
use crate::orders::number::{Num, power};
use crate::orders::{Attr, LineKind, Measure, OrderBook};

/// 0001-01-01.
const FIRST_DAY: Date = Date::from_days(-719_162);

impl Sales {
    /// The sales and returns of a book up to and with a day.
    ///
    /// # Errors
    /// [`TooLarge`] when the amounts of a column sum to more than it holds exactly.
    pub fn of(book: &OrderBook, until: Date) -> Result<Self, TooLarge> {
        let rows = rows(book, until);
        let mut sales = Self {
            left_out: u32::try_from(book.len() - rows.len()).unwrap_or(u32::MAX),
            until: Some(until),
            ..Self::default()
        };
        sales.ids(book, &rows);
        sales.amounts(book, &rows)?;
        let of_order: Vec<u32> = if book.links().is_empty() {
            Vec::new()
        } else {
            let link = |line: &u32| book.link(*line as usize).unwrap_or(NONE);
            rows.iter().map(link).collect()
        };
        sales.facts = Facts::of_lines(book, &rows);
        sales.line = rows;
        sales.finish(&of_order)
    }

    fn ids(&mut self, book: &OrderBook, rows: &[u32]) {
        let at = |line: &u32| *line as usize;
        let numbers = |column: &[u32]| -> Vec<u32> {
            let one = |line: &u32| column.get(at(line)).copied().unwrap_or(NONE);
            rows.iter().map(one).collect()
        };
        self.day = rows
            .iter()
            .map(|line| book.dates().get(at(line)).copied().unwrap_or_default())
            .collect();
        self.is_return = rows
            .iter()
            .map(|line| book.kinds().get(at(line)) == Some(&LineKind::Return))
            .collect();
        self.order = numbers(book.orders());
        self.account = numbers(book.accounts());
        self.accounts = book.account_names().to_vec();
        let column = |attr| {
            let text = book.text(attr);
            let names: Vec<String> = text.names.iter().map(str::to_owned).collect();
            (numbers(text.ids.as_slice()), names)
        };
        (self.site, self.sites) = column(Attr::Site);
        (self.item, self.items) = column(Attr::Item);
        (self.stream, self.streams) = column(Attr::Stream);
        (self.partner, self.partners) = column(Attr::Partner);
        (self.rep, self.reps) = column(Attr::Salesperson);
        self.house();
        self.parts = parts(&self.items);
    }

    /// Lines without a salesperson belong to the house.
    fn house(&mut self) {
        let own = self.reps.iter().position(|name| name == HOUSE);
        let house = u32::try_from(own.unwrap_or(self.reps.len())).unwrap_or(NONE);
        let mut used = false;
        for rep in &mut self.rep {
            if *rep == NONE {
                (*rep, used) = (house, true);
            }
        }
        if used && own.is_none() {
            self.reps.push(HOUSE.to_owned());
        }
    }

    fn amounts(&mut self, book: &OrderBook, rows: &[u32]) -> Result<(), TooLarge> {
        let column = |measure: Measure| -> Result<Vec<i64>, TooLarge> {
            let values = book.amounts(measure);
            if values.is_empty() {
                return Ok(vec![0; rows.len()]);
            }
            let one = |line: &u32| match values.get(*line as usize) {
                None => Ok(0),
                Some(value) => amount(value).ok_or(TooLarge { line: *line }),
            };
            rows.iter().map(one).collect()
        };
        self.revenue = column(Measure::Revenue)?;
        self.cost = column(Measure::Cost)?;
        self.freight = column(Measure::Freight)?;
        self.discount = column(Measure::Discount)?;
        self.other = column(Measure::Rebates)?;
        let others = self.other.iter_mut().zip(column(Measure::Tooling)?);
        for ((other, tooling), line) in others.zip(rows) {
            *other = other.checked_add(tooling).ok_or(TooLarge { line: *line })?;
        }
        let costs = book.amounts(Measure::Cost);
        self.no_cost = rows.iter().map(|line| !costs.has(*line as usize)).collect();
        Ok(())
    }
}

/// A number of the book as an amount of a column.
pub(super) fn amount(value: Num) -> Option<i64> {
    let short = |long: i128| i64::try_from(long).ok();
    match DECIMALS.checked_sub(value.scale()) {
        Some(more) => product(short(value.mantissa())?, short(power(more)?)?),
        None => short(rounded(value.mantissa(), power(value.scale() - DECIMALS)?)),
    }
}

/// By item: the part behind it.
pub(super) fn parts(items: &[String]) -> Vec<u32> {
    let mut names = Names::default();
    items.iter().map(|item| names.intern(part(item))).collect()
}

/// By order: its place by number, so that the order of a file's lines does not decide who comes
/// first. A shorter number is the smaller one, 9 before 10; those without one go by account.
fn places(book: &OrderBook) -> Vec<u32> {
    let mut accounts = vec![NONE; book.order_count()];
    for (order, account) in book.orders().iter().zip(book.accounts()) {
        if let Some(slot) = accounts.get_mut(*order as usize) {
            *slot = *account;
        }
    }
    let key = |order: usize| {
        let number = u32::try_from(order).map_or("", |order| book.order_name(order));
        let account = accounts.get(order).copied().unwrap_or(NONE);
        let account = book.account_names().get(account as usize);
        (number.len(), number, account)
    };
    let sorted = positions(accounts.len(), &mut |a, b| key(a).cmp(&key(b)));
    let mut places = vec![NONE; accounts.len()];
    for (place, order) in (0_u32..).zip(sorted) {
        if let Some(slot) = places.get_mut(order) {
            *slot = place;
        }
    }
    places
}

/// The lines to take, in the order of the rows.
fn rows(book: &OrderBook, until: Date) -> Vec<u32> {
    let until = book.last().map_or(until, |last| last.min(until));
    let places = places(book);
    let lines = (0_u32..).zip(book.dates()).zip(book.kinds());
    let mut keyed: Vec<(u64, u32)> = lines
        .zip(book.orders())
        .filter(|(((_, day), kind), _)| **day <= until && **kind != LineKind::Summary)
        .map(|(((line, day), kind), order)| {
            // Counted from the first day of year 1, so that days before 1970 come first.
            let day = u64::try_from(day.days_since(FIRST_DAY)).unwrap_or(0);
            let back = u64::from(*kind == LineKind::Return);
            let place = places.get(*order as usize).copied().unwrap_or(NONE);
            (day << 33 | back << 32 | u64::from(place), line)
        })
        .collect();
    if !keyed.is_sorted() {
        keyed.sort_unstable();
    }
    keyed.into_iter().map(|(_, line)| line).collect()
}
