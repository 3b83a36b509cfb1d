//! Modularity, coverage, conductance and mutual information against the definitions.

use std::collections::BTreeSet;

use proptest::prelude::*;
use suasion_graph::{
    Direction, Graph, adjusted_mutual_information, normalised_mutual_information, partition_quality,
};

use crate::random::{Drawn, drawn, graph, karate_club};

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= 1e-9)
}

/// A_uv, with both ends of an undirected loop.
fn matrix(graph: &Graph) -> Vec<Vec<f64>> {
    let n = graph.n_nodes();
    let a = |u, v| {
        let ends = if u == v && !graph.is_directed() { 2.0 } else { 1.0 };
        ends * graph.weight(u, v).unwrap_or(0.0)
    };
    (0..n).map(|u| (0..n).map(|v| a(u, v)).collect()).collect()
}

fn labelled() -> impl Strategy<Value = (Drawn, Vec<u32>)> {
    drawn().prop_flat_map(|drawn| {
        let n = drawn.n_nodes;
        (Just(drawn), prop::collection::vec(0..n.max(1), n as usize))
    })
}

fn entropy(n: f64, counts: impl Iterator<Item = usize>) -> f64 {
    counts.filter(|&count| count > 0).map(|count| -(count as f64 / n) * (count as f64 / n).ln()).sum()
}

fn information(a: &[u32], b: &[u32]) -> f64 {
    let n = a.len() as f64;
    let values: BTreeSet<u32> = a.iter().chain(b).copied().collect();
    let count = |of: &dyn Fn(usize) -> bool| (0..a.len()).filter(|&at| of(at)).count();
    let single = |labels: &[u32]| entropy(n, values.iter().map(|&x| count(&|at| labels[at] == x)));
    let both = values.iter().flat_map(|&x| values.iter().map(move |&y| (x, y)));
    single(a) + single(b) - entropy(n, both.map(|(x, y)| count(&|at| a[at] == x && b[at] == y)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn qualities_agree_with_the_matrix((drawn, labels) in labelled()) {
        let tame = drawn.edges.iter().map(|&(u, v, weight)| (u, v, (weight.to_bits() % 5) as f64));
        let graph = Drawn { edges: tame.collect(), ..drawn }.graph();
        let a = matrix(&graph);
        let n = a.len();
        let total: f64 = a.iter().flatten().sum();
        let out = |u: usize| a[u].iter().sum::<f64>();
        let into = |v: usize| a.iter().map(|row| row[v]).sum::<f64>();
        let pairs = || (0..n).flat_map(|u| (0..n).map(move |v| (u, v)));
        let inside = || pairs().filter(|&(u, v)| labels[u] == labels[v]);
        let found = partition_quality(&graph, &labels);
        for resolution in [0.5, 1.0, 2.0] {
            let q = inside().map(|(u, v)| a[u][v] - resolution * out(u) * into(v) / total).sum::<f64>() / total;
            prop_assert!(close(found.modularity(resolution), (total > 0.0).then_some(q)));
        }
        let coverage = inside().map(|(u, v)| a[u][v]).sum::<f64>() / total;
        prop_assert!(close(found.coverage(), (total > 0.0).then_some(coverage)));
        for (community, conductance) in found.communities.iter().zip(found.conductance()) {
            let is_in = |u: usize| labels[u] == community.label;
            let cut: f64 = pairs().filter(|&(u, v)| is_in(u) != is_in(v)).map(|(u, v)| a[u][v]).sum();
            let volume: f64 = (0..n).filter(|&u| is_in(u)).map(|u| out(u) + into(u)).sum();
            let smaller = volume.min(2.0 * total - volume);
            prop_assert!(close(conductance, (smaller > 0.0).then_some(cut / smaller)));
        }
    }

    #[test]
    fn mutual_information_agrees_with_entropies(
        pairs in prop::collection::vec((0..4_u32, 0..4_u32), 1..12),
    ) {
        let (a, b): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
        let n = a.len() as f64;
        let of = |labels: &[u32]| entropy(n, (0..4).map(|x| labels.iter().filter(|&&label| label == x).count()));
        let mean = f64::midpoint(of(&a), of(&b));
        let nmi = if mean > 0.0 { information(&a, &b) / mean } else { 1.0 };
        prop_assert!(close(normalised_mutual_information(&a, &b), Some(nmi.clamp(0.0, 1.0))));
        prop_assert_eq!(normalised_mutual_information(&a, &a), Some(1.0));
        prop_assert_eq!(adjusted_mutual_information(&a, &a), Some(1.0));
        let swapped = adjusted_mutual_information(&b, &a);
        prop_assert!(close(adjusted_mutual_information(&a, &b), swapped));
    }
}

/// The mean of the mutual information over every way to deal the labels of one side.
#[test]
fn the_adjustment_is_the_mean_over_permutations() {
    let (a, b) = ([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 2]);
    let mut order: Vec<usize> = (0..6).collect();
    let (mut total, mut n) = (0.0, 0.0);
    permute(&mut order, 0, &mut |order| {
        let dealt: Vec<u32> = order.iter().map(|&at| b[at]).collect();
        total += information(&a, &dealt);
        n += 1.0;
    });
    assert_eq!(n, 720.0);
    let by_chance = total / n;
    let of = |counts: [usize; 3]| entropy(6.0, counts.into_iter());
    let mean = f64::midpoint(of([3, 2, 1]), of([2, 3, 1]));
    let expected = (information(&a, &b) - by_chance) / (mean - by_chance);
    assert!(close(adjusted_mutual_information(&a, &b), Some(expected)));
}

fn permute(order: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return visit(order);
    }
    for at in from..order.len() {
        order.swap(from, at);
        permute(order, from + 1, visit);
        order.swap(from, at);
    }
}

#[test]
fn the_undefined_is_none() {
    let isolates = graph(Direction::Directed, 2, &[]);
    let found = partition_quality(&isolates, &[0, 1]);
    assert_eq!((found.modularity(1.0), found.coverage()), (None, None));
    assert_eq!(found.conductance(), [None, None]);
    assert_eq!(partition_quality(&karate_club(), &[0; 34]).conductance(), [None], "it has all");
    // These weights add up to one thing by rows and to another by columns.
    let tenths = Graph::from_edges(3, &[(0, 1, 0.1), (1, 2, 0.2), (2, 0, 0.4)]).expect("good edges");
    assert_eq!(partition_quality(&tenths, &[0, 0, 0]).conductance(), [None]);
    // Neither does a heavy community take away the digits of a light one.
    let unequal =
        Graph::from_edges(6, &[(0, 1, 1e17), (1, 0, 1e17), (2, 3, 3.0), (3, 4, 1.0)]).expect("good edges");
    let conductance = partition_quality(&unequal, &[0, 0, 2, 2, 4, 5]).conductance();
    assert_eq!(conductance, [Some(0.0), Some(1.0 / 7.0), Some(1.0), None]);
    assert_eq!(
        (normalised_mutual_information(&[], &[]), adjusted_mutual_information(&[], &[])),
        (None, None)
    );
    assert_eq!(normalised_mutual_information(&[4, 4], &[7, 7]), Some(1.0));
    assert_eq!(normalised_mutual_information(&[4, 4], &[7, 8]), Some(0.0));
}
