//! The head of a card of something that the user named: its name, to be changed in place, and a menu
//! of what can be done with it.

use leptos::ev;
use leptos::prelude::*;

use super::{Icon, Popover, icon};

/// The head; `label` says to assistive tools whose name it is.
pub fn named(
    label: &'static str,
    name: Memo<String>,
    rename: impl Fn(String) + 'static,
    actions: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let on_change = move |event: ev::Event| rename(event_target_value(&event));
    view! {
        <div class="cluster">
            <input
                type="text"
                class="input scenario-name"
                aria-label=label
                maxlength="60"
                prop:value=move || name.get()
                on:change=on_change
            />
            <Popover
                name=Signal::derive(move || format!("Actions for {}", name.get()))
                face=icon(Icon::More)
                panel_class="menu"
                content=Callback::new(move |()| actions())
            />
        </div>
    }
    .into_any()
}
