//! A file stays readable in one sitting: 500 lines of code, 800 with its tests or of tests alone.

use super::Violation;
use super::rust_text::unit_tests_start;
use super::sources::Source;

const MOST_CODE: usize = 500;
const MOST_WITH_TESTS: usize = 800;

pub(super) fn check(source: &Source) -> Vec<Violation> {
    if !source.is_rust() {
        return Vec::new();
    }
    let n_lines = source.text.lines().count();
    let n_code = match unit_tests_start(&source.views.code) {
        _ if source.is_test() => 0,
        Some(line) => line - 1,
        None => n_lines,
    };
    let (what, remedy) = if n_code > MOST_CODE {
        (format!("{n_code} lines of code, more than {MOST_CODE}"), "split it by what its parts are for")
    } else if n_lines > MOST_WITH_TESTS {
        (format!("{n_lines} lines with tests, more than {MOST_WITH_TESTS}"), "split the tests")
    } else {
        return Vec::new();
    };
    let path = source.path.clone();
    vec![Violation { path, line: n_lines, rule: "length", what, remedy: remedy.to_owned() }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_violations(path: &str, n_code: usize, n_tests: usize) -> usize {
        let code = "a();\n".repeat(n_code);
        let tests = if n_tests == 0 { String::new() } else { "#[cfg(test)]\nmod tests {\n".to_owned() };
        let text = code + &tests + &"b();\n".repeat(n_tests.saturating_sub(2));
        check(&Source::new(path, &text)).len()
    }

    #[test]
    fn long_files_are_caught() {
        assert_eq!(n_violations("crates/suasion-graph/src/a.rs", 500, 300), 0);
        assert_eq!(n_violations("crates/suasion-graph/src/a.rs", 501, 0), 1);
        assert_eq!(n_violations("crates/suasion-graph/src/a.rs", 500, 301), 1);
    }

    #[test]
    fn files_of_tests_alone_may_be_longer() {
        assert_eq!(n_violations("crates/suasion-graph/tests/it/a.rs", 800, 0), 0);
        assert_eq!(n_violations("crates/suasion-graph/tests/it/a.rs", 801, 0), 1);
    }
}
