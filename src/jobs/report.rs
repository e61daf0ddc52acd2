//! Everything computed of a book as one JSON document: what the batch example prints.
//!
//! The fields are described in `docs/project-file.md`. Numbers are written with all their digits;
//! where a decimal has more than a JSON reader keeps, it is written as text.

use serde_json::{Map, Value, json};

use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::metrics::{Figure, Number};
use crate::registry;
use crate::value::{Evaluation, Subject};

use super::export::with;
use super::loaded::{Loaded, View};
use super::protocol::{Method, Reply};

/// Writes the report of a book.
///
/// # Errors
/// The reply that says why the book cannot be evaluated.
pub fn report(
    book: &Loaded,
    assumptions: &Assumptions,
    as_of: Option<Date>,
) -> Result<String, Reply> {
    let value = with(book, assumptions, as_of, |found, view| {
        document(book, found, view)
    })?;
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    Ok(text)
}

fn document(book: &Loaded, found: &Evaluation, view: &View) -> Value {
    let accounts = &view.accounts;
    let figures = found.figures(Subject::Book);
    let metrics: Map<String, Value> = registry::metrics()
        .filter_map(|spec| {
            let mut entry = shown(figures.get(spec.key)?);
            entry.insert("label".into(), spec.label.into());
            entry.insert("unit".into(), json!(spec.unit));
            let basis = spec.basis.under(found.inputs.basis.key());
            entry.insert("basis".into(), json!(basis));
            Some((spec.key.into(), entry.into()))
        })
        .collect();
    let list = 0..accounts.list.len();
    json!({
        "app": "perennial",
        "kind": "report",
        "schema": crate::codec::SCHEMA,
        "as_of": accounts.as_of,
        "currency": accounts.currency,
        "import": book.report,
        "assumptions": found.used(),
        "metrics": metrics,
        "methods": found.methods(Subject::Book).iter().map(method).collect::<Vec<_>>(),
        "accounts": list.map(|at| account(found, at)).collect::<Vec<_>>(),
    })
}

fn account(found: &Evaluation, at: usize) -> Value {
    let text = |column| found.text(column, at).filter(|text| !text.is_empty());
    let list = &found.accounts.list;
    let figures = found.figures(Subject::Account(at));
    let figures: Map<String, Value> = figures
        .iter()
        .map(|(key, figure)| (key.clone(), shown(figure).into()))
        .collect();
    let methods = found.methods(Subject::Account(at));
    json!({
        "name": text("name"),
        "segment": text("segment"),
        "salesperson": text("salesperson"),
        "partner": text("partner"),
        "parent": text("parent"),
        "status": text("status"),
        "first": list.get(at).map(|account| account.first),
        "last": list.get(at).map(|account| account.last),
        "figures": figures,
        "methods": methods.iter().map(method).collect::<Vec<_>>(),
    })
}

fn method(method: &Method) -> Value {
    let mut entry = shown(&method.figure);
    entry.insert("id".into(), method.id.as_str().into());
    entry.insert("label".into(), method.label.as_str().into());
    entry.insert("chosen".into(), method.chosen.into());
    entry.into()
}

/// A figure: its value, or null and why there is none.
fn shown(figure: &Figure) -> Map<String, Value> {
    let mut entry = Map::new();
    match &figure.value {
        Ok(value) => entry.insert("value".into(), number(*value)),
        Err(why) => {
            entry.insert("why_not".into(), why.0.as_str().into());
            entry.insert("value".into(), Value::Null)
        }
    };
    entry.insert("exactness".into(), json!(figure.exactness));
    if let Some(coverage) = figure.coverage {
        entry.insert("coverage".into(), json!(coverage));
    }
    if let Some(note) = &figure.note {
        entry.insert("note".into(), note.as_str().into());
    }
    entry
}

fn number(number: Number) -> Value {
    match number {
        Number::Float(value) => json!(value),
        Number::Exact(value) => {
            let text = value.normalize().to_string();
            match text.parse::<f64>() {
                Ok(near) if near.to_string() == text => json!(near),
                _ => Value::String(text),
            }
        }
    }
}
