//! `suasion check`: is the strategy clear enough to be wrong?

use clap::Args;

use super::output::{Output, number_of, text_of};
use super::{CLEAN, Format, INPUT, WorkspaceArgs};

/// Is the strategy clear enough to be wrong? Reports every problem at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion check                         the strategy in this folder
  suasion check cases/london-2012       the one in another
  suasion check --format json | jq '.diagnostics[].code'

Exit status: 0 if nothing was found, 1 if something was, 2 if the file could not be read.")]
pub(super) struct Check {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(check: &Check, output: Output) -> anyhow::Result<u8> {
    let workspace = crate::pipeline::open(&check.workspace.path)?;
    let problems = &workspace.diagnostics;
    match check.format {
        Format::Json => output.problems_as_json(&workspace.source, problems)?,
        Format::Text if problems.is_empty() => {
            let strategy = &workspace.strategy;
            output.note(&format!(
                "{}: no problem found in {}, {} and {}",
                workspace.source.name,
                number_of(strategy.objectives.len(), "objective"),
                number_of(strategy.evaluations.len(), "evaluation"),
                number_of(strategy.datasets.len(), "dataset")
            ))?;
        }
        Format::Text => output.result(&text_of(&workspace.source, problems, output.style()))?,
    }
    Ok(if problems.is_empty() { CLEAN } else { INPUT })
}
