//! A chart on the page: picture, cursor, legend, table twin, downloads.
//!
//! Input: a chart of the pure layer. The picture follows the width there is. The cursor is moved by
//! pointer or arrow keys, and what stands at it is written below and spoken. The table says the
//! same as the picture. SVG, PNG and CSV are made here, in the browser.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{Icon, Popover, SheetTable, icon, image, menu_item, next_id};
use crate::codec::csv_out::csv;
use crate::metrics::{Exactness, Number};
use crate::view::chart::picture::Mark;
use crate::view::chart::{Chart, Ink, Picture, Words};
use crate::view::number::Place;
use crate::web::download::{save, save_text};
use crate::web::format::{Formats, use_formats};

/// What the parts of one chart share; cheap to copy.
#[derive(Clone, Copy)]
struct Handles {
    chart: Signal<Option<Chart>>,
    picture: Memo<Picture>,
    /// Where the cursor stands.
    cursor: RwSignal<Option<usize>>,
    /// The table is shown in place of the picture.
    as_table: RwSignal<bool>,
    /// The ids of the heading and of the sentence below it.
    ids: StoredValue<(String, String)>,
}

/// A chart with everything around it.
#[component]
pub fn ChartView(
    /// What to draw; nothing while it is being computed for the first time.
    #[prop(into)]
    chart: Signal<Option<Chart>>,
    /// Hides the heading where the page has one of its own.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let frame = NodeRef::<html::Figure>::new();
    let width = image::width_of(frame, 640.0);
    let formats = use_formats();
    // Its many readers would make it anew, each for itself.
    let chart: Signal<Option<Chart>> = Memo::new(move |_| chart.get()).into();
    let picture = Memo::new(move |_| {
        let width = width.get();
        chart.with(|chart| {
            let chart = chart.as_ref();
            chart
                .map(|c| formats.with(|f| draw(c, width, f)))
                .unwrap_or_default()
        })
    });
    let id = next_id("chart");
    let h = Handles {
        chart,
        picture,
        cursor: RwSignal::new(None),
        as_table: RwSignal::new(false),
        ids: StoredValue::new((id.clone(), format!("{id}-said"))),
    };
    view! {
        <figure class="chart" node_ref=frame>
            {head(h, bare)}
            {move || if h.as_table.get() { table(h) } else { stage(h) }}
        </figure>
    }
}

fn draw(chart: &Chart, width: f64, formats: &Formats) -> Picture {
    let unit = chart.unit();
    let value = |x: f64| formats.number(Number::Float(x), unit, Exactness::Exact, Place::Cell);
    let axis = |x: f64| formats.axis(x, unit);
    let mut picture = chart.draw(
        width,
        &Words {
            axis: &axis,
            value: &value,
        },
    );
    for mark in &mut picture.marks {
        if let Mark::Text { text, .. } = mark {
            *text = formats.sentence(text);
        }
    }
    for stop in &mut picture.stops {
        stop.caption = formats.sentence(&stop.caption);
    }
    picture
}

/// Heading, sentence, actions.
fn head(h: Handles, bare: bool) -> AnyView {
    let (title_id, said_id) = h.ids.get_value();
    let title = move || h.chart.with(|c| c.as_ref().map(|c| c.title().to_owned()));
    let formats = use_formats();
    let said = move || {
        let said = h
            .chart
            .with(|c| c.as_ref().map(|c| c.description().to_owned()))?;
        Some(formats.with(|f| f.caption(&said)))
    };
    let toggle = move |_| h.as_table.update(|on| *on = !*on);
    view! {
        <div class="chart-head">
            <div>
                <h3 id=title_id class:visually-hidden=bare>{title}</h3>
                <p id=said_id class="chart-desc">{said}</p>
            </div>
            <div class="chart-actions no-print">
                <button
                    type="button"
                    class="icon-button"
                    title="Show as a table"
                    aria-label="Show as a table"
                    aria-pressed=move || h.as_table.get().to_string()
                    on:click=toggle
                >
                    {icon(Icon::Table)}
                </button>
                <Popover
                    name="Download this chart"
                    face=icon(Icon::Download)
                    panel_class="menu"
                    content=Callback::new(move |()| downloads(h))
                />
            </div>
        </div>
    }
    .into_any()
}

fn downloads(h: Handles) -> AnyView {
    let item = |label: &'static str, run: fn(&Chart, &Picture)| {
        menu_item(label, move || {
            h.chart.with_untracked(|chart| {
                if let Some(chart) = chart {
                    h.picture.with_untracked(|picture| run(chart, picture));
                }
            });
        })
    };
    view! {
        {item("Picture (SVG)", as_svg)}
        {item("Picture (PNG)", as_png)}
        {item("Data (CSV)", as_csv)}
    }
    .into_any()
}

/// A file name made of the chart's title.
fn file_name(chart: &Chart, extension: &str) -> String {
    let title = chart.title().to_lowercase();
    let mut name: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    name.push('.');
    name.push_str(extension);
    name
}

fn as_svg(chart: &Chart, picture: &Picture) {
    let file = picture.file(chart.title(), chart.description(), &chart.legend());
    save_text(&file_name(chart, "svg"), "image/svg+xml", &file);
}

fn as_png(chart: &Chart, picture: &Picture) {
    let legend = chart.legend();
    let file = picture.file(chart.title(), chart.description(), &legend);
    let size = (picture.width, picture.file_height(&legend));
    image::save_png(&file_name(chart, "png"), &file, size);
}

fn as_csv(chart: &Chart, _: &Picture) {
    let bytes = csv(&chart.twin(), true);
    let array = js_sys::Uint8Array::from(bytes.as_slice());
    save(&file_name(chart, "csv"), "text/csv;charset=utf-8", &array);
}

/// The table that says the same.
fn table(h: Handles) -> AnyView {
    let sheet = Signal::derive(move || h.chart.with(|c| c.as_ref().map(|c| Arc::new(c.twin()))));
    view! { <SheetTable sheet bare=true/> }.into_any()
}

/// Picture, cursor, caption, legend.
fn stage(h: Handles) -> AnyView {
    let (title_id, said_id) = h.ids.get_value();
    let said = said_id.clone();
    let labelled = title_id.clone();
    let view_box = move || {
        h.picture
            .with(|p| format!("0 0 {} {}", p.width, p.height.max(1.0)))
    };
    let stop = move || {
        let at = h.cursor.get()?;
        h.picture.with(|p| p.stops.get(at).cloned())
    };
    let mark = move || {
        stop().map(|s| {
            let (x, y, w, height) = s.area;
            format!("M{x} {y}h{w}v{height}h{}z", -w)
        })
    };
    let caption = move || stop().map(|s| s.caption);
    view! {
        <div
            class="chart-stage"
            tabindex="0"
            role="group"
            aria-roledescription="chart"
            aria-labelledby=title_id
            aria-describedby=said_id
            on:keydown=move |event| on_key(h, &event)
            on:pointermove=move |event| on_point(h, &event)
            on:pointerleave=move |_| h.cursor.set(None)
            on:blur=move |_| h.cursor.set(None)
        >
            <svg role="img" viewBox=view_box aria-labelledby=labelled aria-describedby=said>
                <path class="c-hit" d=mark></path>
                <g inner_html=move || h.picture.with(Picture::body)></g>
            </svg>
        </div>
        <p class="chart-caption no-print" aria-live="polite">{caption}</p>
        {legend(h)}
    }
    .into_any()
}

fn legend(h: Handles) -> AnyView {
    let entries = Memo::new(move |_| {
        h.chart
            .with(|c| c.as_ref().map(Chart::legend).unwrap_or_default())
    });
    let entry = |(name, ink): (String, Ink)| {
        let class = ink.class();
        let d = if matches!(ink, Ink::Line(_)) {
            "M0 6h20"
        } else {
            "M0 0h20v12h-20z"
        };
        view! {
            <li>
                <svg viewBox="0 0 20 12" aria-hidden="true"><path class=class d=d></path></svg>
                {name}
            </li>
        }
    };
    let list = move || {
        let entries = entries.get();
        let some = !entries.is_empty();
        some.then(
            || view! { <ul class="legend">{entries.into_iter().map(entry).collect_view()}</ul> },
        )
    };
    list.into_any()
}

fn on_key(h: Handles, event: &ev::KeyboardEvent) {
    let count = h.picture.with_untracked(|p| p.stops.len());
    let Some(last) = count.checked_sub(1) else {
        return;
    };
    let at = h.cursor.get_untracked();
    let to = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => at.map_or(0, |i| (i + 1).min(last)),
        "ArrowLeft" | "ArrowUp" => at.map_or(last, |i| i.saturating_sub(1)),
        "Home" => 0,
        "End" => last,
        "Escape" => {
            h.cursor.set(None);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    h.cursor.set(Some(to));
}

fn on_point(h: Handles, event: &ev::PointerEvent) {
    let Some((x, y)) = image::share_of(event) else {
        return;
    };
    let at = h.picture.with_untracked(|p| {
        let (x, y) = (x * p.width, y * p.height);
        p.stops.iter().position(|stop| {
            let (left, top, width, height) = stop.area;
            (left..left + width).contains(&x) && (top..=top + height).contains(&y)
        })
    });
    if at != h.cursor.get_untracked() {
        h.cursor.set(at);
    }
}
