//! `wordy-decision`: a decision too long for the head of a brief.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::finding::{PLAIN_WORDS, words};
use crate::source::Spanned;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "wordy-decision",
    finds: "a decision of 25 words or more",
    severity: Severity::Error,
    guesses: false,
    why: "The decision heads the brief, where it is read at a glance. A decision that needs a paragraph is usually \
          several.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\ndecision = \"Renew the tourism half of \
          the campaign, or change its markets, or move its money to another half, or hand it to the private sector, or \
          wait and see what comes of it\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
           decision = \"Renew the tourism half of the campaign\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let decisions = strategy.objectives.iter().filter_map(|objective| objective.decision.as_ref());
    for decision in std::iter::once(&strategy.head.decision).chain(decisions) {
        diagnostics.extend(wordy(decision));
    }
}

fn wordy(decision: &Spanned<String>) -> Option<Diagnostic> {
    let count = words(decision.as_str());
    (count > PLAIN_WORDS).then(|| {
        RULE.at(format!("this decision is {count} words long"), decision.span)
            .label("fewer than 25 words fit the head of a brief")
            .reason("a decision that needs a paragraph is usually several")
            .hint("name one decision; move the rest to the statement or to other objectives")
    })
}
