//! Files to read, and short ways to read them.

use std::path::PathBuf;

use suasion_edges::{Edges, Error, Options, read};

/// A file of that name in a folder of its own, which goes when the first value does.
pub(crate) fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    (folder, path)
}

/// Reads a file of that name and content.
pub(crate) fn read_as(name: &str, bytes: &[u8], options: &Options) -> Result<Edges, Error> {
    let (_folder, path) = file(name, bytes);
    read(&path, options)
}

/// Runs a job on that many threads.
pub(crate) fn on_threads<T: Send>(threads: usize, job: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(job)
}

/// The edges by name, in order.
pub(crate) fn named(edges: &Edges) -> Vec<(String, String)> {
    let name = |&node: &u32| edges.names.name(node).into_owned();
    edges.sources.iter().map(name).zip(edges.targets.iter().map(name)).collect()
}

/// The names in order of node.
pub(crate) fn names(edges: &Edges) -> Vec<String> {
    (0..edges.names.len()).map(|node| edges.names.name(node).into_owned()).collect()
}

/// What an error says, after the folder.
pub(crate) fn message(result: Result<Edges, Error>) -> String {
    let message = result.expect_err("a fault").to_string();
    let file = message.find("/e.").map_or(0, |at| at + 1);
    message[file..].to_string()
}

/// Columns by name.
pub(crate) fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// The folder `../shared`, where the tests are given it.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SUASION_SHARED").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUASION_SHARED is not set");
    }
    folder
}
