//! A list to choose one thing from, with its label.

use leptos::prelude::*;

/// A list to choose from: values and words.
pub fn select(
    label: &'static str,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    on_pick: impl Fn(String) + 'static,
) -> AnyView {
    let shown = move || {
        options.with(|options| {
            let option = |(key, words): &(String, String)| {
                let own = key.clone();
                view! {
                    <option value=key.clone() prop:selected=move || value.with(|v| *v == own)>
                        {words.clone()}
                    </option>
                }
            };
            options.iter().map(option).collect_view()
        })
    };
    view! {
        <label class="labelled">
            {label}
            <select class="select" on:change=move |event| on_pick(event_target_value(&event))>
                {shown}
            </select>
        </label>
    }
    .into_any()
}
