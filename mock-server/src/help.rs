//! What tells how the command is used: examples below each help, completions, manual pages.

use std::path::Path;

use clap::CommandFactory;

use crate::cli::{Cli, Usage};

/// `mock-server`.
pub(crate) const MOCK_SERVER: &str = "\
Examples:
  mock-server                                          both fakes on 127.0.0.1:4080
  mock-server --listen 127.0.0.1:0 --seed 7 --clock 2025-11-11T12:00:00Z
  mock-server --state mine.json                        go on where the last run ended
  mock-server exec -- pytest                           a mock for one command
  mock-server explain 17                               why was request 17 answered so?
  mock-server rules | less                             what is enforced, in the documents' words";

/// `mock-server exec`.
pub(crate) const EXEC: &str = "\
Examples:
  mock-server exec -- pytest -n 4
  mock-server exec --seed 7 --clock 2025-11-11T12:00:00Z -- npm test
  mock-server exec --intercept -- python my_program.py
  mock-server exec --coverage met.json --require 'amili.creditor.*' -- ./my-tests
  mock-server exec -- sh -c 'curl -s \"$AMILI_BASE_URL/accounts\" -H \"X-API-Key: $AMILI_TOKEN\"'

CMD finds AMILI_BASE_URL, AMILI_TOKEN, AMILI_ACCOUNT, AMS_BASE_URL, AMS_TOKEN, MOCK_CONTROL_URL and
MOCK_SERVER_INFO in its environment.";

/// `mock-server explain`.
pub(crate) const EXPLAIN: &str = "\
Examples:
  mock-server explain 17                               the number stands in the answer: X-Mock-Journal: 17
  mock-server explain 17 --space my-test --json
  mock-server explain 3 --at http://127.0.0.1:4099";

/// `mock-server wait`.
pub(crate) const WAIT: &str = "\
Examples:
  mock-server & mock-server wait http://127.0.0.1:4080 && ./my-tests";

/// `mock-server completions`.
pub(crate) const COMPLETIONS: &str = "\
Examples:
  mock-server completions bash > ~/.local/share/bash-completion/completions/mock-server
  mock-server completions zsh > ~/.zfunc/_mock-server";

/// `mock-server man`.
pub(crate) const MAN: &str = "\
Examples:
  mock-server man | man -l -
  mock-server man --into ~/.local/share/man/man1";

/// `mock-server openapi`.
pub(crate) const OPENAPI: &str = "\
Examples:
  mock-server openapi amili > amili.json
  mock-server openapi ams --assumptions framework";

/// `mock-server assumptions`.
pub(crate) const ASSUMPTIONS: &str = "\
Examples:
  mock-server assumptions --format toml > answers.toml
  mock-server --assumptions answers.toml --assume amili.payment.edition=older";

/// The script that completes commands and options in a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "mock-server", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page of the command.
pub(crate) fn manual() -> std::io::Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Writes the manual pages of the command and of each below it into a folder.
pub(crate) fn manuals(folder: &Path) -> Result<(), Usage> {
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
    written.map_err(|fault| Usage(format!("{}: {fault}", folder.display())))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    /// The words that the shell would give to the command: up to what is the shell's own, or CMD's.
    fn words(example: &str) -> Vec<String> {
        let ends = ["  ", " | ", " > ", " & ", " && "];
        let end = ends.iter().filter_map(|end| example.find(end)).min();
        let own = &example[..end.unwrap_or(example.len())];
        let words = own.split_whitespace().map(|word| word.replace('\'', ""));
        words.collect()
    }

    #[test]
    fn every_example_is_understood() {
        let mut examples = 0;
        let command = Cli::command();
        let helps = command
            .get_subcommands()
            .map(|below| below.get_after_help());
        let helps: Vec<_> = helps.chain([command.get_after_help()]).collect();
        for help in helps.into_iter().flatten().map(ToString::to_string) {
            for example in help.lines().filter_map(|line| line.strip_prefix("  ")) {
                let parsed = Cli::try_parse_from(words(example));
                assert!(parsed.is_ok(), "{example}: {:?}", parsed.err());
                examples += 1;
            }
        }
        assert!(examples > 15, "{examples}");
        Cli::command().debug_assert();
    }
}
