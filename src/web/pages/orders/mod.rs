//! The Orders page: bringing orders in, and what the current book was made of.

pub mod check;
pub mod file;
pub mod mapping;
pub mod rates;
pub mod report;
pub mod zone;

use leptos::prelude::*;

use crate::document::Edit;
use crate::jobs::protocol::Orders;
use crate::view::words;
use crate::web::import::Importer;
use crate::web::state::App;

use check::CheckPanel;
use file::FileCard;
use report::ReportView;
use zone::Zone;

/// The page.
#[component]
pub(crate) fn OrdersPage(app: App, importer: Importer, dragging: RwSignal<bool>) -> impl IntoView {
    let busy = busy(importer);
    view! {
        <h1 class="visually-hidden">"Orders"</h1>
        <SampleBanner app/>
        <Zone importer dragging/>
        {app.later.view(move |rest| (rest.import)(importer))}
        <CurrentBook app busy/>
    }
}

/// The files of an import, and their check.
pub(crate) fn import(importer: Importer) -> AnyView {
    let handles = Memo::new(move |_| {
        importer
            .wizard
            .with(|w| w.files.iter().map(|file| file.handle).collect::<Vec<_>>())
    });
    let busy = busy(importer);
    view! {
        <section class="stack" aria-label="Import" aria-live="off">
            <For each=move || handles.get() key=|handle| *handle let(handle)>
                <FileCard importer handle/>
            </For>
            {move || busy.get().then(|| view! { <CheckPanel importer/> })}
        </section>
    }
    .into_any()
}

/// Whether files are being brought in.
fn busy(importer: Importer) -> Memo<bool> {
    Memo::new(move |_| importer.wizard.with(|w| !w.files.is_empty()))
}

/// What became of the rows of the current book.
pub(crate) fn report(app: App) -> AnyView {
    let orders = Signal::derive(move || app.orders.get().as_ref().clone());
    view! { <ReportView app report=app.report orders importer=None/> }.into_any()
}

/// Says that the figures are of the sample, or offers it.
#[component]
fn SampleBanner(app: App) -> impl IntoView {
    let kind = Memo::new(move |_| match app.orders.get().as_ref() {
        Orders::Sample => 0,
        Orders::None => 1,
        Orders::Files(_) => 2,
    });
    let set = move |orders: fn() -> Orders| move |_| app.dispatch(Edit::SetOrders(orders()));
    move || {
        match kind.get() {
        0 => view! {
            <div class="banner cluster" data-testid="sample-banner">
                <p>
                    <strong>"This is sample data of a machine shop"</strong>
                    ": made up, so that every page has something to show. Bring in your own orders to replace it."
                </p>
                <button type="button" class="button" on:click=set(|| Orders::None)>"Clear sample"</button>
            </div>
        }
        .into_any(),
        1 => view! {
            <div class="banner cluster" data-testid="empty-banner">
                <p>
                    <strong>"There are no orders yet."</strong>
                    " Drop, paste or choose a file below, or look at the sample first."
                </p>
                <button type="button" class="button" on:click=set(|| Orders::Sample)>"Bring back sample"</button>
            </div>
        }
        .into_any(),
        _ => ().into_any(),
    }
    }
}

/// What the current book was made of: it stays in sight after the import.
#[component]
fn CurrentBook(app: App, busy: Memo<bool>) -> impl IntoView {
    let files = Memo::new(move |_| match app.orders.get().as_ref() {
        Orders::Files(import) => import
            .files
            .iter()
            .map(|file| {
                (
                    file.name.clone(),
                    words::bytes(file.size),
                    words::agreed_all(&file.fixes),
                )
            })
            .collect(),
        Orders::None | Orders::Sample => Vec::new(),
    });
    let imported = Memo::new(move |_| !files.with(Vec::is_empty));
    let some = Memo::new(move |_| !matches!(app.orders.get().as_ref(), Orders::None));
    let rows = move || app.report.with(|report| report.in_book);
    view! {
        <section class="card card-body stack" aria-labelledby="book-title" hidden=move || !some.get() || busy.get()>
            <header class="cluster">
                <h2 id="book-title">"The current book"</h2>
                <span class="spacer"></span>
                {move || imported.get().then(|| view! {
                    <button type="button" class="button" on:click=move |_| app.dispatch(Edit::SetOrders(Orders::None))>
                        "Remove these orders"
                    </button>
                    <button type="button" class="button quiet" on:click=move |_| app.dispatch(Edit::SetOrders(Orders::Sample))>
                        "Show the sample"
                    </button>
                })}
            </header>
            // While an import is on screen its own check carries the outcome.
            {move || (imported.get() && !busy.get()).then(|| view! {
                <p data-testid="import-result" data-state="ok" data-rows=rows role="status">
                    {move || format!("{} of your files are in the book.", words::count(rows(), "row", "rows"))}
                </p>
            })}
            <ul class="plain notes" hidden=move || !imported.get()>
                {move || files.get().into_iter().map(|(name, size, fixes)| view! {
                    <li>{name}" " <span class="muted">{size}</span> {fixes}</li>
                }).collect_view()}
            </ul>
            {app.later.view(move |rest| (rest.report)(app))}
        </section>
    }
}
