//! The stored documents: the last generations, versions of other tabs, and what could not be read.
//!
//! Keys are `gen-`, `copy-` and `lost-`, each with the revision. A save is one transaction: look
//! for the newest revision, set a newer one of another tab aside, write, drop the oldest.

use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore};

use super::idb::{DOCUMENTS, Fault, Tx, ask, tell};
use crate::codec::envelope::{self, Envelope};

/// How many generations are kept.
const GENERATIONS: usize = 5;
/// How many versions of other tabs, and unreadable records, are kept.
const ASIDE: usize = 20;

/// A version that stands beside the current one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its key.
    pub key: String,
    /// Its revision.
    pub rev: u64,
    /// Whether it can be read; if not it can still be downloaded.
    pub readable: bool,
}

/// What was found at start.
#[derive(Debug, Default)]
pub struct Found {
    /// The newest readable generation.
    pub newest: Option<Envelope>,
    /// The highest revision there is, readable or not.
    pub rev: u64,
    /// Generations that could not be read and were set aside now.
    pub damaged: usize,
}

/// The end of a save.
#[derive(Debug)]
pub struct Saved {
    /// The revision it got.
    pub rev: u64,
    /// Another tab had saved since; its version was set aside.
    pub conflict: bool,
}

fn key(kind: &str, rev: u64) -> String {
    format!("{kind}-{rev:012}")
}

fn rev_of(key: &str) -> u64 {
    key.rsplit('-')
        .next()
        .and_then(|rev| rev.parse().ok())
        .unwrap_or(0)
}

fn strings(value: &JsValue) -> Vec<String> {
    js_sys::Array::from(value)
        .iter()
        .map(|it| it.as_string().unwrap_or_default())
        .collect()
}

async fn keys(store: &IdbObjectStore, kind: &str) -> Result<Vec<String>, Fault> {
    let range = IdbKeyRange::bound(&format!("{kind}-").into(), &format!("{kind}.").into());
    let range = range.map_err(|error| Fault::of(&error))?;
    let found = ask(store.get_all_keys_with_key(&range)).await?;
    Ok(strings(&found))
}

async fn get(store: &IdbObjectStore, key: &str) -> Result<Option<String>, Fault> {
    Ok(ask(store.get(&key.into())).await?.as_string())
}

/// Reads the newest generation; what cannot be read is set aside.
pub async fn load(database: &IdbDatabase) -> Result<Found, Fault> {
    let (tx, store) = Tx::write(database, DOCUMENTS)?;
    let mut found = Found::default();
    for key in keys(&store, "gen").await?.into_iter().rev() {
        found.rev = found.rev.max(rev_of(&key));
        if found.newest.is_some() {
            break;
        }
        let value = ask(store.get(&key.as_str().into())).await?;
        if let Ok(envelope) = envelope::open(&value.as_string().unwrap_or_default()) {
            found.rev = found.rev.max(envelope.rev);
            found.newest = Some(envelope);
        } else {
            let aside = key.replacen("gen", "lost", 1);
            tell(store.put_with_key(&value, &aside.as_str().into()))?;
            tell(store.delete(&key.as_str().into()))?;
            found.damaged += 1;
        }
    }
    trim(&store, "lost", ASIDE).await?;
    tx.done().await?;
    Ok(found)
}

/// Deletes all but the newest of a kind.
async fn trim(store: &IdbObjectStore, kind: &str, keep: usize) -> Result<(), Fault> {
    let keys = keys(store, kind).await?;
    for key in keys.iter().take(keys.len().saturating_sub(keep)) {
        tell(store.delete(&key.as_str().into()))?;
    }
    Ok(())
}

/// Saves a document on top of the revision this tab has seen. With `thrifty`, room is made first.
pub async fn save(
    database: &IdbDatabase,
    seen: u64,
    body: &str,
    thrifty: bool,
) -> Result<Saved, Fault> {
    if thrifty {
        // Apart: what a failed transaction deletes comes back.
        let (tx, store) = Tx::write(database, DOCUMENTS)?;
        trim(&store, "gen", 1).await?;
        tx.done().await?;
    }
    let (tx, store) = Tx::write(database, DOCUMENTS)?;
    let latest = keys(&store, "gen")
        .await?
        .last()
        .map_or(0, |key| rev_of(key));
    let mut conflict = false;
    if latest > seen
        && let Some(theirs) = get(&store, &key("gen", latest)).await?
        && envelope::body(&theirs) != Some(body)
    {
        tell(store.put_with_key(&theirs.into(), &key("copy", latest).into()))?;
        trim(&store, "copy", ASIDE).await?;
        conflict = true;
    }
    let rev = latest.max(seen) + 1;
    let text = envelope::seal_text(rev, body);
    tell(store.put_with_key(&text.into(), &key("gen", rev).into()))?;
    trim(&store, "gen", if thrifty { 1 } else { GENERATIONS }).await?;
    tx.done().await?;
    Ok(Saved { rev, conflict })
}

/// Sets a version aside under its revision.
pub async fn set_aside(database: &IdbDatabase, rev: u64, text: &str) -> Result<(), Fault> {
    let (tx, store) = Tx::write(database, DOCUMENTS)?;
    tell(store.put_with_key(&text.into(), &key("copy", rev).into()))?;
    trim(&store, "copy", ASIDE).await?;
    tx.done().await
}

/// All that stands aside, oldest first.
pub async fn aside(database: &IdbDatabase) -> Result<Vec<Kept>, Fault> {
    let (_tx, store) = Tx::read(database, DOCUMENTS)?;
    let mut found = Vec::new();
    for (kind, readable) in [("lost", false), ("copy", true)] {
        for key in keys(&store, kind).await? {
            let rev = rev_of(&key);
            found.push(Kept { key, rev, readable });
        }
    }
    Ok(found)
}

/// The text of a record.
pub async fn read(database: &IdbDatabase, key: &str) -> Result<Option<String>, Fault> {
    let (_tx, store) = Tx::read(database, DOCUMENTS)?;
    get(&store, key).await
}

/// Deletes a record, as the user asked.
pub async fn remove(database: &IdbDatabase, key: &str) -> Result<(), Fault> {
    let (tx, store) = Tx::write(database, DOCUMENTS)?;
    tell(store.delete(&key.into()))?;
    tx.done().await
}
