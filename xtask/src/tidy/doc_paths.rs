//! What the documents name exists: paths of the repository, files they link to, and commands of `cargo xtask`.

use super::Violation;
use super::sources::{Source, Sources};
use crate::{Failure, parse};

const RULE: &str = "doc-paths";

/// The folders at the root: a path in backticks that starts with one is a path of the repository.
const FOLDERS: [&str; 11] = [
    ".cargo/", ".ci/", "benches/", "cases/", "cluster/", "crates/", "docs/", "fuzz/", "python/", "tests/",
    "web/",
];

/// The change log names what was, not what is.
const HISTORY: &str = "CHANGELOG.md";

pub(super) fn check(source: &Source, sources: &Sources) -> Vec<Violation> {
    if !source.has_extension(&["md"]) || !is_document(&source.path) {
        return Vec::new();
    }
    let mut violations = Vec::new();
    let mut add = |line: usize, what: String, remedy: &str| {
        let path = source.path.clone();
        violations.push(Violation { path, line, rule: RULE, what, remedy: remedy.to_owned() });
    };
    // A case's document names paths in the data that it is derived from, too: only its links are ours.
    let names_our_paths = !source.path.starts_with("cases/");
    let mut is_fenced = false;
    for (line, text) in source.text.lines().enumerate().map(|(at, text)| (at + 1, text)) {
        if let Some(command) = unknown_command(text) {
            add(line, format!("there is no `cargo xtask {command}`"), "see `cargo xtask help`");
        }
        if text.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
            continue;
        }
        if is_fenced {
            continue;
        }
        let named =
            text.split('`').skip(1).step_by(2).filter(|_| names_our_paths).filter_map(repository_path);
        let linked = links(text).filter_map(|link| relative_to(&source.path, link));
        for path in named.map(str::to_owned).chain(linked) {
            if !sources.exists(&path) {
                add(line, format!("`{path}` does not exist"), "correct the path, or add the file");
            }
        }
    }
    violations
}

/// Documents at the root, in docs/, and those of the cases.
fn is_document(path: &str) -> bool {
    path != HISTORY && (!path.contains('/') || path.starts_with("docs/") || path.starts_with("cases/"))
}

/// The path that a text in backticks names, if it is one of this repository: up to a `*`, without a line number.
fn repository_path(named: &str) -> Option<&str> {
    let is_path = FOLDERS.iter().any(|folder| named.starts_with(folder))
        || named.starts_with("xtask/")
        || (!named.contains('/')
            && named.starts_with(char::is_uppercase)
            && named.rsplit_once('.').is_some_and(|(_, extension)| extension == "md"));
    if !is_path || named.contains(|c: char| c.is_whitespace() || "<{…".contains(c)) {
        return None;
    }
    let named = named.split_once(':').map_or(named, |(path, _)| path);
    Some(
        named
            .split_once('*')
            .map_or(named, |(folder, _)| folder.rsplit_once('/').map_or("", |(path, _)| path)),
    )
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The path from the root that a link in `document` leads to, unless it leads out of the repository.
fn relative_to(document: &str, link: &str) -> Option<String> {
    let path = link.split('#').next().filter(|path| !path.is_empty())?;
    if path.contains(':') || path.contains(char::is_whitespace) {
        return None;
    }
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The command that `text` calls, if `cargo xtask` has none of that name: one word, or two (`bench graph`).
fn unknown_command(text: &str) -> Option<&str> {
    text.split("cargo xtask ").skip(1).find_map(|rest| {
        let rest = rest.split(|c: char| !c.is_ascii_lowercase() && c != '-' && c != ' ').next()?;
        let words: Vec<&str> = rest.split_whitespace().take(2).collect();
        let is_known = (1..=words.len()).any(|n| !matches!(parse(&words[..n]), Err(Failure::Usage(_))));
        words.first().copied().filter(|_| !is_known)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let files = [("crates/suasion-graph/src/csr.rs", ""), ("docs/language.md", ""), ("README.md", "")];
        check(&Source::new(path, text), &Sources::of(&files)).into_iter().map(|found| found.what).collect()
    }

    #[test]
    fn a_path_that_is_gone_is_caught() {
        let text = "See `crates/suasion-graph/src/gone.rs` and `crates/suasion-graph/src/csr.rs:12`.";
        assert_eq!(found("ARCHITECTURE.md", text), ["`crates/suasion-graph/src/gone.rs` does not exist"]);
        assert_eq!(found("docs/a.md", "`GONE.md`, `README.md`"), ["`GONE.md` does not exist"]);
        assert_eq!(found("CHANGELOG.md", "`crates/gone/`"), Vec::<String>::new());
    }

    #[test]
    fn patterns_words_and_fences_are_not_paths() {
        let text = "`crates/*/src`, `docs/*.md`, `strategy.toml`, `cases/<name>/x`, `and/or`\n```\n`docs/gone.md`\n```\n";
        assert_eq!(found("README.md", text), Vec::<String>::new());
    }

    #[test]
    fn links_lead_somewhere() {
        let text = "[a](language.md#b) [c](../README.md) [d](https://example.org/e.md) [f](gone.md)";
        assert_eq!(found("docs/a.md", text), ["`docs/gone.md` does not exist"]);
    }

    #[test]
    fn a_case_may_name_paths_in_its_data() {
        let text = "`cases/trade/flows.csv` [a](gone.csv)";
        assert_eq!(found("cases/a/README.md", text), ["`cases/a/gone.csv` does not exist"]);
    }

    #[test]
    fn commands_of_xtask_exist() {
        let text = "`cargo xtask bench graph`\n```\ncargo xtask test\ncargo xtask tset --fix\n```\n";
        assert_eq!(found("README.md", text), ["there is no `cargo xtask tset`"]);
    }
}
