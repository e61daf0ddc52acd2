//! L2, simple: average order x orders per year x years, times a margin share where wanted.
//!
//! Source: the common textbook formula; worked values in the tests (V6, V8).

/// Average order x orders per year x years x margin share (1 for revenue).
///
/// ```
/// use perennial::value::methods::l2_simple::value;
/// assert_eq!(value(60.0, 4.0, 3, 1.0), 720.0);
/// ```
pub fn value(average_order: f64, orders_per_year: f64, years: u32, margin_share: f64) -> f64 {
    average_order * orders_per_year * f64::from(years) * margin_share
}
