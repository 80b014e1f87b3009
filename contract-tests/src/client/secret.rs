//! A value that must not be shown. It has no form but one that hides it.

use std::fmt;

/// A token, or something else that opens a target.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, to be sent or to be looked for in what is shown.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown_by_whatever_holds_it() {
        let held = Some(vec![Secret::new("canary")]);
        assert!(!format!("{held:?} {held:#?}").contains("canary"));
    }
}
