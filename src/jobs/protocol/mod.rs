//! The messages, [packed](crate::base::packed). Files travel beside a job as handles, exports as bytes.

mod page;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::accounts::cycles::{Route, State};
use crate::actions::{Marks, Review};
use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::base::packed::Parcel;
use crate::ingest::layout::Layout;
use crate::metrics::{Cell, Figures, Sheet, SheetColumn};

pub use page::{
    CommissionResults, CommissionWant, DealFrom, DealResult, Filled, GrowthWant, PageResults,
    PageWant, Said, ScenarioResults, ScenarioWant,
};

pub use crate::assumptions::Used;
pub use crate::orders::plan::{FileHandle, FilePlan, Import, Orders, Rate};
pub use crate::orders::report::ImportReport;
pub use crate::scenario::{Comparison, Heat, Scenarios, Shares, Simulated, Sought, Tornado};
pub use crate::value::{Method, WaterfallStep, price_volume::Effects};

/// A job with the number that its reply carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Counted up by the page; replies to older jobs of the same kind are dropped.
    pub id: u64,
    /// What to do.
    pub job: Job,
}

/// The key of the analysis that says how the forecasts would have done in the past.
pub const SCOREBOARD: &str = "scoreboard";
/// The key of orders added up beside those expected, with the held-out part.
pub const TRACKING: &str = "tracking";
/// The key of forecast and actual orders by tenth of the accounts.
pub const CALIBRATION: &str = "calibration";
/// The key of accounts by frequency and recency, with the chance that they still buy.
pub const MAP: &str = "frequency_recency";

/// The key of the rows that the current book rejected, with their reasons; CSV always.
pub const REJECTED: &str = "rejected";

/// What the page can ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Look at a file (its bytes travel beside the job, once) and propose a layout, or preview it
    /// under the given one.
    Stage {
        /// The page's number for it.
        file: FileHandle,
        /// Its name.
        name: String,
        /// The sheet, for workbooks.
        sheet: Option<String>,
        /// The user's layout so far; `None` proposes one.
        layout: Option<Layout>,
    },
    /// Read everything and build a book beside the current one; nothing changes yet.
    Build {
        /// What to build from.
        orders: Orders,
        /// The as-of date; `None` is the last order's.
        as_of: Option<Date>,
    },
    /// Make the book built last the current one.
    Commit,
    /// Compute what the page shows.
    Evaluate {
        /// The chosen assumptions.
        assumptions: Assumptions,
        /// The as-of date; `None` is the last order's.
        as_of: Option<Date>,
        /// What to compute.
        want: Want,
    },
    /// Do the next part of fitting the forecasts of the current book. The page asks until they are
    /// there, so that what it needs sooner comes in between.
    Forecast {
        /// The as-of date; `None` is the last order's.
        as_of: Option<Date>,
    },
    /// Write a table out; the reply carries bytes.
    Export {
        /// The chosen assumptions.
        assumptions: Assumptions,
        /// The as-of date.
        as_of: Option<Date>,
        /// Which table.
        what: ExportOf,
        /// Written how.
        format: ExportFormat,
    },
    /// Forget all books and files.
    Clear,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// CSV that no spreadsheet runs as formulas.
    #[default]
    Csv,
    /// A packed [`Sheet`], for the workbook worker to make an XLSX of. (The report is JSON always.)
    Sheet,
}

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportOf {
    /// All matching accounts in the query's order and columns (no columns: all), not its window.
    Accounts(Query),
    /// One analysis, by its key; [`REJECTED`] is the current book's rejected rows.
    Sheet(String),
    /// One analysis of the accounts under watch, today's list among them.
    Watch(String, Watched),
    /// Today's list as calendar entries; written in no other form.
    Calendar(Watched),
    /// The rejected rows of the book built last, with their reasons.
    Rejected,
    /// The report of the batch example, with what the user knows of accounts.
    Report(Watched),
    /// A table of what only one page asks for, by its key.
    Page(Parcel<PageWant>, String),
}

/// What a page needs computed.
// Parts of a page, each wanted or not.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Want {
    /// The book's figures; always cheap.
    pub book: bool,
    /// The methods side by side, for the book.
    pub methods: bool,
    /// The book's price waterfall.
    pub waterfall: bool,
    /// Analyses by key: `reshuffle`, `gross_profit`, `segments`, `streams`, `specs`, `tree`, ...
    pub sheets: Vec<String>,
    /// A window of the accounts table.
    pub table: Option<Query>,
    /// One account in detail, by its position in the book.
    pub account: Option<u32>,
    /// Today's list.
    pub today: bool,
    /// Analyses of the accounts under watch, by key.
    pub watch: Vec<String>,
    /// What they, the list and an account's rhythm rest on beside the orders.
    pub watched: Watched,
    /// What only one page asks for.
    pub page: Option<Parcel<PageWant>>,
}

impl Want {
    /// What one page asks for, and nothing else.
    pub fn of_page(page: &PageWant) -> Self {
        Self {
            page: Some(Parcel::of(page)),
            ..Self::default()
        }
    }

    /// Whether forecasts make it better.
    pub fn is_of_forecast(&self) -> bool {
        self.methods || self.is_of_watched()
    }

    /// Whether the accounts under watch are needed.
    pub fn is_of_watched(&self) -> bool {
        self.today || !self.watch.is_empty() || self.account.is_some()
    }
}

/// What the user knows of the accounts under watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Watched {
    /// What is marked of accounts.
    pub marks: Arc<Marks>,
    /// What is judged.
    pub review: Arc<Review>,
    /// The day on which the user looks, to say that an as-of date is stale; decides nothing else.
    pub today: Option<Date>,
}

impl Want {
    /// Whether anything but the book's figures is wanted.
    pub fn is_more_than_book(&self) -> bool {
        let Self {
            book: _,
            methods,
            waterfall,
            sheets,
            table,
            account,
            today,
            watch,
            watched: _,
            page,
        } = self;
        let lists = !sheets.is_empty() || !watch.is_empty();
        let parts = table.is_some() || account.is_some();
        *methods || *waterfall || lists || parts || *today || page.is_some()
    }
}

/// A window of the accounts table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Query {
    /// Words that must all occur in the account's name, segment, salesperson, partner or parent.
    pub search: String,
    /// Filters by column key and exact value.
    pub filters: Vec<(String, String)>,
    /// Column key to sort by.
    pub sort: String,
    /// Largest first.
    pub descending: bool,
    /// Column keys from the left; empty is the default choice.
    pub columns: Vec<String>,
    /// The first row of the window.
    pub from: u32,
    /// How many rows.
    pub count: u32,
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done, in words.
    pub stage: String,
    /// From 0 to 1.
    pub done: f64,
    /// Rows so far.
    pub rows: u64,
}

/// The one answer to a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// To `Stage`.
    Staged(Box<Staged>),
    /// To `Build`. Nothing has changed yet: `Commit` makes it the current book.
    Built(Box<Built>),
    /// To `Commit` and `Clear`.
    Done,
    /// To `Evaluate`.
    Results(Box<Results>),
    /// To `Forecast`.
    Forecast(Forecast),
    /// To `Export`: the bytes travel beside it.
    Exported {
        /// A file name.
        name: String,
        /// A media type.
        media: String,
    },
    /// To any job: it cannot be done, for this reason.
    Failed(Failure),
}

/// How far the forecasts are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forecast {
    /// The share of the work that is done, 0 to 1.
    Working(f64),
    /// They are there; what was chosen and why, in sentences.
    Done(Vec<String>),
    /// There are none, for this reason.
    Refused(String),
}

/// Why a job failed: what was found, what is allowed, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable.
    pub code: String,
    /// For the user.
    pub message: String,
}

/// A book built and not yet committed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Built {
    /// What it was built from, each file with the id of its content: what the document keeps when
    /// the user agrees.
    pub orders: Orders,
    /// What became of every row.
    pub report: ImportReport,
}

/// A file looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Staged {
    /// The page's number for it.
    pub file: FileHandle,
    /// How it is written, and what it means.
    pub layout: Layout,
    /// The first rows under that layout, as text.
    pub preview: Vec<Vec<String>>,
    /// The sheets, for workbooks.
    pub sheets: Vec<String>,
}

/// What the page asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Results {
    /// The date up to which orders count.
    pub as_of: Date,
    /// First and last order of the book.
    pub span: Option<(Date, Date)>,
    /// ISO 4217 code of all money here, where known.
    pub currency: Option<String>,
    /// The assumptions as used: key, canonical text, origin.
    pub used: Vec<Used>,
    /// The book's figures.
    pub book: Figures,
    /// The methods side by side, for the book.
    pub methods: Vec<Method>,
    /// The book's price waterfall.
    pub waterfall: Vec<WaterfallStep>,
    /// The analyses asked for.
    pub sheets: Vec<Sheet>,
    /// The window asked for.
    pub table: Option<Table>,
    /// The account asked for.
    pub account: Option<AccountDetail>,
    /// Today's list.
    pub today: Option<TodayList>,
    /// What only one page asked for.
    pub page: Option<Parcel<PageResults>>,
    /// Something of it is not over: asked again in the same way, it goes on.
    pub more: bool,
}

/// The accounts that should have ordered, most money at stake first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct TodayList {
    /// The first of them, at most 1,000.
    pub entries: Vec<TodayEntry>,
    /// How many there are.
    pub count: u32,
    /// All that is at stake.
    pub at_stake: f64,
    /// Left out until a day.
    pub snoozed: Vec<(String, Date)>,
    /// Left out because they have ceased.
    pub ceased: Vec<String>,
    /// Items left out: account, item, and until when; `None` for one that has ceased.
    pub items: Vec<(String, String, Option<Date>)>,
    /// What must be said of the as-of date.
    pub stale: Option<String>,
}

/// One account of today's list. Money is in the base currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayEntry {
    /// Its position in the book.
    pub account: u32,
    /// Its name.
    pub name: String,
    /// Who owns it; empty where nobody does.
    pub salesperson: String,
    /// Where it stands.
    pub state: State,
    /// Why it is in the list, in words.
    pub reason: String,
    /// The 10 and 90 % points of when its order is expected.
    pub window: (Date, Date),
    /// The chance that it still buys, 0 to 1, and where that comes from.
    pub alive: (f64, String),
    /// Money at stake.
    pub at_stake: f64,
    /// What a usual order of it leaves.
    pub order_value: f64,
    /// What it left in its last year.
    pub value_per_year: f64,
    /// Who turns to it.
    pub route: Route,
    /// Items that are overdue.
    pub items: Vec<String>,
    /// The user's note.
    pub note: String,
}

/// A window of the accounts table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Table {
    /// All columns there are, chosen or not.
    pub available: Vec<SheetColumn>,
    /// The chosen columns from the left.
    pub columns: Vec<SheetColumn>,
    /// Rows that match the search and the filters.
    pub matching: u32,
    /// Accounts in the book.
    pub total: u32,
    /// The first row of the window.
    pub from: u32,
    /// The rows: the account's position in the book, and its cells.
    pub rows: Vec<(u32, Vec<Cell>)>,
    /// Sums of the matching rows, where a sum makes sense.
    pub footer: Vec<Cell>,
    /// The values a filter can take, by column key.
    pub choices: Vec<(String, Vec<String>)>,
}

/// One account in detail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountDetail {
    /// Its position in the book.
    pub account: u32,
    /// Its name.
    pub name: String,
    /// Segment, salesperson, partner, parent: label and value.
    pub attributes: Vec<(String, String)>,
    /// Its figures by metric key.
    pub figures: Figures,
    /// The methods side by side.
    pub methods: Vec<Method>,
    /// The waterfall's steps.
    pub waterfall: Vec<WaterfallStep>,
    /// Value by period for the chart; what is expected adds up to the future value.
    pub history: Vec<Period>,
    /// The orders, newest first (at most 500 rows), by stream, ...: as sheets.
    pub sheets: Vec<Sheet>,
    /// When it orders; `None` where nothing is known of intervals.
    pub rhythm: Option<Rhythm>,
}

/// When an account orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Where it stands.
    pub state: State,
    /// Why, in words.
    pub reason: String,
    /// When its next order is, or was, expected.
    pub due: Date,
    /// The 10 and 90 % points of that.
    pub window: (Date, Date),
    /// The chance that it still buys, 0 to 1, and where that comes from.
    pub alive: (f64, String),
    /// The chance below which it counts as probably lost, 0 to 1.
    pub lost_below: f64,
    /// The same chance on earlier days as it would have been seen then, ascending, from the first
    /// of its `days` to the as-of date; empty where the data has sums only.
    pub past: Vec<(Date, f64)>,
    /// What its next order may be worth; `None` where too few orders are known.
    pub next: Option<NextOrder>,
    /// Its last order days with their revenue in the base currency, at most 60.
    pub days: Vec<(Date, f64)>,
}

/// Revenue of an account's next order, in the base currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextOrder {
    /// One order in ten is smaller.
    pub low: f64,
    /// Half are smaller.
    pub median: f64,
    /// One in ten is larger.
    pub high: f64,
    /// What that rests on, in words.
    pub from: String,
}

/// A quarter or year of an account's history or expected future.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// `2025` or `2025 Q3`.
    pub label: String,
    /// Revenue; 0 where it is expected.
    pub revenue: f64,
    /// What counts as value; discounted by the headline method where it is expected.
    pub value: f64,
    /// Expected, not recorded.
    pub expected: bool,
}
