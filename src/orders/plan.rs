//! Where the orders come from and how they are read: what the user agreed to at an import.
//!
//! Part of the document (without the files' bytes), of a build job, and of project files.

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::ingest::layout::{Certainty, Layout};
use crate::ingest::problem::Fix;

/// A file the page has handed over, by the number it gave it.
pub type FileHandle = u32;

/// Where the orders come from. Part of the document; the files' bytes are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Orders {
    /// No orders.
    None,
    /// The built-in sample book.
    #[default]
    Sample,
    /// Imported files, merged in this order.
    Files(Import),
}

/// An import as agreed by the user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Import {
    /// The files in order of merging.
    pub files: Vec<FilePlan>,
    /// The currency all amounts are turned into; `None` where the data names none.
    pub base_currency: Option<String>,
    /// Rates into the base currency.
    pub rates: Vec<Rate>,
}

/// How one file is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilePlan {
    /// The page's number for the file's bytes, for this session only: 0 in a stored document, where
    /// `id` names the file.
    pub file: FileHandle,
    /// Names the content, whatever the file is called; empty until a build has read it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// How it is written and what its columns mean.
    pub layout: Layout,
    /// Repairs the user agreed to.
    pub fixes: Vec<Fix>,
}

/// One currency's rate, entered by the user, never fetched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// ISO 4217.
    pub currency: String,
    /// Units of the base currency for one unit of it, plain decimal text.
    pub rate: String,
    /// The day the rate is of, as the user states it.
    pub date: Option<Date>,
}

impl Orders {
    /// What a document keeps of it: files by the id of their content, layouts without values.
    #[must_use]
    pub fn agreed(mut self) -> Self {
        if let Self::Files(import) = &mut self {
            for file in &mut import.files {
                if !file.id.is_empty() {
                    file.file = 0;
                }
                forget_values(&mut file.layout);
            }
        }
        self
    }

    /// The files from which it is read.
    pub fn files(&self) -> &[FilePlan] {
        match self {
            Self::Files(import) => &import.files,
            Self::None | Self::Sample => &[],
        }
    }
}

/// Turns a layout into what is kept of it: agreed, and without any value of the file.
pub fn forget_values(layout: &mut Layout) {
    layout.questions.clear();
    layout.notes.clear();
    for column in &mut layout.columns {
        column.samples.clear();
        column.evidence.clear();
        column.proven = false;
        column.certainty = Certainty::Confirmed;
    }
}
