//! The data beside the repository, `../shared/data`, which are too large or not ours to commit.
//!
//! Tests that need them are `#[test]` functions whose names start with `shared_`. They read the folder `../shared`
//! from the variable [`VARIABLE`], and print that they are skipped when it is not set.

use std::path::{Path, PathBuf};

use crate::tidy::{Sources, tests_named};

/// Holds the absolute path of `../shared` while the tests run.
pub(crate) const VARIABLE: &str = "SUASION_SHARED";

/// The folder `shared` beside the repository, if its `data` are there.
pub(crate) fn folder(root: &Path) -> Option<PathBuf> {
    let folder = root.parent()?.join("shared");
    folder.join("data").is_dir().then_some(folder)
}

/// The tests that cannot run without the shared data, by name.
pub(crate) fn tests(sources: &Sources) -> Vec<String> {
    let mut names: Vec<String> =
        sources.rust().flat_map(|source| tests_named(&source.views.code, "shared_")).collect();
    names.sort();
    names
}
