//! S31: who must agree to a deal.

use serde::{Deserialize, Serialize};

use super::deal::Deal;

/// Who must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Approval {
    /// Whoever sells.
    Free,
    /// A manager.
    Manager,
    /// Finance.
    #[default]
    Finance,
}

impl Approval {
    /// Who must agree to a contribution margin, all three as fractions; from each bar on.
    ///
    /// ```
    /// use perennial::deals::Approval;
    /// assert_eq!(Approval::of(Some(0.28), 0.28, 0.22), Approval::Free);
    /// assert_eq!(Approval::of(Some(0.25), 0.28, 0.22), Approval::Manager);
    /// assert_eq!(Approval::of(Some(0.2199), 0.28, 0.22), Approval::Finance);
    /// assert_eq!(Approval::of(None, 0.28, 0.22), Approval::Finance);
    /// ```
    pub fn of(margin: Option<f64>, target: f64, floor: f64) -> Self {
        // Margins typed in decimals meet their own bar in spite of binary rounding.
        let reaches = |bar: f64| margin.is_some_and(|margin| margin >= bar - 1e-12);
        if reaches(target) {
            Self::Free
        } else if reaches(floor) {
            Self::Manager
        } else {
            Self::Finance
        }
    }
}

impl Deal {
    /// Who must agree to it: by its margin, and to a loss nobody but finance.
    pub fn approval(&self) -> Approval {
        if self.terms.npv() < 0.0 {
            return Approval::Finance;
        }
        let target = self.inputs.deal_target.fraction();
        Approval::of(self.margin(), target, self.inputs.deal_floor.fraction())
    }
}
