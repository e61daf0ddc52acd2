//! The only place with signals and DOM.

pub mod boot;
pub mod download;
pub mod format;
pub mod store;
pub mod ui;
pub mod workbook;
pub mod worker;

use leptos::prelude::*;

/// Mounts the app on the document's body.
pub fn start() {
    boot::install_panic_hook();
    leptos::mount::mount_to_body(|| view! { <h1>"Perennial"</h1> });
    boot::ready();
}

/// Does something after so many milliseconds.
pub(crate) fn later(ms: i32, then: impl FnOnce() + 'static) {
    let wait = std::time::Duration::from_millis(u64::try_from(ms).unwrap_or(0));
    set_timeout(then, wait);
}
