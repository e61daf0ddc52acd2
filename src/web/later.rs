//! What the first screen does without. The release build cuts it out of the page's WebAssembly into
//! a part of its own, which is fetched while the first screen is already of use.
//!
//! Everything here is reached through [`Rest`] alone: a call that names such a function directly
//! brings its code back into the first load. A build that is not cut works the same.

use std::pin::Pin;

use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
// Not the framework's own: it has none before the app is mounted.
use wasm_bindgen_futures::spawn_local;

use crate::base::packed::Parcel;
use crate::document::{Desk, Document, Edit, History};
use crate::jobs::protocol::PageWant;
use crate::metrics::{Figure, Spec};
use crate::view::route::{Page, Route};

use super::import::Importer;
use super::pages;
use super::pages::deals::customer::Presentation;
use super::pages::orders;
use super::share::{self, PreviewBanner, Share};
use super::shell::bar::Dialogs;
use super::shell::focus;
use super::shell::help::Help;
use super::shell::palette::Palette;
use super::shell::panel::Panel;
use super::shell::save;
use super::shell::settings::Settings;
use super::state::App;
use super::store::{Restored, Store};
use super::ui::{LiveSource, Notices, why};

/// What is said where it could not be fetched.
pub const MISSING: &str =
    "A part of Perennial could not be loaded, so nothing is saved. Reload the page to get it.";

/// The work on its way out of the storage.
pub type Restoring = Pin<Box<dyn Future<Output = Restored>>>;

/// The ways into the rest of the page.
#[derive(Clone, Copy)]
pub struct Rest {
    /// Every page but the first.
    pub page: fn(App, Page) -> AnyView,
    /// What only the page of this route asks for.
    pub ask: fn(App, &Route) -> Option<Parcel<PageWant>>,
    /// What a customer may see, alone.
    pub present: fn(App) -> AnyView,
    /// The files of an import, and their check.
    pub import: fn(Importer) -> AnyView,
    /// What became of the rows of the current book.
    pub report: fn(App) -> AnyView,
    /// The dialogs of the bar.
    pub dialogs: fn(App, Dialogs) -> AnyView,
    /// Opens the storage and restores the work.
    pub restore: fn(Store) -> Restoring,
    /// Saves whatever happens from now on.
    pub follow: fn(Store, ReadSignal<Desk>, Callback<(Document, History)>),
    /// The last message.
    pub notices: fn(App) -> AnyView,
    /// Makes an edit.
    pub edit: fn(App, Edit),
    /// Takes the last step back.
    pub undo: fn(App),
    /// Makes it again.
    pub redo: fn(App),
    /// The assumptions.
    pub panel: fn(App, RwSignal<bool>) -> AnyView,
    /// Where the work is kept, in words.
    pub saved: fn(App) -> AnyView,
    /// What was opened and is not yet kept.
    pub preview: fn(App) -> AnyView,
    /// The explanation of a figure.
    pub why: fn(&'static Spec, Signal<Option<Figure>>, Option<LiveSource>) -> AnyView,
    /// Begins to import files.
    pub take_files: fn(Importer, Vec<web_sys::File>),
    /// Begins to import text.
    pub take_text: fn(Importer, &str),
    /// Opens a link.
    pub open_link: fn(App, &str),
    /// Saves the project file.
    pub save_project: fn(App),
}

// The failure is the loader's: that of the code around this one.
#[allow(clippy::unnecessary_wraps)]
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
fn rest() -> Result<Rest, SplitLoaderError> {
    Ok(Rest {
        page: pages::shown,
        ask: pages::asked,
        present: |app| view! { <Presentation app/> }.into_any(),
        import: orders::import,
        report: orders::report,
        dialogs: |app, dialogs| {
            focus::keep();
            view! {
                <Share app open=dialogs.share/>
                <Settings app open=dialogs.settings/>
                <Help open=dialogs.help/>
                <Palette app dialogs/>
            }
            .into_any()
        },
        restore: |store| Box::pin(store.open()),
        follow: Store::follow,
        edit: App::apply,
        undo: App::step_back,
        redo: App::step_forward,
        notices: |app| {
            let notice = app.notice;
            view! { <Notices notice on_close=Callback::new(move |()| notice.set(None))/> }
                .into_any()
        },
        panel: |app, open| view! { <Panel app open/> }.into_any(),
        saved: save::content,
        preview: |app| view! { <PreviewBanner app/> }.into_any(),
        why: why::panel,
        take_files: Importer::begin_files,
        take_text: Importer::begin_text,
        open_link: share::open_link,
        save_project: share::save_project,
    })
}

type Act = Box<dyn FnOnce(Rest)>;

/// The rest of the page, once it is here.
#[derive(Clone, Copy)]
pub struct Later {
    rest: RwSignal<Option<Rest>>,
    /// What waits for it.
    waiting: StoredValue<Vec<Act>, LocalStorage>,
    failed: RwSignal<bool>,
}

impl Later {
    /// Begins to fetch it. Without it nothing is saved, and the store says so.
    pub fn fetch(store: Store) -> Self {
        let later = Self {
            rest: RwSignal::new(None),
            waiting: StoredValue::new_local(Vec::new()),
            failed: RwSignal::new(false),
        };
        spawn_local(async move {
            let here = rest().await.ok();
            later.rest.set(here);
            if here.is_none() {
                store.turn_off(MISSING.into());
                later.failed.set(true);
            }
            // Where it is missing, what waits learns of it by being dropped.
            let waiting = later.waiting.try_update_value(std::mem::take);
            for act in waiting.into_iter().flatten() {
                here.map(act);
            }
        });
        later
    }

    /// Whether it is here; changes once.
    pub fn is_here(self) -> bool {
        self.rest.with(Option::is_some)
    }

    /// It, once it is here.
    pub fn now(self) -> Option<Rest> {
        self.rest.get()
    }

    /// Whether it could not be fetched: only loading the page again helps, for by then connections
    /// are locked.
    pub fn has_failed(self) -> bool {
        self.failed.get()
    }

    /// Does something that needs it, at once or as soon as it is here.
    pub fn run(self, act: impl FnOnce(Rest) + 'static) {
        match self.rest.get_untracked() {
            Some(rest) => act(rest),
            None if self.failed.get_untracked() => {}
            None => {
                self.waiting
                    .update_value(|waiting| waiting.push(Box::new(act)));
            }
        }
    }

    /// Restores the work. Where this part is missing the work stays where it is, untouched.
    pub async fn restore(self, store: Store) -> Restored {
        let (here, rest) = oneshot::channel();
        self.run(move |rest| {
            // Nobody listens any more only when the page is gone.
            let _ = here.send(rest);
        });
        match rest.await {
            Ok(rest) => (rest.restore)(store).await,
            Err(_) => Restored::default(),
        }
    }

    /// A view of it, as soon as it is here.
    pub fn view(self, make: impl Fn(Rest) -> AnyView + Send + 'static) -> AnyView {
        (move || self.rest.get().map(&make)).into_any()
    }
}
