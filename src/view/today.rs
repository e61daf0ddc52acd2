//! The Today page: its tabs, which entries of the list a choice shows, and its sentences.

use crate::accounts::cycles::State;
use crate::jobs::protocol::{CALIBRATION, MAP, SCOREBOARD, TRACKING, TodayEntry, TodayList};

use super::route::Route;
use super::words::count;

/// The tabs: key and heading.
pub const TABS: &[(&str, &str)] = &[
    ("", "Should have ordered"),
    ("rhythm", "Rhythm"),
    ("retention", "Retention"),
    ("lost", "Lost accounts"),
    ("effort", "Where to put effort"),
    ("programme", "Programmes"),
    ("forecast", "Forecast"),
];

/// The analyses of the forecasts.
const FORECASTS: &[&str] = &[TRACKING, CALIBRATION, MAP, SCOREBOARD];

/// The analyses that a tab shows.
pub fn sheets_of(tab: &str) -> &'static [&'static str] {
    match tab {
        "rhythm" => &[
            "latency",
            "month_ends",
            "recency_frequency",
            "scores",
            "cycles",
        ],
        "retention" => &["retention", "cohorts", "survival"],
        "lost" => &["lapsed", "defection"],
        "effort" => &["service_levels", "prospects"],
        "programme" => &["programme", "programme_groups"],
        "forecast" => FORECASTS,
        _ => &[],
    }
}

/// What of the list is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Accounts in this state alone.
    pub state: Option<State>,
    /// Accounts of this salesperson alone; empty for all.
    pub salesperson: String,
    /// Words that the name must hold.
    pub words: String,
}

/// The states in the list, with their keys in the address.
pub const STATES: &[(State, &str)] = &[
    (State::Overdue, "overdue"),
    (State::DueNow, "due"),
    (State::NotDue, "soon"),
];

/// What a state is called in the list.
pub const fn label(state: State) -> &'static str {
    match state {
        State::NotDue => "Due soon",
        other => other.label(),
    }
}

impl Choice {
    /// What an address chooses.
    ///
    /// ```
    /// use perennial::accounts::cycles::State;
    /// use perennial::view::{route::Route, today::Choice};
    /// let choice = Choice::of(&Route::parse("#/today?state=overdue&by=Ann"));
    /// assert_eq!((choice.state, choice.salesperson.as_str()), (Some(State::Overdue), "Ann"));
    /// ```
    pub fn of(route: &Route) -> Self {
        let text = |key: &str| route.get(key).unwrap_or_default().to_owned();
        let wanted = text("state");
        let state = STATES.iter().find(|(_, key)| *key == wanted);
        Self {
            state: state.map(|(state, _)| *state),
            salesperson: text("by"),
            words: text("q").to_lowercase(),
        }
    }

    fn shows(&self, entry: &TodayEntry) -> bool {
        let name = entry.name.to_lowercase();
        self.state.is_none_or(|state| state == entry.state)
            && (self.salesperson.is_empty() || self.salesperson == entry.salesperson)
            && self
                .words
                .split_whitespace()
                .all(|word| name.contains(word))
    }
}

/// The entries that a choice shows, in the list's order.
pub fn shown<'a>(list: &'a TodayList, choice: &'a Choice) -> impl Iterator<Item = &'a TodayEntry> {
    list.entries.iter().filter(|entry| choice.shows(entry))
}

/// Everybody who owns an account of the list, by name.
pub fn salespeople(list: &TodayList) -> Vec<String> {
    let names = list.entries.iter().map(|entry| entry.salesperson.clone());
    let names: std::collections::BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
    names.into_iter().collect()
}

/// How many accounts are shown and what is at stake with them. Of a very long list only the first
/// entries are here; without a choice all of it counts.
pub fn amounts_to(list: Option<&TodayList>, shown: &[TodayEntry], choice: &Choice) -> (u32, f64) {
    match list.filter(|_| *choice == Choice::default()) {
        Some(list) => (list.count, list.at_stake),
        None => (
            u32::try_from(shown.len()).unwrap_or(u32::MAX),
            shown.iter().map(|entry| entry.at_stake).sum(),
        ),
    }
}

/// What the list amounts to; `at_stake` is written as money.
pub fn headline(entries: u32, at_stake: &str) -> String {
    match entries {
        0 => "Nobody to turn to".into(),
        some => format!(
            "{} to turn to, {at_stake} at stake",
            count(u64::from(some), "account", "accounts")
        ),
    }
}

/// What is left out, in words; nothing where nothing is.
pub fn left_out(list: &TodayList) -> Option<String> {
    let part = |many: usize, what: &str| (many > 0).then(|| format!("{many} {what}"));
    let parts = [
        part(list.snoozed.len(), "snoozed"),
        part(list.ceased.len(), "marked as ceased"),
        (!list.items.is_empty()).then(|| count(list.items.len() as u64, "item", "items")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Left out: {}", parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::cycles::Route as By;
    use crate::base::Date;

    fn entry(name: &str, state: State, salesperson: &str) -> TodayEntry {
        TodayEntry {
            account: 0,
            name: name.into(),
            salesperson: salesperson.into(),
            state,
            reason: String::new(),
            window: (Date::from_days(0), Date::from_days(9)),
            alive: (0.5, String::new()),
            at_stake: 1.0,
            order_value: 1.0,
            value_per_year: 1.0,
            route: By::Call,
            items: Vec::new(),
            note: String::new(),
        }
    }

    fn list() -> TodayList {
        TodayList {
            entries: vec![
                entry("Acme Pumps", State::Overdue, "Ann"),
                entry("Bolt", State::DueNow, "Ben"),
                entry("Acme Rail", State::NotDue, ""),
            ],
            count: 3,
            ..TodayList::default()
        }
    }

    #[test]
    fn a_choice_of_state_owner_or_words_narrows_the_list() {
        let list = list();
        let names = |address: &str| -> Vec<String> {
            let choice = Choice::of(&Route::parse(address));
            shown(&list, &choice)
                .map(|entry| entry.name.clone())
                .collect()
        };
        assert_eq!(names("#/today").len(), 3);
        assert_eq!(names("#/today?state=due"), ["Bolt"]);
        assert_eq!(names("#/today?by=Ann"), ["Acme Pumps"]);
        assert_eq!(names("#/today?q=rail+bolt"), Vec::<String>::new());
        assert_eq!(names("#/today?q=RAIL%20acme"), ["Acme Rail"]);
        assert_eq!(salespeople(&list), ["Ann", "Ben"]);
    }

    #[test]
    fn what_is_left_out_is_said() {
        let mut list = list();
        assert_eq!(left_out(&list), None);
        list.snoozed.push(("Acme".into(), Date::from_days(1)));
        list.ceased.extend(["B".into(), "C".into()]);
        let words = "Left out: 1 snoozed, 2 marked as ceased";
        assert_eq!(left_out(&list).as_deref(), Some(words));
        list.items.push(("Acme".into(), "P1".into(), None));
        let words = "Left out: 1 snoozed, 2 marked as ceased, 1 item";
        assert_eq!(left_out(&list).as_deref(), Some(words));
        assert_eq!(headline(0, "0"), "Nobody to turn to");
        assert_eq!(headline(1, "50"), "1 account to turn to, 50 at stake");
    }

    #[test]
    fn every_analysis_asked_for_exists() {
        let known: Vec<&str> = crate::actions::sheets::keys().collect();
        for (tab, _) in TABS {
            for key in sheets_of(tab) {
                assert!(known.contains(key) || FORECASTS.contains(key), "{key}");
            }
        }
    }
}
