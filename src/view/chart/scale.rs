//! Ticks at round numbers and the linear scale between values and pixels.
//!
//! Ticks follow the semantics of d3-array's `ticks`: steps of 1, 2 or 5 times a power of ten, about
//! as many as asked for, all within the range. Values in, pixels out; nothing here draws.

/// A linear scale from a range of values to a range of pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    low: f64,
    span: f64,
    from: f64,
    length: f64,
}

impl Linear {
    /// From values `domain` to pixels `range`; an empty domain maps to the middle.
    pub fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        Self {
            low: domain.0,
            span: domain.1 - domain.0,
            from: range.0,
            length: range.1 - range.0,
        }
    }

    /// The pixel of a value.
    pub fn at(&self, value: f64) -> f64 {
        if self.span == 0.0 {
            return self.from + self.length / 2.0;
        }
        self.from + (value - self.low) / self.span * self.length
    }
}

/// The step between ticks: the size of a step as a power of ten and a factor of 1, 2, 5 or 10.
#[derive(Debug, Clone, Copy)]
struct Step {
    power: i32,
    factor: f64,
}

impl Step {
    fn of(raw: f64) -> Option<Self> {
        if raw <= 0.0 || !raw.is_finite() {
            return None;
        }
        let power = libm::floor(libm::log10(raw));
        let rest = raw / libm::pow(10.0, power);
        // Geometric means of neighbours: the nearest factor on a logarithmic scale.
        let factor = if rest >= libm::sqrt(50.0) {
            10.0
        } else if rest >= libm::sqrt(10.0) {
            5.0
        } else if rest >= libm::sqrt(2.0) {
            2.0
        } else {
            1.0
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the exponent of an f64 is small"
        )]
        let power = power as i32;
        Some(Self { power, factor })
    }

    /// A multiple of the step; negative powers divide, so that 3 steps of 0.1 are 0.3.
    fn times(self, count: f64) -> f64 {
        if self.power < 0 {
            count / (libm::pow(10.0, f64::from(-self.power)) / self.factor)
        } else {
            count * libm::pow(10.0, f64::from(self.power)) * self.factor
        }
    }

    /// How many steps a value is, not rounded.
    fn count(self, value: f64) -> f64 {
        if self.power < 0 {
            value * (libm::pow(10.0, f64::from(-self.power)) / self.factor)
        } else {
            value / (libm::pow(10.0, f64::from(self.power)) * self.factor)
        }
    }
}

/// Round numbers within a range, about `count` of them, ascending.
///
/// ```
/// use perennial::view::chart::scale::ticks;
/// assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
/// ```
pub fn ticks(start: f64, stop: f64, count: u32) -> Vec<f64> {
    if count == 0 || !start.is_finite() || !stop.is_finite() {
        return Vec::new();
    }
    if start.total_cmp(&stop).is_eq() {
        return vec![start];
    }
    let (low, high) = (start.min(stop), start.max(stop));
    let Some(unit) = Step::of((high - low) / f64::from(count)) else {
        return Vec::new();
    };
    let mut first = libm::round(unit.count(low));
    let mut last = libm::round(unit.count(high));
    if unit.times(first) < low {
        first += 1.0;
    }
    if unit.times(last) > high {
        last -= 1.0;
    }
    let mut found = Vec::new();
    while first <= last && found.len() < 1_000 {
        found.push(unit.times(first));
        first += 1.0;
    }
    found
}

/// The range widened to the nearest ticks.
pub fn nice(low: f64, high: f64, count: u32) -> (f64, f64) {
    let Some(step) = Step::of((high - low) / f64::from(count.max(1))) else {
        return if high > low {
            (low, high)
        } else {
            (low.min(0.0), high.max(1.0))
        };
    };
    let low = step.times(libm::floor(step.count(low) + 1e-9));
    let high = step.times(libm::ceil(step.count(high) - 1e-9));
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values printed by d3-array 3.2.4.
    #[test]
    fn ticks_are_those_of_d3() {
        assert_eq!(ticks(0.0, 10.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(0.0, 1.0, 4), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(0.0, 1.0, 1), [0.0, 1.0]);
        assert_eq!(ticks(-10.0, 10.0, 3), [-10.0, -5.0, 0.0, 5.0, 10.0]);
        assert_eq!(ticks(-10.0, 10.0, 2), [-10.0, 0.0, 10.0]);
        assert_eq!(
            ticks(0.0, 1.0, 10),
            [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
        );
        assert_eq!(ticks(1.98, 7.31, 4), [2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!(
            ticks(0.0, 123_456.0, 5),
            [
                0.0, 20_000.0, 40_000.0, 60_000.0, 80_000.0, 100_000.0, 120_000.0
            ]
        );
    }

    #[test]
    fn odd_ranges_give_no_nonsense() {
        assert_eq!(ticks(3.0, 3.0, 5), [3.0]);
        assert!(ticks(f64::NAN, 1.0, 5).is_empty());
        assert!(ticks(0.0, 1.0, 0).is_empty());
        assert_eq!(ticks(1.0, 0.0, 1), [0.0, 1.0]);
    }

    #[test]
    fn nice_ranges_hold_the_values() {
        assert_eq!(nice(0.0, 123_456.0, 5), (0.0, 140_000.0));
        assert_eq!(nice(-3.0, 97.0, 5), (-20.0, 100.0));
        assert_eq!(nice(0.0, 0.0, 5), (0.0, 1.0));
    }

    #[test]
    fn a_scale_maps_ends_to_ends() {
        let s = Linear::new((0.0, 10.0), (100.0, 0.0));
        assert_eq!((s.at(0.0), s.at(5.0), s.at(10.0)), (100.0, 50.0, 0.0));
    }
}
