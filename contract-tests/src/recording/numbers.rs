//! The ids of AMS, which are small whole numbers: of what one is, told by the key, the path or the words
//! before it. Never by its value: in another world other numbers are ids.

/// What can have an id, by the words that name it.
const THINGS: [(&str, &str); 4] = [
    ("compan", "company"),
    ("department", "department"),
    ("group", "group"),
    ("user", "user"),
];
/// The words of steps after which an id stands, although they do not say of what.
const BEFORE: [&str; 2] = ["below", "of which"];
/// Ids that no world has; steps name them, and may.
const NOBODY: [&str; 2] = ["0", "999999999"];

/// What a word names.
pub(super) fn thing(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let mut things = THINGS.iter();
    let found = things.find(|(beginning, _)| word.starts_with(beginning));
    found.map(|(_, thing)| *thing)
}

/// What a number under a key is an id of, in an exchange with this path.
pub(super) fn of_key(key: &str, path: &str) -> Option<&'static str> {
    match key {
        "parent_id" => Some("department"),
        // What these hold, and a bare list, is what the path is about.
        "" | "id" | "ids" | "data" => {
            let path = path.split('?').next().unwrap_or_default();
            let mut parts = path.rsplit('/');
            parts.find_map(thing)
        }
        "departments" | "groups" => thing(key),
        _ if key.ends_with("_id") => Some(thing(key).unwrap_or("other")),
        _ => None,
    }
}

/// What the last word of a text names, if a number may follow it.
pub(super) fn thing_before(text: &str) -> Option<&'static str> {
    let before = text.trim_end_matches(['"', '-']).strip_suffix([' ', '/'])?;
    let letters = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    before
        .rsplit(|letter| !letters(letter))
        .next()
        .and_then(thing)
}

/// Whether a run of digits in the name of a step or a caller is an id, after this text.
pub(super) fn is_id(before: &str, run: &str) -> bool {
    let digits = run.bytes().all(|digit| digit.is_ascii_digit());
    if !digits || NOBODY.contains(&run) {
        return false;
    }
    let words = before.trim_end();
    let follows = BEFORE.iter().any(|word| words.ends_with(word));
    follows || thing_before(before).is_some() || in_list_of_ids(before)
}

/// Whether a text ends within brackets, which hold groups, departments or what else is assigned.
fn in_list_of_ids(before: &str) -> bool {
    let Some((outside, inside)) = before.rsplit_once('[') else {
        return false;
    };
    !inside.contains(']') && !outside.trim_end().ends_with("mail_otp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, expected: bool) {
        assert_eq!(is_id(before, "7"), expected, "{before}7");
    }

    #[test]
    fn an_id_is_told_by_the_words_before_it() {
        for before in [
            "user ",
            "user -",
            "department \"",
            "a user of company ",
            "sending company_id ",
            "create a department below ",
            "give myself [",
            "grant [{{id}},",
            "grant [{{id}}], of which ",
        ] {
            check(before, true);
        }
        for before in [
            "",
            "assign ",
            "mail_otp ",
            "mail_otp [",
            "a group of ",
            "on level ",
        ] {
            check(before, false);
        }
        assert!(!is_id("company ", "999999999") && !is_id("company ", "0"));
    }

    #[test]
    fn a_number_is_an_id_of_what_its_key_or_its_path_is_about() {
        for (key, path, expected) in [
            ("company_id", "/v2/admin/users", Some("company")),
            ("parent_id", "/v2/admin/departments", Some("department")),
            ("id", "/v2/admin/users", Some("user")),
            (
                "id",
                "/v2/admin/permission/groups?company_id=4",
                Some("group"),
            ),
            (
                "departments",
                "/v2/admin/users/7/department",
                Some("department"),
            ),
            ("data", "/v2/admin/user/7/groups", Some("group")),
            ("mail_otp", "/v2/admin/users", None),
        ] {
            assert_eq!(of_key(key, path), expected, "{key} at {path}");
        }
    }
}
