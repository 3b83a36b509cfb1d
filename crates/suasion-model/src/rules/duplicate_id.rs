//! `duplicate-id`: two sections of a kind with one id.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "duplicate-id",
    finds: "two sections of a kind with one id",
    why: "A reference to it could mean either.",
    bad: "[[resource]]\nid = \"games\"\nkind = \"convening\"\n\n[[resource]]\nid = \"games\"\nkind = \"culture\"\n",
    good: "[[resource]]\nid = \"games\"\nkind = \"convening\"\n\n[[resource]]\nid = \"museums\"\nkind = \"culture\"\n",
    check: None,
};

pub(crate) fn duplicate_id(section: &str, id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(RULE.code, format!("there are two {section}s `{id}`"), span)
        .label("used again here")
        .also(first, "used first here")
        .reason("a reference to it could mean either")
        .hint("give one of them another id")
}
