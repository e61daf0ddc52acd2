//! A button and a small form: what the user knows of an account's rhythm better than its orders tell.

use leptos::prelude::*;

use crate::base::Date;
use crate::document::{Edit, MarkChange};
use crate::view::known::{CHOICES, choice, has_day, known};
use crate::web::state::App;
use crate::web::ui::Popover;
use crate::web::ui::image::close_popover;

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

/// What is said is a draft until it is kept: kept at once it would move the account in the list, and
/// its form would close before the day is said.
#[component]
fn Form(app: App, name: Signal<String>) -> impl IntoView {
    let kept = name.with_untracked(|account| {
        app.marks
            .with_untracked(|marks| marks.of(account).and_then(|mark| mark.known))
    });
    let (said, agreed) = choice(kept);
    let as_of = app
        .results
        .with_untracked(|r| r.as_ref().map(|results| results.as_of));
    let day = agreed.or(as_of).unwrap_or_default();
    let draft = RwSignal::new(said.to_owned());
    let typed = RwSignal::new(day.to_string());
    let wrong = RwSignal::new(false);
    let dated = move || draft.with(|draft| has_day(draft));
    let on_keep = move |event: leptos::ev::MouseEvent| {
        let draft = draft.get_untracked();
        let day = typed.with_untracked(|typed| Date::parse(typed));
        if has_day(&draft) && day.is_none() {
            wrong.set(true);
            return;
        }
        let next = known(&draft, day.unwrap_or_default());
        let account = name.get_untracked();
        close_popover(&event);
        if next != kept {
            app.dispatch(Edit::Mark {
                account,
                change: MarkChange::Known(next),
            });
        }
    };
    let options = CHOICES.map(|(value, words, _)| {
        view! { <option value=value selected=value == said>{words}</option> }
    });
    view! {
        <div class="stack">
            <label class="labelled">
                "What you know of its orders"
                <select class="select" on:change=move |event| draft.set(event_target_value(&event))>
                    {options.into_iter().collect_view()}
                </select>
            </label>
            <label class="labelled" hidden=move || !dated()>
                "Day"
                <input
                    type="date"
                    class="input"
                    prop:value=day.to_string()
                    aria-invalid=move || wrong.get().then_some("true")
                    on:input=move |event| {
                        wrong.set(false);
                        typed.set(event_target_value(&event));
                    }
                />
            </label>
            <p class="field-error" role="alert" hidden=move || !(wrong.get() && dated())>
                "This needs a day: choose one, or say that it buys by project."
            </p>
            <p class="small muted">"This comes before anything its orders show. It is kept with your work on this device."</p>
            <div class="cluster">
                <button type="button" class="button primary small" on:click=on_keep>"Keep"</button>
                <button type="button" class="button small" on:click=move |event| close_popover(&event)>"Cancel"</button>
            </div>
        </div>
    }
}
