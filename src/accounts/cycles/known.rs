//! What the user knows of an account's orders better than their dates tell.

use serde::{Deserialize, Serialize};

use crate::base::Date;

/// What the user has said of an account; it comes before anything recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// A contract: the next order is due on this day.
    Contract(Date),
    /// A blanket order whose releases end on this day: the next one is due then.
    Blanket(Date),
    /// Buying in season: the next order is due on this day, give or take a month.
    Seasonal(Date),
    /// Orders by project, without a rhythm: never overdue.
    Projects,
}

impl Known {
    /// The day on which an order is due, where that is agreed.
    pub const fn due(self) -> Option<Date> {
        match self {
            Self::Contract(due) | Self::Blanket(due) | Self::Seasonal(due) => Some(due),
            Self::Projects => None,
        }
    }
}
