//! Many walks over one API, each in a space of its own, until one fails, which is shrunk. Knows no API.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{TestCaseError, TestCaseResult};

use super::mismatch::Mismatch;
use super::walk::{Driver, Ended, Offer, State, Tally, Transition, Walk};
use super::{save, script, shrink};
use crate::client::{Client, Exchange};
use crate::model::{self, Model};
use crate::scenario::Api;
use crate::target::Target;
use crate::verdict::{Stop, Trouble, TroubleKind};

/// What to walk, and how far.
#[derive(Clone, Copy)]
pub(super) struct Hunt<'a> {
    pub(super) target: &'a Target,
    /// What names begin with, after `ct-`.
    pub(super) run: &'a str,
    pub(super) walks: u32,
    pub(super) steps: usize,
    pub(super) seed: u64,
    /// Told of each walk that has been taken.
    pub(super) tell: &'a (dyn Fn() + Sync),
}

/// What the walks over one API came to.
#[derive(Debug)]
pub(super) struct Hunted {
    pub(super) api: Api,
    pub(super) walks: u32,
    pub(super) tally: Tally,
    pub(super) took: Duration,
    pub(super) finding: Option<Finding>,
    /// Open questions that the target answers in another way than the model supposes; on a mock, where our
    /// own answers are in force, such a difference is a finding instead.
    pub(super) otherwise: Vec<Mismatch>,
    pub(super) trouble: Option<Box<Trouble>>,
}

/// A walk that failed, shrunk.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) mismatch: Mismatch,
    /// Which of the walks it was, from 1 on.
    pub(super) walk: u32,
    /// How many steps it had before it was shrunk.
    pub(super) from_steps: usize,
    /// How many shorter walks were tried.
    pub(super) tries: u32,
    /// The walk as a file that can be replayed.
    pub(super) saved: String,
    /// The same as a script of `curl` calls; none when it cannot be written as one.
    pub(super) script: Option<String>,
}

/// How much shrinking may cost.
#[derive(Debug, Clone, Copy)]
struct Effort {
    tries: u32,
    time: Duration,
}

impl Hunt<'_> {
    /// Walks at random.
    pub(super) fn at_random<D: Driver>(&self) -> Hunted {
        let search = Search::<D>::new(*self);
        match self.reach::<D>() {
            Ok(offer) => search.all(&offer),
            Err(trouble) => search.trouble.replace(Some(trouble)).map_or((), drop),
        }
        search.hunted()
    }

    /// The requests of the same walks, none of which is sent.
    pub(super) fn unsent<D: Driver>(&self) -> Vec<Vec<Exchange>> {
        let conversation = self.target.converse(&self.prefix(D::API, 0), true);
        match Client::new(conversation, D::API) {
            Ok(client) => self.planned::<D>(&D::offer(&client)),
            Err(_) => Vec::new(),
        }
    }

    /// Takes one walk, which is not shrunk.
    ///
    /// # Errors
    /// The number of the first step that cannot be taken on this target.
    pub(super) fn again<D: Driver>(&self, steps: Vec<Transition<D>>) -> Result<Hunted, usize> {
        let search = Search::<D>::new(*self);
        match self.reach::<D>() {
            Ok(offer) => {
                if let Some(at) = D::Model::first_impossible(&offer, &steps) {
                    return Err(at + 1);
                }
                search.walk.set(1);
                search.effort.set(Effort {
                    tries: 0,
                    time: Duration::ZERO,
                });
                // A failure is kept in the search.
                let _ = search.attempt(D::Model::fresh(&offer), steps, None);
                (self.tell)();
            }
            Err(trouble) => search.trouble.replace(Some(trouble)).map_or((), drop),
        }
        Ok(search.hunted())
    }

    /// What the target offers, once it has been seen to answer.
    fn reach<D: Driver>(&self) -> Result<Offer<D>, Box<Trouble>> {
        let conversation = self.target.converse(&self.prefix(D::API, 0), false);
        let reached = Client::new(conversation, D::API).and_then(|client| {
            let path = match D::API {
                Api::Amili => "/access--groups",
                Api::Ams => "/v2/admin/permission/groups",
            };
            client.step("reach the target").get(path).greet()?;
            Ok(D::offer(&client))
        });
        reached.map_err(|stop| match stop {
            Stop::InstrumentFailed(trouble) => trouble,
            Stop::NotObservable(because) => unable(because),
            Stop::Broken(failure) => unable(failure.actual),
        })
    }

    /// The name of a space, and the beginning of the names in it.
    pub(super) fn prefix(&self, api: Api, number: usize) -> String {
        format!("ct-{}-explore-{}-{number}", self.run, api.name())
    }
}

/// The walks over one API under way.
struct Search<'a, D: Driver> {
    hunt: Hunt<'a>,
    on_mock: bool,
    effort: Cell<Effort>,
    started: Instant,
    /// The walk that is under way, from 1 on.
    walk: Cell<u32>,
    spaces: Cell<usize>,
    tally: Cell<Tally>,
    /// What the target offers, once it is known.
    offer: RefCell<Option<Offer<D>>>,
    failed: RefCell<Option<Failed<D>>>,
    otherwise: RefCell<Vec<Mismatch>>,
    trouble: RefCell<Option<Box<Trouble>>>,
}

/// The shortest failing walk so far.
struct Failed<D: Driver> {
    steps: Vec<Transition<D>>,
    mismatch: Mismatch,
    from_steps: usize,
    since: Instant,
    tries: u32,
}

impl<'a, D: Driver> Search<'a, D> {
    fn new(hunt: Hunt<'a>) -> Self {
        let on_mock = hunt.target.is_mock(D::API);
        // A guest does not shrink for long: each try costs as much as a walk.
        let effort = if on_mock {
            Effort {
                tries: 2_000,
                time: Duration::from_secs(30),
            }
        } else {
            Effort {
                tries: 30,
                time: Duration::from_secs(180),
            }
        };
        Self {
            hunt,
            on_mock,
            effort: Cell::new(effort),
            started: Instant::now(),
            walk: Cell::new(0),
            spaces: Cell::new(0),
            tally: Cell::default(),
            offer: RefCell::default(),
            failed: RefCell::default(),
            otherwise: RefCell::default(),
            trouble: RefCell::default(),
        }
    }

    fn all(&self, offer: &Offer<D>) {
        *self.offer.borrow_mut() = Some(offer.clone());
        let on_mock = self.on_mock;
        let stops = |ended: &Ended| match ended {
            Ended::Mismatch(mismatch) => on_mock || !mismatch.open(),
            Ended::Trouble(_) => true,
        };
        for (walk, ended) in self.hunt.taken::<D>(offer, &stops) {
            self.walk.set(walk);
            match ended {
                Ok(tally) => self.count(tally),
                Err(Ended::Trouble(trouble)) => *self.trouble.borrow_mut() = Some(trouble),
                Err(Ended::Mismatch(mismatch)) if mismatch.open() && !on_mock => {
                    self.answers_otherwise(*mismatch);
                }
                Err(Ended::Mismatch(mismatch)) => self.shrink(offer, *mismatch),
            }
        }
    }

    /// Has the library shorten the walk under way, which failed by this mismatch, and then goes on.
    fn shrink(&self, offer: &Offer<D>, mismatch: Mismatch) {
        let walks = D::Model::walks(offer.clone(), 1..=self.hunt.steps);
        let mut runner = self.hunt.runner(self.walk.get());
        // It was generated before.
        let Ok(tree) = walks.new_tree(&mut runner) else {
            return;
        };
        // The spaces up to this are those of the walks.
        self.spaces.set(self.hunt.walks as usize);
        let known = Cell::new(Some(mismatch));
        // What a walk came to is kept in the search: with the steps, the library has no room for it.
        let _ = runner.run_one(tree, |(state, steps, counter): model::Walk<_, _>| {
            let Some(mismatch) = known.take() else {
                return self.attempt(state, steps, counter.as_deref());
            };
            if let Some(counter) = counter {
                counter.fetch_add(mismatch.place.step() + 1, Ordering::SeqCst);
            }
            self.judge(steps, mismatch)
        });
        self.shrink_further(offer);
    }

    /// Takes away from the shortest failing walk whatever it fails without, until nothing more can go.
    fn shrink_further(&self, offer: &Offer<D>) {
        loop {
            let shortest = self.failed.borrow();
            let Some(steps) = shortest.as_ref().map(|failed| failed.steps.clone()) else {
                return;
            };
            drop(shortest);
            let mut less = shrink::less::<D>(offer, &steps).into_iter();
            let fails = less.any(|walk| {
                let fresh = D::Model::fresh(offer);
                matches!(self.attempt(fresh, walk, None), Err(TestCaseError::Fail(_)))
            });
            if !fails {
                return;
            }
        }
    }

    /// Takes a walk; once one has failed, the library hands in shorter ones of its kind.
    fn attempt(
        &self,
        state: State<D>,
        steps: Vec<Transition<D>>,
        counter: Option<&AtomicUsize>,
    ) -> TestCaseResult {
        if self.shrunk_enough() {
            return Ok(());
        }
        self.spaces.set(self.spaces.get() + 1);
        let prefix = self.hunt.prefix(D::API, self.spaces.get());
        let conversation = self.hunt.target.converse(&prefix, false);
        let ended = Walk::<D>::begin(conversation, &steps).and_then(|it| it.take(state, counter));
        match ended {
            Ok(tally) => {
                if self.failed.borrow().is_none() {
                    self.count(tally);
                }
                Ok(())
            }
            Err(Ended::Trouble(trouble)) => {
                *self.trouble.borrow_mut() = Some(trouble);
                Err(TestCaseError::reject("the instrument failed"))
            }
            Err(Ended::Mismatch(mismatch)) => self.judge(steps, *mismatch),
        }
    }

    fn judge(&self, steps: Vec<Transition<D>>, mismatch: Mismatch) -> TestCaseResult {
        if mismatch.open() && !self.on_mock {
            self.answers_otherwise(mismatch);
            return Ok(());
        }
        let mut failed = self.failed.borrow_mut();
        match failed.as_mut() {
            // A broken rule must not shrink into an open question answered otherwise.
            Some(shortest) if mismatch.open() && !shortest.mismatch.open() => return Ok(()),
            Some(shortest) => {
                shortest.steps = steps;
                shortest.mismatch = mismatch;
            }
            None => {
                *failed = Some(Failed {
                    from_steps: steps.len(),
                    steps,
                    mismatch,
                    since: Instant::now(),
                    tries: 0,
                });
            }
        }
        Err(TestCaseError::fail("the model foresees otherwise"))
    }

    fn answers_otherwise(&self, mismatch: Mismatch) {
        let mut otherwise = self.otherwise.borrow_mut();
        let mut known = otherwise.iter();
        if known.all(|known| known.rules() != mismatch.rules()) {
            otherwise.push(mismatch);
        }
    }

    /// Counts a try to shrink; the library is through its candidates in no time when none of them fails.
    fn shrunk_enough(&self) -> bool {
        let mut failed = self.failed.borrow_mut();
        let Some(failed) = failed.as_mut() else {
            return false;
        };
        let effort = self.effort.get();
        let enough = failed.tries >= effort.tries
            || failed.since.elapsed() > effort.time
            || self.trouble.borrow().is_some()
            || self.hunt.target.interrupt().asked();
        failed.tries += u32::from(!enough);
        enough
    }

    fn hunted(self) -> Hunted {
        let walk = self.walk.get();
        let failed = self.failed.into_inner();
        let trouble = self.trouble.into_inner();
        let seed = self.hunt.seed;
        let offer = self.offer.into_inner();
        let finding = failed.map(|failed| Finding {
            saved: save::document::<D>(&failed.steps, &failed.mismatch.rules(), seed),
            script: offer.and_then(|offer| {
                script::text::<D>(self.hunt.target, &offer, &failed.steps, &failed.mismatch)
            }),
            mismatch: failed.mismatch,
            walk,
            from_steps: failed.from_steps,
            tries: failed.tries,
        });
        let ended = finding.is_some() || trouble.is_some();
        Hunted {
            api: D::API,
            walks: walk.saturating_sub(u32::from(ended)),
            tally: self.tally.get(),
            took: self.started.elapsed(),
            finding,
            otherwise: self.otherwise.into_inner(),
            trouble,
        }
    }

    fn count(&self, tally: Tally) {
        let mut sum = self.tally.get();
        sum.steps += tally.steps;
        sum.looks += tally.looks;
        self.tally.set(sum);
    }
}

pub(super) fn unable(text: String) -> Box<Trouble> {
    Box::new(Trouble {
        kind: TroubleKind::Other,
        step: "reach the target".to_owned(),
        text,
        request: String::new(),
    })
}
