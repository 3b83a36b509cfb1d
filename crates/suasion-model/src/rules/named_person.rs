//! `named-person`: a private person declared as partner, voice or audience.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "named-person",
    finds: "a partner, voice or audience declared as a person",
    severity: Severity::Error,
    guesses: false,
    why: "Nobody is profiled here: organisations and public offices in their role are named, private persons are not. \
          What is declared decides; nothing is guessed from a name. This cannot be allowed.",
    bad: "[[partner]]\nid = \"blogger\"\nname = \"A blogger\"\nkind = \"person\"\ncloseness = \"independent\"\n",
    good: "[[partner]]\nid = \"blog\"\nname = \"A travel magazine\"\nkind = \"organisation\"\ncloseness = \"independent\"\n",
    check: Check::Reader,
};

/// Words by which a person may be declared.
const PERSONS: [&str; 11] = [
    "activist", "blogger", "celebrity", "human", "individual", "influencer", "journalist", "person", "persona", "personne",
    "politician",
];

/// Whether a word declares somebody as a person.
pub(crate) fn is_person(word: &str) -> bool {
    let word = word.to_lowercase();
    let one = word.rsplit(['-', '_', ' ']).next().unwrap_or_default();
    PERSONS.iter().any(|person| *person == one || one.strip_suffix('s') == Some(person))
}

pub(crate) fn named_person(span: Span) -> Diagnostic {
    RULE.at("a private person cannot be named here", span)
        .label("expected an organisation or a public office")
        .reason("a file that names persons, whom they reach and what they gain profiles them")
        .hint("name the organisation that they act for, or the office that they hold; else leave them out")
}
