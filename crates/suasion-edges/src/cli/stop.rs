//! What stops the program, and with which exit status.

use std::io;
use std::path::PathBuf;

use super::{CLEAN, FAILURE, INPUT};
use crate::error::Error;

/// What stops the program.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error("{0}")]
    Read(#[from] Error),
    #[error("{0}")]
    ReadTable(String),
    #[error("{}: Parquet is written by `suasion graph`; this program writes CSV", .0.display())]
    NoParquet(PathBuf),
    #[error("{}: cannot {cause}", path.display())]
    Build { path: PathBuf, cause: suasion_graph::Error },
    #[error(
        "{}: holds directed and undirected edges; say which they are to be (--directed, --undirected)",
        .0.display()
    )]
    Mixed(PathBuf),
    #[error(
        "{}: a graph file has the weights of parallel edges added up, and edges of weight zero left out, so that it holds no \
         costs; take the edge list it was built from",
        .0.display()
    )]
    Sums(PathBuf),
    #[error(
        "{}: has weights, and {algorithm} goes by length; say what a weight is (--weight-as strength, so that length is \
         1 / weight, or --weight-as cost), or give the columns without a weight to count steps",
        path.display()
    )]
    Meaning { path: PathBuf, algorithm: &'static str },
    #[error("{}: has no weights that --weight-as could explain; name their column (--weight) or leave it out", .0.display())]
    NoWeights(PathBuf),
    #[error(
        "the edge from {source_node} to {target_node} has cost 0, which leaves shortest paths uncounted and closeness \
         undefined; make its ends one node, give it a positive cost, or leave the row out if there is no such edge"
    )]
    ZeroLength { source_node: String, target_node: String },
    #[error(
        "from some node to another there are more shortest paths than can be counted, above 1.8e308; estimate from random \
         paths (betweenness-approximate, by steps), or make one node of those that stand side by side"
    )]
    TooManyPaths,
    #[error("{algorithm} needs a node; name it (--{flag} NODE)")]
    NodeMissing { flag: &'static str, algorithm: &'static str },
    #[error("--{flag}: no node is called `{name}`; names are spelt as in the edge list")]
    NoSuchNode { flag: &'static str, name: String },
    #[error("{}: has no weights, hence no signs; say which column they are in (--weight)", .0.display())]
    Unsigned(PathBuf),
    #[error("{}: no edge has a weight of that sign; take the other one", .0.display())]
    OneSign(PathBuf),
    #[error("{0} takes sources for actors and targets for events; read the edges as directed (--directed)")]
    NoModes(&'static str),
    #[error(
        "{n_pairs} pairs share something, counted once for each thing that they share, and at most {} are listed; the largest \
         is `{largest}`, with {degree} ties: leave it out (--where 'COL!={largest}'), or project the other mode (--mode)",
        suasion_graph::projection::MAX_PAIRS
    )]
    TooManyPairs { n_pairs: u64, largest: String, degree: u32 },
    #[error("windows of time need to know when ties were; name the column (--time-column COL)")]
    TimeMissing,
    #[error(
        "windows of time need to know how long they are; say so (--window 1-year), or how many there are to be (--window 24)"
    )]
    WindowMissing,
    #[error("a graph file has no rows that could be drawn again; give the edge list that it was built from")]
    RowsMissing,
    #[error("no tie is left to be in a window; choose other rows")]
    NoTies,
    #[error(
        "the time {0} is no second of a year from 0 to 9999, so that it has no place in a calendar; divide by 1000 if it is \
         in milliseconds, or say how many windows there are to be (--window 24)"
    )]
    NoCalendar(i64),
    #[error("there would be more than {0} windows; make them longer (--window)")]
    ManyWindows(usize),
    #[error("--{0} says nothing to shares that are not tested; leave it out, or ask for --weights validated")]
    Untested(&'static str),
    #[error("disparity-filter compares weights, and there are none; name their column (--weight)")]
    Weightless,
    #[error("{algorithm} compares the groups of one attribute; name it (--node-table, --attribute)")]
    OneAttribute { algorithm: &'static str },
    #[error("{}: names its nodes, and a graph file numbers them; name them 0 to N − 1 first, or say N (--nodes)", .0.display())]
    Named(PathBuf),
    #[error(
        "a graph file has to be named, with the ending .csr; say where it is to be written (--out graph.csr)"
    )]
    NotCsr,
    #[error("cannot {0}")]
    Compute(suasion_graph::Error),
    #[error("{}: is the {what} itself; write to another file", path.display())]
    Overwrite { path: PathBuf, what: &'static str },
    #[error("{}: what --out writes ends in .csv, or in .parquet with `suasion graph`; {advice}", path.display())]
    Ending { path: PathBuf, advice: &'static str },
    #[error("{}: cannot be written: there is no such folder; make it first", .0.display())]
    NoFolder(PathBuf),
    #[error("{}: cannot be written: {cause}", path.display())]
    Write { path: PathBuf, cause: io::Error },
    #[error("the result cannot be printed: {0}")]
    Print(io::Error),
    #[error("threads cannot be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl Stop {
    /// The exit status.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::Print(cause) if cause.kind() == io::ErrorKind::BrokenPipe => CLEAN,
            Self::Read(error) if !error.is_failure() => INPUT,
            Self::ReadTable(_)
            | Self::OneAttribute { .. }
            | Self::NoTies
            | Self::NoCalendar(_)
            | Self::ManyWindows(_)
            | Self::Build { .. }
            | Self::Mixed(_)
            | Self::Sums(_)
            | Self::TooManyPaths
            | Self::Unsigned(_)
            | Self::OneSign(_)
            | Self::NoModes(_)
            | Self::TooManyPairs { .. }
            | Self::Weightless
            | Self::Named(_)
            | Self::Compute(_)
            | Self::Meaning { .. }
            | Self::NoWeights(_)
            | Self::ZeroLength { .. }
            | Self::NoSuchNode { .. } => INPUT,
            _ => FAILURE,
        }
    }
}
