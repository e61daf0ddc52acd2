//! Charts of one account's rhythm: its chance over time, and the worth of its next order.
//!
//! Input: the rhythm as it comes from the worker and a way to write amounts. Output: charts, and the
//! sentence that says what the next order may be worth.

use crate::base::Unit;
use crate::jobs::protocol::{NextOrder, Rhythm};
use crate::metrics::Exactness;

use super::results::Amount;
use super::{Chart, Line, Over, Spread};

/// Dots of orders so far, the latest.
const DOTS: usize = 20;

/// The chance that an account still bought, over time, with its order days; nothing where there are
/// too few days for a line.
pub fn alive(rhythm: &Rhythm) -> Option<Chart> {
    let (dates, chances): (Vec<_>, Vec<_>) = rhythm.past.iter().copied().unzip();
    let percent = |share: f64| 100.0 * share;
    let now = chances.last().copied().map(percent)?;
    (dates.len() > 2).then(|| {
        Chart::Over(Over {
            title: "Chance that it still buys".into(),
            description: format!(
                "It falls with each day of silence and comes back with each order; now {now:.0} %, {}.",
                rhythm.alive.1
            ),
            unit: Unit::Percent,
            dates,
            lines: vec![Line {
                name: "Still buys".into(),
                values: chances.into_iter().map(|x| Some(percent(x))).collect(),
                exactness: Exactness::Estimated,
            }],
            highest: Some(100.0),
            marked: (
                rhythm.days.iter().map(|(day, _)| *day).collect(),
                "Order".into(),
            ),
            level: Some((percent(rhythm.lost_below), "probably lost below".into())),
            cut: None,
        })
    })
}

/// What the next order may be worth, in a sentence.
///
/// ```
/// use perennial::jobs::protocol::NextOrder;
/// use perennial::view::chart::rhythm::next_words;
/// let next = NextOrder { low: 80.0, median: 100.0, high: 140.0, from: "from its last 12 orders".into() };
/// assert_eq!(
///     next_words(&next, &|x| x.to_string()),
///     "Next order: about 100; four of five between 80 and 140, from its last 12 orders."
/// );
/// ```
pub fn next_words(next: &NextOrder, amount: Amount<'_>) -> String {
    format!(
        "Next order: about {}; four of five between {} and {}, {}.",
        amount(next.median),
        amount(next.low),
        amount(next.high),
        next.from
    )
}

/// The same as a chart, beside the latest orders.
pub fn next_order(rhythm: &Rhythm, amount: Amount<'_>) -> Option<Chart> {
    let next = rhythm.next.as_ref()?;
    let first = rhythm.days.len().saturating_sub(DOTS);
    Some(Chart::Spread(Spread {
        title: "Worth of the next order".into(),
        description: next_words(next, amount),
        past: rhythm.days.get(first..).unwrap_or_default().to_vec(),
        next: next.clone(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::cycles::State;
    use crate::base::Date;

    fn rhythm() -> Rhythm {
        let day = Date::from_days;
        Rhythm {
            state: State::DueNow,
            reason: String::new(),
            due: day(400),
            window: (day(390), day(410)),
            alive: (0.42, "from the fitted model".into()),
            lost_below: 0.3,
            past: vec![(day(100), 1.0), (day(200), 0.9), (day(405), 0.42)],
            next: None,
            days: vec![(day(100), 50.0), (day(200), 70.0)],
        }
    }

    #[test]
    fn the_chance_over_time_carries_order_days_and_the_threshold() {
        let Some(Chart::Over(chart)) = alive(&rhythm()) else {
            panic!("no line");
        };
        assert_eq!(chart.lines[0].values, [Some(100.0), Some(90.0), Some(42.0)]);
        assert_eq!(chart.marked.0.len(), 2);
        assert_eq!(chart.level.as_ref().map(|level| level.0), Some(30.0));
        assert!(
            chart
                .description
                .contains("now 42 %, from the fitted model")
        );
        let young = Rhythm {
            past: Vec::new(),
            ..rhythm()
        };
        assert_eq!(alive(&young), None);
    }

    #[test]
    fn a_next_order_is_drawn_only_where_it_is_known() {
        assert_eq!(next_order(&rhythm(), &|x| x.to_string()), None);
        let known = Rhythm {
            next: Some(NextOrder {
                low: 40.0,
                median: 60.0,
                high: 90.0,
                from: "from its last 10 orders".into(),
            }),
            ..rhythm()
        };
        let chart = next_order(&known, &|x| x.to_string()).unwrap();
        assert!(chart.description().starts_with("Next order: about 60;"));
    }
}
