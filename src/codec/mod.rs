//! codec

pub mod csv_out;
#[cfg(feature = "workbook")]
pub mod xlsx_out;
