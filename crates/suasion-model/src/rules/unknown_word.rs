//! `unknown-word`: a word that is not in its key's list.

use super::{Check, Rule, any_of, clip, nearest};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::strategy::words::Word;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-word",
    finds: "a word that is not in its key's list",
    severity: Severity::Error,
    guesses: false,
    why: "These words decide what is done: the kind of an indicator decides what may rest on it.",
    bad: "[[resource]]\nid = \"games\"\nkind = \"convoking\"\n",
    good: "[[resource]]\nid = \"games\"\nkind = \"convening\"\n",
    check: Check::Reader,
};

pub(crate) fn unknown_word(key: &str, word: &str, known: &[Word], span: Span) -> Diagnostic {
    let known: Vec<&str> = known.iter().map(|known| known.word).collect();
    let diagnostic = RULE
        .at(format!("`{key}` cannot be `{}`", clip(word)), span)
        .label(format!("expected {}", any_of(&known)));
    match nearest(word, &known) {
        Some(near) => diagnostic.did_you_mean(near, span, format!("\"{near}\"")),
        None => diagnostic,
    }
}

/// A code that no diagnostic has. The list of all would fill the screen.
pub(crate) fn unknown_code(key: &str, word: &str, known: &[&str], span: Span) -> Diagnostic {
    let diagnostic =
        RULE.at(format!("`{key}` cannot be `{}`", clip(word)), span).label("no diagnostic has this code");
    match nearest(word, known) {
        Some(near) => diagnostic.did_you_mean(near, span, format!("\"{near}\"")),
        None => diagnostic.hint("`suasion explain` lists them all"),
    }
}
