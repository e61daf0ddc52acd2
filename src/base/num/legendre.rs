//! Gauss-Legendre quadrature.

/// Nodes and weights on -1..1, found by Newton's method from the Chebyshev guess (Numerical Recipes
/// 4.6). Exact for polynomials up to degree `2 n - 1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Legendre(Vec<(f64, f64)>);

impl Legendre {
    /// A rule of so many nodes.
    pub fn new(nodes: u32) -> Self {
        let count = f64::from(nodes.max(1));
        let rule = (1..=nodes.max(1)).map(|i| {
            let guess = std::f64::consts::PI * (f64::from(i) - 0.25) / (count + 0.5);
            let mut x = libm::cos(guess);
            let mut slope = 1.0;
            for _ in 0..50 {
                let (value, derivative) = polynomial(nodes.max(1), x);
                slope = derivative;
                let step = value / derivative;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        });
        Self(rule.collect())
    }

    /// The integral of `f` from `from` to `to`.
    ///
    /// ```
    /// use perennial::base::num::Legendre;
    /// let area = Legendre::new(8).integrate(0.0, 2.0, |x| x * x);
    /// assert!((area - 8.0 / 3.0).abs() < 1e-14);
    /// ```
    pub fn integrate(&self, from: f64, to: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
        let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
        half * self
            .0
            .iter()
            .map(|(x, w)| w * f(middle + half * x))
            .sum::<f64>()
    }

    /// Places and weights between two points.
    pub fn places(&self, from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
        self.0
            .iter()
            .map(move |(x, w)| (middle + half * x, half * w))
    }
}

/// The Legendre polynomial and its derivative.
fn polynomial(degree: u32, x: f64) -> (f64, f64) {
    let (mut now, mut before) = (1.0, 0.0);
    for i in 0..degree {
        let i = f64::from(i);
        (now, before) = (((2.0 * i + 1.0) * x * now - i * before) / (i + 1.0), now);
    }
    (now, f64::from(degree) * (x * now - before) / (x * x - 1.0))
}
