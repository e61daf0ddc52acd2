//! Project files: a document as readable JSON, without the orders or, when asked, with them.
//!
//! The fields are described in `docs/project-file.md`. Anything a person can get wrong in it is
//! reported and repaired; what is no JSON object is refused with the place.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::document::{Document, Repair, restore};

use super::migrate::{migrate, newer};
use super::{DecodeError, Opened, SCHEMA, error, wire};

/// The largest project file that is read, in bytes.
pub const LARGEST: usize = 512 << 20;

/// An order file inside a project file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// The id of its content, as in the plan.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Writes a project file; `files` are put inside.
pub fn write(document: &Document, files: &[Embedded]) -> String {
    let mut object = Map::new();
    object.insert("app".into(), "perennial".into());
    object.insert("kind".into(), "project".into());
    object.insert("schema".into(), SCHEMA.into());
    object.extend(wire::project(document));
    if !files.is_empty() {
        let list: Vec<Value> = files.iter().map(embed).collect();
        object.insert("files".into(), list.into());
    }
    let mut text = serde_json::to_string_pretty(&object).unwrap_or_default();
    text.push('\n');
    text
}

fn embed(file: &Embedded) -> Value {
    match std::str::from_utf8(&file.bytes) {
        Ok(text) => json!({"id": file.id, "name": file.name, "text": text}),
        Err(_) => json!({"id": file.id, "name": file.name, "base64": STANDARD.encode(&file.bytes)}),
    }
}

/// Reads a project file, of this version or any older one.
///
/// # Errors
/// What was found and what to do, when it is no project file at all.
pub fn read(bytes: &[u8]) -> Result<Opened, DecodeError> {
    if bytes.len() > LARGEST {
        return Err(error(
            "too_big",
            format!(
                "The file has {} bytes; at most {LARGEST} are read.",
                bytes.len()
            ),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|e| {
        let (code, what) = if e.is_eof() {
            (
                "cut_short",
                "The file ends in the middle; save or send it again.",
            )
        } else {
            (
                "not_text",
                "A project file is JSON text as Perennial saves it.",
            )
        };
        error(
            code,
            format!("This is no readable project file ({e}). {what}"),
        )
    })?;
    let Value::Object(mut object) = value else {
        return Err(error(
            "not_ours",
            "This is no project file: it should be a JSON object as Perennial saves it.",
        ));
    };
    if object.get("app").is_some_and(|app| app != "perennial") {
        return Err(error(
            "not_ours",
            "This file was saved by another program. Open a project file of Perennial, or import \
             it as orders.",
        ));
    }
    let schema = object.get("schema").and_then(Value::as_u64).unwrap_or(1);
    for key in ["app", "kind", "schema"] {
        object.remove(key);
    }
    let mut lost = Vec::new();
    let files = object.remove("files");
    let files = extract(files.as_ref(), &mut lost);
    let (document, mut repairs) = restore(&migrate(object.into(), schema));
    repairs.extend(lost);
    Ok(Opened {
        document,
        repairs,
        newer: newer(schema),
        files,
    })
}

fn extract(files: Option<&Value>, lost: &mut Vec<Repair>) -> Vec<Embedded> {
    let entries = files.and_then(Value::as_array).map(Vec::as_slice);
    let mut found = Vec::new();
    for (at, file) in entries.unwrap_or_default().iter().enumerate() {
        let field = |key: &str| file.get(key).and_then(Value::as_str);
        let bytes = field("text")
            .map(|text| text.as_bytes().to_vec())
            .or_else(|| STANDARD.decode(field("base64")?).ok());
        match bytes {
            Some(bytes) => found.push(Embedded {
                id: field("id").unwrap_or_default().into(),
                name: field("name").unwrap_or("orders").into(),
                bytes,
            }),
            None => lost.push(Repair {
                at: format!("files[{at}]"),
                message: "The order file inside cannot be read; import it again.".into(),
            }),
        }
    }
    found
}
