//! What must never import what, read from the sources: an invariant without a test is a wish.

use std::path::{Path, PathBuf};

/// A source file: its module's path, and its text without comments and texts.
struct Source {
    file: String,
    module: Vec<String>,
    code: String,
    lines: usize,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(source(&path));
            }
        }
    }
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn source(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap();
    let file = path
        .strip_prefix(root())
        .unwrap()
        .to_str()
        .unwrap()
        .replace('\\', "/");
    let mut module: Vec<String> = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if module
        .last()
        .is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str()))
    {
        module.pop();
    }
    Source {
        module,
        lines: text.lines().count(),
        code: code(&text),
        file,
    }
}

/// A text of Rust without its comments and without what stands in its strings.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let mut quoted = false;
        let mut last = ' ';
        for (place, letter) in line.char_indices() {
            if !quoted && line[place..].starts_with("//") {
                break;
            }
            if letter == '"' && last != '\\' && last != '\'' {
                quoted = !quoted;
            } else if !quoted {
                code.push(letter);
            }
            last = if last == '\\' { ' ' } else { letter };
        }
        code.push('\n');
    }
    code
}

impl Source {
    /// Every path that the code names, from the crate or from another one: `use` trees are spread out.
    fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for (place, _) in self.code.match_indices("use ") {
            let before = self.code[..place].trim_end();
            let starts = before.is_empty()
                || before.ends_with([';', '}', '{', ')', ']'])
                || before.ends_with("pub");
            if starts && let Some(end) = self.code[place..].find(';') {
                spread("", &self.code[place + 4..place + end], &mut paths);
            }
        }
        for root in ["crate::", "super::", "self::"] {
            for (place, _) in self.code.match_indices(root) {
                let rest = &self.code[place..];
                let end =
                    rest.find(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
                paths.push(rest[..end.unwrap_or(rest.len())].to_owned());
            }
        }
        paths.iter().map(|path| self.resolved(path)).collect()
    }

    /// The path from the root of the crate; one into another crate as it is.
    fn resolved(&self, path: &str) -> String {
        let mut parts = path.split("::").map(str::trim).peekable();
        let mut base = match parts.peek() {
            Some(&"crate") => Vec::new(),
            Some(&("self" | "super")) => self.module.clone(),
            _ => return path.to_owned(),
        };
        let mut rest = Vec::new();
        for part in parts {
            match part {
                "crate" | "self" => {}
                "super" => drop(base.pop()),
                other => rest.push(other.to_owned()),
            }
        }
        let whole = [vec!["crate".to_owned()], base, rest].concat();
        whole.join("::")
    }

    fn lies_in(&self, module: &str) -> bool {
        let path = self.module.join("::");
        path == module || path.starts_with(&format!("{module}::"))
    }

    fn is_called(&self, name: &str) -> bool {
        self.file == format!("{name}.rs") || self.file.ends_with(&format!("/{name}.rs"))
    }
}

/// `a::{b, c::{d}}` as `a::b` and `a::c::d`.
fn spread(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        paths.push(format!("{prefix}{tree}"));
        return;
    };
    let inner = tree[open + 1..].trim_end().trim_end_matches('}');
    let prefix = format!("{prefix}{}", &tree[..open]);
    let mut depth = 0;
    let parts = inner.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    for part in parts.filter(|part| !part.trim().is_empty()) {
        // The end of an inner tree was cut off with that of the whole.
        let opened = part.matches('{').count() - part.matches('}').count();
        spread(&prefix, &format!("{part}{}", "}".repeat(opened)), paths);
    }
}

fn is_below(path: &str, module: &str) -> bool {
    let path = path.split(" as ").next().unwrap_or(path).trim();
    path == module || path.starts_with(&format!("{module}::"))
}

/// That no file for which this holds names a path for which that holds.
#[track_caller]
fn never(files: impl Fn(&Source) -> bool, named: impl Fn(&str) -> bool) {
    let sources = sources();
    let breaches: Vec<String> = sources
        .iter()
        .filter(|source| files(source))
        .flat_map(|source| {
            source
                .paths()
                .into_iter()
                .map(move |path| format!("{}: {path}", source.file))
        })
        .filter(|breach| breach.split_once(": ").is_some_and(|(_, path)| named(path)))
        .collect();
    assert!(sources.iter().any(files), "no file is meant");
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn the_platform_and_the_control_api_know_no_api() {
    never(
        |source| source.lies_in("platform") || source.lies_in("control"),
        |path| is_below(path, "crate::amili") || is_below(path, "crate::ams"),
    );
}

#[test]
fn the_maker_of_documents_knows_no_api() {
    never(
        |source| source.lies_in("openapi"),
        |path| {
            ["amili", "ams", "control", "server"]
                .iter()
                .any(|api| is_below(path, &format!("crate::{api}")))
        },
    );
}

/// A route that is not made of a call would be in no document.
#[test]
fn every_route_is_made_of_a_call_that_describes_itself() {
    let made_of_calls = ["amili/routes.rs", "openapi/call.rs", "server.rs"];
    let sources = sources();
    let others = sources
        .iter()
        .filter(|source| !made_of_calls.contains(&source.file.as_str()));
    for source in others {
        let code: String = source.code.split_whitespace().collect();
        for made in [
            ".route(",
            ".route_service(",
            ".nest(",
            ".nest_service(",
            "axum::routing",
        ] {
            assert!(
                !code.contains(made),
                "{}: {made}, where a table of calls belongs",
                source.file
            );
        }
    }
}

#[test]
fn the_two_apis_do_not_know_each_other() {
    never(
        |source| source.lies_in("amili"),
        |path| is_below(path, "crate::ams"),
    );
    never(
        |source| source.lies_in("ams"),
        |path| is_below(path, "crate::amili"),
    );
}

#[test]
fn the_frameworks_manners_know_nothing_of_the_crate_but_themselves() {
    never(
        |source| source.lies_in("amili::eve"),
        |path| is_below(path, "crate") && !is_below(path, "crate::amili::eve"),
    );
}

#[test]
fn the_framework_names_no_resource() {
    for source in sources()
        .iter()
        .filter(|source| source.lies_in("amili::eve") && !source.lies_in("amili::eve::tests"))
    {
        for resource in ["creditors", "access_groups", "Creditor", "AccessGroup"] {
            assert!(
                !source.code.contains(resource),
                "{}: {resource}",
                source.file
            );
        }
    }
}

#[test]
fn decisions_and_models_know_no_http_no_clock_and_no_environment() {
    const FOREIGN: &[&str] = &[
        "axum",
        "http",
        "hyper",
        "tower",
        "tower_http",
        "tokio",
        "getrandom",
        "rand_core",
        "rand_pcg",
        "tracing",
        "std::time",
        "std::env",
        "std::fs",
        "std::net",
        "std::io",
        "crate::server",
        "crate::control",
        "crate::layers",
    ];
    let pure = |source: &Source| source.is_called("decide") || source.is_called("model");
    never(pure, |path| {
        FOREIGN.iter().any(|foreign| is_below(path, foreign))
    });
    for source in sources().iter().filter(|source| pure(source)) {
        assert!(
            !source.code.contains("now()"),
            "{}: the moment has one now",
            source.file
        );
        assert!(
            !source.code.contains("&mut Store"),
            "{}: a decision only reads the store",
            source.file
        );
    }
}

#[test]
fn only_the_store_of_an_api_writes_to_its_collections() {
    const WRITES: [&str; 6] = ["insert", "remove", "get_mut", "entry", "retain", "clear"];
    for source in sources()
        .iter()
        .filter(|source| source.lies_in("amili") || source.lies_in("ams"))
    {
        if source.is_called("store") {
            continue;
        }
        let code: String = source.code.split_whitespace().collect();
        for held in [
            "companies",
            "departments",
            "groups",
            "users",
            "documents",
            "places",
            "addresses",
        ] {
            for write in WRITES {
                let breach = format!("store.{held}.{write}(");
                assert!(!code.contains(&breach), "{}: {breach}", source.file);
            }
        }
        for write in WRITES {
            let breach = code.match_indices(".collection(").find(|(place, _)| {
                let call = &code[*place..];
                let end = call.find(')').unwrap_or(call.len());
                call[end..].starts_with(&format!(").{write}("))
            });
            assert!(breach.is_none(), "{}: a collection's {write}", source.file);
        }
    }
}

#[test]
fn a_file_stops_at_400_lines() {
    let long: Vec<_> = sources()
        .iter()
        .filter(|source| source.lines > 400)
        .map(|source| source.file.clone())
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn paths_are_found_wherever_they_are_named() {
    let text = r#"
        use crate::{ams, platform::{clock::Clock, ids as other}};
        pub(crate) use super::super::control;
        // use crate::amili;
        fn f() { let _ = "crate::server"; crate::layers::trace(); }
    "#;
    let source = Source {
        file: "amili/users/decide.rs".to_owned(),
        module: ["amili", "users", "decide"].map(str::to_owned).to_vec(),
        code: code(text),
        lines: 6,
    };
    let paths = source.paths();
    for expected in [
        "crate::ams",
        "crate::platform::clock::Clock",
        "crate::amili::control",
        "crate::layers::trace",
    ] {
        assert!(
            paths.iter().any(|path| path == expected),
            "no {expected} in {paths:?}"
        );
    }
    assert!(
        paths
            .iter()
            .any(|path| is_below(path, "crate::platform::ids")),
        "{paths:?}"
    );
    assert!(
        !paths
            .iter()
            .any(|path| path == "crate::amili" || path == "crate::server"),
        "{paths:?}"
    );
}
