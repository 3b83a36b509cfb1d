//! Who may depend on whom, and on what, proven from `cargo tree` for every platform.

use std::path::Path;

use super::Violation;
use crate::{Failure, command};

/// Arrow, DataFusion, Delta and tokio, by the starts of their crates' names.
const ENGINES: [&str; 7] =
    ["arrow", "buoyant_kernel", "datafusion", "delta_kernel", "deltalake", "parquet", "tokio"];

/// Command line, server and serialisation, by the starts of their crates' names.
const SHELLS: [&str; 3] = ["axum", "clap", "serde"];

/// What a crate may and may not depend on.
struct Law {
    package: &'static str,
    /// The crates of this workspace that it may reach.
    workspace: &'static [&'static str],
    /// Starts of names that it may not reach, directly or through others.
    never: &'static [&'static [&'static str]],
}

const LAWS: [Law; 5] = [
    Law { package: "suasion-model", workspace: &[], never: &[&ENGINES] },
    Law { package: "suasion-graph", workspace: &[], never: &[&ENGINES, &SHELLS] },
    Law { package: "suasion-stats", workspace: &[], never: &[&ENGINES, &SHELLS] },
    Law {
        package: "suasion-analysis",
        workspace: &["suasion-graph", "suasion-model", "suasion-stats"],
        never: &[&ENGINES],
    },
    Law { package: "suasion-store", workspace: &["suasion-model"], never: &[] },
];

pub(super) fn check(root: &Path) -> Result<Vec<Violation>, Failure> {
    let mut violations = Vec::new();
    for law in &LAWS {
        let arguments = ["tree", "--locked", "--package", law.package, "--edges", "normal,build"];
        let mut tree = command::cargo(root, &arguments);
        tree.args(["--target", "all", "--prefix", "depth", "--format", " {p}"]);
        violations.extend(broken(law, &command::output(&mut tree)?));
    }
    Ok(violations)
}

/// The first chain from the law's package to each crate that it may not reach.
fn broken(law: &Law, tree: &str) -> Vec<Violation> {
    let mut chain: Vec<&str> = Vec::new();
    let mut reported: Vec<&str> = Vec::new();
    let mut violations = Vec::new();
    for line in tree.lines() {
        let mut words = line.split(' ');
        let (Some(depth), Some(name)) = (words.next().and_then(|depth| depth.parse().ok()), words.next())
        else {
            continue;
        };
        chain.truncate(depth);
        // What stands below a crate that is reported already is not news.
        let is_news = !chain.iter().chain([&name]).any(|above| reported.contains(above));
        chain.push(name);
        if depth > 0 && is_news && is_against(law, name) {
            reported.push(name);
            violations.push(Violation {
                path: format!("crates/{}/Cargo.toml", law.package),
                line: 1,
                rule: "dependencies",
                what: format!("may not depend on {name}, and does: {}", chain.join(" → ")),
                remedy: "drop that dependency, or turn off the feature that brings it".to_owned(),
            });
        }
    }
    violations
}

fn is_against(law: &Law, name: &str) -> bool {
    let is_ours = name == "suasion" || name.starts_with("suasion-");
    (is_ours && !law.workspace.contains(&name))
        || law.never.iter().copied().flatten().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(package: &str, tree: &str, expect: &[&str]) {
        let law = LAWS.iter().find(|law| law.package == package).unwrap();
        let chains: Vec<String> = broken(law, tree)
            .into_iter()
            .map(|found| found.what.split_once(": ").unwrap().1.to_owned())
            .collect();
        assert_eq!(chains, expect);
    }

    #[test]
    fn a_forbidden_crate_is_caught_with_the_chain_that_brings_it() {
        let tree = "0 suasion-stats v0.1.0 (/a)\n1 clarabel v0.11.1\n2 serde v1.0.2\n3 serde_core v1.0.2\n1 faer v0.24.0\n2 clarabel v0.11.1 (*)\n2 serde v1.0.2 (*)\n";
        check("suasion-stats", tree, &["suasion-stats → clarabel → serde"]);
        check(
            "suasion-model",
            "0 suasion-model v0\n1 serde v1\n1 arrow-schema v59\n",
            &["suasion-model → arrow-schema"],
        );
    }

    #[test]
    fn the_workspace_depends_one_way() {
        check(
            "suasion-graph",
            "0 suasion-graph v0\n1 suasion-stats v0\n",
            &["suasion-graph → suasion-stats"],
        );
        check("suasion-store", "0 suasion-store v0\n1 suasion-model v0\n1 tokio v1\n", &[]);
        check(
            "suasion-store",
            "0 suasion-store v0\n1 suasion-analysis v0\n",
            &["suasion-store → suasion-analysis"],
        );
        check("suasion-analysis", "0 suasion-analysis v0\n1 suasion-graph v0\n1 suasion-model v0\n", &[]);
    }
}
