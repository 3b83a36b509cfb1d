//! The numbers behind the figures of a network, as tables: one wording for every page.

use suasion_model::finding::{
    Bridge, BridgeGroup, ChangeBlock, ChangeFlow, ChangeStep, FigureData, MatrixRow, NetworkActor,
    NetworkCommunity, NetworkTie, Rank,
};
use suasion_model::number;

/// A table in words.
pub(crate) struct Table {
    /// What it holds.
    pub(crate) caption: &'static str,
    /// The columns, and whether each holds figures.
    pub(crate) columns: Vec<(String, bool)>,
    /// The rows; the first cell of each says whose it is.
    pub(crate) rows: Vec<Vec<String>>,
}

/// What is said where a figure may not be shown, or there is none.
const NONE: &str = "–";

/// The tables of a figure of a network; none for other figures.
pub(crate) fn tables(data: &FigureData) -> Vec<Table> {
    let tables = match data {
        FigureData::Network { communities: of, actors, ties } => {
            vec![communities(of), named(of, actors), between(of, actors, ties)]
        }
        FigureData::Matrix { columns, rows } => vec![matrix(columns, rows)],
        FigureData::Bridges { actors, groups } => vec![bridges(actors), others(groups)],
        FigureData::Change { windows, blocks, flows, steps } => {
            vec![moves(windows, blocks, flows), events(windows, steps)]
        }
        FigureData::Path { .. }
        | FigureData::Gaps { .. }
        | FigureData::Shares { .. }
        | FigureData::Dependence { .. } => Vec::new(),
    };
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// A place, or the places that several share.
pub(crate) fn rank(rank: Rank) -> String {
    if rank.first == rank.last {
        rank.first.to_string()
    } else {
        format!("{}–{} (level)", rank.first, rank.last)
    }
}

/// Whether a name of a role, a closeness or a kind is there.
pub(crate) fn or_none(text: Option<&String>) -> String {
    text.map_or_else(|| NONE.to_string(), Clone::clone)
}

fn columns(columns: &[(&str, bool)]) -> Vec<(String, bool)> {
    columns.iter().map(|(name, figures)| ((*name).to_string(), *figures)).collect()
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| NONE.to_string(), number::percent)
}

fn communities(communities: &[NetworkCommunity]) -> Table {
    let row = |one: &NetworkCommunity| {
        let languages: Vec<String> = one
            .languages
            .iter()
            .take(4)
            .map(|bar| format!("{} {}", bar.name, number::percent(bar.share)))
            .collect();
        let said = |list: Vec<String>| if list.is_empty() { NONE.to_string() } else { list.join(", ") };
        vec![
            one.name.clone(),
            number::count(u64::from(one.n_actors)),
            number::count(u64::from(one.n_named)),
            share(one.internal_share),
            share(one.bridging_share),
            match (one.stability, one.is_found) {
                (None, _) => "not looked at".to_string(),
                (Some(stability), Some(false)) => format!("{}, as by chance", number::percent(stability)),
                (Some(stability), _) => number::percent(stability),
            },
            said(languages),
            said(one.topics.clone()),
        ]
    };
    Table {
        caption: "Communities",
        columns: columns(&[
            ("Community", false),
            ("Actors", true),
            ("Of them named", true),
            ("Stays inside", true),
            ("Share of bridging", true),
            ("Found again", true),
            ("Languages", false),
            ("Speaks of more than others do", false),
        ]),
        rows: communities.iter().map(row).collect(),
    }
}

fn named(communities: &[NetworkCommunity], actors: &[NetworkActor]) -> Table {
    let community = |actor: &NetworkActor| {
        let id = actor.community.as_ref();
        let name = communities.iter().find(|one| Some(&one.id) == id).map(|one| &one.name);
        or_none(name)
    };
    let row = |one: &NetworkActor| {
        vec![
            one.name.clone(),
            one.kind.clone(),
            or_none(one.closeness.as_ref()),
            or_none(one.country.as_ref()),
            or_none(one.language.as_ref()),
            community(one),
        ]
    };
    Table {
        caption: "Who is named",
        columns: columns(&[
            ("Actor", false),
            ("Kind", false),
            ("Closeness to government", false),
            ("Country", false),
            ("Language", false),
            ("Community", false),
        ]),
        rows: actors.iter().map(row).collect(),
    }
}

fn between(communities: &[NetworkCommunity], actors: &[NetworkActor], ties: &[NetworkTie]) -> Table {
    let name = |id: &String| {
        let community = communities.iter().find(|one| one.id == *id).map(|one| &one.name);
        or_none(community.or_else(|| actors.iter().find(|one| one.id == *id).map(|one| &one.name)))
    };
    let mut shown: Vec<(&NetworkTie, f64)> =
        ties.iter().filter_map(|tie| tie.share.map(|share| (tie, share))).collect();
    shown.sort_by(|a, b| b.1.total_cmp(&a.1));
    let row = |(tie, share): &(&NetworkTie, f64)| {
        vec![name(&tie.source), name(&tie.target), number::percent(*share)]
    };
    Table {
        caption: "The strongest ties, as shares of all interactions",
        columns: columns(&[("Between", false), ("And", false), ("Share", true)]),
        rows: shown.iter().take(50).map(row).collect(),
    }
}

fn matrix(names: &[String], rows: &[MatrixRow]) -> Table {
    let mut columns = vec![("Community".to_string(), false)];
    columns.extend(names.iter().map(|name| (name.clone(), true)));
    let has_rest = rows.iter().any(|row| row.rest.is_some());
    if has_rest {
        columns.push(("All else".to_string(), true));
    }
    let row = |one: &MatrixRow| {
        let mut cells = vec![one.name.clone()];
        cells.extend(one.shares.iter().map(|cell| share(*cell)));
        if has_rest {
            cells.push(share(one.rest));
        }
        cells
    };
    Table { caption: "Shares of what a community does", columns, rows: rows.iter().map(row).collect() }
}

fn bridges(actors: &[Bridge]) -> Table {
    let row = |one: &Bridge| {
        let between = match (one.betweenness, one.betweenness_range) {
            (Some(share), Some([low, high])) => {
                format!("{} ({} to {})", number::percent(share), number::percent(low), number::percent(high))
            }
            (between, _) => share(between),
        };
        let interval = one
            .rank_interval
            .map_or_else(|| "not looked at".to_string(), |[low, high]| format!("{low} to {high}"));
        vec![
            one.name.clone(),
            rank(one.rank),
            interval,
            rank(one.popularity_rank),
            between,
            or_none(one.role.as_ref()),
            one.standing.clone().unwrap_or_else(|| "not looked at".to_string()),
        ]
    };
    Table {
        caption: "Who lies between others, of those who may be named",
        columns: columns(&[
            ("Actor", false),
            ("Rank by bridging", true),
            ("Rank in other samples", true),
            ("Rank by ties", true),
            ("Lies between, of all pairs of others", true),
            ("Role", false),
            ("Beyond its ties", false),
        ]),
        rows: actors.iter().map(row).collect(),
    }
}

fn others(groups: &[BridgeGroup]) -> Table {
    let row = |one: &BridgeGroup| {
        vec![
            one.name.clone(),
            number::count(u64::from(one.n_actors)),
            share(one.bridging_share),
            number::percent(one.tie_share),
        ]
    };
    Table {
        caption: "All others, in groups of ten or more",
        columns: columns(&[
            ("Group", false),
            ("Actors", true),
            ("Share of bridging", true),
            ("Share of ties", true),
        ]),
        rows: groups.iter().map(row).collect(),
    }
}

fn moves(windows: &[String], blocks: &[ChangeBlock], flows: &[ChangeFlow]) -> Table {
    let window = |at: u32| windows.get(at as usize).map_or(NONE, String::as_str);
    let block = |at: u32| blocks.get(at as usize);
    let row = |flow: &ChangeFlow| {
        let name = |at: u32| block(at).map_or(NONE, |block| block.name.as_str());
        vec![
            format!("{} to {}", window(flow.window), window(flow.window + 1)),
            name(flow.from).to_string(),
            name(flow.to).to_string(),
            number::count(u64::from(flow.n_actors)),
        ]
    };
    Table {
        caption: "Who is in which community before and after",
        columns: columns(&[("Windows", false), ("From", false), ("To", false), ("Actors", true)]),
        rows: flows.iter().map(row).collect(),
    }
}

fn events(windows: &[String], steps: &[ChangeStep]) -> Table {
    let window = |at: u32| windows.get(at as usize).map_or(NONE, String::as_str);
    let few = |count: Option<u32>| count.map_or_else(|| NONE.to_string(), |n| number::count(u64::from(n)));
    let row = |step: &ChangeStep| {
        vec![
            format!("{} to {}", window(step.window), window(step.window + 1)),
            step.births.to_string(),
            step.splits.to_string(),
            step.merges.to_string(),
            step.deaths.to_string(),
            few(step.new),
            few(step.gone),
            few(step.elsewhere),
        ]
    };
    Table {
        caption: "What happens between windows",
        columns: columns(&[
            ("Windows", false),
            ("Born", true),
            ("Split", true),
            ("Merged", true),
            ("Gone", true),
            ("New actors", true),
            ("Actors who leave", true),
            ("In moves of few", true),
        ]),
        rows: steps.iter().map(row).collect(),
    }
}
