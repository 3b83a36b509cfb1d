//! Two-mode networks: Davis's women, and agreement with counting by hand.

use proptest::prelude::*;
use suasion_graph::{EdgeColumns, Error, Mode, ProjectionWeights, TwoMode, projection};

use crate::random::on_threads;

/// Eighteen women and which of fourteen events, from 0, each attended. A. Davis, B. B. Gardner and M. R. Gardner (1941),
/// *Deep South*, University of Chicago Press; as `davis_southern_women_graph` of NetworkX 3.6.1 has it.
pub(crate) const WOMEN: [&[u32]; 18] = [
    &[0, 1, 2, 3, 4, 5, 7, 8],
    &[0, 1, 2, 4, 5, 6, 7],
    &[1, 2, 3, 4, 5, 6, 7, 8],
    &[0, 2, 3, 4, 5, 6, 7],
    &[2, 3, 4, 6],
    &[2, 4, 5, 7],
    &[4, 5, 6, 7],
    &[5, 7, 8],
    &[4, 6, 7, 8],
    &[6, 7, 8, 11],
    &[7, 8, 9, 11],
    &[7, 8, 9, 11, 12, 13],
    &[6, 7, 8, 9, 11, 12, 13],
    &[5, 6, 8, 9, 10, 11, 12, 13],
    &[6, 7, 9, 10, 11],
    &[7, 8],
    &[8, 10],
    &[8, 10],
];

pub(crate) fn columns(ties: impl IntoIterator<Item = (u32, u32)>) -> EdgeColumns {
    let (sources, targets) = ties.into_iter().unzip();
    EdgeColumns { sources, targets, weights: None }
}

#[test]
fn davis_women() {
    let ties = (0..).zip(WOMEN).flat_map(|(woman, events)| events.iter().map(move |&event| (woman, event)));
    let network = TwoMode::from_columns(18, 14, columns(ties)).unwrap();
    assert_eq!(network.n_ties(), 89);
    let degrees = network.degrees(Mode::Actors);
    assert_eq!(degrees, WOMEN.map(|events| events.len() as u32));
    assert_eq!(network.degrees(Mode::Events), [3, 3, 6, 4, 8, 8, 10, 14, 12, 5, 4, 6, 3, 3]);
    assert_eq!(network.neighbors(Mode::Events, 12), [11, 12, 13]);
    // The rest from NetworkX 3.6.1: bipartite.density, bipartite.weighted_projected_graph.
    assert_eq!(network.density(), Some(0.353_174_603_174_603_2));
    let women = projection(&network, Mode::Actors, ProjectionWeights::Shared).unwrap();
    assert_eq!((women.n_edges(), women.total_weight()), (139, 322.0));
    assert_eq!(women.weight(0, 2), Some(7.0), "Evelyn and Theresa");
    let degrees: Vec<usize> = (0..18).map(|woman| women.out_neighbors(woman).len()).collect();
    assert_eq!(degrees, [17, 15, 17, 15, 11, 15, 15, 16, 17, 17, 16, 16, 17, 17, 17, 16, 12, 12]);
    let strengths: Vec<f64> = (0..18).map(|woman| women.out_strength(woman)).collect();
    let expected = [50, 45, 57, 46, 24, 32, 36, 31, 40, 38, 33, 37, 46, 43, 34, 24, 14, 14].map(f64::from);
    assert_eq!(strengths, expected);
    let events = projection(&network, Mode::Events, ProjectionWeights::Shared).unwrap();
    assert_eq!((events.n_edges(), events.total_weight()), (66, 214.0));
    let strengths: Vec<f64> = (0..14).map(|event| events.out_strength(event)).collect();
    assert_eq!(strengths, [19, 20, 32, 23, 38, 41, 48, 59, 46, 25, 13, 28, 18, 18].map(f64::from));
}

#[test]
fn what_is_no_actor_or_event_is_refused() {
    let error = TwoMode::from_columns(2, 5, columns([(0, 4), (2, 0), (0, 5)])).unwrap_err();
    assert_eq!(error, Error::NodeOutOfRange { edge: 1, node: 2, n_nodes: 2 });
    let error = TwoMode::from_columns(5, 2, columns([(4, 1), (0, 2), (5, 0)])).unwrap_err();
    assert_eq!(error, Error::NodeOutOfRange { edge: 1, node: 2, n_nodes: 2 });
    let nobody = TwoMode::from_columns(0, 3, columns([])).unwrap();
    assert_eq!((nobody.density(), nobody.degrees(Mode::Events)), (None, vec![0; 3]));
    assert_eq!(projection(&nobody, Mode::Actors, ProjectionWeights::Shared).unwrap().n_nodes(), 0);
    assert_eq!(projection(&nobody, Mode::Events, ProjectionWeights::Shared).unwrap().n_nodes(), 3);
}

#[test]
fn weights_add_up_and_are_no_part_of_counts() {
    let ties = EdgeColumns { weights: Some(vec![2.0, 0.5, 3.0]), ..columns([(0, 1), (0, 1), (1, 1)]) };
    let network = TwoMode::from_columns(2, 2, ties).unwrap();
    assert_eq!((network.n_ties(), network.density()), (2, Some(0.5)));
    assert_eq!(network.strengths(Mode::Actors), [2.5, 3.0]);
    assert_eq!(network.strengths(Mode::Events), [0.0, 5.5]);
    assert_eq!(
        projection(&network, Mode::Actors, ProjectionWeights::Shared).unwrap().weight(0, 1),
        Some(1.0)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn projections_count_what_is_shared(
        (n_actors, n_events) in (0..9_usize, 0..7_usize),
        draws in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..30),
    ) {
        let mut matrix = vec![vec![false; n_events]; n_actors];
        let mut ties = Vec::new();
        if n_actors > 0 && n_events > 0 {
            for (actor, event) in draws {
                let (actor, event) = (actor.index(n_actors), event.index(n_events));
                matrix[actor][event] = true;
                ties.push((actor as u32, event as u32));
            }
        }
        let transposed: Vec<Vec<bool>> =
            (0..n_events).map(|event| matrix.iter().map(|row| row[event]).collect()).collect();
        for threads in [1, 3] {
            let network = on_threads(threads, || TwoMode::from_columns(n_actors, n_events, columns(ties.clone()))).unwrap();
            for (mode, matrix) in [(Mode::Actors, &matrix), (Mode::Events, &transposed)] {
                let graph = on_threads(threads, || projection(&network, mode, ProjectionWeights::Shared)).unwrap();
                prop_assert_eq!(graph.n_nodes() as usize, matrix.len());
                for (u, row) in matrix.iter().enumerate() {
                    prop_assert_eq!(network.degrees(mode)[u] as usize, row.iter().filter(|&&tied| tied).count());
                    for (v, other) in matrix.iter().enumerate() {
                        let shared = row.iter().zip(other).filter(|(a, b)| **a && **b).count();
                        let expected = (u != v && shared > 0).then_some(shared as f64);
                        prop_assert_eq!(graph.weight(u as u32, v as u32), expected);
                    }
                }
            }
        }
    }
}
