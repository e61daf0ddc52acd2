//! The assumptions, always at hand: the few that matter most in sight, the rest folded by section.
//! Every control comes from the registry.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::assumptions::{Kind, Origin, Section, Spec};
use crate::base::Date;
use crate::document::Edit;
use crate::registry;
use crate::view::words;
use crate::web::state::App;
use crate::web::ui::{Change, Field, FieldState, Icon, Names, icon};

/// Sections below the basics, in order.
const FOLDED: [Section; 5] = [
    Section::Definition,
    Section::Costs,
    Section::Future,
    Section::Acquisition,
    Section::Reading,
];

/// The side panel.
#[component]
pub(crate) fn Panel(app: App, open: RwSignal<bool>) -> impl IntoView {
    let basics = fields(app, Section::Basics);
    let changed = Memo::new(move |_| app.assumptions.with(|a| a.chosen.len()));
    let folded = FOLDED
        .map(|section| folded(app, section))
        .into_iter()
        .collect_view();
    let toggle = move |_| open.update(|open| *open = !*open);
    view! {
        <aside class="panel" aria-labelledby="panel-title">
            <header class="panel-head">
                <h2 id="panel-title">"Assumptions"</h2>
                <span class="spacer"></span>
                <button
                    type="button"
                    class="button quiet small"
                    class:invisible=move || changed.get() == 0
                    data-testid="reset-all"
                    on:click=move |_| app.dispatch(Edit::ResetAll)
                >
                    {move || format!("Reset {}", changed.get())}
                </button>
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Show or hide the assumptions"
                    aria-expanded=move || open.get().to_string()
                    on:click=toggle
                >
                    {icon(Icon::Sliders)}
                </button>
            </header>
            <div class="panel-body" hidden=move || !open.get()>
                <div class="panel-group">{basics}</div>
                <details class="panel-group">
                    <summary>"More assumptions"</summary>
                    {folded}
                </details>
            </div>
        </aside>
    }
}

fn of(section: Section) -> impl Iterator<Item = &'static Spec> {
    registry::assumptions().filter(move |spec| spec.section == section)
}

fn fields(app: App, section: Section) -> AnyView {
    of(section)
        .map(|spec| field(app, spec))
        .collect_view()
        .into_any()
}

fn folded(app: App, section: Section) -> AnyView {
    let as_of = (section == Section::Reading).then(|| view! { <AsOf app/> });
    if of(section).next().is_none() && as_of.is_none() {
        return ().into_any();
    }
    view! {
        <details class="panel-group">
            <summary>{words::section(section)}</summary>
            {fields(app, section)}
            {as_of}
        </details>
    }
    .into_any()
}

/// One assumption as a control.
pub fn field(app: App, spec: &'static Spec) -> AnyView {
    let key = spec.key;
    let used = app.used(key);
    // What was chosen shows at once; what the data says comes with the results.
    let now = move || {
        let chosen = app.assumptions.with(|all| all.chosen.get(key).cloned());
        let used = used.get();
        let (from_data, disabled) = used
            .as_ref()
            .map_or((None, None), |u| (u.from_data.clone(), u.disabled.clone()));
        let (value, origin) = match (chosen, used, &from_data) {
            (Some(setting), _, _) => (setting.value, setting.origin),
            (None, _, Some(estimate)) => (estimate.clone(), Origin::Data),
            (None, Some(used), None) if used.origin == Origin::Default => (used.value, used.origin),
            (None, _, None) => (spec.default.to_owned(), Origin::Default),
        };
        FieldState {
            value,
            origin,
            from_data,
            disabled,
        }
    };
    // Only the field that changed is told, at once: a memo would wake all that is shown of all fields.
    let state = RwSignal::new(untrack(now));
    ImmediateEffect::new_scoped(move || {
        let now = now();
        if state.with_untracked(|before| *before != now) {
            state.set(now);
        }
    });
    let on_change = Callback::new(move |change: Change| {
        let shown = state.with_untracked(|state| state.value.clone());
        app.dispatch(Edit::Set {
            key: key.into(),
            value: change.value,
            shown: Some(shown),
        });
        if !change.dragging {
            app.seal();
        }
    });
    let on_reset = Callback::new(move |key: &'static str| {
        app.dispatch(Edit::Reset { key: key.into() });
    });
    if let Kind::ByName(..) = spec.kind {
        let names = group_names(app);
        view! { <Field spec state on_change on_reset names/> }.into_any()
    } else {
        view! { <Field spec state on_change on_reset/> }.into_any()
    }
}

/// Segments, salespeople and partners of the book, asked for when a field that takes them is used.
fn group_names(app: App) -> Names {
    let known = RwSignal::new(Vec::new());
    let ask = Callback::new(move |()| {
        spawn_local(async move {
            let Some(table) = app.find_accounts("", 0).await else {
                return;
            };
            let groups = table.choices.into_iter();
            let groups = groups.filter(|(key, _)| GROUPS.contains(&key.as_str()));
            let mut names: Vec<String> = groups.flat_map(|(_, names)| names).collect();
            names.sort_unstable();
            names.dedup();
            // Gone if the panel is.
            known.try_set(names);
        });
    });
    Names {
        known: known.into(),
        ask,
    }
}

/// What an assumption by name can name, as columns of the accounts table.
const GROUPS: [&str; 3] = ["partner", "salesperson", "segment"];

/// The date up to which orders count.
#[component]
fn AsOf(app: App) -> impl IntoView {
    let last = app.slice(|results| Some(results.as_of));
    let shown = move || {
        app.as_of
            .get()
            .or_else(|| last.get())
            .map_or_else(String::new, |date| date.to_string())
    };
    let set = move |date| {
        app.dispatch(Edit::SetAsOf(date));
        app.seal();
    };
    let on_change = move |event| set(Date::parse(&event_target_value(&event)));
    view! {
        <div class="field" class:changed=move || app.as_of.get().is_some()>
            <div class="field-head">
                <label class="field-label" for="as-of">"Orders count up to"</label>
            </div>
            <div class="cluster">
                <input id="as-of" type="date" class="input" data-testid="as-of" prop:value=shown on:change=on_change/>
                <button
                    type="button"
                    class="button quiet small"
                    disabled=move || app.as_of.get().is_none()
                    on:click=move |_| set(None)
                >
                    "Last order"
                </button>
            </div>
            <p class="field-note">"The day the figures are of; the last order's unless you set another."</p>
        </div>
    }
}
