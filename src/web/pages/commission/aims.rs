//! What is aimed at and expected, said once for all schemes: two numbers, and two curves as tables of
//! points that can be changed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::assumptions::{Kind, Origin, Used};
use crate::commission::Change;
use crate::commission::inputs::aims;
use crate::view::{commission, entry};
use crate::web::format::use_formats;
use crate::web::ui::{self, Field, FieldState, Icon, icon};

use super::Handles;

/// A number.
pub(super) fn field(h: Handles, key: &'static str) -> AnyView {
    let Some(spec) = aims::spec(key) else {
        return ().into_any();
    };
    let used: Memo<Option<Used>> = Memo::new(move |_| {
        let all = h.schemes.with(|all| all.aims_resolved());
        all.all().iter().find(|used| used.key == key).cloned()
    });
    let state = Memo::new(move |_| {
        used.with(|used| FieldState {
            value: used
                .as_ref()
                .map_or_else(|| spec.default.to_owned(), |used| used.value.clone()),
            origin: used.as_ref().map_or(Origin::Default, |used| used.origin),
            from_data: None,
            disabled: None,
        })
    });
    let on_change = Callback::new(move |change: ui::Change| {
        h.make(Change::Aim(key.to_owned(), Some(change.value)));
        if !change.dragging {
            h.app.seal();
        }
    });
    let on_reset = Callback::new(move |_: &'static str| {
        h.make(Change::Aim(key.to_owned(), None));
        h.app.seal();
    });
    view! { <Field spec state on_change on_reset/> }.into_any()
}

/// A curve as its points.
pub(super) fn curve(h: Handles, key: &'static str) -> AnyView {
    let Some(spec) = aims::spec(key) else {
        return ().into_any();
    };
    let Kind::Steps(range) = spec.kind else {
        return ().into_any();
    };
    let (across, up) = commission::headings(key);
    let points = Memo::new(move |_| {
        h.schemes
            .with(|all| Arc::new(commission::points(all.aim_text(key))))
    });
    let count = Memo::new(move |_| points.with(|points| points.len()));
    let none = move || count.get() == 0;
    let begin = move |_| {
        let example = Some(range.example.to_owned());
        step(h, Change::Aim(key.to_owned(), example));
    };
    let clear = move |_| {
        step(h, Change::Aim(key.to_owned(), None));
    };
    view! {
        <div class="stack" role="group" aria-label=spec.label data-testid="curve" data-key=key>
            <p><strong>{spec.label}</strong></p>
            <p class="muted">{spec.help}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=format!("Points: {}", spec.label)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{across}</th>
                            <th scope="col">{up}</th>
                            <th scope="col"><span class="visually-hidden">"Change"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || 0..count.get() key=|at| *at let(at)>
                            {row(h, key, points, at)}
                        </For>
                        {another(h, key)}
                    </tbody>
                </table>
            </div>
            <div class="cluster">
                <button type="button" class="button" hidden=move || !none() on:click=begin>
                    {format!("Begin with {}", range.example)}
                </button>
                <button type="button" class="button" hidden=none on:click=clear>
                    "Remove the curve"
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// An edit that is a step of undo by itself.
fn step(h: Handles, change: Change) -> bool {
    let made = h.make(change);
    h.app.seal();
    made
}

/// What was typed, as the library reads it.
fn plain(text: &str) -> String {
    let mark = use_formats().with_untracked(crate::web::format::Formats::decimal_mark);
    let number = entry::number(text, mark);
    number.map_or_else(|| text.to_owned(), |number| number.normalize().to_string())
}

type Points = Memo<Arc<Vec<(String, String)>>>;

fn row(h: Handles, key: &'static str, points: Points, at: usize) -> AnyView {
    let formats = use_formats();
    let (across, up) = commission::headings(key);
    let number = at + 1;
    let own = move || {
        points
            .with(|points| points.get(at).cloned())
            .unwrap_or_default()
    };
    let input = move |label: &'static str, second: bool| {
        let shown = move || {
            let (from, worth) = own();
            formats.with(|f| f.entry(if second { &worth } else { &from }))
        };
        let on_change = move |event: leptos::ev::Event| {
            let typed = plain(&event_target_value(&event));
            let Some((from, worth)) = points
                .try_with_untracked(|points| points.get(at).cloned())
                .flatten()
            else {
                return;
            };
            let point = if second {
                (from, typed)
            } else {
                (typed, worth)
            };
            step(h, Change::Point(key.to_owned(), Some(at), Some(point)));
        };
        view! {
            <input
                type="text"
                inputmode="decimal"
                class="input short"
                aria-label=format!("{label}, point {number}")
                prop:value=shown
                on:change=on_change
            />
        }
    };
    let delete = move |_| {
        step(h, Change::Point(key.to_owned(), Some(at), None));
    };
    view! {
        <tr>
            <td>{input(across, false)}</td>
            <td>{input(up, true)}</td>
            <td>
                <button
                    type="button"
                    class="icon-button small"
                    aria-label=format!("Delete point {number}")
                    title="Delete"
                    on:click=delete
                >
                    {icon(Icon::Close)}
                </button>
            </td>
        </tr>
    }
    .into_any()
}

/// The row for one more point.
fn another(h: Handles, key: &'static str) -> AnyView {
    let (across, up) = commission::headings(key);
    let typed = RwSignal::new((String::new(), String::new()));
    let add = move || {
        let (from, worth) = typed.get_untracked();
        let point = (plain(&from), plain(&worth));
        if step(h, Change::Point(key.to_owned(), None, Some(point))) {
            typed.set((String::new(), String::new()));
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    let input = move |label: &'static str, second: bool| {
        let shown = move || {
            let (from, worth) = typed.get();
            if second { worth } else { from }
        };
        let on_type = move |event: leptos::ev::Event| {
            let text = event_target_value(&event);
            typed.update(|typed| *(if second { &mut typed.1 } else { &mut typed.0 }) = text);
        };
        view! {
            <input
                type="text"
                inputmode="decimal"
                class="input short"
                aria-label=format!("{label}, new point")
                prop:value=shown
                on:input=on_type
                on:keydown=on_key
            />
        }
    };
    view! {
        <tr>
            <td>{input(across, false)}</td>
            <td>{input(up, true)}</td>
            <td>
                <button type="button" class="button small" on:click=move |_| add()>
                    "Add point"
                </button>
            </td>
        </tr>
    }
    .into_any()
}
