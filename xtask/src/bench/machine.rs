//! What the machine can do while the bench runs: its rates of streaming and gathering.

use std::fmt;
use std::fs;
use std::process::Command;

use super::{N_THREADS, Places};
use crate::{Failure, command};

/// What `../shared/bench/stream.c` measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Rates {
    /// GB a second read in order.
    pub(super) read: String,
    /// Millions a second of 4-byte values gathered from a table of 1, 16 and 256 MiB.
    pub(super) gathers: Vec<String>,
}

impl Rates {
    pub(super) fn measure(places: &Places) -> Result<Self, Failure> {
        let program = places.folder.join("stream");
        if !program.is_file() {
            let mut gcc = Command::new("gcc");
            gcc.args(["-O3", "-march=native", "-fopenmp"]).arg(places.shared.join("stream.c"));
            command::run(gcc.arg("-o").arg(&program))?;
        }
        let mut stream = Command::new(&program);
        Ok(Self::of(&command::output(stream.env("OMP_NUM_THREADS", N_THREADS.to_string()))?))
    }

    fn of(text: &str) -> Self {
        let mut rates = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let after = |word: &str| words.iter().skip_while(|other| **other != word).nth(1).copied();
            if let Some(read) = after("read-sum") {
                read.clone_into(&mut rates.read);
            }
            if ["1024", "16384", "262144"].map(Some).contains(&after("table")) {
                rates.gathers.extend(after("(wall)").map(str::to_owned));
            }
        }
        rates
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "reads {} GB/s; gathers {} million values a second from 1 / 16 / 256 MiB",
            self.read,
            self.gathers.join(" / ")
        )
    }
}

/// The processor, as Linux names it.
pub(super) fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name"));
    let name = name.map_or("unknown", |name| name.trim_start_matches(['\t', ' ', ':']));
    let n_cores = text.lines().filter(|line| line.starts_with("processor")).count();
    format!("{name}, {n_cores} cores")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rates_are_read() {
        let text = "threads 2 copy 20.10 triad 25.00 read-sum 55.00 GB/s (s=1)\n\
                    gather table  1024 KB: 0.46 ns/elem (wall) 2175 M/s ss=1\n\
                    gather table  4096 KB: 0.90 ns/elem (wall) 1100 M/s ss=1\n\
                    gather table 16384 KB: 1.78 ns/elem (wall) 563 M/s ss=1\n\
                    gather table 262144 KB: 5.10 ns/elem (wall) 196 M/s ss=1\n";
        let rates = Rates::of(text);
        assert_eq!(rates.read, "55.00");
        assert_eq!(rates.gathers, ["2175", "563", "196"]);
    }
}
