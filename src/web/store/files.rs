//! The order files: compressed, by the id of their content, in the origin's private file system,
//! where deleting really deletes, else in IndexedDB.
//!
//! The store `files` lists them: the value is `"gzip"` or `"plain"` for a file of the file system,
//! and `[packing, bytes]` for one that is in the database itself.

use std::collections::BTreeSet;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, IdbDatabase};

use super::idb::{FILES, Fault, Tx, ask, tell};

/// Bytes compressed at once: some milliseconds.
const PIECE: f64 = 131_072.0;

#[wasm_bindgen]
extern "C" {
    type Navigator;
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Navigator;
    #[wasm_bindgen(method, getter)]
    fn storage(this: &Navigator) -> Option<Manager>;

    type Manager;
    #[wasm_bindgen(method, catch, js_name = getDirectory)]
    fn directory(this: &Manager) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn persist(this: &Manager) -> Result<Promise, JsValue>;

    type Directory;
    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    fn folder(this: &Directory, name: &str, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    fn file(this: &Directory, name: &str, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    fn remove(this: &Directory, name: &str, options: &Object) -> Result<Promise, JsValue>;

    type File;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn content(this: &File) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn writable(this: &File) -> Result<Promise, JsValue>;

    type Streamed;
    #[wasm_bindgen(method)]
    fn stream(this: &Streamed) -> Stream;

    type Stream;
    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn through(this: &Stream, transform: &JsValue) -> Result<Stream, JsValue>;
    #[wasm_bindgen(method, catch, js_name = pipeTo)]
    fn pour(this: &Stream, sink: &JsValue) -> Result<Promise, JsValue>;

    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn readable(this: &CompressionStream) -> Stream;
    #[wasm_bindgen(method, getter)]
    fn writable(this: &CompressionStream) -> Writable;

    type Writable;
    #[wasm_bindgen(method, js_name = getWriter)]
    fn writer(this: &Writable) -> Writer;

    type Writer;
    #[wasm_bindgen(method)]
    fn write(this: &Writer, bytes: &Uint8Array) -> Promise;
    #[wasm_bindgen(method)]
    fn close(this: &Writer) -> Promise;
    #[wasm_bindgen(method)]
    fn abort(this: &Writer, why: &JsValue) -> Promise;

    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    // Gathers a stream; makes no request.
    type Response;
    #[wasm_bindgen(constructor, catch)]
    fn new(body: &JsValue) -> Result<Response, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn blob(this: &Response) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Response) -> Result<Promise, JsValue>;
}

async fn settle(promise: Result<Promise, JsValue>) -> Result<JsValue, Fault> {
    let promise = promise.map_err(|error| Fault::of(&error))?;
    JsFuture::from(promise)
        .await
        .map_err(|error| Fault::of(&error))
}

fn with(name: &str) -> Object {
    let options = Object::new();
    // A plain object takes any property.
    drop(Reflect::set(&options, &name.into(), &true.into()));
    options
}

/// The name of the folder: a path may have no slashes.
fn folder_name(name: &str) -> String {
    name.replace(['/', ':'], "-")
}

async fn root() -> Result<Directory, Fault> {
    let manager = NAVIGATOR.with(Navigator::storage);
    let manager = manager.ok_or_else(|| Fault::of(&JsValue::NULL))?;
    Ok(settle(manager.directory()).await?.unchecked_into())
}

async fn folder(name: &str) -> Result<Directory, Fault> {
    let root = root().await?;
    let found = settle(root.folder(&folder_name(name), &with("create"))).await?;
    Ok(found.unchecked_into())
}

/// Asks the browser not to drop the storage by itself; the answer is its own.
pub async fn ask_to_persist() -> bool {
    let Some(manager) = NAVIGATOR.with(Navigator::storage) else {
        return false;
    };
    settle(manager.persist())
        .await
        .is_ok_and(|kept| kept.is_truthy())
}

/// A blob's bytes as a stream, compressed where the browser can; and which of the two it is.
fn packed(blob: &Blob) -> (Stream, &'static str) {
    match CompressionStream::new("gzip") {
        Ok(gzip) => {
            let (writer, blob) = (gzip.writable().writer(), blob.clone());
            spawn_local(async move { feed(&writer, &blob).await });
            (gzip.readable(), "gzip")
        }
        Err(_) => (blob.unchecked_ref::<Streamed>().stream(), "plain"),
    }
}

/// Compressing takes this thread's time: no piece takes longer than a part of a frame.
async fn feed(writer: &Writer, blob: &Blob) {
    let mut from = 0.0;
    while from < blob.size() {
        let read = blob.slice_with_f64_and_f64(from, from + PIECE);
        let read = read.map(|piece| JsFuture::from(piece.array_buffer()));
        let written = match read {
            Ok(read) => match read.await {
                Ok(bytes) => JsFuture::from(writer.write(&Uint8Array::new(&bytes))).await,
                Err(why) => Err(why),
            },
            Err(why) => Err(why),
        };
        if let Err(why) = written {
            // Whoever reads the stream is told.
            drop(JsFuture::from(writer.abort(&why)).await);
            return;
        }
        from += PIECE;
    }
    drop(JsFuture::from(writer.close()).await);
}

/// Keeps a file.
pub async fn put(database: &IdbDatabase, name: &str, id: &str, blob: &Blob) -> Result<(), Fault> {
    let record: JsValue = if let Ok(packing) = put_apart(name, id, blob).await {
        packing.into()
    } else {
        let (stream, packing) = packed(blob);
        let gathered = Response::new(&stream).map_err(|error| Fault::of(&error))?;
        let bytes = settle(gathered.array_buffer()).await?;
        Array::of2(&packing.into(), &bytes).into()
    };
    let (tx, store) = Tx::write(database, FILES)?;
    tell(store.put_with_key(&record, &id.into()))?;
    tx.done().await
}

/// Keeps a file in the file system.
async fn put_apart(name: &str, id: &str, blob: &Blob) -> Result<&'static str, Fault> {
    let folder = folder(name).await?;
    let file: File = settle(folder.file(id, &with("create")))
        .await?
        .unchecked_into();
    let sink = settle(file.writable()).await?;
    let (stream, packing) = packed(blob);
    settle(stream.pour(&sink)).await?;
    Ok(packing)
}

/// A file that was kept; `None` where it is not there or cannot be read.
pub async fn get(database: &IdbDatabase, name: &str, id: &str) -> Option<Blob> {
    let (_tx, store) = Tx::read(database, FILES).ok()?;
    let record = ask(store.get(&id.into())).await.ok()?;
    let (packing, blob) = if let Some(packing) = record.as_string() {
        let folder = folder(name).await.ok()?;
        let file = settle(folder.file(id, &Object::new())).await.ok()?;
        let file: File = file.unchecked_into();
        let blob: Blob = settle(file.content()).await.ok()?.unchecked_into();
        (packing, blob)
    } else {
        let record: Array = record.dyn_into().ok()?;
        let parts = Array::of1(&record.get(1));
        let blob = Blob::new_with_buffer_source_sequence(&parts).ok()?;
        (record.get(0).as_string()?, blob)
    };
    if packing != "gzip" {
        return Some(blob);
    }
    let gunzip = DecompressionStream::new("gzip").ok()?;
    let stream = blob
        .unchecked_ref::<Streamed>()
        .stream()
        .through(&gunzip)
        .ok()?;
    let gathered = Response::new(&stream).ok()?;
    Some(settle(gathered.blob()).await.ok()?.unchecked_into())
}

/// The ids of all kept files.
pub async fn list(database: &IdbDatabase) -> Result<BTreeSet<String>, Fault> {
    let (_tx, store) = Tx::read(database, FILES)?;
    let keys = ask(store.get_all_keys()).await?;
    Ok(Array::from(&keys)
        .iter()
        .filter_map(|key| key.as_string())
        .collect())
}

/// Deletes a file.
pub async fn remove(database: &IdbDatabase, name: &str, id: &str) -> Result<(), Fault> {
    if let Ok(folder) = folder(name).await {
        // Not there if the database holds it.
        drop(settle(folder.remove(id, &Object::new())).await);
    }
    let (tx, store) = Tx::write(database, FILES)?;
    tell(store.delete(&id.into()))?;
    tx.done().await
}

/// Deletes all files of the file system.
pub async fn remove_all(name: &str) {
    if let Ok(root) = root().await {
        // Not there if nothing was ever kept.
        drop(settle(root.remove(&folder_name(name), &with("recursive"))).await);
    }
}
