//! `cargo xtask bench graph`: `suasion-graph` and the packages to beat, side by side on the same files.
//!
//! A row of the table is a job. Both sides run in turn, once to warm up and then [`N_RUNS`] times, or
//! [`N_RUNS_OF_SHORT`] where a run is short; their medians are divided. Before times count, answers are compared: a row
//! whose answers differ is in error, whatever its ratio. A peer that is not there leaves its row unproven.
//!
//! Graphs are made by `../shared/bench/make_graphs.py` below `target/bench`, once. Peers from PyPI install themselves
//! beside them; others join when a variable names the folder of their build: see [`peers`].

mod agreement;
mod answer;
mod graphs;
mod jobs;
mod machine;
mod peers;
pub(crate) mod scale;
mod table;
mod timing;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm::failed;
use crate::{Failure, command, tools};
use agreement::Pair;
use jobs::{JOBS, Job};
use machine::Rates;
use peers::Peers;
use table::{Outcome, Row};

/// How many threads both sides use.
const N_THREADS: usize = 2;
/// How many runs are timed.
const N_RUNS: usize = 5;
/// How many, where the first five take less than [`SHORT`] on either side.
const N_RUNS_OF_SHORT: usize = 21;
/// In seconds.
const SHORT: f64 = 0.2;

/// Where things are.
struct Places {
    root: PathBuf,
    /// `target/bench`.
    folder: PathBuf,
    /// `../shared/bench`.
    shared: PathBuf,
    /// The program that is measured: the release build, for any processor of its kind.
    program: PathBuf,
}

/// Runs the jobs that are named, and prints their rows; or all, and writes `docs/benchmarks.md`.
pub(crate) fn graph(root: &Path, names: &[String]) -> Result<(), Failure> {
    let chosen = chosen(names)?;
    let shared = root.join("../shared/bench");
    if !shared.join("make_graphs.py").is_file() {
        return Err(Failure::CouldNot(format!("find {}, which makes the graphs", shared.display())));
    }
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder).map_err(|error| failed("make", &folder, &error))?;
    tools::need_c_compiler()?;
    tools::need_python()?;
    command::run(&mut command::cargo(
        root,
        &["build", "--release", "--locked", "--package", "suasion-edges"],
    ))?;
    let program = root.join("target/release/suasion-graph");
    let places = Places { root: root.to_path_buf(), folder, shared, program };
    let python = peers::python(&places)?;
    graphs::make(&places, &python)?;
    let peers = Peers::find(&places, python)?;

    let before = Rates::measure(&places)?;
    println!("before: {before}");
    let mut rows = Vec::new();
    for job in chosen {
        println!("\n{}: {}", job.name, job.what);
        let row = row(job, &places, &peers)?;
        println!("{}", row.line());
        rows.push(row);
    }
    let after = Rates::measure(&places)?;
    println!("\nafter: {after}\n");
    let mut text = table::document(&places, &peers, &rows, (&before, &after))?;
    if names.is_empty() {
        text += &renaming(root)?;
        let path = root.join("docs/benchmarks.md");
        fs::write(&path, text).map_err(|error| failed("write", &path, &error))?;
        println!("written to {}", path.display());
    } else {
        println!("{text}");
    }
    if rows.iter().any(|row| matches!(row.outcome, Outcome::Differs(_))) {
        return Err(Failure::Found(1));
    }
    Ok(())
}

/// The jobs of these names, in the order of the table; all, if no name is given.
fn chosen(names: &[String]) -> Result<Vec<&'static Job>, Failure> {
    if let Some(unknown) = names.iter().find(|name| JOBS.iter().all(|job| job.name != **name)) {
        let known: Vec<&str> = JOBS.iter().map(|job| job.name).collect();
        return Err(Failure::Usage(format!("there is no job `{unknown}`; there are {}", known.join(", "))));
    }
    Ok(JOBS.iter().filter(|job| names.is_empty() || names.iter().any(|name| name == job.name)).collect())
}

/// Measures one job.
fn row(job: &'static Job, places: &Places, peers: &Peers) -> Result<Row, Failure> {
    let peer = peers.start(job, places)?;
    let sources = peer.sources()?;
    let mut seed = 0_u64;
    let mut once = || {
        let mut command = job.command(places, &sources, None);
        if job.is_seeded() {
            seed = seed % N_RUNS as u64 + 1;
            command.args(["--seed", &seed.to_string()]);
        }
        peers::time(&mut command, |text, wall| answer::ours(text, job.clock, wall))
    };
    let typed = (command::as_typed(&job.command(places, &sources, None)), peer.typed());
    let found = once()?.answer;
    let warm = peer.run()?;
    let outcome = match &warm {
        None => Outcome::Unproven(peer.missing().unwrap_or_default().to_owned()),
        Some(theirs) => {
            let (peer, sources, theirs) = (&peer, &sources[..], &theirs.answer);
            Pair { job, places, peer, sources, ours: &found, theirs }.outcome()?
        }
    };
    let (ours, theirs) = timing::alternate(&mut once, &mut || peer.run())?;
    Ok(Row { job, ours: Some(ours), theirs: warm.map(|_| theirs), outcome, typed })
}

/// How far seeded results move when nodes are renamed, as a section of the page.
fn renaming(root: &Path) -> Result<String, Failure> {
    let bench = ["bench", "--locked", "--package", "suasion-graph", "--bench", "renaming"];
    let said = command::output(&mut command::cargo(root, &bench))?;
    Ok(format!(
        "\n## Renaming\n\nRenaming the nodes is another draw. Over ten renamings (`cargo {}`):\n\n```text\n{}\n```\n",
        bench.join(" "),
        said.trim()
    ))
}

/// The version of a program, as it says it itself.
fn version(program: &str, arguments: &[&str]) -> String {
    let said = command::output(Command::new(program).args(arguments)).unwrap_or_default();
    said.lines().next().unwrap_or("unknown").trim().to_owned()
}
