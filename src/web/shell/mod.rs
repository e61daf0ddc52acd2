//! What surrounds every page: the bar with tabs, undo, share and settings; the figures that matter
//! most; the assumptions; and the dialogs.

pub mod bar;
pub mod focus;
pub mod help;
pub mod kpi;
pub mod palette;
pub mod panel;
pub mod save;
pub mod settings;
