//! What is printed and written.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Cells;
use super::algorithms::{Column, Network, Outcome};
use crate::node_table::NodeTableReceipt;
use crate::receipt::Receipt;
use crate::rows::quoted;

/// What is printed.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub(super) algorithm: &'static str,
    pub(super) directed: bool,
    pub(super) n_nodes: u32,
    pub(super) n_edges: u64,
    /// Of the wall clock; nothing else in a report changes from run to run but the peak.
    pub(super) seconds: Seconds,
    /// The most memory that was resident, where the system says.
    pub(super) peak_bytes: Option<u64>,
    pub(super) receipt: &'a Receipt,
    /// Rows that `--sign` left out; their ends are nodes all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rows_of_other_sign: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) node_table: Option<&'a NodeTableReceipt>,
    #[serde(serialize_with = "as_map")]
    pub(super) summary: &'a [(String, Value)],
}

#[derive(Serialize)]
pub(super) struct Seconds {
    /// From the file to columns.
    pub(super) read: f64,
    /// From columns to the graph.
    pub(super) build: f64,
    /// The algorithm.
    pub(super) run: f64,
}

fn as_map<S: Serializer>(summary: &[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(summary.iter().map(|(name, value)| (name, value)))
}

impl Report<'_> {
    /// For programs.
    pub(super) fn json(&self) -> String {
        // Every key is text, the one thing that can go wrong.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let kind = if self.directed { "directed" } else { "undirected" };
        let mut text = format!("{} nodes, {} {kind} edges\n", self.n_nodes, self.n_edges);
        let counts = &self.receipt.counts;
        let other_sign = self.rows_of_other_sign.unwrap_or(0);
        let table = |of: fn(&NodeTableReceipt) -> u64| self.node_table.map_or(0, of);
        for (count, what) in [
            (counts.comments, "comments passed over"),
            (counts.blank_lines, "blank lines passed over"),
            (counts.rows_filtered, "rows filtered out"),
            (counts.zero_weights_dropped, "rows of weight zero dropped"),
            (counts.self_loops, "self-loops kept"),
            (counts.negative_weights, "negative weights"),
            (other_sign, "rows of the other sign left out"),
            (self.receipt.edges.saturating_sub(self.n_edges + other_sign), "parallel edges merged"),
            (table(|table| table.nodes_only_in_table), "nodes only in the node table"),
            (table(|table| table.nodes_not_in_table), "nodes not in the node table"),
        ] {
            if count > 0 {
                text += &format!("{count} {what}\n");
            }
        }
        for (name, value) in self.summary {
            let name = name.strip_prefix("n_").unwrap_or(name).replace('_', " ");
            match value {
                Value::Array(numbers) if numbers.iter().all(Value::is_number) => {
                    let numbers: Vec<String> = numbers.iter().map(Value::to_string).collect();
                    text += &format!("{name}: {}\n", numbers.join(" "));
                }
                Value::Array(rows) => {
                    text += &format!("{name}:\n");
                    for row in rows {
                        let name = |key| printable(row[key].as_str().unwrap_or_default());
                        if row["from"].is_string() {
                            text += &format!("  {} – {}\n", name("from"), name("to"));
                        } else {
                            text += &format!("  {:>12}  {}\n", rounded(&row["value"]), name("node"));
                        }
                    }
                }
                Value::Null => text += &format!("{name}: undefined\n"),
                _ => text += &format!("{name}: {}\n", rounded(value)),
            }
        }
        let Seconds { read, build, run } = self.seconds;
        text + &format!("seconds: read {read:.3}, build {build:.3}, run {run:.3}\n")
    }
}

/// For people: a number that is no count to six significant digits, and never to fewer than it has before its point.
fn rounded(value: &Value) -> String {
    let number = match value.as_f64() {
        Some(number) if value.is_f64() => number,
        _ => return value.to_string(),
    };
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) {
        return format!("{number:.5e}");
    }
    let before_point = if size == 0.0 { 1 } else { size.log10().floor() as i32 + 1 };
    let decimals = (6 - before_point).max(0) as usize;
    let text = format!("{number:.decimals$}");
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_string() }
}

/// A name with what would move the cursor or break the line made visible.
fn printable(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_control() { text.extend(char.escape_debug()) } else { text.push(char) }
    }
    text
}

/// Writes a row for each node, sorted by name, as CSV.
pub(super) fn write_csv(path: &Path, network: &Network, outcome: &Outcome) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 16, File::create(path)?);
    write!(file, "node")?;
    for (name, _) in &outcome.columns {
        write!(file, ",{name}")?;
    }
    writeln!(file)?;
    for node in 0..network.names.len() {
        write!(file, "{}", quoted(&network.names.name(node)))?;
        let at = node as usize;
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

/// A row for each node, sorted by name, as columns.
pub(super) fn cells<'o>(network: &Network, outcome: &'o Outcome) -> Vec<(&'o str, Cells)> {
    let names = |nodes: &mut dyn Iterator<Item = u32>| {
        Cells::Texts(nodes.map(|node| network.names.name(node).into_owned()).collect())
    };
    let mut cells = vec![("node", names(&mut (0..network.names.len())))];
    cells.extend(outcome.columns.iter().map(|(name, column)| {
        let column = match column {
            Column::Counts(values) => Cells::Counts(values.clone()),
            Column::Nodes(values) => names(&mut values.iter().copied()),
            Column::Large(values) => Cells::Large(values.clone()),
            Column::Numbers(values) => Cells::Numbers(values.iter().copied().map(Some).collect()),
            Column::DefinedCounts(values) => {
                Cells::Numbers(values.iter().map(|count| count.map(f64::from)).collect())
            }
            Column::Defined(values) => Cells::Numbers(values.clone()),
        };
        (*name, column)
    }));
    cells
}

/// The most memory that was resident, as Linux says.
pub(super) fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
