//! Agreement with other packages on graphs everyone knows: see tests/reference/README.md.

use suasion_graph::{
    BrokerageRole, Cuts, DegreeKind, Direction, EdgeColumns, EdgeCount, Expected, Graph, Mode,
    PageRankOptions, PathWeights, ProjectionWeights, TwoMode, betweenness, betweenness_by,
    betweenness_centralisation, brokerage, categorical_assortativity, closeness, closeness_by,
    closeness_centralisation, core_numbers, cuts, degree_assortativity, degree_centralisation, degrees,
    distance_sums, distances_from, ei_index, gini, harmonic_closeness, harmonic_closeness_by, in_degrees,
    in_strengths, numeric_assortativity, out_degrees, out_strengths, pagerank, projection, reciprocity,
    shortest_paths, strengths, strong_components, structural_holes, triangles, weak_components,
};

const GRAPHS: &str = include_str!("../reference/graphs.tsv");
const EDGES: &str = include_str!("../reference/edges.tsv");
const NODES: &str = include_str!("../reference/nodes.tsv");
const PEERS: [&str; 2] =
    [include_str!("../reference/peers-python.tsv"), include_str!("../reference/peers-r.tsv")];

/// A graph with attributes.
struct Case {
    name: &'static str,
    weighted: Graph,
    unweighted: Graph,
    groups: Vec<Option<u32>>,
    numbers: Vec<Option<f64>>,
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().map(|line| line.split('\t').collect())
}

fn cases() -> Vec<Case> {
    let case = |row: Vec<&'static str>| {
        let name = row[0];
        let direction = if row[1] == "directed" { Direction::Directed } else { Direction::Undirected };
        let n_nodes = row[2].parse().expect("a count");
        let edges: Vec<_> = rows(EDGES).filter(|edge| edge[0] == name).collect();
        let end = |column: usize| edges.iter().map(|edge| edge[column].parse().expect("a node")).collect();
        let build = |weights| {
            let columns = EdgeColumns { sources: end(1), targets: end(2), weights };
            Graph::from_columns(direction, n_nodes, columns).expect("good edges")
        };
        let weights = edges.iter().map(|edge| edge[3].parse().expect("a weight")).collect();
        let nodes: Vec<_> = rows(NODES).filter(|node| node[0] == name).collect();
        assert_eq!(nodes.len(), n_nodes);
        Case {
            name,
            weighted: build(Some(weights)),
            unweighted: build(None),
            groups: nodes.iter().map(|node| node[3].parse().ok()).collect(),
            numbers: nodes.iter().map(|node| node[4].parse().ok()).collect(),
        }
    };
    rows(GRAPHS).map(case).collect()
}

fn each<T: Copy + Into<f64>>(values: Vec<T>) -> Vec<Option<f64>> {
    values.into_iter().map(|value| Some(value.into())).collect()
}

fn large(values: Vec<u64>) -> Vec<Option<f64>> {
    values.into_iter().map(|value| Some(value as f64)).collect()
}

fn or_zero(values: Vec<Option<f64>>) -> Vec<Option<f64>> {
    values.into_iter().map(|value| value.or(Some(0.0))).collect()
}

/// The inverse of the mean distance of those who reach a node, without the part of the network that they are.
fn unscaled(graph: &Graph, closeness: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let nodes: Vec<u32> = (0..graph.n_nodes()).collect();
    let others = nodes.len() as f64 - 1.0;
    let reaching = distance_sums(graph, &nodes).into_iter().map(|sums| f64::from(sums.n_reaching));
    closeness.into_iter().zip(reaching).map(|(value, n)| Some(value? * others / n)).collect()
}

/// What we say of a measure by lengths; `None` if it is not one.
fn by_length(case: &Case, measure: &str) -> Option<Vec<Option<f64>>> {
    let (measure, is_zero) = match measure.strip_suffix(", undefined as 0") {
        Some(measure) => (measure, true),
        None => (measure, false),
    };
    let (measure, weights) = match measure.rsplit_once(" by ")? {
        (measure, "cost") => (measure, PathWeights::Cost),
        (measure, "strength") => (measure, PathWeights::Strength),
        _ => return None,
    };
    let graph = &case.weighted;
    let legal = "legal lengths";
    let found = match measure {
        "betweenness" => each(betweenness_by(graph, weights).expect(legal)),
        "closeness" => closeness_by(graph, weights).expect(legal),
        "closeness unscaled" => unscaled(graph, closeness_by(graph, weights).expect(legal)),
        "harmonic" => each(harmonic_closeness_by(graph, weights).expect(legal)),
        "distances from 0" => shortest_paths(graph, 0, weights).expect(legal).distances,
        _ => panic!("{measure} is not known"),
    };
    Some(if is_zero { or_zero(found) } else { found })
}

/// What we say of brokerage; `None` if the measure is another.
fn brokered(case: &Case, measure: &str) -> Option<Vec<Option<f64>>> {
    let (kind, role) = measure.split_once(", ").filter(|(kind, _)| kind.starts_with("brokerage"))?;
    let named = |known: &BrokerageRole| format!("{known:?}").to_lowercase() == role;
    let role = BrokerageRole::ALL.iter().position(named).expect("a known role");
    let found = brokerage(&case.unweighted, &case.groups);
    let by_chance = |of: fn(&Expected) -> f64| {
        let of_group = |group: &Option<u32>| Some(of(&found.by_chance[(*group)? as usize].as_ref()?[role]));
        case.groups.iter().map(of_group).collect()
    };
    Some(match kind {
        "brokerage" => found.counts.iter().map(|counts| Some(counts.as_ref()?[role] as f64)).collect(),
        "brokerage by chance" => by_chance(|expected| expected.mean),
        "brokerage deviation" => by_chance(|expected| expected.standard_deviation),
        _ => panic!("{measure} is not known"),
    })
}

/// What we say of a measure.
fn ours(case: &Case, measure: &str) -> Vec<Option<f64>> {
    if let Some(found) = brokered(case, measure).or_else(|| by_length(case, measure)) {
        return found;
    }
    let holes = |graph| structural_holes(graph).expect("small weights");
    let graph = &case.unweighted;
    let Cuts { bridges, .. } = cuts(graph);
    let options = PageRankOptions { max_iterations: 10_000, tolerance: 1e-14, ..PageRankOptions::default() };
    let kind = |name: &str| if name == "out" { DegreeKind::Out } else { DegreeKind::In };
    let one = |value: Option<f64>| vec![value];
    match measure {
        "degrees" => large(degrees(graph)),
        "in-degrees" => each(in_degrees(graph)),
        "out-degrees" => each(out_degrees(graph)),
        "strengths" => each(strengths(&case.weighted)),
        "weak-components" => each(weak_components(graph).labels),
        "strong-components" => each(strong_components(graph).labels),
        "core-numbers" => each(core_numbers(graph)),
        "triangles" => large(triangles(graph).counts),
        "clustering" => triangles(graph).local_clustering(),
        "clustering, undefined as 0" => or_zero(triangles(graph).local_clustering()),
        "transitivity" => one(triangles(graph).transitivity()),
        "pagerank" => each(pagerank(graph, options).scores),
        "pagerank by weight" => each(pagerank(&case.weighted, options).scores),
        "betweenness" => each(betweenness(graph).expect("countable paths")),
        "closeness" => closeness(graph),
        "closeness unscaled" => unscaled(graph, closeness(graph)),
        "closeness, undefined as 0" => or_zero(closeness(graph)),
        "harmonic" => each(harmonic_closeness(graph)),
        "distances from 0" => {
            distances_from(graph, 0).into_iter().map(|distance| distance.map(f64::from)).collect()
        }
        "constraint" => holes(graph).constraint,
        "constraint by weight" => holes(&case.weighted).constraint,
        "effective-size" => holes(graph).effective_size,
        "effective-size by weight" => holes(&case.weighted).effective_size,
        "reciprocity" => one(reciprocity(graph).share),
        "rho" => one(reciprocity(graph).rho),
        "bridges" => each(bridges.into_iter().flat_map(|(u, v)| [u, v]).collect()),
        "cut-points" => each(cuts(graph).cut_points()),
        "assortativity by group" => {
            one(categorical_assortativity(graph, &case.groups, EdgeCount::Each).coefficient)
        }
        "assortativity by number" => {
            one(numeric_assortativity(graph, &case.numbers, &case.numbers, EdgeCount::Each).coefficient)
        }
        "ei-index" => one(ei_index(graph, &case.groups).network.index()),
        "gini of degrees" => one(gini(&degrees(graph).iter().map(|&k| k as f64).collect::<Vec<_>>())),
        "gini of strengths" => one(gini(&strengths(&case.weighted))),
        "betweenness-centralisation" => one(betweenness_centralisation(graph).expect("countable paths")),
        "closeness-centralisation" => one(closeness_centralisation(graph)),
        "in-degree-centralisation" => one(degree_centralisation(graph, DegreeKind::In)),
        "out-degree-centralisation" => one(degree_centralisation(graph, DegreeKind::Out)),
        _ => {
            let pair = measure.strip_prefix("assortativity ").expect("a known measure");
            let (ends, of_strengths) = match pair.strip_suffix(" of strengths") {
                Some(ends) => (ends, true),
                None => (pair, false),
            };
            let (source, target) = ends.split_once('-').expect("two ends");
            if of_strengths {
                let of = |name| {
                    each(if name == "out" {
                        out_strengths(&case.weighted)
                    } else {
                        in_strengths(&case.weighted)
                    })
                };
                one(numeric_assortativity(graph, &of(source), &of(target), EdgeCount::Each).coefficient)
            } else {
                one(degree_assortativity(graph, kind(source), kind(target), EdgeCount::Each).coefficient)
            }
        }
    }
}

#[test]
fn networkx_igraph_inequality_and_sna_say_the_same() {
    let cases = cases();
    assert_eq!(cases.len(), 6);
    let (mut n_compared, mut other) = (0, Vec::new());
    for row in PEERS.into_iter().flat_map(rows) {
        let [name, measure, package, values] = row[..] else { panic!("{row:?}") };
        let case = cases.iter().find(|case| case.name == name).expect("a known graph");
        let number = |value: &str| (value != "None").then(|| value.parse::<f64>().expect("a number"));
        let theirs: Vec<_> = values.split_whitespace().map(number).collect();
        let ours = ours(case, measure);
        let same = |a: &Option<f64>, b: &Option<f64>| {
            a.is_some() == b.is_some()
                && a.zip(*b).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0))
        };
        if ours.len() != theirs.len() || !ours.iter().zip(&theirs).all(|(a, b)| same(a, b)) {
            other.push(format!("{name}, {measure}: ours {ours:?}, {package} {theirs:?}"));
        }
        n_compared += 1;
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
    assert!(n_compared > 450, "{n_compared}");
}

#[test]
fn networkx_says_the_same_of_women_at_the_same_events() {
    let cases = cases();
    let case = |name: &str| cases.iter().find(|case| case.name == name).expect("a known graph");
    let (davis, women) = (&case("davis").weighted, &case("davis-women").weighted);
    let n_women = women.n_nodes();
    let n_events = davis.n_nodes() - n_women;
    let ties = (0..n_women)
        .flat_map(|woman| davis.out_neighbors(woman).iter().map(move |event| (woman, event - n_women)));
    let (sources, targets) = ties.unzip();
    let ties = EdgeColumns { sources, targets, weights: None };
    let network = TwoMode::from_columns(n_women as usize, n_events as usize, ties).expect("two modes");
    let shared = projection(&network, Mode::Actors, ProjectionWeights::Shared).expect("counts");
    assert_eq!(shared.n_edges(), women.n_edges());
    for u in 0..n_women {
        assert_eq!(shared.out_neighbors(u), women.out_neighbors(u));
        for &v in women.out_neighbors(u) {
            assert_eq!(shared.weight(u, v), women.weight(u, v), "{u} and {v}");
        }
    }
}
