//! The Growth page: the upsell catalogue, the customer's own case for an offer, what was taken of it,
//! and the levers of an account's lifetime value.

mod account;
mod catalogue;
mod levers;
mod offer;
mod tracker;

use std::sync::Arc;

use leptos::prelude::*;

use crate::assumptions::{Spec, Used};
use crate::base::Unit;
use crate::growth::{Board, Change, Growth, OfferRow, outputs};
use crate::metrics::Figures;
use crate::view::growth::TABS;
use crate::view::route::Page;
use crate::web::format::use_formats;
use crate::web::state::{App, changes};
use crate::web::ui::{self, Field, FieldState, Live};

use super::tabs::{Tabs, chosen};

/// The page.
#[component]
pub(crate) fn GrowthPage(app: App) -> impl IntoView {
    let tab = chosen(app, TABS);
    let h = Handles {
        app,
        growth: app.part(|document| &document.growth),
        board: app.of_page(|page| page.growth.map(Arc::new)),
    };
    let body = move || match tab.get() {
        "tracker" => tracker::page(h),
        "levers" => levers::page(h),
        _ => catalogue::page(h),
    };
    view! {
        <h1 class="visually-hidden">"Growth"</h1>
        <Tabs page=Page::Growth name="Growth" tabs=TABS tab/>
        <div class="stack" class:stale=app.client.updating>{body}</div>
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Handles {
    app: App,
    growth: Memo<Arc<Growth>>,
    board: ReadSignal<Option<Arc<Board>>>,
}

impl Handles {
    fn make(self, change: Change) {
        self.app.put(self.app.document().with_growth(change));
    }

    /// A part of the board; changes only when the part does.
    fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&Board) -> Option<T> + 'static,
    ) -> ReadSignal<Option<T>> {
        let board = self.board;
        changes(move |_| board.with(|board| pick(board.as_deref()?)))
    }

    /// What explanations of an offer's figures draw on, or of the levers' where there is none.
    fn live(self, find: impl Fn(&Board) -> Option<OfferRow>) -> Live {
        let mut used = self.app.used_now().as_ref().clone();
        let figures = self.board.with(|board| {
            let Some(board) = board.as_deref() else {
                return Figures::new();
            };
            used.extend(outputs::named(outputs::BUSINESS, &board.business));
            used.extend(outputs::named(outputs::LEVER, &board.levers.used));
            let mut figures = board.levers.figures();
            if let Some(row) = find(board) {
                used.extend(outputs::named(outputs::OFFER, &row.used));
                figures.extend(row.figures());
            }
            figures
        });
        Live {
            figures: Arc::new(figures),
            used: Arc::new(used),
        }
    }

    /// A number of the board, written.
    fn number(
        self,
        unit: Unit,
        pick: impl Fn(&Board) -> Option<f64> + Send + Sync + 'static,
    ) -> impl Fn() -> String + Copy + Send + Sync {
        let value = self.part(pick);
        let formats = use_formats();
        move || {
            value
                .get()
                .map_or_else(|| "–".to_owned(), |x| formats.with(|f| f.cell(x, unit)))
        }
    }
}

/// The control of a value that belongs to the catalogue, an offer or a lever: `used` finds it among
/// the results, `set` makes it another.
fn field(
    h: Handles,
    spec: &'static Spec,
    used: impl Fn(&Board) -> Option<Used> + Send + Sync + 'static,
    set: impl Fn(Option<String>) -> Change + Send + Sync + 'static,
) -> AnyView {
    let used = h.part(used);
    let state = Memo::new(move |_| {
        used.with(|used| match used {
            Some(used) => FieldState {
                value: used.value.clone(),
                origin: used.origin,
                from_data: used.from_data.clone(),
                disabled: used.disabled.clone(),
            },
            None => FieldState {
                value: spec.default.to_owned(),
                origin: crate::assumptions::Origin::Default,
                from_data: None,
                disabled: None,
            },
        })
    });
    let set = StoredValue::new(set);
    let on_change = Callback::new(move |change: ui::Change| {
        h.make(set.with_value(|set| set(Some(change.value))));
        if !change.dragging {
            h.app.seal();
        }
    });
    let on_reset = Callback::new(move |_: &'static str| {
        h.make(set.with_value(|set| set(None)));
        h.app.seal();
    });
    view! { <Field spec state on_change on_reset/> }.into_any()
}
