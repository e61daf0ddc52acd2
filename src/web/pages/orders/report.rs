//! What became of every row: the equation, what was left out, problems with their fixes, notes,
//! and how much of the revenue has each field.

use leptos::prelude::*;

use crate::accounts::cycles::words::is_ahead;
use crate::ingest::problem::{Fix, Group};
use crate::jobs::protocol::{ExportFormat, ExportOf, ImportReport, Orders, REJECTED};
use crate::view::{tables, words};
use crate::web::format::{Formats, use_formats};
use crate::web::import::Importer;
use crate::web::state::App;

/// The report of an import; with fixes to apply while it is still a proposal.
#[component]
pub(crate) fn ReportView(
    app: App,
    report: Memo<ImportReport>,
    /// What it was built from.
    orders: Signal<Orders>,
    importer: Option<Importer>,
) -> impl IntoView {
    let formats = use_formats();
    let equation = move || report.with(words::equation);
    let span = move || {
        report.with(|report| {
            let (first, last) = report.span?;
            let said = format!(
                "{} of {}, {first} to {last}.",
                words::count(report.orders, "order", "orders"),
                words::count(report.accounts, "account", "accounts"),
            );
            Some(formats.with(|f| f.sentence(&said)))
        })
    };
    // A slip in one year moves the as-of date of everything.
    let ahead = move || {
        let (_, last) = report.with(|report| report.span)?;
        let said = format!(
            "The newest order is of {last}, which is still to come: everything is seen as of that day. \
             Mend the date, or set the as-of date among the assumptions."
        );
        let said = formats.with(|f| f.sentence(&said));
        is_ahead(last, crate::web::today())
            .then(|| view! { <p class="banner warning" data-testid="ahead">{said}</p> })
    };
    view! {
        <div class="report">
            <p class="equation" data-testid="import-equation">{equation}</p>
            {ahead}
            <div class="cluster">
                <p class="muted">{span}</p>
                <span class="spacer"></span>
                {app.sheet_buttons("What became of every row", move || Some(report.with(tables::import)))}
            </div>
            {move || report.with(left_out)}
            {move || report.with(|report| problems(app, report, importer))}
            {move || report.with(notes)}
            {move || orders.with(|orders| formats.with(|f| rates(orders, f)))}
            {move || report.with(coverage)}
            {move || report.with(|report| !report.coverage.is_empty()).then(|| {
                app.sheet_buttons("What the data holds", move || Some(report.with(tables::coverage)))
            })}
        </div>
    }
}

fn left_out(report: &ImportReport) -> impl IntoView + use<> {
    let lines = report
        .left_out
        .iter()
        .filter(|(_, rows)| *rows > 0)
        .map(|(what, rows)| view! { <li>{format!("{what}: {}", words::grouped(*rows))}</li> })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="small">"Left out, and why"</h3>
            <ul class="plain notes">{lines}</ul>
        }
    })
}

fn notes(report: &ImportReport) -> impl IntoView + use<> {
    let lines = report
        .notes
        .iter()
        .map(|note| view! { <li>{note.clone()}</li> })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="small">"What the rules did"</h3>
            <ul class="plain notes">{lines}</ul>
        }
    })
}

fn rates(orders: &Orders, formats: &Formats) -> impl IntoView + use<> {
    let lines = words::rates(orders)
        .iter()
        .map(|said| view! { <li>{formats.sentence(said)}</li> })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="small">"Exchange rates, as you entered them"</h3>
            <ul class="plain notes" data-testid="rates-used">{lines}</ul>
        }
    })
}

fn problems(app: App, report: &ImportReport, importer: Option<Importer>) -> impl IntoView + use<> {
    let what = match importer {
        Some(_) => ExportOf::Rejected,
        None => ExportOf::Sheet(REJECTED.into()),
    };
    let groups = report.problems.clone();
    let rejected = report.rejected > 0;
    (!groups.is_empty()).then(|| {
        view! {
            <div class="cluster">
                <h3 class="small">"Problems, by what repairs them"</h3>
                {rejected.then(|| view! {
                    <button
                        type="button"
                        class="button"
                        data-testid="rejected-download"
                        on:click=move |_| app.export(what.clone(), ExportFormat::Csv)
                    >
                        "Download the rejected rows"
                    </button>
                })}
            </div>
            <ul class="problems">
                {groups.iter().map(|group| problem(group, importer)).collect_view()}
            </ul>
        }
    })
}

fn problem(group: &Group, importer: Option<Importer>) -> impl IntoView + use<> {
    let class = if group.rejected {
        "chip bad"
    } else {
        "chip warn"
    };
    let fate = if group.rejected {
        "rejected"
    } else {
        "in the book, with a warning"
    };
    let rows = words::count(group.count, "row", "rows");
    let examples = group
        .examples
        .iter()
        .take(3)
        .map(|example| {
            let column =
                example.role.map(|role| format!(", {}", role.label())).unwrap_or_default();
            view! { <li>{format!("line {}{column}: ", example.row)}<code>{example.found.clone()}</code></li> }
        })
        .collect_view();
    let (name, can_fix) = importer.map_or((None, false), |i| i.problem_file(group.file));
    let fixes = importer.filter(|_| can_fix).map(|importer| {
        let file = group.file;
        group
            .fixes
            .iter()
            .map(|fix| fix_button(importer, file, fix.clone(), words::fix(fix, group)))
            .collect_view()
    });
    view! {
        <li class="problem" data-code=words::code(group.code)>
            <p>
                <strong>{words::problem(group.code)}</strong>
                " "
                <span class=class>{format!("{rows} {fate}")}</span>
                {name.map(|name| format!(" {name}"))}
            </p>
            <p class="muted">{format!("Expected: {}", group.expected)}</p>
            {importer.and(words::way_out(group)).map(|words| view! { <p>{words}</p> })}
            <ul class="examples">{examples}</ul>
            <div class="cluster">{fixes}</div>
        </li>
    }
}

fn fix_button(importer: Importer, file: u32, fix: Fix, label: String) -> AnyView {
    match fix {
        // The rate is typed in the table above, not here.
        Fix::Rate { .. } => {
            view! { <span class="muted">{label}" in the table above."</span> }.into_any()
        }
        Fix::Replace {
            column,
            found,
            with,
        } => {
            let text = RwSignal::new(with);
            let name = label.clone();
            let on_apply = move |_| {
                let fix = Fix::Replace {
                    column,
                    found: found.clone(),
                    with: text.get_untracked(),
                };
                importer.add_fix(file, fix);
            };
            view! {
                <label class="cluster">
                    {label}
                    <input
                        type="text"
                        class="input short"
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    />
                </label>
                <button type="button" class="button" aria-label=format!("Apply: {name}") on:click=on_apply>"Apply"</button>
            }
            .into_any()
        }
        fix => {
            let on_apply = move |_| importer.add_fix(file, fix.clone());
            view! { <button type="button" class="button" on:click=on_apply>{label}</button> }
                .into_any()
        }
    }
}

fn coverage(report: &ImportReport) -> impl IntoView + use<> {
    let (held, missing): (Vec<_>, Vec<_>) =
        report.coverage.iter().partition(|(_, share)| *share > 0.0);
    let missing: Vec<&str> = missing.iter().map(|(field, _)| field.as_str()).collect();
    let missing = (!missing.is_empty() && !held.is_empty())
        .then(|| format!("Not in the data: {}.", missing.join(", ")));
    let rows = held
        .into_iter()
        .map(|(field, share)| {
            // What is nearly all is not all.
            let percent = format!("{:.0} %", (share * 100.0).clamp(1.0, if *share < 1.0 { 99.0 } else { 100.0 }));
            view! {
                <tr>
                    <th scope="row">{field.clone()}</th>
                    <td class="num">{percent}</td>
                    <td><meter min="0" max="1" value=share.to_string() aria-label=format!("Share of revenue with {field}")></meter></td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <h3 class="small">"What the data holds, as a share of revenue"</h3>
            <table class="table coverage">
                <thead class="visually-hidden">
                    <tr><th scope="col">"Field"</th><th scope="col">"Share"</th><th scope="col">"Bar"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="muted small">{missing}</p>
        }
    })
}
