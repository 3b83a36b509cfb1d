//! Text: numbering, columns, compression.

use std::io::Write as _;

use suasion_edges::{NodeNames, Options};

use crate::files::{columns, named, names, read_as};

#[test]
fn integers_are_numbered_by_value() {
    let edges = read_as("e.txt", b"10 9\n9 100\n", &Options::default()).unwrap();
    assert_eq!(edges.names, NodeNames::Numbers(vec![9, 10, 100]));
    assert_eq!((edges.sources, edges.targets), (vec![1, 0], vec![0, 2]));
    assert_eq!(edges.weights, None);
}

#[test]
fn integers_from_0_without_a_gap_need_no_names() {
    let edges = read_as("e.txt", b"2\t0\n1\t2\n", &Options::default()).unwrap();
    assert_eq!(edges.names, NodeNames::Range(3));
    assert_eq!((edges.sources, edges.targets), (vec![2, 1], vec![0, 2]));
}

#[test]
fn one_word_puts_all_names_in_text_order() {
    let edges = read_as("e.txt", b"10 9\nx 100\n", &Options::default()).unwrap();
    assert_eq!(names(&edges), ["10", "100", "9", "x"]);
}

#[test]
fn the_largest_integers_are_names() {
    let text = b"18446744073709551615 4294967295\n4294967296 18446744073709551614\n";
    let edges = read_as("e.txt", text, &Options::default()).unwrap();
    let NodeNames::Numbers(numbers) = edges.names else { panic!("{:?}", edges.names) };
    assert_eq!(numbers, [4_294_967_295, 4_294_967_296, u64::MAX - 1, u64::MAX]);
    assert_eq!((edges.sources, edges.targets), (vec![3, 1], vec![0, 2]));
}

#[test]
fn integers_far_apart_are_numbered_alike() {
    let row = |i: u64| format!("{} {}", i * i * 1_000_003, (i % 7) * 4_000_000_007);
    let text = (0..2000).map(row).collect::<Vec<_>>().join("\n");
    let edges =
        read_as("e.txt", text.as_bytes(), &Options { chunk_bytes: 512, ..Options::default() }).unwrap();
    let expected: Vec<(String, String)> = text
        .lines()
        .map(|line| line.split_once(' ').map(|(a, b)| (a.to_string(), b.to_string())).unwrap())
        .collect();
    assert_eq!(named(&edges), expected);
    assert!(matches!(edges.names, NodeNames::Numbers(numbers) if numbers.is_sorted()));
}

#[test]
fn columns_are_called_by_number_or_by_a_header() {
    let options = Options {
        from: columns(&["3"]),
        to: columns(&["1"]),
        weight: Some("2".into()),
        ..Options::default()
    };
    let edges = read_as("e.txt", b"1 0.5 2\n3 1 1\n", &options).unwrap();
    assert_eq!(named(&edges), [("2".into(), "1".into()), ("1".into(), "3".into())]);
    assert_eq!(edges.weights, Some(vec![0.5, 1.0]));
    assert_eq!(edges.receipt.from, ["3"]);

    let options = Options { from: columns(&["who"]), to: columns(&["whom"]), ..Options::default() };
    let edges = read_as("e.txt", b"# a list\nwhom when who\n1 2020 2\n", &options).unwrap();
    assert_eq!(named(&edges), [("2".into(), "1".into())]);
    let receipt = &edges.receipt;
    assert_eq!((receipt.header_lines, receipt.columns_ignored, receipt.counts.comments), (1, 1, 1));
    assert_eq!((receipt.counts.lines, receipt.counts.rows), (3, 1));
}

#[test]
fn the_first_row_shows_what_parts_fields() {
    for text in [
        "# of towns\nNew York\tLos Angeles\n Los Angeles\tRome, Italy \n",
        "New York , Los Angeles\nLos Angeles,Rome\n",
    ] {
        let edges = read_as("e.txt", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(named(&edges)[0], ("New York".into(), "Los Angeles".into()), "{text}");
        assert_eq!((edges.names.len(), edges.receipt.columns_ignored), (3, 0));
    }
    // What is not used may be empty, the last column too.
    let edges = read_as("e.txt", b"a\tb\tnote\nb\tc\t\n", &Options::default()).unwrap();
    assert_eq!((edges.sources.len(), edges.receipt.columns_ignored), (2, 1));
    let edges = read_as("e.txt", b"1 2\t\n3  4\n", &Options::default()).unwrap();
    assert_eq!(names(&edges), ["1", "2", "3", "4"]);
}

#[test]
fn nodes_can_be_said_beforehand() {
    let options = Options { nodes: Some(5), ..Options::default() };
    let edges = read_as("e.txt", b"3 1\n", &options).unwrap();
    assert_eq!((edges.names, edges.sources, edges.targets), (NodeNames::Range(5), vec![3], vec![1]));
    let edges = read_as("e.txt", b"", &options).unwrap();
    assert_eq!((edges.names, edges.sources.len()), (NodeNames::Range(5), 0));
}

#[test]
fn a_dropped_row_leaves_its_nodes() {
    let options = Options { weight: Some("3".into()), ..Options::default() };
    let edges = read_as("e.txt", b"1 2 0\n2 3 1\n", &options).unwrap();
    assert_eq!(names(&edges), ["1", "2", "3"]);
    assert_eq!((edges.sources, edges.receipt.counts.zero_weights_dropped), (vec![1], 1));
}

#[test]
fn comments_alone_make_an_empty_graph() {
    let edges = read_as("e.txt", b"# nothing\n\n", &Options::default()).unwrap();
    assert_eq!(
        (edges.names.len(), edges.receipt.counts.comments, edges.receipt.counts.blank_lines),
        (0, 1, 1)
    );
}

#[test]
fn gzip_and_zstd_are_known_by_their_first_bytes() {
    let text = "7 8\n8 9\n".repeat(100);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(text.as_bytes(), 3).unwrap();
    let plain = read_as("e.txt", text.as_bytes(), &Options::default()).unwrap();
    for (compression, bytes) in
        [("gzip", &gzip), ("zstd", &zstd), ("gzip", &[gzip.clone(), gzip.clone()].concat())]
    {
        let edges = read_as("e.txt", bytes, &Options::default()).unwrap();
        assert_eq!(edges.receipt.compression, Some(compression));
        assert_eq!(edges.sources[..200], plain.sources);
        let error = read_as("e.txt", &bytes[..bytes.len() - 3], &Options::default()).unwrap_err();
        assert!(error.to_string().contains(&format!("the {compression} data are cut short")), "{error}");
    }
}

#[test]
fn a_byte_order_mark_is_no_name() {
    let edges = read_as("e.txt", "\u{feff}1 2\n".as_bytes(), &Options::default()).unwrap();
    assert_eq!(names(&edges), ["1", "2"]);
}
