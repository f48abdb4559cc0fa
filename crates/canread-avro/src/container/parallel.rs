//! Blocks on several threads.
//!
//! Blocks are given to the workers in turn and taken back in that order, so that records stay in theirs. Each worker has
//! at most [`IN_FLIGHT`] blocks, whatever becomes of them: memory is bounded, by the workers and the size of blocks.

use std::any::Any;
use std::io::Read;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use canread_record::{Decode, DecodeFields, Shaped};
use canread_wire::Limit;

use super::reader::{Packed, unpack};
use super::{Block, Codec, ContainerError, ContainerErrorKind, ContainerLimits, Reader};
use crate::codec::Decoder;

/// How many blocks a worker has: one in work, and one that it takes next.
const IN_FLIGHT: usize = 2;

/// A block on its way to a worker, and its memory on the way back.
struct Parcel {
    bytes: Vec<u8>,
    count: u64,
    offset: u64,
}

/// What became of a block: what was made of it, unless that panicked.
type Made<U, E> = thread::Result<Result<U, E>>;

struct Worker<U, E> {
    to: SyncSender<Parcel>,
    from: Receiver<(Made<U, E>, Vec<u8>)>,
}

/// Why reading ends before the file does.
enum Stop<E> {
    Error(E),
    /// With what the caller's work panicked.
    Panic(Box<dyn Any + Send>),
}

impl<R: Read> Reader<R> {
    /// Reads what is left of the file on several threads: `work` is called with each block on one of them, and `each` with
    /// what came of it on this one, in the order of the file.
    ///
    /// At most two blocks for each thread are in memory, with what `work` made of them.
    ///
    /// # Errors
    ///
    /// Those of [`read_block`](Self::read_block), of `work` and of `each`, whichever comes first in the order of the file.
    /// After it nothing is read any more. Files with damaged blocks are read by one thread, with [`resync`](Self::resync).
    ///
    /// # Panics
    ///
    /// If `work` does, with what it panicked with; in the order of the file too, and so not behind an error. After it nothing is read any
    /// more. And if `each` does.
    pub fn in_parallel<U, E>(
        &mut self,
        threads: NonZeroUsize,
        work: impl Fn(&Block) -> Result<U, E> + Sync,
        mut each: impl FnMut(U) -> Result<(), E>,
    ) -> Result<(), E>
    where
        U: Send,
        E: Send + From<ContainerError>,
    {
        let (codec, limits) = (self.header().codec(), *self.limits());
        let done = thread::scope(|scope| {
            let work = &work;
            let workers: Vec<Worker<U, E>> = (0..threads.get())
                .map(|_| {
                    let (to, parcels) = sync_channel(IN_FLIGHT);
                    let (results, from) = sync_channel(IN_FLIGHT);
                    scope.spawn(move || run(&parcels, &results, codec, &limits, work));
                    Worker { to, from }
                })
                .collect();
            self.deal(&workers, &mut each)
        });
        let Err(stop) = done else { return Ok(()) };
        // Blocks behind the damage were taken already, so nobody could say what is lost.
        self.end();
        match stop {
            Stop::Error(error) => Err(error),
            Stop::Panic(payload) => resume_unwind(payload),
        }
    }

    /// The records of what is left of the file as a type, decoded on several threads, in the order of the file.
    ///
    /// # Errors
    ///
    /// Those of [`in_parallel`](Self::in_parallel); and if no data of the file's schema can be read as the type.
    ///
    /// # Panics
    ///
    /// If code of the type does, as that of a default, or `each`.
    pub fn records_in_parallel<T, E>(
        &mut self,
        threads: NonZeroUsize,
        mut each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Shaped + Send + for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
        E: Send + From<ContainerError>,
    {
        let decoder = Decoder::<T>::new(self.header().schema());
        let decoder = decoder.map_err(|error| ContainerError::new(ContainerErrorKind::Resolution(error), 0))?;
        self.in_parallel(
            threads,
            |block| Ok(all_of(block, &decoder)?),
            |records| records.into_iter().try_for_each(&mut each),
        )
    }

    /// Gives blocks to the workers in turn, and takes what they made in that order.
    fn deal<U, E: From<ContainerError>>(
        &mut self,
        workers: &[Worker<U, E>],
        each: &mut impl FnMut(U) -> Result<(), E>,
    ) -> Result<(), Stop<E>> {
        let most = workers.len().saturating_mul(IN_FLIGHT);
        let mut free = Vec::new();
        let mut next_out = workers.iter().cycle();
        let mut next_in = workers.iter().cycle();
        let mut in_flight = 0_usize;
        // What is wrong with the file is said when the blocks in front of it are done.
        let mut end = None;
        loop {
            while end.is_none() && in_flight < most {
                match self.next_packed() {
                    Ok(Some(packed)) => {
                        let mut bytes: Vec<u8> = free.pop().unwrap_or_default();
                        bytes.clear();
                        bytes.reserve_exact(packed.bytes.len());
                        bytes.extend_from_slice(packed.bytes);
                        let parcel = Parcel { bytes, count: packed.count, offset: packed.offset };
                        let worker = next_out.next().expect("there is a worker");
                        worker.to.send(parcel).expect("a worker takes blocks until it is told that no more come");
                        in_flight = in_flight.saturating_add(1);
                    }
                    Ok(None) => end = Some(Ok(())),
                    Err(error) => end = Some(Err(Stop::Error(error.into()))),
                }
            }
            if in_flight == 0 {
                return end.unwrap_or(Ok(()));
            }
            let worker = next_in.next().expect("there is a worker");
            let (made, bytes) = worker.from.recv().expect("a worker answers for each block");
            in_flight = in_flight.saturating_sub(1);
            let made = made.map_err(Stop::Panic)?.map_err(Stop::Error)?;
            each(made).map_err(Stop::Error)?;
            free.push(bytes);
        }
    }
}

/// All records of a block, unless they take more memory than is allowed even if they are empty.
fn all_of<T>(block: &Block, decoder: &Decoder<T>) -> Result<Vec<T>, ContainerError>
where
    T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
{
    let bytes = block.count().saturating_mul(size_of::<T>() as u64);
    let allowed = block.limits.allocated_bytes_max();
    if bytes > allowed {
        let kind = ContainerErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, allowed };
        return Err(ContainerError::new(kind, block.offset()));
    }
    block.records(decoder).collect()
}

/// What a worker does until no more blocks come, or nobody asks for what it makes.
fn run<U, E: From<ContainerError>>(
    parcels: &Receiver<Parcel>,
    results: &SyncSender<(Made<U, E>, Vec<u8>)>,
    codec: Codec,
    limits: &ContainerLimits,
    work: &impl Fn(&Block) -> Result<U, E>,
) {
    let mut block = Block::new();
    for Parcel { bytes, count, offset } in parcels {
        let packed = Packed { bytes: &bytes, count, offset };
        // The panic goes on where the caller is, so that nobody sees what it left half done.
        let made = catch_unwind(AssertUnwindSafe(|| {
            unpack(&packed, codec, limits, &mut block).map_err(E::from).and_then(|()| work(&block))
        }));
        if results.send((made, bytes)).is_err() {
            return;
        }
    }
}
