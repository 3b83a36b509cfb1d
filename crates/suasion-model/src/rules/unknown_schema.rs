//! `unknown-schema`: a strategy in a version of the language that this program does not read.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

/// The version of the language that this program reads.
const SCHEMA: i64 = 1;

pub(crate) const RULE: Rule = Rule {
    code: "unknown-schema",
    finds: "a strategy in a version of the language that this program does not read",
    severity: Severity::Error,
    guesses: false,
    why: "Words may mean something else in another version.",
    bad: "[strategy]\nschema = 2\ntitle = \"T\"\nprincipal = \"GBR\"\nowner = \"O\"\ndecision = \"Renew, or stop\"\n",
    good: "[strategy]\nschema = 1\ntitle = \"T\"\nprincipal = \"GBR\"\nowner = \"O\"\ndecision = \"Renew, or stop\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let schema = strategy.head.schema;
    if schema.value != SCHEMA {
        diagnostics.push(
            RULE.at(format!("this program does not read version {} of the language", schema.value), schema.span)
                .label(format!("expected {SCHEMA}"))
                .hint("if the file is newer than the program, get a newer program"),
        );
    }
}
