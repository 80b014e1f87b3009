//! Fields that only the server writes. It knows the stored document, whose values may be repeated.

use bson::{Bson, Document};

use super::super::issues::StepIn;
use super::super::order;
use super::super::schema::{Kind, Level};
use super::walk::{READ_ONLY, Walk, members};

impl<'d> Walk<'_, 'd> {
    /// Notes every field of a body that is not the client's to write.
    pub(super) fn read_only_fields(&mut self, document: &'d Document, level: Level<'_>) {
        for (key, value) in document {
            let Some(field) = level.named(key) else {
                continue;
            };
            self.path.push(StepIn::Name(key));
            if field.read_only && !self.repeats(key, value) {
                // Only at the root does the message stand in its alphabetical place.
                let rule = if self.path.len() == 1 {
                    READ_ONLY
                } else {
                    "~readonly"
                };
                self.add(rule, "field is read-only");
            }
            self.read_only_inside(value, field.kind);
            self.path.pop();
        }
    }

    /// At every depth the framework compares with the stored document's own field of that name.
    fn repeats(&self, key: &str, value: &Bson) -> bool {
        let kept = self.checks.persisted().and_then(|stored| stored.get(key));
        let kept = kept.unwrap_or(&Bson::Null);
        value == kept || order::same(value, kept)
    }

    fn read_only_inside(&mut self, value: &'d Bson, kind: Kind) {
        if let (Kind::Object(fields), Bson::Document(inner)) = (kind, value) {
            return self.read_only_fields(inner, Level::inner(fields));
        }
        for (step, member, field) in members(kind, value) {
            self.path.push(step);
            self.read_only_inside(member, field.kind);
            self.path.pop();
        }
    }
}
