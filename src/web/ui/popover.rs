//! A button that opens a small panel beside it: the browser's own popover, so that Escape, focus
//! and layering are the platform's. The panel's content is made when it opens and dropped when it
//! closes.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::next_id;

/// An action in a panel that is a menu: it closes the panel.
pub fn menu_item(label: &'static str, run: impl Fn() + 'static) -> AnyView {
    let on_click = move |event: ev::MouseEvent| {
        super::image::close_popover(&event);
        run();
    };
    view! { <button type="button" class="menu-item" on:click=on_click>{label}</button> }.into_any()
}

/// A button with its panel.
#[component]
pub fn Popover(
    /// What the button says to assistive tools.
    #[prop(into)]
    name: Signal<String>,
    /// What the button shows.
    face: AnyView,
    /// The button's class.
    #[prop(default = "icon-button")]
    class: &'static str,
    /// The panel's class, beside `popover`.
    #[prop(default = "")]
    panel_class: &'static str,
    /// Makes the panel's content each time it opens.
    content: Callback<(), AnyView>,
) -> impl IntoView {
    let id = next_id("pop");
    let target = id.clone();
    let open = RwSignal::new(false);
    let on_toggle = move |event: ev::Event| {
        let shown = event
            .current_target()
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|e| e.matches(":popover-open").unwrap_or(false));
        open.set(shown);
    };
    view! {
        <button
            type="button"
            class=class
            popovertarget=target
            aria-label=move || name.get()
            aria-expanded=move || open.get().to_string()
        >
            {face}
        </button>
        <div id=id popover="auto" class=format!("popover {panel_class}") on:toggle=on_toggle>
            {move || open.get().then(|| content.run(()))}
        </div>
    }
}
