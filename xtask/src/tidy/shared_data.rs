//! Nothing of `../shared/data` is committed: those files are others', or too large.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Violation;
use super::sources::Sources;
use crate::{Failure, shared};

/// Files shorter than this are alike by chance.
const SHORTEST: u64 = 64;

pub(super) fn check(sources: &Sources, root: &Path) -> Result<Vec<Violation>, Failure> {
    let Some(shared) = shared::folder(root) else { return Ok(Vec::new()) };
    let mut by_length = BTreeMap::new();
    collect(&shared.join("data"), &mut by_length)?;
    let mut violations = Vec::new();
    for source in sources.all() {
        let path = root.join(&source.path);
        let candidates = by_length.get(&length(&path)?).map_or(&[][..], Vec::as_slice);
        if candidates.is_empty() {
            continue;
        }
        let bytes = read(&path)?;
        for candidate in candidates {
            if read(candidate)? == bytes {
                let original = candidate.strip_prefix(&shared).unwrap_or(candidate);
                violations.push(violation(&source.path, original));
                break;
            }
        }
    }
    Ok(violations)
}

fn violation(path: &str, original: &Path) -> Violation {
    Violation {
        path: path.to_owned(),
        line: 1,
        rule: "shared-data",
        what: format!("is a copy of ../shared/{}", original.display()),
        remedy: "read it from there in a test named `shared_…`, or derive a table from it".to_owned(),
    }
}

fn collect(folder: &Path, by_length: &mut BTreeMap<u64, Vec<PathBuf>>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(|error| could_not_read(folder, &error))? {
        let path = entry.map_err(|error| could_not_read(folder, &error))?.path();
        if path.is_dir() {
            collect(&path, by_length)?;
        } else if path.is_file() {
            let length = length(&path)?;
            if length >= SHORTEST {
                by_length.entry(length).or_default().push(path);
            }
        }
    }
    Ok(())
}

fn length(path: &Path) -> Result<u64, Failure> {
    fs::metadata(path).map(|metadata| metadata.len()).map_err(|error| could_not_read(path, &error))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| could_not_read(path, &error))
}

fn could_not_read(path: &Path, error: &std::io::Error) -> Failure {
    Failure::CouldNot(format!("read {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_caught_and_a_small_or_different_file_is_not() {
        let folder = std::env::temp_dir().join(format!("xtask-shared-data-{}", std::process::id()));
        let root = folder.join("main");
        let long = "a,b\n1,2\n".repeat(20);
        let changed = long.replacen('1', "3", 1);
        fs::create_dir_all(root.join("cases")).unwrap();
        fs::create_dir_all(folder.join("shared/data/deep")).unwrap();
        for (path, text) in [
            ("shared/data/deep/long.csv", long.as_str()),
            ("shared/data/short.csv", "a\n"),
            ("main/cases/copy.csv", long.as_str()),
            ("main/cases/changed.csv", changed.as_str()),
            ("main/cases/short.csv", "a\n"),
        ] {
            fs::write(folder.join(path), text).unwrap();
        }
        let paths = ["cases/copy.csv", "cases/changed.csv", "cases/short.csv"];
        let outcome = check(&Sources::of(&paths.map(|path| (path, ""))), &root);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(outcome, Ok(vec![violation("cases/copy.csv", Path::new("data/deep/long.csv"))]));
    }
}
