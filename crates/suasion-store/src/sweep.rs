//! Removes what a killed import left: files of ours that no commit names. Whoever sweeps holds the lock.
//!
//! A file that any version names stays, old versions included. Where a log cannot be read, nothing is removed, for
//! then nobody knows what it names.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::files::UNFINISHED;
use crate::log::commits;
use suasion_model::evidence;

/// What the names of our data files begin with.
pub(crate) const DATA_FILE: &str = "part-";

/// Sweeps a store's folder; the files that were removed, sorted.
pub(crate) fn sweep(store: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut stray = Vec::new();
    let mut receipts = BTreeSet::new();
    let mut tables = Vec::new();
    for spec in evidence::all() {
        let folder = store.join("tables").join(spec.name);
        let mut named = BTreeSet::new();
        for commit in commits(&folder)? {
            named.extend(commit.files);
            receipts.extend(commit.import.and_then(|(_, receipt)| receipt.dropped_file));
        }
        stray.extend(files(&folder)?.into_iter().filter(|path| {
            let name = file_name(path);
            name.starts_with(DATA_FILE) && (name.ends_with(UNFINISHED) || !named.contains(name))
        }));
        tables.push(folder);
    }
    let dropped = store.join("dropped");
    let known = |name: &str| receipts.iter().any(|file| file.ends_with(&format!("/{name}")));
    stray.extend(files(&dropped)?.into_iter().filter(|path| {
        let name = file_name(path);
        name.ends_with(UNFINISHED) || !known(name)
    }));
    stray.sort();
    for path in &stray {
        fs::remove_file(path).map_err(|source| Error::Write { path: path.clone(), source })?;
    }
    for folder in tables.iter().flat_map(|folder| [folder.join("_delta_log"), folder.clone()]) {
        remove_empty(&folder)?;
    }
    remove_empty(&store.join("tables"))?;
    remove_empty(&dropped)?;
    Ok(stray)
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::Read { path: folder.to_path_buf(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if entry.file_type().map_err(failed)?.is_file() {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Removes a folder that holds nothing; one that holds something, or is not there, stays as it is.
fn remove_empty(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir(folder) {
        Ok(()) => Ok(()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
            Ok(())
        }
        Err(source) => Err(Error::Write { path: folder.to_path_buf(), source }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::sweep;
    use crate::testing::{log_entry, receipt};

    fn touch(path: &Path) {
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, "x").expect("written");
    }

    #[test]
    fn what_no_version_names_goes_and_the_rest_stays() {
        let store = tempfile::tempdir().expect("a folder");
        let table = store.path().join("tables/flows");
        let mut first = receipt("x");
        first.dropped_file = Some(".suasion/dropped/x-1.csv".to_string());
        log_entry(&table, 0, "part-0.parquet", "A", &first);
        log_entry(&table, 1, "part-1.parquet", "B", &receipt("x"));
        let stay = [
            "tables/flows/part-0.parquet",
            "tables/flows/part-1.parquet",
            "tables/flows/notes.txt",
            "dropped/x-1.csv",
        ];
        let go = [
            "tables/flows/part-2.parquet",
            "tables/flows/part-3.parquet.unfinished",
            "dropped/x-2.csv",
            "dropped/y-1.csv.unfinished",
            "tables/observations/part-0.parquet",
        ];
        for path in stay.iter().chain(&go) {
            touch(&store.path().join(path));
        }
        let mut expected: Vec<_> = go.iter().map(|path| store.path().join(path)).collect();
        expected.sort();
        assert_eq!(sweep(store.path()).expect("swept"), expected);
        assert!(stay.iter().all(|path| store.path().join(path).exists()));
        assert!(go.iter().all(|path| !store.path().join(path).exists()));
        assert!(!store.path().join("tables/observations").exists(), "nor its folder");
        assert!(sweep(store.path()).expect("swept").is_empty());
    }

    #[test]
    fn under_a_damaged_log_nothing_is_removed() {
        let store = tempfile::tempdir().expect("a folder");
        log_entry(&store.path().join("tables/observations"), 0, "part-0.parquet", "A", &receipt("x"));
        let stray = store.path().join("tables/flows/part-9.parquet");
        touch(&stray);
        fs::write(store.path().join("tables/observations/_delta_log/00000000000000000000.json"), "{")
            .expect("damaged");
        sweep(store.path()).expect_err("nobody knows what it names");
        assert!(stray.exists());
    }
}
