//! `unknown-reference`: an id that no section has.

use super::{Check, Rule, any_of, clip, quoted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-reference",
    finds: "a reference to an id that no section has",
    severity: Severity::Error,
    guesses: false,
    why: "What it was meant to point at would be left out of every answer.",
    bad: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visiters\"]\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n",
    good: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n",
    check: Check::Reader,
};

/// The longest list of ids that is read out to the user.
const LISTED: usize = 12;

/// Reports a reference to nothing. `known` are the ids of that kind, all `count` of them or none; `near` is the one that was
/// probably meant.
pub(crate) fn unknown_reference(
    key: &str,
    target: &str,
    id: &Spanned<String>,
    known: &[&str],
    count: usize,
    near: Option<&str>,
) -> Diagnostic {
    let shown = clip(id.as_str());
    let diagnostic = RULE
        .at(format!("`{key}` names no {target}: `{shown}`"), id.span)
        .label(format!("there is no `[[{target}]]` with this id"));
    match near {
        Some(near) => diagnostic.did_you_mean(near, id.span, format!("\"{near}\"")),
        None if count == 0 => diagnostic.hint(format!("add a section `[[{target}]]` with `id = \"{shown}\"`")),
        None if count > LISTED || known.is_empty() => diagnostic.hint(format!("add a section `[[{target}]]` with `id = \"{shown}\"`, or name another")),
        None => {
            let known = any_of(&quoted(known.iter().copied()));
            diagnostic.hint(format!("use {known}, or add a section `[[{target}]]`"))
        }
    }
}
