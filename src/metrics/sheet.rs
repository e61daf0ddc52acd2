//! A table of results: what every list on the page, and every export, is made of.

use serde::{Deserialize, Serialize};

use crate::base::{Date, Unit};

use super::figure::Number;
use super::spec::Exactness;

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetColumn {
    /// Stable name: for sorting, column choice and exports.
    pub key: String,
    /// The heading.
    pub label: String,
    /// What its numbers count.
    pub unit: Unit,
    /// What the heading means, for its tooltip.
    pub help: String,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number of the column's unit.
    Number(Number, Exactness),
    /// A calendar date.
    Date(Date),
    /// Nothing, with the reason.
    Empty(String),
}

/// A table of results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Stable name: `segments`, `reshuffle`, ...
    pub key: String,
    /// The heading.
    pub title: String,
    /// What it says, in one or two sentences; also where it is empty, and why.
    pub caption: String,
    /// From the left; the first names the row.
    pub columns: Vec<SheetColumn>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}
