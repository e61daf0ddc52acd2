//! A figure over two inputs at once, as a heat table whose fields open as scenarios.

use leptos::prelude::*;

use crate::scenario::{Change, GridAsk, Heat};
use crate::view::scenarios;
use crate::web::ui::select;

use super::{Handles, value, with_writer};

pub(super) fn card(h: Handles) -> AnyView {
    let found = h.app.of_page(|page| page.scenarios?.grid);
    let ask = Memo::new(move |_| h.scenarios.with(|all| h.subject.get().grid(all)));
    let change = move |edit: &dyn Fn(&mut GridAsk)| {
        let mut next = ask.get_untracked();
        edit(&mut next);
        h.make(Change::Grid(Some(next)));
    };
    let all = Signal::stored(scenarios::inputs());
    let body = move || {
        found.with(|found| match found.as_ref() {
            None => {
                view! { <p class="empty-line">"Choose a figure and two inputs."</p> }.into_any()
            }
            Some(Err(why)) => view! { <p class="banner warning">{why.clone()}</p> }.into_any(),
            Some(Ok(heat)) => table(h, heat),
        })
    };
    view! {
        <section class="card card-body stack" aria-labelledby="grid-title">
            <h2 id="grid-title">"Two inputs at once"</h2>
            <p class="muted">"The stronger the colour, the larger. A field opens as a scenario; the one with the frame is where you are."</p>
            <div class="cluster ask">
                {select(
                    "Figure",
                    Signal::derive(move || h.metrics()),
                    Signal::derive(move || ask.with(|ask| ask.metric.clone())),
                    move |metric| change(&|ask| ask.metric.clone_from(&metric)),
                )}
                {select(
                    "Across",
                    all,
                    Signal::derive(move || ask.with(|ask| ask.across.clone())),
                    move |key| change(&|ask| ask.across.clone_from(&key)),
                )}
                {select(
                    "Down",
                    all,
                    Signal::derive(move || ask.with(|ask| ask.down.clone())),
                    move |key| change(&|ask| ask.down.clone_from(&key)),
                )}
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn table(h: Handles, heat: &Heat) -> AnyView {
    let ask = &heat.ask;
    let (label, unit) = scenarios::metric(&ask.metric);
    let heads = heat.across.iter().map(|at| {
        view! { <th scope="col" class="num head">{value(&ask.across, at)}</th> }
    });
    let at = |place: Option<u32>, i: usize| place.is_some_and(|p| p as usize == i);
    let rows = heat.rows.iter().zip(&heat.down).enumerate().map(|(r, (row, down))| {
        let cells = row.iter().zip(&heat.across).enumerate().map(|(c, (figure, across))| {
            let here = at(heat.now.0, c) && at(heat.now.1, r);
            let Some(figure) = figure else {
                return view! { <td class="num" title="No value here">"–"</td> }.into_any();
            };
            let text = with_writer(unit, |write| write(*figure));
            let (across_words, down_words) =
                (value(&ask.across, across), value(&ask.down, down));
            let name = format!(
                "{} {across_words}, {} {down_words}",
                scenarios::input(&ask.across),
                scenarios::input(&ask.down)
            );
            let said = format!("{text} at {name}: keep as a scenario");
            let changes = vec![
                (ask.across.clone(), across.clone()),
                (ask.down.clone(), down.clone()),
            ];
            let on_click = move |_| h.keep(name.clone(), changes.clone());
            view! {
                <td class="num" data-heat=scenarios::shade(heat, *figure) class:here=here>
                    <button type="button" class="field-button" aria-label=said on:click=on_click>{text}</button>
                </td>
            }
            .into_any()
        });
        view! {
            <tr>
                <th scope="row">{value(&ask.down, down)}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    let corner = format!(
        "{} ↓ {} →",
        scenarios::input(&ask.down),
        scenarios::input(&ask.across)
    );
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=format!("{label} over two inputs")>
            <table class="table grid-heat" data-testid="grid">
                <thead>
                    <tr><th scope="col" class="head">{corner}</th>{heads.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
