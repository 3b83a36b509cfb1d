//! `unknown-key`: a key or section that the language does not have.

use super::{Check, Rule, all_of, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-key",
    finds: "a key or a section that the language does not have",
    severity: Severity::Error,
    guesses: false,
    why: "A misspelt key would be passed over in silence, and what it was meant to say with it.",
    bad: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\nplace = [\"USA\"]\n",
    good: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\nplaces = [\"USA\"]\n",
    check: Check::Reader,
};

/// What was probably meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near<'n> {
    /// The key or section.
    pub(crate) word: &'n str,
    /// Whether it is there already, or something else was probably meant to be it.
    pub(crate) taken: bool,
}

pub(crate) fn unknown_key(
    what: &str,
    name: &str,
    span: Span,
    known: &[&str],
    near: Option<Near<'_>>,
) -> Diagnostic {
    let diagnostic = RULE
        .at(format!("`{what}` has no key `{}`", clip(name)), span)
        .label("unknown key")
        .reason("a key that is not known would be passed over in silence");
    suggest(diagnostic, span, known, near)
}

pub(crate) fn unknown_section(name: &str, span: Span, known: &[&str], near: Option<Near<'_>>) -> Diagnostic {
    let diagnostic = RULE
        .at(format!("a strategy has no section `{}`", clip(name)), span)
        .label("unknown section")
        .reason("a section that is not known would be passed over in silence");
    suggest(diagnostic, span, known, near)
}

/// Says what was probably meant, or else what there is.
pub(super) fn suggest(diagnostic: Diagnostic, span: Span, known: &[&str], near: Option<Near<'_>>) -> Diagnostic {
    match near {
        Some(Near { word, taken: false }) => diagnostic.did_you_mean(word, span, word),
        // Written as what is there already, it would be there twice.
        Some(Near { word, taken: true }) => diagnostic.hint(format!("`{word}` is there already: keep one of them")),
        None => diagnostic.hint(format!("there are {}", all_of(known))),
    }
}
