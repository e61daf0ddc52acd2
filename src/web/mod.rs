//! The only place with signals and DOM.

pub mod boot;
pub mod download;
pub mod format;
pub mod ui;
pub mod workbook;

use leptos::prelude::*;

/// Mounts the app on the document's body.
pub fn start() {
    boot::install_panic_hook();
    leptos::mount::mount_to_body(|| view! { <h1>"Perennial"</h1> });
    boot::ready();
}
