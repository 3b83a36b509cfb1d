//! Change over windows of time: who comes and goes, and which communities are born, split, merge and die.
//!
//! Communities are found in each window anew and matched with those of the next (Greene, Doyle and Cunningham 2010). Only
//! those that may be shown are matched: of none or at least ten actors who are not named. From one window to the next,
//! actors who are in one community and then in another are shown where they are enough; all smaller flows are one, and so
//! are those who leave and those who come. How many a community has in a window is not said, for what is missing from
//! its flows could be told by it: it is as large as the flows that show it.

use std::collections::{BTreeMap, BTreeSet};

use suasion_graph::{Actors, MatchingOptions, Members, Transition, Turnover, match_communities, turnover};
use suasion_model::Period;
use suasion_model::finding::{ChangeBlock, ChangeFlow, ChangeStep};
use suasion_model::strategy::Network;
use suasion_model::strategy::words::WindowLength;

use super::communities::{labels, members};
use super::read::{Evidence, Ties};

/// More windows are neither drawn nor read.
const MOST_WINDOWS: usize = 60;

/// How a network changes.
pub(super) struct Change {
    pub(super) windows: Vec<Window>,
    pub(super) blocks: Vec<ChangeBlock>,
    pub(super) flows: Vec<ChangeFlow>,
    pub(super) steps: Vec<ChangeStep>,
}

/// What is shown of a window.
pub(super) struct Window {
    pub(super) name: String,
    /// How many actors are active; `None` where that may not be shown.
    pub(super) n_actors: Option<usize>,
    /// The part of them that is new; `None` in the first window, and where it may not be shown.
    pub(super) entrant_rate: Option<f64>,
    /// How many equally active actors would be as concentrated.
    pub(super) effective_number: Option<f64>,
}

/// A window as it is read.
struct Read {
    ties: Ties,
    /// The communities that are shown, of actors; the rest is in none.
    communities: Vec<Vec<u32>>,
}

/// Follows a network through windows; a reason where it cannot be followed.
pub(super) fn change(evidence: &mut Evidence<'_>, network: &Network, rows: &[u32]) -> Result<Change, String> {
    let Some(length) = network.windows else {
        return Err("the strategy names no windows".to_string());
    };
    let windows = windows(evidence, length, rows)?;
    let read: Vec<Read> =
        windows.iter().map(|(_, rows)| read(evidence, network, rows)).collect::<Result<_, String>>()?;
    let shown = shown(evidence, &windows, &read);
    let of = |read: &Read| -> (Vec<u32>, Vec<u32>) {
        let mut members: Vec<(u32, u32)> = read
            .communities
            .iter()
            .zip(0..)
            .flat_map(|(actors, label)| actors.iter().map(move |actor| (*actor, label)))
            .collect();
        members.sort_unstable();
        members.into_iter().unzip()
    };
    let members: Vec<(Vec<u32>, Vec<u32>)> = read.iter().map(of).collect();
    let members: Vec<Members<'_>> = members.iter().map(|(nodes, labels)| Members { nodes, labels }).collect();
    let matching = match_communities(&members, MatchingOptions::default())
        .map_err(|error| format!("failed to match communities: {error}"))?;
    let mut change = Change { windows: shown, blocks: Vec::new(), flows: Vec::new(), steps: Vec::new() };
    let timelines: Vec<BTreeMap<u32, u32>> = matching
        .communities
        .iter()
        .map(|window| window.iter().map(|community| (community.label, community.timeline)).collect())
        .collect();
    let mut drawn = Drawn { timelines: &timelines, blocks: BTreeMap::new(), flows: Vec::new() };
    for (window, (pair, transition)) in read.windows(2).zip(&matching.transitions).enumerate() {
        change.steps.push(drawn.step(evidence, window, &pair[0], &pair[1], transition));
    }
    (change.blocks, change.flows) = drawn.finish();
    Ok(change)
}

/// Windows in order, each with its interactions; those in between that have none are there too.
fn windows(
    evidence: &Evidence<'_>,
    length: WindowLength,
    rows: &[u32],
) -> Result<Vec<(String, Vec<u32>)>, String> {
    let number = |row: u32| -> Option<i64> {
        let days = evidence.rows[row as usize].said.time.div_euclid(86_400_000_000);
        let (year, month, _) = Period::of_days_since_epoch(i32::try_from(days).ok()?)?.first_day();
        let (year, month) = (i64::from(year), i64::from(month) - 1);
        Some(match length {
            WindowLength::Year => year,
            WindowLength::Quarter => 4 * year + month / 3,
            WindowLength::Month => 12 * year + month,
        })
    };
    let mut by_number: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    for &row in rows.iter().filter(|row| evidence.rows[**row as usize].is_tie()) {
        let number = number(row).ok_or_else(|| "a time is outside the years 1 to 9999".to_string())?;
        by_number.entry(number).or_default().push(row);
    }
    let (first, last) = match (by_number.keys().next(), by_number.keys().next_back()) {
        (Some(first), Some(last)) if first < last => (*first, *last),
        _ => return Err("all interactions lie within one window".to_string()),
    };
    if last - first >= MOST_WINDOWS as i64 {
        let n = last - first + 1;
        return Err(format!("there would be {n} windows, and {MOST_WINDOWS} are read at most"));
    }
    let name = |number: i64| match length {
        WindowLength::Year => number.to_string(),
        WindowLength::Quarter => format!("{} Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
        WindowLength::Month => format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
    };
    Ok((first..=last).map(|number| (name(number), by_number.remove(&number).unwrap_or_default())).collect())
}

fn read(evidence: &Evidence<'_>, network: &Network, rows: &[u32]) -> Result<Read, String> {
    let ties = Ties::new(evidence, rows)?;
    let communities = members(&labels(&ties.undirected, network)?)
        .into_iter()
        .map(|nodes| super::communities::actors(&ties, &nodes))
        .filter(|actors| actors.len() > 1 && evidence.actors_shown.is_safe(actors))
        .collect();
    Ok(Read { ties, communities })
}

/// Who is active in each window, and who of them is new.
fn shown(evidence: &mut Evidence<'_>, windows: &[(String, Vec<u32>)], read: &[Read]) -> Vec<Window> {
    let activity: Vec<Vec<f64>> = read
        .iter()
        .map(|read| {
            let graph = &read.ties.undirected;
            (0..graph.n_nodes()).map(|node| graph.out_strength(node)).collect()
        })
        .collect();
    let actors: Vec<Actors<'_>> = read
        .iter()
        .zip(&activity)
        .map(|(read, activity)| Actors { nodes: &read.ties.actors, activity })
        .collect();
    let turnover: Vec<Turnover> = turnover(evidence.names.len() as u32, &actors);
    // By the window in which they come, all actors are in one cell.
    let come: Vec<Vec<u32>> = turnover
        .iter()
        .zip(read)
        .map(|(of, read)| of.entrants.clone().unwrap_or_else(|| read.ties.actors.clone()))
        .collect();
    let by_coming = evidence.actors_shown.release(&come);
    windows
        .iter()
        .enumerate()
        .map(|(at, (name, _))| {
            let others =
                read[at].ties.actors.iter().copied().filter(|actor| come[at].binary_search(actor).is_err());
            let release = evidence.actors_shown.release(&[come[at].clone(), others.collect()]);
            let is_shown = release.is_whole();
            Window {
                name: name.clone(),
                n_actors: is_shown.then_some(read[at].ties.n_nodes()),
                entrant_rate: turnover[at].entrant_rate.filter(|_| is_shown && by_coming.is_alone(at)),
                effective_number: turnover[at].effective_number.filter(|_| is_shown),
            }
        })
        .collect()
}

/// Flows as they are drawn, window by window.
struct Drawn<'t> {
    /// For each window, which timeline each community is of.
    timelines: &'t [BTreeMap<u32, u32>],
    /// What comes to and what leaves each block: of a window, and of a timeline or of none.
    blocks: BTreeMap<(usize, Option<u32>), [u32; 2]>,
    flows: Vec<(usize, Option<u32>, Option<u32>, u32)>,
}

impl Drawn<'_> {
    fn step(
        &mut self,
        evidence: &mut Evidence<'_>,
        window: usize,
        before: &Read,
        after: &Read,
        transition: &Transition,
    ) -> ChangeStep {
        let of = |read: &Read, at: usize| -> BTreeMap<u32, Option<u32>> {
            let mut of: BTreeMap<u32, Option<u32>> =
                read.ties.actors.iter().map(|actor| (*actor, None)).collect();
            for (actors, label) in read.communities.iter().zip(0..) {
                let timeline = self.timelines[at].get(&label).copied();
                of.extend(actors.iter().map(|actor| (*actor, timeline)));
            }
            of
        };
        let (from, to) = (of(before, window), of(after, window + 1));
        let all: BTreeSet<u32> = from.keys().chain(to.keys()).copied().collect();
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        let mut moves: BTreeMap<(Option<u32>, Option<u32>), Vec<u32>> = BTreeMap::new();
        for actor in all {
            match (from.get(&actor), to.get(&actor)) {
                (Some(from), Some(to)) => moves.entry((*from, *to)).or_default().push(actor),
                (Some(_), None) => gone.push(actor),
                _ => new.push(actor),
            }
        }
        let (ends, mut cells): (Vec<_>, Vec<_>) = moves.into_iter().unzip();
        let n_moves = cells.len();
        cells.extend([gone, new]);
        let release = evidence.actors_shown.release(&cells);
        let count = |at: usize| cells[at].len() as u32;
        for at in (0..n_moves).filter(|at| release.is_alone(*at)) {
            let (from, to) = ends[at];
            self.blocks.entry((window, from)).or_default()[1] += count(at);
            self.blocks.entry((window + 1, to)).or_default()[0] += count(at);
            self.flows.push((window, from, to, count(at)));
        }
        let [gone, new] = [n_moves, n_moves + 1].map(|at| release.is_alone(at).then(|| count(at)));
        let elsewhere = release.other().len() as u32;
        let is_of_moves = gone.is_some() && new.is_some() && elsewhere > 0;
        ChangeStep {
            window: window as u32,
            births: transition.births.len() as u32,
            deaths: transition.deaths.len() as u32,
            splits: transition.splits.len() as u32,
            merges: transition.merges.len() as u32,
            elsewhere: is_of_moves.then_some(elsewhere),
            gone,
            new,
        }
    }

    fn finish(self) -> (Vec<ChangeBlock>, Vec<ChangeFlow>) {
        // Those of no community stand last in their window.
        let mut places: Vec<(usize, Option<u32>)> = self.blocks.keys().copied().collect();
        places.sort_by_key(|(window, timeline)| (*window, timeline.is_none(), *timeline));
        let place = |block: (usize, Option<u32>)| places.iter().position(|other| *other == block);
        let blocks = places
            .iter()
            .map(|block| ChangeBlock {
                window: block.0 as u32,
                name: block.1.map_or_else(|| "Others".to_string(), letters),
                n_actors: self.blocks[block].into_iter().max().unwrap_or(0),
            })
            .collect();
        let flows = self
            .flows
            .iter()
            .filter_map(|(window, from, to, n_actors)| {
                Some(ChangeFlow {
                    window: *window as u32,
                    from: place((*window, *from))? as u32,
                    to: place((*window + 1, *to))? as u32,
                    n_actors: *n_actors,
                })
            })
            .collect();
        (blocks, flows)
    }
}

/// The name of a timeline: A to Z, then AA.
fn letters(number: u32) -> String {
    let letter = char::from(b'A' + (number % 26) as u8);
    if number < 26 { letter.to_string() } else { format!("{}{letter}", letters(number / 26 - 1)) }
}
