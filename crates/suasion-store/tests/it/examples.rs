//! Every rule about data finds its bad example and nothing else, and leaves the mended one alone.

use suasion_model::data_rules::{DATA_RULES, Evidence, Stops};
use suasion_model::strategy::Dataset;
use suasion_model::{Source, Strategy, check};
use suasion_store::{IngestError, Ingested};

use crate::support::{Workspace, dataset, observations};

fn declared(keys: &str) -> (Source, Dataset) {
    let text = format!("[[dataset]]\nid = \"visits\"\n{keys}source = \"Office\"\nlicence = \"CC0-1.0\"\n");
    let source = Source::new("strategy.toml", text);
    let (strategy, _) = Strategy::parse(&source);
    let dataset = strategy.datasets.into_iter().next().expect("a dataset");
    (source, dataset)
}

/// The codes of what is wrong with a file, or of the rows that are dropped.
async fn found(evidence: &Evidence) -> Vec<String> {
    let workspace = Workspace::new();
    workspace.write("visits.csv", evidence.file);
    match workspace.ingest(&declared(evidence.dataset).1).await {
        Ok(done) => done.receipt().rows_dropped.keys().cloned().collect(),
        Err(IngestError::Input(problems)) => problems.iter().map(|one| one.code.to_string()).collect(),
        Err(IngestError::Failure(error)) => panic!("failed to {error}"),
    }
}

#[tokio::test]
async fn every_rule_finds_its_bad_example_alone_and_nothing_in_its_good_one() {
    for rule in DATA_RULES {
        let Some(example) = &rule.example else { continue };
        assert_eq!(found(&example.bad).await, [rule.code]);
        assert!(found(&example.good).await.is_empty(), "{} finds its good example", rule.code);
    }
}

#[test]
fn the_examples_are_good_strategies() {
    for evidence in DATA_RULES.iter().filter_map(|rule| rule.example.as_ref()).map(|example| &example.good) {
        let (source, _) = declared(evidence.dataset);
        let codes: Vec<&str> = check(&source, None).1.diagnostics.iter().map(|one| one.code).collect();
        assert_eq!(codes, ["missing-key"], "only `[strategy]` is missing: {}", source.text());
    }
}

#[test]
fn few_rules_are_without_an_example() {
    let without: Vec<&str> =
        DATA_RULES.iter().filter(|rule| rule.example.is_none()).map(|rule| rule.code).collect();
    assert_eq!(without, ["bad-csv", "file-too-large", "not-brought-in"]);
    assert!(DATA_RULES.iter().any(|rule| rule.stops == Stops::Row));
}

#[tokio::test]
async fn the_first_value_that_cannot_be_read_is_shown_with_its_line() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,\"1,194\"\nB,2011,\"1\u{1b}[2J,5\"\n,2011,1\n");
    let Err(IngestError::Input(problems)) = workspace.ingest(&observations("x", "x.csv")).await else {
        panic!("no row is usable")
    };
    let label = "3 rows: 1 no-unit (first in line 4), 2 not-a-number (first in line 2: `1,194`)";
    assert_eq!(problems[0].label, label);
    assert!(problems[0].hint.as_ref().is_some_and(|hint| hint.contains("1204332.5")), "{problems:?}");
}

#[tokio::test]
async fn a_workbook_is_told_how_to_become_a_table() {
    let workspace = Workspace::new();
    for magic in [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0\xA1\xB1"] {
        for file in ["x.csv", "x.parquet"] {
            workspace.write(file, magic);
            assert_eq!(workspace.codes(&observations("x", file)).await, ["workbook"]);
        }
    }
}

#[tokio::test]
async fn another_declaration_than_that_of_the_import_is_noticed() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v,w\nA,2011,1,2\n");
    let first = observations("x", "x.csv");
    assert!(!workspace.store().await.is_as_declared(&first).await.expect("read"), "nothing is there");
    workspace.new_receipt(&first).await;
    assert!(workspace.store().await.is_as_declared(&first).await.expect("read"));
    // A file that changed is for the next import to see.
    workspace.write("x.csv", "u,p,v,w\nA,2011,9,2\n");
    assert!(workspace.store().await.is_as_declared(&first).await.expect("read"));
    let columns = "unit = \"u\", period = \"p\", value = \"v\"";
    let flows = "period = \"p\", origin = \"u\", destination = \"w\", value = \"v\"";
    workspace.write("y.csv", "u,p,v,w\nA,2011,1,2\n");
    for other in [
        dataset("x", "observations", "x.csv", "unit = \"u\", period = \"p\", value = \"w\"", ""),
        dataset("x", "observations", "x.csv", columns, "unit = \"visits\""),
        dataset("x", "observations", "y.csv", columns, ""),
        dataset("x", "flows", "x.csv", flows, ""),
    ] {
        assert!(!workspace.store().await.is_as_declared(&other).await.expect("read"), "{other:?}");
    }
    let moved = observations("x", "y.csv");
    assert!(matches!(workspace.ingest(&moved).await, Ok(Ingested::New(_))), "its receipt names another file");
    assert!(workspace.store().await.is_as_declared(&moved).await.expect("read"));
}
