//! The worked case through the real program: its findings, and that nothing in them is incidental.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of the case, so that a test leaves nothing in the repository.
fn copy_of_the_case(folder: &Path) {
    for entry in std::fs::read_dir(root().join("cases/london-2012")).expect("the case") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            std::fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
}

fn findings_of(folder: &Path, threads: &str) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_suasion"))
        .args(["run", "--quiet"])
        .current_dir(folder)
        .env("TOKIO_WORKER_THREADS", threads)
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .expect("the program can be run");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read_to_string(folder.join(".suasion/findings.json")).expect("findings")
}

fn verdict<'a>(findings: &'a Value, id: &str) -> &'a str {
    let all = findings["findings"].as_array().expect("findings");
    let one = all.iter().find(|finding| finding["id"] == id).expect("a finding of this id");
    one["verdict"].as_str().expect("a verdict")
}

#[test]
fn the_case_gives_its_verdicts_and_drops_no_row() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_of_the_case(folder.path());
    let text = findings_of(folder.path(), "2");
    let findings: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(verdict(&findings, "visitors-synthetic-control"), "cannot-tell");
    assert_eq!(verdict(&findings, "students-synthetic-control"), "withheld");
    assert_eq!(verdict(&findings, "investment-synthetic-control"), "cannot-tell");
    assert_eq!(verdict(&findings, "student-corridors"), "descriptive");

    for receipt in findings["imports"].as_array().expect("imports") {
        assert_eq!(receipt["rows_read"], receipt["rows_kept"], "nothing of the case is dropped: {receipt}");
    }
}

#[test]
fn findings_repeat_to_the_byte_whatever_the_threads() {
    let (one, three) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    copy_of_the_case(one.path());
    copy_of_the_case(three.path());
    let first = findings_of(one.path(), "1");
    assert_eq!(first, findings_of(three.path(), "3"));
    assert_eq!(first, findings_of(one.path(), "3"), "a second run reads the same evidence");
    for incidental in [one.path().to_str().expect("a path"), "/tmp", "2026-"] {
        assert!(!first.contains(incidental), "`{incidental}` is in the findings");
    }
}

#[test]
fn every_plain_sentence_is_short_and_every_number_has_its_interval_or_why_not() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_of_the_case(folder.path());
    let findings: Value = serde_json::from_str(&findings_of(folder.path(), "2")).expect("JSON");
    let all = findings["findings"].as_array().expect("findings");
    for plain in all.iter().map(|finding| &finding["plain"]).chain([&findings["plain"]]) {
        for sentence in plain.as_object().expect("sentences").values() {
            let sentence = sentence.as_str().expect("a sentence");
            assert!(suasion_model::finding::words(sentence) < 25, "{sentence}");
        }
    }
    for finding in all {
        assert!(!finding["inputs"].as_array().expect("inputs").is_empty(), "{}", finding["id"]);
        for number in finding["numbers"].as_array().expect("numbers") {
            assert_ne!(number["unit"], "", "{number}");
            match number["interval"]["kind"].as_str() {
                Some("range") => {
                    assert!(number["interval"]["low"].is_number() && number["interval"]["high"].is_number());
                }
                Some("none") => assert_ne!(number["interval"]["why"], ""),
                other => panic!("{other:?} in {number}"),
            }
        }
    }
}

/// The folder `../shared`, where the tests are given it.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SUASION_SHARED").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUASION_SHARED is not set");
    }
    folder
}

/// A case whose tables are derived from the shared data: its folder, and what its findings say.
fn derived(case: &str, threads: &str) -> Option<(tempfile::TempDir, String)> {
    let shared = shared()?;
    let folder = tempfile::tempdir().expect("a folder");
    let case = root().join("cases").join(case);
    std::fs::copy(case.join("strategy.toml"), folder.path().join("strategy.toml")).expect("a copy");
    let done = Command::new("python3")
        .arg(case.join("derive.py"))
        .args([shared.join("data").as_path(), folder.path()])
        .output()
        .expect("Python can be run");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let findings = findings_of(folder.path(), threads);
    Some((folder, findings))
}

fn number(finding: &Value, id: &str) -> f64 {
    let numbers = finding["numbers"].as_array().expect("numbers");
    let one = numbers.iter().find(|number| number["id"] == id).unwrap_or_else(|| panic!("no number {id}"));
    one["value"].as_f64().expect("a value")
}

#[test]
fn shared_hong_kong_is_mapped_and_nobody_is_named() {
    let Some((folder, text)) = derived("hong-kong-issue-network", "1") else { return };
    let findings: Value = serde_json::from_str(&text).expect("JSON");
    let network = &findings["findings"][0];
    assert_eq!((number(network, "interactions"), number(network, "actors")), (9285.0, 2719.0));
    assert_eq!(number(network, "ties"), 4565.0);
    assert!((15.0..=19.0).contains(&number(network, "communities")));
    assert!((number(network, "modularity") - 0.70).abs() < 0.01);
    for file in ["findings.json", "brief.md", "brief.html"] {
        let text = std::fs::read_to_string(folder.path().join(".suasion").join(file)).expect("a brief");
        assert!(!text.contains("account-"), "{file}");
    }
    let (_other, again) = derived("hong-kong-issue-network", "4").expect("the data");
    assert_eq!(text, again, "threads change nothing");
}

/// The first look: institutional sites carry 11 % of betweenness, in the directed network of links. Here links count both
/// ways.
#[test]
fn shared_diaspora_is_mapped_and_no_blog_is_named() {
    let Some((folder, text)) = derived("moroccan-ediaspora", "2") else { return };
    let findings: Value = serde_json::from_str(&text).expect("JSON");
    let network = &findings["findings"][0];
    assert_eq!((number(network, "interactions"), number(network, "actors")), (397.0, 125.0));
    let blogs: Vec<String> = std::fs::read_to_string(folder.path().join("sites.csv"))
        .expect("sites")
        .lines()
        .filter(|line| line.contains(",blog,") || line.contains(",other,"))
        .map(|line| line.split(',').next().expect("a site").to_string())
        .collect();
    assert_eq!(blogs.len(), 59);
    for file in ["findings.json", "brief.md", "brief.html"] {
        let text = std::fs::read_to_string(folder.path().join(".suasion").join(file)).expect("a brief");
        assert!(!blogs.iter().any(|blog| text.contains(blog.as_str())), "{file}");
    }
}
