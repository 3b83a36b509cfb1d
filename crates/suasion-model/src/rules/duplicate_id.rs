//! `duplicate-id`: two sections of a kind with one id.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-id",
    finds: "two sections of a kind with one id",
    severity: Severity::Error,
    guesses: false,
    why: "A reference to it could mean either.",
    bad: "[[resource]]\nid = \"games\"\nkind = \"convening\"\n\n[[resource]]\nid = \"games\"\nkind = \"culture\"\n",
    good: "[[resource]]\nid = \"games\"\nkind = \"convening\"\n\n[[resource]]\nid = \"museums\"\nkind = \"culture\"\n",
    check: Check::Reader,
};

pub(crate) fn duplicate_id(section: &str, id: &str, span: Span, first: Span) -> Diagnostic {
    RULE.at(format!("there are two {section}s `{id}`"), span)
        .label("used again here")
        .also(first, "used first here")
        .reason("a reference to it could mean either")
        .hint("give one of them another id")
}
