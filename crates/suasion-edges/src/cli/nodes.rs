//! The flags for a table of nodes.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Stop;
use super::list::List;
use super::settings::Settings;
use crate::input::Input;
use crate::node_table::{Attribute, NodeTableOptions, NodeTableReceipt};
use crate::read::Edges;

/// Which table there is, and what names the nodes in it.
#[derive(Debug, Args)]
pub(super) struct NodeFlags {
    /// A CSV file with a header and a row for each node. Nodes that only it has are nodes without edges; those that it
    /// does not have are counted.
    #[arg(long, value_name = "FILE")]
    pub(super) node_table: Option<PathBuf>,

    /// The columns of the node table that name the node, as --from and --to do; by default Id or node.
    #[arg(long, value_name = "COL[,COL]", value_parser = List::parse, requires = "node_table")]
    node_id: Vec<List>,
}

/// What a table says of the nodes.
#[derive(Default)]
pub(super) struct Told {
    pub(super) attributes: Vec<Attribute>,
    /// `None` without a table.
    pub(super) receipt: Option<NodeTableReceipt>,
}

impl NodeFlags {
    /// Reads the table, and adds its nodes to those of the edges unless there are to be `n_nodes`.
    pub(super) fn read(
        &self,
        edges: &mut Edges,
        n_nodes: Option<u32>,
        settings: &Settings,
        open: impl FnOnce(&Path) -> Result<Input, Stop>,
    ) -> Result<Told, Stop> {
        let Some(path) = &self.node_table else { return Ok(Told::default()) };
        let options =
            NodeTableOptions { id: List::all(&self.node_id), attributes: settings.attribute.clone() };
        let (attributes, receipt) = open(path)?.read_nodes(&options)?.join(edges, n_nodes)?;
        Ok(Told { attributes, receipt: Some(receipt) })
    }
}
