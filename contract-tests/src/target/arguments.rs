//! The targets file on a command line.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Target, TargetError};

/// Where targets are found that are not the mock in this process.
#[derive(Debug, Clone, Args)]
pub(crate) struct TargetsFile {
    /// The targets file.
    #[arg(
        long = "targets",
        value_name = "FILE",
        env = "CONTRACT_TARGETS",
        default_value = "targets.toml"
    )]
    file: PathBuf,
}

impl TargetsFile {
    /// The file itself.
    pub(crate) fn path(&self) -> &Path {
        &self.file
    }

    /// The target of this name, which may be the mock in this process.
    ///
    /// # Errors
    /// When the file has no such target, or the target cannot be used.
    pub(crate) fn target(&self, name: &str, planning: bool) -> Result<Target, TargetError> {
        Target::named(name, &self.file, planning)
    }
}
