//! The only place with signals and DOM.

pub mod app;
pub mod boot;
pub mod compare;
pub mod download;
pub mod export;
pub mod files;
pub mod format;
pub mod import;
pub mod later;
pub mod pages;
pub mod route;
pub mod share;
pub mod shell;
pub mod shortcuts;
pub mod state;
pub mod store;
pub mod ui;
pub mod workbook;
pub mod worker;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::base::Date;
use later::Later;
use store::Store;
use worker::Client;

/// Restores the work and mounts the app on the document's body.
pub fn start() {
    boot::install_panic_hook();
    let client = Client::start();
    let store = Store::new(client);
    let later = Later::fetch(store);
    // Not the framework's own: it has none before the app is mounted.
    spawn_local(async move {
        // Who comes for the first time need not wait for what restores the work.
        let restored = if boot::is_first_visit().await {
            None
        } else {
            Some(later.restore(store).await)
        };
        leptos::mount::mount_to_body(move || view! { <app::Main store restored later client/> });
    });
}

/// The day on which the user looks, by the device's own calendar.
pub(crate) fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).ok()?;
    Date::new(year, now.get_month() + 1, now.get_date())
}

/// Waits so many milliseconds.
pub(crate) async fn pause(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let set = web_sys::window().map(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms)
        });
        if !matches!(set, Some(Ok(_))) {
            drop(resolve.call0(&JsValue::NULL));
        }
    });
    drop(JsFuture::from(promise).await);
}

/// Does something after so many milliseconds.
pub(crate) fn later(ms: i32, then: impl FnOnce() + 'static) {
    let wait = std::time::Duration::from_millis(u64::try_from(ms).unwrap_or(0));
    set_timeout(then, wait);
}
