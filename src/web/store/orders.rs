//! Which order files are kept: those that the document needs, where the user wants that; before the
//! document that refers to them.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::IdbDatabase;

use super::files;
use super::idb::Fault;
use super::save::Store;
use super::tabs::Tabs;
use crate::document::Desk;

/// Compressing takes the page's time: it begins where nothing was computed for so long, and for a
/// file of more than so many bytes, which takes seconds, when its figures have been drawn as well.
const AFTER_MS: i32 = 250;
const LARGE: f64 = 8_388_608.0;
const LARGE_AFTER_MS: i32 = 1500;

impl Store {
    /// Keeps the order files that the document needs, or deletes them where the user wants none
    /// kept. Whether all are kept; `Err` where one could not be written.
    pub(super) async fn keep_files(
        &self,
        database: &IdbDatabase,
        desk: ReadSignal<Desk>,
    ) -> Result<bool, Fault> {
        let inner = self.inner();
        let (wanted, keep) = desk.with_untracked(|desk| {
            let document = desk.document();
            let ids: BTreeSet<String> = document.file_ids().map(String::from).collect();
            (ids, document.keep_orders)
        });
        if !keep {
            let kept = std::mem::take(&mut *inner.kept.borrow_mut());
            for id in kept {
                drop(files::remove(database, &inner.name, &id).await);
            }
            return Ok(wanted.is_empty());
        }
        let mut all = true;
        for id in wanted {
            if inner.kept.borrow().contains(&id) {
                continue;
            }
            let Some(blob) = inner.client.blob(&id) else {
                all = false;
                continue;
            };
            let large = blob.size() > LARGE;
            let wait = if large { LARGE_AFTER_MS } else { AFTER_MS };
            inner.client.free(wait).await;
            files::put(database, &inner.name, &id, &blob).await?;
            inner.kept.borrow_mut().insert(id);
        }
        Ok(all)
    }

    /// The document is safe, its orders are not: says so, so that they are tried again.
    pub(super) fn orders_missing(&self, orders: Result<bool, Fault>) -> Result<(), String> {
        let Err(fault) = orders else { return Ok(()) };
        self.update(|state| state.orders_kept = false);
        let why = if fault.full {
            "this browser's storage for Perennial is full".to_owned()
        } else {
            fault.why
        };
        Err(format!(
            "The order files are not saved: {why}. They are in memory only and are tried again; \
             the assumptions are saved. Save a project with the orders to be safe."
        ))
    }

    /// Deletes files that nothing refers to any more.
    pub(super) async fn tidy(&self, desk: &Desk) {
        let inner = self.inner();
        let Some(database) = self.database() else {
            return;
        };
        let needed = needed(desk);
        let kept = inner.kept.borrow().clone();
        let alone = inner.tabs.borrow().as_ref().is_none_or(Tabs::alone);
        for id in kept.difference(&needed) {
            // Another tab may be about to refer to it.
            if alone && files::remove(&database, &inner.name, id).await.is_ok() {
                inner.kept.borrow_mut().remove(id);
            }
        }
    }

    /// Lets the worker's client find kept files.
    pub(super) fn serve_files(self) {
        self.inner().client.set_source(Rc::new(move |id: String| {
            Box::pin(async move {
                let database = self.database()?;
                let name = self.inner().name.clone();
                files::get(&database, &name, &id).await
            })
        }));
    }
}

/// The files that the document and its undo steps refer to.
fn needed(desk: &Desk) -> BTreeSet<String> {
    let documents = desk.history().documents().chain([desk.document()]);
    let ids = documents.flat_map(|document| document.file_ids().map(String::from));
    ids.collect()
}
