//! Assortativity and the E–I index against their definitions, edge by edge.

use std::collections::BTreeMap;

use proptest::prelude::*;
use suasion_graph::{
    DegreeKind::{In, Out},
    Direction, EdgeColumns, EdgeCount, Graph, categorical_assortativity, degree_assortativity, ei_index,
    mixing_matrix, numeric_assortativity,
};

use crate::random::{Drawn, drawn, on_threads};

/// Edges between different nodes with what they count; undirected ones both ways.
fn edges(graph: &Graph, count: EdgeCount) -> Vec<(usize, usize, f64)> {
    let mut edges = Vec::new();
    for (u, v, weight) in graph.edges().filter(|(u, v, _)| u != v) {
        let weight = if count == EdgeCount::Each { 1.0 } else { weight };
        edges.push((u as usize, v as usize, weight));
        if !graph.is_directed() {
            edges.push((v as usize, u as usize, weight));
        }
    }
    edges
}

/// (x, y, weight).
type Point = (f64, f64, f64);

/// Pearson's correlation, by covariance over pairs of edges: Σ Σ w w' (x − x') (y − y').
fn correlation(points: &[Point]) -> Option<f64> {
    let total: f64 = points.iter().map(|point| point.2).sum();
    let pairs = |of: &dyn Fn(&Point, &Point) -> f64| -> f64 {
        points.iter().flat_map(|a| points.iter().map(move |b| a.2 / total * (b.2 / total) * of(a, b))).sum()
    };
    let x = pairs(&|a, b| (a.0 - b.0).powi(2));
    let y = pairs(&|a, b| (a.1 - b.1).powi(2));
    (x > 0.0 && y > 0.0).then(|| pairs(&|a, b| (a.0 - b.0) * (a.1 - b.1)) / (x.sqrt() * y.sqrt()))
}

fn same(a: Option<f64>, b: Option<f64>) -> bool {
    a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= 1e-9)
}

/// A graph whose weights are of one size, with attributes.
fn attributed() -> impl Strategy<Value = (Drawn, Vec<Option<u32>>)> {
    drawn().prop_flat_map(|mut drawn| {
        for edge in &mut drawn.edges {
            edge.2 = edge.2.min(7.0);
        }
        let n = drawn.n_nodes as usize;
        (Just(drawn), prop::collection::vec(prop::option::weighted(0.8, 0..4_u32), n))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agree_with_their_definitions((drawn, groups) in attributed(), by_weight in any::<bool>(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let count = if by_weight { EdgeCount::ByWeight } else { EdgeCount::Each };
        let all = edges(&graph, count);
        let n = groups.len();

        let matrix = drawn.matrix();
        let degree = |kind, u: usize| {
            let edge = |v: usize| if kind == Out { matrix[u][v] } else { matrix[v][u] };
            (0..n).filter(|&v| v != u && edge(v)).count() as f64
        };
        for (source, target) in [(Out, In), (In, In), (Out, Out), (In, Out)] {
            let points: Vec<_> = all.iter().map(|&(u, v, w)| (degree(source, u), degree(target, v), w)).collect();
            let found = on_threads(threads, || degree_assortativity(&graph, source, target, count));
            prop_assert!(same(found.coefficient, correlation(&points)), "{found:?} {:?}", correlation(&points));
            prop_assert_eq!(found.n_left_out, 0);
            prop_assert_eq!(found.n_edges as usize * if drawn.directed { 1 } else { 2 }, all.len());
        }

        // Numbers of very different size, the largest of all on a node without any edge that counts.
        let number = |u: usize| groups[u].map(|group| f64::from(group).powi(5) * 1e150 + u as f64);
        let numbers: Vec<_> = (0..n).map(number).collect();
        let known: Vec<_> = all.iter().filter(|&&(u, v, _)| groups[u].is_some() && groups[v].is_some()).copied().collect();
        let points: Vec<_> = known.iter().filter_map(|&(u, v, w)| Some((number(u)? / 1e150, number(v)? / 1e150, w))).collect();
        let found = on_threads(threads, || numeric_assortativity(&graph, &numbers, &numbers, count));
        // Differences that are lost in the size of the numbers are no variance.
        if let Some(expected) = correlation(&points).filter(|_| points.iter().any(|p| (p.0 - points[0].0).abs() > 0.5 && p.2 > 0.0)) {
            prop_assert!(found.coefficient.is_some_and(|r| (r - expected).abs() < 1e-9), "{found:?} {expected}");
        }
        prop_assert_eq!((found.n_edges + found.n_left_out) as usize * if drawn.directed { 1 } else { 2 }, all.len());

        let mut mixing: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for &(u, v, w) in &known {
            *mixing.entry((groups[u].unwrap(), groups[v].unwrap())).or_default() += w;
        }
        let found = on_threads(threads, || mixing_matrix(&graph, &groups, count));
        let pairs = |(&(i, j), &w): (&(u32, u32), &f64)| (i, j, w);
        prop_assert_eq!(found.entries.len(), mixing.len());
        for ((i, j, w), expected) in found.entries.iter().copied().zip(mixing.iter().map(pairs)) {
            prop_assert!((i, j) == (expected.0, expected.1) && (w - expected.2).abs() <= 1e-9 * expected.2);
        }
        let total: f64 = mixing.values().sum();
        let e = |i: u32, j: u32| mixing.get(&(i, j)).copied().unwrap_or(0.0) / total;
        let chance: f64 = (0..4).map(|i| (0..4).map(|j| e(i, j)).sum::<f64>() * (0..4).map(|j| e(j, i)).sum::<f64>()).sum();
        let within: f64 = (0..4).map(|i| e(i, i)).sum();
        let expected = (total > 0.0 && 1.0 - chance > 1e-12).then(|| (within - chance) / (1.0 - chance));
        let found = categorical_assortativity(&graph, &groups, count);
        prop_assert!(same(found.coefficient, expected), "{found:?} {expected:?}");
        prop_assert_eq!((found.n_edges as usize) * if drawn.directed { 1 } else { 2 }, known.len());
    }

    #[test]
    fn the_ei_index_counts_ties((drawn, groups) in attributed(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let found = on_threads(threads, || ei_index(&graph, &groups));
        let n = groups.len();
        let ties: Vec<(usize, usize)> =
            graph.edges().filter(|(u, v, _)| u != v).map(|(u, v, _)| (u as usize, v as usize)).collect();
        let pairs: Vec<(usize, usize)> = (0..n).flat_map(|u| (0..u).map(move |v| (u, v))).collect();
        // External and internal ones of those where `with` holds for an end.
        let split = |ties: &[(usize, usize)], with: &dyn Fn(usize) -> bool| {
            let known = |&&(u, v): &&(usize, usize)| groups[u].is_some() && groups[v].is_some() && (with(u) || with(v));
            let external = ties.iter().filter(known).filter(|&&(u, v)| groups[u] != groups[v]).count();
            (external as u64, (ties.iter().filter(known).count() - external) as u64)
        };
        let check = |found: suasion_graph::EiIndex, with: &dyn Fn(usize) -> bool| {
            let ratio = |(e, i): (u64, u64)| (e + i > 0).then(|| (e as f64 - i as f64) / (e + i) as f64);
            (found.n_external, found.n_internal) == split(&ties, with)
                && found.index() == ratio(split(&ties, with))
                && found.expected == ratio(split(&pairs, with))
        };
        prop_assert!(check(found.network, &|_| true), "{:?}", found.network);
        for (group, &of_group) in (0..).zip(&found.groups) {
            prop_assert!(check(of_group, &|u| groups[u] == Some(group)), "{group} {of_group:?}");
        }
        for (u, &of_node) in found.nodes.iter().enumerate() {
            prop_assert_eq!(of_node.is_some(), groups[u].is_some());
            if let Some(of_node) = of_node {
                prop_assert!(check(of_node, &|v| v == u), "{u} {of_node:?}");
            }
        }
        let unknown = ties.iter().filter(|&&(u, v)| groups[u].is_none() || groups[v].is_none()).count();
        prop_assert_eq!(found.n_left_out as usize, unknown);
    }
}

#[test]
fn by_hand() {
    let edges = |direction, ends: &[(u32, u32)], n| {
        let columns = EdgeColumns {
            sources: ends.iter().map(|ends| ends.0).collect(),
            targets: ends.iter().map(|ends| ends.1).collect(),
            weights: None,
        };
        Graph::from_columns(direction, n, columns).expect("good edges")
    };
    // A star is as disassortative as can be; a ring has no variance.
    let star = edges(Direction::Undirected, &[(0, 1), (0, 2), (0, 3), (3, 3)], 5);
    let r = |graph: &Graph| degree_assortativity(graph, Out, In, EdgeCount::Each).coefficient;
    assert!(same(r(&star), Some(-1.0)));
    assert_eq!(r(&edges(Direction::Undirected, &[(0, 1), (1, 2), (2, 0)], 3)), None);
    assert_eq!(r(&edges(Direction::Directed, &[(1, 1)], 2)), None);
    // Who is not tied has no say, whatever its number.
    let numbers = [Some(1.0), Some(2.0), Some(2.0), None, Some(1e308)];
    let found = numeric_assortativity(&star, &numbers, &numbers, EdgeCount::Each);
    assert!(same(found.coefficient, Some(-1.0)));
    assert_eq!((found.n_edges, found.n_left_out), (2, 1));
    let groups = [Some(0), Some(0), Some(1), None, Some(7)];
    let found = ei_index(&star, &groups);
    assert_eq!((found.network.index(), found.n_left_out, found.groups.len()), (Some(0.0), 1, 8));
    assert_eq!(found.network.expected, Some((5.0 - 1.0) / 6.0));
    assert_eq!(found.groups[7].index(), None);
    assert_eq!(found.nodes[3], None);
    // All within one group: nothing to be alike in.
    let one = categorical_assortativity(&star, &[Some(3); 5], EdgeCount::Each);
    assert_eq!((one.coefficient, one.n_edges), (None, 3));
}

#[test]
fn threads_and_the_order_of_rows_change_no_bit() {
    let n = 3_000_u32;
    let row = |i: u32| {
        let end = |salt: u32| (i.wrapping_mul(salt) >> 7) % n;
        (end(2_654_435_761), end(0x85EB_CA6B) / (1 + i % 5), f64::from(i % 97) / 7.0)
    };
    let rows: Vec<_> = (0..20_000).map(row).collect();
    let backwards: Vec<_> = rows.iter().rev().copied().collect();
    let numbers: Vec<_> = (0..n).map(|u| (u % 11 != 0).then(|| f64::from(u % 13).sqrt())).collect();
    let groups: Vec<_> = (0..n).map(|u| (u % 17 != 0).then_some(u % 6)).collect();
    let run = |rows: &[(u32, u32, f64)]| {
        let graph = Graph::from_edges(n as usize, rows).expect("good edges");
        let by_weight = EdgeCount::ByWeight;
        format!(
            "{:?} {:?} {:?} {:?} {:?}",
            degree_assortativity(&graph, Out, In, by_weight),
            numeric_assortativity(&graph, &numbers, &numbers, by_weight),
            categorical_assortativity(&graph, &groups, by_weight),
            mixing_matrix(&graph, &groups, by_weight),
            ei_index(&graph, &groups),
        )
    };
    let expected = on_threads(1, || run(&rows));
    for threads in [1, 2, 3, 8] {
        assert_eq!(on_threads(threads, || run(&backwards)), expected, "{threads}");
    }
}

proptest! {
    #[test]
    fn renaming_permutes(
        (drawn, groups, there) in attributed().prop_flat_map(|(drawn, groups)| {
            let there: Vec<u32> = (0..drawn.n_nodes).collect();
            (Just(drawn), Just(groups), Just(there).prop_shuffle())
        }),
    ) {
        let mut renamed = drawn.clone();
        for edge in &mut renamed.edges {
            *edge = (there[edge.0 as usize], there[edge.1 as usize], edge.2);
        }
        let mut groups_there = groups.clone();
        for (&to, &group) in there.iter().zip(&groups) {
            groups_there[to as usize] = group;
        }
        let (a, b) = (drawn.graph(), renamed.graph());
        let (cuts_a, cuts_b) = (suasion_graph::cuts(&a), suasion_graph::cuts(&b));
        let (ei_a, ei_b) = (ei_index(&a, &groups), ei_index(&b, &groups_there));
        prop_assert_eq!((ei_a.network, &ei_a.groups), (ei_b.network, &ei_b.groups));
        for (u, &to) in there.iter().enumerate() {
            prop_assert_eq!(cuts_a.parts[u], cuts_b.parts[to as usize]);
            prop_assert_eq!(cuts_a.n_bridges()[u], cuts_b.n_bridges()[to as usize]);
            prop_assert_eq!(ei_a.nodes[u], ei_b.nodes[to as usize]);
        }
        for count in [EdgeCount::Each, EdgeCount::ByWeight] {
            let by_degree = |graph| degree_assortativity(graph, Out, In, count).coefficient;
            prop_assert!(same(by_degree(&a), by_degree(&b)));
            let by_group = |graph, groups: &[_]| categorical_assortativity(graph, groups, count).coefficient;
            prop_assert!(same(by_group(&a, &groups), by_group(&b, &groups_there)));
        }
    }
}
