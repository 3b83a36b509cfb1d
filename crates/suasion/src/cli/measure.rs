//! `suasion measure`: did it work, by how much, or can nobody tell?

use clap::Args;
use suasion_model::finding::Question;

use super::output::Output;
use super::run::answer_and_print;
use super::{Format, WorkspaceArgs};

/// Did it work, by how much, or can nobody tell? Judges every objective on the evidence brought in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion ingest && suasion measure     bring evidence in, then judge
  suasion measure --format json | jq '.findings[] | {id, verdict}'

Exit status: 0 whatever the findings say, 1 if something is wrong with the strategy or any row was dropped, \
2 if something failed.")]
pub(super) struct Measure {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) async fn run(measure: &Measure, output: Output) -> anyhow::Result<u8> {
    answer_and_print(&measure.workspace.path, measure.format, output, &[Question::Measure]).await
}
