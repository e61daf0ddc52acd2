//! Sharing: a link with the assumptions, project files, and what was opened of either.
//!
//! What is opened stands beside the document until the user keeps it; then it is one edit.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::base::Date;
use crate::codec::project::Embedded;
use crate::codec::{Opened, link, project};
use crate::document::{Document, Edit};
use crate::jobs::protocol::Orders;
use crate::view::changes::{self, Difference};
use crate::view::route::{Page, Route};
use crate::view::words;

use super::format::use_formats;
use super::state::App;
use super::store;
use super::ui::{Dialog, Icon, NoticeKind, icon};
use super::{compare, download, route};

/// The most bytes of orders that a project file takes: it is put together in memory, several times.
const MOST_INSIDE: f64 = 200e6;

/// Something opened and not yet kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The document in it.
    pub opened: Opened,
    /// What was opened, in words.
    pub what: String,
    /// Whether it names orders of its own.
    pub with_orders: bool,
}

/// Reads a link of the address, and clears it from there.
pub fn open_link(app: App, query: &str) {
    // A tab that is open goes to the link's page as a new one does; a customer sees the offer alone.
    let here = Route::parse(&route::fragment());
    let place = if here.is_presented() {
        Route::presented()
    } else {
        Route {
            query: Vec::new(),
            ..here
        }
    };
    route::replace(app.route, place);
    match link::decode(query) {
        Ok(opened) => {
            remember(Some(query));
            app.preview(Preview {
                opened,
                what: "a link".into(),
                with_orders: false,
            });
        }
        Err(error) => app.tell(NoticeKind::Error, error.message),
    }
}

/// Where this tab notes the link that is open, for when the page is loaded again.
const OPEN: &str = "perennial.link";

fn remember(link: Option<&str>) -> Option<String> {
    let tab = web_sys::window()?.session_storage().ok().flatten()?;
    let before = tab.get_item(OPEN).ok().flatten();
    // Where it cannot be noted, a reload forgets the link, which is still in the message it came in.
    let _ = match link {
        Some(link) => tab.set_item(OPEN, link),
        None => tab.remove_item(OPEN),
    };
    before
}

/// Opens the link that was open when the page was loaded again.
pub fn reopen(app: App) {
    if app.opened.with_untracked(Option::is_none) {
        remember(None).inspect(|link| open_link(app, link));
    }
}

/// Reads a project file.
pub fn open_project(app: App, file: web_sys::File) {
    spawn_local(async move {
        let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
            app.tell(
                NoticeKind::Error,
                format!("{} cannot be read. Choose it again.", file.name()),
            );
            return;
        };
        match project::read(&js_sys::Uint8Array::new(&buffer).to_vec()) {
            Ok(opened) => {
                for inside in &opened.files {
                    let parts =
                        js_sys::Array::of1(&js_sys::Uint8Array::from(inside.bytes.as_slice()));
                    if let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence(&parts) {
                        app.client.provide(inside.id.clone(), blob);
                    }
                }
                let with_orders = *opened.document.orders != Orders::default();
                app.preview(Preview {
                    opened,
                    what: file.name(),
                    with_orders,
                });
            }
            Err(error) => app.tell(NoticeKind::Error, error.message),
        }
    });
}

/// Saves the project file.
pub fn save_project(app: App) {
    write_project(&app.document(), &[]);
    app.say("The project file was saved: all but the orders.");
}

fn write_project(document: &Document, files: &[Embedded]) {
    let text = project::write(document, files);
    download::save_text("perennial.ltv.json", "application/json", &text);
    store::note_backup(store::today());
}

/// Saves the project file with the order files inside.
fn save_with_orders(app: App) {
    spawn_local(async move {
        let document = app.document();
        match inside(app, &document).await {
            Ok(files) => {
                write_project(&document, &files);
                app.say(format!(
                    "The project file was saved with {} in it. Keep it as safe as the orders themselves.",
                    words::count(files.len() as u64, "order file", "order files"),
                ));
            }
            Err(why) => app.tell(NoticeKind::Warning, why),
        }
    });
}

/// The order files of a document with their bytes.
async fn inside(app: App, document: &Document) -> Result<Vec<Embedded>, String> {
    let gone = || {
        "An order file is not at hand any more. Import it again, or save the project file without \
         orders."
            .to_owned()
    };
    let found = app.store.order_files(document).await.ok_or_else(gone)?;
    let size: f64 = found.iter().map(|(_, blob)| blob.size()).sum();
    if size > MOST_INSIDE {
        return Err(format!(
            "The order files have {:.0} MB together; a project file takes up to {:.0} MB. Save it \
             without orders and keep the files beside it.",
            size / 1e6,
            MOST_INSIDE / 1e6
        ));
    }
    let mut files = Vec::new();
    for (id, blob) in found {
        let buffer = JsFuture::from(blob.array_buffer()).await;
        let bytes = js_sys::Uint8Array::new(&buffer.map_err(|_| gone())?).to_vec();
        let plan = document.orders.files().iter().find(|plan| plan.id == id);
        let name = plan.map(|plan| plan.name.clone()).unwrap_or_default();
        files.push(Embedded { id, name, bytes });
    }
    Ok(files)
}

/// The address of the page without its fragment.
fn address() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The share dialog.
#[component]
pub(crate) fn Share(app: App, open: RwSignal<bool>) -> impl IntoView {
    let content = Callback::new(move |()| content(app, open).into_any());
    view! { <Dialog open title="Share and save" testid="share-dialog" content/> }
}

fn content(app: App, open: RwSignal<bool>) -> impl IntoView {
    let used = untrack(|| app.used_now());
    // What is on screen is what is shared.
    let shown = app.opened.with_untracked(|opened| {
        let opened = opened.as_ref().filter(|_| app.shows_opened.get_untracked());
        opened.map(|preview| preview.opened.document.clone())
    });
    let document = shown.unwrap_or_else(|| app.document());
    let made = link::encode(&document, &used);
    let page = match app.route.with_untracked(|route| route.page) {
        Page::Deals => Page::Deals,
        Page::Scenarios => Page::Scenarios,
        _ => Page::Value,
    };
    let url = format!("{}#/{}?{}", address(), page.key(), made.query);
    let size = words::count(url.len() as u64, "character", "characters");
    let holds = made
        .holds
        .into_iter()
        .map(|held| {
            let pinned = held.pinned.then_some(" (estimated from your data)");
            view! { <dt>{held.label}</dt><dd>{held.value} {pinned}</dd> }
        })
        .collect::<Vec<_>>();
    let nothing = holds.is_empty();
    view! {
        <section class="stack">
            <h3>"A link"</h3>
            <p>"It holds the assumptions below and nothing else: no orders, no names of accounts. It never reaches a server."</p>
            <dl class="facts">{holds}</dl>
            {nothing.then(|| view! { <p class="muted">"Nothing differs from the defaults yet."</p> })}
            {store::on_a_disk().then(|| view! {
                <p class="warn">"Perennial was opened from a disk, so links name a file of this device and open on this device only. Send a project file instead."</p>
            })}
            <CopyBox app url/>
            <p class="muted small">{size}</p>
        </section>
        <ForCustomers app document/>
        <ProjectFile app open/>
    }
}

/// A link that holds only what is offered.
#[component]
fn ForCustomers(app: App, document: Document) -> impl IntoView {
    let made = link::encode(&document.for_customers(), &[]);
    let url = format!("{}{}&{}", address(), Route::presented(), made.query);
    let names: Vec<String> = made.holds.into_iter().map(|held| held.label).collect();
    let holds = if names.is_empty() {
        "prices and quantities, where they differ from the defaults; nothing does yet".to_owned()
    } else {
        names.join(", ")
    };
    view! {
        <details>
            <summary>"A link for the customer"</summary>
            <p>"It holds the deal's prices and quantities alone: " {holds} ". No cost, margin, assumption of yours or scenario is in it, and it opens as the offer alone."</p>
            <CopyBox app url testid="share-url-customer"/>
        </details>
    }
}

#[component]
fn CopyBox(
    app: App,
    url: String,
    #[prop(default = "share-url")] testid: &'static str,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let text = url.clone();
    let on_copy = move |_| {
        if let Some(area) = area.get_untracked() {
            area.select();
        }
        let text = text.clone();
        spawn_local(async move {
            if copy(&text).await {
                app.say("The link was copied.");
            } else {
                app.tell(
                    NoticeKind::Warning,
                    "The browser does not let the page copy. The link is selected: press Ctrl+C.",
                );
            }
        });
    };
    view! {
        <div class="cluster">
            <textarea
                node_ref=area
                class="textarea"
                readonly
                rows="3"
                aria-label="The link"
                data-testid=testid
                data-url=url.clone()
            >
                {url.clone()}
            </textarea>
            <button type="button" class="button primary" on:click=on_copy>"Copy the link"</button>
        </div>
    }
}

/// Copies, where the browser has a clipboard and lets the page write to it.
async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object());
    has && JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}

/// When a project file was saved last.
pub fn backup() -> String {
    let Some(day) = store::last_backup() else {
        return "No project file was saved from this browser yet.".into();
    };
    let date = use_formats().with_untracked(|formats| formats.date(Date::from_days(day)));
    let ago = match store::today() - day {
        ..=0 => "today".into(),
        1 => "yesterday".into(),
        days => format!("{days} days ago"),
    };
    format!("Last project file saved: {ago}, {date}.")
}

#[component]
fn ProjectFile(app: App, open: RwSignal<bool>) -> impl IntoView {
    let on_pick = move |event: leptos::ev::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(file) = input
            .and_then(|input| input.files())
            .and_then(|files| files.get(0))
        {
            open.set(false);
            open_project(app, file);
        }
    };
    let imported = app
        .orders
        .with_untracked(|orders| !orders.files().is_empty());
    view! {
        <section class="stack">
            <h3>"A project file"</h3>
            <p>"All assumptions, and how your files are read; the orders themselves only if you say so. Keep it as a backup or send it."</p>
            <div class="cluster">
                <button type="button" class="button" data-testid="project-save" on:click=move |_| save_project(app)>
                    {icon(Icon::Download)}
                    "Save project file"
                </button>
                {imported.then(|| view! {
                    <button type="button" class="button" data-testid="project-save-orders" on:click=move |_| save_with_orders(app)>
                        {icon(Icon::Download)}
                        "Save with the orders"
                    </button>
                })}
            </div>
            <p class="muted small" data-testid="backup">{backup()}</p>
            <div class="cluster">
                <label class="labelled">
                    <span>"Open a project file"</span>
                    <input type="file" class="input" accept=".json,application/json" data-testid="project-open" on:change=on_pick/>
                </label>
            </div>
        </section>
    }
}

/// What was opened and what it would change, until it is kept or discarded.
#[component]
pub(crate) fn PreviewBanner(app: App) -> impl IntoView {
    reopen(app);
    // What is in use now is known with the results, and is other after an edit.
    let list = Memo::new(move |_| {
        app.opened.with(|opened| {
            // Without anything opened, no result need be looked at.
            let Some(preview) = opened else {
                return Vec::new();
            };
            let (used, now) = (app.used_now(), app.document());
            let then: &Document = &preview.opened.document;
            changes::differences(&now, then, &used, preview.with_orders)
        })
    });
    move || {
        app.opened
            .with(|opened| Some(banner(app, opened.as_ref()?, list)))
    }
}

fn banner(app: App, preview: &Preview, list: Memo<Vec<Difference>>) -> AnyView {
    let (then, with_orders) = (preview.opened.document.clone(), preview.with_orders);
    // What the worker computes with are the orders that are here.
    let figures = move || {
        if with_orders {
            let said = "The figures of its orders show once you keep it; undo brings back what is here now.";
            return Some(view! { <p class="muted">{said}</p> }.into_any());
        }
        compare::figures(app, &then)
    };
    let what = preview.what.clone();
    let headline = move || match list.with(Vec::len) {
        0 => format!("You opened {what}. It changes nothing here."),
        count => format!(
            "You opened {what}. It would change {}; nothing is replaced before you say so.",
            words::count(count as u64, "value", "values")
        ),
    };
    let some = Memo::new(move |_| list.with(|list| !list.is_empty()));
    let rows = move || {
        let row = |each: Difference| view! { <tr><th scope="row">{each.label}</th><td>{each.now}</td><td>{each.then}</td></tr> };
        list.get().into_iter().map(row).collect_view()
    };
    let repairs = preview
        .opened
        .repairs
        .iter()
        .map(|repair| view! { <li>{format!("{}: {}", repair.at, repair.message)}</li> })
        .collect_view();
    let newer = preview.opened.newer.map(|schema| {
        view! {
            <p class="warn">
                {format!("It was made by a newer version of Perennial (format {schema}). What this version knows is shown; reload the page to get the newer one.")}
            </p>
        }
    });
    let keep = move |_| app.keep_preview();
    view! {
        <section class="banner" data-testid="link-preview" aria-label="What was opened">
            <p><strong>{headline}</strong></p>
            <div class="cluster">
                <button type="button" class="button primary" data-testid="preview-keep" on:click=keep>"Keep"</button>
                <button type="button" class="button" data-testid="preview-discard" on:click=move |_| app.discard_preview()>"Discard"</button>
                <button
                    type="button"
                    class="button"
                    data-testid="preview-compare"
                    aria-pressed=move || app.shows_opened.get().to_string()
                    on:click=move |_| app.shows_opened.update(|shows| *shows = !*shows)
                >
                    "Show its figures on the page"
                </button>
            </div>
            {newer}
            {move || some.get().then(|| view! {
                <div class="grid-2 side-by-side">
                    <div class="table-scroll preview-changes" tabindex="0" role="region" aria-label="What would change">
                        <table class="table">
                            <thead><tr><th scope="col">"Assumption"</th><th scope="col">"Now"</th><th scope="col">"Opened"</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    {figures()}
                </div>
            })}
            <ul class="plain">{repairs}</ul>
        </section>
    }
    .into_any()
}

impl App {
    /// Shows something opened beside the document; where there is no work of the user's own to
    /// hide, its figures at once.
    pub fn preview(self, preview: Preview) {
        self.shows_opened
            .set(changes::is_untouched(&self.document()));
        self.opened.set(Some(preview));
    }

    /// Ends the showing of what was opened, for the document is about to change and is to be seen.
    /// Where there is no work of the user's own, what was opened is what changes.
    pub fn leave_preview(self) {
        if self.shows_opened.get_untracked() {
            if changes::is_untouched(&self.document()) {
                self.keep_preview();
            } else {
                self.shows_opened.set(false);
                self.say("You changed your own project: its figures are shown again.");
            }
        }
    }

    /// Takes what was opened: one step of undo.
    pub fn keep_preview(self) {
        if let Some(preview) = self.opened.get_untracked() {
            self.close_preview();
            self.dispatch(Edit::Adopt {
                document: Box::new(preview.opened.document),
                what: preview.what.clone(),
                with_orders: preview.with_orders,
            });
            self.say(format!(
                "Kept: {}. Undo brings back what was here before.",
                preview.what
            ));
        }
    }

    /// Drops what was opened; everything is as it was.
    pub fn discard_preview(self) {
        self.close_preview();
        self.say("Discarded; everything is as it was.");
    }

    fn close_preview(self) {
        remember(None);
        self.shows_opened.set(false);
        self.opened.set(None);
    }
}
