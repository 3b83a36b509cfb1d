//! `cargo xtask demo`: the worked case, from strategy and evidence to findings and brief.

use std::path::Path;
use std::process::Stdio;

use crate::{Failure, command, tools};

/// The case that the demo runs.
const CASE: &str = "cases/london-2012";

/// Builds `suasion` in the development profile, which `cargo xtask test` shares, and runs it on [`CASE`].
pub(crate) fn run(root: &Path, quiet: bool) -> Result<(), Failure> {
    tools::need_c_compiler()?;
    if !quiet {
        println!("building suasion; a first build compiles DataFusion and takes minutes");
    }
    command::run(&mut command::cargo(root, &["build", "--locked", "--bin", "suasion"]))?;
    let mut suasion =
        command::cargo(root, &["run", "--quiet", "--locked", "--bin", "suasion", "--", "run", CASE]);
    if quiet {
        suasion.stdout(Stdio::null());
    } else {
        println!("suasion run {CASE}\n");
    }
    command::pass_on(&mut suasion)
}
