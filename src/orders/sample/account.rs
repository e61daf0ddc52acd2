//! One account of the sample: what it buys, how often, on which terms, and for how long.

use oorandom::Rand64;

use super::names::{PARENTS, PARTNERS, SALESPEOPLE, SEGMENTS, SITES, STEMS, Segment};
use crate::base::Date;

/// Days from the first to the last day of the sample: four years.
pub const SPAN: i32 = 1_460;

/// A part that an account orders again and again.
pub struct Part {
    pub item: String,
    pub list_cents: i64,
    pub cost: f64,
    pub material: &'static str,
    pub machine: &'static str,
    /// What its tool cost us, in cents; charged with its first order.
    pub tooling_cents: i64,
    pub ordered: bool,
}

/// One account.
pub struct Buyer {
    pub name: String,
    pub parent: &'static str,
    pub sites: Vec<&'static str>,
    pub segment: &'static Segment,
    pub salesperson: &'static str,
    pub partner: &'static str,
    pub parts: Vec<Part>,
    /// Mean days between orders.
    pub days: f64,
    /// Stages of the Erlang distribution of the interval: more is more regular.
    pub stages: u32,
    /// Days from the sample's first day.
    pub from: i32,
    pub until: i32,
    /// Usual amount of an order.
    pub amount: f64,
    /// Growth of orders per year.
    pub growth: f64,
    pub discount: f64,
    pub rebate: f64,
    pub freight: f64,
    /// Our quotes for it carry costs.
    pub costed: f64,
}

/// Day 0 of the sample.
pub fn first_day() -> Date {
    Date::new(2022, 11, 1).unwrap_or_default()
}

/// A stream of random numbers; its arithmetic on 128 bits is large, and is compiled once.
pub struct Random(Rand64);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u128) -> Self {
        Self(Rand64::new(seed))
    }

    /// From 0 to below 1.
    #[inline(never)]
    pub fn share(&mut self) -> f64 {
        self.0.rand_float()
    }

    /// A whole number below a limit.
    #[inline(never)]
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0.rand_range(0..limit)
    }
}

/// A number from `low` to `high`.
pub fn between(random: &mut Random, low: f64, high: f64) -> f64 {
    low + (high - low) * random.share()
}

/// A factor around 1 whose logarithm is normal with that spread.
#[inline(never)]
pub fn around_one(random: &mut Random, spread: f64) -> f64 {
    let u = random.share().max(1e-12);
    let angle = std::f64::consts::TAU * random.share();
    libm::exp(spread * libm::sqrt(-2.0 * libm::log(u)) * libm::cos(angle))
}

/// One of a list that is not empty.
pub fn pick<T: Copy + Default>(random: &mut Random, list: &[T]) -> T {
    let at = random.below(list.len().max(1) as u64);
    usize::try_from(at)
        .ok()
        .and_then(|at| list.get(at))
        .copied()
        .unwrap_or_default()
}

/// The account number `at`.
pub fn buyer(at: usize, random: &mut Random) -> Option<Buyer> {
    let segment = SEGMENTS.get(at % SEGMENTS.len())?;
    let stem = STEMS.get(at)?;
    // Large, and sold at almost any price: best by revenue, far from best by what they leave.
    let bought = at % 29 == 1;
    let size = if bought {
        5.5
    } else {
        around_one(random, 0.75)
    };
    let (from, until) = lifetime(random, bought);
    let sites = 1 + usize::from(random.share() < 0.25) + usize::from(bought);
    Some(Buyer {
        name: format!("{stem} {}", pick(random, segment.endings)),
        parent: if at % 13 == 4 {
            pick(random, PARENTS)
        } else {
            ""
        },
        sites: (0..sites).map(|_| pick(random, SITES)).collect(),
        segment,
        salesperson: pick(random, SALESPEOPLE),
        partner: if random.share() < 0.28 {
            pick(random, PARTNERS)
        } else {
            ""
        },
        parts: parts(at, segment, bought, random),
        days: segment.days * around_one(random, 0.35),
        stages: 1 + u32::try_from(random.below(9)).unwrap_or(0),
        from,
        until,
        amount: segment.amount * size,
        growth: between(random, -0.08, 0.14),
        discount: if bought {
            0.21
        } else {
            between(random, 0.0, 0.12)
        },
        rebate: if bought {
            0.045
        } else if random.share() < 0.2 {
            0.02
        } else {
            0.0
        },
        freight: if bought {
            0.05
        } else {
            between(random, 0.0, 0.03)
        },
        costed: if random.share() < 0.1 { 0.3 } else { 0.97 },
    })
}

/// First and last day on which it buys: most from the start, a third later, a sixth gone early.
fn lifetime(random: &mut Random, bought: bool) -> (i32, i32) {
    let late = !bought && random.share() < 0.36;
    let from = if late {
        day(random, 120, SPAN - 60)
    } else {
        day(random, 0, 70)
    };
    let gone = !bought && random.share() < 0.17;
    let until = if gone {
        from + day(random, 150, 900)
    } else {
        SPAN
    };
    (from, until.min(SPAN))
}

fn day(random: &mut Random, low: i32, high: i32) -> i32 {
    let width = u64::try_from(high - low).unwrap_or(1).max(1);
    low + i32::try_from(random.below(width)).unwrap_or(0)
}

fn parts(at: usize, segment: &Segment, bought: bool, random: &mut Random) -> Vec<Part> {
    let count = 3 + random.below(8);
    let code: String = segment
        .process
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(2)
        .collect();
    (0..count)
        .map(|part| {
            let list = between(random, 8.0, 95.0) * around_one(random, 0.4);
            let tool = bought || (segment.process == "Stamping" && random.share() < 0.6);
            let margin_lost = if bought { 0.11 } else { 0.0 };
            Part {
                item: format!("{}-{}{part:02}", code.to_ascii_uppercase(), 100 + at),
                list_cents: cents(list),
                cost: segment.cost * between(random, 0.9, 1.1) - margin_lost / 4.0,
                material: pick(random, segment.materials),
                machine: pick(random, segment.machines),
                tooling_cents: if tool {
                    cents(libm::round(between(random, 18.0, 140.0)) * 100.0)
                } else {
                    0
                },
                ordered: false,
            }
        })
        .collect()
}

/// An amount of money in whole cents.
#[allow(clippy::cast_possible_truncation)]
pub fn cents(amount: f64) -> i64 {
    libm::round(amount * 100.0) as i64
}
