//! What the page asks of the worker.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::link::Link;
use crate::assumptions::Assumptions;
use crate::base::{Date, Shared};
use crate::document::Document;
use crate::ingest::layout::Layout;
use crate::jobs::protocol::{
    Built, ExportFormat, ExportOf, Failure, FileHandle, Forecast, ImportReport, Job, Orders,
    Progress, Reply, Results, Staged, Want,
};

/// Finds a file by the id of its content, where it was kept.
pub type FileSource = Rc<dyn Fn(String) -> Pin<Box<dyn Future<Output = Option<Blob>>>>>;

/// What the page wants to show.
#[derive(Clone, PartialEq)]
pub struct Wanted {
    /// The orders of the document.
    pub orders: Arc<Orders>,
    /// Its assumptions.
    pub assumptions: Arc<Assumptions>,
    /// Its as-of date.
    pub as_of: Option<Date>,
    /// What to compute.
    pub want: Want,
    /// Whether it is settled if there are forecasts: with them the same figures come out better.
    pub forecast: bool,
}

impl Wanted {
    /// What is wanted of a document.
    pub fn of(document: &Document, want: Want) -> Self {
        Self {
            orders: Arc::clone(&document.orders),
            assumptions: Arc::clone(&document.assumptions),
            as_of: document.as_of,
            want,
            forecast: false,
        }
    }
}

/// A table written out.
#[derive(Clone)]
pub struct Exported {
    /// A file name.
    pub name: String,
    /// A media type.
    pub media: String,
    /// Its bytes.
    pub bytes: js_sys::ArrayBuffer,
}

/// Results that are late by this are shown as such.
const DIM_AFTER_MS: i32 = 150;

/// What takes the page's time but nobody waits for lets figures go first for so long at most.
const LONGEST_WAIT_MS: i32 = 5000;

#[derive(Default)]
struct State {
    /// File numbers by the id of the content.
    ids: BTreeMap<String, FileHandle>,
    /// What the worker's current book was built from, and by which worker.
    loaded: Option<(u64, Arc<Orders>)>,
    /// The newest thing wanted that no job is computing yet.
    wanted: Option<Wanted>,
    /// Counts answers, so that a wish can be seen to wait.
    answers: u64,
    source: Option<FileSource>,
    /// What the forecasts are fitted to, or will be, and by which worker.
    forecast: Option<(u64, Forecasted)>,
}

/// The orders and the as-of date of forecasts.
type Forecasted = (Arc<Orders>, Option<Date>);

struct Inner {
    link: Rc<Link>,
    state: RefCell<State>,
    set_report: WriteSignal<Option<ImportReport>>,
}

/// The worker as the page sees it. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Client {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// How far the running job is, while one reports it.
    pub progress: ReadSignal<Option<Progress>>,
    /// The last good results.
    pub results: ReadSignal<Option<Shared<Results>>>,
    /// What became of every row of the current book.
    pub report: ReadSignal<Option<ImportReport>>,
    /// Whether newer results are on their way.
    pub busy: ReadSignal<bool>,
    /// Whether they have been so for a while: the shown ones are dimmed. A step of a slider is over
    /// sooner, and dimming for it would paint everything twice.
    pub updating: ReadSignal<bool>,
    /// Why the wanted results could not be computed.
    pub failure: ReadSignal<Option<Failure>>,
    /// How far the forecasts are; nothing while nobody has asked for them.
    pub forecast: ReadSignal<Option<Forecast>>,
    set_forecast: WriteSignal<Option<Forecast>>,
    set_results: WriteSignal<Option<Shared<Results>>>,
    set_busy: WriteSignal<bool>,
    set_updating: WriteSignal<bool>,
    set_failure: WriteSignal<Option<Failure>>,
}

fn unexpected() -> Failure {
    Failure {
        code: "protocol".into(),
        message: "The worker gave an answer of another kind. Reload the page.".into(),
    }
}

impl Client {
    /// A client; the worker itself starts with the first job.
    pub fn start() -> Self {
        let (progress, set_progress) = signal(None);
        let (results, set_results) = signal(None);
        let (report, set_report) = signal(None);
        let (busy, set_busy) = signal(false);
        let (updating, set_updating) = signal(false);
        let (failure, set_failure) = signal(None);
        let (forecast, set_forecast) = signal(None);
        let inner = Rc::new(Inner {
            link: Link::new(move |at| set_progress.set(at)),
            state: RefCell::default(),
            set_report,
        });
        Self {
            inner: StoredValue::new_local(inner),
            progress,
            results,
            report,
            busy,
            updating,
            failure,
            forecast,
            set_forecast,
            set_results,
            set_busy,
            set_updating,
            set_failure,
        }
    }

    fn inner(&self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// Says where files are found that this page has not opened itself.
    pub fn set_source(&self, source: FileSource) {
        self.inner().state.borrow_mut().source = Some(source);
    }

    /// Gives a file a number for [`Self::stage`] and the plan.
    pub fn open(&self, blob: Blob) -> FileHandle {
        self.inner().link.open(blob)
    }

    /// Takes a file that came inside a project file, under the id it has there.
    pub fn provide(&self, id: String, blob: Blob) {
        let inner = self.inner();
        let handle = inner.link.open(blob);
        inner.state.borrow_mut().ids.insert(id, handle);
    }

    /// A file by the id of its content, if this page has it.
    pub fn blob(&self, id: &str) -> Option<Blob> {
        let inner = self.inner();
        let handle = inner.state.borrow().ids.get(id).copied()?;
        inner.link.file(handle)
    }

    /// Proposes a layout for a file, or previews it under the given one.
    ///
    /// # Errors
    /// Why it cannot be read, for the user.
    pub async fn stage(
        &self,
        file: FileHandle,
        name: String,
        sheet: Option<String>,
        layout: Option<Layout>,
    ) -> Result<Staged, Failure> {
        let job = Job::Stage {
            file,
            name,
            sheet,
            layout,
        };
        match self.inner().link.call(job, vec![file]).await?.0 {
            Reply::Staged(staged) => Ok(*staged),
            _ => Err(unexpected()),
        }
    }

    /// Reads everything and builds a book beside the current one. To take it over, set the
    /// document's orders to [`Built::orders`]; to drop it, do nothing.
    ///
    /// # Errors
    /// Why it cannot be built, for the user; `cancelled` after [`Self::cancel`].
    pub async fn build(&self, orders: Orders, as_of: Option<Date>) -> Result<Built, Failure> {
        self.inner().build(orders, as_of).await
    }

    /// Stops the running job.
    pub fn cancel(&self) {
        self.inner().link.cancel();
    }

    /// Writes a table out from the document's orders.
    ///
    /// # Errors
    /// Why it cannot be written, for the user.
    pub async fn export(
        &self,
        document: &Document,
        what: ExportOf,
        format: ExportFormat,
    ) -> Result<Exported, Failure> {
        let inner = self.inner();
        if what != ExportOf::Rejected {
            inner.load(&document.orders, document.as_of).await?;
        }
        let job = Job::Export {
            assumptions: document.assumptions.as_ref().clone(),
            as_of: document.as_of,
            what,
            format,
        };
        match inner.link.call(job, Vec::new()).await? {
            (Reply::Exported { name, media }, Some(bytes)) => Ok(Exported { name, media, bytes }),
            _ => Err(unexpected()),
        }
    }

    /// The results of something that is not on screen.
    ///
    /// # Errors
    /// Why they could not be computed.
    pub async fn look_at(&self, wanted: Wanted) -> Result<Results, Failure> {
        self.inner().evaluate(&wanted).await
    }

    /// Waits so many milliseconds, and again until nothing is being computed that the user waits
    /// for, but not for long.
    pub async fn free(&self, after_ms: i32) {
        let mut waited = after_ms;
        crate::web::pause(after_ms).await;
        while self.busy.get_untracked() && waited < LONGEST_WAIT_MS {
            waited += after_ms;
            crate::web::pause(after_ms).await;
        }
    }

    /// Computes what is wanted, when the worker is free; of several wishes the last counts.
    pub fn show(&self, wanted: Wanted) {
        let inner = self.inner();
        let mut state = inner.state.borrow_mut();
        state.wanted = Some(wanted);
        let answers = state.answers;
        let client = *self;
        crate::web::later(DIM_AFTER_MS, move || {
            let unanswered = client.inner().state.borrow().answers == answers;
            if unanswered && client.busy.get_untracked() {
                client.set_updating.set(true);
            }
        });
        drop(state);
        if !self.busy.get_untracked() {
            self.set_busy.set(true);
            spawn_local(async move { client.show_all(inner).await });
        }
    }

    async fn show_all(self, inner: Rc<Inner>) {
        let mut again = true;
        loop {
            let Some(wanted) = inner.state.borrow_mut().wanted.take() else {
                break;
            };
            let answer = inner.evaluate(&wanted).await;
            inner.state.borrow_mut().answers += 1;
            if self.updating.get_untracked() {
                self.set_updating.set(false);
            }
            match answer {
                Ok(results) => {
                    again = true;
                    if results.more {
                        // It goes on where it is, unless something else is wanted by now.
                        let mut state = inner.state.borrow_mut();
                        state.wanted.get_or_insert_with(|| wanted.clone());
                    }
                    self.set_results.set(Some(Shared::new(results)));
                    self.set_failure.set(None);
                    if wanted.want.is_of_forecast() {
                        self.fit((wanted.orders, wanted.as_of));
                    }
                }
                Err(failure) if failure.code == "worker_failed" && again => {
                    again = false;
                    inner.state.borrow_mut().wanted.get_or_insert(wanted);
                }
                Err(failure) => self.set_failure.set(Some(failure)),
            }
        }
        self.set_busy.set(false);
    }

    /// Has the forecasts of these orders fitted, part by part, until they are there or others are
    /// wanted. A worker that follows one that failed has none of what that one had fitted.
    fn fit(self, wanted: Forecasted) {
        let inner = self.inner();
        let key = (inner.link.generation(), wanted);
        if inner.state.borrow().forecast.as_ref() == Some(&key) {
            return;
        }
        inner.state.borrow_mut().forecast = Some(key.clone());
        self.set_forecast.set(Some(Forecast::Working(0.0)));
        spawn_local(async move { self.fit_all(&inner, key).await });
    }

    async fn fit_all(self, inner: &Inner, key: (u64, Forecasted)) {
        loop {
            let answer = inner.forecast(&key.1).await;
            let mut state = inner.state.borrow_mut();
            if state.forecast.as_ref() != Some(&key) {
                return;
            }
            if answer.is_err() {
                // What a worker failed at is not asked of the next one.
                state.forecast = Some((inner.link.generation(), key.1.clone()));
            }
            drop(state);
            let now = answer.unwrap_or_else(|failure| Forecast::Refused(failure.message));
            let working = matches!(now, Forecast::Working(_));
            self.set_forecast.set(Some(now));
            if !working {
                return;
            }
        }
    }

    /// Forgets all orders and files, here and in the worker.
    ///
    /// # Errors
    /// Why the worker could not be told.
    pub async fn clear(&self) -> Result<(), Failure> {
        let inner = self.inner();
        inner.link.forget_files();
        {
            let mut state = inner.state.borrow_mut();
            state.ids.clear();
            state.loaded = None;
        }
        inner.link.call(Job::Clear, Vec::new()).await.map(|_| ())
    }
}

impl Inner {
    async fn build(&self, orders: Orders, as_of: Option<Date>) -> Result<Built, Failure> {
        let orders = self.with_handles(orders).await?;
        let files = orders.files().iter().map(|plan| plan.file).collect();
        let handles: Vec<FileHandle> = orders.files().iter().map(|plan| plan.file).collect();
        match self.link.call(Job::Build { orders, as_of }, files).await?.0 {
            Reply::Built(built) => {
                let mut state = self.state.borrow_mut();
                for (plan, handle) in built.orders.files().iter().zip(handles) {
                    state.ids.insert(plan.id.clone(), handle);
                }
                Ok(*built)
            }
            _ => Err(unexpected()),
        }
    }

    /// Makes these orders the worker's current book.
    async fn load(&self, orders: &Arc<Orders>, as_of: Option<Date>) -> Result<(), Failure> {
        let here = self.link.generation();
        let loaded = self.state.borrow().loaded.clone();
        if loaded.is_some_and(|(by, of)| by == here && of == *orders) {
            return Ok(());
        }
        let built = self.build(orders.as_ref().clone(), as_of).await?;
        self.link.call(Job::Commit, Vec::new()).await?;
        self.set_report.set(Some(built.report));
        self.state.borrow_mut().loaded = Some((self.link.generation(), Arc::clone(orders)));
        Ok(())
    }

    async fn evaluate(&self, wanted: &Wanted) -> Result<Results, Failure> {
        self.load(&wanted.orders, wanted.as_of).await?;
        let job = Job::Evaluate {
            assumptions: wanted.assumptions.as_ref().clone(),
            as_of: wanted.as_of,
            want: wanted.want.clone(),
        };
        match self.link.call(job, Vec::new()).await?.0 {
            Reply::Results(results) => Ok(*results),
            _ => Err(unexpected()),
        }
    }

    async fn forecast(&self, (orders, as_of): &Forecasted) -> Result<Forecast, Failure> {
        self.load(orders, *as_of).await?;
        let job = Job::Forecast { as_of: *as_of };
        match self.link.call(job, Vec::new()).await?.0 {
            Reply::Forecast(forecast) => Ok(forecast),
            _ => Err(unexpected()),
        }
    }

    /// Puts this session's file numbers into a plan that names files by their content.
    async fn with_handles(&self, mut orders: Orders) -> Result<Orders, Failure> {
        let Orders::Files(import) = &mut orders else {
            return Ok(orders);
        };
        for plan in &mut import.files {
            if plan.id.is_empty() {
                continue;
            }
            let known = self.state.borrow().ids.get(&plan.id).copied();
            let known = known.filter(|handle| self.link.file(*handle).is_some());
            plan.file = match known {
                Some(handle) => handle,
                None => self.fetch(&plan.id).await.ok_or_else(|| Failure {
                    code: "file_missing".into(),
                    message: format!(
                        "The orders of \"{}\" are not kept on this device. Choose the file again, \
                         or go on with the sample orders.",
                        plan.name
                    ),
                })?,
            };
        }
        Ok(orders)
    }

    async fn fetch(&self, id: &str) -> Option<FileHandle> {
        let source = self.state.borrow().source.clone()?;
        let blob = source(id.to_string()).await?;
        let handle = self.link.open(blob);
        self.state.borrow_mut().ids.insert(id.to_string(), handle);
        Some(handle)
    }
}
