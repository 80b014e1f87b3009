//! What every page for people has around its content: one file that needs nothing else, with a way past its
//! head for those who go by keyboard.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../../assets/report.css");

/// A page without its frame.
pub(crate) struct Frame<'a> {
    /// The title, which stands in the tab of a browser.
    pub(crate) title: &'a str,
    /// A style sheet of the page's own, after the common one.
    pub(crate) style: &'a str,
    /// The head of the page.
    pub(crate) head: Markup,
    /// Its content.
    pub(crate) content: Markup,
    /// What stands at the foot behind the version that wrote it.
    pub(crate) foot: &'a str,
    /// A script that the page can do without.
    pub(crate) script: &'a str,
}

impl Frame<'_> {
    /// The whole page.
    pub(crate) fn page(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) (PreEscaped(self.style)) }
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    header { (self.head) }
                    main #content tabindex="-1" { (self.content) }
                    footer {
                        p { "Written by contract-tests " (env!("CARGO_PKG_VERSION")) "." (self.foot) }
                    }
                    @if !self.script.is_empty() { script { (PreEscaped(self.script)) } }
                }
            }
        };
        page.into_string() + "\n"
    }
}
