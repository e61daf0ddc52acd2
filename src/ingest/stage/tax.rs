//! Tax beside amounts: columns of rates, and totals that do not say whether they are with it.

use rust_decimal::prelude::ToPrimitive;

use super::super::cells;
use super::super::layout::{Answer, Certainty, Choice, Column, Layout, Question};
use super::super::role::Role;
use super::super::words::{TAX_RATES, TAXES, listed, normalise, with_tax};
use super::columns::Table;
use super::guess::give;
use super::sense::{near, proven, value};

/// A column of tax with few values, one of which stands beside totals that are not alike, says rates,
/// which are no amounts.
pub(super) fn rates(layout: &mut Layout, table: &Table) {
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

/// A rate of tax as a share: `19 %`, 19 and 0.19 are one; nothing where it is no rate.
fn share(text: &str) -> Option<f64> {
    let (rate, percent) = cells::rate(text)?;
    let rate = rate.decimal().to_f64()?;
    let share = if percent { rate / 100.0 } else { rate };
    (0.0..=0.3).contains(&share).then_some(share)
}

/// A total beside rates of tax that does not say whether the tax is in it: the prices tell, else the
/// user is asked.
#[inline(never)]
pub(super) fn totals(layout: &mut Layout, table: &Table) {
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
    let (header, tax) = (&column.header, layout.header(rate));
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
