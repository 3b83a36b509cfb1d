//! What programs read of `check`: JSON, SARIF, workflow commands and short lines.

use serde_json::Value;

use crate::cli_support::Workspace;

#[test]
fn a_strategy_that_cannot_be_read_is_told_to_programs_too() {
    let workspace = Workspace::empty();
    workspace.write("latin.toml", "");
    std::fs::write(workspace.path().join("latin.toml"), b"title = \"\xE9\"").expect("written");
    for (path, code) in
        [("nowhere.toml", "missing-file"), ("latin.toml", "damaged-file"), (".", "missing-file")]
    {
        let file = if path == "." { "strategy.toml" } else { path };
        let json = workspace.run(&["check", path, "--format", "json"]).exits(2);
        assert!(json.err.starts_with("error: failed to read"), "{}", json.err);
        let problem = &json.json()["diagnostics"][0];
        assert_eq!((&problem["code"], &problem["file"]), (&code.into(), &file.into()));
        assert!(json.json()["not_checked"].is_array() && json.json()["allowed"].is_array());

        let run = workspace.run(&["run", path, "--format", "json"]).exits(2).json();
        assert_eq!(run["diagnostics"][0]["code"], code);

        let log = workspace.run(&["check", path, "--format", "sarif"]).exits(2).json();
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        assert_eq!(invocation["toolExecutionNotifications"][0]["descriptor"]["id"], code);
        assert_eq!(log["runs"][0]["results"], serde_json::json!([]));

        let github = workspace.run(&["check", path, "--format", "github"]).exits(2).out;
        assert!(github.starts_with(&format!("::error file={file},title={code}::")), "{github}");
    }
}

fn place(result: &Value) -> &Value {
    &result["locations"][0]["physicalLocation"]["artifactLocation"]
}

#[test]
fn sarif_names_files_from_the_folder_or_in_full() {
    let workspace = Workspace::started();
    workspace.edit("horizon = 2024", "horizont = 2024");
    std::fs::create_dir(workspace.path().join("a b")).expect("made");
    std::fs::create_dir(workspace.path().join("elsewhere")).expect("made");
    workspace.write("a b/strategy.toml", &workspace.read("strategy.toml"));
    let whole = workspace.path().canonicalize().expect("there").join("a b");
    let whole = whole.to_str().expect("UTF-8");
    for path in ["a b", "./elsewhere/../a b", whole] {
        let log = workspace.run(&["check", path, "--format", "sarif"]).exits(1).json();
        let run = &log["runs"][0];
        let said = serde_json::json!({ "uri": "a%20b/strategy.toml", "uriBaseId": "%SRCROOT%" });
        assert_eq!(place(&run["results"][0]), &said, "{path}");
        assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
    }
    let mut elsewhere = workspace.command(&["check", whole, "--format", "sarif"]);
    elsewhere.current_dir(workspace.path().join("elsewhere"));
    let log: Value = serde_json::from_slice(&elsewhere.output().expect("it runs").stdout).expect("JSON");
    let uri = place(&log["runs"][0]["results"][0])["uri"].as_str().expect("a URI");
    assert!(uri.starts_with("file:///") && uri.ends_with("/a%20b/strategy.toml"), "{uri}");
}

#[test]
fn sarif_shows_what_the_strategy_lives_with_as_suppressed() {
    let workspace = Workspace::started();
    workspace.edit("serves = [\"visitors\"]", "serves = []");
    let allow = "\n[[allow]]\ncode = \"idle-initiative\"\nreason = \"Under review\"\n";
    workspace.write("strategy.toml", &(workspace.read("strategy.toml") + allow));
    let log = workspace.run(&["check", "--format", "sarif"]).exits(0).json();
    let results = log["runs"][0]["results"].as_array().expect("results");
    let idle = results.iter().find(|result| result["ruleId"] == "idle-initiative").expect("it is there");
    let said = serde_json::json!([{ "kind": "inSource", "justification": "Under review" }]);
    assert_eq!(idle["suppressions"], said);
    assert!(idle["locations"][0]["physicalLocation"]["region"]["startLine"].is_u64());
    let open = results.iter().find(|result| result["ruleId"] == "orphan-objective").expect("it is there");
    assert_eq!(open["suppressions"], Value::Null);
}

#[test]
fn nothing_reorders_or_drives_what_is_printed() {
    let workspace = Workspace::started();
    workspace.edit("horizon = 2024", "horizon = 2024\n\"a\\u202Eb\\u001b[31m\" = 1\n\"evil\u{202e}key\" = 1");
    let allow = "\n[[allow]]\ncode = \"no-gain\"\nreason = \"we\\u202Emay\\u001b[31m\"\n";
    workspace.write("strategy.toml", &(workspace.read("strategy.toml") + allow));
    for format in ["text", "short", "github"] {
        let ran = workspace.run(&["check", "--format", format]).exits(1);
        let all = ran.out + &ran.err;
        assert!(!all.contains(['\u{202e}', '\u{1b}']), "{format}: {all}");
        assert!(all.contains('\u{fffd}'), "{format}: {all}");
    }
}
