//! The lever board: what one step of each lever does to an account's lifetime value, alone and with
//! all others.

use leptos::prelude::*;

use crate::base::Unit;
use crate::growth::{Change, LeverRow, Levers, outputs};
use crate::view::growth as words;
use crate::web::format::use_formats;
use crate::web::ui::{ChartView, FigureView, with_live};

use super::{Handles, field};

pub(super) fn page(h: Handles) -> AnyView {
    with_live(Callback::new(move |()| h.live(|_| None)), move || board(h))
}

fn board(h: Handles) -> AnyView {
    let figure = |key: &'static str| {
        outputs::get(key).map(|spec| {
            let figure = h.part(move |board| board.levers.figures().remove(key));
            view! { <FigureView spec figure/> }
        })
    };
    let together = h.number(Unit::Money, |board| Some(board.levers.together));
    let interaction = h.number(Unit::Money, |board| Some(board.levers.interaction));
    let formats = use_formats();
    let chart = Signal::derive(move || {
        let board = h.board.get()?;
        formats.with(|f| words::levers(&board.levers, &|spec, text| f.value(spec, text)))
    });
    let keys = h.part(|board| {
        let rows = board.levers.rows.iter();
        Some(rows.map(|row| row.key.clone()).collect::<Vec<String>>())
    });
    let one = |spec: &'static crate::assumptions::Spec| {
        field(
            h,
            spec,
            move |board| {
                board
                    .levers
                    .used
                    .iter()
                    .find(|used| used.key == spec.key)
                    .cloned()
            },
            move |value| Change::Lever(spec.key.to_owned(), value),
        )
    };
    view! {
        <div class="with-inputs">
            <section class="card card-body stack" aria-labelledby="levers-title">
                <h2 id="levers-title">"The levers"</h2>
                {Levers::SPECS.iter().map(one).collect_view()}
            </section>
            <section class="card card-body stack" aria-labelledby="lever-board-title">
                <h2 id="lever-board-title">"Which lever first"</h2>
                <dl class="task-figures">
                    <div class="at-stake"><dt>"Lifetime value of an account"</dt><dd>{figure("lever_value")}</dd></div>
                    <div><dt>"A year leaves"</dt><dd>{figure("lever_year")}</dd></div>
                    <div><dt>"Retention, revisions counted"</dt><dd>{figure("lever_retention")}</dd></div>
                    <div><dt>"One step of every lever"</dt><dd>{together}</dd></div>
                    <div><dt>"Of that, because they work together"</dt><dd>{interaction}</dd></div>
                </dl>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Levers">
                    <table class="table" data-testid="levers">
                        <thead>
                            <tr>
                                <th scope="col" class="head">"Lever"</th>
                                <th scope="col" class="head">"One step"</th>
                                <th scope="col" class="num head">"Alone"</th>
                                <th scope="col" class="num head">"Its share of all together"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || keys.get().unwrap_or_default() key=Clone::clone let(key)>{line(h, &key)}</For>
                        </tbody>
                    </table>
                </div>
                <ChartView chart/>
            </section>
        </div>
    }
    .into_any()
}

fn line(h: Handles, key: &str) -> AnyView {
    let number = |pick: fn(&LeverRow) -> f64| {
        let key = key.to_owned();
        h.number(Unit::Money, move |board| {
            board
                .levers
                .rows
                .iter()
                .find(|row| row.key == key)
                .map(pick)
        })
    };
    let own = key.to_owned();
    let row = h.part(move |board| board.levers.rows.iter().find(|row| row.key == own).cloned());
    let formats = use_formats();
    let step = move || {
        let row = row.get()?;
        Some(formats.with(|f| words::step(&row, &|spec, text| f.value(spec, text))))
    };
    view! {
        <tr>
            <th scope="row">{words::lever(key)}</th>
            <td>{step}</td>
            <td class="num">{number(|row| row.alone)}</td>
            <td class="num">{number(|row| row.together)}</td>
        </tr>
    }
    .into_any()
}
