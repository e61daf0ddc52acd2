//! One offer: its figures to change, and the customer's own case for it.

use leptos::prelude::*;

use crate::assumptions::Origin;
use crate::growth::{Change, Terms};
use crate::view::growth as words;
use crate::web::format::use_formats;
use crate::web::ui::{menu_item, named};

use super::{Handles, field};

pub(super) fn all(h: Handles) -> AnyView {
    let ids = Memo::new(move |_| {
        h.growth.with(|growth| {
            let offers = growth.offers();
            offers
                .iter()
                .map(crate::growth::Offer::id)
                .collect::<Vec<u32>>()
        })
    });
    view! {
        <div class="scenario-cards">
            <For each=move || ids.get() key=|id| *id let(id)>{card(h, id)}</For>
        </div>
    }
    .into_any()
}

fn card(h: Handles, id: u32) -> AnyView {
    let own = move |pick: fn(&crate::growth::Offer) -> String| {
        Memo::new(move |before: Option<&String>| {
            let now = h.growth.with(|growth| {
                let offers = growth.offers();
                offers.iter().find(|one| one.id() == id).map(pick)
            });
            now.or_else(|| before.cloned()).unwrap_or_default()
        })
    };
    let name = own(|offer| offer.name().to_owned());
    let about = own(|offer| offer.about().to_owned());
    let case = h.part(move |board| {
        let row = board.offers.iter().find(|row| row.id == id)?;
        Some(row.case)
    });
    let said = move || {
        let formats = use_formats();
        case.with(|case| {
            case.as_ref()
                .map(|case| formats.with(|f| words::case(case, &|x, unit| f.cell(x, unit))))
        })
    };
    let one = |spec: &'static crate::assumptions::Spec| {
        field(
            h,
            spec,
            move |board| {
                let row = board.offers.iter().find(|row| row.id == id)?;
                let mut used = row.used.iter().find(|used| used.key == spec.key)?.clone();
                if board.example {
                    used.origin = Origin::Default;
                }
                Some(used)
            },
            move |value| Change::Set(id, spec.key.to_owned(), value),
        )
    };
    let (ours, theirs): (Vec<_>, Vec<_>) = Terms::SPECS
        .iter()
        .partition(|spec| !words::is_customers(spec));
    let on_about = move |event| h.make(Change::About(id, event_target_value(&event)));
    view! {
        <section class="card card-body stack scenario" aria-label=move || name.get() data-testid="offer-card">
            {named(
                "Name of the offer",
                name,
                move |text| { h.make(Change::Rename(id, text)); },
                move || actions(h, id),
            )}
            <textarea
                class="textarea"
                rows="2"
                maxlength="400"
                aria-label="What it holds"
                prop:value=move || about.get()
                on:change=on_about
            ></textarea>
            <div class="stack">{ours.into_iter().map(one).collect_view()}</div>
            <details>
                <summary>"What it is worth to the customer"</summary>
                <p class="scenario-story" data-testid="case">{said}</p>
                <div class="stack">{theirs.into_iter().map(one).collect_view()}</div>
            </details>
        </section>
    }
    .into_any()
}

fn actions(h: Handles, id: u32) -> AnyView {
    let place = move || {
        h.growth
            .with_untracked(|growth| growth.offers().iter().position(|one| one.id() == id))
            .unwrap_or_default()
    };
    let to = move |step: isize| {
        if let Some(at) = place().checked_add_signed(step) {
            h.make(Change::Move(id, at));
        }
    };
    view! {
        {menu_item("Move up", move || to(-1))}
        {menu_item("Move down", move || to(1))}
        {menu_item("Delete", move || h.make(Change::Delete(id)))}
    }
    .into_any()
}
