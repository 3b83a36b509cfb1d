//! The graphs: made once by the generator that all sides share, and written out as text.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use super::Places;
use crate::npm::failed;
use crate::{Failure, command};

/// What the generator writes.
const MADE: [&str; 4] = ["rmat20.bin", "rmat20u.bin", "lfr.bin", "lfr.truth"];

/// How many nodes a graph has, isolates included.
pub(super) fn n_nodes(graph: &str) -> &'static str {
    if graph == "lfr" { "200000" } else { "1048576" }
}

/// Makes what is missing in `target/bench`: what the generator writes, and the R-MAT graphs as text, `.el`.
pub(super) fn make(places: &Places, python: &Path) -> Result<(), Failure> {
    let folder = &places.folder;
    if MADE.iter().any(|name| !folder.join(name).is_file()) {
        println!("making the graphs; this takes minutes");
        let draft = folder.join("draft");
        fs::create_dir_all(&draft).map_err(|error| failed("make", &draft, &error))?;
        command::run(
            Command::new(python).current_dir(&draft).arg(absolute(&places.shared.join("make_graphs.py"))?),
        )?;
        // Only what is whole gets its name.
        for name in MADE {
            let (from, to) = (draft.join(name), folder.join(name));
            fs::rename(&from, &to).map_err(|error| failed("move", &from, &error))?;
        }
    }
    for name in ["rmat20", "rmat20u"] {
        let (pairs, text) = (folder.join(format!("{name}.bin")), folder.join(format!("{name}.el")));
        if !text.is_file() {
            let draft = folder.join(format!("{name}.el.draft"));
            write_text(&pairs, &draft).map_err(|error| failed("write", &draft, &error))?;
            fs::rename(&draft, &text).map_err(|error| failed("move", &draft, &error))?;
        }
    }
    Ok(())
}

/// Writes pairs of u32 as lines of two numbers.
fn write_text(pairs: &Path, text: &Path) -> std::io::Result<()> {
    let mut pairs = BufReader::with_capacity(1 << 20, File::open(pairs)?);
    let mut text = BufWriter::with_capacity(1 << 20, File::create(text)?);
    let mut pair = [0; 8];
    while pairs.read_exact(&mut pair).is_ok() {
        let [a, b, c, d, e, f, g, h] = pair;
        writeln!(text, "{} {}", u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))?;
    }
    text.flush()
}

/// A path that holds in any folder.
pub(super) fn absolute(path: &Path) -> Result<std::path::PathBuf, Failure> {
    path.canonicalize().map_err(|error| failed("find", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_lines() {
        let folder = std::env::temp_dir();
        let name = |end: &str| folder.join(format!("xtask-bench-{}.{end}", std::process::id()));
        fs::write(name("bin"), [1, 0, 0, 0, 2, 1, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]).unwrap();
        write_text(&name("bin"), &name("el")).unwrap();
        let text = fs::read_to_string(name("el")).unwrap();
        fs::remove_file(name("bin")).unwrap();
        fs::remove_file(name("el")).unwrap();
        assert_eq!(text, "1 258\n7 0\n");
    }
}
