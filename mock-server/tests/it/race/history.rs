//! Whether a history of overlapping operations is linearizable: whether each can have happened at one instant
//! between its beginning and its end. Knows nothing of what the operations do.
//!
//! The search is that of Wing and Gong with the memory that Lowe gave it. What each client does is in order, so
//! that how far every client has come says which operations have happened.

use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::Hash;

/// What is there between two operations, if they happen one after the other.
pub(super) trait Model: Clone + Eq + Hash + Debug {
    /// An operation with its answer.
    type Operation: Debug;

    /// What is there after this operation; `None` if it cannot be answered so here.
    fn after(&self, operation: &Self::Operation) -> Option<Self>;
}

/// An operation, when it was begun, and when its answer was there.
#[derive(Debug, Clone)]
pub(super) struct Event<O> {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) operation: O,
}

/// How far the search came in a history that cannot be put in order.
#[derive(Debug)]
pub(super) struct Stuck {
    /// How many operations fit, and of how many.
    pub(super) fitted: (usize, usize),
    /// The operations of which none can be next, and what was there.
    pub(super) told: String,
}

/// Looks for an order; the events are those of each client, each client's in their order.
pub(super) fn check<M: Model>(start: M, clients: &[Vec<Event<M::Operation>>]) -> Result<(), Stuck> {
    let all = clients.iter().map(Vec::len).sum();
    let first = (vec![0; clients.len()], start);
    let mut seen = HashSet::from([first.clone()]);
    let mut deepest = first.clone();
    let mut open = vec![first];
    while let Some((come, state)) = open.pop() {
        let fitted: usize = come.iter().sum();
        if fitted == all {
            return Ok(());
        }
        if fitted > deepest.0.iter().sum() {
            deepest = (come.clone(), state.clone());
        }
        for client in next(clients, &come) {
            let event = &clients[client][come[client]];
            let Some(after) = state.after(&event.operation) else {
                continue;
            };
            let mut come = come.clone();
            come[client] += 1;
            let node = (come, after);
            if !seen.contains(&node) {
                seen.insert(node.clone());
                open.push(node);
            }
        }
    }
    let (come, state) = deepest;
    let waiting = next(clients, &come).map(|client| &clients[client][come[client]]);
    let waiting = waiting.map(|event| format!("{event:?}\n"));
    Err(Stuck {
        fitted: (come.iter().sum(), all),
        told: format!("{}after {state:#?}", waiting.collect::<String>()),
    })
}

/// The clients whose next operation may be the next of all: none that is left had ended before it began.
fn next<'a, O>(clients: &'a [Vec<Event<O>>], come: &'a [usize]) -> impl Iterator<Item = usize> {
    let left = move || {
        let places = clients.iter().zip(come).enumerate();
        places.filter_map(|(client, (events, at))| Some((client, events.get(*at)?)))
    };
    let end = left().map(|(_, event)| event.to).min().unwrap_or(u64::MAX);
    left()
        .filter(move |(_, event)| event.from < end)
        .map(|(client, _)| client)
}

/// A register of one value, to try the search on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Register(u8);

#[derive(Debug, Clone, Copy)]
enum Use {
    Write(u8),
    Read(u8),
}

impl Model for Register {
    type Operation = Use;

    fn after(&self, operation: &Use) -> Option<Self> {
        match operation {
            Use::Write(value) => Some(Self(*value)),
            Use::Read(value) => (*value == self.0).then(|| self.clone()),
        }
    }
}

#[track_caller]
fn fits(clients: &[&[(u64, u64, Use)]], expected: Result<(), (usize, usize)>) {
    let event = |(from, to, operation): &(u64, u64, Use)| Event {
        from: *from,
        to: *to,
        operation: *operation,
    };
    let clients: Vec<Vec<_>> = clients
        .iter()
        .map(|events| events.iter().map(event).collect())
        .collect();
    let found = check(Register(0), &clients).map_err(|stuck| stuck.fitted);
    assert_eq!(found, expected);
}

#[test]
fn what_overlaps_may_have_happened_in_either_order() {
    use Use::{Read, Write};
    fits(&[&[(1, 2, Write(1)), (3, 4, Read(1))]], Ok(()));
    fits(&[&[(1, 4, Write(1))], &[(2, 3, Read(0))]], Ok(()));
    fits(&[&[(1, 4, Write(1))], &[(2, 3, Read(1))]], Ok(()));
    // Three writes that took long, read in the reverse order of their beginnings.
    let reads = [(4, 5, Read(3)), (6, 7, Read(2)), (8, 9, Read(1))];
    let (one, two, three) = (
        [(1, 10, Write(1))],
        [(2, 11, Write(2))],
        [(3, 12, Write(3))],
    );
    fits(&[&one, &two, &three, &reads], Ok(()));
}

#[test]
fn what_ended_before_something_began_happened_before_it() {
    use Use::{Read, Write};
    fits(&[&[(1, 2, Write(1)), (3, 4, Read(0))]], Err((1, 2)));
    fits(&[&[(1, 2, Write(1))], &[(3, 4, Read(0))]], Err((1, 2)));
    // Once one has read what is new, nobody reads what is old any more.
    fits(
        &[&[(1, 8, Write(1))], &[(2, 3, Read(1))], &[(4, 5, Read(0))]],
        Err((2, 3)),
    );
    // Nobody wrote this.
    fits(&[&[(1, 8, Write(1))], &[(2, 3, Read(2))]], Err((1, 2)));
}
