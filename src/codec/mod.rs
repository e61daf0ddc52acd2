//! The document to and from bytes: links, stored envelopes, project files; tables to files.
//!
//! Inputs: a document, or any bytes at all. Outputs: text, or an [`Opened`] document with what had
//! to be repaired; decoding never fails silently and never panics. All three forms share one list
//! of fields ([`wire`]), one chain of migrations ([`migrate`]) and one way back
//! ([`crate::document::restore`]).

pub mod csv_out;
pub mod envelope;
pub mod ics_out;
pub mod link;
mod link_numbered;
mod link_scenarios;
mod link_schemes;
pub mod migrate;
pub mod project;
pub mod wire;
#[cfg(feature = "workbook")]
pub mod xlsx_out;

use std::fmt;

use crate::document::{Document, Repair};

/// The schema this version writes.
pub const SCHEMA: u64 = 1;

/// A document read from a link, a file or storage.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The document.
    pub document: Document,
    /// What was not as it should be, and what was done about it.
    pub repairs: Vec<Repair>,
    /// The schema it was written with, when that is newer than [`SCHEMA`]: what is here can be
    /// shown, but must not be saved over the original.
    pub newer: Option<u64>,
    /// Order files that came inside.
    pub files: Vec<project::Embedded>,
}

/// Why nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Stable: `too_big`, `cut_short`, `not_ours`, `not_text`, `empty`.
    pub code: &'static str,
    /// What was found, what is allowed, what to do.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

fn error(code: &'static str, message: impl Into<String>) -> DecodeError {
    DecodeError {
        code,
        message: message.into(),
    }
}
