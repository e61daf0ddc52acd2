//! Bytes to a table: encoding, dialect, header, column roles, typed cells, problems.
//!
//! An import is read twice. First a sample of the bytes gives a [`layout::Layout`]: how the file is
//! written and what each column means, every guess with its evidence, every ambiguity as a question.
//! Then, once the user has agreed, all bytes stream through the layout as [`row::Row`]s, and the
//! next stage takes typed cells out of them. No text of a good row is kept.

pub mod cells;
pub mod encoding;
pub mod gzip;
pub mod json;
pub mod layout;
pub mod problem;
pub mod read;
pub mod refusal;
pub mod role;
pub mod row;
pub mod scan;
pub mod stage;
pub mod systems;
pub mod table_json;
pub mod words;
#[cfg(feature = "workbook")]
pub mod xlsx;

pub use refusal::Refusal;
pub use stage::{Samples, preview, read_table, restage, stage};
pub use table_json::table_json;
