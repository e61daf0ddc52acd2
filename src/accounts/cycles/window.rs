//! When the next order is due by a model fitted to the whole book: it stands before an account's own
//! gaps, which are few.

/// Days from an account's last order, and how late that makes it now (MODELS 2.4).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// One order in ten comes earlier.
    pub early_days: f64,
    /// As many come earlier as later.
    pub middle_days: f64,
    /// One in ten comes later.
    pub late_days: f64,
    /// The share of comparable intervals that would have ended by the as-of date, 0 to 1.
    pub lateness: f64,
}

impl Window {
    /// Whether it can be used: finite, in order, and not before the last order.
    pub fn holds(&self) -> bool {
        let Self {
            early_days,
            middle_days,
            late_days,
            lateness,
        } = *self;
        let ordered = 0.0 <= early_days && early_days <= middle_days && middle_days <= late_days;
        ordered && middle_days >= 0.5 && late_days.is_finite() && (0.0..=1.0).contains(&lateness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_window_is_not_used() {
        let window = Window {
            early_days: 10.0,
            middle_days: 20.0,
            late_days: 35.0,
            lateness: 0.4,
        };
        assert!(window.holds());
        for wrong in [
            Window {
                late_days: f64::INFINITY,
                ..window
            },
            Window {
                middle_days: f64::NAN,
                ..window
            },
            Window {
                early_days: 30.0,
                ..window
            },
            Window {
                lateness: 1.5,
                ..window
            },
        ] {
            assert!(!wrong.holds(), "{wrong:?}");
        }
    }
}
