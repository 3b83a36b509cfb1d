//! `syntax`: the file is not TOML.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "syntax",
    finds: "text that is not TOML",
    why: "A file that cannot be read in full may hide a key that matters. Everything that can be read is checked all \
          the same, so that one missing quote does not hide the rest.",
    bad: "[strategy]\ntitle = \"The Games and GREAT\nowner = \"Campaign board\"\n",
    good: "[strategy]\ntitle = \"The Games and GREAT\"\nowner = \"Campaign board\"\n",
    check: None,
};

pub(crate) fn syntax(message: &str, span: Span) -> Diagnostic {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    Diagnostic::error(RULE.code, format!("this is not TOML: {message}"), span)
        .label("here")
        .reason("a strategy is a TOML file; what can be read of it is checked all the same")
}
