//! The page's side of the workbook worker: a workbook is opened, a sheet of it turned into CSV, or
//! sheets written as a workbook.
//!
//! A worker lives for one workbook and is stopped after a sheet was read: its memory is then free
//! again. One that traps, or gives no sign of life for half a minute, is stopped, and the request
//! fails with a message; nothing else of the page is touched.

use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::boot::{WorkerHandle, WorkerKind, start_worker};
use crate::base::packed::unpack;
use crate::jobs::protocol::Failure;

/// How long a worker may be silent.
const PATIENCE_MS: i32 = 30_000;

/// Bytes of a gzip file that are enough to see what is in it.
const PACKED_HEAD: f64 = 65_536.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, ms: i32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// A workbook whose sheets are known.
#[derive(Clone)]
pub struct Book {
    /// The names of its sheets from the left; hidden ones come last.
    pub sheets: Vec<String>,
    /// The one to begin with.
    pub start: String,
    blob: Blob,
    /// The worker that still has it open, for the first sheet that is read.
    live: Rc<std::cell::Cell<Option<Live>>>,
}

/// A sheet as text for the importer.
pub struct SheetCsv {
    /// CSV in UTF-8.
    pub blob: Blob,
    /// What was not read as it stands, for the user.
    pub warnings: Vec<String>,
}

impl Book {
    /// Opens a workbook.
    ///
    /// # Errors
    /// Why it cannot be read, for the user.
    pub async fn open(blob: Blob) -> Result<Self, Failure> {
        let live = Live::start().await?;
        Self::open_in(live, blob).await
    }

    /// Opens a gzip file that holds a workbook; nothing for one that holds something else.
    ///
    /// # Errors
    /// Why the workbook cannot be read, for the user.
    pub async fn open_packed(blob: Blob) -> Result<Option<Self>, Failure> {
        let Some(live) = Live::holding(&blob).await else {
            return Ok(None);
        };
        Self::open_in(live, blob).await.map(Some)
    }

    async fn open_in(live: Live, blob: Blob) -> Result<Self, Failure> {
        let bytes = bytes_of(&blob).await?;
        let reply = live
            .ask(&Array::of2(&"sheets".into(), &bytes), &bytes)
            .await?;
        // Name, whether hidden, whether shown first.
        let mut sheets: Vec<(String, bool, bool)> = read(&reply.get(1)).unwrap_or_default();
        let start = sheets.iter().find(|it| it.2).map(|it| it.0.clone());
        // Stable: hidden ones go last, else the order stays.
        sheets.sort_by_key(|it| it.1);
        Ok(Self {
            sheets: sheets.into_iter().map(|it| it.0).collect(),
            start: start.unwrap_or_default(),
            blob,
            live: Rc::new(std::cell::Cell::new(Some(live))),
        })
    }

    /// Turns a sheet into CSV.
    ///
    /// # Errors
    /// Why it cannot be read, for the user.
    pub async fn csv(&self, sheet: &str) -> Result<SheetCsv, Failure> {
        let request = Array::of2(&"csv".into(), &sheet.into());
        let (live, bytes) = match self.live.take() {
            Some(live) => (live, JsValue::UNDEFINED),
            None => (Live::start().await?, bytes_of(&self.blob).await?),
        };
        request.push(&bytes);
        let reply = live.ask(&request, &bytes).await?;
        Ok(SheetCsv {
            blob: to_blob(&reply.get(1))?,
            warnings: read(&reply.get(2)).unwrap_or_default(),
        })
    }
}

/// Writes a workbook of what it is (packed as `codec::xlsx_out::About`) and a packed sheet.
///
/// # Errors
/// Why it cannot be written, for the user.
pub async fn write(about: &[u8], sheet: &ArrayBuffer) -> Result<Blob, Failure> {
    let live = Live::start().await?;
    let about = Uint8Array::from(about).buffer();
    let request = Array::of3(&"write".into(), &about, sheet);
    let reply = live.ask(&request, &JsValue::UNDEFINED).await?;
    to_blob(&reply.get(1))
}

/// A running worker; it stops when this is dropped.
struct Live(WorkerHandle);

impl Drop for Live {
    fn drop(&mut self) {
        self.0.set_onmessage(None);
        self.0.set_onerror(None);
        self.0.terminate();
    }
}

impl Live {
    async fn start() -> Result<Self, Failure> {
        let started = start_worker(WorkerKind::Workbook).await;
        started.map(Self).map_err(|why| failure("no_worker", &why))
    }

    /// A worker that found a workbook in the beginning of a gzip file. Where that cannot be found out,
    /// the file goes the way of text, where it is said what is wrong with it.
    async fn holding(packed: &Blob) -> Option<Self> {
        let live = Self::start().await.ok()?;
        let head = packed.slice_with_f64_and_f64(0.0, PACKED_HEAD).ok()?;
        let bytes = bytes_of(&head).await.ok()?;
        let request = Array::of2(&"holds".into(), &bytes);
        let reply = live.ask(&request, &bytes).await.ok()?;
        reply.get(1).is_truthy().then_some(live)
    }

    /// Sends a request and waits for its answer.
    async fn ask(&self, request: &Array, bytes: &JsValue) -> Result<Array, Failure> {
        let transfer = if bytes.is_undefined() {
            Array::new()
        } else {
            Array::of1(bytes)
        };
        let sent = self.0.post(request, &transfer);
        sent.map_err(|_| {
            failure(
                "not_sent",
                "The browser could not hand the file to the worker.",
            )
        })?;
        let answer = Promise::new(&mut |resolve, reject| self.listen(resolve, &reject));
        let reply = JsFuture::from(answer).await.map_err(|why| {
            let why = why.as_string().unwrap_or_default();
            failure(
                "workbook_failed",
                &format!(
                    "The workbook could not be handled: {why}. Save the sheet as CSV and open that."
                ),
            )
        })?;
        let reply = Array::from(&reply);
        if reply.get(0) != "failed" {
            return Ok(reply);
        }
        let broken = failure("protocol", "The reader of workbooks gave no reason.");
        Err(read(&reply.get(1)).unwrap_or(broken))
    }

    /// Resolves with the answer, or rejects when the worker traps or falls silent.
    fn listen(&self, resolve: Function, reject: &Function) {
        let silent: Function = reject
            .bind1(
                &JsValue::NULL,
                &"it took more than half a minute without getting on".into(),
            )
            .unchecked_into();
        let wait = move || set_timeout(&silent, PATIENCE_MS);
        let mut timer = wait();
        let on_message = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            clear_timeout(&timer);
            let message = js_sys::Reflect::get(&event, &"data".into()).unwrap_or_default();
            if Array::from(&message).get(0) == "tick" {
                timer = wait();
            } else {
                drop(resolve.call1(&JsValue::NULL, &message));
            }
        });
        let reject = reject.clone();
        let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            // It is handled here: the page itself is well.
            event.prevent_default();
            drop(reject.call1(
                &JsValue::NULL,
                &"the reader stopped, perhaps for want of memory".into(),
            ));
        });
        self.0
            .set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        self.0
            .set_onerror(Some(on_error.into_js_value().unchecked_ref()));
    }
}

async fn bytes_of(blob: &Blob) -> Result<JsValue, Failure> {
    let read = JsFuture::from(blob.array_buffer()).await;
    read.map_err(|_| {
        failure(
            "not_read",
            "The file could not be read. It may have been moved or changed: choose it again.",
        )
    })
}

fn to_blob(bytes: &JsValue) -> Result<Blob, Failure> {
    Blob::new_with_buffer_source_sequence(&Array::of1(bytes)).map_err(|_| {
        failure(
            "no_memory",
            "There is not enough memory for this sheet. Save it in parts and open those.",
        )
    })
}

fn read<T: serde::de::DeserializeOwned>(packed: &JsValue) -> Option<T> {
    unpack(&Uint8Array::new(packed).to_vec()).ok()
}

fn failure(code: &str, message: &str) -> Failure {
    Failure {
        code: code.into(),
        message: message.into(),
    }
}
