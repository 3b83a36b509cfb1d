//! A workspace in a temporary folder, and what every test checks of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use suasion_model::receipt::Receipt;
use suasion_model::strategy::Dataset;
use suasion_model::{Source, Strategy};
use suasion_store::{IngestError, Ingested, Store};

pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("written");
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(self.folder.path()).await.expect("opened")
    }

    /// Imports, and makes sure that the receipt balances and that the dropped rows are where it says.
    pub(crate) async fn ingest(&self, dataset: &Dataset) -> Result<Ingested, IngestError> {
        let ingested = self.store().await.ingest(dataset, &|_| {}).await;
        if let Ok(ingested) = &ingested {
            self.check(ingested.receipt());
        }
        ingested
    }

    pub(crate) async fn new_receipt(&self, dataset: &Dataset) -> Receipt {
        match self.ingest(dataset).await.expect("imported") {
            Ingested::New(receipt) => receipt,
            Ingested::AlreadyThere(receipt) => panic!("it was there already: {receipt:?}"),
        }
    }

    pub(crate) async fn codes(&self, dataset: &Dataset) -> Vec<&'static str> {
        match self.ingest(dataset).await {
            Err(IngestError::Input(found)) => found.iter().map(|one| one.code).collect(),
            other => panic!("the input is at fault: {other:?}"),
        }
    }

    fn check(&self, receipt: &Receipt) {
        assert!(receipt.balances(), "read = kept + dropped: {receipt:?}");
        let listed = receipt.dropped_file.as_ref().map_or(0, |file| {
            let text = fs::read(self.path(file)).expect("the dropped rows are kept aside");
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&text[..]);
            reader.records().count() as u64
        });
        assert_eq!(listed, receipt.dropped(), "every dropped row is listed");
    }

    /// The answer to a query, as JSON.
    pub(crate) async fn json(&self, query: &str) -> String {
        let answer = self.store().await.sql(query).await.expect("answered");
        answer.to_json().expect("printed")
    }

    /// Every file below `.suasion` but the lock, with its bytes.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(".suasion"), &mut files);
        files.retain(|path, _| !path.ends_with("lock"));
        files
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), fs::read(&path).expect("read"));
        }
    }
}

/// A dataset of a table, with its file, its columns as TOML writes them, and further keys.
pub(crate) fn dataset(id: &str, table: &str, file: &str, columns: &str, more: &str) -> Dataset {
    let format = file.rsplit('.').next().unwrap_or_default();
    let text = format!(
        "[[dataset]]\nid = \"{id}\"\ntable = \"{table}\"\nformat = \"{format}\"\npath = \"{file}\"\n\
         columns = {{ {columns} }}\nsource = \"s\"\nlicence = \"l\"\n{more}\n"
    );
    let (strategy, _) = Strategy::parse(&Source::new("strategy.toml", text));
    strategy.datasets.into_iter().next().expect("a dataset")
}

pub(crate) fn observations(id: &str, file: &str) -> Dataset {
    dataset(id, "observations", file, "unit = \"u\", period = \"p\", value = \"v\"", "")
}
