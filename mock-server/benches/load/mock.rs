//! How the mock takes the operations, and how it is filled. It knows no other server.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Fault;
use crate::calls::{Call, Calls, Operation};
use crate::client::{Connection, Connections};

const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";
/// Long enough for whatever is filled in.
const FILL_WITHIN: Duration = Duration::from_secs(300);

fn amili(call: Call) -> Call {
    call.with("x-api-key", "amili-api-user")
}

fn ams(call: Call) -> Call {
    call.with("authorization", "Bearer ams-manager")
}

/// The active creditor of Amili's guide.
pub(crate) fn create_creditor() -> Call {
    let address = json!({
        "address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Helsingborg", "country": "SE",
    });
    let body = json!({
        "account": ACCOUNT,
        "name": "Acme Inc",
        "organization_no": "1122334455",
        "is_active": true,
        "standard_debt_description": "Standard skuldbeskrivning på Konto",
        "description": "Testing",
        "sender_address": address,
        "invoice_address": address,
        "payout_details": {"sek": {"bankgiro": "12312312"}},
    });
    amili(Call::post("/creditors", &body, 201))
}

fn create_user(group: &str) -> Call {
    let body = json!({
        "account": ACCOUNT, "name": "Jon Doe", "email_data": {"email": "jon.doe@google.com"},
        "is_enabled": true, "oauth_type": "google", "email_oauth": "jon.doe@google.com",
        "data_access": [{"access_group": group}],
    });
    amili(Call::post("/users", &body, 201))
}

fn create_ams_user() -> Call {
    let body = json!({
        "name": "My Name", "surname": "My Surname", "email": "my.email@test.net",
        "company_id": 24, "mail_otp": 1, "service_number": "abc123",
    });
    ams(Call::post("/v2/admin/users", &body, 200))
}

/// Creates so many creditors, as fast as it goes.
pub(crate) async fn fill(port: u16, creditors: usize) -> Result<(), Fault> {
    let mut connections = Connections::open(port, 16).await?;
    let call = create_creditor();
    let pressed = connections.press(&call, FILL_WITHIN, creditors);
    pressed.await.map(drop)
}

async fn made(connection: &mut Connection, call: &Call) -> Result<Value, Fault> {
    let (_, body) = connection.send(call).await?;
    Ok(serde_json::from_slice(&body)?)
}

fn text(value: &Value) -> Result<String, Fault> {
    Ok(value.as_str().ok_or("an id is missing")?.to_owned())
}

/// The calls for a mock that holds so many creditors. The one that is read stands in their middle.
pub(crate) async fn calls(port: u16, creditors: usize) -> Result<Calls, Fault> {
    fill(port, creditors / 2).await?;
    let connection = &mut Connection::to(port).await?;
    let creditor = text(&made(connection, &create_creditor()).await?["_id"])?;
    fill(port, creditors - creditors / 2).await?;
    let filter = json!({ "creditor": creditor }).to_string();
    let pairs = [("where", filter)];
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let groups = amili(Call::get(format!("/access--groups?{query}")));
    let group = text(&made(connection, &groups).await?["_items"][0]["_id"])?;
    let user = made(connection, &create_ams_user()).await?["id"].clone();
    let path = format!("/v2/admin/user/{user}/groups");
    let assign = ams(Call::post(path, &json!({ "groups": [1, 2] }), 200));
    let read = amili(Call::get(format!("/creditors/{creditor}")));
    let list = amili(Call::get("/creditors?max_results=25"));
    Ok(Calls::from([
        (Operation::ReadOne, read.clone()),
        (Operation::ReadAnew, read.numbered()),
        (Operation::ListGroups, groups),
        (Operation::List25, list.clone()),
        (Operation::ListAnew, list.numbered()),
        (Operation::CreateCreditor, create_creditor()),
        (Operation::CreateUser, create_user(&group)),
        (Operation::AssignGroups, assign),
    ]))
}

/// Everything that the mock holds.
pub(crate) fn state() -> Call {
    Call::get("/_mock/state")
}
