//! Pure view models: where the user is and what that place needs, how numbers are shown, what
//! sentences say, where the marks of a chart stand and which rows of a long table are in view.
//! Everything here is tested without a browser.

pub mod changes;
pub mod chart;
pub mod commission;
pub mod dated;
pub mod deals;
pub mod drawn;
pub mod entry;
pub mod growth;
pub mod known;
pub mod number;
pub mod palette;
pub mod route;
pub mod rows;
pub mod scenarios;
pub mod spread;
pub mod tables;
pub mod today;
pub mod want;
pub mod why;
pub mod widths;
pub mod window;
pub mod wizard;
pub mod words;
