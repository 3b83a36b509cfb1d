//! `unknown-word`: a word that is not in its key's list.

use super::{Rule, any_of, nearest};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-word",
    finds: "a word that is not in its key's list",
    why: "These words decide what is done: the kind of an indicator decides what may rest on it, and a partner that \
          is neither an organisation nor a public office is a private person, whom nothing here may name.",
    bad: "[[resource]]\nid = \"games\"\nkind = \"convoking\"\n",
    good: "[[resource]]\nid = \"games\"\nkind = \"convening\"\n",
    check: None,
};

pub(crate) fn unknown_word(key: &str, word: &str, known: &[&str], span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(RULE.code, format!("`{key}` cannot be `{word}`"), span)
        .label(format!("expected {}", any_of(known)));
    match nearest(word, known) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}
