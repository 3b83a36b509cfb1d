//! `missing-key`: a section without a key that it cannot be read without.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "missing-key",
    finds: "a section without a key that it cannot be read without",
    why: "An audience that nobody described, or a dataset without a source, cannot be judged by anyone.",
    bad: "[strategy]\nschema = 1\ntitle = \"The Games and GREAT\"\nprincipal = \"GBR\"\n\
          owner = \"Campaign board\"\n",
    good: "[strategy]\nschema = 1\ntitle = \"The Games and GREAT\"\nprincipal = \"GBR\"\n\
           owner = \"Campaign board\"\ndecision = \"Renew the campaign, or stop it\"\n",
    check: None,
};

pub(crate) fn missing_key(what: &str, key: &str, doc: &str, span: Span) -> Diagnostic {
    Diagnostic::error(RULE.code, format!("`{what}` has no `{key}`"), span)
        .label(format!("`{key}` is missing"))
        .hint(format!("add `{key}`: {}{}", doc[..1].to_lowercase(), doc[1..].trim_end_matches('.')))
}

pub(crate) fn missing_section(name: &str) -> Diagnostic {
    Diagnostic::error(RULE.code, format!("the file has no section `[{name}]`"), Span::START)
        .label("no such section anywhere")
        .reason("it says whose strategy this is and what will be decided by it")
        .hint("`suasion init` writes a strategy to start from")
}
