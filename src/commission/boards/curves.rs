//! The curves that the user sets, over what they cost: the bonus of targets for returning customers
//! (S45) and the response to a rate on repeat orders (S47). Each is a table of points, the present one
//! and the break-evens among them, from which a chart is drawn.

use crate::base::Unit;
use crate::commission::pays_for_itself::{Needed, Response, Worth, against, breaks_even};
use crate::commission::targets::{Targets, Together};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells::{about, column, empty, float, percent, text};

/// Marks the present point in the last column.
pub const NOW: &str = "now";
/// Marks a point from which on, or up to which, a curve pays for itself.
pub const EVEN: &str = "break-even";

/// Points of a drawn curve.
const STEPS: i32 = 60;

/// What the bonus of all salespeople costs, and what the repeat revenue beyond the year before brings,
/// by the share of the targets reached. `margin` is contribution of a unit of repeat revenue; `None`
/// where no order was repeated in the last year.
pub fn target_curve_sheet(targets: &Targets, curve: &[(f64, f64)], margin: Option<f64>) -> Sheet {
    const KEY: &str = "target_curve";
    const TITLE: &str = "What the bonus costs, and what it is paid for";
    let Some(last) = curve.last() else {
        return empty(KEY, TITLE, "Set a point of the bonus to see what it costs.");
    };
    let both = margin.and_then(|margin| Some((margin, targets.now(margin)?)));
    let Some((margin, now)) = both else {
        return empty(
            KEY,
            TITLE,
            "Nobody repeated an order in the year before and in the last one, so there is no target.",
        );
    };
    let most = [1.5, 1.2 * last.0, 1.1 * now.reached];
    let most = most.into_iter().fold(0.0, f64::max).min(10.0);
    let even = targets.breaks_even(curve, margin, (0.0, most));
    // Far below all that matters, what the orders lack would dwarf any bonus.
    let lowest = curve
        .iter()
        .map(|point| point.0)
        .chain(even.iter().copied());
    let lowest = 0.8 * lowest.fold(now.reached.min(1.0), f64::min).max(0.0);
    let mut shares: Vec<f64> = (0..=STEPS)
        .map(|at| lowest + (most - lowest) * f64::from(at) / f64::from(STEPS))
        .collect();
    // A hair before the first point nothing is paid.
    shares.extend(curve.iter().flat_map(|point| [point.0 - 1e-9, point.0]));
    shares.retain(|at| (lowest..=most).contains(at));
    crate::base::order::sort_by(&mut shares, f64::total_cmp);
    shares.dedup();
    let row = |all: Together, what: &str| {
        vec![
            estimated(100.0 * all.reached),
            estimated(all.bonus),
            estimated(all.brings),
            text(what),
        ]
    };
    let point = |reached: &f64| targets.at(curve, margin, *reached);
    let mut rows = vec![row(now, NOW)];
    rows.extend(even.iter().filter_map(point).map(|all| row(all, EVEN)));
    rows.extend(shares.iter().filter_map(point).map(|all| row(all, "")));
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: target_words(now, &even, margin),
        columns: vec![
            column(
                "reached",
                "Target reached",
                Unit::Percent,
                "All targets together.",
            ),
            column(
                "bonus",
                "Bonuses",
                Unit::Money,
                "Of all salespeople, if each reached this share.",
            ),
            column(
                "brings",
                "Extra repeat orders bring",
                Unit::Money,
                "Contribution of the repeat revenue beyond the year before.",
            ),
            column("what", "What", Unit::Text, ""),
        ],
        rows,
    }
}

fn target_words(now: Together, even: &[f64], margin: f64) -> String {
    let from = match even {
        [] if now.brings >= now.bonus => {
            "At no share that is drawn does the bonus cost more than the orders bring.".to_owned()
        }
        [] => "At no share that is drawn do the orders bring what the bonus costs.".to_owned(),
        [one] => format!(
            "From {} of the targets on, the orders bring more than the bonus costs.",
            percent(*one)
        ),
        several => {
            let all: Vec<String> = several.iter().map(|at| percent(*at)).collect();
            format!(
                "The orders begin to bring more than the bonus costs at {} of the targets: between these \
                 the bonus runs ahead.",
                all.join(" and at ")
            )
        }
    };
    format!(
        "In the last year all together reached {} of their targets. Each paid for a share of their own, the \
         bonuses come to {}, and the repeat revenue beyond the year before brings {} at a margin of {}, \
         before other commission. {from}",
        percent(now.reached),
        about(now.bonus),
        about(now.brings),
        percent(margin),
    )
}

/// What is expected of a rate on repeat orders, and what it must bring to pay for itself.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// What a kept account and an order are worth.
    pub worth: &'a Worth,
    /// As the user set it, not yet counted from today.
    pub response: &'a Response,
    /// A year's.
    pub repeat_revenue: f64,
    /// What the scheme in use pays on a unit of it.
    pub today: f64,
    /// The highest rate of the other schemes.
    pub highest: f64,
}

/// Points of retention expected and needed, by the rate on repeat orders.
pub fn response_curve_sheet(asking: Option<&Asking<'_>>) -> Sheet {
    const KEY: &str = "response_curve";
    const TITLE: &str = "What a rate on repeat orders must bring";
    let Some(asking) = asking else {
        return empty(
            KEY,
            TITLE,
            "Add a scheme, and repeat orders, to see what a rate on repeat orders must bring.",
        );
    };
    let today = asking.today;
    let Some(last) = asking.response.points.last() else {
        return empty(
            KEY,
            TITLE,
            "Set what you expect of a rate to see whether it pays.",
        );
    };
    let most = [0.02, 1.2 * last.0, 1.2 * asking.highest, 1.5 * today];
    let most = most.into_iter().fold(0.0, f64::max).min(1.0);
    let mut rates: Vec<f64> = (0..=STEPS)
        .map(|at| most * f64::from(at) / f64::from(STEPS))
        .collect();
    rates.extend(asking.response.points.iter().map(|point| point.0));
    rates.push(today);
    rates.retain(|rate| (0.0..=most).contains(rate));
    crate::base::order::sort_by(&mut rates, f64::total_cmp);
    rates.dedup();
    let response = asking.response.over(today);
    let found =
        |rates: &[f64]| against(asking.worth, &response, asking.repeat_revenue, today, rates);
    let all = found(&rates);
    let drawn: Vec<f64> = all.iter().map(|one| one.rate).collect();
    let even = breaks_even(
        asking.worth,
        &response,
        asking.repeat_revenue,
        today,
        &drawn,
    );
    let row = |one: &Needed, what: &str| {
        vec![
            estimated(100.0 * one.rate),
            estimated(one.expected),
            estimated(one.needed),
            estimated(one.net),
            text(what),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = found(&[today]).iter().map(|one| row(one, NOW)).collect();
    rows.extend(found(&even).iter().map(|one| row(one, EVEN)));
    rows.extend(all.iter().map(|one| row(one, "")));
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: response_words(today, &all, &even),
        columns: vec![
            column("rate", "Rate on repeat orders", Unit::Percent, ""),
            column(
                "expected",
                "Points expected",
                Unit::Count,
                "As set above, beyond today's.",
            ),
            column(
                "needed",
                "Points needed",
                Unit::Count,
                "What the rate costs more than today's / what a point brings after commission.",
            ),
            column(
                "net",
                "Left a year",
                Unit::Money,
                "What the expected points bring less what the rate costs more.",
            ),
            column("what", "What", Unit::Text, ""),
        ],
        rows,
    }
}

fn response_words(today: f64, all: &[Needed], even: &[f64]) -> String {
    let percent = |share: f64| format!("{:.2} %", 100.0 * share);
    let best = all
        .iter()
        .fold(None, |best: Option<&Needed>, one| match best {
            Some(best) if best.net >= one.net => Some(best),
            _ => Some(one),
        });
    let best = match best {
        Some(best) if best.net > 0.5 => format!(
            "Most is left at a rate of {}: {} a year more than now.",
            percent(best.rate),
            about(best.net)
        ),
        _ => "No other rate leaves more than today's.".to_owned(),
    };
    let even = if even.is_empty() {
        String::new()
    } else {
        let all: Vec<String> = even.iter().map(|rate| percent(*rate)).collect();
        format!(" Expected and needed meet at {}.", all.join(" and "))
    };
    format!(
        "The scheme in use pays {} on repeat revenue. Where more points are expected than needed, a rate \
         pays for itself. {best}{even} Nobody has measured the response: it is what you set.",
        percent(today)
    )
}

fn estimated(number: f64) -> Cell {
    float(number, Exactness::Estimated, "")
}
