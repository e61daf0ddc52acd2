//! What stands above the accounts table: search, filters, columns, exports.

use leptos::prelude::*;

use crate::base::{Shared, counted};
use crate::document::{Edit, TableChoice};
use crate::jobs::protocol::{ExportFormat, ExportOf, Table};
use crate::metrics::SheetColumn;
use crate::web::format::use_formats;
use crate::web::route;
use crate::web::state::App;
use crate::web::ui::{Icon, Popover, icon};

type TableMemo = ReadSignal<Option<Shared<Table>>>;

/// The tools.
#[component]
pub(crate) fn Tools(app: App, table: TableMemo) -> impl IntoView {
    let search = Memo::new(move |_| {
        app.route
            .with(|route| route.get("q").unwrap_or_default().to_owned())
    });
    let on_search = move |event| {
        let place = app
            .route
            .get_untracked()
            .with("q", &event_target_value(&event));
        app.window.set((0, app.window.get_untracked().1));
        route::replace(app.route, place);
    };
    view! {
        <div class="card-head">
            <div class="search">
                {icon(Icon::Search)}
                <input
                    id="account-search"
                    type="search"
                    class="input"
                    placeholder="Search accounts"
                    aria-label="Search accounts"
                    prop:value=search
                    on:input=on_search
                />
            </div>
            <Filters app table/>
            <Found table/>
            <Columns app table/>
            <Exports app/>
        </div>
    }
}

/// How many rows match.
#[component]
fn Found(table: TableMemo) -> impl IntoView {
    let formats = use_formats();
    let words = move || {
        table.with(|table| {
            let table = table.as_ref()?;
            Some(formats.with(|f| {
                let total = f.count(u64::from(table.total));
                if table.matching == table.total {
                    counted(&total, "account")
                } else {
                    format!("{} of {total} accounts", f.count(u64::from(table.matching)))
                }
            }))
        })
    };
    view! { <span class="muted small" role="status" data-testid="matching">{words}</span> }
}

/// One list of values for each column that can be filtered.
#[component]
fn Filters(app: App, table: TableMemo) -> impl IntoView {
    let choices = Memo::new(move |_| {
        table.with(|table| {
            let Some(table) = table.as_ref() else {
                return Vec::new();
            };
            let label = |key: &str| {
                let known = table.available.iter().find(|column| column.key == key);
                known.map_or_else(|| key.to_owned(), |column| column.label.clone())
            };
            let lists = table.choices.iter().filter(|(_, values)| values.len() > 1);
            lists
                .map(|(key, values)| (key.clone(), label(key), values.clone()))
                .collect()
        })
    });
    view! {
        <For each=move || choices.get() key=Clone::clone let((key, label, values))>
            {filter(app, &key, &label, values)}
        </For>
    }
}

fn filter(app: App, key: &str, label: &str, values: Vec<String>) -> AnyView {
    let name = format!("f.{key}");
    let chosen = {
        let name = name.clone();
        Memo::new(move |_| {
            app.route
                .with(|r| r.get(&name).unwrap_or_default().to_owned())
        })
    };
    let on_change = move |event| {
        let place = app
            .route
            .get_untracked()
            .with(&name, &event_target_value(&event));
        app.window.set((0, app.window.get_untracked().1));
        route::replace(app.route, place);
    };
    let options = values
        .into_iter()
        .map(|value| {
            let is = {
                let value = value.clone();
                move || chosen.get() == value
            };
            view! { <option value=value.clone() prop:selected=is>{value.clone()}</option> }
        })
        .collect_view();
    view! {
        <select class="select" aria-label=format!("Filter by {label}") on:change=on_change>
            <option value="" prop:selected=move || chosen.get().is_empty()>{format!("{label}: all")}</option>
            {options}
        </select>
    }
    .into_any()
}

/// Which columns are shown.
#[component]
fn Columns(app: App, table: TableMemo) -> impl IntoView {
    let content = Callback::new(move |()| {
        let (available, shown) = table.with_untracked(|table| {
            table.as_ref().map_or_else(Default::default, |table| {
                (table.available.clone(), keys(&table.columns))
            })
        });
        let first = available
            .first()
            .map(|column| column.key.clone())
            .unwrap_or_default();
        let boxes = available
            .into_iter()
            .map(|column| column_box(app, table, column, &first, &shown))
            .collect_view();
        let reset = move |_| choose(app, Vec::new());
        view! {
            <fieldset class="stack tight">
                <legend class="strong">"Columns"</legend>
                {boxes}
            </fieldset>
            <button type="button" class="button small" on:click=reset>"Usual columns"</button>
        }
        .into_any()
    });
    view! {
        <Popover
            name="Choose columns"
            class="button"
            panel_class="columns"
            face=view! { {icon(Icon::Table)} "Columns" }.into_any()
            content
        />
    }
}

fn keys(columns: &[SheetColumn]) -> Vec<String> {
    columns.iter().map(|column| column.key.clone()).collect()
}

fn choose(app: App, columns: Vec<String>) {
    let table = app.table.get_untracked();
    app.dispatch(Edit::SetTable(TableChoice {
        columns,
        ..table.as_ref().clone()
    }));
}

fn column_box(
    app: App,
    table: TableMemo,
    column: SheetColumn,
    first: &str,
    shown: &[String],
) -> AnyView {
    let SheetColumn {
        key, label, help, ..
    } = column;
    let is_name = key == first;
    let is_shown = shown.contains(&key);
    let on_change = move |event| {
        let on = event_target_checked(&event);
        let (available, mut shown) = table.with_untracked(|table| {
            table.as_ref().map_or_else(Default::default, |table| {
                (keys(&table.available), keys(&table.columns))
            })
        });
        shown.retain(|each| *each != key);
        if on {
            shown.push(key.clone());
        }
        // In the order of the list, wherever they were ticked.
        choose(
            app,
            available
                .into_iter()
                .filter(|each| shown.contains(each))
                .collect(),
        );
    };
    view! {
        <label class="check" title=help>
            <input type="checkbox" prop:checked=is_shown disabled=is_name on:change=on_change/>
            {label}
        </label>
    }
    .into_any()
}

/// The matching accounts as a file.
#[component]
fn Exports(app: App) -> impl IntoView {
    let export = move |format| app.export(ExportOf::Accounts(app.query()), format);
    view! {
        <div class="cluster no-print">
            <button type="button" class="button small quiet" data-testid="export-csv" on:click=move |_| export(ExportFormat::Csv)>
                {icon(Icon::Download)}
                "CSV"
            </button>
            <button type="button" class="button small quiet" data-testid="export-xlsx" on:click=move |_| export(ExportFormat::Sheet)>
                {icon(Icon::Download)}
                "XLSX"
            </button>
        </div>
    }
}
