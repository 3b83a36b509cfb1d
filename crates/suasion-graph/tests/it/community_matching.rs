//! Communities through windows: a story by hand, and random ones against sets.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use suasion_graph::{
    CommunityMatch, CommunityMatching, Error, MatchingOptions, Members, TimedCommunity, match_communities,
};

use crate::random::on_threads;

/// The nodes of each community, whose label is the smallest.
type Window = Vec<Vec<u32>>;

/// Nodes ascending, with labels.
fn columns(window: &Window) -> (Vec<u32>, Vec<u32>) {
    let mut rows: Vec<(u32, u32)> =
        window.iter().flat_map(|nodes| nodes.iter().map(|&node| (node, nodes[0]))).collect();
    rows.sort_unstable();
    rows.into_iter().unzip()
}

fn matched(windows: &[Window], options: MatchingOptions) -> Result<CommunityMatching, Error> {
    let columns: Vec<_> = windows.iter().map(columns).collect();
    let members: Vec<Members> = columns.iter().map(|(nodes, labels)| Members { nodes, labels }).collect();
    match_communities(&members, options)
}

fn timelines(found: &CommunityMatching) -> Vec<Vec<(u32, u32)>> {
    let of = |communities: &Vec<TimedCommunity>| {
        communities.iter().map(|community| (community.label, community.timeline)).collect()
    };
    found.communities.iter().map(of).collect()
}

fn ends(matches: &[CommunityMatch]) -> Vec<(u32, u32, u32)> {
    matches.iter().map(|found| (found.before.label, found.after.label, found.n_shared)).collect()
}

fn labels(communities: &[TimedCommunity]) -> Vec<u32> {
    communities.iter().map(|community| community.label).collect()
}

#[test]
fn a_story_in_five_windows() {
    let nodes = |range: std::ops::Range<u32>| range.collect::<Vec<_>>();
    let windows = [
        vec![nodes(0..10), nodes(20..26), vec![40]],
        // The first splits in six and four, and a third is born beside a node alone.
        vec![nodes(0..6), nodes(6..10), nodes(20..26), nodes(30..33), vec![40]],
        // The smaller part merges with the second, and the third is dead.
        vec![nodes(0..6), [nodes(6..10), nodes(20..26)].concat()],
        // The first grows.
        vec![nodes(0..8), [nodes(8..10), nodes(20..26)].concat()],
        // Nothing is left of the second; the third is back, and is born again.
        vec![nodes(0..8), nodes(30..33)],
    ];
    let found = matched(&windows, MatchingOptions::default()).expect("a good threshold");
    assert_eq!(
        timelines(&found),
        [
            vec![(0, 0), (20, 1)],
            vec![(0, 0), (6, 2), (20, 1), (30, 3)],
            vec![(0, 0), (6, 1)],
            vec![(0, 0), (8, 1)],
            vec![(0, 0), (30, 4)],
        ]
    );
    assert_eq!(found.n_timelines, 5);
    let [split, merge, growth, death] = found.transitions.as_slice() else { panic!("four transitions") };
    assert_eq!(split.splits.iter().map(|parts| ends(parts)).collect::<Vec<_>>(), [[(0, 0, 6), (0, 6, 4)]]);
    assert_eq!(split.splits[0].iter().map(|part| part.jaccard).collect::<Vec<_>>(), [0.6, 0.4]);
    assert!(split.splits[0][0].is_same_timeline() && !split.splits[0][1].is_same_timeline());
    assert_eq!((labels(&split.births), ends(&split.continuations)), (vec![30], vec![(20, 20, 6)]));
    assert!(split.deaths.is_empty() && split.merges.is_empty());
    let merges: Vec<_> = merge.merges.iter().map(|parts| ends(parts)).collect();
    assert_eq!(merges, [[(6, 6, 4), (20, 6, 6)]]);
    assert_eq!((labels(&merge.deaths), ends(&merge.continuations)), (vec![30], vec![(0, 0, 6)]));
    assert_eq!(ends(&growth.continuations), [(0, 0, 6), (6, 8, 8)]);
    assert_eq!((growth.continuations[0].before.n_nodes, growth.continuations[0].after.n_nodes), (6, 8));
    assert_eq!((labels(&death.births), labels(&death.deaths)), (vec![30], vec![8]));
}

#[test]
fn the_smallest_label_decides_between_equals() {
    let windows = [vec![vec![0, 1, 2, 3]], vec![vec![0, 1], vec![2, 3]], vec![vec![0, 1, 2, 3]]];
    let found = matched(&windows, MatchingOptions::default()).expect("a good threshold");
    assert_eq!(timelines(&found), [vec![(0, 0)], vec![(0, 0), (2, 1)], vec![(0, 0)]]);
}

#[test]
fn the_threshold_itself_is_no_match() {
    let windows = [vec![vec![0, 1, 2, 3]], vec![vec![0, 1], vec![2, 3]]];
    let options = |threshold| MatchingOptions { threshold, ..MatchingOptions::default() };
    let found = matched(&windows, options(0.5)).expect("a good threshold");
    assert_eq!((found.transitions[0].births.len(), found.transitions[0].deaths.len()), (2, 1));
    assert_eq!(matched(&windows, options(0.49)).expect("good").transitions[0].splits.len(), 1);
    for threshold in [0.0, 1.0, f64::NAN] {
        let refused = matched(&windows, options(threshold));
        assert!(matches!(refused, Err(Error::NotAShare { name: "threshold", .. })));
    }
}

/// The members that stay away count in the union: four of twelve are there, and all of them stay together.
#[test]
fn absent_members_make_communities_less_alike() {
    let all: Vec<u32> = (0..12).collect();
    for (present, expected) in [(4, Some(4.0 / 12.0)), (3, None)] {
        let windows = [vec![all.clone()], vec![(0..present).collect()]];
        let found = matched(&windows, MatchingOptions::default()).expect("a good threshold");
        let Some(continuation) = found.transitions[0].continuations.first() else {
            assert_eq!((expected, found.transitions[0].deaths.len()), (None, 1));
            continue;
        };
        assert_eq!(Some(continuation.jaccard), expected);
        let CommunityMatch { before, after, n_shared, .. } = *continuation;
        assert_eq!((before.n_nodes, after.n_nodes, n_shared), (12, present, present));
    }
}

#[test]
fn an_empty_window_ends_everything() {
    let windows = [vec![vec![0, 1]], vec![], vec![vec![0, 1]]];
    let found = matched(&windows, MatchingOptions::default()).expect("a good threshold");
    assert_eq!(timelines(&found), [vec![(0, 0)], vec![], vec![(0, 1)]]);
    assert_eq!(matched(&[], MatchingOptions::default()).expect("good"), CommunityMatching::default());
}

/// Each match by all pairs of sets, with its Jaccard index.
fn by_sets(before: &Window, after: &Window, options: MatchingOptions) -> BTreeMap<(u32, u32), (usize, f64)> {
    let mut found = BTreeMap::new();
    let is_large = |nodes: &&Vec<u32>| nodes.len() >= options.min_nodes as usize;
    for b in before.iter().filter(is_large) {
        for a in after.iter().filter(is_large) {
            let (left, right): (BTreeSet<u32>, BTreeSet<u32>) =
                (b.iter().copied().collect(), a.iter().copied().collect());
            let (both, either) = (left.intersection(&right).count(), left.union(&right).count());
            let jaccard = both as f64 / either as f64;
            if jaccard > options.threshold {
                found.insert((b[0], a[0]), (both, jaccard));
            }
        }
    }
    found
}

fn window() -> impl Strategy<Value = Window> {
    prop::collection::vec(prop::option::of(0..5_u32), 14).prop_map(|labels| {
        let mut communities: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (node, label) in (0..).zip(labels) {
            if let Some(label) = label {
                communities.entry(label).or_default().push(node);
            }
        }
        communities.into_values().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn agree_with_sets(
        windows in prop::collection::vec(window(), 0..6),
        threshold in 0.05..0.9_f64,
        min_nodes in 1..4_u32,
        threads in 1..4_usize,
    ) {
        let options = MatchingOptions { threshold, min_nodes };
        let found = on_threads(threads, || matched(&windows, options)).expect("a good threshold");
        prop_assert_eq!(&matched(&windows, options).expect("a good threshold"), &found);
        prop_assert_eq!(found.communities.len(), windows.len());
        for (communities, window) in found.communities.iter().zip(&windows) {
            let large = |nodes: &&Vec<u32>| nodes.len() >= min_nodes as usize;
            let expected: BTreeMap<u32, u32> =
                window.iter().filter(large).map(|nodes| (nodes[0], nodes.len() as u32)).collect();
            let listed: Vec<_> = communities.iter().map(|found| (found.label, found.n_nodes)).collect();
            prop_assert_eq!(listed, expected.into_iter().collect::<Vec<_>>());
            // No timeline is in a window twice.
            let distinct: BTreeSet<u32> = communities.iter().map(|found| found.timeline).collect();
            prop_assert_eq!(distinct.len(), communities.len());
        }
        for (at, events) in found.transitions.iter().enumerate() {
            let expected = by_sets(&windows[at], &windows[at + 1], options);
            let [before, after] = [&found.communities[at], &found.communities[at + 1]];
            let all = events.continuations.iter().chain(events.splits.iter().chain(&events.merges).flatten());
            let mut seen = BTreeMap::new();
            for pair in all {
                prop_assert!(before.contains(&pair.before) && after.contains(&pair.after));
                seen.insert((pair.before.label, pair.after.label), (pair.n_shared as usize, pair.jaccard));
            }
            prop_assert_eq!(&seen, &expected);
            let degree = |of: &dyn Fn(&(u32, u32)) -> bool| expected.keys().filter(|pair| of(pair)).count();
            let of_before = |label| degree(&|pair| pair.0 == label);
            let of_after = |label| degree(&|pair| pair.1 == label);
            let with = |communities: &[TimedCommunity], keeps: &dyn Fn(u32) -> bool| {
                labels(communities).into_iter().filter(|&label| keeps(label)).collect::<Vec<_>>()
            };
            prop_assert_eq!(labels(&events.deaths), with(before, &|label| of_before(label) == 0));
            prop_assert_eq!(labels(&events.births), with(after, &|label| of_after(label) == 0));
            let splitting: Vec<u32> = events.splits.iter().map(|parts| parts[0].before.label).collect();
            prop_assert_eq!(splitting, with(before, &|label| of_before(label) > 1));
            let merged: Vec<u32> = events.merges.iter().map(|parts| parts[0].after.label).collect();
            prop_assert_eq!(merged, with(after, &|label| of_after(label) > 1));
            for pair in &events.continuations {
                prop_assert_eq!((of_before(pair.before.label), of_after(pair.after.label)), (1, 1));
                prop_assert!(pair.is_same_timeline());
            }
            // Identities by taking the best free match again and again.
            let mut free = expected.clone();
            let mut heirs = BTreeMap::new();
            while let Some((&pair, _)) = free.iter().min_by_key(|(pair, found)| (usize::MAX - found.0, **pair)) {
                heirs.insert(pair.1, pair.0);
                free.retain(|other, _| other.0 != pair.0 && other.1 != pair.1);
            }
            for community in after {
                let heir_of = heirs.get(&community.label);
                let same = before.iter().find(|old| old.timeline == community.timeline);
                prop_assert_eq!(same.map(|old| old.label), heir_of.copied());
            }
        }
    }
}
