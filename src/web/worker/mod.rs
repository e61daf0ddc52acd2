//! The page's side of the worker: jobs go out one at a time, the latest wanted figures win.
//!
//! A worker that fails is replaced; the files and the orders are sent again when they are next
//! needed, and what was asked fails with a message. A [`Client`] behaves the same when the boot
//! script had to put the module on the page's own thread.

mod client;
mod link;

pub use client::{Client, Exported, FileSource, Wanted};
