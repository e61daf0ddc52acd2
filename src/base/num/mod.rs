//! Numbers without a domain: statistics, rank correlation, root finding, survival curves.
//!
//! Everything here is `f64` and pure; powers, roots and logarithms are libm's, so that native and
//! WebAssembly builds agree to the last bit.

pub mod rank;
pub mod root;
pub mod stats;
pub mod survival;

pub use rank::kendall_tau;
pub use root::{bisect, roots};
pub use stats::{mad, median, quantile};
pub use survival::{Count, Span, Survival};
