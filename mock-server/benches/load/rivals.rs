//! What people would use instead: how each takes the operations that it has.

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::Fault;
use crate::calls::{Call, Calls, Operation};
use crate::client::Connection;
use crate::mock;

/// The user of AMS that groups are assigned to, where users are any records.
const AMS_USER: &str = "000000000000000000000002";

/// A server of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rival {
    Eve,
    JsonServer,
    Mockoon,
    Wiremock,
}

/// Every one.
pub(crate) const RIVALS: [Rival; 4] = [
    Rival::Eve,
    Rival::JsonServer,
    Rival::Mockoon,
    Rival::Wiremock,
];

impl Rival {
    /// What scripts and reports call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Eve => "eve",
            Self::JsonServer => "json-server",
            Self::Mockoon => "mockoon",
            Self::Wiremock => "wiremock",
        }
    }

    /// Its own way to take the calls of the mock.
    pub(crate) fn calls(self, of_mock: &Calls) -> Calls {
        let own =
            |(operation, call): (&Operation, &Call)| (*operation, self.call(*operation, call));
        // None of them answers the same request sooner the second time.
        let others = of_mock.iter().filter(|(_, call)| !call.is_numbered);
        others.map(own).collect()
    }

    fn call(self, operation: Operation, call: &Call) -> Call {
        let mut own = call.clone();
        own.headers.remove("x-api-key");
        own.headers.remove("authorization");
        if self == Self::Wiremock {
            return own;
        }
        match operation {
            Operation::List25 => own.path = format!("/creditors?{}", self.page()),
            Operation::ListGroups if self != Self::Eve => {
                own.path = format!("/access--groups?{}", self.by_creditor(call));
            }
            Operation::AssignGroups => {
                own.method = "PATCH".to_owned();
                own.path = format!("/ams-users/{AMS_USER}");
            }
            _ => {}
        }
        own
    }

    fn page(self) -> &'static str {
        match self {
            Self::Eve | Self::Wiremock => "max_results=25",
            Self::JsonServer => "_page=1&_limit=25",
            Self::Mockoon => "page=1&limit=25",
        }
    }

    fn by_creditor(self, call: &Call) -> String {
        let query = call.path.split('?').nth(1).unwrap_or_default();
        let filter = form_urlencoded::parse(query.as_bytes()).next();
        let filter = filter.and_then(|(_, filter)| serde_json::from_str::<Value>(&filter).ok());
        let creditor = filter
            .as_ref()
            .and_then(|filter| filter["creditor"].as_str());
        let key = if self == Self::Mockoon {
            "creditor_eq"
        } else {
            "creditor"
        };
        format!("{key}={}", creditor.unwrap_or_default())
    }
}

/// The records of the mock as collections of plain records, each with an `id`.
pub(crate) async fn data(port: u16) -> Result<Value, Fault> {
    let mut connection = Connection::to(port).await?;
    let state = connection.expect(&mock::state()).await?;
    let mut state: Value = serde_json::from_slice(&state)?;
    let mut data = Map::new();
    for kind in ["creditors", "access--groups", "users"] {
        let mut records = state["amili"][kind].take();
        for record in records.as_array_mut().into_iter().flatten() {
            record["id"] = record["_id"].clone();
        }
        data.insert(kind.to_owned(), records);
    }
    let user = json!({ "id": AMS_USER, "name": "My Name", "email": "my.email@test.net" });
    data.insert("ams-users".to_owned(), json!([user]));
    Ok(data.into())
}
