//! `syntax`: the file is not TOML.

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "syntax",
    finds: "text that is not TOML",
    severity: Severity::Error,
    guesses: false,
    why: "A file that cannot be read in full may hide a key that matters. Everything that can be read is checked all \
          the same, so that one missing quote does not hide the rest.",
    bad: "[strategy]\ntitle = \"The Games and GREAT\nowner = \"Campaign board\"\n",
    good: "[strategy]\ntitle = \"The Games and GREAT\"\nowner = \"Campaign board\"\n",
    check: Check::Reader,
};

pub(crate) fn syntax(message: &str, span: Span) -> Diagnostic {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    RULE.at(format!("this is not TOML: {message}"), span)
        .label("here")
        .reason("a strategy is a TOML file; what can be read of it is checked all the same")
}

/// How what stands at a mistake is written in TOML, where that is one of the slips that people make.
pub(crate) fn hint(rest: &str) -> Option<String> {
    let word = rest.split([' ', ',', '}', ']', '\n', '\r']).next().unwrap_or_default();
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((year, month)) = word.split_once('-').filter(|(year, month)| digits(year, 4) && digits(month, 2)) {
        return Some(format!("write a month in quotes: \"{year}-{month}\""));
    }
    let after = rest[word.len()..].trim_start_matches(' ');
    let number = word.trim_end_matches('%');
    let percent = (word.ends_with('%') || after.starts_with('%')) && number.parse::<f64>().is_ok();
    match word {
        _ if percent => Some(format!("write a share in quotes: \"{number} %\"")),
        "True" | "TRUE" | "yes" | "Yes" => Some("write `true`".to_string()),
        "False" | "FALSE" | "no" | "No" => Some("write `false`".to_string()),
        _ if rest.starts_with(['“', '”', '„', '«', '‘', '’']) => Some("write straight quotes: \"…\"".to_string()),
        _ => None,
    }
}

/// Reports a number written as people write it: `120,000`, `1.200.000`, `120 000` or `1,5`.
pub(crate) fn written_number(number: &str, span: Span) -> Diagnostic {
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).collect();
    let thousands = groups.join("_");
    let by_thousands = groups[1..].iter().all(|group| group.len() == 3);
    let decimal = format!("{}.{}", groups[0], groups[1..].concat());
    let hint = match (groups.len(), number.contains(',')) {
        (2, true) if by_thousands => format!("write {thousands}, or {decimal} if what follows the comma are decimals"),
        (2, true) => format!("write {decimal}"),
        _ => format!("write {thousands}"),
    };
    RULE.at(format!("this is not TOML: `{}` is not a number", clip(number)), span)
        .label("no number to TOML")
        .reason("TOML parts digits by `_`, if at all, and sets decimals off by a point")
        .hint(hint)
}

/// Reports a section that may stand once and stands again.
pub(crate) fn twice(section: &str, span: Span, first: Span) -> Diagnostic {
    RULE.at(format!("`[{section}]` is there twice"), span)
        .label("again here")
        .also(first, "first here")
        .reason("a table may be written once; which of the two is meant nobody can tell")
        .hint("keep one of them")
}

/// Reports that a text is hardly TOML at all.
pub(crate) fn too_many(most: usize, span: Span) -> Diagnostic {
    RULE.at(format!("this file has more than {most} mistakes in its TOML"), span)
        .label("what follows was not looked at")
        .hint("check that this is the file you meant")
}
