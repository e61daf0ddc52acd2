//! What the Growth page says and draws of offers and levers.
//!
//! Amounts come in through a writer, so that they stand in the user's way of writing.

use crate::assumptions::{Section, Spec};
use crate::base::{Date, Unit, counted};
use crate::growth::{Beside, Board, Case, Growth, LeverBoard, LeverRow, Levers, Tracked};
use crate::metrics::Exactness;

use super::chart::swings::Swing;
use super::chart::{Across, Bar, Chart, Periods, Role, Series, Shape, Swings};

use super::route::{Page, Route};

/// The tabs of the page: key and heading.
pub const TABS: &[(&str, &str)] = &[
    ("", "Upsells"),
    ("tracker", "Offered and taken"),
    ("levers", "Which lever first"),
];

/// Writes a number of a unit.
pub type Writer<'a> = &'a dyn Fn(f64, Unit) -> String;

/// Writes the canonical text of a value.
pub type Values<'a> = &'a dyn Fn(&Spec, &str) -> String;

/// Whether a value of an offer is about what it saves the customer.
pub fn is_customers(spec: &Spec) -> bool {
    spec.section == Section::Definition
}

/// Which offers fit into the hours there are, in a sentence.
pub fn mix(board: &Board, write: Writer<'_>) -> String {
    let chosen = board.offers.iter().filter(|row| row.in_mix);
    let names: Vec<&str> = chosen.map(|row| row.name.as_str()).collect();
    let hours = |x: f64| write(x, Unit::Count);
    if names.is_empty() {
        return "No offer is worth its hours: raise a fee, or spend less time on delivery.".into();
    }
    let worth = write(board.mix.value, Unit::Money);
    if !board.mix.binds {
        return format!(
            "All offers of any worth fit into the {} there are: they need {} and are worth {worth}.",
            counted(&hours(board.hours), "hour"),
            hours(board.mix.hours)
        );
    }
    let best = if board.mix.exact {
        "The best mix"
    } else {
        "A good mix"
    };
    format!(
        "{best} for {}: {}. It needs {} and is worth {worth}; all offers together would need {}.",
        counted(&hours(board.hours), "hour"),
        names.join(", "),
        counted(&hours(board.mix.hours), "hour"),
        hours(board.mix.hours_of_all)
    )
}

/// What each offer is worth.
pub fn catalogue(board: &Board) -> Option<Chart> {
    let bar = |row: &crate::growth::OfferRow| Bar {
        label: row.name.clone(),
        value: Ok(row.worth.value),
        role: Role::Level,
        strong: row.in_mix,
        exactness: Exactness::Estimated,
    };
    (!board.offers.is_empty()).then(|| {
        Chart::Across(Across {
            title: "What the offers are worth".into(),
            description:
                "Expected over the term, discounted; green ones fit into the hours there are."
                    .into(),
            unit: Unit::Money,
            heading: "Offer".into(),
            bars: board.offers.iter().map(bar).collect(),
        })
    })
}

/// The deal or an account with and without its upsells, in a sentence.
pub fn with_and_without(both: &Beside, write: Writer<'_>) -> String {
    let money = |x: f64| write(x, Unit::Money);
    let payback = |years: Option<f64>| {
        years.map_or_else(
            || "never".to_owned(),
            |years| format!("in {}", write(years, Unit::Years)),
        )
    };
    format!(
        "Worth {} with them, {} without; it pays back {} with them, {} without.",
        money(both.with.value),
        money(both.without.value),
        payback(both.with.payback_years),
        payback(both.without.payback_years)
    )
}

/// The cash of both sides, summed up year by year.
pub fn beside(both: &Beside, whose: &str) -> Option<Chart> {
    let sums = |side: &crate::growth::attach::Side| {
        let mut sum = side.start;
        let later = side.years.iter().map(move |year| {
            sum += year;
            Some(sum)
        });
        std::iter::once(Some(side.start))
            .chain(later)
            .collect::<Vec<_>>()
    };
    let series = |name: &str, side| Series {
        name: name.to_owned(),
        shape: Shape::Line,
        values: sums(side),
    };
    let years = both.with.years.len();
    let labels =
        std::iter::once("Start".to_owned()).chain((1..=years).map(|year| format!("Year {year}")));
    (years > 0).then(|| {
        Chart::Periods(Periods {
            title: "What has come in by then".into(),
            description: format!(
                "The expected cash of {whose} summed up, with and without what is attached to it."
            ),
            unit: Unit::Money,
            heading: "Year".into(),
            labels: labels.collect(),
            expected_from: Some(0),
            band: Vec::new(),
            series: vec![
                series("With the offers", &both.with),
                series("Without", &both.without),
            ],
        })
    })
}

/// The account that a place on the page looks at, by its position in the book.
///
/// ```
/// use perennial::view::route::Route;
/// assert_eq!(perennial::view::growth::account(&Route::parse("#/growth?account=17")), Some(17));
/// ```
pub fn account(route: &Route) -> Option<u32> {
    route.get("account")?.parse().ok()
}

/// The place that looks at the upsells of an account.
pub fn place_of(account: u32) -> Route {
    Route::to(Page::Growth).with("account", &account.to_string())
}

/// The accounts that something is attached to, in a sentence; empty where there are none.
pub fn attached(growth: &Growth) -> String {
    let one = |(name, count): (&str, u32)| match count {
        1 => format!("{name} (1 offer)"),
        _ => format!("{name} ({count} offers)"),
    };
    let all: Vec<String> = growth.accounts().into_iter().map(one).collect();
    if all.is_empty() {
        String::new()
    } else {
        format!("Upsells are attached to {}.", all.join(", "))
    }
}

/// The customer's own case for an offer, in a sentence.
pub fn case(case: &Case, write: Writer<'_>) -> String {
    let hours = |x: f64| format!("{x:.1}");
    let money = |x: f64| write(x, Unit::Money);
    let from = match case.break_even_hours {
        Some(0.0) => " It pays without any downtime avoided.".to_owned(),
        Some(at) => format!(" It pays if it saves {} hours a month.", hours(at)),
        None => " Enter what an hour of standstill costs the customer, to say from when it pays."
            .to_owned(),
    };
    if case.unknown {
        return format!("Nothing is entered yet of what it saves.{from}");
    }
    let saved = case.downtime + case.rework + case.expedites;
    let net = if case.net < 0.0 {
        format!("{} a year too little", money(-case.net))
    } else {
        let back = case
            .payback_months
            .map(|months| format!(", back within {}", write(months, Unit::Months)));
        format!(
            "{} a year gained{}",
            money(case.net),
            back.unwrap_or_default()
        )
    };
    format!(
        "It saves {} for a fee of {}: {net}.{from}",
        money(saved),
        money(case.fee)
    )
}

/// The share taken with its range, or what nothing taken says.
pub fn conversion(tracked: &Tracked) -> String {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    let (low, high) = tracked.interval;
    match tracked.conversion {
        None => "not offered yet".into(),
        Some(_) if tracked.taken == 0 => format!("none yet; at most {}", percent(high)),
        Some(share) => format!("{} ({} to {})", percent(share), percent(low), percent(high)),
    }
}

/// The months on record.
pub fn months(tracked: &Tracked) -> String {
    let one =
        |(month, offered, taken): &(String, u32, u32)| format!("{month}: {taken} of {offered}");
    tracked
        .months
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The month of a day: `2026-03`.
pub fn month_of(date: Date) -> String {
    date.to_string().chars().take(7).collect()
}

/// A lever's name on screen.
pub fn lever(key: &str) -> &'static str {
    spec(key).map_or("", |spec| spec.label)
}

/// One step of a lever, from what to what.
pub fn step(row: &LeverRow, value: Values<'_>) -> String {
    let value = |text: &str| spec(&row.key).map_or_else(String::new, |spec| value(spec, text));
    if row.from == row.to {
        format!("{}, at its end", value(&row.from))
    } else {
        format!("{} to {}", value(&row.from), value(&row.to))
    }
}

fn spec(key: &str) -> Option<&'static Spec> {
    Levers::SPECS.iter().find(|spec| spec.key == key)
}

/// What each lever moves over its usual range.
pub fn levers(board: &LeverBoard, write: Values<'_>) -> Option<Chart> {
    let swing = |bar: &crate::scenario::Bar| {
        let value = |text: &str| spec(&bar.key).map_or_else(String::new, |spec| write(spec, text));
        Swing {
            label: lever(&bar.key).to_owned(),
            ends: [
                (value(&bar.low), bar.at_low),
                (value(&bar.high), bar.at_high),
            ],
            span: bar.span,
            turns: !bar.monotone,
        }
    };
    (!board.bars.is_empty()).then(|| {
        Chart::Swings(Swings {
            title: "What each lever moves".into(),
            description: "Lifetime value with each lever alone over its usual range; the others stay.".into(),
            unit: Unit::Money,
            now: board.value,
            swings: board.bars.iter().map(swing).collect(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(x: f64, unit: Unit) -> String {
        format!("{x:.1} {}", unit.suffix()).trim().to_owned()
    }

    #[test]
    fn the_customers_case_names_when_it_pays() {
        let mut one = Case {
            downtime: 12_000.0,
            rework: 0.0,
            expedites: 0.0,
            fee: 8_400.0,
            net: 3_600.0,
            roi: None,
            payback_months: Some(8.4),
            break_even_hours: Some(1.4),
            unknown: false,
        };
        assert_eq!(
            case(&one, &plain),
            "It saves 12000.0 for a fee of 8400.0: 3600.0 a year gained, back within 8.4 months. It pays if it saves 1.4 hours a month."
        );
        one.unknown = true;
        assert_eq!(
            case(&one, &plain),
            "Nothing is entered yet of what it saves. It pays if it saves 1.4 hours a month."
        );
    }

    #[test]
    fn what_is_attached_where_is_said() {
        let to = |name: &str| crate::growth::To::Account(name.to_owned());
        let attach = |growth: Growth, name: &str, offer| {
            let change = crate::growth::Change::Attach(to(name), offer, true);
            growth.changed(change).unwrap().growth
        };
        let growth = Growth::default();
        assert_eq!(attached(&growth), "");
        let growth = attach(attach(attach(growth, "Nord", 1), "Acme", 2), "Nord", 3);
        let said = "Upsells are attached to Acme (1 offer), Nord (2 offers).";
        assert_eq!(attached(&growth), said);
        assert_eq!(account(&place_of(7)), Some(7));
        assert_eq!(account(&Route::parse("#/growth?account=x")), None);
    }

    #[test]
    fn nothing_taken_is_an_upper_bound() {
        let tracked = Tracked {
            offered: 10,
            taken: 0,
            conversion: Some(0.0),
            interval: (0.0, 0.2775),
            taken_last_year: 0,
            run_rate: 0.0,
            months: vec![("2026-03".into(), 10, 0)],
        };
        assert_eq!(conversion(&tracked), "none yet; at most 27.8 %");
        assert_eq!(months(&tracked), "2026-03: 0 of 10");
    }
}
