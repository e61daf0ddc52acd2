//! The least value of a smooth function of up to four numbers, in a box.
//!
//! BFGS with the analytic slope and a line search by halving and doubling under the weak Wolfe
//! conditions (Nocedal and Wright 2006, chapters 3 and 6; Lewis and Overton 2013). A number at its
//! bound that wants to go further rests. One call of [`Bfgs::step`] is one line search, so that a
//! caller can stop between two. Four numbers always: unused ones have slope zero and stay.

use std::array::from_fn;

use super::symmetric::{Symmetric, dot, times};

/// Four numbers.
pub type Point = [f64; 4];

/// The value and the slope at a point.
pub type Sloped<'a> = &'a mut dyn FnMut(&Point) -> (f64, Point);

/// Evaluations in one line search.
const TRIALS: u32 = 40;
/// Steps in one search.
const STEPS: u32 = 300;

/// A search under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Bfgs {
    at: Point,
    value: f64,
    slope: Point,
    inverse: Symmetric,
    /// The inverse is a mere guess, to be scaled by the first step.
    fresh: bool,
    bound: f64,
    tolerance: f64,
    steps: u32,
    done: bool,
}

fn identity(scale: f64) -> Symmetric {
    from_fn(|i| from_fn(|j| if i == j { scale } else { 0.0 }))
}

impl Bfgs {
    /// Begins at a point, all numbers between `-bound` and `bound`; ends where the next step promises
    /// to lower the value by less than `tolerance`.
    pub fn new(start: &Point, bound: f64, tolerance: f64, f: Sloped) -> Self {
        let at = start.map(|v| {
            if v.is_nan() {
                0.0
            } else {
                v.clamp(-bound, bound)
            }
        });
        let (value, slope) = f(&at);
        Self {
            at,
            value,
            slope,
            inverse: identity(1.0),
            fresh: true,
            bound,
            tolerance,
            steps: 0,
            done: !value.is_finite(),
        }
    }

    /// Begins where an earlier search for a similar function ended, with its curvature.
    #[must_use]
    pub fn with_curvature_of(mut self, other: &Self) -> Self {
        if !other.fresh {
            self.inverse = other.inverse;
            self.fresh = false;
        }
        self
    }

    /// The best point so far.
    pub const fn at(&self) -> &Point {
        &self.at
    }

    /// The value there.
    pub const fn value(&self) -> f64 {
        self.value
    }

    /// Whether some number rests at its bound.
    pub fn bounded(&self) -> bool {
        self.at.iter().any(|v| v.abs() >= self.bound)
    }

    /// Line searches so far.
    pub const fn steps(&self) -> u32 {
        self.steps
    }

    /// The slope without the numbers that rest at a bound.
    fn free_slope(&self) -> Point {
        from_fn(|i| {
            let (v, g) = (
                self.at.get(i).copied().unwrap_or_default(),
                self.slope.get(i).copied().unwrap_or_default(),
            );
            if (v >= self.bound && g < 0.0) || (v <= -self.bound && g > 0.0) {
                0.0
            } else {
                g
            }
        })
    }

    fn direction(&self, free: &Point) -> Point {
        let full = times(&self.inverse, free);
        from_fn(|i| match (free.get(i), full.get(i)) {
            (Some(slope), Some(way)) if *slope != 0.0 => -way,
            _ => 0.0,
        })
    }

    /// One line search; `false` when there is nothing more to gain.
    pub fn step(&mut self, f: Sloped) -> bool {
        if self.done || self.steps >= STEPS {
            self.done = true;
            return false;
        }
        self.steps += 1;
        let free = self.free_slope();
        let mut way = self.direction(&free);
        let mut fall = dot(&way, &free);
        if !fall.is_finite() || fall > -1e-3 * self.tolerance {
            // The remembered curvature may be wrong: the plain slope decides.
            let steep = libm::sqrt(dot(&free, &free));
            if self.fresh || steep < 1e-12 || fall.abs() < 1e-3 * self.tolerance && fall <= 0.0 {
                self.done = true;
                return false;
            }
            self.inverse = identity(1.0 / steep);
            self.fresh = true;
            way = self.direction(&free);
            fall = dot(&way, &free);
        }
        if !self.fresh && -0.5 * fall < self.tolerance {
            self.done = true;
            return false;
        }
        let first = if self.fresh {
            (0.5 / libm::sqrt(dot(&way, &way))).min(1.0)
        } else {
            1.0
        };
        let Some((at, value, slope)) = self.search(&way, fall, first, f) else {
            // Nothing lower along this way: start over once from the plain slope.
            self.done = self.fresh;
            self.inverse = identity(1.0);
            self.fresh = true;
            return !self.done;
        };
        self.learn(&at, &slope);
        let gain = self.value - value;
        (self.at, self.value, self.slope) = (at, value, slope);
        self.done = gain <= 1e-15 * value.abs() && gain < self.tolerance;
        !self.done
    }

    fn search(&self, way: &Point, fall: f64, first: f64, f: Sloped) -> Option<(Point, f64, Point)> {
        let (mut low, mut high, mut length) = (0.0_f64, f64::INFINITY, first);
        let mut best: Option<(Point, f64, Point)> = None;
        for _ in 0..TRIALS {
            let at: Point = from_fn(|i| match (self.at.get(i), way.get(i)) {
                (Some(v), Some(d)) => (v + length * d).clamp(-self.bound, self.bound),
                _ => 0.0,
            });
            let (value, slope) = f(&at);
            let finite = value.is_finite() && slope.iter().all(|g| g.is_finite());
            if !finite || value > self.value + 1e-4 * length * fall {
                high = length;
            } else {
                let steep = dot(&slope, way);
                let better = best.as_ref().is_none_or(|b| value <= b.1);
                if better {
                    best = Some((at, value, slope));
                }
                if steep >= 0.9 * fall || at.iter().any(|v| v.abs() >= self.bound) {
                    break;
                }
                low = length;
            }
            length = if high.is_finite() {
                f64::midpoint(low, high)
            } else {
                2.0 * length
            };
            if length < 1e-14 {
                break;
            }
        }
        best
    }

    /// The BFGS update of the inverse curvature (Nocedal and Wright 6.17).
    fn learn(&mut self, at: &Point, slope: &Point) {
        let less = |a: &Point, b: &Point| -> Point {
            from_fn(|i| {
                a.get(i).copied().unwrap_or_default() - b.get(i).copied().unwrap_or_default()
            })
        };
        let (moved, turned) = (less(at, &self.at), less(slope, &self.slope));
        let along = dot(&moved, &turned);
        if !along.is_finite()
            || along <= 1e-14 * libm::sqrt(dot(&moved, &moved) * dot(&turned, &turned))
        {
            return;
        }
        if self.fresh {
            self.inverse = identity(along / dot(&turned, &turned));
            self.fresh = false;
        }
        let image = times(&self.inverse, &turned);
        let scale = (1.0 + dot(&turned, &image) / along) / along;
        let pick = |p: &Point, i: usize| p.get(i).copied().unwrap_or_default();
        let old = self.inverse;
        self.inverse = from_fn(|i| {
            let row = old.get(i).copied().unwrap_or_default();
            from_fn(|j| {
                let outer = pick(&moved, i) * pick(&moved, j) * scale;
                let mixed = pick(&image, i) * pick(&moved, j) + pick(&moved, i) * pick(&image, j);
                pick(&row, j) + outer - mixed / along
            })
        });
    }

    /// Steps until there is nothing more to gain.
    #[must_use]
    pub fn run(mut self, f: Sloped) -> Self {
        while self.step(f) {}
        self
    }
}

/// The curvature at a point: central differences of the slope.
pub fn curvature(at: &Point, width: f64, f: Sloped) -> Symmetric {
    from_fn(|i| {
        let beside = |by: f64| -> Point {
            from_fn(|j| at.get(j).copied().unwrap_or_default() + if i == j { by } else { 0.0 })
        };
        let (_, right) = f(&beside(width));
        let (_, left) = f(&beside(-width));
        from_fn(|j| {
            (right.get(j).copied().unwrap_or_default() - left.get(j).copied().unwrap_or_default())
                / (2.0 * width)
        })
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)] // Bounds are reached exactly.

    use super::*;

    #[test]
    fn it_finds_the_bottom_of_a_bent_valley() {
        let mut calls = 0;
        // Rosenbrock's, in the first two numbers.
        let mut f = |p: &Point| {
            calls += 1;
            let (a, b) = (1.0 - p[0], p[1] - p[0] * p[0]);
            (
                a * a + 100.0 * b * b,
                [-2.0 * a - 400.0 * p[0] * b, 200.0 * b, 0.0, 0.0],
            )
        };
        let end = Bfgs::new(&[-1.2, 1.0, 0.0, 0.0], 12.0, 1e-16, &mut f).run(&mut f);
        assert!(
            (end.at()[0] - 1.0).abs() < 1e-6 && (end.at()[1] - 1.0).abs() < 1e-6,
            "{end:?}"
        );
        assert!(calls < 120, "{calls}");
    }

    #[test]
    fn it_rests_at_the_bound() {
        let mut f = |p: &Point| {
            (
                p[0] + (p[1] - 3.0) * (p[1] - 3.0),
                [1.0, 2.0 * (p[1] - 3.0), 0.0, 0.0],
            )
        };
        let end = Bfgs::new(&[0.0; 4], 2.0, 1e-12, &mut f).run(&mut f);
        assert_eq!((end.at()[0], end.at()[1]), (-2.0, 2.0));
        assert!(end.bounded());
    }

    #[test]
    fn what_is_not_finite_ends_it() {
        let mut f = |_: &Point| (f64::NAN, [f64::NAN; 4]);
        let end = Bfgs::new(&[0.0; 4], 12.0, 1e-9, &mut f).run(&mut f);
        assert!(end.at().iter().all(|v| *v == 0.0));
        let mut f = |p: &Point| {
            if p[0] > 1.0 {
                (f64::NAN, [f64::NAN; 4])
            } else {
                (
                    (p[0] - 0.9) * (p[0] - 0.9),
                    [2.0 * (p[0] - 0.9), 0.0, 0.0, 0.0],
                )
            }
        };
        let end = Bfgs::new(&[-5.0, 0.0, 0.0, 0.0], 12.0, 1e-14, &mut f).run(&mut f);
        assert!((end.at()[0] - 0.9).abs() < 1e-6);
    }

    #[test]
    fn curvature_of_a_parabola() {
        let mut f = |p: &Point| {
            (
                p[0] * p[0] * 1.5 + p[0] * p[1],
                [3.0 * p[0] + p[1], p[0], 0.0, 0.0],
            )
        };
        let found = curvature(&[0.3, -0.2, 0.0, 0.0], 1e-3, &mut f);
        assert!((found[0][0] - 3.0).abs() < 1e-9 && (found[0][1] - 1.0).abs() < 1e-9);
    }
}
