//! A run as its reports tell it when it is over: one list of cases, whatever command they come from.
//! Knows no form of report.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::About;
use crate::event::{Difference, Event, Shrunk, Walked};
use crate::run::{Contradiction, Performed};
use crate::scenario::Api;
use crate::verdict::{Trouble, Verdict};
use crate::{Exchange, WalkStep};

/// What happened so far.
#[derive(Debug)]
pub(super) struct Story {
    about: About,
    began: Instant,
    pub(super) run: String,
    pub(super) target: String,
    /// What the random walks were drawn from.
    pub(super) seed: Option<u64>,
    pub(super) cases: Vec<Case>,
    /// Why it ended before its work was done.
    pub(super) stopped: Option<Trouble>,
}

/// One thing that was judged: a scenario, or walks.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) api: Api,
    pub(super) name: String,
    pub(super) verdict: Verdict,
    /// The rules it is about, or the open question.
    pub(super) proves: Vec<&'static str>,
    /// Whether it asks an open question.
    pub(super) asks: bool,
    /// Whether the run fails by it.
    pub(super) fails: bool,
    pub(super) contradiction: Option<Contradiction>,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) walk: Option<Walk>,
    pub(super) took: Duration,
}

/// What is told of walks besides.
#[derive(Debug)]
pub(super) struct Walk {
    /// How many held.
    pub(super) held: u32,
    pub(super) steps: usize,
    pub(super) looks: usize,
    /// The steps of the one that failed.
    pub(super) taken: Vec<WalkStep>,
    pub(super) shrunk: Option<Shrunk>,
    pub(super) saved: Vec<String>,
    /// What failed while the walk was made shorter.
    pub(super) trouble: Option<Trouble>,
}

/// What was seen of one rule by all cases together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Unseen,
    Held,
    Broken,
}

impl Story {
    pub(super) fn new(about: About) -> Self {
        Self {
            target: about.target.clone(),
            about,
            began: Instant::now(),
            run: String::new(),
            seed: None,
            cases: Vec::new(),
            stopped: None,
        }
    }

    pub(super) fn about(&self) -> &About {
        &self.about
    }

    /// How long it has been going on.
    pub(super) fn took(&self) -> Duration {
        self.began.elapsed()
    }

    pub(super) fn tell(&mut self, event: Event<'_>) {
        match event {
            Event::Started { run, .. } => run.clone_into(&mut self.run),
            Event::Exploring { run, seed, .. } => {
                run.clone_into(&mut self.run);
                self.seed = seed;
            }
            Event::Finished(performed) => self.cases.push(Case::performed(performed)),
            Event::Walked(walked) => self.cases.extend(Case::walked(walked)),
            Event::Stopped(trouble) => self.stopped = Some(trouble.clone()),
            Event::Walking | Event::Ended(_) => {}
        }
    }

    /// Whether nothing was seen of the target's behaviour.
    pub(super) fn saw_nothing(&self) -> bool {
        !self.cases.iter().any(|case| case.verdict.observed())
    }

    /// What is told of walks.
    pub(super) fn walks(&self) -> impl Iterator<Item = &Walk> {
        self.cases.iter().filter_map(|case| case.walk.as_ref())
    }

    /// How many cases ended in each verdict, in the order of their weight.
    pub(super) fn counts(&self) -> Vec<(&'static str, usize)> {
        let count = |name: &str| {
            let cases = self.cases.iter();
            cases.filter(|case| case.verdict.name() == name).count()
        };
        VERDICTS
            .into_iter()
            .map(|name| (name, count(name)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// What was seen of each rule that a scenario is about. Walks do not say which rules they saw hold.
    pub(super) fn rules(&self) -> BTreeMap<&'static str, Standing> {
        let mut rules = BTreeMap::new();
        let about_rules = self
            .cases
            .iter()
            .filter(|case| !case.asks && case.walk.is_none());
        for case in about_rules {
            let seen = match case.verdict {
                Verdict::Held => Standing::Held,
                Verdict::Broken(_) => Standing::Broken,
                Verdict::NotObservable { .. }
                | Verdict::InstrumentFailed(_)
                | Verdict::Answered { .. }
                | Verdict::UnknownAnswer(_) => Standing::Unseen,
            };
            for rule in &case.proves {
                let standing = rules.entry(*rule).or_insert(Standing::Unseen);
                *standing = seen.max(*standing);
            }
        }
        rules
    }
}

/// The verdicts, the gravest first.
const VERDICTS: [&str; 6] = [
    "broken",
    "instrument failed",
    "unknown answer",
    "not observable",
    "answered",
    "held",
];

impl Case {
    fn performed(performed: &Performed) -> Self {
        let scenario = performed.scenario;
        Self {
            api: scenario.api(),
            name: scenario.name.to_owned(),
            verdict: performed.verdict.clone(),
            proves: scenario.proves.to_vec(),
            asks: scenario.asks(),
            fails: matches!(performed.verdict, Verdict::Broken(_))
                || performed.contradiction.is_some(),
            contradiction: performed.contradiction.clone(),
            exchanges: performed.exchanges.clone(),
            walk: None,
            took: performed.took,
        }
    }

    /// One case for the walks, and one for each open question that the target answers otherwise.
    fn walked(walked: &Walked) -> Vec<Self> {
        let finding = walked.finding.as_ref();
        let mut cases = vec![Self {
            api: walked.api,
            name: walked.name.clone(),
            verdict: walked.verdict.clone(),
            proves: finding.map_or_else(Vec::new, ids),
            asks: matches!(walked.verdict, Verdict::UnknownAnswer(_)),
            fails: walked.fails,
            contradiction: None,
            exchanges: finding.map_or_else(Vec::new, |finding| finding.exchanges.clone()),
            walk: Some(Walk {
                held: walked.walks,
                steps: walked.steps,
                looks: walked.looks,
                taken: finding.map_or_else(Vec::new, |finding| finding.steps.clone()),
                shrunk: walked.shrunk,
                saved: walked.saved.clone(),
                trouble: walked.trouble.clone(),
            }),
            took: walked.took,
        }];
        let otherwise = walked.otherwise.iter();
        cases.extend(otherwise.map(|difference| Self::otherwise(walked, difference)));
        cases
    }

    fn otherwise(walked: &Walked, difference: &Difference) -> Self {
        let ids = ids(difference);
        Self {
            api: walked.api,
            name: format!("{}/{}", walked.name, ids.join("+")),
            verdict: Verdict::UnknownAnswer(difference.failure.clone()),
            proves: ids,
            asks: true,
            fails: false,
            contradiction: None,
            exchanges: difference.exchanges.clone(),
            walk: Some(Walk {
                held: 0,
                steps: 0,
                looks: 0,
                taken: difference.steps.clone(),
                shrunk: None,
                saved: Vec::new(),
                trouble: None,
            }),
            took: Duration::ZERO,
        }
    }

    /// The exchange that the verdict is about.
    pub(super) fn telling(&self) -> Option<&Exchange> {
        let (request, step) = match &self.verdict {
            Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => {
                (&failure.request, &failure.step)
            }
            Verdict::InstrumentFailed(trouble) => (&trouble.request, &trouble.step),
            Verdict::Held | Verdict::NotObservable { .. } | Verdict::Answered { .. } => {
                return None;
            }
        };
        let mut said = self.exchanges.iter().rev();
        let same = said
            .clone()
            .find(|said| said.step == *step && said.curl() == *request);
        same.or_else(|| said.find(|said| said.step == *step))
    }
}

fn ids(difference: &Difference) -> Vec<&'static str> {
    difference.rules.iter().map(|rule| rule.id).collect()
}
