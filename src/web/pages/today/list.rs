//! The list of accounts to turn to: what it amounts to, what of it is shown, and its exports.

use leptos::prelude::*;

use crate::base::{Shared, Unit};
use crate::document::{Edit, MarkChange};
use crate::jobs::protocol::{ExportFormat, ExportOf, TodayEntry, TodayList};
use crate::metrics::{Exactness, Number};
use crate::view::number::Place;
use crate::view::today::{self, Choice, STATES};
use crate::web::format::use_formats;
use crate::web::route;
use crate::web::state::App;
use crate::web::ui::{Icon, icon};

use super::entry::Row;

/// Entries shown before the reader asks for more.
const FIRST: usize = 30;

type ListMemo = ReadSignal<Option<Shared<TodayList>>>;

/// The list.
#[component]
pub(crate) fn List(app: App) -> impl IntoView {
    let list: ListMemo = app.lasting(|results| results.today.clone().map(Shared::new));
    let choice = Memo::new(move |_| app.route.with(Choice::of));
    let all = RwSignal::new(false);
    let entries = Memo::new(move |_| {
        list.with(|list| {
            let list = list.as_ref()?;
            let chosen = choice.get();
            Some(
                today::shown(list, &chosen)
                    .cloned()
                    .collect::<Vec<TodayEntry>>(),
            )
        })
    });
    let count = Memo::new(move |_| entries.with(|e| e.as_ref().map_or(0, Vec::len)));
    // Rows stay while their figures change: a row is made once for its account.
    let accounts = Memo::new(move |_| {
        let most = if all.get() { usize::MAX } else { FIRST };
        entries.with(|entries| {
            let some = entries.iter().flatten().take(most);
            some.map(|entry| entry.account).collect::<Vec<u32>>()
        })
    });
    let row = move |account: u32| {
        let entry = Memo::new(move |before: Option<&Option<TodayEntry>>| {
            let now = entries.with(|e| e.iter().flatten().find(|e| e.account == account).cloned());
            now.or_else(|| before.cloned().flatten())
        });
        view! { <Row app entry/> }
    };
    let more = move || {
        let hidden = count.get().saturating_sub(accounts.with(Vec::len));
        (hidden > 0).then(|| {
            view! {
                <button type="button" class="button small quiet no-print" on:click=move |_| all.set(true)>
                    {format!("Show {hidden} more")}
                </button>
                <span class="print-only">{format!("{hidden} more are on the list; show them before you print, to have them on paper.")}</span>
            }
        })
    };
    view! {
        <section class="card today" aria-labelledby="today-title" data-testid="today">
            <Head app list entries choice/>
            <Stale list/>
            <ol class="tasks" aria-labelledby="today-title">
                <For each=move || accounts.get() key=|account| *account children=row/>
            </ol>
            {move || (count.get() == 0).then(|| nobody(list, choice))}
            <div class="cluster card-body">{more} <LeftOut app list/></div>
        </section>
    }
}

/// What it amounts to, with the choices and the exports.
#[component]
fn Head(
    app: App,
    list: ListMemo,
    entries: Memo<Option<Vec<TodayEntry>>>,
    choice: Memo<Choice>,
) -> impl IntoView {
    let formats = use_formats();
    let headline = move || {
        entries.with(|entries| {
            let Some(entries) = entries else {
                return "Computing…".to_owned();
            };
            let (count, sum) =
                list.with(|list| today::amounts_to(list.as_deref(), entries, &choice.get()));
            let sum = formats.with(|f| {
                f.number(
                    Number::Float(sum),
                    Unit::Money,
                    Exactness::Estimated,
                    Place::Cell,
                )
            });
            today::headline(count, &sum)
        })
    };
    let as_of = move || {
        let date = app
            .results
            .with(|r| r.as_ref().map(|results| results.as_of))?;
        Some(format!("As of {}", formats.with(|f| f.date(date))))
    };
    view! {
        <div class="card-head">
            <div>
                <h2 id="today-title">{headline}</h2>
                <p class="muted small">{as_of}", most money at stake first. At stake is what is still to come of an account, by how late it is and how likely it still buys."</p>
            </div>
            <States app/>
            <Salespeople app list/>
            <Exports app/>
        </div>
    }
}

/// One button per state.
#[component]
fn States(app: App) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        app.route
            .with(|route| route.get("state").unwrap_or_default().to_owned())
    });
    let choose = move |key: &'static str| {
        let place = app.route.get_untracked().with("state", key);
        route::replace(app.route, place);
    };
    let named = STATES
        .iter()
        .map(|&(state, key)| (key, today::label(state)));
    let buttons = std::iter::once(("", "All"))
        .chain(named)
        .map(|(key, label)| {
            view! {
                <button
                    type="button"
                    aria-pressed=move || (chosen.get() == key).to_string()
                    on:click=move |_| choose(key)
                >
                    {label}
                </button>
            }
        });
    view! { <div class="segments no-print" role="group" aria-label="State">{buttons.collect_view()}</div> }
}

/// Whose accounts.
#[component]
fn Salespeople(app: App, list: ListMemo) -> impl IntoView {
    let names = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref()
                .map(|list| today::salespeople(list))
                .unwrap_or_default()
        })
    });
    let chosen = Memo::new(move |_| {
        app.route
            .with(|r| r.get("by").unwrap_or_default().to_owned())
    });
    let on_change = move |event| {
        let place = app
            .route
            .get_untracked()
            .with("by", &event_target_value(&event));
        route::replace(app.route, place);
    };
    move || {
        let names = names.get();
        (names.len() > 1).then(|| {
            let options = names.into_iter().map(|name| {
                let value = name.clone();
                let is = name.clone();
                view! { <option value=value prop:selected=move || chosen.get() == is>{name}</option> }
            });
            view! {
                <select class="select no-print" aria-label="Salesperson" on:change=on_change>
                    <option value="">"Every salesperson"</option>
                    {options.collect_view()}
                </select>
            }
        })
    }
}

#[component]
fn Exports(app: App) -> impl IntoView {
    let watched = move || untrack(|| app.watched());
    let table = move |format| app.export(ExportOf::Watch("today".into(), watched()), format);
    let calendar = move |_| app.export(ExportOf::Calendar(watched()), ExportFormat::Csv);
    view! {
        <div class="cluster no-print">
            <button type="button" class="button small quiet" on:click=move |_| table(ExportFormat::Csv)>{icon(Icon::Download)}"CSV"</button>
            <button type="button" class="button small quiet" on:click=move |_| table(ExportFormat::Sheet)>{icon(Icon::Download)}"XLSX"</button>
            <button type="button" class="button small quiet" on:click=calendar>{icon(Icon::Download)}"Calendar"</button>
        </div>
    }
}

/// What must be said of the as-of date.
#[component]
fn Stale(list: ListMemo) -> impl IntoView {
    let stale = Memo::new(move |_| list.with(|list| list.as_ref().and_then(|l| l.stale.clone())));
    let formats = use_formats();
    move || {
        stale.get().map(|words| {
            let words = formats.with(|f| f.sentence(&words));
            view! { <p class="banner warning" role="status" data-testid="stale">{words}</p> }
        })
    }
}

fn nobody(list: ListMemo, choice: Memo<Choice>) -> AnyView {
    let words = move || {
        if list.with(Option::is_none) {
            return "";
        }
        if choice.get() == Choice::default() {
            "No account that has a rhythm is due now; those that ordered once have none yet. Raise \"Look ahead\" in the assumptions to see who comes next."
        } else {
            "No account of this choice. Choose All to see everybody."
        }
    };
    let all = move || list.with(Option::is_some) && choice.get() == Choice::default();
    view! {
        <p class="empty-line">
            {words}
            <span hidden=move || !all()>
                " Those that have been silent for long are under "
                <a href="#/today?tab=lost">"Lost accounts"</a>"."
            </span>
        </p>
    }
    .into_any()
}

/// The snoozed and the ceased, and how to bring them back.
#[component]
fn LeftOut(app: App, list: ListMemo) -> impl IntoView {
    let formats = use_formats();
    let line = move |name: String, item: Option<String>, why: String, change: MarkChange| {
        let account = name.clone();
        let (name, change) = match item {
            None => (name, change),
            Some(item) => (
                format!("{name}: {item}"),
                MarkChange::Item(item, Box::new(change)),
            ),
        };
        let on_click = move |_| {
            app.dispatch(Edit::Mark {
                account: account.clone(),
                change: change.clone(),
            });
        };
        view! {
            <li class="cluster">
                <span>{name}</span>
                <span class="muted">{why}</span>
                <button type="button" class="button small quiet" on:click=on_click>"Bring back"</button>
            </li>
        }
    };
    let some = Memo::new(move |_| {
        list.with(|list| {
            let list = list.as_ref()?;
            let words = today::left_out(list)?;
            Some((
                words,
                list.snoozed.clone(),
                list.ceased.clone(),
                list.items.clone(),
            ))
        })
    });
    move || {
        some.get().map(|(words, snoozed, ceased, items)| {
            let until = |date| format!("until {}", formats.with_untracked(|f| f.date(date)));
            let snoozed = snoozed
                .into_iter()
                .map(|(name, date)| line(name, None, until(date), MarkChange::Snooze(None)));
            let snoozed = snoozed.collect_view();
            let ceased = ceased
                .into_iter()
                .map(|name| line(name, None, "ceased".to_owned(), MarkChange::Ceased(None)));
            let ceased = ceased.collect_view();
            let items = items.into_iter().map(|(name, item, date)| match date {
                Some(date) => line(name, Some(item), until(date), MarkChange::Snooze(None)),
                None => line(
                    name,
                    Some(item),
                    "ceased".to_owned(),
                    MarkChange::Ceased(None),
                ),
            });
            let items = items.collect_view();
            view! {
                <details class="left-out" data-testid="left-out">
                    <summary>{words}</summary>
                    <ul class="plain notes">{snoozed}{ceased}{items}</ul>
                </details>
            }
        })
    }
}
