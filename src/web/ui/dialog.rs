//! A modal dialog: the browser's own `<dialog>`, so that focus, Escape and the inert page behind it
//! are the platform's.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{Icon, icon, next_id};

/// A modal dialog with a title and a close button; its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open; the dialog sets it to false when the user closes it.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// A wider dialog, for tables.
    #[prop(optional)]
    wide: bool,
    /// A stable name for tests.
    #[prop(optional)]
    testid: &'static str,
    /// Makes the content each time it opens.
    content: Callback<(), AnyView>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = next_id("dialog");
    let labelled = heading.clone();
    // Opening moves the focus, which is what the browser's own dialog is for.
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only where the dialog is already shown.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let on_backdrop = move |event: ev::MouseEvent| {
        let hit = event.target().zip(event.current_target());
        if hit.is_some_and(|(target, dialog)| target == dialog) {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            class:wide=wide
            data-testid=testid
            aria-labelledby=labelled
            on:close=move |_| open.set(false)
            on:click=on_backdrop
        >
            <div class="dialog-box">
                <header class="dialog-head">
                    <h2 id=heading>{move || title.get()}</h2>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Close"
                        on:click=move |_| open.set(false)
                    >
                        {icon(Icon::Close)}
                    </button>
                </header>
                <div class="dialog-body">{move || open.get().then(|| content.run(()))}</div>
            </div>
        </dialog>
    }
}
