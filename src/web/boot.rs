//! What the boot script (`boot.js`, where the contract is written) does for the page: tells it that
//! the first screen works, starts workers, and shows that something broke.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["window", "perennial"], js_name = ready)]
    fn ready_js() -> js_sys::Promise;

    #[wasm_bindgen(js_namespace = ["window", "perennial"], js_name = fresh)]
    fn fresh_js() -> js_sys::Promise;

    #[wasm_bindgen(js_namespace = ["window", "perennial"], js_name = crashed)]
    fn crashed_js(message: &str);

    #[wasm_bindgen(js_namespace = ["window", "perennial"], js_name = rescue)]
    fn rescue_js() -> js_sys::Promise;

    #[wasm_bindgen(js_namespace = ["window", "perennial"], js_name = startWorker)]
    fn start_worker_js(kind: &str) -> js_sys::Promise;

    #[wasm_bindgen(thread_local_v2, js_namespace = ["window", "perennial"], js_name = safe)]
    static SAFE: bool;

    /// A worker, or the stand-in on the page's thread where none can be started.
    pub type WorkerHandle;

    /// Whether it runs on the page's thread.
    #[wasm_bindgen(method, getter)]
    pub fn inline(this: &WorkerHandle) -> bool;

    /// Sends a message; `transfer` lists the buffers that are given away instead of copied.
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    pub fn post(
        this: &WorkerHandle,
        message: &JsValue,
        transfer: &js_sys::Array,
    ) -> Result<(), JsValue>;

    /// Sets the handler of its messages (a function of a `MessageEvent`).
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    pub fn set_onmessage(this: &WorkerHandle, handler: Option<&js_sys::Function>);

    /// Sets the handler of a trap in it (a function of an `ErrorEvent`); it is unusable after one.
    #[wasm_bindgen(method, setter, js_name = onerror)]
    pub fn set_onerror(this: &WorkerHandle, handler: Option<&js_sys::Function>);

    /// Stops it at once.
    #[wasm_bindgen(method)]
    pub fn terminate(this: &WorkerHandle);
}

/// Which module a worker runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerKind {
    /// Reads orders and evaluates the book.
    Worker,
    /// Reads and writes workbooks.
    Workbook,
}

/// Whether the last two starts failed: then the page starts empty, leaves what is saved alone, and
/// offers it.
pub fn is_safe_mode() -> bool {
    SAFE.with(|safe| *safe)
}

/// Whether nothing of an earlier visit is kept here; `false` where the browser does not tell.
pub async fn is_first_visit() -> bool {
    let told = wasm_bindgen_futures::JsFuture::from(fresh_js()).await;
    told.is_ok_and(|fresh| fresh.is_truthy())
}

/// Says that the first screen works. All modules are fetched and connections are locked after it.
pub fn ready() {
    // The lock needs no answer: the boot script shows its own failures.
    drop(ready_js());
}

/// Downloads all that is saved, as JSON.
pub fn rescue() {
    drop(rescue_js());
}

/// Makes a panic visible: the boot script shows it, with the ways out.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| crashed_js(&info.to_string())));
}

/// Starts a worker, or its stand-in.
///
/// # Errors
/// A message for the user when its module could not be fetched or does not start.
pub async fn start_worker(kind: WorkerKind) -> Result<WorkerHandle, String> {
    let name = match kind {
        WorkerKind::Worker => "worker",
        WorkerKind::Workbook => "workbook",
    };
    match wasm_bindgen_futures::JsFuture::from(start_worker_js(name)).await {
        Ok(handle) => Ok(handle.unchecked_into()),
        Err(error) => Err(js_sys::Error::from(error).message().into()),
    }
}
