//! Flat JSON as a table: an array of objects, or one object a line, to CSV.
//!
//! The columns are the keys in the order in which they first occur. Nested values are kept as JSON
//! text. Numbers are written as the file writes them, marked so that their dot is never grouping.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::Refusal;
use super::cells::CANONICAL;

/// Bytes of JSON that are turned into a table.
const LIMIT: usize = 256 << 20;

/// Whether a file begins as JSON does.
pub fn is_json(head: &[u8]) -> bool {
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    match head {
        [b'{', rest @ ..] => matches!(rest.trim_ascii_start(), [b'"' | b'}', ..]),
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'{' | b'[' | b'"' | b']', ..]),
        _ => false,
    }
}

/// Turns JSON into CSV. `whole` says that the bytes are not cut off at the end; what a cut leaves
/// incomplete is left out.
///
/// # Errors
/// `not_a_table` when it is not an array of objects or one object a line; `too_big` over 256 MB.
pub fn to_csv(bytes: &[u8], whole: bool) -> Result<Vec<u8>, Refusal> {
    if bytes.len() > LIMIT {
        return Err(Refusal::new(
            "too_big",
            "This JSON file is larger than 256 MB. Export the orders as CSV.",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let objects = objects(bytes, whole)?;
    let mut keys: Vec<&str> = Vec::new();
    let mut seen = HashSet::new();
    for (key, _) in objects.iter().flatten() {
        if seen.insert(key.as_str()) {
            keys.push(key);
        }
    }
    let mut csv = Vec::new();
    push_row(&mut csv, keys.iter().map(|key| (*key).to_owned()));
    for object in &objects {
        let value = |key: &&str| object.iter().find(|(k, _)| k == key).map(|(_, v)| v);
        push_row(&mut csv, keys.iter().map(|key| text(value(key))));
    }
    Ok(csv)
}

/// Keys and values in the order of the file.
type Object = Vec<(String, Value)>;

/// What stands where a row is expected.
enum Item {
    Object(Object),
    Cells(Vec<Value>),
    Other,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut object = Object::new();
        while let Some(entry) = map.next_entry()? {
            object.push(entry);
        }
        Ok(Item::Object(object))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Item, A::Error> {
        let mut cells = Vec::new();
        while let Some(value) = seq.next_element()? {
            cells.push(value);
        }
        Ok(Item::Cells(cells))
    }

    fn visit_str<E>(self, _: &str) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Item, E> {
        Ok(Item::Other)
    }

    fn visit_unit<E>(self) -> Result<Item, E> {
        Ok(Item::Other)
    }
}

/// Items one after the other, with or without an array around them: a file that is cut off has been
/// read up to its last whole item.
fn objects(bytes: &[u8], whole: bool) -> Result<Vec<Object>, Refusal> {
    let bytes = bytes.trim_ascii();
    let array = bytes.strip_prefix(b"[");
    let (mut found, mut names) = (Vec::new(), None);
    let mut rest = array.unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        if array.is_some() {
            if rest == b"]" || (rest.is_empty() && !whole) {
                return Ok(found);
            }
            rest = rest.strip_prefix(b",").unwrap_or(rest);
        }
        let mut items = serde_json::Deserializer::from_slice(rest).into_iter::<Item>();
        match items.next() {
            None if array.is_none() || !whole => return Ok(found),
            Some(Err(_)) if !whole => return Ok(found),
            Some(Ok(item)) => found.extend(row(item, &mut names)?),
            None | Some(Err(_)) => return Err(invalid(bytes, rest)),
        }
        rest = rest.get(items.byte_offset()..).unwrap_or_default();
    }
}

/// An object, or cells under the names that the first list of cells gave.
fn row(item: Item, names: &mut Option<Vec<String>>) -> Result<Option<Object>, Refusal> {
    match (item, names) {
        (Item::Object(object), _) => Ok(Some(object)),
        (Item::Cells(cells), Some(names)) => Ok(Some(names.iter().cloned().zip(cells).collect())),
        (Item::Cells(cells), names) => {
            *names = Some(cells.iter().map(|cell| text(Some(cell))).collect());
            Ok(None)
        }
        (Item::Other, _) => Err(not_flat()),
    }
}

fn invalid(bytes: &[u8], rest: &[u8]) -> Refusal {
    let read = bytes
        .get(..bytes.len().saturating_sub(rest.len()))
        .unwrap_or_default();
    let line = read.split(|b| *b == b'\n').count();
    Refusal::new(
        "not_a_table",
        format!(
            "This JSON is not valid from line {line} on, or it ends too soon. Export the orders again, \
             or as CSV."
        ),
    )
}

fn not_flat() -> Refusal {
    Refusal::new(
        "not_a_table",
        "This is JSON, but not a table: an array of objects such as [{\"order\": 7, ...}, ...], or one \
         object a line, can be read. Export the orders in that form or as CSV.",
    )
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => format!("{CANONICAL}{number}"),
        Some(other) => other.to_string(),
    }
}

fn push_row(csv: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            csv.push(b',');
        }
        if cell.contains(['"', ',', '\n', '\r']) || cell.starts_with(' ') {
            csv.push(b'"');
            csv.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            csv.push(b'"');
        } else {
            csv.extend_from_slice(cell.as_bytes());
        }
    }
    csv.push(b'\n');
}
