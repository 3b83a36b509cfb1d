//! `unknown-key`: a key or section that the language does not have.

use super::{Rule, any_of, nearest};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-key",
    finds: "a key or a section that the language does not have",
    why: "A misspelt key would be passed over in silence, and what it was meant to say with it.",
    bad: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\nplace = [\"USA\"]\n",
    good: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\nplaces = [\"USA\"]\n",
    check: None,
};

pub(crate) fn unknown_key(what: &str, name: &str, span: Span, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(RULE.code, format!("`{what}` has no key `{name}`"), span)
        .label("unknown key")
        .reason("a key that is not known would be passed over in silence");
    suggest(diagnostic, name, known)
}

pub(crate) fn unknown_section(name: &str, span: Span, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(RULE.code, format!("a strategy has no section `{name}`"), span)
        .label("unknown section")
        .reason("a section that is not known would be passed over in silence");
    suggest(diagnostic, name, known)
}

fn suggest(diagnostic: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    match nearest(name, known) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic.hint(format!("there are {}", any_of(known).replace(" or ", " and "))),
    }
}
