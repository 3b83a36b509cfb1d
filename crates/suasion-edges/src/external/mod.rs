//! Graph files built from a stream of edges in bounded memory, to be mapped by [`Graph::map`].
//!
//! **Method.** An edge is a key, source above target, in as few bits as the nodes need. The stream is parted by the
//! first ten bits of the key into buckets of a temporary file. Buckets that fit into memory together are read, sorted
//! and merged in parallel, and appended to the columns of the out half; a bucket that does not fit is parted again by
//! the next ten bits. The in half is built the same way from the out half, read back from the file with source and
//! target exchanged. In an undirected graph each edge is taken both ways, self-loops once, and there is one half.
//!
//! **Result.** Mapped, the file equals what [`Graph::from_columns`] builds from the same edges, byte for byte, and the
//! file's own bytes are the same whatever the order of edges, their chunks, the memory allowed and the number of
//! threads. What that refuses is refused here, naming the first bad edge by its position in the stream.
//!
//! **Cost.** O(m log m) time for m edges. Memory: about what [`BuildOptions::memory`] allows, except that parallel
//! edges of one pair with weights are held together, 16 bytes each. Disk, beside the result and in its folder: 8 bytes
//! an edge (16 with weights; undirected twice that), and less than that again where a bucket is parted twice. Temporary
//! files have no name where the system can do without, so that they vanish whatever happens; the result takes its name
//! when it is whole.
//!
//! The file is not forced to the disk. If the machine fails meanwhile, opening finds it damaged.

mod record;
mod sink;
mod spool;

use std::io;
use std::path::Path;

use rayon::prelude::*;
use suasion_graph::mapped::{Column, Header};
use suasion_graph::{Direction, EdgeColumns, Graph};

use crate::error::Error;
use crate::input::write_all_at;
use record::{Keys, Record};
use sink::Sink;
use spool::Spool;

/// What is to be built, and with how much.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildOptions {
    /// Whether edges lead one way or both.
    pub direction: Direction,
    /// Nodes are `0..n_nodes`.
    pub n_nodes: u32,
    /// Whether every chunk has weights; otherwise none may.
    pub is_weighted: bool,
    /// How many bytes to use, roughly. It changes the speed and never the result.
    pub memory: usize,
}

/// What was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Edges in the stream.
    pub n_rows: u64,
    /// Of them, those from a node to itself.
    pub n_self_loop_rows: u64,
    /// Edges after merging.
    pub n_edges: u64,
    /// Length of the file.
    pub bytes: u64,
    /// The most that was on disk at a time, the file included.
    pub peak_disk_bytes: u64,
}

/// Builds a graph file from chunks of edges, on the threads of the current rayon pool.
///
/// Fails on an error in the stream; as [`Graph::from_columns`] does on edges; and where a file cannot be written, be it
/// because the disk is full. Then no file is left, and one that stood at `path` is untouched.
pub fn build_file(
    path: &Path,
    options: &BuildOptions,
    chunks: impl IntoIterator<Item = Result<EdgeColumns, Error>>,
) -> Result<Built, Error> {
    let built = if options.is_weighted {
        build::<(u64, f64)>(path, options, chunks)
    } else {
        build::<u64>(path, options, chunks)
    };
    built.map_err(|stop| match stop {
        Stop::Source(error) => error,
        Stop::Edges(cause) => Error::Graph { path: path.to_path_buf(), cause },
        Stop::Io(cause) => Error::NotBuilt { path: path.to_path_buf(), cause },
    })
}

/// Maps a graph file, on the threads of the current rayon pool; see [`Graph::map`].
pub fn map_file(path: &Path) -> Result<Graph, Error> {
    let failed = |cause| Error::Io { path: path.to_path_buf(), cause };
    let file = std::fs::File::open(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(failed(io::Error::other("only a regular file can be mapped")));
    }
    Graph::map(&file).map_err(|cause| Error::NotMapped { path: path.to_path_buf(), cause })
}

/// What stops a build.
enum Stop {
    Source(Error),
    Edges(suasion_graph::Error),
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(cause: io::Error) -> Self {
        Self::Io(cause)
    }
}

fn build<R: Record>(
    path: &Path,
    options: &BuildOptions,
    chunks: impl IntoIterator<Item = Result<EdgeColumns, Error>>,
) -> Result<Built, Stop> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let keys = Keys::new(options.n_nodes);
    let both_ways = options.direction == Direction::Undirected;
    let file = new_file(folder)?;
    let mut spool = Spool::<R>::new(folder, keys.bits(), options.memory)?;
    let mut built = Built { n_rows: 0, n_self_loop_rows: 0, n_edges: 0, bytes: 0, peak_disk_bytes: 0 };
    for chunk in chunks {
        let chunk = chunk.map_err(Stop::Source)?;
        check::<R>(&chunk, options.n_nodes, built.n_rows).map_err(Stop::Edges)?;
        let EdgeColumns { sources, targets, weights } = &chunk;
        for (at, (&source, &target)) in sources.iter().zip(targets).enumerate() {
            let weight = weights.as_ref().map_or(1.0, |weights| weights[at]);
            spool.push(R::new(keys.key(source, target), weight))?;
            if source == target {
                built.n_self_loop_rows += 1;
            } else if both_ways {
                spool.push(R::new(keys.key(target, source), weight))?;
            }
        }
        built.n_rows += sources.len() as u64;
    }
    let header = Header {
        direction: options.direction,
        is_weighted: options.is_weighted,
        n_nodes: options.n_nodes,
        n_entries: 0,
        n_self_loops: 0,
        checksum: 0,
    };
    let mut out = Sink::new(file.as_file(), folder, header, 0, keys)?;
    let spooled = spool.drain(folder, &mut |records| out.append(records))?;
    let mut header = out.finish()?;
    let on_disk = |spooled: u64, header: &Header| {
        let weights = if options.is_weighted { header.n_entries * 8 } else { 0 };
        spooled + header.column(header.n_halves(), Column::Offsets).start + weights
    };
    built.peak_disk_bytes = on_disk(spooled, &header);
    let mut spool = Spool::<R>::new(folder, keys.bits(), options.memory)?;
    let mut total_weight = 0.0;
    if options.is_weighted || !both_ways {
        sink::read_back(file.as_file(), &header, |source, target, weight| {
            if both_ways {
                total_weight += if source <= target { weight } else { 0.0 };
                return Ok(());
            }
            total_weight += weight;
            spool.push(R::new(keys.key(target, source), weight))
        })?;
    }
    if options.is_weighted && total_weight > f64::MAX / 2.0 {
        return Err(Stop::Edges(suasion_graph::Error::TotalTooLarge));
    }
    if !both_ways {
        let mut into = Sink::new(file.as_file(), folder, header, 1, keys)?;
        let spooled = spool.drain(folder, &mut |records| into.append(records))?;
        header = into.finish()?;
        built.peak_disk_bytes = built.peak_disk_bytes.max(on_disk(spooled, &header));
    }
    write_all_at(file.as_file(), 0, &header.to_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    let undirected = |entries: u64| u64::midpoint(entries, header.n_self_loops);
    built.n_edges = if both_ways { undirected(header.n_entries) } else { header.n_entries };
    built.bytes = header.file_bytes();
    Ok(built)
}

/// The result before it has its name, with the permissions that any new file gets.
pub(crate) fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    file.tempfile_in(folder)
}

/// What [`Graph::from_columns`] refuses.
fn check<R: Record>(chunk: &EdgeColumns, n_nodes: u32, first: u64) -> Result<(), suasion_graph::Error> {
    let EdgeColumns { sources, targets, weights } = chunk;
    let n_weights = weights.as_ref().map(Vec::len);
    let wanted = R::HAS_WEIGHT.then_some(sources.len());
    if sources.len() != targets.len() || n_weights != wanted {
        let (n_sources, n_targets) = (sources.len(), targets.len());
        return Err(suasion_graph::Error::RaggedColumns { n_sources, n_targets, n_weights });
    }
    let fault = (0..sources.len()).into_par_iter().with_min_len(1 << 14).find_map_first(|at| {
        let edge = first as usize + at;
        let ends = [sources[at], targets[at]];
        if let Some(&node) = ends.iter().find(|&&node| node >= n_nodes) {
            return Some(suasion_graph::Error::NodeOutOfRange { edge, node, n_nodes });
        }
        let weight = weights.as_ref().map_or(1.0, |weights| weights[at]);
        let is_good = weight.is_finite() && weight >= 0.0;
        (!is_good).then_some(suasion_graph::Error::BadWeight { edge, weight })
    });
    fault.map_or(Ok(()), Err)
}
