//! The `list` command: what each scenario observes, where it may run, and how many requests that takes.
//! Sends nothing.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::cli::{HELD, Refused};
use crate::plan;
use crate::run::Run;
use crate::scenario::{self, Api, RunsOn, Scenario};
use crate::target::Target;

/// Lists the scenarios with the rules and assumptions that they observe.
#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    api: Api,
    proves: &'static [&'static str],
    /// Whether it asks an open question instead of observing rules.
    asks: bool,
    runs_on: &'static str,
    /// Whether it may run elsewhere than on a mock.
    sandbox: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
    /// As many as it sends to a target that gives each of them the answer expected.
    requests: usize,
}

impl Listed {
    fn of(number: usize, scenario: &'static Scenario, sandbox: &Target, mock: &Target) -> Self {
        let (runs_on, because) = match scenario.runs_on {
            RunsOn::EveryTarget => ("every-target", None),
            RunsOn::MockOnly { because } => ("mock-only", Some(because)),
        };
        let run = Run {
            id: "list",
            target: if because.is_none() { sandbox } else { mock },
            planning: true,
        };
        Self {
            name: scenario.name,
            api: scenario.api(),
            proves: scenario.proves,
            asks: scenario.asks(),
            runs_on,
            sandbox: because.is_none(),
            because,
            requests: plan::count(&run.one(number, scenario).exchanges),
        }
    }
}

/// Prints the list on stdout; gives the exit status.
pub(crate) fn list(arguments: &ListArguments) -> Result<u8, Refused> {
    let (sandbox, mock) = (Target::imagined(false)?, Target::imagined(true)?);
    let scenarios = scenario::all().into_iter().enumerate();
    let listed = scenarios.map(|(number, it)| Listed::of(number, it, &sandbox, &mock));
    let listed: Vec<_> = listed.collect();
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&listed).map_err(io::Error::other)?;
            writeln!(out, "{text}")?;
        }
        Format::Text => {
            for entry in listed {
                let plural = if entry.requests == 1 { "" } else { "s" };
                writeln!(
                    out,
                    "{}  [{}]  {} request{plural}  {}",
                    entry.name,
                    entry.runs_on,
                    entry.requests,
                    entry.proves.join(", ")
                )?;
            }
        }
    }
    Ok(HELD)
}
