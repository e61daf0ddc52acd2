//! Keeps the document and the order files on this device, and says truthfully whether it did.
//!
//! The document goes to IndexedDB with strict durability; "saved" is said only when that has
//! completed. Local storage holds a copy of what is being saved, because it can be written at once
//! when the page is closed. Revisions are counted, never timed: a save goes through only on top of
//! the revision this tab has seen, and where another tab was quicker both versions are kept. What
//! cannot be read is set aside, never deleted. Where storage is denied or full, the work goes on in
//! memory, the state says so and why, and saving is tried again.

mod documents;
mod files;
mod idb;
mod orders;
mod place;
mod save;
mod tabs;
mod versions;

pub use documents::Kept;
pub use place::{last_backup, note_backup, on_a_disk, today};
pub use save::{Kind, Restored, SaveState, Store};
