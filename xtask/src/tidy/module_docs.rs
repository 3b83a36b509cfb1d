//! Every module opens with `//!`: what it is for.

use super::Violation;
use super::sources::Source;

pub(super) fn check(source: &Source) -> Vec<Violation> {
    if !source.is_rust() || source.crate_of_src().is_none() || opens_with_docs(&source.text) {
        return Vec::new();
    }
    vec![Violation {
        path: source.path.clone(),
        line: 1,
        rule: "module-docs",
        what: "does not open with a `//!` doc".to_owned(),
        remedy: "say in a sentence what the module is for".to_owned(),
    }]
}

/// Inner attributes may stand before the doc.
fn opens_with_docs(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("#!["));
    lines.next().and_then(|line| line.strip_prefix("//!")).is_some_and(|doc| !doc.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_a_doc_is_caught() {
        assert_eq!(check(&Source::new("crates/suasion-graph/src/a.rs", "use b;\n//! Too late.\n")).len(), 1);
        assert_eq!(check(&Source::new("xtask/src/a.rs", "//!\nuse b;\n")).len(), 1);
        assert_eq!(check(&Source::new("xtask/src/a.rs", "// A comment.\n//! A doc.\n")).len(), 1);
    }

    #[test]
    fn attributes_may_come_first_and_tests_need_no_doc() {
        let text = "#![cfg(feature = \"python\")]\n\n//! The bindings.\n";
        assert_eq!(check(&Source::new("crates/suasion/src/lib.rs", text)), []);
        assert_eq!(check(&Source::new("crates/suasion/tests/it/main.rs", "mod suite;")), []);
    }
}
