//! Whether the work is saved, in words and for tests; and the versions that stand aside.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::web::download;
use crate::web::share::Preview;
use crate::web::state::App;
use crate::web::store::{Kept, Kind, on_a_disk};
use crate::web::ui::{NoticeKind, Popover};

/// The save state; a click says more.
#[component]
pub(crate) fn SaveState(app: App) -> impl IntoView {
    let state = app.store.state;
    let apart = orders_apart(app);
    let words = move || {
        state.with(|state| match state.kind {
            Kind::Saved if apart() => "Saved without orders",
            Kind::Saved => "Saved",
            Kind::Saving => "Saving…",
            Kind::Memory => "In memory only",
            Kind::Error => "Not saved",
        })
    };
    let face = view! {
        <span
            class="save-state"
            data-testid="save-state"
            data-state=move || state.with(|state| state.kind.key())
            data-edit=move || state.with(|state| state.edit)
            data-rev=move || state.with(|state| state.durable)
        >
            {words}
        </span>
    };
    let name = Signal::derive(move || format!("{}: where your work is kept", words()));
    view! {
        <Popover
            name
            class="button quiet small"
            face=face.into_any()
            content=Callback::new(move |()| app.later.view(move |rest| (rest.saved)(app)))
        />
    }
}

/// Whether there are orders of the user's own that are not kept, as the user said.
fn orders_apart(app: App) -> impl Fn() -> bool + Copy + Send + Sync {
    let keep = app.keeps_orders();
    move || !keep.get() && app.orders.with(|orders| !orders.files().is_empty())
}

/// Where the work is kept, in words.
pub(crate) fn content(app: App) -> AnyView {
    let state = app.store.state;
    let apart = orders_apart(app);
    let why = move || {
        state.with(|state| match (state.kind, state.why.as_str()) {
            (Kind::Saved, "") if apart() => {
                "The last change to the assumptions is on this device's disk. Nothing is on any \
                 server."
                    .to_owned()
            }
            (Kind::Saved, "") => {
                "The last change is on this device's disk. Nothing is on any server.".to_owned()
            }
            (Kind::Saving, "") => "The last change is on its way to this device's disk.".to_owned(),
            (_, why) => why.to_owned(),
        })
    };
    let orders = move || {
        state.with(|state| {
            if apart() {
                "Your orders are not saved: they are in memory only, as Display settings say, and \
                 are gone when this page closes."
            } else if state.orders_kept {
                "Your order files are kept in this browser."
            } else {
                "No order files are kept in this browser."
            }
        })
    };
    let lasting = move || {
        state.with(|state| match state.lasting {
            Some(true) => "The browser promised to keep them until you delete them.",
            Some(false) => "The browser may drop what it keeps when space runs short: save a project file now and then.",
            None => "",
        })
    };
    let aside = move || {
        let kept = app.store.aside.get();
        (!kept.is_empty()).then(|| {
            view! {
                <h3>"Saved versions that stand aside"</h3>
                <ul class="stack tight" data-testid="aside">
                    {kept.into_iter().map(|each| version(app, each)).collect_view()}
                </ul>
            }
        })
    };
    view! {
        <p>{why}</p>
        <p class="muted">{orders}" "{lasting}</p>
        {on_a_disk().then(|| view! {
            <p class="muted">
                "Perennial was opened from a disk. Other pages opened from a disk in this browser may be able to read what it keeps, and a browser may forget it when this file is moved: save a project file to be safe."
            </p>
        })}
        <p class="muted" data-testid="backup">{crate::web::share::backup()}</p>
        <button type="button" class="button small" on:click=move |_| crate::web::share::save_project(app)>
            "Save project file"
        </button>
        {aside}
    }
    .into_any()
}

/// A version of another tab, or one that could not be read.
fn version(app: App, kept: Kept) -> impl IntoView {
    let Kept { key, rev, readable } = kept;
    let (opened, saved, dropped) = (key.clone(), key.clone(), key);
    let on_open = move |_| {
        let key = opened.clone();
        spawn_local(async move {
            match app.store.open_aside(&key).await {
                Ok(opened) => app.preview(Preview {
                    opened,
                    what: format!("saved version {rev}"),
                    with_orders: true,
                }),
                Err(error) => app.tell(NoticeKind::Error, error.message),
            }
        });
    };
    let on_save = move |_| {
        let key = saved.clone();
        spawn_local(async move {
            if let Some(text) = app.store.text_aside(&key).await {
                download::save_text("perennial-version.json", "application/json", &text);
            }
        });
    };
    let on_drop = move |_| {
        let key = dropped.clone();
        spawn_local(async move { app.store.drop_aside(&key).await });
    };
    view! {
        <li class="cluster">
            <span>{format!("Version {rev}")} {(!readable).then_some(" (damaged)")}</span>
            {readable.then(|| view! { <button type="button" class="button small" on:click=on_open>"Open"</button> })}
            <button type="button" class="button small" on:click=on_save>"Download"</button>
            <button type="button" class="button small danger" on:click=on_drop>"Delete"</button>
        </li>
    }
}
