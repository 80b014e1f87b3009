//! Whom a registration means: what it says of its customer, and who that is in the end.

use bson::{Bson, Document, doc};

use super::schema::RESOURCE;
use crate::amili::scene::{ACCOUNT, ACTIVE, INACTIVE, id, moment, store};
use crate::amili::store::Change;

/// The `id_number` of the customer whom the active creditor of the world has.
const KNOWN: &str = "202501012385";

fn registered(answer: &str, creditor: &str, said: Document) -> Change {
    let fields = doc! { "account": id(ACCOUNT), "creditor": id(creditor), "customer": said };
    let mut change = Change::default();
    let mut moment = moment(&[("amili.customer.same-id-number", answer)]);
    let found = super::registered(&store(), &mut moment, &fields, &mut change);
    let of_change = |list: &[(&'static str, Document)]| {
        let document = list
            .first()
            .map(|(_, document)| document.get("_id").cloned());
        document.flatten()
    };
    let made = of_change(&change.inserts).or(of_change(&change.replacements));
    let known = store().collection(RESOURCE.name).get(found).is_some();
    assert!(
        known || made == Some(Bson::ObjectId(found)),
        "{found} is nobody"
    );
    change
}

/// How many customers are made and changed.
#[track_caller]
fn check(answer: &str, creditor: &str, id_number: &str, made: usize, changed: usize) {
    let change = registered(
        answer,
        creditor,
        doc! { "name": "J", "id_number": id_number },
    );
    let counts = (change.inserts.len(), change.replacements.len());
    assert_eq!(counts, (made, changed), "{answer} {creditor} {id_number}");
}

#[test]
fn a_customer_is_found_by_the_id_number_among_those_of_the_creditor() {
    check("found", ACTIVE, KNOWN, 0, 0);
    check("found", ACTIVE, "1", 1, 0);
    check("found", INACTIVE, KNOWN, 1, 0);
    check("updated", ACTIVE, KNOWN, 0, 1);
    check("updated", ACTIVE, "1", 1, 0);
    check("new", ACTIVE, KNOWN, 1, 0);
}

#[test]
fn a_customer_becomes_as_said_where_registrations_update() {
    let said = doc! { "name": "Jane Roe", "id_number": KNOWN, "is_company": true };
    let change = registered("updated", ACTIVE, said);
    let (_, updated) = &change.replacements[0];
    assert_eq!(updated.get_str("name").unwrap(), "Jane Roe");
    assert!(!updated.get_bool("is_person").unwrap());
    assert!(updated.get_bool("is_active").unwrap());
}

#[track_caller]
fn check_person(kinds: Document, is_person: bool) {
    let mut said = doc! { "name": "J", "id_number": "1" };
    said.extend(kinds.clone());
    let change = registered("found", ACTIVE, said);
    let (_, made) = &change.inserts[0];
    assert_eq!(made.get_bool("is_person").unwrap(), is_person, "{kinds}");
}

#[test]
fn a_customer_is_a_person_unless_said_to_be_something_else() {
    check_person(doc! {}, true);
    check_person(doc! { "is_person": true }, true);
    check_person(doc! { "is_person": false }, false);
    check_person(doc! { "is_company": true }, false);
    check_person(doc! { "is_foreign": true }, false);
}
