//! A report on what requests met of the rules, error codes and statuses, and what they never met.

use glob::Pattern;
use serde::Serialize;

use crate::platform::assumption::Answers;
use crate::platform::coverage::Met;
use crate::server::{APIS, Running};

/// What can be met, and how often it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is called: the id of a rule or an assumption, an error code, or `POST /creditors 422`.
    pub name: String,
    /// The API it belongs to.
    pub api: &'static str,
    /// What it means, in words.
    pub text: String,
    /// How many answers it decided.
    pub met: u64,
}

/// What requests met and what they never met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverageReport {
    /// Every rule.
    pub rules: Vec<Item>,
    /// Every open question.
    pub assumptions: Vec<Item>,
    /// Every error code or message that a rule refuses with.
    pub errors: Vec<Item>,
    /// Every status of every call.
    pub statuses: Vec<Item>,
}

/// Why a pattern cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequireError {
    /// It is no pattern.
    #[error("'{0}' is no pattern: {1}")]
    Form(String, String),
    /// Nothing is called so.
    #[error(
        "'{0}' names no rule, assumption, error code or status of a call (such as 'POST /creditors 422')"
    )]
    Unknown(String),
}

/// The report of a server that was started with coverage; it outlives the server.
#[derive(Clone)]
pub struct CoverageWatch(pub(crate) Running);

impl std::fmt::Debug for CoverageWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("CoverageWatch").finish()
    }
}

impl CoverageWatch {
    /// What was met until now.
    pub fn report(&self) -> CoverageReport {
        let met = self
            .0
            .coverage()
            .map(|coverage| coverage.met())
            .unwrap_or_default();
        let decided = |id: &str| met.decided.get(id).copied().unwrap_or(0);
        let rules = self.0.rules().map(|rule| Item {
            name: rule.id.to_owned(),
            api: rule.api(),
            text: rule.text.to_owned(),
            met: decided(rule.id),
        });
        let assumptions = self.0.assumptions().map(|assumption| Item {
            name: assumption.id.to_owned(),
            api: assumption.api(),
            text: assumption.question.to_owned(),
            met: decided(assumption.id),
        });
        CoverageReport {
            rules: rules.collect(),
            assumptions: assumptions.collect(),
            errors: self.errors(&met),
            statuses: statuses(&met),
        }
    }

    /// What rules refuse with: some share a code.
    fn errors(&self, met: &Met) -> Vec<Item> {
        let mut errors: Vec<Item> = Vec::new();
        for rule in self.0.rules() {
            let Some(refused) = rule.refused_as.filter(|refused| !refused.error.is_empty()) else {
                continue;
            };
            let count = met.refused.get(rule.id).copied().unwrap_or(0);
            let known = errors
                .iter_mut()
                .find(|item| item.name == refused.error && item.api == rule.api());
            match known {
                Some(item) => item.met += count,
                None => errors.push(Item {
                    name: refused.error.to_owned(),
                    api: rule.api(),
                    text: format!("{}: {}", refused.status, rule.text),
                    met: count,
                }),
            }
        }
        errors
    }
}

/// Every status that the documents of the APIs list, call by call.
fn statuses(met: &Met) -> Vec<Item> {
    let mut statuses = Vec::new();
    for api in APIS {
        for path in api.described(&Answers::default()).paths {
            for (method, operation) in path.calls {
                for status in operation.statuses() {
                    let key = (api.name(), method.to_string(), path.path.clone(), status);
                    statuses.push(Item {
                        name: format!("{method} {} {status}", path.path),
                        api: api.name(),
                        text: operation.summary().to_owned(),
                        met: met.answered.get(&key).copied().unwrap_or(0),
                    });
                }
            }
        }
    }
    statuses
}

impl CoverageReport {
    fn all(&self) -> impl Iterator<Item = &Item> {
        let rules = self.rules.iter().chain(&self.assumptions);
        rules.chain(&self.errors).chain(&self.statuses)
    }

    /// What of that which a pattern names (`*` stands for anything) was never met.
    ///
    /// # Errors
    /// When it is no pattern, or names nothing there is.
    pub fn gaps(&self, pattern: &str) -> Result<Vec<&Item>, RequireError> {
        let wanted = Pattern::new(pattern)
            .map_err(|fault| RequireError::Form(pattern.to_owned(), fault.msg.to_owned()))?;
        let named: Vec<&Item> = self
            .all()
            .filter(|item| wanted.matches(&item.name))
            .collect();
        if named.is_empty() {
            return Err(RequireError::Unknown(pattern.to_owned()));
        }
        Ok(named.into_iter().filter(|item| item.met == 0).collect())
    }

    /// One line: how much of each kind was met.
    pub fn summary(&self) -> String {
        let share = |items: &[Item]| {
            let met = items.iter().filter(|item| item.met > 0).count();
            format!("{met} of {}", items.len())
        };
        format!(
            "met {} rules, {} open questions, {} errors, {} statuses",
            share(&self.rules),
            share(&self.assumptions),
            share(&self.errors),
            share(&self.statuses)
        )
    }

    /// The report for people: of each kind what was met with its counts, then what never was.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        for (title, items) in [
            ("Rules", &self.rules),
            ("Open questions", &self.assumptions),
            ("Errors", &self.errors),
            ("Statuses", &self.statuses),
        ] {
            out.push_str(&format!("\n{title} met\n"));
            for item in items.iter().filter(|item| item.met > 0) {
                out.push_str(&format!("{:>8}  {}\n", item.met, item.name));
            }
            out.push_str(&format!("\n{title} never met\n"));
            for item in items.iter().filter(|item| item.met == 0) {
                out.push_str(&format!("       -  {}: {}\n", item.name, item.text));
            }
        }
        out
    }
}
