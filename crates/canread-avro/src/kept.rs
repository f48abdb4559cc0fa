//! What was made once for a number and is kept.

use std::sync::{Mutex, OnceLock, PoisonError};

/// How many chains there are. The numbers are fingerprints, which lie anywhere; of a thousand kept each chain has four.
const CHAINS: usize = 256;

/// What was made once for each of some numbers, read without a lock, and by any number of threads.
///
/// It only grows, so that what it has lent stays where it is.
#[derive(Debug)]
pub(crate) struct Kept<V> {
    chains: Box<[Link<V>]>,
    /// Held by the thread that makes something.
    making: Mutex<()>,
}

type Link<V> = OnceLock<Box<Node<V>>>;

#[derive(Debug)]
struct Node<V> {
    number: u64,
    value: V,
    next: Link<V>,
}

impl<V> Kept<V> {
    pub(crate) fn new() -> Self {
        Self { chains: (0..CHAINS).map(|_| OnceLock::new()).collect(), making: Mutex::default() }
    }

    /// What is kept for a number, or is made for it now. Nothing is kept if that fails.
    ///
    /// One thing is made at a time, which may take long: who asks for what is there does not wait for it.
    pub(crate) fn get_or_make<E>(&self, number: u64, make: impl FnOnce() -> Result<V, E>) -> Result<&V, E> {
        if let Ok(value) = self.find(number) {
            return Ok(value);
        }
        // Who panics with the lock leaves nothing half made.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        match self.find(number) {
            Ok(value) => Ok(value),
            Err(end) => {
                let node = Node { number, value: make()?, next: OnceLock::new() };
                Ok(&end.get_or_init(|| Box::new(node)).value)
            }
        }
    }

    /// What is kept for a number, or else the end of its chain.
    fn find(&self, number: u64) -> Result<&V, &Link<V>> {
        let [lowest, ..] = number.to_le_bytes();
        let mut link = self.chains.get(usize::from(lowest)).expect("a chain for each byte");
        while let Some(node) = link.get() {
            if node.number == number {
                return Ok(&node.value);
            }
            link = &node.next;
        }
        Err(link)
    }
}

impl<V> Drop for Kept<V> {
    /// One after the other: each in the one before it would take stack for each.
    fn drop(&mut self) {
        for chain in &mut self.chains {
            let mut next = chain.take();
            while let Some(mut node) = next {
                next = node.next.take();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_and_what_failed_is_not() {
        let kept = Kept::new();
        // In few chains.
        let number = |at: u64| at << 7;
        for at in 0..1_000 {
            assert_eq!(kept.get_or_make(number(at), || Err("no")), Err("no"));
            assert_eq!(kept.get_or_make(number(at), || Ok::<_, &str>(at)), Ok(&at));
        }
        for at in 0..1_000 {
            assert_eq!(kept.get_or_make(number(at), || Err("it is there")), Ok(&at));
        }
    }

    #[test]
    fn a_long_chain_takes_no_stack_to_drop() {
        let kept = Kept::new();
        let mut end = &kept.chains[0];
        for _ in 0..200_000 {
            end = &end.get_or_init(|| Box::new(Node { number: 0, value: (), next: OnceLock::new() })).next;
        }
        drop(kept);
    }
}
