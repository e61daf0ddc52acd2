//! Scenarios side by side, and what moves their figures: shares of a difference, tornado, grid,
//! goal seek, simulation.
//!
//! [`Scenarios`] is the part of the document: named sets of changes on the current assumptions,
//! ranges, and what is asked of them. Every [`Change`] gives a valid one or is refused. The engines
//! know no deal and no book: they take closures from numbers to numbers, so that whatever has a
//! metric can be asked. They are pure: the same inputs and seed give the same bits everywhere.

pub mod better;
pub mod change;
pub mod compare;
pub mod draw;
pub mod grid;
pub mod model;
pub mod models;
pub mod range;
pub mod restore;
pub mod seek;
pub mod share;
pub mod simulate;
pub mod state;
pub mod tornado;

pub use better::{Better, better};
pub(crate) use change::gone;
pub use change::{Change, Changed};
pub use compare::{Column, Compared, Comparison, Row};
pub use grid::{GridAsk, Heat};
pub use model::{Bench, Model};
pub use range::Range;
pub use seek::{Goal, Reached, Sought};
pub use share::{Part, Shares};
pub use simulate::{Driver, Running, Shape, Simulated, Simulation};
pub use state::{MOST_GOALS, MOST_RANGES, MOST_SCENARIOS, Scenario, Scenarios};
pub use tornado::{Bar, Tornado, TornadoAsk};
