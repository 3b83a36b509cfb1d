//! What a table's commits say: which files they added, and with which receipt.
//!
//! The log is read as it stands, every entry from the first: receipts are never expired, and whoever sweeps must know
//! every file that any version names. An entry that cannot be read is an error, never an absence.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use suasion_model::receipt::Receipt;

use crate::error::Error;

/// The key of the receipt in a commit.
pub(crate) const RECEIPT: &str = "suasion.receipt";
/// The key of the import's digest in a commit.
pub(crate) const IMPORT: &str = "suasion.import";

/// One commit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Commit {
    /// The version that it made.
    pub(crate) version: u64,
    /// The files that it added.
    pub(crate) files: BTreeSet<String>,
    /// The import that it is of, with its receipt.
    pub(crate) import: Option<(String, Receipt)>,
}

/// Every commit of a table in order; none where there is no table.
pub(crate) fn commits(table: &Path) -> Result<Vec<Commit>, Error> {
    let folder = table.join("_delta_log");
    let unreadable = |source| Error::Read { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(unreadable(source)),
    };
    let mut versions = Vec::new();
    for entry in entries {
        let name = entry.map_err(unreadable)?.file_name();
        let version =
            name.to_str().and_then(|name| name.strip_suffix(".json")).filter(|name| name.len() == 20);
        versions.extend(version.and_then(|version| version.parse::<u64>().ok()));
    }
    versions.sort_unstable();
    let mut all = Vec::with_capacity(versions.len());
    for (expected, version) in versions.into_iter().enumerate() {
        if version != expected as u64 {
            let path = entry_path(&folder, expected as u64);
            return Err(Error::DamagedLog { path, what: "it is missing".to_string() });
        }
        all.push(read(&folder, version)?);
    }
    Ok(all)
}

/// The latest import of a dataset.
pub(crate) fn current<'c>(commits: &'c [Commit], dataset: &str) -> Option<&'c (String, Receipt)> {
    commits
        .iter()
        .rev()
        .filter_map(|commit| commit.import.as_ref())
        .find(|(_, receipt)| receipt.dataset == dataset)
}

fn entry_path(folder: &Path, version: u64) -> std::path::PathBuf {
    folder.join(format!("{version:020}.json"))
}

fn read(folder: &Path, version: u64) -> Result<Commit, Error> {
    let path = entry_path(folder, version);
    let damaged = |what: String| Error::DamagedLog { path: path.clone(), what };
    let text = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
    let mut commit = Commit { version, files: BTreeSet::new(), import: None };
    let mut actions = 0;
    for line in text.lines().filter(|line| !line.trim_ascii().is_empty()) {
        let action: Value = serde_json::from_str(line).map_err(|error| damaged(error.to_string()))?;
        actions += 1;
        if let Some(add) = action.get("add") {
            let file = add.get("path").and_then(Value::as_str);
            commit
                .files
                .insert(file.ok_or_else(|| damaged("a file without a path".to_string()))?.to_string());
        }
        let Some(info) = action.get("commitInfo") else { continue };
        if let (Some(receipt), Some(import)) = (info.get(RECEIPT), info.get(IMPORT).and_then(Value::as_str)) {
            let receipt =
                serde_json::from_value(receipt.clone()).map_err(|error| damaged(error.to_string()))?;
            commit.import = Some((import.to_string(), receipt));
        }
    }
    if actions == 0 {
        return Err(damaged("it is empty".to_string()));
    }
    Ok(commit)
}

#[cfg(test)]
mod tests {
    use super::{commits, current};
    use crate::error::Error;
    use crate::testing::{log_entry, receipt};

    #[test]
    fn the_latest_commit_of_a_dataset_has_its_receipt() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(commits(folder.path()).expect("no table").is_empty());
        log_entry(folder.path(), 0, "part-0.parquet", "A", &receipt("x"));
        log_entry(folder.path(), 1, "part-1.parquet", "B", &receipt("y"));
        log_entry(folder.path(), 2, "part-2.parquet", "C", &receipt("x"));
        let all = commits(folder.path()).expect("read");
        assert_eq!(all.len(), 3);
        assert_eq!(current(&all, "x").map(|(import, _)| import.as_str()), Some("C"));
        assert_eq!(current(&all, "y").map(|(import, _)| import.as_str()), Some("B"));
        assert!(current(&all, "z").is_none());
    }

    #[test]
    fn a_damaged_or_missing_entry_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        for version in 0..3 {
            log_entry(folder.path(), version, "part-0.parquet", "A", &receipt("x"));
        }
        let last = folder.path().join("_delta_log/00000000000000000002.json");
        let whole = std::fs::read(&last).expect("read");
        for damaged in [&b""[..], &whole[..whole.len() / 2], b"nonsense"] {
            std::fs::write(&last, damaged).expect("written");
            assert!(matches!(commits(folder.path()), Err(Error::DamagedLog { .. })));
        }
        std::fs::write(&last, &whole).expect("written");
        assert!(commits(folder.path()).is_ok());
        std::fs::remove_file(folder.path().join("_delta_log/00000000000000000001.json")).expect("removed");
        assert!(matches!(commits(folder.path()), Err(Error::DamagedLog { .. })));
    }
}
