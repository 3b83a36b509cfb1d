//! `missing-key`: a section without a key that it cannot be read without.

use super::{Check, Rule, all_of, quoted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::strategy::schema::Key;

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

/// Reports the keys, one at least, that a section lacks.
pub(crate) fn missing_keys(what: &str, keys: &[&Key], span: Span) -> Diagnostic {
    let names = all_of(&quoted(keys.iter().map(|key| key.name)));
    let (lacks, are) = if keys.len() == 1 { ("has no", "is") } else { ("lacks", "are") };
    let diagnostic = RULE.at(format!("`{what}` {lacks} {names}"), span).label(format!("{names} {are} missing"));
    let add: Vec<String> = keys
        .iter()
        .map(|key| {
            let doc = key.doc.split(". ").next().unwrap_or_default().trim_end_matches('.');
            format!("`{}`: {}{}", key.name, doc[..1].to_lowercase(), &doc[1..])
        })
        .collect();
    diagnostic.hint(format!("add {}", add.join("; ")))
}

pub(crate) fn missing_section(name: &str) -> Diagnostic {
    RULE.at(format!("the file has no section `[{name}]`"), Span::START)
        .label("no such section anywhere")
        .reason("it says whose strategy this is and what will be decided by it")
        .hint("`suasion init` writes a strategy to start from")
}
