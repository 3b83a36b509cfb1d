//! The simple undirected view: who is tied to whom, whatever the direction and number of edges, and how strongly.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Direction, EdgeColumns, Graph};
use crate::error::Error;
use crate::rows::{Rows, split};

/// For each node the other nodes with an edge to or from it, ascending, each once. Borrowed from an undirected graph
/// without self-loops, else built: O(n + m) time in parallel, 8 bytes an edge and 8 a node.
pub(crate) fn ties(graph: &Graph) -> Cow<'_, Rows<()>> {
    if !graph.is_directed() && graph.n_self_loops() == 0 {
        return Cow::Borrowed(graph.out_rows());
    }
    let n_nodes = graph.n_nodes();
    let visit = |u: u32, visit: &mut dyn FnMut(u32)| {
        let out = graph.out_neighbors(u);
        // An undirected graph says everything twice.
        let into = if graph.is_directed() { graph.in_neighbors(u) } else { &[] };
        union(out, into, |v| {
            if v != u {
                visit(v);
            }
        });
    };
    let mut offsets = vec![0; n_nodes as usize + 1];
    offsets[1..].par_iter_mut().enumerate().for_each(|(u, length)| visit(u as u32, &mut |_| *length += 1));
    for u in 1..offsets.len() {
        offsets[u] += offsets[u - 1];
    }
    let n_entries = offsets[n_nodes as usize];
    let mut rows = Rows { offsets: offsets.into(), nodes: Vec::new().into(), weights: vec![(); n_entries] };
    let mut nodes = vec![0; n_entries];
    let blocks: Vec<Range<u32>> = graph.out_rows().blocks(BLOCK);
    let sizes: Vec<usize> = blocks.iter().map(|block| rows.span(block).len()).collect();
    split(&mut nodes, &sizes).into_par_iter().zip(blocks).for_each(|(nodes, block)| {
        let mut slots = nodes.iter_mut();
        for u in block {
            visit(u, &mut |v| *slots.next().expect("as many as were counted") = v);
        }
    });
    rows.nodes = nodes.into();
    Cow::Owned(rows)
}

/// The undirected graph in which ties weigh what leads both ways, without self-loops and ties that weigh nothing.
///
/// Fails as [`Graph::from_columns`] does, where weights are so large that their sum is none.
pub(crate) fn mutual(graph: &Graph) -> Result<Graph, Error> {
    let mut columns = EdgeColumns::default();
    let mut weights = Vec::new();
    for (u, v, weight) in graph.edges().filter(|&(u, v, weight)| u != v && weight > 0.0) {
        columns.sources.push(u);
        columns.targets.push(v);
        weights.push(weight);
    }
    columns.weights = Some(weights);
    Graph::from_columns(Direction::Undirected, graph.n_nodes() as usize, columns)
}

/// Visits what is in either of two ascending lists, ascending, each once.
fn union(mut a: &[u32], mut b: &[u32], mut visit: impl FnMut(u32)) {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        visit(*x.min(y));
        if x <= y {
            a = a_rest;
        }
        if y <= x {
            b = b_rest;
        }
    }
    a.iter().chain(b).for_each(|&node| visit(node));
}
