//! `unknown-key`: a key or section that the language does not have.

use super::{Check, Rule, any_of, clip};
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

pub(crate) fn unknown_key(
    what: &str,
    name: &str,
    span: Span,
    known: &[&str],
    near: Option<&str>,
) -> Diagnostic {
    let diagnostic = RULE
        .at(format!("`{what}` has no key `{}`", clip(name)), span)
        .label("unknown key")
        .reason("a key that is not known would be passed over in silence");
    suggest(diagnostic, span, known, near)
}

pub(crate) fn unknown_section(name: &str, span: Span, known: &[&str], near: Option<&str>) -> Diagnostic {
    let diagnostic = RULE
        .at(format!("a strategy has no section `{}`", clip(name)), span)
        .label("unknown section")
        .reason("a section that is not known would be passed over in silence");
    suggest(diagnostic, span, known, near)
}

fn suggest(diagnostic: Diagnostic, span: Span, known: &[&str], near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.did_you_mean(near, span, near),
        None => diagnostic.hint(format!("there are {}", any_of(known).replace(" or ", " and "))),
    }
}
