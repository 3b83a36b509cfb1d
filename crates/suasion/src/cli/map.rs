//! `suasion map`: which networks carry it, and who depends on whom?

use clap::Args;
use suasion_model::finding::Question;

use super::output::Output;
use super::run::answer_and_print;
use super::{Format, WorkspaceArgs};

/// Which networks carry it, and who depends on whom? Reads the strategy's corridors.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion ingest && suasion map         bring evidence in, then map
  suasion map --format json | jq '.findings[].statement'

Exit status: 0 whatever the findings say, 1 if something is wrong with the strategy or any row was dropped, \
2 if something failed.")]
pub(super) struct Map {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) async fn run(map: &Map, output: Output) -> anyhow::Result<u8> {
    answer_and_print(&map.workspace.path, map.format, output, &[Question::Map]).await
}
