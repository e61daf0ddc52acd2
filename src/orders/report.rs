//! What an import did with every row: the report the user sees before agreeing to it.

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::ingest::problem::Group;

/// What an import did with every row it read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ImportReport {
    /// Rows read below the headers, all files: always the sum of the next five.
    pub read: u64,
    /// Rows in the book.
    pub in_book: u64,
    /// Rows rejected, each with a problem.
    pub rejected: u64,
    /// Totals, groups, notes, blank rows and repeated headers.
    pub structure: u64,
    /// Rows that repeat a row already in the book.
    pub repeats: u64,
    /// Rows that are no orders (failed payments, open deals, rejected items, memo lines), by rule.
    pub no_order: u64,
    /// The counts behind `structure` and `no_order`, in words.
    pub left_out: Vec<(String, u64)>,
    /// Problems by fix; rejected first, then warnings.
    pub problems: Vec<Group>,
    /// What the rules did: returns attached, costs derived, currencies converted; in words.
    pub notes: Vec<String>,
    /// Distinct accounts.
    pub accounts: u64,
    /// Distinct orders.
    pub orders: u64,
    /// First and last order date.
    pub span: Option<(Date, Date)>,
    /// Currencies found and their rows; more than one needs rates.
    pub currencies: Vec<(String, u64)>,
    /// Currencies that still need a rate: the import cannot be committed before.
    pub rates_needed: Vec<String>,
    /// Share of revenue whose lines have the field filled, 0 to 1, by field label.
    pub coverage: Vec<(String, f64)>,
}
