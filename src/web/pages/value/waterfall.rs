//! The price waterfall of the book: from list price down to contribution, each step with its amount
//! and a switch that says whether it counts.

use leptos::prelude::*;

use crate::base::Unit;
use crate::document::Edit;
use crate::jobs::protocol::WaterfallStep;
use crate::metrics::{Exactness, Spec};
use crate::registry;
use crate::view::number::{Place, exact_text};
use crate::view::tables;
use crate::web::format::use_formats;
use crate::web::state::App;

use super::explained;

/// The waterfall as a table with its switches.
#[component]
pub(crate) fn Waterfall(app: App, steps: Signal<Vec<WaterfallStep>>) -> impl IntoView {
    let keys = Memo::new(move |_| {
        steps.with(|all| all.iter().map(|step| step.key.clone()).collect::<Vec<_>>())
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Price waterfall">
            <table class="table waterfall">
                <thead>
                    <tr>
                        <th scope="col" class="head">"Counts"</th>
                        <th scope="col" class="head">"Step"</th>
                        <th scope="col" class="num head">"Amount"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || keys.get() key=Clone::clone let(key)>
                        <Step app steps key/>
                    </For>
                </tbody>
            </table>
        </div>
        {app.sheet_buttons("Price waterfall", move || Some(steps.with(|all| tables::waterfall(all))))}
    }
}

/// The figure of a step: the steps have names of their own where the waterfall is drawn.
fn metric_of(step: &str) -> Option<&'static Spec> {
    registry::metric(match step {
        "discount" => "discount_given",
        "invoice" => "revenue",
        same => same,
    })
}

#[component]
fn Step(app: App, steps: Signal<Vec<WaterfallStep>>, key: String) -> impl IntoView {
    let step = {
        let key = key.clone();
        Memo::new(move |_| steps.with(|all| all.iter().find(|step| step.key == key).cloned()))
    };
    let level = move || step.with(|s| s.as_ref().is_some_and(|s| s.level));
    let off = move || step.with(|s| s.as_ref().is_some_and(|s| !s.counted));
    let label = move || step.with(|s| s.as_ref().map(|s| s.label.clone()));
    let formats = use_formats();
    let amount = move || {
        step.with(|s| {
            let figure = &s.as_ref()?.figure;
            Some(formats.with(|f| f.figure(figure, Unit::Money, Place::Cell)))
        })
    };
    let value = {
        let spec = metric_of(&key);
        let figure = spec.map(|spec| app.figure(spec.key));
        let figure = Signal::derive(move || figure.and_then(|figure| figure.get()));
        let text = Signal::derive(move || amount().unwrap_or_default());
        explained(spec, figure, text)
    };
    let exact = move || {
        step.with(|s| {
            s.as_ref()?
                .figure
                .value
                .as_ref()
                .ok()
                .map(|n| exact_text(*n))
        })
    };
    let mark = move || {
        step.with(|s| {
            let figure = &s.as_ref()?.figure;
            match (&figure.value, figure.exactness) {
                (Err(_), _) | (_, Exactness::Exact) => None,
                (_, Exactness::Estimated) => Some("est"),
                (_, Exactness::Assumed) => Some("assumed"),
            }
        })
    };
    let note = move || {
        step.with(|s| {
            let s = s.as_ref()?;
            let missing = s.figure.value.as_ref().err().map(|why| why.0.clone());
            s.disabled
                .clone()
                .or(missing)
                .or_else(|| s.figure.note.clone())
        })
    };
    view! {
        <tr class:strong=level class:muted=off data-step=key>
            <td><Switch app step/></td>
            <th scope="row" class:indent=move || !level()>
                {label} <span class="step-note">{note}</span>
            </th>
            <td class="num" data-value=exact data-exact=mark>{value}</td>
        </tr>
    }
}

/// Whether the step counts, for steps that have a choice.
#[component]
fn Switch(app: App, step: Memo<Option<WaterfallStep>>) -> impl IntoView {
    let toggle = Memo::new(move |_| step.with(|s| s.as_ref().and_then(|s| s.toggle.clone())));
    move || {
        toggle.get().map(|key| {
            let name = step.with_untracked(|s| s.as_ref().map(|s| s.label.clone()));
            let disabled = move || step.with(|s| s.as_ref().is_some_and(|s| s.disabled.is_some()));
            let counted = move || step.with(|s| s.as_ref().is_some_and(|s| s.counted));
            let reason = move || step.with(|s| s.as_ref().and_then(|s| s.disabled.clone()));
            let on_change = move |event| {
                let value = if event_target_checked(&event) {
                    "on"
                } else {
                    "off"
                };
                app.dispatch(Edit::Set {
                    key: key.clone(),
                    value: value.into(),
                    shown: None,
                });
                app.seal();
            };
            view! {
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    aria-label=format!("{} counts", name.unwrap_or_default())
                    title=reason
                    prop:checked=counted
                    prop:disabled=disabled
                    on:change=on_change
                />
            }
        })
    }
}
