//! The accounts table: search, filters, order, and the cells of a window.
//!
//! Which accounts stand where is a list of positions, kept for the last query: scrolling only makes
//! the cells of the new window.

use std::rc::Rc;

use crate::assumptions::Assumptions;
use crate::base::{counted, order};
use crate::metrics::{Cell, Sheet};
use crate::value::Evaluation;
use crate::value::columns::{COLUMNS, Column, SortKey};

use super::loaded::{Sorted, View};
use super::protocol::{Query, Table};

/// The order where the query names none.
const DEFAULT_SORT: &str = "lifetime";
/// Columns whose values can be chosen from a list.
const CHOICES: &[&str] = &["segment", "salesperson", "partner", "parent", "status"];
/// Values of such a list.
const MOST_CHOICES: usize = 500;
/// Rows of one window.
const MOST_ROWS: u32 = 1_000;

/// The rows of a query's window.
#[inline(never)]
pub fn window(found: &Evaluation, view: &View, assumptions: &Assumptions, query: &Query) -> Table {
    let positions = positions(found, view, assumptions, query);
    let columns = columns(query);
    let count = query.count.min(MOST_ROWS) as usize;
    let rows = positions.iter().skip(query.from as usize).take(count);
    let rows = rows.map(|&position| {
        let cells = columns.iter().map(|c| found.cell(c.key, position as usize));
        (position, cells.collect())
    });
    Table {
        available: COLUMNS.iter().map(|c| found.column(c)).collect(),
        columns: columns.iter().map(|c| found.column(c)).collect(),
        matching: length(positions.len()),
        total: length(view.accounts.list.len()),
        from: query.from,
        rows: rows.collect(),
        footer: footer(found, &columns, &positions),
        choices: CHOICES
            .iter()
            .map(|key| ((*key).to_string(), choices(found, key)))
            .filter(|(_, values)| values.len() > 1)
            .collect(),
    }
}

/// All rows of a query as a sheet; all columns where it names none.
pub fn sheet(found: &Evaluation, view: &View, assumptions: &Assumptions, query: &Query) -> Sheet {
    let positions = positions(found, view, assumptions, query);
    let columns: Vec<&Column> = if query.columns.is_empty() {
        COLUMNS.iter().collect()
    } else {
        columns(query)
    };
    let row = |&position: &u32| {
        let cells = columns.iter().map(|c| found.cell(c.key, position as usize));
        cells.collect()
    };
    Sheet {
        key: "accounts".into(),
        title: "Accounts".into(),
        caption: format!(
            "{} of {} as of {}.",
            positions.len(),
            counted(&view.accounts.list.len(), "account"),
            view.accounts.as_of
        ),
        columns: columns.iter().map(|c| found.exported_column(c)).collect(),
        rows: positions.iter().map(row).collect(),
    }
}

fn columns(query: &Query) -> Vec<&'static Column> {
    let chosen: Vec<&Column> = query
        .columns
        .iter()
        .filter_map(|k| Column::get(k))
        .collect();
    if chosen.is_empty() {
        COLUMNS.iter().filter(|c| c.shown).collect()
    } else {
        chosen
    }
}

/// Which accounts match, in the query's order.
fn positions(
    found: &Evaluation,
    view: &View,
    assumptions: &Assumptions,
    query: &Query,
) -> Rc<Vec<u32>> {
    let key = Query {
        columns: Vec::new(),
        from: 0,
        count: 0,
        ..query.clone()
    };
    if let Some(known) = view.sorted.borrow().as_ref()
        && known.query == key
        && known.assumptions == *assumptions
    {
        return Rc::clone(&known.positions);
    }
    let mut matching = matching(found, view, query);
    sort(found, query, &mut matching);
    let positions = Rc::new(matching);
    *view.sorted.borrow_mut() = Some(Sorted {
        query: key,
        assumptions: assumptions.clone(),
        positions: Rc::clone(&positions),
    });
    positions
}

fn matching(found: &Evaluation, view: &View, query: &Query) -> Vec<u32> {
    let words: Vec<String> = query
        .search
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let folded = view.folded.get_or_init(|| {
        let accounts = &view.accounts;
        let name = |names: &[String], at: Option<u32>| {
            at.and_then(|at| names.get(at as usize))
                .cloned()
                .unwrap_or_default()
        };
        let texts = accounts.list.iter().map(|account| {
            [
                account.name.as_str(),
                &name(&accounts.segments, account.segment),
                &name(&accounts.salespeople, account.salesperson),
                &name(&accounts.partners, account.partner),
                &name(&accounts.parents, account.parent),
            ]
            .join("\n")
            .to_lowercase()
        });
        texts.collect()
    });
    let fits = |position: &u32| {
        let at = *position as usize;
        let text = folded.get(at).map_or("", String::as_str);
        words.iter().all(|word| text.contains(word))
            && query
                .filters
                .iter()
                .all(|(column, value)| found.text(column, at).is_none_or(|text| text == value))
    };
    (0..length(view.accounts.list.len())).filter(fits).collect()
}

/// Sorts; what has no value stands last in either direction, equal ones in the order of the book.
fn sort(found: &Evaluation, query: &Query, positions: &mut [u32]) {
    let column = match Column::get(&query.sort) {
        Some(column) => column.key,
        None => DEFAULT_SORT,
    };
    let descending = query.descending || query.sort.is_empty();
    let first = positions
        .first()
        .map(|&at| found.sort_key(column, at as usize));
    if matches!(first, Some(SortKey::Text(_))) {
        let keyed = positions.iter().map(|&at| {
            let text = found.text(column, at as usize).unwrap_or_default();
            (text.is_empty(), text.to_lowercase(), at)
        });
        let mut keyed: Vec<_> = keyed.collect();
        order::sort_by(&mut keyed, |a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        for (place, (_, _, at)) in positions.iter_mut().zip(keyed) {
            *place = at;
        }
        let filled = positions.partition_point(|&at| {
            found
                .text(column, at as usize)
                .is_some_and(|text| !text.is_empty())
        });
        if let Some(filled) = positions.get_mut(..filled).filter(|_| descending) {
            filled.reverse();
        }
        return;
    }
    let key = |value: f64| match order::float_key(value) {
        _ if value.is_nan() => u64::MAX,
        key if descending => !key,
        key => key,
    };
    let numbers = found.numbers(column);
    let number = |at: u32| match numbers {
        Some(numbers) => numbers.get(at as usize).copied().unwrap_or(f64::NAN),
        None => found.number(column, at as usize),
    };
    let keyed = positions.iter().map(|&at| (key(number(at)), at));
    let mut keyed: Vec<(u64, u32)> = keyed.collect();
    keyed.sort_unstable();
    for (place, (_, at)) in positions.iter_mut().zip(keyed) {
        *place = at;
    }
}

/// The sums over the matching rows, where a sum makes sense; none where one leaves the range.
fn footer(found: &Evaluation, columns: &[&Column], positions: &[u32]) -> Vec<Cell> {
    let positions: Vec<usize> = positions.iter().map(|at| *at as usize).collect();
    let Ok(whole) = found.prepared.several(found.accounts, &positions) else {
        return Vec::new();
    };
    let sums = columns.iter().map(|c| found.sum(c, &whole, &positions));
    sums.collect()
}

fn choices(found: &Evaluation, key: &str) -> Vec<String> {
    let accounts = found.accounts;
    let names = match key {
        "segment" => accounts.segments.clone(),
        "salesperson" => accounts.salespeople.clone(),
        "partner" => accounts.partners.clone(),
        "parent" => accounts.parents.clone(),
        _ => vec!["Active".into(), "Lapsed".into()],
    };
    let names = names.into_iter().filter(|name| !name.is_empty());
    let mut keyed: Vec<(String, String)> = names.map(|name| (name.to_lowercase(), name)).collect();
    order::sort_by(&mut keyed, |a, b| a.0.cmp(&b.0));
    keyed.truncate(MOST_CHOICES);
    keyed.into_iter().map(|(_, name)| name).collect()
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
