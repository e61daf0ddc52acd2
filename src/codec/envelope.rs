//! What is written to the browser's storage: a document with its schema, revision and checksum.
//!
//! `{"app":"perennial","schema":1,"rev":7,"crc32":"1a2b3c4d","body":{...}}`. The checksum is over
//! the text of the body, which is always last, so a torn or altered record is known as such.

use serde_json::Value;

use crate::base::crc::crc32;

use super::{DecodeError, SCHEMA, error};

const BODY: &str = ",\"body\":";

/// A record as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The schema it was written with.
    pub schema: u64,
    /// Counted up with every save; the larger is the later one.
    pub rev: u64,
    /// The document with its undo steps, as of that schema.
    pub body: Value,
}

impl Envelope {
    /// Writes it again as it was, in its own schema.
    pub fn reseal(&self) -> String {
        sealed(self.schema, self.rev, &self.body.to_string())
    }
}

/// Writes a record.
pub fn seal(rev: u64, body: &Value) -> String {
    seal_text(rev, &body.to_string())
}

/// The text of a record's body, unchecked.
pub fn body(text: &str) -> Option<&str> {
    text.split_once(BODY)?.1.strip_suffix('}')
}

/// Writes a record of a body that is JSON text already.
pub fn seal_text(rev: u64, body: &str) -> String {
    sealed(SCHEMA, rev, body)
}

fn sealed(schema: u64, rev: u64, body: &str) -> String {
    let crc = crc32(body.as_bytes());
    format!(
        "{{\"app\":\"perennial\",\"schema\":{schema},\"rev\":{rev},\"crc32\":\"{crc:08x}\"{BODY}{body}}}"
    )
}

/// Reads a record.
///
/// # Errors
/// `cut_short` when it is torn or altered, `not_ours` when it is something else.
pub fn open(text: &str) -> Result<Envelope, DecodeError> {
    let torn = || {
        error(
            "cut_short",
            "The saved document is damaged: its checksum does not agree with its content. It was \
             set aside, not deleted; an older one is used.",
        )
    };
    let (head, rest) = text.split_once(BODY).ok_or_else(torn)?;
    let head: Value = serde_json::from_str(&format!("{head}}}")).map_err(|_| torn())?;
    if head.get("app").and_then(Value::as_str) != Some("perennial") {
        return Err(error(
            "not_ours",
            "What is saved here was not written by Perennial; it was left alone.",
        ));
    }
    let body = rest.strip_suffix('}').ok_or_else(torn)?;
    let crc = format!("{:08x}", crc32(body.as_bytes()));
    if head.get("crc32").and_then(Value::as_str) != Some(crc.as_str()) {
        return Err(torn());
    }
    let number = |key: &str| head.get(key).and_then(Value::as_u64).ok_or_else(torn);
    Ok(Envelope {
        schema: number("schema")?,
        rev: number("rev")?,
        body: serde_json::from_str(body).map_err(|_| torn())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_sealed_opens() {
        let body = json!({"assumptions": {"x": "a,\"body\":}"}, "orders": "none"});
        let found = open(&seal(7, &body)).unwrap();
        assert_eq!((found.rev, found.schema, found.body), (7, SCHEMA, body));
    }

    #[test]
    fn what_is_set_aside_keeps_its_schema() {
        let older = Envelope {
            schema: 0,
            rev: 3,
            body: json!({"orders": "none"}),
        };
        assert_eq!(open(&older.reseal()), Ok(older));
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let text = seal(7, &json!({"orders": "none", "as_of": "2026-01-31"}));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            let same = open(&changed).is_ok_and(|e| e.rev == 7 && e.schema == 1);
            assert!(!same, "{changed}");
        }
        for end in 0..text.len() {
            assert!(open(&text[..end]).is_err());
        }
    }
}
