//! A rule: behaviour that a document states, named once and quoted. Knows no API.

use serde::{Serialize, Serializer};

/// What a rule rests on, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// One of the three documents that this project comes from.
    Seed,
    /// Another public page of the vendor.
    PublicDocs,
    /// A convention of the framework whose form the API shows.
    Framework,
}

impl Basis {
    /// The name as commands print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::PublicDocs => "public-docs",
            Self::Framework => "framework",
        }
    }
}

/// How a request that breaks the rule is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RefusedAs {
    /// The HTTP status; where an assumption may change it, that of its default answer.
    pub status: u16,
    /// The error code or message that the documents give.
    pub error: &'static str,
}

/// Behaviour that a document states.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `api.subject.rule`.
    pub id: &'static str,
    /// The behaviour in one sentence.
    pub text: &'static str,
    /// What it rests on.
    pub basis: Basis,
    /// The document, a file name of `fixtures/guides` without its ending.
    pub page: &'static str,
    /// Words of that document, to the letter but for line breaks.
    pub quote: &'static str,
    /// The answer to a request that breaks it; `None` for a rule that shapes answers and refuses nothing.
    pub refused_as: Option<RefusedAs>,
}

impl Rule {
    /// The API that the rule belongs to: the first part of its id.
    pub fn api(&self) -> &'static str {
        self.id.split('.').next().unwrap_or(self.id)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Listed {
            id: &'static str,
            api: &'static str,
            text: &'static str,
            basis: Basis,
            source: Source,
            status: Option<u16>,
            error: Option<&'static str>,
        }
        #[derive(Serialize)]
        struct Source {
            page: &'static str,
            quote: &'static str,
        }
        Listed {
            id: self.id,
            api: self.api(),
            text: self.text,
            basis: self.basis,
            source: Source {
                page: self.page,
                quote: self.quote,
            },
            status: self.refused_as.map(|refused| refused.status),
            error: self.refused_as.map(|refused| refused.error),
        }
        .serialize(serializer)
    }
}

/// Writes the rules of one API as statics, and lists them in `ALL`, so that none can be left out.
///
/// `NAME: basis, "page", "id", "text", "quote"` and, where the rule refuses, `=> status, "error"`.
macro_rules! rulebook {
    ($($name:ident: $basis:ident, $page:literal, $id:literal, $text:literal, $quote:literal $(=> $status:literal, $error:literal)?;)+) => {
        $(
            #[doc = $text]
            pub(crate) static $name: $crate::platform::rule::Rule = $crate::platform::rule::Rule {
                id: $id,
                text: $text,
                basis: $crate::platform::rule::Basis::$basis,
                page: $page,
                quote: $quote,
                refused_as: $crate::platform::rule::rulebook!(@refused $($status, $error)?),
            };
        )+

        /// Every rule of this API.
        pub(crate) static ALL: &[&$crate::platform::rule::Rule] = &[$(&$name),+];
    };
    (@refused) => { None };
    (@refused $status:literal, $error:literal) => {
        Some($crate::platform::rule::RefusedAs { status: $status, error: $error })
    };
}
pub(crate) use rulebook;
