//! What "why?" opens: the metric's reading, its formula, the live figures in it, and where each
//! came from, with a way to the inputs.

use std::sync::Arc;

use leptos::context::Provider;
use leptos::prelude::*;

use super::field::head::origin_words;
use super::figure::{basis_words, exactness_mark};
use crate::assumptions::{self, Used};
use crate::growth::outputs;
use crate::metrics::{Exactness, Figure, Figures, Formula, Spec};
use crate::registry;
use crate::view::number::Place;
use crate::view::why::{Part, keys, mark_words, parts};
use crate::web::format::{Formats, use_formats};

/// What the explanations draw on: the figures of one subject and the assumptions in use.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// The subject's figures by metric key.
    pub figures: Arc<Figures>,
    /// The assumptions as used.
    pub used: Arc<Vec<Used>>,
}

/// How explanations get the live figures: asked only when one is opened.
#[derive(Clone, Copy)]
pub struct LiveSource(pub Callback<(), Live>);

/// Tells all figures of the page where their live figures are, unless a part of it has its own.
pub fn provide_live(source: Callback<(), Live>) {
    provide_context(LiveSource(source));
}

/// A part of the page whose figures have a source of their own. What is provided to the owner of a
/// closure would stay for what the closure shows next.
pub(crate) fn with_live(
    source: Callback<(), Live>,
    view: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    view! { <Provider value=LiveSource(source)>{view()}</Provider> }.into_any()
}

/// The nearest source of live figures.
pub(crate) fn source() -> Option<LiveSource> {
    use_context()
}

/// One thing a formula names.
struct Ingredient {
    label: &'static str,
    value: String,
    from: &'static str,
    /// The assumption's key, to go there.
    assumption: Option<&'static str>,
}

/// An input of a formula, of the document or of an offer.
fn input(key: &str) -> Option<&'static assumptions::Spec> {
    registry::assumption(key).or_else(|| outputs::input(key))
}

/// A figure of a formula, likewise.
fn metric(key: &str) -> Option<&'static Spec> {
    registry::metric(key).or_else(|| outputs::get(key))
}

fn ingredient(key: &'static str, live: &Live, formats: &Formats) -> Option<Ingredient> {
    if let Some(spec) = input(key) {
        let used = live.used.iter().find(|u| u.key == key);
        let canonical = used.map_or(spec.default, |u| u.value.as_str());
        return Some(Ingredient {
            label: spec.label,
            value: formats.value(spec, canonical),
            from: used.map_or("default", |u| origin_words(u.origin)),
            // An offer's own stand in its card, each several times on the page.
            assumption: registry::assumption(key).map(|spec| spec.key),
        });
    }
    let spec = metric(key)?;
    let figure = live.figures.get(key);
    Some(Ingredient {
        label: spec.label,
        value: figure.map_or_else(|| "–".into(), |f| formats.figure(f, spec.unit, Place::Full)),
        from: match spec.formula {
            // What is estimated rests on assumptions too.
            Formula::Data(_)
                if spec.exactness == Exactness::Exact && !registry::is_of_deal(spec) =>
            {
                "from your orders"
            }
            _ => "computed",
        },
        assumption: None,
    })
}

/// The whole explanation.
pub(crate) fn panel(
    spec: &'static Spec,
    figure: Signal<Option<Figure>>,
    source: Option<LiveSource>,
) -> AnyView {
    let formats = use_formats();
    let live = Memo::new(move |_| source.map(|s| s.0.run(())).unwrap_or_default());
    let formula = match spec.formula {
        Formula::Data(words) => view! { <p>{words}</p> }.into_any(),
        Formula::Expression(text) => formula(text),
    };
    let basis = move || {
        live.with(|live| {
            let chosen = live.used.iter().find(|u| u.key == "basis");
            basis_words(spec.basis.under(chosen.map_or("", |u| u.value.as_str())))
        })
    };
    let inputs = move || {
        let rows = live.with(|live| {
            formats.with(|f| {
                keys(spec)
                    .into_iter()
                    .filter_map(|key| ingredient(key, live, f))
                    .map(row)
                    .collect_view()
            })
        });
        view! { <table class="why-inputs"><tbody>{rows}</tbody></table> }
    };
    let result = move || figure.with(|f| f.as_ref().map(|f| result(spec, f, &formats.get())));
    view! {
        <p class="strong">{spec.label} " " <span class="muted">{basis}</span></p>
        <p>{spec.reading}</p>
        <div class="why-formula" data-testid="formula">{formula}</div>
        {(!keys(spec).is_empty()).then_some(inputs)}
        {result}
    }
    .into_any()
}

/// The formula with names in the field's words.
fn formula(text: &'static str) -> AnyView {
    let pieces = parts(text).into_iter().map(|part| match part {
        Part::Sign(sign) => view! { <span>{sign}</span> }.into_any(),
        Part::Name(key) => {
            let label = input(key).map(|s| s.label);
            let label = label
                .or_else(|| metric(key).map(|s| s.label))
                .unwrap_or(key);
            view! { <span class="name" title=key>{label.to_lowercase()}</span> }.into_any()
        }
    });
    view! { <span>{pieces.collect_view()}</span> }.into_any()
}

fn row(i: Ingredient) -> AnyView {
    let name = match i.assumption {
        Some(key) => view! {
            <button type="button" class="link-button" on:click=move |_| go_to(key)>{i.label}</button>
        }
        .into_any(),
        None => i.label.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num">{i.value}</td>
            <td class="muted">{i.from}</td>
        </tr>
    }
    .into_any()
}

/// The result with everything that is known about how far to trust it.
fn result(spec: &'static Spec, figure: &Figure, formats: &Formats) -> AnyView {
    let number = match &figure.value {
        Err(reason) => return view! { <p class="warn">{reason.0.clone()}</p> }.into_any(),
        Ok(number) => formats.number(*number, spec.unit, Exactness::Exact, Place::Full),
    };
    let covered = figure
        .coverage
        .map(|c| format!(" {} of the cost in it is recorded.", formats.share(c)));
    let note = figure
        .note
        .clone()
        .map(|note| view! { <p class="warn">{note}</p> });
    let unknown = (spec.unit.is_money() && formats.currency.is_none())
        .then_some(" Your data names no currency.");
    view! {
        <p>
            "= " <strong class="num">{number}</strong> " " {exactness_mark(figure)}
        </p>
        {note}
        <p class="muted">{mark_words(figure.exactness)}{covered}{unknown}</p>
    }
    .into_any()
}

/// Moves the focus to an assumption's control, opening the groups it is folded in.
pub fn go_to(key: &str) {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else {
        return;
    };
    let wanted = format!("[data-testid=field][data-key=\"{key}\"]");
    let Ok(Some(control)) = document.query_selector(&wanted) else {
        return;
    };
    let mut folded = control.closest("details").ok().flatten();
    while let Some(details) = folded {
        // Setting an attribute of an element in the page cannot fail.
        let _ = details.set_attribute("open", "");
        folded = details
            .parent_element()
            .and_then(|p| p.closest("details").ok().flatten());
    }
    control.scroll_into_view();
    focus(&control);
}

/// Focuses an element where it can be focused.
pub(crate) fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // A focus that the browser refuses leaves it where it was.
        let _ = element.focus();
    }
}
