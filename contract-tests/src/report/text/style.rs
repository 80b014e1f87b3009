//! The colours of the verdicts. What comes out is stripped of them where they are not wanted.

use anstyle::{AnsiColor, Style};

/// The verdict of a line, right-aligned.
pub(super) fn verdict(name: &str) -> String {
    let style = of(name);
    format!("{style}{name:>17}{style:#}")
}

/// The heading over a failure.
pub(super) fn heading(name: &str) -> String {
    let style = of(name).bold();
    format!("{style}{}{style:#}", name.to_uppercase())
}

fn of(verdict: &str) -> Style {
    match verdict {
        "held" => AnsiColor::Green.on_default(),
        "broken" => AnsiColor::Red.on_default().bold(),
        "instrument failed" => AnsiColor::Yellow.on_default().bold(),
        "answered" => AnsiColor::Cyan.on_default(),
        "not observable" => Style::new().dimmed(),
        _ => AnsiColor::Magenta.on_default(),
    }
}
