//! How uncertain a figure is: ranges of inputs, and what a seeded simulation makes of them.

use leptos::prelude::*;

use crate::base::counted;
use crate::registry;
use crate::scenario::{Change, Range, Shape, Simulated, Simulation};
use crate::view::scenarios;
use crate::web::format::use_formats;
use crate::web::ui::{ChartView, Icon, icon, select};

use super::{Handles, subjects, with_writer};

const DRAWS: [&str; 4] = ["1000", "10000", "30000", "100000"];

pub(super) fn page(h: Handles) -> AnyView {
    view! {
        <section class="card card-body stack" aria-labelledby="ranges-title">
            <h2 id="ranges-title">"What is uncertain"</h2>
            <p class="muted">"Type a range as in 70 to 90, low, likely and high as in 70; 85; 90, or ±10 % of the value in use. Everything else stays as it is."</p>
            {ranges(h)}
        </section>
        {simulation(h)}
    }
    .into_any()
}

fn ranges(h: Handles) -> AnyView {
    let keys = Memo::new(move |_| {
        h.scenarios.with(|all| {
            let known = registry::assumptions().map(|spec| spec.key);
            known
                .filter(|key| all.ranges().contains_key(*key))
                .collect::<Vec<&'static str>>()
        })
    });
    let options = Signal::derive(move || {
        let first = (String::new(), "Choose…".to_owned());
        let free = scenarios::inputs()
            .into_iter()
            .filter(|(key, _)| !keys.with(|keys| keys.contains(&key.as_str())));
        std::iter::once(first).chain(free).collect()
    });
    let on_pick = move |key: String| {
        let used = in_use(h, &key);
        match Range::read(&key, "±10 %", used.as_deref()) {
            Ok(range) => h.make(Change::Uncertain(key, Some(range))),
            Err(why) => h.app.tell(crate::web::ui::NoticeKind::Warning, why),
        }
    };
    view! {
        <ul class="plain ranges">
            <For each=move || keys.get() key=|key| *key let(key)>
                {range(h, key)}
            </For>
        </ul>
        {select("Another input", options, Signal::stored(String::new()), on_pick)}
    }
    .into_any()
}

/// The value in use of an assumption, canonical.
fn in_use(h: Handles, key: &str) -> Option<String> {
    let used = h.app.used_now();
    let found = used
        .iter()
        .find(|used| used.key == key)
        .map(|used| used.value.clone());
    found.or_else(|| registry::assumption(key).map(|spec| spec.default.to_owned()))
}

fn range(h: Handles, key: &'static str) -> AnyView {
    let label = scenarios::input(key);
    let unit = registry::assumption(key).map_or("", |spec| spec.unit.suffix());
    let wrong = RwSignal::new(None::<String>);
    let shown = move || {
        h.scenarios.with(|all| {
            let range = all.ranges().get(key)?;
            Some(match range.likely() {
                Some(likely) => format!("{}; {likely}; {}", range.low(), range.high()),
                None => format!("{} to {}", range.low(), range.high()),
            })
        })
    };
    let on_type = move |event: leptos::ev::Event| {
        let used = in_use(h, key);
        match Range::read(key, &event_target_value(&event), used.as_deref()) {
            Ok(range) => {
                wrong.set(None);
                h.make(Change::Uncertain(key.to_owned(), Some(range)));
            }
            Err(why) => wrong.set(Some(why.into())),
        }
    };
    let remove = move |_| h.make(Change::Uncertain(key.to_owned(), None));
    view! {
        <li class="cluster">
            <label class="labelled range">
                <span>{label}</span>
                <span class="cluster">
                    <input
                        type="text"
                        class="input"
                        data-testid="range"
                        data-key=key
                        aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                        prop:value=shown
                        on:change=on_type
                    />
                    <span class="muted">{unit}</span>
                </span>
            </label>
            <button type="button" class="icon-button" aria-label=format!("{label} is certain") on:click=remove>
                {icon(Icon::Close)}
            </button>
            <span class="field-error" role="alert" hidden=move || wrong.with(Option::is_none)>{move || wrong.get()}</span>
        </li>
    }
    .into_any()
}

fn simulation(h: Handles) -> AnyView {
    let found = h.app.of_page(|page| page.scenarios?.simulation);
    let ask = Memo::new(move |_| h.scenarios.with(|all| h.subject.get().simulation(all)));
    let change = move |edit: &dyn Fn(&mut Simulation)| {
        let mut next = ask.get_untracked();
        edit(&mut next);
        h.make(Change::Simulate(next));
    };
    let good: Memo<Option<Simulated>> =
        Memo::new(move |_| found.with(|f| f.as_ref()?.as_ref().ok().cloned()));
    let why = move || found.with(|f| f.as_ref()?.as_ref().err().cloned());
    let bars = Signal::derive(move || {
        good.with(|found| {
            let found = found.as_ref()?;
            let unit = scenarios::metric(&found.metric).1;
            with_writer(unit, |write| scenarios::histogram(found, write))
        })
    });
    let drivers = Signal::derive(move || good.with(|found| scenarios::drivers(found.as_ref()?)));
    let none = move || good.with(Option::is_none);
    let draws = DRAWS.map(|n| (n.to_owned(), n.to_owned())).to_vec();
    let shapes = vec![
        ("pert".to_owned(), "Near the likely value (PERT)".to_owned()),
        (
            "triangular".to_owned(),
            "Spread wider (triangular)".to_owned(),
        ),
    ];
    let again = move |_| change(&|ask| ask.seed = ask.seed.wrapping_add(1));
    view! {
        <section class="card card-body stack" aria-labelledby="simulation-title">
            <div class="cluster">
                <h2 id="simulation-title">"What may come of it"</h2>
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
                    "In",
                    Signal::derive(move || h.all()),
                    Signal::derive(move || ask.with(|ask| ask.of.map(|id| id.to_string()).unwrap_or_default())),
                    move |id| change(&|ask| ask.of = id.parse().ok()),
                )}
                {select(
                    "Draws",
                    Signal::stored(draws),
                    Signal::derive(move || ask.with(|ask| ask.draws.to_string())),
                    move |draws| change(&|ask| ask.draws = draws.parse().unwrap_or(ask.draws)),
                )}
                {select(
                    "Values lie",
                    Signal::stored(shapes),
                    Signal::derive(move || ask.with(|ask| match ask.shape {
                        Shape::Pert => "pert",
                        Shape::Triangular => "triangular",
                    }.to_owned())),
                    move |shape| change(&|ask| ask.shape = if shape == "pert" { Shape::Pert } else { Shape::Triangular }),
                )}
                {months(ask, move |months| change(&|ask| ask.within_months = months))}
                <button type="button" class="button" on:click=again>"Draw others"</button>
            </div>
            <p class="empty-line" hidden=move || why().is_none()>{why}</p>
            <div class="stack" hidden=none>
                {facts(good)}
                <ChartView chart=bars/>
                <div class="chart-alone"><ChartView chart=drivers/></div>
            </div>
        </section>
    }
    .into_any()
}

fn months(ask: Memo<Simulation>, on_change: impl Fn(u32) + 'static) -> AnyView {
    let on_type = move |event: leptos::ev::Event| {
        if let Ok(months) = event_target_value(&event).trim().parse::<u32>() {
            on_change(months.clamp(1, 600));
        }
    };
    view! {
        <label class="labelled">
            "Paid back within (months)"
            <input
                type="number"
                class="input short"
                min="1"
                max="600"
                prop:value=move || ask.with(|ask| ask.within_months.to_string())
                on:change=on_type
            />
        </label>
    }
    .into_any()
}

/// The figures that sum it up.
fn facts(found: Memo<Option<Simulated>>) -> AnyView {
    let formats = use_formats();
    let amount = move |pick: fn(&Simulated) -> Option<f64>| {
        move || {
            found.with(|found| {
                let found = found.as_ref()?;
                let unit = scenarios::metric(&found.metric).1;
                pick(found).map(|x| with_writer(unit, |write| write(x)))
            })
        }
    };
    let share = move |pick: fn(&Simulated) -> Option<f64>| {
        move || {
            let share = found.with(|found| found.as_ref().and_then(pick))?;
            Some(formats.with(|f| f.share(share)))
        }
    };
    let no_payback = move || found.with(|f| f.as_ref().is_none_or(|f| f.paid_back.is_none()));
    let payback = move || {
        found.with(|f| {
            f.as_ref().map(|f| {
                format!(
                    "Paid back within {}",
                    counted(&f.ask.within_months, "month")
                )
            })
        })
    };
    view! {
        <dl class="task-figures simulated" data-testid="simulated">
            <div><dt>"One in ten is below (P10)"</dt><dd>{amount(|f| Some(f.p10))}</dd></div>
            <div class="at-stake"><dt>"Middle (P50)"</dt><dd>{amount(|f| Some(f.p50))}</dd></div>
            <div><dt>"One in ten is above (P90)"</dt><dd>{amount(|f| Some(f.p90))}</dd></div>
            <div><dt>"At the likely values"</dt><dd>{amount(|f| f.likely)}</dd></div>
            <div><dt>"Below zero"</dt><dd>{share(|f| Some(f.below_zero))}</dd></div>
            <div hidden=no_payback><dt>{payback}</dt><dd>{share(|f| f.paid_back)}</dd></div>
        </dl>
    }
    .into_any()
}
