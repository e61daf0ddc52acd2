//! Statements and comparisons as tables, for CSV, XLSX and paper.
//!
//! A statement's rows are its lines with their audit trail: each to its order and line of the file,
//! its rule and step, its tier, base, rate and multiplier, and what they were rounded to: the reckoning
//! first, what it rests on behind it. Its last
//! row is the payout, the sum of the rows above to the cent.

use rust_decimal::Decimal;

use super::compare::Comparison;
use super::inputs::kinds::{Basis, Lifetime};
use super::plan::Plan;
use super::sales::{Sales, to_money};
use super::statement::{Class, Kept, Line, RATE, Rule, SHARE};
use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Number, Sheet, SheetColumn};
use crate::orders::OrderBook;

/// Which statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whose {
    /// One person's, by number; everybody's without.
    pub payee: Option<u32>,
    /// One period's; every period's without.
    pub period: Option<u32>,
}

const COLUMNS: &[(&str, &str, Unit)] = &[
    ("payee", "Paid to", Unit::Text),
    ("period", "Period", Unit::Text),
    ("rule", "Rule", Unit::Text),
    ("order", "Order", Unit::Text),
    ("day", "Date", Unit::Date),
    ("account", "Account", Unit::Text),
    ("base", "Base", Unit::MoneyInCents),
    ("rate", "Rate", Unit::Percent),
    ("factor", "Multiplier", Unit::Percent),
    ("exact", "Before rounding", Unit::MoneyInCents),
    (AMOUNT, "Amount", Unit::MoneyInCents),
    ("item", "Item", Unit::Text),
    ("class", "Class", Unit::Text),
    ("tier", "Tier", Unit::Count),
    ("step", "Step", Unit::Count),
    ("file_line", "Line of the file", Unit::Count),
    ("assumed", "Assumed", Unit::Text),
];

const AMOUNT: &str = "amount";

const ASSUMED: &str = "No cost is recorded, and it decides what is paid: it is assumed from the \
account's own margin, else its segment's, else the gross margin assumption.";

/// The statements that were asked for, line by line; `book` names the orders.
pub fn statements(
    plan: &Plan,
    sales: &Sales,
    kept: &Kept,
    book: Option<&OrderBook>,
    whose: Whose,
) -> Sheet {
    let payees = plan.payees(sales);
    let wanted = |payee: u32, period: u32| {
        whose.payee.is_none_or(|one| one == payee) && whose.period.is_none_or(|one| one == period)
    };
    let mut closings: Vec<(u32, u32, i64)> = kept
        .closings
        .iter()
        .filter(|(payee, period, _)| wanted(*payee, *period))
        .map(|(payee, period, closing)| (*payee, *period, closing.payout))
        .collect();
    closings.sort_unstable();
    let mut lines: Vec<&Line> = kept
        .lines
        .iter()
        .filter(|line| wanted(line.rep, line.period))
        .collect();
    crate::base::order::sort_by(&mut lines, |a, b| (a.rep, a.period).cmp(&(b.rep, b.period)));
    let mut lines = lines.into_iter().peekable();
    let payout = match closings.as_slice() {
        [(_, _, payout)] => format!("The payout is ¤{:.2}. ", to_money(*payout).amount()),
        _ => String::new(),
    };
    let mut rows = Vec::new();
    for (payee, period, payout) in closings {
        let names = (
            payees.get(payee as usize).cloned().unwrap_or_default(),
            plan.period_name(period),
        );
        while let Some(line) = lines.next_if(|line| (line.rep, line.period) <= (payee, period)) {
            rows.push(row(plan, sales, book, &names, line));
        }
        rows.push(last(&names, payout));
    }
    Sheet {
        key: "statements".into(),
        title: format!("Statements: {}", plan.name()),
        caption: format!(
            "{payout}Each line is rounded once, half away from zero, to cents; the payout is their sum."
        ),
        columns: COLUMNS
            .iter()
            .map(|(key, label, unit)| SheetColumn {
                help: if *key == "assumed" {
                    ASSUMED.into()
                } else {
                    String::new()
                },
                ..column(key, label, *unit)
            })
            .collect(),
        rows,
    }
}

fn column(key: &str, label: &str, unit: Unit) -> SheetColumn {
    SheetColumn {
        key: key.into(),
        label: label.into(),
        unit,
        help: String::new(),
    }
}

fn exact(number: impl Into<Decimal>) -> Cell {
    Cell::Number(Number::Exact(number.into()), Exactness::Exact)
}

fn money(amount: Money) -> Cell {
    exact(amount.amount().normalize())
}

/// A payout has two digits after the point.
fn cents(amount: i64) -> Cell {
    exact(to_money(amount).rounded(2).amount())
}

fn text(words: &str) -> Cell {
    if words.is_empty() {
        Cell::Empty(String::new())
    } else {
        Cell::Text(words.to_owned())
    }
}

fn empty() -> Cell {
    Cell::Empty(String::new())
}

/// Whether a line rests on a cost that is not recorded.
fn cost_assumed(plan: &Plan, sales: &Sales, line: &Line) -> bool {
    let pays = &plan.typed.pays;
    let matters = match line.rule {
        Rule::Lifetime => plan.typed.bonus.lifetime_of != Lifetime::Revenue,
        rule if rule.step() == 7 => false,
        _ => matches!(pays.basis, Basis::Margin | Basis::Contribution) || !plan.bands.is_empty(),
    };
    let unknown = |row: u32| sales.no_cost.get(row as usize) == Some(&true);
    let sold = sales.returned.get(line.row as usize);
    matters && (unknown(line.row) || sold.is_some_and(|sold| unknown(*sold)))
}

fn row(
    plan: &Plan,
    sales: &Sales,
    book: Option<&OrderBook>,
    names: &(String, String),
    line: &Line,
) -> Vec<Cell> {
    let at = line.row as usize;
    let name = |list: &[String], ids: &[u32]| {
        let id = ids.get(at).map_or(usize::MAX, |id| *id as usize);
        text(list.get(id).map_or("", String::as_str))
    };
    let order = book.zip(sales.order.get(at));
    let order = order.map_or("", |(book, order)| book.order_name(*order));
    let place = book
        .zip(sales.line.get(at))
        .map(|(book, line)| book.place(*line as usize));
    let factor = if line.factor == SHARE {
        empty()
    } else {
        exact(Decimal::new(line.factor, 2))
    };
    let rate = if line.rate == 0 {
        empty()
    } else {
        exact(Decimal::new(line.rate, 4).normalize())
    };
    vec![
        text(&names.0),
        text(&names.1),
        text(line.rule.label()),
        text(order),
        sales.day.get(at).map_or_else(empty, |day| Cell::Date(*day)),
        name(&sales.accounts, &sales.account),
        if line.rate == 0 && line.base == 0 {
            empty()
        } else {
            money(to_money(line.base))
        },
        rate,
        factor,
        before_rounding(line),
        cents(line.amount),
        name(&sales.items, &sales.item),
        text(class(line.class)),
        exact(line.tier.saturating_add(1)),
        exact(u32::from(line.rule.step())),
        place.map_or_else(empty, |(_, line)| exact(line)),
        text(if cost_assumed(plan, sales, line) {
            "cost"
        } else {
            ""
        }),
    ]
}

/// `base x rate x multiplier`; none for fixed amounts, and none where something else was paid before: a
/// true-up is less what was paid, a return takes back what was paid at most.
fn before_rounding(line: &Line) -> Cell {
    if line.rate == 0 || matches!(line.rule, Rule::TrueUp | Rule::Clawback) {
        return empty();
    }
    let parts = [
        (line.base, super::sales::UNIT),
        (line.rate, RATE),
        (line.factor, SHARE),
    ];
    let product = parts
        .iter()
        .try_fold(Decimal::ONE, |product, (number, of)| {
            product.checked_mul(Decimal::from(*number).checked_div(Decimal::from(*of))?)
        });
    product.map_or_else(empty, |product| exact(product.normalize()))
}

fn last(names: &(String, String), payout: i64) -> Vec<Cell> {
    let cell = |(key, _, _): &(&str, _, _)| match *key {
        "payee" => text(&names.0),
        "period" => text(&names.1),
        "rule" => text("Payout"),
        AMOUNT => cents(payout),
        _ => empty(),
    };
    COLUMNS.iter().map(cell).collect()
}

const fn class(class: Class) -> &'static str {
    match class {
        Class::First => "First order",
        Class::Repeat => "Repeat",
        Class::Renewal => "Renewal",
        Class::Expansion => "Expansion",
        Class::None => "",
    }
}

/// What each scheme pays whom, a row a person, and totals.
pub fn comparison(found: &Comparison) -> Sheet {
    let mut columns = vec![column("payee", "Paid to", Unit::Text)];
    let mut names: Vec<&str> = Vec::new();
    for (at, scheme) in found.columns.iter().enumerate() {
        columns.push(column(&format!("scheme_{at}"), &scheme.name, Unit::Money));
        for payee in scheme.paid.iter().flat_map(|cost| &cost.payees) {
            if !names.contains(&payee.name.as_str()) {
                names.push(&payee.name);
            }
        }
    }
    crate::base::order::sort_by(&mut names, Ord::cmp);
    let paid_to = |name: &str| {
        let mut row = vec![text(name)];
        row.extend(found.columns.iter().map(|scheme| match &scheme.paid {
            Ok(cost) => {
                let own = cost.payees.iter().find(|payee| payee.name == name);
                exact(
                    own.map_or(Money::ZERO, |payee| payee.pay)
                        .rounded(2)
                        .amount(),
                )
            }
            Err(why) => Cell::Empty(why.join(" ")),
        }));
        row
    };
    let mut rows: Vec<Vec<Cell>> = names.iter().map(|name| paid_to(name)).collect();
    let mut total = vec![text("Total")];
    total.extend(found.columns.iter().map(|scheme| match &scheme.paid {
        Ok(cost) => exact(cost.total.rounded(2).amount()),
        Err(why) => Cell::Empty(why.join(" ")),
    }));
    rows.push(total);
    Sheet {
        key: "schemes".into(),
        title: "Commission by scheme".into(),
        caption: "What each scheme would have paid on the same orders.".into(),
        columns,
        rows,
    }
}
