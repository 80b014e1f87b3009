//! The report of a comparison, in Markdown. It measures nothing.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use crate::Fault;
use crate::calls::{OPERATIONS, Operation};
use crate::compare::RECORDS;
use crate::figures::{Figures, SIZES};
use crate::rounds::{Cell, WIDTHS};

/// What stands around the part of the report that is written anew.
pub(crate) const MARKS: [&str; 2] = ["<!-- measured -->\n", "<!-- /measured -->"];
/// The most that a 99th percentile may be of the yardstick's, with [`WIDTHS`] at its largest.
const P99_GOAL: f64 = 1.5;

/// What was measured.
pub(crate) struct Report {
    pub(crate) subjects: Vec<String>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) figures: Option<Figures>,
    pub(crate) absent: Vec<String>,
    pub(crate) versions: Vec<String>,
    pub(crate) rounds: usize,
    pub(crate) slice: Duration,
}

impl Report {
    /// The whole as Markdown.
    pub(crate) fn text(&self) -> Result<String, Fault> {
        let mut text = String::new();
        self.head(&mut text)?;
        self.against_yardsticks(&mut text)?;
        self.against_rivals(&mut text)?;
        if let Some(figures) = &self.figures {
            single_figures(&mut text, figures)?;
        }
        Ok(text)
    }

    fn head(&self, text: &mut String) -> Result<(), Fault> {
        writeln!(text, "{}, on {}.", today(), machine())?;
        writeln!(
            text,
            "{} rounds; in each, every server takes every operation for {} ms, one after the other. Ratios are the \
             medians of the rounds' own. {RECORDS} creditors with their groups.",
            self.rounds,
            self.slice.as_millis(),
        )?;
        if !self.versions.is_empty() {
            writeln!(text, "Beside it: {}.", self.versions.join(", "))?;
        }
        for absent in &self.absent {
            writeln!(text, "Not measured: {absent}.")?;
        }
        Ok(writeln!(text)?)
    }

    fn cell(&self, subject: &str, operation: Operation, width: usize) -> Option<&Cell> {
        let place = self.subjects.iter().position(|name| name == subject)?;
        let mut cells = self.cells.iter();
        cells.find(|cell| (cell.subject, cell.operation, cell.width) == (place, operation, width))
    }

    fn against_yardsticks(&self, text: &mut String) -> std::fmt::Result {
        writeln!(
            text,
            "| operation | connections | yardstick | answers a second, mock : yardstick | share | goal | \
             p99 in µs, mock : yardstick | ratio | goal |\n|---|--:|---|--:|--:|---|--:|--:|---|"
        )?;
        for operation in OPERATIONS {
            for width in WIDTHS {
                self.line(text, operation, width)?;
            }
        }
        writeln!(text)
    }

    fn line(&self, text: &mut String, operation: Operation, width: usize) -> std::fmt::Result {
        let yardstick = if operation.writes() {
            "store"
        } else {
            "constants"
        };
        let mock = self.cell("mock", operation, width);
        let other = self.cell(yardstick, operation, width);
        let Some((mock, other)) = mock.zip(other) else {
            return Ok(());
        };
        let (share, p99) = (mock.rate_to(other), mock.p99_to(other));
        let goal = operation.goal().map_or_else(String::new, |goal| {
            format!("≥ {goal}: {}", met(share >= goal))
        });
        let p99_goal = match width {
            1 => String::new(),
            _ if operation.goal().is_none() => String::new(),
            _ => format!("≤ {P99_GOAL}: {}", met(p99 <= P99_GOAL)),
        };
        writeln!(
            text,
            "| {} | {width} | {yardstick} | {:.0} : {:.0} | {share:.2} | {goal} | {:.0} : {:.0} | {p99:.2} | \
             {p99_goal} |",
            operation.name(),
            mock.rate(),
            other.rate(),
            mock.p99(),
            other.p99(),
        )
    }

    fn against_rivals(&self, text: &mut String) -> std::fmt::Result {
        let rivals = self.subjects.iter().map(String::as_str);
        let rivals = rivals.filter(|name| !["mock", "constants", "store"].contains(name));
        let rivals: Vec<&str> = rivals.collect();
        if rivals.is_empty() {
            return Ok(());
        }
        let columns = "--:|".repeat(rivals.len() + 2);
        writeln!(
            text,
            "Answers a second, and how many times as many the mock gives:\n\n\
             | operation | connections | mock | {} |\n|---|{columns}",
            rivals.join(" | ")
        )?;
        for operation in OPERATIONS {
            for width in WIDTHS {
                let Some(mock) = self.cell("mock", operation, width) else {
                    continue;
                };
                write!(
                    text,
                    "| {} | {width} | {:.0} |",
                    operation.name(),
                    mock.rate()
                )?;
                for rival in &rivals {
                    match self.cell(rival, operation, width) {
                        Some(cell) => {
                            let times = mock.rate() / cell.rate();
                            write!(text, " {:.0}, ×{times:.1} |", cell.rate())?;
                        }
                        None => write!(text, " |")?,
                    }
                }
                writeln!(text)?;
            }
        }
        writeln!(text)
    }
}

fn single_figures(text: &mut String, figures: &Figures) -> std::fmt::Result {
    let lines = [
        ("start to first answer, median", figures.start.0, "ms", 10.0),
        ("start to first answer, worst", figures.start.1, "ms", 10.0),
        ("resident when idle", figures.idle, "MiB", 10.0),
        ("a creditor with its groups", figures.creditor, "KiB", 3.0),
        ("release binary", figures.binary, "MB", 15.0),
    ];
    writeln!(text, "| of the mock alone | figure | goal |\n|---|--:|---|")?;
    for (what, figure, unit, goal) in lines {
        let met = met(figure <= goal);
        writeln!(
            text,
            "| {what} | {figure:.1} {unit} | ≤ {goal} {unit}: {met} |"
        )?;
    }
    let [few, many] = SIZES;
    writeln!(
        text,
        "\n| operation, one connection | time with {many} creditors : with {few} |\n|---|--:|"
    )?;
    for (operation, ratio) in &figures.growth {
        writeln!(text, "| {} | {ratio:.2} |", operation.name())?;
    }
    Ok(())
}

fn met(is: bool) -> &'static str {
    if is { "met" } else { "**missed**" }
}

/// Puts a text between the marks of a file, and leaves the rest of it as it is.
pub(crate) fn write_into(file: &Path, [open, close]: [&str; 2], text: &str) -> Result<(), Fault> {
    let old = std::fs::read_to_string(file)?;
    let parts = old.split_once(open).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(close)?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| format!("{} has no {open}", file.display()))?;
    Ok(std::fs::write(
        file,
        format!("{before}{open}\n{text}\n{close}{after}"),
    )?)
}

/// The time of the run.
pub(crate) fn today() -> String {
    Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Processor, memory, system, and how busy it is.
pub(crate) fn machine() -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key));
        let value = line.and_then(|line| line.split_once(':'));
        value.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let model = value(&read("/proc/cpuinfo"), "model name");
    let memory = value(&read("/proc/meminfo"), "MemTotal");
    let system = read("/proc/sys/kernel/osrelease");
    let load = read("/proc/loadavg");
    format!(
        "{threads} processors ({model}), {memory} of memory, Linux {}; load average {}",
        system.trim(),
        load.split(' ').next().unwrap_or_default(),
    )
}
