//! The cells of one row that every line needs: its form, its day, its numbers.

use super::amounts::{Given, NoAmount, less_discount};
use super::build::Previous;
use super::names::same;
use super::number::Num;
use super::problems::Problems;
use super::reading::{Reader, Reject};
use crate::base::Date;
use crate::ingest::cells;
use crate::ingest::problem::Code;
use crate::ingest::role::Role;
use crate::ingest::row::Row;

/// A row whose form is broken is rejected, or passed with a warning.
#[inline(never)]
pub(super) fn check_form(
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
    // More cells than headers: a separator stands inside a value, so the amounts may be cut.
    let more = flaw == Code::RaggedRow && row.cells.len() > reader.headers.len();
    if more || matches!(flaw, Code::UnclosedQuote | Code::TooLarge) || reader.drops(&reject) {
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
pub(super) fn take_date(
    reader: &Reader,
    row: &Row<'_>,
    cache: &mut (String, Option<Date>),
    previous: &mut Previous,
) -> Result<Date, Reject> {
    let cell = reader.cell(row, Role::Date);
    if cell.is_empty() || !same(cell.as_bytes(), cache.0.as_bytes()) {
        let date = reader.date(Role::Date, cell)?;
        cell.clone_into(&mut cache.0);
        cache.1 = date;
    }
    let above = reader.filled_down && reader.cell(row, Role::Account).is_empty();
    let above = previous.above.1.filter(|_| above);
    let date = cache.1.or(previous.date).or(above);
    previous.date = date;
    previous.above.1 = date;
    date.ok_or_else(|| Reject {
        column: reader.column(Role::Date),
        ..Reject::missing(Code::MissingDate, Role::Date)
    })
}

/// The row's numbers, and its discount percentage apart.
pub(super) fn take_given(
    reader: &Reader,
    row: &Row<'_>,
    again: bool,
) -> Result<(Given, Option<Num>), Reject> {
    let number = |role| reader.once(row, role, again);
    let mut given = Given {
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
    if let (Some(rate), Some(total)) = (reader.rate, given.total) {
        given.tax = tax_in(total, row.cell(rate));
    }
    if let Some(pieces) = reader.per.pieces(row) {
        per_piece(&mut given, pieces);
    }
    if reader.undiscounted {
        let net = given
            .revenue
            .map(|gross| less_discount(gross, given.discount));
        given.revenue = net.unwrap_or_default();
    }
    let unsaid = given.revenue.is_none() && given.total.is_none();
    let once = given.quantity.is_none() && reader.quirks.once_per_order.contains(&Role::Total);
    if again && unsaid && (reader.first_row_only || once) {
        // The order's amount stands on its first line.
        given.revenue = Some(Num::ZERO);
    }
    Ok((given, number(Role::DiscountPercent)?))
}

/// The tax in an amount by its rate: 19 % of 119.00 are 19.00. A rate of 1 or more is a percentage.
fn tax_in(total: Num, rate: &str) -> Option<Num> {
    let (rate, percent) = cells::rate(rate)?;
    let rate = Num::of(rate).filter(|rate| !rate.is_negative())?;
    let one = Num::small(1, 0);
    let of = if percent { Num::small(100, 0) } else { one };
    let share = rate.over(of)?;
    total.minus(total.over(share.plus(one)?)?)?.rounded(2)
}

/// Prices for so many pieces as prices of one, unless the net amount says that they are that already.
fn per_piece(given: &mut Given, pieces: Num) {
    let one = |price: Num| Some(price.over(pieces)?.shortest());
    let whole = given.price.zip(given.quantity);
    let whole = whole.and_then(|(price, quantity)| price.times(quantity));
    if whole.is_none() || whole != given.revenue {
        given.price = given.price.and_then(one);
        given.list = given.list.and_then(one);
    }
}

/// The rejection of a row without a usable amount.
pub(super) fn no_amount(why: NoAmount, reader: &Reader) -> Reject {
    let code = match why {
        NoAmount::Missing => Code::MissingAmount,
        NoAmount::TooLarge => Code::NumberTooLarge,
    };
    Reject {
        column: reader.column(Role::Revenue),
        ..Reject::missing(code, Role::Revenue)
    }
}
