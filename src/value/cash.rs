//! Cash flows over time: present value, internal rate of return, payback.
//!
//! Rates are fractions per year. A slice of flows begins at t = 0 (what is paid now) and goes on in
//! whole years, unless a function says otherwise. Dated flows count actual days over 365.

use std::sync::OnceLock;

use crate::base::Date;
use crate::base::num::roots;

/// The internal rate of return: none, one, or several, which then all are told.
#[derive(Debug, Clone, PartialEq)]
pub enum Irr {
    /// No rate between -99 % and 1000 % a year brings the present value to zero.
    None,
    /// The only one.
    One(f64),
    /// The flows change sign more than once and several rates fit, ascending: none of them decides.
    Several(Vec<f64>),
}

/// When cumulated flows turn positive for good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Payback {
    /// After so many years; `twice` says that they had been positive before and fell back.
    After {
        /// Years from t = 0, interpolated within the year.
        years: f64,
        /// It is not the first crossing.
        twice: bool,
    },
    /// Not within the flows given.
    Never,
}

/// Net present value of flows at t = 0, 1, 2, ... years.
///
/// ```
/// use perennial::value::cash::npv;
/// assert_eq!(npv(0.0, &[-100.0, 60.0, 60.0]), 20.0);
/// ```
pub fn npv(rate_per_year: f64, flows: &[f64]) -> f64 {
    let factor = 1.0 / (1.0 + rate_per_year);
    flows
        .iter()
        .rev()
        .fold(0.0, |later, flow| flow + later * factor)
}

/// Net present value where the first flow, too, comes at the end of its year (as spreadsheets have
/// it).
pub fn npv_year_end(rate_per_year: f64, flows: &[f64]) -> f64 {
    npv(rate_per_year, flows) / (1.0 + rate_per_year)
}

/// Net present value of dated flows: days from the first date over 365 as the exponent.
pub fn xnpv(rate_per_year: f64, flows: &[(Date, f64)]) -> f64 {
    let start = flows.first().map_or(Date::default(), |(date, _)| *date);
    let worth = |(date, flow): &(Date, f64)| {
        let years = f64::from(date.days_since(start)) / 365.0;
        flow / libm::pow(1.0 + rate_per_year, years)
    };
    flows.iter().map(worth).sum()
}

/// Internal rate of return of yearly flows, by bracketing every change of sign between -99 % and
/// 1000 % a year.
///
/// ```
/// use perennial::value::cash::{Irr, irr};
/// let Irr::One(rate) = irr(&[-100.0, 110.0]) else { panic!("one rate") };
/// assert!((rate - 0.1).abs() < 1e-12);
/// assert_eq!(irr(&[100.0, 110.0]), Irr::None);
/// ```
pub fn irr(flows: &[f64]) -> Irr {
    irr_where(flows.iter().copied(), |rate| npv(rate, flows))
}

/// Internal rate of return of any flows: `worth` is their present value at a rate per year.
pub fn irr_where(mut flows: impl Iterator<Item = f64> + Clone, worth: impl Fn(f64) -> f64) -> Irr {
    let mixed = flows.clone().any(|f| f > 0.0) && flows.any(|f| f < 0.0);
    if !mixed {
        return Irr::None;
    }
    let found = roots(worth, GRID.get_or_init(grid));
    match found.as_slice() {
        [] => Irr::None,
        [one] => Irr::One(*one),
        _ => Irr::Several(found),
    }
}

/// Internal rate of return of dated flows (actual days over 365).
pub fn xirr(flows: &[(Date, f64)]) -> Irr {
    let amounts = flows.iter().map(|(_, flow)| *flow);
    irr_where(amounts, |rate| xnpv(rate, flows))
}

/// The rates between which roots are sought: every IRR looks at all of them.
static GRID: OnceLock<Vec<f64>> = OnceLock::new();

/// Rates from -99 % to 1000 %, evenly spaced in the growth factor's logarithm.
fn grid() -> Vec<f64> {
    let (low, high) = (libm::log(0.01), libm::log(11.0));
    let steps = 400;
    let at = |i: i32| libm::exp(low + (high - low) * f64::from(i) / f64::from(steps)) - 1.0;
    (0..=steps).map(at).collect()
}

/// Payback of yearly flows from t = 0: `t - 1 + abs(cumulated before) / flow of the year`, at the
/// last time the cumulated sum turns positive, so that a later fall is not overlooked.
///
/// ```
/// use perennial::value::cash::{Payback, payback};
/// assert_eq!(payback(&[-100.0, 80.0, 40.0]), Payback::After { years: 1.5, twice: false });
/// assert_eq!(payback(&[-100.0, 10.0]), Payback::Never);
/// assert_eq!(payback(&[0.0, 10.0]), Payback::After { years: 0.0, twice: false });
/// ```
pub fn payback(flows: &[f64]) -> Payback {
    let mut before = 0.0;
    let mut crossing: Option<f64> = None;
    let mut crossings = 0;
    for (t, flow) in (0_u32..).zip(flows) {
        let after = before + flow;
        if after >= 0.0 && (t == 0 || before < 0.0) {
            let part = if t == 0 {
                0.0
            } else {
                f64::from(t) - 1.0 + before.abs() / flow
            };
            crossing = Some(part);
            crossings += 1;
        } else if after < 0.0 {
            crossing = None;
        }
        before = after;
    }
    match crossing {
        Some(years) => Payback::After {
            years,
            twice: crossings > 1,
        },
        None => Payback::Never,
    }
}

/// Payback of the same flows, each discounted to today.
pub fn payback_discounted(rate_per_year: f64, flows: &[f64]) -> Payback {
    let worth = |(t, flow): (u32, &f64)| flow / libm::pow(1.0 + rate_per_year, f64::from(t));
    let today: Vec<f64> = (0_u32..).zip(flows).map(worth).collect();
    payback(&today)
}

/// Months of a steady margin that earn back an acquisition cost; `None` where they never do.
///
/// ```
/// use perennial::value::cash::payback_months;
/// assert_eq!(payback_months(6000.0, 12000.0), Some(6.0));
/// assert_eq!(payback_months(6000.0, 0.0), None);
/// assert_eq!(payback_months(0.0, -5.0), Some(0.0));
/// ```
pub fn payback_months(acquisition_cost: f64, margin_per_year: f64) -> Option<f64> {
    if acquisition_cost <= 0.0 {
        return Some(0.0);
    }
    (margin_per_year > 0.0).then(|| 12.0 * acquisition_cost / margin_per_year)
}

/// Lifetime value over acquisition cost: margin worth today, less tooling we fund, over the cost.
/// `None` for an acquisition cost of nothing.
pub fn ltv_to_cac(margin_today: f64, funded_tooling: f64, acquisition_cost: f64) -> Option<f64> {
    (acquisition_cost > 0.0).then(|| (margin_today - funded_tooling) / acquisition_cost)
}
