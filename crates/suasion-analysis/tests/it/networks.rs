//! Networks: communities and bridges by hand, under the rule that nobody is profiled, and the same whatever the order.

use suasion_analysis::{answer, plan};
use suasion_model::finding::{
    Bridge, CheckOutcome, FigureData, Finding, PLAIN_WORDS, Question, Verdict, words,
};
use suasion_model::plan::{Inputs, Select, Table};
use suasion_model::table::{Actor, Actors, Interaction, Interactions, Origin};
use suasion_model::{Period, Standing};

use crate::evidence::{strategy, value};
use crate::privacy::Random;

const STRATEGY: &str = r##"
[strategy]
schema = 1
title = "T"
principal = "P"
owner = "O"
decision = "Go on or stop"

[[dataset]]
id = "talk"
table = "interactions"
format = "csv"
path = "talk.csv"
columns = { time = "t", actor = "a", verb = "v", object_actor = "o", issue_keys = "k", layer = "l", language = "g" }
source = "made"
licence = "CC0-1.0"

[[dataset]]
id = "register"
table = "actors"
format = "csv"
path = "register.csv"
columns = { actor = "a", kind = "k", name = "n", closeness = "c", source = "s" }
source = "made"
licence = "CC0-1.0"

[[voice]]
id = "ministry"
name = "Ministry"
closeness = "state"
disclosed = true

[[issue]]
id = "tea"
label = "Tea"
keywords = ["#Tea"]
"##;

const NETWORK: &str =
    "[[network]]\nid = \"n\"\nlabel = \"Talk of tea\"\ndataset = \"talk\"\nactors = \"register\"\n";

fn day(text: &str) -> i64 {
    i64::from(Period::parse(text).expect("a day").days_since_epoch()) * 86_400_000_000
}

/// An act on a day, with a layer and tags.
fn act(when: &str, from: &str, to: &str, layer: &str, tags: &str) -> Interaction {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_string());
    Interaction {
        time: day(when),
        actor: from.to_string(),
        verb: "says".to_string(),
        object_actor: said(to),
        issue_keys: said(tags),
        layer: said(layer),
        language: said("en"),
        weight: 1.0,
    }
}

fn known(actor: &str, kind: &str, closeness: &str, source: &str) -> Actor {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_string());
    Actor {
        actor: actor.to_string(),
        kind: said(kind),
        name: None,
        closeness: said(closeness),
        language: None,
        country: None,
        source: said(source),
    }
}

/// Answers a strategy with these networks.
fn map_all(networks: &str, rows: &[Interaction], actors: &[Actor]) -> Vec<Finding> {
    let strategy = strategy(&format!("{STRATEGY}\n{networks}"));
    let mut inputs = Inputs::default();
    for request in plan(&strategy, &Standing::default(), &[Question::Map]) {
        let origin = Origin {
            dataset: request.dataset.clone(),
            table: "t".to_string(),
            version: 0,
            digest: String::new(),
            rows: rows.len() as u64,
        };
        let table = match request.select {
            Select::Interactions => Table::Interactions(Interactions { rows: rows.to_vec(), origin }),
            _ => Table::Actors(Actors { rows: actors.to_vec(), origin }),
        };
        inputs.insert(request, table);
    }
    answer(&strategy, &Standing::default(), &inputs, &[Question::Map]).findings
}

fn map(more: &str, rows: &[Interaction], actors: &[Actor]) -> Finding {
    map_all(&format!("{NETWORK}{more}"), rows, actors).remove(0)
}

/// Everybody of a circle says something to the next `reach` of it.
fn circle(name: &str, n: usize, reach: usize, layer: &str, tags: &str) -> Vec<Interaction> {
    let who = |at: usize| format!("{name}-{:02}", at % n);
    (0..n)
        .flat_map(|at| (1..=reach).map(move |step| (at, at + step)))
        .map(|(from, to)| act("2012-01-05", &who(from), &who(to), layer, tags))
        .collect()
}

/// Two circles of twelve, three of four, and an embassy and a ministry that tie the larger ones.
fn circles() -> Vec<Interaction> {
    let mut rows = circle("alpha", 12, 4, "posts", "tea|alphabet");
    rows.extend(circle("beta", 12, 4, "letters", "tea"));
    for name in ["gamma", "gimel", "gaf"] {
        rows.extend(circle(name, 4, 3, "posts", "tea|gammatag"));
    }
    for at in 0..11 {
        rows.push(act("2012-01-06", "embassy", &format!("alpha-{at:02}"), "posts", "tea"));
        rows.push(act("2012-01-06", "embassy", &format!("beta-{at:02}"), "letters", "tea"));
        rows.push(act("2012-01-07", "ministry", &format!("alpha-{at:02}"), "posts", ""));
    }
    rows
}

fn register() -> Vec<Actor> {
    vec![
        known("embassy", "public-office", "", "Diplomatic list 2012"),
        known("ministry", "public-office", "", "State almanac 2012"),
        known("alpha-01", "person", "independent", "Somebody said so"),
        known("alpha-02", "organisation", "independent", " "),
    ]
}

struct Network<'f> {
    communities: &'f [suasion_model::finding::NetworkCommunity],
    actors: &'f [suasion_model::finding::NetworkActor],
}

fn network(finding: &Finding) -> Network<'_> {
    let FigureData::Network { communities, actors, .. } = &finding.figures[0].data else {
        panic!("no network: {}", finding.statement)
    };
    Network { communities, actors }
}

fn bridges(finding: &Finding) -> (&[Bridge], &[suasion_model::finding::BridgeGroup]) {
    let bridges = finding.figures.iter().find_map(|figure| match &figure.data {
        FigureData::Bridges { actors, groups } => Some((&actors[..], &groups[..])),
        _ => None,
    });
    bridges.expect("bridges")
}

#[test]
fn circles_are_communities_and_the_embassy_bridges_them() {
    let finding = map("", &circles(), &register());
    assert_eq!(finding.verdict, Verdict::Descriptive);
    assert_eq!(value(&finding, "interactions"), circles().len() as f64);
    assert_eq!((value(&finding, "actors"), value(&finding, "named")), (38.0, 2.0));
    assert_eq!(value(&finding, "communities"), 2.0);
    let seen = network(&finding);
    // Each circle of four is too small to be shown; together they are twelve.
    let sizes: Vec<_> =
        seen.communities.iter().map(|one| (one.n_actors - one.n_named, one.is_rest)).collect();
    assert_eq!(sizes, [(12, false), (12, false), (12, true)]);
    for community in seen.communities {
        let unnamed = community.n_actors - community.n_named;
        assert!(unnamed == 0 || unnamed >= 10, "{community:?}");
    }
    let (named, groups) = bridges(&finding);
    assert_eq!(named[0].name, "embassy");
    assert_eq!((named[0].rank.first, named[1].rank.first), (1, 2));
    assert!(groups.iter().all(|group| group.n_actors >= 10), "{groups:?}");
    let outcomes: Vec<_> = finding.checks.iter().map(|check| (check.id.as_str(), check.outcome)).collect();
    assert_eq!(outcomes, [("stability", CheckOutcome::Passed), ("bridges", CheckOutcome::NotRun)]);
    assert_eq!(value(&finding, "found-communities"), value(&finding, "communities"));
    assert!(finding.statement.contains("embassy lies between most others"), "{}", finding.statement);
}

/// A voice of the ministry's name is part of the state; nobody says how close the embassy is.
#[test]
fn what_runs_through_the_state_is_what_its_voices_have_part_in() {
    let rows = circles();
    let finding = map("", &rows, &register());
    let share = 100.0 * 11.0 / rows.len() as f64;
    assert!((value(&finding, "interactions-state") - share).abs() < 1e-9);
    assert!((value(&finding, "largest") - 100.0 * 26.0 / 38.0).abs() < 1e-9);
    assert!((value(&finding, "largest-without-state") - 100.0 * 25.0 / 37.0).abs() < 1e-9);
    assert_eq!(value(&finding, "still-reached"), 100.0);
    assert!(
        finding
            .caveats
            .iter()
            .any(|caveat| caveat.contains("Nothing says how close to government 1 named actor is")),
        "{:?}",
        finding.caveats
    );
    let mut without = register();
    without.remove(1);
    let finding = map("", &rows, &without);
    assert!(finding.numbers.iter().all(|number| !number.id.contains("state")));
    assert!(finding.caveats.iter().any(|caveat| caveat.contains("not defined: none is named")));
}

/// One reader is tied to the ministry alone: without it, that one reader is cut off.
#[test]
fn one_who_would_be_cut_off_is_not_told_by_the_rest() {
    let mut rows = circle("alpha", 24, 8, "", "");
    rows.extend((0..12).map(|at| act("2012-01-07", "ministry", &format!("alpha-{at:02}"), "", "")));
    let reached = |rows: &[Interaction]| {
        let finding = map("", rows, &register());
        let ids = ["still-reached", "largest", "largest-without-state"];
        ids.map(|id| finding.numbers.iter().find(|number| number.id == id).map(|number| number.value))
    };
    assert_eq!(reached(&rows), [Some(100.0), Some(100.0), Some(100.0)]);
    rows.push(act("2012-01-07", "ministry", "omega", "", ""));
    assert_eq!(reached(&rows), [None, Some(100.0), None]);
}

#[test]
fn a_kind_without_a_source_and_a_source_without_a_kind_mark_nobody() {
    let finding = map("", &circles(), &register()[2..]);
    assert_eq!(value(&finding, "named"), 0.0);
    assert!(network(&finding).actors.is_empty());
    let without_table = NETWORK.replace("actors = \"register\"\n", "");
    let finding = map_all(&without_table, &circles(), &register()).remove(0);
    assert_eq!(value(&finding, "named"), 0.0);
}

#[test]
fn what_fewer_than_ten_speak_of_is_not_said() {
    let rows = circles();
    let text = serde_json::to_string(&map("", &rows, &register())).expect("JSON");
    assert!(text.contains("alphabet"), "twelve speak of it");
    assert!(!text.contains("gammatag"), "three speak of it");
    // A tag, a layer or a language may be somebody's name.
    let mut named = rows.clone();
    for row in &mut named {
        row.issue_keys = row.issue_keys.as_ref().map(|keys| keys.replace("alphabet", "#Alpha_03"));
        row.layer = row.layer.as_ref().map(|layer| layer.replace("letters", "ALPHA 04"));
    }
    let text = serde_json::to_string(&map("", &named, &register())).expect("JSON").to_lowercase();
    assert!(!text.contains("alpha_03") && !text.contains("alpha 04"), "{text}");
}

#[test]
fn shares_are_of_what_a_community_does() {
    let finding = map("", &circles(), &register());
    let Some(FigureData::Matrix { columns, rows }) = finding
        .figures
        .iter()
        .map(|figure| &figure.data)
        .find(|data| matches!(data, FigureData::Matrix { .. }))
    else {
        panic!("no matrix")
    };
    assert_eq!(columns, &["posts", "letters"]);
    let posts = |row: usize| rows[row].shares[0];
    assert_eq!((posts(0), posts(1), posts(2)), (Some(1.0), Some(11.0 / 70.0), Some(1.0)), "{rows:?}");
}

#[test]
fn a_network_of_few_is_not_described() {
    let few = circle("alpha", 9, 2, "posts", "");
    assert_eq!(map("", &few, &[]).verdict, Verdict::CannotTell);
    assert_eq!(map("", &circle("alpha", 10, 2, "posts", ""), &[]).verdict, Verdict::Descriptive);
    let offices: Vec<Actor> =
        (0..9).map(|at| known(&format!("alpha-{at:02}"), "public-office", "state", "list")).collect();
    let named = map("", &few, &offices);
    assert_eq!(named.verdict, Verdict::Descriptive);
    assert_eq!(network(&named).actors.len(), 9);
}

#[test]
fn input_without_a_network_says_why() {
    let alone: Vec<Interaction> =
        (0..20).map(|at| act("2012-01-01", &format!("a{at}"), "", "", "")).collect();
    let nobody = map("", &alone, &[]);
    assert!(nobody.statement.contains("nobody in it acts towards anybody else"), "{}", nobody.statement);
    let none = map("layers = [\"radio\"]\n", &circles(), &register());
    assert!(none.statement.contains("none of its interactions"), "{}", none.statement);
    assert_eq!(none.verdict, Verdict::CannotTell);
    let mut negative = circles();
    negative[0].weight = -1.0;
    let negative = map("", &negative, &register());
    assert!(negative.statement.contains("weights are zero or more"), "{}", negative.statement);
    assert_eq!(map("", &[], &register()).verdict, Verdict::CannotTell);
}

#[test]
fn rows_are_chosen_by_issue_layer_verb_and_time() {
    let rows = circles();
    let n = |more: &str| {
        map(more, &rows, &register())
            .numbers
            .iter()
            .find(|number| number.id == "interactions")
            .map(|number| number.value)
    };
    let tagged = rows.iter().filter(|row| row.issue_keys.is_some()).count();
    assert_eq!(n("issues = [\"tea\"]\n"), Some(tagged as f64));
    let posts = rows.iter().filter(|row| row.layer.as_deref() == Some("posts")).count();
    assert_eq!(n("layers = [\"posts\"]\n"), Some(posts as f64));
    let late = rows.iter().filter(|row| row.time >= day("2012-01-06")).count();
    assert_eq!(n("from = 2012-01-06\n"), Some(late as f64));
    let early = rows.iter().filter(|row| row.time < day("2012-01-07")).count();
    assert_eq!(n("until = 2012-01-06\n"), Some(early as f64));
    assert_eq!(n("verbs = [\"sings\"]\n"), None);
}

/// All but what two actors said: how much that is could be told from the rows of the dataset.
#[test]
fn what_is_left_out_is_not_told_by_what_is_not() {
    let mut rows = circles();
    let all = rows.len();
    for row in rows.iter_mut().filter(|row| row.actor == "gamma-01") {
        row.layer = Some("whispers".to_string());
    }
    let finding = map("layers = [\"posts\", \"letters\"]\n", &rows, &register());
    assert!(finding.numbers.iter().all(|number| number.id != "interactions" && number.id != "ties"), "{all}");
    assert!(
        finding.caveats.iter().any(|caveat| caveat.starts_with("How many interactions")),
        "{:?}",
        finding.caveats
    );
    // Nor do two networks of one dataset tell it.
    let two = format!("{NETWORK}\n{}layers = [\"posts\", \"letters\"]\n", NETWORK.replace("\"n\"", "\"m\""));
    let both = map_all(&two, &rows, &register());
    assert!(both[0].numbers.iter().any(|number| number.id == "interactions"));
    assert!(both[1].numbers.iter().all(|number| number.id != "interactions"));
}

/// Alpha falls into two halves, and beta stays; those who come are counted.
#[test]
fn communities_split_and_newcomers_come() {
    let at = |when: &str, rows: Vec<Interaction>| -> Vec<Interaction> {
        rows.into_iter().map(|row| Interaction { time: day(when), ..row }).collect()
    };
    let half = |name: &str, from: usize| -> Vec<Interaction> {
        let who = |at: usize| format!("{name}-{:02}", from + at % 12);
        (0..12)
            .flat_map(|at| (1..=5).map(move |step| (at, at + step)))
            .map(|(a, b)| act("2013-01-01", &who(a), &who(b), "", ""))
            .collect()
    };
    let mut rows = at("2012-03-01", circle("alpha", 24, 23, "", ""));
    rows.extend(at("2012-03-01", circle("beta", 12, 5, "", "")));
    rows.extend(at("2013-03-01", half("alpha", 0)));
    rows.extend(at("2013-03-01", half("alpha", 12)));
    rows.extend(at("2013-03-01", circle("beta", 12, 5, "", "")));
    rows.extend(at("2013-03-01", circle("delta", 12, 5, "", "")));
    let finding = map("windows = \"year\"\n", &rows, &[]);
    let Some(FigureData::Change { windows, blocks, flows, steps }) = finding
        .figures
        .iter()
        .map(|figure| &figure.data)
        .find(|data| matches!(data, FigureData::Change { .. }))
    else {
        panic!("no change: {:?}", finding.caveats)
    };
    assert_eq!(windows, &["2012", "2013"]);
    let [step] = &steps[..] else { panic!("{steps:?}") };
    assert_eq!((step.births, step.splits, step.merges, step.deaths), (1, 1, 0, 0));
    assert_eq!((step.gone, step.new, step.elsewhere), (Some(0), Some(12), None));
    assert_eq!(flows.iter().map(|flow| flow.n_actors).collect::<Vec<_>>(), [12, 12, 12]);
    assert_eq!(blocks.iter().filter(|block| block.window == 0).map(|block| block.n_actors).sum::<u32>(), 36);
    assert!((value(&finding, "entrants") - 25.0).abs() < 1e-9);
    let one = map("windows = \"year\"\n", &circles(), &register());
    assert!(one.caveats.iter().any(|caveat| caveat.contains("within one window")), "{:?}", one.caveats);
}

#[test]
fn who_is_level_shares_a_rank() {
    // Two stars with a marked centre each, tied by nobody.
    let mut rows = Vec::new();
    for (centre, name) in [("hub-a", "a"), ("hub-b", "b")] {
        rows.extend((0..12).map(|at| act("2012-01-01", centre, &format!("{name}-{at:02}"), "", "")));
    }
    let hubs = [
        known("hub-a", "organisation", "state", "list"),
        known("hub-b", "organisation", "independent", "list"),
    ];
    let finding = map("", &rows, &hubs);
    let (named, _) = bridges(&finding);
    for bridge in named {
        assert_eq!((bridge.rank.first, bridge.rank.last), (1, 2), "{bridge:?}");
        assert_eq!((bridge.popularity_rank.first, bridge.popularity_rank.last), (1, 2), "{bridge:?}");
    }
    assert!(
        finding.statement.contains("hub-a and hub-b lie between most others, level"),
        "{}",
        finding.statement
    );
    // Of the 23 others, twelve can still reach nobody without the state's hub.
    let still = 66.0 + 12.0;
    assert!((value(&finding, "still-reached") - 100.0 * still / (66.0 + still)).abs() < 1e-9);
}

/// A network that may hold anything: communities of any size, hubs, layers of few, tags that are names, windows.
fn random_network(random: &mut Random) -> (Vec<Interaction>, Vec<Actor>) {
    let n = 12 + random.below(50) as usize;
    let n_groups = 1 + random.below(6) as usize;
    let n_marked = random.below(8) as usize;
    let name = |at: usize| if at < n_marked { format!("office-{at}") } else { format!("Secret_{at:03}") };
    let mut rows = Vec::new();
    for _ in 0..n * 4 {
        let from = random.below(n as u64) as usize;
        let near = random.below(10) > 0;
        let mut to = random.below(n as u64) as usize;
        if near {
            to = to - to % n_groups + from % n_groups;
        }
        let from = if random.below(6) == 0 { random.below(3) as usize } else { from };
        let month = 1 + random.below(3);
        let layer =
            ["posts", "letters", "radio", "Secret 009"][(random.below(12) / 4 + random.below(2)) as usize];
        let tag = match random.below(8) {
            0 => format!("#{}", name(random.below(n as u64) as usize)),
            1 => "rare".to_string(),
            _ => format!("tag{}", from % n_groups),
        };
        let towards = if random.below(9) == 0 { String::new() } else { name(to.min(n - 1)) };
        rows.push(act(&format!("2012-{month:02}-01"), &name(from), &towards, layer, &tag));
    }
    let closeness = ["state", "arms-length", "independent", ""];
    let marked = (0..n_marked).map(|at| known(&name(at), "organisation", closeness[at % 4], "list"));
    let unmarked = (n_marked..n).step_by(3).map(|at| known(&name(at), "blog", "state", "list"));
    (rows, marked.chain(unmarked).collect())
}

fn is_safe(n_unnamed: u32) -> bool {
    n_unnamed == 0 || n_unnamed >= 10
}

#[test]
fn nobody_who_is_not_marked_is_named_or_alone_in_anything() {
    let mut random = Random(0xFACE);
    let (mut described, mut rests, mut hidden_shares, mut changes) = (0, 0, 0, 0);
    for _ in 0..150 {
        let (rows, actors) = random_network(&mut random);
        let finding = map("windows = \"month\"\n", &rows, &actors);
        let text = serde_json::to_string(&finding).expect("JSON").to_lowercase();
        assert!(!text.contains("secret"), "{text}");
        for (_, sentence) in finding.plain.sentences() {
            assert!(words(sentence) <= PLAIN_WORDS, "{sentence}");
        }
        if finding.verdict != Verdict::Descriptive {
            continue;
        }
        described += 1;
        let seen = network(&finding);
        let all: u32 = seen.communities.iter().map(|community| community.n_actors).sum();
        assert_eq!(f64::from(all), value(&finding, "actors"));
        for community in seen.communities {
            assert!(is_safe(community.n_actors - community.n_named), "{community:?}");
            rests += usize::from(community.is_rest);
            hidden_shares += usize::from(!community.is_rest && community.internal_share.is_none());
        }
        let (_, groups) = bridges(&finding);
        assert!(groups.iter().all(|group| group.n_actors >= 10), "{groups:?}");
        let unnamed: u32 = groups.iter().map(|group| group.n_actors).sum();
        let named: u32 = seen.communities.iter().map(|community| community.n_named).sum();
        assert!(unnamed == 0 || unnamed + named == all, "{groups:?}");
        for figure in &finding.figures {
            if let FigureData::Change { flows, steps, .. } = &figure.data {
                changes += 1;
                // Marked actors are at most eight: of fewer than ten beside them, none would be shown.
                for n in flows
                    .iter()
                    .map(|flow| flow.n_actors)
                    .chain(steps.iter().filter_map(|step| step.elsewhere))
                {
                    assert!(n >= 10 || n <= 7, "{n} of at most seven marked actors");
                }
            }
        }
    }
    assert!(
        described > 100 && rests > 20 && hidden_shares > 20 && changes > 20,
        "{described} {rests} {hidden_shares} {changes}"
    );
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut random = Random(0xC0DE);
    for _ in 0..10 {
        let (mut rows, mut actors) = random_network(&mut random);
        let before = serde_json::to_string(&map("windows = \"month\"\n", &rows, &actors)).expect("JSON");
        for at in (1..rows.len()).rev() {
            rows.swap(at, random.below(at as u64 + 1) as usize);
        }
        actors.reverse();
        assert_eq!(
            serde_json::to_string(&map("windows = \"month\"\n", &rows, &actors)).expect("JSON"),
            before
        );
    }
}
