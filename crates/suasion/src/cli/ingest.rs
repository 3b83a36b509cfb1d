//! `suasion ingest`: bring evidence in, once, with every row accounted for.

use anyhow::anyhow;
use clap::Args;
use suasion_model::finding::Findings;
use suasion_model::number::count;
use suasion_store::{Ingested, Store};

use super::interrupt::unless_interrupted;
use super::output::Output;
use super::progress::ProgressLine;
use super::{CLEAN, Format, INPUT, WorkspaceArgs, on_workspace};
use crate::pipeline::{self, Imports, Stop, Workspace};

/// Bring evidence in: each file once, whole or not at all, every row accounted for.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion ingest                        every dataset of the strategy in this folder
  suasion ingest --dataset arrivals     one of them

A file that did not change is not read in again; one that did replaces what it brought before. \
Rows that cannot be read are kept aside in .suasion/dropped, with the reason.

Exit status: 0 if every row came in, 1 if something is wrong with the strategy or a file or any row was dropped, \
2 if something failed.")]
pub(super) struct Ingest {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// Only this dataset; may be given several times.
    #[arg(long, value_name = "ID")]
    dataset: Vec<String>,
}

pub(super) async fn run(ingest: &Ingest, output: Output) -> anyhow::Result<u8> {
    on_workspace(&ingest.workspace.path, Format::Text, output, async |workspace| {
        let known = |name: &String| workspace.strategy.dataset(name).is_some();
        if let Some(unknown) = ingest.dataset.iter().find(|name| !known(name)) {
            let ids: Vec<&str> =
                workspace.strategy.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
            return Err(Stop::Failure(anyhow!(
                "failed to find the dataset `{unknown}`: the strategy has {}",
                if ids.is_empty() { "none".to_string() } else { ids.join(", ") }
            )));
        }
        let store = Store::open(&workspace.folder).await?;
        unless_interrupted(&store, output, async {
            let Imports { ingested, in_error, problems, .. } =
                import(workspace, &store, &ingest.dataset, output).await?;
            if workspace.strategy.datasets.is_empty() {
                output.note("the strategy names no dataset: nothing to bring in")?;
            }
            for done in &ingested {
                output.result(&describe(done))?;
            }
            for (dataset, codes) in &in_error {
                output.result(&format!(
                    "{dataset}: not brought in; the strategy is in error: {}",
                    codes.join(", ")
                ))?;
            }
            if !problems.is_empty() {
                return Err(Stop::Input(problems));
            }
            Ok(if ingested.iter().any(|done| done.receipt().dropped() > 0) { INPUT } else { CLEAN })
        })
        .await
    })
    .await
}

/// Imports datasets with a progress line.
pub(super) async fn import(
    workspace: &Workspace,
    store: &Store,
    only: &[String],
    output: Output,
) -> Result<Imports, Stop> {
    let line = ProgressLine::new(workspace.strategy.datasets.len(), output);
    let current = std::sync::Mutex::new(String::new());
    let imports = pipeline::ingest(workspace, store, only, &|dataset, step| {
        if let Ok(mut current) = current.lock()
            && *current != dataset
        {
            if !current.is_empty() {
                line.step();
            }
            *current = dataset.to_string();
        }
        line.import(dataset, &step);
    })
    .await?;
    for done in &imports.ingested {
        if !done.receipt().balances() {
            return Err(unbalanced(done).into());
        }
    }
    Ok(imports)
}

/// Law 7 is checked where receipts are made known, too.
fn unbalanced(done: &Ingested) -> anyhow::Error {
    let receipt = done.receipt();
    anyhow!(
        "failed to account for every row of {}: {} read, {} kept, {} dropped; please report this",
        receipt.path,
        receipt.rows_read,
        receipt.rows_kept,
        receipt.dropped()
    )
}

fn describe(done: &Ingested) -> String {
    let receipt = done.receipt();
    let what = match done {
        Ingested::New(_) => "brought in",
        Ingested::AlreadyThere(_) => "there already",
    };
    let mut text = format!(
        "{}: {what}; {} rows read, {} kept, {} dropped",
        receipt.dataset,
        count(receipt.rows_read),
        count(receipt.rows_kept),
        count(receipt.dropped())
    );
    let reasons: Vec<String> =
        receipt.rows_dropped.iter().map(|(reason, rows)| format!("{reason} {rows}")).collect();
    if !reasons.is_empty() {
        text.push_str(&format!(" ({})", reasons.join(", ")));
    }
    if let Some(file) = &receipt.dropped_file {
        text.push_str(&format!(", see {file}"));
    }
    text
}

/// Whether any row of what findings rest on was dropped.
pub(super) fn any_dropped(findings: &Findings) -> bool {
    findings.imports.iter().any(|receipt| receipt.dropped() > 0)
}
