//! `unknown-reference`: an id that no section has.

use super::{Rule, any_of, nearest};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-reference",
    finds: "a reference to an id that no section has",
    why: "What it was meant to point at would be left out of every answer.",
    bad: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visiters\"]\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n",
    good: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n",
    check: None,
};

pub(crate) fn unknown_reference(key: &str, target: &str, id: &str, span: Span, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(RULE.code, format!("`{key}` names no {target}: `{id}`"), span)
        .label(format!("there is no `[[{target}]]` with this id"));
    match nearest(id, known) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None if known.is_empty() => diagnostic.hint(format!("add a section `[[{target}]]` with `id = \"{id}\"`")),
        None => diagnostic.hint(format!("use {}, or add a section `[[{target}]]`", any_of(known))),
    }
}
