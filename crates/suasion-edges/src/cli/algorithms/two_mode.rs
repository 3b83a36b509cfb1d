//! Actors and the events that they attended, signed or shared.

use serde_json::json;
use suasion_graph::{EdgeColumns, Graph, Mode, TwoMode};

use super::{Algorithm, Column, Network, Outcome, Run, defined, figures};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "two-mode",
    line: "Sources are actors, targets events: how many events an actor has, how many actors an event has, and what share of all ties there is",
    example: "attended.csv --from woman --to event --out degrees.csv",
    flags: &["out"],
    run: Run::Asking(two_mode),
}];

/// A network read as one of two modes, each numbered apart in the order of names; one name may be in both.
pub(super) struct Modes {
    pub(super) network: TwoMode,
    /// The node that each actor is.
    pub(super) actors: Vec<u32>,
    /// The node that each event is.
    pub(super) events: Vec<u32>,
}

impl Modes {
    /// Takes sources for actors and targets for events, on behalf of an algorithm.
    pub(super) fn of(graph: &Graph, algorithm: &'static str) -> Result<Self, Stop> {
        if !graph.is_directed() {
            return Err(Stop::NoModes(algorithm));
        }
        let number = |has_ties: &dyn Fn(u32) -> bool| -> (Vec<u32>, Vec<u32>) {
            let nodes: Vec<u32> = (0..graph.n_nodes()).filter(|&node| has_ties(node)).collect();
            let mut numbers = vec![0; graph.n_nodes() as usize];
            for (number, &node) in (0..).zip(&nodes) {
                numbers[node as usize] = number;
            }
            (nodes, numbers)
        };
        let (actors, actor) = number(&|node| !graph.out_neighbors(node).is_empty());
        let (events, event) = number(&|node| !graph.in_neighbors(node).is_empty());
        let (sources, targets) =
            graph.edges().map(|(source, target, _)| (actor[source as usize], event[target as usize])).unzip();
        let ties = EdgeColumns { sources, targets, weights: None };
        let network = TwoMode::from_columns(actors.len(), events.len(), ties).map_err(Stop::Compute)?;
        Ok(Self { network, actors, events })
    }
}

fn two_mode(network: &Network, _: &Settings) -> Result<Outcome, Stop> {
    let graph = &network.graph;
    let Modes { network: two_mode, actors, events } = Modes::of(graph, "two-mode")?;
    let figure = |mode: Mode, nodes: &[u32]| {
        let mut figure = vec![None; graph.n_nodes() as usize];
        for (&node, degree) in nodes.iter().zip(two_mode.degrees(mode)) {
            figure[node as usize] = Some(degree);
        }
        Column::DefinedCounts(figure)
    };
    let mean = |n_nodes: usize| (n_nodes > 0).then(|| two_mode.n_ties() as f64 / n_nodes as f64);
    let in_both = actors.iter().filter(|actor| events.binary_search(actor).is_ok()).count();
    let mut summary = vec![
        ("n_actors".to_string(), json!(actors.len())),
        ("n_events".to_string(), json!(events.len())),
        ("names_in_both_modes".to_string(), json!(in_both)),
        ("n_ties".to_string(), json!(two_mode.n_ties())),
    ];
    let none = "there are no ties, hence no actors and no events";
    for (name, figure) in [
        ("density", two_mode.density()),
        ("mean_events_of_actors", mean(actors.len())),
        ("mean_actors_of_events", mean(events.len())),
    ] {
        summary.extend(defined(name, figure, none));
    }
    let columns = vec![("events", figure(Mode::Actors, &actors)), ("actors", figure(Mode::Events, &events))];
    Ok(figures(summary, columns))
}
