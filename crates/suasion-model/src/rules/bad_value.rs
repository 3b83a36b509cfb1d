//! `bad-value`: a value of the right type that means nothing.

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use crate::strategy::schema::range;

pub(crate) const RULE: Rule = Rule {
    code: "bad-value",
    finds: "a value of the right type that means nothing: a blank text, a month 13, an effect of zero, a stance of 2",
    severity: Severity::Error,
    guesses: false,
    why: "It would be read as something that nobody said.",
    bad: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = \"2012-13\"\n",
    good: "[[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = \"2012-12\"\n",
    check: Check::Reader,
};

pub(crate) fn blank(key: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{key}` is blank"), span).label("nothing is said here")
}

pub(crate) fn id(text: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{}` is not an id", clip(text)), span)
        .label("expected kebab-case")
        .hint("use small letters a to z, digits, and single hyphens between them, 64 at most: `long-haul`")
}

pub(crate) fn reserved(word: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{word}` is a word of the language, and no id"), span)
        .label("means something already")
        .hint(format!("give it another id: wherever `{word}` may be referred to, it means what the reference says"))
}

pub(crate) fn outside(key: &str, least: f64, most: f64, span: Span) -> Diagnostic {
    let range = range(least, most);
    RULE.at(format!("`{key}` must be a number {range}"), span).label(format!("not {range}"))
}

pub(crate) fn number(key: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{key}` is too large, or not a number"), span)
        .label("cannot be reckoned with")
}

pub(crate) fn period(key: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{key}` is not a period"), span)
        .label("no such year, month or day")
        .hint("write 2012, \"2012-02\" or 2012-02-01")
}

pub(crate) fn effect(key: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{key}` is not the size of an effect"), span)
        .label("expected a positive share or number")
        .hint("write \"5 %\", or a positive number in the indicator's unit")
}

pub(crate) fn duration(key: &str, span: Span) -> Diagnostic {
    RULE.at(format!("`{key}` is not a duration"), span)
        .label("expected an ISO 8601 duration")
        .hint("write \"P1Y\" for a year, \"P18M\" for 18 months, \"P90D\" for 90 days")
}
