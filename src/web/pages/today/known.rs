//! A button and a small form: what the user knows of an account's rhythm better than its orders tell.

use leptos::prelude::*;

use crate::base::Date;
use crate::document::{Edit, MarkChange};
use crate::view::known::{CHOICES, choice, has_day, known};
use crate::web::state::App;
use crate::web::ui::Popover;

/// The button with its form.
#[component]
pub(crate) fn KnownButton(app: App, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let form = Callback::new(move |()| view! { <Form app name/> }.into_any());
    view! {
        <Popover
            name=Signal::derive(move || format!("Rhythm of {}", name.get()))
            class="button small"
            face=view! { "Rhythm" }.into_any()
            content=form
        />
    }
}

#[component]
fn Form(app: App, name: Signal<String>) -> impl IntoView {
    let now = Memo::new(move |_| {
        let account = name.get();
        app.marks
            .with(|marks| marks.of(&account).and_then(|mark| mark.known))
    });
    let key = move || choice(now.get()).0;
    // A day at hand: one far ahead would take the account off the list before the day can be said.
    let day = move || {
        let agreed = now.with_untracked(|now| choice(*now).1);
        let as_of = app.results.with_untracked(|r| r.as_ref().map(|r| r.as_of));
        agreed.unwrap_or_else(|| as_of.unwrap_or_default())
    };
    let say = move |choice: &str, day: Date| {
        app.dispatch(Edit::Mark {
            account: name.get_untracked(),
            change: MarkChange::Known(known(choice, day)),
        });
    };
    let on_choice = move |event| say(&event_target_value(&event), day());
    let on_day = move |event| {
        if let Some(day) = Date::parse(&event_target_value(&event)) {
            say(choice(now.get_untracked()).0, day);
        }
    };
    let options = CHOICES.map(|(value, words, _)| {
        view! { <option value=value prop:selected=move || key() == value>{words}</option> }
    });
    view! {
        <div class="stack">
            <label class="labelled">
                "What you know of its orders"
                <select class="select" on:change=on_choice>{options.into_iter().collect_view()}</select>
            </label>
            <label class="labelled" hidden=move || !has_day(key())>
                "Day"
                <input
                    type="date"
                    class="input"
                    prop:value=move || choice(now.get()).1.map(|day| day.to_string())
                    on:change=on_day
                />
            </label>
            <p class="small muted">"This comes before anything its orders show. It is kept with your work on this device."</p>
        </div>
    }
}
