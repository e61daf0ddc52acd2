//! Every field of the document, and where it goes. A field that is not listed does not compile.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::document::{Document, History, Repair, restore, restore_history};

/// Where a field goes.
// Four independent answers, one a place.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goes {
    /// Into the browser's storage.
    pub stored: bool,
    /// Into project files.
    pub project: bool,
    /// Into links.
    pub link: bool,
    /// Into steps of undo: it is the work, not the view of it.
    pub undo: bool,
}

const EVERYWHERE: Goes = Goes {
    stored: true,
    project: true,
    link: true,
    undo: true,
};
/// What a link must never hold: it names files, headers and customers.
const NOT_IN_LINKS: Goes = Goes {
    link: false,
    ..EVERYWHERE
};
/// How the work is looked at.
const VIEW: Goes = Goes {
    undo: false,
    ..NOT_IN_LINKS
};
/// What concerns this device alone.
const STORED_ONLY: Goes = Goes {
    project: false,
    ..VIEW
};

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The fields with their names in JSON.
pub fn fields(document: &Document) -> Vec<(&'static str, Value, Goes)> {
    let Document {
        assumptions,
        orders,
        as_of,
        marks,
        scenarios,
        review,
        filled_from,
        growth,
        schemes,
        layouts,
        display,
        table,
        keep_orders,
        unknown: _, // see `object`: its names are not ours
    } = document;
    vec![
        ("assumptions", json(assumptions.as_ref()), EVERYWHERE),
        ("orders", json(orders.as_ref()), NOT_IN_LINKS),
        ("as_of", json(as_of), EVERYWHERE),
        ("marks", json(marks.as_ref()), NOT_IN_LINKS),
        ("scenarios", json(scenarios.as_ref()), EVERYWHERE),
        ("review", json(review.as_ref()), NOT_IN_LINKS),
        // It names a customer.
        ("filled_from", json(filled_from.as_ref()), NOT_IN_LINKS),
        ("growth", json(growth.as_ref()), NOT_IN_LINKS),
        ("schemes", json(schemes.as_ref()), EVERYWHERE),
        ("layouts", json(layouts.as_ref()), VIEW),
        ("display", json(display.as_ref()), VIEW),
        ("table", json(table.as_ref()), VIEW),
        ("keep_orders", json(keep_orders), STORED_ONLY),
    ]
}

fn object(document: &Document, chosen: impl Fn(Goes) -> bool) -> Map<String, Value> {
    let chosen = fields(document)
        .into_iter()
        .filter(|(_, _, goes)| chosen(*goes));
    chosen.map(|(key, value, _)| (key.into(), value)).collect()
}

/// The same with the fields this version does not know.
fn whole(document: &Document, chosen: impl Fn(Goes) -> bool) -> Map<String, Value> {
    let unknown = document.unknown.iter();
    let mut whole: Map<String, Value> = unknown.map(|(k, v)| (k.clone(), v.clone())).collect();
    whole.extend(object(document, chosen));
    whole
}

/// The fields of a project file.
pub fn project(document: &Document) -> Map<String, Value> {
    whole(document, |goes| goes.project)
}

/// What the browser's storage holds: the fields, and under `undo` the last steps. A step holds the
/// work alone, and the orders only where they are not the present ones: they are by far the
/// longest, and seldom change.
pub fn stored(document: &Document, history: &History) -> Value {
    let mut body = whole(document, |goes| goes.stored);
    let steps = history.persisted().map(|step| {
        let mut entry = Map::new();
        for (key, text) in [
            ("subject", &step.name.subject),
            ("from", &step.name.from),
            ("to", &step.name.to),
        ] {
            entry.insert(key.into(), text.as_str().into());
        }
        let mut before = object(&step.document, |goes| goes.undo);
        if step.document.orders == document.orders {
            before.remove("orders");
        }
        entry.insert("document".into(), before.into());
        Value::Object(entry)
    });
    let steps: Vec<Value> = steps.collect();
    body.insert(UNDO.into(), steps.into());
    body.into()
}

/// Restores what [`stored`] wrote, and says what had to be repaired.
pub fn unstored(mut body: Value) -> (Document, History, Vec<Repair>) {
    let steps = body.as_object_mut().and_then(|body| body.remove(UNDO));
    let (document, repairs) = restore(&body);
    let history = restore_history(&steps.unwrap_or_default(), &document);
    (document, history, repairs)
}

const UNDO: &str = "undo";
