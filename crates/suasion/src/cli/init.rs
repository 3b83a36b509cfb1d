//! `suasion init`: a strategy to start from.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use super::CLEAN;
use super::output::Output;

/// Start a strategy: writes a strategy.toml to fill in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion init                  in this folder
  suasion init my-strategy      in a folder of its own, made if need be

Nothing is ever overwritten.")]
pub(super) struct Init {
    /// The folder.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// A strategy that checks clean and says what to change.
const TEMPLATE: &str = include_str!("init.toml");

pub(super) fn run(init: &Init, output: &Output) -> anyhow::Result<u8> {
    let path = init.folder.join("strategy.toml");
    if path.exists() {
        bail!(
            "failed to write {}: it is there already; remove it first, or name another folder",
            path.display()
        );
    }
    std::fs::create_dir_all(&init.folder)
        .with_context(|| format!("failed to make the folder {}", init.folder.display()))?;
    crate::pipeline::write(&path, TEMPLATE)?;
    let folder = init.folder.display();
    output.note(&format!(
        "wrote {}\n\nnext: fill it in, put your figures beside it, then\n  suasion check {folder}\n  suasion run {folder}",
        path.display()
    ))?;
    Ok(CLEAN)
}
