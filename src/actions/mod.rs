//! What to do today: the accounts that should have ordered, ranked by money at stake (S17, S62).
//!
//! Input: an [`Evaluation`](crate::value::Evaluation), the order days, what the user has marked
//! ([`Marks`]) and, where a model was fitted, each account's chance of being alive. A [`Watch`] is
//! put together for an evaluation; out of it come [`Today`]'s list, the analyses of rhythm, retention and
//! defection as sheets, figures, and calendar entries.
//!
//! An account stands in the list once, whatever speaks for it. Nothing here knows what day it is:
//! everything is as of the as-of date, and a stale one is said.

pub mod calendar;
pub mod figures;
pub mod inputs;
pub mod marks;
pub mod next_order;
pub mod outputs;
pub mod review;
pub mod rhythms;
pub mod sheets;
pub mod today;
pub mod watch;

pub use calendar::Event;
pub use inputs::Inputs;
pub use marks::{Mark, Marks};
pub use review::Review;
pub use rhythms::Rhythms;
pub use today::{Entry, Today};
pub use watch::Watch;

#[cfg(test)]
mod tests;
