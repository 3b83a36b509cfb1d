//! How a strategy is meant to work: the chain from means to decision, and where it has gaps.
//!
//! [`theory`] reads a strategy and what was found wrong with it, and gives the chain as boxes and links. It says what
//! the strategy assumes, and nothing about whether that is so. A link that the strategy lacks has a box of its own, so
//! that a gap stands where something is missing and not in a footnote.

mod build;
mod order;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::strategy::Strategy;

/// The most links from partners and voices to audiences that are told. An initiative with a thousand of each would
/// have a million, which nobody could read.
pub const MOST_REACHES: usize = 10_000;

/// The chain from means to decision, as a strategy has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Theory {
    /// The strategy's title.
    pub title: String,
    /// The boxes, column by column, and in a column in the order in which few links cross.
    pub nodes: Vec<Node>,
    /// What leads to what, sorted by the places of both ends.
    pub links: Vec<Link>,
    /// Whether every link is told: those from partners and voices to audiences end at 10 000.
    pub links_are_complete: bool,
    /// What is wrong with the strategy outside the chain: with its evidence, say, or how it is judged.
    pub elsewhere: Vec<Gap>,
}

/// One box of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Node {
    /// Stable name: `objective.visitors`, `undeclared.audience.fans`, `missing.objective.visitors.outcome`.
    pub id: String,
    /// Where in the chain it stands.
    pub column: Column,
    /// What readers call it.
    pub label: String,
    /// Whether the strategy has it.
    pub standing: Presence,
    /// What is missing or wrong here.
    pub gaps: Vec<Gap>,
}

/// The columns of the chain, from means to decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// What there is to work with.
    Resource,
    /// What is done.
    Initiative,
    /// Partners and voices, who carry it.
    Carrier,
    /// Whom it is for.
    Audience,
    /// What would show it.
    Indicator,
    /// What is wanted.
    Objective,
    /// What is decided by the answer.
    Decision,
}

/// Whether the strategy has what a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It does.
    Declared,
    /// It names it, and declares it nowhere.
    Undeclared,
    /// It does not even name it.
    Missing,
}

/// Something missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Gap {
    /// Stable name of the rule.
    pub code: String,
    /// The gap in one line, without a full stop.
    pub text: String,
}

/// One thing that is meant to lead to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// The id of the box that it leaves.
    pub from: String,
    /// The id of the box that it leads to.
    pub to: String,
    /// Whether it goes by way of a surrogate: an earlier sign, which stands in for an outcome that takes long.
    pub surrogate: bool,
}

impl Column {
    /// All columns, from means to decision.
    pub const ALL: [Self; 7] = [
        Self::Resource,
        Self::Initiative,
        Self::Carrier,
        Self::Audience,
        Self::Indicator,
        Self::Objective,
        Self::Decision,
    ];
}

impl Node {
    /// Whether something is missing or wrong here.
    pub fn is_gap(&self) -> bool {
        self.standing != Presence::Declared || !self.gaps.is_empty()
    }
}

impl Theory {
    /// Every gap once, with the box at which it stands, if it stands at one; readers know a gap by its place in this
    /// list.
    pub fn gaps(&self) -> impl Iterator<Item = (Option<&Node>, &Gap)> {
        let at_nodes = self.nodes.iter().flat_map(|node| node.gaps.iter().map(move |gap| (Some(node), gap)));
        at_nodes.chain(self.elsewhere.iter().map(|gap| (None, gap)))
    }
}

/// How a strategy is meant to work, with what was found wrong with it where it stands.
pub fn theory(strategy: &Strategy, diagnostics: &[Diagnostic]) -> Theory {
    build::build(strategy, diagnostics)
}
