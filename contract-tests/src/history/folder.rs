//! The recordings in a folder. What cannot be read is named and passed over.

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::recording::Recording;

/// A recording, and the name of its file.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) file: String,
    pub(super) recording: Recording,
}

/// A file that could not be read.
#[derive(Debug, Serialize)]
pub(super) struct Unread {
    pub(super) file: String,
    pub(super) because: String,
}

/// Everything there whose name ends in `.jsonl`, by name.
pub(super) fn read(folder: &Path) -> io::Result<(Vec<Read>, Vec<Unread>)> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_name().unwrap_or_default();
        let file = name.to_string_lossy().into_owned();
        match Recording::read(&path) {
            Ok(recording) => read.push(Read { file, recording }),
            Err(error) => unread.push(Unread {
                file,
                because: error.to_string(),
            }),
        }
    }
    Ok((read, unread))
}
