//! From a strategy's text to findings.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use suasion_model::diagnostic::{Diagnostic, Severity};
use suasion_model::finding::{Findings, Question, SCHEMA, StrategySummary};
use suasion_model::rules::{self, Report};
use suasion_model::theory::theory;
use suasion_model::{Coverage, Source, Standing, Strategy, data_rules};
use suasion_store::{IngestError, Ingested, Progress, Store};

/// A folder with a strategy in it.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder.
    pub folder: PathBuf,
    /// The strategy's text.
    pub source: Source,
    /// The strategy.
    pub strategy: Strategy,
    /// Everything wrong with it.
    pub report: Report,
    /// What of it can be answered all the same.
    pub standing: Standing,
}

/// Why a job ended without what was asked.
#[derive(Debug)]
pub enum Stop {
    /// Something is wrong with the input; nothing failed.
    Input(Vec<Diagnostic>),
    /// Something failed.
    Failure(anyhow::Error),
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failure(error)
    }
}

impl From<suasion_store::Error> for Stop {
    fn from(error: suasion_store::Error) -> Self {
        Self::Failure(FailedTo(error).into())
    }
}

/// An error of the store as it reads by itself: the store's own fit behind these words.
#[derive(Debug)]
struct FailedTo(suasion_store::Error);

impl std::fmt::Display for FailedTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "failed to {}", self.0)
    }
}

impl std::error::Error for FailedTo {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// The file of the strategy at a path: the path itself, or `strategy.toml` in the folder that it names.
pub fn strategy_file(path: &Path) -> PathBuf {
    match path {
        // In this folder, the file is called what the user calls it.
        folder if folder == Path::new(".") => PathBuf::from("strategy.toml"),
        folder if folder.is_dir() => folder.join("strategy.toml"),
        file => file.to_path_buf(),
    }
}

/// Reads the strategy at a path: the file itself, or the folder that holds `strategy.toml`.
pub fn open(path: &Path) -> anyhow::Result<Workspace> {
    let file = strategy_file(path);
    let bytes = std::fs::read(&file).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let hint = if missing { "; `suasion init` writes one to start from" } else { "" };
        anyhow::Error::new(error).context(format!("failed to read {}{hint}", file.display()))
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let read = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = read.split(|byte| *byte == b'\n').count();
        anyhow::anyhow!(
            "failed to read {}: line {line} holds what is not UTF-8; save the file as UTF-8",
            file.display()
        )
    })?;
    let folder = folder_of(&file);
    let source = Source::new(file.display().to_string(), text);
    let (strategy, report) = suasion_model::check(&source, None);
    let standing = Standing::new(&strategy, &report.diagnostics);
    Ok(Workspace { folder, source, strategy, report, standing })
}

/// The folder of a file.
fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// The store of a strategy, which need not be readable: `path` is the file, or the folder that holds it.
pub async fn store(path: &Path) -> Result<Store, Stop> {
    let folder = if path.is_file() { folder_of(path) } else { path.to_path_buf() };
    Ok(Store::open(&folder).await?)
}

/// What an import of several datasets came to.
#[derive(Debug, Default)]
pub struct Imports {
    /// The datasets that are there now.
    pub ingested: Vec<Ingested>,
    /// Those that the strategy is in error about, with the codes that say why.
    pub in_error: Vec<(String, Vec<&'static str>)>,
    /// Those whose files could not be brought in, with the codes that say why.
    pub failed: Vec<(String, Vec<&'static str>)>,
    /// Everything wrong with their files.
    pub problems: Vec<Diagnostic>,
}

impl Workspace {
    /// Where findings and briefs are written.
    pub fn output_folder(&self) -> PathBuf {
        self.folder.join(".suasion")
    }

    /// Whether anything at all can be answered: errors in the head of the strategy, or outside its sections, stop
    /// everything; others stop what rests on them.
    pub fn can_be_answered(&self) -> bool {
        self.standing.of_all().is_empty()
    }

    /// Lets no answer rest on datasets whose files could not be brought in; whether any is left that rests on evidence.
    pub fn go_without(&mut self, failed: &[(String, Vec<&'static str>)], questions: &[Question]) -> bool {
        for (id, codes) in failed {
            if let Some(dataset) = self.strategy.dataset(id) {
                for code in codes {
                    self.standing.lacks(dataset, code);
                }
            }
        }
        !suasion_analysis::plan(&self.strategy, &self.standing, questions).is_empty()
    }

    /// Checks the strategy again, against what the evidence covers.
    pub fn check_against(&mut self, coverage: &Coverage) {
        self.report = suasion_model::check(&self.source, Some(coverage)).1;
    }

    /// Whether the strategy has errors.
    pub fn has_errors(&self) -> bool {
        self.report.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether the program refuses to work on it.
    pub fn is_refused(&self) -> bool {
        let refuses =
            |diagnostic: &Diagnostic| rules::rule(diagnostic.code).is_some_and(rules::Rule::refuses);
        self.report.diagnostics.iter().any(refuses)
    }
}

/// What the evidence that was brought in covers, for the indicators that evaluations judge by. Nothing, and nothing is
/// made, where nothing was brought in.
pub async fn coverage(workspace: &Workspace) -> Result<Option<Coverage>, Stop> {
    if !workspace.output_folder().is_dir() {
        return Ok(None);
    }
    let mut coverage = Coverage::default();
    let store = Store::open(&workspace.folder).await?;
    let receipts = store.receipts().await?;
    let there: BTreeSet<&str> = receipts.iter().map(|receipt| receipt.dataset.as_str()).collect();
    let mut redeclared = BTreeSet::new();
    for dataset in workspace.strategy.datasets.iter().filter(|dataset| there.contains(dataset.id.as_str())) {
        if !store.is_as_declared(dataset).await? {
            redeclared.insert(dataset.id.as_str());
        }
    }
    for (indicator, request) in suasion_analysis::judged_series(&workspace.strategy) {
        if redeclared.contains(request.dataset.as_str()) {
            coverage.insert_redeclared(indicator, &request.dataset);
        } else if there.contains(request.dataset.as_str()) {
            let inputs = store.fetch(std::slice::from_ref(&request)).await?;
            if let Some(observations) = inputs.observations(&request) {
                coverage.insert(indicator, observations);
            }
        }
    }
    Ok(Some(coverage))
}

/// Imports the named datasets, or all. Every problem with any of them is reported; what could be imported stays, and
/// is reported too.
pub async fn ingest(
    workspace: &Workspace,
    store: &Store,
    only: &[String],
    progress: &(dyn Fn(&str, Progress) + Sync),
) -> Result<Imports, Stop> {
    let mut imports = Imports::default();
    for dataset in &workspace.strategy.datasets {
        let id = dataset.id.as_str();
        if !only.is_empty() && !only.iter().any(|name| name == id) {
            continue;
        }
        let codes = workspace.standing.of_dataset(dataset);
        if !codes.is_empty() {
            imports.in_error.push((id.to_string(), codes));
            continue;
        }
        match store.ingest(dataset, &|step| progress(id, step)).await {
            Ok(done) => imports.ingested.push(done),
            Err(IngestError::Input(problems)) => {
                let codes = problems.iter().map(|problem| problem.code).collect();
                imports.failed.push((id.to_string(), codes));
                imports.problems.extend(problems);
            }
            Err(IngestError::Failure(error)) => return Err(error.into()),
        }
    }
    Ok(imports)
}

/// Answers the questions from what the store holds.
pub async fn answer(workspace: &Workspace, store: &Store, questions: &[Question]) -> Result<Findings, Stop> {
    let receipts = store.receipts().await?;
    let mut standing = workspace.standing.clone();
    let asked = suasion_analysis::plan(&workspace.strategy, &standing, questions);
    for dataset in &workspace.strategy.datasets {
        let is_asked = asked.iter().any(|request| request.dataset == dataset.id.value);
        if is_asked && receipts.iter().all(|receipt| receipt.dataset != dataset.id.value) {
            standing.lacks(dataset, data_rules::NOT_BROUGHT_IN.code);
        }
    }
    let left = suasion_analysis::plan(&workspace.strategy, &standing, questions);
    // Where nothing is left to answer, the store says what to bring in.
    let requests = if left.is_empty() { asked } else { left };
    let inputs = store.fetch(&requests).await?;
    let used: Vec<&str> = requests.iter().map(|request| request.dataset.as_str()).collect();
    let imports = receipts.into_iter().filter(|receipt| used.contains(&receipt.dataset.as_str())).collect();
    let strategy = workspace.strategy.clone();
    let questions = questions.to_vec();
    // The analysis computes without awaiting; on a thread of its own it does not hold up an interrupt.
    let (answers, plain) = tokio::task::spawn_blocking(move || {
        let answers = suasion_analysis::answer(&strategy, &standing, &inputs, &questions);
        let plain = suasion_analysis::summarise(&strategy, &answers.findings);
        (answers, plain)
    })
    .await
    .context("failed to run the analysis")?;
    let head = &workspace.strategy.head;
    Ok(Findings {
        schema: SCHEMA.to_string(),
        program: program(),
        strategy: StrategySummary {
            title: head.title.value.clone(),
            principal: head.principal.value.clone(),
            owner: head.owner.value.clone(),
            decision: head.decision.value.clone(),
            language: head.language.as_ref().map_or_else(|| "en".to_string(), |tag| tag.value.clone()),
            digest: hex(&Sha256::digest(workspace.source.text().as_bytes())),
        },
        plain,
        theory: theory(&workspace.strategy, &workspace.report.diagnostics),
        findings: answers.findings,
        looks: answers.looks,
        imports,
    })
}

/// The program and its version.
pub fn program() -> String {
    format!("suasion {}", env!("CARGO_PKG_VERSION"))
}

/// Draws the theory of change into a file.
pub fn draw(workspace: &Workspace, file: &Path) -> anyhow::Result<()> {
    let theory = theory(&workspace.strategy, &workspace.report.diagnostics);
    if let Ok(there) = std::fs::read(file)
        && !there.starts_with(b"<svg")
    {
        bail!("failed to write {}: it is there, and no drawing; name another file", file.display());
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir() && folder != workspace.output_folder()) {
        bail!("failed to write {}: there is no such folder", file.display());
    }
    write(file, &crate::render::svg::theory(&theory))
}

/// Writes a file of the user's anew, whole or not at all: where a link leads, and for those who might read it before.
pub fn rewrite(path: &Path, text: &str) -> anyhow::Result<()> {
    let failed = || format!("failed to write {}", path.display());
    let path = path.canonicalize().with_context(failed)?;
    let permissions = path.metadata().with_context(failed)?.permissions();
    if permissions.readonly() {
        bail!("failed to write {}: it may not be written", path.display());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = new_file(folder).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.as_file().set_permissions(permissions).with_context(failed)?;
    file.as_file().sync_all().with_context(failed)?;
    file.persist(&path).with_context(failed)?;
    Ok(())
}

/// Writes a file whole or not at all, for whoever the user lets read new files.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let failed = || format!("failed to write {}", path.display());
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(failed)?;
    let mut file = new_file(folder).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.as_file().sync_all().with_context(failed)?;
    file.persist(path).with_context(failed)?;
    Ok(())
}

#[cfg(unix)]
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    // Briefs are made to be sent on: temporary files are for their owner alone, unless told otherwise.
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // A string takes whatever is written.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
