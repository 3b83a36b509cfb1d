//! Windows of time, who is new in them, and which partners are.

use std::collections::BTreeSet;

use proptest::prelude::*;
use suasion_graph::{
    Actors, Direction, EdgeColumns, Error, Graph, Layered, TieColumns, WindowGraph, Windows,
    inflow_partner_turnover, outflow_partner_turnover, turnover,
};

use crate::random::{drawn, on_threads};

fn ranges(windows: &Windows) -> Vec<(i64, i64)> {
    windows.ranges().map(|range| (range.start, range.end)).collect()
}

#[test]
fn equal_windows_differ_by_one_at_most() {
    let of = |first, last, n| Windows::equal(first, last, n).map(|windows| ranges(&windows));
    assert_eq!(of(1975, 2018, 4), Ok(vec![(1975, 1986), (1986, 1997), (1997, 2008), (2008, 2019)]));
    assert_eq!(of(-2, 4, 3), Ok(vec![(-2, 0), (0, 2), (2, 5)]));
    assert_eq!(of(7, 7, 1), Ok(vec![(7, 8)]));
    assert_eq!(of(0, 3, 5), Err(Error::TooShort { span: 4, n_windows: 5 }));
    assert_eq!(of(0, 3, 0), Err(Error::TooShort { span: 4, n_windows: 0 }));
    assert_eq!(of(3, 0, 1), Err(Error::TooShort { span: 0, n_windows: 1 }));
    let widest = Windows::equal(i64::MIN, i64::MAX - 1, 2).expect("two windows");
    assert_eq!(ranges(&widest), [(i64::MIN, -1), (-1, i64::MAX)]);
    assert!(matches!(of(i64::MIN, i64::MAX, 2), Err(Error::TooShort { .. })), "its end is no integer");
}

#[test]
fn bounds_are_ascending_and_a_time_at_one_is_later() {
    for bounds in [vec![], vec![1], vec![1, 1], vec![2, 1]] {
        assert_eq!(Windows::from_bounds(bounds.clone()), Err(Error::Bounds { n_bounds: bounds.len() }));
    }
    let windows = Windows::from_bounds(vec![-1, 2, 3]).expect("ascending");
    let of: Vec<_> = (-2..5).map(|time| windows.window_of(time)).collect();
    assert_eq!(of, [None, Some(0), Some(0), Some(0), Some(1), None, None]);
}

#[test]
fn columns_must_be_of_one_length() {
    let windows = Windows::from_bounds(vec![0, 1]).expect("ascending");
    let edges = EdgeColumns { sources: vec![0], targets: vec![1], weights: None };
    assert_eq!(
        windows.split(&edges, &[]),
        Err(Error::RaggedAttribute { column: "times", length: 0, n_rows: 1 })
    );
    let ragged = EdgeColumns { weights: Some(vec![]), ..edges };
    assert!(matches!(windows.split(&ragged, &[0]), Err(Error::RaggedColumns { .. })));
}

#[test]
fn who_comes_and_goes() {
    let windows: [(&[u32], &[f64]); 5] = [
        (&[0, 1, 2], &[1.0, 1.0, 2.0]),
        (&[1, 2, 3], &[1.0, 1.0, 6.0]),
        (&[], &[]),
        (&[0, 3], &[0.0, 0.0]),
        (&[3, 4], &[1.0, 1.0]),
    ];
    let found = turnover(5, &windows.map(|(nodes, activity)| Actors { nodes, activity }));
    let [first, second, empty, back, last] = found.as_slice() else { panic!("five windows") };
    assert_eq!((&first.entrants, &first.departures, first.entrant_rate), (&None, &None, None));
    assert_eq!((first.entrant_activity_share, first.effective_number), (None, Some(16.0 / 6.0)));
    assert_eq!((&second.entrants, &second.departures), (&Some(vec![3]), &Some(vec![0])));
    assert_eq!((second.entrant_rate, second.entrant_activity_share), (Some(1.0 / 3.0), Some(0.75)));
    assert_eq!((&empty.entrants, &empty.departures), (&Some(vec![]), &Some(vec![1, 2, 3])));
    assert_eq!((empty.entrant_rate, empty.effective_number), (None, None));
    assert_eq!((&back.entrants, &back.returning), (&Some(vec![]), &vec![0, 3]));
    assert_eq!((back.entrant_rate, back.entrant_activity_share), (Some(0.0), None));
    assert_eq!((&last.entrants, &last.returning), (&Some(vec![4]), &vec![]));
    // Nobody has looked before the first actors.
    let late = [Actors { nodes: &[], activity: &[] }, Actors { nodes: &[0], activity: &[1.0] }];
    let found = turnover(1, &late);
    assert_eq!((&found[1].entrants, &found[1].departures), (&None, &Some(vec![])));
}

#[test]
fn new_partners_by_hand() {
    let before = [(0, 1, 30.0), (0, 2, 10.0), (0, 0, 5.0), (3, 0, 1.0), (0, 4, 0.0)];
    let after = [(0, 2, 15.0), (0, 4, 45.0), (0, 0, 5.0), (1, 0, 0.0)];
    let [before, after] = [&before[..], &after].map(|rows| Graph::from_edges(5, rows).expect("good edges"));
    let found = outflow_partner_turnover(&before, &after, 0);
    assert_eq!((&found.new, &found.lost, &found.kept), (&vec![4], &vec![1], &vec![2]));
    assert_eq!((found.share_of_new, found.share_of_lost), (Some(0.75), Some(0.75)));
    // Its inflow has ended: there is nothing to have a share of.
    let found = inflow_partner_turnover(&before, &after, 0);
    assert_eq!((&found.new, &found.lost, &found.kept), (&vec![], &vec![3], &vec![]));
    assert_eq!((found.share_of_new, found.share_of_lost), (None, None));
    // Nobody was there before.
    let found = inflow_partner_turnover(&before, &after, 3);
    assert_eq!((found.share_of_new, found.share_of_lost), (None, None));
}

/// Source, target, weight, time.
type Row = (u32, u32, f64, i64);

fn ties(rows: &[Row], weighted: bool) -> TieColumns {
    TieColumns {
        edges: EdgeColumns {
            sources: rows.iter().map(|row| row.0).collect(),
            targets: rows.iter().map(|row| row.1).collect(),
            weights: weighted.then(|| rows.iter().map(|row| row.2).collect()),
        },
        times: Some(rows.iter().map(|row| row.3).collect()),
        ..TieColumns::default()
    }
}

fn split(windows: &Windows, ties: &TieColumns) -> Result<Vec<EdgeColumns>, Error> {
    windows.split(&ties.edges, ties.times.as_deref().unwrap_or_default())
}

const N_NODES: u32 = 9;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A window's graph is that of a view of its times, without the nodes that have no tie in it.
    #[test]
    fn a_window_is_a_view_of_its_times(
        rows in prop::collection::vec((0..N_NODES, 0..N_NODES, 0.0..9.0_f64, -9..9_i64), 0..60),
        bounds in prop::collection::btree_set(-11..12_i64, 2..6),
        directed in any::<bool>(),
        weighted in any::<bool>(),
        threads in 1..4_usize,
    ) {
        let direction = if directed { Direction::Directed } else { Direction::Undirected };
        let windows = Windows::from_bounds(bounds.into_iter().collect()).expect("ascending");
        let columns = ties(&rows, weighted);
        let backwards: Vec<Row> = rows.iter().rev().copied().collect();
        let network = Layered::from_columns(direction, N_NODES as usize, &columns).expect("good ties");
        let parts = on_threads(threads, || split(&windows, &columns)).expect("good columns");
        let others = split(&windows, &ties(&backwards, weighted)).expect("good columns");
        prop_assert_eq!(parts.len(), windows.n_windows());
        for ((range, part), other) in windows.ranges().zip(parts).zip(others) {
            let view = network.view().from(range.start).until(range.end);
            let active: BTreeSet<u32> = view.ties().flat_map(|tie| [tie.source, tie.target]).collect();
            let nodes: Vec<u32> = active.into_iter().collect();
            let found = on_threads(threads, || WindowGraph::from_columns(direction, N_NODES as usize, part));
            let found = found.expect("good ties");
            // Sums of ties at several times may differ in their last digits; whole graphs from rows do not.
            let (expected, _) = view.nodes(&nodes).subgraph().expect("good ties");
            prop_assert_eq!(&found.nodes, &nodes);
            prop_assert_eq!(found.graph.n_edges(), expected.n_edges());
            for (ours, theirs) in found.graph.edges().zip(expected.edges()) {
                prop_assert_eq!((ours.0, ours.1), (theirs.0, theirs.1));
                prop_assert!((ours.2 - theirs.2).abs() <= 1e-9);
            }
            let other = WindowGraph::from_columns(direction, N_NODES as usize, other).expect("good ties");
            prop_assert_eq!(other, found);
        }
    }

    #[test]
    fn turnover_agrees_with_sets(
        windows in prop::collection::vec(
            prop::collection::btree_map(0..N_NODES, prop_oneof![Just(0.0), 0.0..9.0_f64], 0..6), 0..7,
        ),
    ) {
        let columns: Vec<(Vec<u32>, Vec<f64>)> =
            windows.iter().map(|window| window.iter().map(|(&node, &x)| (node, x)).unzip()).collect();
        let actors: Vec<Actors> =
            columns.iter().map(|(nodes, activity)| Actors { nodes, activity }).collect();
        let sets: Vec<BTreeSet<u32>> = windows.iter().map(|window| window.keys().copied().collect()).collect();
        let list = |set: BTreeSet<u32>| set.into_iter().collect::<Vec<_>>();
        for (at, found) in turnover(N_NODES, &actors).into_iter().enumerate() {
            let now = &sets[at];
            let past: BTreeSet<u32> = sets[..at].iter().flatten().copied().collect();
            let new: BTreeSet<u32> = now - &past;
            let latest = at.checked_sub(1).map(|before| sets[before].clone());
            let back = &(now & &past) - &latest.clone().unwrap_or_default();
            let has_past = !past.is_empty();
            prop_assert_eq!(found.n_actors as usize, now.len());
            prop_assert_eq!(&found.entrants, &has_past.then(|| list(new.clone())));
            prop_assert_eq!(&found.returning, &list(back));
            prop_assert_eq!(&found.departures, &latest.map(|latest| list(&latest - now)));
            let rate = (has_past && !now.is_empty()).then(|| new.len() as f64 / now.len() as f64);
            prop_assert_eq!(found.entrant_rate, rate);
            let total: f64 = windows[at].values().sum();
            let theirs: f64 = new.iter().map(|node| windows[at][node]).sum();
            let share = (has_past && total > 0.0).then(|| theirs / total);
            prop_assert_eq!(found.entrant_activity_share.is_some(), share.is_some());
            let gap = found.entrant_activity_share.unwrap_or(0.0) - share.unwrap_or(0.0);
            prop_assert!(gap.abs() <= 1e-12);
            let squares: f64 = windows[at].values().map(|x| (x / total).powi(2)).sum();
            let effective = (total > 0.0).then(|| 1.0 / squares);
            prop_assert_eq!(found.effective_number.is_some(), effective.is_some());
            let gap = found.effective_number.unwrap_or(1.0) / effective.unwrap_or(1.0) - 1.0;
            prop_assert!(gap.abs() <= 1e-9);
        }
    }

    #[test]
    fn partners_agree_with_sets(before in drawn(), after in drawn()) {
        let n_nodes = before.n_nodes.max(after.n_nodes);
        let [before, after] = [before, after]
            .map(|drawn| crate::random::Drawn { n_nodes, directed: true, ..drawn }.graph());
        for i in 0..n_nodes {
            for outgoing in [true, false] {
                let flow = |graph: &Graph, j: u32| {
                    let (from, to) = if outgoing { (i, j) } else { (j, i) };
                    graph.weight(from, to).unwrap_or(0.0)
                };
                let others = |graph: &Graph| -> BTreeSet<u32> {
                    (0..n_nodes).filter(|&j| j != i && flow(graph, j) > 0.0).collect()
                };
                let (old, now) = (others(&before), others(&after));
                let list = |set: BTreeSet<u32>| set.into_iter().collect::<Vec<_>>();
                let of = if outgoing { outflow_partner_turnover } else { inflow_partner_turnover };
                let found = of(&before, &after, i);
                prop_assert_eq!(found.new, list(&now - &old));
                prop_assert_eq!(found.lost, list(&old - &now));
                prop_assert_eq!(found.kept, list(&old & &now));
                let total = |graph: &Graph, set: &BTreeSet<u32>| set.iter().map(|&j| flow(graph, j)).sum::<f64>();
                let is_defined = !old.is_empty() && !now.is_empty();
                let shares = [
                    (found.share_of_new, total(&after, &(&now - &old)) / total(&after, &now)),
                    (found.share_of_lost, total(&before, &(&old - &now)) / total(&before, &old)),
                ];
                for (share, expected) in shares {
                    prop_assert_eq!(share.is_some(), is_defined);
                    prop_assert!(share.is_none_or(|share| (share - expected).abs() <= 1e-12));
                }
            }
        }
    }
}

/// More rows than are looked at in one go.
#[test]
fn threads_change_no_byte_of_many_rows() {
    let row = |at: u32| {
        let drawn = at.wrapping_mul(2_654_435_761);
        (drawn >> 20, (drawn >> 8) % 4096, f64::from(drawn % 7) / 10.0, i64::from(at % 1000))
    };
    let rows: Vec<Row> = (0..300_000).map(row).collect();
    let windows = Windows::equal(0, 999, 7).expect("seven windows");
    let graphs = || -> Vec<WindowGraph> {
        let parts = split(&windows, &ties(&rows, true)).expect("good columns");
        let graph = |part| WindowGraph::from_columns(Direction::Undirected, 4096, part).expect("good ties");
        parts.into_iter().map(graph).collect()
    };
    let once = on_threads(1, graphs);
    assert!(once.iter().all(|window| window.nodes.len() == 4096));
    for threads in [2, 3, 8] {
        assert!(on_threads(threads, graphs) == once, "{threads} threads");
    }
}
