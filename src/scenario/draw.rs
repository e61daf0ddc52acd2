//! Random numbers between a low and a high end, most often near the likely value.
//!
//! Each input has a sequence of its own, made from the seed and its key, so that one range more
//! leaves the draws of the others as they were, and two scenarios meet the same fortune.

use oorandom::Rand64;

use crate::base::crc::crc32;

use super::simulate::Shape;

/// Cells of the table that turns an even number into one of a PERT.
const CELLS: u16 = 512;

/// One uncertain input.
#[derive(Debug, Clone)]
pub struct Drawn {
    random: Rand64,
    low: f64,
    likely: f64,
    high: f64,
    /// The chance of being below each edge of a cell; empty for a triangle.
    below: Vec<f64>,
}

impl Drawn {
    /// An input of a key, with its range in its unit; `low <= likely <= high`.
    pub fn new(seed: u64, key: &str, range: (f64, f64, f64), shape: Shape) -> Self {
        let (low, likely, high) = range;
        Self {
            random: Self::random(seed, key),
            low,
            likely,
            high,
            below: match shape {
                Shape::Triangular => Vec::new(),
                Shape::Pert => pert(low, likely, high),
            },
        }
    }

    fn random(seed: u64, key: &str) -> Rand64 {
        Rand64::new(u128::from(seed) << 32 | u128::from(crc32(key.as_bytes())))
    }

    /// Its likely value.
    pub const fn likely(&self) -> f64 {
        self.likely
    }

    /// The even numbers behind the draws of a key, from the first.
    pub fn shares(seed: u64, key: &str) -> impl Iterator<Item = f64> {
        let mut random = Self::random(seed, key);
        std::iter::repeat_with(move || random.rand_float())
    }

    /// The next number.
    pub fn draw(&mut self) -> f64 {
        let share = self.random.rand_float();
        if self.below.is_empty() {
            triangle(self.low, self.likely, self.high, share)
        } else {
            self.low + (self.high - self.low) * self.cell(share)
        }
    }

    /// The place of a share of the draws, 0 to 1, straight within a cell.
    fn cell(&self, share: f64) -> f64 {
        let after = self.below.partition_point(|below| *below <= share);
        let before = after.saturating_sub(1);
        let edge = |at: usize| self.below.get(at).copied().unwrap_or(1.0);
        let (a, b) = (edge(before), edge(after));
        let part = if b > a { (share - a) / (b - a) } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a place in a short table")]
        let place = before as f64 + part;
        (place / f64::from(CELLS)).min(1.0)
    }
}

/// The number of a triangular distribution below which lies this share.
fn triangle(low: f64, likely: f64, high: f64, share: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return low;
    }
    let left = (likely - low) / width;
    if share < left {
        low + libm::sqrt(share * width * (likely - low))
    } else {
        high - libm::sqrt((1.0 - share) * width * (high - likely))
    }
}

/// A beta distribution with the mean (low + 4 likely + high) / 6 (Malcolm, Roseboom, Clark and Fazar
/// 1959), as the chance below each edge of a cell; each cell by Simpson's rule.
fn pert(low: f64, likely: f64, high: f64) -> Vec<f64> {
    let width = high - low;
    if width <= 0.0 {
        return Vec::new();
    }
    let (a, b) = (4.0 * (likely - low) / width, 4.0 * (high - likely) / width);
    let density = |x: f64| {
        if x <= 0.0 || x >= 1.0 {
            // 0 to the power of 0 is 1: a triangle's edge.
            let flat = if x <= 0.0 { a } else { b };
            return if flat == 0.0 { 1.0 } else { 0.0 };
        }
        libm::exp(a * libm::log(x) + b * libm::log1p(-x))
    };
    let step = 1.0 / f64::from(CELLS);
    let (mut below, mut sum, mut before) = (vec![0.0], 0.0, density(0.0));
    for cell in 0..CELLS {
        let from = f64::from(cell) * step;
        let after = density(from + step);
        sum += before + 4.0 * density(from + step / 2.0) + after;
        below.push(sum);
        before = after;
    }
    for edge in &mut below {
        *edge /= sum;
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::inc_beta;

    #[test]
    fn the_tables_are_the_distributions() {
        let drawn = Drawn::new(1, "x", (10.0, 16.0, 30.0), Shape::Pert);
        for share in [0.01, 0.1, 0.5, 0.9, 0.99] {
            let x = drawn.cell(share);
            assert!((inc_beta(x, 2.2, 3.8).0 - share).abs() < 2e-5, "{x}");
            let y = triangle(0.0, 0.3, 1.0, share);
            let below = if y < 0.3 {
                y * y / 0.3
            } else {
                1.0 - (1.0 - y) * (1.0 - y) / 0.7
            };
            assert!((below - share).abs() < 1e-12);
        }
    }

    #[test]
    fn a_seed_repeats_and_a_key_has_draws_of_its_own() {
        let draws = |seed, key: &str, shape| {
            let mut drawn = Drawn::new(seed, key, (0.0, 0.0, 3.0), shape);
            (0..5_000).map(|_| drawn.draw()).collect::<Vec<f64>>()
        };
        for (shape, mean) in [(Shape::Triangular, 1.0), (Shape::Pert, 0.5)] {
            let numbers = draws(7, "a", shape);
            assert_eq!(numbers, draws(7, "a", shape));
            assert_ne!(numbers, draws(7, "b", shape));
            assert_ne!(numbers, draws(8, "a", shape));
            let found = numbers.iter().sum::<f64>() / 5_000.0;
            assert!((found - mean).abs() < 0.03, "{found}");
            assert!(numbers.iter().all(|x| (0.0..=3.0).contains(x)));
        }
    }
}
