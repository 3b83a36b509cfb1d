//! `cargo xtask schema`: strategies as an editor sees them, which knows the JSON Schema and nothing else.
//!
//! Taplo is the TOML tool behind the common editors. It must accept every strategy here, foggy or not, and mark what is
//! misspelt.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Failure, command, npm, tools};

/// A strategy with mistakes that an editor marks.
const MISSPELT: &str = "misspelt.toml";

/// Holds the strategies of the repository against the schema.
pub(crate) fn run(root: &Path) -> Result<(), Failure> {
    tools::need("npm", &["npm"])?;
    let from = root.join("tests/editor");
    let folder = root.join("target/editor");
    npm::install(&from, &[MISSPELT], &folder)?;
    let schema = format!("file://{}", root.join("docs/strategy.schema.json").display());
    let lint = |files: &[PathBuf]| {
        let mut taplo = Command::new(folder.join("node_modules/.bin/taplo"));
        taplo.current_dir(&folder).args(["lint", "--schema", &schema]).args(files);
        taplo
    };
    command::run(&mut lint(&strategies(root)?))?;
    let mut misspelt = lint(&[folder.join(MISSPELT)]);
    let marked = misspelt
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Failure::CouldNot(format!("run taplo: {error}")))?;
    let said =
        String::from_utf8_lossy(&marked.stdout).into_owned() + &String::from_utf8_lossy(&marked.stderr);
    if marked.status.success() || !said.contains("decison") || !said.contains("outcme") {
        println!("schema: an editor does not mark what is misspelt in tests/editor/{MISSPELT}:\n{said}");
        return Err(Failure::Found(1));
    }
    Ok(())
}

/// Every strategy of the repository that stands in a file of its own.
fn strategies(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cases = root.join("cases");
    let entries = std::fs::read_dir(&cases).map_err(|error| npm::failed("read", &cases, &error))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path().join("strategy.toml")))
        .filter(|strategy| strategy.is_file())
        .collect();
    files.push(root.join("crates/suasion-model/tests/it/whole.toml"));
    files.sort();
    Ok(files)
}
