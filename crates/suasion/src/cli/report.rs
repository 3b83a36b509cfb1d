//! `suasion report`: the brief, again, from what was brought in.

use std::path::PathBuf;

use clap::Args;
use suasion_store::Store;

use super::interrupt::unless_interrupted;
use super::output::Output;
use super::run::{QUESTIONS, status, write_all};
use super::{Format, WorkspaceArgs, on_workspace};
use crate::pipeline;

/// Write the brief from the evidence brought in, without reading any file of evidence again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion report                        into .suasion beside the strategy
  suasion report --into board-meeting   into another folder

Writes findings.json, brief.html (one file, to send or print) and brief.md.

Exit status: 0 whatever the findings say, 1 if something is wrong with the strategy or any row was dropped, \
2 if something failed.")]
pub(super) struct Report {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// The folder to write into.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

pub(super) async fn run(report: &Report, output: Output) -> anyhow::Result<u8> {
    on_workspace(&report.workspace.path, Format::Text, output, async |workspace| {
        let store = Store::open(&workspace.folder).await?;
        unless_interrupted(&store, output, async {
            let findings = pipeline::answer(workspace, &store, &QUESTIONS).await?;
            let folder = report.into.clone().unwrap_or_else(|| workspace.output_folder());
            let brief = write_all(&findings, &folder)?;
            output.note(&format!("the brief is in {}", brief.display()))?;
            Ok(status(&findings))
        })
        .await
    })
    .await
}
