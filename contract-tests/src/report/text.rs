//! The readable summary: a line for each scenario, the failures in full, the totals last.

use std::io::{self, Write};

use mock_server::Rule;

use crate::event::Event;
use crate::run::{Performed, Summary};
use crate::scenario::Scenario;
use crate::verdict::{Failure, Trouble, Verdict};

/// Writes the summary as the events come.
#[derive(Debug)]
pub(crate) struct Text<W> {
    out: W,
    failures: String,
}

impl<W: Write> Text<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            out,
            failures: String::new(),
        }
    }

    pub(crate) fn tell(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Started {
                run,
                target,
                scenarios,
            } => writeln!(self.out, "run {run}: {scenarios} scenarios on {target}"),
            Event::Finished(performed) => {
                self.failures.push_str(&in_full(performed));
                writeln!(self.out, "{}", line(performed))
            }
            Event::Ended(summary) => {
                write!(self.out, "{}", self.failures)?;
                write!(self.out, "\n{}", totals(summary))
            }
        }
    }
}

fn line(performed: &Performed) -> String {
    let name = performed.scenario.name;
    let verdict = performed.verdict.name();
    let rest = match &performed.verdict {
        Verdict::Held => String::new(),
        Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => {
            format!(": at '{}'", failure.step)
        }
        Verdict::NotObservable { because } => format!(": {because}"),
        Verdict::InstrumentFailed(trouble) => format!(": {}", trouble.text),
        Verdict::Answered { answer } => format!(" {answer}"),
    };
    format!("{verdict:>17}  {name}{rest}")
}

fn in_full(performed: &Performed) -> String {
    let mut text = match &performed.verdict {
        Verdict::Broken(failure) => {
            heading(performed) + &rules(performed.scenario) + &wrong(failure)
        }
        Verdict::UnknownAnswer(failure) => {
            heading(performed) + &questions(performed.scenario) + &wrong(failure)
        }
        Verdict::InstrumentFailed(trouble) => heading(performed) + &failed(trouble),
        Verdict::Held | Verdict::NotObservable { .. } | Verdict::Answered { .. } => String::new(),
    };
    if let Some(contradiction) = &performed.contradiction {
        text.push_str(&format!(
            "\nwarning: {}: the mock says {} and does {}\n",
            contradiction.assumption, contradiction.says, contradiction.does
        ));
    }
    text
}

fn heading(performed: &Performed) -> String {
    let verdict = performed.verdict.name().to_uppercase();
    format!("\n{verdict}  {}\n", performed.scenario.name)
}

fn rules(scenario: &Scenario) -> String {
    let catalogue = mock_server::catalogue::rules();
    let proved = catalogue
        .iter()
        .filter(|rule| scenario.proves.contains(&rule.id));
    proved.map(|rule| cited(rule)).collect()
}

fn cited(rule: &Rule) -> String {
    format!(
        "  rule      {}: {}\n  source    {}: \"{}\"\n",
        rule.id, rule.text, rule.page, rule.quote
    )
}

fn questions(scenario: &Scenario) -> String {
    let catalogue = mock_server::catalogue::assumptions();
    let asked = catalogue
        .iter()
        .filter(|assumption| scenario.proves.contains(&assumption.id));
    let told = asked.map(|assumption| {
        let known: Vec<_> = assumption.answers.iter().map(|answer| answer.id).collect();
        format!(
            "  question  {}: {}\n  known     {}\n",
            assumption.id,
            assumption.question,
            known.join(", ")
        )
    });
    told.collect()
}

fn wrong(failure: &Failure) -> String {
    format!(
        "  step      {} (as {})\n  expected  {}\n  actual    {}\n  request   {}\n",
        failure.step, failure.caller, failure.expected, failure.actual, failure.request
    )
}

fn failed(trouble: &Trouble) -> String {
    format!(
        "  step      {}\n  trouble   {}\n  request   {}\n",
        trouble.step, trouble.text, trouble.request
    )
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
