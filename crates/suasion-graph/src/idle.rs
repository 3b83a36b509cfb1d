//! What threads take to work with, and give back as it was, so that no task has to make its own.

use std::sync::{Mutex, PoisonError};

pub(crate) struct Idle<T>(Mutex<Vec<T>>);

impl<T> Default for Idle<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Idle<T> {
    /// Lends what is idle, or makes one more. The result must not depend on which is lent.
    pub(crate) fn with<R>(&self, new: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let idle = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut lent = taken.unwrap_or_else(new);
        let done = work(&mut lent);
        idle().push(lent);
        done
    }
}
