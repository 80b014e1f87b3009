//! Many walks over one API, taken side by side. A walk depends on the seed and its own number alone, so that
//! it does not matter how many strands there are, nor which of them takes it. Knows no API.

use std::num::NonZero;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::hunt::{Hunt, unable};
use super::walk::{Driver, Ended, Offer, Tally, Walk};
use crate::client::Exchange;
use crate::model::Model;

/// What came of a walk, with its number, from 1 on.
pub(super) type Came = (u32, Result<Tally, Ended>);

impl Hunt<'_> {
    /// Takes the walks, up to the first that ends in what `stops` the hunt; gives what came of each in their
    /// order. On a mock each processor has a strand of its own; a guest does one thing after the other.
    pub(super) fn taken<D: Driver>(
        &self,
        offer: &Offer<D>,
        stops: &(dyn Fn(&Ended) -> bool + Sync),
    ) -> Vec<Came> {
        let strands = match self.target.is_mock(D::API) {
            true => thread::available_parallelism().map_or(2, NonZero::get),
            false => 1,
        };
        let next = AtomicU32::new(1);
        let last = AtomicU32::new(self.walks);
        let (done, results) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..strands {
                let (done, next, last) = (done.clone(), &next, &last);
                scope.spawn(move || {
                    while !self.target.interrupt().asked() {
                        let walk = next.fetch_add(1, Ordering::SeqCst);
                        // Those before the one that stopped the hunt have all been begun.
                        if walk > last.load(Ordering::SeqCst) {
                            return;
                        }
                        let ended = self.take::<D>(offer, walk);
                        if ended.as_ref().is_err_and(stops) {
                            last.fetch_min(walk, Ordering::SeqCst);
                        }
                        (self.tell)();
                        // Whoever listens does so to the end.
                        let _ = done.send((walk, ended));
                    }
                });
            }
        });
        drop(done);
        let last = last.into_inner();
        let mut came: Vec<Came> = results.iter().filter(|(walk, _)| *walk <= last).collect();
        came.sort_by_key(|(walk, _)| *walk);
        came
    }

    fn take<D: Driver>(&self, offer: &Offer<D>, walk: u32) -> Result<Tally, Ended> {
        let walks = D::Model::walks(offer.clone(), 1..=self.steps);
        let tree = walks.new_tree(&mut self.runner(walk)).map_err(|reason| {
            Ended::Trouble(unable(format!("no walk can be generated: {reason}")))
        })?;
        let (state, steps, _) = tree.current();
        let prefix = self.prefix(D::API, walk as usize);
        let conversation = self.target.converse(&prefix, false);
        Walk::<D>::begin(conversation, &steps)?.take(state, None)
    }

    /// The requests of the same walks, none of which is sent.
    pub(super) fn planned<D: Driver>(&self, offer: &Offer<D>) -> Vec<Vec<Exchange>> {
        let walks = D::Model::walks(offer.clone(), 1..=self.steps);
        let mut planned = Vec::new();
        for walk in 1..=self.walks {
            // Whatever cannot be generated cannot be walked either.
            let Ok(tree) = walks.new_tree(&mut self.runner(walk)) else {
                break;
            };
            let prefix = self.prefix(D::API, walk as usize);
            let conversation = self.target.converse(&prefix, true);
            let (state, steps, _) = tree.current();
            if let Ok(walk) = Walk::<D>::begin(Rc::clone(&conversation), &steps) {
                walk.plan(state);
            }
            planned.push(conversation.exchanges());
        }
        planned
    }

    /// A run of the library that depends on the seed and the number of the walk alone.
    pub(super) fn runner(&self, walk: u32) -> TestRunner {
        let config = Config {
            failure_persistence: None,
            // Shrinking is bounded by the search, which knows what a try costs.
            max_shrink_iters: u32::MAX,
            max_shrink_time: 0,
            ..Config::default()
        };
        let mut bytes = [0; 32];
        let told = self
            .seed
            .to_le_bytes()
            .into_iter()
            .chain(walk.to_le_bytes());
        for (byte, told) in bytes.iter_mut().zip(told) {
            *byte = told;
        }
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }
}
