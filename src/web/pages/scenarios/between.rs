//! Two scenarios held against each other: where the difference of the first figure comes from, and for a
//! deal what prices and volumes do to its revenue.

use leptos::prelude::*;

use crate::base::Unit;
use crate::view::scenarios;
use crate::web::route;
use crate::web::ui::{ChartView, select};

use super::{Handles, with_values, with_writer};

pub(super) fn card(h: Handles) -> AnyView {
    let found = h.app.of_page(|page| Some(page.scenarios?.between?.0));
    let effects = h.app.of_page(|page| page.scenarios?.between?.1);
    let two = Memo::new(move |_| {
        let place = h.app.route.get();
        h.scenarios.with(|all| scenarios::between(&place, all))
    });
    // The name of the later, and of the one it is held against.
    let names = Memo::new(move |_| {
        let (from, to) = two.get()?;
        let name = |of| h.scenarios.with(|all| scenarios::named(of, all));
        Some((name(to), name(from)))
    });
    let said = move || {
        let (name, base) = names.get()?;
        found.with(|found| {
            Some(match found.as_ref()? {
                Err(why) => why.clone(),
                Ok(shares) => {
                    let unit = scenarios::metric(&shares.metric).1;
                    with_writer(unit, |write| {
                        with_values(|value| {
                            scenarios::sentence((&name, &base), shares, write, value)
                        })
                    })
                }
            })
        })
    };
    let chart = Signal::derive(move || {
        let (name, base) = names.get()?;
        found.with(|found| {
            let shares = found.as_ref()?.as_ref().ok()?;
            with_values(|value| scenarios::shares((&name, &base), shares, value))
        })
    });
    let revenue = move || {
        let (name, base) = names.get()?;
        effects.with(|found| {
            let found = found.as_ref().filter(|_| !h.subject.get().needs_orders())?;
            Some(with_writer(Unit::Money, |write| {
                scenarios::price_and_volume((&name, &base), found, write)
            }))
        })
    };
    let few = move || h.scenarios.with(|all| all.list().len() < 2);
    view! {
        <section class="card card-body stack" aria-labelledby="between-title" data-testid="between" hidden=few>
            <h2 id="between-title">"Between two of them"</h2>
            <div class="cluster ask">{choice(h, "From", "from", false)} {choice(h, "To", "to", true)}</div>
            <p role="status">{said}</p>
            <p hidden=move || revenue().is_none()>{revenue}</p>
            <div hidden=move || chart.with(Option::is_none)><ChartView chart/></div>
        </section>
    }
    .into_any()
}

/// One end: the base, or a scenario.
fn choice(h: Handles, label: &'static str, key: &'static str, later: bool) -> AnyView {
    let options = Signal::derive(move || {
        let mut all = h.all();
        if let Some((base, _)) = all.first_mut() {
            // In the address nothing is what is usual, and that is a scenario.
            "base".clone_into(base);
        }
        all
    });
    let value = Signal::derive(move || {
        let place = h.app.route.get();
        let ends = h.scenarios.with(|all| scenarios::ends(&place, all));
        let shown = ends.and_then(|(from, to)| if later { to } else { from });
        shown.map_or_else(|| "base".to_owned(), |id| id.to_string())
    });
    let on_pick = move |id: String| {
        let place = h.app.route.get_untracked().with(key, &id);
        route::replace(h.app.route, place);
    };
    select(label, options, value, on_pick)
}
