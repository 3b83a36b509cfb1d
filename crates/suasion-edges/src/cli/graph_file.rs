//! Graph files: built from edge lists, and mapped in their place.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use suasion_graph::{Direction, EdgeColumns, Graph};

use super::algorithms::{Algorithm, Outcome, Run};
use super::{Cli, Stop};
use crate::error::Error;
use crate::external::{BuildOptions, Built, build_file, map_file};
use crate::input::{Input, Watch};
use crate::names::NodeNames;
use crate::options::{Layout, Options};
use crate::receipt::{Counts, Receipt};

pub(super) static ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "build",
    line: "Writes a graph file (.csr) that is mapped rather than read, larger than memory if raw pairs (.bin) are given; \
           nodes are called 0 to N − 1 in it",
    example: "edges.bin --out graph.csr",
    flags: &["memory", "out", "weight"],
    run: Run::File,
}];

/// How much memory a build takes if nothing is said.
const MEMORY: usize = 2 << 30;
/// How many raw pairs are read at a time.
const PAIRS: usize = 1 << 20;
const PAIR: usize = 8;

/// What was built, and from what.
pub(super) struct Build {
    pub(super) directed: bool,
    pub(super) n_nodes: u32,
    pub(super) built: Built,
    pub(super) receipt: Receipt,
}

impl Build {
    pub(super) fn summary(&self) -> Vec<(String, serde_json::Value)> {
        vec![
            ("file_bytes".to_string(), self.built.bytes.into()),
            ("peak_disk_bytes".to_string(), self.built.peak_disk_bytes.into()),
        ]
    }
}

/// Builds a graph file. Raw pairs are streamed, from a pipe too; other edge lists are read into memory first.
pub(super) fn build(
    cli: &Cli,
    options: &Options,
    read: impl FnOnce() -> Result<(Direction, EdgeColumns, NodeNames, Receipt), Stop>,
) -> Result<Build, Stop> {
    let path = &cli.flags.edges;
    let Some(out) = cli.flags.out.as_ref().filter(|out| Layout::of(out) == Layout::Csr) else {
        return Err(Stop::NotCsr);
    };
    let memory = cli.flags.settings.memory.map_or(MEMORY, |mebibytes| (mebibytes as usize) << 20);
    let to = |direction, n_nodes, is_weighted| BuildOptions { direction, n_nodes, is_weighted, memory };
    let is_raw = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("bin"))
        && cli.flags.sign.is_none()
        && cli.flags.known.node_table.is_none();
    if is_raw && let Some(pairs) = Pairs::open(path, options)? {
        let direction = if cli.flags.undirected { Direction::Undirected } else { Direction::Directed };
        let n_nodes = pairs.n_nodes(options)?;
        let mut n_bytes = 0;
        let chunks = pairs.chunks(&mut n_bytes);
        let built = build_file(out, &to(direction, n_nodes, false), chunks)?;
        let counts = Counts { rows: built.n_rows, self_loops: built.n_self_loop_rows, ..Counts::default() };
        let receipt = receipt(n_bytes, Layout::Binary, counts);
        return Ok(Build { directed: !cli.flags.undirected, n_nodes, built, receipt });
    }
    let (direction, columns, names, receipt) = read()?;
    if !matches!(names, NodeNames::Range(_)) {
        return Err(Stop::Named(path.clone()));
    }
    let n_nodes = names.len();
    let options = to(direction, n_nodes, columns.weights.is_some());
    let built = build_file(out, &options, std::iter::once(Ok(columns)))?;
    Ok(Build { directed: direction == Direction::Directed, n_nodes, built, receipt })
}

/// A graph file that is mapped.
pub(super) struct Mapped {
    pub(super) graph: Graph,
    pub(super) names: NodeNames,
    pub(super) receipt: Receipt,
    pub(super) watch: Watch,
}

/// Maps a graph file. Whatever asks more of it than what it holds is refused.
pub(super) fn map(cli: &Cli, options: &Options) -> Result<Mapped, Stop> {
    let path = || cli.flags.edges.clone();
    let refuse = |contradiction| Err(Error::Options { path: path(), contradiction }.into());
    if !options.from.is_empty()
        || !options.to.is_empty()
        || options.weight.is_some()
        || options.time.is_some()
        || !options.filters.is_empty()
        || options.nodes.is_some()
        || cli.flags.keep_zero
        || cli.flags.sign.is_some()
        || cli.flags.known.node_table.is_some()
    {
        return refuse("a graph file has no rows to choose from, and no names to look up");
    }
    let watch = Watch::open(&cli.flags.edges)?;
    let graph = map_file(&cli.flags.edges)?;
    if (cli.flags.directed && !graph.is_directed()) || (cli.flags.undirected && graph.is_directed()) {
        return refuse("is built the other way (--directed, --undirected); build it again");
    }
    let n_edges = graph.n_edges() as u64;
    let counts = Counts { rows: n_edges, self_loops: graph.n_self_loops() as u64, ..Counts::default() };
    let names = NodeNames::Range(graph.n_nodes());
    let receipt = receipt(watch.bytes(), Layout::Csr, counts);
    Ok(Mapped { graph, names, receipt, watch })
}

fn receipt(bytes: u64, layout: Layout, counts: Counts) -> Receipt {
    Receipt {
        bytes,
        compression: None,
        text_bytes: bytes,
        layout,
        from: Vec::new(),
        to: Vec::new(),
        weight: None,
        time: None,
        columns_ignored: 0,
        header: Vec::new(),
        header_lines: 0,
        counts,
        edges: counts.rows,
    }
}

/// Raw pairs, in a file that is read twice or in a pipe that is read once.
enum Pairs<'a> {
    File(Input),
    Pipe(&'a Path, File),
}

impl<'a> Pairs<'a> {
    /// `None` if they are compressed.
    fn open(path: &'a Path, options: &Options) -> Result<Option<Self>, Stop> {
        if !options.from.is_empty()
            || !options.to.is_empty()
            || options.weight.is_some()
            || !options.filters.is_empty()
        {
            let contradiction = "raw pairs have no columns to choose from";
            return Err(Error::Options { path: path.to_path_buf(), contradiction }.into());
        }
        let failed = |cause| Error::Io { path: path.to_path_buf(), cause };
        let file = File::open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Ok(Some(Self::Pipe(path, file)));
        }
        let input = Input::open(path)?;
        if input.compression().is_some() {
            return Ok(None);
        }
        let bytes = input.len();
        if !bytes.is_multiple_of(PAIR as u64) {
            return Err(Error::HalfPair { path: path.to_path_buf(), bytes }.into());
        }
        Ok(Some(Self::File(input)))
    }

    /// One more than the largest, unless the options say how many.
    fn n_nodes(&self, options: &Options) -> Result<u32, Stop> {
        if let Some(n_nodes) = options.nodes {
            return Ok(n_nodes);
        }
        match self {
            Self::Pipe(path, _) => {
                let contradiction =
                    "is read once, so that it must be said how many nodes there are (--nodes)";
                Err(Error::Options { path: path.to_path_buf(), contradiction }.into())
            }
            Self::File(input) if input.len() == 0 => {
                Err(Error::Empty { path: input.path().to_path_buf() }.into())
            }
            Self::File(input) => {
                let mut largest = 0;
                for at in (0..input.len()).step_by(PAIRS * PAIR) {
                    let columns = at_offset(input, at)?;
                    let ends = columns.sources.iter().chain(&columns.targets);
                    largest = ends.fold(largest, |largest, &node| node.max(largest));
                }
                let too_many = || Error::TooManyNodes { path: input.path().to_path_buf() };
                Ok(largest.checked_add(1).ok_or_else(too_many)?)
            }
        }
    }

    /// Chunk by chunk; at the end, a file must be what it was at the beginning.
    fn chunks(mut self, n_bytes: &mut u64) -> impl Iterator<Item = Result<EdgeColumns, Error>> {
        let mut is_done = false;
        std::iter::from_fn(move || {
            if is_done {
                return None;
            }
            let chunk = match &mut self {
                Self::File(input) if *n_bytes == input.len() => input.ensure_unchanged().map(|()| None),
                Self::File(input) => at_offset(input, *n_bytes).map(Some),
                Self::Pipe(path, file) => next_of(path, file, *n_bytes),
            };
            *n_bytes +=
                chunk.iter().flatten().map(|columns| (columns.sources.len() * PAIR) as u64).sum::<u64>();
            is_done = !matches!(chunk, Ok(Some(_)));
            chunk.transpose()
        })
    }
}

fn at_offset(input: &Input, offset: u64) -> Result<EdgeColumns, Error> {
    let mut bytes = vec![0; (input.len() - offset).min((PAIRS * PAIR) as u64) as usize];
    input.read_at(offset, &mut bytes)?;
    Ok(columns(&bytes))
}

fn next_of(path: &Path, file: &mut File, before: u64) -> Result<Option<EdgeColumns>, Error> {
    let mut bytes = Vec::with_capacity(PAIRS * PAIR);
    let failed = |cause: io::Error| Error::Io { path: path.to_path_buf(), cause };
    file.take((PAIRS * PAIR) as u64).read_to_end(&mut bytes).map_err(failed)?;
    if !bytes.len().is_multiple_of(PAIR) {
        return Err(Error::HalfPair { path: path.to_path_buf(), bytes: before + bytes.len() as u64 });
    }
    Ok(if bytes.is_empty() { None } else { Some(columns(&bytes)) })
}

fn columns(bytes: &[u8]) -> EdgeColumns {
    let words = || bytes.as_chunks::<PAIR>().0.iter().map(|pair| u64::from_le_bytes(*pair));
    EdgeColumns {
        sources: words().map(|word| word as u32).collect(),
        targets: words().map(|word| (word >> 32) as u32).collect(),
        weights: None,
    }
}

/// What a build has to say of nodes: nothing.
pub(super) fn nothing() -> Outcome {
    Outcome::whole(Vec::new())
}
