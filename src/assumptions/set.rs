//! What has been chosen: only differences from the defaults, each with where it came from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The default of the registry.
    Default,
    /// Estimated from the order data.
    Data,
    /// Set by the user.
    User,
    /// From an opened link or file.
    Link,
    /// Taken by the user from orders that are like it.
    Filled,
}

/// One chosen value: canonical text (`37.5`, `end_of_year`, `on`) and its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Canonical text, as the registry prints it.
    pub value: String,
    /// Where it came from: `User` or `Link`; the other origins are not stored.
    pub origin: Origin,
}

/// The chosen values by key; what is absent has its estimate from the data or its default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Assumptions {
    /// By the assumption's key.
    pub chosen: BTreeMap<String, Setting>,
}
