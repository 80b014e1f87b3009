//! Which reports are asked for: options that every command with reports has.

use std::path::{Path, PathBuf};

use clap::Args;

/// The reports of a command, besides the summary on stderr. `-` is stdout.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reports (FILE may be -, which is stdout)")]
pub(crate) struct ReportOptions {
    /// Write a JUnit XML report.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write every event as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write a page for people: one file, with everything in it.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write a SARIF 2.1.0 report.
    #[arg(long, value_name = "FILE")]
    sarif: Option<PathBuf>,
    /// Print annotations for GitHub Actions on stdout.
    #[arg(long)]
    github: bool,
}

/// A form that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Junit,
    Json,
    Html,
    Sarif,
    Github,
}

impl Form {
    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Junit => "JUnit",
            Self::Json => "JSON",
            Self::Html => "HTML",
            Self::Sarif => "SARIF",
            Self::Github => "GitHub",
        }
    }

    /// The option that asks for it.
    pub(crate) fn option(self) -> &'static str {
        match self {
            Self::Junit => "--junit",
            Self::Json => "--json",
            Self::Html => "--html",
            Self::Sarif => "--sarif",
            Self::Github => "--github",
        }
    }
}

impl ReportOptions {
    /// What is asked for, with the place that it goes to.
    pub(crate) fn asked(&self) -> Vec<(Form, &Path)> {
        let files = [
            (Form::Junit, &self.junit),
            (Form::Json, &self.json),
            (Form::Html, &self.html),
            (Form::Sarif, &self.sarif),
        ];
        let files = files.into_iter();
        let mut asked: Vec<_> = files
            .filter_map(|(form, file)| Some((form, file.as_deref()?)))
            .collect();
        if self.github {
            asked.push((Form::Github, Path::new("-")));
        }
        asked
    }
}
