//! Numbers and dates in the user's language, by the browser's own formatters.
//!
//! Input: a [`Plan`] of the pure layer, the user's locale and currency. Output: text. Decimals reach
//! the formatter as text, so no digit is lost. Formatters are costly to make and are kept. Where the
//! browser refuses a locale or currency, the pure layer's English text is shown instead.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::assumptions::{Kind, Spec, print};
use crate::base::{Date, Unit};
use crate::metrics::{Exactness, Figure, Number};
use crate::registry::{self, entry::shortened};
use crate::view::dated::{Said, dated, numbers};
use crate::view::number::{self, Place, Plan, Style};

thread_local! {
    static MADE: RefCell<BTreeMap<String, Option<Function>>> = const { RefCell::new(BTreeMap::new()) };
}

/// How the user wants numbers and dates written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Formats {
    /// A language tag such as `de-DE`; empty is the browser's own.
    pub locale: String,
    /// ISO 4217; `None` where the data names none, shown as plain numbers.
    pub currency: Option<String>,
}

/// Makes the formats known to every part of the page.
pub fn provide_formats(formats: Signal<Formats>) {
    provide_context(formats);
}

/// The formats in use, as a signal; the browser's own where none were provided.
pub fn use_formats() -> Signal<Formats> {
    use_context::<Signal<Formats>>().unwrap_or_else(|| Signal::stored(Formats::default()))
}

impl Formats {
    /// A number of a unit, at a place; a dash when it is not finite.
    pub fn number(&self, number: Number, unit: Unit, exact: Exactness, place: Place) -> String {
        number::plan(number, unit, exact, place).map_or_else(|| "–".into(), |p| self.plan(&p))
    }

    /// An estimated number of a unit, as written in a table.
    pub fn cell(&self, x: f64, unit: Unit) -> String {
        self.number(Number::Float(x), unit, Exactness::Estimated, Place::Cell)
    }

    /// A figure at a place; a dash when there is none (the reason is the caller's to show).
    pub fn figure(&self, figure: &Figure, unit: Unit, place: Place) -> String {
        match &figure.value {
            Ok(value) => self.number(*value, unit, figure.exactness, place),
            Err(_) => "–".into(),
        }
    }

    /// A floating-point number on the axis of a chart.
    pub fn axis(&self, value: f64, unit: Unit) -> String {
        self.number(Number::Float(value), unit, Exactness::Exact, Place::Axis)
    }

    /// A count of things.
    pub fn count(&self, count: u64) -> String {
        self.plan(&Plan {
            digits: count.to_string(),
            style: Style::Decimal,
            min_fraction: 0,
            max_fraction: 0,
            compact: false,
            suffix: "",
        })
    }

    /// A share of 0 to 1 as a whole percentage.
    pub fn share(&self, share: f64) -> String {
        self.plan(&Plan {
            digits: (share * 100.0).round().to_string(),
            style: Style::Percent,
            min_fraction: 0,
            max_fraction: 0,
            compact: false,
            suffix: "",
        })
    }

    /// An assumption's canonical text with groups and the user's decimal mark, without its unit.
    pub fn entry(&self, value: &str) -> String {
        self.written(value, Style::Decimal, "")
    }

    /// An assumption's canonical text as people read it: a number with its sign and unit, a choice
    /// by its label.
    pub fn value(&self, spec: &Spec, canonical: &str) -> String {
        match spec.kind {
            Kind::Number { .. } => self.written(
                canonical,
                number::style(spec.unit),
                number::suffix(spec.unit),
            ),
            _ => print(spec, canonical),
        }
    }

    /// The same by the assumption's key.
    pub fn value_of(&self, key: &str, canonical: &str) -> String {
        registry::assumption(key)
            .map_or_else(|| shortened(canonical), |spec| self.value(spec, canonical))
    }

    /// A number with as many decimals as are written.
    fn written(&self, value: &str, style: Style, suffix: &'static str) -> String {
        let decimals = value.split_once('.').map_or(0, |(_, f)| f.len());
        let decimals = u8::try_from(decimals).unwrap_or(20).min(20);
        self.plan(&Plan {
            digits: value.to_owned(),
            style,
            min_fraction: decimals,
            max_fraction: decimals,
            compact: false,
            suffix,
        })
    }

    /// A planned number.
    pub fn plan(&self, plan: &Plan) -> String {
        let currency = match (plan.style, &self.currency) {
            (Style::Currency, Some(code)) => code.as_str(),
            _ => "",
        };
        let key = format!(
            "{}|{currency}|{}|{}|{}|{}",
            self.locale,
            u8::from(plan.style == Style::Percent),
            plan.min_fraction,
            plan.max_fraction,
            u8::from(plan.compact)
        );
        let made = kept(key, || {
            formatter(
                "NumberFormat",
                &self.locale,
                &number_options(plan, currency),
            )
        });
        let Some(mut text) = made.and_then(|f| call(&f, &JsValue::from_str(&plan.digits))) else {
            return number::plain(plan);
        };
        number::join_suffix(&mut text, plan.suffix);
        text
    }

    /// A calendar date, such as 31 Jan 2026.
    pub fn date(&self, date: Date) -> String {
        let key = format!("{}|date", self.locale);
        let made = kept(key, || {
            let options = Object::new();
            set(&options, "dateStyle", &"medium".into());
            set(&options, "timeZone", &"UTC".into());
            formatter("DateTimeFormat", &self.locale, &options)
        });
        let at = JsValue::from_f64(f64::from(date.days()) * 86_400_000.0);
        made.and_then(|f| call(&f, &at))
            .unwrap_or_else(|| date.to_string())
    }

    /// A sentence of the library, its dates in the user's way of writing.
    pub fn sentence(&self, text: &str) -> String {
        dated(text, &|date| self.date(date))
    }

    /// A sentence of the library with its amounts and percentages, too, in the user's way of writing.
    /// Other numbers may be parts of names and stay.
    pub fn caption(&self, text: &str) -> String {
        numbers(&self.sentence(text), &|number, said| match said {
            Said::Amount => Some(self.written(number, Style::Currency, "")),
            Said::Percent => Some(self.entry(number)),
            Said::Other => None,
        })
    }

    /// The mark between whole and fraction in the user's way of writing.
    pub fn decimal_mark(&self) -> char {
        self.entry("1.5").chars().nth(1).unwrap_or('.')
    }

    /// The currency's symbol, or nothing where no currency is known.
    pub fn symbol(&self) -> String {
        if self.currency.is_none() {
            return String::new();
        }
        let text = self.plan(&Plan {
            digits: "0".into(),
            style: Style::Currency,
            min_fraction: 0,
            max_fraction: 0,
            compact: false,
            suffix: "",
        });
        text.replace('0', "").trim().to_owned()
    }
}

/// The formatter kept under a key, made on first use; a refusal is kept too.
fn kept(key: String, make: impl FnOnce() -> Option<Function>) -> Option<Function> {
    MADE.with_borrow_mut(|made| made.entry(key).or_insert_with(make).clone())
}

fn number_options(plan: &Plan, currency: &str) -> Object {
    let options = Object::new();
    if !currency.is_empty() {
        set(&options, "style", &"currency".into());
        set(&options, "currency", &currency.into());
        set(&options, "currencyDisplay", &"narrowSymbol".into());
    } else if plan.style == Style::Percent {
        set(&options, "style", &"unit".into());
        set(&options, "unit", &"percent".into());
    }
    if plan.compact {
        set(&options, "notation", &"compact".into());
    }
    set(&options, "numberingSystem", &"latn".into());
    set(&options, "minimumFractionDigits", &plan.min_fraction.into());
    set(&options, "maximumFractionDigits", &plan.max_fraction.into());
    options
}

/// The bound `format` function of a new formatter; `None` when the browser refuses.
fn formatter(class: &str, locale: &str, options: &Object) -> Option<Function> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    let locale = if locale.is_empty() {
        JsValue::UNDEFINED
    } else {
        JsValue::from_str(locale)
    };
    let made = Reflect::construct(&class, &Array::of2(&locale, options)).ok()?;
    Reflect::get(&made, &"format".into()).ok()?.dyn_into().ok()
}

fn call(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

fn set(options: &Object, key: &str, value: &JsValue) {
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(options, &key.into(), value);
}
