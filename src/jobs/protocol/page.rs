//! What only one page asks for, and its answers. They travel as parcels, so that the first parts of the
//! page and of the worker hold no code for them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::commission::Schemes;
use crate::commission::finder::Finding;
use crate::deals::Approval;
use crate::growth::{Board, Growth};
use crate::metrics::{Figures, Sheet};
use crate::scenario::{Comparison, Heat, Scenarios, Shares, Simulated, Sought, Tornado};

use super::{Effects, Results};

/// What only one page asks for. It travels as a parcel, so that the first parts of the page and of
/// the worker hold no code for it; nothing of it needs orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct PageWant {
    /// The deal that the assumptions describe.
    pub deal: bool,
    /// What the orders say of a deal like these accounts.
    pub deal_from: Option<DealFrom>,
    /// Scenarios and what is asked of them.
    pub scenarios: Option<ScenarioWant>,
    /// Upsells and levers.
    pub growth: Option<GrowthWant>,
    /// Commission schemes.
    pub commission: Option<CommissionWant>,
}

/// The accounts that a deal is taken to be like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DealFrom {
    /// All of them.
    Book,
    /// Those of a segment, by its name.
    Segment(String),
    /// One, by its name.
    Account(String),
}

/// Scenarios, and which of the questions that they hold are to be answered.
// Parts of a page, each wanted or not.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ScenarioWant {
    /// The document's.
    pub scenarios: Arc<Scenarios>,
    /// The base and scenarios side by side.
    pub compare: bool,
    /// Which scenarios, at most four; empty for the first four.
    pub ids: Vec<u32>,
    /// In which figures, by key; differences of the first are shared out. Empty for a deal's.
    pub metrics: Vec<String>,
    /// Where the difference between these two comes from; `None` is the base.
    pub between: Option<(Option<u32>, Option<u32>)>,
    /// The tornado that the scenarios ask for.
    pub tornado: bool,
    /// The grid.
    pub grid: bool,
    /// The goals.
    pub goals: bool,
    /// The simulation.
    pub simulate: bool,
}

/// Upsells and levers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct GrowthWant {
    /// The document's.
    pub growth: Arc<Growth>,
    /// With and without what is attached to this account, by its position in the book.
    pub account: Option<u32>,
}

/// Commission schemes on the order history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct CommissionWant {
    /// The document's.
    pub schemes: Arc<Schemes>,
    /// The document's, for what their deals pay.
    pub scenarios: Arc<Scenarios>,
    /// Tables by key, see [`crate::commission::boards`].
    pub sheets: Vec<String>,
    /// The scheme whose statement and incentives are looked at.
    pub scheme: Option<u32>,
    /// Whose statement; empty for the one who is paid most.
    pub person: String,
    /// Of which period; `None` is the last.
    pub period: Option<u32>,
}

/// What only one page asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct PageResults {
    /// The deal.
    pub deal: Option<DealResult>,
    /// What the orders say of a deal; `None` where they have no such accounts.
    pub filled: Option<Filled>,
    /// Scenarios and what was asked of them.
    pub scenarios: Option<ScenarioResults>,
    /// Upsells and levers.
    pub growth: Option<Board>,
    /// Commission schemes.
    pub commission: Option<CommissionResults>,
}

impl Results {
    /// What only one page asked for; nothing where it was not asked for.
    pub fn of_page(&self) -> PageResults {
        let opened = self.page.as_ref().and_then(|page| page.open().ok());
        opened.unwrap_or_default()
    }
}

/// What orders say of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Filled {
    /// Of which accounts, in words.
    pub from: String,
    /// Canonical texts by the assumption's key.
    pub values: Vec<(String, String)>,
    /// The names of the assumptions that the orders say nothing of.
    pub left: Vec<String>,
}

/// A deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct DealResult {
    /// Its figures by metric key.
    pub figures: Figures,
    /// Who must agree to it.
    pub approval: Approval,
    /// Its tables: cash, price breaks, order sizes.
    pub sheets: Vec<Sheet>,
}

/// The answers; each as asked, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ScenarioResults {
    /// Side by side.
    pub comparison: Option<Comparison>,
    /// Where the difference between two comes from; of a deal, what prices and volumes do to revenue.
    pub between: Option<(Result<Shares, String>, Option<Effects>)>,
    /// The tornado.
    pub tornado: Option<Result<Tornado, String>>,
    /// The grid.
    pub grid: Option<Result<Heat, String>>,
    /// The goals, in their order.
    pub goals: Vec<Result<Sought, String>>,
    /// The simulation so far.
    pub simulation: Option<Result<Simulated, String>>,
    /// The simulation is not over: asked again in the same way, it goes on.
    pub more: bool,
}

/// Commission schemes on the order history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct CommissionResults {
    /// Every scheme in plain words.
    pub said: Vec<Said>,
    /// The tables asked for.
    pub sheets: Vec<Sheet>,
    /// What is to be said of them.
    pub notes: Vec<String>,
    /// Where the scheme looked at pays for the wrong thing; `None` where that is not asked for.
    pub findings: Option<Vec<Finding>>,
    /// Who the orders say sells.
    pub sellers: Vec<String>,
    /// Whose statements there are under the scheme looked at.
    pub people: Vec<String>,
    /// The periods that there are statements of, newest first: number and name.
    pub periods: Vec<(u32, String)>,
    /// Whose statement it is.
    pub person: String,
    /// Of which period.
    pub period: Option<u32>,
    /// What is not over, in words, and which share of it is done: asked again in the same way, it goes
    /// on. Tables that are the same as in the answer before, or not known yet, are not there meanwhile.
    pub working: Option<(String, f64)>,
}

/// A scheme in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Said {
    /// The scheme.
    pub id: u32,
    /// What it says, with a worked line.
    pub words: Vec<String>,
    /// Why it contradicts itself, and what to do; empty where it does not.
    pub refused: Vec<String>,
    /// What it needs to know and the orders do not say, and what is assumed.
    pub assumed: Vec<String>,
}
