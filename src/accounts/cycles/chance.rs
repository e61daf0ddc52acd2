//! The chance that an account still buys: from a fitted model, or from a fallback that says so (S20).

/// Where an account's chance of being alive comes from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Chance {
    /// From a model fitted to the book: a probability, 0 to 1, as of the as-of date.
    Fitted(f64),
    /// From how late the account is: `exp(-max(0, t - cycle) / cycle)`.
    #[default]
    Fallback,
}

impl Chance {
    /// The probability that the account is alive, 0 to 1. `past_due_days` are the days since the
    /// expected date, negative before it. A fitted value that is no probability gives way to the
    /// fallback (S20: exponential in the time past the cycle, in cycles; a rule, not a fit).
    ///
    /// ```
    /// use perennial::accounts::cycles::Chance;
    /// assert_eq!(Chance::Fallback.alive(-3.0, 30.0), 1.0);
    /// assert!((Chance::Fallback.alive(30.0, 30.0) - 0.367_879_441).abs() < 1e-9);
    /// assert_eq!(Chance::Fitted(0.7).alive(30.0, 30.0), 0.7);
    /// assert_eq!(Chance::Fitted(f64::NAN).alive(-3.0, 30.0), 1.0);
    /// ```
    pub fn alive(self, past_due_days: f64, cycle_days: f64) -> f64 {
        match self {
            Self::Fitted(chance) if (0.0..=1.0).contains(&chance) => chance,
            _ => libm::exp(-past_due_days.max(0.0) / cycle_days.max(1.0)),
        }
    }

    /// What a reader must know of it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fitted(_) => "from the fitted model",
            Self::Fallback => "a rule of thumb: it falls with the time past the usual interval",
        }
    }
}
