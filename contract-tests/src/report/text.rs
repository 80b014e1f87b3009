//! The readable summary on stderr: a line for each case, the failures in full, the totals last. In colours
//! on a terminal, unless NO_COLOR is set.

mod style;
mod walks;

use std::io::{self, IsTerminal, Stderr, Write};

use anstream::{AutoStream, ColorChoice};

use super::progress::Progress;
use super::words::{cited, failed, harmless, wrong};
use crate::event::Event;
use crate::run::{Performed, Summary};
use crate::verdict::Verdict;

/// Writes the summary as the events come.
pub(super) struct Text {
    out: AutoStream<Stderr>,
    progress: Progress,
    begun: bool,
    target: String,
    failures: String,
}

impl Text {
    pub(super) fn on_stderr() -> Self {
        let stderr = io::stderr();
        // Elsewhere than on a terminal nobody wants them, whatever the environment says.
        let choice = if stderr.is_terminal() {
            AutoStream::choice(&stderr)
        } else {
            ColorChoice::Never
        };
        Self {
            out: AutoStream::new(stderr, choice),
            progress: Progress::default(),
            begun: false,
            target: String::new(),
            failures: String::new(),
        }
    }

    pub(super) fn tell(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Started {
                run,
                target,
                scenarios,
            } => {
                self.begin(target);
                self.write(&format!("run {run}: {scenarios} scenarios on {target}\n"))?;
                self.progress.begin(scenarios);
            }
            Event::Exploring {
                run,
                target,
                seed,
                walks,
            } => {
                self.begin(target);
                // One that is replayed is told by its own line.
                if let Some(seed) = seed {
                    self.write(&format!(
                        "run {run}: random walks on {target}, seed {seed}\n"
                    ))?;
                    self.progress.begin(walks);
                }
            }
            Event::Finished(performed) => {
                self.failures.push_str(&in_full(performed));
                self.write(&line(performed))?;
                self.progress.advance();
            }
            Event::Walking => self.progress.advance(),
            Event::Walked(walked) => {
                self.failures
                    .push_str(&walks::in_full(walked, &self.target));
                self.write(&walks::line(walked))?;
            }
            Event::Stopped(trouble) if self.begun => {
                let why = format!("\nstopped: {}\n", harmless(&trouble.text));
                self.failures.push_str(&why);
            }
            // Whoever asked tells why it never began.
            Event::Stopped(_) => {}
            Event::Ended(summary) => {
                self.finish()?;
                self.write(&format!("\n{}", totals(summary)))?;
            }
        }
        Ok(())
    }

    /// Writes what was kept for the end.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.progress.end();
        let failures = std::mem::take(&mut self.failures);
        self.write(&failures)
    }

    fn begin(&mut self, target: &str) {
        self.begun = true;
        target.clone_into(&mut self.target);
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let Self { out, progress, .. } = self;
        progress.aside(|| out.write_all(text.as_bytes()))
    }
}

fn line(performed: &Performed) -> String {
    let rest = match &performed.verdict {
        Verdict::Held => String::new(),
        Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => {
            format!(": at '{}'", failure.step)
        }
        Verdict::NotObservable { because } => format!(": {because}"),
        Verdict::InstrumentFailed(trouble) => format!(": {}", trouble.text),
        Verdict::Answered { answer } => format!(" {answer}"),
    };
    let rest = harmless(&rest).replace('\n', " ");
    let verdict = style::verdict(performed.verdict.name());
    format!("{verdict}  {}{rest}\n", performed.scenario.name)
}

fn in_full(performed: &Performed) -> String {
    let rules = || -> String {
        performed
            .scenario
            .proves
            .iter()
            .map(|id| cited(id))
            .collect()
    };
    let told = match &performed.verdict {
        Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => {
            Some(rules() + &harmless(&wrong(failure)))
        }
        Verdict::InstrumentFailed(trouble) => Some(harmless(&failed(trouble))),
        Verdict::Held | Verdict::NotObservable { .. } | Verdict::Answered { .. } => None,
    };
    let mut text = told.map_or_else(String::new, |told| {
        let heading = style::heading(performed.verdict.name());
        format!("\n{heading}  {}\n{told}", performed.scenario.name)
    });
    if let Some(contradiction) = &performed.contradiction {
        text.push_str(&format!(
            "\nwarning: {}: the mock says {} and does {}\n",
            contradiction.assumption, contradiction.says, contradiction.does
        ));
    }
    text
}

fn totals(summary: &Summary) -> String {
    let counts: Vec<_> = summary
        .verdicts
        .iter()
        .map(|(verdict, count)| format!("{count} {verdict}"))
        .collect();
    let mut text = format!(
        "{}\nrules held: {} of {}\n",
        counts.join(", "),
        summary.rules_held.len(),
        summary.rules.len()
    );
    if !summary.answers.is_empty() {
        text.push_str("answers seen:\n");
    }
    for (assumption, answer) in &summary.answers {
        text.push_str(&format!("  {assumption} = {answer}\n"));
    }
    if summary.observed == 0 {
        text.push_str("nothing was observed\n");
    }
    text
}
