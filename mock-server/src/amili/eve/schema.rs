//! A resource's fields as constant data, written so that a schema reads like the table it was
//! taken from. It knows no resource and checks nothing; `normalise` and `validate` read it.
//!
//! `_id` needs no entry: every resource has it, and a client may choose it when it creates.

use bson::{Array, Bson, Document};

/// One field: its name, what it holds and what is asked of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) read_only: bool,
    pub(crate) unique: bool,
    pub(crate) empty_refused: bool,
    pub(crate) default: Option<Literal>,
    pub(crate) allowed: Option<&'static [&'static str]>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) excludes: &'static [&'static str],
    pub(crate) refers_to: Option<&'static str>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Boolean,
    Integer,
    Float,
    Number,
    Id,
    Date,
    /// An object with these fields.
    Object(&'static [Field]),
    /// An object that keeps whatever is put into it.
    FreeObject,
    /// An object with free keys, each value of which is as this field says.
    ObjectOf(&'static Field),
    /// A list, each element of which is as this field says.
    List(&'static Field),
    /// A list that keeps whatever is put into it.
    FreeList,
    /// Any value at all.
    Any,
}

/// A default value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Literal {
    Boolean(bool),
    Integer(i32),
    Text(&'static str),
    EmptyList,
    Object(&'static [(&'static str, Literal)]),
}

impl Literal {
    /// The value as a document holds it.
    pub(crate) fn value(self) -> Bson {
        match self {
            Self::Boolean(truth) => Bson::Boolean(truth),
            Self::Integer(number) => Bson::Int32(number),
            Self::Text(text) => Bson::String(text.to_owned()),
            Self::EmptyList => Bson::Array(Array::new()),
            Self::Object(members) => Bson::Document(
                members
                    .iter()
                    .map(|(key, member)| ((*key).to_owned(), member.value()))
                    .collect::<Document>(),
            ),
        }
    }
}

impl Kind {
    /// The name messages give this kind; none where every value will do.
    pub(super) const fn type_name(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("string"),
            Self::Boolean => Some("boolean"),
            Self::Integer => Some("integer"),
            Self::Float => Some("float"),
            Self::Number => Some("number"),
            Self::Id => Some("objectid"),
            Self::Date => Some("datetime"),
            Self::Object(_) | Self::FreeObject | Self::ObjectOf(_) => Some("dict"),
            Self::List(_) | Self::FreeList => Some("list"),
            Self::Any => None,
        }
    }
}

/// The fields: one constructor for each kind.
impl Field {
    /// A field of any kind, with nothing asked of it.
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            nullable: false,
            read_only: false,
            unique: false,
            empty_refused: false,
            default: None,
            allowed: None,
            min_length: None,
            max_length: None,
            excludes: &[],
            refers_to: None,
        }
    }

    /// What stands in every place of a list, or under every key of an object: a field of no name.
    pub(crate) const fn each(kind: Kind) -> Self {
        Self::new("", kind)
    }

    pub(crate) const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    pub(crate) const fn boolean(name: &'static str) -> Self {
        Self::new(name, Kind::Boolean)
    }

    pub(crate) const fn integer(name: &'static str) -> Self {
        Self::new(name, Kind::Integer)
    }

    pub(crate) const fn float(name: &'static str) -> Self {
        Self::new(name, Kind::Float)
    }

    pub(crate) const fn number(name: &'static str) -> Self {
        Self::new(name, Kind::Number)
    }

    pub(crate) const fn id(name: &'static str) -> Self {
        Self::new(name, Kind::Id)
    }

    pub(crate) const fn date(name: &'static str) -> Self {
        Self::new(name, Kind::Date)
    }

    pub(crate) const fn object(name: &'static str, fields: &'static [Field]) -> Self {
        Self::new(name, Kind::Object(fields))
    }

    pub(crate) const fn free_object(name: &'static str) -> Self {
        Self::new(name, Kind::FreeObject)
    }

    pub(crate) const fn object_of(name: &'static str, values: &'static Field) -> Self {
        Self::new(name, Kind::ObjectOf(values))
    }

    pub(crate) const fn list(name: &'static str, elements: &'static Field) -> Self {
        Self::new(name, Kind::List(elements))
    }

    pub(crate) const fn free_list(name: &'static str) -> Self {
        Self::new(name, Kind::FreeList)
    }

    pub(crate) const fn any(name: &'static str) -> Self {
        Self::new(name, Kind::Any)
    }
}

/// What may be asked of a field.
impl Field {
    /// A creation must bring it.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// It may be null.
    pub(crate) const fn nullable(self) -> Self {
        Self {
            nullable: true,
            ..self
        }
    }

    /// The server keeps it; a PATCH may repeat the stored value.
    pub(crate) const fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }

    /// No other document of the resource may have the same value.
    pub(crate) const fn unique(self) -> Self {
        Self {
            unique: true,
            ..self
        }
    }

    /// An empty text, list or object is refused.
    pub(crate) const fn not_empty(self) -> Self {
        Self {
            empty_refused: true,
            ..self
        }
    }

    /// Only these texts.
    pub(crate) const fn allowed(self, texts: &'static [&'static str]) -> Self {
        Self {
            allowed: Some(texts),
            ..self
        }
    }

    /// At least so many letters, elements or members.
    pub(crate) const fn min_length(self, length: usize) -> Self {
        Self {
            min_length: Some(length),
            ..self
        }
    }

    /// At most so many letters, elements or members.
    pub(crate) const fn max_length(self, length: usize) -> Self {
        Self {
            max_length: Some(length),
            ..self
        }
    }

    /// None of these fields beside it; name this field there too.
    pub(crate) const fn excludes(self, others: &'static [&'static str]) -> Self {
        Self {
            excludes: others,
            ..self
        }
    }

    /// Its value must be the `_id` of a document of that resource.
    pub(crate) const fn refers_to(self, resource: &'static str) -> Self {
        Self {
            refers_to: Some(resource),
            ..self
        }
    }

    pub(crate) const fn default_bool(self, truth: bool) -> Self {
        self.default_value(Literal::Boolean(truth))
    }

    pub(crate) const fn default_int(self, number: i32) -> Self {
        self.default_value(Literal::Integer(number))
    }

    pub(crate) const fn default_text(self, text: &'static str) -> Self {
        self.default_value(Literal::Text(text))
    }

    /// A default of any form.
    pub(crate) const fn default_value(self, value: Literal) -> Self {
        Self {
            default: Some(value),
            ..self
        }
    }
}

/// The fields known at one level of a document: at its root there is `_id` beside the resource's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level<'a> {
    pub(super) fields: &'a [Field],
    is_root: bool,
}

impl<'a> Level<'a> {
    pub(super) const fn root(fields: &'a [Field]) -> Self {
        Self {
            fields,
            is_root: true,
        }
    }

    pub(super) const fn inner(fields: &'a [Field]) -> Self {
        Self {
            fields,
            is_root: false,
        }
    }

    /// The field of that name.
    pub(super) fn named(self, name: &str) -> Option<&'a Field> {
        const ID: &Field = &Field::id("_id");
        let own = self.fields.iter().find(|field| field.name == name);
        own.or((self.is_root && name == "_id").then_some(ID))
    }
}
