//! Same in, same out: below `suasion`, nothing reads the clock or the environment, or draws an unseeded number.

use super::Violation;
use super::rust_text::{has_word, unit_tests_start};
use super::sources::Source;

const RULE: &str = "determinism";

/// The crates below `suasion`. `suasion-store` may read the clock where it says why.
const CRATES: [&str; 5] =
    ["suasion-model", "suasion-graph", "suasion-stats", "suasion-analysis", "suasion-store"];

const CLOCK: [&str; 6] =
    ["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now", "Utc::now", "Local::now"];
const ENVIRONMENT: [&str; 2] = ["env::", "option_env!"];
const RANDOMNESS: [&str; 8] = [
    "thread_rng",
    "rand::rng(",
    "rand::random",
    "getrandom",
    "from_entropy",
    "from_os_rng",
    "OsRng",
    "RandomState",
];

/// How many lines above a call of the clock its `#[expect]` may stand: on the function around it.
const REACH_OF_AN_EXPECT: usize = 30;

pub(super) fn check(source: &Source) -> Vec<Violation> {
    let Some(name) = source.crate_of_src().filter(|name| CRATES.contains(name)) else { return Vec::new() };
    if source.is_test() {
        return Vec::new();
    }
    let code: Vec<&str> = source.views.code.lines().collect();
    let end = unit_tests_start(&source.views.code).map_or(code.len(), |line| line - 1);
    let mut violations = Vec::new();
    let mut add = |at: usize, what: String, remedy: &str| {
        let path = source.path.clone();
        violations.push(Violation { path, line: at + 1, rule: RULE, what, remedy: remedy.to_owned() });
    };
    for (at, raw) in source.text.lines().enumerate().take(end) {
        let found = |words: &[&'static str]| words.iter().copied().find(|word| has_word(code[at], word));
        if let Some(word) = found(&CLOCK)
            && !(name == "suasion-store" && is_expected(&code[at.saturating_sub(REACH_OF_AN_EXPECT)..=at]))
        {
            add(at, format!("`{word}` reads the clock"), "take the time as an argument from crates/suasion");
        }
        if let Some(word) = found(&ENVIRONMENT) {
            add(
                at,
                format!("`{word}` reads the environment"),
                "take the value as an argument from crates/suasion",
            );
        } else if has_word(code[at], "env!(") && !raw.contains("env!(\"CARGO_") {
            add(at, "`env!` reads the environment of the build".to_owned(), "read CARGO_* variables only");
        }
        if let Some(word) = found(&RANDOMNESS) {
            add(at, format!("`{word}` draws without a seed"), "take a seed, and put it in the finding");
        }
    }
    violations
}

fn is_expected(code: &[&str]) -> bool {
    code.iter().any(|line| line.contains("#[expect(clippy::disallowed_methods"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Source::new(path, text)).iter().map(|violation| violation.line).collect()
    }

    #[test]
    fn clock_environment_and_randomness_are_caught() {
        let text = "let t = Instant::now();\nlet e = std::env::var(\"A\");\nlet r = rand::rng();\n";
        assert_eq!(lines("crates/suasion-graph/src/a.rs", text), [1, 2, 3]);
        assert_eq!(lines("crates/suasion/src/a.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn only_the_store_may_expect_the_clock() {
        let text =
            "#[expect(clippy::disallowed_methods, reason = \"a receipt\")]\nfn a() { Instant::now() }\n";
        assert_eq!(lines("crates/suasion-store/src/a.rs", text), Vec::<usize>::new());
        assert_eq!(lines("crates/suasion-stats/src/a.rs", text), [2]);
        assert_eq!(lines("crates/suasion-store/src/a.rs", "fn a() { Instant::now() }"), [1]);
    }

    #[test]
    fn prose_strings_and_tests_are_free() {
        let text = "// Instant::now\nlet a = \"std::env::var\";\n#[cfg(test)]\nmod tests {\n    env::var(\"A\");\n}\n";
        assert_eq!(lines("crates/suasion-model/src/a.rs", text), Vec::<usize>::new());
    }

    #[test]
    fn cargo_s_own_variables_are_the_same_everywhere() {
        assert_eq!(
            lines("crates/suasion-model/src/a.rs", "env!(\"CARGO_PKG_VERSION\")"),
            Vec::<usize>::new()
        );
        assert_eq!(lines("crates/suasion-model/src/a.rs", "env!(\"USER\")"), [1]);
    }
}
