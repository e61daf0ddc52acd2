//! The worker's protocol: a job goes in, progress and one reply come out.
//!
//! The page never holds the book. It sends a [`protocol::Job`] and shows the [`protocol::Reply`];
//! the latest job of a kind wins. Everything here runs natively too, where it is tested, and is
//! what the batch example runs.

pub mod protocol;
