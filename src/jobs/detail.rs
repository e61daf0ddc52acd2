//! One account in detail: its figures, its history by period, its latest lines, its streams.

use rust_decimal::Decimal;

use crate::accounts::{RECENT_DAYS, Sums};
use crate::base::money::OutOfRange;
use crate::base::order::sort_by;
use crate::base::{Date, Money, Unit};
use crate::metrics::{Cell, Exactness, Number, Sheet, SheetColumn};
use crate::orders::number::Num;
use crate::orders::{Attr, LineKind, Measure, OrderBook};
use crate::value::definition::{Filled, waterfall};
use crate::value::{Evaluation, Headline, Subject};

use super::protocol::{AccountDetail, Period};

/// Lines shown.
const MOST_LINES: usize = 500;
/// Up to so many years the history is by quarter.
const BY_QUARTER_YEARS: i32 = 4;
/// Up to such a horizon, too.
const BY_QUARTER_AHEAD: u32 = 5;

/// The details of an account; `None` where the book has no such position.
#[inline(never)]
pub fn account(found: &Evaluation, book: &OrderBook, account: u32) -> Option<AccountDetail> {
    let at = account as usize;
    let name = found.accounts.list.get(at)?.name.clone();
    let labels = [
        ("segment", "Segment"),
        ("salesperson", "Salesperson"),
        ("partner", "Partner"),
        ("parent", "Parent account"),
        ("status", "Status"),
    ];
    let attributes = labels.iter().filter_map(|(key, label)| {
        let text = found.text(key, at).filter(|text| !text.is_empty())?;
        Some(((*label).to_string(), text.to_string()))
    });
    let subject = Subject::Account(at);
    let mut sheets = vec![lines(found, book, at)];
    sheets.extend(streams(found, book, at));
    Some(AccountDetail {
        account,
        name,
        attributes: attributes.collect(),
        figures: found.figures(subject),
        methods: found.methods(subject),
        waterfall: found.waterfall(subject),
        history: periods(found, book, at).unwrap_or_default(),
        sheets,
        rhythm: None,
    })
}

/// An account's lines up to the as-of date.
fn counted<'a>(
    found: &'a Evaluation,
    book: &'a OrderBook,
    account: usize,
) -> impl DoubleEndedIterator<Item = (usize, Date)> + 'a {
    let lines = book.lines_of(account).iter().map(|&line| line as usize);
    lines.filter_map(|line| {
        let date = book.dates().get(line).copied()?;
        (date <= found.as_of()).then_some((line, date))
    })
}

fn amount(book: &OrderBook, measure: Measure, line: usize) -> Money {
    book.amount(measure, line)
        .map_or(Money::ZERO, Num::to_money)
}

/// Adds a line to sums.
fn add(sums: &mut Sums, book: &OrderBook, line: usize) -> Result<(), OutOfRange> {
    let revenue = amount(book, Measure::Revenue, line);
    let discount = amount(book, Measure::Discount, line);
    sums.revenue = sums.revenue.add(revenue)?;
    sums.discount = sums.discount.add(discount)?;
    sums.list = sums.list.add(revenue.add(discount)?)?;
    for (into, measure) in [
        (&mut sums.rebates, Measure::Rebates),
        (&mut sums.freight, Measure::Freight),
        (&mut sums.tooling, Measure::Tooling),
        (&mut sums.pieces, Measure::Quantity),
        (&mut sums.cost, Measure::Cost),
    ] {
        *into = into.add(amount(book, measure, line))?;
    }
    if book.amount(Measure::Cost, line).is_some() {
        sums.revenue_costed = sums.revenue_costed.add(revenue)?;
    }
    sums.lines += 1;
    Ok(())
}

/// The account's history and what is expected of it: by quarter, over a long time by year.
fn periods(
    found: &Evaluation,
    book: &OrderBook,
    account: usize,
) -> Result<Vec<Period>, OutOfRange> {
    let Some((_, first)) = counted(found, book, account).next() else {
        return Ok(Vec::new());
    };
    let past = found.as_of().year() - first.year();
    let ahead = found.inputs.horizon.get();
    let quarters = past < BY_QUARTER_YEARS && ahead <= BY_QUARTER_AHEAD;
    let mut periods = history(found, book, account, first, quarters)?;
    periods.extend(expected(found, account, quarters));
    Ok(periods)
}

fn label(period: i32, quarters: bool) -> String {
    if quarters {
        format!("{} Q{}", period.div_euclid(4), period.rem_euclid(4) + 1)
    } else {
        period.to_string()
    }
}

/// The terms of the account's future value: a year from the as-of date is named by the calendar
/// year in which it ends, and so is each of its four equal quarters.
fn expected(found: &Evaluation, account: usize, quarters: bool) -> Vec<Period> {
    if found.values.lapsed.get(account) != Some(&false) || found.inputs.method == Headline::L1 {
        return Vec::new();
    }
    let (mut at, parts) = if quarters {
        (found.as_of().month_index() / 3, 4_u32)
    } else {
        (found.as_of().year(), 1)
    };
    let mut shown = Vec::new();
    let period = |label, value| Period {
        label,
        revenue: 0.0,
        value,
        expected: true,
    };
    let terms = found.terms(account).unwrap_or_default();
    for (year, term) in (0..).zip(terms) {
        if year == found.inputs.horizon.get() {
            shown.push(period("later".into(), term));
            break;
        }
        for _ in 0..parts {
            at += 1;
            shown.push(period(label(at, quarters), term / f64::from(parts)));
        }
    }
    shown
}

/// Revenue and value by quarter or year. The costs that the account
/// is assumed to have beside the recorded ones are spread by revenue without cost; the yearly cost
/// to serve stands in the first period of a year with orders.
fn history(
    found: &Evaluation,
    book: &OrderBook,
    account: usize,
    first: Date,
    quarters: bool,
) -> Result<Vec<Period>, OutOfRange> {
    let Some(whole) = found.prepared.account(found.accounts, account) else {
        return Ok(Vec::new());
    };
    let last = found.as_of();
    let index = |date: Date| {
        if quarters {
            date.month_index() / 3
        } else {
            date.year()
        }
    };
    let start = index(first);
    let count = usize::try_from(index(last) - start).map_or(0, |count| count + 1);
    // By period: its sums, and the orders in it.
    let mut periods: Vec<(Filled, Vec<u32>)> = vec![Default::default(); count];
    let mut year_seen = i32::MIN;
    for (line, date) in counted(found, book, account) {
        let at = usize::try_from(index(date) - start).unwrap_or(usize::MAX);
        let Some((period, orders)) = periods.get_mut(at) else {
            continue;
        };
        add(&mut period.sums, book, line)?;
        if !book.takes_back(line) {
            orders.push(book.orders().get(line).copied().unwrap_or_default());
            // Years are counted as cost to serve counts them: back from the as-of date.
            let year = last.days_since(date) / RECENT_DAYS;
            if year != year_seen {
                year_seen = year;
                period.account_years += 1;
            }
        }
    }
    let total = &whole.total;
    let uncosted = total.sums.revenue.sub(total.sums.revenue_costed)?;
    let assumed = total.cost.sub(total.sums.cost)?;
    let mut shown = Vec::new();
    for (period, (mut filled, mut orders)) in (start..).zip(periods) {
        let sums = &mut filled.sums;
        orders.sort_unstable();
        orders.dedup();
        sums.orders = u32::try_from(orders.len()).unwrap_or(u32::MAX);
        let own = sums.revenue.sub(sums.revenue_costed)?;
        let share = own
            .over(uncosted.amount())
            .map_or(Decimal::ZERO, Money::amount);
        filled.cost = filled.sums.cost.add(assumed.times(share)?)?;
        filled.left = total.left.times(share)?;
        let steps = waterfall(&filled, &found.inputs)?;
        shown.push(Period {
            label: label(period, quarters),
            revenue: steps.revenue.to_f64(),
            value: steps.level(found.inputs.basis).to_f64(),
            expected: false,
        });
    }
    Ok(shown)
}

fn column(key: &str, label: &str, unit: Unit, help: &str) -> SheetColumn {
    SheetColumn {
        key: key.into(),
        label: label.into(),
        unit,
        help: help.into(),
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty("Not in the data.".into())
    } else {
        Cell::Text(text.into())
    }
}

fn exact(amount: Option<Money>) -> Cell {
    match amount {
        Some(amount) => Cell::Number(Number::Exact(amount.amount()), Exactness::Exact),
        None => Cell::Empty("Not in the data.".into()),
    }
}

/// The latest lines, newest first.
fn lines(found: &Evaluation, book: &OrderBook, account: usize) -> Sheet {
    let all = counted(found, book, account).count();
    let row = |(line, date): (usize, Date)| {
        let order = book.orders().get(line).copied().unwrap_or_default();
        let number = |measure| exact(book.amount(measure, line).map(Num::to_money));
        vec![
            Cell::Date(date),
            text(book.order_name(order)),
            text(book.name(Attr::Item, line)),
            number(Measure::Quantity),
            number(Measure::Price),
            number(Measure::Revenue),
            number(Measure::Cost),
            text(match book.kinds().get(line) {
                Some(LineKind::Return) => "Return or credit",
                Some(LineKind::Summary) => "Sum of the account",
                _ => "Sale",
            }),
        ]
    };
    Sheet {
        key: "lines".into(),
        title: "Order lines".into(),
        caption: if all > MOST_LINES {
            format!(
                "The newest {MOST_LINES} of {all} lines up to {}.",
                found.as_of()
            )
        } else {
            format!("Every line up to {}, newest first.", found.as_of())
        },
        columns: vec![
            column("date", "Date", Unit::Date, "Day of the order."),
            column("order", "Order", Unit::Text, "The order's number."),
            column("item", "Item", Unit::Text, "The part ordered."),
            column("quantity", "Quantity", Unit::Pieces, "Pieces."),
            column("price", "Unit price", Unit::Money, "Net price of a piece."),
            column("revenue", "Revenue", Unit::Money, "Net amount of the line."),
            column("cost", "Cost of goods", Unit::Money, "As recorded."),
            column("kind", "Kind", Unit::Text, "A sale, or a return or credit."),
        ],
        rows: counted(found, book, account)
            .rev()
            .take(MOST_LINES)
            .map(row)
            .collect(),
    }
}

/// The account's lines by stream; `None` where the data has no streams or they do not add up.
fn streams(found: &Evaluation, book: &OrderBook, account: usize) -> Option<Sheet> {
    let names = &book.text(Attr::Stream).names;
    // Where a stream stands in the list; those without one behind all names.
    let mut place = vec![usize::MAX; names.len() + 1];
    let mut found_streams: Vec<(&str, Sums, Date)> = Vec::new();
    for (line, date) in counted(found, book, account) {
        let id = (book.text(Attr::Stream).ids.get(line) as usize).min(names.len());
        let place = place.get_mut(id)?;
        if *place == usize::MAX {
            *place = found_streams.len();
            found_streams.push((book.name(Attr::Stream, line), Sums::default(), date));
        }
        let stream = found_streams.get_mut(*place)?;
        add(&mut stream.1, book, line).ok()?;
        stream.2 = date;
    }
    if found_streams.iter().all(|stream| stream.0.is_empty()) {
        return None;
    }
    sort_by(&mut found_streams, |a, b| a.0.cmp(b.0));
    let row = |(name, sums, last): (&str, Sums, Date)| {
        vec![
            text(name),
            exact(Some(sums.revenue)),
            exact(
                Some(sums.revenue.sub(sums.cost).ok()?)
                    .filter(|_| sums.revenue_costed == sums.revenue),
            ),
            Cell::Number(Number::Exact(Decimal::from(sums.lines)), Exactness::Exact),
            Cell::Date(last),
        ]
        .into()
    };
    let rows: Option<Vec<Vec<Cell>>> = found_streams.into_iter().map(row).collect();
    Some(Sheet {
        key: "account_streams".into(),
        title: "By stream".into(),
        caption: "What the account's lines are, by stream of business.".into(),
        columns: vec![
            column("stream", "Stream", Unit::Text, "The stream of business."),
            column(
                "revenue",
                "Revenue",
                Unit::Money,
                "Net amount of the lines.",
            ),
            column(
                "margin",
                "Less cost",
                Unit::Money,
                "Revenue less recorded cost, where every line has one.",
            ),
            column("lines", "Lines", Unit::Count, "Returns included."),
            column("last", "Last", Unit::Date, "Day of the last line."),
        ],
        rows: rows?,
    })
}
