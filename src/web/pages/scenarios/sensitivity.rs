//! Which inputs matter: the tornado, and a grid of two inputs. Each opens the scenario it shows.

use leptos::prelude::*;

use crate::scenario::{Change, Tornado, TornadoAsk};
use crate::view::scenarios;
use crate::web::ui::{ChartView, select};

use super::{Handles, grid, subjects, with_values, with_writer};

/// Ways to move the inputs: percent of their values, and words.
const MOVES: [(&str, &str); 5] = [
    ("", "Over their ranges"),
    ("5", "By 5 %"),
    ("10", "By 10 %"),
    ("20", "By 20 %"),
    ("50", "By 50 %"),
];

pub(super) fn page(h: Handles) -> AnyView {
    let found = h.app.of_page(|page| page.scenarios?.tornado);
    let ask = Memo::new(move |_| h.scenarios.with(|all| h.subject.get().tornado(all)));
    let change = move |edit: &dyn Fn(&mut TornadoAsk)| {
        let mut next = ask.get_untracked();
        edit(&mut next);
        h.make(Change::Tornado(Some(next)));
    };
    let good = Memo::new(move |_| found.with(|f| f.as_ref()?.as_ref().ok().cloned()));
    let said = move || {
        found.with(|found| match found.as_ref()? {
            Ok(found) => scenarios::strongest(found),
            Err(why) => Some(why.clone()),
        })
    };
    let chart = Signal::derive(move || {
        good.with(|f| {
            let found = f.as_ref()?;
            with_values(|value| scenarios::tornado(found, value))
        })
    });
    let open = RwSignal::new(false);
    view! {
        <section class="card card-body stack" aria-labelledby="tornado-title">
            <div class="cluster">
                <h2 id="tornado-title">"Which inputs matter"</h2>
                <span class="spacer"></span>
                {subjects(h)}
            </div>
            <div class="cluster ask">
                {select(
                    "Figure",
                    Signal::derive(move || h.metrics()),
                    Signal::derive(move || ask.with(|ask| ask.metric.clone())),
                    move |metric| change(&|ask| ask.metric.clone_from(&metric)),
                )}
                {select(
                    "Inputs move",
                    Signal::stored(MOVES.map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec()),
                    Signal::derive(move || ask.with(|ask| ask.percent.map(|p| p.to_string()).unwrap_or_default())),
                    move |percent| change(&|ask| ask.percent = percent.parse().ok()),
                )}
                {select(
                    "In",
                    Signal::derive(move || h.all()),
                    Signal::derive(move || ask.with(|ask| ask.of.map(|id| id.to_string()).unwrap_or_default())),
                    move |id| change(&|ask| ask.of = id.parse().ok()),
                )}
            </div>
            <p data-testid="strongest">{said}</p>
            <ChartView chart/>
            <details on:toggle=move |_| open.set(true)>
                <summary>"Keep one of these as a scenario"</summary>
                {move || open.get().then(|| ends(h, good))}
            </details>
        </section>
        {grid::card(h)}
    }
    .into_any()
}

/// The ends of each bar as buttons.
fn ends(h: Handles, found: Memo<Option<Tornado>>) -> AnyView {
    let rows = move || {
        found.with(|found| {
            let found = found.as_ref()?;
            let unit = scenarios::metric(&found.ask.metric).1;
            let row = |bar: &crate::scenario::Bar| {
                let end = |value: &str, figure: Option<f64>| {
                    let words = super::value(&bar.key, value);
                    let figure = figure.map(|x| with_writer(unit, |write| write(x)));
                    let name = format!("{} {words}", scenarios::input(&bar.key));
                    let change = vec![(bar.key.clone(), value.to_owned())];
                    let label = format!("Keep {name} as a scenario");
                    let on_click = move |_| h.keep(name.clone(), change.clone());
                    view! {
                        <td class="num">{figure}</td>
                        <td>
                            <button type="button" class="button small" aria-label=label on:click=on_click>{words}</button>
                        </td>
                    }
                };
                view! {
                    <tr>
                        <th scope="row">{scenarios::input(&bar.key)}</th>
                        {end(&bar.low, bar.at_low)}
                        {end(&bar.high, bar.at_high)}
                    </tr>
                }
            };
            Some(found.bars.iter().map(row).collect_view())
        })
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Ends of the ranges">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="head">"Input"</th>
                        <th scope="col" class="num head">"Figure"</th>
                        <th scope="col" class="head">"Low end"</th>
                        <th scope="col" class="num head">"Figure"</th>
                        <th scope="col" class="head">"High end"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
