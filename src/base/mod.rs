//! What has no domain: money, dates, units, shared pointers, numbers, refusals.

pub mod crc;
pub mod date;
pub mod formula;
pub mod money;
pub mod num;
pub mod order;
pub mod packed;
pub mod parts;
pub mod refused;
pub mod shared;
pub mod total;
pub mod unit;

pub use date::Date;
pub use money::Money;
pub use refused::Refused;
pub use shared::Shared;
pub use total::Total;
pub use unit::{Unit, counted};
