//! Reads and writes workbooks, apart from the worker because it is large and a hostile file can
//! abort it.
//!
//! A message is an array; one is answered before the next is sent:
//!
//! | asked | answered |
//! |---|---|
//! | `["holds", bytes]` | `["holds", yes]`: whether the beginning of a gzip file is that of a workbook |
//! | `["sheets", bytes]` | `["sheets", packed]`: name and whether hidden, of each; the workbook stays open |
//! | `["csv", name, bytes?]` | `["csv", bytes, packed]`: the text and the warnings; without bytes, of the workbook that is open |
//! | `["write", packed, packed]` | `["written", bytes]`: the workbook of an [`About`] and a [`Sheet`] |
//!
//! Instead of an answer, `["failed", packed]` is a [`Failure`]; before it, any number of `["tick"]`
//! are signs of life. A workbook may be packed with gzip. Bytes are `ArrayBuffer`s and change hands; what is packed
//! ([`perennial::base::packed`]) is one as well.

use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use perennial::base::packed::{pack, unpack};
use perennial::codec::xlsx_out::{About, Export, xlsx};
use perennial::ingest::Refusal;
use perennial::ingest::xlsx::{Workbook, holds_workbook, unpacked};
use perennial::jobs::protocol::Failure;
use perennial::metrics::Sheet;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Scope;

    // The boot script hands it to the module; see `src/web/boot.js`.
    #[wasm_bindgen(thread_local_v2, js_name = perennialScope)]
    static SCOPE: Scope;

    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Scope, message: &JsValue, transfer: &Array);

    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn listen(this: &Scope, handler: &Function);
}

type Open = Option<Workbook<Vec<u8>>>;

fn main() {
    let mut open: Open = None;
    let handler = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let message = Reflect::get(&event, &"data".into()).unwrap_or_default();
        let message = Array::from(&message);
        let reply = answer(&message, &mut open).unwrap_or_else(|refusal| {
            let failure = Failure {
                code: refusal.code.into(),
                message: refusal.message,
            };
            Array::of2(&"failed".into(), &packed(&failure))
        });
        let bytes = reply.get(1);
        let transfer = if bytes.is_instance_of::<ArrayBuffer>() {
            Array::of1(&bytes)
        } else {
            Array::new()
        };
        SCOPE.with(|scope| scope.post(&reply, &transfer));
    });
    SCOPE.with(|scope| scope.listen(handler.as_ref().unchecked_ref()));
    handler.forget();
}

fn answer(message: &Array, open: &mut Open) -> Result<Array, Refusal> {
    let text = |at| message.get(at).as_string().unwrap_or_default();
    match text(0).as_str() {
        "holds" => {
            let holds = holds_workbook(&Uint8Array::new(&message.get(1)).to_vec());
            Ok(Array::of2(&"holds".into(), &holds.into()))
        }
        "sheets" => {
            let book = open_book(&message.get(1), open)?;
            Ok(Array::of2(&"sheets".into(), &packed(&book.sheets())))
        }
        "csv" => {
            let bytes = message.get(2);
            let book = match open {
                Some(book) if bytes.is_undefined() => book,
                _ => open_book(&bytes, open)?,
            };
            let sheet = book.csv(&text(1), &mut tick)?;
            let warnings = packed(&sheet.warnings);
            Ok(Array::of3(&"csv".into(), &buffer(&sheet.csv), &warnings))
        }
        "write" => {
            let bytes = |at| Uint8Array::new(&message.get(at)).to_vec();
            let why = |why| Refusal::new("protocol", why);
            let about = unpack::<About>(&bytes(1)).map_err(why)?;
            let sheets = vec![unpack::<Sheet>(&bytes(2)).map_err(why)?];
            let export = Export { about, sheets };
            let bytes = xlsx(&export).map_err(|why| Refusal::new("not_written", why))?;
            Ok(Array::of2(&"written".into(), &buffer(&bytes)))
        }
        other => Err(Refusal::new("protocol", format!("{other} is no request"))),
    }
}

fn open_book<'a>(
    bytes: &JsValue,
    open: &'a mut Open,
) -> Result<&'a mut Workbook<Vec<u8>>, Refusal> {
    // The last one is let go first, so that there are never two.
    *open = None;
    let bytes = unpacked(Uint8Array::new(bytes).to_vec(), &mut tick)?;
    let book = Workbook::open(bytes, &mut tick)?;
    Ok(open.insert(book))
}

/// A sign of life, so that the page does not take long work for a standstill.
fn tick() {
    SCOPE.with(|scope| scope.post(&Array::of1(&"tick".into()), &Array::new()));
}

fn buffer(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).buffer().into()
}

fn packed(value: &impl Serialize) -> JsValue {
    buffer(&pack(value))
}
