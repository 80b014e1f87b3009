//! The part of SARIF 2.1.0 that is written here, as types. Knows no run.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Serialize)]
pub(in crate::report) struct Log {
    #[serde(rename = "$schema")]
    pub(in crate::report) schema: &'static str,
    pub(in crate::report) version: &'static str,
    pub(in crate::report) runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Run {
    pub(in crate::report) tool: Tool,
    pub(in crate::report) invocations: [Invocation; 1],
    pub(in crate::report) original_uri_base_ids: BTreeMap<&'static str, Described>,
    pub(in crate::report) results: Vec<Finding>,
    pub(in crate::report) automation_details: AutomationDetails,
    pub(in crate::report) column_kind: &'static str,
    pub(in crate::report) properties: Value,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct AutomationDetails {
    pub(in crate::report) id: String,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Tool {
    pub(in crate::report) driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Driver {
    pub(in crate::report) name: &'static str,
    pub(in crate::report) semantic_version: &'static str,
    pub(in crate::report) rules: Vec<Descriptor>,
    pub(in crate::report) notifications: Vec<Descriptor>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Descriptor {
    pub(in crate::report) id: String,
    pub(in crate::report) short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) full_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) help: Option<Text>,
    pub(in crate::report) default_configuration: Configuration,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(in crate::report) properties: Value,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Configuration {
    pub(in crate::report) level: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::report) enum Level {
    Error,
    Warning,
    Note,
}

/// Plain text, and the same with marks.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Text {
    pub(in crate::report) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) markdown: Option<String>,
}

impl Text {
    pub(in crate::report) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            markdown: None,
        }
    }
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Described {
    pub(in crate::report) description: Text,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Invocation {
    pub(in crate::report) execution_successful: bool,
    pub(in crate::report) start_time_utc: String,
    pub(in crate::report) tool_execution_notifications: Vec<Notification>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Notification {
    pub(in crate::report) level: Level,
    pub(in crate::report) message: Text,
    pub(in crate::report) descriptor: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) associated_rule: Option<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) locations: Vec<Location>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Reference {
    pub(in crate::report) id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Finding {
    pub(in crate::report) rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) rule_index: Option<usize>,
    pub(in crate::report) level: Level,
    pub(in crate::report) message: Text,
    pub(in crate::report) locations: [Location; 1],
    pub(in crate::report) partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) code_flows: Vec<CodeFlow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) web_request: Option<WebRequest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) web_response: Option<WebResponse>,
    pub(in crate::report) properties: Value,
}

/// Why a finding is no reason to act, for a time.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Suppression {
    pub(in crate::report) kind: &'static str,
    pub(in crate::report) justification: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) message: Option<Text>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct PhysicalLocation {
    pub(in crate::report) artifact_location: ArtifactLocation,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ArtifactLocation {
    pub(in crate::report) uri: String,
    pub(in crate::report) uri_base_id: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct LogicalLocation {
    pub(in crate::report) fully_qualified_name: String,
    pub(in crate::report) kind: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct CodeFlow {
    pub(in crate::report) thread_flows: [ThreadFlow; 1],
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct ThreadFlow {
    pub(in crate::report) locations: Vec<ThreadFlowLocation>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct ThreadFlowLocation {
    pub(in crate::report) location: Location,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct WebRequest {
    pub(in crate::report) protocol: &'static str,
    pub(in crate::report) method: String,
    pub(in crate::report) target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) body: Option<Text>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct WebResponse {
    pub(in crate::report) protocol: &'static str,
    pub(in crate::report) status_code: u16,
    pub(in crate::report) headers: BTreeMap<String, String>,
    pub(in crate::report) body: Text,
}
