//! A card for each scenario: its name, what it changes, and where its difference comes from.

use leptos::prelude::*;

use crate::assumptions::{Origin, Spec};
use crate::registry;
use crate::scenario::{Change, Comparison, Shares};
use crate::view::scenarios::{self, BASE, MOST_SHOWN};
use crate::web::ui::{self, ChartView, Field, FieldState, menu_item, named, select};

use super::{Handles, with_values, with_writer};

type Found = ReadSignal<Option<Comparison>>;

pub(super) fn all(h: Handles, found: Found) -> AnyView {
    let ids = Memo::new(move |_| {
        h.scenarios.with(|all| {
            let shown = all.list().iter().take(MOST_SHOWN);
            shown
                .map(crate::scenario::Scenario::id)
                .collect::<Vec<u32>>()
        })
    });
    view! {
        <div class="scenario-cards">
            <For each=move || ids.get() key=|id| *id let(id)>
                {card(h, found, id)}
            </For>
        </div>
    }
    .into_any()
}

fn card(h: Handles, found: Found, id: u32) -> AnyView {
    let name = Memo::new(move |before: Option<&String>| {
        let now = h
            .scenarios
            .with(|all| all.get(id).map(|one| one.name().to_owned()));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let changed = Memo::new(move |_| {
        h.scenarios.with(|all| {
            let keys = all
                .get(id)
                .map(|one| one.changes().keys().cloned().collect::<Vec<_>>());
            keys.unwrap_or_default()
        })
    });
    let specs = move || {
        let keys = changed.get();
        registry::assumptions()
            .filter(|spec| keys.iter().any(|key| key == spec.key))
            .collect::<Vec<&'static Spec>>()
    };
    let shares = Memo::new(move |_| {
        found.with(|found| {
            let columns = found.as_ref().map(|found| found.columns.as_slice())?;
            columns
                .iter()
                .find(|column| column.id == Some(id))?
                .shares
                .clone()
        })
    });
    let horizon = Memo::new(move |_| {
        h.scenarios.with(|all| {
            all.get(id)
                .is_some_and(|one| one.changes().contains_key("horizon"))
        })
    });
    view! {
        <section class="card card-body stack scenario" aria-label=move || name.get() data-testid="scenario">
            {named(
                "Name of the scenario",
                name,
                move |text| { h.make(Change::Rename(id, text)); },
                move || actions(h, id),
            )}
            {story(name, horizon, shares)}
            <div class="stack">
                <For each=specs key=|spec| spec.key let(spec)>
                    {field(h, id, spec)}
                </For>
            </div>
            {add(h, id, changed)}
        </section>
    }
    .into_any()
}

fn actions(h: Handles, id: u32) -> AnyView {
    let place = move || {
        h.scenarios
            .with_untracked(|all| all.list().iter().position(|one| one.id() == id))
            .unwrap_or_default()
    };
    let to = move |step: isize| {
        if let Some(at) = place().checked_add_signed(step) {
            h.make(Change::Move(id, at));
        }
    };
    view! {
        {menu_item("Duplicate", move || h.make(Change::Duplicate(id)))}
        {menu_item("Move left", move || to(-1))}
        {menu_item("Move right", move || to(1))}
        {menu_item("Make it the base", move || h.adopt(id))}
        {menu_item("Delete", move || h.make(Change::Delete(id)))}
    }
    .into_any()
}

/// Where the difference comes from, in a sentence and step by step.
fn story(
    name: Memo<String>,
    horizon: Memo<bool>,
    shares: Memo<Option<Result<Shares, String>>>,
) -> AnyView {
    let words = move || {
        shares.with(|shares| {
            Some(match shares.as_ref()? {
                Err(why) => why.clone(),
                Ok(shares) if shares.parts.is_empty() && horizon.get() => format!(
                    "{} changes its horizon alone, and all are shown over the same.",
                    name.get()
                ),
                Ok(shares) => {
                    let unit = scenarios::metric(&shares.metric).1;
                    with_writer(unit, |write| {
                        with_values(|value| {
                            scenarios::sentence((&name.get(), BASE), shares, write, value)
                        })
                    })
                }
            })
        })
    };
    let chart = Signal::derive(move || {
        shares.with(|shares| {
            let shares = shares.as_ref()?.as_ref().ok()?;
            with_values(|value| scenarios::shares((&name.get(), BASE), shares, value))
        })
    });
    let open = RwSignal::new(false);
    let none = move || chart.with(Option::is_none);
    view! {
        <p class="scenario-story" data-testid="story">{words}</p>
        <details hidden=none on:toggle=move |_| open.set(true)>
            <summary>"Step by step"</summary>
            {move || open.get().then(|| view! { <ChartView chart/> })}
        </details>
    }
    .into_any()
}

/// An assumption in this scenario.
fn field(h: Handles, id: u32, spec: &'static Spec) -> AnyView {
    let key = spec.key;
    let state = Memo::new(move |_| {
        let value = h
            .scenarios
            .with(|all| all.get(id)?.changes().get(key).cloned());
        FieldState {
            value: value.unwrap_or_else(|| spec.default.to_owned()),
            origin: Origin::User,
            from_data: None,
            disabled: None,
        }
    });
    let on_change = Callback::new(move |change: ui::Change| {
        let shown = state.with_untracked(|state| state.value.clone());
        h.make(Change::Set {
            id,
            key: change.key.to_owned(),
            value: change.value,
            shown: Some(shown),
        });
        if !change.dragging {
            h.app.seal();
        }
    });
    let on_reset = Callback::new(move |key: &'static str| {
        h.make(Change::Reset {
            id,
            key: key.to_owned(),
        });
    });
    view! { <Field spec state on_change on_reset/> }.into_any()
}

/// Another assumption to change: it begins at the base's value.
fn add(h: Handles, id: u32, changed: Memo<Vec<String>>) -> AnyView {
    let options = Signal::derive(move || {
        let first = (String::new(), "Choose…".to_owned());
        let keys = changed.get();
        let free = scenarios::inputs()
            .into_iter()
            .filter(|(key, _)| !keys.contains(key));
        std::iter::once(first).chain(free).collect()
    });
    let on_pick = move |key: String| {
        let used = h.app.used_now();
        let value = used
            .iter()
            .find(|used| used.key == key)
            .map(|used| used.value.clone());
        let spec = registry::assumption(&key);
        if let Some(value) = value.or_else(|| spec.map(|spec| spec.default.to_owned())) {
            h.make(Change::Set {
                id,
                key,
                value,
                shown: None,
            });
        }
    };
    select(
        "Change another assumption",
        options,
        Signal::stored(String::new()),
        on_pick,
    )
}
