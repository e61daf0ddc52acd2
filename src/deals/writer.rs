//! Collecting the figures of a deal, each as exact as its definition says.

use rust_decimal::Decimal;

use crate::metrics::{Exactness, Figure, Figures, Number, WhyNot};
use crate::value::cash::Irr;

use super::limits::Break;

/// Collects figures.
#[derive(Default)]
pub(super) struct Writer(pub(super) Figures);

impl Writer {
    #[inline(never)]
    pub(super) fn put(&mut self, key: &str, value: Result<Number, WhyNot>) {
        let specs = super::outputs::SPECS.iter().copied().flatten();
        let exactness = specs
            .filter(|spec| spec.key == key)
            .map(|spec| spec.exactness)
            .next();
        let figure = Figure {
            value,
            exactness: exactness.unwrap_or(Exactness::Estimated),
            coverage: None,
            note: None,
        };
        self.0.insert(key.to_owned(), figure);
    }

    pub(super) fn exact(&mut self, key: &str, amount: Option<Decimal>) {
        let missing = || WhyNot(crate::base::money::OutOfRange.to_string());
        self.put(key, amount.map(Number::Exact).ok_or_else(missing));
    }

    pub(super) fn float(&mut self, key: &str, value: f64) {
        self.maybe(key, Some(value), "It is larger than can be computed.");
    }

    pub(super) fn maybe(&mut self, key: &str, value: Option<f64>, missing: &str) {
        let value = value.filter(|value| value.is_finite()).map(Number::Float);
        self.put(key, value.ok_or_else(|| WhyNot(missing.to_owned())));
    }

    /// An internal rate of return; none or several are said so.
    pub(super) fn rate(&mut self, key: &str, found: &Irr) {
        match found {
            Irr::One(rate) => self.float(key, 100.0 * rate),
            Irr::None => {
                self.maybe(
                    key,
                    None,
                    "None: no rate makes these flows worth exactly 0.",
                );
            }
            Irr::Several(rates) => {
                let words = format!(
                    "{} rates make these flows worth exactly 0, so none of them says anything.",
                    rates.len()
                );
                self.maybe(key, None, &words);
            }
        }
    }

    /// Where something breaks even, times `scale`; `least` is what it has where even that is enough.
    pub(super) fn breaks(&mut self, key: &str, at: Break, scale: f64, words: &Words) {
        match at {
            Break::At(at) => self.float(key, scale * at),
            Break::Always => {
                self.float(key, words.least);
                self.note(key, words.always);
            }
            Break::Never => self.maybe(key, None, words.never),
        }
    }

    pub(super) fn note(&mut self, key: &str, note: &str) {
        if let Some(figure) = self.0.get_mut(key) {
            figure.note = Some(note.to_owned());
        }
    }
}

/// What is said of a point that lies at an end.
pub(super) struct Words {
    pub(super) least: f64,
    pub(super) always: &'static str,
    pub(super) never: &'static str,
}
