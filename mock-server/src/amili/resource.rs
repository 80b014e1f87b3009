//! What a resource is: its name, its fields, what is shown beside them, and whose it is.

use bson::Document;
use bson::oid::ObjectId;

use super::assumptions::GroupNames;
use super::eve::issues::Issues;
use super::eve::schema::Field;
use super::rulebook;
use super::store::Store;
use crate::platform::moment::Moment;
use crate::platform::rule::Rule;

/// A kind of document. A new one is listed in `mod.rs`.
pub(super) struct Resource {
    /// Its name in paths, relations and world files.
    pub(super) name: &'static str,
    /// Its fields, without the automatic ones.
    pub(super) fields: &'static [Field],
    /// The names computed whenever a document is shown, in the order shown.
    pub(super) names: &'static [Named],
    /// The fields that are kept and not shown: no page names them, and ownership needs them.
    pub(super) hides: &'static [&'static str],
    /// The plain query parameters, each a field, by which its pages let a list be searched.
    pub(super) searches: &'static [&'static str],
    /// The rule that a read shows at work, if any.
    pub(super) shows: fn(&Document) -> Option<&'static Rule>,
    /// The field that holds the account it belongs to; `_id` where it is the account.
    pub(super) account_in: &'static str,
    /// The fields besides `_id` by whose ids lists are found without a scan, as dotted paths.
    pub(super) indexed: &'static [&'static str],
    /// The rules behind the refusals of the schema that are more than a wrong type.
    pub(super) blame: &'static [Blame],
}

/// A text that is shown beside a document's fields, taken from the document that a field refers to.
pub(super) struct Named {
    /// The key under which it is shown.
    pub(super) key: &'static str,
    /// The field that holds the id.
    pub(super) through: &'static str,
    /// The resource of that id.
    pub(super) resource: &'static str,
    /// The field of that resource which holds the text.
    pub(super) field: &'static str,
    /// The rule that says so.
    pub(super) rule: &'static Rule,
}

/// Which rule a message about a field comes from.
pub(super) struct Blame {
    /// The field, as a dotted path without the indexes of lists; [`ANY_FIELD`] for each.
    pub(super) field: &'static str,
    /// Words of the message.
    pub(super) message: &'static str,
    /// The rule.
    pub(super) rule: &'static Rule,
}

/// The hidden field that holds the names that a document showed first, where an assumption keeps them.
pub(super) const NAMES_KEPT: &str = "_names_kept";

/// In [`Blame::field`]: whichever field it is.
pub(super) const ANY_FIELD: &str = "*";

impl Blame {
    fn meets(&self, field: &str, message: &str) -> bool {
        [field, ANY_FIELD].contains(&self.field) && message.contains(self.message)
    }
}

/// A line of the table of [`Resource::blame`].
pub(super) const fn blame(
    field: &'static str,
    message: &'static str,
    rule: &'static Rule,
) -> Blame {
    Blame {
        field,
        message,
        rule,
    }
}

impl Resource {
    /// The rules that the problems of a document break, the most particular first. There are none behind
    /// those of the fields `assumed`.
    pub(super) fn rules_behind(&self, issues: &Issues, assumed: &[String]) -> Vec<&'static Rule> {
        let mut rules = Vec::new();
        let mut general = Vec::new();
        let details = issues.to_details();
        let ruled = details.iter().filter(|(path, _)| !assumed.contains(path));
        for (path, messages) in ruled {
            let messages = messages.as_str().unwrap_or_default();
            let field = without_indexes(path);
            let blamed = self
                .blame
                .iter()
                .filter(|blame| blame.meets(&field, messages));
            let before = rules.len();
            rules.extend(blamed.map(|blame| blame.rule));
            if rules.len() > before || messages == "unknown field" {
                continue;
            }
            general.push(if messages == "required field" {
                &rulebook::REQUIRED_FIELDS
            } else {
                &rulebook::FIELD_TYPES
            });
        }
        rules.extend(general);
        rules.dedup();
        rules
    }

    /// The names to show beside a document.
    pub(super) fn names_of(
        &self,
        store: &Store,
        moment: &Moment,
        document: &Document,
    ) -> Vec<(&'static Named, String)> {
        let kept = document.get_document(NAMES_KEPT).ok();
        let kept = kept.filter(|_| moment.answer::<GroupNames>() == GroupNames::AsCreated);
        let name = |named: &'static Named| {
            if let Some(Ok(name)) = kept.map(|kept| kept.get_str(named.key)) {
                return Some((named, name.to_owned()));
            }
            let id = document.get_object_id(named.through).ok()?;
            let other = store.collection(named.resource).get(id)?;
            Some((named, other.get_str(named.field).ok()?.to_owned()))
        };
        self.names.iter().filter_map(name).collect()
    }

    /// The account that a document belongs to.
    pub(super) fn account_of(&self, document: &Document) -> Option<ObjectId> {
        document.get_object_id(self.account_in).ok()
    }
}

fn without_indexes(path: &str) -> String {
    let names = path
        .split('.')
        .filter(|part| part.parse::<usize>().is_err());
    names.collect::<Vec<_>>().join(".")
}

/// For a resource of which a read shows no rule in particular.
pub(super) fn nothing_in_particular(_: &Document) -> Option<&'static Rule> {
    None
}
