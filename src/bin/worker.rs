//! The worker: a message loop around [`perennial::jobs::Session`].
//!
//! Messages are arrays. In: `["job", request, handle, blob, handle, blob, ...]` and
//! `["cancel", id]`. Out: `["progress", id, progress]`, `["reply", id, reply, bytes or null]`, and
//! `["panic", message]`, after which this instance answers nothing any more. Requests, progress and
//! replies are [packed](perennial::base::packed) bytes.
//!
//! The release build cuts [`rest`] and all that only it leads to out of this program, so that a first
//! visit shows its figures sooner. It comes by the boot script; a job that needs it waits for it.
//!
//! Files are read a slice at a time, and each read lets waiting messages in: a cancelled job stops
//! at the next slice. On the page's own thread, where no worker could start, slices are small.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use perennial::base::packed::{pack, unpack};
use perennial::jobs::protocol::{FileHandle, Progress, Reply, Request};
use perennial::jobs::{Rest, SLICE, Session, Step, failure};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::{Blob, MessageChannel, MessageEvent};

/// On the page's thread a slice must not hold up a frame.
const INLINE_SLICE: u32 = 128 << 10;
/// Bytes that a file read from its beginning to its end hands over at once.
const PIECE: u32 = 256 << 10;
/// Between two reports of progress.
const PROGRESS_MS: f64 = 150.0;

#[wasm_bindgen]
extern "C" {
    type Scope;

    #[wasm_bindgen(thread_local_v2, js_name = perennialScope)]
    static SCOPE: Scope;

    #[wasm_bindgen(method, js_name = postMessage)]
    fn post(this: &Scope, message: &JsValue, transfer: &Array);

    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn listen(this: &Scope, handler: &js_sys::Function);

    type Options;
    #[wasm_bindgen(method, setter)]
    fn set_mode(this: &Options, mode: &str);

    type Streamed;
    #[wasm_bindgen(method, catch)]
    fn stream(this: &Streamed) -> Result<Streamed, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn reader(this: &Streamed, options: &Options) -> Result<Reader, JsValue>;

    type Reader;
    #[wasm_bindgen(method)]
    fn read(this: &Reader, into: &Uint8Array) -> Promise;
}

// The failure is the loader's: that of the code around this one.
#[allow(clippy::unnecessary_wraps)]
#[wasm_split(rest, fallible)]
fn rest() -> Result<(Rest, Read), SplitLoaderError> {
    let read: Read = begin_read;
    Ok((Rest::new(), read))
}

fn post(message: &[JsValue], transfer: &Array) {
    let message: Array = message.iter().collect();
    SCOPE.with(|scope| scope.post(&message, transfer));
}

fn post_reply(id: u64, reply: &Reply, bytes: Option<Vec<u8>>) {
    let transfer = Array::new();
    let reply = buffer(&pack(reply), &transfer);
    let bytes = bytes.map_or(JsValue::NULL, |bytes| buffer(&bytes, &transfer));
    post(&["reply".into(), js_id(id), reply, bytes], &transfer);
}

fn post_progress(id: u64, progress: &Progress) {
    let transfer = Array::new();
    let progress = buffer(&pack(progress), &transfer);
    post(&["progress".into(), js_id(id), progress], &transfer);
}

/// Bytes that change hands.
fn buffer(bytes: &[u8], transfer: &Array) -> JsValue {
    let buffer = Uint8Array::from(bytes).buffer();
    transfer.push(&buffer);
    buffer.into()
}

/// Ids are counted from 1 in one session: far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn js_id(id: u64) -> JsValue {
    JsValue::from_f64(id as f64)
}

/// Posts how far a job is: at once, at its end, and not more often than the page can show it
/// without drawing taking a good part of the time.
#[derive(Default)]
struct Reporter {
    last_ms: f64,
}

impl Reporter {
    fn post(&mut self, id: u64, progress: &Progress) {
        let now = js_sys::Date::now();
        if progress.done < 1.0 && (now - self.last_ms).abs() < PROGRESS_MS {
            return;
        }
        self.last_ms = now;
        post_progress(id, progress);
    }
}

/// Lets waiting messages in.
async fn yield_now() {
    let promise = Promise::new(&mut |resolve, _| match MessageChannel::new() {
        Ok(channel) => {
            channel.port1().set_onmessage(Some(&resolve));
            // Without a message the promise would wait for ever.
            if channel.port2().post_message(&JsValue::NULL).is_err() {
                drop(resolve.call0(&JsValue::NULL));
            }
        }
        Err(_) => drop(resolve.call0(&JsValue::NULL)),
    });
    drop(JsFuture::from(promise).await);
}

/// The bytes that a job wants of a file.
#[derive(Clone, Copy, PartialEq)]
struct Wanted {
    file: FileHandle,
    from: u64,
    length: u32,
}

/// What is kept from one slice to the next.
#[derive(Default)]
struct Reading {
    stream: Option<Stream>,
    /// A slice on its way.
    ahead: Option<(Wanted, Promise)>,
    /// Memory of an earlier slice.
    spare: Vec<u8>,
}

/// Reads a slice; in the second part, as all jobs that read files are.
type Read = fn(Blob, Wanted, Reading) -> Pin<Box<dyn Future<Output = (Reading, Slice)>>>;
type Slice = Result<Vec<u8>, String>;

fn begin_read(
    blob: Blob,
    wanted: Wanted,
    reading: Reading,
) -> Pin<Box<dyn Future<Output = (Reading, Slice)>>> {
    Box::pin(read(blob, wanted, reading))
}

async fn read(blob: Blob, wanted: Wanted, mut reading: Reading) -> (Reading, Slice) {
    let slice = match reading.streamed(&blob, wanted) {
        Some((stream, bytes)) => stream.slice(bytes, wanted.length).await,
        None => reading.next(&blob, wanted).await,
    };
    (reading, slice.map_err(|error| text_of(&error)))
}

impl Reading {
    /// The stream of a file that is read from its beginning in large slices, standing at the next.
    fn streamed(&mut self, blob: &Blob, wanted: Wanted) -> Option<(&mut Stream, Vec<u8>)> {
        if wanted.length <= PIECE * 4 {
            return None;
        }
        let here = |stream: &Stream| stream.file == wanted.file && stream.at == wanted.from;
        if !self.stream.as_ref().is_some_and(here) {
            self.stream = (wanted.from == 0)
                .then(|| Stream::open(blob, wanted.file))
                .flatten();
        }
        let bytes = std::mem::take(&mut self.spare);
        self.stream.as_mut().map(|stream| (stream, bytes))
    }

    /// Reads a slice, and begins to read the one after it.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    async fn next(&mut self, blob: &Blob, wanted: Wanted) -> Result<Vec<u8>, JsValue> {
        let begun = match self.ahead.take() {
            Some((begun, bytes)) if begun == wanted => bytes,
            _ => slice(blob, wanted)?,
        };
        let from = wanted.from.saturating_add(u64::from(wanted.length));
        if from < blob.size() as u64 {
            let after = Wanted { from, ..wanted };
            self.ahead = Some((after, slice(blob, after)?));
        }
        let bytes = JsFuture::from(begun).await?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

/// Offsets are file sizes: far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn slice(blob: &Blob, wanted: Wanted) -> Result<Promise, JsValue> {
    let end = wanted.from.saturating_add(u64::from(wanted.length)) as f64;
    let part = blob.slice_with_f64_and_f64(wanted.from as f64, end)?;
    Ok(part.array_buffer())
}

/// A file being read in order, always into the same memory: new memory for each slice costs more
/// than the reading.
struct Stream {
    file: FileHandle,
    at: u64,
    reader: Reader,
    buffer: ArrayBuffer,
}

impl Stream {
    /// `None` where this browser cannot.
    fn open(blob: &Blob, file: FileHandle) -> Option<Self> {
        let options: Options = Object::new().unchecked_into();
        options.set_mode("byob");
        let stream = blob.unchecked_ref::<Streamed>().stream().ok()?;
        Some(Self {
            file,
            at: 0,
            reader: stream.reader(&options).ok()?,
            buffer: ArrayBuffer::new(PIECE),
        })
    }

    /// The next bytes, in memory that was used before; fewer only at the end of the file.
    async fn slice(&mut self, mut bytes: Vec<u8>, length: u32) -> Result<Vec<u8>, JsValue> {
        bytes.resize(length as usize, 0);
        let mut done = 0;
        while let Some(rest) = bytes.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let room = u32::try_from(rest.len()).unwrap_or(PIECE).min(PIECE);
            let view = Uint8Array::new_with_byte_offset_and_length(&self.buffer, 0, room);
            let read = JsFuture::from(self.reader.read(&view)).await?;
            let Ok(part) = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>() else {
                break;
            };
            self.buffer = part.buffer();
            let Some(to) = rest.get_mut(..part.length() as usize) else {
                break;
            };
            if to.is_empty() {
                break;
            }
            part.copy_to(to);
            done += to.len();
        }
        bytes.truncate(done);
        self.at += done as u64;
        Ok(bytes)
    }
}

struct Worker {
    session: RefCell<Session>,
    files: RefCell<BTreeMap<FileHandle, Blob>>,
    waiting: RefCell<VecDeque<Request>>,
    cancelled: RefCell<BTreeSet<u64>>,
    running: RefCell<bool>,
    read: Cell<Option<Read>>,
}

impl Worker {
    fn on_message(self: &Rc<Self>, data: &JsValue) {
        let message = Array::from(data);
        match message.get(0).as_string().as_deref() {
            Some("job") => self.on_job(&message),
            Some("cancel") => {
                if let Some(id) = message.get(1).as_f64() {
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    self.cancelled.borrow_mut().insert(id as u64);
                }
            }
            _ => {}
        }
    }

    fn on_job(self: &Rc<Self>, message: &Array) {
        let mut at = 2;
        while at + 1 < message.length() {
            let blob = message.get(at + 1).dyn_into::<Blob>();
            if let (Some(handle), Ok(blob)) = (message.get(at).as_f64(), blob) {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                self.files.borrow_mut().insert(handle as FileHandle, blob);
            }
            at += 2;
        }
        match unpack::<Request>(&Uint8Array::new(&message.get(1)).to_vec()) {
            Ok(request) => self.waiting.borrow_mut().push_back(request),
            Err(error) => {
                let why = format!("The worker does not understand the page ({error}). Reload it.");
                post_reply(0, &failure("protocol", why), None);
            }
        }
        if !self.running.replace(true) {
            let worker = Rc::clone(self);
            spawn_local(async move {
                while let Some(request) = worker.next() {
                    worker.work(request).await;
                }
                worker.running.replace(false);
            });
        }
    }

    fn next(&self) -> Option<Request> {
        self.waiting.borrow_mut().pop_front()
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn size(&self, file: FileHandle) -> Option<u64> {
        self.files
            .borrow()
            .get(&file)
            .map(|blob| blob.size() as u64)
    }

    async fn work(&self, request: Request) {
        let id = request.id;
        let forget = matches!(request.job, perennial::jobs::protocol::Job::Clear);
        let lacks = self.session.borrow().lacks(&request.job);
        // Where it cannot come, the session says so.
        if lacks && let Ok((rest, read)) = rest().await {
            self.session.borrow_mut().complete(rest);
            self.read.set(Some(read));
        }
        let mut reporter = Reporter::default();
        let mut report = |progress: Progress| reporter.post(id, &progress);
        let size = |file| self.size(file);
        let mut task = self.session.borrow_mut().begin(request.job, &size);
        let mut bytes: Option<Vec<u8>> = None;
        let mut reading = Reading::default();
        loop {
            if self.cancelled.borrow_mut().remove(&id) {
                let reply = self.session.borrow_mut().cancelled(task);
                return post_reply(id, &reply, None);
            }
            let taken = bytes.take();
            let step = (self.session.borrow_mut()).step(&mut task, taken.as_deref(), &mut report);
            if let Some(taken) = taken {
                reading.spare = taken;
            }
            match step {
                Step::More => yield_now().await,
                Step::Done(reply, out) => {
                    if forget {
                        self.files.borrow_mut().clear();
                    }
                    return post_reply(id, &reply, out);
                }
                Step::Read { file, from, length } => {
                    let blob = self.files.borrow().get(&file).cloned();
                    let read = if let (Some(blob), Some(read)) = (blob, self.read.get()) {
                        let wanted = Wanted { file, from, length };
                        let (kept, read) = read(blob, wanted, std::mem::take(&mut reading)).await;
                        reading = kept;
                        read
                    } else {
                        Err("it is not open any more".into())
                    };
                    match read {
                        Ok(read) => bytes = Some(read),
                        Err(why) => {
                            let reply = self.session.borrow_mut().unreadable(&task, file, &why);
                            return post_reply(id, &reply, None);
                        }
                    }
                }
            }
        }
    }
}

/// What an exception says.
fn text_of(error: &JsValue) -> String {
    let field = |name: &str| Reflect::get(error, &name.into()).ok()?.as_string();
    match (field("name"), field("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        _ => "the browser does not say why".into(),
    }
}

/// Whether this runs on the page's thread.
fn inline() -> bool {
    Reflect::has(&js_sys::global(), &"document".into()).unwrap_or(false)
}

/// A fault must reach the page. A panic posts its message. What traps without one (memory that
/// runs out) rejects a promise; no code of ours may run then, so the listener is the browser's own
/// `postMessage`, bound to its message.
fn install_guards() {
    std::panic::set_hook(Box::new(|info| {
        post(&["panic".into(), info.to_string().into()], &Array::new());
    }));
    if inline() {
        return;
    }
    let global = js_sys::global();
    let get = |name: &str| {
        let found = Reflect::get(&global, &name.into()).ok()?;
        found.dyn_into::<js_sys::Function>().ok()
    };
    if let (Some(post), Some(listen)) = (get("postMessage"), get("addEventListener")) {
        let why = "The worker stopped; most likely this device's memory for it ran out.";
        let message = Array::of2(&"panic".into(), &why.into());
        let guard = post.bind1(&global, &message);
        drop(listen.call2(&global, &"unhandledrejection".into(), &guard));
    }
}

fn main() {
    install_guards();
    let slice = if inline() { INLINE_SLICE } else { SLICE };
    let worker = Rc::new(Worker {
        session: RefCell::new(Session::first(slice)),
        files: RefCell::default(),
        waiting: RefCell::default(),
        cancelled: RefCell::default(),
        running: RefCell::new(false),
        read: Cell::new(None),
    });
    let handler = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        worker.on_message(&event.data());
    });
    SCOPE.with(|scope| scope.listen(handler.as_ref().unchecked_ref()));
    handler.forget();
}
