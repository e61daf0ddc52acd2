//! Whose turn a cause of defection is, and whether it can be fixed: said by the user, cause by cause.

use leptos::prelude::*;

use crate::accounts::defection::Origin;
use crate::actions::review::Verdict;
use crate::document::Edit;
use crate::metrics::Cell;
use crate::web::state::App;

/// Causes that can be judged: the least likely to be chance.
const MOST: usize = 12;

const ORIGINS: [(&str, Option<Origin>); 4] = [
    ("As supposed", None),
    ("Sales", Some(Origin::Sales)),
    ("Marketing", Some(Origin::Marketing)),
    ("Operations", Some(Origin::Operations)),
];

/// The causes of the analysis above, each with what is judged of it.
#[component]
pub(crate) fn Causes(app: App) -> impl IntoView {
    let names = app.slice(|results| {
        let sheet = results
            .sheets
            .iter()
            .find(|sheet| sheet.key == "defection")?;
        let name = |row: &Vec<Cell>| match row.first() {
            Some(Cell::Text(name)) => Some(name.clone()),
            _ => None,
        };
        Some(
            sheet
                .rows
                .iter()
                .filter_map(name)
                .take(MOST)
                .collect::<Vec<String>>(),
        )
    });
    let names = Memo::new(move |before: Option<&Vec<String>>| {
        names.get().or_else(|| before.cloned()).unwrap_or_default()
    });
    let row = move |name: String| view! { <Cause app name/> };
    view! {
        <section
            class="card card-body stack"
            aria-labelledby="causes-title"
            data-testid="causes"
            hidden=move || names.with(Vec::is_empty)
        >
            <div>
                <h3 id="causes-title">"Whose turn is it?"</h3>
                <p class="muted">"What you say here stands in the table above, and is kept with your work."</p>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-labelledby="causes-title">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Accounts with"</th>
                            <th scope="col">"Look first at"</th>
                            <th scope="col">"Cannot be fixed"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || names.get() key=Clone::clone children=row/>
                    </tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Cause(app: App, name: String) -> impl IntoView {
    let key = StoredValue::new(name.clone());
    let verdict = Memo::new(move |_| {
        app.review.with(|review| {
            key.with_value(|key| review.causes.get(key).copied())
                .unwrap_or_default()
        })
    });
    let judge = move |verdict: Verdict| {
        let cause = key.get_value();
        app.dispatch(Edit::Judge { cause, verdict });
    };
    let on_origin = move |event| {
        let chosen = event_target_value(&event);
        let found = ORIGINS.iter().find(|(label, _)| *label == chosen);
        judge(Verdict {
            origin: found.and_then(|(_, origin)| *origin),
            ..verdict.get_untracked()
        });
    };
    let on_fixed = move |event| {
        judge(Verdict {
            cannot_be_fixed: event_target_checked(&event),
            ..verdict.get_untracked()
        });
    };
    let options = ORIGINS.map(|(label, origin)| {
        let chosen = move || verdict.get().origin == origin;
        view! { <option value=label prop:selected=chosen>{label}</option> }
    });
    let about = format!("Look first for {name} at");
    let fixed = format!("{name} cannot be fixed");
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>
                <select class="select" aria-label=about on:change=on_origin>
                    {options.into_iter().collect_view()}
                </select>
            </td>
            <td>
                <input
                    type="checkbox"
                    aria-label=fixed
                    prop:checked=move || verdict.get().cannot_be_fixed
                    on:change=on_fixed
                />
            </td>
        </tr>
    }
}
