//! The cash flows of a deal: one now, and equally spaced ones later.
//!
//! Amounts are expected (weighted with the chance that the deal still runs), in the base currency;
//! times and rates are in years.

use crate::value::cash::{Irr, Payback, irr_where, payback};

/// Expected cash flows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flows {
    /// What is paid or received at the start.
    pub start: f64,
    /// What comes later, in order.
    pub later: Vec<f64>,
    /// When the first of these comes: 1 at the end of the first year.
    pub first_years: f64,
    /// The time between two of them: 1, or a twelfth.
    pub step_years: f64,
}

impl Flows {
    /// Net present value.
    pub fn npv(&self, rate_per_year: f64) -> f64 {
        self.start + self.later_today(rate_per_year)
    }

    /// What comes later, worth today.
    pub fn later_today(&self, rate_per_year: f64) -> f64 {
        let waiting = |years: f64| libm::pow(1.0 + rate_per_year, -years);
        let factor = waiting(self.step_years);
        let later = self.later.iter().rev();
        waiting(self.first_years) * later.fold(0.0, |sum, flow| flow + sum * factor)
    }

    /// Internal rate of return.
    pub fn irr(&self) -> Irr {
        let all = std::iter::once(self.start).chain(self.later.iter().copied());
        irr_where(all, |rate| self.npv(rate))
    }

    /// P1: when the sum turns positive for good; money comes evenly over each step.
    pub fn payback(&self) -> Payback {
        self.paid_back(|_, flow| flow)
    }

    /// P2: the same of what the flows are worth today.
    pub fn payback_discounted(&self, rate_per_year: f64) -> Payback {
        self.paid_back(|years, flow| flow * libm::pow(1.0 + rate_per_year, -years))
    }

    /// When each of the later flows comes, in years.
    pub fn times(&self) -> impl Iterator<Item = f64> + '_ {
        let steps = 0..u32::try_from(self.later.len()).unwrap_or(u32::MAX);
        steps.map(|at| self.first_years + f64::from(at) * self.step_years)
    }

    fn paid_back(&self, worth: impl Fn(f64, f64) -> f64) -> Payback {
        let later = self.times().zip(&self.later);
        let later = later.map(|(years, flow)| worth(years, *flow));
        let all: Vec<f64> = std::iter::once(self.start).chain(later).collect();
        match payback(&all) {
            Payback::After { years, twice } => Payback::After {
                years: years * self.step_years,
                twice,
            },
            Payback::Never => Payback::Never,
        }
    }
}
