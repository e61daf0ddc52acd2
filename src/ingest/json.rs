//! Flat JSON as a table: an array of objects, or one object a line, to CSV.
//!
//! The columns are the keys in the order in which they first occur, those of an object within a row
//! behind its own (`customer.name`). An order with its lines in a list is a row of each line, unless the
//! order states its amount itself. Other lists are kept as JSON text. Numbers are written as the file writes
//! them, marked so that their dot is never grouping.

mod parse;

use std::collections::HashSet;

use super::layout::DateOrder;
use super::words::{listed, names};
use super::{Refusal, cells};
use parse::{Cursor, Item, Object};

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
    if let [one] = objects.as_slice()
        && let Some(list) = wrapped(one)
    {
        return to_csv(list.as_bytes(), whole);
    }
    let objects = match lines_key(&objects) {
        Some(key) => by_line(&objects, &key)?,
        None => objects,
    };
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
        let value = |key: &&str| object.iter().find(|(k, _)| k == key);
        let text = |key| value(key).map_or(String::new(), |(_, text)| text.clone());
        push_row(&mut csv, keys.iter().map(text));
    }
    Ok(csv)
}

/// Names of lists that hold the rows, where an object holds several lists.
const LISTS: &str =
    "orders|invoices|deals|sales|transactions|data|results|records|value|items|rows";

/// The list that holds the rows, of an object around them: one without a day of its own, which a
/// single order would have.
fn wrapped(object: &Object) -> Option<&str> {
    let dated = |text: &str| matches!(cells::date(text, DateOrder::Ymd), Ok(Some(_)));
    if object.iter().any(|(_, text)| dated(text)) {
        return None;
    }
    let lists = || object.iter().filter(|(_, text)| text.starts_with("[{"));
    let name_of = |key: &str| key.rsplit('.').next().unwrap_or("").to_lowercase();
    let named = |name: &str| lists().find(|(key, _)| name_of(key) == name);
    let only = || lists().next().filter(|_| lists().nth(1).is_none());
    let (_, list) = names(LISTS).find_map(named).or_else(only)?;
    Some(list)
}

/// Names of the list of an order's lines, without `_` and `-`.
const LINES: &str = "\
    items|lines|lineitems|orderitems|orderlines|invoicelines|invoiceitems|products|positions|\
    positionen|articles|artikel|details|lignes|lineas";

/// Names of an order's amount, beside which its lines would count twice.
const AMOUNTS: &str = "\
    total|totalprice|totalamount|ordertotal|grandtotal|subtotal|subtotalprice|currenttotalprice|\
    amount|amountdue|amountpaid|net|netamount|revenue|value|sum|gesamt|betrag|netto|montant";

/// Names of what is charged once an order: it stands on the row of the first line.
const CHARGES: &str = "\
    shipping|shippingcost|shippingcosts|shippingtotal|shippingamount|totalshipping|freight|\
    freightcost|delivery|deliverycost|versand|versandkosten|fracht|port|discount|discountamount|\
    discounttotal|totaldiscount|totaldiscounts|rabatt|remise|tax|totaltax|taxtotal|taxamount|vat";

/// A key without what divides its words.
fn plain(key: &str) -> String {
    key.to_lowercase().replace(['_', '-'], "")
}

/// The key of the list that holds the lines of each order, where the orders state no amount.
fn lines_key(objects: &[Object]) -> Option<String> {
    let nothing = |text: &str| text.bytes().all(|b| matches!(b, b'0' | b'.' | 0x1f));
    let stated = |(key, text): &(String, String)| !nothing(text) && listed(AMOUNTS, &plain(key));
    let list =
        |(key, text): &&(String, String)| text.starts_with("[{") && listed(LINES, &plain(key));
    let (key, _) = objects.iter().flatten().find(list)?;
    (!objects.iter().flatten().any(stated)).then(|| key.clone())
}

/// A row of each line, behind what its order says.
fn by_line(orders: &[Object], key: &str) -> Result<Vec<Object>, Refusal> {
    let mut rows = Vec::new();
    for order in orders {
        let list = order
            .iter()
            .find(|(name, text)| name == key && text.starts_with("[{"));
        let lines = list.map_or(Ok(vec![Object::new()]), |(_, list)| {
            objects(list.as_bytes(), true)
        })?;
        for (at, line) in lines.into_iter().enumerate() {
            let named = line.into_iter().map(|(name, text)| match name.as_str() {
                "name" | "title" => ("item name".to_owned(), text),
                "id" | "number" | "no" | "code" | "date" => (format!("line {name}"), text),
                _ => (name, text),
            });
            let line: Object = named.collect();
            // What a line says of itself holds before what its order says.
            let own = order.iter().filter(|(name, _)| {
                let again = at > 0 && listed(CHARGES, &plain(name));
                name != key && !again && !line.iter().any(|(other, _)| other == name)
            });
            rows.push(own.cloned().chain(line.iter().cloned()).collect());
        }
    }
    Ok(rows)
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
        if rest.is_empty() && array.is_none() {
            return Ok(found);
        }
        let mut cursor = Cursor::new(rest);
        match cursor.item() {
            Ok(item) => found.extend(row(item, &mut names)?),
            Err(_) if !whole => return Ok(found),
            Err(_) => return Err(invalid(bytes, rest)),
        }
        rest = rest.get(cursor.position()..).unwrap_or_default();
    }
}

/// An object, or cells under the names that the first list of cells gave.
fn row(item: Item, names: &mut Option<Vec<String>>) -> Result<Option<Object>, Refusal> {
    match (item, names) {
        (Item::Object(object), _) => Ok(Some(object)),
        (Item::Cells(cells), Some(names)) => Ok(Some(names.iter().cloned().zip(cells).collect())),
        (Item::Cells(cells), names) => {
            *names = Some(cells);
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
