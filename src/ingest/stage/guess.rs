//! The meaning of each column: by the signature of a known system, by name and by values.
//!
//! A score is 0.6 of the likeness of the header to a name and 0.4 of what the values say; from 0.6
//! on it is a guess. Each role has one column; what is left open for the roles that a book needs
//! becomes a question.

use std::collections::BTreeSet;

use super::super::cells;
use super::super::layout::{Answer, Certainty, Choice, Column, Layout, Question};
use super::super::role::{Kind, Role};
use super::super::systems::{self, System};
use super::super::words::normalise;
use super::columns::Table;
use super::evidence::Evidence;
use super::synonyms::similarity;

/// From this score on a column is taken for a role.
const TAKEN: f64 = 0.6;

/// Gives every column its role, in this order: what the user confirmed, what a known system's
/// header says, what names and values say.
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

fn taken(layout: &Layout) -> BTreeSet<Role> {
    layout.columns.iter().filter_map(|c| c.role).collect()
}

/// A known header: its roles hold. Where several headers have one role, the first with values
/// counts; a header that the signature does not know is scored like any other.
fn by_signature(layout: &mut Layout, table: &Table, system: &System, share: f64) {
    let percent = (share * 100.0).round();
    let why = format!(
        "{percent:.0} % of the columns of {} are here",
        system.quirks.label
    );
    for (header, role) in system.roles {
        let found = table.headers.iter().position(|h| normalise(h) == *header);
        let Some(index) = found else { continue };
        let filled = table.evidence.get(index).is_some_and(|e| e.filled() > 0);
        if filled && !taken(layout).contains(role) {
            set(layout, index, *role, Certainty::Certain, &why);
        }
    }
    if system.quirks.packed_items {
        for (header, role) in super::super::read::packed::ADDED
            .iter()
            .zip([Role::Item, Role::Quantity])
        {
            if let Some(index) = table.headers.iter().position(|h| h == header) {
                set(layout, index, role, Certainty::Certain, &why);
            }
        }
        packed_amount(layout, table, &why);
    }
    for (index, header) in table.headers.iter().enumerate() {
        if system.ignore.contains(&normalise(header).as_str())
            && let Some(column) = layout.columns.get_mut(index)
            && column.role.is_none()
            && column.certainty != Certainty::Confirmed
        {
            column.certainty = Certainty::Certain;
            column.evidence = format!("not used in exports of {}", system.quirks.label);
        }
    }
    let known: Vec<&str> = system.roles.iter().map(|(h, _)| *h).collect();
    let rest: Vec<usize> = (0..table.headers.len())
        .filter(|i| {
            let header = table
                .headers
                .get(*i)
                .map_or_else(String::new, |h| normalise(h));
            !known.contains(&header.as_str()) && !system.ignore.contains(&header.as_str())
        })
        .collect();
    // Other headers of a system's export are its own words: only what names a role exactly counts.
    assign_best(layout, table, &rest, 0.9);
}

/// The amount of a packed item is its line's, or one piece's: what the order's total tells.
fn packed_amount(layout: &mut Layout, table: &Table, why: &str) {
    let [_, quantity, amount] = super::super::read::packed::ADDED;
    let at = |header: &str| table.headers.iter().position(|h| h == header);
    let (Some(quantity), Some(amount)) = (at(quantity), at(amount)) else {
        return;
    };
    let total = layout.column(Role::Total);
    let number = |row: &Vec<String>, column: usize| -> Option<f64> {
        let text = row.get(column)?;
        text.parse().ok()
    };
    let (mut line, mut piece) = (0, 0);
    for row in &table.rows {
        let Some((q, a)) = number(row, quantity).zip(number(row, amount)) else {
            continue;
        };
        let Some(t) = total.and_then(|c| number(row, c)) else {
            continue;
        };
        line += usize::from(a <= t + 0.005);
        piece += usize::from(q * a <= t + 0.005);
    }
    let (role, reason) = if piece > 0 && piece >= line && pieces_fit(table, quantity, amount, total)
    {
        (
            Role::Price,
            "quantity times this adds up to the order's total",
        )
    } else {
        (Role::Revenue, why)
    };
    set(layout, amount, role, Certainty::Guess, reason);
    for role in [Role::Total, Role::Tax] {
        if let Some(column) = layout.columns.iter_mut().find(|c| c.role == Some(role)) {
            column.role = None;
            "the order's, not the item's".clone_into(&mut column.evidence);
        }
    }
}

/// Whether quantities times amounts come nearer to the totals than the amounts alone.
fn pieces_fit(table: &Table, quantity: usize, amount: usize, total: Option<usize>) -> bool {
    let Some(total) = total else { return false };
    let value = |row: &Vec<String>, column: usize| -> f64 {
        row.get(column).and_then(|t| t.parse().ok()).unwrap_or(0.0)
    };
    let (mut by_line, mut by_piece, mut totals) = (0.0, 0.0, 0.0);
    let mut last: Option<&Vec<String>> = None;
    for row in &table.rows {
        by_line += value(row, amount);
        by_piece += value(row, quantity) * value(row, amount);
        // Items of one order stand one after the other and share all other cells.
        let same = last.is_some_and(|l| l.iter().zip(row).take(quantity - 1).all(|(a, b)| a == b));
        if !same {
            totals += value(row, total);
        }
        last = Some(row);
    }
    (by_piece - totals).abs() < (by_line - totals).abs()
}

fn by_score(layout: &mut Layout, table: &Table) {
    let all: Vec<usize> = (0..table.headers.len()).collect();
    assign_best(layout, table, &all, 0.0);
}

/// The best pairs of column and role first; `least` is the least likeness of a header.
fn assign_best(layout: &mut Layout, table: &Table, columns: &[usize], least: f64) {
    let mut pairs: Vec<(f64, f64, usize, Role)> = Vec::new();
    for &index in columns {
        let (Some(header), Some(evidence)) = (table.headers.get(index), table.evidence.get(index))
        else {
            continue;
        };
        for &role in Role::ALL {
            let name = similarity(header, role);
            let score = 0.6 * name + 0.4 * fit(evidence, role);
            if score >= TAKEN && name >= least && evidence.filled() > 0 {
                pairs.push((score, name, index, role));
            }
        }
    }
    // Ties: the column further left, then the role further up.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
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
        rival(layout, table, index, holder, role, name);
    }
}

/// A second column that could have a role as well as the one that has it.
fn rival(layout: &mut Layout, table: &Table, index: usize, holder: usize, role: Role, name: f64) {
    let header = |i: usize| table.headers.get(i).map_or("", String::as_str);
    let close = (name - similarity(header(holder), role)).abs() < 1e-9;
    let values = |i: usize| table.evidence.get(i).map(|e| &e.values);
    let free = layout
        .columns
        .get(holder)
        .is_some_and(|c| c.certainty != Certainty::Confirmed);
    let asked = layout.questions.iter().any(|q| q.column == index);
    if !close || !free || asked || values(index) == values(holder) {
        return;
    }
    let label = role.label();
    layout.questions.push(Question {
        column: index,
        text: format!(
            "Two columns could be the {label}: number {} and number {} (\"{}\"). Which one is it?",
            holder + 1,
            index + 1,
            header(index)
        ),
        options: vec![
            Answer {
                text: format!("Number {}, with {}", holder + 1, examples(table, holder)),
                choice: Choice::Role(None),
            },
            Answer {
                text: format!("Number {}, with {}", index + 1, examples(table, index)),
                choice: Choice::Role(Some(role)),
            },
        ],
    });
    if let Some(column) = layout.columns.get_mut(index) {
        column.certainty = Certainty::Ambiguous;
    }
}

fn examples(table: &Table, index: usize) -> String {
    let samples = table
        .evidence
        .get(index)
        .map(Evidence::samples)
        .unwrap_or_default();
    let shown: Vec<String> = samples.into_iter().take(2).collect();
    if shown.is_empty() {
        "no values".to_owned()
    } else {
        format!("values such as {}", shown.join(", "))
    }
}

fn set(layout: &mut Layout, index: usize, role: Role, certainty: Certainty, why: &str) {
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
        Kind::Text => format!("{} different values in {} rows", e.distinct, e.filled()),
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
        Role::Date | Role::FirstDate | Role::LastDate => date,
        Role::Email => super::dialect::share(e.emails, e.filled()),
        Role::Currency => super::dialect::share(e.currencies, e.filled()),
        Role::DiscountPercent if e.numbers.percent > 0 => number,
        Role::Order | Role::Line | Role::Item => {
            let decimals = super::dialect::share(e.numbers.any.saturating_sub(e.whole), e.filled());
            (1.0 - date.min(1.0 - super::dialect::share(e.whole, e.filled())))
                .min(1.0 - 0.8 * decimals * (1.0 - e.worded_rate()))
        }
        Role::Account | Role::Parent | Role::Site => {
            // Names or numbers that repeat; not dates, not amounts.
            let decimals = super::dialect::share(e.numbers.any.saturating_sub(e.whole), e.filled());
            (1.0 - date * (1.0 - super::dialect::share(e.whole, e.filled()))).min(1.0 - decimals)
        }
        _ => match role.kind() {
            Kind::Number => number * (1.0 - date * 0.5 * f64::from(u8::from(e.whole < e.filled()))),
            Kind::Text | Kind::Date => text.max(0.3),
        },
    }
}

/// Rows with one name only above rows without an account.
fn is_grouped(layout: &Layout, table: &Table) -> bool {
    let account = layout.column(Role::Account).or(layout.column(Role::Email));
    account.is_none()
        && table.lone >= 1
        && layout.column(Role::Date).is_some()
        && table.lone * 2 <= table.rows.len() * 2
}

/// Asks for the columns that a book cannot do without.
pub(super) fn ask_for_missing(layout: &mut Layout, table: &Table) {
    let has = |layout: &Layout, role| layout.column(role).is_some();
    let summary = layout.grain == super::super::layout::Grain::AccountSummary;
    if !has(layout, Role::Date) && !summary {
        let dates = |e: &Evidence| e.date_rate().max(e.counted_date_rate() * 0.5);
        ask(layout, table, Role::Date, "the date of the order", dates);
    }
    if !has(layout, Role::Account) && !has(layout, Role::Email) && !layout.grouped {
        let names =
            |e: &Evidence| (1.0 - e.date_rate()) * e.worded_rate() * (1.1 - e.distinct_rate());
        ask(layout, table, Role::Account, "who ordered", names);
    }
    let priced = has(layout, Role::Price) && has(layout, Role::Quantity);
    if !has(layout, Role::Revenue) && !has(layout, Role::Total) && !priced {
        let amounts = |e: &Evidence| {
            let decimals = super::dialect::share(e.filled() - e.whole.min(e.filled()), e.filled());
            e.number_rate() * (1.0 - e.date_rate()) * (0.5 + 0.5 * decimals)
        };
        ask(
            layout,
            table,
            Role::Revenue,
            "the net amount of the line",
            amounts,
        );
    }
}

/// Asks whether the likeliest free column has a role.
fn ask(layout: &mut Layout, table: &Table, role: Role, what: &str, fit: impl Fn(&Evidence) -> f64) {
    let mut best: Option<(f64, usize)> = None;
    for (index, column) in layout.columns.iter().enumerate() {
        let Some(evidence) = table.evidence.get(index) else {
            continue;
        };
        if column.role.is_some()
            || column.certainty == Certainty::Confirmed
            || evidence.filled() == 0
        {
            continue;
        }
        let score = 0.6 * similarity(&column.header, role) + 0.4 * fit(evidence);
        if score > 0.15 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
        }
    }
    let Some((_, index)) = best else { return };
    let Some(column) = layout.columns.get_mut(index) else {
        return;
    };
    column.certainty = Certainty::Ambiguous;
    let header = cells::shown(&column.header).to_owned();
    layout.questions.push(Question {
        column: index,
        text: format!(
            "No column is named as {what} would be. Is it \"{header}\", with {}?",
            examples(table, index)
        ),
        options: vec![
            Answer {
                text: format!("Yes: \"{header}\" is {what}"),
                choice: Choice::Role(Some(role)),
            },
            Answer {
                text: format!("No: leave \"{header}\" out; I set it in the list of columns"),
                choice: Choice::Role(None),
            },
        ],
    });
}
