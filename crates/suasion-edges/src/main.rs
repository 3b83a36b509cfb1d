//! The `suasion-graph` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    suasion_edges::cli::main()
}
