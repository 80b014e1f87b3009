//! Files that nobody ever reads half of.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// What the name of a file ends with that is being written.
const PART: &str = ".part";

/// Writes a file beside its place, and moves it there when it is whole and on the disk. A link stays, and what it
/// points to is written; what is no file, a pipe say, is written to as it is.
///
/// # Errors
/// When the folder or the file cannot be written; what was there is then still there.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let place = Place::of(path)?;
    let Some(known) = place.known else {
        return place.replace(content, None);
    };
    if known.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // A file that must not be changed must not be replaced either.
    let mut there = OpenOptions::new().append(true).open(path)?;
    match known.is_file() {
        true => Place::of(path)?.replace(content, Some(known.permissions())),
        false => there.write_all(content),
    }
}

/// Whether a file that is not there yet could be written. What somebody who was killed left of it is removed.
///
/// # Errors
/// When the folder is not there or cannot be written.
pub(crate) fn prepare(path: &Path) -> io::Result<()> {
    let place = Place::of(path)?;
    place.remove_parts();
    match place.known {
        Some(_) => Ok(()),
        None => place.part().map(drop),
    }
}

/// Removes what [`write_whole`] wrote, unless that was no file.
///
/// # Errors
/// When it is not there, or the folder cannot be written.
pub fn remove(path: &Path) -> io::Result<()> {
    let place = Place::of(path)?;
    match place.known.is_some_and(|known| known.is_file()) {
        true => std::fs::remove_file(place.folder.join(place.name)),
        false => Ok(()),
    }
}

/// Where a file is or is to be, links followed.
struct Place {
    folder: PathBuf,
    name: OsString,
    known: Option<std::fs::Metadata>,
}

impl Place {
    fn of(path: &Path) -> io::Result<Self> {
        // Of a pipe or a device there is no other name.
        let known = std::fs::metadata(path).ok();
        let is_file = known.as_ref().is_some_and(std::fs::Metadata::is_file);
        let real = match is_file {
            true => path.canonicalize()?,
            false => path.to_owned(),
        };
        let name = real.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
        let folder = real.parent();
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        Ok(Self {
            folder: folder.unwrap_or(Path::new(".")).to_owned(),
            name: name.to_owned(),
            known,
        })
    }

    /// What the name of each part of it begins with.
    fn prefix(&self) -> OsString {
        let mut prefix = OsString::from(".");
        prefix.push(&self.name);
        prefix.push(".");
        prefix
    }

    /// A file beside it. It is locked as long as its writer lives.
    fn part(&self) -> io::Result<NamedTempFile> {
        let part = Builder::new()
            .prefix(&self.prefix())
            .suffix(PART)
            .tempfile_in(&self.folder)?;
        // Without locks nobody takes it for one that was left behind, but nobody can remove one either.
        let _ = part.as_file().try_lock();
        Ok(part)
    }

    /// Removes the parts whose writers were killed: nobody holds them locked.
    fn remove_parts(&self) {
        let prefix = self.prefix();
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten();
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.as_encoded_bytes();
            let is_part =
                name.starts_with(prefix.as_encoded_bytes()) && name.ends_with(PART.as_bytes());
            let is_left = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
            if is_part && is_left() {
                // What cannot be removed harms nobody.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn replace(&self, content: &[u8], permissions: Option<std::fs::Permissions>) -> io::Result<()> {
        // Opened first: a folder that cannot be made safe is told before anything is changed in it.
        let folder = Folder::open(&self.folder)?;
        let mut part = self.part()?;
        part.write_all(content)?;
        if let Some(permissions) = permissions {
            part.as_file().set_permissions(permissions)?;
        }
        part.as_file().sync_all()?;
        let written = part.persist(self.folder.join(&self.name));
        written.map_err(|failed| failed.error)?;
        folder.sync()
    }
}

/// A folder in which a file was moved: the move itself is to be on the disk.
#[cfg(unix)]
struct Folder(File);

#[cfg(unix)]
impl Folder {
    fn open(path: &Path) -> io::Result<Self> {
        File::open(path).map(Self)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_all()
    }
}

#[cfg(not(unix))]
struct Folder;

#[cfg(not(unix))]
impl Folder {
    fn open(_: &Path) -> io::Result<Self> {
        Ok(Self)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_link_stays_and_what_it_points_to_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("deep")).unwrap();
        fs::write(path("deep/file"), "old").unwrap();
        fs::set_permissions(path("deep/file"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("deep/file", path("link")).unwrap();
        write_whole(&path("link"), b"new").unwrap();
        assert_eq!(fs::read(path("deep/file")).unwrap(), b"new");
        let mode = fs::metadata(path("deep/file")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(path("link")).unwrap().is_symlink());
        assert_eq!(names(&path("deep")), ["file"]);
    }

    #[test]
    fn a_pipe_is_written_to_and_never_replaced_or_removed() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let reading = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write_whole(&pipe, b"told").unwrap();
        remove(&pipe).unwrap();
        assert_eq!(reading.join().unwrap(), b"told");
        assert_eq!(names(folder.path()), ["pipe"]);
    }

    #[test]
    fn what_a_killed_writer_left_is_removed_and_what_a_living_one_writes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let living = Place::of(&path).unwrap().part().unwrap();
        fs::write(folder.path().join(".file.1.part"), "half").unwrap();
        fs::write(folder.path().join(".other.1.part"), "half").unwrap();
        prepare(&path).unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        assert!(living.path().exists());
        write_whole(&path, b"whole").unwrap();
        drop(living);
        assert_eq!(names(folder.path()), [".other.1.part", "file"]);
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "old").unwrap();
        for wrong in ["file/below", "nowhere/file", ""] {
            let path = folder.path().join(wrong);
            assert!(write_whole(&path, b"new").is_err(), "{wrong}");
        }
        assert!(prepare(&folder.path().join("nowhere/file")).is_err());
        assert_eq!(names(folder.path()), ["file"]);
    }
}
