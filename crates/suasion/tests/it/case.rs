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
