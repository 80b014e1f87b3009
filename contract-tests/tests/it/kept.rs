//! The mock's own recordings: its behaviour is what they say, until they are renewed by `scripts/record.sh`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use contract_tests::{Api, Performed, all, recorded_lines};
use serde_json::Value;

/// The lines of each scenario.
type Kept = BTreeMap<String, Vec<String>>;

fn kept(api: Api) -> &'static Kept {
    static KEPT: OnceLock<[Kept; 2]> = OnceLock::new();
    let [amili, ams] = KEPT.get_or_init(|| [Api::Amili, Api::Ams].map(read));
    match api {
        Api::Amili => amili,
        Api::Ams => ams,
    }
}

fn read(api: Api) -> Kept {
    let file = format!(
        "{}/../fixtures/recordings/{}/mock.jsonl",
        env!("CARGO_MANIFEST_DIR"),
        api.name()
    );
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let mut kept = Kept::new();
    for line in text.lines().skip(1) {
        let value: Value = serde_json::from_str(line).unwrap();
        let scenario = value["scenario"].as_str().unwrap().to_owned();
        kept.entry(scenario).or_default().push(line.to_owned());
    }
    kept
}

/// A scenario on the mock goes as it went when the recording was made.
#[track_caller]
pub(crate) fn check(performed: &Performed) {
    let scenario = performed.scenario;
    let known = kept(scenario.api()).get(scenario.name);
    let known = known.unwrap_or_else(|| {
        panic!("{} is not recorded: scripts/record.sh", scenario.name);
    });
    let lines = recorded_lines(performed);
    for (line, known) in lines.iter().zip(known) {
        assert_eq!(
            line, known,
            "not as recorded; if it is meant: scripts/record.sh"
        );
    }
    assert_eq!(lines.len(), known.len(), "{}", scenario.name);
}

#[test]
fn nothing_is_recorded_that_is_no_scenario_any_more() {
    for api in [Api::Amili, Api::Ams] {
        let names = kept(api).keys();
        let gone: Vec<_> = names
            .filter(|name| !all().iter().any(|scenario| scenario.name == *name))
            .collect();
        assert!(gone.is_empty(), "{gone:?}: scripts/record.sh");
    }
}
