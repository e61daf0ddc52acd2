//! What the key figures of the sample do without: reading files, everything shown beside the
//! figures of the book, and tables written out.
//!
//! A worker gets it later, as a part of its own; natively it is there from the start. Everything here
//! is reached through [`Rest`] alone: a call that names such a function directly brings its code back
//! into the worker's first part.

use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::base::packed::Parcel;
use crate::ingest::layout::Layout;
use crate::value::{Evaluation, Subject};

use super::build::BuildTask;
use super::loaded::{Loaded, View};
use super::protocol::{
    ExportFormat, ExportOf, FileHandle, Import, PageResults, PageWant, Progress, Reply, Results,
    Want,
};
use super::session::Step;
use super::stage::StageTask;
use super::{commission, deal, detail, export, fill, forecast, growth, scenario, table, today};

/// A job that reads files.
pub(super) trait Steps {
    /// Does the next part of it, with the bytes it asked for.
    fn step(&mut self, bytes: Option<&[u8]>, progress: &mut dyn FnMut(Progress)) -> Next;

    /// The name of a file, for messages.
    fn name(&self, file: FileHandle) -> &str;
}

/// What such a job needs next.
pub(super) enum Next {
    /// See [`Step`].
    Step(Step),
    /// Nothing: a book.
    Built(Box<Loaded>),
}

/// Finds the size of an open file.
type Size<'a> = &'a dyn Fn(FileHandle) -> Option<u64>;
type Look = fn(FileHandle, String, Option<String>, Option<Layout>, Option<u64>) -> Box<dyn Steps>;
type Written = Result<(Reply, Vec<u8>), Reply>;

/// The ways into it.
#[derive(Debug, Clone, Copy)]
pub struct Rest {
    /// Looks at a file of a name, a sheet, the layout so far and a size.
    pub(super) stage: Look,
    /// Reads files in slices of so many bytes into a book.
    pub(super) read: fn(Import, Size, u32) -> Box<dyn Steps>,
    /// Adds what is wanted beside the figures of the book.
    pub(super) add: fn(&mut Results, &Evaluation, &Loaded, &View, &Assumptions, &Want),
    /// Does the next part of fitting the forecasts.
    pub(super) forecast: fn(&Loaded, Option<Date>) -> Reply,
    /// Writes a table out.
    pub(super) export: fn(&Loaded, &Assumptions, Option<Date>, ExportOf, ExportFormat) -> Written,
}

impl Rest {
    /// All of it.
    pub fn new() -> Self {
        Self {
            stage: |file, name, sheet, layout, size| {
                Box::new(StageTask::new(file, name, sheet, layout, size))
            },
            read: |import, size, slice| Box::new(BuildTask::new(import, size, slice)),
            add,
            forecast: forecast::fit,
            export: export::export,
        }
    }
}

impl Default for Rest {
    fn default() -> Self {
        Self::new()
    }
}

fn add(
    results: &mut Results,
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    assumptions: &Assumptions,
    want: &Want,
) {
    if want.methods {
        results.methods = found.methods(Subject::Book);
    }
    if want.waterfall {
        results.waterfall = found.waterfall(Subject::Book);
    }
    let sheets = want
        .sheets
        .iter()
        .filter_map(|key| found.sheet_of(&book.book, key));
    results.sheets = sheets.collect();
    if let Some(query) = &want.table {
        results.table = Some(table::window(found, view, assumptions, query));
    }
    if let Some(account) = want.account {
        results.account = detail::account(found, &book.book, account);
    }
    if let Some(want) = want.page.as_ref().and_then(|want| want.open().ok()) {
        add_page(results, found, book, view, assumptions, &want);
    }
    today::add(results, found, book, view, want);
}

#[inline(never)]
fn add_page(
    results: &mut Results,
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    assumptions: &Assumptions,
    want: &PageWant,
) {
    let from = want.deal_from.as_ref();
    let scenarios = want.scenarios.as_ref();
    let growth = want.growth.as_ref();
    let commission = want.commission.as_ref();
    let page = PageResults {
        deal: want
            .deal
            .then(|| deal::of(&mut results.used, found.resolved)),
        filled: from.and_then(|from| fill::fill(found, from)),
        scenarios: scenarios.map(|want| scenario::answer(view, assumptions, want)),
        growth: growth.map(|want| growth::board(found, view, want)),
        commission: commission
            .map(|want| commission::answer(found, book, view, assumptions, want, true)),
    };
    let simulating = page.scenarios.as_ref().is_some_and(|found| found.more);
    let paying = page
        .commission
        .as_ref()
        .is_some_and(|found| found.working.is_some());
    results.more = simulating || paying;
    results.page = Some(Parcel::of(&page));
}
