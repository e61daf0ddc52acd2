//! The columns of a file: what each means, how sure that is and why, and how its cells are read.

use leptos::prelude::*;

use crate::ingest::cells::codes;
use crate::ingest::layout::{Choice, Column, DateOrder, DecimalMark, Layout};
use crate::ingest::role::{Kind, Role};
use crate::jobs::protocol::FileHandle;
use crate::view::wizard::FileStage;
use crate::view::{wizard, words};
use crate::web::import::Importer;

const DATE_ORDERS: [DateOrder; 7] = [
    DateOrder::Ymd,
    DateOrder::Dmy,
    DateOrder::Mdy,
    DateOrder::Excel1900,
    DateOrder::Excel1904,
    DateOrder::EpochSeconds,
    DateOrder::EpochMillis,
];

/// The mapping table. Rows stay in place while their settings change, so that focus does too.
#[component]
pub(crate) fn Mapping(
    importer: Importer,
    handle: FileHandle,
    file: Memo<Option<FileStage>>,
    layout: Memo<Option<Layout>>,
) -> impl IntoView {
    // The headers decide which rows there are; everything else is read row by row.
    let headers = Memo::new(move |_| {
        layout.with(|layout| {
            let columns = layout.iter().flat_map(|layout| &layout.columns);
            columns
                .map(|column| column.header.clone())
                .enumerate()
                .collect::<Vec<_>>()
        })
    });
    let ignored = move || {
        layout.with(|layout| {
            layout
                .as_ref()
                .map(words::ignored_columns)
                .unwrap_or_default()
        })
    };
    // Once open it stays so: the answer to its last guess would take the focus with it.
    let guesses = Memo::new(move |was| {
        was.copied().unwrap_or_default() || layout.with(|layout| layout.iter().any(has_guesses))
    });
    // Thousands of options, which nobody sees before.
    let opened = RwSignal::new(false);
    let shown = Memo::new(move |_| guesses.get() || opened.get());
    let again = move |_| importer.read_afresh(handle);
    let recalled = move || {
        let recalled = file.with(|file| file.as_ref().is_some_and(|file| file.recalled));
        recalled.then(|| {
            view! {
                <p class="cluster">
                    "These columns are read as you said before."
                    <button type="button" class="button small quiet" on:click=again>"Forget that, and read afresh"</button>
                </p>
            }
        })
    };
    view! {
        <details class="mapping" open=guesses on:toggle=move |_| opened.set(true)>
            <summary>"Columns and what they mean"</summary>
            <Show when=move || shown.get()><div class="stack">
                <div class="table-scroll" tabindex="0" role="region" aria-label="Columns">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"Column"</th>
                                <th scope="col">"Values"</th>
                                <th scope="col">"Means, and how sure that is"</th>
                                <th scope="col">"Read as"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || headers.get() key=Clone::clone let((at, header))>
                                <ColumnRow importer handle layout at header/>
                            </For>
                        </tbody>
                    </table>
                </div>
                <FileCurrency importer handle layout/>
                <p class="muted">{ignored}</p>
                {recalled}
            </div></Show>
        </details>
    }
}

/// Whether there is something that the user may want to put right.
fn has_guesses(layout: &Layout) -> bool {
    let guessed = |column: &Column| column.role.is_some() && !wizard::is_sure(column);
    layout.columns.iter().any(guessed) || !wizard::missing(layout).is_empty()
}

/// Which currency all amounts are in, where no column says it.
#[component]
fn FileCurrency(
    importer: Importer,
    handle: FileHandle,
    layout: Memo<Option<Layout>>,
) -> impl IntoView {
    let without = Memo::new(move |_| {
        layout.with(|layout| {
            let layout = layout.as_ref();
            layout.is_some_and(|layout| layout.column(Role::Currency).is_none())
        })
    });
    let chosen = Memo::new(move |_| {
        layout.with(|layout| layout.as_ref().and_then(|layout| layout.currency.clone()))
    });
    let on_change = move |event| {
        let code = event_target_value(&event);
        importer.state_currency(handle, (!code.is_empty()).then_some(code));
    };
    let option = move |code: &'static str| {
        let is = move || chosen.with(|chosen| chosen.as_deref() == Some(code));
        view! { <option value=code prop:selected=is>{code}</option> }
    };
    move || {
        without.get().then(|| {
            view! {
                <label class="cluster">
                    "Currency of this file"
                    <select class="select" on:change=on_change>
                        <option value="" prop:selected=move || chosen.with(Option::is_none)>
                            "(not stated)"
                        </option>
                        {codes().map(option).collect_view()}
                    </select>
                </label>
            }
        })
    }
}

#[component]
fn ColumnRow(
    importer: Importer,
    handle: FileHandle,
    layout: Memo<Option<Layout>>,
    at: usize,
    header: String,
) -> impl IntoView {
    let column = Memo::new(move |_| {
        layout.with(|layout| {
            layout
                .as_ref()
                .and_then(|layout| layout.columns.get(at))
                .cloned()
        })
    });
    let samples =
        move || column.with(|column| column.as_ref().map(|column| column.samples.join(" · ")));
    let on_role = move |event| {
        let key = event_target_value(&event);
        let role = Role::ALL.iter().copied().find(|role| role.key() == key);
        importer.edit(handle, move |layout| layout.answer(at, Choice::Role(role)));
    };
    let role = Memo::new(move |_| column.with(|column| column.as_ref().and_then(|c| c.role)));
    let label = format!("Meaning of column {header}");
    view! {
        <tr class:muted=move || role.get().is_none()>
            <th scope="row">{header.clone()}</th>
            <td class="samples">{samples}</td>
            <td>
                <select class="select" aria-label=label on:change=on_role>
                    <option value="" prop:selected=move || role.get().is_none()>"(ignored)"</option>
                    {Role::ALL
                        .iter()
                        .map(|&each| {
                            view! {
                                <option value=each.key() prop:selected=move || role.get() == Some(each)>
                                    {each.label()}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
                {move || column.with(|column| column.as_ref().map(sureness))}
            </td>
            <td><Reading importer handle column at header/></td>
        </tr>
    }
}

fn sureness(column: &Column) -> impl IntoView + use<> {
    let (word, class) = words::certainty(column.certainty);
    let shown = column.role.is_some() || !wizard::is_sure(column);
    view! {
        {shown.then(|| view! { <span class=format!("chip {class}")>{word}</span> })}
        <span class="muted evidence">{column.evidence.clone()}</span>
    }
}

/// How dates or numbers of a column are read, as a choice.
#[component]
fn Reading(
    importer: Importer,
    handle: FileHandle,
    column: Memo<Option<Column>>,
    at: usize,
    header: String,
) -> impl IntoView {
    let kind = Memo::new(move |_| {
        column.with(|column| column.as_ref().and_then(|c| c.role).map(Role::kind))
    });
    move || match kind.get() {
        Some(Kind::Date) => {
            let order = move || column.with(|column| column.as_ref().and_then(|c| c.date_order));
            let on_change = move |event| {
                let chosen = event_target_value(&event);
                if let Some(&order) = chosen.parse().ok().and_then(|n: usize| DATE_ORDERS.get(n)) {
                    importer.edit(handle, move |layout| {
                        layout.answer(at, Choice::DateOrder(order));
                    });
                }
            };
            view! {
                <select class="select" aria-label=format!("Reading of dates in {header}") on:change=on_change>
                    {DATE_ORDERS.into_iter().enumerate().map(|(n, each)| view! {
                        <option value=n.to_string() prop:selected=move || order() == Some(each)>
                            {words::date_order(each)}
                        </option>
                    }).collect_view()}
                </select>
            }
            .into_any()
        }
        Some(Kind::Number) => {
            let mark = move || column.with(|column| column.as_ref().and_then(|c| c.decimal));
            let on_change = move |event| {
                let mark = if event_target_value(&event) == "," {
                    DecimalMark::Comma
                } else {
                    DecimalMark::Dot
                };
                importer.edit(handle, move |layout| {
                    layout.answer(at, Choice::Decimal(mark));
                });
            };
            view! {
                <select class="select" aria-label=format!("Reading of numbers in {header}") on:change=on_change>
                    <option value="." prop:selected=move || mark() != Some(DecimalMark::Comma)>"1,234.56"</option>
                    <option value="," prop:selected=move || mark() == Some(DecimalMark::Comma)>"1.234,56"</option>
                </select>
            }
            .into_any()
        }
        Some(Kind::Text) => view! { <span class="muted">"text"</span> }.into_any(),
        None => ().into_any(),
    }
}
