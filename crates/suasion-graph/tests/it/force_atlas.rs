//! Forces against sums over all pairs, layouts against balances by hand and by eye, whatever the threads.

use proptest::prelude::*;
use suasion_graph::{
    Attraction, Direction, EdgeColumns, ForceAtlasOptions, Graph, force_atlas_2, forces,
    neighborhood_preservation,
};

use crate::random::{Drawn, drawn, graph, karate_club, on_threads};

/// The force on each node and how much adds up to it, by all pairs.
fn by_pairs(graph: &Graph, positions: &[[f64; 2]], options: ForceAtlasOptions) -> Vec<([f64; 2], f64)> {
    let n = graph.n_nodes();
    let weight = |u, v| {
        let one_way = |u, v| graph.weight(u, v).unwrap_or(0.0);
        if graph.is_directed() { one_way(u, v) + one_way(v, u) } else { one_way(u, v) }
    };
    let is_tie = |u, v| u != v && weight(u, v) > 0.0;
    let mass = |u| (0..n).filter(|&v| is_tie(u, v)).count() as f64 + 1.0;
    let of_node = |u: u32| {
        let [x, y] = positions[u as usize];
        let (mut force, mut size) = ([0.0; 2], 0.0);
        let mut add = |to: [f64; 2], strength: f64| {
            let (dx, dy) = (to[0] - x, to[1] - y);
            let distance = dx.hypot(dy);
            if distance > 0.0 {
                force[0] += strength * dx / distance;
                force[1] += strength * dy / distance;
                size += strength.abs();
            }
        };
        for v in (0..n).filter(|&v| v != u) {
            let at = positions[v as usize];
            let distance = (at[0] - x).hypot(at[1] - y);
            add(at, -options.scaling * mass(u) * mass(v) / distance);
            if is_tie(u, v) {
                let grown = match options.attraction {
                    Attraction::Linear => distance,
                    Attraction::Logarithmic => distance.ln_1p(),
                };
                add(at, weight(u, v).powf(options.weight_influence) * grown);
            }
        }
        let grown = if options.strong_gravity { x.hypot(y) } else { 1.0 };
        add([0.0; 2], options.gravity * mass(u) * grown);
        (force, size)
    };
    (0..n).map(of_node).collect()
}

fn options() -> impl Strategy<Value = ForceAtlasOptions> {
    let attraction = prop_oneof![Just(Attraction::Linear), Just(Attraction::Logarithmic)];
    let influence = prop_oneof![Just(0.0), Just(1.0), 0.0..1.5];
    (attraction, influence, any::<bool>(), 0.1..20.0, 0.0..5.0, any::<u64>()).prop_map(
        |(attraction, weight_influence, strong_gravity, scaling, gravity, seed)| ForceAtlasOptions {
            scaling,
            gravity,
            strong_gravity,
            attraction,
            weight_influence,
            iterations: 30,
            seed,
            ..ForceAtlasOptions::default()
        },
    )
}

/// Anywhere, and some in one place.
fn placed() -> impl Strategy<Value = (Drawn, Vec<[f64; 2]>)> {
    drawn().prop_flat_map(|drawn| {
        let n = drawn.n_nodes as usize;
        let at = prop_oneof![-100.0..100.0, (-2..3_i8).prop_map(f64::from)];
        (Just(drawn), prop::collection::vec([at.clone(), at], n))
    })
}

fn bits(positions: &[[f64; 2]]) -> Vec<[u64; 2]> {
    positions.iter().map(|at| at.map(f64::to_bits)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn all_pairs_at_theta_zero((drawn, positions) in placed(), options in options(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let options = ForceAtlasOptions { theta: 0.0, ..options };
        let found = on_threads(threads, || forces(&graph, &positions, options)).expect("good options");
        for (found, (force, size)) in found.iter().zip(by_pairs(&graph, &positions, options)) {
            let off = (found[0] - force[0]).hypot(found[1] - force[1]);
            prop_assert!(off <= 1e-12 * size.max(1e-300), "{found:?}, {force:?} of {size}");
        }
    }

    #[test]
    fn threads_and_seeds((drawn, _) in placed(), options in options()) {
        let graph = drawn.graph();
        let run = || force_atlas_2(&graph, options).expect("good options");
        let expected = on_threads(1, run);
        prop_assert!(expected.positions.iter().flatten().all(|at| at.is_finite()), "{expected:?}");
        for threads in [2, 3] {
            prop_assert_eq!(bits(&on_threads(threads, run).positions), bits(&expected.positions));
        }
        if graph.n_nodes() > 1 {
            let other = ForceAtlasOptions { seed: options.seed ^ 1, ..options };
            prop_assert_ne!(force_atlas_2(&graph, other).expect("good options").positions, expected.positions);
        }
    }

    #[test]
    fn direction_self_loops_and_weights_of_zero_are_nothing((drawn, _) in placed(), options in options()) {
        let graph = drawn.graph();
        let mut columns = EdgeColumns { weights: Some(Vec::new()), ..EdgeColumns::default() };
        for (u, v, weight) in graph.edges().filter(|&(u, v, weight)| u != v && weight > 0.0) {
            columns.sources.push(v);
            columns.targets.push(u);
            columns.weights.get_or_insert_default().push(weight);
        }
        let plain = Graph::from_columns(Direction::Undirected, graph.n_nodes() as usize, columns);
        let plain = force_atlas_2(&plain.expect("good edges"), options).expect("good options");
        let found = force_atlas_2(&graph, options).expect("good options");
        prop_assert_eq!(bits(&found.positions), bits(&plain.positions));
    }
}

/// A network of rings of ten, each node tied to one of another ring, and some isolates.
fn rings(n: u32) -> Graph {
    let mut ends: Vec<(u32, u32)> = (0..n).map(|u| (u, u / 10 * 10 + (u + 1) % 10)).collect();
    ends.extend((0..n).map(|u| (u, u.wrapping_mul(2_654_435_761) % n)));
    graph(Direction::Undirected, n as usize + 20, &ends)
}

#[test]
fn threads_change_no_byte_of_several_levels() {
    let rings = rings(3000);
    let options = ForceAtlasOptions { iterations: 10, ..ForceAtlasOptions::default() };
    let run = || force_atlas_2(&rings, options).expect("good options");
    let expected = on_threads(1, run);
    assert!(expected.n_levels > 3, "{}", expected.n_levels);
    for threads in [2, 3, 8] {
        let found = on_threads(threads, run);
        assert_eq!(bits(&found.positions), bits(&expected.positions));
        assert_eq!((found.swinging, found.traction), (expected.swinging, expected.traction));
    }
}

#[test]
fn cells_repel_about_as_their_nodes_do() {
    let rings = rings(3000);
    let laid_out = ForceAtlasOptions { iterations: 20, ..ForceAtlasOptions::default() };
    let positions = force_atlas_2(&rings, laid_out).expect("good options").positions;
    // Repulsion alone.
    let of = |theta| {
        let options = ForceAtlasOptions { theta, gravity: 0.0, ..laid_out };
        let empty = Graph::from_edges(positions.len(), &[]).expect("no edges");
        forces(&empty, &positions, options).expect("good options")
    };
    let exact = of(0.0);
    let square = |[x, y]: [f64; 2]| x * x + y * y;
    let error = |theta| {
        let off: f64 = of(theta).iter().zip(&exact).map(|(a, b)| square([a[0] - b[0], a[1] - b[1]])).sum();
        (off / exact.iter().map(|&force| square(force)).sum::<f64>()).sqrt()
    };
    let (fine, coarse) = (error(0.5), error(1.2));
    assert!(fine > 0.0 && fine < 2e-3 && coarse < 0.02 && fine < coarse, "{fine}, {coarse}");
}

fn still() -> ForceAtlasOptions {
    ForceAtlasOptions {
        gravity: 0.0,
        iterations: 2000,
        attraction: Attraction::Linear,
        ..ForceAtlasOptions::default()
    }
}

fn distances(positions: &[[f64; 2]]) -> Vec<f64> {
    let n = positions.len();
    let pairs = (0..n).flat_map(|u| (0..u).map(move |v| (positions[u], positions[v])));
    pairs.map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1])).collect()
}

#[test]
fn two_and_three_nodes_balance() {
    let of = |graph: &Graph, options| distances(&force_atlas_2(graph, options).expect("good").positions);
    let near = |found: &[f64], expected: &[f64]| {
        let close = found.iter().zip(expected).all(|(a, b)| (a / b - 1.0).abs() < 0.01);
        assert!(close && found.len() == expected.len(), "{found:?}, {expected:?}");
    };
    // d = k_r 2 · 2 / d, and w d with weights.
    let pair = graph(Direction::Undirected, 2, &[(0, 1)]);
    near(&of(&pair, still()), &[8.0_f64.sqrt()]);
    let heavy = Graph::from_edges(2, &[(0, 1, 3.0), (1, 0, 5.0)]).expect("good edges");
    near(&of(&heavy, still()), &[1.0]);
    near(&of(&heavy, ForceAtlasOptions { weight_influence: 0.0, ..still() }), &[8.0_f64.sqrt()]);
    // d ln (1 + d) = 8.
    let logarithmic = ForceAtlasOptions { attraction: Attraction::Logarithmic, ..still() };
    let found = of(&pair, logarithmic)[0];
    near(&[found * found.ln_1p()], &[8.0]);
    // The ends of a path: d = 2 · 2 · 3 / d + 2 · 2 · 2 / 2d.
    let path = graph(Direction::Undirected, 3, &[(0, 1), (1, 2)]);
    near(&of(&path, still()), &[4.0, 8.0, 4.0]);
    let triangle = graph(Direction::Undirected, 3, &[(0, 1), (1, 2), (2, 0)]);
    near(&of(&triangle, still()), &[18.0_f64.sqrt(); 3]);
    // Two isolates on either side of the origin: 2 / d = 1.
    let isolates = Graph::from_edges(2, &[]).expect("no edges");
    near(&of(&isolates, ForceAtlasOptions { gravity: 1.0, ..still() }), &[2.0]);
}

#[test]
fn at_balance_there_is_no_force() {
    let path = graph(Direction::Undirected, 3, &[(0, 1), (1, 2)]);
    let found = forces(&path, &[[-4.0, 0.0], [0.0, 0.0], [4.0, 0.0]], still()).expect("good options");
    assert!(found.iter().flatten().all(|force| force.abs() < 1e-12), "{found:?}");
}

#[test]
fn few_nodes_or_none() {
    let of = |n| force_atlas_2(&Graph::from_edges(n, &[]).expect("no edges"), ForceAtlasOptions::default());
    let none = of(0).expect("good options");
    assert_eq!((none.positions.len(), none.swinging), (0, Some(0.0)));
    assert_eq!(of(1).expect("good options").positions, [[0.0, 0.0]]);
    let start = ForceAtlasOptions { iterations: 0, ..ForceAtlasOptions::default() };
    let found = force_atlas_2(&karate_club(), start).expect("good options");
    assert_eq!((found.n_levels, found.swinging, found.traction), (1, None, None));
    assert!(distances(&found.positions).iter().all(|&distance| distance > 0.0));
}

#[test]
fn a_grid_unfolds() {
    let side = 20_u32;
    let across = (0..side * side).filter(|u| u % side != 0).map(|u| (u - 1, u));
    let down = (side..side * side).map(|u| (u - side, u));
    let grid = graph(Direction::Undirected, (side * side) as usize, &across.chain(down).collect::<Vec<_>>());
    for seed in 0..3 {
        let options = ForceAtlasOptions { seed, ..ForceAtlasOptions::default() };
        let at = force_atlas_2(&grid, options).expect("good options").positions;
        // Twice the area of each square, by its diagonals: all on one side.
        let area = |u: usize| {
            let (a, b, c, d) = (at[u], at[u + 1], at[u + side as usize + 1], at[u + side as usize]);
            (c[0] - a[0]) * (d[1] - b[1]) - (c[1] - a[1]) * (d[0] - b[0])
        };
        let corners = (0..(side * (side - 1)) as usize).filter(|u| u % side as usize != side as usize - 1);
        let n_turned = corners.clone().filter(|&u| area(u) < 0.0).count();
        assert!(n_turned == 0 || n_turned == corners.count(), "{n_turned} squares turned, seed {seed}");
        let kept = neighborhood_preservation(&grid, &at).expect("ties");
        assert!(kept > 0.6, "{kept}");
    }
}

#[test]
fn communities_come_apart() {
    // Six cliques of thirty, each tied to the others by a few ties.
    let mut ends = Vec::new();
    for clique in 0..6 {
        let first = clique * 30;
        ends.extend((0..30).flat_map(|u| (0..u).map(move |v| (first + u, first + v))));
        ends.extend((0..clique).map(|other| (first + other, other * 30 + clique)));
    }
    let cliques = graph(Direction::Undirected, 180, &ends);
    for attraction in [Attraction::Linear, Attraction::Logarithmic] {
        let options = ForceAtlasOptions { attraction, ..ForceAtlasOptions::default() };
        let at = force_atlas_2(&cliques, options).expect("good options").positions;
        let kept = neighborhood_preservation(&cliques, &at).expect("ties");
        assert!(kept > 0.9, "{kept}, {attraction:?}");
    }
}

#[test]
fn what_is_not_tied_stays_near() {
    // Triangles and isolates: all repel each other, and gravity alone holds them.
    let ends: Vec<(u32, u32)> = (0..50)
        .flat_map(|at| [(3 * at, 3 * at + 1), (3 * at + 1, 3 * at + 2), (3 * at + 2, 3 * at)])
        .collect();
    let many = graph(Direction::Undirected, 200, &ends);
    let at = force_atlas_2(&many, ForceAtlasOptions::default()).expect("good options").positions;
    // On the edge of a disc of mass M: k_r M / r = k_g.
    let radius = 2.0 * (150.0 * 3.0 + 50.0);
    assert!(at.iter().all(|at| at[0].hypot(at[1]) < 1.5 * radius));
}

#[test]
fn bad_options_are_refused() {
    let good = ForceAtlasOptions::default();
    let bad = [
        ForceAtlasOptions { scaling: 0.0, ..good },
        ForceAtlasOptions { scaling: f64::NAN, ..good },
        ForceAtlasOptions { gravity: -1.0, ..good },
        ForceAtlasOptions { weight_influence: f64::INFINITY, ..good },
        ForceAtlasOptions { tolerance: 0.0, ..good },
        ForceAtlasOptions { theta: -0.1, ..good },
    ];
    for options in bad {
        assert!(force_atlas_2(&karate_club(), options).is_err(), "{options:?}");
    }
    let heavy = Graph::from_edges(2, &[(0, 1, 1e60)]).expect("good edges");
    assert!(force_atlas_2(&heavy, good).is_err());
    assert!(force_atlas_2(&heavy, ForceAtlasOptions { weight_influence: 0.5, ..good }).is_ok());
}
