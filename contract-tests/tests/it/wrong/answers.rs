//! Open questions: whatever a right server answers to them, nothing is called broken; and a server that
//! answers otherwise than it says is found out.

use contract_tests::all;
use mock_server::{Answers, catalogue};

use super::stage::{Sight, Stage};

/// What a targets file tells where the answer is another than the usual one, and what the stage does not.
const TOLD_BY_THE_FILE: [&str; 2] = ["ams.path.create-department", "ams.path.create-user"];

#[test]
fn no_answer_to_an_open_question_is_called_broken() {
    let known = catalogue::assumptions();
    let mut answers = Answers::default();
    for assumption in &known {
        let last = assumption.answers.last().unwrap();
        if !TOLD_BY_THE_FILE.contains(&assumption.id) {
            answers.choose(&known, assumption.id, last.id).unwrap();
        }
    }
    let stage = Stage::under(&answers);
    for scenario in all() {
        let verdict = stage.play(None, scenario, Sight::Wire).performed.verdict;
        let wrong = ["broken", "instrument failed"].contains(&verdict.name());
        assert!(!wrong, "{}: {verdict:#?}", scenario.name);
    }
}
