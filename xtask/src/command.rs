//! Running other programs: cargo without the variables that `cargo run` sets, and commands printed as they are typed.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;

/// A cargo command in the repository's root.
///
/// `cargo run`, which started this program, describes the package `xtask` in `CARGO_PKG_*` and `CARGO_MANIFEST_*`.
/// Build scripts that watch those variables (ring's does) would run again after every change between
/// `cargo xtask test` and a plain `cargo test`; they are removed so that both share one cache.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let of_xtask = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME"
        });
        if of_xtask {
            command.env_remove(name);
        }
    }
    command.current_dir(root).args(arguments);
    command
}

/// Runs a check to its end; what it prints goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    pass_on(command).map_err(|failure| match failure {
        Failure::Found(_) => {
            eprintln!("xtask: this failed: {}", as_typed(command));
            Failure::Found(1)
        }
        other => other,
    })
}

/// Runs a program in this one's place: its exit code is ours.
pub(crate) fn pass_on(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| Failure::CouldNot(format!("start `{}`: {error}", as_typed(command))))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::Found(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// What a command prints to standard output, when it succeeds.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Failure::CouldNot(format!("start `{}`: {error}", as_typed(command))))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&output.stderr);
    Err(Failure::CouldNot(format!("run `{}`: {}\n{}", as_typed(command), output.status, why.trim_end())))
}

/// The command as one would type it, with the variables that it sets.
pub(crate) fn as_typed(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let set = command.get_envs().filter_map(|(name, value)| {
        value.map(|value| format!("{}={}", name.to_string_lossy(), value.to_string_lossy()))
    });
    let program = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args()).map(quoted);
    set.chain(words).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains(char::is_whitespace) {
        format!("'{word}'")
    } else {
        word.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_as_it_is_typed() {
        let mut command = Command::new("/opt/toolchain/bin/cargo");
        command
            .args(["doc", "--format", "{p} {f}"])
            .env("RUSTDOCFLAGS", "-Dwarnings")
            .env_remove("CARGO_PKG_NAME");
        assert_eq!(as_typed(&command), "RUSTDOCFLAGS=-Dwarnings cargo doc --format '{p} {f}'");
    }

    #[test]
    fn an_exit_code_is_passed_on_or_means_that_a_check_failed() {
        let mut command = Command::new("sh");
        command.args(["-c", "exit 7"]);
        assert_eq!(pass_on(&mut command), Err(Failure::Found(7)));
        assert_eq!(run(&mut command), Err(Failure::Found(1)));
    }
}
