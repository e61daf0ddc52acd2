//! Growing the accounts there are: the upsell catalogue, the levers of lifetime value.
//!
//! [`Growth`] is the part of the document: offers, what they rest on, what was offered and taken, what
//! is attached to the deal or to an account, and the levers. Its values are defined once, as all
//! assumptions are, but belong to an offer and not to the whole document. From them come what an offer
//! is worth ([`worth`]), which of them fit into the hours there are ([`mix`]), the customer's own case
//! ([`case`]), the tracker ([`tracker`]), lifetime value with and without ([`attach`]), and what a
//! step of each lever does ([`levers`]). Everything is pure and floating point: all of it is expected.

pub mod attach;
pub mod board;
pub mod case;
pub mod change;
pub mod inputs;
pub mod levers;
pub mod mix;
pub mod outputs;
pub mod restore;
pub mod state;
pub mod tracker;
pub mod worth;

pub use attach::{Beside, Streams};
pub use board::{Board, Ground, OfAccount, OfferRow};
pub use case::Case;
pub use change::{Change, Changed};
pub use inputs::{Business, Levers, Terms};
pub use levers::{LeverBoard, LeverRow};
pub use mix::{Item, Mix, best};
pub use state::{Growth, Month, Offer, To};
pub use tracker::{Tracked, wilson};
pub use worth::Worth;
