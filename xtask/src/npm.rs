//! Packages of npm that a check is made of: installed below `target`, from a lockfile, so that nothing is written beside
//! the sources.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Failure, command};

/// The file that says which packages are pinned.
pub(crate) const LOCKFILE: &str = "package-lock.json";

/// Copies files of a check and installs the packages that its lockfile pins, unless they are there.
pub(crate) fn install(from: &Path, files: &[&str], folder: &Path) -> Result<(), Failure> {
    let is_installed = folder.join("node_modules/.package-lock.json").is_file()
        && fs::read(folder.join(LOCKFILE)).ok() == fs::read(from.join(LOCKFILE)).ok();
    fs::create_dir_all(folder).map_err(|error| failed("make", folder, &error))?;
    for name in files.iter().chain(&["package.json", LOCKFILE]) {
        fs::copy(from.join(name), folder.join(name))
            .map_err(|error| failed("copy", &from.join(name), &error))?;
    }
    if is_installed {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
    command::run(&mut npm)
}

/// That a file could not be read, written or made.
pub(crate) fn failed(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::CouldNot(format!("{what} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checks_pin_what_they_install() {
        for (package, lockfile) in [
            (
                include_str!("../../tests/brief/package.json"),
                include_str!("../../tests/brief/package-lock.json"),
            ),
            (
                include_str!("../../tests/editor/package.json"),
                include_str!("../../tests/editor/package-lock.json"),
            ),
        ] {
            let (_, pinned) = package.split_once("\"devDependencies\"").expect("packages are pinned");
            for line in pinned.lines().filter(|line| line.contains("\": \"")) {
                assert!(lockfile.contains(line.trim().trim_end_matches(',')), "{line} is not what is locked");
                assert!(!line.contains(['^', '~', '*', '>']), "{line} is not pinned");
            }
        }
    }
}
