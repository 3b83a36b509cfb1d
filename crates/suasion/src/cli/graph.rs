//! `suasion graph`: networks from the shell, Parquet included.

use std::fs::File;
use std::io;
use std::path::Path;

use clap::Args;
use suasion_edges::cli::{Cells, Parquet, Request};
use suasion_store::exchange::{self, Values};

#[derive(Debug, Args)]
pub(super) struct Graph {
    #[command(flatten)]
    request: Request,
}

pub(super) fn help() -> String {
    Request::help("suasion graph")
}

pub(super) fn run(graph: &Graph) -> u8 {
    graph.request.run(Some(&Arrow))
}

/// Parquet by way of Arrow.
struct Arrow;

impl Parquet for Arrow {
    fn to_csv(&self, path: &Path) -> Result<Vec<u8>, String> {
        exchange::parquet_as_csv(path).map_err(|problem| problem.message())
    }

    fn write(&self, file: File, columns: Vec<(&str, Cells)>) -> io::Result<()> {
        let columns = columns.into_iter().map(|(name, cells)| (name, values(cells))).collect();
        exchange::write_parquet(file, columns).map_err(io::Error::other)
    }
}

fn values(cells: Cells) -> Values {
    match cells {
        Cells::Texts(values) => Values::Texts(values),
        Cells::Counts(values) => Values::Counts(values),
        Cells::Large(values) => Values::Large(values),
        Cells::Numbers(values) => Values::Numbers(values),
    }
}
