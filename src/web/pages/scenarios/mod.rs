//! The Scenarios page: scenarios side by side with the base, what moves a figure, what would reach a
//! goal, and how uncertain it is.

mod between;
mod cards;
mod compare;
mod goal;
mod grid;
mod sensitivity;
mod uncertainty;

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::Unit;
use crate::scenario::{Change, Scenarios};
use crate::view::route::Page;
use crate::view::scenarios::{self, Subject, TABS};
use crate::web::format::use_formats;
use crate::web::route;
use crate::web::state::App;

use super::tabs::{Tabs, chosen};

/// The page.
#[component]
pub(crate) fn ScenariosPage(app: App) -> impl IntoView {
    let tab = chosen(app, TABS);
    let h = Handles {
        app,
        scenarios: app.part(|document| &document.scenarios),
        subject: Memo::new(move |_| app.route.with(scenarios::subject)),
    };
    let body = move || match tab.get() {
        "sensitivity" => sensitivity::page(h),
        "goal" => goal::page(h),
        "uncertainty" => uncertainty::page(h),
        _ => compare::page(h),
    };
    view! {
        <h1 class="visually-hidden">"Scenarios"</h1>
        <Tabs page=Page::Scenarios name="Scenarios" tabs=TABS tab/>
        <div class="stack" class:stale=app.client.updating>{body}</div>
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Handles {
    app: App,
    scenarios: Memo<Arc<Scenarios>>,
    /// Whose figures are looked at.
    subject: Memo<Subject>,
}

impl Handles {
    fn make(self, change: Change) {
        self.app.put(self.app.document().with_scenarios(change));
    }

    /// Makes a scenario the base.
    fn adopt(self, id: u32) {
        self.app.put(self.app.document().adopting(id));
    }

    /// A new scenario with these changes, shown beside the others.
    fn keep(self, name: String, changes: Vec<(String, String)>) {
        let change = Change::Add {
            name: Some(name),
            changes,
        };
        if self.app.put(self.app.document().with_scenarios(change)) {
            self.app
                .say("Kept as a scenario: it stands side by side with the others.");
        }
    }

    /// The scenarios to choose from, the base first.
    fn all(self) -> Vec<(String, String)> {
        let base = (String::new(), "Base".to_owned());
        self.scenarios.with(|all| {
            let list = all.list().iter();
            std::iter::once(base)
                .chain(list.map(|one| (one.id().to_string(), one.name().to_owned())))
                .collect()
        })
    }

    /// The figures to choose from: keys and names.
    fn metrics(self) -> Vec<(String, String)> {
        let keys = self.subject.get().metrics();
        keys.iter()
            .map(|key| ((*key).to_owned(), scenarios::metric(key).0.to_owned()))
            .collect()
    }
}

/// Whose figures: the book's or the deal's.
fn subjects(h: Handles) -> AnyView {
    let choice = |subject: Subject| {
        let pick = move |_| {
            let place = h.app.route.get_untracked().with("of", subject.key());
            route::replace(h.app.route, place);
        };
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="scenario-subject"
                    prop:checked=move || h.subject.get() == subject
                    on:change=pick
                />
                <span>{subject.label()}</span>
            </label>
        }
    };
    view! {
        <div class="segments" role="radiogroup" aria-label="Figures of">
            {Subject::ALL.map(choice).into_iter().collect_view()}
        </div>
    }
    .into_any()
}

/// Writes values of assumptions; follows the user's way of writing.
fn with_values<T>(run: impl FnOnce(&dyn Fn(&str, &str) -> String) -> T) -> T {
    let formats = use_formats();
    formats.with(|f| run(&|key, value| f.value_of(key, value)))
}

/// The value of an assumption as people read it.
fn value(key: &str, value: &str) -> String {
    with_values(|write| write(key, value))
}

/// Writes amounts of a unit for sentences and charts; follows the user's way of writing.
fn with_writer<T>(unit: Unit, run: impl FnOnce(&dyn Fn(f64) -> String) -> T) -> T {
    let formats = use_formats();
    formats.with(|f| run(&|x| f.cell(x, unit)))
}
