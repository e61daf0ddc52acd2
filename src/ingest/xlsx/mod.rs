//! Workbooks (.xlsx, .xlsm): bytes to sheet names, and a sheet to CSV for the ordinary pipeline.
//!
//! Input: the bytes of a file, not to be trusted. Output: UTF-8 CSV with commas, one line a row
//! (empty rows are empty lines, so line numbers are row numbers unless a cell holds a line break).
//! Dates are ISO text whatever the workbook's date system; a number is a plain decimal behind the
//! byte [`CANONICAL`], which says that its dot is a decimal mark whatever the column's text looks
//! like, with what its format says behind it (`15%`, `1200 EUR`); text is as it stands; errors are empty
//! cells and a warning.
//!
//! Nothing that the file says of its own size is believed (see [`guard`]): what is refused has a
//! code and a sentence. The reader's library can still abort on what nobody has thought of, so in a
//! browser it runs in a worker of its own.

mod cells;
mod error;
mod formats;
mod guard;
mod merged;
mod packed;
mod rows;
mod scan;
mod sheet;

use std::io::Cursor;

use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Xlsx};
use serde::{Deserialize, Serialize};

use crate::ingest::Refusal;
use crate::ingest::cells::CANONICAL;
use crate::ingest::stage::names_orders;
use merged::Merged;
pub use packed::{holds_workbook, unpacked};
use rows::{Form, Rows, push_json};

/// Most cells with a value in one sheet.
pub const MAX_CELLS: u64 = 5_000_000;

/// Most columns that are read, from the left.
pub const MAX_COLUMNS: u32 = 500;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// Hidden in the workbook; read all the same.
    pub hidden: bool,
    /// The one to begin with: of those that are shown and have headers as orders do, else of all that
    /// are shown, the one that reaches down furthest.
    pub start: bool,
}

/// Cells of a sheet that are looked at to find out how far down it reaches; beyond, the sheet's own
/// word is taken.
const LOOK: usize = 20_000;

/// Rows of a sheet among which the headers of orders are looked for.
const TOP: u32 = 30;

/// A sheet as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetText {
    /// UTF-8, comma-separated.
    pub csv: Vec<u8>,
    /// What was not read as it stands, in words.
    pub warnings: Vec<String>,
}

/// An open workbook.
pub struct Workbook<B: AsRef<[u8]>> {
    inner: Xlsx<Cursor<B>>,
    /// Cells of some sheet are merged.
    merged: bool,
}

impl<B: AsRef<[u8]>> Workbook<B> {
    /// Checks and opens a workbook. `tick` is called now and then, as a sign of life.
    ///
    /// # Errors
    /// What is no workbook, is damaged, or exceeds a limit; see [`Refusal::code`].
    pub fn open(bytes: B, tick: &mut dyn FnMut()) -> Result<Self, Refusal> {
        let merged = guard::check(bytes.as_ref(), tick)?;
        let inner = Xlsx::new(Cursor::new(bytes)).map_err(|e| error::from_reader(&e))?;
        let book = Self { inner, merged };
        if book.infos().next().is_none() {
            return Err(Refusal::new(
                "no_sheet",
                "The workbook has no sheet with cells. Save the orders as a sheet of an .xlsx workbook, or as CSV.",
            ));
        }
        Ok(book)
    }

    /// The sheets that have cells, from the left.
    pub fn sheets(&mut self) -> Vec<SheetInfo> {
        let mut sheets: Vec<SheetInfo> = self.infos().collect();
        let shown = sheets.iter().filter(|sheet| !sheet.hidden).count();
        let (mut start, mut most) = (0, None);
        for (at, sheet) in sheets.iter().enumerate() {
            if sheet.hidden && shown > 0 {
                continue;
            }
            let rows = Some(if shown == 1 {
                (false, 0)
            } else {
                self.rows(&sheet.name)
            });
            if rows > most {
                (start, most) = (at, rows);
            }
        }
        if let Some(sheet) = sheets.get_mut(start) {
            sheet.start = true;
        }
        sheets
    }

    fn infos(&self) -> impl Iterator<Item = SheetInfo> {
        let all = self.inner.sheets_metadata().iter();
        all.filter(|s| s.typ == SheetType::WorkSheet)
            .map(|s| SheetInfo {
                name: s.name.clone(),
                hidden: s.visible != SheetVisible::Visible,
                start: false,
            })
    }

    /// Whether a sheet has headers as orders do, and how far down it reaches; 0 for one that cannot be
    /// read.
    fn rows(&mut self, name: &str) -> (bool, u32) {
        let Ok(mut reader) = self.inner.worksheet_cells_reader(name) else {
            return (false, 0);
        };
        let (mut orders, mut last) = (false, 0);
        let mut row: Vec<String> = Vec::new();
        for _ in 0..LOOK {
            match reader.next_cell_with_formula_metadata() {
                Ok(Some(cell)) if matches!(cell.value, DataRef::Empty) => {}
                Ok(Some(cell)) => {
                    let below = cell.pos.0.saturating_add(1);
                    if below > last {
                        orders |= names_orders(&row);
                        row.clear();
                    }
                    if below <= TOP && row.len() < MAX_COLUMNS as usize {
                        row.extend(cell.value.as_string());
                    }
                    last = below;
                }
                Ok(None) => return (orders || names_orders(&row), last),
                Err(_) => break,
            }
        }
        let rows = last.max(reader.dimensions().end.0.saturating_add(1));
        (orders, rows)
    }

    /// A sheet as CSV.
    ///
    /// # Errors
    /// A name that is not there, a damaged sheet, or more than the limits allow.
    pub fn csv(&mut self, name: &str, tick: &mut dyn FnMut()) -> Result<SheetText, Refusal> {
        let mut rows = Rows::new(Form::Csv);
        let merged = if self.merged {
            Merged::of(&mut self.inner, name)
        } else {
            Merged::default()
        };
        let mut warnings = sheet::read(&mut self.inner, name, merged, &mut rows, tick)?;
        let (csv, widened) = rows.finish();
        if !widened {
            warnings.push(
                "Its rows differ so much in length that the short ones were not filled up.".into(),
            );
        }
        Ok(SheetText { csv, warnings })
    }
}

/// Whether bytes begin as a workbook does: an archive, or Microsoft's older container.
pub fn looks_like(bytes: &[u8]) -> bool {
    guard::looks_like(bytes)
}

/// The names of a workbook's sheets.
///
/// # Errors
/// As [`Workbook::open`].
pub fn sheets(bytes: &[u8]) -> Result<Vec<SheetInfo>, Refusal> {
    Ok(Workbook::open(bytes, &mut || {})?.sheets())
}

/// One sheet of a workbook as CSV.
///
/// # Errors
/// As [`Workbook::open`] and [`Workbook::csv`].
pub fn sheet_csv(bytes: &[u8], name: &str) -> Result<SheetText, Refusal> {
    Workbook::open(bytes, &mut || {})?.csv(name, &mut || {})
}

/// All sheets as one JSON object, as `batch --table` prints it: `{"ok":true,"sheets":[{"name":"S",
/// "hidden":false,"rows":[["a","b"]]}],"warnings":[]}`, numbers without their mark.
///
/// # Errors
/// As [`Workbook::open`], and for any sheet that cannot be read.
pub fn table_json(bytes: &[u8]) -> Result<String, Refusal> {
    let mut book = Workbook::open(bytes, &mut || {})?;
    let mut out = b"{\"ok\":true,\"sheets\":[".to_vec();
    let mut warnings = Vec::new();
    for (index, info) in book.sheets().iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let mut rows = Rows::new(Form::Json);
        let read = sheet::read(
            &mut book.inner,
            &info.name,
            Merged::default(),
            &mut rows,
            &mut || {},
        );
        let about = match read {
            // One sheet without cells does not hide the others.
            Err(refusal) if refusal.code == "no_sheet" => vec![refusal.message],
            other => other?,
        };
        warnings.extend(about.iter().map(|w| format!("Sheet {}: {w}", info.name)));
        out.extend_from_slice(b"{\"name\":");
        push_json(&mut out, &info.name);
        out.extend_from_slice(if info.hidden {
            b",\"hidden\":true,\"rows\":"
        } else {
            b",\"hidden\":false,\"rows\":"
        });
        out.append(&mut rows.finish().0);
        out.push(b'}');
        if out.len() > 512 << 20 {
            return Err(error::too_big(
                "The workbook holds more than 512 MB of text, which is the most that is read.",
            ));
        }
    }
    out.extend_from_slice(b"],\"warnings\":[");
    for (index, warning) in warnings.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push_json(&mut out, warning);
    }
    out.extend_from_slice(b"]}");
    String::from_utf8(out).map_err(|_| error::damaged("its text is not Unicode"))
}
