//! `cargo xtask suite`: the prose tests of `tests/suite` alone, and the rewriting of their expectations.

use std::path::Path;

use crate::{Failure, command};

/// Runs the suite; with `update`, what comes out becomes what is expected, to be reviewed as a diff.
pub(crate) fn run(root: &Path, update: bool) -> Result<(), Failure> {
    let mut suite = command::cargo(root, &["test", "--locked", "-p", "suasion", "--test", "it", "suite"]);
    if update {
        suite.env("SUASION_UPDATE", "1");
    }
    command::run(&mut suite)
}
