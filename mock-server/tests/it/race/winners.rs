//! Several who want the same thing at the same moment: one of them gets it, whole.

use serde_json::{Value, json};

use super::clients::{at_once, races};
use super::server::{Client, Seen, Server};
use crate::amili::{plain_creditor, user};

const CLIENTS: usize = 4;
const ROUNDS: u64 = 15;

/// The number of each client, its connection and its turn.
struct Racer<'a> {
    number: usize,
    client: Client,
    server: &'a Server,
}

/// Has each of several clients do something at the same moment.
fn race(server: &Server, run: impl Fn(&mut Racer<'_>) -> Seen + Sync) -> Vec<Seen> {
    at_once(CLIENTS, |number| {
        run(&mut Racer {
            number,
            client: server.amili(),
            server,
        })
    })
}

/// Several change a document of this kind under the same etag; the winner's change is there, and no other.
#[track_caller]
fn one_changes(resource: &str, body: &Value) {
    let server = Server::start();
    let mut reader = server.amili();
    for _ in 0..races(ROUNDS) {
        let made = reader.post(resource, body).expect(201);
        let path = format!("{resource}/{}", made.id());
        let seen = race(&server, |racer| {
            let body = json!({ "name": format!("by {}", racer.number) });
            racer
                .client
                .if_match("PATCH", &path, &made.etag(), Some(&body))
        });
        let mut statuses: Vec<u16> = seen.iter().map(|seen| seen.status).collect();
        let winner = statuses.iter().position(|status| *status == 200).unwrap();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412]);
        let left = reader.get(&path).expect(200);
        assert_eq!(left.text("name"), format!("by {winner}"));
        assert_eq!(left.etag(), seen[winner].etag());
    }
}

#[test]
fn of_several_changes_under_one_etag_exactly_one_is_made() {
    one_changes("/creditors", &plain_creditor("before"));
}

#[test]
fn of_changes_and_a_deletion_under_one_etag_exactly_one_is_made() {
    let server = Server::start();
    let mut reader = server.amili();
    let mut won = [0, 0];
    for _ in 0..races(ROUNDS) {
        let made = reader
            .post("/creditors", &plain_creditor("before"))
            .expect(201);
        let path = format!("/creditors/{}", made.id());
        let wanted = json!({ "creditor": made.id() }).to_string();
        let groups = crate::harness::asking("/access--groups", &[("where", &wanted)]);
        let group = reader.get(&groups).expect(200).body["_items"][0]["_id"].clone();
        let holder = reader.post("/users", &user(&[group.as_str().unwrap()]));
        let holder = format!("/users/{}", holder.expect(201).id());
        let seen = race(&server, |racer| {
            let body = json!({ "name": format!("by {}", racer.number) });
            let (method, body) = match racer.number {
                0 => ("DELETE", None),
                _ => ("PATCH", Some(&body)),
            };
            racer.client.if_match(method, &path, &made.etag(), body)
        });
        let mut statuses: Vec<u16> = seen.iter().map(|seen| seen.status).collect();
        statuses.sort_unstable();
        let is_gone = statuses[0] == 204;
        won[usize::from(is_gone)] += 1;
        let (left, groups_left) = match is_gone {
            true => (404, 0),
            false => (200, 2),
        };
        let losers = if is_gone { 404 } else { 412 };
        let first = if is_gone { 204 } else { 200 };
        assert_eq!(statuses, [first, losers, losers, losers]);
        reader.get(&path).expect(left);
        assert_eq!(
            reader.get(&groups).expect(200).body["_meta"]["total"],
            groups_left
        );
        let access = reader.get(&holder).expect(200).body["data_access"].clone();
        assert_eq!(access.as_array().unwrap().is_empty(), is_gone);
    }
    assert!(won[0] + won[1] >= ROUNDS, "{won:?}");
}

#[test]
fn of_several_lists_of_groups_one_is_kept_and_never_a_mixture() {
    let server = Server::start();
    let lists = [json!([1]), json!([2, 3]), json!([1, 2, 3]), json!([])];
    let mut reader = server.ams();
    for _ in 0..races(ROUNDS) {
        let seen = race(&server, |racer| {
            let body = json!({ "groups": lists[racer.number] });
            let mut setup = racer.server.ams();
            setup.post("/v2/admin/user/4/groups", &body).expect(200)
        });
        for (seen, list) in seen.iter().zip(&lists) {
            assert_eq!(seen.body["groups"], *list);
        }
        let state = reader.get("/_mock/state").expect(200).body;
        let mut users = state["ams"]["users"].as_array().unwrap().iter();
        let kept = &users.find(|user| user["id"] == 4).unwrap()["groups"];
        assert!(lists.contains(kept), "{kept}");
    }
}
