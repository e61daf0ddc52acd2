//! How far apart the lifetime-value methods are.

use crate::metrics::Number;
use crate::value::{Method, Range};

use super::number::to_f64;

/// The lowest and the highest method that ran: its id and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The lowest.
    pub low: (String, Number),
    /// The highest.
    pub high: (String, Number),
}

/// The spread of the methods that look ahead (`L1` counts the past only); `None` where fewer than
/// two ran.
pub fn spread(methods: &[Method]) -> Option<Spread> {
    let mut ran: Vec<(&str, Number)> = methods
        .iter()
        .filter(|method| method.id != "L1")
        .filter_map(|method| Some((method.id.as_str(), *method.figure.value.as_ref().ok()?)))
        .collect();
    ran.sort_by(|a, b| to_f64(a.1).total_cmp(&to_f64(b.1)));
    let (low, high) = (ran.first()?, ran.last()?);
    (ran.len() > 1).then(|| Spread {
        low: (low.0.to_owned(), low.1),
        high: (high.0.to_owned(), high.1),
    })
}

/// The ranges of a value in words; `show` writes an amount.
pub fn range_words(range: &Range, show: &dyn Fn(f64) -> String) -> String {
    let of = |(low, high): (f64, f64)| format!("{} to {}", show(low), show(high));
    format!(
        "90 %: {}; with luck {}",
        of(range.model),
        of(range.with_luck)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Exactness, Figure, WhyNot};

    fn method(id: &str, value: Result<f64, WhyNot>) -> Method {
        Method {
            id: id.into(),
            label: String::new(),
            formula: String::new(),
            figure: Figure {
                value: value.map(Number::Float),
                exactness: Exactness::Estimated,
                coverage: None,
                note: None,
            },
            chosen: false,
            range: None,
        }
    }

    #[test]
    fn the_past_and_what_did_not_run_are_left_out() {
        let all = [
            method("L1", Ok(1.0)),
            method("L2", Ok(50.0)),
            method("L3", Err(WhyNot("no churn".into()))),
            method("L7", Ok(30.0)),
        ];
        let found = spread(&all).unwrap();
        assert_eq!((found.low.0.as_str(), found.high.0.as_str()), ("L7", "L2"));
        assert_eq!(spread(&all[..2]), None);
    }

    #[test]
    fn a_range_tells_the_model_from_luck() {
        let range = Range {
            model: (91.0, 160.0),
            with_luck: (52.0, 210.0),
        };
        let words = range_words(&range, &|x| format!("{x:.0}"));
        assert_eq!(words, "90 %: 91 to 160; with luck 52 to 210");
    }
}
