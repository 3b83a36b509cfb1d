//! How alike two partitions of the same nodes are: normalised and adjusted mutual information.
//!
//! **Formulas.** With n nodes, a_i of them in part i of the one, b_j in part j of the other and n_ij in both; H the
//! entropy Σ −(a_i / n) ln(a_i / n) of a partition, and I = Σ (n_ij / n) ln(n n_ij / (a_i b_j)) their mutual
//! information:
//!
//! - NMI = 2 I / (H_a + H_b), from 0 (independent) to 1 (the same);
//! - AMI = (I − E) / ((H_a + H_b) / 2 − E), with E the mean of I over all pairs of partitions with parts of these
//!   sizes: 1 if they are the same, 0 on average if they have nothing to do with one another, and below 0 if they have
//!   less.
//!
//! NMI grows with the number of parts, by chance alone; AMI does not.
//!
//! **Shape and units.** One number for two labels of each node, none with a unit.
//!
//! **Semantics.** Labels are names: which number stands for a part does not matter. Two partitions into one part, or
//! both into single nodes, are the same: 1. Both are `None` without nodes.
//!
//! **Cost.** O(n log n) time, 12 bytes a node; AMI O(R n) for R parts in the partition with fewer, in parallel.
//!
//! L. Danon, A. Díaz-Guilera, J. Duch and A. Arenas (2005), "Comparing community structure identification", *Journal of
//! Statistical Mechanics*, P09008. N. X. Vinh, J. Epps and J. Bailey (2010), "Information theoretic measures for
//! clusterings comparison: variants, properties, normalization and correction for chance", *Journal of Machine Learning
//! Research* 11, 2837–2854.

use rayon::prelude::*;

use crate::csr::sum;

/// How many nodes two partitions have in common.
struct Table {
    n: f64,
    /// The sizes of the parts of each.
    sizes: [Vec<u64>; 2],
    /// (part of the one, part of the other, nodes in both).
    cells: Vec<(u32, u32, u64)>,
}

/// Parts from 0, in the order of labels.
fn parts(labels: &[u32]) -> (Vec<u32>, Vec<u64>) {
    let mut known = labels.to_vec();
    known.sort_unstable();
    let sizes = known.chunk_by(|a, b| a == b).map(|run| run.len() as u64).collect();
    known.dedup();
    let part = |label: &u32| known.partition_point(|other| other < label) as u32;
    (labels.iter().map(part).collect(), sizes)
}

impl Table {
    fn new(a: &[u32], b: &[u32]) -> Self {
        assert_eq!(a.len(), b.len(), "both must label the same nodes");
        let ((a, sizes_a), (b, sizes_b)) = (parts(a), parts(b));
        let mut pairs: Vec<(u32, u32)> = a.into_iter().zip(b).collect();
        pairs.sort_unstable();
        let cells = pairs.chunk_by(|a, b| a == b).map(|run| (run[0].0, run[0].1, run.len() as u64)).collect();
        Self { n: pairs.len() as f64, sizes: [sizes_a, sizes_b], cells }
    }

    fn entropy(&self, of: usize) -> f64 {
        sum(self.sizes[of].iter().map(|&size| {
            let share = size as f64 / self.n;
            -share * share.ln()
        }))
    }

    fn information(&self) -> f64 {
        let [a, b] = &self.sizes;
        sum(self.cells.iter().map(|&(i, j, both)| {
            let both = both as f64;
            let by_chance = a[i as usize] as f64 * b[j as usize] as f64;
            both / self.n * (self.n * both / by_chance).ln()
        }))
    }

    /// Whether each part of the one is a part of the other.
    fn is_one_to_one(&self) -> bool {
        let [a, b] = &self.sizes;
        self.cells.len() == a.len() && a.len() == b.len()
    }

    /// The mean of the mutual information over partitions with parts of these sizes.
    fn expected_information(&self) -> f64 {
        let n = self.n as usize;
        // ln k! for k up to n.
        let mut logs = vec![0.0; n + 1];
        for k in 2..=n {
            logs[k] = logs[k - 1] + (k as f64).ln();
        }
        // Parts of one size have the same terms.
        let counted = |sizes: &[u64]| {
            let mut sizes = sizes.to_vec();
            sizes.sort_unstable();
            sizes.chunk_by(|a, b| a == b).map(|run| (run[0] as usize, run.len() as f64)).collect::<Vec<_>>()
        };
        let (rows, columns) = (counted(&self.sizes[0]), counted(&self.sizes[1]));
        let of_row = |&(a, n_rows): &(usize, f64)| {
            n_rows
                * sum(columns.iter().map(|&(b, n_columns)| {
                    let terms = (a + b).saturating_sub(n).max(1)..=a.min(b);
                    n_columns
                        * sum(terms.map(|both| {
                            let chance = logs[a] + logs[b] + logs[n - a] + logs[n - b]
                                - logs[n]
                                - logs[both]
                                - logs[a - both]
                                - logs[b - both]
                                - logs[n + both - a - b];
                            let shared = both as f64;
                            shared / self.n * (self.n * shared / (a as f64 * b as f64)).ln() * chance.exp()
                        }))
                }))
        };
        sum(rows.par_iter().map(of_row).collect::<Vec<_>>().into_iter())
    }
}

/// Normalised mutual information, by the arithmetic mean of the entropies. Panics if the lengths differ.
pub fn normalised_mutual_information(a: &[u32], b: &[u32]) -> Option<f64> {
    similarity(a, b, |table, mean| (table.information() / mean).clamp(0.0, 1.0))
}

/// Adjusted mutual information, by the arithmetic mean of the entropies. Panics if the lengths differ.
pub fn adjusted_mutual_information(a: &[u32], b: &[u32]) -> Option<f64> {
    similarity(a, b, |table, mean| {
        let by_chance = table.expected_information();
        (table.information() - by_chance) / (mean - by_chance)
    })
}

/// 1 for partitions that are the same; of others what `of` makes of them and the mean of their entropies.
fn similarity(a: &[u32], b: &[u32], of: impl FnOnce(&Table, f64) -> f64) -> Option<f64> {
    let table = Table::new(a, b);
    if a.is_empty() {
        return None;
    }
    if table.is_one_to_one() {
        return Some(1.0);
    }
    let mean = f64::midpoint(table.entropy(0), table.entropy(1));
    Some(of(&table, mean))
}
