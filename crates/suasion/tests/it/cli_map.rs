//! `suasion map` of networks as a user runs it: filters, another table of who may be named, files for other programs, and
//! what changed.

use crate::cli_support::Workspace;

const STRATEGY: &str = r#"
[strategy]
schema = 1
title = "The harbour: who speaks of it?"
principal = "NLD"
owner = "Culture department"
decision = "Whom to invite to the harbour"

[[dataset]]
id = "talk"
table = "interactions"
format = "csv"
path = "talk.csv"
columns = { time = "day", actor = "from", object_actor = "to", verb = "act", layer = "place", issue_keys = "tags" }
source = "Made up"
licence = "CC0-1.0"

[[dataset]]
id = "register"
table = "actors"
format = "csv"
path = "register.csv"
columns = { actor = "account", kind = "kind", name = "name", closeness = "closeness", source = "known_from" }
source = "Made up"
licence = "CC0-1.0"

[[issue]]
id = "harbour"
label = "The harbour"
keywords = ["harbour"]

[[network]]
id = "talk-of-it"
label = "Talk of the harbour"
dataset = "talk"
actors = "register"
"#;

/// Two marked hubs with those whom they speak to, who are nobody that may be named.
fn talk(n: usize) -> String {
    let mut text = "day,from,to,act,place,tags\n".to_string();
    for at in 1..=n {
        text.push_str(&format!("2024-03-01,agency,secret-reader-{at:02},mentions,radio,harbour\n"));
        text.push_str(&format!(
            "2024-04-02,embassy,secret-guest-{at:02},invites,post,harbour|secret-guest-01\n"
        ));
    }
    text + "2024-04-20,embassy,agency,mentions,post,festival\n"
}

const REGISTER: &str = "account,kind,name,closeness,known_from\nembassy,public-office,The embassy,state,Diplomatic list 2024\n\
                        agency,organisation,The \"travel\" agency & sons,independent,Register of companies\n\
                        secret-reader-01,person,Secret Somebody,independent,Their own page\n";

fn mapped() -> Workspace {
    let workspace = Workspace::empty();
    workspace.write("strategy.toml", STRATEGY);
    workspace.write("talk.csv", &talk(15));
    workspace.write("register.csv", REGISTER);
    workspace.run(&["ingest"]).exits(0);
    workspace
}

/// Whatever a run leaves for readers.
fn nobody_is_named(texts: &[String]) {
    for text in texts {
        assert!(!text.to_lowercase().contains("secret"), "{text}");
    }
}

#[test]
fn whatever_is_printed_written_or_exported_names_nobody_who_is_not_marked() {
    let workspace = mapped();
    let text = workspace.run(&["map"]).exits(0).out;
    let json = workspace.run(&["map", "--format", "json"]).exits(0).out;
    workspace.run(&["map", "--export", "talk.gexf"]).exits(0);
    workspace.run(&["map", "--export", "talk.csv.CSV"]).exits(0);
    workspace.run(&["run"]).exits(0);
    let files = [
        "talk.gexf",
        "talk.csv.CSV",
        "talk.csv.ties.csv",
        ".suasion/findings.json",
        ".suasion/brief.md",
        ".suasion/brief.html",
    ];
    let mut texts: Vec<String> = files.iter().map(|file| workspace.read(file)).collect();
    for text in &texts[..2] {
        assert!(text.contains("The embassy") && text.contains("agency"), "{text}");
    }
    assert!(texts[0].contains("&amp; sons"));
    texts.extend([text, json]);
    nobody_is_named(&texts);
}

#[test]
fn filters_leave_what_they_say_beside_the_whole() {
    let workspace = mapped();
    let numbers = |arguments: &[&str]| {
        let mut all = vec!["map", "--format", "json"];
        all.extend(arguments);
        let findings = workspace.run(&all).exits(0).json();
        let found = findings["findings"].as_array().expect("findings").clone();
        assert_eq!(found.len(), 1);
        found[0]["numbers"]
            .as_array()
            .expect("numbers")
            .iter()
            .find(|one| one["id"] == "interactions")
            .map(|one| one["value"].clone())
    };
    assert_eq!(numbers(&[]), Some(31.0.into()));
    assert_eq!(numbers(&["--filter", "layer=radio"]), Some(15.0.into()));
    assert_eq!(numbers(&["--filter", "from=2024-04", "--filter", "verb=invites"]), Some(15.0.into()));
    assert_eq!(numbers(&["--filter", "until=2024-03"]), Some(15.0.into()));
    // What has another tag is of two marked actors alone, and may be told.
    assert_eq!(numbers(&["--filter", "issue=harbour", "--filter", "network=talk-of-it"]), Some(30.0.into()));
    for (filter, why) in [
        ("colour=red", "its keys are"),
        ("from=last year", "periods are written"),
        ("network=other", "no network `other`"),
        ("issue=tea", "no issue `tea`"),
    ] {
        let ran = workspace.run(&["map", "--filter", filter]).exits(2);
        assert!(ran.err.contains(why), "{filter}: {}", ran.err);
    }
}

#[test]
fn a_node_table_says_who_may_be_named() {
    let workspace = mapped();
    workspace.write("other.csv", "actor,kind,source\nembassy,person,list\nagency,organisation,register\n");
    let json = workspace.run(&["map", "--format", "json", "--node-table", "other.csv"]).exits(0).json();
    let numbers = json["findings"][0]["numbers"].as_array().expect("numbers");
    let named = numbers.iter().find(|one| one["id"] == "named").map(|one| one["value"].clone());
    assert_eq!(named, Some(1.0.into()));
    let text = json.to_string();
    assert!(!text.contains("mbassy") && !text.contains(workspace.path().to_str().expect("a path")));
    workspace.write("bad.csv", "account,kind,source\nembassy,organisation,list\n");
    let ran = workspace.run(&["map", "--node-table", "bad.csv"]).exits(2);
    assert!(ran.err.contains("no `actor`"), "{}", ran.err);
    workspace.run(&["map", "--node-table", "gone.csv"]).exits(2);
}

#[test]
fn what_changed_is_said_and_small_changes_of_counts_are_not_told() {
    let workspace = mapped();
    let before = workspace.run(&["map", "--format", "json"]).exits(0).out;
    workspace.write("before.json", &before);
    assert_eq!(workspace.run(&["map", "--compare", "before.json"]).exits(0).out, "Nothing changed.\n");
    workspace.write("talk.csv", &talk(40));
    workspace.run(&["ingest"]).exits(0);
    let compared = || workspace.run(&["map", "--compare", "before.json"]).exits(0).out.replace('\u{a0}', " ");
    let more = compared();
    assert!(more.contains("Interactions: 31 interactions → 81 interactions (noise not known)"), "{more}");
    workspace.write("talk.csv", &talk(17));
    workspace.run(&["ingest"]).exits(0);
    let few = compared();
    assert!(few.contains("Interactions: 35 interactions, within nine of what it was"), "{few}");
    assert!(!few.contains("31 interactions"), "{few}");
    let json = workspace.run(&["map", "--compare", "before.json", "--format", "json"]).exits(0).json();
    let changes = json.as_array().expect("changes");
    assert!(changes.iter().any(|change| change["noise"] == "few" && change["before"].is_null()), "{json}");
    for (name, text) in [("none.json", "{}"), ("bad.json", "no JSON")] {
        workspace.write(name, text);
        workspace.run(&["map", "--compare", name]).exits(2);
    }
}

#[test]
fn an_export_that_cannot_be_is_refused_before_anything_is_computed() {
    let workspace = mapped();
    let ran = workspace.run(&["map", "--export", "talk.doc"]).exits(2);
    assert!(ran.err.contains(".gexf or .csv"), "{}", ran.err);
    workspace.write("talk.csv", "day,from,to,act,place,tags\n2024-03-01,agency,embassy,mentions,radio,harbour\n2024-03-01,a,embassy,mentions,radio,harbour\n");
    workspace.run(&["ingest"]).exits(0);
    let ran = workspace.run(&["map", "--export", "talk.gexf"]).exits(2);
    assert!(ran.err.contains("no network could be described"), "{}", ran.err);
}
