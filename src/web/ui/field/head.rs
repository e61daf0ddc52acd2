//! What stands above the control of an assumption: its name, help, provenance and reset.

use leptos::prelude::*;

use super::super::{Icon, Popover, icon};
use super::{FieldState, Handles, choice_label};
use crate::assumptions::{Kind, Origin};
use crate::web::format::use_formats;

/// Label, help, provenance, reset.
pub(super) fn head(h: Handles, id: &str) -> AnyView {
    let spec = h.spec;
    let reset = move |_| {
        h.typed.set(None);
        h.on_reset.run(spec.key);
    };
    let label = if matches!(spec.kind, Kind::Choice(o) if o.len() <= 3) {
        view! { <span class="field-label" id=format!("{id}-label")>{spec.label}</span> }.into_any()
    } else {
        view! { <label class="field-label" for=id.to_owned()>{spec.label}</label> }.into_any()
    };
    view! {
        <div class="field-head">
            {label}
            <Popover
                name=format!("Help: {}", spec.label)
                class="help-button"
                face=view! { <span aria-hidden="true">"?"</span> }.into_any()
                content=Callback::new(move |()| help(h))
            />
            <span class="spacer"></span>
            <button
                type="button"
                class="icon-button small reset"
                class:invisible=move || !h.state.with(FieldState::changed)
                aria-label=format!("Reset {}", spec.label)
                title="Reset"
                on:click=reset
            >
                {icon(Icon::Reset)}
            </button>
            <span class="chip origin" data-origin=move || origin_key(h.state.with(|s| s.origin))>
                {move || origin_words(h.state.with(|s| s.origin))}
            </span>
        </div>
    }
    .into_any()
}

const fn origin_key(origin: Origin) -> &'static str {
    match origin {
        Origin::Default => "default",
        Origin::Data => "data",
        Origin::User => "user",
        Origin::Link => "link",
        Origin::Filled => "filled",
    }
}

/// Where a value came from, in the words of the page.
pub const fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::Default => "default",
        Origin::Data => "from your data",
        Origin::User => "set by you",
        Origin::Link => "from a link",
        Origin::Filled => "from your orders",
    }
}

/// What the help panel says.
fn help(h: Handles) -> AnyView {
    let spec = h.spec;
    let formats = use_formats().get_untracked();
    let show = |value: &str| match spec.kind {
        Kind::Number { .. } => {
            let mut text = formats.entry(value);
            crate::view::number::join_suffix(&mut text, spec.unit.suffix());
            text
        }
        Kind::Choice(options) => choice_label(options, value).to_owned(),
        _ => crate::assumptions::print(spec, value),
    };
    let range = match spec.kind {
        Kind::Number { allowed, .. } => Some(format!("{} to {}", show(allowed.0), show(allowed.1))),
        _ => None,
    };
    let from_data = h
        .state
        .with_untracked(|s| s.from_data.as_deref().map(&show));
    view! {
        <p class="strong">{spec.label}</p>
        <p>{spec.help}</p>
        <dl class="facts">
            <dt>"Enters"</dt>
            <dd>{spec.enters}</dd>
            {range.map(|r| view! { <dt>"Allowed"</dt><dd>{r}</dd> })}
            <dt>"Default"</dt>
            <dd>{show(spec.default)}</dd>
            {from_data.map(|v| view! { <dt>"Your data says"</dt><dd>{v}</dd> })}
        </dl>
    }
    .into_any()
}
