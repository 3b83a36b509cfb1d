//! `docs/benchmarks.md`.

use std::process::Command;

use super::jobs::Job;
use super::machine::{self, Rates};
use super::peers::Peers;
use super::timing::Times;
use super::{N_RUNS, N_RUNS_OF_SHORT, N_THREADS, Places, SHORT, version};
use crate::{Failure, command};

/// What became of a job.
pub(super) struct Row {
    pub(super) job: &'static Job,
    pub(super) ours: Option<Times>,
    pub(super) theirs: Option<Times>,
    pub(super) outcome: Outcome,
    /// Our command and theirs, as one would type them.
    pub(super) typed: (String, String),
}

/// Whether both found the same.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    /// In what.
    Agrees(String),
    /// How not.
    Differs(String),
    /// Why there is nothing to compare.
    Unproven(String),
}

impl Row {
    /// A line of the table.
    pub(super) fn line(&self) -> String {
        let seconds = |times: &Option<Times>| {
            times.as_ref().map_or("–".to_owned(), |times| format!("{:.3}", times.median()))
        };
        let ratio = self
            .ours
            .as_ref()
            .zip(self.theirs.as_ref())
            .map(|(ours, theirs)| ours.median() / theirs.median());
        let bar = self.job.bar;
        let verdict = match (&self.outcome, ratio, bar) {
            (Outcome::Unproven(_), ..) if bar.is_none() => "unranked",
            (Outcome::Unproven(_), ..) | (_, None, _) => "unproven",
            (Outcome::Differs(_), ..) => "**differs**",
            (_, Some(ratio), Some(bar)) if ratio <= bar => "met",
            (_, Some(_), Some(_)) => "**missed**",
            (_, Some(_), None) => "unranked",
        };
        let (Outcome::Agrees(said) | Outcome::Differs(said) | Outcome::Unproven(said)) = &self.outcome;
        let peak = self.ours.as_ref().and_then(|ours| ours.peak_bytes);
        format!(
            "| {} (`{}`) | {} | {} | {} | {} | {verdict} | {} | {said} |",
            self.job.what,
            self.job.name,
            seconds(&self.ours),
            seconds(&self.theirs),
            ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}")),
            bar.map_or("–".to_owned(), |bar| format!("{bar}")),
            peak.map_or("–".to_owned(), |peak| format!("{:.0}", peak / 1e6)),
        )
    }
}

/// The whole page.
pub(super) fn document(
    places: &Places,
    peers: &Peers,
    rows: &[Row],
    (before, after): (&Rates, &Rates),
) -> Result<String, Failure> {
    let git =
        |arguments: &[&str]| command::output(Command::new("git").current_dir(&places.root).args(arguments));
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let changed =
        if git(&["status", "--porcelain", "crates", "Cargo.lock"])?.is_empty() { "" } else { ", changed" };
    let rustc = version("rustc", &["--version"]);
    let mut text = format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench graph`; `--job NAME` runs a row alone. Both sides run in turn on the same file, on\n\
         {N_THREADS} threads: once to warm up, then {N_RUNS} times, or {N_RUNS_OF_SHORT} where a run takes less than \
         {SHORT} s; the medians are compared.\n\
         Seconds are of the algorithm on a graph that is built; for reading, of the whole process on a warm file. Any\n\
         renumbering that ours does is counted. Answers are compared first. A row whose peer is not there is unproven.\n\n\
         | job | ours, s | theirs, s | ours ÷ theirs | at most | bar | our peak, MB | agreement |\n\
         |---|---|---|---|---|---|---|---|\n"
    );
    for row in rows {
        text += &format!("{}\n", row.line());
    }
    let bounds: Vec<(&str, &str)> =
        rows.iter().filter_map(|row| Some((row.job.name, row.job.bound?))).collect();
    if !bounds.is_empty() {
        text += "\n## What bounds them\n\n";
    }
    for (name, bound) in bounds {
        text += &format!("- `{name}`: {bound}\n");
    }
    text += &format!(
        "\n## Versions and machine\n\n\
         - suasion-graph at {}{changed}, `cargo build --release`, {rustc}, no processor named\n",
        commit.trim()
    );
    for version in &peers.versions {
        text += &format!("- {version}\n");
    }
    text += &format!(
        "- {}, {N_THREADS} threads\n- before: {before}\n- after: {after}\n\n\
         The rates are those of `../shared/bench/stream.c`. An idle machine of this kind reads 55 GB/s and gathers\n\
         2175 / 563 / 196; where less is measured, other work took the rest, and ratios are less certain.\n\n\
         ## Commands\n\n```text\n",
        machine::processor()
    );
    for row in rows {
        let (ours, theirs) = &row.typed;
        text += &format!("{}\n  {}\n", row.job.name, shown(ours, places));
        if !theirs.is_empty() {
            text += &format!("  {}\n", shown(theirs, places));
        }
    }
    Ok(text + "```\n")
}

/// A command without where this machine keeps its files.
fn shown(typed: &str, places: &Places) -> String {
    let folder = format!("{}/", places.folder.display());
    let root = format!("{}/", places.root.display());
    typed.replace(&folder, "").replace(&root, "")
}
