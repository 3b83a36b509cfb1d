//! Every crate of the workspace is held to the workspace's lints.

use super::Violation;
use super::sources::Source;

pub(super) fn check(source: &Source) -> Vec<Violation> {
    if !is_member(&source.path) || inherits_lints(&source.text) {
        return Vec::new();
    }
    vec![Violation {
        path: source.path.clone(),
        line: 1,
        rule: "lints",
        what: "does not take the workspace's lints".to_owned(),
        remedy: "add `[lints]` with `workspace = true`".to_owned(),
    }]
}

/// `crates/*/Cargo.toml` and `xtask/Cargo.toml`.
pub(super) fn is_member(path: &str) -> bool {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["crates", _, file] | ["xtask", file] => file == "Cargo.toml",
        _ => false,
    }
}

fn inherits_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|&line| line != "[lints]").skip(1);
    lines.by_ref().take_while(|line| !line.starts_with('[')).any(|line| line == "workspace = true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_the_lints_is_caught() {
        let path = "crates/suasion-graph/Cargo.toml";
        assert_eq!(check(&Source::new(path, "[package]\n")).len(), 1);
        assert_eq!(check(&Source::new(path, "[lints]\n[lib]\nworkspace = true\n")).len(), 1);
        assert_eq!(check(&Source::new(path, "[lints]\nworkspace = true\n")), []);
        assert_eq!(check(&Source::new("Cargo.toml", "[workspace]\n")), []);
    }
}
