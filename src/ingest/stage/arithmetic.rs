//! What the numbers of a row come to together says which is which, where headers mislead.
//!
//! In: a layout whose columns have roles by name, and the sample. Out: the same roles, but for those
//! that the rows disprove. An identity counts where it holds in nine of ten rows in which it can be
//! told, and in two at least:
//! - amount and tax are the total: the amount is net, whatever the two are called;
//! - pieces times price, and tax, are the amount: it is with tax;
//! - an amount less its discount is another: that one was paid;
//! - an amount less discount and what came back is the amount: nothing is to be taken off again;
//! - an amount less a fee is another: a fee paid to others is none that a customer gets;
//! - pieces times a cost are the amount: a customer's cost of a piece is its price;
//! - pieces times one cost are another: that one is the line's;
//! - pieces times price are the total: it is the line's, without tax.

use super::super::layout::{Certainty, Choice, Column, Layout};
use super::super::role::{Kind, Role};
use super::super::words::{listed, normalise, with_tax};
use super::columns::Table;
use super::guess::give;
use super::identities::{FEES, Sample};
use super::sense::{Pair, near, value, value_at};
use super::synonyms::{Heading, says_net};

/// Words of net amounts that may be those of a part of the goods.
const NETS: &str = "nett|goods|taxable|assessable|basic|imponibile|imponible";

/// Headers of amounts that may be those of the line or of the order, before a discount on it.
const SUBTOTALS: &str = "subtotal|sub total|sous total|sous total ht|zwischensumme";

/// Puts roles right.
#[inline(never)]
pub(super) fn settle(layout: &mut Layout, table: &Table, pairs: &[Pair<'_>]) {
    let open = |column: &Column| {
        let decimal = |choice: &Choice| matches!(choice, Choice::Decimal(_));
        let asked = layout.questions.iter().flat_map(|q| &q.options);
        column.certainty != Certainty::Confirmed && !asked.map(|o| &o.choice).any(decimal)
    };
    if layout.columns.iter().all(open) {
        let sample = Sample::of(layout, table);
        other_net(layout, &sample);
        tax(layout, &sample);
        discount(layout, &sample, pairs);
        returns(layout, &sample);
        fees(layout, &sample);
        customers_cost(layout, &sample);
        costs(layout, &sample);
        line_total(layout, &sample, pairs);
    }
}

/// Gives a column a role that rows prove, and takes it from the column that had it.
fn prove(layout: &mut Layout, index: usize, role: Role, why: &str) {
    if let Some(held) = layout.column(role).filter(|held| *held != index) {
        give(layout, held, None);
    }
    give(layout, index, Some(role));
    layout.questions.retain(|q| {
        !q.options
            .iter()
            .any(|o| o.choice == Choice::Role(Some(role)))
    });
    for column in &mut layout.columns {
        let asked =
            column.certainty == Certainty::Ambiguous && column.role.is_none_or(|r| r == role);
        let dated = column.role.is_some_and(|role| role.kind() == Kind::Date);
        if asked && !dated && column.date_order.is_none() {
            column.certainty = Certainty::Guess;
        }
    }
    if let Some(column) = layout.columns.get_mut(index) {
        why.clone_into(&mut column.evidence);
    }
}

/// What is called net, but is the price of a piece, what a sale leaves, or no part of the amount beside it.
fn other_net(layout: &mut Layout, sample: &Sample) {
    let all = sample.with(layout);
    let Some(net) = layout.column(Role::Revenue) else {
        return;
    };
    let of = |role| layout.column(role);
    let amounts = || all.amounts.iter().copied().filter(|index| *index != net);
    let times = |whole: usize| {
        all.hold(|row| {
            let pieces = all.number(row, of(Role::Quantity)?)?;
            let (one, whole) = (all.number(row, net)?, all.number(row, whole)?);
            (pieces.abs() > 1.0).then_some(near(one * pieces, whole))
        })
    };
    if let Some(whole) = amounts().find(|whole| times(*whole)) {
        let free = of(Role::Price).is_none().then_some(Role::Price);
        prove(layout, whole, Role::Revenue, "pieces x net are it");
        give(layout, net, free);
        return;
    }
    let left = |sold: usize| {
        of(Role::Cost).is_some_and(|cost| all.is_sum(sold, cost, -1.0, net) && sold != cost)
    };
    if let Some(sold) = amounts().find(|sold| left(*sold)) {
        let free = of(Role::GrossProfit).is_none().then_some(Role::GrossProfit);
        prove(
            layout,
            sold,
            Role::Revenue,
            "less its cost it is the net amount",
        );
        give(layout, net, free);
        return;
    }
    // Beside an amount by name: a net amount is neither more, nor a small part, nor nothing.
    let plain = |index: &usize| {
        let header = layout.header(*index);
        let role = layout.role(*index);
        role.is_none_or(|role| role == Role::Total)
            && Heading::of(header).similarity(Role::Revenue) >= 0.9
    };
    let strange = |amount: usize| {
        let (mut likely, mut strange) = (0, 0);
        for row in all.rows() {
            let Some(amount) = all
                .number(row, amount)
                .filter(|amount| amount.abs() > 0.021)
            else {
                continue;
            };
            let share = all.number(row, net).unwrap_or(0.0) / amount;
            let fits = (0.5..=1.001).contains(&share);
            (likely, strange) = (likely + u32::from(fits), strange + u32::from(!fits));
        }
        strange > 0 && strange * 5 >= likely
    };
    let called = says_net(layout.header(net)) || all.says(NETS, net);
    let amount = amounts().filter(plain).find(|amount| strange(*amount));
    if let Some(amount) = amount.filter(|_| called) {
        prove(
            layout,
            amount,
            Role::Revenue,
            "another column is called net, but is no part of it",
        );
    }
}

/// Which amount is net and which is with tax.
fn tax(layout: &mut Layout, sample: &Sample) {
    let all = sample.with(layout);
    let revenue = layout.column(Role::Revenue);
    let priced = layout.column(Role::Price).is_some() && layout.column(Role::Quantity).is_some();
    if let Some([net, tax, total]) = all.taxed() {
        let wrong = [Some(total), Some(tax)].contains(&revenue);
        let missing = revenue.is_none() && (!priced || all.is_priced(net));
        if wrong || missing {
            prove(
                layout,
                total,
                Role::Total,
                "it is another amount with its tax",
            );
            prove(layout, tax, Role::Tax, "the total less the net amount");
            prove(layout, net, Role::Revenue, "with the tax it is the total");
        }
        return;
    }
    // What is called without tax is taken for the tax.
    let both = layout.column(Role::Tax).zip(layout.column(Role::Total));
    if let Some((tax, total)) = both.filter(|_| revenue.is_none()) {
        let whole = all.hold(|row| {
            let (tax, total) = (all.number(row, tax)?, all.number(row, total)?);
            (total.abs() > 0.021).then_some(tax.abs() > 0.5 * total.abs())
        });
        if whole {
            prove(layout, tax, Role::Revenue, "it is too large for a tax");
            return;
        }
    }
    let both = layout.column(Role::Tax).zip(revenue).filter(|_| priced);
    if let Some((tax, amount)) = both {
        let gross = all.hold(|row| {
            let (tax, amount) = (all.number(row, tax)?, all.number(row, amount)?);
            let net = all.priced(row)?;
            (tax.abs() > 0.021).then_some(near(net + tax, amount))
        });
        if gross {
            prove(
                layout,
                amount,
                Role::Total,
                "pieces x price and tax come to it",
            );
        }
    }
}

/// Which amount is before the discount and which was paid.
fn discount(layout: &mut Layout, sample: &Sample, pairs: &[Pair<'_>]) {
    let all = sample.with(layout);
    let Some(before) = layout.column(Role::Revenue).or(layout.column(Role::Total)) else {
        return;
    };
    let off = layout.column(Role::Discount);
    let percent = layout.column(Role::DiscountPercent);
    let less = |net: usize| {
        let by_amount = off.is_some_and(|off| all.is_sum(before, off, -1.0, net));
        by_amount
            || percent.is_some_and(|percent| {
                percent != net
                    && all.hold(|row| {
                        let percent = all.number(row, percent)?;
                        let (before, net) = (all.number(row, before)?, all.number(row, net)?);
                        let paid = before * (1.0 - percent / 100.0);
                        (percent > 0.021).then_some(near(paid, net))
                    })
            })
    };
    let net = all
        .amounts
        .iter()
        .copied()
        .find(|net| *net != before && less(*net));
    if let Some(net) = net {
        // Beside a tax, what is left is with it, as the total says.
        let role = layout.role(net);
        if role == Some(Role::Total) && layout.column(Role::Tax).is_some() {
            return;
        }
        prove(layout, net, Role::Revenue, "the amount less its discount");
        if layout.role(before) == Some(Role::Total) {
            give(layout, before, None);
        }
        return;
    }
    // Pieces x price, beside a discount that is of it, or of the whole order.
    let Some((amount, off)) = layout.column(Role::Revenue).zip(off) else {
        return;
    };
    let header = all.header(off);
    let word = |list: &str| header.split(' ').any(|word| listed(list, word));
    // One that stands on each line of its order is shared by them later.
    let each = |(one, next): &Pair<'_>| {
        let of = |row: &[String]| value_at(layout, row, off).filter(|off| off.abs() > 0.021);
        of(one).is_some() && of(one) == of(next)
    };
    let of_order = word("order|auftrag|auftragsrabatt|commande|pedido|invoice")
        && !word("line|item|pre|reorder|currency|sales")
        && !pairs.iter().any(each);
    let subtotal = listed(SUBTOTALS, &all.header(amount));
    let total = layout.column(Role::Total);
    let list = layout.column(Role::ListPrice);
    let is_gross = all.hold(|row| {
        let of = |role| all.number(row, layout.column(role)?);
        let (pieces, price) = (of(Role::Quantity)?, of(Role::Price)?);
        let gross = pieces * price;
        let off = all.number(row, off).filter(|off| off.abs() > 0.021)?;
        let part = percent.and_then(|percent| all.number(row, percent));
        let is_part = part.is_some_and(|part| near(gross * part / 100.0, off.abs()));
        let told = of_order || subtotal || is_part;
        // It is in the price already, or the total is what the amount comes to.
        let tax = of(Role::Tax).unwrap_or(0.0);
        let taken = total.and_then(|total| all.number(row, total));
        let taken = taken.is_some_and(|total| near(total, gross + tax));
        let list = list.and_then(|list| all.number(row, list));
        let priced = list.is_some_and(|list| near((list - price) * pieces, off.abs()));
        Some(told && !taken && !priced && near(gross, all.number(row, amount)?))
    });
    if is_gross {
        layout.undiscounted = true;
        if let Some(column) = layout.columns.get_mut(amount) {
            "pieces x price: the discount is still to be taken off"
                .clone_into(&mut column.evidence);
        }
    }
}

/// A net amount from which what came back is taken already.
fn returns(layout: &mut Layout, sample: &Sample) {
    let all = sample.with(layout);
    let both = layout
        .column(Role::Refunded)
        .zip(layout.column(Role::Revenue));
    let Some((back, net)) = both else { return };
    let came = |row: usize| all.number(row, back).is_some_and(|back| back.abs() > 0.021);
    let is_off = |before: usize| {
        let left = |row: usize| {
            let of = |index| all.number(row, index).unwrap_or(0.0).abs();
            let off = layout.column(Role::Discount).map_or(0.0, of);
            let left = all.number(row, before)? - off - of(back);
            Some(near(left, all.number(row, net)?))
        };
        let rows = || all.rows().filter(|row| came(*row));
        before != net && all.hold(left) && rows().any(|row| left(row) == Some(true))
    };
    if all.amounts.iter().any(|before| is_off(*before)) {
        give(layout, back, None);
        if let Some(column) = layout.columns.get_mut(back) {
            "it is taken off the net amount already".clone_into(&mut column.evidence);
        }
    }
}

/// An amount less what a marketplace or a bank keeps is no net amount.
fn fees(layout: &mut Layout, sample: &Sample) {
    let all = sample.with(layout);
    let Some(net) = layout.column(Role::Revenue) else {
        return;
    };
    let mut fees = (0..layout.columns.len()).filter(|index| {
        let role = layout.role(*index);
        role.is_none() && all.says(FEES, *index)
    });
    let found = fees.find_map(|fee| {
        let mut amounts = all.amounts.iter().copied();
        amounts.find(|sold| *sold != net && all.is_sum(*sold, fee, -1.0, net))
    });
    let Some(sold) = found else { return };
    if layout.role(sold) == Some(Role::Total) {
        give(layout, net, None);
    } else {
        prove(
            layout,
            sold,
            Role::Revenue,
            "the net amount is this less a fee",
        );
    }
}

/// What is called a cost, but comes to what is paid: a customer's cost of a piece is its price.
fn customers_cost(layout: &mut Layout, sample: &Sample) {
    let all = sample.with(layout);
    let paid = layout.column(Role::Revenue).or(layout.column(Role::Total));
    let Some((pieces, paid)) = layout.column(Role::Quantity).zip(paid) else {
        return;
    };
    let costs = [Role::Cost, Role::UnitCost];
    let mut costs = costs.into_iter().filter_map(|role| layout.column(role));
    let price = costs.find(|cost| {
        all.hold(|row| {
            let pieces = all.number(row, pieces).filter(|pieces| *pieces > 1.0)?;
            let cost = all.number(row, *cost).filter(|cost| *cost > 0.021)?;
            Some(near(cost * pieces, all.number(row, paid)?))
        })
    });
    if let Some(price) = price {
        let free = layout.column(Role::Price).is_none().then_some(Role::Price);
        give(layout, price, free);
        if let Some(column) = layout.columns.get_mut(price) {
            "pieces x it are the amount: it is what is paid".clone_into(&mut column.evidence);
        }
    }
}

/// Of two costs, the one that is pieces times the other is the line's.
fn costs(layout: &mut Layout, sample: &Sample) {
    let all = sample.with(layout);
    let Some((pieces, one)) = layout.column(Role::Quantity).zip(layout.column(Role::Cost)) else {
        return;
    };
    let columns = layout.columns.iter().enumerate();
    let mut others = columns.filter(|(_, column)| {
        column.role.is_none()
            && column.decimal.is_some()
            && normalise(&column.header).contains("cost")
    });
    let whole = others.find(|(index, _)| {
        all.hold(|row| {
            let pieces = all.number(row, pieces).filter(|pieces| *pieces > 1.0)?;
            Some(near(
                all.number(row, one)? * pieces,
                all.number(row, *index)?,
            ))
        })
    });
    if let Some((whole, _)) = whole {
        let unit = layout.column(Role::UnitCost).is_none();
        give(layout, one, unit.then_some(Role::UnitCost));
        give(layout, whole, Some(Role::Cost));
    }
}

/// A total that is the line's and without tax, as pieces and prices show, or that they are no measure of.
fn line_total(layout: &mut Layout, sample: &Sample, pairs: &[Pair<'_>]) {
    let all = sample.with(layout);
    let has = |role| layout.column(role).is_some();
    let Some(total) = layout.column(Role::Total) else {
        return;
    };
    // A list price that comes to an amount with tax is with tax.
    let list = layout.column(Role::ListPrice).filter(|_| !has(Role::Price));
    let list = list.filter(|_| with_tax(&all.header(total)) && !has(Role::Revenue));
    if let Some((list, pieces)) = list.zip(layout.column(Role::Quantity)) {
        let gross = |row: usize| {
            let gross = all.number(row, list)? * all.number(row, pieces)?;
            Some(near(gross, all.number(row, total)?))
        };
        if all.hold(gross) {
            give(layout, list, None);
        }
        return;
    }
    let priced = has(Role::Quantity) && has(Role::Price);
    let taxed = has(Role::Tax) || layout.taxed || with_tax(&all.header(total));
    if has(Role::Revenue) || !priced || taxed {
        return;
    }
    let whole = |(one, next): &Pair<'_>| {
        let of = |row: &[String]| {
            let [pieces, price, total] =
                [Role::Quantity, Role::Price, Role::Total].map(|role| value(layout, row, role));
            Some((pieces? * price?, total?))
        };
        let (one, next) = (of(one)?, of(next)?);
        (!near(one.0, next.0)).then_some(near(one.1, next.1))
    };
    let (mut below, mut above, mut like, mut count) = (0, 0, 0, 0);
    let (mut hundredths, mut with_others, mut strange) = (0, 0, 0);
    let (mut least_share, mut most_share) = (f64::MAX, f64::MIN);
    for row in all.rows() {
        let Some(priced) = all.priced(row).filter(|priced| *priced > 0.021) else {
            continue;
        };
        let Some(total) = all.number(row, total) else {
            // On some rows of an order only.
            return;
        };
        let share = total / priced;
        let of = |role| layout.column(role).and_then(|index| all.number(row, index));
        let others = [Role::Freight, Role::Tooling]
            .map(of)
            .into_iter()
            .flatten()
            .sum::<f64>();
        count += 1;
        (least_share, most_share) = (least_share.min(share), most_share.max(share));
        like += usize::from(near(total, priced));
        below += usize::from((0.5..0.995).contains(&share) && !near(total, priced));
        strange += usize::from(share < 0.5);
        above += usize::from(share > 1.005 && !near(total, priced));
        with_others += usize::from(others > 0.021 && near(total, priced + others));
        let is_part = |part: f64| (share * part - 1.0).abs() < 0.02;
        hundredths += usize::from([10.0, 100.0, 1000.0].into_iter().any(is_part));
    }
    let most = |rows: usize| rows * 10 >= count * 9;
    let own = pairs.iter().filter_map(whole).all(|same| !same);
    let own = own && count > 1 && with_others == 0;
    // In one proportion it is in another currency.
    let less =
        most_share - least_share > 0.005 && below * 10 >= count && (above + strange) * 10 < count;
    if own && (most(like) || most(hundredths) || less) {
        let header = layout.header(total);
        let note =
            format!("\"{header}\" is the amount, also on rows where it is not quantity x price.");
        if !most(like) {
            layout.notes.push(note);
        }
        prove(layout, total, Role::Revenue, "the amount of the row");
    }
}
