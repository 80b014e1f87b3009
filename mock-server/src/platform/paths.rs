//! Patterns of paths: `/users/{id}`, `/users/*`, `/cases/**`. It knows no API's paths.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A pattern that paths match or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct PathPattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// This text.
    Text(String),
    /// Any one part of a path.
    One,
    /// Whatever is left, if anything.
    Rest,
}

/// Whether a path is a prefix or lies below it; everything lies below an empty one.
pub(crate) fn is_below(prefix: &str, path: &str) -> bool {
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it does not begin with a slash, or has something behind `**`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let Some(inner) = text.strip_prefix('/') else {
            return Err(format!("'{text}' must begin with a slash"));
        };
        let parts: Vec<Part> = trimmed(inner).split('/').map(part).collect();
        match parts.iter().position(|part| *part == Part::Rest) {
            Some(place) if place + 1 < parts.len() => {
                Err(format!("'{text}': nothing may stand behind '**'"))
            }
            _ => Ok(Self {
                text: text.to_owned(),
                parts,
            }),
        }
    }

    /// Whether a path is one of those meant. A slash at its end does not count.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let path = path.strip_prefix('/').unwrap_or(path);
        let given = trimmed(path)
            .split('/')
            .map(|part| Part::Text(part.to_owned()));
        meet(&self.parts, &given.collect::<Vec<_>>())
    }

    /// Whether a path exists that both this pattern and a template such as `/users/{id}` mean.
    pub(crate) fn meets(&self, template: &str) -> bool {
        Self::parse(template).is_ok_and(|template| meet(&self.parts, &template.parts))
    }
}

impl TryFrom<String> for PathPattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<PathPattern> for String {
    fn from(pattern: PathPattern) -> Self {
        pattern.text
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn trimmed(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

fn part(text: &str) -> Part {
    match text {
        "**" => Part::Rest,
        "*" => Part::One,
        text if text.starts_with('{') && text.ends_with('}') => Part::One,
        text => Part::Text(text.to_owned()),
    }
}

fn meet(left: &[Part], right: &[Part]) -> bool {
    match (left, right) {
        ([Part::Rest, ..], _) | (_, [Part::Rest, ..]) | ([], []) => true,
        ([first, left @ ..], [other, right @ ..]) => {
            let alike = match (first, other) {
                (Part::Text(first), Part::Text(other)) => first == other,
                (Part::One, Part::Text(text)) | (Part::Text(text), Part::One) => !text.is_empty(),
                _ => true,
            };
            alike && meet(left, right)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: bool) {
        let pattern = PathPattern::parse(pattern).unwrap();
        assert_eq!(pattern.matches(path), expected, "{pattern} {path}");
    }

    #[test]
    fn a_pattern_means_whole_paths() {
        check("/creditors", "/creditors", true);
        check("/creditors", "/creditors/", true);
        check("/creditors", "/creditors/1", false);
        check("/creditors/{id}", "/creditors/1", true);
        check("/creditors/*", "/creditors/1", true);
        check("/creditors/*", "/creditors/", false);
        check("/creditors/*", "/creditors/1/2", false);
        check("/creditors/**", "/creditors/1/2", true);
        check("/creditors/**", "/creditors", true);
        check("/**", "/", true);
        check("/", "/", true);
        check("/", "/creditors", false);
    }

    #[test]
    fn a_pattern_meets_the_templates_whose_paths_it_can_mean() {
        let meets = |pattern: &str, template| PathPattern::parse(pattern).unwrap().meets(template);
        assert!(meets("/users/*/groups", "/users/{userId}/groups"));
        assert!(meets("/users/7", "/users/{userId}"));
        assert!(meets("/**", "/users/{userId}"));
        assert!(!meets("/user/7", "/users/{userId}"));
        assert!(!meets("/users", "/users/{userId}"));
    }

    #[test]
    fn what_can_match_no_path_is_no_pattern() {
        assert!(PathPattern::parse("creditors").is_err());
        assert!(PathPattern::parse("/a/**/b").is_err());
    }
}
