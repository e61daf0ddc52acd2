//! Normal, gamma and beta random numbers from a seed.

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

    /// A gamma number of a shape above zero and scale 1 (Marsaglia and Tsang 2000, ACM TOMS 26:
    /// 363-372); 0 for a shape that is none.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape.is_nan() || shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            let power = libm::log(1.0 - self.share()) / shape;
            return self.gamma(shape + 1.0) * libm::exp(power);
        }
        let middle = shape - 1.0 / 3.0;
        let width = 1.0 / libm::sqrt(9.0 * middle);
        loop {
            let x = self.draw();
            let root = 1.0 + width * x;
            if root <= 0.0 {
                continue;
            }
            let cube = root * root * root;
            let least = 0.5 * x * x + middle * (1.0 - cube + libm::log(cube));
            if libm::log(1.0 - self.share()) < least {
                return middle * cube;
            }
        }
    }

    /// A beta number between 0 and 1.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (first, second) = (self.gamma(a), self.gamma(b));
        if first + second > 0.0 {
            first / (first + second)
        } else {
            f64::from(u8::from(self.share() * (a + b) < a))
        }
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

    #[test]
    fn gamma_and_beta_numbers_have_their_means_and_variances() {
        let count = 40_000.0;
        for shape in [0.3, 1.0, 4.5, 60.0] {
            let mut random = Normals::new(11);
            let numbers: Vec<f64> = (0..40_000).map(|_| random.gamma(shape)).collect();
            let mean = numbers.iter().sum::<f64>() / count;
            let variance = numbers.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count;
            assert!((mean / shape - 1.0).abs() < 0.04, "{shape}: {mean}");
            assert!((variance / shape - 1.0).abs() < 0.08, "{shape}: {variance}");
        }
        let mut random = Normals::new(12);
        let mean = (0..40_000).map(|_| random.beta(0.5, 2.0)).sum::<f64>() / count;
        assert!((mean - 0.2).abs() < 0.005, "{mean}");
        assert!((random.gamma(0.0), random.gamma(f64::NAN)) == (0.0, 0.0));
    }
}
