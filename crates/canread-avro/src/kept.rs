//! What was made once for a number and is kept.

use std::sync::{Mutex, PoisonError};

use elsa::sync::FrozenMap;

/// What was made once for each of some numbers, for any number of threads. It only grows, so that what it has lent stays where it is.
#[derive(Debug)]
pub(crate) struct Kept<V> {
    made: FrozenMap<u64, Box<V>>,
    /// Held by the thread that makes something.
    making: Mutex<()>,
}

impl<V> Kept<V> {
    pub(crate) fn new() -> Self {
        Self { made: FrozenMap::new(), making: Mutex::default() }
    }

    /// What is kept for a number, or is made for it now. Nothing is kept if that fails.
    ///
    /// One thing is made at a time, which may take long: who asks for what is there does not wait for it.
    pub(crate) fn get_or_make<E>(&self, number: u64, make: impl FnOnce() -> Result<V, E>) -> Result<&V, E> {
        if let Some(value) = self.made.get(&number) {
            return Ok(value);
        }
        // Who panics with the lock leaves nothing half made.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        match self.made.get(&number) {
            Some(value) => Ok(value),
            None => Ok(self.made.insert(number, Box::new(make()?))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_and_what_failed_is_not() {
        let kept = Kept::new();
        for number in 0..1_000 {
            assert_eq!(kept.get_or_make(number, || Err("no")), Err("no"));
            assert_eq!(kept.get_or_make(number, || Ok::<_, &str>(number)), Ok(&number));
        }
        for number in 0..1_000 {
            assert_eq!(kept.get_or_make(number, || Err("it is there")), Ok(&number));
        }
    }
}
