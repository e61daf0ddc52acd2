//! What the user can do with what is kept: open or drop what stands aside, take the order files
//! along, delete everything.

use leptos::prelude::*;
use web_sys::Blob;

use super::save::Store;
use super::{documents, files, idb, place};
use crate::codec::{DecodeError, Opened, envelope, migrate, wire};
use crate::document::Document;

impl Store {
    /// Opens a version that stands aside, to be shown beside the work.
    ///
    /// # Errors
    /// Why it cannot be read, for the user.
    pub async fn open_aside(&self, key: &str) -> Result<Opened, DecodeError> {
        let text = self.text_aside(key).await.unwrap_or_default();
        let envelope = envelope::open(&text)?;
        let newer = migrate::newer(envelope.schema);
        let body = migrate::migrate(envelope.body, envelope.schema);
        let (document, _, repairs) = wire::unstored(body);
        Ok(Opened {
            document,
            repairs,
            newer,
            files: Vec::new(),
        })
    }

    /// The text of a version that stands aside, for a download.
    pub async fn text_aside(&self, key: &str) -> Option<String> {
        let database = self.database()?;
        documents::read(&database, key).await.ok().flatten()
    }

    /// Deletes a version that stands aside.
    pub async fn drop_aside(&self, key: &str) {
        if let Some(database) = self.database() {
            drop(documents::remove(&database, key).await);
            self.list_aside().await;
        }
    }

    /// The bytes of the document's order files, to put them into a project file; `None` where one
    /// is not at hand.
    pub async fn order_files(&self, document: &Document) -> Option<Vec<(String, Blob)>> {
        let inner = self.inner();
        let mut found = Vec::new();
        for id in document.file_ids() {
            let blob = match inner.client.blob(id) {
                Some(blob) => blob,
                None => files::get(&self.database()?, &inner.name, id).await?,
            };
            found.push((id.to_string(), blob));
        }
        Some(found)
    }

    /// Deletes all that was ever kept on this device, in every tab. What is on screen stays until
    /// the page is reloaded.
    pub async fn delete_everything(&self) {
        let inner = self.inner();
        self.on_taken(true);
        drop(inner.client.clear().await);
        place::clear();
        files::remove_all(&inner.name).await;
        drop(idb::delete(&inner.name).await);
        inner.kept.borrow_mut().clear();
        self.set_aside.set(Vec::new());
    }
}
