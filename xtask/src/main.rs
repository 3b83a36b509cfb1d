//! The project's own commands: `cargo xtask demo`, `cargo xtask test` and what they are made of.
//!
//! Everything here is the standard library, so that the first command a newcomer types compiles in seconds.

mod bench;
mod brief;
mod command;
mod demo;
mod npm;
mod schema;
mod shared;
mod suite;
mod test;
mod tidy;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  demo [--quiet]    build suasion and run the worked case cases/london-2012
  test [--fix]      install what is missing, then run every check, lint and test
  tidy              check the house rules alone
  suite [--update]  run tests/suite alone; --update rewrites the expectations
  schema            hold the strategies against the JSON Schema, as an editor does
  brief             open the briefs in a browser, and check what readers see
  bench graph       run suasion-graph beside the packages to beat, and write docs/benchmarks.md;
                    --job NAME, which may be repeated, runs a row alone and writes nothing
  bench scale       build a graph file of 10^9 edges and run on it; --scale S takes 16 × 2^S, --folder DIR another
                    place than target/bench/scale, which needs 20 GB
  help              print this

exit status: 0 passed, 1 something was found wrong, 2 could not run; demo passes on that of suasion";

/// Why a command ended without success.
#[derive(Debug, PartialEq, Eq)]
enum Failure {
    /// A check found something wrong, which it has printed; the exit code.
    Found(u8),
    /// The command could not run; the text fits "failed to {text}".
    CouldNot(String),
    /// The command line is not one of those in [`USAGE`].
    Usage(String),
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Demo { quiet: bool },
    Test { fix: bool },
    Tidy,
    Suite { update: bool },
    Schema,
    Brief,
    BenchGraph { jobs: Vec<String> },
    BenchScale { arguments: Vec<String> },
    Help,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match parse(&arguments).and_then(|task| run(&task)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found(code)) => ExitCode::from(code),
        Err(Failure::CouldNot(what)) => {
            eprintln!("xtask: failed to {what}");
            ExitCode::from(2)
        }
        Err(Failure::Usage(what)) => {
            eprintln!("xtask: {what}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: &[&str]) -> Result<Task, Failure> {
    match arguments {
        ["demo"] => Ok(Task::Demo { quiet: false }),
        ["demo", "--quiet"] => Ok(Task::Demo { quiet: true }),
        ["test"] => Ok(Task::Test { fix: false }),
        ["test", "--fix"] => Ok(Task::Test { fix: true }),
        ["tidy"] => Ok(Task::Tidy),
        ["suite"] => Ok(Task::Suite { update: false }),
        ["suite", "--update"] => Ok(Task::Suite { update: true }),
        ["schema"] => Ok(Task::Schema),
        ["brief"] => Ok(Task::Brief),
        ["bench", "graph", rest @ ..] => Ok(Task::BenchGraph { jobs: jobs(rest)? }),
        ["bench", "scale", rest @ ..] => {
            Ok(Task::BenchScale { arguments: rest.iter().map(|&argument| argument.to_owned()).collect() })
        }
        ["help" | "--help" | "-h"] => Ok(Task::Help),
        [] => Err(Failure::Usage("which command?".to_owned())),
        [
            command @ ("demo" | "test" | "tidy" | "suite" | "schema" | "brief" | "bench" | "help"),
            rest @ ..,
        ] => Err(Failure::Usage(format!("`{command}` does not take `{}`", rest.join(" ")))),
        [unknown, ..] => Err(Failure::Usage(format!("there is no command `{unknown}`"))),
    }
}

/// The names after `--job`.
fn jobs(arguments: &[&str]) -> Result<Vec<String>, Failure> {
    let pair = |pair: &[&str]| match pair {
        ["--job", name] => Ok((*name).to_owned()),
        _ => Err(Failure::Usage(format!("`bench graph` does not take `{}`", pair.join(" ")))),
    };
    arguments.chunks(2).map(pair).collect()
}

fn run(task: &Task) -> Result<(), Failure> {
    let root = root();
    match task {
        Task::Demo { quiet } => demo::run(&root, *quiet),
        Task::Test { fix } => test::run(&root, *fix),
        Task::Tidy => tidy::run(&root),
        Task::Suite { update } => suite::run(&root, *update),
        Task::Schema => schema::run(&root),
        Task::Brief => brief::run(&root),
        Task::BenchGraph { jobs } => bench::graph(&root, jobs),
        Task::BenchScale { arguments } => {
            bench::scale::run(&root, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Task::Help => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

/// The repository, wherever in it the command was typed.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_of_the_usage_parse() {
        assert_eq!(parse(&["demo", "--quiet"]), Ok(Task::Demo { quiet: true }));
        assert_eq!(parse(&["test"]), Ok(Task::Test { fix: false }));
        assert_eq!(parse(&["suite", "--update"]), Ok(Task::Suite { update: true }));
        assert_eq!(parse(&["--help"]), Ok(Task::Help));
        let jobs = vec!["pagerank".to_owned()];
        assert_eq!(parse(&["bench", "graph", "--job", "pagerank"]), Ok(Task::BenchGraph { jobs }));
        assert_eq!(parse(&["bench", "graph"]), Ok(Task::BenchGraph { jobs: vec![] }));
    }

    #[test]
    fn what_is_not_in_the_usage_is_refused_by_name() {
        assert_eq!(parse(&["tets"]), Err(Failure::Usage("there is no command `tets`".to_owned())));
        assert_eq!(parse(&["tidy", "--fix"]), Err(Failure::Usage("`tidy` does not take `--fix`".to_owned())));
        let unnamed = Failure::Usage("`bench graph` does not take `--job`".to_owned());
        assert_eq!(parse(&["bench", "graph", "--job"]), Err(unnamed));
        assert_eq!(parse(&[]), Err(Failure::Usage("which command?".to_owned())));
    }
}
