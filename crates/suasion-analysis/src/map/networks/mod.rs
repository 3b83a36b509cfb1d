//! Networks: which communities carry an issue, who lies between them, how much of it runs through government, and how
//! does that change?
//!
//! Communities by Leiden's method (Traag, Waltman and van Eck 2019) in the undirected network, weighted by interactions;
//! bridging by betweenness without weights; roles by Gould and Fernandez (1989). Every figure passes [`crate::privacy`]:
//! what it may not show is merged with other things, or left out with the reason.
//!
//! How stable communities are is told against rewired networks (Hennig 2007; `suasion_graph::stability`).
//!
//! **Where more is to come.** Bridges beyond popularity go into `rank_interval` and `standing` of
//! [`suasion_model::finding::Bridge`]; until then their check was not run.

mod bridges;
mod change;
mod communities;
mod figures;
mod numbers;
mod read;
mod sentences;
mod voices;

use std::collections::BTreeMap;

use suasion_model::finding::{Finding, Interval};
use suasion_model::plan::{Inputs, TableRequest};
use suasion_model::strategy::Network;
use suasion_model::table::{Actors, Interactions};
use suasion_model::{Standing, Strategy};

use bridges::{Bridging, bridging, total};
use change::{Change, change};
use communities::{Communities, Doings, doings};
use read::{Evidence, Ties};
use voices::{Voices, voices};

use crate::privacy::THRESHOLD;
use crate::{requests, withheld};

/// The rows that the networks need.
pub(crate) fn plan(strategy: &Strategy, standing: &Standing) -> Vec<TableRequest> {
    let stands = |network: &&Network| standing.of_network(strategy, network).is_empty();
    strategy.networks.iter().filter(stands).flat_map(requests::network).collect()
}

/// One finding a network.
pub(crate) fn map(strategy: &Strategy, standing: &Standing, inputs: &Inputs) -> Vec<Finding> {
    let stands = |network: &Network| standing.of_network(strategy, network).is_empty();
    // What one network of a dataset shows, another may give away.
    let mut read: BTreeMap<&str, Result<Evidence<'_>, String>> = BTreeMap::new();
    let mut findings = Vec::new();
    for network in &strategy.networks {
        let codes = standing.of_network(strategy, network);
        if !codes.is_empty() {
            findings.push(withheld::network(strategy, network, &codes));
            continue;
        }
        let (Some(interactions), actors) = tables(network, inputs) else {
            findings.push(sentences::unanswered(strategy, network, &[], "no interactions were given for it"));
            continue;
        };
        let evidence = read.entry(network.dataset.as_str()).or_insert_with(|| {
            let same = strategy.networks.iter().filter(|other| other.dataset.value == network.dataset.value);
            let tables: Vec<&Actors> =
                same.filter(|other| stands(other)).filter_map(|other| tables(other, inputs).1).collect();
            Evidence::new(interactions, &tables)
        });
        let mut origins = vec![requests::input(strategy, &interactions.origin)];
        origins.extend(actors.map(|actors| requests::input(strategy, &actors.origin)));
        let looked = match evidence {
            Ok(evidence) => look(strategy, network, evidence),
            Err(why) => Err(why.clone()),
        };
        findings.push(match looked {
            Ok((picture, figures)) => sentences::described(strategy, network, origins, &picture, figures),
            Err(why) => sentences::unanswered(strategy, network, &origins, &why),
        });
    }
    findings
}

/// The interactions and the actors that a network names.
fn tables<'i>(network: &Network, inputs: &'i Inputs) -> (Option<&'i Interactions>, Option<&'i Actors>) {
    (
        inputs.interactions(&requests::interactions(network)),
        requests::actors(network).and_then(|request| inputs.actors(&request)),
    )
}

/// What is seen of a network.
struct Picture {
    label: String,
    seed: u64,
    is_census: bool,
    /// How many interactions there are; `None` where those left out could be told by it.
    n_interactions: Option<usize>,
    /// What they weigh together.
    weight: f64,
    ties: Ties,
    communities: Communities,
    doings: Doings,
    bridging: Bridging,
    voices: Voices,
    /// How it changes, or why that is not known.
    change: Result<Change, String>,
}

impl Picture {
    /// Why a figure has no interval.
    fn unknown(&self) -> Interval {
        let why = if self.is_census {
            "a census of ties: how sensitive this figure is to missing ties was not looked at"
        } else {
            "how far another sample would differ was not looked at"
        };
        Interval::None { why: why.to_string() }
    }
}

fn look(
    strategy: &Strategy,
    network: &Network,
    evidence: &mut Evidence<'_>,
) -> Result<(Picture, Vec<suasion_model::finding::Figure>), String> {
    let rows = evidence.selected(strategy, network);
    if rows.is_empty() {
        return Err("none of its interactions is of what the strategy asks for".to_string());
    }
    let ties = Ties::new(evidence, &rows)?;
    if ties.n_nodes() == 0 {
        return Err("nobody in it acts towards anybody else".to_string());
    }
    let is_shown = evidence.rows_shown.release(std::slice::from_ref(&rows)).is_whole();
    let found = communities::find(evidence, network, &ties)?;
    let communities = found
        .ok_or_else(|| format!("fewer than {THRESHOLD} of its actors are not named, and could be told"))?;
    let doings = doings(evidence, &ties, &communities, &rows);
    let bridging = bridging(evidence, network, &ties, &communities)?;
    let voices = voices(strategy, evidence, &ties, &bridging, &rows)?;
    let change = change(evidence, network, &rows);
    let picture = Picture {
        label: sentences::label(network),
        seed: network.seed,
        is_census: network.census,
        n_interactions: is_shown.then_some(rows.len()),
        weight: total(rows.iter().map(|row| evidence.rows[*row as usize].said.weight)),
        ties,
        communities,
        doings,
        bridging,
        voices,
        change,
    };
    let figures = figures::figures(strategy, evidence, &picture);
    Ok((picture, figures))
}
