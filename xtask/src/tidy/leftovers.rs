//! What is committed is finished: nothing silenced, skipped, postponed or slept through.

use super::Violation;
use super::rust_text::{has_word, unit_tests_start};
use super::sources::Source;

/// What may not stand in code, and what to do instead.
const IN_CODE: [(&str, &str); 7] = [
    ("#[allow(", "use #[expect(…, reason = …)], which goes when it is no longer needed"),
    ("#![allow(", "use #![expect(…, reason = …)], which goes when it is no longer needed"),
    ("#[ignore", "let an environment variable ask for a slow test, and say when it is skipped"),
    ("todo!", "finish it, or leave it out"),
    ("unimplemented!", "finish it, or leave it out"),
    ("dbg!", "remove it"),
    ("thread::sleep", "wait for what the test is about, not for time"),
];

/// Only tests are kept from sleeping; everything else in [`IN_CODE`] holds everywhere.
const SLEEP: &str = "thread::sleep";

/// Spelt apart, so that this file keeps the rule.
const POSTPONED: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

pub(super) fn check(source: &Source) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut add = |line: usize, word: &str, remedy: &str| {
        violations.push(Violation {
            path: source.path.clone(),
            line,
            rule: "leftovers",
            what: format!("`{word}`"),
            remedy: remedy.to_owned(),
        });
    };
    let tests_start = match unit_tests_start(&source.views.code) {
        _ if source.is_test() => 1,
        start => start.unwrap_or(usize::MAX),
    };
    for (line, code) in source.views.code.lines().enumerate().map(|(at, code)| (at + 1, code)) {
        for (word, remedy) in IN_CODE {
            if has_word(code, word) && (word != SLEEP || line >= tests_start) {
                add(line, word, remedy);
            }
        }
    }
    // Other languages' comments are not told from their strings.
    let prose = match () {
        () if source.is_rust() => source.views.comments.as_str(),
        () if source.has_extension(&["py", "ts", "tsx", "js", "css", "sh", "toml"]) => source.text.as_str(),
        () => "",
    };
    for (at, comment) in prose.lines().enumerate() {
        for word in POSTPONED {
            if has_word(comment, word) {
                add(at + 1, word, "do it, or open an issue");
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(usize, String)> {
        check(&Source::new(path, text)).into_iter().map(|found| (found.line, found.what)).collect()
    }

    #[test]
    fn what_is_silenced_skipped_or_postponed_is_caught() {
        for (word, _) in IN_CODE {
            let path = "crates/suasion/tests/it/a.rs";
            assert_eq!(found(path, &format!("\n{word}")), [(2, format!("`{word}`"))]);
            assert_eq!(found(path, &format!("\"{word}\" // {word}")), []);
        }
        for word in POSTPONED {
            assert_eq!(found("xtask/src/a.rs", &format!("a(); // {word}: b")), [(1, format!("`{word}`"))]);
            assert_eq!(found("python/a.py", &format!("# {word}")), [(1, format!("`{word}`"))]);
            assert_eq!(found("xtask/src/a.rs", &format!("a(\"{word}\");")), []);
        }
    }

    #[test]
    fn only_tests_are_kept_from_sleeping() {
        let text = "thread::sleep(a);\n#[cfg(test)]\nmod tests {\n    thread::sleep(a);\n}\n";
        assert_eq!(found("crates/suasion/src/a.rs", text), [(4, format!("`{SLEEP}`"))]);
    }
}
