//! The order of boxes within their columns: few links cross.
//!
//! Sweeps of barycentres (Sugiyama, Tagawa and Toda 1981): from left to right and back, each box moves to the mean place
//! of the boxes that it is linked with on the side that the sweep comes from, and the best order seen is kept. Places
//! are shares of a column's length, so that a link which passes over a column counts like any other. Ties, and the order
//! begun with, are those of the file. A sweep costs the links plus the sorting of the boxes.

use std::collections::BTreeMap;

use super::Column;

/// Sweeps to and fro. Small chains settle after two.
const N_SWEEPS: usize = 8;

/// The boxes of each column in an order in which few links cross, column by column. Links are pairs of boxes.
pub(super) fn few_crossings(columns: &[Column], links: &[(usize, usize)]) -> Vec<usize> {
    let mut order: Vec<Vec<usize>> = Column::ALL
        .iter()
        .map(|column| (0..columns.len()).filter(|node| columns[*node] == *column).collect())
        .collect();
    let mut before = vec![Vec::new(); columns.len()];
    let mut behind = vec![Vec::new(); columns.len()];
    for (from, to) in links {
        behind[*from].push(*to);
        before[*to].push(*from);
    }
    let is_linked = |node: usize| !before[node].is_empty() || !behind[node].is_empty();
    let mut place = vec![0.0; columns.len()];
    for column in &mut order {
        // What nothing is linked with goes to the end, where it is in nobody's way.
        column.sort_by_key(|node| !is_linked(*node));
        note_places(column, &mut place);
    }
    let mut best = order.clone();
    let mut fewest = crossings(columns, links, &order);
    for sweep in 0..N_SWEEPS {
        if fewest == 0 {
            break;
        }
        let forward = sweep % 2 == 0;
        let near = if forward { &before } else { &behind };
        for step in 0..order.len() {
            let column = if forward { step } else { order.len() - 1 - step };
            let wanted = |node: usize| match near[node].as_slice() {
                _ if !is_linked(node) => f64::INFINITY,
                [] => place[node],
                linked => linked.iter().map(|other| place[*other]).sum::<f64>() / linked.len() as f64,
            };
            let mut keyed: Vec<(f64, usize)> =
                order[column].iter().map(|node| (wanted(*node), *node)).collect();
            keyed.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.cmp(other)));
            order[column] = keyed.into_iter().map(|(_, node)| node).collect();
            note_places(&order[column], &mut place);
        }
        let n_crossings = crossings(columns, links, &order);
        if n_crossings < fewest {
            fewest = n_crossings;
            best.clone_from(&order);
        }
    }
    best.concat()
}

/// Where the boxes of a column stand, as shares of its length.
fn note_places(column: &[usize], place: &mut [f64]) {
    for (index, node) in column.iter().enumerate() {
        place[*node] = (index as f64 + 0.5) / column.len() as f64;
    }
}

/// How often links between the same two columns cross.
fn crossings(columns: &[Column], links: &[(usize, usize)], order: &[Vec<usize>]) -> u64 {
    let mut rank = vec![0; columns.len()];
    for column in order {
        for (index, node) in column.iter().enumerate() {
            rank[*node] = index;
        }
    }
    let mut between: BTreeMap<(Column, Column), Vec<(usize, usize)>> = BTreeMap::new();
    for (from, to) in links {
        between.entry((columns[*from], columns[*to])).or_default().push((rank[*from], rank[*to]));
    }
    between
        .into_values()
        .map(|mut pairs| {
            pairs.sort_unstable();
            inversions(pairs.into_iter().map(|(_, to)| to).collect())
        })
        .sum()
}

/// Pairs that stand in the wrong order, counted with a Fenwick tree.
fn inversions(ends: Vec<usize>) -> u64 {
    let size = ends.iter().max().map_or(0, |most| most + 1);
    let mut tree = vec![0_u64; size + 1];
    let mut n_inversions = 0;
    for (seen, end) in ends.into_iter().enumerate() {
        let mut not_above = 0;
        let mut at = end + 1;
        while at > 0 {
            not_above += tree[at];
            at &= at - 1;
        }
        n_inversions += seen as u64 - not_above;
        let mut at = end + 1;
        while at <= size {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    n_inversions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_untangled() {
        let columns = [Column::Resource, Column::Resource, Column::Initiative, Column::Initiative];
        assert_eq!(few_crossings(&columns, &[(0, 3), (1, 2)]), [0, 1, 3, 2]);
        assert_eq!(
            few_crossings(&columns, &[(0, 2), (1, 3)]),
            [0, 1, 2, 3],
            "the file's order where it will do"
        );
    }

    #[test]
    fn crossings_are_counted_as_by_hand() {
        assert_eq!(inversions(vec![0, 1, 2]), 0);
        assert_eq!(inversions(vec![2, 1, 0]), 3);
        assert_eq!(inversions(vec![1, 1, 0, 2, 0]), 5);
        assert_eq!(inversions(Vec::new()), 0);
    }

    #[test]
    fn what_is_linked_with_nothing_stands_last() {
        let columns = [Column::Objective, Column::Objective, Column::Decision];
        assert_eq!(few_crossings(&columns, &[(1, 2)]), [1, 0, 2]);
    }
}
