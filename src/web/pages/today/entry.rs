//! One account of today's list: why it is there, what is at stake, and what to do about it.

use leptos::prelude::*;

use crate::accounts::cycles::State;
use crate::base::{Date, Unit};
use crate::document::{Edit, MarkChange};
use crate::jobs::protocol::TodayEntry;
use crate::metrics::{Exactness, Number};
use crate::view::number::Place;
use crate::view::route::{Page, Route};
use crate::view::today;
use crate::web::format::use_formats;
use crate::web::state::App;
use crate::web::ui::Popover;

use super::known::KnownButton;

/// For how long an account can be put off: days and words.
const SNOOZES: [(i32, &str); 4] = [
    (7, "1 week"),
    (14, "2 weeks"),
    (30, "1 month"),
    (91, "3 months"),
];

type EntryMemo = Memo<Option<TodayEntry>>;

/// A row; made once for its account, it writes only what changes.
#[component]
pub(crate) fn Row(app: App, entry: EntryMemo) -> impl IntoView {
    let text = move |pick: fn(&TodayEntry) -> String| {
        Memo::new(move |_| entry.with(|e| e.as_ref().map(pick).unwrap_or_default()))
    };
    let name = text(|e| e.name.clone());
    let state = Memo::new(move |_| entry.with(|e| e.as_ref().map(|e| e.state)));
    let href = move || {
        let account = entry.with(|e| e.as_ref().map(|e| e.account));
        Route::to(Page::Accounts).with_account(account).to_string()
    };
    let tone = move || match state.get() {
        Some(State::Overdue | State::ProbablyLost) => "chip bad",
        Some(State::DueNow) => "chip warn",
        _ => "chip",
    };
    let items = text(|e| match e.items.as_slice() {
        [] => String::new(),
        [one] => format!("Item overdue: {one}"),
        several => format!("Items overdue: {}", several.join(", ")),
    });
    // Of an account whose own order is not due yet, the item is what is late.
    let label = move || match state.get() {
        Some(State::NotDue) if !items.with(String::is_empty) => Some("Item overdue"),
        state => state.map(today::label),
    };
    let formats = use_formats();
    let reason = text(|e| e.reason.clone());
    let why = move || formats.with(|f| reason.with(|reason| f.sentence(reason)));
    view! {
        <li class="task" data-testid="task">
            <div class="task-who">
                <a class="strong" href=href>{name}</a>
                <span class=tone>{label}</span>
                <span class="chip">{text(|e| e.route.label().to_owned())}</span>
                <span class="muted small">{text(|e| e.salesperson.clone())}</span>
            </div>
            <p class="task-why">{why}</p>
            <p class="small muted" hidden=move || items.with(String::is_empty)>{items}</p>
            <Note entry/>
            <Figures entry/>
            <Actions app entry name/>
        </li>
    }
}

#[component]
fn Note(entry: EntryMemo) -> impl IntoView {
    let note =
        Memo::new(move |_| entry.with(|e| e.as_ref().map(|e| e.note.clone()).unwrap_or_default()));
    view! { <p class="task-note" hidden=move || note.with(String::is_empty)>{note}</p> }
}

#[component]
fn Figures(entry: EntryMemo) -> impl IntoView {
    let formats = use_formats();
    let money = move |pick: fn(&TodayEntry) -> f64| {
        move || {
            let value = entry.with(|e| e.as_ref().map(pick))?;
            let number = Number::Float(value);
            Some(formats.with(|f| f.number(number, Unit::Money, Exactness::Estimated, Place::Cell)))
        }
    };
    let alive = move || {
        let share = entry.with(|e| e.as_ref().map(|e| e.alive.0))?;
        Some(formats.with(|f| f.share(share)))
    };
    let from = move || {
        entry.with(|e| {
            e.as_ref()
                .map(|e| format!("Chance that it still buys: {}", e.alive.1))
        })
    };
    let window = move || {
        let (first, last) = entry.with(|e| e.as_ref().map(|e| e.window))?;
        Some(formats.with(|f| format!("{} to {}", f.date(first), f.date(last))))
    };
    view! {
        <dl class="task-figures">
            <div class="at-stake"><dt>"At stake"</dt><dd data-exact="est">{money(|e| e.at_stake)}</dd></div>
            <div><dt>"Usual order leaves"</dt><dd data-exact="est">{money(|e| e.order_value)}</dd></div>
            <div><dt>"Year to its last order"</dt><dd data-exact="est">{money(|e| e.value_per_year)}</dd></div>
            <div title=from><dt>"Still buys"</dt><dd data-exact="est">{alive}</dd></div>
            <div><dt>"Expected"</dt><dd>{window}</dd></div>
        </dl>
    }
}

/// Snooze, ceased, note.
#[component]
fn Actions(app: App, entry: EntryMemo, name: Memo<String>) -> impl IntoView {
    let mark = move |change: MarkChange| {
        let account = name.get_untracked();
        app.dispatch(Edit::Mark { account, change });
    };
    // Everything here is as of the as-of date, and so is a rest.
    let as_of = move || {
        app.results
            .with_untracked(|r| r.as_ref().map(|results| results.as_of))
            .unwrap_or_default()
    };
    let snooze = Callback::new(move |()| {
        let ways = SNOOZES.map(|(days, words)| {
            let on_click = move |_| mark(MarkChange::Snooze(Some(as_of().plus_days(days))));
            view! { <button type="button" class="menu-item" on:click=on_click>{words}</button> }
        });
        ways.into_iter().collect_view().into_any()
    });
    let note = Callback::new(move |()| note_form(entry, mark));
    let items = Callback::new(move |()| item_list(entry, as_of, mark));
    let late = Memo::new(move |_| entry.with(|e| e.as_ref().is_some_and(|e| !e.items.is_empty())));
    let on_ceased = move |_| mark(MarkChange::Ceased(Some(as_of())));
    view! {
        <div class="cluster task-do no-print">
            <Popover
                name=Signal::derive(move || format!("Snooze {}", name.get()))
                class="button small"
                panel_class="menu"
                face=view! { "Snooze" }.into_any()
                content=snooze
            />
            <button
                type="button"
                class="button small"
                aria-label=move || format!("{} has ceased", name.get())
                on:click=on_ceased
            >
                "Ceased"
            </button>
            <Popover
                name=Signal::derive(move || format!("Note on {}", name.get()))
                class="button small"
                face=view! { "Note" }.into_any()
                content=note
            />
            <KnownButton app name/>
            <span hidden=move || !late.get()>
                <Popover
                    name=Signal::derive(move || format!("Items of {}", name.get()))
                    class="button small"
                    face=view! { "Items" }.into_any()
                    content=items
                />
            </span>
        </div>
    }
}

/// The overdue items, each with what can be said of it.
fn item_list(
    entry: EntryMemo,
    as_of: impl Fn() -> Date + Copy + 'static,
    mark: impl Fn(MarkChange) + Copy + 'static,
) -> AnyView {
    let items = entry.with_untracked(|e| e.as_ref().map(|e| e.items.clone()).unwrap_or_default());
    let lines = items.into_iter().map(|item| {
        let say = move |item: &str, change| mark(MarkChange::Item(item.to_owned(), Box::new(change)));
        let (ceased, later) = (item.clone(), item.clone());
        let on_ceased = move |_| say(&ceased, MarkChange::Ceased(Some(as_of())));
        let on_later = move |_| say(&later, MarkChange::Snooze(Some(as_of().plus_days(30))));
        view! {
            <li class="cluster">
                <span>{item.clone()}</span>
                <button type="button" class="button small" aria-label=format!("{item} has ceased") on:click=on_ceased>"Ceased"</button>
                <button type="button" class="button small" aria-label=format!("Snooze {item}") on:click=on_later>"Snooze 1 month"</button>
            </li>
        }
    });
    view! { <ul class="plain notes">{lines.collect_view()}</ul> }.into_any()
}

fn note_form(entry: EntryMemo, mark: impl Fn(MarkChange) + Copy + 'static) -> AnyView {
    let text = entry.with_untracked(|e| e.as_ref().map(|e| e.note.clone()).unwrap_or_default());
    view! {
        <label class="labelled">
            "Note, kept with your work on this device"
            <textarea
                class="textarea"
                rows="3"
                maxlength="500"
                prop:value=text
                on:change=move |event| mark(MarkChange::Note(event_target_value(&event)))
            ></textarea>
        </label>
    }
    .into_any()
}
