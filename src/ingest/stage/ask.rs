//! Questions about the meaning of columns: two that could have one role, and roles that a book cannot
//! do without.

use super::super::cells;
use super::super::layout::{Answer, Certainty, Choice, Grain, Layout, Question};
use super::super::role::{Kind, Role};
use super::super::words::{listed, normalise};
use super::columns::Table;
use super::dialect::share;
use super::evidence::Evidence;
use super::synonyms::Heading;

/// A second column that could have a role as well as the one that has it.
pub(super) fn rival(
    layout: &mut Layout,
    table: &Table,
    index: usize,
    holder: usize,
    role: Role,
    name: f64,
) {
    let header = |i: usize| table.headers.get(i).map_or("", String::as_str);
    let close = (name - Heading::of(header(holder)).similarity(role)).abs() < 1e-9;
    let both = table.evidence.get(index).zip(table.evidence.get(holder));
    let same = both.is_none_or(|(one, other)| one.equals(other));
    let free = layout
        .columns
        .get(holder)
        .is_some_and(|c| c.certainty != Certainty::Confirmed);
    let asked = layout.questions.iter().any(|q| q.column == index);
    if !close || !free || asked || same {
        return;
    }
    let label = role.label();
    layout.questions.push(Question {
        column: index,
        text: format!(
            "Two columns could be the {label}: number {} (\"{}\") and number {} (\"{}\"). Which one \
             is it?",
            holder + 1,
            header(holder),
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

/// Asks for the columns that a book cannot do without.
#[inline(never)]
pub(super) fn for_missing(layout: &mut Layout, table: &Table) {
    let has = |layout: &Layout, role| layout.column(role).is_some();
    let summary = layout.grain == Grain::AccountSummary;
    if !has(layout, Role::Date) && !summary {
        // The only days there are may well be the orders'.
        for column in &mut layout.columns {
            let other = matches!(column.role, Some(Role::Delivered | Role::Paid));
            if other && column.certainty != Certainty::Confirmed {
                column.role = None;
            }
        }
        let dates = |e: &Evidence| e.date_rate().max(e.counted_date_rate() * 0.5);
        ask(layout, table, Role::Date, "the date of the order", dates);
    }
    if !has(layout, Role::Account) && !has(layout, Role::Email) && !layout.grouped {
        let names = |e: &Evidence| {
            let text = (1.0 - e.date_rate()) * (1.0 - e.number_rate());
            text * e.worded_rate() * (1.1 - e.distinct_rate())
        };
        ask(layout, table, Role::Account, "who ordered", names);
    }
    let priced = has(layout, Role::Price) && has(layout, Role::Quantity);
    if !has(layout, Role::Revenue) && !has(layout, Role::Total) && !priced {
        let amounts = |e: &Evidence| {
            let decimals = share(e.filled() - e.whole.min(e.filled()), e.filled());
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

/// Last or first words of headers of numbers that name something, count time or place it.
const NUMBERS_OF: &str = "\
    id|key|code|nr|no|number|numero|num|zip|postcode|plz|phone|year|jahr|month|monat|day|days|age|line|\
    row|index|version";

/// Whether a column of numbers is named as one that cannot be an amount.
fn is_number_of(header: &str, role: Role) -> bool {
    let header = normalise(header);
    let mut words = header.split(' ');
    let ends = [words.next(), words.next_back()];
    role.kind() == Kind::Number
        && ends
            .into_iter()
            .flatten()
            .any(|word| listed(NUMBERS_OF, word))
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
        if is_number_of(&column.header, role) {
            continue;
        }
        let score = 0.6 * Heading::of(&column.header).similarity(role) + 0.4 * fit(evidence);
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
