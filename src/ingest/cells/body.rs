//! The digits of a number with their grouping, strictly.
//!
//! Groups are of three digits after a first of one to three, or Indian (`1,23,456`); one kind of
//! separator in one number; the decimal mark at most once and never grouping.

use super::Bad;
use crate::ingest::layout::DecimalMark;

/// Digits as an integer, and how many of them are decimals.
pub(super) struct Body {
    pub digits: i128,
    pub scale: u32,
}

/// Reads digits with grouping under a decimal mark.
pub(super) fn read(text: &str, mark: DecimalMark) -> Result<Body, Bad> {
    let (mark, other) = match mark {
        DecimalMark::Dot => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, decimals) = text.split_once(mark).unwrap_or((text, ""));
    if whole.is_empty() && decimals.is_empty() {
        return Err(Bad::NotANumber);
    }
    let mut digits = 0_i128;
    integer(whole, other, &mut digits)?;
    let mut scale = 0_u32;
    for c in decimals.chars() {
        push(&mut digits, c)?;
        scale += 1;
    }
    if scale > 28 {
        return Err(Bad::TooLarge);
    }
    Ok(Body { digits, scale })
}

fn push(digits: &mut i128, c: char) -> Result<(), Bad> {
    let digit = c.to_digit(10).ok_or(Bad::NotANumber)?;
    let next = digits
        .checked_mul(10)
        .and_then(|d| d.checked_add(i128::from(digit)))
        .ok_or(Bad::TooLarge)?;
    *digits = next;
    Ok(())
}

/// The part before the mark, which may be grouped.
fn integer(text: &str, other: char, digits: &mut i128) -> Result<(), Bad> {
    let (mut separator, mut groups) = (None, Groups::default());
    for c in text.chars() {
        if c.is_ascii_digit() {
            push(digits, c)?;
            groups.open += 1;
        } else if c == other || is_spacing(c) {
            if *separator.get_or_insert(c) != c {
                return Err(Bad::NotANumber);
            }
            groups.close();
        } else {
            return Err(Bad::NotANumber);
        }
    }
    match separator {
        Some(c) if !groups.fit(c == ',') => Err(Bad::NotANumber),
        _ => Ok(()),
    }
}

/// Spaces and apostrophes that group digits.
const fn is_spacing(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// The sizes of the groups so far.
#[derive(Default)]
struct Groups {
    open: u32,
    closed: u32,
    first: u32,
    all_three: bool,
    all_two: bool,
}

impl Groups {
    fn close(&mut self) {
        if self.closed == 0 {
            (self.first, self.all_three, self.all_two) = (self.open, true, true);
        } else {
            self.all_three &= self.open == 3;
            self.all_two &= self.open == 2;
        }
        self.closed += 1;
        self.open = 0;
    }

    /// Whether they are grouped as numbers are; Indian grouping is written with commas.
    fn fit(&self, comma: bool) -> bool {
        let western = (1..=3).contains(&self.first) && self.all_three;
        let indian = comma && (1..=2).contains(&self.first) && self.all_two;
        self.open == 3 && (western || indian)
    }
}
