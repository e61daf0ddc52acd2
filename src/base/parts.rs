//! Long loops, cut into parts.
//!
//! A WebAssembly engine begins with code that is quick to make and slow to run, and changes to better
//! code when a function is called again; a loop over a million lines within one call would stay
//! slow to its end. Natively it makes no difference.

use std::ops::Range;

/// Indices of one part: some tens of microseconds of work.
const PART: usize = 4096;

/// Hands out the indices below `count` in order, a part at a time. What is called for a part is
/// compiled as a function of its own, since this one knows nothing of it.
///
/// ```
/// let mut sum = 0;
/// perennial::base::parts::in_parts(10_000, &mut |part| sum += part.sum::<usize>());
/// assert_eq!(sum, 49_995_000);
/// ```
#[inline(never)]
pub fn in_parts(count: usize, take: &mut dyn FnMut(Range<usize>)) {
    let mut from = 0;
    while from < count {
        let to = count.min(from.saturating_add(PART));
        take(from..to);
        from = to;
    }
}

/// The least and the greatest of a long list.
///
/// ```
/// assert_eq!(perennial::base::parts::range(&[3, 1, 2]), Some((1, 3)));
/// assert_eq!(perennial::base::parts::range::<u8>(&[]), None);
/// ```
pub fn range<T: Ord + Copy>(list: &[T]) -> Option<(T, T)> {
    let first = *list.first()?;
    let (mut least, mut greatest) = (first, first);
    in_parts(list.len(), &mut |part| {
        for each in list.get(part).unwrap_or_default() {
            least = least.min(*each);
            greatest = greatest.max(*each);
        }
    });
    Some((least, greatest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_comes_once_and_in_order() {
        for count in [0, 1, PART - 1, PART, PART + 1, 3 * PART + 7] {
            let mut seen = Vec::new();
            in_parts(count, &mut |part| seen.extend(part));
            assert!(seen.iter().copied().eq(0..count));
        }
    }

    #[test]
    fn the_range_is_that_of_all_parts() {
        let mut list = vec![5; 2 * PART + 2];
        for at in [0, PART - 1, PART, 2 * PART + 1] {
            list[at] = 9;
            assert_eq!(range(&list), Some((5, 9)));
            list[at] = 1;
            assert_eq!(range(&list), Some((1, 5)));
            list[at] = 5;
        }
    }
}
