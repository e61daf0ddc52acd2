//! One file of an import: how far it is, its sheet, its questions, its columns, its first rows.

use leptos::prelude::*;

use crate::ingest::layout::{Choice, Layout, Question};
use crate::jobs::protocol::{Failure, FileHandle, Staged};
use crate::view::wizard::{self, FileStage, Reading};
use crate::view::words;
use crate::web::import::Importer;

use super::mapping::Mapping;

/// One file. Re-renders only when the file itself, not its columns' settings, changes.
#[component]
pub(crate) fn FileCard(importer: Importer, handle: FileHandle) -> impl IntoView {
    let file = importer.file(handle);
    let name = move || file.with(|file| file.as_ref().map(|file| file.name.clone()));
    // Not the layout's content: answering a question must not rebuild the controls in use.
    let state = Memo::new(move |_| file.with(|file| file.as_ref().map(state_of)));
    view! {
        <article class="card card-body stack" aria-label=name>
            <header class="cluster">
                <h3>{name}</h3>
                <span class="muted">{move || file.with(|file| file.as_ref().map(size_of))}</span>
                <span class="spacer"></span>
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| importer.remove(handle)
                >
                    "Leave out this file"
                </button>
            </header>
            {move || match state.get() {
                None => ().into_any(),
                Some(State::Working) => {
                    view! { <p role="status" class="muted">"Reading the first rows…"</p> }.into_any()
                }
                Some(State::Refused(failure)) => refused(failure).into_any(),
                Some(State::Read) => read(importer, handle, file).into_any(),
            }}
        </article>
    }
}

#[derive(Clone, PartialEq)]
enum State {
    Working,
    Refused(Failure),
    Read,
}

fn state_of(file: &FileStage) -> State {
    match &file.reading {
        Reading::Working => State::Working,
        Reading::Refused(failure) => State::Refused(failure.clone()),
        Reading::Read(_) => State::Read,
    }
}

fn size_of(file: &FileStage) -> String {
    words::bytes(file.size)
}

fn refused(failure: Failure) -> impl IntoView {
    view! {
        <p class="banner error" role="alert" data-code=failure.code>
            {failure.message}
        </p>
    }
}

fn read(importer: Importer, handle: FileHandle, file: Memo<Option<FileStage>>) -> impl IntoView {
    let staged = move |pick: fn(&Staged) -> Vec<String>| {
        Memo::new(move |_| {
            file.with(|file| {
                file.as_ref()
                    .and_then(FileStage::staged)
                    .map(pick)
                    .unwrap_or_default()
            })
        })
    };
    let layout =
        Memo::new(move |_| file.with(|file| file.as_ref().and_then(FileStage::layout).cloned()));
    let summary = move || layout.with(|layout| layout.as_ref().map(described));
    let missing = Memo::new(move |_| {
        layout.with(|layout| layout.as_ref().map(wizard::missing).unwrap_or_default())
    });
    let notes = staged(|staged| staged.layout.notes.clone());
    let currency = move || {
        file.with(|file| {
            let file = file.as_ref()?;
            let said = words::currency(file.layout()?, file.stated)?;
            Some(view! { <li>{said}</li> })
        })
    };
    let sheets = staged(|staged| staged.sheets.clone());
    view! {
        <p class="muted">{summary}</p>
        <Sheets importer handle sheets file/>
        <Questions importer handle file layout/>
        <ul class="plain notes">
            {move || missing.get().into_iter().map(|what| view! {
                <li class="banner error">{format!("Still missing: {what}. Choose it in the table below.")}</li>
            }).collect_view()}
            {currency}
            {move || notes.get().into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
        </ul>
        <Mapping importer handle file layout/>
        <Preview file/>
    }
}

fn described(layout: &Layout) -> String {
    words::layout(layout)
}

#[component]
fn Sheets(
    importer: Importer,
    handle: FileHandle,
    sheets: Memo<Vec<String>>,
    file: Memo<Option<FileStage>>,
) -> impl IntoView {
    let chosen = move || file.with(|file| file.as_ref().and_then(|file| file.sheet.clone()));
    move || {
        let names = sheets.get();
        (names.len() > 1).then(|| {
            let first = names.first().cloned();
            let options = names
                .into_iter()
                .map(|name| {
                    let is = {
                        let (name, first) = (name.clone(), first.clone());
                        move || chosen().or_else(|| first.clone()).as_deref() == Some(&name)
                    };
                    view! { <option value=name.clone() prop:selected=is>{name.clone()}</option> }
                })
                .collect_view();
            view! {
                <label class="cluster">
                    "Sheet"
                    <select class="select" on:change=move |event| importer.choose_sheet(handle, event_target_value(&event))>
                        {options}
                    </select>
                </label>
            }
        })
    }
}

#[component]
fn Questions(
    importer: Importer,
    handle: FileHandle,
    file: Memo<Option<FileStage>>,
    layout: Memo<Option<Layout>>,
) -> impl IntoView {
    let asked = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref()
                .map(|file| file.asked.clone())
                .unwrap_or_default()
        })
    });
    let open = move || layout.with(|layout| layout.as_ref().map_or(0, |l| l.questions.len()));
    let header = move |at: usize| {
        layout.with_untracked(|layout| {
            layout
                .as_ref()
                .and_then(|l| l.columns.get(at))
                .map(|c| c.header.clone())
        })
    };
    move || {
        let asked = asked.get();
        (!asked.is_empty()).then(|| {
            view! {
                <div class="questions" role="group" aria-label="Questions about this file">
                    <p aria-live="polite">
                        {move || match open() {
                            0 => "All questions are answered. The answers are remembered for files with the same columns.",
                            _ => "Two readings fit, so please choose. Nothing is read before.",
                        }}
                    </p>
                    {asked
                        .into_iter()
                        .map(|question| {
                            let column = header(question.column);
                            ask(importer, handle, question, column, layout)
                        })
                        .collect_view()}
                </div>
            }
        })
    }
}

fn ask(
    importer: Importer,
    handle: FileHandle,
    question: Question,
    column: Option<String>,
    layout: Memo<Option<Layout>>,
) -> impl IntoView {
    let at = question.column;
    let group = format!("question-{handle}-{at}-{}", kind_of(&question));
    let options = question
        .options
        .into_iter()
        .map(|option| {
            let choice = option.choice;
            let is = move || {
                layout.with(|l| l.as_ref().is_some_and(|l| wizard::is_answer(l, at, choice)))
            };
            let on_change = move |_| {
                importer.edit(handle, move |layout| layout.answer(at, choice));
            };
            view! {
                <label class="check">
                    <input type="radio" name=group.clone() prop:checked=is on:change=on_change/>
                    {option.text}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="question" data-testid="question">
            <legend>{column.map(|name| format!("Column \"{name}\": "))} {question.text}</legend>
            {options}
        </fieldset>
    }
}

fn kind_of(question: &Question) -> &'static str {
    match question.options.first().map(|option| option.choice) {
        Some(Choice::DateOrder(_)) => "date",
        Some(Choice::Decimal(_)) => "decimal",
        Some(Choice::Role(_)) | None => "role",
    }
}

#[component]
fn Preview(file: Memo<Option<FileStage>>) -> impl IntoView {
    let rows = Memo::new(move |_| {
        file.with(|file| {
            let staged = file.as_ref().and_then(FileStage::staged)?;
            let head: Vec<(String, bool)> = staged
                .layout
                .columns
                .iter()
                .map(|column| (column.header.clone(), column.role.is_none()))
                .collect();
            Some((head, staged.preview.clone()))
        })
    });
    view! {
        <details class="preview">
            <summary>"First rows as they are read"</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="First rows">
                <table class="table">
                    {move || rows.get().map(|(head, rows)| {
                        let ignored: Vec<bool> = head.iter().map(|(_, ignored)| *ignored).collect();
                        view! {
                            <thead><tr>
                                {head.into_iter().map(|(name, off)| view! { <th scope="col" class:muted=off>{name}</th> }).collect_view()}
                            </tr></thead>
                            <tbody>
                                {rows.into_iter().map(|cells| view! {
                                    <tr>{cells.into_iter().zip(ignored.iter().copied().chain(std::iter::repeat(true)))
                                        .map(|(cell, off)| view! { <td class:muted=off>{cell}</td> }).collect_view()}</tr>
                                }).collect_view()}
                            </tbody>
                        }
                    })}
                </table>
            </div>
        </details>
    }
}
