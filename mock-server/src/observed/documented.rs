//! Which words stand in the vendors' own pages: those are never replaced. What the framework says by itself is
//! no page of a vendor.

use super::pattern::{Piece, pieces};

const PAGES: [&str; 4] = [
    include_str!("../../../fixtures/guides/amili-creditor-users.txt"),
    include_str!("../../../fixtures/guides/amili-creditor-users-sv.txt"),
    include_str!("../../../fixtures/guides/amili-public-docs.txt"),
    include_str!("../../../fixtures/guides/ams-first-setup.txt"),
];

/// So many words in a row are no chance.
const WORDS: usize = 3;

/// The words of the pages.
pub(super) struct Documents(Vec<String>);

impl Documents {
    pub(super) fn new() -> Self {
        Self(
            PAGES
                .into_iter()
                .map(|page| words(page).join(" "))
                .collect(),
        )
    }

    /// Whether a page gives this text, or its first sentence. The fake may have added to it.
    pub(super) fn give(&self, text: &str) -> bool {
        if PAGES
            .iter()
            .any(|page| page.contains(&format!("\"{text}\"")))
        {
            return true;
        }
        let told: String = pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Symbol(_) => " ".to_owned(),
            })
            .collect();
        let sentence = words(told.split(". ").next().unwrap_or_default());
        let sought = format!(" {} ", sentence.join(" "));
        let given = |page: &String| format!(" {page} ").contains(&sought);
        sentence.len() >= WORDS && self.0.iter().any(given)
    }
}

/// The words of a text, in small letters and without its numbers.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| word.chars().any(|letter| !letter.is_ascii_digit()));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_is_told_from_what_the_fake_says_by_itself() {
        let documents = Documents::new();
        for text in [
            "Validation failed",
            "Name is required",
            "User not found.",
            "Permission group {{#x/0}} not found.",
            "Cannot grant more power: ask a manager with higher permissions. You do not hold read_groups.",
            "Possible security breach: ask another manager to change your permissions.",
        ] {
            assert!(documents.give(text), "{text}");
        }
        for text in [
            "Forbidden",
            "Unauthenticated.",
            "Not Found",
            "required field",
            "Please provide proper credentials",
            "Client and server etags don't match",
            "Company {{#x>/company_id}} not found: company_id must match an existing company.",
        ] {
            assert!(!documents.give(text), "{text}");
        }
    }
}
