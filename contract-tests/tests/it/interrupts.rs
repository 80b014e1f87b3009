//! Runs that are not let come to their end: by Ctrl-C, by Ctrl-C once more, by a kill.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use contract_tests::cli::HELD;

use crate::hostile::{Deed, Place, Sandbox, WALK, check_clean};

/// A run that is held up at its first creation of a user, when a creditor is there.
struct HeldUp {
    child: Child,
    stderr: BufReader<std::process::ChildStderr>,
    go: mpsc::Sender<()>,
}

fn held_up(sandbox: &Sandbox, place: &Place, at: fn(&crate::hostile::Asked) -> bool) -> HeldUp {
    let (reached, came) = mpsc::channel();
    let (go, gone) = mpsc::channel::<()>();
    let gone = Mutex::new(gone);
    let held = AtomicBool::new(false);
    sandbox.becomes(move |asked| {
        if at(asked) && !held.swap(true, Ordering::SeqCst) {
            reached.send(()).unwrap();
            // The sender may be dropped: then the test is over.
            gone.lock().unwrap().recv().unwrap_or_default();
        }
        Deed::Pass
    });
    let mut run = place.command(&["run", "--target", "there", "--scenario", WALK[0]]);
    let mut child = run
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    came.recv().unwrap();
    HeldUp { child, stderr, go }
}

impl HeldUp {
    #[cfg(unix)]
    fn interrupt(&self) {
        use rustix::process::{Pid, Signal, kill_process};
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::INT).unwrap();
    }

    /// Reads on until a line says this.
    #[track_caller]
    fn says(&mut self, part: &str) {
        let mut seen = String::new();
        while !seen.contains(part) {
            let before = seen.len();
            self.stderr.read_line(&mut seen).unwrap();
            assert!(seen.len() > before, "{seen} lacks {part}");
        }
    }

    fn status(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_finishes_what_is_under_way_and_cleans_up() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    let mut run = held_up(&sandbox, &place, |asked| asked.creates("users"));
    run.interrupt();
    run.says("interrupted");
    run.go.send(()).unwrap();
    run.says("clean-up of there");
    run.says("deleted         amili creditors: 1");
    run.says("left            amili users");
    assert_eq!(run.status(), Some(130));
    check_clean(&sandbox, &place);
    assert_eq!(
        sandbox.records("/amili/users").len(),
        1,
        "nothing more was begun"
    );
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_ends_at_once_and_leaves_the_rest_to_sweep() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    let mut run = held_up(&sandbox, &place, |asked| asked.method == "DELETE");
    run.interrupt();
    run.says("interrupted");
    run.interrupt();
    run.says("contract-tests sweep --target there");
    assert_eq!(run.status(), Some(130));
    assert!(!place.is_finished());
    drop(run);
    sandbox.becomes(|_| Deed::Pass);
    place.sweeps().with(HELD);
    check_clean(&sandbox, &place);
}

#[test]
fn a_run_that_was_killed_is_swept_and_one_under_way_is_left_alone() {
    for at in ["creditors", "users"] {
        let sandbox = Sandbox::that(|_| Deed::Pass);
        let place = Place::beside(&sandbox);
        let stop: fn(&crate::hostile::Asked) -> bool = match at {
            "users" => |asked| asked.creates("users"),
            _ => |asked| asked.creates("creditors"),
        };
        let mut run = held_up(&sandbox, &place, stop);
        place
            .sweeps()
            .with(HELD)
            .tells(&["passed over", "by another run"]);
        run.child.kill().unwrap();
        run.child.wait().unwrap();
        // What was under way is done all the same: the target knows nothing of the end.
        run.go.send(()).unwrap();
        let made = if at == "users" {
            "/amili/users"
        } else {
            "/amili/creditors"
        };
        while sandbox.records(made).is_empty() {
            std::thread::yield_now();
        }
        place
            .sweeps()
            .with(HELD)
            .tells(&["deleted         amili creditors: 1"]);
        check_clean(&sandbox, &place);
    }
}
