//! Which connections are open, what each is at, and who leaves when there is no room. It reads and writes
//! nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::time::Instant;

use crate::platform::bounds::Limits;

/// How many connections may wait at a time for a client to read why it was refused.
const LINGERING: usize = 64;

/// What a connection is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Between requests.
    Idle,
    /// A request's head has begun to come.
    Head,
    /// Its body is yet to come.
    Body,
    /// It is answered.
    Answer,
    /// It is answered without an end, as a stream of events is.
    Stream,
}

/// What takes too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overdue {
    /// The next request.
    Idle,
    /// The rest of a request.
    Request,
    /// The client's taking of the answer.
    Taking,
}

#[derive(Debug, Clone, Copy)]
struct Situation {
    phase: Phase,
    since: Instant,
    /// Since when the client takes nothing of what is sent.
    stalled: Option<Instant>,
}

impl Situation {
    /// Who leaves first for another: those who lose least. Who is being answered stays.
    fn rank(&self) -> Option<u8> {
        match self.phase {
            _ if self.stalled.is_some() => Some(4),
            Phase::Idle => Some(0),
            Phase::Head => Some(1),
            Phase::Body => Some(2),
            Phase::Stream => Some(3),
            Phase::Answer => None,
        }
    }
}

/// What is known of one connection.
#[derive(Debug)]
pub(super) struct Slot {
    situation: Mutex<Situation>,
    leave: Notify,
}

impl Slot {
    fn new() -> Self {
        let since = Instant::now();
        Self {
            situation: Mutex::new(Situation {
                phase: Phase::Idle,
                since,
                stalled: None,
            }),
            leave: Notify::new(),
        }
    }

    /// Something came.
    pub(super) fn heard(&self) {
        let mut situation = self.situation();
        if situation.phase == Phase::Idle {
            situation.phase = Phase::Head;
            situation.since = Instant::now();
        }
    }

    /// A whole head came, with a body to follow or not.
    pub(super) fn asked(&self, is_whole: bool) {
        let mut situation = self.situation();
        // Of requests in a row the second one's head may have come with the first.
        if situation.phase == Phase::Idle {
            situation.since = Instant::now();
        }
        situation.phase = if is_whole { Phase::Answer } else { Phase::Body };
    }

    /// The whole body came.
    pub(super) fn received(&self) {
        let mut situation = self.situation();
        if situation.phase == Phase::Body {
            situation.phase = Phase::Answer;
        }
    }

    /// There is an answer, with an end or without.
    pub(super) fn answers(&self, has_end: bool) {
        self.situation().phase = if has_end {
            Phase::Answer
        } else {
            Phase::Stream
        };
    }

    /// The answer is sent.
    pub(super) fn answered(&self) {
        let mut situation = self.situation();
        situation.phase = Phase::Idle;
        situation.since = Instant::now();
    }

    /// The client takes what is sent, or does not.
    pub(super) fn takes(&self, takes: bool) {
        let mut situation = self.situation();
        situation.stalled = match (takes, situation.stalled) {
            (true, _) => None,
            (false, since) => since.or_else(|| Some(Instant::now())),
        };
        // What is written last of an answer may wait long after the body has been given away.
        if takes && situation.phase == Phase::Idle {
            situation.since = Instant::now();
        }
    }

    /// What takes too long now, if anything does.
    pub(super) fn overdue(&self, limits: &Limits) -> Option<Overdue> {
        let situation = *self.situation();
        let now = Instant::now();
        let passed = |since: Instant, within: Duration| now.duration_since(since) >= within;
        if situation
            .stalled
            .is_some_and(|since| passed(since, limits.request_within))
        {
            return Some(Overdue::Taking);
        }
        match situation.phase {
            Phase::Idle if situation.stalled.is_some() => None,
            Phase::Idle => passed(situation.since, limits.idle).then_some(Overdue::Idle),
            Phase::Head | Phase::Body => {
                passed(situation.since, limits.request_within).then_some(Overdue::Request)
            }
            Phase::Answer | Phase::Stream => None,
        }
    }

    /// When something may be overdue at the earliest: what begins later ends later.
    pub(super) fn next_look(&self, limits: &Limits) -> Instant {
        let situation = *self.situation();
        let now = Instant::now();
        let shortest = limits.request_within.min(limits.idle);
        let end = match situation.phase {
            Phase::Idle => situation.since + limits.idle,
            Phase::Head | Phase::Body => situation.since + limits.request_within,
            Phase::Answer | Phase::Stream => now + shortest,
        };
        end.min(now + shortest).max(now + Duration::from_millis(1))
    }

    /// Whether it is answered without an end.
    pub(super) fn is_stream(&self) -> bool {
        self.situation().phase == Phase::Stream
    }

    /// Waits until another connection needs the place; says what this one was at.
    pub(super) async fn told_to_leave(&self) -> Phase {
        self.leave.notified().await;
        self.situation().phase
    }

    fn situation(&self) -> MutexGuard<'_, Situation> {
        self.situation
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connections that are open.
#[derive(Debug)]
pub(super) struct Census {
    most: usize,
    open: Mutex<Open>,
    lingering: Semaphore,
}

#[derive(Debug, Default)]
struct Open {
    slots: BTreeMap<u64, Arc<Slot>>,
    last: u64,
}

impl Census {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            open: Mutex::default(),
            lingering: Semaphore::new(LINGERING),
        }
    }

    /// A place for one more, if need be that of one which loses little; none when all are being answered.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Place> {
        let mut open = self.open();
        if open.slots.len() >= self.most && !open.make_room() {
            return None;
        }
        open.last += 1;
        let number = open.last;
        let slot = Arc::new(Slot::new());
        open.slots.insert(number, Arc::clone(&slot));
        Some(Place {
            census: Arc::clone(self),
            number,
            slot,
        })
    }

    /// Has one leave, if one can.
    pub(super) fn make_room(&self) {
        self.open().make_room();
    }

    /// Those that wait for a client to read why it was refused.
    pub(super) fn lingering(&self) -> &Semaphore {
        &self.lingering
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn make_room(&mut self) -> bool {
        let leaves = self.slots.iter().filter_map(|(number, slot)| {
            let situation = *slot.situation();
            Some(((situation.rank()?, situation.since), *number))
        });
        let Some((_, number)) = leaves.min() else {
            return false;
        };
        if let Some(slot) = self.slots.remove(&number) {
            slot.leave.notify_one();
        }
        true
    }
}

/// A connection's place among the open ones, which it leaves when dropped.
#[derive(Debug)]
pub(super) struct Place {
    census: Arc<Census>,
    number: u64,
    slot: Arc<Slot>,
}

impl Place {
    pub(super) fn slot(&self) -> Arc<Slot> {
        Arc::clone(&self.slot)
    }

    pub(super) fn census(&self) -> &Census {
        &self.census
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.census.open().slots.remove(&self.number);
    }
}
