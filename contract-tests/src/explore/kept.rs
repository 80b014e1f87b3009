//! The folder of walks that failed: each as JSON, as a script of `curl` calls, as a Rust test. Knows no
//! model and no driver.

use std::path::{Path, PathBuf};

use super::hunt::Finding;
use super::{ExploreError, rust_test, save};
use crate::scenario::Api;

/// A walk that was kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) file: PathBuf,
    pub(super) api: Api,
    pub(super) text: String,
    /// Its place among those read.
    pub(super) place: usize,
}

/// Where a walk failed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) target: &'a str,
    pub(super) targets: &'a Path,
}

impl Kept {
    pub(super) fn read(file: &Path) -> Result<Self, ExploreError> {
        let text = std::fs::read_to_string(file).map_err(|error| refused(file, error))?;
        Ok(Self {
            file: file.to_owned(),
            api: save::api(&text).map_err(|reason| refused(file, reason))?,
            text,
            place: 0,
        })
    }

    /// What reports call it.
    pub(super) fn title(&self) -> String {
        let name = self.file.file_name().unwrap_or_default();
        format!("{}/saved/{}", self.api.name(), name.display())
    }

    pub(super) fn refused(&self, reason: String) -> ExploreError {
        refused(&self.file, reason)
    }
}

/// Every walk in the folder, in the order of their names; none when there is no such folder.
pub(super) fn all(folder: &Path) -> Result<Vec<Kept>, ExploreError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused(folder, error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(|error| refused(folder, error))?.path();
        if file.extension().is_some_and(|ending| ending == "json") {
            files.push(file);
        }
    }
    files.sort();
    let kept = files.iter().map(|file| Kept::read(file));
    let mut kept: Vec<_> = kept.collect::<Result<_, _>>()?;
    for (place, kept) in kept.iter_mut().enumerate() {
        kept.place = place + 1;
    }
    Ok(kept)
}

/// Keeps a walk, unless it is kept already; gives the names of its files, the one for `--replay` first.
pub(super) fn keep(
    folder: &Path,
    run: &str,
    origin: Origin<'_>,
    finding: &Finding,
    known: &[Kept],
) -> Result<Vec<String>, ExploreError> {
    if let Some(known) = known.iter().find(|known| same(&known.text, &finding.saved)) {
        return Ok(vec![known.file.display().to_string()]);
    }
    std::fs::create_dir_all(folder).map_err(|error| refused(folder, error))?;
    let name = name(finding, run);
    let mut files = vec![
        ("json", finding.saved.clone()),
        ("rs", rust_test::text(&name, origin, finding)),
    ];
    if let Some(script) = &finding.script {
        files.insert(1, ("sh", script.clone()));
    }
    let mut written = Vec::new();
    for (ending, text) in files {
        let file = folder.join(format!("{name}.{ending}"));
        std::fs::write(&file, text).map_err(|error| refused(&file, error))?;
        #[cfg(unix)]
        if ending == "sh" {
            use std::os::unix::fs::PermissionsExt;
            let runs = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&file, runs).map_err(|error| refused(&file, error))?;
        }
        written.push(file.display().to_string());
    }
    Ok(written)
}

/// Of the rule and the run, fit to name a function.
fn name(finding: &Finding, run: &str) -> String {
    let rules = finding.mismatch.rules();
    let rule = rules.first().copied().unwrap_or("walk");
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '_'
        }
    };
    format!("{rule}_{run}").chars().map(plain).collect()
}

/// Whether two files hold the same walk; what else they tell may differ.
fn same(one: &str, other: &str) -> bool {
    let steps = |text| {
        let walk: serde_json::Value = serde_json::from_str(text).ok()?;
        Some((walk.get("api")?.clone(), walk.get("steps")?.clone()))
    };
    steps(one).is_some_and(|walk: (_, _)| steps(other) == Some(walk))
}

fn refused(file: &Path, reason: impl ToString) -> ExploreError {
    ExploreError::Walk {
        file: file.display().to_string(),
        reason: reason.to_string(),
    }
}
