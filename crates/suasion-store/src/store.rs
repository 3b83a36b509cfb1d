//! The store of a workspace: what comes in, what there is, and answers.
//!
//! Everything lives in `<workspace>/.suasion`: `tables/<name>` (Delta), `dropped/` and `lock`. An import reads its
//! file before it takes the lock; under the lock it writes the new files, and then makes one commit, which is the
//! moment at which the import is there. Files that no commit names are swept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{fs, io};

use bytes::Bytes;
use datafusion::prelude::{col, lit};
use suasion_model::evidence::{self, TableSpec};
use suasion_model::plan::{Inputs, Select, Table, TableRequest};
use suasion_model::receipt::Receipt;
use suasion_model::strategy::Dataset;
use suasion_model::table::Origin;
use suasion_model::{Diagnostic, data_rules};

use crate::admit::{Admission, First, Refusal, admit};
use crate::delta::{self, NewFile};
use crate::error::{Error, IngestError};
use crate::fetch;
use crate::files::{digest, digest_of_all, dropped_rows, write_bytes, write_rows};
use crate::lock::{self, Lock};
use crate::log::{Commit, commits, current};
use crate::mapping::{check, resolve};
use crate::read::{RawFile, header, shown};
use crate::sql::{self, QueryResult};
use crate::sweep::{DATA_FILE, sweep};
use crate::tables::DATASET;

/// Raised when the same file would be read into other rows than before: imports of older readers are then made anew.
const READER: &str = "1";

/// The evidence of one workspace.
#[derive(Debug, Clone)]
pub struct Store {
    workspace: PathBuf,
    /// How many imports of this store are being finished.
    finishing: Arc<AtomicUsize>,
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Reading a file of so many bytes.
    Reading {
        /// Its length.
        bytes: u64,
    },
    /// Another process is importing: waiting for it.
    Waiting,
    /// Writing so many rows.
    Writing {
        /// How many.
        rows: u64,
    },
}

/// What became of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ingested {
    /// Its rows came in.
    New(Receipt),
    /// They were there already, and nothing was changed.
    AlreadyThere(Receipt),
}

impl Ingested {
    /// The receipt of the rows that are there now.
    pub fn receipt(&self) -> &Receipt {
        match self {
            Self::New(receipt) | Self::AlreadyThere(receipt) => receipt,
        }
    }
}

impl Store {
    /// The store of the folder that holds `strategy.toml`. Nothing is made before the first import.
    #[expect(clippy::unused_async, reason = "stores in other places will have to be asked")]
    pub async fn open(workspace: &Path) -> Result<Self, Error> {
        let workspace = fs::canonicalize(workspace)
            .map_err(|source| Error::Read { path: workspace.to_path_buf(), source })?;
        let folder = workspace.join(".suasion");
        if folder.exists() && !folder.is_dir() {
            return Err(Error::NotAFolder { path: folder });
        }
        Ok(Self { workspace, finishing: Arc::default() })
    }

    /// Imports one dataset: whole or not at all, and once however often it is asked for. It replaces the rows that
    /// the dataset had. Where the future is dropped, the import is either there or leaves nothing behind that
    /// [`Store::sweep_unfinished`] does not remove.
    pub async fn ingest(
        &self,
        dataset: &Dataset,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Ingested, IngestError> {
        let spec = check(dataset).map_err(IngestError::Input)?;
        // On a thread for blocking work: a slow disk or a pipe must not hold up whoever drops this future.
        let read = {
            let (store, dataset) = (self.clone(), dataset.clone());
            tokio::task::spawn_blocking(move || store.read(&dataset).map(|bytes| (digest(&bytes), bytes)))
        };
        let (file_digest, bytes) = read.await.map_err(|_| Error::GivenUp)??;
        progress(Progress::Reading { bytes: bytes.len() as u64 });
        let import = import_digest(dataset, spec, &file_digest);
        if let Some(receipt) = there(&commits(&self.table(spec))?, &dataset.id.value, &import) {
            return Ok(Ingested::AlreadyThere(receipt));
        }
        let read = {
            let (dataset, import) = (dataset.clone(), import.clone());
            tokio::task::spawn_blocking(move || prepare(&dataset, spec, &bytes, &import))
        };
        let (admission, dropped) = read.await.map_err(|_| Error::GivenUp)??;
        let dropped_file = (!dropped.is_empty())
            .then(|| format!(".suasion/dropped/{}-{}.csv", plain_name(&dataset.id.value), &import[..12]));
        let receipt = Receipt {
            dataset: dataset.id.value.clone(),
            table: spec.name.to_string(),
            path: dataset.path.value.clone(),
            digest: file_digest,
            source: dataset.source.value.clone(),
            licence: dataset.terms().to_string(),
            rows_read: admission.rows_read,
            rows_kept: admission.batch.num_rows() as u64,
            rows_dropped: admission.by_reason(),
            dropped_file,
            program: concat!("suasion-store ", env!("CARGO_PKG_VERSION")).to_string(),
        };
        let lock = lock::take(&self.folder(), || progress(Progress::Waiting)).await?;
        progress(Progress::Writing { rows: receipt.rows_kept });
        let given_up = GivenUp(Arc::new(AtomicBool::new(false)));
        let finish = Finish {
            store: self.clone(),
            spec,
            admission,
            dropped,
            import,
            receipt,
            given_up: given_up.0.clone(),
            _busy: Busy::new(&self.finishing),
        };
        // On its own, so that a dropped future cannot let the lock go while a commit is under way.
        tokio::spawn(finish.run(lock)).await.map_err(|_| Error::GivenUp)?.map_err(IngestError::Failure)
    }

    /// The receipt of every dataset that has rows, sorted by dataset, then table.
    #[expect(clippy::unused_async, reason = "stores in other places will have to be asked")]
    pub async fn receipts(&self) -> Result<Vec<Receipt>, Error> {
        let mut receipts = Vec::new();
        for spec in evidence::all() {
            let commits = commits(&self.table(spec))?;
            let mut datasets: Vec<&str> = commits
                .iter()
                .filter_map(|commit| commit.import.as_ref())
                .map(|(_, receipt)| receipt.dataset.as_str())
                .collect();
            datasets.sort_unstable();
            datasets.dedup();
            receipts.extend(
                datasets
                    .into_iter()
                    .filter_map(|dataset| current(&commits, dataset))
                    .map(|one| one.1.clone()),
            );
        }
        receipts.sort_by(|a, b| (&a.dataset, &a.table).cmp(&(&b.dataset, &b.table)));
        Ok(receipts)
    }

    /// Whether the rows that a dataset has came in as the strategy declares it now. What its file holds now is not looked
    /// at.
    #[expect(clippy::unused_async, reason = "stores in other places will have to be asked")]
    pub async fn is_as_declared(&self, dataset: &Dataset) -> Result<bool, Error> {
        let Some(spec) = evidence::of(dataset.table.value) else { return Ok(false) };
        let commits = commits(&self.table(spec))?;
        let known = current(&commits, &dataset.id.value);
        Ok(known.is_some_and(|(import, receipt)| *import == import_digest(dataset, spec, &receipt.digest)))
    }

    /// The rows that a plan asks for, of each table at one version.
    pub async fn fetch(&self, plan: &[TableRequest]) -> Result<Inputs, Error> {
        let mut inputs = Inputs::default();
        let session = sql::session();
        let mut logs = std::collections::BTreeMap::new();
        for request in plan {
            let name = match request.select {
                Select::Observations { .. } => "observations",
                Select::Flows { .. } => "flows",
                Select::Interactions => "interactions",
                Select::Actors => "actors",
            };
            let missing = || self.missing(&request.dataset, name);
            let spec = evidence::all().into_iter().find(|spec| spec.name == name).ok_or_else(missing)?;
            if !logs.contains_key(name) {
                let commits = commits(&self.table(spec))?;
                let version = commits.last().ok_or_else(missing)?.version;
                delta::register(&session, &self.table(spec), spec, version).await?;
                logs.insert(name, (version, commits));
            }
            let (version, commits) = &logs[name];
            let (_, receipt) = current(commits, &request.dataset).ok_or_else(missing)?;
            let failed = |source| Error::ReadTable { table: name.to_string(), source };
            let rows = session.table(name).await.map_err(failed)?;
            let rows = rows.filter(col(DATASET).eq(lit(request.dataset.as_str()))).map_err(failed)?;
            let batches = rows.collect().await.map_err(failed)?;
            let origin = Origin {
                dataset: request.dataset.clone(),
                table: name.to_string(),
                version: *version,
                digest: receipt.digest.clone(),
                rows: 0,
            };
            let table = match &request.select {
                Select::Observations { code } => {
                    Table::Observations(fetch::observations(&batches, code.as_deref(), origin)?)
                }
                Select::Flows { period, kind } => {
                    Table::Flows(fetch::flows(&batches, *period, kind.as_deref(), origin)?)
                }
                Select::Interactions => Table::Interactions(fetch::interactions(&batches, origin)?),
                Select::Actors => Table::Actors(fetch::actors(&batches, origin)?),
            };
            inputs.insert(request.clone(), table);
        }
        Ok(inputs)
    }

    /// Answers one SELECT, EXPLAIN, SHOW or DESCRIBE over the tables there are. Nothing else is run.
    pub async fn sql(&self, query: &str) -> Result<QueryResult, Error> {
        let session = sql::session();
        for spec in evidence::all() {
            if let Some(last) = commits(&self.table(spec))?.last() {
                delta::register(&session, &self.table(spec), spec, last.version).await?;
            }
        }
        sql::ask(&session, query).await
    }

    /// Removes what unfinished imports left, once no import of this store is under way; what was removed, sorted.
    /// While another process imports, nothing is removed: its files could not be told from those left behind.
    pub async fn sweep_unfinished(&self) -> Result<Vec<PathBuf>, Error> {
        while self.finishing.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(lock::PATIENCE).await;
        }
        if !self.folder().exists() {
            return Ok(Vec::new());
        }
        let Some(_lock) = lock::take_if_free(&self.folder())? else { return Ok(Vec::new()) };
        sweep(&self.folder())
    }

    /// Why a dataset is not in the table that is asked for.
    fn missing(&self, dataset: &str, needed: &'static str) -> Error {
        let has = |spec: &&&'static TableSpec| {
            commits(&self.table(spec)).is_ok_and(|commits| current(&commits, dataset).is_some())
        };
        let dataset = dataset.to_string();
        match evidence::all().iter().find(has) {
            Some(spec) if spec.name != needed => Error::OtherTable { dataset, needed, there: spec.name },
            _ => Error::NotImported { dataset },
        }
    }

    fn folder(&self) -> PathBuf {
        self.workspace.join(".suasion")
    }

    fn table(&self, spec: &TableSpec) -> PathBuf {
        self.folder().join("tables").join(spec.name)
    }

    fn read(&self, dataset: &Dataset) -> Result<Bytes, IngestError> {
        let name = dataset.path.value.as_str();
        let path = self.workspace.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
                ) =>
            {
                let found = if path.is_dir() { "this is a folder: " } else { "looked for " };
                Err(IngestError::Input(vec![
                    data_rules::MISSING_FILE
                        .at(format!("there is no file `{name}`"), dataset.path.span)
                        .label(format!("{found}{}", path.display()))
                        .hint("paths are relative to the strategy: fetch the file, or mend the path"),
                ]))
            }
            Err(source) => Err(IngestError::Failure(Error::Read { path, source })),
        }
    }
}

/// Tells the finishing task that nobody waits for it any more.
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// The part of an import that happens under the lock.
struct Finish {
    store: Store,
    spec: &'static TableSpec,
    admission: Admission,
    dropped: Vec<u8>,
    import: String,
    receipt: Receipt,
    given_up: Arc<AtomicBool>,
    _busy: Busy,
}

/// Counts an import that is being finished.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(finishing: &Arc<AtomicUsize>) -> Self {
        finishing.fetch_add(1, Ordering::SeqCst);
        Self(finishing.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Finish {
    async fn run(self, _lock: Lock) -> Result<Ingested, Error> {
        sweep(&self.store.folder())?;
        let table = self.store.table(self.spec);
        let before = commits(&table)?;
        if let Some(receipt) = there(&before, &self.receipt.dataset, &self.import) {
            return Ok(Ingested::AlreadyThere(receipt));
        }
        let version = before.last().map(|commit| commit.version);
        let committed = self.write_and_commit(&table, version).await;
        if committed.is_err() {
            // What this import wrote is named by no commit now; if the sweep fails too, the next import sweeps.
            let _ = sweep(&self.store.folder());
        }
        committed.map(|()| Ingested::New(self.receipt))
    }

    async fn write_and_commit(&self, table: &Path, version: Option<u64>) -> Result<(), Error> {
        if let Some(path) = &self.receipt.dropped_file {
            write_bytes(&self.store.workspace.join(path), &self.dropped)?;
        }
        let next = version.map_or(0, |version| version + 1);
        let name = format!("{DATA_FILE}{next:020}-{}.parquet", &self.import[..12]);
        let path = table.join(&name);
        let size = write_rows(&path, &self.admission.batch)?;
        let file = NewFile { name, size, rows: self.receipt.rows_kept, modified: modified(&path)? };
        if self.given_up.load(Ordering::SeqCst) {
            return Err(Error::GivenUp);
        }
        delta::replace(table, self.spec, version, file, &self.import, &self.receipt).await
    }
}

fn modified(path: &Path) -> Result<i64, Error> {
    let failed = |source| Error::Read { path: path.to_path_buf(), source };
    let time = fs::metadata(path).and_then(|metadata| metadata.modified()).map_err(failed)?;
    Ok(time.duration_since(std::time::UNIX_EPOCH).map_or(0, |age| age.as_millis() as i64))
}

fn there(commits: &[Commit], dataset: &str, import: &str) -> Option<Receipt> {
    current(commits, dataset).filter(|(known, _)| known == import).map(|(_, receipt)| receipt.clone())
}

/// Reads a file; everything that is wrong with it, or its rows and those dropped.
fn prepare(
    dataset: &Dataset,
    spec: &TableSpec,
    bytes: &Bytes,
    import: &str,
) -> Result<(Admission, Vec<u8>), IngestError> {
    let file = RawFile { name: &dataset.path.value, bytes };
    let format = dataset.format.value;
    let input = |one: Box<Diagnostic>| IngestError::Input(vec![*one]);
    let names = header(format, file).map_err(input)?;
    let mapping = resolve(spec, dataset, &names).map_err(IngestError::Input)?;
    let admission = admit(format, file, spec, &mapping, import).map_err(|refusal| match refusal {
        Refusal::Input(one) => input(one),
        Refusal::Failure(error) => IngestError::Failure(error),
    })?;
    if admission.batch.num_rows() == 0 {
        return Err(input(no_rows(file.name, &admission)));
    }
    if admission.dropped.is_empty() {
        return Ok((admission, Vec::new()));
    }
    let dropped = dropped_rows(format, file, &admission.dropped).map_err(input)?;
    Ok((admission, dropped))
}

fn no_rows(name: &str, admission: &Admission) -> Box<Diagnostic> {
    if admission.rows_read == 0 {
        return data_rules::EMPTY_FILE
            .in_file(format!("{name} has a header and no rows"), name, None)
            .hint("fetch the file again")
            .into();
    }
    let reasons: Vec<String> = admission
        .by_reason()
        .into_iter()
        .map(|(reason, n)| match admission.firsts.get(reason.as_str()) {
            Some(First { line, value: Some(value) }) => {
                format!("{n} {reason} (first in line {line}: {})", shown(value))
            }
            Some(First { line, value: None }) => format!("{n} {reason} (first in line {line})"),
            None => format!("{n} {reason}"),
        })
        .collect();
    let line = admission.firsts.values().map(|first| first.line).min();
    data_rules::NO_USABLE_ROWS
        .in_file(format!("no row of {name} could be read"), name, line)
        .label(match admission.rows_read {
            1 => format!("1 row: {}", reasons.join(", ")),
            several => format!("{several} rows: {}", reasons.join(", ")),
        })
        .reason("nothing was imported, and what was there before is unchanged")
        .hint(how_to_write(&admission.by_reason()))
        .into()
}

/// How a file should write what could not be read.
fn how_to_write(reasons: &BTreeMap<String, u64>) -> String {
    let hints = [
        (
            &data_rules::NOT_A_NUMBER,
            "numbers have a point for decimals and nothing between thousands: 1204332.5",
        ),
        (&data_rules::NOT_A_PERIOD, "periods are written 2012, 2012-02 or 2012-02-01"),
    ];
    let mut all = vec!["see whether `columns` names the right columns"];
    all.extend(hints.iter().filter(|(reason, _)| reasons.contains_key(reason.code)).map(|(_, hint)| *hint));
    all.join("; ")
}

/// What an import is known by: all that decides which rows it gives, and what its receipt says of them.
fn import_digest(dataset: &Dataset, spec: &TableSpec, file_digest: &str) -> String {
    let mut columns: Vec<(&str, &str)> = dataset
        .columns
        .iter()
        .map(|column| (column.ours.value.as_str(), column.theirs.value.as_str()))
        .collect();
    columns.sort_unstable();
    let unit = dataset.unit.as_ref().map_or("", |unit| unit.value.as_str());
    let head = [
        READER,
        dataset.id.value.as_str(),
        spec.name,
        dataset.path.value.as_str(),
        dataset.format.value.word(),
        file_digest,
        unit,
        dataset.source.value.as_str(),
        dataset.terms(),
    ];
    digest_of_all(head.into_iter().chain(columns.into_iter().flat_map(|(ours, theirs)| [ours, theirs])))
}

/// A name without what a file name may not hold.
fn plain_name(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' }).collect()
}
