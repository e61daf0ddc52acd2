//! The pages: each reads memo slices and results, and sends edits; none computes.

pub mod accounts;
pub mod commission;
pub mod deals;
pub mod growth;
pub mod orders;
pub mod scenarios;
pub mod tabs;
pub mod today;
pub mod value;

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::packed::Parcel;
use crate::jobs::protocol::{GrowthWant, PageWant};
use crate::view;
use crate::view::route::{Page, Route};
use crate::view::{commission as commission_asked, scenarios as asked_of_scenarios};

use super::state::App;
use accounts::AccountsPage;
use commission::CommissionPage;
use deals::DealsPage;
use growth::GrowthPage;
use scenarios::ScenariosPage;
use today::TodayPage;
use value::ValuePage;

/// A page; the Orders page stands by itself, because it stays while others are looked at.
pub(super) fn shown(app: App, page: Page) -> AnyView {
    match page {
        Page::Orders => ().into_any(),
        Page::Today => view! { <TodayPage app/> }.into_any(),
        Page::Accounts => view! { <AccountsPage app/> }.into_any(),
        Page::Value => view! { <ValuePage app/> }.into_any(),
        Page::Deals => view! { <DealsPage app/> }.into_any(),
        Page::Commission => view! { <CommissionPage app/> }.into_any(),
        Page::Growth => view! { <GrowthPage app/> }.into_any(),
        Page::Scenarios => view! { <ScenariosPage app/> }.into_any(),
    }
}

/// What only the page of this route asks for.
pub(super) fn asked(app: App, route: &Route) -> Option<Parcel<PageWant>> {
    let mut want = PageWant::default();
    match route.page {
        Page::Deals => want.deal = true,
        Page::Scenarios => {
            let kept = app.document_part(|document| Arc::clone(&document.scenarios));
            want.scenarios = Some(asked_of_scenarios::asked(route, &kept));
        }
        Page::Commission => {
            let (schemes, scenarios) = app.document_part(|document| {
                (
                    Arc::clone(&document.schemes),
                    Arc::clone(&document.scenarios),
                )
            });
            want.commission = Some(commission_asked::asked(route, &schemes, &scenarios));
        }
        Page::Growth => {
            want.growth = Some(GrowthWant {
                growth: app.document_part(|document| Arc::clone(&document.growth)),
                account: view::growth::account(route),
            });
        }
        // Only an account with upsells of its own needs them.
        Page::Accounts => {
            let growth = app.document_part(|document| Arc::clone(&document.growth));
            let account = route.account.filter(|_| !growth.accounts().is_empty())?;
            want.growth = Some(GrowthWant {
                growth,
                account: Some(account),
            });
        }
        _ => return None,
    }
    Some(Parcel::of(&want))
}
