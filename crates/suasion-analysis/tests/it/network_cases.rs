//! Networks of the worked cases, from the data where they stand. Accounts are numbered on the way in: whatever the file
//! calls them, nobody is named.

use std::collections::BTreeMap;
use std::path::PathBuf;

use suasion_analysis::{answer, plan};
use suasion_model::finding::{FigureData, Finding, Question};
use suasion_model::plan::{Inputs, Table};
use suasion_model::table::{Interaction, Interactions, Origin};
use suasion_model::{Period, Standing};

use crate::evidence::{strategy, value};

/// The folder `../shared`, where the tests are given it.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SUASION_SHARED").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUASION_SHARED is not set");
    }
    folder
}

/// The interactions of the sub-samples hk and hk2.
fn hong_kong() -> Option<Vec<Interaction>> {
    let path = shared()?.join("data/cases/issue-network-hk/interactions_pseudonymised.csv");
    let text = std::fs::read_to_string(path).expect("the interactions");
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |name: &str| {
        let next = numbers.len();
        format!("account-{}", numbers.entry(name.to_string()).or_insert(next))
    };
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [time, from, to, kind, _, tags, language, sample] = cells[..] else { panic!("eight fields") };
        if !matches!(sample, "hk" | "hk2") {
            continue;
        }
        let said = |text: &str| (!text.is_empty()).then(|| text.to_string());
        rows.push(Interaction {
            time: i64::from(Period::parse(&time[..10]).expect("a day").days_since_epoch()) * 86_400_000_000,
            actor: number(from),
            verb: kind.to_string(),
            object_actor: Some(number(to)),
            issue_keys: said(tags),
            layer: Some(kind.to_string()),
            language: said(language),
            weight: 1.0,
        });
    }
    Some(rows)
}

const STRATEGY: &str = r#"
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
columns = { time = "t", actor = "a", verb = "v", object_actor = "o" }
source = "made"
licence = "CC0-1.0"

[[network]]
id = "n"
dataset = "talk"
"#;

fn map(more: &str, rows: &[Interaction]) -> Finding {
    let strategy = strategy(&format!("{STRATEGY}{more}"));
    let mut inputs = Inputs::default();
    for request in plan(&strategy, &Standing::default(), &[Question::Map]) {
        let origin = Origin {
            dataset: request.dataset.clone(),
            table: "t".to_string(),
            version: 0,
            digest: String::new(),
            rows: rows.len() as u64,
        };
        inputs.insert(request, Table::Interactions(Interactions { rows: rows.to_vec(), origin }));
    }
    answer(&strategy, &Standing::default(), &inputs, &[Question::Map]).findings.remove(0)
}

/// Numbers of the first look (../shared/domain/cases.md). It also found that one account bridges most, and one more than
/// its ties would have it; which, is nobody's business here: nobody in the file may be named.
#[test]
fn shared_network_of_hong_kong_is_what_a_first_look_found() {
    let Some(rows) = hong_kong() else { return };
    let mut n_communities = Vec::new();
    for seed in 0..5 {
        let finding = map(&format!("seed = {seed}\n"), &rows);
        assert_eq!(value(&finding, "interactions"), 9285.0);
        assert_eq!(value(&finding, "actors"), 2719.0);
        assert_eq!(value(&finding, "ties"), 4565.0);
        assert!((value(&finding, "modularity") - 0.70).abs() < 0.02, "{}", value(&finding, "modularity"));
        n_communities.push(value(&finding, "communities"));
        let n_found = value(&finding, "found-communities");
        assert!((5.0..=9.0).contains(&n_found), "{n_found} are more stable than by chance");
        let text = serde_json::to_string(&finding).expect("JSON");
        assert!(!text.contains("account-"), "nobody is named");
        let FigureData::Network { communities, actors, .. } = &finding.figures[0].data else {
            panic!("a network")
        };
        assert!(actors.is_empty());
        assert!(communities.iter().all(|community| community.n_actors >= 10));
    }
    assert!(n_communities.iter().all(|n| (15.0..=19.0).contains(n)), "{n_communities:?}");
}
