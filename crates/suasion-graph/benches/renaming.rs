//! How far seeded results move when nodes are renamed, which is another draw: `cargo bench -p suasion-graph --bench renaming`.
//!
//! Prints, for a random graph with a few large hubs, the spread over ten renamings beside what is exact. What is counted
//! must not move at all, which is asserted.

use suasion_graph::{
    Direction, EdgeColumns, Graph, HyperBallOptions, KadabraOptions, approximate_betweenness, betweenness,
    core_numbers, harmonic_closeness, hyperball,
};

const RENAMINGS: u64 = 10;
const N_NODES: u32 = 1 << 13;
const N_EDGES: u64 = 1 << 17;

/// SplitMix64: a number for each place in a stream.
fn number(seed: u64, place: u64) -> u64 {
    let mut x = seed.wrapping_add(place.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// A node; the smaller, the likelier.
fn end(draw: u64) -> u32 {
    let share = (draw >> 11) as f64 / (1_u64 << 53) as f64;
    ((share * share * share * f64::from(N_NODES)) as u32).min(N_NODES - 1)
}

/// The graph with node u called `names[u]`.
fn graph(names: &[u32]) -> Graph {
    let name = |place| names[end(number(1, place)) as usize];
    let columns = EdgeColumns {
        sources: (0..N_EDGES).map(|edge| name(2 * edge)).collect(),
        targets: (0..N_EDGES).map(|edge| name(2 * edge + 1)).collect(),
        weights: None,
    };
    Graph::from_columns(Direction::Directed, N_NODES as usize, columns).expect("good edges")
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard deviation, and the root of the mean square of what is off from `exact`.
fn spread(values: &[f64], exact: f64) -> (f64, f64) {
    let of =
        |centre: f64, n: f64| (values.iter().map(|value| (value - centre).powi(2)).sum::<f64>() / n).sqrt();
    (of(mean(values), values.len() as f64 - 1.0), of(exact, values.len() as f64))
}

fn main() {
    let own: Vec<u32> = (0..N_NODES).collect();
    let first = graph(&own);
    let pairs = f64::from(N_NODES) * f64::from(N_NODES - 1);
    let exact_betweenness: Vec<f64> =
        betweenness(&first).expect("countable paths").into_iter().map(|score| score / pairs).collect();
    let exact_harmonic = harmonic_closeness(&first);
    let cores = core_numbers(&first);
    let hub = (0..N_NODES as usize)
        .max_by(|&a, &b| exact_betweenness[a].total_cmp(&exact_betweenness[b]))
        .unwrap_or(0);

    let options = KadabraOptions { epsilon: 0.002, ..KadabraOptions::default() };
    let (mut between, mut harmonic, mut held) = (Vec::new(), Vec::new(), 0);
    for renaming in 0..RENAMINGS {
        let mut order = own.clone();
        order.sort_unstable_by_key(|&node| number(2 + renaming, u64::from(node)));
        let mut names = vec![0; N_NODES as usize];
        for (name, &node) in (0..).zip(&order) {
            names[node as usize] = name;
        }
        let renamed = graph(&names);
        let renamed_cores = core_numbers(&renamed);
        assert!(
            own.iter().all(|&u| cores[u as usize] == renamed_cores[names[u as usize] as usize]),
            "counts moved"
        );
        let at = names[hub] as usize;
        if let Ok(Some(found)) = approximate_betweenness(&renamed, options) {
            between.push(found.estimates[at]);
            let inside = |&u: &u32| {
                let (exact, at) = (exact_betweenness[u as usize], names[u as usize] as usize);
                found.lower[at] <= exact && exact <= found.upper[at]
            };
            held += u64::from(own.iter().all(inside));
        }
        harmonic.push(hyperball(&renamed, HyperBallOptions::default()).harmonic[at]);
    }
    println!(
        "{} nodes, {} edges, {RENAMINGS} renamings; core numbers moved with their nodes",
        N_NODES,
        first.n_edges()
    );
    for (what, values, exact) in [
        ("betweenness, ε = .002", &between, exact_betweenness[hub]),
        ("harmonic, log2m = 8", &harmonic, exact_harmonic[hub]),
    ] {
        let (deviation, error) = spread(values, exact);
        println!(
            "{what}, of the node with the most betweenness: exact {exact:.6}, mean {:.6}, standard deviation {:.2} %, root mean square error {:.2} %",
            mean(values),
            100.0 * deviation / exact,
            100.0 * error / exact,
        );
    }
    println!("intervals that held every node: {held} of {RENAMINGS}, at δ = {}", options.delta);
}
