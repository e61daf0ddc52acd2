//! What was read of a file before any mapping, as one JSON object: what `batch --table` prints.
//!
//! Text files: `{"ok":true,"rows":[["h1","h2"],["a","b"]],"warnings":[],"encoding":"utf-8",
//! "delimiter":","}`, the header row first. Workbooks: `"sheets":[{"name":"S","hidden":false,
//! "rows":[["a"]]}]` in place of the rows. What cannot be read: `{"ok":false,"error":"...",
//! "code":"too_big"}`.

use serde_json::{Value, json};

use super::{Refusal, gzip, read_table};

/// Reads a file of any kind; the error is the JSON of why it cannot be read.
///
/// # Errors
/// As [`read_table`] and, for workbooks, `xlsx::table_json`.
pub fn table_json(bytes: &[u8], name: &str) -> Result<String, String> {
    read(bytes, name).map_err(|refusal| {
        json!({"ok": false, "error": refusal.message, "code": refusal.code}).to_string()
    })
}

fn read(bytes: &[u8], name: &str) -> Result<String, Refusal> {
    let plain = gzip::undo(bytes)?;
    let bytes = plain.as_deref().unwrap_or(bytes);
    #[cfg(feature = "workbook")]
    if super::xlsx::looks_like(bytes) {
        return super::xlsx::table_json(bytes);
    }
    let table = read_table(bytes, name)?;
    let encoding = serde_json::to_value(table.encoding).unwrap_or(Value::Null);
    Ok(json!({
        "ok": true,
        "rows": table.rows,
        "warnings": table.warnings,
        "encoding": encoding,
        "delimiter": table.delimiter,
    })
    .to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_and_a_refusal_are_json() {
        let read = |bytes: &[u8]| table_json(bytes, "orders.csv");
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let table = parse(&read(b"h1;h2\na;\"b \"\"c\"\"\"\n").unwrap());
        assert_eq!(
            table,
            json!({"ok": true, "rows": [["h1", "h2"], ["a", "b \"c\""]], "warnings": [],
                "encoding": "utf-8", "delimiter": ";"})
        );
        let refusal = parse(&read(b"").unwrap_err());
        assert_eq!(refusal["ok"], false);
        assert_eq!(refusal["code"], "empty");
    }
}
