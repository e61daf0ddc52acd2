//! Why a workbook cannot be read, in words for the user.
//!
//! Codes: `too_big`, `too_many_parts`, `dtd`, `damaged`, `encrypted`, `old_xls`, `other_format`,
//! `not_a_workbook` and `no_sheet`.

use calamine::XlsxError;

use crate::ingest::Refusal;

pub(super) fn too_big(what: &str) -> Refusal {
    Refusal::new(
        "too_big",
        format!(
            "{what} Save the sheet with the orders as CSV, or in several parts, and open those."
        ),
    )
}

pub(super) fn damaged(what: &str) -> Refusal {
    Refusal::new(
        "damaged",
        format!(
            "The workbook is damaged or cut short ({what}). Open it in Excel, save it again, and open the new file."
        ),
    )
}

pub(super) fn encrypted() -> Refusal {
    Refusal::new(
        "encrypted",
        "The workbook is protected by a password. Open it in Excel, remove the password (File, Info, Protect Workbook), save it, and open it again.",
    )
}

pub(super) fn not_a_workbook() -> Refusal {
    Refusal::new(
        "not_a_workbook",
        "This is not an Excel workbook (.xlsx). If it is a ZIP archive, unpack it and open the files inside; else save it as .xlsx or CSV.",
    )
}

/// The reader's own error in our words.
pub(super) fn from_reader(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => encrypted(),
        XlsxError::WorksheetNotFound(name) => Refusal::new(
            "no_sheet",
            format!("The workbook has no sheet named {name:?}. Choose one of its sheets."),
        ),
        XlsxError::NotAWorksheet(kind) => Refusal::new(
            "no_sheet",
            format!("This sheet has no cells (it is a {kind}). Choose another sheet."),
        ),
        XlsxError::Unrecognized {
            typ: "sheet:type", ..
        } => Refusal::new(
            "other_format",
            "The workbook has a sheet of macros, which is not read. Copy the sheet with the orders into a new .xlsx workbook, or save it as CSV.",
        ),
        other => damaged(&other.to_string()),
    }
}
