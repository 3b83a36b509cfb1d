//! The table that `--out` asks for: refused before anything is computed, or written as a whole.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::algorithms::{Column, Network, Outcome, Rows, Run, Ties};
use super::{Cells, Cli, Parquet, Stop};
use crate::external::new_file;
use crate::fields::quoted;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Parquet,
}

/// Refuses what cannot be written, or would be written over what is read.
pub(super) fn check(cli: &Cli, can_parquet: bool) -> Result<(), Stop> {
    let Some(out) = &cli.flags.out else { return Ok(()) };
    let read = [(Some(&cli.flags.edges), "edge list"), (cli.flags.known.node_table.as_ref(), "node table")];
    for (path, what) in read {
        if path.is_some_and(|path| is_same_file(out, path)) {
            return Err(Stop::Overwrite { path: out.clone(), what });
        }
    }
    if !matches!(cli.algorithm.run, Run::File) && format(out)? == Format::Parquet && !can_parquet {
        return Err(Stop::NoParquet(out.clone()));
    }
    if folder(out).is_dir() { Ok(()) } else { Err(Stop::NoFolder(out.clone())) }
}

/// What a file's name says.
fn format(path: &Path) -> Result<Format, Stop> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let advice = match ending.as_deref() {
        Some("csv") => return Ok(Format::Csv),
        Some("parquet" | "pq") => return Ok(Format::Parquet),
        Some("gz" | "zst" | "zstd") => "leave that ending out, and compress the file afterwards",
        None if path.as_os_str() == "-" => {
            "on standard output is the report, for programs with --format json"
        }
        _ => "call it so; spreadsheets and statistics packages read CSV",
    };
    Err(Stop::Ending { path: path.to_path_buf(), advice })
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

/// Whether two paths lead to one file, by links too.
fn is_same_file(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        matches!((a.metadata(), b.metadata()), (Ok(a), Ok(b)) if (a.dev(), a.ino()) == (b.dev(), b.ino()))
    }
    #[cfg(not(unix))]
    {
        matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }
}

/// Writes a row for each node or tie that has figures.
pub(super) fn write(
    path: &Path,
    network: &Network,
    outcome: &Outcome,
    parquet: Option<&dyn Parquet>,
) -> Result<(), Stop> {
    match (format(path)?, parquet) {
        (Format::Csv, _) => replace(path, |file| write_csv(file, network, outcome)),
        (Format::Parquet, Some(parquet)) => {
            replace(path, |file| parquet.write(file, cells(network, outcome)))
        }
        (Format::Parquet, None) => return Err(Stop::NoParquet(path.to_path_buf())),
    }
    .map_err(|cause| Stop::Write { path: path.to_path_buf(), cause })
}

/// Puts a file in place of another once it is whole. A link stays, and what it leads to is replaced; what is no regular
/// file, such as a pipe, is written to as it stands.
fn replace(path: &Path, write: impl FnOnce(File) -> io::Result<()>) -> io::Result<()> {
    let target: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return write(File::create(&target)?);
    }
    let draft = new_file(folder(&target))?;
    if let Some(before) = before {
        fs::set_permissions(draft.path(), before.permissions())?;
    }
    write(draft.reopen()?)?;
    draft.persist(&target)?;
    Ok(())
}

/// How many rows there are.
fn n_rows(network: &Network, outcome: &Outcome) -> usize {
    match &outcome.rows {
        Rows::All => network.names.len() as usize,
        Rows::Nodes(nodes) => nodes.len(),
        Rows::Ties(ties) => ties.sources.len(),
    }
}

/// What says what a row is about: a head, and the text of each row.
type Key<'o> = (&'static str, Box<dyn Fn(usize) -> Cow<'o, str> + 'o>);

/// What the columns before the figures hold. Of ties, the names by which an edge list is read again, direction included.
fn keys<'o>(network: &'o Network, outcome: &'o Outcome) -> Vec<Key<'o>> {
    let names = &network.names;
    let nodes = |nodes: &'o [u32]| move |at: usize| names.name(nodes[at]);
    match &outcome.rows {
        Rows::All => vec![("node", Box::new(move |at| names.name(at as u32)))],
        Rows::Nodes(of_rows) => vec![("node", Box::new(nodes(of_rows)))],
        Rows::Ties(Ties { directed, sources, targets }) => {
            let direction = if *directed { "Directed" } else { "Undirected" };
            vec![
                ("source", Box::new(nodes(sources))),
                ("target", Box::new(nodes(targets))),
                ("type", Box::new(move |_| Cow::Borrowed(direction))),
            ]
        }
    }
}

fn write_csv(file: File, network: &Network, outcome: &Outcome) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 16, file);
    let keys = keys(network, outcome);
    let heads = keys.iter().map(|(name, _)| *name).chain(outcome.columns.iter().map(|(name, _)| *name));
    writeln!(file, "{}", heads.collect::<Vec<_>>().join(","))?;
    for at in 0..n_rows(network, outcome) {
        for (position, (_, key)) in keys.iter().enumerate() {
            write!(file, "{}{}", if position > 0 { "," } else { "" }, quoted(&key(at)))?;
        }
        for (_, column) in &outcome.columns {
            match column {
                Column::Counts(values) => write!(file, ",{}", values[at])?,
                Column::Nodes(values) => write!(file, ",{}", quoted(&network.names.name(values[at])))?,
                Column::Large(values) => write!(file, ",{}", values[at])?,
                Column::Numbers(values) => write!(file, ",{}", values[at])?,
                Column::DefinedCounts(values) => match values[at] {
                    Some(value) => write!(file, ",{value}")?,
                    None => write!(file, ",")?,
                },
                Column::DefinedLarge(values) => match values[at] {
                    Some(value) => write!(file, ",{value}")?,
                    None => write!(file, ",")?,
                },
                Column::Defined(values) => match values[at] {
                    Some(value) => write!(file, ",{value}")?,
                    None => write!(file, ",")?,
                },
            }
        }
        writeln!(file)?;
    }
    file.flush()
}

fn cells<'o>(network: &'o Network, outcome: &'o Outcome) -> Vec<(&'o str, Cells)> {
    let names = |nodes: &[u32]| {
        Cells::Texts(nodes.iter().map(|&node| network.names.name(node).into_owned()).collect())
    };
    let n_rows = n_rows(network, outcome);
    let texts =
        |(name, key): Key<'o>| (name, Cells::Texts((0..n_rows).map(|at| key(at).into_owned()).collect()));
    let mut cells: Vec<(&str, Cells)> = keys(network, outcome).into_iter().map(texts).collect();
    cells.extend(outcome.columns.iter().map(|(name, column)| {
        let column = match column {
            Column::Counts(values) => Cells::Counts(values.clone()),
            Column::Nodes(values) => names(values),
            Column::Large(values) => Cells::Large(values.clone()),
            Column::Numbers(values) => Cells::Numbers(values.iter().copied().map(Some).collect()),
            Column::DefinedCounts(values) => {
                Cells::Numbers(values.iter().map(|count| count.map(f64::from)).collect())
            }
            Column::DefinedLarge(values) => {
                Cells::Numbers(values.iter().map(|count| count.map(|count| count as f64)).collect())
            }
            Column::Defined(values) => Cells::Numbers(values.clone()),
        };
        (*name, column)
    }));
    cells
}
