//! `suasion sql`: ask the tables anything.

use std::path::PathBuf;

use clap::Args;

use super::interrupt::unless_interrupted;
use super::output::Output;
use super::{CLEAN, Format};
use crate::pipeline::{self, Stop};

/// Ask the tables anything: observations, flows and interactions, as they stand.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion sql \"select dataset, count(*) from observations group by dataset\"
  suasion sql \"select * from flows where destination = 'GBR' order by value desc limit 10\" --workspace cases/london-2012
  suasion sql \"describe observations\" --format json

Only questions: nothing can be changed this way.")]
pub(super) struct Sql {
    /// The question.
    query: String,

    /// The folder that holds strategy.toml, or the file itself.
    #[arg(long, short, default_value = ".", value_name = "STRATEGY")]
    workspace: PathBuf,

    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) async fn run(sql: &Sql, output: Output) -> anyhow::Result<u8> {
    match ask(sql, output).await {
        Ok(status) => Ok(status),
        Err(Stop::Failure(error)) => Err(error),
        // A question has no strategy to be wrong.
        Err(Stop::Input(_)) => Ok(super::INPUT),
    }
}

async fn ask(sql: &Sql, output: Output) -> Result<u8, Stop> {
    let store = pipeline::store(&sql.workspace).await?;
    unless_interrupted(&store, output, async {
        let answer = store.sql(&sql.query).await?;
        match sql.format {
            Format::Text => output.result(&answer.to_text()?)?,
            Format::Json => output.result(&answer.to_json()?)?,
        }
        Ok(CLEAN)
    })
    .await
}
