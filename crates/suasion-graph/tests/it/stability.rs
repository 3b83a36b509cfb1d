//! Stability where the answer is known: planted communities are found, and those of rewired networks are not.

use suasion_graph::{
    Direction, EdgeColumns, Error, Graph, LeidenOptions, Resampling, Stability, StabilityOptions,
    StableCommunity, rewired, stability,
};

use crate::random::on_threads;

/// A number for each place, from 0 to below 1.
fn unit(seed: u64, place: u64) -> f64 {
    let mut x = (seed << 40 ^ place).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Communities of these sizes; each node has `degree` ties on average, of which the share `mixing` leads out.
fn planted(sizes: &[u32], degree: f64, mixing: f64, seed: u64) -> EdgeColumns {
    let of: Vec<u32> =
        (0..).zip(sizes).flat_map(|(community, &size)| (0..size).map(move |_| community)).collect();
    let n = of.len();
    let mut edges = EdgeColumns::default();
    for u in 0..n {
        for v in 0..u {
            let size = f64::from(sizes[of[u] as usize]);
            let chance = if of[u] == of[v] {
                degree * (1.0 - mixing) / (size - 1.0)
            } else {
                degree * mixing / (n as f64 - size)
            };
            if unit(seed, (u * n + v) as u64) < chance {
                edges.sources.push(u as u32);
                edges.targets.push(v as u32);
            }
        }
    }
    edges
}

fn rewiring_of(edges: &EdgeColumns, n_nodes: usize, seed: u64) -> EdgeColumns {
    let graph = Graph::from_columns(Direction::Undirected, n_nodes, edges.clone()).expect("good edges");
    let graph = rewired(&graph, None, seed).expect("a graph");
    let (sources, targets) = graph.edges().map(|edge| (edge.0, edge.1)).unzip();
    EdgeColumns { sources, targets, weights: None }
}

fn options(seed: u64) -> StabilityOptions {
    StabilityOptions {
        leiden: LeidenOptions { seed, ..LeidenOptions::default() },
        resamples: 20,
        rewirings: 10,
        resamples_of_rewirings: 5,
    }
}

fn of(edges: &EdgeColumns, n_nodes: usize, resampling: Resampling<'_>, seed: u64) -> Stability {
    stability(Direction::Undirected, n_nodes, edges, resampling, options(seed)).expect("good rows")
}

const SIZES: [u32; 16] = [30, 30, 30, 40, 40, 40, 50, 50, 50, 60, 60, 70, 80, 90, 130, 150];
const N_NODES: usize = 1000;

/// Whether a community is four fifths the same as one that was planted.
fn is_planted(labels: &[u32], label: u32, first: u32, size: u32) -> bool {
    let planted = first..first + size;
    let is_in = |u: u32| labels[u as usize] == label;
    let both = planted.clone().filter(|&u| is_in(u)).count() as f64;
    let either = (0..labels.len() as u32).filter(|u| planted.contains(u) || is_in(*u)).count() as f64;
    both / either >= 0.8
}

#[test]
fn planted_communities_are_found() {
    for resampling in [Resampling::Rows, Resampling::MissingTies(0.1)] {
        let (mut n_found, mut n_planted) = (0, 0);
        for seed in 0..4 {
            let found = of(&planted(&SIZES, 20.0, 0.2, seed), N_NODES, resampling, seed);
            let mut first = 0;
            for size in SIZES {
                let is_found = found.communities.iter().any(|community| {
                    community.is_found() && is_planted(&found.labels, community.label, first, size)
                });
                n_found += usize::from(is_found);
                n_planted += 1;
                first += size;
            }
        }
        assert!(n_found * 10 >= n_planted * 9, "{resampling:?}: {n_found} of {n_planted}");
    }
}

#[test]
fn communities_of_rewired_networks_are_not() {
    for (degree, name) in [(20.0, "dense"), (3.0, "sparse")] {
        for resampling in [Resampling::Rows, Resampling::MissingTies(0.1)] {
            let mut compared: Vec<StableCommunity> = Vec::new();
            for seed in 0..12 {
                let edges = rewiring_of(&planted(&SIZES, degree, 0.2, seed), N_NODES, seed);
                let found = of(&edges, N_NODES, resampling, seed).communities;
                compared.extend(found.iter().filter(|community| community.p.is_some()));
            }
            for least in [2, 10] {
                let large = || compared.iter().filter(|community| community.n_nodes >= least);
                let (n_found, n) =
                    (large().filter(|community| community.is_found()).count(), large().count());
                println!("{name}, {resampling:?}, of {least} or more: {n_found} of {n}");
                assert!(n > 50 && n_found * 20 <= n, "{name}, {resampling:?}, {least}: {n_found} of {n}");
            }
        }
    }
}

#[test]
fn threads_and_the_order_of_rows_change_nothing() {
    let edges = planted(&SIZES[..6], 8.0, 0.3, 1);
    let n = SIZES[..6].iter().sum::<u32>() as usize;
    let expected = on_threads(1, || of(&edges, n, Resampling::Rows, 3));
    for threads in [2, 3, 8] {
        assert_eq!(on_threads(threads, || of(&edges, n, Resampling::Rows, 3)), expected);
    }
    let mut turned = edges.clone();
    turned.sources.reverse();
    turned.targets.reverse();
    let weights: Vec<f64> = (0..edges.sources.len()).map(|row| unit(9, row as u64)).collect();
    let items: Vec<u32> = (0..edges.sources.len() as u32).map(|row| row / 5).collect();
    let turned_items: Vec<u32> = items.iter().rev().copied().collect();
    let weighted = EdgeColumns { weights: Some(weights.clone()), ..edges };
    let turned = EdgeColumns { weights: Some(weights.into_iter().rev().collect()), ..turned };
    for (one, other) in [
        (Resampling::Rows, Resampling::Rows),
        (Resampling::Items(&items), Resampling::Items(&turned_items)),
        (Resampling::MissingTies(0.1), Resampling::MissingTies(0.1)),
    ] {
        assert_eq!(of(&turned, n, other, 3), of(&weighted, n, one, 3));
    }
}

#[test]
fn items_come_whole() {
    // Three cliques of eight, each seen in one item alone: a resample has a clique or does not.
    let mut edges = EdgeColumns::default();
    let mut items = Vec::new();
    for clique in 0..3 {
        for u in 0..8 {
            for v in 0..u {
                edges.sources.push(clique * 8 + u);
                edges.targets.push(clique * 8 + v);
                items.push(clique);
            }
        }
    }
    let found = of(&edges, 24, Resampling::Items(&items), 1);
    assert_eq!(found.communities.len(), 3);
    // A clique scores 1 where it is there with another, in 18 of 27 resamples, and 0 where it is missing or all there is.
    let mean = found.communities.iter().filter_map(|community| community.score).sum::<f64>() / 3.0;
    assert!((mean - 2.0 / 3.0).abs() < 0.15, "{mean}");
    let kept = found.shift.ties_kept.expect("ties");
    assert!((kept - (1.0 - (2.0_f64 / 3.0).powi(3))).abs() < 0.1, "{kept}");
    let short = stability(Direction::Undirected, 24, &edges, Resampling::Items(&items[1..]), options(0));
    assert_eq!(short, Err(Error::RaggedAttribute { column: "items", length: 83, n_rows: 84 }));
}

#[test]
fn a_bootstrap_shifts_what_it_resamples() {
    let edges = planted(&SIZES, 20.0, 0.2, 5);
    let shift = of(&edges, N_NODES, Resampling::Rows, 5).shift;
    // One row a tie: 1 − 1/e of them are seen again.
    assert!((shift.ties_kept.expect("ties") - 0.632).abs() < 0.005);
    // A sparser random network has the larger modularity.
    let random = of(&rewiring_of(&edges, N_NODES, 5), N_NODES, Resampling::Rows, 5).shift;
    let (Some(whole), Some(resamples)) = random.modularity else { panic!("ties") };
    assert!(resamples > whole + 0.03, "{whole}, {resamples}");
    let missing = of(&edges, N_NODES, Resampling::MissingTies(0.1), 5).shift;
    assert!((missing.ties_kept.expect("ties") - 0.9).abs() < 0.005);
}

#[test]
fn what_is_undefined_is_not_zero() {
    let edges = EdgeColumns { sources: vec![0, 2], targets: vec![1, 2], weights: Some(vec![1.0, 5.0]) };
    let without = StabilityOptions { rewirings: 0, ..options(0) };
    let found = stability(Direction::Undirected, 4, &edges, Resampling::MissingTies(0.5), without);
    let communities = found.expect("good rows").communities;
    let scores: Vec<(u32, bool)> =
        communities.iter().map(|community| (community.label, community.score.is_some())).collect();
    assert_eq!(scores, [(0, true), (2, false), (3, false)], "a loop is no tie, and node 3 has none");
    assert!(communities.iter().all(|community| community.p.is_none() && !community.is_found()));
    let empty = stability(Direction::Directed, 0, &EdgeColumns::default(), Resampling::Rows, options(0));
    let empty = empty.expect("no rows");
    assert_eq!((empty.n_found(), empty.shift.ties_kept), ((0, 0), None));
    for share in [0.0, 1.0, f64::NAN] {
        let missing = Resampling::MissingTies(share);
        assert!(stability(Direction::Undirected, 4, &edges, missing, without).is_err());
    }
}
