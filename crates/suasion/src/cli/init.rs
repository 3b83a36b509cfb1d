//! `suasion init`: a strategy to start from.

use std::path::{Path, PathBuf};

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

pub(super) fn run(init: &Init, output: Output) -> anyhow::Result<u8> {
    let path = init.folder.join("strategy.toml");
    if path.exists() {
        bail!(
            "failed to write {}: it is there already; remove it first, or name another folder",
            path.display()
        );
    }
    std::fs::create_dir_all(&init.folder).with_context(|| {
        format!(
            "failed to make the folder {}: check that no file has its name and that you may write there",
            init.folder.display()
        )
    })?;
    crate::pipeline::write(&path, TEMPLATE)?;
    let argument = argument(&init.folder);
    output.note(&format!(
        "wrote {}\n\nnext: fill it in, put your figures beside it, then\n  suasion check{argument}\n  suasion run{argument}",
        path.display()
    ))?;
    Ok(CLEAN)
}

/// The folder as it is typed behind a command: not at all where it is this one, and quoted where a shell needs it.
fn argument(folder: &Path) -> String {
    let text = folder.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | '\\');
    match text.as_str() {
        "." => String::new(),
        text if text.chars().all(plain) => format!(" {text}"),
        text => format!(" '{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::argument;

    #[test]
    fn a_folder_can_be_typed_as_it_is_shown() {
        for (folder, typed) in [
            (".", ""),
            ("a/b-c.d_e", " a/b-c.d_e"),
            ("élan", " élan"),
            ("my strategy", " 'my strategy'"),
            ("it's", r" 'it'\''s'"),
            ("$HOME", " '$HOME'"),
        ] {
            assert_eq!(argument(Path::new(folder)), typed);
        }
    }
}
