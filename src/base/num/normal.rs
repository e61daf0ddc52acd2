//! Normal random numbers from a seed.

use oorandom::Rand64;

/// Standard normal numbers, two at a time (Box and Muller 1958); the same seed gives the same bits
/// on every platform.
#[derive(Debug, Clone)]
pub struct Normals {
    random: Rand64,
    spare: Option<f64>,
}

impl Normals {
    /// A sequence of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Self {
            random: Rand64::new(u128::from(seed)),
            spare: None,
        }
    }

    /// The next number.
    pub fn draw(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // 1 - u is never zero.
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.random.rand_float()));
        let angle = std::f64::consts::TAU * self.random.rand_float();
        self.spare = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// A number evenly between 0 and 1, 1 excluded.
    pub fn share(&mut self) -> f64 {
        self.random.rand_float()
    }
}

/// The chance that a standard normal number is at most `x`.
pub fn normal_below(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_repeat_and_have_mean_zero_and_variance_one() {
        let draw = |seed| {
            let mut normals = Normals::new(seed);
            (0..20_000).map(|_| normals.draw()).collect::<Vec<f64>>()
        };
        let numbers = draw(7);
        assert_eq!(numbers, draw(7));
        assert_ne!(numbers, draw(8));
        let count = 20_000.0;
        let mean = numbers.iter().sum::<f64>() / count;
        let square = numbers.iter().map(|v| v * v).sum::<f64>() / count;
        assert!(
            mean.abs() < 0.03 && (square - 1.0).abs() < 0.04,
            "{mean} {square}"
        );
        assert!((normal_below(1.0) - 0.841_344_746_068_543).abs() < 1e-14);
    }
}
