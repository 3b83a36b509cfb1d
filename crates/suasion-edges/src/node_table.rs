//! Tables of nodes: a row for each node, with what is known of it.
//!
//! A table is CSV with a header, parted by the comma, tab or semicolon that the header uses, whatever the file is
//! called; it may be compressed. One column, or several together, name the node as the edge list does: names are
//! compared as text.
//!
//! - A node that *only the table* has is a node without edges. With [`Options::nodes`](crate::Options::nodes) the nodes
//!   are given already, and any other name is an error.
//! - A node that *only the edges* have is a node all the same; it has no value of any attribute, and is counted.
//! - Two rows of one name are an error, even if they say the same.
//! - An empty or blank field is no value. Any other is its text, blanks at its ends included.
//!
//! **Cost.** One thread reads the table, at a few hundred megabytes a second; the file is held while it is read.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use suasion_graph::Names;

use crate::error::{Error, Fault};
use crate::fields::{Field, Joiner, RECORD_ADVICE, is_blank, line, split_csv};
use crate::header::{Header, is_number};
use crate::input::Input;
use crate::interner::{Distinct as _, NotInterned, Texts};
use crate::plan::delimiter;
use crate::read::Edges;

/// How a table of nodes is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NodeTableOptions {
    /// The columns whose values together name the node. Empty: the column called `Id` or `node`, in whatever case.
    pub id: Vec<String>,
    /// The columns to keep.
    pub attributes: Vec<String>,
}

/// A table of nodes.
#[derive(Debug)]
pub struct NodeTable {
    path: PathBuf,
    names: Texts,
    /// On which line the row of each name starts.
    lines: Vec<u64>,
    columns: Vec<Column>,
    receipt: NodeTableReceipt,
}

/// A column: for each row the number of its text, or none.
#[derive(Debug)]
struct Column {
    at: usize,
    name: String,
    texts: Texts,
    values: Vec<Option<u32>>,
}

/// What was read from a table of nodes, and how it fits the edges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NodeTableReceipt {
    /// The file's length.
    pub bytes: u64,
    /// `gzip` or `zstd`.
    pub compression: Option<&'static str>,
    /// The columns that name the node.
    pub id: Vec<String>,
    /// The columns that were kept.
    pub attributes: Vec<String>,
    /// Columns that were not used.
    pub columns_ignored: usize,
    /// Lines, all told.
    pub lines: u64,
    /// Lines with nothing or only blanks on them.
    pub blank_lines: u64,
    /// Rows, that is nodes in the table.
    pub rows: u64,
    /// Nodes that only the table has: they have no edges.
    pub nodes_only_in_table: u64,
    /// Nodes that the table does not have: they have no values.
    pub nodes_not_in_table: u64,
}

/// What is known of each node in one respect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// What the column is called.
    pub name: String,
    /// The distinct values, in the order of [`Names`]: by value if all are integers, otherwise by bytes.
    pub levels: Names,
    /// For each node the position of its value among the levels, or `None` if it has none.
    pub values: Vec<Option<u32>>,
}

/// Reads a table of nodes.
pub fn read_node_table(path: &Path, options: &NodeTableOptions) -> Result<NodeTable, Error> {
    Input::open(path)?.read_nodes(options)
}

impl Input {
    /// Reads a table of nodes. Fails if the file has changed since it was opened.
    pub fn read_nodes(&self, options: &NodeTableOptions) -> Result<NodeTable, Error> {
        let table = NodeTable::read(self, options);
        // A fault may be there only because the file changed, hence this comes first.
        self.ensure_unchanged()?;
        table
    }
}

impl NodeTable {
    fn read(input: &Input, options: &NodeTableOptions) -> Result<Self, Error> {
        let faulty = |line, fault| Error::Line { path: input.path().to_path_buf(), line, fault };
        let len = input.len() as usize;
        let mut bytes = vec![b'\n'; len + 1];
        input.read_at(0, &mut bytes[..len])?;
        let mut reader = Reader {
            position: if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 },
            bytes: &bytes,
            delimiter: None,
            lines: 0,
            blank_lines: 0,
            fields: Vec::new(),
        };
        if reader.next(len).map_err(|(line, fault)| faulty(line, fault))?.is_none() {
            return Err(Error::NoNodeTable { path: input.path().to_path_buf() });
        }
        let mut scratch = Vec::new();
        let mut names = Vec::with_capacity(reader.fields.len());
        for field in &reader.fields {
            let name = std::str::from_utf8(field.value(&bytes, &mut scratch));
            names.push(name.map_err(|_| faulty(1 + reader.blank_lines, Fault::NotUtf8))?.to_string());
        }
        let header = Header::named(names);
        let id = id_columns(input, &header, &options.id)?;
        let by_number = options.id.iter().all(|column| header.position(column).is_some());
        if by_number && !options.id.is_empty() && id.iter().all(|&column| is_number(&header.name(column))) {
            let why = "what names its node is a number".to_string();
            let advice = "a node table has a header; put one above it, as Id";
            return Err(faulty(1 + reader.blank_lines, Fault::NoHeader { row: header.row(), why, advice }));
        }
        let mut columns = Vec::with_capacity(options.attributes.len());
        for name in &options.attributes {
            let at = header.find(input, name)?;
            columns.push(Column { at, name: header.name(at), texts: Texts::default(), values: Vec::new() });
        }
        let mut table = Self {
            path: input.path().to_path_buf(),
            names: Texts::default(),
            lines: Vec::new(),
            columns,
            receipt: NodeTableReceipt::default(),
        };
        let mut joiner = Joiner::default();
        while let Some(line) = reader.next(len).map_err(|(line, fault)| faulty(line, fault))? {
            let (found, expected) = (reader.fields.len(), header.width);
            if found != expected {
                return Err(faulty(line, Fault::Ragged { expected, found, advice: RECORD_ADVICE }));
            }
            table.add(&bytes, &reader.fields, &id, line, &mut joiner).map_err(|fault| faulty(line, fault))?;
        }
        if table.lines.len() > u32::MAX as usize {
            return Err(Error::TooManyNodes { path: table.path });
        }
        let used =
            |column: &usize| id.contains(column) || table.columns.iter().any(|kept| kept.at == *column);
        table.receipt = NodeTableReceipt {
            bytes: input.bytes(),
            compression: input.compression(),
            columns_ignored: (0..header.width).filter(|column| !used(column)).count(),
            id: id.iter().map(|&column| header.name(column)).collect(),
            attributes: table.columns.iter().map(|column| column.name.clone()).collect(),
            lines: reader.lines,
            blank_lines: reader.blank_lines,
            rows: table.lines.len() as u64,
            ..NodeTableReceipt::default()
        };
        table.names.close();
        Ok(table)
    }

    /// Adds the row on a line.
    fn add(
        &mut self,
        bytes: &[u8],
        fields: &[Field],
        id: &[usize],
        line: u64,
        joiner: &mut Joiner,
    ) -> Result<(), Fault> {
        let name = joiner.name(bytes, fields, id).ok_or(Fault::EmptyName { end: "node", column: None })?;
        let number = intern(&mut self.names, name)? as usize;
        if let Some(&first) = self.lines.get(number) {
            return Err(Fault::Duplicate { name: String::from_utf8_lossy(name).into_owned(), first });
        }
        self.lines.push(line);
        for column in &mut self.columns {
            let value = joiner.name(bytes, fields, &[column.at]);
            let value = value.filter(|value| !value.trim_ascii().is_empty());
            column.values.push(value.map(|value| intern(&mut column.texts, value)).transpose()?);
        }
        Ok(())
    }

    /// Adds the table's nodes to those of the edges, which are numbered anew where need be, and gives the attributes
    /// of each node in the order of the options. If there are to be `n_nodes` nodes, none is added.
    pub fn join(
        mut self,
        edges: &mut Edges,
        n_nodes: Option<u32>,
    ) -> Result<(Vec<Attribute>, NodeTableReceipt), Error> {
        let too_many = || Error::TooManyNodes { path: self.path.clone() };
        let n_rows = self.names.len() as u32;
        let unknown: Vec<u32> =
            (0..n_rows).filter(|&row| edges.names.id(self.names.name(row)).is_none()).collect();
        if let (Some(n_nodes), Some(&row)) = (n_nodes, unknown.first()) {
            let fault = Fault::NoNode { name: self.names.name(row).to_string(), n_nodes };
            return Err(Error::Line { path: self.path, line: self.lines[row as usize], fault });
        }
        if !unknown.is_empty() {
            let more: Vec<&str> = unknown.iter().map(|&row| self.names.name(row)).collect();
            let names = edges.names.with(&more).map_err(|_| too_many())?;
            edges.rename(names);
        }
        // Every row is a node by now.
        let node = |row: u32| edges.names.id(self.names.name(row)).unwrap_or(u32::MAX);
        let nodes: Vec<u32> = (0..n_rows).into_par_iter().map(node).collect();
        let mut attributes = Vec::with_capacity(self.columns.len());
        for Column { name, texts, values: by_row, .. } in &self.columns {
            let text = |number: u32| texts.name(number);
            let levels = Names::new((0..texts.len() as u32).map(text)).map_err(|_| too_many())?;
            let ranks: Vec<Option<u32>> =
                (0..texts.len() as u32).map(|number| levels.id(text(number))).collect();
            let mut values = vec![None; edges.names.len() as usize];
            for (&node, number) in nodes.iter().zip(by_row) {
                values[node as usize] = number.and_then(|number| ranks[number as usize]);
            }
            attributes.push(Attribute { name: name.clone(), levels, values });
        }
        self.receipt.nodes_only_in_table = unknown.len() as u64;
        self.receipt.nodes_not_in_table = u64::from(edges.names.len() - n_rows);
        Ok((attributes, self.receipt))
    }
}

impl Attribute {
    /// The values as numbers. Fails, naming the first such level, if one is not a finite number.
    pub fn numbers(&self) -> Result<Vec<Option<f64>>, Error> {
        let number = |level: &str| {
            let number = level.trim_ascii().parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| Error::NotNumeric { attribute: self.name.clone(), value: level.to_string() })
        };
        let numbers: Vec<f64> = self.levels.iter().map(number).collect::<Result<_, _>>()?;
        Ok(self.values.iter().map(|value| value.map(|level| numbers[level as usize])).collect())
    }
}

fn id_columns(input: &Input, header: &Header, columns: &[String]) -> Result<Vec<usize>, Error> {
    if !columns.is_empty() {
        return columns.iter().map(|column| header.find(input, column)).collect();
    }
    let known = header.any_case("Id").or_else(|| header.any_case("node"));
    let none = || Error::NoNodeId { path: input.path().to_path_buf(), there: header.there() };
    Ok(vec![known.ok_or_else(none)?])
}

fn intern(texts: &mut Texts, text: &[u8]) -> Result<u32, Fault> {
    texts.intern(text).map_err(|reason| match reason {
        NotInterned::NotUtf8 => Fault::NotUtf8,
        NotInterned::ZeroByte => Fault::ZeroByte,
    })
}

/// Reads records one after the other.
struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    /// Known from the first record on.
    delimiter: Option<u8>,
    lines: u64,
    blank_lines: u64,
    fields: Vec<Field>,
}

impl Reader<'_> {
    /// Reads the fields of the next record; its first line, from 1, or `None` where the table of `len` bytes ends.
    fn next(&mut self, len: usize) -> Result<Option<u64>, (u64, Fault)> {
        while self.position < len {
            let (end, next) = line(self.bytes, self.position);
            let text = &self.bytes[self.position..end];
            let first = self.lines + 1;
            if text.iter().all(|&byte| is_blank(byte)) {
                self.lines += 1;
                self.blank_lines += 1;
                self.position = next;
                continue;
            }
            let delimiter = *self.delimiter.get_or_insert_with(|| delimiter(text));
            let next = split_csv(self.bytes, self.position, delimiter, &mut self.fields)
                .map_err(|fault| (first, fault))?;
            self.lines += memchr::memchr_iter(b'\n', &self.bytes[self.position..next]).count() as u64;
            self.position = next;
            return Ok(Some(first));
        }
        Ok(None)
    }
}
