//! A test that needs `../shared` says so in its name, so that what was left out can be named.

use super::Violation;
use super::rust_text::tests_named;
use super::sources::Source;
use crate::shared::VARIABLE;

pub(super) fn check(source: &Source) -> Vec<Violation> {
    let reads = |line: &str| line.contains("env::var") && line.contains(VARIABLE);
    let Some(at) = source.text.lines().position(reads).filter(|_| source.crate_of_src() != Some("xtask"))
    else {
        return Vec::new();
    };
    // A file without tests is a helper, which the tests that call it are named for.
    let tests = tests_named(&source.views.code, "");
    if tests.is_empty() || tests.iter().any(|name| name.starts_with("shared_")) {
        return Vec::new();
    }
    vec![Violation {
        path: source.path.clone(),
        line: at + 1,
        rule: "shared-tests",
        what: format!("reads {VARIABLE}, but no test here is named `shared_…`"),
        remedy: "name the tests that need the shared data so".to_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_violations(test: &str) -> usize {
        let text = format!("#[test]\nfn {test}() {{ std::env::var(\"{VARIABLE}\"); }}\n");
        check(&Source::new("crates/suasion-stats/tests/it/a.rs", &text)).len()
    }

    #[test]
    fn a_test_that_hides_its_need_is_caught() {
        assert_eq!(n_violations("basque"), 1);
        assert_eq!(n_violations("shared_basque"), 0);
    }
}
