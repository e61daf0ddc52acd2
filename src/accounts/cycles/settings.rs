//! The thresholds of order cycles.

/// When an account is overdue, lost or lapsed, and who calls; every value can be edited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Days since the last order over the cycle from which an account can be overdue (S17: 1.25).
    pub overdue_ratio: f64,
    /// The share of comparable intervals that must have ended by now for it to be overdue, 0 to 1:
    /// 0.9 is the end of the window.
    pub late_share: f64,
    /// Below this chance of being alive, 0 to 1, it is probably lost.
    pub lost_below: f64,
    /// Days since the last order over the cycle from which an account counts as lapsed (S22: 3).
    pub lapsed_ratio: f64,
    /// Value per year, in the base currency, from which a salesperson calls.
    pub call_from_per_year: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            overdue_ratio: 1.25,
            late_share: 0.9,
            lost_below: 0.3,
            lapsed_ratio: 3.0,
            call_from_per_year: 5_000.0,
        }
    }
}

/// Who turns to an account (S17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Route {
    /// The salesperson calls.
    Call,
    /// Marketing writes.
    Mail,
}

impl Route {
    /// The word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Call => "Call",
            Self::Mail => "Mail",
        }
    }
}

impl Settings {
    /// Call from the cut upwards, else mail (S17). Without a value it is mail.
    ///
    /// ```
    /// use perennial::accounts::cycles::{Route, Settings};
    /// assert_eq!(Settings::default().route(5_000.0), Route::Call);
    /// assert_eq!(Settings::default().route(4_999.0), Route::Mail);
    /// assert_eq!(Settings::default().route(f64::NAN), Route::Mail);
    /// ```
    pub fn route(&self, value_per_year: f64) -> Route {
        if value_per_year >= self.call_from_per_year {
            Route::Call
        } else {
            Route::Mail
        }
    }
}
