//! Imports that are interrupted, terminated or killed: the evidence is as it was, and nothing is left behind.
//!
//! A signal is sent once the program has begun to write, which its files show. Should it be done before the signal
//! comes, nothing was shown, and the test is made again with a longer file.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::cli_support::Workspace;

/// Rows of the first file that is tried.
const ROWS: u32 = 150_000;
/// How often a longer file is tried.
const TRIES: u32 = 4;
/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_mins(2);

const COUNT: &str = "select count(*) from observations";

/// A workspace with three rows in its table, and a file that would replace them and drop one.
fn about_to_import(rows: u32) -> Workspace {
    let workspace = Workspace::started();
    workspace.write("visits.csv", "place,year,visits\nA,2019,1\nB,2019,2\nC,2019,\nUtrecht,2019,3\n");
    workspace.run(&["ingest"]).exits(1);
    let mut text = String::from("place,year,visits\nUtrecht,2019,none\n");
    for row in 0..rows {
        text.push_str(&format!("place {},{},{}\n", row / 100, 1900 + row % 100, row % 977));
    }
    workspace.write("visits.csv", &text);
    workspace
}

fn start(workspace: &Workspace) -> Child {
    let mut command = workspace.command(&["ingest"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([format!("-{name}"), child.id().to_string()]).status();
    assert!(sent.expect("kill is there").success(), "the program is there to be signalled");
}

/// Waits until the program writes rows; false if it ended before.
fn writes(workspace: &Workspace, child: &mut Child) -> bool {
    let table = workspace.path().join(".suasion/tables/observations");
    let unfinished = |path: &Path| path.extension().is_some_and(|extension| extension == "unfinished");
    for _ in 0..PATIENCE.as_millis() / 2 {
        if std::fs::read_dir(&table).expect("the table").flatten().any(|entry| unfinished(&entry.path())) {
            return true;
        }
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        std::thread::park_timeout(Duration::from_millis(2));
    }
    panic!("the program neither writes nor ends");
}

/// Signals imports until one is hit while it writes; the workspace as the program left it, and what it printed.
fn hit(name: &str, before: &mut dyn FnMut(&Workspace)) -> (Workspace, Output) {
    for longer in 0..TRIES {
        let workspace = about_to_import(ROWS << longer);
        before(&workspace);
        let mut child = start(&workspace);
        if !writes(&workspace, &mut child) {
            continue;
        }
        if child.try_wait().expect("a child").is_some() {
            continue;
        }
        signal(&child, name);
        let output = child.wait_with_output().expect("it ends");
        let log = workspace.files(".suasion/tables/observations/_delta_log");
        // An import that had committed before the signal came is whole, and shows nothing here.
        if log.len() == 1 {
            return (workspace, output);
        }
        assert_eq!(workspace.number(COUNT), i64::from(ROWS << longer), "it is whole");
    }
    panic!("no import of {TRIES} was hit");
}

fn leaves_everything_as_it_was(name: &str, status: i32) {
    let mut before = None;
    let (workspace, output) = hit(name, &mut |workspace| before = Some(workspace.files(".suasion")));
    assert_eq!(output.status.code(), Some(status));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("interrupted: the evidence is as it was before"), "{said}");
    assert_eq!(Some(workspace.files(".suasion")), before, "the same files with the same bytes");
    assert_eq!(workspace.number(COUNT), 3);
}

#[test]
fn ctrl_c_leaves_everything_as_it_was() {
    leaves_everything_as_it_was("INT", 130);
}

#[test]
fn termination_leaves_everything_as_it_was() {
    leaves_everything_as_it_was("TERM", 143);
}

#[test]
fn after_a_kill_the_next_import_is_whole_and_clears_up() {
    let mut before = None;
    let (workspace, output) = hit("KILL", &mut |workspace| before = Some(workspace.files(".suasion/tables")));
    assert_eq!(output.status.code(), None, "it was killed");
    assert_eq!(workspace.number(COUNT), 3, "what was there is there");
    let strays = workspace.files(".suasion/tables").len() - before.expect("noted").len();
    assert_eq!(strays, 1, "an unfinished file is left behind");

    let again = workspace.run(&["ingest"]).exits(1);
    assert_eq!(again.err, "", "nothing moves on a standard error that is no terminal");
    assert!(again.out.starts_with("visits: brought in; "), "{}", again.out);
    let read =
        std::fs::read_to_string(workspace.path().join("visits.csv")).expect("there").lines().count() - 1;
    assert_eq!(workspace.number(COUNT), read as i64 - 1);
    let names: Vec<String> = workspace
        .files(".suasion")
        .into_keys()
        .map(|path| path.file_name().and_then(|name| name.to_str()).expect("a name").to_string())
        .collect();
    let ending = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
    // Two versions, the dropped rows of each, and nothing else.
    assert_eq!((ending(".parquet"), ending(".json"), ending(".csv"), names.len()), (2, 2, 2, 6), "{names:?}");
}

#[test]
fn ctrl_c_is_heard_while_a_file_is_slow_to_come() {
    let workspace = Workspace::started();
    let pipe = workspace.path().join("visits.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there").success());
    let child = start(&workspace);
    let (opened, is_open) = mpsc::channel();
    std::thread::spawn(move || {
        // Opens once the program reads.
        let mut writer = std::fs::File::options().write(true).open(pipe).expect("a pipe");
        writer.write_all(b"place,year,visits\n").expect("the program reads");
        opened.send(writer).expect("somebody waits for it");
    });
    let writer = is_open.recv_timeout(PATIENCE).expect("the program opens the file");
    signal(&child, "INT");
    let output = child.wait_with_output().expect("it ends");
    drop(writer);
    assert_eq!(output.status.code(), Some(130));
    assert!(!workspace.has(".suasion"));
}

#[test]
fn ctrl_c_is_heard_while_another_import_is_waited_for() {
    let workspace = Workspace::started();
    workspace.write("visits.csv", "place,year,visits\nA,2019,1\n");
    std::fs::create_dir(workspace.path().join(".suasion")).expect("made");
    let lock = std::fs::File::create(workspace.path().join(".suasion/lock")).expect("made");
    lock.lock().expect("free");
    let mut command = workspace.command(&["ingest", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // No file tells that it waits. A signal that comes sooner ends it just as well, unless it comes before anyone
    // listens: then the system ends it, which is tried again.
    for _ in 0..TRIES {
        std::thread::park_timeout(Duration::from_millis(500));
        assert!(child.try_wait().expect("a child").is_none(), "it waits");
        signal(&child, "INT");
        let output = child.wait_with_output().expect("it ends");
        if let Some(status) = output.status.code() {
            assert_eq!(status, 130);
            assert!(workspace.files(".suasion").is_empty());
            return;
        }
        child = command.spawn().expect("it starts");
    }
    child.kill().expect("it is there");
    child.wait().expect("it ends");
    panic!("the program never listened to signals");
}
