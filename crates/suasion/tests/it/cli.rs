//! The commands as a user runs them: what they print, where, and with which exit status.

use std::process::{Command, Stdio};

use expect_test::{Expect, expect};
use serde_json::Value;

use crate::cli_support::{Ran, Workspace, csv, flows, visits};

const COMMANDS: [&str; 10] =
    ["init", "check", "explain", "lsp", "ingest", "map", "measure", "run", "report", "sql"];

/// Compares everything that a command printed, with its exit status.
#[track_caller]
fn check(ran: &Ran, expect: &Expect) {
    expect.assert_eq(&format!("{}{}exit {}\n", ran.out, ran.err, ran.status));
}

// Help

#[test]
fn every_command_explains_itself_by_example() {
    let workspace = Workspace::empty();
    let all = workspace.run(&["--help"]).exits(0);
    for command in COMMANDS {
        assert!(all.out.contains(&format!("\n  {command} ")), "{command} is not named in:\n{}", all.out);
        for help in ["--help", "-h"] {
            let one = workspace.run(&[command, help]).exits(0);
            assert_eq!(one.err, "");
            let (_, examples) = one.out.split_once("\nExamples:\n").expect("examples");
            assert!(examples.contains(&format!("suasion {command} ")), "{command} {help}:\n{}", one.out);
            // Prose flows: a line that breaks early, within a sentence, was broken by hand.
            let lines: Vec<&str> = one.out.lines().collect();
            let prose = lines.iter().position(|line| *line == "Examples:").map_or(0, |at| at + 1);
            for pair in lines[prose..].windows(2).filter(|pair| !pair[0].starts_with(' ')) {
                let first = pair[1].split(' ').next().unwrap_or_default();
                let room = pair[0].chars().count() + 1 + first.chars().count() <= 100;
                assert!(
                    pair[0].is_empty() || pair[1].is_empty() || !room,
                    "{command} {help} breaks behind {:?}",
                    pair[0]
                );
            }
        }
    }
    assert!(workspace.files(".").is_empty(), "help leaves nothing behind");
}

#[test]
fn examples_of_the_help_use_options_that_there_are() {
    let workspace = Workspace::empty();
    for command in COMMANDS {
        let help = workspace.run(&[command, "--help"]).exits(0).out;
        let (head, examples) = help.split_once("Examples:").expect("examples");
        for option in examples.split_whitespace().filter(|word| word.starts_with("--")) {
            let name = option.split_once('=').map_or(option, |(name, _)| name);
            assert!(head.contains(name), "{command} has no {option}");
        }
    }
}

#[test]
fn the_version_is_the_package_s() {
    let version = format!("suasion {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(Workspace::empty().run(&["--version"]).exits(0).out, version);
}

#[test]
fn what_is_no_command_or_option_is_refused() {
    let workspace = Workspace::empty();
    for arguments in [
        &["chekc"][..],
        &[],
        &["check", "--format", "xml"],
        &["sql"],
        &["run", "a", "b"],
        &["ingest", "--dataset"],
    ] {
        let ran = workspace.run(arguments).exits(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(ran.err.contains("Usage") || ran.err.contains("--help"), "{arguments:?}: {}", ran.err);
    }
    assert!(workspace.run(&["chekc"]).err.contains("'check'"), "a near miss is guessed");
}

// init and check

#[test]
fn a_strategy_that_init_writes_checks_clean() {
    let workspace = Workspace::empty();
    check(
        &workspace.run(&["init"]),
        &expect![[r"
            wrote ./strategy.toml

            next: fill it in, put your figures beside it, then
              suasion check
              suasion run
            exit 0
        "]],
    );
    check(
        &workspace.run(&["check"]),
        &expect![[r"
            strategy.toml: no problem found in 1 objective, 1 evaluation and 1 dataset
            not checked: design-needs of the evaluation `main-compared`, without figures of `outcome` that have been brought in
            not checked: too-few-donors of the evaluation `main-compared`, without figures of `outcome` that have been brought in, or a list of its `donors`
            not checked: too-few-periods of the evaluation `main-compared`, without figures of `outcome` that have been brought in, or `since` of their dataset
            exit 0
        "]],
    );
    let json = workspace.run(&["check", "--format", "json"]).exits(0).json();
    assert_eq!(json["diagnostics"], serde_json::json!([]));
    assert_eq!(json["allowed"], serde_json::json!([]));
    assert!(!workspace.has(".suasion"), "checking leaves nothing behind");
}

#[test]
fn init_overwrites_nothing() {
    let workspace = Workspace::empty();
    workspace.write("strategy.toml", "mine");
    let ran = workspace.run(&["init"]).exits(2);
    assert!(
        ran.err.starts_with("error: failed to write ./strategy.toml: it is there already"),
        "{}",
        ran.err
    );
    assert_eq!(workspace.read("strategy.toml"), "mine");
    workspace.run(&["init", "strategy.toml"]).exits(2);
    assert_eq!(workspace.read("strategy.toml"), "mine");
    workspace.run(&["init", "a b/ü"]).exits(0);
    workspace.run(&["check", "a b/ü/"]).exits(0);
    workspace.run(&["check", "a b/ü/strategy.toml"]).exits(0);
}

#[cfg(unix)]
#[test]
fn what_is_written_may_be_read_by_those_who_may_read_new_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = Workspace::full();
    workspace.run(&["run", "--quiet"]).exits(0);
    let mode = |name: &str| workspace.path().join(name).metadata().expect(name).permissions().mode();
    for name in ["strategy.toml", ".suasion/brief.html", ".suasion/findings.json"] {
        assert_eq!(mode(name), mode("visits.csv"), "{name}");
    }
}

#[test]
fn every_problem_is_reported_in_the_order_of_the_file() {
    let workspace = Workspace::started();
    workspace.edit("audience = \"neighbours\"", "audience = \"nobody\"");
    workspace.edit("scale = \"logs\"", "scale = \"cubes\"");
    workspace.edit("kind = \"outcome\"", "kind = \"outcme\"");
    workspace.edit("licence = \"CC-BY-4.0\"", "lisence = \"CC-BY-4.0\"");
    let ran = workspace.run(&["check", "--format", "json"]).exits(1);
    assert_eq!(ran.err, "");
    let json = ran.json();
    let problems = json["diagnostics"].as_array().expect("a list");
    let lines: Vec<u64> = problems.iter().map(|one| one["start"]["line"].as_u64().expect("a line")).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    let codes: Vec<&str> = problems.iter().map(|one| one["code"].as_str().expect("a code")).collect();
    for code in ["unknown-reference", "unknown-word", "unknown-key"] {
        assert!(codes.contains(&code), "{code} is not among {codes:?}");
    }
    for problem in problems {
        assert_eq!(problem["file"], "strategy.toml");
        assert!(["error", "warning"].contains(&problem["severity"].as_str().expect("a word")));
        assert!(problem["headline"].as_str().is_some_and(|text| !text.is_empty()));
    }

    let text = workspace.run(&["check"]).exits(1);
    let places: Vec<usize> =
        codes.iter().map(|code| text.out.find(&format!("[{code}]")).expect("the same problems")).collect();
    assert!(places.iter().all(|place| *place < text.out.len()));
    assert!(text.out.contains(" errors\nwhy that matters"), "{}", text.out);
}

#[test]
fn a_strategy_that_cannot_be_read_is_a_failure() {
    let workspace = Workspace::empty();
    for command in ["check", "ingest", "map", "measure", "run", "report"] {
        let ran = workspace.run(&[command]).exits(2);
        assert!(
            ran.err.starts_with("error: failed to read strategy.toml; `suasion init` writes one"),
            "{ran:?}"
        );
    }
    std::fs::write(workspace.path().join("strategy.toml"), b"title = \"\xE9\"").expect("written");
    let ran = workspace.run(&["check"]).exits(2);
    assert!(ran.err.contains("save the file as UTF-8"), "{}", ran.err);
    assert!(workspace.run(&["check", "nowhere"]).exits(2).err.contains("nowhere"));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_make_no_difference() {
    let workspace = Workspace::started();
    let strategy = workspace.read("strategy.toml");
    workspace.write("strategy.toml", &format!("\u{feff}{}", strategy.replace('\n', "\r\n")));
    workspace.run(&["check"]).exits(0);
    workspace.edit("kind = \"outcome\"", "kind = \"outcme\"");
    let line = 1 + strategy.lines().position(|line| line.starts_with("kind = \"outcome\"")).expect("there");
    let json = workspace.run(&["check", "--format", "json"]).exits(1).json();
    assert_eq!(json["diagnostics"][0]["start"], serde_json::json!({ "line": line, "column": 8 }));
}

// ingest

const SMALL: &str = "place,year,visits\nUtrecht,2019,5\nGouda,2019,6\n";

#[test]
fn a_file_comes_in_once_and_a_changed_one_replaces_it() {
    let workspace = Workspace::started();
    workspace.write("visits.csv", SMALL);
    check(
        &workspace.run(&["ingest"]),
        &expect![[r"
            visits: brought in; 2 rows read, 2 kept, 0 dropped
            exit 0
        "]],
    );
    let before = workspace.files(".suasion");
    check(
        &workspace.run(&["ingest", "--dataset", "visits"]),
        &expect![[r"
            visits: there already; 2 rows read, 2 kept, 0 dropped
            exit 0
        "]],
    );
    assert_eq!(workspace.files(".suasion"), before, "nothing is written again");
    workspace.write("visits.csv", &format!("{SMALL}Delft,2019,7\nZwolle,2019,8\n"));
    workspace.run(&["ingest"]).exits(0);
    assert_eq!(workspace.number("select count(*) from observations"), 4);
    assert_eq!(workspace.number("select count(distinct import) from observations"), 1);
}

#[test]
fn every_row_is_accounted_for() {
    let workspace = Workspace::started();
    workspace.write(
        "visits.csv",
        &format!("{SMALL}Delft,2019,\nDelft,2019,many\nGouda,2019,6\nZwolle,2019,1\nZwolle,2019,2\nZwolle\n"),
    );
    let ran = workspace.run(&["ingest"]).exits(1);
    let (line, file) = ran.out.trim_end().split_once(", see ").expect("where they are");
    assert_eq!(
        line,
        "visits: brought in; 8 rows read, 2 kept, 6 dropped (contradicted 2, no-value 1, not-a-number 1, \
         repeated 1, wrong-number-of-fields 1)"
    );
    let dropped = workspace.read(file);
    assert_eq!(dropped.lines().count() - 1, 6);
    assert!(dropped.contains("\n5,not-a-number,Delft,2019,many\n"), "{dropped}");
    assert_eq!(workspace.number("select count(*) from observations"), 2);
    // It stays true when nothing is read in again, and of every answer that rests on it.
    workspace.run(&["ingest"]).exits(1);
    for command in ["run", "measure", "report"] {
        workspace.run(&[command]).exits(1);
    }
}

/// Runs `ingest` on bytes; the problems, which must have left no table behind.
#[track_caller]
fn refused(bytes: &[u8], expect: &Expect) {
    let workspace = Workspace::started();
    std::fs::write(workspace.path().join("visits.csv"), bytes).expect("written");
    check(&workspace.run(&["ingest"]), expect);
    assert!(!workspace.has(".suasion/tables") && !workspace.has(".suasion/dropped"));
}

#[test]
fn a_file_that_is_no_table_is_refused_with_what_to_do() {
    refused(
        b"place,year,guests\nUtrecht,2019,5\n",
        &expect![[r"
            error[missing-column]: visits.csv has no column `visits`
            --> visits.csv
             = note: dataset `visits` reads our `value` from it
             = help: columns there are: `place`, `year`, `guests`

            1 error
            why that matters, with an example mended: `suasion explain missing-column`
            exit 1
        "]],
    );
    refused(
        b"place;year;visits\nUtrecht;2019;5\n",
        &expect![[r"
            error[wrong-separator]: visits.csv has one column: its fields seem to stand between semicolons, not commas
            --> visits.csv:1
             = note: the header is `place;year;visits`
             = help: save it as CSV with commas, and numbers with a decimal point

            1 error
            why that matters, with an example mended: `suasion explain wrong-separator`
            exit 1
        "]],
    );
    refused(
        b"place,year,visits\nUtrecht,2019,5\nK\xF6ln,2019,5\n",
        &expect![[r"
            error[bad-encoding]: visits.csv is not UTF-8 text
            --> visits.csv:3
             = note: byte 0xF6 at offset 34
             = note: letters of another encoding would be read as other letters
             = help: convert the file to UTF-8; from Excel, save it as “CSV UTF-8”

            1 error
            why that matters, with an example mended: `suasion explain bad-encoding`
            exit 1
        "]],
    );
    refused(
        b"place,year,visits\nUtrecht,2019,NaN\n",
        &expect![[r"
            error[no-usable-rows]: no row of visits.csv could be read
            --> visits.csv:2
             = note: 1 row: 1 not-a-number (first in line 2: `NaN`)
             = note: nothing was imported, and what was there before is unchanged
             = help: see whether `columns` names the right columns; numbers have a point for decimals and nothing between thousands: 1204332.5

            1 error
            why that matters, with an example mended: `suasion explain no-usable-rows`
            exit 1
        "]],
    );
    refused(
        b"place,year,visits\n",
        &expect![[r"
            error[empty-file]: visits.csv has a header and no rows
            --> visits.csv
             = help: fetch the file again

            1 error
            why that matters, with an example mended: `suasion explain empty-file`
            exit 1
        "]],
    );
}

#[test]
fn a_file_that_is_not_there_is_an_error_at_its_path() {
    let workspace = Workspace::started();
    for path in ["visits.csv", "strategy.toml/visits.csv", "."] {
        workspace.edit("path = \"visits.csv\"", &format!("path = \"{path}\""));
        let ran = workspace.run(&["ingest"]).exits(1);
        assert!(
            ran.err.starts_with(&format!("error[missing-file]: there is no file `{path}`")),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("paths are relative to the strategy"), "{}", ran.err);
        workspace.edit(&format!("path = \"{path}\""), "path = \"visits.csv\"");
    }
    assert!(!workspace.has(".suasion"));
}

#[test]
fn what_came_in_is_told_although_another_file_did_not() {
    let workspace = Workspace::full();
    std::fs::remove_file(workspace.path().join("flows.csv")).expect("there");
    let ran = workspace.run(&["ingest"]).exits(1);
    assert_eq!(ran.out, "visits: brought in; 625 rows read, 625 kept, 0 dropped\n");
    assert!(ran.err.contains("error[missing-file]"), "{}", ran.err);
    let ran = workspace.run(&["run", "--format", "json"]).exits(1);
    assert!(ran.err.contains("error[missing-file]"), "{}", ran.err);
    let findings = ran.json()["findings"].clone();
    assert_ne!(findings[0]["verdict"], "withheld", "the objective does not rest on the flows");
    let said = "Withheld: the evidence that this answer rests on was not brought in: `missing-file`.";
    assert_eq!((&findings[1]["verdict"], &findings[1]["statement"]), (&"withheld".into(), &said.into()));
    assert!(workspace.read(".suasion/brief.md").contains("missing-file"));
    let report = workspace.run(&["report", "--into", "again"]).exits(1);
    assert_eq!(report.err.lines().count(), 1, "{}", report.err);
    assert!(workspace.read("again/brief.md").contains("not-brought-in"));
    workspace.run(&["measure"]).exits(0);
    let map = workspace.run(&["map"]).exits(2);
    assert_eq!(map.err, "error: failed to find dataset `flows` in the store: run `suasion ingest` first\n");
}

#[test]
fn datasets_are_chosen_by_name() {
    let workspace = Workspace::full();
    let ran = workspace.run(&["ingest", "--dataset", "flows"]).exits(0);
    assert_eq!(ran.out, "flows: brought in; 24 rows read, 24 kept, 0 dropped\n");
    check(
        &workspace.run(&["ingest", "--dataset", "flows", "--dataset", "tides"]),
        &expect![[r"
            error: failed to find the dataset `tides`: the strategy has visits, flows
            exit 2
        "]],
    );
}

#[test]
fn a_dataset_that_changed_its_table_is_to_be_brought_in_again() {
    let workspace = Workspace::full();
    workspace.run(&["ingest"]).exits(0);
    workspace.edit("dataset = \"flows\"", "dataset = \"visits\"");
    assert!(workspace.run(&["run"]).exits(1).err.contains("error[wrong-table]"));
    workspace.edit("table = \"flows\"", "table = \"observations\"");
    workspace.edit("origin = \"from\", destination = \"to\"", "unit = \"from\"");
    workspace.edit("dataset = \"visits\"", "dataset = \"flows\"");
    workspace.edit("[[corridor]]\nid = \"festival-goers\"\nlabel = \"Festival-goers\"\ndataset = \"flows\"\nfocus = \"NLD\"\nperiod = 2023\n", "");
    let ran = workspace.run(&["measure"]).exits(2);
    let said = "error: failed to find dataset `flows` in table `observations`: its rows came into `flows` before; run \
                `suasion ingest` again\n";
    assert_eq!(ran.err, said);
}

#[test]
fn a_file_where_the_evidence_should_be_is_left_alone() {
    let workspace = Workspace::full();
    workspace.write(".suasion", "mine");
    for arguments in [&["ingest"][..], &["run"], &["report"], &["sql", "select 1"]] {
        let ran = workspace.run(arguments).exits(2);
        assert!(ran.err.contains("it is a file, and the evidence is kept in a folder"), "{}", ran.err);
    }
    assert_eq!(workspace.read(".suasion"), "mine");
}

// run, measure, map, report

const WRITTEN: [&str; 3] = [".suasion/findings.json", ".suasion/brief.html", ".suasion/brief.md"];

#[test]
fn a_run_answers_everything_and_writes_the_brief() {
    let workspace = Workspace::full();
    let ran = workspace.run(&["run"]).exits(0);
    assert_eq!(ran.err, "the brief is in ./.suasion/brief.html\n");
    let findings: Value = serde_json::from_str(&workspace.read(WRITTEN[0])).expect("JSON");
    assert_eq!(findings["findings"].as_array().map(Vec::len), Some(2), "an objective and a corridor");
    for receipt in findings["imports"].as_array().expect("a list") {
        assert_eq!(receipt["rows_read"], receipt["rows_kept"]);
    }
    assert_eq!(workspace.run(&["run", "--format", "json"]).exits(0).json(), findings);

    let written = WRITTEN.map(|name| workspace.read(name));
    workspace.run(&["run"]).exits(0);
    assert_eq!(WRITTEN.map(|name| workspace.read(name)), written, "the same again, to the byte");
    workspace.run(&["report", "--into", "to the/board"]).exits(0);
    let reported = WRITTEN.map(|name| workspace.read(&name.replace(".suasion", "to the/board")));
    assert_eq!(reported, written, "the same without reading the files");

    let parts = ["measure", "map"].map(|part| workspace.run(&[part, "--format", "json"]).exits(0).json());
    let both: Vec<&Value> =
        parts.iter().flat_map(|part| part["findings"].as_array().expect("a list")).collect();
    assert_eq!(both, findings["findings"].as_array().expect("a list").iter().collect::<Vec<_>>());
}

/// What a run of the full workspace writes, in an environment.
fn written(environment: &[(&str, &str)]) -> [String; 4] {
    let workspace = Workspace::full();
    let ran = workspace.run_with(environment, &["run"]).exits(0);
    let [findings, html, markdown] = WRITTEN.map(|name| workspace.read(name));
    [ran.out, findings, html, markdown]
}

#[test]
fn threads_languages_and_time_zones_change_nothing() {
    let usual = written(&[]);
    for environment in [
        &[("RAYON_NUM_THREADS", "1"), ("TOKIO_WORKER_THREADS", "1")][..],
        &[("RAYON_NUM_THREADS", "3"), ("TOKIO_WORKER_THREADS", "3")],
        &[("LC_ALL", "C"), ("TZ", "Pacific/Auckland")],
        &[("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8"), ("TZ", "America/St_Johns")],
        &[("LC_ALL", "tr_TR.UTF-8"), ("TZ", "nonsense")],
    ] {
        assert_eq!(written(environment), usual, "{environment:?}");
    }
}

/// Takes away what tells one file from another: digests.
fn without_digests(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("digest");
            object.values_mut().for_each(without_digests);
        }
        Value::Array(values) => values.iter_mut().for_each(without_digests),
        _ => {}
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let workspace = Workspace::full();
    let mut usual = workspace.run(&["run", "--format", "json"]).exits(0).json();
    let (mut visits, mut flows) = (visits(), flows());
    visits.reverse();
    visits.rotate_left(100);
    flows.rotate_left(5);
    let shuffled = Workspace::full();
    shuffled.write("visits.csv", &csv("place,year,visits", &visits));
    shuffled.write("flows.csv", &csv("from,to,year,people", &flows));
    let mut other = shuffled.run(&["run", "--format", "json"]).exits(0).json();
    assert_ne!(usual["imports"], other["imports"], "the files are others");
    without_digests(&mut usual);
    without_digests(&mut other);
    assert_eq!(usual, other);
}

// sql

#[test]
fn questions_are_answered_as_text_and_as_json() {
    let workspace = Workspace::started();
    workspace.write("visits.csv", SMALL);
    workspace.run(&["ingest"]).exits(0);
    let query = "select unit, value from observations order by unit";
    check(
        &workspace.run(&["sql", query]),
        &expect![[r"
            +---------+-------+
            | unit    | value |
            +---------+-------+
            | Gouda   | 6.0   |
            | Utrecht | 5.0   |
            +---------+-------+
            exit 0
        "]],
    );
    let json = workspace.run(&["sql", query, "--format", "json", "-w", "strategy.toml"]).exits(0).json();
    assert_eq!(
        json,
        serde_json::json!([{ "unit": "Gouda", "value": 6.0 }, { "unit": "Utrecht", "value": 5.0 }])
    );
}

#[test]
fn nothing_can_be_changed_by_asking() {
    let workspace = Workspace::started();
    workspace.write("visits.csv", SMALL);
    workspace.run(&["ingest"]).exits(0);
    let before = workspace.files(".");
    for query in [
        "drop table observations",
        "insert into observations select * from observations",
        "delete from observations",
        "copy observations to 'out.csv'",
        "create external table t stored as csv location 'visits.csv'",
        "select 1; drop table observations",
    ] {
        let ran = workspace.run(&["sql", query]).exits(2);
        assert_eq!(ran.out, "");
        assert!(ran.err.starts_with("error: failed to "), "{query}: {}", ran.err);
    }
    assert_eq!(workspace.files("."), before);
}

#[test]
fn a_question_about_nothing_is_told_so() {
    let workspace = Workspace::empty();
    check(
        &workspace.run(&["sql", "select * from observations"]),
        &expect![[r"
            error: failed to answer the query: Error during planning: table 'observations' not found; there are no tables yet: run `suasion ingest` first
            exit 2
        "]],
    );
    let ran = workspace.run(&["sql", "select 1", "--workspace", "nowhere"]).exits(2);
    assert!(ran.err.starts_with("error: failed to read nowhere: check that it is there"), "{}", ran.err);
    assert!(workspace.files(".").is_empty(), "asking leaves nothing behind");
}

// Streams

#[test]
fn quiet_prints_results_and_problems_only() {
    let workspace = Workspace::full();
    let loud = workspace.run(&["run"]).exits(0);
    let quiet = workspace.run(&["run", "--quiet"]).exits(0);
    assert_eq!((quiet.out, quiet.err.as_str()), (loud.out, ""));
    let clean = workspace.run(&["-q", "check"]).exits(0);
    assert_eq!((clean.out.as_str(), clean.err.as_str()), ("", ""));
    workspace.edit("kind = \"outcome\"", "kind = \"outcme\"");
    assert!(workspace.run(&["check", "-q"]).exits(1).out.contains("unknown-word"));
}

#[test]
fn colours_are_for_terminals_and_for_those_who_insist() {
    let workspace = Workspace::full();
    let escapes = |ran: &Ran| (ran.out.contains('\u{1b}'), ran.err.contains('\u{1b}'));
    for environment in [&[][..], &[("NO_COLOR", "1")], &[("NO_COLOR", "1"), ("TERM", "xterm-256color")]] {
        for command in ["run", "measure", "check"] {
            let ran = workspace.run_with(environment, &[command]);
            assert_eq!(escapes(&ran), (false, false), "{command} {environment:?}");
        }
    }
    let forced = [("CLICOLOR_FORCE", "1")];
    assert!(escapes(&workspace.run_with(&forced, &["run"])).0);
    workspace.edit("kind = \"outcome\"", "kind = \"outcme\"");
    assert_eq!(escapes(&workspace.run(&["check"])), (false, false));
    assert_eq!(escapes(&workspace.run_with(&forced, &["check"])), (true, false));
    assert_eq!(escapes(&workspace.run_with(&forced, &["run"])), (true, true));
}

#[test]
fn who_reads_no_further_is_not_bothered() {
    let workspace = Workspace::full();
    for arguments in [&["run"][..], &["check", "--format", "json"], &["sql", "select 1"], &["--help"]] {
        let mut command = workspace.command(arguments);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("error"), "{arguments:?}: {output:?}");
    }
    assert!(workspace.has(".suasion/brief.html"), "the brief is written all the same");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let workspace = Workspace::full();
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").expect("a full device"));
    let run = |command: &mut Command| command.stdout(full()).output().expect("the program starts");
    let output = run(&mut workspace.command(&["run"]));
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("error: failed to print the result: No space left"), "{said}");
}
