//! The ledger of a run: what it is about to make, what it made, what is gone again and what is left. It is
//! on disk before the request that it tells of is sent. Knows no HTTP and no scenario.

mod book;
mod line;

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) use book::{Book, Made, Wanted};
pub(crate) use line::{Header, Intent, Line, SCHEMA, Thing};

/// Where the ledgers of runs lie that were not told another place.
pub(crate) const FOLDER: &str = ".contract-tests";

/// Why a ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LedgerError {
    #[error("the ledger {path}: {reason}")]
    Unusable { path: String, reason: String },
    #[error("the ledger {path} is being written by another run")]
    InUse { path: String },
    #[error("the ledger {path} ends in its first line: its run had not sent anything yet")]
    Blank { path: String },
}

/// What a glance at a ledger tells.
#[derive(Debug)]
pub(crate) struct Glance {
    pub(crate) header: Header,
    pub(crate) finished: bool,
}

/// Looks at the ledger of an earlier run without touching it.
pub(crate) fn peek(path: &Path) -> Result<Glance, LedgerError> {
    let bytes = std::fs::read(path).map_err(|error| unusable(path, &error.to_string()))?;
    if line::is_blank(&bytes) {
        let path = path.display().to_string();
        return Err(LedgerError::Blank { path });
    }
    let (lines, _) = line::read(&bytes).map_err(|reason| unusable(path, &reason))?;
    let finished = lines.contains(&Line::Finished {});
    let header = lines.into_iter().find_map(|line| match line {
        Line::Opened(header) => Some(header),
        _ => None,
    });
    match header {
        Some(header) => Ok(Glance { header, finished }),
        None => Err(unusable(path, "it has no header")),
    }
}

/// What a run makes, shared by all of its conversations.
#[derive(Debug)]
pub(crate) struct Ledger {
    inner: Mutex<Inner>,
    path: Option<PathBuf>,
}

#[derive(Debug)]
struct Inner {
    book: Book,
    file: Option<Lines>,
}

/// A file of whole lines.
#[derive(Debug)]
struct Lines {
    file: File,
    /// The bytes of the lines that were written whole.
    whole: u64,
    /// Whether a piece of a line may follow them.
    torn: bool,
}

impl Ledger {
    /// One that is forgotten with the process: for a target that is, too.
    pub(crate) fn in_memory() -> Self {
        Self {
            inner: Mutex::new(Inner {
                book: Book::default(),
                file: None,
            }),
            path: None,
        }
    }

    /// A new file, which must not be there yet.
    pub(crate) fn create(path: &Path, header: Header) -> Result<Self, LedgerError> {
        let file = fresh(path).map_err(|error| unusable(path, &error.to_string()))?;
        lock(&file, path)?;
        let ledger = Self {
            inner: Mutex::new(Inner {
                book: Book::default(),
                file: Some(Lines::after(file, 0)),
            }),
            path: Some(path.to_owned()),
        };
        match ledger.write(Line::Opened(header)) {
            Ok(()) => Ok(ledger),
            Err(error) => {
                // It tells of nothing, and nothing will be sent.
                drop(ledger);
                let _ = std::fs::remove_file(path);
                Err(unusable(path, &error.to_string()))
            }
        }
    }

    /// The ledger of an earlier run, to be gone on with. A last line that was cut off is dropped: what it
    /// was to tell of had not been sent, or is told of by the line before it.
    pub(crate) fn reopen(path: &Path) -> Result<Self, LedgerError> {
        let wrong = |reason: &str| unusable(path, reason);
        let file = OpenOptions::new().read(true).write(true).open(path);
        let mut file = file.map_err(|error| wrong(&error.to_string()))?;
        lock(&file, path)?;
        // By the same handle: the lock may keep others from reading.
        let mut bytes = Vec::new();
        let read = file.read_to_end(&mut bytes);
        read.map_err(|error| wrong(&error.to_string()))?;
        let (lines, whole) = line::read(&bytes).map_err(|reason| wrong(&reason))?;
        let mut file = Lines::after(file, whole);
        let cut = file.cut();
        cut.map_err(|error| wrong(&error.to_string()))?;
        let mut book = Book::default();
        for line in lines {
            book.learn(line);
        }
        Ok(Self {
            inner: Mutex::new(Inner {
                book,
                file: Some(file),
            }),
            path: Some(path.to_owned()),
        })
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether what is noted outlives the process.
    pub(crate) fn on_disk(&self) -> bool {
        self.path.is_some()
    }

    /// Notes what is about to be sent; gives the number by which its outcome is noted.
    pub(crate) fn intend(&self, intent: Intent) -> io::Result<u64> {
        let mut inner = self.inner();
        let number = inner.book.next_number();
        inner.write(Line::Intent { number, intent })?;
        Ok(number)
    }

    /// Notes this, on disk before it returns. What cannot be written is known all the same.
    pub(crate) fn write(&self, line: Line) -> io::Result<()> {
        self.inner().write(line)
    }

    /// Whether the run made this.
    pub(crate) fn holds(&self, thing: &Thing) -> bool {
        self.inner().book.holds(thing)
    }

    /// What is known now.
    pub(crate) fn book(&self) -> Book {
        self.inner().book.clone()
    }

    /// Ends it: nothing that can be deleted is left. A run that wrote nothing leaves no ledger.
    pub(crate) fn finish(&self) -> io::Result<()> {
        let mut inner = self.inner();
        if inner.book.is_finished() {
            return Ok(());
        }
        match &self.path {
            Some(path) if inner.book.is_blank() => {
                inner.file = None;
                std::fs::remove_file(path)
            }
            Some(_) | None => inner.write(Line::Finished {}),
        }
    }

    // A line is whole or it is not there, so that a panic elsewhere does not spoil it.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn write(&mut self, line: Line) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            self.book.learn(line);
            return Ok(());
        };
        let text = serde_json::to_string(&line).map_err(io::Error::other)?;
        self.book.learn(line);
        file.add(format!("{text}\n").as_bytes())
    }
}

impl Lines {
    fn after(file: File, whole: u64) -> Self {
        Self {
            file,
            whole,
            torn: true,
        }
    }

    /// Takes away what is no whole line.
    fn cut(&mut self) -> io::Result<()> {
        self.file.set_len(self.whole)?;
        self.file.seek(SeekFrom::Start(self.whole))?;
        self.torn = false;
        Ok(())
    }

    /// Adds a line, on disk before it returns. A piece of one that had no room goes first: with a line behind
    /// it nobody could read the file any more.
    fn add(&mut self, line: &[u8]) -> io::Result<()> {
        if self.torn {
            self.cut()?;
        }
        self.torn = true;
        self.file.write_all(line)?;
        self.torn = false;
        self.whole += line.len() as u64;
        self.file.sync_data()
    }
}

/// The file with the folders above it.
fn fresh(path: &Path) -> io::Result<File> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    sync_above(path)?;
    Ok(file)
}

/// Makes sure that the file is still found after the machine goes down: in its folder, and that in its own.
#[cfg(unix)]
fn sync_above(path: &Path) -> io::Result<()> {
    let above = std::path::absolute(path)?;
    let mut folders = above.ancestors().skip(1).take(2);
    folders.try_for_each(|folder| match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        // One may write in a folder that one may not read.
        Err(_) => Ok(()),
    })
}

#[cfg(not(unix))]
fn sync_above(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Two who write one ledger would each miss what the other made.
fn lock(file: &File, path: &Path) -> Result<(), LedgerError> {
    let path = path.display().to_string();
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(std::fs::TryLockError::WouldBlock) => Err(LedgerError::InUse { path }),
        Err(std::fs::TryLockError::Error(error)) => Err(LedgerError::Unusable {
            path,
            reason: error.to_string(),
        }),
    }
}

fn unusable(path: &Path, reason: &str) -> LedgerError {
    LedgerError::Unusable {
        path: path.display().to_string(),
        reason: reason.to_owned(),
    }
}

/// What is learned from the bytes of a ledger: the most numbers that it can give, and what remains.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn learned(bytes: &[u8]) -> Result<(u64, usize), String> {
    let (lines, _) = line::read(bytes)?;
    let mut book = Book::default();
    lines.into_iter().for_each(|line| book.learn(line));
    Ok((
        book.next_number(),
        book.remaining().len() + book.wanted().len(),
    ))
}

#[cfg(test)]
mod tests;
