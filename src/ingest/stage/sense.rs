//! What only the cells of several rows or columns say: names that stand on the first row of a block,
//! units beside pieces, discounts that are still to be taken off or may be percentages, costs of one
//! piece.

use rust_decimal::prelude::ToPrimitive;

use crate::base::order::sort_by;

use super::super::cells::{self, Number};
use super::super::layout::{Answer, Certainty, Choice, DateOrder, DecimalMark, Layout, Question};
use super::super::role::Role;
use super::super::words::{listed, names, normalise, of_order};
use super::arithmetic;
use super::columns::Table;
use super::evidence::Evidence;
use super::guess::give;
use super::synonyms::says_net;
use super::tax;

/// Takes the units off the sample's quantities, so that their numbers are looked at, and names them.
#[inline(never)]
pub(super) fn units(layout: &mut Layout, table: &mut Table) {
    let quantity = layout.column(Role::Quantity);
    let Some(evidence) = quantity.and_then(|index| table.evidence.get_mut(index)) else {
        return;
    };
    let mut found: Vec<String> = Vec::new();
    let mut bare: Vec<String> = Vec::new();
    for value in evidence.values() {
        let number = cells::number(value, DecimalMark::Dot).is_ok()
            || cells::number(value, DecimalMark::Comma).is_ok();
        match cells::unit(value).filter(|_| !number) {
            Some((digits, unit)) => {
                if !found.iter().any(|known| known.eq_ignore_ascii_case(unit)) {
                    found.push(unit.to_owned());
                }
                bare.push(digits.to_owned());
            }
            None => bare.push(value.to_owned()),
        }
    }
    if found.is_empty() {
        return;
    }
    *evidence = Evidence::of(bare.iter().map(String::as_str));
    let units = found.join(", ");
    layout.notes.push(if found.len() > 1 {
        format!(
            "The quantities are in several units ({units}), which are left out: they add up as they \
             stand. Take the role from the column if that makes no sense."
        )
    } else {
        format!("The quantities have a unit beside them ({units}), which is left out.")
    });
}

/// What rows say once their numbers and days can be read.
#[inline(never)]
pub(super) fn settle(layout: &mut Layout, table: &Table) {
    if layout.system.is_none() {
        tax::rates(layout, table);
        blocks(layout, table);
        let pairs = pairs(layout, table);
        arithmetic::settle(layout, table, &pairs);
        amounts(layout, table, &pairs);
        layout.joined = is_joined(layout, &pairs);
        first_rows(layout, &pairs);
        shares(layout, table);
        percentages(layout, table);
        tax::totals(layout, table);
        whole_costs(layout);
        unit_costs(layout, table);
    }
    for column in &layout.columns {
        let times = column.role.and_then(|role| role.times(&column.header));
        if times.is_some() {
            layout.notes.push(format!(
                "The amounts of \"{}\" are in thousands or millions, as it says: they are multiplied.",
                column.header
            ));
        }
    }
}

/// Whether the account stands on the first row of its block only, as in pivots and merged cells: each
/// name once, blanks below, and the blocks not in the order of their days, as a list of orders is in
/// which some have no customer.
fn blocks(layout: &mut Layout, table: &Table) {
    let both = layout.column(Role::Account).zip(layout.column(Role::Date));
    let Some((account, day)) = both.filter(|_| layout.column(Role::Email).is_none()) else {
        return;
    };
    let filled = table.evidence.get(account).map_or(0, Evidence::filled);
    if table.rows.len().saturating_sub(filled) * 4 < filled {
        return;
    }
    let order = layout.columns.get(day).and_then(|column| column.date_order);
    let order = order.unwrap_or(DateOrder::Ymd);
    let (mut names, mut blank): (Vec<&str>, usize) = (Vec::new(), 0);
    let (mut last, mut up, mut down) = (None, false, false);
    let (mut later, mut earlier) = (false, false);
    for row in &table.rows {
        let date = row.get(day).and_then(|cell| cells::date(cell, order).ok()?);
        let Some(date) = date else { continue };
        let (is_later, is_earlier) = last.map_or((false, false), |last| (date > last, date < last));
        (up, down) = (up || is_later, down || is_earlier);
        last = Some(date);
        match row.get(account).map_or("", String::as_str) {
            "" if names.is_empty() => return,
            "" => {
                blank += 1;
                (later, earlier) = (later || is_later, earlier || is_earlier);
            }
            name if names.contains(&name) => return,
            name => names.push(name),
        }
    }
    let sorted = names.len() > 4 && names.is_sorted();
    // Cells left empty here and there go up and down within what would be a block.
    let blocks = names.len() > 1 && blank * 2 >= names.len() && !(later && earlier);
    layout.filled_down = blocks && (up && down || sorted);
    if layout.filled_down {
        let header = layout.header(account);
        layout.notes.push(format!(
            "\"{header}\" stands on the first row of each block only: a blank cell is the one above it."
        ));
    }
}

/// The number of a role in a row; nothing where it is blank or none.
pub(super) fn value(layout: &Layout, row: &[String], role: Role) -> Option<f64> {
    value_at(layout, row, layout.column(role)?)
}

/// The number of a column in a row.
pub(super) fn value_at(layout: &Layout, row: &[String], index: usize) -> Option<f64> {
    let mark = layout.columns.get(index)?.decimal;
    let text = row.get(index)?.trim_end_matches(['%', ' ']);
    let number = cells::number(text, mark.unwrap_or(DecimalMark::Dot));
    number
        .ok()?
        .and_then(|number: Number| number.decimal().to_f64())
}

/// The same to a cent, give or take what rounding does.
pub(super) fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.021
}

/// Whether a test holds somewhere, and in nine of ten rows where it can be made: a refund or a charge
/// that was waived breaks the sums of its row.
pub(super) fn proven(table: &Table, test: impl Fn(&[String]) -> Option<bool>) -> bool {
    mostly(table.rows.iter().filter_map(|row| test(row)))
}

pub(super) fn mostly(found: impl Iterator<Item = bool>) -> bool {
    let (mut holds, mut all) = (0, 0);
    for held in found {
        holds += usize::from(held);
        all += 1;
    }
    holds > 0 && holds * 10 >= all * 9
}

/// What the total of a row says of its amount.
#[inline(never)]
fn amounts(layout: &mut Layout, table: &Table, pairs: &[Pair<'_>]) {
    // The amount before a discount and after it, with what is charged beside it.
    let sums = |row: &[String]| {
        let number = |role| value(layout, row, role);
        let (amount, total) = (number(Role::Revenue)?, number(Role::Total)?);
        let percent = number(Role::DiscountPercent).map(|percent| amount * percent / 100.0);
        let off = number(Role::Discount).or(percent).unwrap_or(0.0).abs();
        let [tax, freight] = [Role::Tax, Role::Freight].map(|role| number(role).unwrap_or(0.0));
        Some((amount, off, tax, freight, total))
    };
    let before = proven(table, |row| {
        let (amount, off, tax, freight, total) = sums(row)?;
        let holds = near(amount - off + tax + freight, total);
        (off > 0.021).then_some(holds)
    });
    // The total of a line, unlike that of the one above in its order, has the line's freight in it.
    let own_freight = mostly(pairs.iter().filter_map(|(above, row)| {
        let (amount, off, tax, freight, total) = sums(row)?;
        let holds = near(amount + freight, total) || near(amount - off + tax + freight, total);
        let own = !near(total, value(layout, above, Role::Total)?);
        (own && freight > 0.021).then_some(holds)
    }));
    let taxed = proven(table, |row| {
        let (amount, off, tax, _, total) = sums(row)?;
        let holds = near(amount, total) || near(amount - off, total);
        (tax > 0.021).then_some(holds)
    });
    layout.own_freight = own_freight;
    let Some(index) = layout.column(Role::Revenue) else {
        return;
    };
    let net = says_net(layout.header(index));
    let why = if taxed && !net {
        give(layout, index, None);
        "contains the tax: the total less its tax is the net amount"
    } else if before {
        layout.undiscounted = true;
        "the total shows that the discount is still to be taken off"
    } else {
        return;
    };
    if let Some(column) = layout.columns.get_mut(index) {
        why.clone_into(&mut column.evidence);
    }
}

/// A row, and the next one, which goes on with its order.
pub(super) type Pair<'a> = (&'a [String], &'a [String]);

fn pairs<'a>(layout: &Layout, table: &'a Table) -> Vec<Pair<'a>> {
    let Some(order) = layout.column(Role::Order) else {
        return Vec::new();
    };
    let rows = || table.rows.iter().map(AsRef::as_ref);
    let number = |row: &'a [String]| row.get(order).filter(|cell| !cell.is_empty());
    let both = rows().zip(rows().skip(1));
    both.filter(|(one, next)| number(one).is_some() && number(one) == number(next))
        .collect()
}

/// Whether a total is that of its order and stands on each of the order's lines, whose amounts differ.
fn is_joined(layout: &Layout, pairs: &[Pair<'_>]) -> bool {
    let revenue = layout.column(Role::Revenue);
    let priced = [Role::Quantity, Role::Price].map(|role| layout.column(role));
    let amount: Vec<usize> = match revenue {
        Some(revenue) => vec![revenue],
        None => priced.into_iter().flatten().collect(),
    };
    let same = |column: usize| {
        pairs
            .iter()
            .all(|(one, next)| one.get(column) == next.get(column))
    };
    let stated = |column: usize| {
        pairs.iter().any(|(one, next)| {
            let filled = one.get(column).is_some_and(|cell| !cell.is_empty());
            filled && amount.iter().any(|at| one.get(*at) != next.get(*at))
        })
    };
    let mut columns = layout.columns.iter().enumerate();
    columns.any(|(index, column)| {
        matches!(column.role, None | Some(Role::Total))
            && of_order(&normalise(&column.header))
            && same(index)
            && stated(index)
    })
}

/// Orders with several rows that tell where their amount stands.
const FIRST_ROWS: usize = 3;

/// Whether only the first rows of orders have an amount.
fn first_rows(layout: &mut Layout, pairs: &[Pair<'_>]) {
    let amount = layout.column(Role::Revenue).or(layout.column(Role::Total));
    let Some(amount) = amount.filter(|_| layout.column(Role::Price).is_none()) else {
        return;
    };
    let filled = |row: &[String]| row.get(amount).is_some_and(|cell| !cell.is_empty());
    let first = pairs.iter().filter(|(one, _)| filled(one)).count();
    let blank = pairs.iter().map(|(_, next)| !filled(next));
    layout.first_row_only = first >= FIRST_ROWS && mostly(blank);
    if layout.first_row_only {
        let note = format!(
            "\"{}\" stands on the first row of each order only: its further rows add nothing.",
            layout.header(amount)
        );
        layout.notes.push(note);
    }
}

/// Names of a discount that do not say whether it is an amount.
const DISCOUNT: &str = "\
    discount|line discount|disc|rabatt|nachlass|remise|rabais|descuento|dto|sconto|korting|rabat|\
    desconto|\
    order discount|customer discount|trade discount|gesamtrabatt|kundenrabatt|auftragsrabatt";

/// Values of a discount that is a share, at most, beside so large a price or amount.
const SHARES: usize = 20;
const BESIDE_SHARES: f64 = 20.0;

/// A discount whose few values are all below one, beside amounts, is a share: 0.2 is 20 %.
fn shares(layout: &mut Layout, table: &Table) {
    let named = |index: &usize| listed(DISCOUNT, &normalise(layout.header(*index)));
    let Some(index) = layout.column(Role::Discount).filter(named) else {
        return;
    };
    let amount = [Role::Revenue, Role::Total, Role::Price];
    let amount = amount.into_iter().find_map(|role| layout.column(role));
    let Some((amount, evidence)) = amount.zip(table.evidence.get(index)) else {
        return;
    };
    let values = || {
        table
            .rows
            .iter()
            .filter_map(|row| value_at(layout, row, index))
    };
    let large = |row: &[String]| Some(value_at(layout, row, amount)?.abs() > BESIDE_SHARES);
    let rows = table.rows.iter().filter_map(|row| large(row));
    let is_share = evidence.distinct() <= SHARES
        && evidence.filled() > evidence.distinct() * 2
        && layout.column(Role::DiscountPercent).is_none()
        && values().all(|value| (0.0..1.0).contains(&value))
        && values().any(|value| value > 0.0)
        && rows.filter(|large| *large).count() * 2 > table.rows.len();
    if is_share && give(layout, index, Some(Role::DiscountPercent)) {
        let note = format!(
            "\"{}\" is taken for a share of the amount: 0.2 is 20 %.",
            layout.header(index)
        );
        layout.notes.push(note);
    }
}

/// A discount without a sign, of small whole numbers, may be a percentage: the net amount tells, else
/// the user is asked.
fn percentages(layout: &mut Layout, table: &Table) {
    let Some(index) = layout.column(Role::Discount) else {
        return;
    };
    let (Some(column), Some(evidence)) = (layout.columns.get(index), table.evidence.get(index))
    else {
        return;
    };
    let share = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let mut values = evidence.values().map(cells::shown);
    let fits = column.certainty != Certainty::Confirmed
        && layout.column(Role::DiscountPercent).is_none()
        && listed(DISCOUNT, &normalise(&column.header))
        && evidence.values().map(cells::shown).all(share)
        && values.any(|text| text.bytes().any(|b| b != b'0'));
    if !fits {
        return;
    }
    // The total is the row's where its order has no other.
    let order = layout.column(Role::Order);
    let number = |at: usize| table.rows.get(at).and_then(|row| row.get(order?));
    let alone = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        order.is_none() || !beside.into_iter().any(|other| number(other) == number(at))
    };
    let net = |percent: bool| {
        let rows = table.rows.iter().enumerate();
        mostly(rows.filter_map(|(at, row)| {
            let number = |role| value(layout, row, role);
            let off = number(Role::Discount).filter(|off| *off > 0.0)?;
            let gross = number(Role::Quantity)? * number(Role::Price)?;
            let off = if percent { gross * off / 100.0 } else { off };
            let total = || number(Role::Total).filter(|_| alone(at));
            Some(near(gross - off, number(Role::Revenue).or_else(total)?))
        }))
    };
    let header = column.header.clone();
    if net(true) {
        give(layout, index, Some(Role::DiscountPercent));
    } else if !net(false)
        && layout.column(Role::Revenue).is_none()
        && layout.column(Role::Price).is_some()
    {
        let shown = evidence.values().map(cells::shown);
        let example = shown.into_iter().find(|text| *text != "0").unwrap_or("5");
        let answer = |text: String, role| Answer {
            text,
            choice: Choice::Role(Some(role)),
        };
        layout.questions.push(Question {
            column: index,
            text: format!("Is \"{header}\" an amount or a percentage?"),
            options: vec![
                answer(format!("{example} is an amount"), Role::Discount),
                answer(format!("{example} is {example} %"), Role::DiscountPercent),
            ],
        });
        if let Some(column) = layout.columns.get_mut(index) {
            column.certainty = Certainty::Ambiguous;
        }
    }
}

/// Words of costs that are not those of one piece.
const WHOLE_COSTS: &str = "total|gesamt|line|ext|amount|betrag|wert|montant|importe|order|sum|pos";

/// Least times that the price of all pieces is of what is taken for the cost of one.
const PIECES: f64 = 8.0;

/// What a line sold.
struct Sold<'a> {
    item: &'a str,
    pieces: f64,
    /// Of one piece.
    price: f64,
    cost: f64,
}

/// A cost that does not say of what is that of one piece where it is below the price of one on nearly
/// all lines, and as their cost would leave a margin that no one has, or is the same for any number of
/// pieces.
#[inline(never)]
fn unit_costs(layout: &mut Layout, table: &Table) {
    let is_open = |index: &usize| {
        let Some(column) = layout.columns.get(*index) else {
            return false;
        };
        let header = normalise(&column.header);
        column.certainty != Certainty::Confirmed
            && !names(WHOLE_COSTS).any(|word| header.contains(word))
    };
    let Some(index) = layout.column(Role::Cost).filter(is_open) else {
        return;
    };
    let item = layout.column(Role::Item);
    let mut lines: Vec<Sold<'_>> = Vec::new();
    for row in &table.rows {
        let [pieces, price, cost] =
            [Role::Quantity, Role::Price, Role::Cost].map(|role| value(layout, row, role));
        let item = item
            .and_then(|item| row.get(item))
            .map_or("", String::as_str);
        match (pieces, price, cost) {
            (Some(pieces), Some(price), Some(cost)) if pieces > 1.0 && cost > 0.0 => {
                let line = Sold {
                    item,
                    pieces,
                    price,
                    cost,
                };
                lines.push(line);
            }
            _ => {}
        }
    }
    let below = mostly(lines.iter().map(|line| line.cost < line.price));
    let whole = proven(table, |row| {
        let [amount, cost, profit] =
            [Role::Revenue, Role::Cost, Role::GrossProfit].map(|role| value(layout, row, role));
        Some(near(amount? - cost?, profit?))
    });
    if lines.len() < 3 || !below || whole || layout.column(Role::UnitCost).is_some() {
        return;
    }
    let amount = |line: &Sold<'_>| line.pieces * line.price;
    let sold: f64 = lines.iter().map(amount).sum();
    let costs: f64 = lines.iter().map(|line| line.cost).sum();
    // As a share of what it belongs to, the right one varies less; what is the same for all is a fee.
    let of_one = spread(lines.iter().map(|line| line.cost / line.price));
    let of_all = spread(lines.iter().map(|line| line.cost / amount(line)));
    let alike = |of: fn(&Sold<'_>) -> f64| {
        let mut pairs = lines.iter().zip(lines.iter().skip(1));
        pairs.all(|(a, b)| near(of(a), of(b)))
    };
    if of_one >= of_all || (alike(|line| line.cost) && !alike(|line| line.price)) {
        return;
    }
    sort_by(&mut lines, |a, b| a.item.cmp(b.item));
    let both = lines.iter().zip(lines.iter().skip(1));
    let same = both
        .filter(|(a, b)| !a.item.is_empty() && a.item == b.item)
        .filter(|(a, b)| (a.pieces - b.pieces).abs() > 0.5);
    let same: Vec<bool> = same
        .map(|(a, b)| (a.cost - b.cost).abs() < 0.05 * a.cost)
        .collect();
    let constant = same.len() > 2 && mostly(same.into_iter());
    if sold > costs * PIECES || constant {
        let header = layout.header(index);
        let note = format!(
            "\"{header}\" is taken for the cost of one piece: on nearly all lines it is below the price of one."
        );
        if give(layout, index, Some(Role::UnitCost)) {
            layout.notes.push(note);
        }
    }
}

/// How much numbers vary, as a share of their mean, squared.
fn spread(numbers: impl Iterator<Item = f64>) -> f64 {
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for number in numbers {
        count += 1.0;
        sum += number;
        squares += number * number;
    }
    count * squares / (sum * sum) - 1.0
}

/// Where nothing is counted, the cost of a piece is that of the line: there is one piece, or none is told.
fn whole_costs(layout: &mut Layout) {
    let has = |role| layout.column(role).is_some();
    let Some(index) = layout.column(Role::UnitCost) else {
        return;
    };
    let priced = [Role::Price, Role::ListPrice, Role::Revenue, Role::Total];
    if has(Role::Quantity) && !priced.into_iter().any(has) {
        // What customers buy at, where there is no other price.
        give(layout, index, Some(Role::Price));
    } else if !has(Role::Quantity) && !has(Role::Cost) {
        let header = layout.header(index);
        let note =
            format!("\"{header}\" is taken for the cost of the line, as no column counts pieces.");
        if give(layout, index, Some(Role::Cost)) {
            layout.notes.push(note);
        }
    }
}
