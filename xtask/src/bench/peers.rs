//! The packages to beat. NetworKit installs itself into `target/bench/venv`; the GAP benchmark suite and a driver of
//! webgraph's HyperBall join when [`GAP`] and [`WEBGRAPH`] name the folders of their builds.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use super::answer::{self, Clock, Run};
use super::jobs::{Against, Job};
use super::{N_THREADS, Places, version};
use crate::npm::failed;
use crate::{Failure, command};

/// Names a folder in which github.com/sbeamer/gapbs was built: with `make`, -O3 and OpenMP.
const GAP: &str = "SUASION_GAP";
/// Names a folder with a program `hyperball` that takes a file of u32 pairs, the number of nodes, log2m and threads,
/// and prints `seconds S` and `top NODE SCORE`; told a seed and a file besides, it writes every node's score there, as CSV
/// with the columns node and harmonic. A file COMMIT may say
/// what it was built from, and how.
const WEBGRAPH: &str = "SUASION_WEBGRAPH";

/// What is here to be run beside us.
pub(super) struct Peers {
    python: PathBuf,
    gap: Option<PathBuf>,
    webgraph: Option<PathBuf>,
    /// A line for each, for the table.
    pub(super) versions: Vec<String>,
}

/// The interpreter of an environment with what `xtask/bench/requirements.txt` pins.
pub(super) fn python(places: &Places) -> Result<PathBuf, Failure> {
    let folder = places.folder.join("venv");
    let python = folder.join("bin/python");
    let wanted = places.root.join("xtask/bench/requirements.txt");
    let installed = folder.join("requirements.txt");
    if std::fs::read(&installed).ok() != std::fs::read(&wanted).ok() {
        command::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
        command::run(Command::new(&python).args(pip).arg(&wanted))?;
        std::fs::copy(&wanted, &installed).map_err(|error| failed("copy", &wanted, &error))?;
    }
    Ok(python)
}

/// What a program prints and how long its whole process takes, as one run.
#[expect(clippy::disallowed_methods, reason = "how long a process takes is what the bench measures")]
pub(super) fn time(
    command: &mut Command,
    read: impl Fn(&str, f64) -> Result<Run, Failure>,
) -> Result<Run, Failure> {
    let start = Instant::now();
    let text = command::output(command)?;
    let wall = start.elapsed().as_secs_f64();
    read(&text, wall)
}

impl Peers {
    pub(super) fn find(places: &Places, python: PathBuf) -> Result<Self, Failure> {
        let named = |variable: &str, program: &str| {
            let folder = PathBuf::from(std::env::var_os(variable)?);
            folder.join(program).is_file().then_some(folder)
        };
        let (gap, webgraph) = (named(GAP, "pr_spmv"), named(WEBGRAPH, "hyperball"));
        let pins = std::fs::read_to_string(places.root.join("xtask/bench/requirements.txt"));
        let pins = pins.unwrap_or_default();
        let networkit = pins.lines().find(|line| line.starts_with("networkit")).unwrap_or("networkit");
        let mut versions = vec![format!("{networkit} on {}", version("python3", &["--version"]))];
        if let Some(gap) = &gap {
            let flags = "`make`, that is `g++ -std=c++11 -O3 -fopenmp`";
            let compiler = version("g++", &["--version"]);
            versions.push(format!("GAP benchmark suite{}, {flags}, {compiler}", commit(gap)));
            // Its own serialised graphs, so that no run waits for its parser.
            for (name, symmetric) in [("rmat20", false), ("rmat20u", true)] {
                let graph = places.folder.join(format!("{name}.sg"));
                if !graph.is_file() {
                    let mut converter = Command::new(gap.join("converter"));
                    converter.args(symmetric.then_some("-s")).arg("-f");
                    converter.arg(places.folder.join(format!("{name}.el"))).arg("-b").arg(&graph);
                    command::output(&mut converter)?;
                }
            }
        }
        if let Some(webgraph) = &webgraph {
            versions.push(format!("webgraph{}", commit(webgraph)));
        }
        Ok(Self { python, gap, webgraph, versions })
    }

    /// Makes ready to run a job again and again.
    pub(super) fn start(&self, job: &Job, places: &Places) -> Result<Peer, Failure> {
        let graph = |end: &str| places.folder.join(format!("{}.{end}", job.graph));
        let side = match job.against {
            Against::Gap(program, arguments) => {
                let Some(folder) = &self.gap else {
                    return Ok(Peer(Side::Missing(format!("GAP is not here: {GAP} names its build"))));
                };
                let program = folder.join(program);
                let file = graph(if job.clock == Clock::Wall { "el" } else { "sg" });
                Side::Program { program, arguments: gap_arguments(&file, arguments), clock: job.clock }
            }
            Against::NetworKit(algorithm, extra) => {
                let mut driver = Command::new(&self.python);
                driver.arg(places.root.join("xtask/bench/networkit_driver.py")).arg(graph("bin"));
                driver.arg(if job.directed { "directed" } else { "undirected" });
                driver
                    .args([super::graphs::n_nodes(job.graph), &N_THREADS.to_string(), algorithm])
                    .args(extra);
                Side::Driver(Box::new(Driver::start(driver)?))
            }
            Against::HyperBall(arguments) => {
                let Some(folder) = &self.webgraph else {
                    let why = format!("webgraph's HyperBall is not here: {WEBGRAPH} names a driver");
                    return Ok(Peer(Side::Missing(why)));
                };
                let mut words =
                    vec![graph("bin").display().to_string(), super::graphs::n_nodes(job.graph).to_owned()];
                words.extend(arguments.iter().map(|&word| word.to_owned()));
                words.push(N_THREADS.to_string());
                Side::Hyperball { program: folder.join("hyperball"), arguments: words }
            }
            Against::Nobody => Side::Missing("no package computes this".to_owned()),
        };
        Ok(Peer(side))
    }
}

fn gap_arguments(file: &Path, arguments: &[&str]) -> Vec<String> {
    let words = ["-f".to_owned(), file.display().to_string()];
    words.into_iter().chain(arguments.iter().map(|&word| word.to_owned())).collect()
}

/// What a folder was built from: the commit of its git; or of a file COMMIT, with what that says after it.
fn commit(folder: &Path) -> String {
    let noted = std::fs::read_to_string(folder.join("COMMIT")).ok();
    let asked = || command::output(Command::new("git").arg("-C").arg(folder).args(["rev-parse", "HEAD"]));
    let said = noted.or_else(|| asked().ok()).unwrap_or_default();
    let (hash, more) = said.trim().split_once(' ').unwrap_or((said.trim(), ""));
    if hash.len() != 40 {
        return String::new();
    }
    let separator = if more.is_empty() { "" } else { ", " };
    format!(" at {}{separator}{more}", &hash[..12])
}

/// A peer that runs one job.
pub(super) struct Peer(Side);

enum Side {
    /// Not here, and why.
    Missing(String),
    /// A program of GAP.
    Program { program: PathBuf, arguments: Vec<String>, clock: Clock },
    /// A process that holds the graph.
    Driver(Box<Driver>),
    /// The driver of webgraph.
    Hyperball { program: PathBuf, arguments: Vec<String> },
}

impl Peer {
    fn command(&self) -> Option<Command> {
        let (Side::Program { program, arguments, .. } | Side::Hyperball { program, arguments }) = &self.0
        else {
            return None;
        };
        let mut command = Command::new(program);
        command.args(arguments).env("OMP_NUM_THREADS", N_THREADS.to_string());
        Some(command)
    }

    /// One run; nothing if the peer is not here.
    pub(super) fn run(&self) -> Result<Option<Run>, Failure> {
        let run = match &self.0 {
            Side::Missing(_) => return Ok(None),
            Side::Driver(driver) => answer::driver(&driver.ask("run")?),
            Side::Program { clock, .. } => self.command().map_or_else(
                || Err(Failure::CouldNot("start the peer".to_owned())),
                |mut command| time(&mut command, |text, wall| answer::gap(text, *clock, wall)),
            ),
            Side::Hyperball { .. } => self.command().map_or_else(
                || Err(Failure::CouldNot("start the peer".to_owned())),
                |mut command| time(&mut command, |text, _| answer::driver(&text.replace('\n', " "))),
            ),
        };
        run.map(Some)
    }

    /// The sources that GAP draws, so that we take the same.
    pub(super) fn sources(&self) -> Result<Vec<String>, Failure> {
        match (&self.0, self.command()) {
            (Side::Program { program, .. }, Some(mut command)) if program.ends_with("bc") => {
                Ok(answer::gap_sources(&command::output(&mut command)?))
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Compares a column of ours, node by node, with what the peer found last: what the driver says of it.
    pub(super) fn compare(&self, out: &Path, column: &str) -> Result<Option<Run>, Failure> {
        let Side::Driver(driver) = &self.0 else { return Ok(None) };
        answer::driver(&driver.ask(&format!("compare {column} {}", out.display()))?).map(Some)
    }

    /// Has the peer's package judge communities of ours, against those that are planted if a file says which.
    pub(super) fn judge(
        &self,
        out: &Path,
        column: &str,
        planted: Option<&Path>,
    ) -> Result<Option<Run>, Failure> {
        let Side::Driver(driver) = &self.0 else { return Ok(None) };
        let planted = planted.map_or(String::new(), |planted| format!(" {}", planted.display()));
        answer::driver(&driver.ask(&format!("judge {column} {}{planted}", out.display()))?).map(Some)
    }

    /// Has the peer write what it finds with that seed, for every node.
    pub(super) fn write(&self, seed: u64, out: &Path) -> Result<(), Failure> {
        let mut command =
            self.command().ok_or_else(|| Failure::CouldNot("have the peer write a file".to_owned()))?;
        command::output(command.arg(seed.to_string()).arg(out)).map(|_| ())
    }

    /// Why there is nothing to compare with, if so.
    pub(super) fn missing(&self) -> Option<&str> {
        if let Side::Missing(why) = &self.0 { Some(why) } else { None }
    }

    /// The command as one would type it.
    pub(super) fn typed(&self) -> String {
        match &self.0 {
            Side::Driver(driver) => driver.typed.clone(),
            _ => self.command().map_or(String::new(), |command| command::as_typed(&command)),
        }
    }
}

/// A script of `xtask/bench` that holds a graph, and answers a line to a line.
struct Driver {
    child: RefCell<(Child, ChildStdin, BufReader<ChildStdout>)>,
    typed: String,
}

impl Driver {
    fn start(mut command: Command) -> Result<Self, Failure> {
        let typed = command::as_typed(&command);
        let could_not = |what: &str| Failure::CouldNot(format!("{what} `{typed}`"));
        // Idle threads that spin would take time from the other side.
        command.env("OMP_NUM_THREADS", N_THREADS.to_string()).env("OMP_WAIT_POLICY", "passive");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| could_not(&format!("start ({error})")))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(could_not("speak with"));
        };
        let child = RefCell::new((child, stdin, BufReader::new(stdout)));
        Ok(Self { child, typed })
    }

    fn ask(&self, question: &str) -> Result<String, Failure> {
        let (_, stdin, stdout) = &mut *self.child.borrow_mut();
        let mut line = String::new();
        let asked = writeln!(stdin, "{question}").and_then(|()| stdin.flush());
        asked
            .and_then(|()| stdout.read_line(&mut line))
            .map_err(|error| Failure::CouldNot(format!("ask `{}`: {error}", self.typed)))?;
        Ok(line)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let (child, ..) = self.child.get_mut();
        // It may have ended by itself.
        let _ = child.kill();
        let _ = child.wait();
    }
}
