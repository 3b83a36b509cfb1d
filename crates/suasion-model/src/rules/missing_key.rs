//! `missing-key`: a section without a key that it cannot be read without.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "missing-key",
    finds: "a section without a key that it cannot be read without",
    severity: Severity::Error,
    guesses: false,
    why: "An audience that nobody described, or a dataset without a source, cannot be judged by anyone.",
    bad: "[strategy]\nschema = 1\ntitle = \"The Games and GREAT\"\nprincipal = \"GBR\"\n\
          owner = \"Campaign board\"\n",
    good: "[strategy]\nschema = 1\ntitle = \"The Games and GREAT\"\nprincipal = \"GBR\"\n\
           owner = \"Campaign board\"\ndecision = \"Renew the campaign, or stop it\"\n",
    check: Check::Reader,
};

pub(crate) fn missing_key(what: &str, key: &str, doc: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{what}` has no `{key}`"), span)
        .label(format!("`{key}` is missing"))
        .hint(format!("add `{key}`: {}{}", doc[..1].to_lowercase(), doc[1..].trim_end_matches('.')))
}

pub(crate) fn missing_section(name: &str) -> Diagnostic {
    RULE.at(format!("the file has no section `[{name}]`"), Span::START)
        .label("no such section anywhere")
        .reason("it says whose strategy this is and what will be decided by it")
        .hint("`suasion init` writes a strategy to start from")
}
