//! `suasion lsp`: the language server, for editors.

use anyhow::Context as _;
use clap::Args;

use super::{CLEAN, INPUT};
use crate::lsp::{self, End};

/// Serve an editor: problems, meanings, completion and quick fixes while a strategy is written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion lsp      started by an editor, which speaks the Language Server Protocol with it

An editor starts it and talks to it over standard input and output; by hand there is nothing to see. \
How to tell yours is in docs/using-suasion.md.

Exit status: 0 if the editor took its leave, 1 if it did not, 2 if what it sent was not the protocol.")]
pub(super) struct Lsp {
    /// Talk over standard input and output: there is no other way, and some editors ask for it.
    #[arg(long)]
    stdio: bool,
}

/// Serves whoever started this process, until they end it.
pub(super) fn run(_: &Lsp) -> anyhow::Result<u8> {
    let (connection, threads) = lsp::stdio();
    let end = lsp::serve(&connection);
    // The writer ends when nobody can send to it any more.
    drop(connection);
    threads.join().context("failed to talk to the editor")?;
    Ok(if end == End::Agreed { CLEAN } else { INPUT })
}
