//! Interned names: each distinct text is kept once, in one arena, and a column holds its number.
//!
//! In: borrowed cells. Out: ids from 0 in the order of first appearance. The last id is tried
//! first, because neighbouring rows repeat: most look-ups of accounts and orders never hash.
//! Equal texts always have equal ids; an id is never given to two texts.

/// The id that stands for "no name".
pub const NONE: u32 = u32::MAX;

/// Texts up to this length are compared by their key alone.
const SHORT: usize = 16;

/// The ends of a text: its first and last eight bytes, which overlap and together are all of it up to
/// 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    len: u32,
}

/// A place of the hash table. With many names time is cache misses, so the key of a short name
/// stands here and nothing else is touched.
#[derive(Debug, Clone, Copy)]
struct Slot {
    first: u64,
    last: u64,
    len: u32,
    id: u32,
}

const EMPTY: Slot = Slot {
    first: 0,
    last: 0,
    len: 0,
    id: NONE,
};

/// A name by its key.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: u32,
    key: Key,
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
    ends: Vec<u32>,
    /// Open addressing with steps of one; its length is a power of two, at most two thirds are
    /// taken. It holds the names before `indexed`.
    table: Vec<Slot>,
    indexed: usize,
    last: Option<Known>,
    /// The greatest text so far, if it is short.
    greatest: Option<Key>,
    rising: usize,
}

impl Names {
    /// The id of a text that is the one interned last.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "several times a row; the build is for size"
    )]
    pub fn repeated(&self, text: &str) -> Option<u32> {
        let last = self.last?;
        (last.key == key_of(text.as_bytes()) && self.is_rest(last.id, text)).then_some(last.id)
    }

    /// The id of a text, new if it has not been seen. Beyond 4 GiB of distinct text there are no
    /// new ids: [`NONE`].
    #[inline]
    pub fn intern(&mut self, text: &str) -> u32 {
        match self.repeated(text) {
            Some(id) => id,
            None => self.look_up(key_of(text.as_bytes()), text),
        }
    }

    /// The id of a text that has been seen. After [`Names::intern`], call [`Names::settle`] first,
    /// or it may have to search one by one.
    pub fn find(&self, text: &str) -> Option<u32> {
        let key = key_of(text.as_bytes());
        if let Some(id) = self.place(key, text) {
            return Some(id);
        }
        let ids = self.indexed..self.ends.len();
        let mut ids = ids.filter_map(|id| u32::try_from(id).ok());
        ids.find(|id| self.name(*id) == text)
    }

    /// Prepares [`Names::find`].
    pub fn settle(&mut self) {
        self.index();
    }

    /// The text of an id; empty for [`NONE`] and for ids never given.
    pub fn name(&self, id: u32) -> &str {
        let range = self.range(id);
        range.and_then(|range| self.text.get(range)).unwrap_or("")
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

    /// Where a name stands in the arena.
    fn range(&self, id: u32) -> Option<std::ops::Range<usize>> {
        let at = id as usize;
        let end = *self.ends.get(at)?;
        let start = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        Some(start as usize..end as usize)
    }

    fn bytes(&self, id: u32) -> Option<&[u8]> {
        self.text.as_bytes().get(self.range(id)?)
    }

    /// Whether a name is a text that has the same key.
    #[inline]
    fn is_rest(&self, id: u32, text: &str) -> bool {
        text.len() <= SHORT
            || self
                .bytes(id)
                .is_some_and(|bytes| same(bytes, text.as_bytes()))
    }

    /// The id of an indexed text.
    fn place(&self, key: Key, text: &str) -> Option<u32> {
        let mask = self.table.len().checked_sub(1)?;
        let mut at = hash_of(key, text.as_bytes()) & mask;
        loop {
            let slot = self.table.get(at)?;
            if slot.id == NONE {
                return None;
            }
            let alike = slot.first == key.first && slot.last == key.last && slot.len == key.len;
            if alike && self.is_rest(slot.id, text) {
                return Some(slot.id);
            }
            at = (at + 1) & mask;
        }
    }

    #[inline(never)]
    fn look_up(&mut self, key: Key, text: &str) -> u32 {
        let id = if self.is_beyond(key) {
            self.rising += 1;
            self.greatest = Some(key);
            self.add(text)
        } else {
            self.index();
            self.place(key, text).or_else(|| self.add(text))
        };
        let Some(id) = id else { return NONE };
        self.last = Some(Known { id, key });
        id
    }

    /// Whether a text is short and greater than all before, and therefore new. Order numbers mostly
    /// rise, and hashing hundreds of thousands of them into a large table would be all misses. Where
    /// most names do not rise, it is not tried any more.
    fn is_beyond(&self, key: Key) -> bool {
        if key.len as usize > SHORT || self.rising * 2 < self.ends.len() {
            return false;
        }
        match self.greatest {
            Some(greatest) => rank(greatest) < rank(key),
            None => self.ends.is_empty(),
        }
    }

    fn add(&mut self, text: &str) -> Option<u32> {
        let start = u32::try_from(self.text.len()).ok()?;
        let end = start.checked_add(u32::try_from(text.len()).ok()?)?;
        let id = u32::try_from(self.ends.len())
            .ok()
            .filter(|id| *id != NONE)?;
        self.text.push_str(text);
        self.ends.push(end);
        Some(id)
    }

    /// Puts the names that are not yet in the table there.
    fn index(&mut self) {
        let count = self.ends.len();
        if self.indexed == count {
            return;
        }
        if count > self.table.len() / 3 * 2 {
            let size = (count / 2 * 3).saturating_add(64).next_power_of_two();
            self.table = vec![EMPTY; size];
            self.indexed = 0;
        }
        let mut table = std::mem::take(&mut self.table);
        for at in self.indexed..count {
            let id = u32::try_from(at).unwrap_or(NONE);
            put(&mut table, id, self.bytes(id).unwrap_or(&[]));
        }
        self.table = table;
        self.indexed = count;
    }
}

/// Equality of short texts, eight bytes at a time: a call for each comparison costs more than the
/// comparison.
#[inline]
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let ((a_words, a_rest), (b_words, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    if a_words.iter().zip(b_words).any(|(x, y)| x != y) {
        return false;
    }
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(x), Some(y)) => x == y,
        _ => a_rest.iter().zip(b_rest).all(|(x, y)| x == y),
    }
}

/// Puts a name in the first empty place from its own on.
fn put(table: &mut [Slot], id: u32, text: &[u8]) {
    let mask = table.len().saturating_sub(1);
    let key = key_of(text);
    let mut at = hash_of(key, text) & mask;
    while let Some(place) = table.get_mut(at) {
        if place.id == NONE {
            let Key { first, last, len } = key;
            *place = Slot {
                first,
                last,
                len,
                id,
            };
            return;
        }
        at = (at + 1) & mask;
    }
}

#[inline]
fn key_of(text: &[u8]) -> Key {
    let (first, last) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => ends_of(text),
    };
    Key {
        first,
        last,
        len: u32::try_from(text.len()).unwrap_or(u32::MAX),
    }
}

/// The same of a text of less than eight bytes, filled up with zeros.
#[inline]
fn ends_of(text: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let word = |bytes: [u8; 4]| u64::from(u32::from_le_bytes(bytes));
        return (word(*first), word(*last));
    }
    let byte = |at: usize| u64::from(text.get(at).copied().unwrap_or(0));
    (byte(0) | byte(1) << 8 | byte(2) << 16, 0)
}

/// What orders short texts: by length, then by their bytes.
fn rank(key: Key) -> (u32, u64, u64) {
    (key.len, key.first.swap_bytes(), key.last.swap_bytes())
}

/// Where a text's search begins: every byte of it moves the low bits.
#[allow(clippy::cast_possible_truncation)]
fn hash_of(key: Key, text: &[u8]) -> usize {
    let mut mixed = (key.first ^ u64::from(key.len)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ key.last.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(32);
    if text.len() > SHORT {
        let (words, _) = text.as_chunks::<8>();
        for word in words.iter().skip(1) {
            mixed = (mixed.rotate_left(23) ^ u64::from_le_bytes(*word))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 32)) as u32) as usize
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
    fn rising_names_that_come_again_keep_their_ids() {
        let mut names = Names::default();
        let texts: Vec<String> = (0..3000).map(|i| format!("SO-{}", 1000 + i)).collect();
        for (id, text) in (0_u32..).zip(&texts) {
            assert_eq!(names.intern(text), id);
        }
        assert_eq!(names.intern("SO-1007"), 7);
        assert_eq!(names.intern("SO-9"), 3000);
        assert_eq!(names.intern("SO-9999"), 3001);
        assert_eq!(names.find("SO-9999"), Some(3001));
        assert_eq!(names.intern("SO-3999"), 2999);
    }

    #[test]
    fn equality_is_that_of_bytes() {
        let text = b"abcdefghijklmnopqrstuvwxyz";
        for len in 0..text.len() {
            assert!(same(&text[..len], &text[..len]));
            for at in 0..len {
                let mut other = text[..len].to_vec();
                other[at] = b'-';
                assert!(!same(&text[..len], &other));
            }
        }
        assert!(!same(b"a", b"ab"));
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
