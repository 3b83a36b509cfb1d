//! The reference pages are what the program says of itself; `SUASION_UPDATE=1` rewrites them.

use std::path::PathBuf;

use suasion_model::{docs, finding};

fn check_page(name: &str, page: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if std::env::var_os("SUASION_UPDATE").is_some() {
        std::fs::write(&path, page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/{name} is stale: run `SUASION_UPDATE=1 cargo test -p suasion-model`");
}

#[test]
fn the_reference_of_the_language_is_fresh() {
    check_page("strategy.md", &docs::strategy_reference());
}

#[test]
fn the_reference_of_the_diagnostics_is_fresh() {
    check_page("diagnostics.md", &docs::diagnostics_reference());
}

#[test]
fn the_reference_of_what_is_wrong_with_data_is_fresh() {
    check_page("data-diagnostics.md", &docs::data_diagnostics_reference());
}

#[test]
fn the_schema_of_findings_is_fresh() {
    check_page("findings.schema.json", &finding::json_schema());
}

#[test]
fn the_schema_of_strategies_is_fresh() {
    check_page("strategy.schema.json", &docs::strategy_json_schema());
}
