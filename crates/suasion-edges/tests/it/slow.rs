//! A slow reader of text, and agreement with it on random files.

use std::fmt::Write as _;

use proptest::prelude::*;
use suasion_edges::{NodeNames, Options};
use suasion_graph::Names;

use crate::files::{names, on_threads, read_as};

/// Edges as the slow reader has them.
#[derive(Debug, PartialEq)]
struct Slow {
    names: Vec<String>,
    edges: Vec<(u32, u32)>,
    weights: Vec<f64>,
    comments: u64,
    blank_lines: u64,
    dropped: u64,
}

/// Reads text whose rows are well formed.
fn slow(text: &str, weighted: bool, keep_zero: bool) -> Slow {
    let (mut comments, mut blank_lines, mut dropped) = (0, 0, 0);
    let mut rows: Vec<(&str, &str, f64)> = Vec::new();
    let mut all: Vec<&str> = Vec::new();
    for line in text.lines() {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() {
            blank_lines += 1;
            continue;
        }
        if line.starts_with('#') {
            comments += 1;
            continue;
        }
        let fields = fields(line);
        let weight = if weighted { fields[2].parse().expect("a number") } else { 1.0 };
        all.extend(&fields[..2]);
        if weight == 0.0 && !keep_zero {
            dropped += 1;
        } else {
            rows.push((fields[0], fields[1], weight));
        }
    }
    let order = Names::new(all).expect("few names");
    let node = |name| order.id(name).expect("a name that occurs");
    Slow {
        edges: rows.iter().map(|row| (node(row.0), node(row.1))).collect(),
        weights: if weighted { rows.iter().map(|row| row.2).collect() } else { Vec::new() },
        names: order.iter().map(str::to_string).collect(),
        comments,
        blank_lines,
        dropped,
    }
}

/// The fields of a line, none of which is empty or holds a separator.
fn fields(line: &str) -> Vec<&str> {
    line.split([' ', '\t', ',']).filter(|field| !field.is_empty()).collect()
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0_u32..30).prop_map(|id| id.to_string()),
        2 => any::<u32>().prop_map(|id| id.to_string()),
        1 => any::<u64>().prop_map(|id| id.to_string()),
    ]
}

fn an_odd_name() -> impl Strategy<Value = String> {
    prop_oneof![
        a_name(),
        (0_u32..30).prop_map(|id| format!("0{id}")),
        (0_u32..30).prop_map(|id| format!("-{id}")),
        Just("18446744073709551616".to_string()),
        Just("123456789012345678901234567890".to_string()),
    ]
}

fn a_word() -> impl Strategy<Value = String> {
    prop_oneof![a_name(), "[a-zé\"#]{1,3}".prop_filter("no comment", |name| !name.starts_with('#'))]
}

/// A file's lines: rows, comments and blank lines.
fn a_file(name: BoxedStrategy<String>, weighted: bool) -> BoxedStrategy<String> {
    let weight = prop_oneof![
        Just("0".to_string()),
        Just("-0.0".to_string()),
        (0_u32..9).prop_map(|weight| weight.to_string()),
        (0.0..1e9_f64).prop_map(|weight| format!("{weight:e}")),
    ];
    // All lines of a file are parted alike, but for blanks.
    prop_oneof![Just([" ", "  "]), Just(["\t", " \t "]), Just([",", " , "])]
        .prop_flat_map(move |separators| {
            a_file_parted_by(separators, name.clone(), weight.clone().boxed(), weighted)
        })
        .boxed()
}

fn a_file_parted_by(
    separators: [&'static str; 2],
    name: BoxedStrategy<String>,
    weight: BoxedStrategy<String>,
    weighted: bool,
) -> BoxedStrategy<String> {
    let separator = prop::sample::select(separators.to_vec());
    let line_end = prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just(" \n")];
    let row = (name.clone(), separator.clone(), name, separator, weight, line_end).prop_map(
        move |(source, first, target, second, weight, end)| {
            let mut row = format!("{source}{first}{target}");
            if weighted {
                let _ = write!(row, "{second}{weight}");
            }
            row + end
        },
    );
    let line = prop_oneof![
        12 => row,
        1 => Just("# a comment\n".to_string()),
        1 => Just(" \t\n".to_string()),
        1 => Just("\n".to_string()),
    ];
    (prop::collection::vec(line, 1..60), any::<bool>())
        .prop_map(|(lines, ended)| {
            let mut text = lines.concat();
            if !ended && text.trim_end().len() > 1 {
                text.truncate(text.trim_end().len());
            }
            text
        })
        .boxed()
}

/// Whatever the size of chunks and the number of threads, the result is the slow reader's.
fn agrees(text: &str, weighted: bool, keep_zero: bool, chunk_bytes: usize) -> Result<(), TestCaseError> {
    let options =
        Options { weight: weighted.then(|| "3".to_string()), keep_zero, chunk_bytes, ..Options::default() };
    let expected = slow(text, weighted, keep_zero);
    for threads in [1, 3] {
        let edges =
            on_threads(threads, || read_as("e.txt", text.as_bytes(), &options)).expect("well-formed rows");
        let counts = edges.receipt.counts;
        prop_assert_eq!(counts.rows, counts.zero_weights_dropped + edges.receipt.edges);
        prop_assert_eq!(counts.lines, counts.rows + counts.comments + counts.blank_lines);
        prop_assert_eq!(counts.lines, text.lines().count() as u64);
        let found = Slow {
            names: names(&edges),
            edges: edges.sources.iter().copied().zip(edges.targets.iter().copied()).collect(),
            weights: edges.weights.clone().unwrap_or_default(),
            comments: counts.comments,
            blank_lines: counts.blank_lines,
            dropped: counts.zero_weights_dropped,
        };
        prop_assert_eq!(&found, &expected);
        for (node, name) in (0..).zip(&expected.names) {
            prop_assert_eq!(edges.names.id(name), Some(node));
        }
        let self_loops = edges.sources.iter().zip(&edges.targets).filter(|(a, b)| a == b).count();
        prop_assert_eq!(counts.self_loops, self_loops as u64);
        if let NodeNames::Text(_) = edges.names {
            prop_assert!(
                expected
                    .names
                    .iter()
                    .any(|name| name.parse::<u64>().map(|id| id.to_string()) != Ok(name.clone()))
            );
        }
    }
    Ok(())
}

/// A first row of two words, and integers below it, is taken for a header.
fn has_no_header(text: &str) -> bool {
    let is_integer = |name: &str| {
        let digits = name.strip_prefix('-').unwrap_or(name);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut rows = text
        .lines()
        .map(|line| line.trim_matches([' ', '\t', '\r']))
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let ends = |row| fields(row).into_iter().take(2);
    let Some(first) = rows.next().map(|row| ends(row).collect::<Vec<_>>()) else { return true };
    let mut rest = rows.flat_map(ends).filter(|name| !is_integer(name));
    first.iter().any(|name| is_integer(name)) || rest.any(|name| !first.contains(&name))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn integers_as_a_slow_reader_has_them(text in a_file(a_name().boxed(), false), chunk in 1_usize..80) {
        agrees(&text, false, false, chunk)?;
    }

    #[test]
    fn odd_integers_as_a_slow_reader_has_them(text in a_file(an_odd_name().boxed(), false), chunk in 1_usize..80) {
        agrees(&text, false, false, chunk)?;
    }

    #[test]
    fn words_as_a_slow_reader_has_them(text in a_file(a_word().boxed(), false), chunk in 1_usize..80) {
        prop_assume!(has_no_header(&text));
        agrees(&text, false, false, chunk)?;
    }

    #[test]
    fn weights_as_a_slow_reader_has_them(
        text in a_file(a_name().boxed(), true), keep in any::<bool>(), chunk in 1_usize..80,
    ) {
        agrees(&text, true, keep, chunk)?;
    }
}
