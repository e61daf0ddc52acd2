//! The Deals page: what a deal is worth before it is quoted, and what would change the answer.
//!
//! Left the assumptions of the board, right its answer. It needs no orders.

pub mod answer;
pub mod customer;
pub mod fill;
pub mod inputs;
pub mod internal;

use std::sync::Arc;

use leptos::prelude::*;

use crate::jobs::protocol::DealResult;
use crate::metrics::{Figure, Sheet};
use crate::view::deals::TABS;
use crate::view::route::Page;
use crate::web::state::{App, changes};
use crate::web::ui::{Live, with_live};

use super::tabs::{Tabs, chosen};
use answer::Answer;
use customer::CustomerBoard;
use inputs::DealInputs;
use internal::InternalSheet;

/// The page.
#[component]
pub(crate) fn DealsPage(app: App) -> impl IntoView {
    let tab = chosen(app, TABS);
    let deal = Shown::new(app);
    let page = move || {
        view! {
            <h1 class="visually-hidden">"Deals"</h1>
            <Tabs page=Page::Deals name="Deals" tabs=TABS tab/>
            <div class="deal">
                {move || view! { <DealInputs app tab=tab.get()/> }}
                <div class="stack" class:stale=app.client.updating>
                    {move || match tab.get() {
                        "customer" => view! { <CustomerBoard app deal/> }.into_any(),
                        "sheet" => view! { <InternalSheet app deal/> }.into_any(),
                        tab => view! { <Answer app deal tab/> }.into_any(),
                    }}
                </div>
            </div>
        }
        .into_any()
    };
    with_live(Callback::new(move |()| deal.live(app)), page)
}

/// The deal in the last results that had one.
#[derive(Clone, Copy)]
pub struct Shown(ReadSignal<Option<Arc<DealResult>>>);

impl Shown {
    pub(crate) fn new(app: App) -> Self {
        Self(app.of_page(|page| page.deal.map(Arc::new)))
    }

    /// The whole of it.
    pub(crate) fn with<T>(self, pick: impl FnOnce(Option<&DealResult>) -> T) -> T {
        self.0.with(|deal| pick(deal.as_deref()))
    }

    /// One figure; changes only when the figure does.
    pub(crate) fn figure(self, key: &'static str) -> ReadSignal<Option<Figure>> {
        changes(move |_| self.with(|deal| deal?.figures.get(key).cloned()))
    }

    /// One table.
    pub(crate) fn sheet(self, key: &'static str) -> ReadSignal<Option<Arc<Sheet>>> {
        changes(move |_| {
            self.with(|deal| {
                let found = deal?.sheets.iter().find(|sheet| sheet.key == key)?;
                Some(Arc::new(found.clone()))
            })
        })
    }

    /// What explanations draw on.
    fn live(self, app: App) -> Live {
        let used = app
            .client
            .results
            .with(|results| results.as_ref().map(|results| results.used.clone()));
        Live {
            figures: Arc::new(
                self.with(|deal| deal.map(|deal| deal.figures.clone()).unwrap_or_default()),
            ),
            used: Arc::new(used.unwrap_or_default()),
        }
    }
}
