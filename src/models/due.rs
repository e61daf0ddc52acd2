//! When the next order is due, under MBG/CNBD-k.
//!
//! Given the history up to the last order, the interval that began then, divided by `alpha + t_x`,
//! is beta prime(`k`, `n`) (own derivation: an Erlang-k interval whose rate is Gamma(`n`, `alpha + t_x`)):
//!
//! ```text
//! Q_p  = (alpha + t_x) y / (1 - y),  y = I^-1_p(k, n)
//! mean = k (alpha + t_x) / (n - 1)                      where n > 1
//! ```
//!
//! Where cycles are skipped, it is the next cycle that is due. These are of an account that has not left; the chance of that is `Cnbd::p_alive`.

use super::cnbd::Cnbd;
use super::history::History;
use super::weeks::Weeks;
use crate::base::num::inc_beta_inverse;

/// When an account that has not left orders next, counted from its last order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due {
    /// One order in ten comes earlier.
    pub early: Weeks,
    /// As many come earlier as later.
    pub middle: Weeks,
    /// One in ten comes later.
    pub late: Weeks,
    /// The mean; `None` where it has no finite value.
    pub mean: Option<Weeks>,
}

/// The shares of [`Due`].
const SHARES: [f64; 3] = [0.1, 0.5, 0.9];

/// The due window for accounts with so many cycles, per unit of `alpha + t_x`: it is the same for
/// all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    spans: [f64; 3],
    mean: Option<f64>,
}

impl Window {
    pub fn new(model: &Cnbd, cycles: u32) -> Self {
        let k = f64::from(model.k);
        let n = model.r + k * f64::from(cycles);
        let spans = SHARES.map(|share| {
            let y = inc_beta_inverse(share, k, n);
            (y / (1.0 - y)).min(1e12)
        });
        Self {
            spans,
            mean: (n > 1.0).then(|| k / (n - 1.0)),
        }
    }

    pub fn of(&self, model: &Cnbd, history: &History) -> Due {
        let scale = model.alpha + history.last.get();
        let [early, middle, late] = self.spans.map(|span| Weeks::new(span * scale));
        Due {
            early,
            middle,
            late,
            mean: self.mean.map(|mean| Weeks::new(mean * scale)),
        }
    }
}

impl Cnbd {
    /// When the next order is due, counted from the last one.
    pub fn due(&self, history: &History) -> Due {
        Window::new(self, self.cycles(history)).of(self, history)
    }

    /// The time from the last order after which so large a share of next orders would have come.
    pub fn due_quantile(&self, history: &History, share: f64) -> Weeks {
        let k = f64::from(self.k);
        let y = inc_beta_inverse(share, k, self.r + k * f64::from(self.cycles(history)));
        Weeks::new((y / (1.0 - y)).min(1e12) * (self.alpha + history.last.get()))
    }
}
