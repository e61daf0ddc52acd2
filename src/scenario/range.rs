//! What is uncertain: low, likely and high, as typed by people and as the registry writes it.

use serde::{Deserialize, Serialize};

use crate::assumptions::Spec;
use crate::assumptions::spec::Kind;
use crate::base::Refused;
use crate::base::money::parse_plain;
use crate::registry::{self, entry};

/// A range of an assumption, in its unit; low <= likely <= high, low < high.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub(super) low: String,
    pub(super) likely: Option<String>,
    pub(super) high: String,
}

impl Range {
    /// A range of an assumption; without a likely value, the one in use is the likely one.
    ///
    /// # Errors
    /// What was found, what is allowed and what to do.
    pub fn new(key: &str, low: &str, likely: Option<&str>, high: &str) -> Result<Self, Refused> {
        let spec = numeric(key)?;
        let range = Self {
            low: entry::canonical(key, low)?,
            likely: likely.map(|text| entry::canonical(key, text)).transpose()?,
            high: entry::canonical(key, high)?,
        };
        let (from, to) = (parse_plain(&range.low), parse_plain(&range.high));
        let middle = range.likely.as_deref().map(parse_plain);
        let inside = middle.is_none_or(|middle| from <= middle && middle <= to);
        if from >= to || !inside {
            return Err(format!(
                "{}: found {} to {}{}. The low end must be below the high one, and the likely value \
                 between them. Type them as in 70 to 90, or 70, 85, 90.",
                spec.label,
                range.low,
                range.high,
                range
                    .likely
                    .as_ref()
                    .map(|text| format!(", likely {text}"))
                    .unwrap_or_default()
            ).into());
        }
        Ok(range)
    }

    /// Reads what people type: `70 to 90`, `70 - 90 %`, `70; 85; 90` (low, likely, high), or
    /// `+-10 %` of the value in use, which must be given for that.
    ///
    /// ```
    /// use perennial::scenario::Range;
    /// let range = Range::read("retention", "70 to 90 %", None).unwrap();
    /// assert_eq!((range.low(), range.likely(), range.high()), ("70", None, "90"));
    /// let three = Range::read("cac", "4000; 5000; 9000", None).unwrap();
    /// assert_eq!(three.likely(), Some("5000"));
    /// let around = Range::read("cac", "±10 %", Some("5000")).unwrap();
    /// assert_eq!((around.low(), around.high()), ("4500", "5500"));
    /// ```
    ///
    /// # Errors
    /// What was found, what is allowed and what to do.
    pub fn read(key: &str, text: &str, in_use: Option<&str>) -> Result<Self, Refused> {
        let text = text.trim().replace('−', "-");
        let around = text.strip_prefix('±').or(text.strip_prefix("+-"));
        if let Some(share) = around.or(text.strip_prefix("+/-")) {
            return Self::around(key, share, in_use);
        }
        let lower = text.to_lowercase();
        let parts: Vec<&str> = if lower.contains(';') {
            lower.split(';').collect()
        } else if lower.contains(" to ") {
            lower.split(" to ").collect()
        } else if lower.contains("..") {
            lower.split("..").collect()
        } else {
            // A dash between two numbers; one in front is a sign.
            let after = lower.get(1..).unwrap_or_default();
            match after
                .find(['-', '–'])
                .and_then(|at| lower.split_at_checked(at + 1))
            {
                Some((low, high)) => vec![low, high.trim_start_matches(['-', '–'])],
                None => vec![lower.as_str()],
            }
        };
        let typed = |text: &str| entry::typed(key, text);
        match parts.as_slice() {
            [low, high] => Self::new(key, &typed(low)?, None, &typed(high)?),
            [low, likely, high] => {
                Self::new(key, &typed(low)?, Some(&typed(likely)?), &typed(high)?)
            }
            _ => Err(format!(
                "{}: found “{}”. Type a range as in 70 to 90, or low, likely and high as in \
                 70; 85; 90.",
                numeric(key)?.label,
                entry::shortened(&text)
            )
            .into()),
        }
    }

    fn around(key: &str, share: &str, in_use: Option<&str>) -> Result<Self, Refused> {
        let spec = numeric(key)?;
        let bare = share.trim().trim_end_matches('%').trim().replace(',', ".");
        let share = bare.parse::<f64>().ok().filter(|s| *s > 0.0 && *s <= 100.0);
        let value = in_use.and_then(|text| text.parse::<f64>().ok());
        let (Some(share), Some(value)) = (share, value) else {
            return Err(format!(
                "{}: type the share as in ±10 %, from 0 to 100 %.",
                spec.label
            )
            .into());
        };
        let at = |factor: f64| crate::assumptions::resolve::canonical(spec, value * factor);
        let ends = (at(1.0 - share / 100.0), at(1.0 + share / 100.0));
        match ends {
            // Of nothing, and of a whole number that is small, a share is nothing: then what is usual.
            (Some(a), Some(b)) if a == b => match spec.kind {
                Kind::Number { usual, .. } => Self::new(key, usual.0, None, usual.1),
                _ => Err(format!("{} cannot be a range.", spec.label).into()),
            },
            (Some(a), Some(b)) if value >= 0.0 => Self::new(key, &a, None, &b),
            (Some(a), Some(b)) => Self::new(key, &b, None, &a),
            _ => Err(format!("{} cannot be a range.", spec.label).into()),
        }
    }

    /// The low end, canonical.
    pub fn low(&self) -> &str {
        &self.low
    }

    /// The likely value, canonical; `None` is the value in use.
    pub fn likely(&self) -> Option<&str> {
        self.likely.as_deref()
    }

    /// The high end, canonical.
    pub fn high(&self) -> &str {
        &self.high
    }

    /// Low, likely and high as numbers of the assumption's unit; `in_use` stands in for a likely
    /// value, moved inside where it lies outside.
    pub fn numbers(&self, in_use: f64) -> (f64, f64, f64) {
        let number = |text: &str| text.parse::<f64>().unwrap_or_default();
        let (low, high) = (number(&self.low), number(&self.high));
        let likely = self.likely.as_deref().map_or(in_use, number);
        (low, likely.clamp(low.min(high), high.max(low)), high)
    }
}

/// The definition of an assumption that is a number.
///
/// # Errors
/// What was found and what is allowed.
pub fn numeric(key: &str) -> Result<&'static Spec, Refused> {
    match registry::assumption(key) {
        Some(spec) if matches!(spec.kind, Kind::Number { .. }) => Ok(spec),
        Some(spec) => Err(format!(
            "{} is no number; only numbers can be a range or be sought.",
            spec.label
        )
        .into()),
        None => Err(format!(
            "There is no assumption \"{}\" in this version of Perennial.",
            entry::shortened(key)
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_people_type_them() {
        let read = |text: &str| {
            let range = Range::read("retention", text, Some("80")).ok()?;
            Some((range.low, range.likely, range.high))
        };
        let two = |a: &str, b: &str| Some((a.to_owned(), None, b.to_owned()));
        assert_eq!(read("30 to 40"), two("30", "40"));
        assert_eq!(read("30-40 %"), two("30", "40"));
        assert_eq!(read("30 % – 40 %"), two("30", "40"));
        assert_eq!(read("30..40"), two("30", "40"));
        assert_eq!(read("+-10 %"), two("72", "88"));
        assert_eq!(read("40 to 30"), None);
        assert_eq!(read("40"), None);
        assert_eq!(read("30; 50; 40"), None);
        assert_eq!(read("30 to 101"), None);
        assert!(Range::read("basis", "1 to 2", None).is_err());
    }
}
