//! The Commission page: schemes, what they would have cost on the order history, statements, where a
//! scheme pays for the wrong thing, and who looks after whom.

mod aims;
mod boards;
mod form;
mod people;
mod schemes;
mod statements;

use std::sync::Arc;

use leptos::prelude::*;

use crate::commission::{Change, Schemes};
use crate::jobs::protocol::CommissionResults;
use crate::view::commission::{self, TABS};
use crate::view::route::Page;
use crate::web::route;
use crate::web::state::App;
use crate::web::ui::select;

use super::tabs::{Tabs, chosen};

/// The page.
#[component]
pub(crate) fn CommissionPage(app: App) -> impl IntoView {
    let tab = chosen(app, TABS);
    let schemes = app.part(|document| &document.schemes);
    let h = Handles {
        app,
        schemes,
        found: app.of_page(|page| page.commission.map(Arc::new)),
        scheme: Memo::new(move |_| {
            app.route
                .with(|route| schemes.with(|all| commission::chosen(route, all)))
        }),
    };
    let none = Memo::new(move |_| schemes.with(|all| all.list().is_empty()));
    let body = move || match tab.get() {
        "accounts" => boards::accounts(h),
        _ if none.get() => schemes::first(h),
        "compare" => boards::compare(h),
        "statements" => statements::page(h),
        "incentives" => boards::incentives(h),
        _ => schemes::page(h),
    };
    view! {
        <h1 class="visually-hidden">"Commission"</h1>
        <Tabs page=Page::Commission name="Commission" tabs=TABS tab/>
        <div class="stack" class:stale=app.client.updating>{body}</div>
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Handles {
    app: App,
    schemes: Memo<Arc<Schemes>>,
    found: ReadSignal<Option<Arc<CommissionResults>>>,
    /// The scheme looked at.
    scheme: Memo<Option<u32>>,
}

impl Handles {
    /// Makes a change, or says why not; whether it was made.
    fn make(self, change: Change) -> bool {
        self.app.put(self.app.document().with_schemes(change))
    }

    /// Puts something into the address.
    fn look(self, key: &'static str, value: &str) {
        let place = self.app.route.get_untracked().with(key, value);
        route::replace(self.app.route, place);
    }

    /// The scheme that was added last is looked at.
    fn look_at_newest(self) {
        let schemes = self.app.document().schemes;
        let newest = schemes
            .list()
            .iter()
            .map(crate::commission::Scheme::id)
            .max();
        self.look(
            "scheme",
            &newest.map(|id| id.to_string()).unwrap_or_default(),
        );
    }

    /// The choice of the scheme that is looked at.
    fn choice(self) -> AnyView {
        let options = Signal::derive(move || {
            self.schemes.with(|all| {
                let list = all.list().iter();
                list.map(|one| (one.id().to_string(), one.name().to_owned()))
                    .collect()
            })
        });
        let value = Signal::derive(move || {
            self.scheme
                .get()
                .map(|id| id.to_string())
                .unwrap_or_default()
        });
        select("Scheme", options, value, move |id| self.look("scheme", &id))
    }
}
