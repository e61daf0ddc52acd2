//! One control for one assumption: slider, typed entry with unit, help, reset, "changed" mark and
//! where the value came from.
//!
//! Input: the registry's entry and the value in use. Output: [`Change`] for every value that is
//! valid, while dragging or typing with `dragging` set, and once more without it when the user is
//! done, so that a whole drag is one step of undo. Invariants: what is typed is never rewritten
//! while it is being typed; an invalid text is explained beside the field and changes nothing.

pub(crate) mod head;

use leptos::ev;
use leptos::prelude::*;

use super::next_id;
use crate::assumptions::{Kind, Origin, Spec};
use crate::view::entry::{self, Entry};
use crate::web::format::{Formats, use_formats};

/// What a field shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldState {
    /// The value in use, as canonical text.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
    /// What the data says, where it says something.
    pub from_data: Option<String>,
    /// Why it has no effect now, if so.
    pub disabled: Option<String>,
}

impl FieldState {
    /// Set by the user or a link, so that there is something to reset.
    pub const fn changed(&self) -> bool {
        matches!(self.origin, Origin::User | Origin::Link | Origin::Filled)
    }
}

/// A new value for an assumption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The assumption's key.
    pub key: &'static str,
    /// Canonical text, valid by the registry.
    pub value: String,
    /// The user is not done yet: more of the same will follow.
    pub dragging: bool,
}

/// What has been typed, and the value in use when it was: another value in use wins over it.
#[derive(Clone, PartialEq)]
struct Typed {
    text: String,
    beside: String,
    /// The value in use before the typing began, and whether it was set: what holds again where the
    /// text is no value, as a part of it may have been one.
    start: (String, bool),
}

/// The names that a text of names and numbers can hold.
#[derive(Clone, Copy)]
pub struct Names {
    /// The names known so far.
    pub known: Signal<Vec<String>>,
    /// Asks for those of today.
    pub ask: Callback<()>,
}

/// The handles that the parts of one field share; cheap to copy.
#[derive(Clone, Copy)]
struct Handles {
    spec: &'static Spec,
    state: Signal<FieldState>,
    on_change: Callback<Change>,
    on_reset: Callback<&'static str>,
    typed: RwSignal<Option<Typed>>,
    /// A value sent as `dragging` that has not been settled yet.
    moving: StoredValue<Option<String>>,
    names: Option<Names>,
}

impl Handles {
    fn send(self, value: String) {
        super::moving::note();
        self.moving.set_value(Some(value.clone()));
        self.on_change.run(Change {
            key: self.spec.key,
            value,
            dragging: true,
        });
    }

    /// Ends a drag, a run of key presses or typing.
    fn settle(self) {
        if let Some(value) = self.moving.try_update_value(Option::take).flatten() {
            self.on_change.run(Change {
                key: self.spec.key,
                value,
                dragging: false,
            });
        }
    }

    /// Back to what held before the typing began.
    fn revert(self, (value, set): &(String, bool)) {
        if self.state.with_untracked(|s| s.value == *value) {
            return;
        }
        if *set {
            self.send(value.clone());
        } else {
            self.moving.set_value(None);
            self.on_reset.run(self.spec.key);
        }
    }

    /// Moves the value in use by so many steps.
    fn step(self, steps: i32) {
        self.typed.set(None);
        let value = self.state.with_untracked(|s| s.value.clone());
        if let Some(next) = entry::stepped(self.spec, &value, steps) {
            self.send(next);
        }
    }

    /// The typed text, unless the value in use has moved on since.
    fn pending(self) -> Option<String> {
        self.typed.with(|typed| {
            let typed = typed.as_ref()?;
            let same = self.state.with(|s| entry::same(&s.value, &typed.beside));
            same.then(|| typed.text.clone())
        })
    }
}

/// The control of one assumption.
#[component]
pub fn Field(
    /// The registry's entry.
    spec: &'static Spec,
    /// The value in use.
    #[prop(into)]
    state: Signal<FieldState>,
    /// A new valid value.
    on_change: Callback<Change>,
    /// Back to the data's value or the default.
    on_reset: Callback<&'static str>,
    /// For an assumption by name: the names there are.
    #[prop(optional)]
    names: Option<Names>,
) -> impl IntoView {
    let handles = Handles {
        spec,
        state,
        on_change,
        on_reset,
        typed: RwSignal::new(None),
        moving: StoredValue::new(None),
        names,
    };
    let id = next_id("field");
    let note = format!("{id}-note");
    let body = match spec.kind {
        Kind::Number { usual, .. } => number_body(handles, usual, &id, &note),
        Kind::Choice(options) => choice_body(handles, options, &id, &note),
        Kind::Toggle => toggle_body(handles, &id, &note),
        Kind::ByName(..) => view! {
            {typed_entry(handles, &id, &note)}
            {names.map(|names| suggestions(handles, names, &id))}
        }
        .into_any(),
        _ => typed_entry(handles, &id, &note),
    };
    let toggle = matches!(spec.kind, Kind::Toggle);
    view! {
        <div
            class="field"
            class:toggle=toggle
            class:changed=move || state.with(FieldState::changed)
            class:inert=move || state.with(|s| s.disabled.is_some())
        >
            {head::head(handles, &id)}
            {body}
            {note_line(handles, note)}
        </div>
    }
}

/// The line under the control: an error, why it has no effect, or that the value is unusual.
fn note_line(h: Handles, id: String) -> AnyView {
    let formats = use_formats();
    let note = move || {
        if let Some(Entry::Bad(words)) = reading(h) {
            return words;
        }
        let (value, disabled) = h.state.with(|s| (s.value.clone(), s.disabled.clone()));
        if let Some(reason) = disabled {
            return reason;
        }
        match h.spec.kind {
            Kind::Number { usual, .. } if entry::unusual(h.spec, &value) => formats.with(|f| {
                format!(
                    "Unusual: most are between {} and {}.",
                    f.entry(usual.0),
                    f.entry(usual.1)
                )
            }),
            _ => String::new(),
        }
    };
    let wrong = move || matches!(reading(h), Some(Entry::Bad(_)));
    view! {
        <p id=id class="field-note" class:error=wrong aria-live="polite">
            {note}
        </p>
    }
    .into_any()
}

/// What the text being typed amounts to.
fn reading(h: Handles) -> Option<Entry> {
    let text = h.pending()?;
    let mark = use_formats().with(Formats::decimal_mark);
    Some(entry::read(h.spec, &text, mark))
}

/// Slider and typed entry.
fn number_body(h: Handles, usual: (&'static str, &'static str), id: &str, note: &str) -> AnyView {
    let spec = h.spec;
    let formats = use_formats();
    let on_slide = move |event: ev::Event| {
        h.typed.set(None);
        if let Some(value) = entry::snapped(spec, &event_target_value(&event)) {
            h.send(value);
        }
    };
    let spoken = move || {
        let mut text = formats.with(|f| h.state.with(|s| f.entry(&s.value)));
        crate::view::number::join_suffix(&mut text, spec.unit.suffix());
        text
    };
    let disabled = move || h.state.with(|s| s.disabled.is_some());
    view! {
        <div class="field-body">
            <input
                type="range"
                class="slider"
                min=usual.0
                max=usual.1
                step="any"
                aria-label=format!("{}, slider", spec.label)
                aria-valuetext=spoken
                prop:disabled=disabled
                prop:value=move || h.state.with(|s| s.value.clone())
                on:input=on_slide
                on:change=move |_| h.settle()
                on:keydown=move |event| on_slider_key(h, usual, &event)
                on:keyup=move |_| h.settle()
                on:blur=move |_| h.settle()
            />
            {typed_entry(h, id, note)}
        </div>
    }
    .into_any()
}

/// The typed entry with what stands before and behind it.
fn typed_entry(h: Handles, id: &str, note: &str) -> AnyView {
    let spec = h.spec;
    let formats = use_formats();
    let named = matches!(
        spec.kind,
        Kind::ByName(..) | Kind::ByQuantity(..) | Kind::ByDate(..) | Kind::Steps(_)
    );
    let shown = move || {
        h.pending().unwrap_or_else(|| {
            h.state.with(|s| {
                if named {
                    s.value.clone()
                } else {
                    formats.with(|f| f.entry(&s.value))
                }
            })
        })
    };
    let on_type = move |event: ev::Event| {
        let text = event_target_value(&event);
        let mark = formats.with_untracked(Formats::decimal_mark);
        let going = h.typed.get_untracked().map(|typed| typed.start);
        let going = going.filter(|_| untrack(|| h.pending()).is_some());
        let start =
            going.unwrap_or_else(|| h.state.with_untracked(|s| (s.value.clone(), s.changed())));
        let read = entry::read(spec, &text, mark);
        let beside = match &read {
            Entry::Good(value) => value.clone(),
            _ => start.0.clone(),
        };
        let typed = Typed {
            text,
            beside,
            start,
        };
        h.typed.set(Some(typed.clone()));
        match read {
            Entry::Good(value) => h.send(value),
            _ => h.revert(&typed.start),
        }
    };
    let on_leave = move |_: ev::FocusEvent| {
        // The browser says so of a field that leaves the page, too.
        if h.typed.is_disposed() {
            return;
        }
        h.settle();
        if !matches!(untrack(|| reading(h)), Some(Entry::Bad(_))) {
            h.typed.set(None);
        }
    };
    let symbol = move || {
        if spec.unit.is_money() {
            formats.with(Formats::symbol)
        } else {
            String::new()
        }
    };
    let wrong = move || matches!(reading(h), Some(Entry::Bad(_))).then_some("true");
    let on_focus = move |_| {
        if let Some(names) = h.names {
            names.ask.run(());
        }
    };
    view! {
        <span class="entry">
            <span class="affix" aria-hidden="true">{symbol}</span>
            <input
                id=id.to_owned()
                type="text"
                inputmode=if named { "text" } else { "decimal" }
                autocomplete="off"
                spellcheck="false"
                data-testid="field"
                data-key=spec.key
                data-settled=move || h.pending().is_none().then_some("")
                data-value=move || h.state.with(|s| s.value.clone())
                aria-describedby=note.to_owned()
                aria-invalid=wrong
                list=h.names.map(|_| list_id(id))
                on:focus=on_focus
                prop:disabled=move || h.state.with(|s| s.disabled.is_some())
                prop:value=shown
                on:input=on_type
                on:change=move |_| h.settle()
                on:blur=on_leave
                on:keydown=move |event| on_entry_key(h, &event)
                on:keyup=move |event| {
                    if matches!(event.key().as_str(), "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown") {
                        h.settle();
                    }
                }
            />
            <span class="affix" aria-hidden="true">{spec.unit.suffix()}</span>
        </span>
    }
    .into_any()
}

/// What the browser offers to complete the text with.
fn suggestions(h: Handles, names: Names, id: &str) -> AnyView {
    let text = move || {
        h.pending()
            .unwrap_or_else(|| h.state.with(|s| s.value.clone()))
    };
    let options = move || {
        let text = text();
        names.known.with(|known| {
            let next = entry::next_names(&text, known).into_iter();
            next.map(|(value, name)| view! { <option value=value>{name.to_owned()}</option> })
                .collect_view()
        })
    };
    view! { <datalist id=list_id(id)>{options}</datalist> }.into_any()
}

fn list_id(id: &str) -> String {
    format!("{id}-names")
}

/// Steps for a key: one, or ten with Shift and for the page keys.
fn steps_of(event: &ev::KeyboardEvent) -> Option<i32> {
    let many = if event.shift_key() { 10 } else { 1 };
    match event.key().as_str() {
        "ArrowUp" => Some(many),
        "ArrowDown" => Some(-many),
        "PageUp" => Some(10),
        "PageDown" => Some(-10),
        _ => None,
    }
}

fn on_entry_key(h: Handles, event: &ev::KeyboardEvent) {
    if let Some(steps) = steps_of(event) {
        event.prevent_default();
        h.step(steps);
    } else if event.key() == "Escape" && h.typed.with_untracked(Option::is_some) {
        event.stop_propagation();
        h.typed.set(None);
    } else if event.key() == "Enter" {
        h.settle();
        if !matches!(untrack(|| reading(h)), Some(Entry::Bad(_))) {
            h.typed.set(None);
        }
    }
}

fn on_slider_key(h: Handles, usual: (&str, &str), event: &ev::KeyboardEvent) {
    let many = if event.shift_key() { 10 } else { 1 };
    let steps = match event.key().as_str() {
        "ArrowRight" => Some(many),
        "ArrowLeft" => Some(-many),
        _ => steps_of(event),
    };
    if let Some(steps) = steps {
        event.prevent_default();
        h.step(steps);
        return;
    }
    let end = match event.key().as_str() {
        "Home" => usual.0,
        "End" => usual.1,
        _ => return,
    };
    event.prevent_default();
    h.typed.set(None);
    h.send(end.to_owned());
}

fn choice_label<'a>(options: &'a [(&str, &str)], value: &'a str) -> &'a str {
    options
        .iter()
        .find(|(key, _)| *key == value)
        .map_or(value, |(_, label)| label)
}

/// Two or three choices side by side, more in a list.
fn choice_body(
    h: Handles,
    options: &'static [(&'static str, &'static str)],
    id: &str,
    note: &str,
) -> AnyView {
    let key = h.spec.key;
    let pick = move |value: String| {
        h.send(value);
        h.settle();
    };
    let disabled = move || h.state.with(|s| s.disabled.is_some());
    if options.len() > 3 {
        let choices = options.iter().map(|(value, label)| {
            view! {
                <option value=*value prop:selected=move || h.state.with(|s| s.value == *value)>
                    {*label}
                </option>
            }
        });
        return view! {
            <select
                id=id.to_owned()
                class="select"
                data-testid="field"
                data-key=key
                data-value=move || h.state.with(|s| s.value.clone())
                aria-describedby=note.to_owned()
                prop:disabled=disabled
                on:change=move |event| pick(event_target_value(&event))
            >
                {choices.collect_view()}
            </select>
        }
        .into_any();
    }
    let choices = options.iter().map(|(value, label)| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=id.to_owned()
                    value=*value
                    prop:disabled=disabled
                    prop:checked=move || h.state.with(|s| s.value == *value)
                    on:change=move |_| pick((*value).to_owned())
                />
                <span>{*label}</span>
            </label>
        }
    });
    view! {
        <div
            class="segments"
            role="radiogroup"
            data-testid="field"
            data-key=key
            data-value=move || h.state.with(|s| s.value.clone())
            aria-labelledby=format!("{id}-label")
            aria-describedby=note.to_owned()
        >
            {choices.collect_view()}
        </div>
    }
    .into_any()
}

fn toggle_body(h: Handles, id: &str, note: &str) -> AnyView {
    let on_flip = move |event: ev::Event| {
        let on = event_target_checked(&event);
        h.send(if on { "on" } else { "off" }.to_owned());
        h.settle();
    };
    view! {
        <input
            id=id.to_owned()
            type="checkbox"
            role="switch"
            class="switch"
            data-testid="field"
            data-key=h.spec.key
            data-value=move || h.state.with(|s| s.value.clone())
            aria-describedby=note.to_owned()
            prop:disabled=move || h.state.with(|s| s.disabled.is_some())
            prop:checked=move || h.state.with(|s| s.value == "on")
            on:change=on_flip
        />
    }
    .into_any()
}
