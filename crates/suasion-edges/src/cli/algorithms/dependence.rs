//! Who needs whom more, on how few partners a node depends, and which of them are new.

use rayon::prelude::*;
use serde_json::{Value, json};
use suasion_graph::dependence::{dependence_ties, inflow_concentration, outflow_concentration};
use suasion_graph::{
    Concentration, Direction, Graph, PartnerTurnover, inflow_partner_turnover, outflow_partner_turnover,
};

use super::{Algorithm, Column, Columns, Network, Outcome, Rows, Run, Ties, Timed, defined, figures};
use crate::cli::Stop;
use crate::cli::calendar::written;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "dependence",
        line: "Of each flow, what share of all that leaves its origin and of all that reaches its destination it is, and who needs whom more (Hirschman 1945)",
        example: "students.csv --directed --weight students --out dependence.csv",
        flags: &["out", "weight"],
        run: Run::Plain(dependence),
    },
    Algorithm {
        name: "partner-concentration",
        line: "On how few partners a node's flows depend: Herfindahl's index and the effective number, in and out",
        example: "students.csv --directed --weight students --out partners.csv",
        flags: &["out", "weight"],
        run: Run::Plain(concentration),
    },
    Algorithm {
        name: "partner-turnover",
        line: "Windows of time: with how many partners each node has a flow that it did not have in the window before, and what share that is",
        example: "students.csv --weight students --time-column year --window 1-year --out partners.csv",
        flags: &["out", "time-column", "weight", "window"],
        run: Run::Asking(turnover),
    },
];

fn dependence(network: &Network) -> Outcome {
    let found = dependence_ties(&network.graph);
    let ties = Ties {
        // In an undirected network either end has shares of its own.
        directed: true,
        sources: found.iter().map(|tie| tie.origin).collect(),
        targets: found.iter().map(|tie| tie.destination).collect(),
    };
    let flows: Vec<f64> = found.iter().map(|tie| tie.flow).collect();
    let columns = vec![
        ("flow", Column::Numbers(flows.clone())),
        ("outflow_share", Column::Numbers(found.iter().map(|tie| tie.outflow_share).collect())),
        ("inflow_share", Column::Numbers(found.iter().map(|tie| tie.inflow_share).collect())),
        ("asymmetry", Column::Defined(found.iter().map(|tie| tie.asymmetry).collect())),
    ];
    let one_way = found.iter().filter(|tie| tie.asymmetry.is_none()).count();
    let summary = vec![
        ("n_flows".to_string(), json!(found.len())),
        ("asymmetry_undefined".to_string(), json!(one_way)),
    ];
    Outcome::of_ties(summary, network, ties, &flows, columns)
}

fn concentration(network: &Network) -> Outcome {
    let graph = &network.graph;
    let of_each = |of: fn(&Graph, u32) -> Option<Concentration>| -> Vec<Option<Concentration>> {
        (0..graph.n_nodes()).into_par_iter().map(|u| of(graph, u)).collect()
    };
    let columns = |found: Vec<Option<Concentration>>, names: [&'static str; 4]| -> Columns {
        let number = |of: fn(&Concentration) -> f64| {
            Column::Defined(found.iter().map(|found| found.as_ref().map(of)).collect())
        };
        let total = found.iter().map(|found| found.map_or(0.0, |found| found.total)).collect();
        let partners = found.iter().map(|found| found.map_or(0, |found| found.n_partners)).collect();
        vec![
            (names[0], Column::Numbers(total)),
            (names[1], Column::Counts(partners)),
            (names[2], number(|found| found.hhi)),
            (names[3], number(|found| found.effective_number)),
        ]
    };
    let out = ["outflow", "outflow_partners", "outflow_hhi", "outflow_effective_number"];
    let into = ["inflow", "inflow_partners", "inflow_hhi", "inflow_effective_number"];
    let mut all = columns(of_each(outflow_concentration), out);
    all.extend(columns(of_each(inflow_concentration), into));
    let without = |at: usize| match &all[at].1 {
        Column::Counts(partners) => partners.iter().filter(|&&n| n == 0).count(),
        _ => 0,
    };
    let summary = vec![
        ("nodes_without_outflow".to_string(), json!(without(1))),
        ("nodes_without_inflow".to_string(), json!(without(5))),
    ];
    figures(summary, all)
}

/// Why a share of new flows may be undefined.
const NO_FLOW: &str = "this window or the one before has no flow";

fn turnover(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let span = settings.window.ok_or(Stop::WindowMissing)?;
    let Some(Timed { direction, ties, times }) = &network.timed else { return Err(Stop::TimeMissing) };
    let (windows, scale, times) = span.windows(times)?;
    let n_nodes = network.graph.n_nodes();
    let graphs: Vec<Result<Graph, suasion_graph::Error>> = windows
        .split(ties, &times)
        .map_err(Stop::Compute)?
        .into_par_iter()
        .map(|part| Graph::from_columns(*direction, n_nodes as usize, part))
        .collect();
    let graphs: Vec<Graph> = graphs.into_iter().collect::<Result<_, _>>().map_err(Stop::Compute)?;
    let mut rows = Vec::new();
    let mut found = Vec::new();
    let mut shown = Vec::new();
    for (after, range) in windows.ranges().enumerate().skip(1) {
        let (before, graph) = (&graphs[after - 1], &graphs[after]);
        let of_node = |u| Turnover::of(before, graph, u);
        let of_window: Vec<Option<Turnover>> = (0..n_nodes).into_par_iter().map(of_node).collect();
        let (n_flows, share) = flows(before, graph);
        let mut row = vec![
            ("window".to_string(), json!(after + 1)),
            ("from".to_string(), json!(written(range.start, scale))),
            ("to".to_string(), json!(written(range.end, scale))),
            ("n_flows".to_string(), json!(n_flows)),
        ];
        row.extend(defined("share_of_new", share, NO_FLOW));
        shown.push(Value::Object(row.into_iter().collect()));
        for (u, turnover) in (0..n_nodes).zip(of_window) {
            if let Some(turnover) = turnover {
                rows.push(u);
                found.push((after as u32 + 1, turnover));
            }
        }
    }
    let summary = vec![
        ("window".to_string(), json!(span.written())),
        ("times_count".to_string(), json!(scale)),
        ("n_windows".to_string(), json!(graphs.len())),
        ("windows".to_string(), Value::Array(shown)),
    ];
    let mut columns = vec![("window", Column::Counts(found.iter().map(|row| row.0).collect()))];
    columns.extend(of_side(&found, |turnover| &turnover.outflow, OUTFLOW));
    if *direction == Direction::Directed {
        columns.extend(of_side(&found, |turnover| &turnover.inflow, INFLOW));
    }
    Ok(Outcome { rows: Rows::Nodes(rows), ..Outcome::of(summary, columns) })
}

const OUTFLOW: [&str; 5] =
    ["outflow_new", "outflow_lost", "outflow_kept", "outflow_share_of_new", "outflow_share_of_lost"];
const INFLOW: [&str; 5] =
    ["inflow_new", "inflow_lost", "inflow_kept", "inflow_share_of_new", "inflow_share_of_lost"];

/// With whom a node has flows that it did not have in the window before.
struct Turnover {
    outflow: PartnerTurnover,
    inflow: PartnerTurnover,
}

impl Turnover {
    /// `None` if it has flows in neither window.
    fn of(before: &Graph, after: &Graph, u: u32) -> Option<Self> {
        let outflow = outflow_partner_turnover(before, after, u);
        let inflow = inflow_partner_turnover(before, after, u);
        let is_empty =
            |found: &PartnerTurnover| found.new.is_empty() && found.lost.is_empty() && found.kept.is_empty();
        (!(is_empty(&outflow) && is_empty(&inflow))).then_some(Self { outflow, inflow })
    }
}

/// Between how many there are flows, and what share of all that flows is between two who had none, this way, in the
/// window before.
fn flows(before: &Graph, after: &Graph) -> (usize, Option<f64>) {
    let (mut n, mut of_all, mut of_new) = (0, 0.0, 0.0);
    for tie in dependence_ties(after) {
        n += 1;
        of_all += tie.flow;
        if before.weight(tie.origin, tie.destination).is_none_or(|flow| flow == 0.0) {
            of_new += tie.flow;
        }
    }
    let is_defined = n > 0 && before.edges().any(|(u, v, flow)| u != v && flow > 0.0);
    (n, is_defined.then(|| of_new / of_all))
}

fn of_side(
    found: &[(u32, Turnover)],
    side: fn(&Turnover) -> &PartnerTurnover,
    names: [&'static str; 5],
) -> Columns {
    let count = |of: fn(&PartnerTurnover) -> usize| {
        Column::Counts(found.iter().map(|(_, turnover)| of(side(turnover)) as u32).collect())
    };
    let share = |of: fn(&PartnerTurnover) -> Option<f64>| {
        Column::Defined(found.iter().map(|(_, turnover)| of(side(turnover))).collect())
    };
    vec![
        (names[0], count(|found| found.new.len())),
        (names[1], count(|found| found.lost.len())),
        (names[2], count(|found| found.kept.len())),
        (names[3], share(|found| found.share_of_new)),
        (names[4], share(|found| found.share_of_lost)),
    ]
}
