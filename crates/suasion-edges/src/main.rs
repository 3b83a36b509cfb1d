//! The `suasion-graph` program.

use std::process::ExitCode;

use clap::Parser;
use suasion_edges::cli::Request;

#[derive(Parser)]
#[command(name = "suasion-graph", version, after_help = Request::help("suasion-graph"))]
struct Program {
    #[command(flatten)]
    request: Request,
}

fn main() -> ExitCode {
    // Help, version and misuse end here, the last with clap's exit status 2, which is ours for it as well.
    let Program { request } = Program::parse();
    // Without Arrow, to be small.
    ExitCode::from(request.run(None))
}
