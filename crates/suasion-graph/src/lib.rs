//! Networks: who is tied to whom, how strongly, who is central, and how much one side needs the other.
//!
//! Kernels see only numbers: nodes are `u32` from 0, weights are `f64`, and there is one graph type, [`Graph`]. What
//! the nodes are called is kept apart, in [`Names`], which numbers them in an order that depends on the names alone.
//!
//! What holds throughout the crate:
//!
//! - *Same in, same out.* Neither row order nor the number of threads changes a byte of a result. Work is cut into
//!   blocks that follow from the graph, and what blocks add up to is combined in their order. Renaming the nodes is
//!   another input: integer results permute with it, and floats agree to 1e-9, because sums run in node order (PageRank
//!   in single precision to about 1e-6). Seeded results are another draw.
//! - There is no input, output, clock or hash order here, except that a graph may lie in a file that is mapped into
//!   memory ([`mapped`]). What is random is a function of a seed and of what is drawn.
//! - What is undefined is `None`, never zero. A zero is a measured zero.
//! - A node id that is not below [`Graph::n_nodes`] is a bug of the caller, and panics.

mod alone;
pub mod approximate_betweenness;
pub mod assortativity;
pub mod betweenness;
pub mod bridges;
pub mod brokerage;
pub mod centralisation;
pub mod closeness;
pub mod community_matching;
pub mod components;
pub mod concentration;
mod confidence;
pub mod core_numbers;
pub mod csr;
pub mod degree;
pub mod dependence;
pub mod disparity_filter;
pub mod distances;
mod draws;
pub mod ei_index;
mod error;
pub mod force_atlas;
pub mod hyperball;
mod hypergeometric;
mod hyperloglog;
mod idle;
mod in_flow;
mod kd_tree;
pub mod layers;
pub mod leiden;
pub mod mapped;
mod multiple_testing;
pub mod names;
pub mod neighborhood_preservation;
pub mod pagerank;
mod parallel;
pub mod partition_quality;
pub mod partition_similarity;
pub mod partner_turnover;
mod path_sampler;
pub mod paths;
pub mod projection;
mod ranked;
pub mod reciprocity;
pub mod resolution_scan;
pub mod rewiring;
mod rows;
mod shared_nodes;
pub mod shortest_paths;
pub mod signed;
mod slab;
pub mod stability;
pub mod strong_components;
pub mod structural_holes;
mod ties;
pub mod triangles;
pub mod turnover;
pub mod two_mode;
pub mod validated_projection;
pub mod vertex_diameter;
pub mod windows;

pub use approximate_betweenness::{ApproximateBetweenness, KadabraOptions, approximate_betweenness};
pub use assortativity::{
    Assortativity, DegreeKind, EdgeCount, MixingMatrix, categorical_assortativity, degree_assortativity,
    mixing_matrix, numeric_assortativity,
};
pub use betweenness::{betweenness, betweenness_by, betweenness_from};
pub use bridges::{Cuts, cuts};
pub use brokerage::{Brokerage, BrokerageRole, Expected, Permuted, brokerage, permuted_brokerage};
pub use centralisation::{betweenness_centralisation, closeness_centralisation, degree_centralisation};
pub use closeness::{
    DistanceSums, closeness, closeness_by, distance_sums, harmonic_closeness, harmonic_closeness_by,
};
pub use community_matching::{
    CommunityMatch, CommunityMatching, MatchingOptions, Members, TimedCommunity, Transition,
    match_communities,
};
pub use components::{ComponentSize, ComponentSizes, Components, weak_components};
pub use concentration::{effective_number, gini, herfindahl};
pub use core_numbers::core_numbers;
pub use csr::{Direction, EdgeColumns, Graph};
pub use degree::{degrees, in_degrees, in_strengths, out_degrees, out_strengths, strengths};
pub use dependence::{Concentration, Dependence, DependenceTie, Partner, dependence_ties};
pub use disparity_filter::{DisparityTie, disparity_filter};
pub use distances::{distances_from, distances_to};
pub use ei_index::{EiIndex, EiIndices, ei_index};
pub use error::Error;
pub use force_atlas::{Attraction, ForceAtlas, ForceAtlasOptions, force_atlas_2, forces};
pub use hyperball::{HyperBall, HyperBallOptions, hyperball};
pub use layers::{Layered, Tie, TieColumns, View};
pub use leiden::{LeidenOptions, LeidenQuality, leiden};
pub use mapped::MapError;
pub use names::Names;
pub use neighborhood_preservation::neighborhood_preservation;
pub use pagerank::{Dangling, PageRank, PageRankOptions, Precision, pagerank};
pub use partition_quality::{CommunityWeight, PartitionQuality, partition_quality};
pub use partition_similarity::{adjusted_mutual_information, normalised_mutual_information};
pub use partner_turnover::{PartnerTurnover, inflow_partner_turnover, outflow_partner_turnover};
pub use paths::PathWeights;
pub use projection::{ProjectionWeights, projection};
pub use reciprocity::{Reciprocity, reciprocity};
pub use resolution_scan::{Scanned, resolution_scan};
pub use rewiring::rewired;
pub use shortest_paths::{ShortestPaths, shortest_paths};
pub use signed::{Sign, SignedGraph};
pub use stability::{Resampling, Shift, Stability, StabilityOptions, StableCommunity, stability};
pub use strong_components::strong_components;
pub use structural_holes::{StructuralHoles, structural_holes};
pub use triangles::{Triangles, triangles};
pub use turnover::{Actors, Turnover, turnover};
pub use two_mode::{Mode, TwoMode};
pub use validated_projection::{
    Correction, EventClasses, ValidatedProjection, ValidatedTie, validated_projection,
};
pub use vertex_diameter::vertex_diameter_bound;
pub use windows::{WindowGraph, Windows};
