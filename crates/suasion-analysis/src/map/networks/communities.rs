//! Communities as they may be shown: who is in which, how much they keep to themselves, in which layers and languages
//! they act, and what they speak of more than others.

use std::collections::{BTreeMap, BTreeSet};

use suasion_graph::{
    Direction, Graph, LeidenOptions, Resampling, Shift, StabilityOptions, leiden, partition_quality,
    stability,
};
use suasion_model::strategy::Network;
use suasion_model::table::Interaction;

use super::read::{Evidence, Ties, keys};
use crate::privacy::{Release, THRESHOLD};

/// How many iterations communities are sought in, at most.
const ITERATIONS: u32 = 10;

/// What share of the ties of a census is left out, to see how sensitive communities are to it.
pub(super) const MISSING: f64 = 0.1;

/// With more interactions, communities are sought again less often.
const MANY_ROWS: usize = 200_000;

/// Topics that are said of a community.
const TOPICS: usize = 4;

/// What is said where an interaction says nothing.
const UNSAID: &str = "not said";

/// Communities of a network.
pub(super) struct Communities {
    /// The community of each node, as the smallest node that is in it.
    pub(super) labels: Vec<u32>,
    /// Q, where there is any weight.
    pub(super) modularity: Option<f64>,
    /// How many have ten actors or more.
    pub(super) n_of_ten: usize,
    /// Those that are shown by themselves, the largest first; the rest is not among them.
    pub(super) shown: Vec<Community>,
    /// The nodes of all others.
    pub(super) rest: Vec<u32>,
    /// For each node, which of those shown it is in; `None` for the rest.
    pub(super) of: Vec<Option<usize>>,
    /// How many of those of ten actors or more are more stable than chance makes them.
    pub(super) n_found: usize,
    /// How resamples differ from the whole.
    pub(super) shift: Shift,
    /// How often communities were sought again, and in what.
    pub(super) effort: StabilityOptions,
}

/// A community that is shown.
pub(super) struct Community {
    /// Its nodes, ascending.
    pub(super) nodes: Vec<u32>,
    /// How well it is found again, where that can be said.
    pub(super) stability: Option<f64>,
    /// Whether that is more than rewired networks would have it; `None` if there is none to compare with.
    pub(super) is_found: Option<bool>,
}

/// Finds communities, and shows of them what may be shown; nothing where there are too few actors.
pub(super) fn find(
    evidence: &mut Evidence<'_>,
    network: &Network,
    ties: &Ties,
) -> Result<Option<Communities>, String> {
    let resampling = if network.census { Resampling::MissingTies(MISSING) } else { Resampling::Rows };
    let effort = effort(options(network), ties.rows.sources.len());
    let stable = stability(Direction::Undirected, ties.n_nodes(), &ties.rows, resampling, effort)
        .map_err(|error| format!("failed to find communities: {error}"))?;
    let labels = stable.labels.clone();
    let all = members(&labels);
    let cells: Vec<Vec<u32>> = all.iter().map(|nodes| actors(ties, nodes)).collect();
    let release = evidence.actors_shown.release(&cells);
    if release == Release::Hidden {
        return Ok(None);
    }
    let quality = partition_quality(&ties.undirected, &labels);
    let n_of_ten = all.iter().filter(|nodes| nodes.len() >= 10).count();
    let mut of = vec![None; labels.len()];
    let (mut shown, mut rest) = (Vec::new(), Vec::new());
    for (at, nodes) in all.into_iter().enumerate() {
        if release.is_alone(at) {
            for &node in &nodes {
                of[node as usize] = Some(shown.len());
            }
            let label = labels[nodes[0] as usize];
            let at = stable.communities.partition_point(|community| community.label < label);
            let found = &stable.communities[at];
            shown.push(Community {
                nodes,
                stability: found.score.map(|score| score.max(0.0)),
                is_found: found.p.map(|_| found.is_found()),
            });
        } else {
            rest.extend(nodes);
        }
    }
    rest.sort_unstable();
    let modularity = quality.modularity(network.resolution);
    let (n_found, _) = stable.n_found();
    Ok(Some(Communities {
        labels,
        modularity,
        n_of_ten,
        shown,
        rest,
        of,
        n_found,
        shift: stable.shift,
        effort,
    }))
}

/// How often communities are sought again: less often where that takes long.
fn effort(leiden: LeidenOptions, n_rows: usize) -> StabilityOptions {
    if n_rows <= MANY_ROWS {
        StabilityOptions { leiden, ..StabilityOptions::default() }
    } else {
        StabilityOptions { leiden, resamples: 20, rewirings: 5, resamples_of_rewirings: 4 }
    }
}

fn options(network: &Network) -> LeidenOptions {
    LeidenOptions {
        resolution: network.resolution,
        seed: network.seed,
        iterations: ITERATIONS,
        ..LeidenOptions::default()
    }
}

/// The communities that Leiden's method finds.
pub(super) fn labels(graph: &Graph, network: &Network) -> Result<Vec<u32>, String> {
    leiden(graph, options(network)).map_err(|error| format!("failed to find communities: {error}"))
}

/// The nodes of each community, the largest first.
pub(super) fn members(labels: &[u32]) -> Vec<Vec<u32>> {
    let mut all: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (&label, node) in labels.iter().zip(0..) {
        all.entry(label).or_default().push(node);
    }
    let mut all: Vec<Vec<u32>> = all.into_values().collect();
    all.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    all
}

/// The actors that nodes are, ascending.
pub(super) fn actors(ties: &Ties, nodes: &[u32]) -> Vec<u32> {
    nodes.iter().map(|node| ties.actors[*node as usize]).collect()
}

/// What the members of communities do, as shares that may be shown. The last of each list is the rest.
pub(super) struct Doings {
    /// The part that does not go to another community.
    pub(super) internal: Vec<Option<f64>>,
    /// The part of all interactions that goes from one to another, by the two.
    pub(super) between: BTreeMap<(usize, usize), f64>,
    pub(super) layers: Mix,
    pub(super) languages: Mix,
    pub(super) topics: Vec<Vec<String>>,
}

/// Shares of what the members of communities do, by a word.
pub(super) struct Mix {
    /// The words, the most frequent first.
    pub(super) words: Vec<String>,
    /// For each community, the share of each word; `None` where it is among what is left, or nothing is shown.
    pub(super) shares: Vec<Vec<Option<f64>>>,
}

impl Mix {
    /// What is left of the whole in a community's row; `None` where nothing is, or nothing of it is shown.
    pub(super) fn rest(&self, community: usize) -> Option<f64> {
        let shares = &self.shares[community];
        let shown: f64 = shares.iter().flatten().sum();
        let is_shown = shares.iter().any(Option::is_some);
        (is_shown && shown < 1.0 - 1e-9).then_some(1.0 - shown)
    }
}

/// The interactions of a network by who acted, with how much each community's weigh.
struct Acts<'e, 'a> {
    evidence: &'e mut Evidence<'a>,
    rows: &'e [u32],
    n_classes: usize,
    /// The class of each actor: its community, or the rest.
    of: Vec<usize>,
    /// The weight of what each class does; `None` where that is not shown.
    weights: Vec<Option<f64>>,
}

/// Adds up what the members of communities do, and shows what may be shown.
pub(super) fn doings(
    evidence: &mut Evidence<'_>,
    ties: &Ties,
    communities: &Communities,
    rows: &[u32],
) -> Doings {
    let n_classes = communities.shown.len() + 1;
    // Who is tied to nobody is among the rest: left out, their interactions could be told by those of all others.
    let mut of = vec![n_classes - 1; evidence.names.len()];
    for (node, &actor) in ties.actors.iter().enumerate() {
        of[actor as usize] = communities.of[node].unwrap_or(n_classes - 1);
    }
    let mut acts = Acts { evidence, rows, n_classes, of, weights: Vec::new() };
    let by_class = acts.cells(n_classes, |acts, row| acts.ends(row).0);
    let release = acts.evidence.rows_shown.release(&by_class);
    acts.weights =
        (0..n_classes).map(|class| release.is_alone(class).then(|| acts.weight(&by_class[class]))).collect();
    let internal = acts.internal();
    let between = acts.between();
    let layers = acts.mix(|said| said.layer.as_deref());
    let languages = acts.mix(|said| said.language.as_deref());
    let topics = acts.topics(&by_class);
    Doings { internal, between, layers, languages, topics }
}

impl Acts<'_, '_> {
    /// Rows by a number below `n`.
    fn cells(&self, n: usize, of: impl Fn(&Self, u32) -> usize) -> Vec<Vec<u32>> {
        let mut cells = vec![Vec::new(); n];
        for &row in self.rows {
            cells[of(self, row)].push(row);
        }
        cells
    }

    fn weight(&self, rows: &[u32]) -> f64 {
        let mut weights: Vec<f64> =
            rows.iter().map(|row| self.evidence.rows[*row as usize].said.weight).collect();
        weights.sort_by(f64::total_cmp);
        weights.iter().sum::<f64>() + 0.0
    }

    /// The classes of both ends; of the second, none where there is none.
    fn ends(&self, row: u32) -> (usize, Option<usize>) {
        let row = &self.evidence.rows[row as usize];
        (self.of[row.from as usize], row.is_tie().then(|| self.of[row.to as usize]))
    }

    /// Of what each class does, the part that does not go to another: what is towards nobody, or oneself, stays inside.
    fn internal(&mut self) -> Vec<Option<f64>> {
        let n = self.n_classes;
        let cells = self.cells(2 * n, |acts, row| match acts.ends(row) {
            (from, Some(to)) if to != from => 2 * from + 1,
            (from, _) => 2 * from,
        });
        let release = self.evidence.rows_shown.release(&cells);
        (0..n)
            .map(|class| {
                let is_shown = release.is_alone(2 * class) && release.is_alone(2 * class + 1);
                let (inside, out) = (self.weight(&cells[2 * class]), self.weight(&cells[2 * class + 1]));
                (is_shown && inside + out > 0.0).then(|| inside / (inside + out))
            })
            .collect()
    }

    /// What goes from one class to another, as a share of all.
    fn between(&mut self) -> BTreeMap<(usize, usize), f64> {
        let mut pairs: BTreeMap<(usize, usize), Vec<u32>> = BTreeMap::new();
        for &row in self.rows {
            if let (from, Some(to)) = self.ends(row)
                && from != to
            {
                pairs.entry((from, to)).or_default().push(row);
            }
        }
        let (pairs, cells): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let release = self.evidence.rows_shown.release(&cells);
        let all = self.weight(self.rows);
        let shown = (0..pairs.len()).filter(|at| release.is_alone(*at));
        shown.map(|at| (pairs[at], if all > 0.0 { self.weight(&cells[at]) / all } else { 0.0 })).collect()
    }

    /// Shares of what each class does by a word. A word that an unmarked actor is called by is not said.
    fn mix(&mut self, word: impl Fn(&Interaction) -> Option<&str>) -> Mix {
        let marks = &self.evidence.marks;
        let said = |row: u32| {
            let text = word(self.evidence.rows[row as usize].said).unwrap_or(UNSAID);
            if marks.may_be_said(text) { text } else { UNSAID }
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &row in self.rows {
            *counts.entry(said(row)).or_default() += 1;
        }
        if counts.keys().all(|word| *word == UNSAID) {
            return Mix { words: Vec::new(), shares: vec![Vec::new(); self.n_classes] };
        }
        let mut words: Vec<&str> = counts.keys().copied().collect();
        words.sort_by_key(|word| (*word == UNSAID, std::cmp::Reverse(counts[word]), *word));
        let n = words.len();
        let places: BTreeMap<&str, usize> = words.iter().enumerate().map(|(at, word)| (*word, at)).collect();
        let cells = self.cells(self.n_classes * n, |acts, row| acts.ends(row).0 * n + places[said(row)]);
        let words: Vec<String> = words.into_iter().map(str::to_string).collect();
        let release = self.evidence.rows_shown.release(&cells);
        let share = |class: usize, at: usize| {
            let cell = class * n + at;
            let all = self.weights[class].filter(|all| *all > 0.0)?;
            release.is_alone(cell).then(|| self.weight(&cells[cell]) / all)
        };
        let shares: Vec<Vec<Option<f64>>> =
            (0..self.n_classes).map(|class| (0..n).map(|at| share(class, at)).collect()).collect();
        // A word that is nowhere shown says nothing.
        let is_shown = |at: &usize| shares.iter().any(|row| row[*at].is_some_and(|share| share > 0.0));
        let kept: Vec<usize> = (0..n).filter(is_shown).collect();
        Mix {
            words: kept.iter().map(|at| words[*at].clone()).collect(),
            shares: shares.iter().map(|row| kept.iter().map(|at| row[*at]).collect()).collect(),
        }
    }

    /// What each class speaks of more than all do: by p ln(p / q), its part of the information by which the class can be
    /// told. Said without a number; and only where none or ten of those who speak of it are unmarked.
    fn topics(&self, by_class: &[Vec<u32>]) -> Vec<Vec<String>> {
        let counted = |rows: &[u32]| {
            let mut found: BTreeMap<String, (f64, BTreeSet<u32>)> = BTreeMap::new();
            for &row in rows {
                let row = &self.evidence.rows[row as usize];
                let distinct: BTreeSet<String> = keys(row.said).collect();
                for key in distinct {
                    let (weight, actors) = found.entry(key).or_default();
                    *weight += row.said.weight;
                    if !self.evidence.marks.is_marked(row.from) {
                        actors.insert(row.from);
                    }
                }
            }
            found
        };
        let (everywhere, all) = (counted(self.rows), self.weight(self.rows));
        let rest = by_class.len() - 1;
        (0..by_class.len())
            .map(|class| {
                let of_class = self.weight(&by_class[class]);
                if class == rest || of_class <= 0.0 {
                    return Vec::new();
                }
                let mut telling: Vec<(f64, String)> = counted(&by_class[class])
                    .into_iter()
                    .filter(|(key, (_, actors))| {
                        (actors.is_empty() || actors.len() >= THRESHOLD)
                            && self.evidence.marks.may_be_said(key)
                    })
                    .map(|(key, (weight, _))| {
                        let (p, q) = (weight / of_class, everywhere[&key].0 / all);
                        (p * (p / q).ln(), key)
                    })
                    .filter(|(information, _)| *information > 1e-9)
                    .collect();
                telling.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                telling.into_iter().take(TOPICS).map(|(_, key)| key).collect()
            })
            .collect()
    }
}
