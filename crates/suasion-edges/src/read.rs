//! From a file to columns.

use std::path::Path;

use rayon::prelude::*;
use suasion_graph::names::is_integer;

use crate::binary;
use crate::chunks::Chunks;
use crate::error::{Error, Fault};
use crate::filter::Filter;
use crate::input::Input;
use crate::names::NodeNames;
use crate::options::{Layout, Options};
use crate::plan::Plan;
use crate::receipt::{Counts, Receipt};
use crate::relabel::{self, Mentions, Numbered};
use crate::rows::{self, Namer, Narrow, Part, Wide, Words};
use crate::times::Times;

/// Edges as columns: edge i goes from `sources[i]` to `targets[i]`, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Edges {
    /// Where each edge starts.
    pub sources: Vec<u32>,
    /// Where each edge ends.
    pub targets: Vec<u32>,
    /// What each edge weighs, if the file says: finite and, unless [`Options::negatives`] keeps them, not negative.
    pub weights: Option<Vec<f64>>,
    /// When each edge was, if [`Options::time`] names a column.
    pub times: Option<Times>,
    /// What nodes are called.
    pub names: NodeNames,
    /// What was read, and what became of it.
    pub receipt: Receipt,
}

impl Edges {
    /// Numbers nodes as `names` does, which must have all that there are.
    pub(crate) fn rename(&mut self, names: NodeNames) {
        let before = std::mem::replace(&mut self.names, names);
        let node = |node: u32| self.names.id(&before.name(node)).unwrap_or(u32::MAX);
        let nodes: Vec<u32> = (0..before.len()).into_par_iter().map(node).collect();
        self.sources.par_iter_mut().for_each(|node| *node = nodes[*node as usize]);
        self.targets.par_iter_mut().for_each(|node| *node = nodes[*node as usize]);
    }
}

/// Reads an edge list, on the threads of the current rayon pool.
pub fn read(path: &Path, options: &Options) -> Result<Edges, Error> {
    Input::open(path)?.read(options)
}

impl Input {
    /// Reads the edge list, on the threads of the current rayon pool. Fails if the file has changed since it was
    /// opened.
    pub fn read(&self, options: &Options) -> Result<Edges, Error> {
        let edges = self.read_columns(options).and_then(|edges| self.ensure_some_left(edges, options));
        // A fault may be there only because the file changed, hence this comes first.
        self.ensure_unchanged()?;
        edges.map_err(|error| self.in_row(error))
    }

    fn read_columns(&self, options: &Options) -> Result<Edges, Error> {
        if self.len() == 0 && options.nodes.is_none() {
            return Err(Error::Empty { path: self.path().to_path_buf() });
        }
        let layout = options.layout.unwrap_or_else(|| Layout::of(self.path()));
        if layout == Layout::Binary {
            let (sources, targets, names, counts) = binary::read(self, options)?;
            let receipt = self.receipt(layout, None, counts);
            return Ok(Edges { sources, targets, weights: None, times: None, names, receipt });
        }
        if layout == Layout::Csr {
            let contradiction = "is a graph file, which is mapped and not read";
            return Err(Error::Options { path: self.path().to_path_buf(), contradiction });
        }
        let plan = Plan::new(self, layout, options)?;
        let is_composite = plan.from.len() > 1 || plan.to.len() > 1;
        if is_composite && options.nodes.is_some() {
            let contradiction = "node numbers cannot be made of several columns";
            return Err(Error::Options { path: self.path().to_path_buf(), contradiction });
        }
        let chunks = Chunks::new(self, plan.start, options.chunk_bytes, plan.delimiter.is_some())?;
        if !is_composite {
            if let Some(parts) = rows::parse::<Narrow>(self, &chunks, &plan, options)? {
                let (mentions, rest) = Rest::of(parts, &plan);
                let numbered = match options.nodes {
                    Some(n_nodes) => relabel::by_range(mentions, n_nodes),
                    None => relabel::by_value(mentions).map_err(|_| self.too_many())?,
                };
                return rest.edges(self, layout, &plan, options, numbered);
            }
            if let Some(parts) = rows::parse::<Wide>(self, &chunks, &plan, options)? {
                let (mentions, mut rest) = Rest::of(parts, &plan);
                let numbers: Vec<_> = rest.namers.drain(..).map(|Wide(numbers)| numbers).collect();
                let numbered = relabel::by_number(mentions, &numbers).map_err(|_| self.too_many())?;
                return rest.edges(self, layout, &plan, options, numbered);
            }
        }
        let Some(parts) = rows::parse::<Words>(self, &chunks, &plan, options)? else {
            return Err(self.too_many());
        };
        let (mentions, mut rest) = Rest::of(parts, &plan);
        let texts: Vec<_> = rest.namers.drain(..).map(|Words(texts)| texts).collect();
        let numbered = relabel::by_text(mentions, &texts).map_err(|_| self.too_many())?;
        let edges = rest.edges(self, layout, &plan, options, numbered)?;
        if layout == Layout::Text
            && !plan.header.has_names()
            && plan.first_is_wanted
            && options.nodes.is_none()
        {
            refuse_header(self, &plan, &edges)?;
        }
        Ok(edges)
    }

    /// Filters that leave nothing are a slip more often than not.
    fn ensure_some_left(&self, edges: Edges, options: &Options) -> Result<Edges, Error> {
        let counts = edges.receipt.counts;
        if counts.rows == 0 || counts.rows > counts.rows_filtered {
            return Ok(edges);
        }
        let filters: Vec<String> = options.filters.iter().map(|filter| format!("`{filter}`")).collect();
        let (path, filters) = (self.path().to_path_buf(), filters.join(" and "));
        let advice = if options.filters.iter().any(Filter::is_of_years) {
            "integers are compared by value, and days or seconds are no years; give dates, as 2015-01-01..2016-01-01"
        } else {
            "see what the columns hold"
        };
        Err(Error::NothingLeft { path, rows: counts.rows, filters, advice })
    }

    fn in_first_line(&self, plan: &Plan, fault: Fault) -> Error {
        Error::Line { path: self.path().to_path_buf(), line: plan.first_line, fault }
    }

    fn too_many(&self) -> Error {
        Error::TooManyNodes { path: self.path().to_path_buf() }
    }

    fn receipt(&self, layout: Layout, plan: Option<&Plan>, counts: Counts) -> Receipt {
        let columns = |of: fn(&Plan) -> &[usize]| {
            plan.map_or_else(Vec::new, |plan| {
                of(plan).iter().map(|&column| plan.header.name(column)).collect()
            })
        };
        Receipt {
            bytes: self.bytes(),
            compression: self.compression(),
            text_bytes: self.len(),
            layout,
            from: columns(|plan| &plan.from),
            to: columns(|plan| &plan.to),
            weight: plan.and_then(|plan| plan.weight.map(|column| plan.header.name(column))),
            time: plan.and_then(|plan| plan.time.map(|column| plan.header.name(column))),
            columns_ignored: plan.map_or(0, Plan::columns_ignored),
            header: plan.map_or_else(Vec::new, |plan| plan.header.names().to_vec()),
            header_lines: plan.map_or(0, |plan| plan.header_lines),
            counts,
            edges: counts.rows - counts.zero_weights_dropped - counts.rows_filtered,
        }
    }
}

/// What the chunks hold beside the ends of edges.
struct Rest<N> {
    weights: Option<Vec<f64>>,
    times: Option<Times>,
    counts: Counts,
    namers: Vec<N>,
}

impl<N: Namer> Rest<N> {
    /// Parts the ends of edges from the rest.
    fn of(parts: Vec<Part<N>>, plan: &Plan) -> (Mentions, Self) {
        let mut mentions = Mentions { sources: Vec::new(), targets: Vec::new(), loose: Vec::new() };
        let (mut weights, mut stamps) = (Vec::new(), Vec::new());
        let mut rest = Self { weights: None, times: None, counts: plan.counts, namers: Vec::new() };
        for part in parts {
            mentions.sources.push(part.sources);
            mentions.targets.push(part.targets);
            mentions.loose.push(part.loose);
            weights.push(part.weights);
            stamps.push(part.stamps);
            rest.counts += part.counts;
            rest.namers.push(part.namer);
        }
        rest.weights = plan.weight.map(|_| relabel::join(&weights, &|_, weight| weight));
        rest.times = plan.time.map(|_| Times::of_stamps(relabel::join(&stamps, &|_, stamp| stamp)));
        (mentions, rest)
    }

    fn edges(
        self,
        input: &Input,
        layout: Layout,
        plan: &Plan,
        options: &Options,
        (sources, targets, names): Numbered,
    ) -> Result<Edges, Error> {
        if layout == Layout::Csv {
            let ensured = plan.ensure_no_node(options, |name| names.id(name).is_some());
            ensured.map_err(|fault| input.in_first_line(plan, fault))?;
        }
        let receipt = input.receipt(layout, Some(plan), self.counts);
        let (weights, times) = (self.weights, self.times);
        Ok(Edges { sources, targets, weights, times, names, receipt })
    }
}

/// Refuses a first row that names columns: well-known names, or the only names in the file that are no integers.
fn refuse_header(input: &Input, plan: &Plan, edges: &Edges) -> Result<(), Error> {
    let NodeNames::Text(names) = &edges.names else { return Ok(()) };
    let (Some(&source), Some(&target)) = (edges.sources.first(), edges.targets.first()) else {
        return Ok(());
    };
    let ends = (names.name(source), names.name(target));
    let well_known = [("source", "target"), ("from", "to")]
        .iter()
        .any(|known| ends.0.eq_ignore_ascii_case(known.0) && ends.1.eq_ignore_ascii_case(known.1));
    let counts = &edges.receipt.counts;
    let alone = counts.rows - counts.rows_filtered > 1
        && !is_integer(ends.0)
        && !is_integer(ends.1)
        && names.len() > if source == target { 1 } else { 2 }
        && (0..).zip(names.iter()).all(|(node, name)| node == source || node == target || is_integer(name));
    if well_known || alone {
        let fault = Fault::Header { text: format!("{} {}", ends.0, ends.1) };
        return Err(input.in_first_line(plan, fault));
    }
    Ok(())
}
