//! Sorting that costs little room: the standard library's sorts are compiled anew for every type and
//! every comparison, some kilobytes each; these are compiled once.
//!
//! What is long and sorted often is brought into pairs of a `u64` and a position, which
//! `sort_unstable` sorts at full speed, for all callers with the same code.

use std::cmp::Ordering;

/// An integer that orders floats as [`f64::total_cmp`] does.
pub fn float_key(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    }
}

/// The positions from 0 to `len` in the order that a comparison of two positions gives; equal ones
/// stay as they are.
pub fn positions(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Sorts a list; equal elements stay as they are.
pub fn sort_by<T>(list: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = positions(list.len(), &mut |a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut slots: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    let taken = order.into_iter().map(|at| slots.get_mut(at)?.take());
    list.extend(taken.flatten());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(list in proptest::collection::vec((0..5_u8, any::<u8>()), 0..60)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|a| a.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn floats_keep_their_order(a in any::<f64>(), b in any::<f64>()) {
            prop_assert_eq!(float_key(a).cmp(&float_key(b)), a.total_cmp(&b));
        }
    }
}
