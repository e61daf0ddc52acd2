//! Why a workbook cannot be read: a stable code and a sentence for the user.

use std::fmt;

use calamine::XlsxError;
use serde::{Deserialize, Serialize};

/// A workbook, or one of its sheets, that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookError {
    /// Stable: `too_big`, `too_many_parts`, `dtd`, `damaged`, `encrypted`, `old_xls`,
    /// `other_format`, `not_a_workbook` or `no_sheet`.
    pub code: String,
    /// What was found, what is allowed and what to do.
    pub message: String,
}

impl WorkbookError {
    pub(super) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
        }
    }

    pub(super) fn too_big(what: &str) -> Self {
        Self::new(
            "too_big",
            format!(
                "{what} Save the sheet with the orders as CSV, or in several parts, and open those."
            ),
        )
    }

    pub(super) fn damaged(what: &str) -> Self {
        Self::new(
            "damaged",
            format!(
                "The workbook is damaged or cut short ({what}). Open it in Excel, save it again, and open the new file."
            ),
        )
    }

    pub(super) fn encrypted() -> Self {
        Self::new(
            "encrypted",
            "The workbook is protected by a password. Open it in Excel, remove the password (File, Info, Protect Workbook), save it, and open it again.",
        )
    }

    pub(super) fn not_a_workbook() -> Self {
        Self::new(
            "not_a_workbook",
            "This is not an Excel workbook (.xlsx). If it is a ZIP archive, unpack it and open the files inside; else save it as .xlsx or CSV.",
        )
    }

    /// The reader's own error in our words.
    pub(super) fn from_reader(error: &XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::encrypted(),
            XlsxError::WorksheetNotFound(name) => Self::new(
                "no_sheet",
                format!("The workbook has no sheet named {name:?}. Choose one of its sheets."),
            ),
            XlsxError::NotAWorksheet(kind) => Self::new(
                "no_sheet",
                format!("This sheet has no cells (it is a {kind}). Choose another sheet."),
            ),
            other => Self::damaged(&other.to_string()),
        }
    }
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WorkbookError {}
