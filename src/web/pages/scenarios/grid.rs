//! A figure over two inputs at once, as a heat table whose fields open as scenarios.

use leptos::prelude::*;

use crate::scenario::{Change, GridAsk, Heat};
use crate::view::scenarios;
use crate::web::state::changes;
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
    let frame = changes(move |_| {
        found.with(|found| {
            Some(
                found
                    .as_ref()?
                    .as_ref()
                    .map(Frame::of)
                    .map_err(Clone::clone),
            )
        })
    });
    let figures = changes(move |_| found.with(|found| found.as_ref()?.as_ref().ok().map(shaded)));
    let body = move || {
        frame.with(|frame| match frame {
            None => {
                view! { <p class="empty-line">"Choose a figure and two inputs."</p> }.into_any()
            }
            Some(Err(why)) => view! { <p class="banner warning">{why.clone()}</p> }.into_any(),
            Some(Ok(frame)) => table(h, frame, figures),
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

/// What of a grid stays while its figures change.
#[derive(Clone, PartialEq)]
struct Frame {
    ask: GridAsk,
    across: Vec<String>,
    down: Vec<String>,
    now: (Option<u32>, Option<u32>),
    /// By field: whether it has a figure.
    known: Vec<Vec<bool>>,
}

impl Frame {
    fn of(heat: &Heat) -> Self {
        let known = |row: &Vec<Option<f64>>| row.iter().map(Option::is_some).collect();
        Self {
            ask: heat.ask.clone(),
            across: heat.across.clone(),
            down: heat.down.clone(),
            now: heat.now,
            known: heat.rows.iter().map(known).collect(),
        }
    }
}

/// A figure and its shade, by row and column.
type Fields = Vec<Vec<Option<(f64, u8)>>>;

fn shaded(heat: &Heat) -> Fields {
    let shade = scenarios::shade(heat);
    let field = |figure: &Option<f64>| figure.map(|x| (x, shade(x)));
    let row = |row: &Vec<Option<f64>>| row.iter().map(field).collect();
    heat.rows.iter().map(row).collect()
}

fn table(h: Handles, frame: &Frame, figures: ReadSignal<Option<Fields>>) -> AnyView {
    let ask = &frame.ask;
    let (label, unit) = scenarios::metric(&ask.metric);
    let heads = frame.across.iter().map(|at| {
        view! { <th scope="col" class="num head">{value(&ask.across, at)}</th> }
    });
    let at = |place: Option<u32>, i: usize| place.is_some_and(|p| p as usize == i);
    let rows = frame.known.iter().zip(&frame.down).enumerate();
    let rows = rows.map(|(r, (known, down))| {
        let down_words = value(&ask.down, down);
        let cells = known
            .iter()
            .zip(&frame.across)
            .enumerate()
            .map(|(c, (known, across))| {
                if !known {
                    return view! { <td class="num" title="No value here">"–"</td> }.into_any();
                }
                let field = move || figures.with(|all| *all.as_ref()?.get(r)?.get(c)?);
                let text =
                    move || field().map(|(figure, _)| with_writer(unit, |write| write(figure)));
                let name = format!(
                    "{} {}, {} {down_words}",
                    scenarios::input(&ask.across),
                    value(&ask.across, across),
                    scenarios::input(&ask.down)
                );
                let where_it_is = format!(" at {name}: keep as a scenario");
                let changes = vec![
                    (ask.across.clone(), across.clone()),
                    (ask.down.clone(), down.clone()),
                ];
                let on_click = move |_| h.keep(name.clone(), changes.clone());
                let here = at(frame.now.0, c) && at(frame.now.1, r);
                view! {
                <td class="num" data-heat=move || field().map(|(_, shade)| shade) class:here=here>
                    <button type="button" class="field-button" on:click=on_click>
                        {text}
                        <span class="visually-hidden">{where_it_is}</span>
                    </button>
                </td>
            }
            .into_any()
            });
        view! {
            <tr>
                <th scope="row">{down_words.clone()}</th>
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
