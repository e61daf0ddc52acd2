//! The programme that is measured: when it ran, what it cost, whom it reached, who was left out.

use leptos::prelude::*;

use crate::actions::review::{By, Members, Programme};
use crate::base::{Date, Money};
use crate::document::Edit;
use crate::web::state::App;

/// Days back from the as-of date that a new programme is taken to have run.
const PROPOSED: i32 = 90;

type Change = fn(&mut Programme, &str);

/// The form; each entry counts at once.
#[component]
pub(crate) fn ProgrammeForm(app: App) -> impl IntoView {
    let kept = Memo::new(move |_| app.review.with(|review| review.programme.clone()));
    let as_of = move || {
        let date = app.results.with(|r| r.as_ref().map(|r| r.as_of));
        date.unwrap_or_default()
    };
    let now = Memo::new(move |_| {
        kept.get().unwrap_or_else(|| Programme {
            from: as_of().plus_days(-PROPOSED),
            until: as_of(),
            ..Programme::default()
        })
    });
    let change = move |with: Change, text: &str| {
        let mut programme = now.get_untracked();
        with(&mut programme, text);
        app.dispatch(Edit::SetProgramme(Some(Box::new(programme))));
    };
    let field = move |label: &'static str,
                      kind: &'static str,
                      read: fn(&Programme) -> String,
                      with: Change| {
        let on_change = move |event| change(with, &event_target_value(&event));
        view! {
            <label class="labelled">
                {label}
                <input class="input" type=kind prop:value=move || now.with(read) on:change=on_change/>
            </label>
        }
    };
    let clear = move |_| app.dispatch(Edit::SetProgramme(None));
    view! {
        <section class="card card-body stack" aria-labelledby="programme-title" data-testid="programme">
            <div>
                <h3 id="programme-title">"Did a programme pay?"</h3>
                <p class="muted">"A mailing, a discount, a visit: name the accounts it reached and, to compare with, accounts that were left out by chance. Without them only before and after can be compared, which is weak."</p>
            </div>
            <div class="grid-2">
                {field("Name", "text", |p| p.name.clone(), |p, text| text.clone_into(&mut p.name))}
                {field("What it cost", "number", cost_text, set_cost)}
                {field("First day", "date", |p| p.from.to_string(), |p, text| set_day(&mut p.from, text))}
                {field("Last day", "date", |p| p.until.to_string(), |p, text| set_day(&mut p.until, text))}
                <Group legend="Accounts it reached" now pick=|p| &p.test change=move |members| {
                    let mut programme = now.get_untracked();
                    programme.test = members;
                    app.dispatch(Edit::SetProgramme(Some(Box::new(programme))));
                }/>
                <Group legend="Accounts left out, to compare with" now pick=|p| &p.control change=move |members| {
                    let mut programme = now.get_untracked();
                    programme.control = members;
                    app.dispatch(Edit::SetProgramme(Some(Box::new(programme))));
                }/>
            </div>
            <details>
                <summary>"It sells more than can be delivered"</summary>
                <div class="grid-2">
                    {field("Wanted, in pieces or orders", "number", |p| p.wanted.to_string(), |p, text| set_count(&mut p.wanted, text))}
                    {field("Of it can be delivered", "number", |p| p.available.to_string(), |p, text| set_count(&mut p.available, text))}
                    {field("Of the disappointed leave, in %", "number", |p| p.leave_percent.to_string(), |p, text| set_count(&mut p.leave_percent, text))}
                </div>
            </details>
            <div class="cluster">
                <button type="button" class="button small quiet" hidden=move || kept.with(Option::is_none) on:click=clear>"Forget this programme"</button>
            </div>
        </section>
    }
}

fn cost_text(programme: &Programme) -> String {
    programme.cost.amount().normalize().to_string()
}

/// As a field of numbers writes it; what is no amount leaves the cost as it was.
fn set_cost(programme: &mut Programme, text: &str) {
    if let Some(cost) = Money::parse(text) {
        programme.cost = cost;
    }
}

fn set_count(count: &mut u32, text: &str) {
    if let Ok(read) = text.trim().parse() {
        *count = read;
    }
}

fn set_day(day: &mut Date, text: &str) {
    if let Some(read) = Date::parse(text) {
        *day = read;
    }
}

/// Who is in a group: how that is said, and the words.
#[component]
fn Group(
    legend: &'static str,
    now: Memo<Programme>,
    pick: fn(&Programme) -> &Members,
    change: impl Fn(Members) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let members = Memo::new(move |_| now.with(|programme| pick(programme).clone()));
    let on_by = move |event| {
        let chosen = event_target_value(&event);
        let by = By::ALL.iter().find(|(_, label)| *label == chosen);
        let text = members.with_untracked(|members| members.text.clone());
        change(Members {
            by: by.map(|(by, _)| *by).unwrap_or_default(),
            text,
        });
    };
    let on_text = move |event| {
        change(Members {
            by: members.with_untracked(|members| members.by),
            text: event_target_value(&event),
        });
    };
    let options = By::ALL.map(|(by, label)| {
        let chosen = move || members.with(|members| members.by == by);
        view! { <option value=label prop:selected=chosen>{label}</option> }
    });
    view! {
        <fieldset class="rates">
            <legend>{legend}</legend>
            <select class="select" aria-label=format!("{legend}: by") on:change=on_by>{options.into_iter().collect_view()}</select>
            <textarea
                class="textarea"
                rows="3"
                aria-label=legend
                prop:value=move || members.with(|members| members.text.clone())
                on:change=on_text
            ></textarea>
        </fieldset>
    }
}
