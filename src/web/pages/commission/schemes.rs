//! The schemes: one is chosen and changed, with what it says in plain words beside it.

use leptos::prelude::*;

use crate::commission::statement::ORDER;
use crate::commission::{Change, Scheme, ready};
use crate::jobs::protocol::Said;
use crate::view::dated::numbers;
use crate::web::format::use_formats;
use crate::web::ui::{Icon, Popover, icon, menu_item, named};

use super::{Handles, form, people};

/// Where there is none yet: the ready ones to begin with.
pub(super) fn first(h: Handles) -> AnyView {
    view! {
        <section class="card card-body stack" aria-labelledby="first-title">
            <h2 id="first-title">"Begin with a scheme"</h2>
            <p class="muted">"Take the one that is most like yours and change its figures; add others to compare them on your own orders."</p>
            {offers(h)}
        </section>
    }
    .into_any()
}

/// The ready schemes as buttons.
fn offers(h: Handles) -> AnyView {
    let offer = |one: &'static ready::Ready| {
        let add = move |_| begin(h, one);
        view! {
            <button type="button" class="card card-body offer-button" data-ready=one.key on:click=add>
                <strong>{one.name}</strong>
                <span class="muted">{one.about}</span>
            </button>
        }
    };
    let own = move |_| {
        if h.make(Change::Add("Our scheme".to_owned(), None)) {
            h.look_at_newest();
        }
    };
    view! {
        <div class="ready-schemes">
            {ready::ALL.iter().map(offer).collect_view()}
            <button type="button" class="card card-body offer-button" on:click=own>
                <strong>"One of your own"</strong>
                <span class="muted">"Begins with 5 % of revenue."</span>
            </button>
        </div>
    }
    .into_any()
}

fn begin(h: Handles, one: &'static ready::Ready) {
    if h.make(Change::Add(one.name.to_owned(), Some(one.key.to_owned()))) {
        h.look_at_newest();
    }
}

/// The chosen scheme and the others' names.
pub(super) fn page(h: Handles) -> AnyView {
    view! {
        <section class="card card-body stack" aria-labelledby="schemes-title">
            <div class="cluster">
                <h2 id="schemes-title">"Schemes"</h2>
                <span class="spacer"></span>
                <Popover
                    name="Add a scheme"
                    class="button primary"
                    face=view! { {icon(Icon::Plus)}"Add a scheme" }.into_any()
                    panel_class="menu"
                    content=Callback::new(move |()| menu(h))
                />
            </div>
            {names(h)}
        </section>
        {move || h.scheme.get().map(|id| chosen(h, id))}
        {people::section(h)}
    }
    .into_any()
}

fn menu(h: Handles) -> AnyView {
    let one = |one: &'static ready::Ready| menu_item(one.name, move || begin(h, one));
    ready::ALL.iter().map(one).collect_view().into_any()
}

/// All of them, to choose from.
fn names(h: Handles) -> AnyView {
    let list = Memo::new(move |_| {
        h.schemes.with(|all| {
            let current = all.current().map(Scheme::id);
            let list = all.list().iter();
            list.map(|one| (one.id(), one.name().to_owned(), current == Some(one.id())))
                .collect::<Vec<_>>()
        })
    });
    let name = move |(id, name, current): (u32, String, bool)| {
        view! {
            <button
                type="button"
                class="chip-button"
                aria-pressed=move || (h.scheme.get() == Some(id)).to_string()
                on:click=move |_| h.look("scheme", &id.to_string())
            >
                {name}
                {current.then(|| view! { <span class="chip good">"in use"</span> })}
            </button>
        }
    };
    view! {
        <div class="cluster" role="group" aria-label="Scheme to look at" data-testid="scheme-names">
            {move || list.get().into_iter().map(name).collect_view()}
        </div>
    }
    .into_any()
}

/// One scheme: the form, and what it says.
fn chosen(h: Handles, id: u32) -> AnyView {
    let name = Memo::new(move |before: Option<&String>| {
        let now = h
            .schemes
            .with(|all| all.get(id).map(|one| one.name().to_owned()));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    view! {
        <div class="with-words">
            <section class="card card-body stack" aria-label=move || name.get() data-testid="scheme-form">
                {named(
                    "Name of the scheme",
                    name,
                    move |text| { h.make(Change::Rename(id, text)); },
                    move || actions(h, id),
                )}
                {form::groups(h, id)}
            </section>
            {words(h, id)}
        </div>
    }
    .into_any()
}

fn actions(h: Handles, id: u32) -> AnyView {
    let to = move |step: isize| {
        let at = h
            .schemes
            .with_untracked(|all| all.list().iter().position(|one| one.id() == id));
        if let Some(at) = at.and_then(|at| at.checked_add_signed(step)) {
            h.make(Change::Move(id, at));
        }
    };
    view! {
        {menu_item("This is the one in use", move || {
            h.make(Change::Current(id));
        })}
        {menu_item("Copy", move || {
            if h.make(Change::Copy(id)) {
                h.look_at_newest();
            }
        })}
        {menu_item("Move left", move || to(-1))}
        {menu_item("Move right", move || to(1))}
        {menu_item("Delete", move || {
            h.make(Change::Delete(id));
        })}
    }
    .into_any()
}

/// The scheme in plain words, or why it contradicts itself.
fn words(h: Handles, id: u32) -> AnyView {
    let formats = use_formats();
    let said: Memo<Option<Said>> = Memo::new(move |_| {
        h.found.with(|found| {
            let said = &found.as_ref()?.said;
            said.iter().find(|said| said.id == id).cloned()
        })
    });
    let lines = move |pick: fn(&Said) -> &[String]| {
        let written =
            |line: &String| formats.with(|f| numbers(&f.sentence(line), &|n, _| Some(f.entry(n))));
        said.with(|said| {
            let lines = said.iter().flat_map(|said| pick(said).iter());
            lines
                .map(|line| view! { <li>{written(line)}</li> })
                .collect_view()
        })
    };
    let refused = move || said.with(|said| said.as_ref().is_some_and(|s| !s.refused.is_empty()));
    let lacking = move || said.with(|said| said.as_ref().is_some_and(|s| !s.assumed.is_empty()));
    view! {
        <section class="card card-body stack words" aria-labelledby="words-title">
            <h2 id="words-title">"In plain words"</h2>
            <div class="notice-inline" role="alert" data-testid="refused" hidden=move || !refused()>
                <p><strong>"This contradicts itself, so nothing is computed with it:"</strong></p>
                <ul>{move || lines(|said| &said.refused)}</ul>
            </div>
            <ul class="plain stack" data-testid="words">{move || lines(|said| &said.words)}</ul>
            <div class="stack" data-testid="assumed" hidden=move || !lacking()>
                <h3>"What the orders do not say"</h3>
                <ul class="plain stack">{move || lines(|said| &said.assumed)}</ul>
            </div>
            <details>
                <summary>"The order of operations"</summary>
                <ol class="stack">
                    {ORDER.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}
                </ol>
            </details>
        </section>
    }
    .into_any()
}
