//! `suasion run`: check, bring in, answer, and write the brief.

use std::path::{Path, PathBuf};

use clap::Args;
use suasion_analysis::lacks_evidence;
use suasion_model::finding::{Findings, Question};
use suasion_store::Store;

use super::ingest::{any_dropped, import};
use super::interrupt::unless_interrupted;
use super::output::Output;
use super::{CLEAN, Format, INPUT, WorkspaceArgs, on_workspace};
use crate::pipeline::{self, Imports, Stop, Workspace};
use crate::render;

/// Check the strategy, bring its evidence in, answer its questions, and write the brief.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion run                           the strategy in this folder
  suasion run cases/london-2012         the one in another
  suasion run --format json > findings.json

Writes .suasion/findings.json, .suasion/brief.html and .suasion/brief.md beside the strategy.

Exit status: 0 whatever the findings say, 1 if something is wrong with the strategy or a file or any row was dropped, \
2 if something failed.")]
pub(super) struct Run {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Every question, in the order in which findings are read.
pub(super) const QUESTIONS: [Question; 2] = [Question::Measure, Question::Map];

pub(super) async fn run(run: &Run, output: Output) -> anyhow::Result<u8> {
    on_workspace(&run.workspace.path, run.format, output, async |workspace| {
        let store = Store::open(&workspace.folder).await?;
        unless_interrupted(&store, output, async {
            let Imports { problems, failed, .. } = import(workspace, &store, &[], output).await?;
            let mut workspace = workspace.clone();
            if !workspace.go_without(&failed, &QUESTIONS) && !problems.is_empty() {
                let brief = workspace.output_folder().join("brief.html");
                if brief.exists() {
                    output.note(&format!(
                        "{} is of an earlier run, and does not rest on these files",
                        brief.display()
                    ))?;
                }
                return Err(Stop::Input(problems));
            }
            output.problems(&workspace.source, &problems)?;
            let findings = pipeline::answer(&workspace, &store, &QUESTIONS).await?;
            // Files first: they are written even where nobody reads what is printed.
            let brief = write_all(&findings, &workspace.output_folder())?;
            print(&findings, run.format, output)?;
            output.note(&format!("the brief is in {}", brief.display()))?;
            Ok(status(&findings))
        })
        .await
    })
    .await
}

/// Answers questions from what was brought in, and prints the findings.
pub(super) async fn answer_and_print(
    path: &Path,
    format: Format,
    output: Output,
    questions: &[Question],
) -> anyhow::Result<u8> {
    on_workspace(path, format, output, async |workspace: &Workspace| {
        let store = Store::open(&workspace.folder).await?;
        unless_interrupted(&store, output, async {
            let findings = pipeline::answer(workspace, &store, questions).await?;
            print(&findings, format, output)?;
            Ok(status(&findings))
        })
        .await
    })
    .await
}

/// The exit status of findings.
pub(super) fn status(findings: &Findings) -> u8 {
    if any_dropped(findings) || findings.findings.iter().any(lacks_evidence) { INPUT } else { CLEAN }
}

pub(super) fn print(findings: &Findings, format: Format, output: Output) -> Result<(), Stop> {
    let text = match format {
        Format::Text => render::terminal::findings(findings, output.style()),
        Format::Json => render::json::findings(findings),
    };
    output.result(&text)?;
    Ok(())
}

/// Writes findings and briefs into a folder; where the brief is.
pub(super) fn write_all(findings: &Findings, folder: &Path) -> Result<PathBuf, Stop> {
    let brief = folder.join("brief.html");
    pipeline::write(&folder.join("findings.json"), &render::json::findings(findings))?;
    pipeline::write(&folder.join("brief.md"), &render::markdown::brief(findings))?;
    pipeline::write(&brief, &render::html::brief(findings))?;
    Ok(brief)
}
