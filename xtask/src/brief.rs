//! `cargo xtask brief`: the briefs as a reader's browser shows them.
//!
//! `tests/brief/check.mjs` opens each brief in Debian's Chromium, and holds the findings beside it against their schema.
//! It runs in `target/brief`, so that nothing is installed or written beside the sources. A brief that passed is not
//! looked at again until it, the check or the browser changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm::{self, failed};
use crate::{Failure, command, shared, tools};

/// The release of Node that the check is written for, and all later ones.
const NODE: u32 = 20;

/// What the check is made of, in `tests/brief`.
const CHECK: [&str; 3] = ["check.mjs", "package.json", npm::LOCKFILE];

/// The folder that the tests write the brief of hostile texts into.
const VARIABLE: &str = "SUASION_BRIEFS";

/// The test that writes it.
const HOSTILE_TEST: &str = "the_briefs_of_the_tests_can_be_looked_at";

/// Node, and a browser with fonts that a reader may have: installed where they are missing, or named in one line.
pub(crate) fn need_tools() -> Result<(), Failure> {
    let version = command::output(Command::new("node").arg("--version")).unwrap_or_default();
    if major(&version).is_none_or(|major| major < NODE) {
        let found = if version.is_empty() { "none" } else { version.trim() };
        return Err(Failure::CouldNot(format!(
            "find Node {NODE} or newer ({found} found): see https://nodejs.org"
        )));
    }
    tools::need("npm", &["npm"])?;
    tools::need("chromium", &["chromium", "fonts-liberation"])
}

/// Makes the briefs anew, and looks at those that have changed.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    need_tools()?;
    let folder = root.join("target/brief");
    npm::install(&root.join("tests/brief"), &CHECK[..1], &folder)?;
    let cases = of_cases(root, &folder)?;
    let hostile = of_hostile_texts(root, &folder)?;

    let schema = root.join("docs/findings.schema.json");
    let stamp = stamp(&folder, cases.iter().chain(&hostile).chain([&schema]))?;
    let passed = folder.join("passed");
    if fs::read(&passed).is_ok_and(|before| before == stamp) {
        println!("brief: {} files are as they were when they passed", cases.len() + hostile.len());
        return Ok(());
    }
    let chromium = command::output(Command::new("sh").args(["-c", "command -v chromium"]))?;
    let mut check = Command::new("node");
    check
        .current_dir(&folder)
        .env("CHROMIUM", chromium.trim())
        .env("SCHEMA", &schema)
        .arg(CHECK[0])
        .args(&cases)
        .arg("--edge")
        .args(&hostile);
    command::run(&mut check)?;
    fs::write(&passed, stamp).map_err(|error| failed("write", &passed, &error))
}

/// Derives the tables of a case that may not be committed; says whether they are there.
fn derive_tables(root: &Path, case: &Path) -> Result<bool, Failure> {
    let script = case.join("derive.py");
    let has_tables = entries(case)?.iter().any(|path| path.extension().is_some_and(|end| end == "csv"));
    if has_tables || !script.is_file() {
        return Ok(true);
    }
    let Some(shared) = shared::folder(root) else { return Ok(false) };
    command::run(Command::new("python3").arg(script).arg(shared.join("data")))?;
    Ok(true)
}

/// Runs every case that has a strategy, on a copy of it.
fn of_cases(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let copies = folder.join("cases");
    let _ = fs::remove_dir_all(&copies);
    let mut briefs = Vec::new();
    for case in folders(&root.join("cases"))? {
        if !case.join("strategy.toml").is_file() {
            continue;
        }
        let copy = copies.join(case.file_name().unwrap_or_default());
        fs::create_dir_all(&copy).map_err(|error| failed("make", &copy, &error))?;
        for file in entries(&case)?.into_iter().filter(|path| path.is_file()) {
            let to = copy.join(file.file_name().unwrap_or_default());
            fs::copy(&file, to).map_err(|error| failed("copy", &file, &error))?;
        }
        if !derive_tables(root, &copy)? {
            println!("brief: {} needs ../shared/data, and is left out", copy.display());
            continue;
        }
        let arguments = ["run", "--quiet", "--locked", "--bin", "suasion", "--", "run", "--quiet"];
        let mut suasion = command::cargo(root, &arguments);
        suasion.arg(&copy).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let brief = copy.join(".suasion/brief.html");
        // A strategy of the public record may be in error: what rests on that is withheld, and the brief says so.
        match command::pass_on(&mut suasion) {
            Ok(()) => {}
            Err(Failure::Found(_)) if brief.is_file() => {}
            Err(failure) => return Err(failure),
        }
        briefs.push(brief);
    }
    Ok(briefs)
}

/// Has a test write the brief in which every text tries to break out.
fn of_hostile_texts(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let briefs = folder.join("tests");
    let _ = fs::remove_dir_all(&briefs);
    fs::create_dir_all(&briefs).map_err(|error| failed("make", &briefs, &error))?;
    let mut test =
        command::cargo(root, &["test", "--quiet", "--locked", "-p", "suasion", "--test", "it", HOSTILE_TEST]);
    command::run(test.env(VARIABLE, &briefs).stdout(std::process::Stdio::null()))?;
    let briefs = entries(&briefs)?;
    if briefs.is_empty() {
        return Err(Failure::CouldNot(format!("find a brief that the test {HOSTILE_TEST} wrote")));
    }
    Ok(briefs)
}

/// All that the outcome of the check depends on.
fn stamp<'a>(folder: &Path, briefs: impl Iterator<Item = &'a PathBuf>) -> Result<Vec<u8>, Failure> {
    let mut stamp = command::output(Command::new("chromium").arg("--version"))?.into_bytes();
    for path in CHECK.iter().map(|name| folder.join(name)).chain(briefs.cloned()) {
        stamp.extend(fs::read(&path).map_err(|error| failed("read", &path, &error))?);
    }
    Ok(stamp)
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| failed("read", folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

/// The first number of a version: 20 of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major(""), None);
    }
}
