//! The types of this stage.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::base::{Date, Money};
use crate::orders::Merged;

/// Sums over some order lines, in the base currency; returns are in as negative amounts.
///
/// `list - discount = revenue` holds where list prices are known; elsewhere `list` is the revenue
/// plus the discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// At list price.
    pub list: Money,
    /// On-invoice discount.
    pub discount: Money,
    /// Net invoiced revenue.
    pub revenue: Money,
    /// Off-invoice rebates.
    pub rebates: Money,
    /// Freight we bear.
    pub freight: Money,
    /// Recorded cost of goods.
    pub cost: Money,
    /// Revenue of the lines whose cost is recorded; the rest has an assumed cost.
    pub revenue_costed: Money,
    /// Tooling we fund.
    pub tooling: Money,
    /// Revenue of returns and credits, a negative amount already inside `revenue`.
    pub returned: Money,
    /// Pieces, returns deducted; zero where the data has no quantities.
    pub pieces: Money,
    /// Orders (returns do not count).
    pub orders: u32,
    /// Lines, returns included.
    pub lines: u32,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Account {
    /// The name as written most often.
    pub name: String,
    /// Position of the parent account's name in [`Accounts::parents`].
    pub parent: Option<u32>,
    /// Position in [`Accounts::segments`].
    pub segment: Option<u32>,
    /// Position in [`Accounts::salespeople`]: who sold most of the recent revenue.
    pub salesperson: Option<u32>,
    /// Position in [`Accounts::partners`].
    pub partner: Option<u32>,
    /// Day of the first order.
    pub first: Date,
    /// Day of the last order (returns do not count).
    pub last: Date,
    /// Distinct days with an order, up to the as-of date.
    pub order_days: u32,
    /// Over the whole history up to the as-of date.
    pub total: Sums,
    /// Over the last 365 days up to the as-of date.
    pub recent: Sums,
    /// Of the orders of the first day alone, less what came back of them.
    pub first_order: Sums,
    /// The years with an order, counted back from the as-of date: bit 0 is the last 365 days, bit 1
    /// the 365 days before, and so on. Retention, and cost to serve per year, are counted on it.
    pub active_years: u32,
    /// Revenue of the lines whose item this account had ordered on an earlier day, less what came back
    /// of them (a return of the first order of an item takes nothing off); zero where the data has no
    /// items.
    pub repeat_revenue: Money,
    /// Distinct items ordered (a revision suffix is the same part); zero where there are none.
    pub specs: u32,
    /// Distinct sites with an order; zero where the data has no sites.
    pub sites: u32,
    /// Of those, with an order in the last 365 days.
    pub sites_active: u32,
}

/// The lines that share one value of an attribute.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// The value: a segment and process, a stream.
    pub name: String,
    /// Position in [`Accounts::segments`], where the value has a segment.
    pub segment: Option<u32>,
    /// How many accounts have such lines.
    pub accounts: u32,
    /// Over the whole history.
    pub total: Sums,
    /// Over the last 365 days up to the as-of date.
    pub recent: Sums,
}

/// What the data holds: the share of revenue whose lines have the field filled, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// List price or discount.
    pub discount: f64,
    /// Rebates.
    pub rebates: f64,
    /// Freight.
    pub freight: f64,
    /// Cost of goods.
    pub cost: f64,
    /// Tooling.
    pub tooling: f64,
    /// Quantity.
    pub quantity: f64,
    /// Item.
    pub item: f64,
    /// Segment.
    pub segment: f64,
    /// Salesperson.
    pub salesperson: f64,
    /// Partner.
    pub partner: f64,
    /// Stream.
    pub stream: f64,
    /// Process.
    pub process: f64,
    /// Parent account.
    pub parent: f64,
    /// Site.
    pub site: f64,
}

/// All accounts as of a date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accounts {
    /// The date up to which orders count; stated in every result.
    pub as_of: Date,
    /// The first order of all.
    pub first: Date,
    /// The last order of all, before any as-of date.
    pub last: Date,
    /// ISO 4217 code, where known.
    pub currency: Option<String>,
    /// One entry an account, in the order of the first appearance of its key.
    pub list: Vec<Account>,
    /// Names of segments.
    pub segments: Vec<String>,
    /// Names of salespeople.
    pub salespeople: Vec<String>,
    /// Names of partners.
    pub partners: Vec<String>,
    /// Names of parent accounts.
    pub parents: Vec<String>,
    /// The groups that accounts belong to, by their parents' parents.
    pub tree: super::Tree,
    /// The whole book.
    pub total: Sums,
    /// Lines by segment and process, named `segment / process`.
    pub by_segment_process: Vec<Group>,
    /// Lines by stream; lines without one stand under an empty name.
    pub by_stream: Vec<Group>,
    /// What the data holds.
    pub coverage: Coverage,
    /// What merging several sources left open.
    pub merged: Rc<Merged>,
}
