//! One test binary a crate: each would link DataFusion again.

use super::Violation;
use super::lints::is_member;
use super::sources::Sources;

pub(super) fn check(sources: &Sources) -> Vec<Violation> {
    sources
        .all()
        .filter(|source| is_member(&source.path))
        .filter_map(|manifest| {
            let has_tests = sources.exists(&manifest.path.replace("Cargo.toml", "tests"));
            let (what, remedy) = fault(&manifest.text, has_tests)?;
            let path = manifest.path.clone();
            Some(Violation { path, line: 1, rule: "test-binaries", what, remedy: remedy.to_owned() })
        })
        .collect()
}

fn fault(manifest: &str, has_tests: bool) -> Option<(String, &'static str)> {
    let n_binaries = manifest.lines().filter(|line| line.trim() == "[[test]]").count();
    let is_automatic = !manifest.lines().any(|line| line.trim() == "autotests = false");
    match n_binaries {
        2.. => Some((format!("has {n_binaries} test binaries"), "make them modules of one")),
        1 if is_automatic => {
            Some(("would make a binary of every file in tests/".to_owned(), "set `autotests = false`"))
        }
        0 if has_tests => {
            let remedy = "set `autotests = false` and add one `[[test]]` named `it`";
            Some(("has a folder tests/ and no test binary".to_owned(), remedy))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_violations(manifest: &str) -> usize {
        let files = [("crates/a/Cargo.toml", manifest), ("crates/a/tests/it/main.rs", "")];
        check(&Sources::of(&files)).len()
    }

    #[test]
    fn more_or_less_than_one_test_binary_is_caught() {
        assert_eq!(n_violations("[package]\n"), 1);
        assert_eq!(n_violations("[package]\nautotests = false\n"), 1);
        assert_eq!(n_violations("[package]\n[[test]]\nname = \"it\"\n"), 1);
        assert_eq!(n_violations("[package]\nautotests = false\n[[test]]\n[[test]]\n"), 1);
        assert_eq!(n_violations("[package]\nautotests = false\n[[test]]\nname = \"it\"\n"), 0);
    }

    #[test]
    fn a_crate_without_tests_needs_no_binary() {
        assert_eq!(check(&Sources::of(&[("crates/a/Cargo.toml", "[package]\n")])), []);
    }
}
