//! `wrong-type`: a value of another type than its key holds.

use super::{Check, Rule, article};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "wrong-type",
    finds: "a value of another type than its key holds",
    severity: Severity::Error,
    guesses: false,
    why: "A number in quotes, or a list where one name belongs, would have to be guessed at, and a guess in a \
          strategy becomes a figure in a brief.",
    bad: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\nplaces = \"USA\"\n",
    good: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers\"\nplaces = [\"USA\"]\n",
    check: Check::Reader,
};

pub(crate) fn value(key: &str, expected: &str, found: &str, span: Span) -> Diagnostic {
    let diagnostic =
        RULE.at(format!("`{key}` holds {expected}, not {}", article(found)), span)
            .label(format!("expected {expected}"));
    match (expected, found) {
        ("a number", "string") => diagnostic.hint("write it without quotes, in the indicator's unit: 120_000"),
        ("a list of strings" | "a list of ids", "string") => diagnostic.hint("put it in square brackets: [\"…\"]"),
        _ => diagnostic,
    }
}

pub(crate) fn section(name: &str, repeated: bool, found: &str, span: Span) -> Diagnostic {
    let header = if repeated { format!("[[{name}]]") } else { format!("[{name}]") };
    if repeated && found == "table" {
        return RULE
            .at(format!("`[{name}]` may stand several times"), span)
            .label("expected two brackets")
            .hint(format!("begin it with a line `{header}`"))
            .fix(format!("write `{header}`"), span, header);
    }
    RULE.at(format!("`{name}` is a section, not {}", article(found)), span)
        .label("expected a section")
        .hint(format!("begin it with a line `{header}`"))
}
