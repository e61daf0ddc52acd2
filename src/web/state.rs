//! The app's state and everything derived from it across pages.
//!
//! One desk (the document with its undo) holds all that is saved; pages read memo slices of it and
//! send edits. The results follow from the orders, the assumptions, the as-of date and what the
//! route wants to show, by the worker's hand; the last good ones stay on screen until better ones
//! are there.

use std::sync::Arc;

use leptos::prelude::*;

use crate::actions::{Marks, Review};
use crate::assumptions::Assumptions;
use crate::base::{Date, Refused, Shared};
use crate::document::{Desk, Display, Document, Edit, History, TableChoice};
use crate::ingest::layout::Layout;
use crate::jobs::protocol::{
    DealFrom, Filled, Forecast, ImportReport, Orders, PageResults, PageWant, Query, Results, Table,
    Used, Want, Watched,
};
use crate::metrics::Figure;
use crate::registry;
use crate::view::number::to_f64;
use crate::view::route::{Page, Route};
use crate::view::want;

use super::later::Later;
use super::share::Preview;
use super::store::Store;
use super::ui::{Notice, NoticeKind};
use super::worker::{Client, Wanted};

/// The handle on everything: a pointer to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct App(&'static Parts);

impl std::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        self.0
    }
}

/// The signals behind [`App`].
pub struct Parts {
    desk: RwSignal<Desk>,
    /// The way to the worker.
    pub client: Client,
    /// What keeps the work on this device.
    pub store: Store,
    /// The chosen assumptions.
    pub assumptions: Memo<Arc<Assumptions>>,
    /// Where the orders come from.
    pub orders: Memo<Arc<Orders>>,
    /// The date up to which orders count.
    pub as_of: Memo<Option<Date>>,
    /// How figures are written.
    pub display: Memo<Arc<Display>>,
    /// The columns of the accounts table.
    pub table: Memo<Arc<TableChoice>>,
    /// What is marked of accounts.
    pub marks: Memo<Arc<Marks>>,
    /// What is judged.
    pub review: Memo<Arc<Review>>,
    /// What undo and redo would do.
    pub steps: Memo<(Option<String>, Option<String>)>,
    /// What the first screen does without.
    pub later: Later,
    /// Where the user is.
    pub route: RwSignal<Route>,
    /// The rows of the accounts table in sight: the first, and how many.
    pub window: RwSignal<(u32, u32)>,
    /// The last good results; none without orders.
    pub results: Memo<Option<Shared<Results>>>,
    /// What became of the rows of the current orders.
    pub report: Memo<ImportReport>,
    /// The last message.
    pub notice: RwSignal<Option<Notice>>,
    /// What was opened and is not yet kept.
    pub opened: RwSignal<Option<Preview>>,
    /// Whether the figures on screen are those of what was opened.
    pub shows_opened: RwSignal<bool>,
    /// The results before the last change, for what the change did.
    before: RwSignal<Option<Shared<Results>>>,
    /// The next edit begins a change of its own.
    sealed: StoredValue<bool>,
}

/// A memo of a shared part of the document, equal only to itself.
fn part<T: Send + Sync + 'static>(
    desk: RwSignal<Desk>,
    pick: fn(&Document) -> &Arc<T>,
) -> Memo<Arc<T>> {
    Memo::new_with_compare(
        move |_| desk.with(|desk| Arc::clone(pick(desk.document()))),
        |before, after| !matches!((before, after), (Some(a), Some(b)) if Arc::ptr_eq(a, b)),
    )
}

/// What is derived, as a signal that tells its readers of changes alone. Of a memo all of them are
/// woken to ask whether there was one: hundreds of them for each step of a slider.
pub(crate) fn changes<T: PartialEq + Send + Sync + 'static>(
    derive: impl Fn(Option<&T>) -> T + 'static,
) -> ReadSignal<T> {
    let (value, set) = signal(untrack(|| derive(None)));
    follow(Box::new(move || {
        let now = value.with_untracked(|before| {
            let now = derive(Some(before));
            (now != *before).then_some(now)
        });
        if let Some(now) = now {
            set.set(now);
        }
    }));
    value
}

/// Runs something whenever what it reads changes; boxed, so that all of it is one effect's code.
fn follow(run: Box<dyn Fn()>) {
    Effect::new(move |_| run());
}

fn lasting_in<T: Clone + PartialEq + Send + Sync + 'static>(
    results: Signal<Option<Shared<Results>>>,
    pick: impl Fn(&Results) -> Option<T> + 'static,
) -> ReadSignal<Option<T>> {
    changes(move |before: Option<&Option<T>>| {
        let now = results.with(|results| pick(results.as_ref()?));
        now.or_else(|| before.cloned().flatten())
    })
}

impl App {
    /// The state around a restored desk.
    pub fn new(desk: Desk, route: Route, client: Client, store: Store, later: Later) -> Self {
        let desk = RwSignal::new(desk);
        let opened: RwSignal<Option<Preview>> = RwSignal::new(None);
        let shows_opened = RwSignal::new(false);
        // What the page shows: the document, or what was opened beside it.
        let shown = move |pick: fn(&Document) -> Arc<Assumptions>| {
            Memo::new(move |_| {
                let other = shows_opened.get().then(|| {
                    opened.with(|o| o.as_ref().map(|preview| pick(&preview.opened.document)))
                });
                other
                    .flatten()
                    .unwrap_or_else(|| desk.with(|desk| pick(desk.document())))
            })
        };
        let as_of = Memo::new(move |_| {
            let other = shows_opened
                .get()
                .then(|| opened.with(|o| o.as_ref().map(|preview| preview.opened.document.as_of)));
            other
                .flatten()
                .unwrap_or_else(|| desk.with(|desk| desk.document().as_of))
        });
        let orders = part(desk, |document| &document.orders);
        let results = Memo::new(move |_| {
            let some = orders.with(|orders| **orders != Orders::None);
            some.then(|| client.results.get()).flatten()
        });
        let parts = Parts {
            desk,
            client,
            store,
            assumptions: shown(|document| Arc::clone(&document.assumptions)),
            orders,
            as_of,
            display: part(desk, |document| &document.display),
            table: part(desk, |document| &document.table),
            marks: part(desk, |document| &document.marks),
            review: part(desk, |document| &document.review),
            steps: Memo::new(move |_| {
                desk.with(|desk| (desk.history().undo_name(), desk.history().redo_name()))
            }),
            later,
            route: RwSignal::new(route),
            window: RwSignal::new((0, 40)),
            results,
            report: Memo::new(move |_| client.report.get().unwrap_or_default()),
            notice: RwSignal::new(None),
            opened,
            shows_opened,
            before: RwSignal::new(None),
            sealed: StoredValue::new(true),
        };
        Self(Box::leak(Box::new(parts)))
    }

    /// The whole document, for saving and sharing.
    pub fn document(self) -> Document {
        self.desk.with_untracked(|desk| desk.document().clone())
    }

    /// A part of the document, tracked.
    pub fn document_part<T>(self, pick: fn(&Document) -> T) -> T {
        self.desk.with(|desk| pick(desk.document()))
    }

    /// A shared part of the document, for the page that shows it.
    pub fn part<T: Send + Sync + 'static>(self, pick: fn(&Document) -> &Arc<T>) -> Memo<Arc<T>> {
        part(self.desk, pick)
    }

    /// The desk, for the store that saves it.
    pub fn desk(self) -> ReadSignal<Desk> {
        self.desk.read_only()
    }

    /// Whether order files stay on this device.
    pub fn keeps_orders(self) -> Memo<bool> {
        let desk = self.desk;
        Memo::new(move |_| desk.with(|desk| desk.document().keep_orders))
    }

    /// Makes an edit that was made by rules of its own, or says why they refused; whether it was made.
    pub fn put(self, edit: Result<Edit, Refused>) -> bool {
        match edit {
            Ok(edit) => {
                self.dispatch(edit);
                true
            }
            Err(refused) => {
                self.tell(NoticeKind::Warning, refused.to_string());
                false
            }
        }
    }

    /// Makes an edit, or says why not.
    pub fn dispatch(self, edit: Edit) {
        self.later.run(move |rest| (rest.edit)(self, edit));
    }

    /// [`App::dispatch`], in the part that has the rules of edits.
    pub(super) fn apply(self, edit: Edit) {
        match edit {
            Edit::Set { .. } => {
                self.leave_preview();
                self.note_before(false);
            }
            Edit::Reset { .. } | Edit::Fill { .. } | Edit::ResetAll | Edit::SetAsOf(_) => {
                self.leave_preview();
                self.note_before(true);
            }
            // Figures of other orders are no change of these.
            Edit::SetOrders(_) | Edit::Adopt { .. } => self.before.set(None),
            _ => {}
        }
        let refused = self
            .desk
            .try_update(|desk| desk.apply(edit).err())
            .flatten();
        if let Some(refused) = refused {
            self.tell(NoticeKind::Warning, refused.to_string());
        }
    }

    /// Changes how figures are written and shown on this screen.
    pub fn change_display(self, edit: &dyn Fn(&mut Display)) {
        let mut display = self.display.get_untracked().as_ref().clone();
        edit(&mut display);
        self.dispatch(Edit::SetDisplay(display));
    }

    /// Notes the results before a change; edits of one drag are one change.
    fn note_before(self, whole: bool) {
        if self.sealed.get_value() || whole {
            self.before.set(self.results.get_untracked());
        }
        self.sealed.set_value(whole);
    }

    /// A figure of the book before the last change.
    pub fn figure_before(self, key: &'static str) -> Signal<Option<f64>> {
        Signal::derive(move || {
            self.before.with(|results| {
                let figure = results.as_ref()?.book.get(key)?;
                figure.value.as_ref().ok().map(|number| to_f64(*number))
            })
        })
    }

    /// Takes over what another tab has saved.
    pub fn take_over(self, document: Document, history: History) {
        self.desk.update(|desk| desk.take_over(document, history));
        self.say("Another tab saved changes; they are shown here now.");
    }

    /// Ends a drag or an entry, so that the next edit is a step of its own.
    pub fn seal(self) {
        self.sealed.set_value(true);
        self.desk.update_untracked(Desk::seal);
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.later.run(move |rest| (rest.undo)(self));
    }

    /// Makes the step undone last again.
    pub fn redo(self) {
        self.later.run(move |rest| (rest.redo)(self));
    }

    /// [`App::undo`], in the part that has the rules of edits.
    pub(super) fn step_back(self) {
        self.step(self.steps.get_untracked().0, "Undone", Desk::undo);
    }

    /// [`App::redo`], in the part that has the rules of edits.
    pub(super) fn step_forward(self) {
        self.step(self.steps.get_untracked().1, "Redone", Desk::redo);
    }

    fn step(self, name: Option<String>, done: &str, step: fn(&mut Desk) -> bool) {
        let Some(name) = name else { return };
        self.note_before(true);
        self.shows_opened.set(false);
        if self.desk.try_update(step) == Some(true) {
            self.say(format!("{done}: {name}"));
        }
    }

    /// Tells the user that something was done.
    pub fn say(self, text: impl Into<String>) {
        self.tell(NoticeKind::Done, text);
    }

    /// Tells the user something.
    pub fn tell(self, kind: NoticeKind, text: impl Into<String>) {
        let number = self
            .notice
            .with_untracked(|n| n.as_ref().map_or(0, |n| n.number))
            + 1;
        self.notice.set(Some(Notice {
            kind,
            text: text.into(),
            action: None,
            number,
        }));
    }

    /// Tells what became known at the start, if anything did.
    pub fn warn(self, notes: &[String]) {
        if !notes.is_empty() {
            self.tell(NoticeKind::Warning, notes.join(" "));
        }
    }

    /// Goes to a place as a link would.
    pub fn route_to(self, to: &Route) {
        if self.route.get_untracked() != *to {
            super::route::go(to);
        }
    }

    /// The layout remembered for the same headers, fitted to what was found now.
    pub fn remembered(self, found: &Layout) -> Option<Layout> {
        self.desk.with_untracked(|desk| {
            let known = desk.document().layouts.get(&found.header_key())?;
            Some(crate::view::wizard::recall(found, known))
        })
    }

    /// What the current page needs computed.
    fn want(self) -> Memo<Want> {
        let (route, table, window) = (self.route, self.table, self.window);
        Memo::new(move |_| {
            route.with(|route| {
                let mut want = want::of(route, &table.get(), window.get(), || self.watched());
                want.page = self.later.now().and_then(|rest| (rest.ask)(self, route));
                want
            })
        })
    }

    /// What the accounts under watch rest on beside the orders.
    pub fn watched(self) -> Watched {
        Watched {
            marks: self.marks.get(),
            review: self.review.get(),
            today: super::today(),
        }
    }

    /// The accounts table as asked for, without its window: for exports.
    pub fn query(self) -> Query {
        let table = self.table.get_untracked();
        self.route
            .with_untracked(|route| want::query(route, &table, (0, 0)))
    }

    /// Accounts whose name or groups hold all of these words, so many at most, by value; and the
    /// names of the groups there are. `None` without orders.
    pub async fn find_accounts(self, search: &str, count: u32) -> Option<Table> {
        if self
            .orders
            .with_untracked(|orders| **orders == Orders::None)
        {
            return None;
        }
        let query = Query {
            search: search.to_owned(),
            sort: want::FIRST_SORT.to_owned(),
            descending: true,
            columns: vec!["name".to_owned()],
            count,
            ..Query::default()
        };
        let want = Want {
            table: Some(query),
            ..Want::default()
        };
        let wanted = Wanted::of(&self.document(), want);
        self.client.look_at(wanted).await.ok()?.table
    }

    /// What the orders say of a deal like these accounts; `None` where they say nothing.
    pub async fn deal_like(self, from: DealFrom) -> Option<Filled> {
        let asked = PageWant {
            deal_from: Some(from),
            ..PageWant::default()
        };
        let wanted = Wanted::of(&self.document(), Want::of_page(&asked));
        self.client.look_at(wanted).await.ok()?.of_page().filled
    }

    /// One figure of the book; changes only when the figure does.
    pub fn figure(self, key: &'static str) -> ReadSignal<Option<Figure>> {
        self.slice(move |results| results.book.get(key).cloned())
    }

    /// An assumption as used in the results.
    pub fn used(self, key: &'static str) -> ReadSignal<Option<Used>> {
        self.slice(move |results| results.used.iter().find(|used| used.key == key).cloned())
    }

    /// What is chosen for an assumption, else its default: what holds without orders too.
    pub fn chosen(self, key: &str) -> String {
        let chosen = self
            .assumptions
            .with(|all| Some(all.chosen.get(key)?.value.clone()));
        let default = || registry::assumption(key).map(|spec| spec.default.to_owned());
        chosen.or_else(default).unwrap_or_default()
    }

    /// Whether there are no orders.
    pub fn is_empty(self) -> bool {
        self.orders.with(|orders| **orders == Orders::None)
    }

    /// The assumptions as used in the results on screen.
    pub fn used_now(self) -> Arc<Vec<Used>> {
        let used = self
            .results
            .with(|r| r.as_ref().map(|results| results.used.clone()));
        Arc::new(used.unwrap_or_default())
    }

    /// The table shows these rows: more are asked for before they come in sight.
    pub fn see(self, first: u32, count: u32) {
        let (from, asked) = self.window.get_untracked();
        let inside = first >= from && first.saturating_add(count) <= from.saturating_add(asked);
        if !inside {
            let margin = count.max(20);
            self.window.set((
                first.saturating_sub(margin),
                count.saturating_add(2 * margin),
            ));
        }
    }

    /// A part of the results; changes only when the part does.
    pub fn slice<T: PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&Results) -> Option<T> + 'static,
    ) -> ReadSignal<Option<T>> {
        let results = self.results;
        changes(move |_| results.with(|results| pick(results.as_ref()?)))
    }

    /// A part of the results that stays as it was while results without it are shown: nothing jumps
    /// before the next is there.
    pub fn lasting<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&Results) -> Option<T> + 'static,
    ) -> ReadSignal<Option<T>> {
        lasting_in(self.results.into(), pick)
    }

    /// The same for what only the present page asked for, which is there without orders too.
    pub fn of_page<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(PageResults) -> Option<T> + 'static,
    ) -> ReadSignal<Option<T>> {
        lasting_in(self.client.results.into(), move |results| {
            pick(results.page.as_ref()?.open().ok()?)
        })
    }

    /// Lets the results follow everything they depend on.
    pub fn run(self) {
        let want = self.want();
        let forecast = self.client.forecast;
        // Why there are none is said by the results too.
        let settled =
            |f: &Option<Forecast>| matches!(f, Some(Forecast::Done(_) | Forecast::Refused(_)));
        let settled = Memo::new(move |_| forecast.with(settled));
        Effect::new(move |_| {
            let wanted = Wanted {
                orders: self.orders.get(),
                assumptions: self.assumptions.get(),
                as_of: self.as_of.get(),
                want: want.get(),
                forecast: settled.get(),
            };
            if *wanted.orders != Orders::None || wanted.want.page.is_some() {
                self.client.show(wanted);
            }
        });
    }
}

/// The page that a route shows, as a memo: pages are not rebuilt when only their query changes.
pub fn page(route: RwSignal<Route>) -> Memo<Page> {
    Memo::new(move |_| route.with(|route| route.page))
}
