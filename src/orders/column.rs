//! Columns of the book: amounts, ids and days.
//!
//! A column that the data does not have costs nothing; one that appears late is filled up then.
//! Amounts are integers at one number of decimals for the whole column. The few that do not fit
//! stand aside, exactly.

use super::names::NONE;
use super::number::{DECIMALS, Num, power};
use crate::base::order::sort_by;

const MISSING: i64 = i64::MIN;
const ASIDE: i64 = i64::MIN + 1;

/// A column of amounts or quantities.
#[derive(Debug, Clone)]
pub struct Amounts {
    scale: u8,
    values: Vec<i64>,
    aside: Vec<(u32, Num)>,
}

impl Default for Amounts {
    fn default() -> Self {
        Self {
            scale: 2,
            values: Vec::new(),
            aside: Vec::new(),
        }
    }
}

impl Amounts {
    /// Sets a row's value; rows only ever go down the column.
    pub fn push(&mut self, row: usize, value: Option<Num>) {
        let Some(value) = value else { return };
        if value.scale() > self.scale && value.at(self.scale).is_none() {
            self.widen(value.shortest().scale().min(DECIMALS));
        }
        let stored = self.fit(row, value);
        if self.values.len() == row {
            self.values.push(stored);
        } else {
            self.values.resize(row, MISSING);
            self.values.push(stored);
        }
    }

    /// Sets a row's value from a small number, the way of nearly all cells.
    #[inline]
    pub fn push_small(&mut self, row: usize, mantissa: i64, scale: u8) {
        let at_scale = match self.scale.checked_sub(scale) {
            Some(0) => Some(mantissa),
            Some(1) => mantissa.checked_mul(10),
            Some(2) => mantissa.checked_mul(100),
            _ => None,
        };
        match at_scale {
            Some(value) if value > ASIDE => {
                if self.values.len() != row {
                    self.values.resize(row, MISSING);
                }
                self.values.push(value);
            }
            _ => self.push(row, Some(Num::small(mantissa, scale))),
        }
    }

    /// A row's value, if it has one.
    pub fn get(&self, row: usize) -> Option<Num> {
        match *self.values.get(row)? {
            MISSING => None,
            ASIDE => self.aside_at(row),
            value => Some(Num::small(value, self.scale)),
        }
    }

    /// Whether a row has a value.
    pub fn has(&self, row: usize) -> bool {
        self.values.get(row).is_some_and(|v| *v != MISSING)
    }

    /// No row has a value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The number of decimals of [`Amounts::each`].
    pub const fn scale(&self) -> u8 {
        self.scale
    }

    /// The rows from the first on as integers at [`Amounts::scale`] decimals. One that equals
    /// [`Amounts::LEAST`] stands aside; one below it, or beyond the end, has no value.
    pub fn as_slice(&self) -> &[i64] {
        &self.values
    }

    /// See [`Amounts::as_slice`].
    pub const LEAST: i64 = ASIDE;

    /// The rows that stand aside, with their integers at [`Amounts::scale`] decimals.
    pub fn each_aside(&self, mut take: impl FnMut(usize, i128)) {
        for &(row, value) in &self.aside {
            if let Some(mantissa) = value.at(self.scale) {
                take(row as usize, mantissa);
            }
        }
    }

    /// Every row that has a value, with its integer at [`Amounts::scale`] decimals.
    pub fn each(&self, mut take: impl FnMut(usize, i128)) {
        for (row, &value) in self.values.iter().enumerate() {
            if value > ASIDE {
                take(row, i128::from(value));
            }
        }
        self.each_aside(take);
    }

    /// Changes the values of the first so many rows.
    pub fn change(&mut self, rows: usize, mut to: impl FnMut(usize, Option<Num>) -> Option<Num>) {
        let old = std::mem::take(self);
        for row in 0..rows {
            self.push(row, to(row, old.get(row)));
        }
    }

    /// Makes room for so many rows, if the column is used at all.
    pub fn reserve(&mut self, rows: usize) {
        if !self.values.is_empty() {
            self.values
                .reserve_exact(rows.saturating_sub(self.values.len()));
        }
    }

    /// Gives back memory reserved in vain.
    pub fn shrink(&mut self) {
        self.values.shrink_to_fit();
    }

    /// Keeps only some rows, closing the gaps.
    pub fn keep(&mut self, keep: &[bool]) {
        if self.values.is_empty() {
            return;
        }
        let mut next = 0_u32;
        let mut moved = Vec::new();
        let mut aside = self.aside.iter().peekable();
        for (row, kept) in keep.iter().enumerate() {
            let here = aside.next_if(|(at, _)| *at as usize == row);
            if *kept {
                if let Some((_, value)) = here {
                    moved.push((next, *value));
                }
                next = next.saturating_add(1);
            }
        }
        self.aside = moved;
        retain(&mut self.values, keep);
    }

    fn fit(&mut self, row: usize, value: Num) -> i64 {
        if let (true, Ok(small)) = (value.scale() == self.scale, i64::try_from(value.mantissa()))
            && small > ASIDE
        {
            return small;
        }
        let narrow = value
            .at(self.scale)
            .and_then(|m| i64::try_from(m).ok())
            .filter(|m| *m > ASIDE);
        if let Some(narrow) = narrow {
            return narrow;
        }
        self.aside.push((u32::try_from(row).unwrap_or(NONE), value));
        ASIDE
    }

    fn widen(&mut self, scale: u8) {
        let Some(by) = scale
            .checked_sub(self.scale)
            .and_then(power)
            .and_then(|p| i64::try_from(p).ok())
        else {
            return;
        };
        let mut more = Vec::new();
        for (row, value) in self.values.iter_mut().enumerate() {
            if *value <= ASIDE {
                continue;
            }
            if let Some(wider) = value.checked_mul(by).filter(|v| *v > ASIDE) {
                *value = wider;
            } else {
                let row = u32::try_from(row).unwrap_or(NONE);
                more.push((row, Num::small(*value, self.scale)));
                *value = ASIDE;
            }
        }
        self.scale = scale;
        if !more.is_empty() {
            self.aside.append(&mut more);
            sort_by(&mut self.aside, |a, b| a.0.cmp(&b.0));
        }
    }

    fn aside_at(&self, row: usize) -> Option<Num> {
        let row = u32::try_from(row).ok()?;
        let at = self.aside.binary_search_by_key(&row, |(r, _)| *r).ok()?;
        self.aside.get(at).map(|(_, value)| *value)
    }
}

/// A column of ids into a [`super::names::Names`].
#[derive(Debug, Clone, Default)]
pub struct Ids(Vec<u32>);

impl Ids {
    /// Sets a row's id; [`NONE`] costs nothing. Rows only ever go down the column.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "several times a row; the build is for size"
    )]
    pub fn push(&mut self, row: usize, id: u32) {
        if id == NONE {
            return;
        }
        if self.0.len() != row {
            self.fill(row);
        }
        self.0.push(id);
    }

    #[cold]
    #[inline(never)]
    fn fill(&mut self, rows: usize) {
        self.0.resize(rows, NONE);
    }

    /// A row's id, or [`NONE`].
    pub fn get(&self, row: usize) -> u32 {
        self.0.get(row).copied().unwrap_or(NONE)
    }

    /// Whether a row has an id.
    pub fn has(&self, row: usize) -> bool {
        self.get(row) != NONE
    }

    /// No row has an id.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids from the first row on; rows beyond the end have none.
    pub fn as_slice(&self) -> &[u32] {
        &self.0
    }

    /// Changes every id.
    pub fn change(&mut self, to: impl Fn(u32) -> u32) {
        for id in &mut self.0 {
            *id = to(*id);
        }
    }

    /// Makes room for so many rows, if the column is used at all.
    pub fn reserve(&mut self, rows: usize) {
        if !self.0.is_empty() {
            self.0.reserve_exact(rows.saturating_sub(self.0.len()));
        }
    }

    /// Gives back memory reserved in vain.
    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Keeps only some rows, closing the gaps.
    pub fn keep(&mut self, keep: &[bool]) {
        retain(&mut self.0, keep);
    }
}

/// Keeps the elements whose mask is set; the mask may be longer than the vector.
pub(crate) fn retain<T: Copy>(values: &mut Vec<T>, keep: &[bool]) {
    let mut mask = keep.iter();
    values.retain(|_| mask.next().copied().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(mantissa: i128, scale: u8) -> Option<Num> {
        Num::new(mantissa, scale)
    }

    #[test]
    fn a_column_is_exact_when_later_values_have_more_decimals() {
        let mut column = Amounts::default();
        column.push(0, n(125, 1));
        column.push(3, n(12_375, 3));
        column.push(4, n(1, 9));
        assert_eq!(column.scale(), 9);
        let values: Vec<_> = (0..6).map(|row| column.get(row)).collect();
        assert_eq!(values, [n(125, 1), None, None, n(12_375, 3), n(1, 9), None]);
    }

    #[test]
    fn what_does_not_fit_stands_aside_and_is_summed() {
        let mut column = Amounts::default();
        column.push(0, n(900_000_000_000_000, 0));
        column.push(1, n(1, 9));
        column.push(2, n(-900_000_000_000_000, 0));
        assert_eq!(column.get(0), n(900_000_000_000_000, 0));
        let mut sum = 0;
        column.each(|_, m| sum += m);
        assert_eq!(sum, 1);
        column.keep(&[false, true, true]);
        assert_eq!(column.get(1), n(-900_000_000_000_000, 0));
        assert_eq!(column.get(0), n(1, 9));
    }

    #[test]
    fn an_absent_column_holds_nothing() {
        let mut ids = Ids::default();
        for row in 0..10 {
            ids.push(row, NONE);
        }
        assert!(ids.is_empty());
        ids.push(10, 7);
        assert_eq!((ids.get(9), ids.get(10), ids.get(11)), (NONE, 7, NONE));
    }
}
