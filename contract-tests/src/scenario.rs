//! What a scenario is, and the list of all. Knows no target.

use crate::client::Client;
use crate::scenarios;
use crate::verdict::{Answered, Outcome, Verdict};

/// Steps that observe rules or an assumption, described once and run against any target.
#[derive(Debug)]
pub struct Scenario {
    /// `amili/…` or `ams/…`, the name of its file.
    pub name: &'static str,
    /// The rules that it observes, or the one assumption.
    pub proves: &'static [&'static str],
    /// Where it can run.
    pub runs_on: RunsOn,
    pub(crate) steps: Steps,
}

/// Where a scenario can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunsOn {
    /// On the mock and on any sandbox.
    EveryTarget,
    /// On a mock alone.
    MockOnly {
        /// What a sandbox lacks.
        because: &'static str,
    },
}

/// The steps, by what they end in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Steps {
    /// Rules hold, or are broken.
    Hold(fn(&Client) -> Outcome),
    /// An open question is answered.
    Answer(fn(&Client) -> Answered),
}

/// One of the two APIs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// Creditors, access groups and users of Amili.
    Amili,
    /// Users, departments and permission groups of AMS.
    Ams,
}

impl Api {
    /// The name in ids, files and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Amili => "amili",
            Self::Ams => "ams",
        }
    }
}

impl Scenario {
    /// The API whose client the steps are given.
    pub fn api(&self) -> Api {
        if self.name.starts_with("ams/") {
            Api::Ams
        } else {
            Api::Amili
        }
    }

    /// Whether it asks an open question instead of observing rules.
    pub fn asks(&self) -> bool {
        matches!(self.steps, Steps::Answer(_))
    }

    pub(crate) fn play(&self, client: &Client) -> Verdict {
        match self.steps {
            Steps::Hold(steps) => Verdict::on_rules(steps(client)),
            Steps::Answer(steps) => Verdict::on_assumption(steps(client)),
        }
    }
}

/// Every scenario, by API.
pub fn all() -> Vec<&'static Scenario> {
    [
        scenarios::amili::ALL,
        scenarios::amili::cases::ALL,
        scenarios::amili::open::ALL,
        scenarios::ams::ALL,
    ]
    .concat()
}
