//! Where orders come in: dropped or pasted anywhere, typed into the box, or picked as files.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::web::import::Importer;
use crate::web::shortcuts::is_typing;
use crate::web::ui::{Icon, icon};

/// What the file picker offers; anything can still be dropped.
const ACCEPT: &str = ".csv,.tsv,.txt,.tab,.xlsx,.xlsm,.gz,text/csv,text/plain";

/// Takes files dropped and text pasted anywhere on the page, for as long as the app runs.
pub fn listen(importer: Importer, dragging: RwSignal<bool>) {
    let _over = window_event_listener(ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
            dragging.set(true);
        }
    });
    let _leave = window_event_listener(ev::dragleave, move |event| {
        // Leaving the window has no element to enter.
        if event.related_target().is_none() {
            dragging.set(false);
        }
    });
    let _drop = window_event_listener(ev::drop, move |event| {
        dragging.set(false);
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            importer.take_files(listed(&files));
        }
    });
    let _paste = window_event_listener(ev::paste, move |event| {
        let Some(data) = event.clipboard_data() else {
            return;
        };
        let files = data.files().map(|files| listed(&files)).unwrap_or_default();
        if !files.is_empty() {
            event.prevent_default();
            importer.take_files(files);
        } else if !is_typing(event.target()) {
            let text = data.get_data("text/plain").unwrap_or_default();
            if !text.trim().is_empty() {
                event.prevent_default();
                importer.take_text(&text);
            }
        }
    });
}

fn has_files(event: &ev::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| {
        data.types()
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}

fn listed(files: &web_sys::FileList) -> Vec<web_sys::File> {
    (0..files.length()).filter_map(|at| files.get(at)).collect()
}

/// The import zone of the Orders page.
#[component]
pub(crate) fn Zone(importer: Importer, dragging: RwSignal<bool>) -> impl IntoView {
    let pasted = NodeRef::<html::Textarea>::new();
    let on_pick = move |event: ev::Event| {
        let Some(input) = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            return;
        };
        let files = input
            .files()
            .map(|files| listed(&files))
            .unwrap_or_default();
        // The same file can then be picked again.
        importer.take_files(files);
        input.set_value("");
    };
    let on_read = move |_| {
        let Some(area) = pasted.get_untracked() else {
            return;
        };
        // What was pasted is read already, and the box is empty again.
        let read = importer
            .wizard
            .with_untracked(|wizard| !wizard.files.is_empty());
        if read && area.value().trim().is_empty() {
            return;
        }
        importer.take_text(&area.value());
        area.set_value("");
    };
    // Rows pasted into the box are read at once: there is nothing left to decide.
    let on_paste = move |event: ev::ClipboardEvent| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok());
        if let Some(text) = text.filter(|text| text.trim().contains('\n')) {
            event.prevent_default();
            event.stop_propagation();
            importer.take_text(&text);
        }
    };
    view! {
        <section class="drop" class:over=move || dragging.get() aria-labelledby="zone-title">
            {icon(Icon::Upload)}
            <h2 id="zone-title">"Bring in your orders"</h2>
            <p>
                "Drop order exports anywhere on this page, paste rows from a spreadsheet, or choose files: CSV, text or Excel, also gzipped; several at once. Columns may come in any order."
            </p>
            <div class="zone-ways">
                <input
                    id="import-file"
                    type="file"
                    class="input"
                    aria-label="Choose order files"
                    multiple
                    accept=ACCEPT
                    data-testid="import-file"
                    on:change=on_pick
                />
                <div class="zone-paste">
                    <label class="visually-hidden" for="paste-box">"Paste rows here"</label>
                    <textarea
                        id="paste-box"
                        class="textarea"
                        node_ref=pasted
                        rows="2"
                        spellcheck="false"
                        autocomplete="off"
                        placeholder="… or paste rows with their headers here"
                        on:paste=on_paste
                    ></textarea>
                    <button type="button" class="button" on:click=on_read>"Read pasted rows"</button>
                </div>
            </div>
            <p class="muted small">"Files never leave this device: the page forbids itself every connection."</p>
        </section>
    }
}
