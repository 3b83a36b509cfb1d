//! What is drawn of a network. Every entry stands for a marked actor, or for none or at least ten who are not marked.

use schemars::JsonSchema;
use serde::Serialize;

use super::Bar;

/// A community of a network.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NetworkCommunity {
    /// Its name within the figure.
    pub id: String,
    /// What readers call it.
    pub name: String,
    /// Whether it is what is left of those that are too small to be shown, and no community.
    pub is_rest: bool,
    /// How many actors it has.
    pub n_actors: u32,
    /// How many of them may be named.
    pub n_named: u32,
    /// The part of what its members do that does not go to another community, 0 to 1; absent where too few would stand
    /// behind it, or there is nothing.
    pub internal_share: Option<f64>,
    /// How well it is found again in resamples, or without a tenth of the ties: agreement beyond chance, 0 to 1; absent
    /// where that was not looked at.
    pub stability: Option<f64>,
    /// Whether that is above the 95th percentile of communities of rewired networks; absent where there are none.
    pub is_found: Option<bool>,
    /// Languages, as shares of what its members do; what is missing is not shown, or not said.
    pub languages: Vec<Bar>,
    /// What its members speak of more than others do, the most telling first.
    pub topics: Vec<String>,
    /// Its members' part of all bridging, 0 to 1; absent where nobody bridges.
    pub bridging_share: Option<f64>,
    /// Its place from the left, 0 to 1.
    pub x: f64,
    /// Its place from the top, 0 to 1.
    pub y: f64,
}

/// An actor that may be named.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NetworkActor {
    /// Its name within the figure.
    pub id: String,
    /// What readers call it.
    pub name: String,
    /// What marks it: `organisation` or `public-office`.
    pub kind: String,
    /// How close to government it is, where that is said.
    pub closeness: Option<String>,
    /// Its country, where the actors table says it.
    pub country: Option<String>,
    /// Its language, where the actors table says it.
    pub language: Option<String>,
    /// The id of its community, or of the rest.
    pub community: Option<String>,
    /// How it bridges.
    pub bridge: Bridge,
    /// Its place from the left, 0 to 1.
    pub x: f64,
    /// Its place from the top, 0 to 1.
    pub y: f64,
}

/// How a named actor lies between others.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bridge {
    /// What readers call it.
    pub name: String,
    /// The share of pairs of others that it lies between on shortest paths, 0 to 1; absent in a network of fewer than three.
    pub betweenness: Option<f64>,
    /// Between what the share lies; absent where it is counted exactly.
    pub betweenness_range: Option<[f64; 2]>,
    /// Its place by betweenness among those that may be named.
    pub rank: Rank,
    /// Between which places it would come in other samples; absent where that was not looked at.
    pub rank_interval: Option<[u32; 2]>,
    /// Its place by the number of its ties among those that may be named.
    pub popularity_rank: Rank,
    /// Between which communities it passes on most often (Gould and Fernandez 1989); absent where it never does.
    pub role: Option<String>,
    /// Whether it is a bridge beyond its popularity: `bridge`, `popular` or `fragile`; absent where that was not looked at.
    pub standing: Option<String>,
}

/// A place in an order, shared by those who are level: from the first to the last that they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rank {
    /// The first place, from 1.
    pub first: u32,
    /// The last place.
    pub last: u32,
}

/// A tie between communities, between named actors, or of a named actor to its community.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NetworkTie {
    /// The id of one end.
    pub source: String,
    /// The id of the other.
    pub target: String,
    /// Its part of all interactions, 0 to 1; absent where it is membership of a community and no tie.
    pub share: Option<f64>,
}

/// Actors that are not named, together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BridgeGroup {
    /// Where they are.
    pub name: String,
    /// How many there are: ten or more.
    pub n_actors: u32,
    /// Their part of all bridging, 0 to 1; absent where nobody bridges.
    pub bridging_share: Option<f64>,
    /// Their part of all ends of ties, 0 to 1.
    pub tie_share: f64,
}

/// A row of shares.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MatrixRow {
    /// Whose it is.
    pub name: String,
    /// Its share in each column, 0 to 1; absent where it is among the rest.
    pub shares: Vec<Option<f64>>,
    /// What is left of the whole; absent where nothing is.
    pub rest: Option<f64>,
}

/// A community in a window of time, as far as those show it who are ten or more together before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeBlock {
    /// The window, from 0.
    pub window: u32,
    /// What readers call it; the same in other windows is the same community.
    pub name: String,
    /// How many of its members are shown.
    pub n_actors: u32,
}

/// Actors who are in one community in a window and in one in the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeFlow {
    /// The earlier window, from 0.
    pub window: u32,
    /// The block that they come from.
    pub from: u32,
    /// The block that they go to.
    pub to: u32,
    /// How many there are.
    pub n_actors: u32,
}

/// What happens from one window to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeStep {
    /// The earlier window, from 0.
    pub window: u32,
    /// Communities that match none before.
    pub births: u32,
    /// Communities that match none after.
    pub deaths: u32,
    /// Communities that match several after.
    pub splits: u32,
    /// Communities that match several before.
    pub merges: u32,
    /// Actors who move in flows that are too small to be shown; absent where fewer than ten do.
    pub elsewhere: Option<u32>,
    /// Actors who leave; absent where they are too few to be shown.
    pub gone: Option<u32>,
    /// Actors who come; absent where they are too few to be shown.
    pub new: Option<u32>,
}
