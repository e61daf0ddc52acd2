//! Tables as files: written by the worker from the document's orders, or by the page from what is on
//! screen. Workbooks are made by the workbook worker either way.

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::packed::pack;
use crate::codec::csv_out::csv;
use crate::jobs::protocol::{ExportFormat, ExportOf, Failure};
use crate::metrics::Sheet;
use crate::view::want;

use super::state::App;
use super::ui::{NoticeKind, save_buttons};
use super::{download, workbook};

impl App {
    /// Has the worker write a table, and saves it.
    pub fn export(self, what: ExportOf, format: ExportFormat) {
        let document = self.document();
        spawn_local(async move {
            let made = self.client.export(&document, what, format).await;
            let done = match (made, format) {
                (Ok(made), ExportFormat::Csv) => {
                    download::save(&made.name, &made.media, &made.bytes);
                    Ok(())
                }
                (Ok(made), ExportFormat::Sheet) => {
                    self.save_workbook(&made.name, &made.bytes).await
                }
                (Err(failure), _) => Err(failure),
            };
            self.say_failure(done);
        });
    }

    /// Saves a table that is on screen.
    pub fn save_sheet(self, sheet: &Sheet, format: ExportFormat) {
        let name = format!("{}.csv", sheet.key);
        match format {
            ExportFormat::Csv => {
                let bytes = Uint8Array::from(csv(sheet, true).as_slice());
                download::save(&name, "text/csv;charset=utf-8", &bytes);
            }
            ExportFormat::Sheet => {
                let bytes = Uint8Array::from(pack(sheet).as_slice()).buffer();
                spawn_local(async move {
                    self.say_failure(self.save_workbook(&name, &bytes).await);
                });
            }
        }
    }

    /// Buttons that save a table that is on screen; `make` gives it.
    pub fn sheet_buttons(
        self,
        title: &'static str,
        make: impl Fn() -> Option<Sheet> + Copy + Send + Sync + 'static,
    ) -> AnyView {
        let on_save = Callback::new(move |format| {
            if let Some(sheet) = make() {
                self.save_sheet(&sheet, format);
            }
        });
        save_buttons(title, on_save)
    }

    /// Has the workbook worker make a workbook of a packed sheet, and saves that.
    async fn save_workbook(self, name: &str, bytes: &ArrayBuffer) -> Result<(), Failure> {
        let about = self.results.with_untracked(|results| {
            results
                .as_ref()
                .map(|results| want::about(results))
                .unwrap_or_default()
        });
        let blob = workbook::write(&about, bytes).await?;
        let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
        download::save_blob(&format!("{name}.xlsx"), &blob);
        Ok(())
    }

    fn say_failure(self, done: Result<(), Failure>) {
        if let Err(failure) = done {
            self.tell(NoticeKind::Error, failure.message);
        }
    }
}
