//! Ctrl-C and SIGTERM: the first lets what is under way come to its end, so that it is told and reported;
//! the second ends the process at once. Signals reach a process, not a value: so this is one for all.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

/// The status of a process that Ctrl-C ended, as shells have it.
const KILLED: i32 = 130;

static CAME: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From now on the first signal is only noted.
///
/// # Errors
/// When the system takes no handler.
pub(crate) fn watch() -> io::Result<()> {
    for signal in TERM_SIGNALS {
        // The order matters: the first signal must find the flag unset.
        flag::register_conditional_shutdown(*signal, KILLED, Arc::clone(&CAME))?;
        flag::register(*signal, Arc::clone(&CAME))?;
    }
    Ok(())
}

/// Whether a signal came.
pub(crate) fn came() -> bool {
    CAME.load(Ordering::Relaxed)
}
