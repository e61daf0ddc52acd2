//! Interned names: each distinct text is kept once, in one arena, and a column holds its number.
//!
//! In: borrowed cells. Out: ids from 0 in the order of first appearance. The last id is tried
//! first, because neighbouring rows repeat: most look-ups of accounts and orders never hash.
//! Equal texts always have equal ids; an id is never given to two texts.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// The id that stands for "no name".
pub const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    id: u32,
}

/// A set of distinct texts, numbered.
///
/// ```
/// use perennial::orders::names::Names;
/// let mut names = Names::default();
/// assert_eq!(names.intern("Acme"), 0);
/// assert_eq!(names.intern("Bolt"), 1);
/// assert_eq!(names.intern("Acme"), 0);
/// assert_eq!(names.name(1), "Bolt");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Names {
    text: String,
    ends: Vec<usize>,
    table: HashTable<Slot>,
    last: u32,
}

impl Names {
    /// The id of a text, new if it has not been seen.
    pub fn intern(&mut self, text: &str) -> u32 {
        if self.is(self.last, text) {
            return self.last;
        }
        let hash = hash_of(text);
        let found = self
            .table
            .find(spread(hash), |slot| {
                slot.hash == hash && self.is(slot.id, text)
            })
            .map(|slot| slot.id);
        let id = found.unwrap_or_else(|| self.add(hash, text));
        self.last = id;
        id
    }

    /// The id of a text that has been seen.
    pub fn find(&self, text: &str) -> Option<u32> {
        let hash = hash_of(text);
        self.table
            .find(spread(hash), |slot| {
                slot.hash == hash && self.is(slot.id, text)
            })
            .map(|slot| slot.id)
    }

    /// The text of an id; empty for [`NONE`] and for ids never given.
    pub fn name(&self, id: u32) -> &str {
        let Some((start, end)) = self.bounds(id) else {
            return "";
        };
        self.text.get(start..end).unwrap_or("")
    }

    /// How many distinct texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// No text at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|i| self.name(u32::try_from(i).unwrap_or(NONE)))
    }

    fn bounds(&self, id: u32) -> Option<(usize, usize)> {
        let id = id as usize;
        let end = *self.ends.get(id)?;
        let start = match id.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        Some((start, end))
    }

    fn is(&self, id: u32, text: &str) -> bool {
        self.bounds(id)
            .and_then(|(start, end)| self.text.as_bytes().get(start..end))
            == Some(text.as_bytes())
    }

    fn add(&mut self, hash: u32, text: &str) -> u32 {
        let id = u32::try_from(self.ends.len()).unwrap_or(NONE);
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.table
            .insert_unique(spread(hash), Slot { hash, id }, |slot| spread(slot.hash));
        id
    }
}

#[allow(clippy::cast_possible_truncation)]
fn hash_of(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    let wide = hasher.finish();
    // Both halves count: on a 64-bit machine either half alone is a good hash already.
    (wide ^ (wide >> 32)) as u32
}

fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_ids_in_order_of_appearance() {
        let mut names = Names::default();
        let ids: Vec<u32> = ["b", "a", "b", "", "a", "ä", ""]
            .iter()
            .map(|t| names.intern(t))
            .collect();
        assert_eq!(ids, [0, 1, 0, 2, 1, 3, 2]);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["b", "a", "", "ä"]);
        assert_eq!(names.name(NONE), "");
        assert_eq!(names.find("ä"), Some(3));
        assert_eq!(names.find("c"), None);
    }

    #[test]
    fn many_names_are_told_apart() {
        let mut names = Names::default();
        for i in 0..50_000_u32 {
            assert_eq!(names.intern(&format!("SO-{i}")), i);
        }
        for i in (0..50_000_u32).rev() {
            assert_eq!(names.intern(&format!("SO-{i}")), i);
        }
    }
}
