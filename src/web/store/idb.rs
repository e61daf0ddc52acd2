//! IndexedDB, as far as it is needed: requests as futures, transactions with strict durability.
//!
//! A layer of our own, because the crates for it expose no durability: without it Chromium reports
//! a transaction complete before it is on disk.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbVersionChangeEvent,
};

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take options.
    type Durable;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Durable,
        store: &str,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// The stores: documents and their copies; order files.
pub const DOCUMENTS: &str = "documents";
/// See [`DOCUMENTS`].
pub const FILES: &str = "files";
const VERSION: u32 = 1;
/// How long another tab may hold up the opening.
const PATIENCE_MS: i32 = 3_000;

/// Why storage did not work.
#[derive(Debug, Clone)]
pub struct Fault {
    /// There is no room.
    pub full: bool,
    /// A newer version of Perennial has given the database a newer form.
    pub newer: bool,
    /// In the browser's words.
    pub why: String,
}

impl Fault {
    pub fn of(error: &JsValue) -> Self {
        let text = |name: &str| Reflect::get(error, &name.into()).ok()?.as_string();
        let name = text("name").unwrap_or_default();
        let message = text("message").filter(|message| !message.is_empty());
        Self {
            full: name == "QuotaExceededError",
            newer: name == "VersionError",
            why: message.unwrap_or_else(|| "the browser does not say why".into()),
        }
    }

    pub fn new(why: &str) -> Self {
        Self {
            full: false,
            newer: false,
            why: why.into(),
        }
    }
}

/// The end of a request.
async fn settled(request: &IdbRequest) -> Result<JsValue, Fault> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result().map_err(|error| Fault::of(&error)),
        Err(_) => Err(match request.error() {
            Ok(Some(error)) => Fault::of(&error),
            _ => Fault::new("the request failed"),
        }),
    }
}

/// Opens the database. `on_change` is called when another tab deletes it (`true`) or needs a newer
/// form of it; the database is closed then.
pub async fn open(
    name: &str,
    on_change: impl FnOnce(bool) + 'static,
) -> Result<IdbDatabase, Fault> {
    let window = web_sys::window().ok_or_else(|| Fault::new("there is no window"))?;
    let factory = window.indexed_db().map_err(|error| Fault::of(&error))?;
    let factory = factory.ok_or_else(|| Fault::new("this browser has no IndexedDB"))?;
    let request = factory
        .open_with_u32(name, VERSION)
        .map_err(|error| Fault::of(&error))?;
    let upgrade = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let request = event
            .target()
            .and_then(|it| it.dyn_into::<IdbOpenDbRequest>().ok());
        let result = request.and_then(|request| request.result().ok());
        if let Some(database) = result.and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
            // Both fail only where the store exists.
            drop(database.create_object_store(DOCUMENTS));
            drop(database.create_object_store(FILES));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let late = Promise::new(&mut |_, reject| {
        let set =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE_MS);
        drop(set);
    });
    let first = JsFuture::from(Promise::race(&Array::of2(&opened, &late))).await;
    request.set_onupgradeneeded(None);
    if first.is_err() {
        return Err(match request.error() {
            Ok(Some(error)) => Fault::of(&error),
            _ => Fault::new("another tab holds the saved work; close it and reload"),
        });
    }
    let database = request.result().map_err(|error| Fault::of(&error))?;
    let database: IdbDatabase = database.unchecked_into();
    let closing = database.clone();
    let handler = Closure::once_into_js(move |event: IdbVersionChangeEvent| {
        closing.close();
        on_change(event.new_version().is_none());
    });
    database.set_onversionchange(Some(handler.unchecked_ref()));
    Ok(database)
}

/// Deletes the database; other tabs close theirs when they are asked.
pub async fn delete(name: &str) -> Result<(), Fault> {
    let window = web_sys::window().ok_or_else(|| Fault::new("there is no window"))?;
    let factory = window.indexed_db().map_err(|error| Fault::of(&error))?;
    let factory = factory.ok_or_else(|| Fault::new("this browser has no IndexedDB"))?;
    let request = factory
        .delete_database(name)
        .map_err(|error| Fault::of(&error))?;
    settled(&request).await.map(|_| ())
}

/// A transaction; it counts only when [`Tx::done`] says so.
pub struct Tx {
    inner: IdbTransaction,
    done: Promise,
}

impl Tx {
    /// Begins to read.
    pub fn read(database: &IdbDatabase, store: &str) -> Result<(Self, IdbObjectStore), Fault> {
        let inner = database.transaction_with_str(store);
        Self::of(inner.map_err(|error| Fault::of(&error))?, store)
    }

    /// Begins to write: on disk when it is done.
    pub fn write(database: &IdbDatabase, store: &str) -> Result<(Self, IdbObjectStore), Fault> {
        let options = Object::new();
        // A plain object takes any property.
        drop(Reflect::set(
            &options,
            &"durability".into(),
            &"strict".into(),
        ));
        let database = database.unchecked_ref::<Durable>();
        let inner = database.transaction(store, "readwrite", &options);
        Self::of(inner.map_err(|error| Fault::of(&error))?, store)
    }

    fn of(inner: IdbTransaction, store: &str) -> Result<(Self, IdbObjectStore), Fault> {
        let done = Promise::new(&mut |resolve, reject| {
            inner.set_oncomplete(Some(&resolve));
            inner.set_onabort(Some(&reject));
        });
        let store = inner
            .object_store(store)
            .map_err(|error| Fault::of(&error))?;
        Ok((Self { inner, done }, store))
    }

    /// Waits for the end. A full disk shows only here.
    pub async fn done(self) -> Result<(), Fault> {
        match JsFuture::from(self.done).await {
            Ok(_) => Ok(()),
            Err(_) => Err(match self.inner.error() {
                Some(error) => Fault::of(&error),
                None => Fault::new("the transaction was stopped"),
            }),
        }
    }
}

/// Awaits a request of a store.
pub async fn ask(request: Result<IdbRequest, JsValue>) -> Result<JsValue, Fault> {
    settled(&request.map_err(|error| Fault::of(&error))?).await
}

/// Issues a request whose end the transaction tells.
pub fn tell(request: Result<IdbRequest, JsValue>) -> Result<(), Fault> {
    request.map(|_| ()).map_err(|error| Fault::of(&error))
}
