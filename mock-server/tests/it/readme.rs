//! The README: its tables are those of the program, and its walk-throughs work when pasted.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use mock_server::{MockServer, catalogue};

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../README.md")
}

fn readme() -> String {
    std::fs::read_to_string(path()).unwrap()
}

/// The text between `<!-- name -->` and `<!-- /name -->`.
fn part<'a>(readme: &'a str, name: &str) -> &'a str {
    let (_, rest) = readme.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0
}

/// Compares a generated part; with RENEW_README set, writes it instead.
#[track_caller]
fn check(name: &str, table: &str) {
    let readme = readme();
    let part = part(&readme, name);
    if part == table {
        return;
    }
    assert!(
        std::env::var_os("RENEW_README").is_some(),
        "the table '{name}' of the README is not that of the program; renew it: \
         RENEW_README=1 cargo test -p mock-server readme -- --test-threads 1"
    );
    let mark = format!("<!-- {name} -->\n");
    let renewed = readme.replacen(&format!("{mark}{part}"), &format!("{mark}{table}"), 1);
    std::fs::write(path(), renewed).unwrap();
}

#[test]
fn the_rule_table_is_that_of_the_program() {
    let mut table =
        "\n| rule | what it says | basis | refused with |\n|---|---|---|---|\n".to_owned();
    for rule in catalogue::rules() {
        let refused = rule
            .refused_as
            .map_or(String::new(), |refused| refused.status.to_string());
        let basis = rule.basis.name();
        writeln!(
            table,
            "| `{}` | {} | {basis} | {refused} |",
            rule.id, rule.text
        )
        .unwrap();
    }
    table.push('\n');
    check("rules", &table);
}

#[test]
fn the_gap_table_is_that_of_the_program() {
    let mut table = "\n| methods | path | what is missing |\n|---|---|---|\n".to_owned();
    for (methods, path, what) in catalogue::gaps() {
        writeln!(table, "| {methods} | `{path}` | {what} |").unwrap();
    }
    table.push('\n');
    check("gaps", &table);
}

/// The shell lines after a mark, run against a mock; `None` where the machine has no shell or `curl`.
fn pasted(mark: &str) -> Option<String> {
    let available = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if cfg!(not(unix)) || !available("curl") {
        eprintln!("skipped: no curl on this machine");
        return None;
    }
    let readme = readme();
    let (_, rest) = readme
        .split_once(&format!("<!-- walk-through {mark} -->\n```sh\n"))
        .unwrap();
    let lines = rest.split_once("```").unwrap().0;
    let mock = MockServer::start().unwrap();
    let lines = lines.replace("http://127.0.0.1:4080", mock.base_url());
    let ran = Command::new("sh")
        .args(["-eu", "-c", &lines])
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    Some(String::from_utf8(ran.stdout).unwrap())
}

#[test]
fn the_amili_walk_through_works_when_pasted() {
    let Some(shown) = pasted("amili") else { return };
    assert_eq!(
        shown.matches("\"_status\": \"OK\"").count(),
        2,
        "two users are created: {shown}"
    );
    assert!(
        shown.contains("\"total\": 4"),
        "four groups are listed: {shown}"
    );
    assert!(
        shown.contains("x-mock-rule: amili.creditor.activation-fields"),
        "{shown}"
    );
    assert!(
        shown.contains("\"invoice_address\": \"required field\""),
        "{shown}"
    );
}

#[test]
fn the_ams_walk_through_works_when_pasted() {
    let Some(shown) = pasted("ams") else { return };
    assert!(shown.starts_with("user 5\n"), "{shown}");
    assert!(shown.contains(r#"{"departments":[1,2,3]}"#), "{shown}");
    assert!(shown.contains(r#"{"groups":[1,2]}"#), "{shown}");
    assert!(shown.contains(r#""code":"permission.011""#), "{shown}");
    assert!(shown.contains(r#""to":"my.email@test.net""#), "{shown}");
}
