//! The app: state, listeners, and what is on screen.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::document::{Document, Edit, Theme};
use crate::jobs::protocol::Orders;
use crate::view::route::{Page, Route};

use super::format::{Formats, provide_formats};
use super::import::Importer;
use super::later::{Later, MISSING};
use super::pages::orders::{OrdersPage, zone};
use super::shell::bar::{Bar, Dialogs};
use super::shell::kpi::KpiStrip;
use super::shell::settings::theme_name;
use super::shortcuts::{self, Shortcut};
use super::state::{self, App};
use super::store::{Restored, Store};
use super::ui::{Live, provide_live};
use super::worker::Client;
use super::{boot, route};

/// The whole page around restored work.
#[component]
pub(crate) fn Main(
    store: Store,
    /// The work of earlier visits; nothing where it is not looked for yet.
    restored: Option<Restored>,
    later: Later,
    client: Client,
) -> impl IntoView {
    let fragment = route::fragment();
    let first = restored.is_none();
    let Restored { desk, notes } = restored.unwrap_or_default();
    let app = App::new(desk, Route::parse(&fragment), client, store, later);
    let importer = Importer::new(app);
    let dialogs = Dialogs::new();
    let dragging = RwSignal::new(false);

    provide_formats(formats(app));
    provide_context(app.later);
    provide_live(Callback::new(move |()| {
        let figures = app
            .results
            .with(|r| r.as_ref().map(|results| results.book.clone()));
        Live {
            figures: Arc::new(figures.unwrap_or_default()),
            used: app.used_now(),
        }
    }));
    app.run();
    save(app, first);
    app.warn(&notes);
    follow(app, importer, dialogs, dragging);
    announce_ready(app);
    wear_theme(app);
    if let Some(link) = Route::link(&fragment) {
        let link = link.to_owned();
        app.later.run(move |rest| (rest.open_link)(app, &link));
    }
    let presented = Memo::new(move |_| app.route.with(Route::is_presented));
    move || {
        if presented.get() {
            app.later.view(move |rest| (rest.present)(app))
        } else {
            layout(app, importer, dialogs, dragging).into_any()
        }
    }
}

/// What is on screen.
fn layout(
    app: App,
    importer: Importer,
    dialogs: Dialogs,
    dragging: RwSignal<bool>,
) -> impl IntoView {
    let page = state::page(app.route);
    // The Orders page stays, so that an import goes on while the user looks elsewhere.
    let body = move || match page.get() {
        Page::Orders => ().into_any(),
        page => match app.later.now() {
            Some(rest) => (rest.page)(app, page),
            None => view! { <p class="muted">"Loading…"</p> }.into_any(),
        },
    };
    view! {
        <div class="shell">
            <a class="skip-link" href="#main" on:click=move |event| skip(&event)>"Skip to the page"</a>
            <header class="top">
                <Bar app dialogs/>
                <KpiStrip app/>
            </header>
            <Trouble app/>
            {app.later.view(move |rest| (rest.preview)(app))}
            <div class="workspace" data-panel=move || if dialogs.panel.get() { "open" } else { "closed" }>
                <main id="main" class="page" tabindex="-1">
                    <div class="stack" hidden=move || page.get() != Page::Orders>
                        <OrdersPage app importer dragging/>
                    </div>
                    {body}
                </main>
                {app.later.view(move |rest| (rest.panel)(app, dialogs.panel))}
            </div>
            <footer class="foot">
                "Perennial computes in your browser; nothing you enter leaves it. Figures marked ~ are estimates, * rest on assumed costs."
            </footer>
        </div>
        {app.later.view(move |rest| (rest.dialogs)(app, dialogs))}
        {app.later.view(move |rest| (rest.notices)(app))}
    }
}

/// The link of the skip link is no place: it moves the focus instead.
fn skip(event: &leptos::ev::MouseEvent) {
    event.prevent_default();
    focus("#main");
}

/// Moves the focus to an element, where there is one.
fn focus(selector: &str) {
    use wasm_bindgen::JsCast;
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(element.focus());
    }
}

/// Why there are no new figures, with a way out.
#[component]
fn Trouble(app: App) -> impl IntoView {
    let missing = move || {
        let failed = app.later.has_failed();
        failed.then(
            || view! { <p class="banner error" role="alert" data-testid="notice">{MISSING}</p> },
        )
    };
    let failed = move || {
        let failure = app.client.failure.get()?;
        Some(view! {
            <div class="banner error" role="alert" data-testid="trouble">
                <p>{failure.message}</p>
                <a class="button" href="#/orders">"Go to Orders"</a>
                <button type="button" class="button" on:click=move |_| app.dispatch(Edit::SetOrders(Orders::Sample))>"Show the sample"</button>
                <button type="button" class="button" on:click=move |_| app.undo()>"Undo the last change"</button>
            </div>
        })
    };
    view! { {missing} {failed} }
}

/// How numbers are written: the data's currency, else the one chosen for display.
fn formats(app: App) -> Signal<Formats> {
    let of_data = app.slice(|results| results.currency.clone());
    let formats = Memo::new(move |_| {
        app.display.with(|display| Formats {
            locale: display.locale.clone().unwrap_or_default(),
            currency: of_data.get().or_else(|| display.currency.clone()),
        })
    });
    formats.into()
}

/// Listens to the address, the keys, and to files and text that arrive.
fn follow(app: App, importer: Importer, dialogs: Dialogs, dragging: RwSignal<bool>) {
    route::follow(app.route, move |link| {
        app.later.run(move |rest| (rest.open_link)(app, &link));
    });
    zone::listen(importer, dragging);
    let single = move || !app.display.with_untracked(|display| display.no_single_keys);
    shortcuts::listen(single, move |shortcut| match shortcut {
        // Nothing of ours comes up before a customer.
        _ if app.route.with_untracked(Route::is_presented) => {}
        Shortcut::Undo => app.undo(),
        Shortcut::Redo => app.redo(),
        Shortcut::Help => dialogs.show(dialogs.help),
        Shortcut::Palette => dialogs.show(dialogs.palette),
        Shortcut::Save => app.later.run(move |rest| (rest.save_project)(app)),
        Shortcut::Search => {
            app.route_to(&Route::to(Page::Accounts));
            // The page has to be there before its search can have the focus.
            set_timeout(
                || focus("#account-search"),
                std::time::Duration::from_millis(50),
            );
        }
    });
}

/// Saves whatever happens from now on, and takes over what another tab has saved.
fn save(app: App, first: bool) {
    let adopt = Callback::new(move |(document, history)| app.take_over(document, history));
    app.later.run(move |rest| {
        spawn_local(async move {
            if first {
                let Restored { desk, notes } = (rest.restore)(app.store).await;
                // The browser knew nothing of an earlier visit, and yet there was one.
                if *desk.document() != Document::default() {
                    app.take_over(desk.document().clone(), desk.history().clone());
                }
                app.warn(&notes);
            }
            (rest.follow)(app.store, app.desk(), adopt);
        });
    });
}

/// Tells the boot script once the first screen works: it shows results, or says why it cannot.
fn announce_ready(app: App) {
    let page = state::page(app.route);
    let works = Memo::new(move |before: Option<&bool>| {
        let answered = app.results.with(Option::is_some)
            || app.client.failure.with(Option::is_some)
            || app.is_empty();
        let shown = page.get() == Page::Orders || app.later.is_here() || app.later.has_failed();
        before == Some(&true) || (answered && shown)
    });
    Effect::new(move |_| {
        if works.get() {
            boot::ready();
        }
    });
}

/// The theme is the document's, and stands on the root element; the title names the page.
fn wear_theme(app: App) {
    let page = state::page(app.route);
    Effect::new(move |_| {
        let theme = app.display.with(|display| display.theme);
        if let Some(root) = document().document_element() {
            let _ = match theme {
                Theme::System => root.remove_attribute("data-theme"),
                theme => root.set_attribute("data-theme", theme_name(theme)),
            };
        }
        document().set_title(&format!("{} · Perennial", page.get().label()));
    });
}
