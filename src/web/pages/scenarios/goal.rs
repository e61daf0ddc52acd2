//! What would have to be: the value of one input at which a figure reaches a goal.

use leptos::prelude::*;

use crate::document::Edit;
use crate::scenario::{Change, Goal, Reached, Sought};
use crate::view::entry;
use crate::view::scenarios;
use crate::web::format::{Formats, use_formats};
use crate::web::ui::{ChartView, select};

use super::{Handles, subjects, with_values, with_writer};

pub(super) fn page(h: Handles) -> AnyView {
    let found = h
        .app
        .of_page(|page| page.scenarios?.goals.into_iter().next());
    let goal = Memo::new(move |_| h.scenarios.with(|all| h.subject.get().goal(all)));
    let change = move |edit: &dyn Fn(&mut Goal)| {
        let mut next = goal.get_untracked();
        edit(&mut next);
        h.make(Change::Seek(0, Some(next)));
    };
    let good: Memo<Option<Sought>> =
        Memo::new(move |_| found.with(|f| f.as_ref()?.as_ref().ok().cloned()));
    let said = move || {
        found.with(|found| match found.as_ref()? {
            Err(why) => Some(why.clone()),
            Ok(found) => {
                let unit = scenarios::metric(&found.goal.metric).1;
                Some(with_writer(unit, |write| {
                    with_values(|value| scenarios::answer(found, write, value))
                }))
            }
        })
    };
    let chart = Signal::derive(move || {
        good.with(|f| {
            let found = f.as_ref()?;
            with_values(|value| scenarios::sought(found, value))
        })
    });
    view! {
        <section class="card card-body stack" aria-labelledby="goal-title">
            <div class="cluster">
                <h2 id="goal-title">"What would have to be"</h2>
                <span class="spacer"></span>
                {subjects(h)}
            </div>
            <div class="cluster ask">
                {select(
                    "Figure",
                    Signal::derive(move || h.metrics()),
                    Signal::derive(move || goal.with(|goal| goal.metric.clone())),
                    move |metric| change(&|goal| goal.metric.clone_from(&metric)),
                )}
                {target(goal, move |target| change(&|goal| goal.target = target))}
                {select(
                    "By changing",
                    Signal::stored(scenarios::inputs()),
                    Signal::derive(move || goal.with(|goal| goal.key.clone())),
                    move |key| change(&|goal| goal.key.clone_from(&key)),
                )}
                {select(
                    "In",
                    Signal::derive(move || h.all()),
                    Signal::derive(move || goal.with(|goal| goal.of.map(|id| id.to_string()).unwrap_or_default())),
                    move |id| change(&|goal| goal.of = id.parse().ok()),
                )}
            </div>
            <p class="answer" data-testid="answer" role="status">{said}</p>
            {uses(h, good)}
            <ChartView chart/>
        </section>
    }
    .into_any()
}

/// The number that is wanted.
fn target(goal: Memo<Goal>, on_change: impl Fn(f64) + Copy + 'static) -> AnyView {
    let formats = use_formats();
    let wrong = RwSignal::new(false);
    let shown = move || formats.with(|f| f.entry(&goal.with(|goal| goal.target.to_string())));
    let on_type = move |event: leptos::ev::Event| {
        let mark = formats.with_untracked(Formats::decimal_mark);
        let typed = entry::number(&event_target_value(&event), mark);
        match typed.and_then(|number| number.to_string().parse().ok()) {
            Some(target) => {
                wrong.set(false);
                on_change(target);
            }
            None => wrong.set(true),
        }
    };
    let unit = move || goal.with(|goal| scenarios::metric(&goal.metric).1.suffix());
    view! {
        <label class="labelled">
            <span>"Is to be "{unit}</span>
            <input
                type="text"
                class="input short"
                inputmode="decimal"
                data-testid="target"
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=shown
                on:change=on_type
            />
            <span class="field-error" hidden=move || !wrong.get()>"Type a number, such as 3 or 12 500."</span>
        </label>
    }
    .into_any()
}

/// What to do with the answer.
fn uses(h: Handles, found: Memo<Option<Sought>>) -> AnyView {
    let best = move || {
        found.with(|found| {
            let found = found.as_ref()?;
            let point: &Reached = found.solutions.first().or(found.nearest.as_ref())?;
            Some((found.goal.clone(), point.input.clone()))
        })
    };
    let none = move || best().is_none();
    let on_set = move |_| {
        if let Some((Goal { key, of, .. }, value)) = best() {
            match of {
                Some(id) => h.make(Change::Set {
                    id,
                    key,
                    value,
                    shown: None,
                }),
                None => h.app.dispatch(Edit::Set {
                    key,
                    value,
                    shown: None,
                }),
            }
            h.app.seal();
        }
    };
    let on_keep = move |_| {
        if let Some((goal, value)) = best() {
            let own = goal.of.and_then(|id| {
                h.scenarios.with_untracked(|all| {
                    let one = all.get(id)?;
                    Some(
                        one.changes()
                            .iter()
                            .map(|(k, v)| (k.clone(), v.clone()))
                            .collect::<Vec<_>>(),
                    )
                })
            });
            let mut changes = own.unwrap_or_default();
            changes.retain(|(key, _)| *key != goal.key);
            let name = format!(
                "{} {}",
                scenarios::input(&goal.key),
                super::value(&goal.key, &value)
            );
            changes.push((goal.key, value));
            h.keep(name, changes);
        }
    };
    view! {
        <div class="cluster no-print" hidden=none>
            <button type="button" class="button" on:click=on_set>"Use this value"</button>
            <button type="button" class="button" on:click=on_keep>"Keep as a scenario"</button>
        </div>
    }
    .into_any()
}
