//! `unknown-word`: a word that is not in its key's list.

use super::{Check, Rule, any_of, clip, nearest};
use crate::data_rules::data_rule;
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

/// Formats of spreadsheets, whose workbooks are no tables.
const WORKBOOKS: [&str; 4] = ["xlsx", "xls", "ods", "excel"];

pub(crate) fn unknown_word(key: &str, word: &str, known: &[Word], span: Span) -> Diagnostic {
    let known: Vec<&str> = known.iter().map(|known| known.word).collect();
    let diagnostic = RULE
        .at(format!("`{key}` cannot be `{}`", clip(word)), span)
        .label(format!("expected {}", any_of(&known)));
    match nearest(word, &known) {
        Some(near) => diagnostic.did_you_mean(near, span, format!("\"{near}\"")),
        None if key == "format" && WORKBOOKS.contains(&word.to_lowercase().as_str()) => {
            diagnostic.hint("in the spreadsheet, save the sheet as “CSV UTF-8”, and name that file")
        }
        None => diagnostic,
    }
}

/// A code that no diagnostic has. The list of all would fill the screen.
pub(crate) fn unknown_code(key: &str, word: &str, known: &[&str], span: Span) -> Diagnostic {
    let diagnostic = RULE.at(format!("`{key}` cannot be `{}`", clip(word)), span);
    if data_rule(word).is_some() {
        return diagnostic
            .label("this is a code of data")
            .hint("what is wrong with data is mended there: a strategy can allow what is wrong with itself only");
    }
    let diagnostic = diagnostic.label("no diagnostic has this code");
    match nearest(word, known) {
        Some(near) => diagnostic.did_you_mean(near, span, format!("\"{near}\"")),
        None => diagnostic.hint("`suasion explain` lists them all"),
    }
}
