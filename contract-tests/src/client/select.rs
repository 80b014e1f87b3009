//! Places in JSON: pointers in which `*` stands for every element of a list, and codes anywhere in a body.

use serde_json::Value;

/// The values at a place; `None` where an element has nothing there.
pub(super) fn select<'v>(value: &'v Value, place: &str) -> Vec<Option<&'v Value>> {
    let mut found = vec![Some(value)];
    for part in place.split('/').skip(1) {
        found = found
            .into_iter()
            .flat_map(|value| descend(value, part))
            .collect();
    }
    found
}

fn descend<'v>(value: Option<&'v Value>, part: &str) -> Vec<Option<&'v Value>> {
    match (value, part) {
        (Some(Value::Array(list)), "*") => list.iter().map(Some).collect(),
        (Some(Value::Array(list)), _) => {
            vec![part.parse::<usize>().ok().and_then(|place| list.get(place))]
        }
        (Some(Value::Object(members)), _) => vec![members.get(part)],
        _ => vec![None],
    }
}

/// Whether a dotted code stands in the text as a word of its own.
pub(super) fn mentions(text: &str, code: &str) -> bool {
    let part_of_word = |next: char| next.is_ascii_alphanumeric() || next == '.' || next == '_';
    text.match_indices(code).any(|(start, found)| {
        let before = text[..start].chars().next_back();
        let mut after = text[start + found.len()..].chars();
        let ends = match after.next() {
            // A full stop ends a sentence, unless a word goes on behind it.
            Some('.') => !after.next().is_some_and(part_of_word),
            Some(next) => !part_of_word(next),
            None => true,
        };
        ends && !before.is_some_and(part_of_word)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_star_stands_for_every_element() {
        let body = json!({"_items": [{"type": "admin"}, {"name": "user"}]});
        let admin = json!("admin");
        assert_eq!(select(&body, "/_items/*/type"), [Some(&admin), None]);
    }

    #[test]
    fn a_code_is_found_only_as_a_word_of_its_own() {
        assert!(mentions(r#"{"code":"user.002"}"#, "user.002"));
        assert!(mentions("It failed with user.002.", "user.002"));
        assert!(!mentions("permission.user.002", "user.002"));
        assert!(!mentions("user.0021", "user.002"));
        assert!(!mentions("group.002", "permission.group.002"));
    }
}
