//! Entity tags.

use bson::{DateTime, Document, doc, oid::ObjectId};

use super::super::etag;

fn example() -> Document {
    let moment = DateTime::from_millis(1_795_278_824_000);
    doc! {
        "account": ObjectId::parse_str("6662fb1df4d1eaf404cb08de").unwrap(),
        "name": "Acme på",
        "sender_address": { "zip_code": "1", "city": "L" },
        "case_config": { "z": null, "n": 1.5, "l": [1] },
        "is_active": true,
        "vat_area": "sweden",
        "_updated": moment,
        "_created": moment,
    }
}

#[track_caller]
fn check(tag: &str, expected: &str) {
    assert_eq!(tag, expected);
}

/// The tag the framework gave the POST of this document.
#[test]
fn the_tag_of_a_new_document_is_the_frameworks_own() {
    check(
        &etag::created(&example(), false),
        "6c375c0f1a6d2b57fde5753348a00a9f94bcaf34",
    );
}

#[test]
fn an_id_counts_only_if_the_client_sent_it() {
    let mut with_id = example();
    with_id.insert("_id", ObjectId::from_bytes([1; 12]));
    check(
        &etag::created(&with_id, false),
        &etag::created(&example(), false),
    );
    assert_ne!(
        etag::created(&with_id, true),
        etag::created(&example(), false)
    );
}

#[test]
fn a_patch_changes_the_tag_even_if_nothing_else_changes() {
    let mut document = example();
    document.insert("_etag", etag::created(&example(), false));
    assert_ne!(etag::patched(&document), etag::created(&example(), false));
    check(&etag::replaced(&document), &etag::replaced(&example()));
}
