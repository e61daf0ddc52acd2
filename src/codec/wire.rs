//! Every field of the document, and where it goes. A field that is not listed does not compile.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::document::{Document, History};

/// Where a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goes {
    /// Into the browser's storage.
    pub stored: bool,
    /// Into project files.
    pub project: bool,
    /// Into links.
    pub link: bool,
}

const EVERYWHERE: Goes = Goes {
    stored: true,
    project: true,
    link: true,
};
/// What a link must never hold: it names files, headers and customers.
const NOT_IN_LINKS: Goes = Goes {
    link: false,
    ..EVERYWHERE
};
/// What concerns this device alone.
const STORED_ONLY: Goes = Goes {
    project: false,
    ..NOT_IN_LINKS
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
        ("layouts", json(layouts.as_ref()), NOT_IN_LINKS),
        ("display", json(display.as_ref()), NOT_IN_LINKS),
        ("table", json(table.as_ref()), NOT_IN_LINKS),
        ("keep_orders", json(keep_orders), STORED_ONLY),
    ]
}

fn object(document: &Document, chosen: impl Fn(Goes) -> bool) -> Map<String, Value> {
    let unknown = document.unknown.iter();
    let mut object: Map<String, Value> = unknown.map(|(k, v)| (k.clone(), v.clone())).collect();
    for (key, value, goes) in fields(document) {
        if chosen(goes) {
            object.insert(key.into(), value);
        }
    }
    object
}

/// The fields of a project file.
pub fn project(document: &Document) -> Map<String, Value> {
    object(document, |goes| goes.project)
}

/// What the browser's storage holds: the fields, and under `undo` the last steps.
pub fn stored(document: &Document, history: &History) -> Value {
    let mut body = object(document, |goes| goes.stored);
    let steps = history.persisted().map(|step| {
        let mut entry = Map::new();
        for (key, text) in [
            ("subject", &step.name.subject),
            ("from", &step.name.from),
            ("to", &step.name.to),
        ] {
            entry.insert(key.into(), text.as_str().into());
        }
        let before = object(&step.document, |goes| goes.stored);
        entry.insert("document".into(), before.into());
        Value::Object(entry)
    });
    let steps: Vec<Value> = steps.collect();
    body.insert("undo".into(), steps.into());
    body.into()
}
