//! Any JSON to a valid document: what can be read is kept, what cannot is left at its default and
//! reported.
//!
//! Total: there is no input that fails. Fields that this version does not know are kept, so that a
//! document written by a newer version loses nothing on its way through this one.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::actions::{Marks, Review};
use crate::assumptions::{Assumptions, Origin, Setting};
use crate::base::Date;
use crate::base::money::parse_plain;
use crate::commission::Schemes;
use crate::growth::Growth;
use crate::ingest::layout::Layout;
use crate::orders::plan::{Import, Orders, forget_values};
use crate::scenario::Scenarios;

use super::check::{canonical, shortened};
use super::edit::StepName;
use super::state::{Display, Document, TableChoice, Theme};
use super::undo::{History, KEPT, Step};

/// Longest text that a display or table choice can have.
const LONGEST: usize = 200;
/// Most entries of a list of choices.
const MOST: usize = 500;

/// Something that was not as it should be, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where: `assumptions.gross_margin`.
    pub at: String,
    /// What was found, what is allowed, what was done.
    pub message: String,
}

/// Collects repairs under a path.
struct Repairs(Vec<Repair>);

impl Repairs {
    fn add(&mut self, at: impl Into<String>, message: impl Into<String>) {
        if self.0.len() < MOST {
            self.0.push(Repair {
                at: at.into(),
                message: message.into(),
            });
        }
    }
}

/// Restores a document of the current schema.
pub fn restore(value: &Value) -> (Document, Vec<Repair>) {
    let mut repairs = Repairs(Vec::new());
    let mut document = Document::default();
    let Some(fields) = value.as_object() else {
        repairs.add("", "This is no document; the defaults are used.");
        return (document, repairs.0);
    };
    let mut unknown = BTreeMap::new();
    for (key, value) in fields {
        match key.as_str() {
            "assumptions" => document.assumptions = Arc::new(assumptions(value, &mut repairs)),
            "orders" => document.orders = Arc::new(orders(value, &mut repairs)),
            "as_of" => document.as_of = as_of(value, &mut repairs),
            "marks" => document.marks = Arc::new(marks(value, &mut repairs)),
            "scenarios" => document.scenarios = Arc::new(scenarios(value, &mut repairs)),
            "review" => document.review = Arc::new(review(value, &mut repairs)),
            "growth" => document.growth = Arc::new(growth(value, &mut repairs)),
            "schemes" => document.schemes = Arc::new(schemes(value, &mut repairs)),
            "layouts" => document.layouts = Arc::new(layouts(value, &mut repairs)),
            "display" => document.display = Arc::new(display(value, &mut repairs)),
            "table" => document.table = Arc::new(table(value)),
            "filled_from" => document.filled_from = filled_from(value),
            "keep_orders" => document.keep_orders = value.as_bool().unwrap_or(true),
            _ => {
                unknown.insert(key.clone(), value.clone());
            }
        }
    }
    document.unknown = Arc::new(unknown);
    (document, repairs.0)
}

/// Restores stored steps of undo; what cannot be read is left out. A step without orders has the
/// present ones.
pub fn restore_history(value: &Value, present: &Document) -> History {
    let steps = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |step: &Value, key: &str| {
        let found = step.get(key).and_then(Value::as_str).unwrap_or_default();
        found.chars().take(LONGEST).collect::<String>()
    };
    History::of(steps.iter().rev().take(KEPT).rev().filter_map(|step| {
        let fields = step.get("document").filter(|value| value.is_object())?;
        let mut document = restore(fields).0.with_view_of(present);
        if fields.get("orders").is_none() {
            document.orders = Arc::clone(&present.orders);
        }
        Some(Step {
            name: StepName {
                subject: text(step, "subject"),
                from: text(step, "from"),
                to: text(step, "to"),
            },
            document,
        })
    }))
}

/// `{"key": {"value": "55", "origin": "user"}}`, or plain `{"key": 55}` as people write it.
fn assumptions(value: &Value, repairs: &mut Repairs) -> Assumptions {
    let mut found = Assumptions::default();
    let Some(entries) = value.as_object() else {
        repairs.add("assumptions", "No list of values; the defaults are used.");
        return found;
    };
    for (key, entry) in entries {
        let at = format!("assumptions.{}", shortened(key));
        let Some(text) = text_of(entry.get("value").unwrap_or(entry)) else {
            repairs.add(at, "No value; the default is used.");
            continue;
        };
        let origin = match entry.get("origin").and_then(Value::as_str) {
            Some("link") => Origin::Link,
            Some("filled") => Origin::Filled,
            _ => Origin::User,
        };
        match canonical(key, &text) {
            Ok(value) => {
                let setting = Setting { value, origin };
                found.chosen.insert(key.clone(), setting);
            }
            Err(refused) => repairs.add(at, format!("{refused} The default is used.")),
        }
    }
    found
}

/// What the deal was filled from, in words; nothing where it is no text.
fn filled_from(value: &Value) -> Arc<String> {
    let words = value.as_str().unwrap_or_default();
    Arc::new(words.chars().take(LONGEST).collect())
}

/// A value as text: what people write in JSON for a number, a choice or a switch.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Numbers as written: 0.1 is "0.1", and 1e400 is no plain number and is refused.
        Value::Number(number) => {
            let text = number.to_string();
            let plain = text.strip_suffix(".0").unwrap_or(&text);
            Some(parse_plain(plain).map_or_else(|| text.clone(), |d| d.normalize().to_string()))
        }
        Value::Bool(on) => Some(if *on { "on" } else { "off" }.into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn orders(value: &Value, repairs: &mut Repairs) -> Orders {
    match value {
        Value::Null => Orders::None,
        Value::String(text) if text == "none" => Orders::None,
        Value::String(text) if text == "sample" => Orders::Sample,
        _ => match value.get("files").map(import) {
            Some(Ok(import)) => Orders::Files(import).agreed(),
            Some(Err(why)) => {
                let message = format!(
                    "The plan of the import cannot be read ({why}); no orders are open. Import \
                     the files again."
                );
                repairs.add("orders", message);
                Orders::None
            }
            None => {
                repairs.add(
                    "orders",
                    "Allowed: \"none\", \"sample\" or the plan of an import; no orders are open.",
                );
                Orders::None
            }
        },
    }
}

fn import(value: &Value) -> Result<Import, String> {
    let import: Import = serde_json::from_value(value.clone()).map_err(|e| e.to_string())?;
    if import.files.is_empty() || import.files.len() > MOST {
        return Err(format!(
            "it names {} files; 1 to {MOST} are allowed",
            import.files.len()
        ));
    }
    Ok(import)
}

fn as_of(value: &Value, repairs: &mut Repairs) -> Option<Date> {
    if value.is_null() {
        return None;
    }
    let date = value.as_str().and_then(Date::parse);
    if date.is_none() {
        repairs.add(
            "as_of",
            "A date is written YYYY-MM-DD; the last order's date is used.",
        );
    }
    date
}

fn marks(value: &Value, repairs: &mut Repairs) -> Marks {
    let (found, unread) = Marks::restore(value);
    for why in unread {
        repairs.add("marks", format!("{why}. This account is not marked."));
    }
    found
}

fn scenarios(value: &Value, repairs: &mut Repairs) -> Scenarios {
    let (found, unread) = Scenarios::restore(value);
    for (at, why) in unread {
        repairs.add(
            format!("scenarios.{at}"),
            format!("{why} This is left out."),
        );
    }
    found
}

fn review(value: &Value, repairs: &mut Repairs) -> Review {
    let (found, unread) = Review::restore(value);
    for why in unread {
        repairs.add("review", format!("{why}. This is not judged."));
    }
    found
}

fn growth(value: &Value, repairs: &mut Repairs) -> Growth {
    let (found, unread) = Growth::restore(value);
    for (at, why) in unread {
        repairs.add(format!("growth.{at}"), format!("{why} This is left out."));
    }
    found
}

fn schemes(value: &Value, repairs: &mut Repairs) -> Schemes {
    let (found, unread) = Schemes::restore(value);
    for (at, why) in unread {
        repairs.add(format!("schemes.{at}"), format!("{why} This is left out."));
    }
    found
}

fn layouts(value: &Value, repairs: &mut Repairs) -> BTreeMap<String, Layout> {
    let mut found = BTreeMap::new();
    let entries = value.as_object().into_iter().flatten();
    for (key, entry) in entries.take(MOST) {
        match serde_json::from_value::<Layout>(entry.clone()) {
            Ok(mut layout) => {
                forget_values(&mut layout);
                found.insert(layout.header_key(), layout);
            }
            Err(error) => {
                let at = format!("layouts.{}", shortened(key));
                let message = format!("Cannot be read ({error}); these headers are asked again.");
                repairs.add(at, message);
            }
        }
    }
    found
}

fn display(value: &Value, repairs: &mut Repairs) -> Display {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let locale = text("locale").filter(|tag| is_language_tag(tag));
    let currency = text("currency").filter(|code| is_currency(code));
    if text("locale").is_some() && locale.is_none() {
        repairs.add(
            "display.locale",
            "A language tag looks like de-DE; the browser's language is used.",
        );
    }
    if text("currency").is_some() && currency.is_none() {
        repairs.add(
            "display.currency",
            "A currency is three capital letters, such as EUR; none is used.",
        );
    }
    Display {
        locale: locale.map(Into::into),
        currency: currency.map(Into::into),
        theme: match text("theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        },
        no_single_keys: value.get("no_single_keys").and_then(Value::as_bool) == Some(true),
        company: text("company")
            .map(|name| name.chars().take(LONGEST).collect())
            .unwrap_or_default(),
    }
}

fn is_language_tag(tag: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (2..=35).contains(&tag.len()) && tag.chars().all(plain) && !tag.starts_with('-')
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase())
}

fn table(value: &Value) -> TableChoice {
    let short = |text: &str| text.chars().take(LONGEST).collect::<String>();
    let text = |key: &str| short(value.get(key).and_then(Value::as_str).unwrap_or_default());
    let list = |key: &str| {
        let found = value.get(key).and_then(Value::as_array);
        found.map(Vec::as_slice).unwrap_or_default()
    };
    let columns = list("columns").iter().filter_map(Value::as_str).map(short);
    let filters = list("filters").iter().filter_map(|pair| {
        let column = pair.get(0)?.as_str()?;
        Some((short(column), short(pair.get(1)?.as_str()?)))
    });
    TableChoice {
        columns: columns.take(MOST).collect(),
        sort: text("sort"),
        descending: value
            .get("descending")
            .and_then(Value::as_bool)
            .unwrap_or_default(),
        filters: filters.take(MOST).collect(),
        search: text("search"),
    }
}
