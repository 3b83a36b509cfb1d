//! Communities against the definitions: connected, no move adds anything, near the best there is, whatever the threads.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use suasion_graph::{
    Direction, Graph, LeidenOptions, LeidenQuality, adjusted_mutual_information, leiden, partition_quality,
    resolution_scan,
};

use crate::random::{Drawn, drawn, graph, karate_club, on_threads};

/// Until nothing changes.
fn to_the_end(quality: LeidenQuality, resolution: f64, seed: u64) -> LeidenOptions {
    LeidenOptions { quality, resolution, iterations: 100, seed }
}

/// Σ_uv (A_uv − γ o_u i_v / M) or Σ_uv (A_uv − γ) over pairs of one community, from the matrix.
fn by_matrix(graph: &Graph, labels: &[u32], options: LeidenOptions) -> f64 {
    let n = graph.n_nodes();
    let a = |u, v| {
        let ends = if u == v && !graph.is_directed() { 2.0 } else { 1.0 };
        ends * graph.weight(u, v).unwrap_or(0.0)
    };
    let out = |u| (0..n).map(|v| a(u, v)).sum::<f64>();
    let into = |v| (0..n).map(|u| a(u, v)).sum::<f64>();
    let total: f64 = (0..n).map(out).sum();
    let mut found = 0.0;
    for u in 0..n {
        for v in 0..n {
            if labels[u as usize] == labels[v as usize] {
                let by_chance = match options.quality {
                    LeidenQuality::Modularity if total == 0.0 => 0.0,
                    LeidenQuality::Modularity => out(u) * into(v) / total,
                    LeidenQuality::Cpm => 1.0,
                };
                found += a(u, v) - options.resolution * by_chance;
            }
        }
    }
    found
}

/// The labels of all partitions of n nodes, each part labelled with its smallest node.
fn partitions(n: usize) -> Vec<Vec<u32>> {
    let mut all = vec![vec![]];
    for u in 0..n as u32 {
        all = all
            .into_iter()
            .flat_map(|labels: Vec<u32>| {
                let mut known = labels.clone();
                known.push(u);
                known.sort_unstable();
                known.dedup();
                known.into_iter().map(move |label| [&labels[..], &[label]].concat())
            })
            .collect();
    }
    all
}

fn tame(drawn: &Drawn) -> Graph {
    let edges = drawn.edges.iter().map(|&(u, v, weight)| (u, v, (weight.to_bits() % 4) as f64));
    Drawn { edges: edges.collect(), ..drawn.clone() }.graph()
}

fn options() -> impl Strategy<Value = LeidenOptions> {
    let quality = prop_oneof![Just(LeidenQuality::Modularity), Just(LeidenQuality::Cpm)];
    (quality, prop_oneof![Just(1.0), 0.1..3.0], any::<u64>())
        .prop_map(|(quality, resolution, seed)| to_the_end(quality, resolution, seed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_move_adds_anything(drawn in drawn(), options in options()) {
        let graph = tame(&drawn);
        let labels = leiden(&graph, options).expect("a good resolution");
        let n = graph.n_nodes();
        let smallest = |label: u32| (0..n).find(|&u| labels[u as usize] == label);
        prop_assert!(labels.iter().all(|&label| smallest(label) == Some(label)));
        let found = by_matrix(&graph, &labels, options);
        let scale = 1e-9 * (1.0 + found.abs());
        // To the community of any other node, or to one of its own.
        for u in 0..n {
            for to in (0..n).map(|v| labels[v as usize]).chain([n]) {
                let mut moved = labels.clone();
                moved[u as usize] = to;
                prop_assert!(by_matrix(&graph, &moved, options) <= found + scale, "{u} to {to}: {labels:?}");
            }
        }
        // Communities are connected, whatever the direction.
        let tied = |u: u32, v: u32| {
            graph.weight(u, v).or(graph.weight(v, u)).is_some_and(|weight| weight > 0.0)
                || graph.weight(v, u).is_some_and(|weight| weight > 0.0)
        };
        for label in labels.iter().copied() {
            let mut reached = vec![label];
            for at in 0.. {
                let Some(&u) = reached.get(at) else { break };
                let more: Vec<u32> =
                    (0..n).filter(|&v| labels[v as usize] == label && tied(u, v) && !reached.contains(&v)).collect();
                reached.extend(more);
            }
            prop_assert_eq!(reached.len(), labels.iter().filter(|&&other| other == label).count());
        }
    }

    #[test]
    fn threads_change_nothing(drawn in drawn(), options in options()) {
        let graph = tame(&drawn);
        let run = || leiden(&graph, options).expect("a good resolution");
        let expected = on_threads(1, run);
        for threads in [2, 4] {
            prop_assert_eq!(&on_threads(threads, run), &expected);
        }
    }
}

/// Of all partitions of up to seven nodes: the best in nine of ten, and never far from it.
#[test]
fn small_graphs_have_nearly_the_best_partition() {
    let (mut n_best, mut n_drawn) = (0, 0);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    while n_drawn < 200 {
        let drawn = drawn().new_tree(&mut runner).expect("a value").current();
        if !(2..=7).contains(&drawn.n_nodes) {
            continue;
        }
        let graph = tame(&drawn);
        let options = to_the_end(LeidenQuality::Modularity, 1.0, n_drawn);
        let found = by_matrix(&graph, &leiden(&graph, options).expect("a good resolution"), options);
        let of = |labels: &Vec<u32>| by_matrix(&graph, labels, options);
        let best = partitions(drawn.n_nodes as usize).iter().map(of).fold(0.0, f64::max);
        let total = by_matrix(
            &graph,
            &vec![0; drawn.n_nodes as usize],
            LeidenOptions { resolution: 1e-300, ..options },
        );
        assert!(found >= best - 0.1 * total, "{found}, {best} of {total}");
        n_best += u32::from(found >= best - 1e-9 * total);
        n_drawn += 1;
    }
    assert!(n_best >= 180, "{n_best}");
}

#[test]
fn the_karate_club_falls_into_its_known_communities() {
    let club = karate_club();
    let of = |seed| {
        let labels =
            leiden(&club, to_the_end(LeidenQuality::Modularity, 1.0, seed)).expect("a good resolution");
        partition_quality(&club, &labels).modularity(1.0).expect("edges")
    };
    let all: Vec<f64> = (0..20).map(of).collect();
    let best = all.iter().copied().fold(0.0, f64::max);
    // The largest there is: G. Agarwal and D. Kempe (2008), "Modularity-maximizing graph communities via mathematical
    // programming", European Physical Journal B 66, 409–418, table 1.
    assert!((best - 0.419_789_6).abs() < 1e-6, "{best}");
    assert!(all.iter().all(|&modularity| modularity > 0.41), "{all:?}");
}

#[test]
fn planted_communities_are_found_on_any_threads() {
    // A ring of 300 cliques of 20, each tied to the next by one edge; cliques of 20 have 190 ties.
    let (n_cliques, size) = (300, 20_u32);
    let mut ends = Vec::new();
    for clique in 0..n_cliques {
        let first = clique * size;
        ends.extend((0..size).flat_map(|u| (0..u).map(move |v| (first + u, first + v))));
        ends.push((first, (first + size) % (n_cliques * size)));
    }
    let ring = graph(Direction::Undirected, (n_cliques * size) as usize, &ends);
    let options = to_the_end(LeidenQuality::Cpm, 0.1, 1);
    let expected: Vec<u32> = (0..n_cliques * size).map(|u| u / size * size).collect();
    for threads in [1, 2, 3, 8] {
        assert_eq!(on_threads(threads, || leiden(&ring, options)).expect("a good resolution"), expected);
    }
}

#[test]
fn a_resolution_is_above_zero() {
    for resolution in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let options = LeidenOptions { resolution, ..LeidenOptions::default() };
        assert!(leiden(&karate_club(), options).is_err());
    }
}

#[test]
fn a_scan_is_one_resolution_after_another() {
    let club = karate_club();
    let options = to_the_end(LeidenQuality::Modularity, 9.0, 3);
    let scanned = resolution_scan(&club, options, &[4.0, 0.5, 1.0, 0.5]).expect("good resolutions");
    assert_eq!(scanned.iter().map(|scanned| scanned.resolution).collect::<Vec<_>>(), [0.5, 1.0, 4.0]);
    for scanned in &scanned {
        let alone = leiden(&club, LeidenOptions { resolution: scanned.resolution, ..options });
        assert_eq!(alone.as_ref(), Ok(&scanned.labels));
    }
    for pair in scanned.windows(2) {
        let similarity = adjusted_mutual_information(&pair[0].labels, &pair[1].labels);
        assert_eq!(pair[0].similarity_to_next, similarity);
        assert!(similarity.is_some_and(|similarity| similarity < 1.0), "the club has levels");
    }
    assert_eq!(scanned[2].similarity_to_next, None);
    assert!(resolution_scan(&club, options, &[1.0, 0.0]).is_err());
    assert_eq!(resolution_scan(&club, options, &[]), Ok(Vec::new()));
}
