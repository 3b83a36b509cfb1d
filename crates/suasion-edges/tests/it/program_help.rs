//! The program's help, and how it is called within another.

use std::process::Command;

use clap::{Args, FromArgMatches as _, Parser, Subcommand};
use suasion_edges::cli::Request;

use crate::program::ALGORITHMS;

fn help(arguments: &[&str], columns: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_suasion-graph"));
    let output = program.args(arguments).env("COLUMNS", columns).output().expect("a program");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn every_algorithm_has_a_line_and_an_example() {
    let all = help(&["--help"], "100");
    for algorithm in ALGORITHMS.iter().copied().chain([
        "build",
        "disparity-filter",
        "distances",
        "ei-index",
        "partner-turnover",
        "shortest-path",
        "windows",
    ]) {
        assert!(all.contains(&format!("\n  {algorithm} ")), "{all}");
        assert!(all.contains(&format!("\n      suasion-graph {algorithm} ")), "{all}");
        let one = help(&[algorithm, "--help"], "100");
        assert!(one.contains(&format!("\nExample: {algorithm} ")), "{one}");
    }
}

#[test]
fn the_help_of_an_algorithm_has_the_flags_that_it_heeds() {
    let pagerank = help(&["pagerank", "--help"], "80");
    assert!(pagerank.starts_with("Where a walker is that follows edges"), "{pagerank}");
    assert!(pagerank.contains("--damping <D>") && pagerank.contains("--out <FILE>"), "{pagerank}");
    assert!(!pagerank.contains("--log2m") && !pagerank.contains("--sources"), "{pagerank}");
    let whole = help(&["reciprocity", "--help"], "80");
    assert!(!whole.contains("--out") && !whole.contains("For this algorithm"), "{whole}");
    assert!(whole.contains("The column of weights, with --sign alone"), "{whole}");
}

#[test]
fn help_fits_the_terminal() {
    for width in [40, 80] {
        for arguments in [&["--help"][..], &["pagerank", "--help"], &["degree", "-h"]] {
            let help = help(arguments, &width.to_string());
            // Headings and the line of usage are not wrapped.
            let wide = help.lines().filter(|line| !line.ends_with(':') && !line.starts_with("Usage"));
            let widest = wide.max_by_key(|line| line.chars().count()).unwrap_or_default();
            assert!(widest.chars().count() <= width, "{widest}");
        }
    }
}

/// A program that has `graph` among its commands, as `suasion` has.
#[derive(Debug, Parser)]
#[command(name = "other")]
struct Other {
    #[command(subcommand)]
    command: OtherCommand,

    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum OtherCommand {
    #[command(after_help = Request::help("other graph"))]
    Graph(Graph),
}

#[derive(Debug, Args)]
struct Graph {
    #[command(flatten)]
    request: Request,
}

#[test]
fn it_can_be_a_command_of_another_program() {
    let parse = |arguments: &str| Other::try_parse_from(arguments.split(' '));
    let Other { command: OtherCommand::Graph(Graph { request }), quiet } =
        parse("other graph degree no-such-file.txt --undirected --quiet").expect("good arguments");
    assert!(quiet);
    assert_eq!(request.run(None), 2, "there is no such file");
    let said = |arguments: &str| parse(arguments).expect_err("misuse").to_string();
    assert!(said("other graph degree e.txt --damping .5").contains("--damping says nothing to degree"));
    assert!(said("other graph --help").contains("\n      other graph pagerank edges.txt"));
    assert!(said("other graph degree --help").contains("other graph degree [OPTIONS] <EDGES>"));
    assert!(said("other graph beauty e.txt").contains("beauty"));
    let matches = clap::Command::new("bare").try_get_matches_from(["bare"]).expect("no arguments");
    assert!(Request::from_arg_matches(&matches).is_err());
}
