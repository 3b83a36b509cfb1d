//! Renaming the nodes permutes whole results, and moves floats by no more than the order of sums can.

use std::collections::BTreeSet;

use proptest::prelude::*;
use suasion_graph::{
    Components, DegreeKind, EdgeCount, EiIndex, Graph, Mode, PageRankOptions, PathWeights, Precision,
    ProjectionWeights, TwoMode, betweenness, betweenness_by, betweenness_centralisation, betweenness_from,
    categorical_assortativity, closeness, closeness_by, closeness_centralisation, core_numbers, cuts,
    degree_assortativity, degree_centralisation, degrees, distance_sums, distances_from, distances_to,
    effective_number, ei_index, gini, harmonic_closeness, harmonic_closeness_by, herfindahl, in_degrees,
    in_strengths, numeric_assortativity, out_degrees, out_strengths, pagerank, projection, reciprocity,
    shortest_paths, strengths, strong_components, triangles, weak_components,
};

use crate::random::{Drawn, drawn};

/// A network and a name for each of its nodes: node i is called `ids[i]` in the graph.
struct Named {
    graph: Graph,
    /// The same with every weight above zero, which costs have to be.
    costs: Graph,
    ids: Vec<u32>,
    /// A group, or none, for each name.
    groups: Vec<Option<u32>>,
}

impl Named {
    fn new(drawn: &Drawn, ids: &[u32], groups: &[Option<u32>]) -> Self {
        let with = |least: f64| {
            let end = |u: u32| ids.get(u as usize).copied().unwrap_or(u);
            let edges = drawn.edges.iter().map(|&(u, v, weight)| (end(u), end(v), tame(weight).max(least)));
            Drawn { edges: edges.collect(), ..drawn.clone() }.graph()
        };
        let mut of_ids = vec![None; ids.len()];
        for (&id, &group) in ids.iter().zip(groups) {
            of_ids[id as usize] = group;
        }
        Self { graph: with(0.0), costs: with(0.1), ids: ids.to_vec(), groups: of_ids }
    }

    /// What is said of each node, in the order of nodes.
    fn by_node<T: Copy>(&self, of_ids: &[T]) -> Vec<T> {
        self.ids.iter().map(|&id| of_ids[id as usize]).collect()
    }

    /// The first node that is in the same part as each.
    fn parts(&self, labels: &[u32]) -> Vec<Option<u64>> {
        let of_nodes = self.by_node(labels);
        of_nodes
            .iter()
            .map(|label| of_nodes.iter().position(|other| other == label).map(|at| at as u64))
            .collect()
    }

    fn node(&self, id: u32) -> usize {
        self.ids.iter().position(|&other| other == id).expect("a node")
    }
}

/// Weights of one order of magnitude: where 0.1 is added to 10¹⁶, the order of sums decides more than a digit.
fn tame(weight: f64) -> f64 {
    if weight == 0.0 { 0.0 } else { (1 + weight.to_bits() % 40) as f64 / 10.0 }
}

fn counts<T: Into<u64>>(values: Vec<T>) -> Vec<Option<u64>> {
    values.into_iter().map(|value| Some(value.into())).collect()
}

/// What is counted, of each node and of the whole.
fn whole_numbers(named: &Named) -> Vec<(&'static str, Vec<Option<u64>>)> {
    let Named { graph, ids, groups, .. } = named;
    let each = |of_ids: Vec<Option<u64>>| named.by_node(&of_ids);
    let found = cuts(graph);
    let tri = triangles(graph);
    let answered = reciprocity(graph);
    let sums = distance_sums(graph, ids);
    let parts = |found: &Components| {
        let first = |label: &u32| found.labels.iter().position(|other| other == label).map(|at| at as u32);
        assert!(found.labels.iter().all(|label| first(label) == Some(*label)), "the smallest id inside");
        named.parts(&found.labels)
    };
    let (weak, strong) = (weak_components(graph), strong_components(graph));
    let sizes = |found: &Components| {
        found.sizes().largest(usize::MAX).iter().map(|size| Some(u64::from(size.n_nodes))).collect()
    };
    let mut all = vec![
        ("in-degree", each(counts(in_degrees(graph)))),
        ("out-degree", each(counts(out_degrees(graph)))),
        ("degree", each(counts(degrees(graph)))),
        ("core number", each(counts(core_numbers(graph)))),
        ("triangles", each(counts(tri.counts.clone()))),
        ("parts without", each(counts(found.parts.clone()))),
        ("bridges", each(counts(found.n_bridges()))),
        ("2-edge-connected component", named.parts(&found.two_edge_components)),
        ("weak component", parts(&weak)),
        ("strong component", parts(&strong)),
        ("sizes of weak components", sizes(&weak)),
        ("sizes of strong components", sizes(&strong)),
        ("reciprocity", vec![Some(answered.n_edges), Some(answered.n_answered)]),
        ("nodes reaching", sums.iter().map(|sum| Some(u64::from(sum.n_reaching))).collect()),
        ("sum of distances", sums.iter().map(|sum| Some(sum.total)).collect()),
    ];
    for &id in ids {
        for distances in [distances_from(graph, id), distances_to(graph, id)] {
            all.push(("distances", each(distances.into_iter().map(|steps| steps.map(u64::from)).collect())));
        }
    }
    let indices = ei_index(graph, groups);
    let both = |index: &EiIndex| [Some(index.n_external), Some(index.n_internal)];
    all.push(("E–I of the network", both(&indices.network).to_vec()));
    all.push(("E–I of groups", indices.groups.iter().flat_map(both).collect()));
    let of_node = |id: &u32| indices.nodes[*id as usize].as_ref().map_or([None; 2], both);
    all.push(("E–I of nodes", ids.iter().flat_map(of_node).collect()));
    all
}

/// What is computed in floats, of each node and of the whole.
fn floats(named: &Named) -> Vec<(&'static str, Vec<Option<f64>>)> {
    let Named { graph, costs, ids, groups } = named;
    let some = |values: Vec<f64>| -> Vec<Option<f64>> { values.into_iter().map(Some).collect() };
    let each = |of_ids: Vec<Option<f64>>| named.by_node(&of_ids);
    let tri = triangles(graph);
    let amounts = strengths(graph);
    let answered = reciprocity(graph);
    let numbers: Vec<Option<f64>> =
        groups.iter().map(|group| group.map(|group| f64::from(group).sqrt())).collect();
    let first: Vec<u32> = ids.iter().copied().take(3).collect();
    let indices = ei_index(graph, groups);
    let mut all = vec![
        ("in-strength", each(some(in_strengths(graph)))),
        ("out-strength", each(some(out_strengths(graph)))),
        ("strength", each(some(amounts.clone()))),
        ("clustering", each(tri.local_clustering())),
        ("global clustering", vec![tri.transitivity(), tri.mean_clustering()]),
        ("inequality", vec![gini(&amounts), herfindahl(&amounts), effective_number(&amounts)]),
        ("reciprocity", vec![answered.share, answered.rho]),
        ("PageRank", each(some(pagerank(graph, PageRankOptions::default()).scores))),
        ("betweenness", each(some(betweenness(graph).expect("countable paths")))),
        (
            "betweenness from three",
            each(some(betweenness_from(graph, &first, PathWeights::Steps).expect("countable paths"))),
        ),
        ("closeness", each(closeness(graph))),
        ("harmonic closeness", each(some(harmonic_closeness(graph)))),
        ("E–I expected", vec![indices.network.index(), indices.network.expected]),
        (
            "centralisation",
            vec![
                degree_centralisation(graph, DegreeKind::In),
                degree_centralisation(graph, DegreeKind::Out),
                betweenness_centralisation(graph).expect("countable paths"),
                closeness_centralisation(graph),
            ],
        ),
    ];
    for count in [EdgeCount::Each, EdgeCount::ByWeight] {
        for source in [DegreeKind::In, DegreeKind::Out] {
            for target in [DegreeKind::In, DegreeKind::Out] {
                let found = degree_assortativity(graph, source, target, count);
                all.push(("degree assortativity", vec![found.coefficient]));
            }
        }
        let by_number = numeric_assortativity(graph, &numbers, &numbers, count);
        let by_group = categorical_assortativity(graph, groups, count);
        all.push(("assortativity", vec![by_number.coefficient, by_group.coefficient]));
    }
    for weights in [PathWeights::Strength, PathWeights::Cost] {
        all.push((
            "betweenness by length",
            each(some(betweenness_by(costs, weights).expect("legal lengths"))),
        ));
        all.push(("closeness by length", each(closeness_by(costs, weights).expect("legal lengths"))));
        let harmonic = harmonic_closeness_by(costs, weights).expect("legal lengths");
        all.push(("harmonic closeness by length", each(some(harmonic))));
        for &id in ids {
            let paths = shortest_paths(costs, id, weights).expect("legal lengths");
            all.push(("lengths", each(paths.distances)));
            all.push(("numbers of shortest paths", each(paths.n_paths)));
        }
    }
    all
}

fn near(a: Option<f64>, b: Option<f64>, tolerance: f64) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0),
        (a, b) => a == b,
    }
}

fn renamings() -> impl Strategy<Value = (Drawn, Vec<u32>, Vec<Option<u32>>)> {
    drawn().prop_flat_map(|drawn| {
        let n = drawn.n_nodes;
        let ids = Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        let groups = prop::collection::vec(prop::option::weighted(0.8, 0..3_u32), n as usize);
        (Just(drawn), ids, groups)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_result_moves_with_its_node((drawn, ids, groups) in renamings()) {
        let own: Vec<u32> = (0..drawn.n_nodes).collect();
        let (before, after) = (Named::new(&drawn, &own, &groups), Named::new(&drawn, &ids, &groups));
        for ((what, a), (_, b)) in whole_numbers(&before).into_iter().zip(whole_numbers(&after)) {
            prop_assert_eq!(a, b, "{}", what);
        }
        for ((what, a), (_, b)) in floats(&before).into_iter().zip(floats(&after)) {
            prop_assert_eq!(a.len(), b.len());
            prop_assert!(a.iter().zip(&b).all(|(&a, &b)| near(a, b, 1e-9)), "{what}: {a:?} {b:?}");
        }
        let bridges = |named: &Named| -> BTreeSet<(usize, usize)> {
            let ends = |&(u, v): &(u32, u32)| (named.node(u), named.node(v));
            cuts(&named.graph).bridges.iter().map(ends).map(|(u, v)| (u.min(v), u.max(v))).collect()
        };
        prop_assert_eq!(bridges(&before), bridges(&after));
        // Single precision rounds each step to 6e-8.
        let single = |named: &Named| {
            let options = PageRankOptions { precision: Precision::Single, max_iterations: 20, ..Default::default() };
            named.by_node(&pagerank(&named.graph, options).scores)
        };
        let close = single(&before).iter().zip(single(&after)).all(|(a, b)| (a - b).abs() <= 1e-5 * a);
        prop_assert!(close, "PageRank in single precision");
    }

    #[test]
    fn a_projection_moves_with_its_nodes(
        (drawn, ids, _) in renamings(),
        n_events in 1..5_u32,
    ) {
        let columns = |ids: &[u32]| suasion_graph::EdgeColumns {
            sources: drawn.edges.iter().map(|edge| ids[edge.0 as usize]).collect(),
            targets: drawn.edges.iter().map(|edge| edge.1 % n_events).collect(),
            weights: None,
        };
        let own: Vec<u32> = (0..drawn.n_nodes).collect();
        let shared = |ids: &[u32]| {
            let network = TwoMode::from_columns(ids.len(), n_events as usize, columns(ids)).expect("good ties");
            projection(&network, Mode::Actors, ProjectionWeights::Shared).expect("countable")
        };
        let (before, after) = (shared(&own), shared(&ids));
        for u in 0..drawn.n_nodes {
            for v in 0..drawn.n_nodes {
                let there = after.weight(ids[u as usize], ids[v as usize]);
                prop_assert_eq!(before.weight(u, v), there);
            }
        }
    }
}
