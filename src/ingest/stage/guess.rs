//! The meaning of each column: by the signature of a known system, by name and by values.
//!
//! A score is 0.6 of the likeness of the header to a name and 0.4 of what the values say; from 0.6
//! on it is a guess. Each role has one column; what is left open for the roles that a book needs
//! becomes a question.

use super::super::layout::{Certainty, Column, Layout};
use super::super::role::{Kind, Role};
use super::super::systems::{self, CREDITS, DEBITS, SIGNS};
use super::super::words::{PRICE_UNIT, TAX_RATES, listed, names, normalise, of_invoice};
use super::ask;
use super::columns::Table;
use super::dialect::share;
use super::evidence::Evidence;
use super::signature::by_signature;
use super::synonyms::Heading;
use crate::base::order::sort_by;

/// From this score on a column is taken for a role.
const TAKEN: f64 = 0.6;

/// Gives every column its role, in this order: what the user confirmed, what a known system's
/// header says, what names and values say.
#[inline(never)]
pub(super) fn assign(layout: &mut Layout, table: &Table, given: Option<&Layout>) {
    let columns = table.headers.iter().zip(&table.evidence);
    layout.columns = columns
        .map(|(header, evidence)| blank(header, evidence))
        .collect();
    confirm(layout, given);
    let system = systems::recognise(&table.headers);
    if let Some((system, share)) = system {
        layout.system = Some(system.quirks.key.to_owned());
        layout.grouped = system.quirks.grouped && table.lone > 0;
        by_signature(layout, table, system, share);
    } else {
        by_score(layout, table);
        layout.grouped = is_grouped(layout, table);
    }
    if let Some(given) = given {
        layout.grouped = given.grouped;
    }
}

fn blank(header: &str, evidence: &Evidence) -> Column {
    let kind = if evidence.filled() == 0 {
        "no values in the sample"
    } else {
        "no name that is known"
    };
    Column {
        header: header.to_owned(),
        role: None,
        certainty: Certainty::Guess,
        evidence: kind.to_owned(),
        date_order: None,
        decimal: None,
        proven: false,
        samples: evidence.samples(),
    }
}

/// What the user has said of columns with the same header stays.
fn confirm(layout: &mut Layout, given: Option<&Layout>) {
    let Some(given) = given else { return };
    let mut old: Vec<&Column> = given
        .columns
        .iter()
        .filter(|c| c.certainty == Certainty::Confirmed)
        .collect();
    for column in &mut layout.columns {
        if let Some(at) = old.iter().position(|o| o.header == column.header) {
            let known = old.remove(at);
            column.role = known.role;
            column.certainty = known.certainty;
            column.date_order = known.date_order;
            column.decimal = known.decimal;
            column.evidence.clone_from(&known.evidence);
        }
    }
}

pub(super) fn taken(layout: &Layout) -> Vec<Role> {
    layout.columns.iter().filter_map(|c| c.role).collect()
}

fn by_score(layout: &mut Layout, table: &Table) {
    let headers: Vec<String> = table.headers.iter().map(|h| normalise(h)).collect();
    let has = |names: &[&str]| {
        headers
            .iter()
            .any(|header| names.contains(&header.as_str()))
    };
    // In a ledger the account is the bookkeeper's, and the customer is the name.
    let ledger = has(&["name"]) && has(&["memo", "memo description", "split", "debit", "credit"])
        || has(&["customer", "customer name"]) && has(&["vendor", "vendor name"]);
    let columns: Vec<usize> = headers
        .iter()
        .enumerate()
        .filter(|(_, header)| !(ledger && LEDGER.contains(&header.as_str())))
        .map(|(index, _)| index)
        .collect();
    assign_best(layout, table, &columns, 0.0);
    prefer_net(layout, &headers);
    price_of_order(layout, table, &headers);
    signs(layout, table, &headers);
    shipped(layout, table, &headers);
    companies(layout, table, &headers);
    if layout.column(Role::Account).is_none()
        && layout.column(Role::Email).is_none()
        && let Some(payer) = layout.column(Role::Parent)
    {
        give(layout, payer, Some(Role::Account));
    }
}

/// A column that says debit or credit says what a row is, where most rows are debits, as those of
/// customers' accounts are.
fn signs(layout: &mut Layout, table: &Table, headers: &[String]) {
    let Some(index) = headers.iter().position(|header| listed(SIGNS, header)) else {
        return;
    };
    let values = table
        .evidence
        .get(index)
        .into_iter()
        .flat_map(Evidence::values);
    let (mut debits, mut credits) = (0, 0);
    for value in values {
        let value = normalise(value);
        debits += usize::from(listed(DEBITS, &value));
        credits += usize::from(listed(CREDITS, &value));
    }
    let free = layout.columns.get(index).is_some_and(|c| c.role.is_none());
    if debits > credits && free && layout.column(Role::Status).is_none() {
        give(layout, index, Some(Role::Status));
    }
}

/// Words of what was ordered, and of what was billed or sent, in the order of their worth.
const ORDERED: &str = "ordered|order qty|order quantity|auftrag|bestell|command";
const SENT: &str = "\
    invoiced|billed|fakturiert|facture|shipped|delivered|geliefert|liefermenge|livre|expedie";

/// An invoice bills what was sent, not what was ordered, where each line says it.
fn shipped(layout: &mut Layout, table: &Table, headers: &[String]) {
    let header = |role| layout.column(role).and_then(|at| headers.get(at));
    let invoices = header(Role::Order).is_some_and(|number| of_invoice(number));
    let held = layout.column(Role::Quantity);
    let ordered =
        header(Role::Quantity).is_some_and(|h| names(ORDERED).any(|word| h.contains(word)));
    let Some(held) = held.filter(|_| invoices && ordered) else {
        return;
    };
    let filled = |index: usize| table.evidence.get(index).map_or(0, |e| e.numbers.any);
    let found = names(SENT).find_map(|word| {
        let mut columns = layout.columns.iter().zip(headers).enumerate();
        let found = columns.find(|(index, (column, header))| {
            let pieces = || Heading::of(header).similarity(Role::Quantity) > 0.4;
            let counted = header.contains("menge") || pieces();
            let each = filled(*index) >= filled(held);
            column.role.is_none() && header.contains(word) && counted && each
        });
        found.map(|(index, _)| index)
    });
    if let Some(sent) = found {
        give(layout, held, None);
        give(layout, sent, Some(Role::Quantity));
    }
}

/// Customers' columns that may hold names of companies.
const CUSTOMERS: &str = "\
    customer|client|account|company|kunde|firma|cliente|empresa|azienda|kund|klant|klient|debitor";

/// Of two names of a customer, the one that has several of the other is the company.
fn companies(layout: &mut Layout, table: &Table, headers: &[String]) {
    let Some(held) = layout.column(Role::Account) else {
        return;
    };
    let mut others = layout.columns.iter().zip(headers).enumerate();
    let worded = |index: usize| table.evidence.get(index).filter(|e| e.worded_rate() > 0.9);
    let Some(names) = worded(held) else { return };
    let found = others.find(|(index, (column, header))| {
        let fewer = |e: &Evidence| {
            e.filled() >= names.filled() && e.distinct() > 1 && e.distinct() < names.distinct()
        };
        column.role.is_none() && listed(CUSTOMERS, header) && worded(*index).is_some_and(fewer)
    });
    if let Some((index, _)) = found {
        give(layout, held, None);
        give(layout, index, Some(Role::Account));
    }
}

/// A price alone is the order's, where nothing else could be an amount or count pieces.
fn price_of_order(layout: &mut Layout, table: &Table, headers: &[String]) {
    let has = |role| layout.column(role).is_some();
    let others = [
        Role::Quantity,
        Role::Revenue,
        Role::Total,
        Role::ListPrice,
        Role::UnitCost,
        Role::Discount,
        Role::DiscountPercent,
        Role::Item,
    ];
    let Some(price) = layout.column(Role::Price) else {
        return;
    };
    let plain = headers
        .get(price)
        .is_some_and(|header| listed(PRICES, header));
    let mut free = layout.columns.iter().zip(&table.evidence);
    let number = |(column, e): (&Column, &Evidence)| {
        column.role.is_none() && (e.numbers.any + e.units) * 2 > e.filled() && e.filled() > 0
    };
    let counted = |header: &String| Heading::of(header).similarity(Role::Quantity) >= 0.9;
    let alone = !others.into_iter().any(has) && !free.any(number);
    if plain && alone && !headers.iter().any(counted) {
        give(layout, price, Some(Role::Revenue));
    }
}

/// Names of a price that may be that of a whole order.
const PRICES: &str = "price|total price|order price|net price|sales price|preis|prix|precio|prezzo";

/// Of two prices of a piece, the one that says it is net is what was paid.
fn prefer_net(layout: &mut Layout, headers: &[String]) {
    let net = |header: &String| {
        header
            .split(' ')
            .any(|word| matches!(word, "net" | "netto" | "neto"))
    };
    let Some(holder) = layout.column(Role::Price) else {
        return;
    };
    if headers.get(holder).is_none_or(net) {
        return;
    }
    let free = |index: usize| layout.columns.get(index).is_some_and(|c| c.role.is_none());
    let named = |header: &str| Heading::of(header).similarity(Role::Price) >= 0.9;
    let mut places = (0..).zip(headers);
    let found = places.find(|(index, header)| free(*index) && net(header) && named(header));
    if let Some((index, _)) = found {
        let list = layout.column(Role::ListPrice).is_none();
        give(layout, holder, list.then_some(Role::ListPrice));
        give(layout, index, Some(Role::Price));
    }
}

pub(super) fn give(layout: &mut Layout, index: usize, role: Option<Role>) -> bool {
    let open = |column: &&mut Column| column.certainty != Certainty::Confirmed;
    let Some(column) = layout.columns.get_mut(index).filter(open) else {
        return false;
    };
    column.role = role;
    column.certainty = Certainty::Guess;
    true
}

/// Columns of a ledger's own accounts.
const LEDGER: [&str; 3] = ["account", "account full name", "account name"];

/// The best pairs of column and role first; `least` is the least likeness of a header.
pub(super) fn assign_best(layout: &mut Layout, table: &Table, columns: &[usize], least: f64) {
    let mut pairs: Vec<(f64, f64, usize, Role)> = Vec::new();
    for &index in columns {
        let (Some(header), Some(evidence)) = (table.headers.get(index), table.evidence.get(index))
        else {
            continue;
        };
        let normal = normalise(header);
        if listed(PRICE_UNIT, &normal) || listed(TAX_RATES, &normal) {
            continue;
        }
        let heading = Heading::of(header);
        let names = Role::ALL
            .iter()
            .map(|role| (*role, heading.similarity(*role)));
        let names: Vec<(Role, f64)> = names.collect();
        let known = names.iter().any(|(_, name)| *name >= 0.9);
        for (role, name) in names {
            // The name of one thing is no other that it is only like: a customer's number is no segment.
            if known && name < 0.9 && role.kind() == Kind::Text {
                continue;
            }
            let score = 0.6 * name + 0.4 * fit(evidence, role);
            // A column of shares is no amount of anything.
            let rates = role.is_money() && evidence.numbers.percent * 2 > evidence.filled();
            if rates {
                continue;
            }
            // What few files have is taken by its own name only, so that no other column becomes it.
            let least = match role {
                Role::Parent | Role::FirstDate | Role::LastDate => least.max(0.9),
                Role::Line => least.max(0.7),
                _ if role.is_fact() => least.max(0.9),
                _ => least,
            };
            if score >= TAKEN && name >= least && evidence.filled() > 0 {
                pairs.push((score, name, index, role));
            }
        }
    }
    // Ties: the column further left, then the role further up.
    sort_by(&mut pairs, |a, b| {
        b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3))
    });
    for (score, name, index, role) in pairs {
        let free = layout
            .columns
            .get(index)
            .is_some_and(|c| c.role.is_none() && c.certainty != Certainty::Confirmed);
        if !free {
            continue;
        }
        let Some(holder) = layout.columns.iter().position(|c| c.role == Some(role)) else {
            let certainty = if name >= 0.9 && score >= 0.9 {
                Certainty::Certain
            } else {
                Certainty::Guess
            };
            let why = reason(table, index, role, name);
            set(layout, index, role, certainty, &why);
            continue;
        };
        ask::rival(layout, table, index, holder, role, name);
    }
}

pub(super) fn set(layout: &mut Layout, index: usize, role: Role, certainty: Certainty, why: &str) {
    if let Some(column) = layout.columns.get_mut(index)
        && column.role.is_none()
        && column.certainty != Certainty::Confirmed
    {
        column.role = Some(role);
        column.certainty = certainty;
        why.clone_into(&mut column.evidence);
    }
}

fn reason(table: &Table, index: usize, role: Role, name: f64) -> String {
    let header = table.headers.get(index).map_or("", String::as_str);
    let Some(e) = table.evidence.get(index) else {
        return String::new();
    };
    let what = match role.kind() {
        Kind::Date => format!(
            "{} of {} values are dates",
            rate(e.date_rate(), e),
            e.filled()
        ),
        Kind::Number => format!(
            "{} of {} values are numbers",
            rate(e.number_rate(), e),
            e.filled()
        ),
        Kind::Text => format!("{} different values in {} rows", e.distinct(), e.filled()),
    };
    if name >= 0.9 {
        format!("the header says \"{header}\"; {what}")
    } else {
        format!("the header \"{header}\" is like a known name; {what}")
    }
}

/// The number of values behind a share.
// The values of a sample are few and the share is of them.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
fn rate(share: f64, evidence: &Evidence) -> usize {
    (share * evidence.filled() as f64).round() as usize
}

/// How well the values of a column fit a role, 0 to 1.
fn fit(e: &Evidence, role: Role) -> f64 {
    let number = e.number_rate();
    let date = e.date_rate().max(0.9 * e.counted_date_rate());
    let text = 1.0 - date.max(number * (1.0 - e.worded_rate()));
    match role {
        Role::Date | Role::FirstDate | Role::LastDate | Role::Delivered | Role::Paid => date,
        Role::PayDays | Role::TermMonths => 1.0 - date * (1.0 - share(e.whole, e.filled())),
        Role::Email => share(e.emails, e.filled()),
        Role::Currency => share(e.currencies, e.filled()),
        Role::DiscountPercent if e.numbers.percent > 0 => number,
        Role::Discount if e.numbers.percent > 0 => 0.0,
        Role::Quantity if e.units > 0 => {
            share((e.numbers.any + e.units).min(e.filled()), e.filled())
        }
        Role::Order | Role::Line | Role::Item => {
            let decimals = share(e.numbers.any.saturating_sub(e.whole), e.filled());
            (1.0 - date.min(1.0 - share(e.whole, e.filled())))
                .min(1.0 - 0.8 * decimals * (1.0 - e.worded_rate()))
        }
        Role::Account | Role::Parent | Role::Site => {
            // Names or numbers that repeat; not dates, not amounts.
            let decimals = share(e.numbers.any.saturating_sub(e.whole), e.filled());
            (1.0 - date * (1.0 - share(e.whole, e.filled()))).min(1.0 - decimals)
        }
        _ => match role.kind() {
            Kind::Number => number * (1.0 - date * 0.5 * f64::from(u8::from(e.whole < e.filled()))),
            Kind::Text | Kind::Date => text.max(0.3),
        },
    }
}

/// Rows with one name only above rows without an account.
#[inline(never)]
fn is_grouped(layout: &Layout, table: &Table) -> bool {
    let account = layout.column(Role::Account).or(layout.column(Role::Email));
    account.is_none()
        && table.lone >= 1
        && layout.column(Role::Date).is_some()
        && table.lone * 2 <= table.rows.len() * 2
}
