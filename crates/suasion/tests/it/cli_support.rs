//! What tests of the command line share: a folder of their own, and the program run in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A folder in which the program is run, gone when the test is over.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run of the program came to.
#[derive(Debug, PartialEq)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Makes sure of the exit status.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "\nstdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }
}

impl Workspace {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// A folder with a strategy that has no problem, and no evidence.
    pub(crate) fn started() -> Self {
        let workspace = Self::empty();
        workspace.write("strategy.toml", STRATEGY);
        workspace
    }

    /// A folder with that strategy, a corridor, and made-up evidence: enough to answer everything.
    pub(crate) fn full() -> Self {
        let workspace = Self::started();
        let strategy = workspace.read("strategy.toml");
        workspace.write("strategy.toml", &(strategy + CORRIDOR));
        workspace.write("visits.csv", &csv("place,year,visits", &visits()));
        workspace.write("flows.csv", &csv("from,to,year,people", &flows()));
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).expect("written");
    }

    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// Replaces a text in the strategy, which must hold it.
    #[track_caller]
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let strategy = self.read("strategy.toml");
        assert!(strategy.contains(from), "the strategy has no {from:?}");
        self.write("strategy.toml", &strategy.replace(from, to));
    }

    /// The program, to be run in this folder without what the environment says about output.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_suasion"));
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Runs the program to its end with environment variables.
    pub(crate) fn run_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Ran {
        ran(self.command(arguments).envs(environment.iter().copied()))
    }

    /// What a query for one number answers.
    #[track_caller]
    pub(crate) fn number(&self, query: &str) -> i64 {
        let answer = self.run(&["sql", query, "--format", "json"]).exits(0).json();
        answer[0].as_object().and_then(|row| row.values().next()).and_then(Value::as_i64).expect("a number")
    }

    /// Every file below a folder with its bytes, except the lock, which holds nothing.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path().join(folder), &mut files);
        files
    }
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    Ran {
        status: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.file_name().is_some_and(|name| name != "lock") {
            // A file may be renamed by the program while it is looked for.
            files.insert(path.clone(), std::fs::read(&path).unwrap_or_default());
        }
    }
}

const STRATEGY: &str = include_str!("started.toml");

const CORRIDOR: &str = r#"
[[corridor]]
id = "festival-goers"
label = "Festival-goers"
dataset = "flows"
focus = "NLD"
period = 2023

[[dataset]]
id = "flows"
table = "flows"
format = "csv"
path = "flows.csv"
columns = { origin = "from", destination = "to", period = "year", value = "people" }
source = "Made up for tests"
licence = "CC0-1.0"
unit = "people"
"#;

/// A table as CSV.
pub(crate) fn csv(header: &str, rows: &[String]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

/// Visits to Utrecht and 24 other cities in 25 years, made up: growth of two per cent and noise of three.
pub(crate) fn visits() -> Vec<String> {
    let mut noise = Noise(7);
    let mut rows = Vec::new();
    for city in 0..25_u32 {
        let name = if city == 12 { "Utrecht".to_string() } else { format!("City {city:02}") };
        let mut level = 50_000.0 * (1.0 + f64::from(city) / 10.0);
        for year in 2000..=2024 {
            level *= 1.02;
            rows.push(format!("{name},{year},{:.0}", level * (0.97 + 0.06 * noise.next())));
        }
    }
    rows
}

/// Flows among four countries in two years, made up.
pub(crate) fn flows() -> Vec<String> {
    let mut noise = Noise(11);
    let mut rows = Vec::new();
    for from in ["BEL", "DEU", "FRA", "NLD"] {
        for to in ["BEL", "DEU", "FRA", "NLD"].into_iter().filter(|to| *to != from) {
            for year in [2022, 2023] {
                rows.push(format!("{from},{to},{year},{:.0}", 1000.0 * (1.0 + noise.next())));
            }
        }
    }
    rows
}

/// Numbers in [0, 1) that look random and are the same each time (Knuth's MMIX generator).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}
