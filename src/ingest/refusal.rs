//! Why a whole file cannot be read: a stable code, and what the user is told.

use std::fmt;

/// A file that cannot be read, with what was found, what is allowed and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable: `empty`, `binary`, `not_a_table`, `too_big`, `damaged`, ...
    pub code: &'static str,
    /// For the user.
    pub message: String,
}

impl Refusal {
    /// A refusal with its message.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
