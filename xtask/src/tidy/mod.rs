//! `cargo xtask tidy`: the house rules, which check themselves. One file a rule.
//!
//! Rules read what git would commit, so a file that is ignored breaks no rule. All violations are reported at once.

mod dependencies;
mod determinism;
mod doc_paths;
mod leftovers;
mod length;
mod licences;
mod lints;
mod module_docs;
mod one_cache;
mod rust_text;
mod shared_data;
mod shared_tests;
mod sources;
mod test_binaries;

use std::fmt;
use std::path::Path;

pub(crate) use rust_text::tests_named;
pub(crate) use sources::Sources;

use crate::Failure;

/// A place where the source breaks a house rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: String,
    /// Counted from one.
    line: usize,
    rule: &'static str,
    what: String,
    /// What to do about it, as an imperative.
    remedy: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}; {}", self.path, self.line, self.rule, self.what, self.remedy)
    }
}

/// Checks every rule and prints every violation.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    let sources = Sources::read(root)?;
    let mut violations: Vec<Violation> = sources
        .all()
        .flat_map(|source| {
            [
                determinism::check(source),
                doc_paths::check(source, &sources),
                leftovers::check(source),
                length::check(source),
                lints::check(source),
                module_docs::check(source),
                shared_tests::check(source),
            ]
        })
        .flatten()
        .collect();
    violations.extend(licences::check(&sources));
    violations.extend(test_binaries::check(&sources));
    violations.extend(shared_data::check(&sources, root)?);
    violations.extend(dependencies::check(root)?);
    violations.extend(one_cache::check(root)?);
    violations.sort();
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => {
            println!("tidy: {} files keep the house rules", sources.all().count());
            Ok(())
        }
        n => {
            println!("tidy: {n} violations");
            Err(Failure::Found(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_is_one_line_that_an_editor_can_open() {
        let violation = Violation {
            path: "crates/suasion-graph/src/csr.rs".to_owned(),
            line: 7,
            rule: "determinism",
            what: "reads the clock".to_owned(),
            remedy: "take the time as an argument".to_owned(),
        };
        assert_eq!(
            violation.to_string(),
            "crates/suasion-graph/src/csr.rs:7: determinism: reads the clock; take the time as an argument"
        );
    }
}
