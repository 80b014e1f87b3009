//! A bar that shows how far a run is: on a terminal alone, and nowhere else.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar, where there is one.
#[derive(Debug, Default)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Shows a bar of this length, if stderr is a terminal that can show one.
    pub(super) fn begin(&mut self, length: usize) {
        let dumb = std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
        if dumb || !io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr());
        // Without colours: they would have to ask NO_COLOR again. A template of ours is never refused.
        if let Ok(style) = ProgressStyle::with_template("{pos}/{len} [{wide_bar}] {elapsed}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.tick();
        self.bar = Some(bar);
    }

    pub(super) fn advance(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Takes the bar away for as long as something else is written.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
