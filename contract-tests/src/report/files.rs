//! The files of the reports: opened before the run, written whole after it. Knows no report's form.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::ReportError;
use super::options::{Form, ReportOptions};

/// The places that reports go to.
#[derive(Debug)]
pub(crate) struct Files {
    open: Vec<(Form, PathBuf, Place)>,
}

#[derive(Debug)]
enum Place {
    Stdout,
    /// A pipe, a terminal: written through, for renaming would put a file in its place.
    Stream(File),
    /// Beside the file, so that nobody ever reads half of one.
    Beside(NamedTempFile),
}

/// A file of another command, written in the same way.
#[derive(Debug)]
pub(crate) struct Output {
    file: PathBuf,
    place: Place,
}

impl Output {
    /// `-` is stdout.
    pub(crate) fn open(file: &Path) -> io::Result<Self> {
        Ok(Self {
            file: file.to_owned(),
            place: place(file)?,
        })
    }

    pub(crate) fn write(self, text: &str) -> io::Result<()> {
        put(self.place, &self.file, text)
    }
}

impl Files {
    /// Opens every file that is asked for.
    ///
    /// # Errors
    /// When one cannot be opened, or is asked for twice.
    pub(crate) fn open(options: &ReportOptions) -> Result<Self, ReportError> {
        let asked = options.asked();
        let mut open: Vec<(Form, PathBuf, Place)> = Vec::new();
        for (form, file) in asked {
            if let Some((one, ..)) = open.iter().find(|(_, known, _)| known == file) {
                return Err(ReportError::Twice {
                    file: named(file),
                    one: one.name(),
                    other: form.name(),
                });
            }
            let place = place(file).map_err(|error| failed(form, file, &error))?;
            open.push((form, file.to_owned(), place));
        }
        Ok(Self { open })
    }

    pub(super) fn any(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn wants(&self, form: Form) -> bool {
        self.open.iter().any(|(wanted, ..)| *wanted == form)
    }

    /// Writes each report; one that fails does not keep the others from being written.
    ///
    /// # Errors
    /// When one cannot be written.
    pub(crate) fn write(
        self,
        document: impl Fn(Form) -> io::Result<String>,
    ) -> Result<(), ReportError> {
        let mut all = Ok(());
        for (form, file, place) in self.open {
            let written = document(form).and_then(|text| put(place, &file, &text));
            let written = written.map_err(|error| failed(form, &file, &error));
            all = all.and(written);
        }
        all
    }
}

fn place(file: &Path) -> io::Result<Place> {
    if file == Path::new("-") {
        return Ok(Place::Stdout);
    }
    match std::fs::metadata(file) {
        Ok(known) if known.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(known) if known.is_file() => {
            // A file that must not be changed must not be replaced either.
            OpenOptions::new().append(true).open(file)?;
            beside(file)
        }
        Ok(_) => OpenOptions::new().write(true).open(file).map(Place::Stream),
        Err(_) => beside(file),
    }
}

fn beside(file: &Path) -> io::Result<Place> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".contract-tests-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file, the process' mask decides; a temporary one would be its owner's alone.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map(Place::Beside)
}

fn put(place: Place, file: &Path, text: &str) -> io::Result<()> {
    match place {
        Place::Stdout => {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        }
        Place::Stream(mut stream) => stream.write_all(text.as_bytes()),
        Place::Beside(mut beside) => {
            beside.write_all(text.as_bytes())?;
            beside.persist(file).map(drop).map_err(|error| error.error)
        }
    }
}

fn named(file: &Path) -> String {
    if file == Path::new("-") {
        "stdout".to_owned()
    } else {
        file.display().to_string()
    }
}

fn failed(form: Form, file: &Path, error: &io::Error) -> ReportError {
    ReportError::File {
        form: form.name(),
        file: named(file),
        reason: error.to_string(),
    }
}
