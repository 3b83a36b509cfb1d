//! From rows of interactions to numbered actors, and the part of the rows that a network is of.

use std::collections::BTreeSet;

use suasion_graph::{Direction, EdgeColumns, Error, Graph, Names};
use suasion_model::Strategy;
use suasion_model::strategy::Network;
use suasion_model::table::{Actors, Interaction, Interactions};

use crate::privacy::{Gate, Marks, NOBODY};

/// The interactions of a dataset, and what of them was shown in any network.
pub(super) struct Evidence<'a> {
    /// The interactions, in an order that depends on nothing but what they say.
    pub(super) rows: Vec<Row<'a>>,
    pub(super) names: Names,
    pub(super) marks: Marks<'a>,
    /// What was shown of actors.
    pub(super) actors_shown: Gate,
    /// What was shown of interactions.
    pub(super) rows_shown: Gate,
}

/// An interaction between numbered actors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) said: &'a Interaction,
    pub(super) from: u32,
    /// Towards whom, or [`NOBODY`].
    pub(super) to: u32,
}

impl Row<'_> {
    /// Whether it ties two actors.
    pub(super) fn is_tie(&self) -> bool {
        self.to != NOBODY && self.to != self.from
    }
}

impl<'a> Evidence<'a> {
    pub(super) fn new(interactions: &'a Interactions, actors: &[&'a Actors]) -> Result<Self, String> {
        let ends = |row: &'a Interaction| [Some(row.actor.as_str()), row.object_actor.as_deref()];
        let names = Names::new(interactions.rows.iter().flat_map(ends).flatten())
            .map_err(|error| format!("failed to number the actors: {error}"))?;
        let mut said: Vec<&Interaction> = interactions.rows.iter().collect();
        said.sort_by(|a, b| order(a).cmp(&order(b)).then(a.weight.total_cmp(&b.weight)));
        let id = |name: &str| names.id(name).unwrap_or(NOBODY);
        let rows: Vec<Row<'a>> = said
            .into_iter()
            .map(|said| Row {
                said,
                from: id(&said.actor),
                to: said.object_actor.as_deref().map_or(NOBODY, id),
            })
            .collect();
        let marks = Marks::new(&names, actors.iter().flat_map(|table| table.rows.iter()));
        let behind = |actor: u32| if actor == NOBODY { NOBODY } else { marks.behind(actor) };
        let actors_shown = Gate::new((0..names.len() as u32).map(|actor| [behind(actor), NOBODY]).collect());
        let mut rows_shown = Gate::new(rows.iter().map(|row| [behind(row.from), behind(row.to)]).collect());
        // How many rows a dataset has is in its receipt.
        rows_shown.is_known((0..rows.len() as u32).collect());
        Ok(Self { rows, names, marks, actors_shown, rows_shown })
    }

    /// The interactions that a network is of, ascending.
    pub(super) fn selected(&self, strategy: &Strategy, network: &Network) -> Vec<u32> {
        let keywords: BTreeSet<String> = network
            .issues
            .iter()
            .filter_map(|issue| strategy.issue(issue.as_str()))
            .flat_map(|issue| issue.keywords.iter().map(|keyword| key(keyword.as_str())))
            .collect();
        let day = |days: i32| i64::from(days) * 86_400_000_000;
        let from = network.from.map_or(i64::MIN, |from| day(from.value.days_since_epoch()));
        let until = network.until.map_or(i64::MAX, |until| day(until.value.end_since_epoch()));
        let is_among = |list: &[suasion_model::Spanned<String>], text: Option<&str>| {
            list.is_empty() || list.iter().any(|one| Some(one.as_str()) == text)
        };
        let keeps = |row: &Interaction| {
            (from..until).contains(&row.time)
                && is_among(&network.layers, row.layer.as_deref())
                && is_among(&network.verbs, Some(&row.verb))
                && (network.issues.is_empty() || keys(row).any(|key| keywords.contains(&key)))
        };
        (0..self.rows.len() as u32).filter(|at| keeps(self.rows[*at as usize].said)).collect()
    }
}

/// What an interaction says, but for its weight.
fn order(row: &Interaction) -> impl Ord + '_ {
    (row.time, &row.actor, &row.object_actor, &row.verb, &row.layer, &row.issue_keys, &row.language)
}

/// A keyword or a tag as it is compared: in lower case, without the sign of a tag.
fn key(text: &str) -> String {
    text.trim().trim_start_matches(['#', '＃']).to_lowercase()
}

/// The issue keys of an interaction.
pub(super) fn keys(row: &Interaction) -> impl Iterator<Item = String> + '_ {
    row.issue_keys.iter().flat_map(|keys| keys.split('|')).map(key).filter(|key| !key.is_empty())
}

/// The actors that are tied to others, and their ties.
pub(super) struct Ties {
    /// Which actor each node is, ascending.
    pub(super) actors: Vec<u32>,
    /// Who acted towards whom in each interaction, and how much.
    pub(super) rows: EdgeColumns,
    /// Who acted towards whom, and how much.
    pub(super) directed: Graph,
    /// Who is tied to whom, and how strongly in both ways together.
    pub(super) undirected: Graph,
}

impl Ties {
    /// The ties of these interactions. Whoever acts towards nobody else is no part of a network.
    pub(super) fn new(evidence: &Evidence<'_>, rows: &[u32]) -> Result<Self, String> {
        let ties = || rows.iter().map(|at| &evidence.rows[*at as usize]).filter(|row| row.is_tie());
        let mut actors: Vec<u32> = ties().flat_map(|row| [row.from, row.to]).collect();
        actors.sort_unstable();
        actors.dedup();
        let node = |actor: u32| actors.binary_search(&actor).map_or(NOBODY, |node| node as u32);
        let columns = EdgeColumns {
            sources: ties().map(|row| node(row.from)).collect(),
            targets: ties().map(|row| node(row.to)).collect(),
            weights: Some(ties().map(|row| row.said.weight).collect()),
        };
        let build = |direction| Graph::from_columns(direction, actors.len(), columns.clone()).map_err(saying);
        let (directed, undirected) = (build(Direction::Directed)?, build(Direction::Undirected)?);
        Ok(Self { actors, rows: columns, directed, undirected })
    }

    /// The node of an actor.
    pub(super) fn node(&self, actor: u32) -> Option<u32> {
        self.actors.binary_search(&actor).ok().map(|node| node as u32)
    }

    pub(super) fn n_nodes(&self) -> usize {
        self.actors.len()
    }
}

/// Why there is no network, without whose interaction it is.
fn saying(error: Error) -> String {
    match error {
        Error::BadWeight { weight, .. } => {
            format!("an interaction weighs {weight}; weights are zero or more")
        }
        Error::TotalTooLarge => "its weights are too large to be added up".to_string(),
        error => format!("failed to build the network: {error}"),
    }
}
