//! The `suasion` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    suasion::cli::main()
}
