//! Degrees, components, cores, triangles, reciprocity and distances against their definitions on a matrix.

use proptest::prelude::*;
use suasion_graph::{
    Components, Direction, core_numbers, degrees, distances_from, distances_to, in_degrees, in_strengths,
    out_degrees, out_strengths, reciprocity, strengths, strong_components, triangles, weak_components,
};

use crate::random::{drawn, graph, karate_club, on_threads};

/// Distances by Floyd and Warshall.
pub(crate) fn all_distances(matrix: &[Vec<bool>]) -> Vec<Vec<Option<u32>>> {
    let n = matrix.len();
    let mut distances = vec![vec![None; n]; n];
    for u in 0..n {
        for v in 0..n {
            distances[u][v] = if u == v { Some(0) } else { matrix[u][v].then_some(1) };
        }
    }
    for via in 0..n {
        for u in 0..n {
            for v in 0..n {
                let Some((a, b)) = distances[u][via].zip(distances[via][v]) else { continue };
                if distances[u][v].is_none_or(|known| a + b < known) {
                    distances[u][v] = Some(a + b);
                }
            }
        }
    }
    distances
}

/// The first node that is in one component with each.
fn labels(n: usize, together: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    (0..n).map(|u| (0..n).find(|&v| together(u, v)).expect("itself at least") as u32).collect()
}

/// Core numbers by their definition: strip until nothing changes, for each k.
fn all_core_numbers(ties: &[Vec<bool>]) -> Vec<u32> {
    let mut numbers = vec![0; ties.len()];
    for k in 1..=ties.len() {
        let mut inside = vec![true; ties.len()];
        loop {
            let degree = |u: usize| (0..ties.len()).filter(|&v| inside[v] && ties[u][v]).count();
            let Some(u) = (0..ties.len()).find(|&u| inside[u] && degree(u) < k) else { break };
            inside[u] = false;
        }
        (0..ties.len()).filter(|&u| inside[u]).for_each(|u| numbers[u] = k as u32);
    }
    numbers
}

fn check_sizes(components: &Components) {
    let counted = components.sizes();
    let mut sizes: Vec<(usize, u32)> =
        counted.largest(usize::MAX).iter().map(|size| (size.n_nodes as usize, size.label)).collect();
    assert_eq!((components.n_components(), counted.n_components()), (sizes.len(), sizes.len()));
    for &(n_nodes, label) in &sizes {
        assert_eq!(components.labels.iter().filter(|&&other| other == label).count(), n_nodes);
    }
    assert_eq!(sizes.iter().map(|size| size.0).sum::<usize>(), components.labels.len());
    let given = sizes.clone();
    assert_eq!(counted.largest(2).len(), given.len().min(2));
    assert!(counted.several.iter().all(|size| size.n_nodes > 1));
    sizes.sort_by_key(|&(n_nodes, label)| (usize::MAX - n_nodes, label));
    assert_eq!(given, sizes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agree_with_their_definitions(drawn in drawn(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let (matrix, ties) = (drawn.matrix(), drawn.ties());
        let n = matrix.len();
        let distances = all_distances(&matrix);
        let reaches = |u: usize, v: usize| distances[u][v].is_some();

        let strong = strong_components(&graph);
        prop_assert_eq!(&strong.labels, &labels(n, |u, v| reaches(u, v) && reaches(v, u)));
        check_sizes(&strong);
        let tied = all_distances(&ties);
        let weak = on_threads(threads, || weak_components(&graph));
        prop_assert_eq!(&weak.labels, &labels(n, |u, v| tied[u][v].is_some()));
        check_sizes(&weak);

        for (u, row) in distances.iter().enumerate() {
            prop_assert_eq!(&distances_from(&graph, u as u32), row);
            let to: Vec<_> = (0..n).map(|v| distances[v][u]).collect();
            prop_assert_eq!(distances_to(&graph, u as u32), to);
        }

        let count = |row: &dyn Fn(usize) -> bool| (0..n).filter(|&v| row(v)).count();
        for (u, row) in matrix.iter().enumerate() {
            let (out, into) = (count(&|v| row[v]), count(&|v| matrix[v][u]));
            prop_assert_eq!((out_degrees(&graph)[u] as usize, in_degrees(&graph)[u] as usize), (out, into));
            let total = if drawn.directed { out + into } else { out + usize::from(row[u]) };
            prop_assert_eq!(degrees(&graph)[u] as usize, total);
            let weight = |u: usize, v: usize| graph.weight(u as u32, v as u32).unwrap_or(0.0);
            let out: f64 = (0..n).map(|v| weight(u, v)).sum();
            let into: f64 = (0..n).map(|v| weight(v, u)).sum();
            let total = if drawn.directed { out + into } else { out + weight(u, u) };
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b;
            prop_assert!(close(out_strengths(&graph)[u], out) && close(in_strengths(&graph)[u], into));
            prop_assert!(close(strengths(&graph)[u], total));
        }
        prop_assert_eq!(degrees(&graph).iter().sum::<u64>(), 2 * graph.n_edges() as u64);

        prop_assert_eq!(core_numbers(&graph), all_core_numbers(&ties));

        let found = on_threads(threads, || triangles(&graph));
        let mut n_closed = 0;
        let mut n_triples = 0;
        let mut clusterings = Vec::new();
        for u in 0..n {
            let pairs = || (0..n).flat_map(move |v| (0..v).map(move |w| (v, w)));
            let open = pairs().filter(|&(v, w)| ties[u][v] && ties[u][w]).count();
            let closed = pairs().filter(|&(v, w)| ties[u][v] && ties[u][w] && ties[v][w]).count();
            prop_assert_eq!(found.counts[u], closed as u64);
            let clustering = (open > 0).then(|| closed as f64 / open as f64);
            prop_assert_eq!(found.local_clustering()[u], clustering);
            clusterings.extend(clustering);
            n_closed += closed;
            n_triples += open;
        }
        prop_assert_eq!(found.total(), n_closed as u64 / 3);
        prop_assert_eq!(found.transitivity(), (n_triples > 0).then(|| n_closed as f64 / n_triples as f64));
        let mean = clusterings.iter().sum::<f64>() / clusterings.len() as f64;
        prop_assert!(found.mean_clustering().map_or(clusterings.is_empty(), |found| (found - mean).abs() < 1e-12));

        let answers = reciprocity(&graph);
        let edges = || (0..n).flat_map(|u| (0..n).map(move |v| (u, v))).filter(|&(u, v)| u != v && matrix[u][v]);
        let (n_edges, n_answered) = (edges().count(), edges().filter(|&(u, v)| matrix[v][u]).count());
        prop_assert_eq!((answers.n_edges, answers.n_answered), (n_edges as u64, n_answered as u64));
        prop_assert_eq!(answers.share.is_some(), n_edges > 0);
        prop_assert_eq!(answers.rho.is_some(), n_edges > 0 && n_edges < n * (n - 1));
        if let Some(rho) = answers.rho {
            // The correlation coefficient of the entries a_uv and a_vu, which is the definition.
            let mean = n_edges as f64 / (n * (n - 1)) as f64;
            let entry = |u: usize, v: usize| f64::from(u8::from(matrix[u][v])) - mean;
            let all = || (0..n).flat_map(|u| (0..n).map(move |v| (u, v))).filter(|(u, v)| u != v);
            let covariance: f64 = all().map(|(u, v)| entry(u, v) * entry(v, u)).sum();
            let variance: f64 = all().map(|(u, v)| entry(u, v).powi(2)).sum();
            prop_assert!((rho - covariance / variance).abs() < 1e-9);
        }
    }
}

#[test]
fn the_karate_club() {
    let club = karate_club();
    let found = triangles(&club);
    assert_eq!((club.n_edges(), found.total()), (78, 45));
    assert!((found.transitivity().expect("it has triples") - 0.2557).abs() < 5e-5);
    assert_eq!(core_numbers(&club).iter().max(), Some(&4));
    assert_eq!(weak_components(&club).n_components(), 1);
    assert_eq!((degrees(&club)[0], degrees(&club)[33]), (16, 17));
}

#[test]
fn long_paths_and_cycles_need_no_stack() {
    let n = 200_000_u32;
    let path: Vec<_> = (1..n).map(|u| (u, u - 1)).collect();
    let found = strong_components(&graph(Direction::Directed, n as usize, &path));
    assert!(found.labels.iter().copied().eq(0..n));
    let cycle: Vec<_> = (0..n).map(|u| (u, (u + n - 1) % n)).collect();
    let cycle = graph(Direction::Directed, n as usize, &cycle);
    assert_eq!(strong_components(&cycle).n_components(), 1);
    assert_eq!(distances_from(&cycle, 1)[2], Some(n - 1));
    assert!(core_numbers(&cycle).iter().all(|&number| number == 2));
}

#[test]
fn larger_graphs_have_the_same_answers_on_any_threads() {
    // Two cliques of 70 and a ring through 150,000 nodes: lists longer than a word, and several blocks.
    let n = 150_000_u32;
    let mut ends: Vec<_> = (0..n).map(|u| (u, (u + 1) % n)).collect();
    for first in [40, 120_000] {
        ends.extend((0..70).flat_map(|u| (0..u).map(move |v| (first + 3 * u, first + 3 * v))));
    }
    let graph = graph(Direction::Directed, n as usize, &ends);
    for threads in [1, 2, 3, 8] {
        let (found, weak) = on_threads(threads, || (triangles(&graph), weak_components(&graph)));
        assert_eq!(found.total(), 2 * 70 * 69 * 68 / 6, "{threads}");
        assert_eq!(found.counts[40], 69 * 68 / 2);
        assert_eq!((found.counts[41], found.local_clustering()[41]), (0, Some(0.0)));
        assert_eq!(weak.n_components(), 1);
    }
    let numbers = core_numbers(&graph);
    assert_eq!((numbers[43], numbers[41]), (69, 2));
}

#[test]
fn the_undefined_is_none() {
    let isolates = graph(Direction::Directed, 2, &[(1, 1)]);
    let found = triangles(&isolates);
    assert_eq!((found.total(), found.transitivity(), found.mean_clustering()), (0, None, None));
    assert_eq!(found.local_clustering(), [None, None]);
    assert_eq!((reciprocity(&isolates).share, reciprocity(&isolates).rho), (None, None));
    let complete = graph(Direction::Directed, 2, &[(0, 1), (1, 0)]);
    assert_eq!((reciprocity(&complete).share, reciprocity(&complete).rho), (Some(1.0), None));
    // One edge among two nodes is half of all there can be, and unanswered: (0 − 1/2) / (1 − 1/2).
    assert_eq!(reciprocity(&graph(Direction::Directed, 2, &[(0, 1)])).rho, Some(-1.0));
    assert_eq!(distances_from(&isolates, 0), [Some(0), None]);
}
