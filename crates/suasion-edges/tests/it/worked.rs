//! `docs/networks.md`: every command on the page prints what the page says.

#[cfg(unix)]
use std::{ffi::OsStr, path::Path, process::Command};

#[cfg(unix)]
use crate::files::shared;

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/networks.md");
    std::fs::read_to_string(path).expect("the page")
}

/// What stands for lines that are not shown.
const GAP: &str = "…";

/// Commands and what is shown of their output, in order.
fn examples(page: &str) -> Vec<(&str, &str)> {
    let mut examples = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("\n```sh\n") {
        let (commands, after) = after.split_once("\n```\n").expect("an end of the commands");
        let after = after.trim_start().strip_prefix("```text\n").expect("the output after the commands");
        let (output, after) = after.split_once("\n```\n").expect("an end of the output");
        examples.push((commands, output));
        rest = after;
    }
    examples
}

/// Whether the lines are those shown, others only where there is a gap.
fn agrees(shown: &str, printed: &[&str]) -> bool {
    let mut at = 0;
    let mut may_skip = false;
    for line in shown.lines() {
        if line == GAP {
            may_skip = true;
            continue;
        }
        match printed[at..].iter().position(|found| *found == line) {
            Some(skipped) if skipped == 0 || may_skip => at += skipped + 1,
            _ => return false,
        }
        may_skip = false;
    }
    may_skip || at == printed.len()
}

#[test]
fn lines_are_compared_but_for_gaps() {
    let printed = ["a", "b", "c"];
    assert!(agrees("a\nb\nc", &printed) && agrees("a\n…\nc", &printed) && agrees("a\n…", &printed));
    for shown in ["a\nc", "a\nb", "b\n…", "a\n…\nd", "…\na", "c\n…\na"] {
        assert!(!agrees(shown, &printed), "{shown}");
    }
}

#[test]
fn every_example_on_the_page_has_a_command_and_figures() {
    let page = page();
    let examples = examples(&page);
    assert!(!examples.is_empty());
    assert_eq!(examples.len(), page.matches("```sh\n").count());
    assert_eq!(examples.len(), page.matches("```text\n").count());
    for (commands, output) in examples {
        assert!(commands.contains("suasion graph ") && output.lines().any(|line| line != GAP), "{commands}");
    }
}

/// Runs commands as they stand on the page, where the data lie. The thin program takes what follows `graph`.
#[cfg(unix)]
fn run(folder: &Path, program: &OsStr, is_thin: bool, commands: &str) -> String {
    let call = if is_thin { "shift; \"$PROGRAM\" \"$@\"" } else { "\"$PROGRAM\" \"$@\"" };
    let script = format!("exec 2>&1\nsuasion() {{ {call}; }}\n{commands}");
    let output =
        Command::new("sh").args(["-c", &script]).env("PROGRAM", program).current_dir(folder).output();
    String::from_utf8(output.expect("a shell").stdout).expect("text")
}

/// Those on Parquet need `suasion`, and are run if `SUASION_PROGRAM` names one, as `cargo xtask test` does.
#[cfg(unix)]
#[test]
fn shared_networks_give_what_the_page_says() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    for network in ["higgs-twitter", "sister-cities", "eurovision", "gdelt-country-days"] {
        let data = shared.join("data/networks").join(network).canonicalize().expect("data");
        std::os::unix::fs::symlink(data, folder.path().join(network)).expect("a link");
    }
    let whole = std::env::var_os("SUASION_PROGRAM");
    for (commands, shown) in examples(&page()) {
        let printed = if !commands.contains(".parquet") {
            run(folder.path(), OsStr::new(env!("CARGO_BIN_EXE_suasion-graph")), true, commands)
        } else if let Some(whole) = &whole {
            run(folder.path(), whole, false, commands)
        } else {
            println!("skipped, for want of SUASION_PROGRAM: {commands}");
            continue;
        };
        let lines: Vec<&str> = printed.lines().filter(|line| !line.starts_with("seconds: ")).collect();
        assert!(agrees(shown, &lines), "{commands}\n\nthe page:\n{shown}\n\nprinted:\n{printed}");
    }
}
