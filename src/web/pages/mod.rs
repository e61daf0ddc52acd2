//! The pages: each reads memo slices and results, and sends edits; none computes.

pub mod accounts;
pub mod deals;
pub mod growth;
pub mod orders;
pub mod scenarios;
pub mod tabs;
pub mod today;
pub mod value;

use std::sync::Arc;

use crate::base::packed::Parcel;
use crate::jobs::protocol::{GrowthWant, PageWant};
use crate::view;
use crate::view::route::{Page, Route};
use crate::view::scenarios as asked_of_scenarios;

use super::state::App;

/// What only the page of this route asks for.
pub(super) fn asked(app: App, route: &Route) -> Option<Parcel<PageWant>> {
    let mut want = PageWant::default();
    match route.page {
        Page::Deals => want.deal = true,
        Page::Scenarios => {
            let kept = app.document_part(|document| Arc::clone(&document.scenarios));
            want.scenarios = Some(asked_of_scenarios::asked(route, &kept));
        }
        Page::Growth => {
            want.growth = Some(GrowthWant {
                growth: app.document_part(|document| Arc::clone(&document.growth)),
                account: view::growth::account(route),
            });
        }
        _ => return None,
    }
    Some(Parcel::of(&want))
}
