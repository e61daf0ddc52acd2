//! The sentences of the page.

use std::fmt::Write as _;

use crate::scenario::{Shares, Sought, Tornado};
use crate::value::price_volume::Effects;

use super::{BASE, Values, Writer, input, metric};
use crate::registry::entry::inside;

/// Where a scenario's difference to the base, or to another, comes from, in a sentence.
pub fn sentence(
    (name, base): (&str, &str),
    shares: &Shares,
    write: Writer<'_>,
    value: Values<'_>,
) -> String {
    let (label, _) = metric(&shares.metric);
    let difference = shares.to - shares.from;
    if shares.parts.is_empty() {
        return if base == BASE {
            format!("{name} changes nothing yet.")
        } else {
            format!("{name} and {base} are alike, but for their horizons at most.")
        };
    }
    let way = match difference {
        d if d > 0.0 => "more",
        d if d < 0.0 => "less",
        _ => return format!("{label} is the same in {name} as in {base}."),
    };
    let part = |part: &crate::scenario::Part| {
        let sign = if part.value < 0.0 { "-" } else { "+" };
        format!(
            "{} {} instead of {} ({sign}{})",
            inside(input(&part.key)),
            value(&part.key, &part.to),
            value(&part.key, &part.from),
            write(part.value.abs())
        )
    };
    let shown = shares.parts.iter().take(3).map(part);
    let mut reasons: Vec<String> = shown.collect();
    let rest = shares.parts.len().saturating_sub(3);
    if rest > 0 {
        let left: f64 = shares.parts.iter().skip(3).map(|part| part.value).sum();
        let sign = if left < 0.0 { "-" } else { "+" };
        reasons.push(format!("{rest} more ({sign}{})", write(left.abs())));
    }
    format!(
        "{label}: {} {way} in {name} than in {base}, because of {}.",
        write(difference.abs()),
        reasons.join(", ")
    )
}

/// What other prices and other volumes do to a year's revenue of the deal, in a sentence; one item has
/// no mix.
pub fn price_and_volume((name, base): (&str, &str), found: &Effects, write: Writer<'_>) -> String {
    let change = found.change();
    let way = match change {
        d if d > 0.0 => "more",
        d if d < 0.0 => "less",
        _ => return format!("A year's revenue is the same in {name} as in {base}."),
    };
    let part = |(what, amount): (&str, f64)| {
        let sign = if amount < 0.0 { "-" } else { "+" };
        format!("{} {sign}{}", what.to_lowercase(), write(amount.abs()))
    };
    let parts = found
        .parts()
        .into_iter()
        .filter(|(_, amount)| amount.abs() > 1e-9 * change.abs());
    let parts: Vec<String> = parts.map(part).collect();
    format!(
        "A year's revenue: {} {way} in {name} than in {base} ({}).",
        write(change.abs()),
        parts.join(", ")
    )
}

/// The three inputs that matter most, in words.
pub fn strongest(found: &Tornado) -> Option<String> {
    let (label, _) = metric(&found.ask.metric);
    let names: Vec<String> = found
        .bars
        .iter()
        .take(3)
        .map(|bar| inside(input(&bar.key)))
        .collect();
    let (last, first) = names.split_last()?;
    let names = if first.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", first.join(", "))
    };
    Some(format!(
        "{label} hangs most on {names}. {} of the other inputs do not touch it.",
        found.still
    ))
}

/// The answer to a goal, in a sentence.
pub fn answer(found: &Sought, write: Writer<'_>, value: Values<'_>) -> String {
    let goal = &found.goal;
    let (label, _) = metric(&goal.metric);
    let name = input(&goal.key);
    let spelled = |point: &crate::scenario::Reached| value(&goal.key, &point.input);
    match (found.solutions.as_slice(), &found.nearest) {
        ([first, others @ ..], _) => {
            let (there, wanted) = (write(first.value_at_input), write(goal.target));
            let mut said = format!("{label} is {there} at {} {}", inside(name), spelled(first));
            if there != wanted {
                let _ = write!(said, ", the nearest to {wanted} that can be entered");
            }
            let others: Vec<String> = others.iter().map(spelled).collect();
            if !others.is_empty() {
                let _ = write!(said, ", and again at {}", others.join(", "));
            }
            said + "."
        }
        ([], Some(nearest)) => format!(
            "No {} that is allowed ({} to {}) gets there. The nearest is {} at {}.",
            inside(name),
            value(&goal.key, &found.allowed.0.to_string()),
            value(&goal.key, &found.allowed.1.to_string()),
            write(nearest.value_at_input),
            spelled(nearest)
        ),
        ([], None) => format!(
            "{label} has no value at any {} that is allowed.",
            inside(name)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::entry::spoken;
    use crate::scenario::{Goal, Part, Reached, TornadoAsk};
    use crate::view::chart::Chart;
    use crate::view::scenarios::{sought, tornado};

    fn plain(x: f64) -> String {
        format!("{x:.0}")
    }

    fn part(key: &str, from: &str, to: &str, value: f64) -> Part {
        let text = str::to_owned;
        Part {
            key: text(key),
            from: text(from),
            to: text(to),
            value,
        }
    }

    #[test]
    fn a_difference_is_said_with_its_reasons() {
        let mut found = Shares {
            metric: "lifetime_value".into(),
            from: 100.0,
            to: 130.0,
            parts: vec![
                part("retention", "85", "90", 40.0),
                part("cac", "5000", "6000", -10.0),
            ],
            exact: true,
        };
        assert_eq!(
            sentence(("B", BASE), &found, &plain, &spoken),
            "Lifetime value: 30 more in B than in the base, because of retention 90 %/year instead \
             of 85 %/year (+40), acquisition cost per account 6000 instead of 5000 (-10)."
        );
        let said = sentence(("B", "A"), &found, &plain, &spoken);
        assert!(
            said.starts_with("Lifetime value: 30 more in B than in A, because"),
            "{said}"
        );
        found.parts.clear();
        let said = |base| sentence(("B", base), &found, &plain, &spoken);
        assert_eq!(said(BASE), "B changes nothing yet.");
        assert_eq!(
            said("A"),
            "B and A are alike, but for their horizons at most."
        );
    }

    #[test]
    fn price_and_volume_of_a_deal_are_told_apart() {
        let sold = |pieces: f64, price: f64| crate::value::price_volume::Sold {
            pieces,
            revenue: price * pieces,
        };
        let of = |a, b| Effects::of([(a, b)].into_iter());
        let found = of(sold(1_000.0, 10.0), sold(1_200.0, 9.0));
        assert_eq!(
            price_and_volume(("B", "A"), &found, &plain),
            "A year's revenue: 800 more in B than in A (price -1200, volume +2000)."
        );
        let same = of(sold(1_000.0, 10.0), sold(1_000.0, 10.0));
        assert_eq!(
            price_and_volume(("B", BASE), &same, &plain),
            "A year's revenue is the same in B as in the base."
        );
    }

    #[test]
    fn an_answer_names_the_nearest_where_there_is_none() {
        let reached = |at: f64, value: f64| Reached {
            at,
            value,
            input: at.to_string(),
            value_at_input: value,
        };
        let mut found = Sought {
            goal: Goal {
                metric: "lifetime_value".into(),
                target: 5.0,
                key: "retention".into(),
                of: None,
            },
            solutions: vec![reached(80.0, 5.0)],
            nearest: None,
            curve: vec![(0.0, 1.0), (100.0, 9.0)],
            allowed: (0.0, 100.0),
            now: (85.0, Some(6.0)),
        };
        assert_eq!(
            answer(&found, &plain, &spoken),
            "Lifetime value is 5 at retention 80 %/year."
        );
        assert!(
            matches!(sought(&found, &spoken), Some(Chart::Curve(curve)) if curve.answers.len() == 1)
        );
        found.nearest = found.solutions.pop();
        assert_eq!(
            answer(&found, &plain, &spoken),
            "No retention that is allowed (0 %/year to 100 %/year) gets there. The nearest is 5 at \
             80 %/year."
        );
    }

    #[test]
    fn the_strongest_inputs_are_named() {
        let bar = |key: &str| crate::scenario::Bar {
            key: key.into(),
            low: "1".into(),
            high: "2".into(),
            at_low: Some(1.0),
            at_high: Some(2.0),
            span: (1.0, 2.0),
            monotone: true,
        };
        let found = Tornado {
            ask: TornadoAsk {
                metric: "lifetime_value".into(),
                percent: None,
                of: None,
            },
            now: 1.5,
            bars: vec![bar("retention"), bar("discount")],
            still: 7,
        };
        assert_eq!(
            strongest(&found).as_deref(),
            Some(
                "Lifetime value hangs most on retention and discount rate. 7 of the other inputs do not touch it."
            )
        );
        assert!(tornado(&found, &spoken).is_some());
    }
}
