//! The lifetime-value methods side by side, with the spread between them.

use leptos::prelude::*;

use crate::base::Unit;
use crate::document::Edit;
use crate::jobs::protocol::Method;
use crate::metrics::{Exactness, Number};
use crate::registry;
use crate::value::outputs::FITTED;
use crate::view::number::{Place, exact_text};
use crate::view::spread::{range_words, spread};
use crate::view::tables;
use crate::web::format::use_formats;
use crate::web::state::App;

use super::explained;

/// What stands behind a share of real cost.
const COVERED: &str = "The share of the cost in it that is recorded; the rest is assumed.";

/// The assumption that says which method is the headline.
const HEADLINE: &str = "method";

/// The table of methods; choosing one makes it the headline.
#[component]
pub(crate) fn Methods(
    app: App,
    methods: Signal<Vec<Method>>,
    /// The account they are of; the book's have none.
    #[prop(optional)]
    of: Option<Signal<String>>,
) -> impl IntoView {
    let sheet = move || {
        let mut sheet = methods.with(|all| tables::methods(all));
        if let Some(name) = of {
            sheet.title = format!("{}: {}", name.get(), sheet.title);
        }
        Some(sheet)
    };
    let ids = Memo::new(move |_| {
        methods.with(|all| {
            all.iter()
                .map(|method| method.id.clone())
                .collect::<Vec<_>>()
        })
    });
    let group = crate::web::ui::next_id("headline");
    view! {
        <div class="stack">
        <div class="table-scroll" tabindex="0" role="region" aria-label="Methods">
            <table class="table methods">
                <thead>
                    <tr>
                        <th scope="col" class="head">"Headline"</th>
                        <th scope="col" class="head">"Method, basis and timing"</th>
                        <th scope="col" class="num head">"Value"</th>
                        <th scope="col" class="head">"How it is computed"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get() key=Clone::clone let(id)>
                        <MethodRow app methods id group=group.clone()/>
                    </For>
                </tbody>
            </table>
        </div>
        <SpreadLine methods/>
        {app.sheet_buttons("Lifetime value by every method", sheet)}
        </div>
    }
}

#[component]
fn MethodRow(app: App, methods: Signal<Vec<Method>>, id: String, group: String) -> impl IntoView {
    let method = {
        let id = id.clone();
        Memo::new(move |_| methods.with(|all| all.iter().find(|m| m.id == id).cloned()))
    };
    let formats = use_formats();
    let text = move || {
        method.with(|m| {
            let method = m.as_ref()?;
            Some(match &method.figure.value {
                Ok(_) => formats.with(|f| f.figure(&method.figure, Unit::Money, Place::Cell)),
                Err(why) => why.0.clone(),
            })
        })
    };
    let exact = move || {
        method.with(|m| {
            m.as_ref()?
                .figure
                .value
                .as_ref()
                .ok()
                .map(|n| exact_text(*n))
        })
    };
    let mark = move || {
        method.with(|m| {
            let figure = &m.as_ref()?.figure;
            match (&figure.value, figure.exactness) {
                (Err(_), _) | (_, Exactness::Exact) => None,
                (_, Exactness::Estimated) => Some("est"),
                (_, Exactness::Assumed) => Some("assumed"),
            }
        })
    };
    let covered = move || {
        let figure = method.with(|m| Some(m.as_ref()?.figure.clone()))?;
        let share = figure
            .coverage
            .filter(|share| *share < 0.9995 && figure.value.is_ok())?;
        let share = formats.with(|f| f.share(share));
        (figure.exactness == Exactness::Assumed).then(|| {
            let words = format!("{share} real cost");
            view! { <div class="small muted" data-testid="covered" title=COVERED>{words}</div> }
        })
    };
    let fails = move || method.with(|m| m.as_ref().is_some_and(|m| m.figure.value.is_err()));
    let label = move || method.with(|m| m.as_ref().map(|m| m.label.clone()));
    let formula = move || method.with(|m| m.as_ref().map(|m| m.formula.clone()));
    let range = move || {
        method.with(|m| {
            let range = m.as_ref()?.range?;
            let words = formats.with(|f| {
                let show = |x| {
                    let number = Number::Float(x);
                    f.number(number, Unit::Money, Exactness::Estimated, Place::Cell)
                };
                range_words(&range, &show)
            });
            Some(view! { <div class="small" data-testid="range">{words}</div> })
        })
    };
    let note = move || {
        let note = method.with(|m| m.as_ref()?.figure.note.clone())?;
        Some(view! { <div class="small">{note}</div> })
    };
    let chosen = move || method.with(|m| m.as_ref().is_some_and(|m| m.chosen));
    let key = id.to_lowercase();
    let value = {
        let figure = Signal::derive(move || method.with(|m| Some(m.as_ref()?.figure.clone())));
        let text = Signal::derive(move || text().unwrap_or_default());
        let spec = registry::metric(&key).or((key == FITTED.key).then_some(&FITTED));
        explained(spec, figure, text)
    };
    let can_lead = key_is_headline(&key);
    let on_choose = move |_| {
        app.dispatch(Edit::Set {
            key: HEADLINE.into(),
            value: key.clone(),
            shown: None,
        });
        app.seal();
    };
    view! {
        <tr class:chosen=chosen>
            <td>
                {can_lead.then(|| view! {
                    <input
                        type="radio"
                        name=group
                        aria-label=format!("Make {id} the headline")
                        prop:checked=chosen
                        prop:disabled=move || fails() && !chosen()
                        on:change=on_choose
                    />
                })}
            </td>
            <th scope="row">{label}</th>
            <td class="num" class:why-not=fails data-method=id data-value=exact data-exact=mark>{value}{covered}</td>
            <td class="wrap muted">{formula}{range}{note}</td>
        </tr>
    }
}

/// Whether a method may be the headline: the registry's choices say.
fn key_is_headline(key: &str) -> bool {
    use crate::assumptions::Kind;
    crate::registry::assumption(HEADLINE).is_some_and(|spec| match spec.kind {
        Kind::Choice(options) => options.iter().any(|(name, _)| *name == key),
        _ => false,
    })
}

#[component]
fn SpreadLine(methods: Signal<Vec<Method>>) -> impl IntoView {
    let formats = use_formats();
    let line = move || {
        methods.with(|all| {
            let found = spread(all)?;
            Some(formats.with(|f| {
                let show =
                    |number| f.number(number, Unit::Money, Exactness::Estimated, Place::Cell);
                format!(
                    "Spread: from {} ({}) to {} ({}). The methods count different things; \
                     compare like with like by their labels.",
                    show(found.low.1),
                    found.low.0,
                    show(found.high.1),
                    found.high.0,
                )
            }))
        })
    };
    view! { <p class="small" data-testid="spread">{line}</p> }
}
