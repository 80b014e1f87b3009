//! The reports of a comparison of two recordings, in the forms of the others. They compare nothing.

mod github;
mod html;
mod junit;
mod sarif;

use std::io;

use super::Form;
use crate::compare::{self, Comparison, Difference, Excused, Judged, Level, Sides};

/// A comparison, as its reports tell it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drift<'a> {
    /// The two recordings.
    pub(crate) sides: Sides<'a>,
    /// What was compared, and what was not.
    pub(crate) comparison: &'a Comparison,
    /// The differences in the light of the excuses.
    pub(crate) judged: &'a Judged,
    /// The least level that fails.
    pub(crate) fails_at: Level,
}

impl Drift<'_> {
    /// The report in a form.
    ///
    /// # Errors
    /// When it cannot be written in that form.
    pub(crate) fn document(&self, form: Form) -> io::Result<String> {
        match form {
            Form::Json => Ok(compare::json(&self.sides, self.comparison, self.judged)),
            Form::Junit => junit::document(self),
            Form::Html => Ok(html::page(self)),
            Form::Sarif => sarif::document(self),
            Form::Github => Ok(github::annotations(self)),
        }
    }

    /// The differences that nothing excuses, the worst first.
    fn differences(&self) -> Vec<&Difference> {
        let mut differences: Vec<&Difference> = self.judged.differences.iter().collect();
        differences.sort_by_key(|difference| std::cmp::Reverse(difference.level));
        differences
    }

    fn of<'b>(&'b self, scenario: &'b str) -> impl Iterator<Item = &'b Difference> {
        let differences = self.judged.differences.iter();
        differences.filter(move |difference| difference.scenario == scenario)
    }

    fn excused<'b>(&'b self, scenario: &'b str) -> impl Iterator<Item = &'b Excused> {
        let excused = self.judged.excused.iter();
        excused.filter(move |excused| excused.difference.scenario == scenario)
    }

    fn fails(&self, difference: &Difference) -> bool {
        difference.level >= self.fails_at
    }

    /// How many differences there are of a level.
    fn count(&self, level: Level) -> usize {
        let differences = self.judged.differences.iter();
        differences
            .filter(|difference| difference.level == level)
            .count()
    }

    /// What it came to in a few words, the worst level first.
    fn outcome(&self) -> String {
        let worst = Level::ALL.into_iter().find(|level| self.count(*level) > 0);
        match worst {
            _ if self.comparison.compared.is_empty() => "nothing compared".to_owned(),
            None => "no difference".to_owned(),
            Some(level) => {
                let what = format!("{} difference", level.name());
                super::words::counted(self.count(level), &what)
            }
        }
    }
}

/// The API of a scenario.
fn api(scenario: &str) -> &str {
    scenario.split('/').next().unwrap_or_default()
}

/// The step and the place of a difference.
fn place(difference: &Difference) -> String {
    match difference.step.as_str() {
        "" => difference.place.clone(),
        step => format!("at '{step}', {}", difference.place),
    }
}

/// An excuse in a line.
fn excuse(excused: &Excused) -> String {
    format!(
        "excused until {}: {} [{}]",
        excused.until, excused.reason, excused.difference.fingerprint
    )
}
