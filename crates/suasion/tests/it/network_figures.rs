//! Figures of networks: made up, at the edge, and as files for other programs.

use suasion::render::export;
use suasion_model::finding::{
    Bar, Bridge, BridgeGroup, ChangeBlock, ChangeFlow, ChangeStep, Figure, FigureData, MatrixRow,
    NetworkActor, NetworkCommunity, NetworkTie, Rank,
};

use crate::charts::check_charts;

/// A place of one, or of several that are level.
fn rank(first: u32, last: u32) -> Rank {
    Rank { first, last }
}

pub(crate) fn community(
    at: usize,
    n_actors: u32,
    stability: Option<f64>,
    [x, y]: [f64; 2],
) -> NetworkCommunity {
    NetworkCommunity {
        id: format!("community-{at}"),
        name: format!("Community {at}"),
        is_rest: false,
        n_actors,
        n_named: 1,
        internal_share: Some(0.8),
        stability,
        is_found: stability.map(|stability| stability >= 0.5),
        languages: vec![Bar { name: "en".to_string(), share: 0.7 }],
        topics: vec!["harbour".to_string(), "festival".to_string()],
        bridging_share: Some(0.2),
        x,
        y,
    }
}

pub(crate) fn bridge(name: &str, by_bridging: Rank, by_ties: Rank) -> Bridge {
    Bridge {
        name: name.to_string(),
        betweenness: Some(0.3 / f64::from(by_bridging.first)),
        betweenness_range: None,
        rank: by_bridging,
        rank_interval: Some([by_bridging.first, by_bridging.last + 3]),
        popularity_rank: by_ties,
        role: Some("liaison".to_string()),
        standing: None,
    }
}

fn actor(at: usize, name: &str, closeness: Option<&str>, community: usize, [x, y]: [f64; 2]) -> NetworkActor {
    let place = at as u32;
    NetworkActor {
        id: format!("actor-{at}"),
        name: name.to_string(),
        kind: "organisation".to_string(),
        closeness: closeness.map(str::to_string),
        country: Some("nld".to_string()),
        language: None,
        community: Some(format!("community-{community}")),
        bridge: bridge(name, rank(place, place), rank(9 - place, 9 - place)),
        x,
        y,
    }
}

fn tie(source: &str, target: &str, share: Option<f64>) -> NetworkTie {
    NetworkTie { source: source.to_string(), target: target.to_string(), share }
}

/// One of each kind.
pub(crate) fn figures() -> Vec<Figure> {
    let names = [
        "Embassy",
        "City festival",
        "Harbour board",
        "Maritime museum",
        "Radio North",
        "Sailors' union",
        "Culture fund",
    ];
    let closeness = [Some("state"), Some("independent"), Some("arms-length"), Some("arms-length"), None];
    let mut communities = vec![
        community(1, 420, Some(0.96), [0.3, 0.3]),
        community(2, 180, Some(0.8), [0.75, 0.35]),
        community(3, 60, Some(0.4), [0.45, 0.8]),
        community(4, 25, None, [0.9, 0.9]),
    ];
    communities.push(NetworkCommunity {
        is_rest: true,
        name: "All others".to_string(),
        topics: Vec::new(),
        ..community(5, 44, None, [0.05, 0.9])
    });
    let actors: Vec<NetworkActor> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let place = [0.2 + 0.1 * at as f64, 0.9 - 0.12 * at as f64];
            actor(at + 1, name, closeness[at % 5], 1 + at % 4, place)
        })
        .collect();
    let mut ties = vec![
        tie("community-1", "community-2", Some(0.12)),
        tie("community-1", "community-3", Some(0.03)),
        tie("community-2", "community-4", Some(0.01)),
        tie("actor-1", "actor-2", Some(0.005)),
    ];
    ties.extend(actors.iter().map(|one| tie(&one.id, one.community.as_ref().expect("one"), None)));
    let bridges: Vec<Bridge> = actors
        .iter()
        .map(|one| one.bridge.clone())
        .chain([bridge("Two alike", rank(8, 9), rank(8, 9)), bridge("Alike two", rank(8, 9), rank(8, 9))])
        .collect();
    let groups = [("Others in community 1", 419, 0.4, 0.5), ("Others in community 2", 179, 0.25, 0.2)]
        .map(|(name, n_actors, bridging, tie_share)| BridgeGroup {
            name: name.to_string(),
            n_actors,
            bridging_share: Some(bridging),
            tie_share,
        })
        .to_vec();
    let row = |name: &str, shares: &[Option<f64>], rest| MatrixRow {
        name: name.to_string(),
        shares: shares.to_vec(),
        rest,
    };
    let matrix = FigureData::Matrix {
        columns: ["posts", "letters", "radio"].map(str::to_string).to_vec(),
        rows: vec![
            row("Community 1", &[Some(0.7), Some(0.2), Some(0.1)], None),
            row("Community 2", &[Some(0.05), Some(0.95), Some(0.0)], None),
            row("All others", &[Some(0.6), None, None], Some(0.4)),
        ],
    };
    let block = |window, name: &str, n_actors| ChangeBlock { window, name: name.to_string(), n_actors };
    let flow = |window, from, to, n_actors| ChangeFlow { window, from, to, n_actors };
    let step = |window| ChangeStep {
        window,
        births: 1,
        deaths: 0,
        splits: 1,
        merges: 0,
        elsewhere: Some(14),
        gone: Some(31),
        new: None,
    };
    let change = FigureData::Change {
        windows: ["2022", "2023", "2024"].map(str::to_string).to_vec(),
        blocks: vec![
            block(0, "A", 200),
            block(0, "B", 90),
            block(1, "A", 120),
            block(1, "C", 80),
            block(1, "Others", 60),
            block(2, "A", 180),
            block(2, "Others", 20),
        ],
        flows: vec![
            flow(0, 0, 2, 120),
            flow(0, 0, 3, 80),
            flow(0, 1, 4, 60),
            flow(1, 2, 5, 110),
            flow(1, 3, 5, 70),
            flow(1, 4, 6, 20),
        ],
        steps: vec![step(0), step(1)],
    };
    [
        ("network", FigureData::Network { communities, actors, ties }),
        ("layers", matrix),
        ("bridges", FigureData::Bridges { actors: bridges, groups }),
        ("change", change),
    ]
    .map(|(id, data)| Figure {
        id: id.to_string(),
        title: format!("The harbour: {id}"),
        summary: "What the figure shows, in words.".to_string(),
        unit: "%".to_string(),
        data,
    })
    .to_vec()
}

/// Puts a text wherever a figure of a network has one.
pub(crate) fn rename(data: &mut FigureData, text: &str) {
    let put = |one: &mut String| text.clone_into(one);
    match data {
        FigureData::Network { communities, actors, ties: _ } => {
            for one in communities {
                put(&mut one.name);
                one.topics.iter_mut().for_each(put);
                for bar in &mut one.languages {
                    put(&mut bar.name);
                }
            }
            for one in actors {
                for field in [&mut one.name, &mut one.kind, &mut one.bridge.name] {
                    put(field);
                }
                for field in [&mut one.closeness, &mut one.country, &mut one.language, &mut one.bridge.role] {
                    *field = Some(text.to_string());
                }
            }
        }
        FigureData::Matrix { columns, rows } => {
            columns.iter_mut().for_each(put);
            for row in rows {
                put(&mut row.name);
            }
        }
        FigureData::Bridges { actors, groups } => {
            for one in actors {
                put(&mut one.name);
                one.role = Some(text.to_string());
            }
            for group in groups {
                put(&mut group.name);
            }
        }
        FigureData::Change { windows, blocks, .. } => {
            windows.iter_mut().for_each(put);
            for block in blocks {
                put(&mut block.name);
            }
        }
        _ => {}
    }
}

#[test]
fn networks_stay_within_the_picture() {
    let mut all: Vec<FigureData> = figures().into_iter().map(|figure| figure.data).collect();
    let mut nasty = all.clone();
    for data in &mut nasty {
        rename(data, &crate::hostile::hostile_text());
    }
    all.extend(nasty);
    let network = |communities: Vec<NetworkCommunity>| FigureData::Network {
        communities,
        actors: Vec::new(),
        ties: vec![
            tie("community-1", "nobody", Some(f64::NAN)),
            tie("community-1", "community-2", Some(f64::MAX)),
        ],
    };
    all.extend([
        network(Vec::new()),
        network(vec![community(1, 0, None, [f64::NAN, f64::INFINITY])]),
        network((1..=60).map(|at| community(at, 1000, None, [0.5, 0.5])).collect()),
        network(vec![community(1, u32::MAX, Some(f64::NAN), [-3.0, 7.0]), community(2, 1, None, [0.5, 0.5])]),
        FigureData::Matrix { columns: Vec::new(), rows: Vec::new() },
        FigureData::Matrix {
            columns: (0..30).map(|at| format!("layer {at}")).collect(),
            rows: vec![
                MatrixRow {
                    name: "short".to_string(),
                    shares: vec![Some(f64::NAN), Some(7.0)],
                    rest: Some(-1.0)
                };
                40
            ],
        },
        FigureData::Bridges { actors: Vec::new(), groups: Vec::new() },
        FigureData::Bridges { actors: vec![bridge("alone", rank(1, 1), rank(1, 1))], groups: Vec::new() },
        FigureData::Bridges {
            actors: (1..=200)
                .map(|at| bridge(&format!("one of many {at}"), rank(at, at), rank(201 - at, 200)))
                .collect(),
            groups: vec![
                BridgeGroup {
                    name: "g".to_string(),
                    n_actors: 10,
                    bridging_share: None,
                    tie_share: f64::NAN
                };
                30
            ],
        },
        FigureData::Bridges {
            actors: vec![bridge("none", rank(0, 0), rank(0, u32::MAX)); 2],
            groups: Vec::new(),
        },
        FigureData::Change { windows: Vec::new(), blocks: Vec::new(), flows: Vec::new(), steps: Vec::new() },
        FigureData::Change {
            windows: (0..30).map(|at| at.to_string()).collect(),
            blocks: (0..300)
                .map(|at| ChangeBlock { window: at % 31, name: "A".to_string(), n_actors: at * at })
                .collect(),
            flows: (0..300)
                .map(|at| ChangeFlow { window: at % 29, from: at, to: (at + 1) % 400, n_actors: at })
                .collect(),
            steps: Vec::new(),
        },
    ]);
    check_charts(all);
}

#[test]
fn exports_hold_what_the_figure_holds() {
    let figure = figures().remove(0);
    let gexf = export::gexf(&figure, "suasion").expect("a network");
    assert_eq!(gexf.matches("<node ").count(), 12);
    assert_eq!(gexf.matches("<edge ").count(), 4, "membership is no tie");
    assert!(gexf.contains("label=\"Sailors' union\"") && gexf.contains("version=\"1.3\""));
    let (nodes, ties) = export::csv(&figure).expect("a network");
    assert_eq!((nodes.lines().count(), ties.lines().count()), (13, 5));
    let width = nodes.lines().next().expect("a header").split(',').count();
    assert!(nodes.lines().all(|line| line.split(',').count() == width), "{nodes}");
    let other = figures().remove(1);
    assert!(export::gexf(&other, "suasion").is_none() && export::csv(&other).is_none());
}

#[test]
fn exports_hold_no_markup_of_others() {
    let mut figure = figures().remove(0);
    rename(&mut figure.data, &crate::hostile::hostile_text());
    let gexf = export::gexf(&figure, "a <program> & \"more\"").expect("a network");
    assert!(!gexf.contains("<script") && !gexf.contains('\0') && !gexf.contains('\u{1b}'));
    for line in gexf.lines() {
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
    }
}
