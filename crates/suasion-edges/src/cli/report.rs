//! What is printed and written.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::algorithms::REASON;
use crate::node_table::NodeTableReceipt;
use crate::options::Layout;
use crate::receipt::Receipt;

/// What is printed.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub(super) algorithm: &'static str,
    pub(super) directed: bool,
    pub(super) n_nodes: u32,
    pub(super) n_edges: u64,
    /// Rows that are no edge of their own, because another has the same ends.
    pub(super) parallel_edges_merged: u64,
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
    /// Whether edges have weights that the algorithm passes over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) weights_not_used: bool,
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
    /// From columns to what is printed of them.
    pub(super) summary: f64,
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
        let mut text = format!(
            "{}, {}\n",
            counted(self.n_nodes.into(), "node"),
            counted(self.n_edges, &format!("{kind} edge"))
        );
        text += &self.columns();
        let counts = &self.receipt.counts;
        let other_sign = self.rows_of_other_sign.unwrap_or(0);
        let table = |of: fn(&NodeTableReceipt) -> u64| self.node_table.map_or(0, of);
        for (count, what, became) in [
            (counts.comments, "comment", " passed over"),
            (counts.blank_lines, "blank line", " passed over"),
            (counts.rows_filtered, "row", " filtered out"),
            (counts.zero_weights_dropped, "row", " of weight zero dropped"),
            (counts.self_loops, "self-loop", " kept"),
            (counts.negative_weights, "negative weight", ""),
            (other_sign, "row", " of the other sign left out"),
            (self.parallel_edges_merged, "parallel edge", " merged"),
            (table(|table| table.nodes_only_in_table), "node", " only in the node table"),
            (table(|table| table.nodes_not_in_table), "node", " not in the node table"),
        ] {
            if count > 0 {
                text += &format!("{}{became}\n", counted(count, what));
            }
        }
        if self.weights_not_used {
            text += &format!("weights not used: {} goes by edges, whatever they weigh\n", self.algorithm);
        }
        for (key, value) in self.summary.iter().filter(|(key, _)| !key.ends_with(REASON)) {
            let name = key.strip_prefix("n_").unwrap_or(key).replace('_', " ");
            let why = self.summary.iter().find(|(other, _)| other.strip_suffix(REASON) == Some(key));
            let why =
                why.and_then(|(_, why)| why.as_str()).map_or_else(String::new, |why| format!(" ({why})"));
            match value {
                Value::Array(numbers) if numbers.first().is_some_and(Value::is_number) => {
                    let numbers: Vec<String> = numbers.iter().map(rounded).collect();
                    text += &format!("{name}: {}\n", numbers.join(" "));
                }
                Value::Object(parts) => text += &format!("{name}:\n{}", of_parts(parts)),
                Value::Array(rows) if rows.is_empty() => text += &format!("{name}: none\n"),
                Value::Array(rows) => {
                    text += &format!("{name}:\n");
                    if let Some(table) = Table::of(rows) {
                        text += &table.text(rows);
                        continue;
                    }
                    for row in rows {
                        let name = |key| printable(row[key].as_str().unwrap_or_default());
                        if row["from"].is_string() && row["value"].is_number() {
                            let value = rounded(&row["value"]);
                            text += &format!("  {value:>12}  {} – {}\n", name("from"), name("to"));
                        } else if row["from"].is_string() {
                            text += &format!("  {} – {}\n", name("from"), name("to"));
                        } else {
                            text += &format!("  {:>12}  {}\n", rounded(&row["value"]), name("node"));
                        }
                    }
                }
                Value::Null => text += &format!("{name}: undefined{why}\n"),
                Value::Bool(is_so) => {
                    text += &format!("{name}: {}{why}\n", if *is_so { "yes" } else { "no" });
                }
                Value::String(word) => text += &format!("{name}: {}\n", printable(word)),
                Value::Number(_) => text += &format!("{name}: {}\n", rounded(value)),
            }
        }
        let Seconds { read, build, run, summary } = self.seconds;
        text + &format!("seconds: read {read:.3}, build {build:.3}, run {run:.3}, summary {summary:.3}\n")
    }
}

/// So many of them.
fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How many columns of a header are named.
const SHOWN: usize = 12;

impl Report<'_> {
    /// Which row was taken for the header, and what columns were taken for, where that is no matter of course.
    fn columns(&self) -> String {
        let Receipt { header, from, to, weight, columns_ignored, layout, .. } = self.receipt;
        if header.is_empty() && *columns_ignored == 0 {
            return String::new();
        }
        let list = |names: &[String]| names.iter().map(|name| printable(name)).collect::<Vec<_>>().join(", ");
        let mut text = String::new();
        if *layout != Layout::Parquet && !header.is_empty() {
            text += &format!("header: {}", list(&header[..header.len().min(SHOWN)]));
            if header.len() > SHOWN {
                text += &format!(" and {} more", header.len() - SHOWN);
            }
            text.push('\n');
        }
        text += &format!("columns: from {}; to {}", list(from), list(to));
        if let Some(weight) = weight {
            text += &format!("; weight {}", printable(weight));
        }
        if let Some(time) = &self.receipt.time {
            text += &format!("; time {}", printable(time));
        }
        if *columns_ignored > 0 {
            text += &format!("; {columns_ignored} not used");
        }
        text + "\n"
    }
}

/// Figures of several parts, a line each, with a head.
fn of_parts(parts: &Map<String, Value>) -> String {
    let figures = |part: &Value| -> Vec<(String, String)> {
        let figures = part.as_object().into_iter().flatten().filter(|(name, _)| !name.ends_with(REASON));
        let value = |value: &Value| if value.is_null() { "undefined".to_string() } else { rounded(value) };
        figures.map(|(name, figure)| (name.replace('_', " "), value(figure))).collect()
    };
    let line = |cells: &mut dyn Iterator<Item = String>| {
        cells.fold(String::new(), |line, cell| line + &format!("  {cell:>12}"))
    };
    let mut text = String::new();
    for (at, (name, part)) in parts.iter().enumerate() {
        let figures = figures(part);
        if at == 0 {
            text += &(line(&mut figures.iter().map(|(head, _)| head.clone())) + "\n");
        }
        text += &line(&mut figures.into_iter().map(|(_, figure)| figure));
        text += &format!("  {}\n", printable(name));
    }
    text
}

/// How rows of several figures are shown: which they are by, what of each, and where that stands.
struct Table {
    by: &'static str,
    columns: &'static [(&'static str, &'static str)],
}

/// The first whose columns rows have.
const TABLES: [Table; 4] = [
    Table {
        by: "from",
        columns: &[
            ("nodes", "/n_nodes"),
            ("edges", "/n_edges"),
            ("effective number", "/effective_number"),
            ("entrant rate", "/entrant_rate"),
            ("departures", "/departures"),
            ("communities", "/communities"),
            ("births", "/events/births/n"),
            ("deaths", "/events/deaths/n"),
            ("splits", "/events/splits/n"),
            ("merges", "/events/merges/n"),
        ],
    },
    Table { by: "from", columns: &[("flows", "/n_flows"), ("share of new", "/share_of_new")] },
    Table {
        by: "resolution",
        columns: &[
            ("communities", "/n_communities"),
            ("of 10 or more", "/of_10_or_more"),
            ("largest", "/largest"),
            ("modularity", "/modularity"),
            ("coverage", "/coverage"),
            ("similarity to next", "/similarity_to_next"),
        ],
    },
    Table {
        by: "community",
        columns: &[
            ("found", "/found"),
            ("nodes", "/n_nodes"),
            ("score", "/score"),
            ("by chance", "/by_chance"),
            ("p", "/p"),
        ],
    },
];

impl Table {
    fn of(rows: &[Value]) -> Option<&'static Self> {
        let first = rows.first()?;
        TABLES.iter().find(|table| {
            table.columns.first().is_some_and(|(_, place)| first.pointer(place).is_some())
                && first.get(table.by).is_some()
        })
    }

    /// A line each, which ends in what it is by, with a head.
    fn text(&self, rows: &[Value]) -> String {
        let mut lines: Vec<Vec<String>> =
            vec![self.columns.iter().map(|(head, _)| (*head).to_string()).collect()];
        let shown = |value: Option<&Value>| match value {
            Some(Value::Bool(is_so)) => if *is_so { "yes" } else { "no" }.to_string(),
            Some(value) if !value.is_null() => rounded(value),
            _ => "undefined".to_string(),
        };
        lines.extend(
            rows.iter().map(|row| self.columns.iter().map(|(_, place)| shown(row.pointer(place))).collect()),
        );
        let end = |row: &Value| match &row[self.by] {
            Value::String(text) => printable(text),
            value => rounded(value),
        };
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| lines.iter().map(|line| line[column].len()).max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for (line, end) in lines.iter().zip([self.by.to_string()].into_iter().chain(rows.iter().map(end))) {
            for (cell, &width) in line.iter().zip(&widths) {
                text += &format!("  {cell:>width$}");
            }
            text += &format!("  {end}\n");
        }
        text
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

/// The most memory that was resident, as Linux says.
pub(super) fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
