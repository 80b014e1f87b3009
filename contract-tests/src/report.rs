//! Reports: readers of events. They run nothing and know no client.

mod drift;
mod files;
mod frame;
mod github;
mod html;
mod json;
mod junit;
mod options;
mod progress;
mod sarif;
mod story;
mod text;
mod words;

use std::io;

use jiff::Timestamp;

use crate::event::Event;

pub(crate) use self::drift::Drift;
pub(crate) use self::files::{Files, Output};
pub(crate) use self::frame::Frame;
use self::story::Story;
use self::text::Text;

pub(crate) use self::options::{Form, ReportOptions};

/// What stands in the head of every report.
#[derive(Debug, Clone)]
pub(crate) struct About {
    /// The command, as it is typed.
    pub(crate) command: &'static str,
    /// The target, by its name.
    pub(crate) target: String,
    /// When it began.
    pub(crate) at: Timestamp,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    #[error("cannot write the {form} report to {file}: {reason}")]
    File {
        form: &'static str,
        file: String,
        reason: String,
    },
    #[error("{file} is asked for twice: as {one} and as {other}")]
    Twice {
        file: String,
        one: &'static str,
        other: &'static str,
    },
    #[error("a dry run has nothing to report: leave out {0}")]
    DryRun(&'static str),
    #[error("cannot write the summary: {0}")]
    Summary(#[from] io::Error),
}

/// Every report that was asked for, and the summary that is always given.
pub(crate) struct Reports {
    files: Files,
    text: Text,
    /// The first write to stderr that failed; the files do not suffer from it.
    told: io::Result<()>,
    json: json::Json,
    story: Story,
}

impl Reports {
    /// Opens every file, so that one that cannot be written is found out before anything is asked.
    ///
    /// # Errors
    /// When one cannot.
    pub(crate) fn open(options: &ReportOptions, about: About) -> Result<Self, ReportError> {
        Ok(Self {
            files: Files::open(options)?,
            text: Text::on_stderr(),
            told: Ok(()),
            json: json::Json::default(),
            story: Story::new(about),
        })
    }

    /// Takes note of an event.
    pub(crate) fn tell(&mut self, event: Event<'_>) {
        if self.told.is_ok() {
            self.told = self.text.tell(event);
        }
        if self.files.wants(Form::Json) {
            self.json.tell(event);
        }
        if self.files.any() {
            self.story.tell(event);
        }
    }

    /// Writes what was asked for.
    ///
    /// # Errors
    /// When a file cannot be written after all.
    pub(crate) fn close(mut self) -> Result<(), ReportError> {
        if self.told.is_ok() {
            self.told = self.text.finish();
        }
        let (json, story) = (&self.json, &self.story);
        self.files.write(|form| match form {
            Form::Junit => junit::document(story),
            Form::Json => Ok(json.document(story.about())),
            Form::Html => Ok(html::page(story)),
            Form::Sarif => sarif::document(story),
            Form::Github => Ok(github::annotations(story)),
        })?;
        Ok(self.told?)
    }
}
