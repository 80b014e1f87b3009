//! The summary: plain where nobody looks, in colours and with a bar on a terminal.

use super::{command, folder_for};

const WALK: [&str; 5] = ["run", "--target", "mock", "--scenario", "ams/walk-through"];

#[test]
fn elsewhere_than_on_a_terminal_all_is_plain() {
    let folder = folder_for("http://127.0.0.1:1");
    let output = command(folder.path(), &WALK)
        .env("CLICOLOR_FORCE", "1")
        .env("TERM", "xterm-256color")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("             held  ams/walk-through\n"),
        "{told}"
    );
    assert!(!told.contains('\u{1b}') && !told.contains('\r'), "{told:?}");
}

#[cfg(unix)]
mod on_a_terminal {
    use std::fs::{File, OpenOptions};
    use std::io::Read;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{Winsize, tcsetwinsize};

    use super::*;

    /// What the command shows on a terminal.
    fn shown(variables: &[(&str, &str)]) -> String {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let size = Winsize {
            ws_row: 24,
            ws_col: 80,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&ours, size).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap();
        let theirs = OpenOptions::new()
            .read(true)
            .write(true)
            .open(name.to_str().unwrap())
            .unwrap();
        let folder = folder_for("http://127.0.0.1:1");
        let mut command = command(folder.path(), &WALK);
        command
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .envs(variables.iter().copied())
            .stdout(theirs.try_clone().unwrap())
            .stderr(theirs);
        let mut child = command.spawn().unwrap();
        // It holds the other end, which must close when the process ends.
        drop(command);
        let mut shown = Vec::new();
        // The end of a terminal is an error.
        let _ = File::from(ours).read_to_end(&mut shown);
        assert_eq!(child.wait().unwrap().code(), Some(0));
        String::from_utf8(shown).unwrap()
    }

    const GREEN: &str = "\u{1b}[32m";

    #[test]
    fn a_terminal_shows_colours_and_how_far_it_is() {
        let shown = shown(&[]);
        assert!(
            shown.contains(&format!("{GREEN}             held")),
            "{shown:?}"
        );
        assert!(shown.contains("0/1 ["), "{shown:?}");
    }

    #[test]
    fn who_wants_no_colours_gets_none() {
        let shown = shown(&[("NO_COLOR", "1")]);
        assert!(
            shown.contains("             held  ams/walk-through"),
            "{shown:?}"
        );
        let coloured = shown.split("\u{1b}[").skip(1).any(|code| {
            let end = code.find(|letter: char| letter.is_ascii_alphabetic());
            end.is_some_and(|end| code[end..].starts_with('m'))
        });
        assert!(!coloured, "{shown:?}");
        assert!(shown.contains("0/1 ["), "{shown:?}");
    }
}
