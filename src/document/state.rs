//! The document: what the user has entered and chosen, and nothing that can be computed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::actions::{Marks, Review};
use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::commission::Schemes;
use crate::growth::Growth;
use crate::ingest::layout::Layout;
use crate::orders::plan::Orders;
use crate::scenario::Scenarios;

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How figures are written on this user's screen; changes no figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Display {
    /// A language tag (`de-DE`) whose number and date style is used; `None` is the browser's.
    pub locale: Option<String>,
    /// ISO 4217 code shown where the data names no currency.
    pub currency: Option<String>,
    /// Colours.
    pub theme: Theme,
    /// Keys without Ctrl or Cmd do nothing, for those whose speech or keyboard presses them unasked.
    pub no_single_keys: bool,
    /// Whose offers these are: what stands on top of what a customer gets.
    pub company: String,
}

/// What the accounts table shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableChoice {
    /// Column keys from the left; empty is the default choice.
    pub columns: Vec<String>,
    /// Column key to sort by; empty is the default order.
    pub sort: String,
    /// Largest first.
    pub descending: bool,
    /// Filters by column key and exact value.
    pub filters: Vec<(String, String)>,
    /// Words searched for.
    pub search: String,
}

/// All that is saved. Cheap to clone: what can be large is behind a shared pointer.
///
/// `assumptions`, `orders`, `as_of`, `marks`, `review`, `scenarios`, `growth`, `schemes` and
/// `filled_from` are the work: undo restores them. The rest is the view of it, which undo leaves alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The chosen values; only differences from the defaults.
    pub assumptions: Arc<Assumptions>,
    /// Where the orders come from and how they are read; never their bytes.
    pub orders: Arc<Orders>,
    /// The date up to which orders count; `None` is the last order's.
    pub as_of: Option<Date>,
    /// What the user has marked of accounts: snoozed, ceased, noted.
    pub marks: Arc<Marks>,
    /// Scenarios, ranges, and what is asked of them.
    pub scenarios: Arc<Scenarios>,
    /// What the user has judged: causes of defection, the programme that is measured.
    pub review: Arc<Review>,
    /// What the deal's assumptions were filled from, in words; empty where they were not.
    pub filled_from: Arc<String>,
    /// Upsells: the catalogue, its record, what is attached; the levers.
    pub growth: Arc<Growth>,
    /// Commission schemes, and who leads whom.
    pub schemes: Arc<Schemes>,
    /// Layouts the user has agreed to, by [`Layout::header_key`], without sample values.
    pub layouts: Arc<BTreeMap<String, Layout>>,
    /// How figures are written.
    pub display: Arc<Display>,
    /// What the accounts table shows.
    pub table: Arc<TableChoice>,
    /// Keep the orders on this device, so that a reload finds them; else only in memory.
    pub keep_orders: bool,
    /// Fields that this version does not know, kept for the one that wrote them.
    pub unknown: Arc<BTreeMap<String, serde_json::Value>>,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            assumptions: Arc::default(),
            orders: Arc::default(),
            as_of: None,
            marks: Arc::default(),
            scenarios: Arc::default(),
            review: Arc::default(),
            filled_from: Arc::default(),
            growth: Arc::default(),
            schemes: Arc::default(),
            layouts: Arc::default(),
            display: Arc::default(),
            table: Arc::default(),
            keep_orders: true,
            unknown: Arc::default(),
        }
    }
}

impl Document {
    /// Whether the work (what undo restores) is the same in both.
    pub fn same_work(&self, other: &Self) -> bool {
        let same = |a: &Arc<Orders>, b: &Arc<Orders>| Arc::ptr_eq(a, b) || a == b;
        self.assumptions == other.assumptions
            && same(&self.orders, &other.orders)
            && self.as_of == other.as_of
            && self.marks == other.marks
            && self.scenarios == other.scenarios
            && self.review == other.review
            && self.filled_from == other.filled_from
            && self.growth == other.growth
            && self.schemes == other.schemes
    }

    /// This document's work under the other one's view.
    #[must_use]
    pub fn with_view_of(&self, other: &Self) -> Self {
        Self {
            assumptions: Arc::clone(&self.assumptions),
            orders: Arc::clone(&self.orders),
            as_of: self.as_of,
            marks: Arc::clone(&self.marks),
            scenarios: Arc::clone(&self.scenarios),
            review: Arc::clone(&self.review),
            filled_from: Arc::clone(&self.filled_from),
            growth: Arc::clone(&self.growth),
            schemes: Arc::clone(&self.schemes),
            ..other.clone()
        }
    }

    /// Goes back to the orders of `before` where its own need files that are not among `kept`: the
    /// browser ended before they were saved. Whether it did.
    pub fn drop_lost_orders(&mut self, kept: &BTreeSet<String>, before: &Self) -> bool {
        let lost = self.keep_orders && self.file_ids().any(|id| !kept.contains(id));
        let other = self.orders != before.orders;
        if lost && other {
            self.orders = Arc::clone(&before.orders);
        }
        lost && other
    }

    /// The ids of the files this document needs.
    pub fn file_ids(&self) -> impl Iterator<Item = &str> {
        self.orders.files().iter().map(|file| file.id.as_str())
    }
}
