//! Annotations for GitHub Actions: workflow commands, one to a line.

use super::story::{Case, Story};
use super::words;
use crate::verdict::Verdict;

pub(super) fn annotations(story: &Story) -> String {
    let mut text: String = story.cases.iter().filter_map(of).collect();
    if let Some(trouble) = &story.stopped {
        text.push_str(&annotation("error", "the run stopped early", &trouble.text));
    } else if story.saw_nothing() {
        text.push_str(&annotation("error", "the run", "nothing was observed"));
    }
    text
}

fn of(case: &Case) -> Option<String> {
    let level = match case.verdict {
        Verdict::Broken(_) | Verdict::InstrumentFailed(_) => "error",
        _ if case.fails => "error",
        Verdict::UnknownAnswer(_) => "notice",
        Verdict::Held | Verdict::Answered { .. } | Verdict::NotObservable { .. } => return None,
    };
    let what = match case.contradiction {
        Some(_) => "the mock contradicts itself",
        None => case.verdict.name(),
    };
    let title = format!("{what}: {}", case.name);
    let message = format!("{}\n{}", words::in_short(case), words::in_full(case));
    Some(annotation(level, &title, &message))
}

pub(super) fn annotation(level: &str, title: &str, message: &str) -> String {
    let title = data(title).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} title={title}::{}\n", data(message.trim_end()))
}

/// As the runner undoes it: these three, and nothing else that a URL would have encoded.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annotation_stays_on_its_line_and_in_its_property() {
        let line = annotation("error", "a,b::c 100%\n", "å: 1,\r\n50%\n");
        assert_eq!(
            line,
            "::error title=a%2Cb%3A%3Ac 100%25%0A::å: 1,%0D%0A50%25\n"
        );
    }
}
