//! Whether the user wants the run to end: asked by Ctrl-C, heard by whoever is about to send or to wait.
//! Knows no target and no HTTP.

use std::io::{self, Write};
use std::process;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// What a shell takes for the end by Ctrl-C: 128 and the number of the signal.
pub(crate) const INTERRUPTED: u8 = 130;

/// The user's wish that the run end.
#[derive(Debug, Default)]
pub(crate) struct Interrupt {
    asked: Mutex<bool>,
    bell: Condvar,
}

impl Interrupt {
    pub(crate) fn ask(&self) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_all();
    }

    pub(crate) fn asked(&self) -> bool {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits so long, or until the user asks.
    pub(crate) fn wait(&self, length: Duration) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        // A poisoned bell has rung as well.
        drop(
            self.bell
                .wait_timeout_while(asked, length, |asked| !*asked)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }
}

/// From now on the first Ctrl-C (or SIGTERM) asks for the end, and the second one ends at once. Both say so;
/// `unfinished` is what the second one leaves undone.
pub(crate) fn on_ctrl_c(interrupt: &Arc<Interrupt>, tidies: bool, unfinished: String) {
    let interrupt = Arc::clone(interrupt);
    let handler = move || {
        // Nobody reads a closed stderr; the wish is heard all the same.
        if interrupt.asked() {
            let _ = writeln!(io::stderr(), "contract-tests: stopped at once{unfinished}");
            process::exit(i32::from(INTERRUPTED));
        }
        interrupt.ask();
        let then = if tidies { ", then clean-up" } else { "" };
        let _ = writeln!(
            io::stderr(),
            "contract-tests: interrupted: what is under way is finished{then}; again to stop at once"
        );
    };
    // A process has one handler; a second run in the same process keeps the first one's.
    let _ = ctrlc::set_handler(handler);
}

/// From now on Ctrl-C ends at once, and says what to do about the rest.
pub(crate) fn on_ctrl_c_stop(unfinished: String) {
    let handler = move || {
        let _ = writeln!(io::stderr(), "contract-tests: stopped at once{unfinished}");
        process::exit(i32::from(INTERRUPTED));
    };
    let _ = ctrlc::set_handler(handler);
}
