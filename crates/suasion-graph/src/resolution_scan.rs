//! Communities at several resolutions, and where the answer does not turn on the choice.
//!
//! **Formula.** Communities by Leiden at each resolution γ, in ascending order, and the adjusted mutual information of
//! each partition with the next: near 1 where a range of resolutions gives the same communities, low where they are of
//! the resolution's making.
//!
//! **Shape and units.** For each resolution the labels, n node ids, and a similarity without a unit, at most 1.
//!
//! **Semantics.** As in [`leiden`]. A resolution that is given again counts once. The largest has nothing
//! after it, and a similarity is `None` where both partitions have one community alone, or single nodes alone. That
//! a partition is stable does not make it real: random graphs have stable resolutions too.
//!
//! **Cost.** That of Leiden for each resolution.
//!
//! R. Lambiotte, J.-C. Delvenne and M. Barahona (2014), "Random walks, Markov processes and the multiscale modular
//! organization of complex networks", *IEEE Transactions on Network Science and Engineering* 1(2), 76–90: partitions
//! that persist over ranges of resolution.

use crate::csr::Graph;
use crate::error::Error;
use crate::leiden::{LeidenOptions, leiden};
use crate::partition_similarity::adjusted_mutual_information;

/// Communities at one resolution.
#[derive(Debug, Clone, PartialEq)]
pub struct Scanned {
    /// γ.
    pub resolution: f64,
    /// For each node, the smallest node of its community.
    pub labels: Vec<u32>,
    /// Adjusted mutual information with the partition at the next larger resolution; `None` if there is none.
    pub similarity_to_next: Option<f64>,
}

/// Finds communities at each of these resolutions, whatever that of the options is.
///
/// Fails on a resolution that is not above 0 and finite.
pub fn resolution_scan(
    graph: &Graph,
    options: LeidenOptions,
    resolutions: &[f64],
) -> Result<Vec<Scanned>, Error> {
    let mut ascending = resolutions.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending.dedup();
    let mut scanned = Vec::with_capacity(ascending.len());
    for resolution in ascending {
        let labels = leiden(graph, LeidenOptions { resolution, ..options })?;
        scanned.push(Scanned { resolution, labels, similarity_to_next: None });
    }
    for next in 1..scanned.len() {
        let (before, after) = scanned.split_at_mut(next);
        let scanned = &mut before[next - 1];
        scanned.similarity_to_next = adjusted_mutual_information(&scanned.labels, &after[0].labels);
    }
    Ok(scanned)
}
