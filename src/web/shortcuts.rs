//! Keys that work anywhere on the page.
//!
//! Only combinations with Ctrl or Cmd, and `?` and `/` where nothing is being typed, so that no
//! letter typed by accident changes anything. The two can be switched off (WCAG 2.1.4).

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// Show the help with all shortcuts.
    Help,
    /// Go to the search of the accounts.
    Search,
    /// Save the project file.
    Save,
    /// Show the palette.
    Palette,
}

/// All of them, as listed in the help.
pub const ALL: &[(&str, &str)] = &[
    ("Ctrl+Z", "Undo the last change"),
    ("Ctrl+Shift+Z or Ctrl+Y", "Redo it"),
    (
        "Ctrl+K",
        "Go to a page, an account or an assumption by name, or run an action",
    ),
    ("Ctrl+S", "Save the project file"),
    ("Ctrl+V", "Paste orders, anywhere outside a text field"),
    ("/", "Search the accounts"),
    ("?", "Show this help"),
    (
        "Left and Right",
        "Move a slider by one step, or a chart's cursor",
    ),
    ("Page Up and Page Down", "Move a slider by ten steps"),
    ("Esc", "Close what is open"),
];

/// Listens for as long as the app runs; to keys without Ctrl or Cmd only while `single` allows them.
pub fn listen(single: impl Fn() -> bool + 'static, on_key: impl Fn(Shortcut) + 'static) {
    let _listener = window_event_listener(ev::keydown, move |event| {
        if let Some(shortcut) = read(&event, &single) {
            event.prevent_default();
            on_key(shortcut);
        }
    });
}

fn read(event: &ev::KeyboardEvent, single: impl Fn() -> bool) -> Option<Shortcut> {
    let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let key = event.key();
    let typing = is_typing(event.target());
    match (command, key.as_str()) {
        (true, "s" | "S") => Some(Shortcut::Save),
        (true, "k" | "K") => Some(Shortcut::Palette),
        // In a text field the browser undoes typing; a slider or a checkbox has no undo of its own.
        (true, "z" | "Z") if !typing && event.shift_key() => Some(Shortcut::Redo),
        (true, "z" | "Z") if !typing => Some(Shortcut::Undo),
        (true, "y" | "Y") if !typing => Some(Shortcut::Redo),
        (false, "?") if !typing && single() => Some(Shortcut::Help),
        (false, "/") if !typing && single() => Some(Shortcut::Search),
        _ => None,
    }
}

/// Whether a key pressed here would be text.
pub fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return false;
    };
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        // Whose value is in use already has nothing of its own to undo.
        "INPUT" if element.has_attribute("data-settled") => false,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("range" | "checkbox" | "radio" | "button" | "file")
        ),
        _ => element.has_attribute("contenteditable"),
    }
}
