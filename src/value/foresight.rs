//! The fitted model as valuations use it: expected orders by time, expected order values, and how
//! sure both are, kept so that no change of an assumption fits or forecasts anything again.
//!
//! In: a [`Fit`] and [`OrderValues`]. Out: for each account the expected orders up to the nodes of a
//! quadrature, so that a discount enters as a weighted sum:
//!
//! ```text
//! discounted orders within H = e^(-delta H) E(H) + delta integral_0^H e^(-delta t) E(t) dt
//! ```
//!
//! The first five years are computed once (three Gauss-Legendre nodes and the end of each year), what
//! lies beyond once for each horizon asked for. The error is below 1e-6 of the value where orders come at
//! random. Where they come as by a clock expected orders are a staircase, and it is 2e-3 over one year
//! and 7e-4 over five; twice as many nodes would halve that. Ranges rest on the fit's draws.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::base::crc::crc32;
use crate::base::num::{Legendre, Normals, quantile_among};
use crate::models::{Discount, Fit, Newcomers, OrderValues, Scratch, WEEKS_PER_YEAR, Weeks};

/// Years computed with the fit.
const NEAR: u32 = 5;
/// Nodes within each of them, and places with the year's end.
const NODES: u32 = 3;
const A_YEAR: usize = NODES as usize + 1;
const NEAR_PLACES: usize = A_YEAR * NEAR as usize;
/// Nodes from there to a farther horizon, and places with its end.
const FAR_NODES: u32 = 6;
const FAR_PLACES: usize = FAR_NODES as usize + 1;
/// Accounts that the range of many is drawn from.
const SAMPLED: u32 = 150;
/// Simulated futures of one account.
const FUTURES: u32 = 2_000;
/// Simulated new accounts, and the months they are followed.
const NEWCOMERS: u32 = 4_000;
const MONTHS: u32 = 36;

/// A range of a figure: what is not known of the model's parameters, and the same with luck.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// 5 and 95 % points from not knowing the parameters.
    pub model: (f64, f64),
    /// The same with luck.
    pub with_luck: (f64, f64),
}

/// Expected orders beyond the near years, for one horizon.
#[derive(Debug)]
struct Far {
    years: u32,
    expected: Vec<f64>,
}

/// The weights of a discount for one horizon.
#[derive(Debug)]
pub(super) struct Weights {
    years: u32,
    near: Vec<f64>,
    far: Option<(Rc<Far>, Vec<f64>)>,
}

/// What the model expects of one account within the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expected {
    /// Orders.
    pub orders: f64,
    /// Orders, each at its worth now.
    pub discounted: f64,
}

/// What an account's orders within the horizon bring, before what of it counts as value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ahead {
    /// Orders.
    pub orders: f64,
    /// Their revenue, each at its worth now.
    pub revenue: f64,
    /// The variance of that by luck.
    pub variance: f64,
}

/// Of all accounts, at one discount (its bits) and horizon.
#[derive(Debug)]
struct AllAhead {
    of: (u64, u32),
    accounts: Rc<Vec<Option<Ahead>>>,
}

/// See the module.
#[derive(Debug)]
pub struct Foresight {
    fit: Fit,
    values: Option<OrderValues>,
    near: Vec<f64>,
    far: RefCell<Option<Rc<Far>>>,
    ahead: RefCell<Option<AllAhead>>,
    luck: OnceCell<Vec<f64>>,
    ratios: RefCell<Option<(u32, Rc<Vec<f64>>)>>,
    newcomers: OnceCell<Option<Newcomers>>,
    /// Of the account last asked for.
    monthly: RefCell<Option<(usize, Rc<Monthly>)>>,
}

/// By month from the cut-off, the chances of 0, 1, 2, ... orders.
type Monthly = Vec<Vec<f64>>;

impl Foresight {
    /// Begins; [`Foresight::fill`] does the work.
    pub const fn new(fit: Fit, values: Option<OrderValues>) -> Self {
        Self {
            fit,
            values,
            near: Vec::new(),
            far: RefCell::new(None),
            ahead: RefCell::new(None),
            luck: OnceCell::new(),
            ratios: RefCell::new(None),
            newcomers: OnceCell::new(),
            monthly: RefCell::new(None),
        }
    }

    /// The fit.
    pub const fn fit(&self) -> &Fit {
        &self.fit
    }

    /// What orders are worth; `None` where no order has a value.
    pub const fn values(&self) -> Option<&OrderValues> {
        self.values.as_ref()
    }

    /// Computes the next so many histories; `false` when all are there.
    pub fn fill(&mut self, count: usize) -> bool {
        let rule = Legendre::new(NODES);
        let mut places = Vec::with_capacity(NEAR_PLACES);
        for year in 0..NEAR {
            let start = f64::from(year) * WEEKS_PER_YEAR;
            let end = start + WEEKS_PER_YEAR;
            places.extend(rule.places(start, end).map(|(at, _)| at));
            places.push(end);
        }
        self.ahead.take();
        let done = self.near.len() / NEAR_PLACES;
        let rows = self.fit.histories().rows();
        let mut scratch = Scratch::default();
        for row in rows.iter().skip(done).take(count) {
            let pool = self.fit.pool();
            let expected = |at: &f64| pool.expected(&row.history, Weeks::new(*at), &mut scratch);
            self.near.extend(places.iter().map(expected));
        }
        self.near.len() / NEAR_PLACES < rows.len()
    }

    fn far(&self, years: u32) -> Rc<Far> {
        let kept = self.far.borrow().clone();
        if let Some(far) = kept.filter(|far| far.years == years) {
            return far;
        }
        let (start, end) = far_span(years);
        let rule = Legendre::new(FAR_NODES);
        let places: Vec<f64> = rule.places(start, end).map(|(at, _)| at).collect();
        let mut scratch = Scratch::default();
        let mut expected = Vec::with_capacity(self.fit.histories().rows().len() * FAR_PLACES);
        for row in self.fit.histories().rows() {
            for at in places.iter().chain([&end]) {
                let pool = self.fit.pool();
                expected.push(pool.expected(&row.history, Weeks::new(*at), &mut scratch));
            }
        }
        let far = Rc::new(Far { years, expected });
        *self.far.borrow_mut() = Some(Rc::clone(&far));
        far
    }

    /// The weights of a yearly discount (a fraction) over a horizon.
    pub(super) fn weights(&self, discount_per_year: f64, years: u32) -> Weights {
        let rate = Discount::per_year(discount_per_year);
        let delta = rate.per_week();
        let worth = |at: f64| rate.factor(Weeks::new(at));
        let rule = Legendre::new(NODES);
        let mut near = Vec::with_capacity(NEAR_PLACES);
        for year in 0..years.min(NEAR) {
            let start = f64::from(year) * WEEKS_PER_YEAR;
            let end = start + WEEKS_PER_YEAR;
            near.extend(rule.places(start, end).map(|(at, w)| delta * w * worth(at)));
            near.push(if year + 1 == years { worth(end) } else { 0.0 });
        }
        let far = (years > NEAR).then(|| {
            let (start, end) = far_span(years);
            let places = Legendre::new(FAR_NODES);
            let inside = places.places(start, end);
            let weights = inside.map(|(at, w)| delta * w * worth(at));
            (self.far(years), weights.chain([worth(end)]).collect())
        });
        Weights { years, near, far }
    }

    /// What is expected of an account; `None` for one without an order day.
    pub(super) fn expected(&self, account: usize, weights: &Weights) -> Option<Expected> {
        let row = self.fit.histories().row_of(account)?;
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, w)| x * w).sum::<f64>();
        let near = self.near.get(row * NEAR_PLACES..(row + 1) * NEAR_PLACES)?;
        let mut discounted = dot(near, &weights.near);
        let last = A_YEAR * weights.years.min(NEAR) as usize;
        let mut orders = near.get(last.checked_sub(1)?).copied()?;
        if let Some((far, own)) = &weights.far {
            let beyond = far.expected.get(row * FAR_PLACES..(row + 1) * FAR_PLACES)?;
            discounted += dot(beyond, own);
            orders = beyond.last().copied()?;
        }
        Some(Expected { orders, discounted })
    }

    /// What all accounts' orders within a horizon bring at a yearly discount (a fraction); nothing for
    /// one without an order day. Kept, since most assumptions change neither.
    pub(super) fn ahead(&self, discount_per_year: f64, years: u32) -> Rc<Vec<Option<Ahead>>> {
        let of = (discount_per_year.to_bits(), years);
        if let Some(kept) = self.ahead.borrow().as_ref().filter(|kept| kept.of == of) {
            return Rc::clone(&kept.accounts);
        }
        let weights = self.weights(discount_per_year, years);
        let one = |account| self.ahead_of(account, self.expected(account, &weights)?);
        let all = (0..self.fit.histories().len()).map(one);
        let accounts = Rc::new(all.collect());
        *self.ahead.borrow_mut() = Some(AllAhead {
            of,
            accounts: Rc::clone(&accounts),
        });
        accounts
    }

    fn ahead_of(&self, account: usize, expected: Expected) -> Option<Ahead> {
        let worth = self.values.as_ref()?.worth(account);
        let n = expected.orders;
        // Of n orders: E(n^2) is about E(n)^2 + E(n) (1 + E(n)/2); their values vary about the
        // account's own mean, and that is not known either. Discounting scales it all.
        let variance = if n > 0.0 {
            let square = n * n + n * (1.0 + 0.5 * n);
            let of_revenue =
                (worth.variation * n + square) * worth.square - (n * worth.mean) * (n * worth.mean);
            let scale = expected.discounted / n;
            scale * scale * of_revenue.max(0.0)
        } else {
            0.0
        };
        Some(Ahead {
            orders: n,
            revenue: worth.mean * expected.discounted,
            variance,
        })
    }

    /// By draw, expected revenue of the whole book within a horizon over that of the fitted model.
    /// Large books are sampled in proportion to what is expected of each account.
    pub(super) fn ratios(&self, years: u32) -> Rc<Vec<f64>> {
        let kept = self.ratios.borrow().clone();
        if let Some((_, ratios)) = kept.filter(|(kept, _)| *kept == years) {
            return ratios;
        }
        let ratios = Rc::new(self.draw_ratios(years));
        *self.ratios.borrow_mut() = Some((years, Rc::clone(&ratios)));
        ratios
    }

    fn draw_ratios(&self, years: u32) -> Vec<f64> {
        let weights = self.weights(0.0, years);
        let within = Weeks::of_years(f64::from(years));
        let histories = self.fit.histories();
        let Some(values) = &self.values else {
            return Vec::new();
        };
        let worth = |account: usize| {
            let orders = self.expected(account, &weights)?.orders;
            Some((account, orders, orders * values.expected(account)))
        };
        let all: Vec<(usize, f64, f64)> = (0..histories.len()).filter_map(worth).collect();
        let whole: f64 = all.iter().map(|(_, _, worth)| worth).sum();
        let mut sums = vec![0.0; self.fit.draws().len()];
        let (mut passed, mut hits, mut sampled) = (0.0, 0.0, 0.0);
        let mut scratch = Scratch::default();
        let every = all.len() <= SAMPLED as usize;
        for (account, orders, worth) in all {
            passed += worth / whole;
            let reached = (passed * f64::from(SAMPLED) + 0.5).floor();
            let share = if every { worth / whole } else { reached - hits };
            hits = reached;
            let Some(history) = histories
                .of(account)
                .filter(|_| share > 0.0 && orders > 0.0)
            else {
                continue;
            };
            sampled += share;
            let of_value = values.expected(account);
            for ((draw, pool), sum) in (0..).zip(self.fit.draws()).zip(sums.iter_mut()) {
                let drawn = pool.expected(history, within, &mut scratch) / orders;
                *sum += share * drawn * values.drawn(account, draw) / of_value;
            }
        }
        sums.iter().map(|sum| sum / sampled.max(1e-300)).collect()
    }

    /// The ranges of one account's value: `value` is what is expected of it, for `orders` orders.
    /// `name` seeds its futures, so that they do not depend on the account's place in the book.
    pub(super) fn spread_of(
        &self,
        (account, name): (usize, &str),
        (value, orders): (f64, f64),
        years: u32,
    ) -> Option<Spread> {
        let values = self.values.as_ref()?;
        let within = Weeks::of_years(f64::from(years));
        let drawn = self.fit.drawn(account, within, &mut Scratch::default())?;
        let (means, chances) = drawn;
        let expected = orders * values.expected(account);
        if expected <= 0.0 || means.is_empty() {
            return None;
        }
        let unit = value / expected;
        let of_model = (0..).zip(&means);
        let model: Vec<f64> = of_model
            .map(|(draw, orders)| unit * orders * values.drawn(account, draw))
            .collect();
        let mut random = Normals::new(u64::from(crc32(name.as_bytes())) ^ 0x51de);
        let futures = (0..FUTURES as usize).map(|future| {
            let mut left = random.share();
            let mut count = 0;
            for (orders, chance) in (0_u32..).zip(&chances) {
                count = orders;
                left -= chance;
                if left < 0.0 {
                    break;
                }
            }
            unit * values.simulate(account, count, future % means.len(), &mut random)
        });
        let with_luck: Vec<f64> = futures.collect();
        Some(Spread {
            model: ends(model)?,
            with_luck: ends(with_luck)?,
        })
    }

    /// The ranges of a sum over accounts: `value` is what is expected, `variance` that of luck.
    pub(super) fn spread_of_sum(&self, value: f64, variance: f64, years: u32) -> Option<Spread> {
        let ratios = self.ratios(years);
        let model: Vec<f64> = ratios.iter().map(|ratio| value * ratio).collect();
        let deviation = libm::sqrt(variance.max(0.0));
        let luck = self.luck.get_or_init(|| {
            let mut normals = Normals::new(0x5eed);
            (0..FUTURES).map(|_| normals.draw()).collect()
        });
        let repeats = FUTURES as usize / model.len().max(1);
        let scaled = ratios.iter().zip(luck.chunks(repeats.max(1)));
        let scaled = scaled.flat_map(|(ratio, luck)| {
            let deviation = deviation * libm::sqrt(ratio.max(0.0));
            luck.iter()
                .map(move |luck| value * ratio + deviation * luck)
        });
        let with_luck: Vec<f64> = scaled.collect();
        Some(Spread {
            model: ends(model)?,
            with_luck: ends(with_luck)?,
        })
    }

    /// The chance, by month from the cut-off up to three years, that an account's further orders have
    /// come to a revenue or more: with luck, at the fitted parameters. `None` for an account without
    /// an order day, or where no order has a value.
    pub(super) fn reached(&self, account: usize, revenue: f64) -> Option<Vec<f64>> {
        let values = self.values.as_ref()?;
        let monthly = self.monthly(account)?;
        let most = monthly.iter().map(Vec::len).max().unwrap_or_default();
        let mut reaches = Vec::with_capacity(most);
        for orders in (0_u32..).take(most) {
            // Rising: once it is certain it stays so.
            let certain = reaches.last().is_some_and(|before| *before > 1.0 - 1e-12);
            reaches.push(if certain {
                1.0
            } else {
                values.reaches(account, orders, revenue)
            });
        }
        let of_month = |chances: &Vec<f64>| -> f64 {
            let both = chances.iter().zip(&reaches).map(|(n, enough)| n * enough);
            both.sum::<f64>().clamp(0.0, 1.0)
        };
        Some(monthly.iter().map(of_month).collect())
    }

    fn monthly(&self, account: usize) -> Option<Rc<Monthly>> {
        let kept = self.monthly.borrow().clone();
        if let Some((_, monthly)) = kept.filter(|(kept, _)| *kept == account) {
            return Some(monthly);
        }
        let history = self.fit.histories().of(account)?;
        let mut scratch = Scratch::default();
        let months = (0..=MONTHS).map(|month| {
            let within = Weeks::of_years(f64::from(month) / 12.0);
            self.fit.pool().counts(history, within, &mut scratch)
        });
        let monthly = Rc::new(months.collect::<Monthly>());
        *self.monthly.borrow_mut() = Some((account, Rc::clone(&monthly)));
        Some(monthly)
    }

    /// Simulated new accounts; `None` where no order has a value.
    pub(super) fn newcomers(&self) -> Option<&Newcomers> {
        let simulate = || {
            let values = self.values.as_ref()?;
            Some(Newcomers::simulate(
                &self.fit, values, MONTHS, NEWCOMERS, 0x9e37,
            ))
        };
        self.newcomers.get_or_init(simulate).as_ref()
    }
}

fn far_span(years: u32) -> (f64, f64) {
    let weeks = |years: u32| f64::from(years) * WEEKS_PER_YEAR;
    (weeks(NEAR), weeks(years))
}

/// The 5 and 95 % points.
fn ends(mut values: Vec<f64>) -> Option<(f64, f64)> {
    let low = quantile_among(&mut values, 0.05)?;
    Some((low, quantile_among(&mut values, 0.95)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;
    use crate::models::{Ask, Histories, Prior, Settings, Spend, Stages, fit};

    /// Accounts that order every four to fifteen weeks, the first ones silent for long.
    fn foresight() -> Foresight {
        foresight_by(Settings::default())
    }

    fn foresight_by(settings: Settings) -> Foresight {
        let start = Date::parse("2023-01-02").unwrap();
        let account = |n: i32| -> Vec<Date> {
            let gap = 28 + 7 * (n % 12);
            let until = if n < 8 { 400 } else { 1_090 };
            let jitter = |i: i32| (i * (n + 3)) % 7;
            let days = (0..=until / gap).map(|i| start.plus_days(i * gap + jitter(i)));
            days.collect()
        };
        let lists: Vec<Vec<Date>> = (0..40).map(account).collect();
        let cut = start.plus_days(1_095);
        let histories = Histories::of_days(cut, lists.iter().map(Vec::as_slice));
        let found = fit(histories, settings, &|| false).unwrap();
        let spends = lists.iter().zip(0_u32..).map(|(days, n)| {
            let value = 100.0 + 20.0 * f64::from(n % 5);
            let at = 0..u32::try_from(days.len()).unwrap();
            (0, Spend::of(at.map(|i| value + 10.0 * f64::from(i % 3))))
        });
        let values = OrderValues::new(&spends.collect::<Vec<_>>(), Prior::Weak, (40, 1));
        let mut foresight = Foresight::new(found, values);
        while foresight.fill(7) {}
        foresight
    }

    /// The largest error of discounted orders over a horizon, against many nodes.
    fn error(foresight: &Foresight, years: u32) -> f64 {
        let mut scratch = Scratch::default();
        let weights = foresight.weights(0.12, years);
        let ask = Ask {
            horizon: Weeks::of_years(f64::from(years)),
            discount: Discount::per_year(0.12),
            ..Ask::default()
        };
        let away = |a: f64, b: f64| (a - b).abs() / (b + 0.05);
        let mut most = 0.0_f64;
        for account in 0..40 {
            let found = foresight.expected(account, &weights).unwrap();
            let exact = foresight.fit().forecast(account, &ask, &mut scratch);
            let exact = exact.unwrap();
            assert!(
                away(found.orders, exact.expected) < 1e-9,
                "{years} {account}"
            );
            most = most.max(away(found.discounted, exact.discounted));
        }
        most
    }

    #[test]
    fn few_nodes_are_enough_for_every_horizon() {
        // Orders that come as by a clock: 60 stages, where expected orders are a staircase.
        let clock = foresight();
        assert_eq!(clock.fit().pool().regular.k(), 60);
        for (years, within) in [
            (1, 3e-3),
            (3, 1.5e-3),
            (5, 1e-3),
            (6, 1e-3),
            (12, 1e-3),
            (50, 1e-3),
        ] {
            let found = error(&clock, years);
            assert!(found < within, "{years}: {found}");
        }
        assert_eq!(clock.expected(40, &clock.weights(0.1, 5)), None);
        // Orders at random.
        let random = foresight_by(Settings {
            stages: Stages::Fixed(1),
            ..Settings::default()
        });
        for years in [1, 3, 5, 6, 12, 50] {
            // Over 50 years both sides have few nodes.
            let within = if years > 12 { 5e-6 } else { 1e-6 };
            let found = error(&random, years);
            assert!(found < within, "{years}: {found}");
        }
    }

    #[test]
    fn revenue_is_reached_as_often_as_futures_of_the_account_reach_it() {
        let foresight = foresight();
        let values = foresight.values().unwrap();
        let mut random = Normals::new(7);
        for (account, revenue) in [(9, 150.0), (24, 1_000.0), (3, 400.0), (39, 5.0)] {
            let found = foresight.reached(account, revenue).unwrap();
            assert_eq!(found.len(), MONTHS as usize + 1);
            assert!(found[0] < 1e-12);
            assert!(found.is_sorted_by(|a, b| *a <= b + 1e-9), "{found:?}");
            let fit = foresight.fit();
            for month in [6_u32, 36] {
                let within = Weeks::of_years(f64::from(month) / 12.0);
                let chances = fit
                    .counts(account, within, &mut Scratch::default())
                    .unwrap();
                let model = values.fit().model;
                let mut hits = 0.0;
                for _ in 0..20_000 {
                    let mut left = random.share();
                    let count = chances.iter().position(|chance| {
                        left -= chance;
                        left < 0.0
                    });
                    let count = u32::try_from(count.unwrap_or(chances.len() - 1)).unwrap();
                    // One model for all: the same parameters as in the formula.
                    let sum = values.with_model(account, |spend, level| {
                        level * model.simulate(spend, count, &mut random)
                    });
                    hits += f64::from(u8::from(sum >= revenue));
                }
                let share = hits / 20_000.0;
                let at = found[month as usize];
                assert!(
                    (share - at).abs() < 0.015,
                    "{account} {month}: {share} {at}"
                );
            }
        }
        assert_eq!(foresight.reached(40, 1.0), None);
        let certain = foresight.reached(9, 0.0).unwrap();
        assert!(certain.iter().all(|x| *x > 1.0 - 1e-9));
    }

    #[test]
    fn the_book_varies_less_than_its_accounts_and_around_what_is_expected() {
        let foresight = foresight();
        let weights = foresight.weights(0.0, 2);
        let values = foresight.values().unwrap();
        let worth = |account| {
            let orders = foresight.expected(account, &weights).unwrap().orders;
            (orders * values.expected(account), orders)
        };
        let whole: f64 = (0..40).map(|account| worth(account).0).sum();
        let book = foresight.spread_of_sum(whole, 0.0, 2).unwrap();
        let luck = book.with_luck.1 - book.model.1;
        assert!(luck.abs() < 1e-9 * whole, "{book:?}");
        assert!(
            book.model.0 < whole && whole < book.model.1,
            "{book:?} {whole}"
        );
        let width = |range: (f64, f64), value: f64| (range.1 - range.0) / value;
        let (value, orders) = worth(24);
        let own = foresight.spread_of((24, "A"), (value, orders), 2).unwrap();
        assert!(
            width(own.with_luck, value) > 2.0 * width(book.model, whole),
            "{own:?}"
        );
        // The same value counted as a loss turns its ranges round.
        let lost = foresight.spread_of((24, "A"), (-value, orders), 2).unwrap();
        assert!(
            (lost.with_luck.0 + own.with_luck.1).abs() < 1e-6 * value,
            "{lost:?} {own:?}"
        );
    }
}
