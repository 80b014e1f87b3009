//! Lists: conditions, pages, order, and queries that cannot be read.

use serde_json::{Value, json};

use crate::wrong::make::{answered, filter, let_through, listed, queried, requery};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [
        conditions(),
        operators(),
        malformed(),
        meta(),
        limit(),
        order(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn conditions() -> Vec<Wrong> {
    const RULE: &str = "amili.query.where";
    const WHOLE: fn(&mut Vec<(String, String)>) = |pairs| pairs.retain(|(key, _)| key != "where");
    vec![
        queried(RULE, "ignored by creditors", "/creditors", WHOLE),
        queried(RULE, "ignored by groups", "/access--groups", WHOLE),
        queried(RULE, "ignored by users", "/users", WHOLE),
        queried(RULE, "ignored by cases", "/cases", WHOLE),
        queried(RULE, "the first condition alone", "/creditors", |pairs| {
            filter(pairs, |wanted| {
                if let Some(members) = wanted.as_object_mut() {
                    let mut first = true;
                    members.retain(|_, _| std::mem::replace(&mut first, false));
                }
            });
        }),
        queried(
            RULE,
            "the last condition alone",
            "/access--groups",
            |pairs| {
                filter(pairs, |wanted| {
                    if let Some(members) = wanted.as_object_mut() {
                        let last = members.keys().next_back().cloned();
                        members.retain(|key, _| Some(key) == last.as_ref());
                    }
                });
            },
        ),
        queried(
            RULE,
            "any condition instead of all",
            "/creditors",
            |pairs| {
                filter(pairs, |wanted| {
                    if let Some(members) = wanted.as_object().filter(|members| members.len() > 1) {
                        let each = members.iter().map(|(key, value)| json!({ key: value }));
                        *wanted = json!({ "$or": each.collect::<Vec<_>>() });
                    }
                });
            },
        ),
        queried(RULE, "nothing below the top", "/creditors", |pairs| {
            filter(pairs, |wanted| {
                if let Some(members) = wanted.as_object_mut() {
                    members.retain(|key, _| !key.contains('.'));
                }
            });
        }),
        queried(RULE, "nothing within lists", "/users", |pairs| {
            filter(pairs, |wanted| {
                if let Some(members) = wanted.as_object_mut() {
                    members.retain(|key, _| !key.contains('.'));
                }
            });
        }),
        listed(RULE, "the first match alone", "creditors", |items| {
            items.truncate(1)
        }),
        listed(RULE, "the first group alone", "access--groups", |items| {
            items.truncate(1)
        }),
        listed(RULE, "the last user missing", "users", |items| {
            if items.len() > 1 {
                items.pop();
            }
        }),
        Wrong::new(RULE, "total of everything", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/creditors") && answer.succeeded() {
                let whole = talk.read_as("amili-api-user", "/creditors").json();
                crate::wrong::make::altering(talk, &mut answer, |body| {
                    body["_meta"]["total"] = whole["_meta"]["total"].clone();
                });
            }
            answer
        }),
        Wrong::new(RULE, "an unknown value finds everything", |talk| {
            let answer = talk.forward();
            if talk.is("GET", "/creditors") && answer.json()["_meta"]["total"] == 0 {
                requery(talk, |pairs| pairs.retain(|(key, _)| key != "where"));
                return talk.forward();
            }
            answer
        }),
    ]
}

/// An operator taken for another.
fn operators() -> Vec<Wrong> {
    const RULE: &str = "amili.query.where";
    const TABLE: [(&str, &str, &str); 12] = [
        ("$in taken for $nin", "$in", "$nin"),
        ("$nin taken for $in", "$nin", "$in"),
        ("$ne taken for $eq", "$ne", "$eq"),
        ("$eq taken for $ne", "$eq", "$ne"),
        ("$or taken for $and", "$or", "$and"),
        ("$and taken for $or", "$and", "$or"),
        ("$nor taken for $or", "$nor", "$or"),
        ("$gt taken for $gte", "$gt", "$gte"),
        ("$gte taken for $gt", "$gte", "$gt"),
        ("$lt taken for $lte", "$lt", "$lte"),
        ("$lte taken for $lt", "$lte", "$lt"),
        ("$exists taken for $ne", "$exists", "$ne"),
    ];
    let wrongs = TABLE.into_iter().map(|(kind, from, to)| {
        Wrong::new(RULE, kind, move |talk| {
            if talk.is("GET", "/creditors") {
                requery(talk, |pairs| {
                    if let Some((_, text)) = pairs.iter_mut().find(|(key, _)| key == "where") {
                        *text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
                    }
                });
            }
            talk.forward()
        })
    });
    wrongs.collect()
}

fn malformed() -> Vec<Wrong> {
    const RULE: &str = "amili.query.malformed";
    const OF: fn(&Talk<'_>, &str) -> bool = |talk, text| talk.asked.path.contains(text);
    vec![
        let_through(RULE, "where of groups", |talk| {
            talk.part(0) == "access--groups" && OF(talk, "where=")
        }),
        let_through(RULE, "where of users", |talk| {
            talk.part(0) == "users" && OF(talk, "where=")
        }),
        let_through(RULE, "any sort", |talk| OF(talk, "sort=")),
        let_through(RULE, "any projection", |talk| OF(talk, "projection=")),
        let_through(RULE, "any projection of an item", |talk| {
            OF(talk, "projection=") && !talk.part(1).is_empty()
        }),
        let_through(RULE, "$regex", |talk| OF(talk, "%24regex")),
        let_through(RULE, "$regex inside $or", |talk| {
            OF(talk, "%24or") && OF(talk, "%24regex")
        }),
        let_through(RULE, "$where", |talk| OF(talk, "%24where")),
        let_through(RULE, "unknown operators", |talk| OF(talk, "%24nothing")),
        let_through(RULE, "cut JSON", |talk| {
            talk.asked.path.ends_with("where=%7B")
        }),
    ]
}

fn meta() -> Vec<Wrong> {
    const RULE: &str = "amili.list.meta";
    const LIST: (&str, &str) = ("GET", "/creditors");
    vec![
        answered(RULE, "total of the page", LIST, |_, body| {
            body["_meta"]["total"] = json!(body["_items"].as_array().map_or(0, Vec::len));
        }),
        answered(RULE, "page always 1", LIST, |_, body| {
            body["_meta"]["page"] = json!(1)
        }),
        answered(RULE, "page from 0", LIST, |_, body| {
            body["_meta"]["page"] = json!(body["_meta"]["page"].as_i64().unwrap_or(1) - 1);
        }),
        answered(RULE, "size always 25", LIST, |_, body| {
            body["_meta"]["max_results"] = json!(25)
        }),
        answered(RULE, "size of the page", LIST, |_, body| {
            body["_meta"]["max_results"] = json!(body["_items"].as_array().map_or(0, Vec::len));
        }),
        answered(RULE, "no _meta", LIST, |_, body| {
            crate::wrong::make::without(body, "_meta")
        }),
        answered(RULE, "no _meta of users", ("GET", "/users"), |_, body| {
            crate::wrong::make::without(body, "_meta");
        }),
        answered(RULE, "numbers as texts", LIST, |_, body| {
            body["_meta"]["total"] = json!(body["_meta"]["total"].to_string());
        }),
        answered(RULE, "_links beside", LIST, |_, body| {
            body["_links"] = json!({})
        }),
        answered(RULE, "a bare list", LIST, |_, body| {
            *body = body["_items"].clone()
        }),
        answered(
            RULE,
            "items elsewhere",
            ("GET", "/access--groups"),
            |_, body| {
                let items = body["_items"].take();
                *body = json!({ "items": items, "_meta": body["_meta"] });
            },
        ),
        queried(RULE, "page ignored", "/creditors", |pairs| {
            pairs.retain(|(key, _)| key != "page")
        }),
        queried(RULE, "size ignored", "/creditors", |pairs| {
            pairs.retain(|(key, _)| key != "max_results");
        }),
        queried(RULE, "one page further", "/creditors", |pairs| {
            if let Some((_, page)) = pairs.iter_mut().find(|(key, _)| key == "page") {
                *page = (page.parse::<i64>().unwrap_or(1) + 1).to_string();
            }
        }),
        queried(RULE, "20 by default", "/creditors", |pairs| {
            if !pairs.iter().any(|(key, _)| key == "max_results") {
                pairs.push(("max_results".to_owned(), "20".to_owned()));
            }
        }),
        answered(RULE, "one item too few on full pages", LIST, |_, body| {
            let full = body["_items"].as_array().map(Vec::len) == Some(2);
            if let Some(items) = body["_items"].as_array_mut().filter(|_| full) {
                items.pop();
            }
        }),
        answered(RULE, "pages overlap", LIST, |talk, body| {
            if body["_meta"]["page"] == 2 {
                let first = talk.asked.path.replace("page=2", "page=1");
                let first = talk.read_as("amili-api-user", &first).json();
                if let (Some(items), Some(before)) =
                    (body["_items"].as_array_mut(), first["_items"].as_array())
                    && let (Some(item), Some(last)) = (items.first_mut(), before.last())
                {
                    *item = last.clone();
                }
            }
        }),
    ]
}

fn limit() -> Vec<Wrong> {
    const RULE: &str = "amili.list.page-limit";
    fn told(body: &mut Value, size: i64) {
        if body["_meta"]["max_results"].as_i64() == Some(100) {
            body["_meta"]["max_results"] = json!(size);
        }
    }
    vec![
        answered(
            RULE,
            "as many as asked",
            ("GET", "/creditors"),
            |talk, body| {
                let query = talk
                    .asked
                    .path
                    .split_once('?')
                    .map_or("", |(_, query)| query);
                let mut pairs = form_urlencoded::parse(query.as_bytes());
                if let Some((_, size)) = pairs.find(|(key, _)| key == "max_results") {
                    told(body, size.parse().unwrap_or(100));
                }
            },
        ),
        answered(RULE, "50", ("GET", "/creditors"), |_, body| {
            told(body, 50);
            if let Some(items) = body["_items"].as_array_mut() {
                items.truncate(50);
            }
        }),
        answered(
            RULE,
            "one more than told",
            ("GET", "/creditors"),
            |_, body| {
                let items = body["_items"].as_array_mut();
                if let Some(items) = items.filter(|items| items.len() == 100) {
                    let last = items[99].clone();
                    items.push(last);
                }
            },
        ),
        answered(RULE, "99", ("GET", "/creditors"), |_, body| {
            if let Some(items) = body["_items"].as_array_mut() {
                items.truncate(99);
            }
        }),
        queried(RULE, "the default above the limit", "/creditors", |pairs| {
            let size = pairs.iter_mut().find(|(key, _)| key == "max_results");
            if let Some((_, size)) = size.filter(|(_, size)| size.parse::<i64>().unwrap_or(0) > 100)
            {
                *size = "25".to_owned();
            }
        }),
    ]
}

fn order() -> Vec<Wrong> {
    const RULE: &str = "amili.list.insertion-order";
    let unsorted = |kind, path: &'static str, by: &'static str| {
        Wrong::new(RULE, kind, move |talk| {
            if talk.is("GET", path) {
                requery(talk, |pairs| {
                    if !pairs.iter().any(|(key, _)| key == "sort") {
                        pairs.push(("sort".to_owned(), by.to_owned()));
                    }
                });
            }
            talk.forward()
        })
    };
    vec![
        unsorted("by name", "/creditors", "name"),
        unsorted("groups by type", "/access--groups", "-type"),
        unsorted("users by name", "/users", "name"),
        queried(RULE, "sort ignored", "/creditors", |pairs| {
            pairs.retain(|(key, _)| key != "sort")
        }),
        queried(RULE, "sort ignored by users", "/users", |pairs| {
            pairs.retain(|(key, _)| key != "sort")
        }),
        queried(RULE, "sort the other way", "/creditors", |pairs| {
            if let Some((_, sort)) = pairs.iter_mut().find(|(key, _)| key == "sort") {
                *sort = match sort.strip_prefix('-') {
                    Some(field) => field.to_owned(),
                    None => format!("-{sort}"),
                };
            }
        }),
        queried(RULE, "- ignored", "/creditors", |pairs| {
            if let Some((_, sort)) = pairs.iter_mut().find(|(key, _)| key == "sort") {
                *sort = sort.replace('-', "");
            }
        }),
        queried(RULE, "the first key alone", "/creditors", |pairs| {
            if let Some((_, sort)) = pairs.iter_mut().find(|(key, _)| key == "sort") {
                *sort = sort.split(',').next().unwrap_or_default().to_owned();
            }
        }),
        Wrong::new(RULE, "pages each in their own order", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/creditors") && talk.asked.path.contains("page=") {
                crate::wrong::make::altering(talk, &mut answer, |body| {
                    if let Some(items) = body["_items"].as_array_mut() {
                        items.reverse();
                    }
                });
            }
            answer
        }),
    ]
}
