//! The check of an import: progress with a way out, its outcome, and what to do with it.

use leptos::prelude::*;

use crate::jobs::protocol::{ImportReport, Orders, Progress};
use crate::view::wizard::{Check, Mode, Wizard};
use crate::view::words;
use crate::web::import::Importer;

use super::rates::Rates;
use super::report::ReportView;

#[derive(Clone, PartialEq)]
enum Stage {
    Open,
    Working,
    Ready,
    Failed(String),
}

/// Everything below the files: what happens to the current orders, the check, and its outcome.
#[component]
pub(crate) fn CheckPanel(importer: Importer) -> impl IntoView {
    let stage = Memo::new(move |_| {
        importer.wizard.with(|wizard| match &wizard.check {
            Check::Open => Stage::Open,
            Check::Working => Stage::Working,
            Check::Ready(_) => Stage::Ready,
            Check::Failed(failure) => Stage::Failed(failure.message.clone()),
        })
    });
    view! {
        <section class="card card-body stack" aria-label="Check of the import">
            <ModeChoice importer/>
            <Agreed importer/>
            {move || match stage.get() {
                Stage::Open => open(importer).into_any(),
                Stage::Working => working(importer).into_any(),
                Stage::Ready => ready(importer).into_any(),
                Stage::Failed(message) => failed(importer, message).into_any(),
            }}
        </section>
    }
}

/// Whether new orders take the place of the current ones; asked only where there are some to keep.
#[component]
fn ModeChoice(importer: Importer) -> impl IntoView {
    let has_files = Memo::new(move |_| {
        importer
            .orders()
            .with(|orders| matches!(**orders, Orders::Files(_)))
    });
    let mode = Memo::new(move |_| importer.wizard.with(|wizard| wizard.mode));
    let option = move |each: Mode, text: &'static str| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="import-mode"
                    prop:checked=move || mode.get() == each
                    on:change=move |_| importer.set_mode(each)
                />
                {text}
            </label>
        }
    };
    move || {
        has_files.get().then(|| {
            view! {
                <fieldset class="question">
                    <legend>"The orders that are here already"</legend>
                    {option(Mode::Replace, "Replace them with these")}
                    {option(Mode::Add, "Keep them and add these; rows that repeat are counted once")}
                </fieldset>
            }
        })
    }
}

/// The repairs that were agreed to, each with a way back.
#[component]
fn Agreed(importer: Importer) -> impl IntoView {
    let agreed = Memo::new(move |_| importer.wizard.with(Wizard::agreed));
    let row = move |(file, at, words): (_, usize, String)| {
        let name = format!("Take back: {words}");
        view! {
            <li class="cluster">
                <span>{words}</span>
                <button
                    type="button"
                    class="button small"
                    aria-label=name
                    on:click=move |_| importer.remove_fix(file, at)
                >
                    "Take back"
                </button>
            </li>
        }
    };
    move || {
        let agreed = agreed.get();
        (!agreed.is_empty()).then(|| {
            view! {
                <div class="stack" role="group" aria-labelledby="agreed-title">
                    <h3 id="agreed-title" class="small">"Agreed repairs"</h3>
                    <ul>{agreed.into_iter().map(row).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// Before a check; carries how far the files are, for as long as that is all there is to say.
fn open(importer: Importer) -> impl IntoView {
    let can = Memo::new(move |_| importer.wizard.with(Wizard::can_check));
    let standing = Memo::new(move |_| importer.wizard.with(Wizard::standing));
    let hint = move || importer.wizard.with(Wizard::to_do);
    view! {
        <div
            class="cluster"
            data-testid=move || standing.get().map(|_| "import-result")
            data-state=standing
            data-rows=move || standing.get().map(|_| "0")
        >
            <button
                type="button"
                class="button primary"
                disabled=move || !can.get()
                on:click=move |_| importer.check()
            >
                "Check these orders"
            </button>
            <CancelImport importer/>
            <span class="muted" role="status">{hint}</span>
        </div>
    }
}

fn working(importer: Importer) -> impl IntoView {
    let progress = move |pick: fn(&Progress) -> String| {
        move || {
            importer
                .progress()
                .with(|progress| progress.as_ref().map(pick).unwrap_or_default())
        }
    };
    let stage = progress(|p| p.stage.clone());
    let rows = progress(|p| words::count(p.rows, "row", "rows"));
    let done = progress(|p| p.done.to_string());
    view! {
        <div class="cluster" data-testid="import-result" data-state="working" data-rows="0">
            <progress max="1" value=done aria-label="Progress of the check"></progress>
            <span role="status">{stage}</span>
            <span class="muted">{rows}</span>
            <button type="button" class="button" on:click=move |_| importer.stop_check()>"Stop"</button>
        </div>
    }
}

fn failed(importer: Importer, message: String) -> impl IntoView {
    view! {
        <div class="stack" data-testid="import-result" data-state="error" data-rows="0">
            <p class="banner error" role="alert">{message}</p>
            <div class="cluster">
                <button type="button" class="button" on:click=move |_| importer.check()>"Check again"</button>
                <CancelImport importer/>
            </div>
        </div>
    }
}

fn ready(importer: Importer) -> impl IntoView {
    let report = Memo::new(move |_| {
        importer
            .wizard
            .with(|wizard| wizard.report().cloned().unwrap_or_default())
    });
    let orders = Signal::derive(move || importer.built().get().unwrap_or_default());
    let can = Memo::new(move |_| importer.wizard.with(Wizard::can_commit));
    let state = move || if can.get() { "ok" } else { "error" };
    let rows = move || report.with(|report| report.in_book);
    let label = move || {
        let rows = words::count(rows(), "row", "rows");
        match importer.wizard.with(|wizard| wizard.mode) {
            Mode::Replace => format!("Use these orders ({rows})"),
            Mode::Add => format!("Add to the current book ({rows} in all)"),
        }
    };
    view! {
        <div class="stack" data-testid="import-result" data-state=state data-rows=rows>
            <p class="banner" class:error=move || !can.get() role="status">
                {move || report.with(verdict)}
            </p>
            <Rates importer report/>
            <div class="cluster">
                <button
                    type="button"
                    class="button primary"
                    data-testid="import-commit"
                    disabled=move || !can.get()
                    on:click=move |_| importer.commit()
                >
                    {label}
                </button>
                <CancelImport importer/>
            </div>
            <ReportView app=importer.app() report orders importer=Some(importer)/>
        </div>
    }
}

fn verdict(report: &ImportReport) -> String {
    if report.in_book == 0 {
        return "No row could be read as an order, so there is nothing to take. The reasons are below; \
                change what the columns mean above."
            .into();
    }
    if !report.rates_needed.is_empty() {
        return format!(
            "Amounts are in several currencies. Enter a rate for {} first.",
            report.rates_needed.join(", ")
        );
    }
    let rejected = match report.rejected {
        0 => String::new(),
        n => format!(
            " {} could not be read; see below.",
            words::count(n, "row", "rows")
        ),
    };
    format!(
        "Ready: {} of {}. Nothing has changed yet.{rejected}",
        words::count(report.orders, "order", "orders"),
        words::count(report.accounts, "account", "accounts"),
    )
}

#[component]
fn CancelImport(importer: Importer) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-testid="import-cancel"
            on:click=move |_| importer.cancel()
        >
            "Cancel, keep everything as it was"
        </button>
    }
}
