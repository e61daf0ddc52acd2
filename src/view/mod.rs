//! Pure view models: how numbers are shown, what sentences say, where the marks of a chart stand
//! and which rows of a long table are in view. Everything here is tested without a browser.

pub mod entry;
pub mod number;
pub mod rows;
