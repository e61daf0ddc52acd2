//! Bringing orders in: hands files to the worker, keeps the wizard, and turns its outcome into one
//! edit.
//!
//! Nothing changes before [`Importer::commit`]. What arrives after its file or check was dropped is
//! passed over.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::Date;
use crate::document::Edit;
use crate::ingest::layout::Layout;
use crate::ingest::problem::Fix;
use crate::jobs::protocol::{Built, Failure, FileHandle, Orders, Progress, Staged};
use crate::view::route::{Page, Route};
use crate::view::wizard::{Check, FileStage, Mode, Reading, Stated, TypedRate, Wizard};

use super::files::{Opened, Source};
use super::share;
use super::state::App;
use super::ui::NoticeKind;
use super::workbook::Book;

/// The handle on the import: a pointer to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct Importer(&'static Bench);

impl std::ops::Deref for Importer {
    type Target = Bench;
    fn deref(&self) -> &Bench {
        self.0
    }
}

/// What an import keeps while it is on screen.
pub struct Bench {
    /// What is on screen.
    pub wizard: RwSignal<Wizard>,
    app: App,
    /// Workbooks by the wizard's number for the file.
    books: StoredValue<BTreeMap<FileHandle, Book>, LocalStorage>,
    last_file: StoredValue<u32>,
    /// Counts checks: an answer to an earlier one is passed over.
    turn: StoredValue<u32>,
    /// What the check that stands ready was built from, with the ids of the files' content.
    built: RwSignal<Option<Orders>>,
}

impl Importer {
    /// An import that has not begun.
    pub fn new(app: App) -> Self {
        Self(Box::leak(Box::new(Bench {
            wizard: RwSignal::default(),
            app,
            books: StoredValue::new_local(BTreeMap::new()),
            last_file: StoredValue::new(0),
            turn: StoredValue::new(0),
            built: RwSignal::new(None),
        })))
    }

    /// How far the check is.
    pub fn progress(self) -> ReadSignal<Option<Progress>> {
        self.app.client.progress
    }

    /// The current orders.
    pub fn orders(self) -> Memo<std::sync::Arc<Orders>> {
        self.app.orders
    }

    /// One file of the wizard.
    pub fn file(self, handle: FileHandle) -> Memo<Option<FileStage>> {
        let wizard = self.wizard;
        Memo::new(move |_| {
            wizard.with(|wizard| {
                wizard
                    .files
                    .iter()
                    .find(|file| file.handle == handle)
                    .cloned()
            })
        })
    }

    /// Takes files that were dropped, pasted or picked; a project file is opened beside the work.
    pub fn take_files(self, files: Vec<web_sys::File>) {
        self.app
            .later
            .run(move |rest| (rest.take_files)(self, files));
    }

    /// [`Importer::take_files`], in the part that has the import.
    pub(super) fn begin_files(self, files: Vec<web_sys::File>) {
        for file in files {
            if file.name().to_ascii_lowercase().ends_with(".json") {
                share::open_project(self.app, file);
            } else {
                self.take(Source::file(file));
            }
        }
    }

    /// Takes pasted text as a file.
    pub fn take_text(self, text: &str) {
        let text = text.to_owned();
        self.app
            .later
            .run(move |rest| (rest.take_text)(self, &text));
    }

    /// [`Importer::take_text`], in the part that has the import.
    pub(super) fn begin_text(self, text: &str) {
        if text.trim().is_empty() {
            self.app.tell(
                NoticeKind::Warning,
                "Nothing was pasted. Copy the rows with their headers first, then paste.",
            );
            return;
        }
        if let Some(source) = Source::text(text) {
            self.take(source);
        }
    }

    fn take(self, source: Source) {
        self.app.route_to(&Route::to(Page::Orders));
        let handle = next(self.last_file);
        self.wizard.update(|wizard| {
            wizard.add(FileStage::new(handle, source.name.clone(), source.size));
        });
        spawn_local(async move {
            match Opened::of(source.blob).await {
                Ok(Opened::Text(blob)) => self.hand_over(handle, blob, None).await,
                Ok(Opened::Workbook(book)) => {
                    let first = book.start.clone();
                    self.books.update_value(|books| {
                        books.insert(handle, book);
                    });
                    self.read_sheet(handle, first).await;
                }
                Err(failure) => self.refuse(handle, failure),
            }
        });
    }

    /// Turns a sheet of a workbook into text, and has that looked at.
    async fn read_sheet(self, handle: FileHandle, sheet: String) {
        let Some(book) = self.books.with_value(|books| books.get(&handle).cloned()) else {
            return;
        };
        match book.csv(&sheet).await {
            Ok(text) => {
                if !text.warnings.is_empty() {
                    self.app.tell(NoticeKind::Warning, text.warnings.join(" "));
                }
                self.hand_over(handle, text.blob, Some(sheet)).await;
            }
            Err(failure) => self.refuse(handle, failure),
        }
    }

    async fn hand_over(self, handle: FileHandle, blob: web_sys::Blob, sheet: Option<String>) {
        let source = self.app.client.open(blob);
        self.wizard.update(|wizard| {
            if let Some(file) = wizard.file_mut(handle) {
                file.source = source;
                file.sheet = sheet;
            }
        });
        self.stage(handle, None).await;
    }

    fn refuse(self, handle: FileHandle, failure: Failure) {
        self.wizard
            .update(|wizard| wizard.take(handle, Reading::Refused(failure)));
    }

    /// Asks the worker for a layout, or for a preview under the given one.
    async fn stage(self, handle: FileHandle, layout: Option<Layout>) {
        let proposed = layout.is_none();
        let known = self.wizard.with_untracked(|wizard| {
            let file = wizard.files.iter().find(|file| file.handle == handle)?;
            Some((file.source, file.name.clone(), file.sheet.clone()))
        });
        let Some((source, name, sheet)) = known else {
            return;
        };
        match self.app.client.stage(source, name, sheet, layout).await {
            Ok(staged) => self.take_staged(handle, staged, proposed),
            Err(failure) => self.refuse(handle, failure),
        }
    }

    fn take_staged(self, handle: FileHandle, mut staged: Staged, proposed: bool) {
        self.books.with_value(|books| {
            if let Some(book) = books.get(&handle) {
                staged.sheets.clone_from(&book.sheets);
            }
        });
        let remembered = proposed
            .then(|| self.app.remembered(&staged.layout))
            .flatten();
        let recalled = remembered.is_some();
        let currency = remembered.as_ref().is_some_and(|layout| {
            layout.currency.is_some() && layout.currency != staged.layout.currency
        });
        self.wizard.update(|wizard| {
            wizard.take(handle, Reading::Read(Box::new(staged)));
            if let (true, Some(file)) = (recalled, wizard.file_mut(handle)) {
                file.recalled = true;
                if currency {
                    file.stated = Stated::Before;
                }
            }
        });
        match remembered {
            Some(layout) => self.edit(handle, move |current| *current = layout),
            None => self.check_when_sure(),
        }
    }

    /// Changes how a file is read, and looks at it again under the new layout.
    pub fn edit(self, handle: FileHandle, edit: impl FnOnce(&mut Layout)) {
        self.look_again(handle, |wizard| wizard.edit_layout(handle, edit));
    }

    /// Says which currency all amounts of a file are in.
    pub fn state_currency(self, handle: FileHandle, currency: Option<String>) {
        self.look_again(handle, |wizard| wizard.state_currency(handle, currency));
    }

    /// Reads a file as if nothing had ever been said of its columns.
    pub fn read_afresh(self, handle: FileHandle) {
        self.drop_check();
        let key = self.wizard.try_update(|wizard| wizard.unsay(handle));
        if let Some(key) = key.flatten() {
            self.app.dispatch(Edit::ForgetLayout(key));
            spawn_local(self.stage(handle, None));
        }
    }

    fn look_again(self, handle: FileHandle, edit: impl FnOnce(&mut Wizard) -> Option<Layout>) {
        if let Some(layout) = self.wizard.try_update(edit).flatten() {
            self.drop_check();
            spawn_local(self.stage(handle, Some(layout)));
        }
    }

    /// Reads another sheet of a workbook.
    pub fn choose_sheet(self, handle: FileHandle, sheet: String) {
        self.drop_check();
        self.wizard
            .update(|wizard| wizard.choose_sheet(handle, sheet.clone()));
        spawn_local(self.read_sheet(handle, sheet));
    }

    /// Takes a file out of the import.
    pub fn remove(self, handle: FileHandle) {
        self.drop_check();
        self.wizard.update(|wizard| wizard.remove(handle));
        self.check_when_sure();
    }

    /// Says what happens to the current orders.
    pub fn set_mode(self, mode: Mode) {
        self.wizard.update(|wizard| wizard.mode = mode);
        self.check_when_sure();
    }

    /// Checks without being asked when nothing is left to decide, so that one click remains.
    fn check_when_sure(self) {
        if self.wizard.with_untracked(Wizard::can_check) {
            self.check();
        }
    }

    /// Reads everything and builds a book beside the current one.
    pub fn check(self) {
        self.drop_check();
        let turn = self.turn.get_value();
        let current = self.app.orders.get_untracked();
        let orders = self.wizard.with_untracked(|wizard| wizard.orders(&current));
        self.wizard.update(|wizard| wizard.check = Check::Working);
        spawn_local(async move {
            let outcome = self.app.client.build(orders, None).await;
            if self.turn.get_value() != turn {
                return;
            }
            let check = match outcome {
                Ok(Built { orders, report }) => {
                    self.built.set(Some(orders));
                    Check::Ready(Box::new(report))
                }
                Err(failure) => Check::Failed(failure),
            };
            self.wizard.update(|wizard| wizard.check = check);
        });
    }

    /// Stops a running check.
    pub fn stop_check(self) {
        self.drop_check();
        self.app.client.cancel();
        self.wizard.update(|wizard| wizard.check = Check::Open);
    }

    /// From here on the outcome of the last check counts no more.
    fn drop_check(self) {
        next(self.turn);
        self.built.set(None);
    }

    /// Drops the import: everything is as it was.
    pub fn cancel(self) {
        if self
            .wizard
            .with_untracked(|wizard| wizard.check == Check::Working)
        {
            self.app.client.cancel();
        }
        self.forget();
        self.app
            .say("The import was cancelled; everything is as it was.");
    }

    fn forget(self) {
        self.drop_check();
        self.books.update_value(BTreeMap::clear);
        self.wizard.set(Wizard::default());
    }

    /// Makes the checked orders the current ones: one step of undo.
    pub fn commit(self) {
        let Some(orders) = self.built.get_untracked() else {
            return;
        };
        let layouts: Vec<Layout> = self.wizard.with_untracked(|wizard| {
            wizard
                .files
                .iter()
                .filter_map(|file| file.to_remember().cloned())
                .collect()
        });
        for layout in layouts {
            self.app.dispatch(Edit::Remember(layout));
        }
        self.app.dispatch(Edit::SetOrders(orders));
        self.forget();
        self.app.route_to(&Route::to(Page::Accounts));
    }

    /// The name of the file that a problem speaks of, where there are several, and whether the fixes
    /// of the problem can be applied here: those of files imported before cannot.
    pub fn problem_file(self, position: u32) -> (Option<String>, bool) {
        let current = self.app.orders.get_untracked();
        self.wizard.with_untracked(|wizard| {
            (
                wizard.name_of_problem(&current, position),
                wizard.file_of_problem(&current, position).is_some(),
            )
        })
    }

    /// Agrees to a repair of all rows of a group, and checks again.
    pub fn add_fix(self, problem_file: u32, fix: Fix) {
        let current = self.app.orders.get_untracked();
        self.wizard.update(|wizard| {
            let handle = wizard.file_of_problem(&current, problem_file);
            if let Some(file) = handle.and_then(|handle| wizard.file_mut(handle)) {
                file.fixes.push(fix);
            }
        });
        self.check();
    }

    /// Takes an agreed repair back, and checks again.
    pub fn remove_fix(self, handle: FileHandle, at: usize) {
        self.wizard.update(|wizard| {
            if let Some(file) = wizard.file_mut(handle)
                && at < file.fixes.len()
            {
                file.fixes.remove(at);
            }
        });
        self.check();
    }

    /// What was typed of the rate of a currency.
    pub fn rate(self, currency: &str) -> TypedRate {
        let typed = self.wizard.with(|wizard| wizard.rate(currency).cloned());
        typed.unwrap_or_default()
    }

    /// Notes a typed rate; [`Importer::apply_rates`] uses it.
    pub fn set_rate(self, currency: &str, text: String) {
        self.note_rate(currency, |rate| rate.rate = text);
    }

    /// Notes the day of a rate, likewise.
    pub fn set_rate_date(self, currency: &str, date: Option<Date>) {
        self.note_rate(currency, |rate| rate.date = date);
    }

    fn note_rate(self, currency: &str, note: impl FnOnce(&mut TypedRate)) {
        self.wizard.update(|wizard| {
            if let Some(rate) = wizard.rate_mut(currency) {
                note(rate);
            }
        });
    }

    /// Chooses the currency that all amounts are turned into.
    pub fn set_base_currency(self, currency: String) {
        self.wizard
            .update(|wizard| wizard.base_currency = Some(currency));
    }

    /// Checks again at the typed rates.
    pub fn apply_rates(self, base: String) {
        self.set_base_currency(base);
        self.check();
    }

    /// The app around it.
    pub fn app(self) -> App {
        self.app
    }

    /// What the check that stands ready was built from.
    pub fn built(self) -> ReadSignal<Option<Orders>> {
        self.built.read_only()
    }
}

fn next(counter: StoredValue<u32>) -> u32 {
    counter.update_value(|count| *count += 1);
    counter.get_value()
}
