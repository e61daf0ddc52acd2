//! The bar at the top: brand, tabs, what is saved, undo and redo, sharing, settings, help.

use leptos::prelude::*;

use crate::view::route::{Page, Route};
use crate::web::format::use_formats;
use crate::web::state::App;
use crate::web::ui::{Icon, icon};

use super::save::SaveState;

/// What is open.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// Sharing and project files.
    pub share: RwSignal<bool>,
    /// Theme, language, currency, where orders are kept.
    pub settings: RwSignal<bool>,
    /// Help and shortcuts.
    pub help: RwSignal<bool>,
    /// Pages, accounts, assumptions and actions by name.
    pub palette: RwSignal<bool>,
    /// The assumptions beside the page: no dialog, and open from the start.
    pub panel: RwSignal<bool>,
}

impl Dialogs {
    /// All dialogs closed.
    pub fn new() -> Self {
        Self {
            share: RwSignal::new(false),
            settings: RwSignal::new(false),
            help: RwSignal::new(false),
            palette: RwSignal::new(false),
            panel: RwSignal::new(true),
        }
    }

    /// Opens one of them, and no other: before the rest of the page is here they only wait.
    pub fn show(self, one: RwSignal<bool>) {
        for dialog in [self.share, self.settings, self.help, self.palette] {
            dialog.set(dialog == one);
        }
    }
}

impl Default for Dialogs {
    fn default() -> Self {
        Self::new()
    }
}

/// The bar.
#[component]
pub(crate) fn Bar(app: App, dialogs: Dialogs) -> impl IntoView {
    view! {
        <div class="topbar">
            <a class="brand" href="#/orders">{icon(Icon::Brand)} "Perennial"</a>
            <Tabs app/>
            <div class="topbar-actions">
                <SaveState app/>
                <UndoButtons app/>
                <button
                    type="button"
                    class="button"
                    data-testid="share"
                    on:click=move |_| dialogs.show(dialogs.share)
                >
                    {icon(Icon::Share)}
                    "Share"
                </button>
                {opener(Icon::Settings, "Display settings", dialogs, dialogs.settings)}
                {opener(Icon::Info, "Help and shortcuts", dialogs, dialogs.help)}
            </div>
        </div>
    }
}

fn opener(mark: Icon, name: &'static str, dialogs: Dialogs, one: RwSignal<bool>) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" aria-label=name title=name on:click=move |_| dialogs.show(one)>
            {icon(mark)}
        </button>
    }
}

/// The pages, each with the place where the user left it.
#[component]
fn Tabs(app: App) -> impl IntoView {
    let places = Memo::new(move |before: Option<&[Route; Page::ALL.len()]>| {
        let mut places = before.cloned().unwrap_or_else(|| Page::ALL.map(Route::to));
        let route = app.route.get();
        for place in &mut places {
            if place.page == route.page {
                place.clone_from(&route);
            }
        }
        places
    });
    let current = crate::web::state::page(app.route);
    let tab = move |page: Page| {
        let href = move || {
            places.with(|places| {
                places
                    .iter()
                    .find(|p| p.page == page)
                    .map(ToString::to_string)
            })
        };
        view! {
            <a class="tab" href=href aria-current=move || (current.get() == page).then_some("page")>
                {page.label()}
            </a>
        }
    };
    view! { <nav class="page-tabs" aria-label="Pages">{Page::ALL.map(tab).into_iter().collect_view()}</nav> }
}

/// Undo and redo, each with the name of its step.
#[component]
fn UndoButtons(app: App) -> impl IntoView {
    let formats = use_formats();
    let undo = move || app.steps.with(|steps| steps.0.clone());
    let redo = move || app.steps.with(|steps| steps.1.clone());
    let named = move |verb: &'static str, step: Option<String>| match step {
        Some(name) => formats.with(|f| f.sentence(&format!("{verb}: {name}"))),
        None => format!("{verb}: nothing to {}", verb.to_ascii_lowercase()),
    };
    view! {
        <div class="cluster tight" role="group" aria-label="History">
            <button
                type="button"
                class="icon-button"
                data-testid="undo"
                aria-label=move || named("Undo", undo())
                title=move || named("Undo", undo())
                aria-disabled=move || undo().is_none().to_string()
                on:click=move |_| app.undo()
            >
                {icon(Icon::Undo)}
            </button>
            <button
                type="button"
                class="icon-button"
                data-testid="redo"
                aria-label=move || named("Redo", redo())
                title=move || named("Redo", redo())
                aria-disabled=move || redo().is_none().to_string()
                on:click=move |_| app.redo()
            >
                {icon(Icon::Redo)}
            </button>
        </div>
    }
}
