//! Where this copy of Perennial keeps its things, and the copy in local storage.
//!
//! Names begin with `perennial:` and the path of the page: hosts such as GitHub Pages serve many
//! projects from one origin, which share their storage.

use gloo_storage::{LocalStorage, Storage as _};
use web_sys::Storage;

/// The name of the database, the channel between tabs, and the prefix in local storage.
pub fn name() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    let path = path.unwrap_or_default();
    let folder = path
        .rfind('/')
        .map_or("", |end| path.get(..=end).unwrap_or_default());
    format!("perennial:{folder}")
}

/// Whether the page was opened from a disk: browsers may let every page that is opened from there
/// read what any of them keeps.
pub fn on_a_disk() -> bool {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    address.is_some_and(|address| address.starts_with("file:"))
}

/// Local storage, where it is allowed. Asking for it throws where it is not, which the crate does
/// not expect, so it is asked only after a probe.
fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()?;
    Some(LocalStorage::raw())
}

fn key() -> String {
    format!("{}:document", name())
}

/// The copy written last.
pub fn read_copy() -> Option<String> {
    local()?.get_item(&key()).ok().flatten()
}

/// Writes the copy; `false` where that failed. It can be lost when the browser is killed, so it
/// never counts as saved.
pub fn write_copy(text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(&key(), text).is_ok())
}

fn backup_key() -> String {
    format!("{}:backup", name())
}

/// The day a project file was last saved from here, in days since 1970.
pub fn last_backup() -> Option<i32> {
    let text = local()?.get_item(&backup_key()).ok().flatten()?;
    text.parse().ok()
}

/// Notes that a project file was saved; forgotten where local storage is denied or full.
pub fn note_backup(day: i32) {
    if let Some(storage) = local() {
        drop(storage.set_item(&backup_key(), &day.to_string()));
    }
}

/// Today where the user is, in days since 1970.
#[allow(clippy::cast_possible_truncation)]
pub fn today() -> i32 {
    let now = js_sys::Date::new_0();
    ((now.get_time() - now.get_timezone_offset() * 60_000.0) / 86_400_000.0).floor() as i32
}

/// Deletes all settings and the copy.
pub fn clear() {
    let Some(storage) = local() else { return };
    let length = storage.length().unwrap_or(0);
    let keys = (0..length).filter_map(|at| storage.key(at).ok().flatten());
    // A copy of the page in a folder below has keys of its own.
    let place = name();
    let is_ours = |key: &String| {
        let rest = key.strip_prefix(&place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    let ours: Vec<String> = keys.filter(is_ours).collect();
    for key in ours {
        drop(storage.remove_item(&key));
    }
}
