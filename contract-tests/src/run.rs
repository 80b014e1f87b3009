//! Runs scenarios, each on a thread of its own, a few at a time. Knows neither reports nor the command line.

mod beside;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};

use crate::client::{Client, Exchange};
use crate::event::{Event, milliseconds};
use crate::scenario::{RunsOn, Scenario};
use crate::target::Target;
use crate::verdict::{Trouble, TroubleKind, Verdict};

pub(crate) use beside::Beside;

/// A run: whom it asks, and under which name it makes things.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// What names begin with, after `ct-`.
    pub id: &'a str,
    /// The target.
    pub target: &'a Target,
    /// Nothing is sent; the requests are only collected.
    pub planning: bool,
}

/// A scenario that has been run.
#[derive(Debug, Serialize)]
pub struct Performed {
    /// The scenario.
    #[serde(serialize_with = "name_of")]
    pub scenario: &'static Scenario,
    /// What it came to.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// A mock that says one thing about an open question and does another.
    pub contradiction: Option<Contradiction>,
    /// What was said, without secrets.
    pub exchanges: Vec<Exchange>,
    /// How long it took.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
}

/// A mock that says one thing and does another.
#[derive(Debug, Clone, Serialize)]
pub struct Contradiction {
    /// The open question.
    pub assumption: &'static str,
    /// The answer that the mock says is in force.
    pub says: String,
    /// The answer that it gives.
    pub does: String,
}

/// What a run came to.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// How many scenarios ended in each verdict.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// The rules that were seen to hold and never seen broken.
    pub rules_held: BTreeSet<&'static str>,
    /// The rules that were seen broken.
    pub rules_broken: BTreeSet<&'static str>,
    /// The rules that the scenarios are about.
    pub rules: BTreeSet<&'static str>,
    /// The answers seen to open questions.
    pub answers: BTreeMap<&'static str, &'static str>,
    /// How many times a mock contradicted itself.
    pub contradictions: usize,
    /// How many scenarios saw anything.
    pub observed: usize,
    /// How many could not reach the target or were refused its credentials.
    pub shut_out: usize,
    /// Whether a signal ended it before its last scenario.
    pub interrupted: bool,
}

impl Run<'_> {
    /// Runs the scenarios, telling each event. A target that cannot be reached is told before the first.
    ///
    /// # Errors
    /// When the target cannot be reached or refuses the credentials.
    pub fn all(
        &self,
        scenarios: &[&'static Scenario],
        tell: &mut dyn FnMut(Event<'_>),
    ) -> Result<Summary, Box<Trouble>> {
        if !self.planning {
            self.target.reached(self.id, scenarios)?;
        }
        tell(Event::Started {
            run: self.id,
            target: self.target.name(),
            scenarios: scenarios.len(),
        });
        let mut summary = Summary::default();
        let mut finished = 0;
        self.in_threads(scenarios, &mut |performed| {
            finished += 1;
            summary.count(&performed);
            tell(Event::Finished(&performed));
        });
        summary.settle();
        if finished < scenarios.len() {
            let all = scenarios.len();
            summary.interrupted = true;
            tell(Event::Stopped(&Trouble {
                kind: TroubleKind::Other,
                step: String::new(),
                text: format!("interrupted after {finished} of {all} scenarios"),
                request: String::new(),
            }));
        }
        tell(Event::Ended(&summary));
        Ok(summary)
    }

    /// Runs one scenario in a space of its own.
    pub fn one(&self, number: usize, scenario: &'static Scenario) -> Performed {
        let began = Instant::now();
        let conversation = self.target.converse(&self.prefix(number), self.planning);
        let client = Client::new(Rc::clone(&conversation), scenario.api());
        let verdict = match (client.as_ref(), scenario.runs_on) {
            (Ok(_), RunsOn::MockOnly { because }) if !self.target.is_mock(scenario.api()) => {
                Verdict::NotObservable {
                    because: format!("only a mock can show it: {because}"),
                }
            }
            (Ok(client), _) => scenario.play(client),
            (Err(_), _) => Verdict::NotObservable {
                because: self.target.lacks(scenario.api()),
            },
        };
        // What is asked about the mock itself is no part of the scenario.
        let exchanges = conversation.exchanges();
        let contradiction = client
            .ok()
            .and_then(|client| self.judge(scenario, &verdict, &client));
        Performed {
            scenario,
            verdict,
            contradiction,
            exchanges,
            took: began.elapsed(),
        }
    }

    /// The rules and assumptions that decided answers in the space of a scenario that has been run on a
    /// mock.
    ///
    /// # Errors
    /// When the target is no mock, or does not tell.
    pub fn noted(
        &self,
        number: usize,
        scenario: &'static Scenario,
    ) -> Result<BTreeSet<String>, String> {
        let conversation = self.target.converse(&self.prefix(number), false);
        let told =
            Client::new(conversation, scenario.api()).and_then(|client| client.mock()?.noted());
        match told {
            Ok(noted) => Ok(noted.into_iter().collect()),
            Err(stop) => Err(format!("{stop:?}")),
        }
    }

    fn prefix(&self, number: usize) -> String {
        format!("ct-{}-{number}", self.id)
    }

    fn judge(
        &self,
        scenario: &'static Scenario,
        verdict: &Verdict,
        client: &Client,
    ) -> Option<Contradiction> {
        if self.planning || !client.on_mock() {
            return None;
        }
        let does = match verdict {
            Verdict::Answered { answer } => *answer,
            Verdict::UnknownAnswer(_) => "something else",
            Verdict::Held
            | Verdict::Broken(_)
            | Verdict::NotObservable { .. }
            | Verdict::InstrumentFailed(_) => return None,
        };
        let assumption = *scenario.proves.first()?;
        let catalogue = mock_server::catalogue::assumptions();
        let known = catalogue.iter().find(|known| known.id == assumption)?;
        let says = client.mock().ok()?.in_force(assumption);
        let says = says.unwrap_or_else(|| known.default_answer().to_owned());
        (says != does).then(|| Contradiction {
            assumption,
            says,
            does: does.to_owned(),
        })
    }

    /// Workers take the next scenario that nobody has; what they bring is told in the order of the list.
    fn in_threads(&self, scenarios: &[&'static Scenario], tell: &mut dyn FnMut(Performed)) {
        let next = AtomicUsize::new(0);
        let (done, results) = mpsc::channel();
        let workers = thread::available_parallelism().map_or(2, NonZero::get) * 2;
        thread::scope(|scope| {
            for _ in 0..workers.min(scenarios.len()) {
                let (done, next) = (done.clone(), &next);
                scope.spawn(move || {
                    // Once the user wants the end, nothing more is begun.
                    while !self.target.interrupt().asked() {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let Some(scenario) = scenarios.get(place) else {
                            return;
                        };
                        // Nobody listens any more: the run is over.
                        if done.send((place, self.one(place + 1, scenario))).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(done);
            in_order(&results, tell);
        });
    }
}

fn in_order(results: &mpsc::Receiver<(usize, Performed)>, tell: &mut dyn FnMut(Performed)) {
    let mut early = BTreeMap::new();
    let mut turn = 0;
    for (place, performed) in results {
        early.insert(place, performed);
        while let Some(performed) = early.remove(&turn) {
            tell(performed);
            turn += 1;
        }
    }
}

impl Summary {
    /// Takes one more scenario into account.
    pub(crate) fn count(&mut self, performed: &Performed) {
        let scenario = performed.scenario;
        *self.verdicts.entry(performed.verdict.name()).or_default() += 1;
        self.observed += usize::from(performed.verdict.observed());
        self.contradictions += usize::from(performed.contradiction.is_some());
        if !scenario.asks() {
            self.rules.extend(scenario.proves);
        }
        match &performed.verdict {
            Verdict::Held => self.rules_held.extend(scenario.proves),
            Verdict::Broken(_) => self.rules_broken.extend(scenario.proves),
            Verdict::Answered { answer } => {
                let asked = scenario.proves.iter();
                self.answers
                    .extend(asked.map(|assumption| (*assumption, *answer)));
            }
            Verdict::InstrumentFailed(trouble) => {
                self.shut_out += usize::from(trouble.kind != TroubleKind::Other);
            }
            Verdict::NotObservable { .. } | Verdict::UnknownAnswer(_) => {}
        }
    }

    /// Takes the rules that were seen broken from those that were seen to hold.
    pub(crate) fn settle(&mut self) {
        let broken = &self.rules_broken;
        self.rules_held.retain(|rule| !broken.contains(rule));
    }

    /// How many scenarios ended in this verdict.
    pub fn with(&self, verdict: &str) -> usize {
        self.verdicts.get(verdict).copied().unwrap_or_default()
    }
}

fn name_of<S: Serializer>(scenario: &&'static Scenario, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(scenario.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    #[test]
    fn once_the_user_wants_the_end_nothing_more_is_begun() {
        let target = Target::imagined(true).unwrap();
        let run = Run {
            id: "interrupted",
            target: &target,
            planning: true,
        };
        let scenarios = scenario::all();
        let mut begun = 0;
        let mut count =
            |event: Event<'_>| begun += usize::from(matches!(event, Event::Finished(_)));
        run.all(&scenarios, &mut count).unwrap();
        target.interrupt().ask();
        run.all(&scenarios, &mut count).unwrap();
        assert_eq!(begun, scenarios.len());
    }
}
