//! The worker's protocol: a job goes in, progress and one reply come out.
//!
//! The page never holds the book. It sends a [`protocol::Job`] and shows the [`protocol::Reply`];
//! the latest job of a kind wins. A [`Session`] does the jobs in steps and asks for the bytes it
//! needs, so that the same code runs in a worker, on the page where no worker can start, natively
//! in tests, and in the batch example; between two steps it can be stopped.

mod boards;
mod build;
mod commission;
mod content;
mod deal;
mod detail;
mod evaluate;
mod export;
mod fill;
mod forecast;
mod forecast_report;
mod growth;
mod loaded;
mod map;
mod panel;
pub mod protocol;
mod report;
mod rest;
mod run;
mod scenario;
mod session;
mod stage;
mod table;
mod today;

use protocol::{Failure, Reply};

pub use report::report;
pub use rest::Rest;
pub use run::{Files, Interrupt, Memory, Never, run};
pub use session::{SLICE, Session, Step, Task};

/// A reply that says why a job cannot be done.
pub fn failure(code: &str, message: impl Into<String>) -> Reply {
    Reply::Failed(Failure {
        code: code.into(),
        message: message.into(),
    })
}

/// The reply to a job that needs the [`Rest`] where it could not be loaded.
fn missing() -> Reply {
    let why = "A part of Perennial could not be loaded; reload the page to get it.";
    failure("part_missing", why)
}
