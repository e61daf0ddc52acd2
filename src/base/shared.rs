//! A shared pointer that is equal only to itself.
//!
//! Memos and undo compare values with `==`. Comparing a book of a million lines would cost more
//! than what the memo saves, so large results travel as [`Shared`]: equal means the same allocation.

use std::ops::Deref;
use std::sync::Arc;

/// A large value behind a cheap handle; two handles are equal when they point at the same value.
///
/// ```
/// use perennial::base::Shared;
/// let a = Shared::new(vec![1, 2, 3]);
/// assert!(a == a.clone());
/// assert!(a != Shared::new(vec![1, 2, 3]));
/// ```
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Puts a value behind a handle.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Shared<T> {}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
