//! The `suasion-graph` program.

use std::process::ExitCode;

use suasion_edges::cli;

fn main() -> ExitCode {
    // Help, version and misuse end here, the last with clap's exit status 2, which is ours for it as well.
    cli::run(&cli::command("suasion-graph").version(env!("CARGO_PKG_VERSION")).get_matches())
}
