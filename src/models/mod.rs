//! What an account will do next: models of when it orders again, whether it has left, what it spends.
//!
//! In: each account's order days and a cut-off day ([`Histories`]), in weeks. Out: a [`Fit`], whose
//! [`Report`] says what was chosen and why, and from which any account's [`Forecast`] is computed in
//! microseconds. One model a file, its paper and equations in the header; what is our own derivation
//! says so. Nothing here returns NaN or an infinite number. What is random takes a seed.
//!
//! - [`Cnbd`]: MBG/CNBD-k, with MBG/NBD and BG/NBD as its cases of one stage; [`Ahead`] its future,
//!   [`Due`] its due dates; [`Pareto`] for comparison
//! - [`GammaGamma`]: order values, by account [`OrderValues`]; [`Newcomers`]: what new accounts bring;
//!   [`Renewal`]: contracts
//! - [`FitTask`]: the ladder for small books, the number of stages, draws, back-tests and the pool
//!
//! How long things last without a model: `base::num::Survival` (Kaplan and Meier).

mod ahead;
mod backtest;
pub mod calibration;
mod cnbd;
mod contract;
mod discounting;
mod due;
mod fit;
mod history;
mod likelihood;
mod newcomers;
mod order_value;
mod pareto;
mod pool;
mod prior;
pub mod score;
mod search;
mod skipped;
mod spend;
mod task;
pub mod tracking;
mod weeks;

pub use ahead::{Ahead, Scratch};
pub use backtest::{Board, Contestant, Score, Stretch};
pub use cnbd::{Cnbd, Leaving, MOST_STAGES};
pub use contract::{Contracts, Renewal, RenewalFit};
pub use discounting::{discounted, discounted_at_period_ends, discounted_for_ever};
pub use due::Due;
pub use fit::{Ask, Fit, Forecast, Range, Report, Rung, Total};
pub use history::{Histories, History, Row};
pub use newcomers::Newcomers;
pub use order_value::{Newcomer, OrderValues, Worth};
pub use pareto::{Pareto, ParetoFit};
pub use pool::{Orders, Pool, count_range};
pub use prior::Prior;
pub use search::Stages;
pub use spend::{GammaGamma, Spend, SpendFit, SpendOn};
pub use task::{FitError, FitTask, Settings, Stage, Standing, fit};
pub use weeks::{Discount, WEEKS_PER_YEAR, Weeks};
