//! What the tests build is what the demo builds: a development dependency that turns on a feature of a shared crate
//! would have DataFusion compiled twice.

use std::collections::BTreeSet;
use std::path::Path;

use super::Violation;
use crate::{Failure, command};

pub(super) fn check(root: &Path) -> Result<Vec<Violation>, Failure> {
    let demo = features(root, "normal,build")?;
    let tests = features(root, "normal,build,dev")?;
    Ok(differing(&demo, &tests))
}

/// Each crate with the features that are on, a line each.
fn features(root: &Path, edges: &str) -> Result<String, Failure> {
    let mut tree = command::cargo(root, &["tree", "--locked", "--workspace", "--edges", edges]);
    command::output(tree.args(["--prefix", "none", "--format", "{p}|{f}|"]))
}

fn differing(demo: &str, tests: &str) -> Vec<Violation> {
    let demo: BTreeSet<(&str, &str)> = crates(demo).collect();
    let tests: BTreeSet<(&str, &str)> = crates(tests).collect();
    demo.difference(&tests)
        .map(|(package, features)| {
            let theirs = tests.iter().filter(|(other, _)| other == package).map(|(_, features)| *features);
            Violation {
                path: "Cargo.toml".to_owned(),
                line: 1,
                rule: "one-cache",
                what: format!(
                    "{package} is built with the features [{features}] for the demo and [{}] for the tests",
                    theirs.collect::<Vec<_>>().join("] [")
                ),
                remedy: "ask for the same features in [workspace.dependencies]".to_owned(),
            }
        })
        .collect()
}

fn crates(tree: &str) -> impl Iterator<Item = (&str, &str)> {
    tree.lines().filter_map(|line| {
        let mut parts = line.split('|');
        Some((parts.next()?, parts.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_only_the_tests_turn_on_is_caught() {
        let demo = "a v1|std|\nb v1||\nb v1|| (*)\n";
        assert_eq!(differing(demo, "a v1|std|\nb v1|| (*)\nproptest v1|std|\n"), []);
        let violations = differing(demo, "a v1|rand,std|\nb v1||\n");
        let what = "a v1 is built with the features [std] for the demo and [rand,std] for the tests";
        assert_eq!(violations.iter().map(|found| found.what.as_str()).collect::<Vec<_>>(), [what]);
    }
}
