//! What the lines of a ledger come to. Knows neither their form nor the file.

use std::collections::{BTreeMap, BTreeSet};

use super::line::{Intent, Line, Thing};

/// Everything that is known of what a run made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    intents: BTreeMap<u64, Intent>,
    /// The requests whose outcome nobody knows.
    open: BTreeSet<u64>,
    /// In the order of their making.
    made: Vec<Made>,
    held: BTreeSet<Thing>,
    gone: BTreeSet<Thing>,
    left: BTreeSet<Thing>,
    finished: bool,
}

/// Something that was made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Made {
    pub(crate) thing: Thing,
    pub(crate) name: Option<String>,
    /// Who made it.
    pub(crate) role: Option<String>,
}

/// Something that may have been made, by a request whose answer was lost.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) number: u64,
    pub(crate) intent: Intent,
}

impl Book {
    pub(super) fn learn(&mut self, line: Line) {
        match line {
            Line::Opened(_) => {}
            Line::Intent { number, intent } => {
                self.open.insert(number);
                self.intents.insert(number, intent);
            }
            Line::Made {
                number,
                thing,
                name,
            } => {
                let role = self.intents.get(&number).and_then(|it| it.role.clone());
                if self.held.insert(thing.clone()) {
                    self.made.push(Made { thing, name, role });
                }
            }
            Line::Settled { number, .. } => {
                self.open.remove(&number);
            }
            Line::Gone { thing } => {
                self.gone.insert(thing);
            }
            Line::Left { thing } => {
                self.left.insert(thing);
            }
            Line::Finished {} => self.finished = true,
        }
    }

    pub(super) fn next_number(&self) -> u64 {
        self.intents
            .last_key_value()
            .map_or(1, |(last, _)| last.saturating_add(1))
    }

    pub(super) fn holds(&self, thing: &Thing) -> bool {
        self.held.contains(thing)
    }

    /// What was made and is not known to be gone, the last one first.
    pub(crate) fn remaining(&self) -> Vec<Made> {
        let made = self.made.iter().rev();
        let there = made.filter(|made| !self.gone.contains(&made.thing));
        there.cloned().collect()
    }

    /// What may have been made, the last one first.
    pub(crate) fn wanted(&self) -> Vec<Wanted> {
        let open = self.open.iter().rev();
        let known = open.filter_map(|number| {
            let intent = self.intents.get(number)?.clone();
            Some(Wanted {
                number: *number,
                intent,
            })
        });
        known.collect()
    }

    /// Whether a line tells that this stays.
    pub(crate) fn is_left(&self, thing: &Thing) -> bool {
        self.left.contains(thing)
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    /// Whether nothing was ever about to be made.
    pub(super) fn is_blank(&self) -> bool {
        self.intents.is_empty()
    }
}
