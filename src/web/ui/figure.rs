//! One figure: its number, how exact it is, what changed since the last edit, and "why?".
//!
//! Input: the metric's registry entry and the figure. Output: DOM with the exact value in
//! `data-value`. Where there is no figure, its reason stands in the place of the number.

use leptos::prelude::*;

use super::Popover;
use super::why;
use crate::metrics::{Basis, Exactness, Figure, Spec};
use crate::registry;
use crate::view::number::{Place, exact_text, to_f64};
use crate::view::why::{mark, mark_words};
use crate::web::format::use_formats;
use crate::web::later::Later;

/// A key figure of the strip: label, number, mark, change, "why?".
#[component]
pub fn Kpi(
    /// The registry's entry.
    spec: &'static Spec,
    /// The figure; nothing while it is being computed for the first time.
    #[prop(into)]
    figure: Signal<Option<Figure>>,
    /// The value before the last edit, where the change is to be shown.
    #[prop(optional, into)]
    before: Option<Signal<Option<f64>>>,
    /// The most important one.
    #[prop(optional)]
    lead: bool,
) -> impl IntoView {
    view! {
        <div class="kpi" class:lead=lead>
            <div class="kpi-label">
                <span title=spec.reading>{spec.label}</span>
                {why_button(spec, figure)}
            </div>
            <div class="kpi-value">{value(spec, figure, Place::Headline)}</div>
            <div class="kpi-foot">{move || foot(spec, figure, before)}</div>
        </div>
    }
}

/// A figure within a list or a sentence, with its mark and "why?".
#[component]
pub fn FigureView(
    /// The registry's entry.
    spec: &'static Spec,
    /// The figure; nothing while it is being computed for the first time.
    #[prop(into)]
    figure: Signal<Option<Figure>>,
    /// Where it stands.
    #[prop(default = Place::Cell)]
    place: Place,
) -> impl IntoView {
    view! {
        <span class="figure">
            {value(spec, figure, place)}
            {move || figure.with(|f| f.as_ref().map(exactness_mark))}
            {why_button(spec, figure)}
        </span>
    }
}

/// Figures below each other with their names, in the order of their keys.
pub(crate) fn figure_list<F>(
    keys: &[&'static str],
    figure: impl Fn(&'static str) -> F + Copy + 'static,
) -> AnyView
where
    F: Into<Signal<Option<Figure>>> + 'static,
{
    let rows = keys
        .iter()
        .filter_map(|key| registry::metric(key))
        .map(|spec| {
            view! {
                <div class="figure-row">
                    <span title=spec.reading>{spec.label}</span>
                    <FigureView spec figure=figure(spec.key)/>
                </div>
            }
        });
    view! { <div class="figure-list">{rows.collect_view()}</div> }.into_any()
}

/// The number itself with its exact value for tools and tests.
fn value(spec: &'static Spec, figure: Signal<Option<Figure>>, place: Place) -> AnyView {
    let formats = use_formats();
    let exact = move || {
        figure.with(|f| {
            f.as_ref()
                .and_then(|f| f.value.as_ref().ok().map(|n| exact_text(*n)))
        })
    };
    let text = move || {
        figure.with(|f| {
            f.as_ref().map_or_else(
                || "…".to_owned(),
                |f| formats.with(|w| w.figure(f, spec.unit, place)),
            )
        })
    };
    let full = move || {
        figure.with(|f| match &f.as_ref()?.value {
            Ok(number) => {
                Some(formats.with(|w| w.number(*number, spec.unit, Exactness::Exact, Place::Full)))
            }
            Err(reason) => Some(reason.0.clone()),
        })
    };
    let missing = move || figure.with(|f| f.as_ref().is_none_or(|f| f.value.is_err()));
    view! {
        <span
            class="figure-value"
            class:none=missing
            data-metric=spec.key
            data-value=exact
            title=full
        >
            {text}
        </span>
    }
    .into_any()
}

/// "est." or "assumed" with the share of recorded cost.
pub(crate) fn exactness_mark(figure: &Figure) -> AnyView {
    let kind = match (&figure.value, figure.exactness) {
        (Err(_), _) | (_, Exactness::Exact) => return ().into_any(),
        (_, kind) => kind,
    };
    let class = if kind == Exactness::Assumed {
        "exactness assumed"
    } else {
        "exactness"
    };
    view! { <span class=class title=mark_words(kind)>{mark(kind)}</span> }.into_any()
}

/// What stands under a key figure: why there is none, or its mark, coverage and change.
fn foot(
    spec: &'static Spec,
    figure: Signal<Option<Figure>>,
    before: Option<Signal<Option<f64>>>,
) -> AnyView {
    let Some(figure) = figure.get() else {
        return ().into_any();
    };
    let now = match &figure.value {
        Err(reason) => {
            let reason = reason.0.clone();
            return view! { <span class="truncate" title=reason.clone()>{reason.clone()}</span> }
                .into_any();
        }
        Ok(number) => to_f64(*number),
    };
    let formats = use_formats().get();
    let covered = figure.coverage.filter(|c| *c < 0.9995).map(|c| {
        let share = formats.share(c);
        let words = format!("{share} of the cost in it is recorded; the rest is assumed.");
        view! { <span title=words>{format!("{share} real cost")}</span> }
    });
    let change = before
        .and_then(|b| b.get())
        .map(|was| now - was)
        .filter(|change| change.abs() > 1e-9 * now.abs().max(1.0));
    let change = change.map(|change| {
        let class = if change > 0.0 {
            "delta up"
        } else {
            "delta down"
        };
        let number = crate::metrics::Number::Float(change.abs());
        let text = formats.number(number, spec.unit, Exactness::Estimated, Place::Headline);
        view! { <span class=class title="Since the last change">{text}</span> }
    });
    view! {
        {exactness_mark(&figure)}
        {covered}
        {change}
    }
    .into_any()
}

/// The button that opens the explanation.
pub(crate) fn why_button(spec: &'static Spec, figure: Signal<Option<Figure>>) -> AnyView {
    let source = why::source();
    let later = use_context::<Later>();
    let content = move |()| match later {
        Some(later) => later.view(move |rest| (rest.why)(spec, figure, source)),
        None => ().into_any(),
    };
    view! {
        <Popover
            name=format!("Why? {}", spec.label)
            class="help-button"
            panel_class="wide why"
            face=view! { <span aria-hidden="true">"?"</span> }.into_any()
            content=Callback::new(content)
        />
    }
    .into_any()
}

/// The basis of a metric in words, nothing where there is no money in it.
pub(crate) const fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Revenue => "on revenue",
        Basis::GrossProfit => "on gross profit",
        Basis::Contribution => "on contribution",
        Basis::Chosen => "on the chosen basis",
        Basis::None => "",
    }
}
