//! Text in a shell's words. A name in double braces becomes the variable of that name. Knows no walk.

/// What a walk makes has a name of this form until a run gives it an id.
pub(crate) fn placeholder(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

/// The names in a text, in their order.
pub(super) fn names(text: &str) -> Vec<String> {
    let parts = text.split("{{").skip(1);
    let ends = parts.filter_map(|part| part.split_once("}}"));
    let names = ends.map(|(name, _)| name);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    names
        .filter(|name| name.chars().all(plain))
        .map(str::to_owned)
        .collect()
}

/// The text to the letter.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The text in double quotes, with variables for names.
pub(super) fn double_quoted(text: &str) -> String {
    let escaped = escaped(text).replace('"', "\\\"");
    format!("\"{}\"", variables(&escaped))
}

/// The text in a here document, with variables for names. Ids of numbers stand bare in JSON.
pub(super) fn here_document(text: &str, bare_ids: bool) -> String {
    let mut escaped = escaped(text);
    if bare_ids {
        for name in names(text) {
            let name = placeholder(&name);
            escaped = escaped.replace(&format!("\"{name}\""), &name);
        }
    }
    variables(&escaped)
}

/// One line for a comment.
pub(super) fn comment(text: &str) -> String {
    let short = text.chars().take(300);
    short
        .flat_map(char::escape_debug)
        .filter(|letter| *letter != '\\')
        .collect()
}

/// Without what the shell would take for its own.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('$', r"\$")
        .replace('`', r"\`")
}

fn variables(text: &str) -> String {
    names(text).into_iter().fold(text.to_owned(), |text, name| {
        text.replace(&placeholder(&name), &format!("${{{name}}}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_takes_nothing_for_its_own_but_names() {
        assert_eq!(double_quoted(r#"a"$(x)`{{b}}\"#), r#""a\"\$(x)\`${b}\\""#);
        assert_eq!(quoted("it's $x"), r"'it'\''s $x'");
        assert_eq!(
            here_document(r#"{"a":{"id":"{{user_0}}","name":"{{run}}-1"}}"#, true),
            r#"{"a":{"id":${user_0},"name":"${run}-1"}}"#
        );
    }
}
