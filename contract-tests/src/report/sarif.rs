//! SARIF 2.1.0: each rule and open question is a reporting descriptor, a broken one an error, an answer not
//! known yet a note. What failed on our side is a notification of the invocation, no result.

pub(super) mod descriptors;
pub(super) mod format;

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value, json};

use self::format::{
    ArtifactLocation, AutomationDetails, CodeFlow, Described, Descriptor, Driver, Finding,
    Invocation, Level, Location, Log, LogicalLocation, Notification, PhysicalLocation, Reference,
    Run, Text, ThreadFlow, ThreadFlowLocation, Tool, WebRequest, WebResponse,
};
use super::story::{Case, Story};
use super::words;
use crate::Exchange;
use crate::verdict::Verdict;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What the addresses of documents are relative to.
pub(super) const ROOT: &str = "PROJECT";

/// The most of a body that a result carries.
const BODY: usize = 8 * 1024;

pub(super) fn document(story: &Story) -> io::Result<String> {
    let proved = story
        .cases
        .iter()
        .flat_map(|case| case.proves.iter().copied());
    let rules = descriptors::rules(proved);
    let index = |id: &str| rules.iter().position(|rule| rule.id == id);
    let results = story.cases.iter().filter_map(|case| finding(case, &index));
    let told = Told {
        // With the slash it is a category without an id of the single run.
        category: format!("contract-tests/{}/{}/", story.about().command, story.target),
        results: results.collect(),
        invocation: invocation(story),
        properties: json!({ "target": story.target, "run": story.run, "seed": story.seed }),
        notifications: descriptors::notifications(),
        rules,
    };
    told.written()
}

/// What differs from one document to another.
pub(super) struct Told {
    /// Ends with a slash.
    pub(super) category: String,
    pub(super) results: Vec<Finding>,
    pub(super) invocation: Invocation,
    pub(super) rules: Vec<Descriptor>,
    pub(super) notifications: Vec<Descriptor>,
    pub(super) properties: Value,
}

impl Told {
    /// The document, with all that is the same in each.
    pub(super) fn written(self) -> io::Result<String> {
        let run = Run {
            results: self.results,
            invocations: [self.invocation],
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                Described {
                    description: Text::plain("The root of the repository of contract-tests."),
                },
            )]),
            automation_details: AutomationDetails { id: self.category },
            column_kind: "unicodeCodePoints",
            properties: self.properties,
            tool: Tool {
                driver: Driver {
                    name: "contract-tests",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: self.rules,
                    notifications: self.notifications,
                },
            },
        };
        let log = Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [run],
        };
        let text = serde_json::to_string_pretty(&log).map_err(io::Error::other)?;
        Ok(text + "\n")
    }
}

fn invocation(story: &Story) -> Invocation {
    let mut notifications: Vec<_> = story.cases.iter().filter_map(notification).collect();
    let about_run = |id: &str, text: &str| Notification {
        level: Level::Error,
        message: Text::plain(text),
        descriptor: Reference { id: id.to_owned() },
        associated_rule: None,
        locations: Vec::new(),
    };
    if let Some(trouble) = &story.stopped {
        notifications.push(about_run(descriptors::STOPPED, &trouble.text));
    } else if story.saw_nothing() {
        notifications.push(about_run(descriptors::NOTHING_SEEN, "nothing was observed"));
    }
    Invocation {
        execution_successful: notifications.is_empty(),
        start_time_utc: story.about().at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        tool_execution_notifications: notifications,
    }
}

fn notification(case: &Case) -> Option<Notification> {
    let id = match &case.verdict {
        _ if case.contradiction.is_some() => descriptors::CONTRADICTION,
        Verdict::InstrumentFailed(_) => descriptors::INSTRUMENT_FAILED,
        _ => return None,
    };
    let rule = case.proves.first().map(|id| (*id).to_owned());
    Some(Notification {
        level: Level::Error,
        message: Text::plain(format!("{}: {}", case.name, words::in_short(case))),
        descriptor: Reference { id: id.to_owned() },
        associated_rule: rule.map(|id| Reference { id }),
        locations: vec![location(case)],
    })
}

fn finding(case: &Case, index: &dyn Fn(&str) -> Option<usize>) -> Option<Finding> {
    let (Verdict::Broken(failure) | Verdict::UnknownAnswer(failure)) = &case.verdict else {
        return None;
    };
    let level = match case.verdict {
        Verdict::Broken(_) => Level::Error,
        // An answer of our own mock that our own model does not expect.
        _ if case.fails => Level::Warning,
        _ => Level::Note,
    };
    let rule = case.proves.first().copied().unwrap_or_default();
    let telling = case.telling();
    Some(Finding {
        rule_id: rule.to_owned(),
        rule_index: index(rule),
        level,
        message: Text::plain(format!("{}\n{}", words::in_short(case), failure.request)),
        locations: [location(case)],
        partial_fingerprints: BTreeMap::from([("caseRuleStep/v1", fingerprint(case))]),
        code_flows: code_flow(case).into_iter().collect(),
        suppressions: Vec::new(),
        web_request: telling.map(request),
        web_response: telling.map(answer),
        properties: json!({
            "case": case.name,
            "rules": case.proves,
            "step": failure.step,
            "caller": failure.caller,
            "expected": failure.expected,
            "actual": failure.actual,
            "curl": failure.request,
        }),
    })
}

/// What stays the same from run to run: names, and no id that the target made up. The steps of a walk are
/// numbered, and random: what its last step is says more.
fn fingerprint(case: &Case) -> String {
    let last = case.walk.as_ref().and_then(|walk| walk.taken.last());
    let step = match (&case.verdict, last) {
        (_, Some(last)) => last.words.as_str(),
        (Verdict::Broken(failure) | Verdict::UnknownAnswer(failure), None) => &failure.step,
        _ => "",
    };
    format!("{}|{}|{step}", case.name, case.proves.join("+"))
}

fn location(case: &Case) -> Location {
    let first = case.proves.first().copied().unwrap_or_default();
    located(first, case.api.name(), &case.name)
}

/// The document that the rule quotes, or the list that the open question stands in.
pub(super) fn located(rule: &str, api: &str, scenario: &str) -> Location {
    let uri = match words::rule(rule) {
        Some(rule) => format!("fixtures/guides/{}.txt", rule.page),
        None => format!("mock-server/src/{api}/assumptions.rs"),
    };
    Location {
        physical_location: Some(PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri,
                uri_base_id: ROOT,
            },
        }),
        logical_locations: vec![LogicalLocation {
            fully_qualified_name: scenario.to_owned(),
            kind: "function",
        }],
        message: None,
    }
}

fn code_flow(case: &Case) -> Option<CodeFlow> {
    let walk = case.walk.as_ref().filter(|walk| !walk.taken.is_empty())?;
    let steps = walk.taken.iter().map(|step| ThreadFlowLocation {
        location: Location {
            message: Some(Text::plain(format!(
                "{}: status {}\n{}",
                step.words, step.status, step.curl
            ))),
            ..location(case)
        },
    });
    Some(CodeFlow {
        thread_flows: [ThreadFlow {
            locations: steps.collect(),
        }],
    })
}

fn request(said: &Exchange) -> WebRequest {
    WebRequest {
        protocol: "http",
        method: said.method.clone(),
        target: said.path.clone(),
        body: said
            .sent
            .as_deref()
            .map(|sent| Text::plain(words::body(sent, BODY))),
    }
}

fn answer(said: &Exchange) -> WebResponse {
    WebResponse {
        protocol: "http",
        status_code: said.status,
        headers: said.headers.iter().cloned().collect(),
        body: Text::plain(words::body(&said.body, BODY)),
    }
}
