//! How wide the columns of a long table are, in digits (the unit `ch` of style sheets).
//!
//! In: the lengths of the texts as they appear. Out: a width for each column. Invariant: columns
//! only ever grow, so that nothing moves while results change.

use std::collections::BTreeMap;

use crate::base::Unit;

/// The widest a column gets; what is longer is cut, and whole in its hint.
pub const WIDEST: usize = 30;

/// Characters of the longest text seen in each column, by its key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Widths(BTreeMap<String, usize>);

impl Widths {
    /// Takes a text of so many characters into account; whether its column grew.
    ///
    /// ```
    /// use perennial::{base::Unit, view::widths::Widths};
    /// let mut widths = Widths::default();
    /// assert!(widths.grow("revenue", 12));
    /// assert!(!widths.grow("revenue", 9));
    /// assert_eq!(widths.width("revenue", 7, Unit::Money), 12);
    /// ```
    pub fn grow(&mut self, key: &str, characters: usize) -> bool {
        match self.0.get_mut(key) {
            Some(longest) if *longest >= characters => return false,
            Some(longest) => *longest = characters,
            None => drop(self.0.insert(key.to_owned(), characters)),
        }
        true
    }

    /// The width of a column with a heading of so many characters.
    pub fn width(&self, key: &str, heading: usize, unit: Unit) -> usize {
        // Letters are narrower than digits; headings are in smaller print, and have an arrow.
        let of_letters = |characters: usize| (characters * 9).div_ceil(10);
        let longest = self.0.get(key).copied().unwrap_or(0).min(WIDEST);
        let texts = match unit {
            Unit::Text | Unit::Date => of_letters(longest),
            _ => longest,
        };
        texts.max(of_letters(heading) + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_room_for_its_heading_and_its_longest_text() {
        let mut widths = Widths::default();
        assert_eq!(widths.width("name", 10, Unit::Text), 11);
        for characters in [4, 20, 7] {
            widths.grow("name", characters);
        }
        assert_eq!(widths.width("name", 10, Unit::Text), 18);
        assert_eq!(widths.width("name", 10, Unit::Money), 20);
        widths.grow("name", 400);
        assert_eq!(widths.width("name", 10, Unit::Money), WIDEST);
    }
}
