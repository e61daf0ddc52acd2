//! The accounts under watch: today's list and the analyses of rhythm.

use std::rc::Rc;

use crate::actions::marks::Hidden;
use crate::actions::{Entry, Rhythms, Today, Watch};
use crate::base::Date;
use crate::codec::ics_out::ics;
use crate::metrics::Sheet;
use crate::value::Evaluation;

use super::boards;
use super::loaded::{Loaded, View};
use super::panel;
use super::protocol::{Results, TodayEntry, TodayList, Want, Watched};

/// Entries sent to the page.
const MOST_ENTRIES: usize = 1_000;

/// Hands over the accounts with their cycles, and with their forecasts where those are there. The
/// cycles are kept for the next time: a slider of margins changes none of them.
pub(super) fn with<T>(
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    watched: &Watched,
    make: impl FnOnce(&Watch) -> T,
) -> T {
    let (accounts, marks) = (&view.accounts, &watched.marks);
    let histories = view.histories(&book.book);
    let settings = Watch::settings_of(found);
    let kept = view.rhythms.borrow().clone();
    let rhythms = kept.filter(|kept| kept.serves(accounts, &settings, marks));
    let rhythms = rhythms.unwrap_or_else(|| {
        let fitting = view.fitting.borrow();
        let new = Rhythms::fitted(accounts, histories, settings, fitting.of_accounts(), marks);
        Rc::new(new)
    });
    *view.rhythms.borrow_mut() = Some(Rc::clone(&rhythms));
    make(&Watch::new(found, &book.book, histories, &rhythms, marks).reviewed(&watched.review))
}

/// An analysis of them, or of the forecasts.
pub(super) fn sheet(watch: &Watch, view: &View, key: &str) -> Option<Sheet> {
    boards::sheet(&view.fitting.borrow(), key).or_else(|| watch.sheet(key))
}

/// Adds what is wanted of them.
#[inline(never)]
pub(super) fn add(
    results: &mut Results,
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    want: &Want,
) {
    if !want.is_of_watched() {
        return;
    }
    with(found, book, view, &want.watched, |watch| {
        if want.today {
            results.today = Some(list(watch, watch.today(want.watched.today)));
        }
        let sheets = want.watch.iter().filter_map(|key| sheet(watch, view, key));
        results.sheets.extend(sheets);
        if let Some(detail) = &mut results.account {
            let account = detail.account as usize;
            detail.rhythm = panel::rhythm(watch, view, account);
            // Before the orders, which are long.
            detail.sheets.splice(0..0, panel::paid_back(watch, account));
        }
    });
}

/// Today's list as a calendar; no entry lies before the day of the export, where that is known.
pub(super) fn calendar(watch: &Watch, day: Option<Date>) -> Vec<u8> {
    let today = watch.today(None);
    let first = day.map_or(watch.as_of(), |day| day.max(watch.as_of()));
    let name = |account| watch.name(account).to_owned();
    let events = crate::actions::calendar::events(&today, first, name);
    ics(&events, first)
}

fn list(watch: &Watch, today: Today) -> TodayList {
    let name = |account: usize| watch.name(account).to_owned();
    TodayList {
        count: u32::try_from(today.entries.len()).unwrap_or(u32::MAX),
        at_stake: today.at_stake(),
        snoozed: today
            .snoozed
            .iter()
            .map(|(at, until)| (name(*at), *until))
            .collect(),
        ceased: today.ceased.iter().map(|at| name(*at)).collect(),
        items: today
            .items
            .into_iter()
            .map(|(at, item, why)| match why {
                Hidden::Snoozed(until) => (name(at), item, Some(until)),
                Hidden::Ceased => (name(at), item, None),
            })
            .collect(),
        stale: today.stale,
        entries: today
            .entries
            .into_iter()
            .take(MOST_ENTRIES)
            .map(|it| entry(watch, it))
            .collect(),
    }
}

fn entry(watch: &Watch, entry: Entry) -> TodayEntry {
    let salesperson = watch.evaluation.text("salesperson", entry.account);
    TodayEntry {
        account: u32::try_from(entry.account).unwrap_or(u32::MAX),
        name: entry.name,
        salesperson: salesperson.unwrap_or_default().to_owned(),
        state: entry.state,
        reason: entry.reason,
        window: entry.window,
        alive: (entry.alive, entry.alive_from.to_owned()),
        at_stake: entry.at_stake,
        order_value: entry.order_value,
        value_per_year: entry.value_per_year,
        route: entry.route,
        items: entry.items.into_iter().map(|item| item.item).collect(),
        note: entry.note,
    }
}
