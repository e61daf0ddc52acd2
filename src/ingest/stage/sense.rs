//! What only the cells of several rows or columns say: names that stand on the first row of a block,
//! units beside pieces, discounts that are still to be taken off or may be percentages, totals with
//! their tax or without.

use rust_decimal::prelude::ToPrimitive;

use super::super::cells::{self, Number};
use super::super::layout::{
    Answer, Certainty, Choice, Column, DateOrder, DecimalMark, Layout, Question,
};
use super::super::role::Role;
use super::super::words::{TAX_RATES, TAXES, listed, normalise, of_order, with_tax};
use super::columns::Table;
use super::evidence::Evidence;
use super::guess::give;
use super::synonyms::says_net;

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
        rates(layout, table);
        blocks(layout, table);
        let pairs = pairs(layout, table);
        amounts(layout, table, &pairs);
        layout.joined = is_joined(layout, &pairs);
        percentages(layout, table);
        totals(layout, table);
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
        let header = layout
            .columns
            .get(account)
            .map_or("", |c| c.header.as_str());
        layout.notes.push(format!(
            "\"{header}\" stands on the first row of each block only: a blank cell is the one above it."
        ));
    }
}

/// The number of a role in a row; nothing where it is blank or none.
fn value(layout: &Layout, row: &[String], role: Role) -> Option<f64> {
    let index = layout.column(role)?;
    let mark = layout.columns.get(index)?.decimal;
    let text = row.get(index)?.trim_end_matches(['%', ' ']);
    let number = cells::number(text, mark.unwrap_or(DecimalMark::Dot));
    number
        .ok()?
        .and_then(|number: Number| number.decimal().to_f64())
}

/// The same to a cent, give or take what rounding does.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.021
}

/// Whether a test holds somewhere, and in nine of ten rows where it can be made: a refund or a charge
/// that was waived breaks the sums of its row.
fn proven(table: &Table, test: impl Fn(&[String]) -> Option<bool>) -> bool {
    mostly(table.rows.iter().filter_map(|row| test(row)))
}

fn mostly(found: impl Iterator<Item = bool>) -> bool {
    let (mut holds, mut all) = (0, 0);
    for held in found {
        holds += usize::from(held);
        all += 1;
    }
    holds > 0 && holds * 10 >= all * 9
}

/// A column of tax with few values, one of which stands beside totals that are not alike, says rates,
/// which are no amounts.
fn rates(layout: &mut Layout, table: &Table) {
    let named = |index: &usize| {
        let header = layout
            .columns
            .get(*index)
            .map(|column| normalise(&column.header));
        header.is_some_and(|header| listed(TAXES, &header))
    };
    let Some(index) = layout.column(Role::Tax).filter(named) else {
        return;
    };
    let Some(tax) = table.evidence.get(index).filter(|tax| tax.distinct() <= 5) else {
        return;
    };
    // For each tax the least and the greatest total it stands beside.
    let mut beside: Vec<(f64, f64, f64)> = Vec::with_capacity(tax.distinct());
    for row in &table.rows {
        let both = value(layout, row, Role::Tax).zip(value(layout, row, Role::Total));
        let Some((tax, total)) = both else { continue };
        if !(0.0..=30.0).contains(&tax) {
            return;
        }
        match beside.iter_mut().find(|(known, ..)| near(*known, tax)) {
            Some((_, least, most)) => (*least, *most) = (least.min(total), most.max(total)),
            None => beside.push((tax, total, total)),
        }
    }
    let unlike = |(tax, least, most): &(f64, f64, f64)| *tax > 0.021 && *most > 1.05 * *least;
    if beside.iter().any(unlike) {
        give(layout, index, None);
    }
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
    let net = layout
        .columns
        .get(index)
        .is_some_and(|c| says_net(&c.header));
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
type Pair<'a> = (&'a [String], &'a [String]);

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
    let Some(revenue) = layout.column(Role::Revenue) else {
        return false;
    };
    let same = |column: usize| {
        pairs
            .iter()
            .all(|(one, next)| one.get(column) == next.get(column))
    };
    let stated = |column: usize| {
        pairs.iter().any(|(one, next)| {
            let filled = one.get(column).is_some_and(|cell| !cell.is_empty());
            filled && one.get(revenue) != next.get(revenue)
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

/// Names of a discount that do not say whether it is an amount.
const DISCOUNT: &str = "\
    discount|line discount|disc|rabatt|nachlass|remise|rabais|descuento|dto|sconto|korting|rabat|\
    desconto";

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
    let net = |percent: bool| {
        proven(table, |row| {
            let number = |role| value(layout, row, role);
            let off = number(Role::Discount).filter(|off| *off > 0.0)?;
            let gross = number(Role::Quantity)? * number(Role::Price)?;
            let off = if percent { gross * off / 100.0 } else { off };
            Some(near(gross - off, number(Role::Revenue)?))
        })
    };
    let header = column.header.clone();
    if net(true) {
        give(layout, index, Some(Role::DiscountPercent));
    } else if layout.column(Role::Revenue).is_none() && layout.column(Role::Price).is_some() {
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

/// A rate of tax as a share: `19 %`, 19 and 0.19 are one; nothing where it is no rate.
fn share(text: &str) -> Option<f64> {
    let bare = text.trim_end_matches(['%', ' ']);
    let comma = bare.contains(',').then_some(DecimalMark::Comma);
    let number = cells::number(bare, comma.unwrap_or(DecimalMark::Dot)).ok()??;
    let rate = number.decimal().to_f64()?;
    let percent = rate >= 1.0 || text.len() > bare.len();
    let share = if percent { rate / 100.0 } else { rate };
    (0.0..=0.3).contains(&share).then_some(share)
}

/// A total beside rates of tax that does not say whether the tax is in it: the prices tell, else the
/// user is asked.
#[inline(never)]
fn totals(layout: &mut Layout, table: &Table) {
    let amounts = [Role::Revenue, Role::Tax].map(|role| layout.column(role));
    let mut columns = layout.columns.iter();
    let rate = columns.position(|column| {
        let header = normalise(&column.header);
        column.role.is_none() && (listed(TAX_RATES, &header) || listed(TAXES, &header))
    });
    let both = layout.column(Role::Total).zip(rate);
    let Some((index, rate)) = both.filter(|_| amounts == [None, None]) else {
        return;
    };
    let open = |column: &&Column| {
        column.certainty != Certainty::Confirmed && !with_tax(&normalise(&column.header))
    };
    let Some(column) = layout.columns.get(index).filter(open) else {
        return;
    };
    let (header, tax) = (
        &column.header,
        layout.columns.get(rate).map_or("", |c| &c.header),
    );
    let of = |row: &[String]| {
        let share = share(row.get(rate)?).filter(|share| *share > 0.0)?;
        Some((share, value(layout, row, Role::Total)?))
    };
    let priced = |with_tax: bool| {
        proven(table, |row| {
            let (share, total) = of(row)?;
            let net = value(layout, row, Role::Quantity)? * value(layout, row, Role::Price)?;
            let whole = if with_tax { net * (1.0 + share) } else { net };
            Some(near(whole, total))
        })
    };
    if priced(true) {
        layout.taxed = true;
        return;
    }
    if priced(false) {
        give(layout, index, Some(Role::Revenue));
        return;
    }
    // Of amounts at random so many are to the cent a net amount with its tax.
    let cents = |amount: f64| (amount * 100.0).round() / 100.0;
    let is_gross = |(share, total): (f64, f64)| {
        let net = cents(total / (1.0 + share));
        (cents(net * (1.0 + share)) - total).abs() < 0.001
    };
    let luck: f64 = table
        .rows
        .iter()
        .filter_map(|row| of(row))
        .map(|(share, _)| 1.0 / (1.0 + share))
        .product();
    let Some(example) = table.rows.iter().find(|row| of(row).is_some()) else {
        return;
    };
    let example = example.get(index).map_or("", String::as_str);
    let answer = |text: &str, role| Answer {
        text: format!("{example} is {text}"),
        choice: Choice::Role(Some(role)),
    };
    let mut options = vec![
        answer("without tax", Role::Revenue),
        answer("with its tax", Role::Total),
    ];
    if luck < 0.01 && proven(table, |row| of(row).map(is_gross)) {
        options.reverse();
    }
    layout.questions.push(Question {
        column: index,
        text: format!("Is the tax of \"{tax}\" in \"{header}\"?"),
        options,
    });
    if let Some(column) = layout.columns.get_mut(index) {
        column.certainty = Certainty::Ambiguous;
    }
}
