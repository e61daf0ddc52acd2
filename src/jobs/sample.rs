//! The built-in sample book.
pub fn build() -> crate::orders::Built { crate::orders::Builder::new(&Default::default()).finish() }
