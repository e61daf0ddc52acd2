//! When the document is saved, and what is said of it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

use super::documents::{self, Found, Kept};
use super::idb::{self, Fault};
use super::tabs::Tabs;
use super::{files, place};
use crate::codec::envelope::{self, Envelope};
use crate::codec::{migrate, wire};
use crate::document::{Desk, Document, History};
use crate::web::boot;
use crate::web::worker::Client;
use crate::web::{later, pause};

/// Between two saves of a drag.
const PAUSE_MS: i32 = 120;
/// Between two trials after a failure: doubled up to the last.
const BACKOFF_MS: [i32; 5] = [500, 1_000, 2_000, 4_000, 8_000];

const MADE_BY_NEWER: &str = "What is saved here was made by a newer version of Perennial. You can \
    look around, but changes are not saved over it: reload to get the newer version, or save a \
    project file.";

/// Whether the work is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The last edit is on disk.
    Saved,
    /// It is on its way there.
    Saving,
    /// It is in memory only, and stays there: storage is denied, or the user said so.
    Memory,
    /// It could not be saved; it is tried again.
    Error,
}

impl Kind {
    /// For `data-state`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::Memory => "memory",
            Self::Error => "error",
        }
    }
}

/// What is shown of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveState {
    /// Whether the work is safe.
    pub kind: Kind,
    /// The number of the last edit.
    pub edit: u64,
    /// The number of the last edit that is durable.
    pub durable: u64,
    /// Why it is not saved, and what to do, if so.
    pub why: String,
    /// Whether the orders are on this device too, or only in memory.
    pub orders_kept: bool,
    /// Whether the browser promised not to drop the storage by itself; `None` before it was asked.
    pub lasting: Option<bool>,
}

/// What was kept.
#[derive(Default)]
pub struct Restored {
    /// The document with its undo steps.
    pub desk: Desk,
    /// What the user should know: restored, repaired, set aside.
    pub notes: Vec<String>,
}

pub(super) struct Inner {
    pub(super) name: String,
    database: RefCell<Option<IdbDatabase>>,
    pub(super) tabs: RefCell<Option<Tabs>>,
    desk: RefCell<Option<ReadSignal<Desk>>>,
    adopt: RefCell<Option<Callback<(Document, History)>>>,
    pub(super) client: Client,
    /// The revision this tab has seen.
    seen: Cell<u64>,
    /// Files that are kept, by id.
    pub(super) kept: RefCell<BTreeSet<String>>,
    running: Cell<bool>,
    /// The copy of a drag waits until its figures are there.
    waiting: Cell<bool>,
    /// Saving is off for good, for the reason in the state.
    off: Cell<bool>,
    /// The copy in local storage may be written.
    copies: Cell<bool>,
    failures: Cell<usize>,
    /// The last edit whose document is on disk, its orders or not.
    written: Cell<u64>,
    asked: Cell<bool>,
}

/// A desk without earlier work. Where other pages may read what is kept, orders are kept only once
/// the user says so.
fn empty() -> Desk {
    let keep_orders = !place::on_a_disk();
    let document = Document {
        keep_orders,
        ..Document::default()
    };
    Desk::new(document, History::default())
}

/// The store. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Store {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// Whether the work is safe.
    pub state: ReadSignal<SaveState>,
    /// Versions that stand aside: of other tabs, and unreadable ones.
    pub aside: ReadSignal<Vec<Kept>>,
    set_state: WriteSignal<SaveState>,
    pub(super) set_aside: WriteSignal<Vec<Kept>>,
}

impl Store {
    /// A store that is not open yet.
    pub fn new(client: Client) -> Self {
        let (state, set_state) = signal(SaveState {
            kind: Kind::Saved,
            edit: 0,
            durable: 0,
            why: String::new(),
            orders_kept: false,
            lasting: None,
        });
        let (aside, set_aside) = signal(Vec::new());
        let inner = Rc::new(Inner {
            name: place::name(),
            database: RefCell::new(None),
            tabs: RefCell::new(None),
            desk: RefCell::new(None),
            adopt: RefCell::new(None),
            client,
            seen: Cell::new(0),
            kept: RefCell::default(),
            running: Cell::new(false),
            waiting: Cell::new(false),
            off: Cell::new(false),
            copies: Cell::new(true),
            failures: Cell::new(0),
            written: Cell::new(0),
            asked: Cell::new(false),
        });
        Self {
            inner: StoredValue::new_local(inner),
            state,
            aside,
            set_state,
            set_aside,
        }
    }

    /// Opens the storage and restores the newest document; total.
    pub async fn open(self) -> Restored {
        let inner = self.inner();
        let name = inner.name.clone();
        let mut notes = Vec::new();
        let found = match idb::open(&name, move |deleted| self.on_taken(deleted)).await {
            Ok(database) => {
                *inner.database.borrow_mut() = Some(database);
                self.found(&mut notes).await
            }
            Err(fault) if fault.newer => {
                inner.copies.set(false);
                self.turn_off(MADE_BY_NEWER.into());
                Found::default()
            }
            Err(fault) => {
                self.turn_off(format!(
                    "This browser does not let Perennial keep anything ({}). Your work is in \
                     memory only: save a project file before you close the page.",
                    fault.why
                ));
                Found::default()
            }
        };
        inner.seen.set(found.rev);
        let desk = self.restore(found, &mut notes).await;
        self.serve_files();
        *inner.tabs.borrow_mut() = Some(Tabs::open(&name, move |rev| self.on_saved_elsewhere(rev)));
        Restored { desk, notes }
    }

    pub(super) fn inner(&self) -> Rc<Inner> {
        self.inner.get_value()
    }

    pub(super) fn database(&self) -> Option<IdbDatabase> {
        self.inner().database.borrow().clone()
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut SaveState)) {
        let mut state = self.state.get_untracked();
        change(&mut state);
        if state != self.state.get_untracked() {
            self.set_state.set(state);
        }
    }

    /// Saves nothing from now on.
    pub fn turn_off(&self, why: String) {
        self.inner().off.set(true);
        self.update(|state| {
            state.kind = Kind::Memory;
            state.why = why;
        });
    }

    async fn found(&self, notes: &mut Vec<String>) -> Found {
        let Some(database) = self.database() else {
            return Found::default();
        };
        let found = match documents::load(&database).await {
            Ok(found) => found,
            Err(fault) => {
                self.turn_off(format!(
                    "What is saved in this browser cannot be read ({}). It is left alone; your \
                     work is in memory only: save a project file before you close the page.",
                    fault.why
                ));
                return Found::default();
            }
        };
        if found.damaged > 0 {
            notes.push(format!(
                "{} saved version(s) were damaged. They are set aside, not deleted, and can be \
                 downloaded; the newest good one is open.",
                found.damaged
            ));
        }
        if let Ok(kept) = files::list(&database).await {
            *self.inner().kept.borrow_mut() = kept;
        }
        self.list_aside().await;
        found
    }

    /// The newer of the database and the copy in local storage becomes the document.
    async fn restore(&self, found: Found, notes: &mut Vec<String>) -> Desk {
        let copy = place::read_copy().and_then(|text| envelope::open(&text).ok());
        let durable = found.newest.as_ref().map_or(0, |envelope| envelope.rev);
        let newest = found.newest;
        let before = copy.as_ref().and(newest.clone());
        let mut from_copy = false;
        let chosen = match copy {
            Some(envelope) if envelope.rev > found.rev || newest.is_none() => {
                from_copy = true;
                Some(envelope)
            }
            Some(envelope)
                if envelope.rev == durable
                    && newest
                        .as_ref()
                        .is_some_and(|newest| newest.body != envelope.body) =>
            {
                // The browser was killed while this or another tab was saving: the copy is what
                // was typed last, and the other one is kept too.
                if let (Some(database), Some(newest)) = (self.database(), newest) {
                    let text = newest.reseal();
                    drop(documents::set_aside(&database, newest.rev, &text).await);
                    self.list_aside().await;
                }
                from_copy = true;
                Some(envelope)
            }
            _ => newest,
        };
        let Some(chosen) = chosen else {
            return empty();
        };
        if boot::is_safe_mode() {
            self.keep_for_later(&chosen, notes).await;
            return empty();
        }
        if migrate::newer(chosen.schema).is_some() {
            self.inner().copies.set(false);
            self.turn_off(MADE_BY_NEWER.into());
        }
        let body = migrate::migrate(chosen.body, chosen.schema);
        let (mut document, history, repairs) = wire::unstored(body);
        notes.extend(repairs.into_iter().map(|repair| repair.message));
        if from_copy {
            self.check_orders(&mut document, before, notes);
        }
        let kept = document
            .file_ids()
            .all(|id| self.inner().kept.borrow().contains(id));
        self.update(|state| state.orders_kept = kept);
        if from_copy {
            Desk::unsaved(document, history)
        } else {
            Desk::new(document, history)
        }
    }

    /// A copy is written at once, its order files take longer: without them the orders before count.
    fn check_orders(
        &self,
        document: &mut Document,
        before: Option<Envelope>,
        notes: &mut Vec<String>,
    ) {
        let before = before.map_or_else(Document::default, |before| {
            wire::unstored(migrate::migrate(before.body, before.schema)).0
        });
        let kept = &self.inner().kept;
        if self.database().is_some() && document.drop_lost_orders(&kept.borrow(), &before) {
            notes.push(
                "The page ended before the orders imported last were saved; those before them are \
                 open. Import them again."
                    .into(),
            );
        }
    }

    /// After two failed starts: what is saved is set aside and the page begins empty.
    async fn keep_for_later(&self, chosen: &Envelope, notes: &mut Vec<String>) {
        if let Some(database) = self.database() {
            let text = chosen.reseal();
            drop(documents::set_aside(&database, chosen.rev, &text).await);
            self.list_aside().await;
        }
        notes.push(
            "Perennial failed to start twice, so it started empty. What was saved is set aside \
             under Saved versions, where it can be opened or downloaded."
                .into(),
        );
    }

    /// Saves from now on whatever happens on the desk. `adopt` takes over what another tab saved.
    pub fn follow(self, desk: ReadSignal<Desk>, adopt: Callback<(Document, History)>) {
        let inner = self.inner();
        *inner.desk.borrow_mut() = Some(desk);
        *inner.adopt.borrow_mut() = Some(adopt);
        Effect::new(move |before: Option<u64>| {
            let edit = desk.with(Desk::edits);
            if before != Some(edit) {
                self.update(|state| {
                    state.edit = edit;
                    if state.kind == Kind::Saved && edit > state.durable {
                        state.kind = Kind::Saving;
                    }
                });
                if edit > 0 {
                    self.wake(desk.with_untracked(|desk| desk.history().is_open()));
                }
            }
            edit
        });
        let flush = Closure::<dyn Fn()>::new(move || {
            if self
                .state
                .with_untracked(|state| state.edit > state.durable)
            {
                self.write_copy();
            }
        });
        if let Some(window) = web_sys::window() {
            let handler = flush.as_ref().unchecked_ref();
            drop(window.add_event_listener_with_callback("pagehide", handler));
            drop(window.add_event_listener_with_callback("visibilitychange", handler));
        }
        // Listens as long as the page lives.
        flush.forget();
    }

    fn body(&self) -> Option<(String, u64)> {
        let desk = (*self.inner().desk.borrow())?;
        desk.try_with_untracked(|desk| {
            let body = wire::stored(desk.document(), desk.history());
            (body.to_string(), desk.edits())
        })
    }

    fn write_copy(&self) {
        let inner = self.inner();
        if !inner.copies.get() {
            return;
        }
        if let Some((body, _)) = self.body() {
            place::write_copy(&envelope::seal_text(inner.seen.get() + 1, &body));
        }
    }

    /// Saves: at once, or in a moment where it is a drag, whose figures go first.
    fn wake(self, dragging: bool) {
        let inner = self.inner();
        if !dragging {
            self.write_copy();
            self.start();
        } else if !inner.waiting.replace(true) {
            later(PAUSE_MS, move || {
                inner.waiting.set(false);
                self.write_copy();
                self.start();
            });
        }
    }

    fn start(self) {
        let inner = self.inner();
        if !inner.off.get() && !inner.running.replace(true) {
            spawn_local(async move {
                self.run().await;
                inner.running.set(false);
            });
        }
    }

    async fn run(self) {
        let inner = self.inner();
        while !inner.off.get() {
            let before = self
                .state
                .with_untracked(|state| (state.edit, state.durable));
            if before.0 <= before.1 {
                break;
            }
            match self.save_once().await {
                Ok(()) => {
                    inner.failures.set(0);
                    pause(PAUSE_MS).await;
                }
                Err(why) => {
                    let failures = inner.failures.get();
                    inner.failures.set(failures + 1);
                    self.update(|state| {
                        state.kind = Kind::Error;
                        state.why = why;
                    });
                    let last = BACKOFF_MS.last().copied().unwrap_or(PAUSE_MS);
                    pause(BACKOFF_MS.get(failures).copied().unwrap_or(last)).await;
                }
            }
        }
    }

    /// Saves what there is now; `Err` says to the user what is not saved, and why.
    async fn save_once(&self) -> Result<(), String> {
        let inner = self.inner();
        let Some(database) = self.database() else {
            return Err(not_saved(&Fault::new("the storage was closed")));
        };
        let Some(desk) = *inner.desk.borrow() else {
            return Ok(());
        };
        let orders = self.keep_files(&database, desk).await;
        let Some((body, edit)) = self.body() else {
            return Ok(());
        };
        if orders.is_err() && inner.written.get() == edit {
            // The document is safe already; only its orders are still missing.
            return self.orders_missing(orders);
        }
        let thrifty = inner.failures.get() > 0;
        let saved = documents::save(&database, inner.seen.get(), &body, thrifty).await;
        let saved = saved.map_err(|fault| not_saved(&fault))?;
        inner.written.set(edit);
        inner.seen.set(saved.rev);
        if let Some(tabs) = inner.tabs.borrow().as_ref() {
            tabs.saved(saved.rev);
        }
        if saved.conflict {
            self.list_aside().await;
        }
        let Ok(orders_kept) = orders else {
            return self.orders_missing(orders);
        };
        self.update(|state| {
            state.durable = edit;
            state.orders_kept = orders_kept;
            state.why.clear();
            state.kind = if state.edit > edit {
                Kind::Saving
            } else {
                Kind::Saved
            };
        });
        if !inner.asked.replace(true) {
            let lasting = files::ask_to_persist().await;
            self.update(|state| state.lasting = Some(lasting));
        }
        let now = desk.get_untracked();
        self.tidy(&now).await;
        Ok(())
    }

    fn on_saved_elsewhere(self, rev: u64) {
        let inner = self.inner();
        let idle = self
            .state
            .with_untracked(|state| state.edit <= state.durable);
        // With edits of its own, the next save of this tab finds the other version and keeps both.
        if rev <= inner.seen.get() || !idle || inner.off.get() {
            return;
        }
        spawn_local(async move {
            let Some(database) = self.database() else {
                return;
            };
            let Ok(found) = documents::load(&database).await else {
                return;
            };
            let still_idle = self
                .state
                .with_untracked(|state| state.edit <= state.durable);
            let (Some(envelope), true) = (found.newest, still_idle) else {
                return;
            };
            if migrate::newer(envelope.schema).is_some() {
                self.inner().copies.set(false);
                return self.turn_off(
                    "Another tab runs a newer version of Perennial: reload this one. Changes made \
                     here are not saved until then."
                        .into(),
                );
            }
            let inner = self.inner();
            inner.seen.set(found.rev);
            let body = migrate::migrate(envelope.body, envelope.schema);
            let (document, history, _) = wire::unstored(body);
            if let Ok(kept) = files::list(&database).await {
                *inner.kept.borrow_mut() = kept;
            }
            self.list_aside().await;
            let adopt = *inner.adopt.borrow();
            if let Some(adopt) = adopt {
                adopt.run((document, history));
            }
        });
    }

    /// Another tab deleted the database or needs a newer form of it.
    pub(super) fn on_taken(self, deleted: bool) {
        let inner = self.inner();
        *inner.database.borrow_mut() = None;
        let unsaved = self
            .state
            .with_untracked(|state| state.edit > state.durable);
        if !deleted && unsaved {
            self.write_copy();
        }
        inner.copies.set(false);
        self.turn_off(if deleted {
            "Everything saved was deleted, here or in another tab. What is on screen is in memory \
             only; reload to begin anew."
                .into()
        } else {
            "A newer version of Perennial was opened in another tab. Reload this one to go on; \
             changes made here are not saved until then."
                .into()
        });
    }

    pub(super) async fn list_aside(&self) {
        if let Some(database) = self.database()
            && let Ok(aside) = documents::aside(&database).await
        {
            self.set_aside.set(aside);
        }
    }
}

fn not_saved(fault: &Fault) -> String {
    if fault.full {
        "Not saved: this browser's storage for Perennial is full. Your work goes on in memory and \
         is saved as soon as there is room; save a project file to be safe."
            .into()
    } else {
        format!(
            "Not saved ({}). Your work goes on in memory and saving is tried again; save a \
             project file to be safe.",
            fault.why
        )
    }
}
