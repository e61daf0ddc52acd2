//! The whole state that is saved: the document, the edits that change it, undo, and restoring it.
//!
//! Input: [`Edit`]s from the user, JSON from storage, links and files. Output: a valid [`Document`].
//! Everything to its right is derived from it and never stored. Whether a field goes to storage,
//! links or project files is said once, in `codec::wire`.

mod check;
mod desk;
mod edit;
mod presenting;
mod restore;
mod scenarios;
mod state;
mod undo;

pub use check::canonical;
pub use desk::Desk;
pub use edit::{Applied, Edit, MarkChange, Part, StepName};
pub use restore::{Repair, restore, restore_history};
pub use state::{Display, Document, TableChoice, Theme};
pub use undo::{History, KEPT, PERSISTED, Step};
