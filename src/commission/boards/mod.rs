//! Tables of what the orders say of accounts and owners, and of what a scheme must change, one a file.

mod closings;
mod curves;
mod deal;
mod findings;
mod milestones;
mod owners;
mod pays;
mod schemes;
mod targets;

pub use closings::closings_sheet;
pub use curves::{Asking, EVEN, NOW, response_curve_sheet, target_curve_sheet};
pub use deal::deal_sheet;
pub use findings::findings_sheet;
pub use milestones::milestones_sheet;
pub use owners::{handovers_sheet, owners_sheet};
pub use pays::{Asked, pays_sheet};
pub use schemes::{schemes_notes, schemes_sheet};
pub use targets::targets_sheet;

/// Stands behind the name of the scheme in use.
pub const IN_USE: &str = " (in use)";
