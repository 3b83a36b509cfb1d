//! `cargo xtask bench scale`: a graph of 10⁹ edges, from a stream to PageRank, in less memory than it takes.
//!
//! R-MAT with a, b, c, d = .57, .19, .19, .05 and 16 edges a node, nodes not shuffled, is drawn here and streamed into
//! `suasion-graph build`; weak components and PageRank (20 iterations in f64, dangling mass kept) then run on the file, mapped. Edge i is drawn
//! from the numbers i × 8 and after, so that any thread can draw it; the order in which edges arrive is left to chance,
//! because it changes no byte of the file. The bars are those of scale 26. Linux only, where the system says how much memory
//! of a process is its own (`RssAnon`) rather than pages of the file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use super::machine;
use crate::npm::failed;
use crate::{Failure, command};

/// The scale that the bars are for.
const SCALE: u32 = 26;
const EDGES_A_NODE: u64 = 16;
/// Edges drawn and written at a time.
const CHUNK: u64 = 1 << 17;
/// a, a + b and a + b + c, of 2¹⁶.
const BOUNDS: [u64; 3] = [37_356, 49_807, 62_259];
const MOST_ANONYMOUS: f64 = 6.0 * (1_u64 << 30) as f64;
const MOST_DISK: f64 = 40e9;

/// A program's report, and the most anonymous memory it had.
struct Run {
    report: String,
    anonymous: u64,
}

/// Runs it in the release build, below `target/bench` or in another folder.
pub(crate) fn run(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let (mut scale, mut folder) = (SCALE, root.join("target/bench/scale"));
    for pair in arguments.chunks(2) {
        match *pair {
            ["--scale", text] => {
                let number = text.parse().ok().filter(|number| (1..=30).contains(number));
                scale = number.ok_or_else(|| Failure::Usage("`--scale` takes 1 to 30".to_owned()))?;
            }
            ["--folder", path] => folder = path.into(),
            _ => return Err(Failure::Usage(format!("`bench scale` does not take `{}`", pair.join(" ")))),
        }
    }
    if cfg!(debug_assertions) {
        let mut again =
            command::cargo(root, &["run", "--release", "--quiet", "--locked", "--package", "xtask"]);
        return command::pass_on(again.args(["--", "bench", "scale"]).args(arguments));
    }
    let build = ["build", "--release", "--quiet", "--locked", "--package", "suasion-edges"];
    command::run(&mut command::cargo(root, &build))?;
    fs::create_dir_all(&folder).map_err(|error| failed("make", &folder, &error))?;
    let mut log = String::new();
    let measured = measure(&root.join("target/release/suasion-graph"), &folder, scale, &mut log);
    // Whatever is wrong with it has been said.
    let _ = fs::remove_file(folder.join("edges.bin"));
    let _ = fs::remove_file(folder.join("graph.csr"));
    let is_within = measured?;
    if scale == SCALE {
        let path = root.join("docs/benchmarks-scale.md");
        fs::write(&path, document(root, &log)?).map_err(|error| failed("write", &path, &error))?;
        println!("written to {}", path.display());
    }
    if is_within { Ok(()) } else { Err(Failure::Found(1)) }
}

/// The page.
fn document(root: &Path, log: &str) -> Result<String, Failure> {
    let mut git = Command::new("git");
    let commit = command::output(git.current_dir(root).args(["rev-parse", "--short=12", "HEAD"]))?;
    Ok(format!(
        "# A graph larger than memory\n\n\
         Written by `cargo xtask bench scale`, at {} on {}. Edges are drawn by R-MAT with 16 a node and streamed into\n\
         `suasion-graph build`; the other algorithms run on the file that it writes, mapped. Bars are in seconds. At most\n\
         {:.0} GiB of memory may be a process's own (`RssAnon`), and {:.0} GB of disk may be taken.\n\n\
         ```text\n{log}```\n",
        commit.trim(),
        machine::processor(),
        MOST_ANONYMOUS / (1_u64 << 30) as f64,
        MOST_DISK / 1e9
    ))
}

/// Prints a line, and keeps it.
fn say(log: &mut String, line: &str) {
    println!("{line}");
    log.push_str(line);
    log.push('\n');
}

/// Whether all is within the bars.
fn measure(program: &Path, folder: &Path, scale: u32, log: &mut String) -> Result<bool, Failure> {
    let (edges, graph) = (folder.join("edges.bin"), folder.join("graph.csr"));
    let _ = fs::remove_file(&edges);
    link_to_stdin(&edges).map_err(|error| failed("link", &edges, &error))?;
    let n_edges = EDGES_A_NODE << scale;
    say(log, &format!("R-MAT, scale {scale}, {n_edges} edges drawn"));
    let mut build = Command::new(program);
    build.arg("build").arg(&edges).args(["--nodes", &(1_u64 << scale).to_string(), "--out"]).arg(&graph);
    let built =
        watched(&mut build, |child| child.stdin.take().map_or(Ok(()), |pipe| stream(pipe, scale, n_edges)))?;
    let mut is_within = line("build", 20.0, &built, log)?;
    let gigabytes = |key| Ok::<f64, Failure>(figure(&built.report, key)? / 1e9);
    let kept = format!(
        "  {} edges kept; file {:.2} GB, disk at most {:.2} GB",
        figure(&built.report, "n_edges")?,
        gigabytes("file_bytes")?,
        gigabytes("peak_disk_bytes")?
    );
    say(log, &kept);
    is_within &= figure(&built.report, "peak_disk_bytes")? <= MOST_DISK;
    let mut components = Command::new(program);
    let components = watched(components.arg("weak-components").arg(&graph), |_| Ok(()))?;
    is_within &= line("weak-components", 5.0, &components, log)?;
    say(log, &format!("  {} components", figure(&components.report, "n_components")?));
    let mut ranks = Command::new(program);
    let ranks = watched(ranks.arg("pagerank").arg(&graph).args(["--iterations", "20"]), |_| Ok(()))?;
    is_within &= line("pagerank", 10.0, &ranks, log)?;
    Ok(is_within)
}

/// Prints what a run took, and says whether that is within its bars.
fn line(name: &str, minutes: f64, run: &Run, log: &mut String) -> Result<bool, Failure> {
    let second = |key| figure(&run.report, key);
    let (read, build, took) = (second("read")?, second("build")?, second("run")?);
    let anonymous = run.anonymous as f64;
    let took_all = format!(
        "{name}: {:.1} s (map and check {read:.1}, build {build:.1}, run {took:.1}; bar {:.0}), anonymous memory {:.2} GiB",
        read + build + took,
        minutes * 60.0,
        anonymous / (1_u64 << 30) as f64
    );
    say(log, &took_all);
    Ok(read + build + took <= minutes * 60.0 && anonymous <= MOST_ANONYMOUS)
}

/// A name that ends as raw pairs do, for what comes through the pipe.
fn link_to_stdin(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::symlink("/dev/stdin", path);
    #[cfg(not(unix))]
    Err(io::Error::other(format!("{} needs Linux", path.display())))
}

/// Runs a program to its end, feeding it meanwhile.
fn watched(command: &mut Command, feed: impl FnOnce(&mut Child) -> io::Result<()>) -> Result<Run, Failure> {
    let typed = command::as_typed(command);
    let could_not = |error: io::Error| Failure::CouldNot(format!("run `{typed}`: {error}"));
    command.args(["--format", "json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(could_not)?;
    let status = format!("/proc/{}/status", child.id());
    let (is_over, anonymous) = (AtomicBool::new(false), AtomicU64::new(0));
    let output = thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Relaxed) {
                let text = fs::read_to_string(&status).unwrap_or_default();
                let kibibytes = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
                let kibibytes =
                    kibibytes.and_then(|text| text.trim().strip_suffix(" kB")?.trim().parse().ok());
                anonymous.fetch_max(kibibytes.unwrap_or(0_u64) * 1024, Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let fed = feed(&mut child);
        let output = child.wait_with_output();
        is_over.store(true, Relaxed);
        // A program that stops has said why; the broken pipe is no news then.
        output.and_then(|output| if output.status.success() { fed.map(|()| output) } else { Ok(output) })
    })
    .map_err(could_not)?;
    if !output.status.success() {
        return Err(Failure::CouldNot(format!("run `{typed}`: {}", output.status)));
    }
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Run { report, anonymous: anonymous.into_inner() })
}

/// Draws edges on as many threads as there are processors, and writes them as they come.
fn stream(pipe: impl Write + Send, scale: u32, n_edges: u64) -> io::Result<()> {
    let (pipe, next) = (Mutex::new(pipe), AtomicU64::new(0));
    let work = || {
        let mut bytes = Vec::new();
        loop {
            let first = next.fetch_add(CHUNK, Relaxed);
            if first >= n_edges {
                return Ok(());
            }
            bytes.clear();
            for nth in first..(first + CHUNK).min(n_edges) {
                let (source, target) = edge(scale, nth);
                let pair = u64::from(source) | (u64::from(target) << 32);
                bytes.extend_from_slice(&pair.to_le_bytes());
            }
            let mut pipe = pipe.lock().map_err(|_| io::Error::other("another thread failed"))?;
            pipe.write_all(&bytes)?;
        }
    };
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed"))))
    })
}

/// Edge `nth`: a quadrant for each bit, the highest first, each from 16 random bits.
fn edge(scale: u32, nth: u64) -> (u32, u32) {
    let (mut source, mut target) = (0, 0);
    let mut bits = 0;
    for level in 0..scale {
        if level % 4 == 0 {
            bits = random(nth * 8 + u64::from(level / 4));
        }
        let draw = bits & 0xffff;
        bits >>= 16;
        let [a, b, c] = BOUNDS.map(|bound| u32::from(draw >= bound));
        source = source << 1 | b;
        // In the second quadrant or the fourth.
        target = target << 1 | (a - b + c);
    }
    (source, target)
}

/// The `nth` number of SplitMix64 from zero on.
fn random(nth: u64) -> u64 {
    let word = nth.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// The number after a key that the report has once.
fn figure(report: &str, key: &str) -> Result<f64, Failure> {
    let number = report.split_once(&format!("\"{key}\": ")).and_then(|(_, rest)| {
        rest.split([',', '\n', '}']).next().and_then(|number| number.trim().parse().ok())
    });
    number.ok_or_else(|| Failure::CouldNot(format!("find `{key}` in\n{report}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_split_mix() {
        // The generator's published outputs for the seed 0.
        assert_eq!([random(0), random(1)], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    }

    #[test]
    fn quadrants_are_as_frequent_as_they_should_be() {
        let n_edges = 100_000;
        let mut counts = [0.0; 4];
        for nth in 0..n_edges {
            let (source, target) = edge(5, nth);
            assert!(source < 32 && target < 32);
            counts[(source % 2 * 2 + target % 2) as usize] += 1.0 / n_edges as f64;
        }
        for (count, expect) in counts.into_iter().zip([0.57, 0.19, 0.19, 0.05]) {
            assert!((count - expect).abs() < 0.005, "{count}, not {expect}");
        }
    }

    #[test]
    fn every_edge_is_streamed_once() {
        let mut bytes = Vec::new();
        let n_edges = 2 * CHUNK + 5;
        stream(&mut bytes, 10, n_edges).unwrap();
        let mut found: Vec<u64> =
            bytes.chunks(8).map(|pair| u64::from_le_bytes(pair.try_into().unwrap())).collect();
        let pair = |nth| {
            let (source, target) = edge(10, nth);
            u64::from(source) | (u64::from(target) << 32)
        };
        let mut expect: Vec<u64> = (0..n_edges).map(pair).collect();
        found.sort_unstable();
        expect.sort_unstable();
        assert_eq!(found, expect);
    }

    #[test]
    fn figures_are_found_in_a_report() {
        let report = "{\n  \"seconds\": {\n    \"read\": 0.5,\n    \"run\": 2\n  }\n}\n";
        assert_eq!((figure(report, "read"), figure(report, "run")), (Ok(0.5), Ok(2.0)));
        assert!(figure(report, "build").is_err());
    }
}
