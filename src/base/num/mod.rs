//! Numbers without a domain: statistics, rank correlation, root finding, survival curves, and what
//! fitting needs: the gamma and beta functions, quadrature, a minimiser, normal random numbers.
//!
//! Everything here is `f64` and pure; powers, roots and logarithms are libm's, so that native and
//! WebAssembly builds agree to the last bit.

pub mod beta;
pub mod gamma;
pub mod legendre;
pub mod minimise;
pub mod normal;
pub mod rank;
pub mod root;
pub mod stats;
pub mod survival;
pub mod symmetric;

pub use beta::{inc_beta, inc_beta_inverse, student_beyond};
pub use gamma::{digamma, digamma_rise, ln_beta, ln_gamma, ln_rising};
pub use legendre::Legendre;
pub use minimise::{Bfgs, Point, curvature};
pub use normal::{Normals, normal_below};
pub use rank::{Ranks, kendall_tau, spearman};
pub use root::{bisect, roots};
pub use stats::{mad, median, quantile, quantile_among, quantile_of_sorted};
pub use survival::{Count, Span, Survival};
pub use symmetric::{Curvature, Symmetric};
