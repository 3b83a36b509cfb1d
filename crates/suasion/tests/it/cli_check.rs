//! What `check`, `explain` and `init` do for a strategy, and what the other commands make of its errors.

use crate::cli_support::Workspace;

#[test]
fn an_error_withholds_what_rests_on_it_and_nothing_else() {
    let workspace = Workspace::full();
    workspace.edit("smallest_effect = \"5 %\"", "smallest_effect = \"much\"");
    let ran = workspace.run(&["run", "--format", "json"]).exits(1);
    assert!(ran.err.contains("error[bad-value]"), "{}", ran.err);
    let findings = ran.json()["findings"].clone();
    assert_eq!(findings[0]["verdict"], "withheld");
    assert!(findings[0]["statement"].as_str().is_some_and(|text| text.contains("`bad-value`")), "{findings}");
    assert_eq!(findings[0]["numbers"], serde_json::json!([]));
    assert_eq!(findings[1]["verdict"], "descriptive", "the corridor does not rest on the objective");
    assert!(workspace.read(".suasion/brief.md").contains("bad-value"));
    // What could not be read carries nothing, also where the strategy lives with it.
    let allowed =
        workspace.read("strategy.toml") + "\n[[allow]]\ncode = \"bad-value\"\nreason = \"To be mended\"\n";
    workspace.write("strategy.toml", &allowed);
    workspace.run(&["check"]).exits(0);
    let findings = workspace.run(&["run", "--format", "json"]).exits(0).json()["findings"].clone();
    assert_eq!(findings[0]["verdict"], "withheld");
}

#[test]
fn an_error_in_the_head_or_outside_sections_stops_everything() {
    let workspace = Workspace::full();
    workspace.edit("schema = 1", "schema = 2");
    let ran = workspace.run(&["run", "--format", "json"]).exits(1);
    assert_eq!(ran.json()["diagnostics"][0]["code"], "unknown-schema", "JSON readers get JSON");
    assert!(ran.err.contains("while `unknown-schema` stands in `[strategy]`"), "{}", ran.err);
    assert!(!workspace.has(".suasion"));
}

#[test]
fn a_dataset_in_error_is_not_brought_in_and_the_others_are() {
    let workspace = Workspace::full();
    workspace.edit("licence = \"CC-BY-4.0\"", "licence = \"unknown\"");
    let ran = workspace.run(&["ingest"]).exits(1);
    assert!(ran.err.contains("error[no-terms]"), "{}", ran.err);
    assert!(ran.out.contains("visits: not brought in; the strategy is in error: no-terms"), "{}", ran.out);
    assert!(ran.out.contains("flows: brought in"), "{}", ran.out);
}

#[test]
fn an_election_is_never_steered() {
    let workspace = Workspace::full();
    workspace.edit(
        "statement = \"More people visit because of the festival\"",
        "statement = \"Help the friendly party win the election\"",
    );
    let allow = "\n[[allow]]\ncode = \"electoral-objective\"\nreason = \"We may\"\n";
    for more in ["", allow] {
        let strategy = workspace.read("strategy.toml");
        workspace.write("strategy.toml", &(strategy + more));
        for command in ["check", "run", "ingest", "measure", "map"] {
            let ran = workspace.run(&[command]).exits(2);
            assert!((ran.out + &ran.err).contains("error[electoral-objective]"), "{command}");
        }
    }
    assert!(!workspace.has(".suasion"));
}

#[test]
fn warnings_are_counted_and_stop_nothing() {
    let workspace = Workspace::full();
    workspace.edit("serves = [\"visitors\"]", "serves = []");
    let checked = workspace.run(&["check"]).exits(0);
    assert!(checked.out.contains("warning[idle-initiative]"), "{}", checked.out);
    assert!(!checked.out.contains("error"), "{}", checked.out);
    workspace.run(&["check", "--deny", "warnings"]).exits(1);
    let ran = workspace.run(&["run", "--format", "json"]).exits(0);
    assert!(ran.err.contains("strategy.toml: 2 warnings; `suasion check` shows what"), "{}", ran.err);
    assert!(ran.json()["findings"].is_array(), "warnings stay out of the findings");
    assert!(workspace.has(".suasion/brief.html"));
}

#[test]
fn what_has_one_right_answer_is_shown_and_then_mended() {
    let workspace = Workspace::started();
    workspace.edit("horizon = 2024", "horizont = 2024");
    workspace.edit("dataset = \"visits\"", "dataset = \"vists\"");
    let before = workspace.read("strategy.toml");
    let shown = workspace.run(&["check", "--fix"]).exits(1);
    assert!(shown.err.contains("-horizont = 2024"), "{}", shown.err);
    assert!(shown.err.contains("+dataset = \"visits\""), "{}", shown.err);
    assert!(shown.err.contains("`--fix --yes` writes the 2 changes"), "{}", shown.err);
    assert_eq!(workspace.read("strategy.toml"), before, "nothing is written unasked");
    let mended = workspace.run(&["check", "--fix", "--yes"]).exits(0);
    assert!(mended.err.contains("wrote 2 changes to strategy.toml"), "{}", mended.err);
    assert!(workspace.read("strategy.toml").contains("\nhorizon = 2024"));
    assert!(workspace.run(&["check", "--fix"]).exits(0).err.contains("nothing here has one right answer"));
}

#[test]
fn what_shows_only_in_the_mended_text_is_mended_in_the_same_go() {
    let workspace = Workspace::started();
    workspace.edit("dataset = \"visits\"", "datasett = \"vists\"");
    let shown = workspace.run(&["check", "--fix"]).exits(1);
    assert!(shown.err.contains("-datasett = \"vists\"\n+dataset = \"visits\"\n"), "{}", shown.err);
    assert_eq!(shown.err.matches("--- strategy.toml").count(), 1, "{}", shown.err);
    assert!(shown.err.contains("`--fix --yes` writes the 2 changes"), "{}", shown.err);
    workspace.run(&["check", "--fix", "--yes"]).exits(0);
    assert!(workspace.read("strategy.toml").contains("\ndataset = \"visits\""));
}

#[cfg(unix)]
#[test]
fn what_is_mended_stays_whose_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = Workspace::started();
    workspace.edit("horizon = 2024", "horizont = 2024");
    let path = workspace.path();
    std::fs::rename(path.join("strategy.toml"), path.join("ours.toml")).expect("renamed");
    std::os::unix::fs::symlink("ours.toml", path.join("strategy.toml")).expect("linked");
    let mode = |mode| std::fs::set_permissions(path.join("ours.toml"), std::fs::Permissions::from_mode(mode));
    mode(0o640).expect("set");
    workspace.run(&["check", "--fix", "--yes", "-q"]).exits(0);
    assert!(workspace.read("ours.toml").contains("\nhorizon = 2024"));
    let after = path.join("ours.toml").metadata().expect("there").permissions().mode();
    assert_eq!(after & 0o777, 0o640);
    workspace.write("ours.toml", &workspace.read("ours.toml").replace("horizon =", "horizont ="));
    mode(0o440).expect("set");
    assert!(workspace.run(&["check", "--fix", "--yes"]).exits(2).err.contains("it may not be written"));
}

#[test]
fn a_drawing_replaces_nothing_but_a_drawing() {
    let workspace = Workspace::full();
    for file in ["strategy.toml", "visits.csv"] {
        let before = workspace.read(file);
        let ran = workspace.run(&["check", "-q", &format!("--draw={file}")]).exits(2);
        assert!(ran.err.contains("it is there, and no drawing"), "{}", ran.err);
        assert_eq!(workspace.read(file), before);
    }
    workspace.run(&["check", "-q", "--draw=nowhere/a.svg"]).exits(2);
    assert!(!workspace.has("nowhere"));
    workspace.run(&["check", "-q", "--draw=a.svg"]).exits(0);
    workspace.run(&["check", "-q", "--draw=a.svg"]).exits(0);
}

#[test]
fn the_theory_of_change_is_drawn_where_it_is_asked_for() {
    let workspace = Workspace::started();
    workspace.run(&["init", "other", "--defaults"]).exits(0);
    let drawn = workspace.run(&["check", "other", "--draw"]).exits(0);
    assert!(drawn.err.contains("is in other/.suasion/theory-of-change.svg"), "{}", drawn.err);
    assert!(!workspace.has(".suasion"));
    let drawing = workspace.read("other/.suasion/theory-of-change.svg");
    workspace.run(&["check", "--draw=chain.svg", "other"]).exits(0);
    assert_eq!(workspace.read("chain.svg"), drawing);
    assert!(drawing.starts_with("<svg") && drawing.contains("Association"), "{drawing}");
}

#[test]
fn a_drawing_may_be_named_behind_a_space() {
    let workspace = Workspace::started();
    workspace.run(&["init", "other", "--defaults"]).exits(0);
    workspace.run(&["check", "--draw", "a.svg"]).exits(0);
    workspace.run(&["check", "other", "--draw", "b.svg"]).exits(0);
    workspace.run(&["check", "--draw", "c.svg", "other"]).exits(0);
    assert_eq!(workspace.read("b.svg"), workspace.read("c.svg"));
    assert_ne!(workspace.read("a.svg"), workspace.read("b.svg"));
    for arguments in [&["check", "--draw", "other", "other"][..], &["check", "other", "d.svg"]] {
        let ran = workspace.run(arguments).exits(2);
        assert!(ran.err.contains("`--draw=FILE`"), "{}", ran.err);
    }
    assert!(!workspace.has("d.svg"));
}

#[test]
fn what_was_not_asked_is_told_as_it_is() {
    let only = |workspace: &Workspace, command: &str| {
        workspace.run(&[command, "--format", "json"]).exits(0).json()["plain"]["answer"].clone()
    };
    let objectives = Workspace::started();
    assert_eq!(
        only(&objectives, "map"),
        "Nothing was mapped: the strategy names no corridor and no network."
    );
    let corridors = Workspace::full();
    let strategy = corridors.read("strategy.toml");
    let head = strategy.split("\n[[").next().expect("a head").to_string();
    let flows = &strategy[strategy.find("[[corridor]]").expect("a corridor")..];
    corridors.write("strategy.toml", &format!("{head}\n{flows}"));
    assert_eq!(only(&corridors, "measure"), "Nothing was judged: the strategy names no objective.");
}

#[test]
fn ids_in_a_hint_are_set_off() {
    let workspace = Workspace::started();
    workspace.edit("dataset = \"visits\"", "dataset = \"elsewhere\"");
    let ran = workspace.run(&["check"]).exits(1);
    assert!(ran.out.contains("use `visits`, or add a section `[[dataset]]`"), "{}", ran.out);
}

#[test]
fn every_code_can_be_explained() {
    let workspace = Workspace::empty();
    let all = workspace.run(&["explain"]).exits(0).out;
    for rule in suasion_model::rules::RULES {
        assert!(all.contains(rule.code), "{} is not listed", rule.code);
        let page = workspace.run(&["explain", rule.code]).exits(0).out;
        assert!(page.starts_with(rule.code) && page.contains("Mended:"), "{page}");
    }
    for rule in suasion_model::data_rules::DATA_RULES {
        assert!(all.contains(rule.code), "{} is not listed", rule.code);
        let page = workspace.run(&["explain", rule.code]).exits(0).out;
        assert!(page.starts_with(rule.code) && page.contains(rule.finds), "{page}");
        assert!(rule.example.is_none() || page.contains("Mended:"), "{page}");
    }
    for written in ["Boast", "BOAST", "error[boast]", "boast:"] {
        assert!(workspace.run(&["explain", written]).exits(0).out.starts_with("boast ("), "{written}");
    }
    for (unknown, near) in [("foggy-objectiv", "foggy-objective"), ("wrong-seperator", "wrong-separator")] {
        let ran = workspace.run(&["explain", unknown]).exits(2);
        assert!(ran.err.contains(&format!("did you mean `{near}`?")), "{}", ran.err);
    }
}

#[test]
fn many_problems_are_counted_and_the_first_shown() {
    let workspace = Workspace::empty();
    let section = |at: usize| format!("[[resource]]\nid = \"r{at}\"\nkind = \"wonder\"\n\n");
    let head = "[strategy]\nschema = 1\ntitle = \"T\"\nprincipal = \"NLD\"\nowner = \"O\"\ndecision = \"Go, or stop\"\n\n";
    let sections: String = (0..2500).map(section).collect();
    workspace.write("strategy.toml", &format!("{head}{sections}"));
    let text = workspace.run(&["check"]).exits(1).out;
    assert_eq!(text.matches("[unknown-word]: ").count() + text.matches("[unused-resource]: ").count(), 50);
    assert!(text.contains("… and 4950 more; `--format json` lists them all"), "{text}");
    assert!(text.contains("\n2500 errors, 2500 warnings\n"), "{text}");
    let json = workspace.run(&["check", "--format", "json"]).exits(1).json();
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(5000));
}

#[test]
fn evidence_that_was_brought_in_is_looked_at() {
    let workspace = Workspace::full();
    workspace.edit("treated = [\"Utrecht\"]", "treated = [\"Utrect\"]");
    let blind = workspace.run(&["check"]).exits(0);
    assert!(
        blind.err.contains("not checked: design-needs of the evaluation `visitors-compared`"),
        "{}",
        blind.err
    );
    workspace.run(&["ingest", "-q"]).exits(0);
    let seen = workspace.run(&["check"]).exits(1);
    assert!(seen.out.contains("the figures hold nothing of `Utrect`"), "{}", seen.out);
    assert!(!seen.err.contains("not checked"), "{}", seen.err);
    workspace.edit("value = \"visits\"", "value = \"guests\"");
    let redeclared = workspace.run(&["check"]).exits(0);
    assert!(
        redeclared.err.contains("(`visits` was ingested under another declaration; ingest it again)"),
        "{}",
        redeclared.err
    );
}

#[test]
fn a_mapping_that_ingest_would_refuse_is_refused_before_any_file_is_there() {
    let workspace = Workspace::full();
    workspace.edit("value = \"visits\"", "vlaue = \"visits\"");
    let checked = workspace.run(&["check", "--format", "short"]).exits(1);
    assert!(
        checked.out.contains("error[unknown-column]: table `observations` has no column `vlaue`"),
        "{}",
        checked.out
    );
    assert!(checked.out.contains("error[unmapped-column]"), "{}", checked.out);
    let ran = workspace.run(&["ingest"]).exits(1);
    assert!(
        ran.out.contains("visits: not brought in; the strategy is in error: unknown-column"),
        "{}",
        ran.out
    );
    workspace.run(&["check", "--fix", "--yes"]).exits(0);
}

#[test]
fn init_takes_what_flags_say_and_asks_nothing_without_a_terminal() {
    let workspace = Workspace::empty();
    let flags = [
        "init",
        "--title",
        "Études : \"ici\" {owner}",
        "--principal",
        "FRA",
        "--outcome",
        "Students from abroad",
        "--baseline",
        "2024=410000",
        "--target",
        "2030-09=480000",
        "--starts",
        "2025-09",
        "--smallest-effect",
        "9000",
    ];
    workspace.run(&flags).exits(0);
    let strategy = workspace.read("strategy.toml");
    assert!(strategy.contains("title = \"Études : \\\"ici\\\" \\u007Bowner}\""), "{strategy}");
    assert!(strategy.contains("smallest_effect = 9000"), "{strategy}");
    assert!(
        !strategy.lines().any(|line| !line.starts_with('#') && line.contains("{owner}")),
        "no blank is left"
    );
    let checked = workspace.run(&["check", "--deny", "warnings"]).exits(0);
    assert_eq!(checked.out, "");
    for (flag, said) in
        [("--baseline", "much"), ("--target", "2024-13=5"), ("--smallest-effect", ""), ("--title", " ")]
    {
        let refused = Workspace::empty();
        let ran = refused.run(&["init", flag, said]).exits(2);
        assert!(ran.err.contains(&format!("failed to understand {flag}")), "{}", ran.err);
        assert!(!refused.has("strategy.toml"));
    }
    // What is not said fits what is; what cannot be so together is refused.
    for flags in [
        &["--starts", "2031"][..],
        &["--baseline", "2025=50"],
        &["--baseline", "2025=50", "--target", "2030=40"],
    ] {
        let fits = Workspace::empty();
        fits.run(&[&["init"], flags].concat()).exits(0);
        fits.run(&["check", "--deny", "warnings"]).exits(0);
    }
    for flags in [
        &["--target", "2019-05=200000"][..],
        &["--baseline", "2024=1", "--starts", "2020", "--target", "2022=5"],
        &["--smallest-effect", "0"],
    ] {
        let refused = Workspace::empty();
        refused.run(&[&["init"], flags].concat()).exits(2);
        assert!(!refused.has("strategy.toml"), "{flags:?}");
    }
    let electoral = Workspace::empty();
    electoral.run(&["init", "--statement", "Help our friends win the election"]).exits(2);
    assert!(!electoral.has("strategy.toml"));
}
