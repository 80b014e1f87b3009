//! An assumption: a question that no document answers, its known answers, and which is in force.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// A question that no document answers, with the answers known for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Assumption {
    /// `api.subject.question`.
    pub id: &'static str,
    /// The question in one sentence.
    pub question: &'static str,
    /// The plausible answers; the first is the default.
    pub answers: &'static [Answer],
    /// The place in `answers` of what the framework behind the API does, where it has a behaviour of its own.
    pub framework: Option<usize>,
}

/// One plausible answer.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Its name in options and files.
    pub id: &'static str,
    /// What the fake does under it.
    pub text: &'static str,
}

impl Assumption {
    /// The API that the question is about: the first part of its id.
    pub fn api(&self) -> &'static str {
        self.id.split('.').next().unwrap_or(self.id)
    }

    /// The answer in force when nobody chose another.
    pub fn default_answer(&self) -> &'static str {
        self.answers.first().map_or("", |answer| answer.id)
    }
}

impl Serialize for Assumption {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Listed {
            id: &'static str,
            api: &'static str,
            question: &'static str,
            default: &'static str,
            answers: &'static [Answer],
        }
        Listed {
            id: self.id,
            api: self.api(),
            question: self.question,
            default: self.default_answer(),
            answers: self.answers,
        }
        .serialize(serializer)
    }
}

/// The answers of one assumption as a type, so that a decision must handle each.
pub(crate) trait Question: Copy + 'static {
    /// The assumption that this type answers.
    const ASSUMPTION: &'static Assumption;
    /// The variants, in the order of the assumption's answers.
    const VARIANTS: &'static [Self];
    /// The default.
    const DEFAULT: Self;
}

/// Why an answer could not be put in force. Lists what is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownAnswer {
    /// No assumption has this id.
    #[error("no assumption is called '{id}'; known: {known}")]
    Assumption {
        /// The id given.
        id: String,
        /// Every id there is.
        known: String,
    },
    /// The assumption has no such answer.
    #[error("'{id}' has no answer '{answer}'; known: {known}")]
    Answer {
        /// The assumption.
        id: String,
        /// The answer given.
        answer: String,
        /// Every answer of the assumption.
        known: String,
    },
    /// No TOML of the form `"id" = "answer"`.
    #[error("must be TOML of lines such as \"amili.errors.shape\" = \"both\": {0}")]
    File(String),
    /// Not of the form `ID=ANSWER`.
    #[error("'{text}' is not of the form ID=ANSWER")]
    Form {
        /// The text given.
        text: String,
    },
}

/// The answers in force where they differ from the defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<&'static str, usize>);

impl Answers {
    /// What the framework behind each API does, wherever it has a behaviour of its own.
    pub fn framework(catalogue: &[&'static Assumption]) -> Self {
        let chosen = catalogue
            .iter()
            .filter_map(|assumption| Some((assumption.id, assumption.framework?)));
        Self(chosen.collect())
    }

    /// Puts one answer in force.
    ///
    /// # Errors
    /// When the assumption or the answer is not known.
    pub fn choose(
        &mut self,
        catalogue: &[&'static Assumption],
        id: &str,
        answer: &str,
    ) -> Result<(), UnknownAnswer> {
        let Some(assumption) = catalogue.iter().find(|assumption| assumption.id == id) else {
            return Err(UnknownAnswer::Assumption {
                id: id.to_owned(),
                known: join(catalogue.iter().map(|assumption| assumption.id)),
            });
        };
        let Some(place) = assumption
            .answers
            .iter()
            .position(|known| known.id == answer)
        else {
            return Err(UnknownAnswer::Answer {
                id: id.to_owned(),
                answer: answer.to_owned(),
                known: join(assumption.answers.iter().map(|known| known.id)),
            });
        };
        self.0.insert(assumption.id, place);
        Ok(())
    }

    /// The answers that are not the defaults, by the ids of their assumptions.
    pub(crate) fn chosen(&self, catalogue: &[&'static Assumption]) -> BTreeMap<String, String> {
        let chosen = catalogue
            .iter()
            .filter(|assumption| self.of(assumption) != assumption.default_answer());
        chosen
            .map(|assumption| (assumption.id.to_owned(), self.of(assumption).to_owned()))
            .collect()
    }

    /// The answers that an assumptions file gives: TOML, `"id" = "answer"` on each line.
    ///
    /// # Errors
    /// When the text is no such TOML, or names what is not known.
    pub fn from_toml(catalogue: &[&'static Assumption], text: &str) -> Result<Self, UnknownAnswer> {
        let chosen: BTreeMap<String, String> = toml::from_str(text)
            .map_err(|fault| UnknownAnswer::File(fault.message().to_owned()))?;
        let mut answers = Self::default();
        for (id, answer) in &chosen {
            answers.choose(catalogue, id, answer)?;
        }
        Ok(answers)
    }

    /// Puts in force what a text of the form `ID=ANSWER` says.
    ///
    /// # Errors
    /// When the text has another form, or names what is not known.
    pub fn choose_from(
        &mut self,
        catalogue: &[&'static Assumption],
        text: &str,
    ) -> Result<(), UnknownAnswer> {
        let (id, answer) = text.split_once('=').ok_or_else(|| UnknownAnswer::Form {
            text: text.to_owned(),
        })?;
        self.choose(catalogue, id.trim(), answer.trim().trim_matches('"'))
    }

    /// The id of the answer in force.
    pub fn of(&self, assumption: &Assumption) -> &'static str {
        let place = self.0.get(assumption.id).copied().unwrap_or(0);
        assumption.answers.get(place).map_or("", |answer| answer.id)
    }

    /// The answer in force, as the type that decisions match on.
    pub(crate) fn to<Q: Question>(&self) -> Q {
        let place = self.0.get(Q::ASSUMPTION.id).copied().unwrap_or(0);
        Q::VARIANTS.get(place).copied().unwrap_or(Q::DEFAULT)
    }
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// Writes the assumptions of one API: for each a type with its answers, the first being the default,
/// and `ALL`, so that none can be left out. `framework = Variant` names what plain Eve does.
macro_rules! assumptions {
    ($($name:ident: $id:literal, $question:literal $(, framework = $framework:ident)? {
        $first:ident = $first_id:literal => $first_text:literal,
        $($variant:ident = $answer:literal => $text:literal,)*
    })+) => {
        $(
            #[doc = $question]
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub(crate) enum $name {
                #[doc = $first_text]
                $first,
                $(#[doc = $text] $variant,)*
            }

            impl $crate::platform::assumption::Question for $name {
                const ASSUMPTION: &'static $crate::platform::assumption::Assumption =
                    &$crate::platform::assumption::Assumption {
                        id: $id,
                        question: $question,
                        answers: &[
                            $crate::platform::assumption::Answer { id: $first_id, text: $first_text },
                            $($crate::platform::assumption::Answer { id: $answer, text: $text },)*
                        ],
                        framework: $crate::platform::assumption::assumptions!(@framework $name $($framework)?),
                    };
                const VARIANTS: &'static [Self] = &[Self::$first, $(Self::$variant,)*];
                const DEFAULT: Self = Self::$first;
            }
        )+

        /// Every assumption of this API.
        pub(crate) static ALL: &[&$crate::platform::assumption::Assumption] =
            &[$(<$name as $crate::platform::assumption::Question>::ASSUMPTION),+];
    };
    (@framework $name:ident) => { None };
    (@framework $name:ident $framework:ident) => { Some($name::$framework as usize) };
}
pub(crate) use assumptions;
