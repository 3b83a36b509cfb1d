//! `cargo xtask test`: every check, lint and test, cheapest first.
//!
//! A dependency is built twice and no more: as metadata only, for clippy and rustdoc, and in full, for the tests,
//! `cargo xtask demo` and a plain `cargo build`. That is why warnings are denied through the flags of clippy and of
//! rustdoc, and never through `RUSTFLAGS`, which would build everything a third time.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::tidy::{self, Sources};
use crate::{Failure, brief, command, schema, shared, tools};

/// Runs the steps until one fails, and prints how long each took.
pub(crate) fn run(root: &Path, fix: bool) -> Result<(), Failure> {
    let shared = shared::folder(root);
    if shared.is_none() && in_ci() {
        let expected = root.join("../shared/data");
        return Err(Failure::CouldNot(format!("find {}, which CI must test with", expected.display())));
    }
    let mut steps = Steps { done: Vec::new() };
    let outcome = run_steps(root, fix, shared.as_deref(), &mut steps);
    println!("\n{}", steps.table());
    outcome?;
    println!("{}", closing(steps.done.len(), &left_out(root, shared.as_deref())?));
    Ok(())
}

fn run_steps(root: &Path, fix: bool, shared: Option<&Path>, steps: &mut Steps) -> Result<(), Failure> {
    steps.run("tools", || {
        tools::need_component(root, "fmt", "rustfmt")?;
        tools::need_component(root, "clippy", "clippy")?;
        tools::need_c_compiler()?;
        tools::need_python()?;
        brief::need_tools()
    })?;
    if fix {
        steps.run("fix", || {
            let clippy =
                ["clippy", "--fix", "--allow-dirty", "--allow-staged", "--workspace", "--all-targets"];
            command::run(&mut command::cargo(root, &clippy))?;
            command::run(&mut command::cargo(root, &["fmt", "--all"]))
        })?;
    }
    steps.run("tidy", || tidy::run(root))?;
    steps.run("format", || command::run(&mut command::cargo(root, &["fmt", "--all", "--check"])))?;
    steps.run("licences", || {
        let deny = tools::cargo_deny(root)?;
        let mut deny = std::process::Command::new(deny);
        deny.current_dir(root).args(["--locked", "--log-level", "error"]);
        command::run(deny.args(["check", "licenses", "bans", "sources"]))
    })?;
    if let Some(shared) = shared {
        steps.run("case tables", || check_case_tables(root, shared))?;
    }
    steps.run("clippy", || {
        let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        command::run(&mut command::cargo(root, &clippy))
    })?;
    steps.run("docs", || {
        let mut doc = command::cargo(root, &["doc", "--workspace", "--no-deps", "--locked"]);
        command::run(doc.env("RUSTDOCFLAGS", "-Dwarnings"))
    })?;
    steps.run("tests", || {
        let mut test = command::cargo(root, &["test", "--workspace", "--locked"]);
        match shared {
            Some(shared) => test.env(shared::VARIABLE, shared).env(PROGRAM, program(root)),
            None => test.env_remove(shared::VARIABLE),
        };
        command::run(&mut test)
    })?;
    steps.run("schema", || schema::run(root))?;
    steps.run("brief", || brief::run(root))
}

/// Tells tests of other crates where `suasion` is: built before any test runs.
const PROGRAM: &str = "SUASION_PROGRAM";

fn program(root: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root.join(target).join("debug").join(format!("suasion{}", std::env::consts::EXE_SUFFIX))
}

/// The tables of a case are what its script derives from the public data.
fn check_case_tables(root: &Path, shared: &Path) -> Result<(), Failure> {
    for script in case_scripts(root)? {
        println!("{}", script.strip_prefix(root).unwrap_or(&script).display());
        let mut python = std::process::Command::new("python3");
        command::run(python.arg(script).arg(shared.join("data")).arg("--check"))?;
    }
    Ok(())
}

fn case_scripts(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cases = root.join("cases");
    let entries = std::fs::read_dir(&cases)
        .map_err(|error| Failure::CouldNot(format!("read {}: {error}", cases.display())))?;
    let mut scripts: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path().join("derive.py")))
        .filter(|script| script.is_file())
        .collect();
    scripts.sort();
    Ok(scripts)
}

/// What could not be checked on this machine, in words.
fn left_out(root: &Path, shared: Option<&Path>) -> Result<Vec<String>, Failure> {
    if shared.is_some() {
        return Ok(Vec::new());
    }
    let mut left_out: Vec<String> = case_scripts(root)?
        .iter()
        .map(|script| format!("{} --check", script.strip_prefix(root).unwrap_or(script).display()))
        .collect();
    left_out.extend(shared::tests(&Sources::read(root)?));
    Ok(left_out)
}

fn closing(n_steps: usize, left_out: &[String]) -> String {
    if left_out.is_empty() {
        format!("xtask test: all {n_steps} steps passed; nothing was left out")
    } else {
        format!(
            "xtask test: {n_steps} steps passed; left out, because ../shared/data is not here: {}",
            left_out.join(", ")
        )
    }
}

fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1")
}

/// The steps that have run, with the seconds each took.
struct Steps {
    done: Vec<(&'static str, f64, bool)>,
}

impl Steps {
    #[expect(clippy::disallowed_methods, reason = "how long a step took is what this prints")]
    fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = step();
        let seconds = start.elapsed().as_secs_f64();
        println!("== {name}: {} after {seconds:.1} s", if outcome.is_ok() { "passed" } else { "FAILED" });
        self.done.push((name, seconds, outcome.is_ok()));
        outcome
    }

    fn table(&self) -> String {
        let total: f64 = self.done.iter().map(|(_, seconds, _)| seconds).sum();
        let mut lines: Vec<String> = self
            .done
            .iter()
            .map(|(name, seconds, passed)| {
                format!("{name:<12} {seconds:>7.1} s{}", if *passed { "" } else { "  FAILED" })
            })
            .collect();
        lines.push(format!("{:<12} {total:>7.1} s", "in all"));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_which_step_failed() {
        let steps = Steps { done: vec![("tidy", 0.25, true), ("format", 1.0, false)] };
        let table = ["tidy             0.2 s", "format           1.0 s  FAILED", "in all           1.2 s"];
        assert_eq!(steps.table(), table.join("\n"));
    }

    #[test]
    fn the_closing_line_names_what_was_left_out() {
        assert_eq!(closing(10, &[]), "xtask test: all 10 steps passed; nothing was left out");
        let left_out = ["shared_basque".to_owned(), "shared_prop99".to_owned()];
        assert_eq!(
            closing(9, &left_out),
            "xtask test: 9 steps passed; left out, because ../shared/data is not here: shared_basque, shared_prop99"
        );
    }
}
