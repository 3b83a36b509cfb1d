//! `never-allowed`: an attempt to allow what no strategy may allow.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "never-allowed",
    finds: "an `[[allow]]` of a diagnostic that protects others",
    severity: Severity::Error,
    guesses: false,
    why: "Persons who would be profiled, and voters who would be steered, have no say in a strategy; so it has none in \
          this.",
    bad: "[[allow]]\ncode = \"named-person\"\nreason = \"She agreed\"\n",
    good: "[[allow]]\ncode = \"no-smallest-effect\"\nreason = \"To be settled with the treasury by June\"\n",
    check: Check::Reader,
};

pub(crate) fn never_allowed(rule: &Rule, span: Span) -> Diagnostic {
    RULE.at(format!("`{}` cannot be allowed", rule.code), span)
        .label("its severity is not the strategy's to lower")
        .reason("it protects people who have no say in the strategy")
        .hint("leave this section out, and mend what is found")
}
