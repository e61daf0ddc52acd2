//! What an account's orders are worth: Gamma-Gamma on individual orders, drawn towards its segment.
//!
//! In: each account's segment and order values. An order value is divided by the level of its
//! segment, and one Gamma-Gamma is fitted to all of them: so every segment has a mean of its own,
//! how much values vary is learned from the whole book, and an account with few orders is drawn
//! towards its segment. A level is the mean order value of the segment together with as many orders
//! of the book's mean as five usual accounts place (own choice). Out: expected values, with what is
//! not known of them.

use crate::base::num::{Normals, spearman};

use super::prior::Prior;
use super::spend::{GammaGamma, Spend, SpendFit, SpendOn};

/// The accounts' worth of orders by which a segment's level is drawn towards the book's.
const LEVEL_ACCOUNTS: f64 = 5.0;

/// A rank correlation of order values and numbers of orders from which it must be said (own choice).
const TELLING: f64 = 0.3;
/// Fewest accounts for which it means anything.
const FEWEST: usize = 20;

/// One account's orders over the level of its segment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Own {
    level: f64,
    spend: Spend,
}

/// What is known of the mean order value of an account, in money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// The expected value of an order.
    pub mean: f64,
    /// The expected square of the account's own mean.
    pub square: f64,
    /// The squared coefficient of variation of one account's orders.
    pub variation: f64,
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderValues {
    fit: SpendFit,
    draws: Vec<GammaGamma>,
    accounts: Vec<Own>,
    correlation: Option<f64>,
}

impl OrderValues {
    /// From each account's segment, by position, and its order values; what is not positive does not
    /// count. `draws` models as likely as the fitted one are drawn from `seed`, all under `prior`.
    /// `None` where no order has a value.
    pub fn new(
        accounts: &[(usize, Spend)],
        prior: Prior,
        (draws, seed): (u32, u64),
    ) -> Option<Self> {
        let levels = levels(accounts)?;
        let scaled = accounts.iter().map(|(segment, spend)| {
            let level = levels.get(*segment).copied().unwrap_or(1.0);
            Own {
                level,
                spend: spend.over(level),
            }
        });
        let accounts: Vec<Own> = scaled.collect();
        let spends: Vec<Spend> = accounts.iter().map(|own| own.spend).collect();
        let (fit, draws) = GammaGamma::fit_drawn(SpendOn::Orders, prior, &spends, (draws, seed))?;
        let counted = spends
            .iter()
            .filter_map(|s| Some((f64::from(s.orders), s.mean()?)));
        let (orders, means): (Vec<f64>, Vec<f64>) = counted.unzip();
        let correlation = spearman(&orders, &means).filter(|_| orders.len() >= FEWEST);
        Some(Self {
            fit,
            draws,
            accounts,
            correlation,
        })
    }

    /// The fitted model, of values over the level of their segment.
    pub const fn fit(&self) -> &SpendFit {
        &self.fit
    }

    /// The rank correlation of accounts' numbers of orders and their order values, within segments,
    /// where it is strong enough that taking both apart misleads; for fewer than 20 accounts never.
    pub fn telling_correlation(&self) -> Option<f64> {
        self.correlation.filter(|rho| rho.abs() >= TELLING)
    }

    fn own(&self, account: usize) -> Own {
        self.accounts.get(account).copied().unwrap_or_default()
    }

    /// The expected value of an account's orders, in money.
    pub fn expected(&self, account: usize) -> f64 {
        let own = self.own(account);
        own.level * self.fit.model.expected(&own.spend)
    }

    /// The model of an account's orders in money: that of its segment.
    pub fn model_of(&self, account: usize) -> GammaGamma {
        let model = &self.fit.model;
        GammaGamma::new(
            model.p(),
            model.q(),
            self.own(account).level * model.gamma(),
        )
    }

    /// The same by each of the drawn models.
    pub fn drawn(&self, account: usize, draw: usize) -> f64 {
        let own = self.own(account);
        let model = self.draws.get(draw).unwrap_or(&self.fit.model);
        own.level * model.expected(&own.spend)
    }

    /// What is known of an account's orders.
    ///
    /// The account's own mean is `p / nu` with `nu` ~ Gamma(`p x + q`, `gamma + s`), which gives
    /// `E(mean^2) = p^2 (gamma + s)^2 / ((c - 1)(c - 2))` with `c = p x + q`; where that has no
    /// finite value, `c - 2` is taken as a quarter.
    pub fn worth(&self, account: usize) -> Worth {
        let own = self.own(account);
        let model = &self.fit.model;
        let mean = own.level * model.expected(&own.spend);
        let c = model.p() * f64::from(own.spend.orders) + model.q();
        Worth {
            mean,
            square: mean * mean * (c - 1.0) / (c - 2.0).max(0.25),
            variation: 1.0 / model.p(),
        }
    }

    /// The chance that so many further orders of an account come to a revenue or more.
    pub fn reaches(&self, account: usize, orders: u32, revenue: f64) -> f64 {
        let own = self.own(account);
        let model = &self.fit.model;
        model.reaches(&own.spend, orders, revenue / own.level)
    }

    /// Simulated revenue of so many orders of an account, under one of the drawn models.
    pub fn simulate(&self, account: usize, orders: u32, draw: usize, random: &mut Normals) -> f64 {
        let own = self.own(account);
        let model = self.draws.get(draw).unwrap_or(&self.fit.model);
        own.level * model.simulate(&own.spend, orders, random)
    }

    /// An account's orders over its level, and the level, for tests.
    #[cfg(test)]
    pub(crate) fn with_model<T>(&self, account: usize, run: impl FnOnce(&Spend, f64) -> T) -> T {
        let own = self.own(account);
        run(&own.spend, own.level)
    }

    /// A simulated new account in the segment of a random one, under one of the drawn models: from
    /// it its orders are drawn.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a position among the accounts"
    )]
    pub fn newcomer(&self, draw: usize, random: &mut Normals) -> Newcomer {
        let at = (random.share() * self.accounts.len() as f64) as usize;
        let model = self.draws.get(draw).unwrap_or(&self.fit.model);
        Newcomer {
            shape: model.p(),
            scale: self.own(at).level * model.gamma() / random.gamma(model.q()).max(1e-12),
        }
    }
}

/// A simulated new account: its orders are gamma numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Newcomer {
    shape: f64,
    scale: f64,
}

impl Newcomer {
    /// The value of its next order, in money.
    pub fn order(&self, random: &mut Normals) -> f64 {
        self.scale * random.gamma(self.shape)
    }
}

/// The level of each segment; `None` where no order has a value.
fn levels(accounts: &[(usize, Spend)]) -> Option<Vec<f64>> {
    let segments = accounts.iter().map(|(at, _)| at + 1).max()?;
    let mut sums = vec![(0.0, 0.0); segments];
    let (mut total, mut orders, mut with_orders) = (0.0, 0.0, 0.0);
    for (segment, spend) in accounts {
        if let Some(sum) = sums.get_mut(*segment) {
            sum.0 += spend.total;
            sum.1 += f64::from(spend.orders);
        }
        total += spend.total;
        orders += f64::from(spend.orders);
        with_orders += f64::from(u8::from(spend.orders > 0));
    }
    let mean = total / orders;
    let weight = LEVEL_ACCOUNTS * orders / with_orders;
    let sound = mean.is_finite() && mean > 0.0;
    let level = |(total, orders): &(f64, f64)| (total + weight * mean) / (orders + weight);
    sound.then(|| sums.iter().map(level).collect())
}
