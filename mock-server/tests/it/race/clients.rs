//! Random clients at the same time: each does one thing after the other, and all of it is written down.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;

use super::history::Event;

/// Numbers that a seed determines.
pub(super) struct Dice(Pcg64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Pcg64::seed_from_u64(seed))
    }

    /// A number below this one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.next_u32() as usize % end
    }

    /// One of the newest of these, so that clients meet.
    pub(super) fn recent<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        let newest = &of[of.len().saturating_sub(3)..];
        match newest {
            [] => None,
            newest => newest.get(self.below(newest.len())).cloned(),
        }
    }
}

/// How much is to be tried: `RACES=50` tries fifty times as much as the suite does.
pub(crate) fn races(usual: u64) -> u64 {
    let factor = std::env::var("RACES").ok();
    usual * factor.map_or(1, |factor| factor.parse().unwrap())
}

/// Runs this for each number at the same moment, and gives what came of each.
pub(crate) fn at_once<T: Send>(count: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(count);
    thread::scope(|scope| {
        let (start, run) = (&start, &run);
        let threads: Vec<_> = (0..count)
            .map(|number| {
                scope.spawn(move || {
                    start.wait();
                    run(number)
                })
            })
            .collect();
        let ended = threads.into_iter().map(|thread| thread.join().unwrap());
        ended.collect()
    })
}

/// The histories of so many clients that each take so many steps.
pub(super) fn histories<O: Send, P: FnMut(&mut Dice) -> O>(
    (clients, steps): (usize, usize),
    seed: u64,
    player: impl Fn(usize) -> P + Sync,
) -> Vec<Vec<Event<O>>> {
    let clock = AtomicU64::new(0);
    let tick = || clock.fetch_add(1, Ordering::SeqCst);
    at_once(clients, |number| {
        let mut dice = Dice::new(seed * 64 + number as u64);
        let mut step = player(number);
        let events = (0..steps).map(|_| {
            let from = tick();
            let operation = step(&mut dice);
            let to = tick();
            Event {
                from,
                to,
                operation,
            }
        });
        events.collect()
    })
}
