//! Today's list as a table: what is shown, and what is exported.

use crate::actions::today::Entry;
use crate::actions::watch::Watch;
use crate::base::Unit;
use crate::metrics::{Cell, Sheet, SheetColumn};
use crate::value::sheets::cells::{column, text};

use super::{OVERDUE, RATIO, estimated, exact, percent};

/// The list, whole.
pub(super) fn sheet(watch: &Watch) -> Sheet {
    let today = watch.today(None);
    let mut caption = format!(
        "The accounts that should have ordered as of {}, most money at stake first.",
        today.as_of
    );
    if today.entries.is_empty() {
        caption = format!("No account is due as of {}.", today.as_of);
    }
    for (count, words) in [
        (today.snoozed.len(), "snoozed"),
        (today.ceased.len(), "ceased"),
    ] {
        if count > 0 {
            caption.extend([" ", &count.to_string(), " ", words, "."]);
        }
    }
    if let Some(stale) = &today.stale {
        caption.extend([" ", stale]);
    }
    Sheet {
        key: "today".into(),
        title: "Today".into(),
        caption,
        columns: columns(),
        rows: today.entries.iter().map(row).collect(),
    }
}

/// Key, heading, unit, help.
const COLUMNS: [(&str, &str, Unit, &str); 16] = [
    ("account", "Account", Unit::Text, ""),
    (
        "state",
        "State",
        Unit::Text,
        "Due now, overdue, or an item of it.",
    ),
    (
        "reason",
        "Why",
        Unit::Text,
        "Its usual interval with its window, and the last order.",
    ),
    (
        "route",
        "How",
        Unit::Text,
        "Call from the value under Assumptions, else mail.",
    ),
    (
        "money_at_stake",
        "At stake",
        Unit::Money,
        "Lateness x P(alive) x what is still to come.",
    ),
    (
        "money_at_risk",
        "At risk",
        Unit::Money,
        "Usual order x (1 - P(alive)) x share still to come.",
    ),
    (
        "order_value",
        "Usual order",
        Unit::Money,
        "What a usual order leaves.",
    ),
    (
        "year_value",
        "Year to its last order",
        Unit::MoneyPerYear,
        "What it left in the 365 days up to its last order.",
    ),
    (
        "due",
        "Expected",
        Unit::Date,
        "By the fitted model; without one the last order plus the usual interval.",
    ),
    ("ratio", "Of the interval", Unit::Percent, RATIO),
    ("overdue_days", "Overdue", Unit::Days, OVERDUE),
    (
        "from",
        "Window from",
        Unit::Date,
        "One order in ten comes earlier.",
    ),
    ("to", "Window to", Unit::Date, "One in ten comes later."),
    (
        "alive_chance",
        "P(alive)",
        Unit::Percent,
        "The chance that it still buys.",
    ),
    (
        "items",
        "Items overdue",
        Unit::Text,
        "Parts that should have been ordered.",
    ),
    ("note", "Note", Unit::Text, "Yours."),
];

fn columns() -> Vec<SheetColumn> {
    let columns = COLUMNS.iter();
    columns
        .map(|(key, label, unit, help)| column(key, label, *unit, help))
        .collect()
}

fn row(entry: &Entry) -> Vec<Cell> {
    let items: Vec<&str> = entry.items.iter().map(|item| item.item.as_str()).collect();
    let state = if entry.reason.is_empty() {
        ""
    } else {
        entry.state.label()
    };
    vec![
        text(&entry.name),
        text(state),
        text(&entry.reason),
        text(entry.route.label()),
        estimated(Some(entry.at_stake), ""),
        estimated(Some(entry.at_risk), ""),
        estimated(Some(entry.order_value), ""),
        estimated(Some(entry.value_per_year), ""),
        Cell::Date(entry.due),
        percent(Some(entry.ratio), ""),
        exact(f64::from(entry.overdue_days)),
        Cell::Date(entry.window.0),
        Cell::Date(entry.window.1),
        percent(Some(entry.alive), ""),
        words(
            items.join(", "),
            "No item with a rhythm of its own is late.",
        ),
        words(entry.note.clone(), "No note."),
    ]
}

fn words(words: String, missing: &str) -> Cell {
    if words.is_empty() {
        Cell::Empty(missing.into())
    } else {
        Cell::Text(words)
    }
}
