//! What the conditional headers decide: `If-Match`, `If-None-Match`, `If-Modified-Since`. It knows
//! their texts and no request.

use bson::DateTime;

use super::dates;

/// What `If-Match` says about a stored document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precondition {
    /// Absent or empty.
    Missing,
    /// Another tag; `*` and lists of tags are other tags too.
    Differs,
    /// The document's tag.
    Holds,
}

/// An `If-Modified-Since` that is no RFC 1123 date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnreadableDate;

/// Compares `If-Match` with the document's tag.
pub(crate) fn if_match(header: Option<&str>, etag: &str) -> Precondition {
    match tag(header) {
        None => Precondition::Missing,
        Some(given) if given == etag => Precondition::Holds,
        Some(_) => Precondition::Differs,
    }
}

/// True if `GET` of an item answers 304: everything that was sent must say that it is unchanged.
pub(crate) fn not_modified(
    if_none_match: Option<&str>,
    if_modified_since: Option<&str>,
    etag: &str,
    updated: DateTime,
) -> Result<bool, UnreadableDate> {
    let by_date = since(if_modified_since)?.map(|since| updated <= since);
    let by_tag = tag(if_none_match).map(|given| given == etag);
    Ok(match (by_date, by_tag) {
        (None, None) => false,
        (by_date, by_tag) => by_date.unwrap_or(true) && by_tag.unwrap_or(true),
    })
}

/// Reads `If-Modified-Since`, which the framework does on every method that reads or edits a
/// document, lists too; empty is absent. The date compared is one second later, because stored
/// times were once finer than the header's.
pub(crate) fn since(header: Option<&str>) -> Result<Option<DateTime>, UnreadableDate> {
    header
        .filter(|text| !text.is_empty())
        .map(|text| dates::parse(text).ok_or(UnreadableDate))
        .transpose()
        .map(|since| since.map(|date| date.saturating_add_millis(1000)))
}

/// The bare tag: quotes go, and the mark of a weak one. Nothing left is as good as nothing sent.
fn tag(header: Option<&str>) -> Option<String> {
    let header = header?;
    let text = header
        .strip_prefix("W/")
        .filter(|rest| rest.starts_with('"'))
        .unwrap_or(header);
    let bare = text.replace('"', "");
    (!bare.is_empty()).then_some(bare)
}
