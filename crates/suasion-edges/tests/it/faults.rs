//! Bad input: what is said of it.

use std::io::Write as _;

use suasion_edges::{Input, Negatives, Options};

use crate::files::{columns, file, message, on_threads, read_as};

fn text(bytes: &[u8]) -> String {
    message(read_as("e.txt", bytes, &Options::default()))
}

fn weighted(bytes: &[u8]) -> String {
    message(read_as("e.txt", bytes, &Options { weight: Some("3".into()), ..Options::default() }))
}

fn csv(bytes: &[u8]) -> String {
    message(read_as("e.csv", bytes, &Options::default()))
}

#[test]
fn weights_must_be_finite_numbers() {
    assert_eq!(
        weighted(b"1 2 1\n1 2 nan\n1 2 -1\n"),
        "e.txt:2: the weight `nan` is not finite; drop the row or give it a finite weight"
    );
    for infinite in ["inf", "-Infinity", "1e999"] {
        let said = weighted(format!("1 2 {infinite}\n").as_bytes());
        assert!(said.starts_with(&format!("e.txt:1: the weight `{infinite}` is not finite")), "{said}");
    }
    assert_eq!(
        weighted(b"# c\n1 2 -0.5\n"),
        "e.txt:2: the weight `-0.5` is negative; say which signs to take (--sign), or leave the weights out"
    );
    assert_eq!(weighted(b"1 2 1\n1 2 x\n"), "e.txt:2: the weight `x` is no number");
    assert_eq!(
        csv(b"Source,Target,Weight\n1,2,\n"),
        "e.csv:2: the weight is empty; drop the row or give it a weight"
    );
    let options = Options { weight: Some("3".into()), negatives: Negatives::Keep, ..Options::default() };
    assert_eq!(read_as("e.txt", b"1 2 -3\n", &options).unwrap().weights, Some(vec![-3.0]));
}

#[test]
fn a_header_where_none_is_expected() {
    let hint = "start it with #, or call columns by their names (--from, --to)";
    assert_eq!(
        text(b"\nuser other\n1 2\n"),
        format!("e.txt:2: this looks like a header (`user other`); {hint}")
    );
    assert_eq!(
        text(b"Source Target\na b\n"),
        format!("e.txt:1: this looks like a header (`Source Target`); {hint}")
    );
    let said = weighted(b"a b weight\n1 2 3\n");
    assert_eq!(
        said,
        "e.txt:1: the weight `weight` is no number; if this line is a header, call columns by their names"
    );
    assert!(read_as("e.txt", b"user other\nuser 2\nx 3\n", &Options::default()).is_ok());
    assert!(read_as("e.txt", b"a b\nb a\n", &Options::default()).is_ok(), "there are no numbers below");
}

#[test]
fn rows_are_of_one_length() {
    assert!(text(b"1 2\n3 4\n1 2 3\n").starts_with("e.txt:3: 3 fields where 2 are expected"));
    assert!(text(b"1 2 3\n# c\n1 2\n").starts_with("e.txt:3: 2 fields where 3 are expected"));
    assert!(
        text(b"1,2\n1,,2\n").starts_with("e.txt:2: 3 fields where 2 are expected; commas part them here")
    );
    assert!(text(b"1,2\n1\n").starts_with("e.txt:2: 1 field where 2 are expected; commas part them here"));
    let said = csv(b"Source,Target\n1\n");
    assert!(said.starts_with("e.csv:2: 1 field where 2 are expected; the header says how many"), "{said}");
    let advice =
        "the target has no name; give it one, or drop the row (--where 'Target!=' drops all that have none)";
    assert_eq!(csv(b"Source,Target\n1,\n"), format!("e.csv:2: {advice}"));
    assert!(
        text(b"# c\na\tb\na\t\t\n").starts_with("e.txt:3: 3 fields where 2 are expected; tabs part them")
    );
    assert!(
        text(b"a\tb\na\t\n")
            .starts_with("e.txt:2: the target has no name; give it one, or drop the row (--where '2!='")
    );
}

#[test]
fn columns_must_be_there() {
    let read = |name: &str, bytes: &[u8], from: &str, to: &str| {
        message(read_as(
            name,
            bytes,
            &Options { from: columns(&[from]), to: columns(&[to]), ..Options::default() },
        ))
    };
    assert_eq!(
        read("e.csv", b"from_country,to_country\n", "from_county", "to_country"),
        "e.csv: there is no column `from_county` (did you mean `from_country`?); columns are from_country, to_country"
    );
    assert_eq!(read("e.txt", b"1 2\n", "1", "3"), "e.txt: there is no column `3`; columns are 1 to 2");
    assert_eq!(
        read("e.csv", b"a,a,b\n1,2,3\n", "a", "b"),
        "e.csv: two columns have the same name; call them by their numbers, from 1"
    );
    assert_eq!(
        csv(b"a,b\n1,2\n"),
        "e.csv: there is no column `Source`; say which names the source (--from COL, and --to COL for the target); columns are a, b"
    );
}

#[test]
fn lines_of_text_are_parted_alike() {
    let parted = |found: &str, expected: &str| {
        format!(
            "e.txt:3: {found} part the fields of this line, and {expected} those of line 2; part all lines alike, or \
             save the file as CSV with names in quotes"
        )
    };
    assert_eq!(text(b"# c\n1 2\n3\t4\n"), parted("tabs", "blanks"));
    assert_eq!(text(b"# c\n1 2\n3,4\n"), parted("commas", "blanks"));
    assert_eq!(text(b"# c\n1,2\n3\t4\n"), parted("tabs", "commas"));
}

#[test]
fn an_edge_is_no_header() {
    let read = |bytes: &[u8], from: &str, to: &str| {
        let options = Options { from: columns(&[from]), to: columns(&[to]), ..Options::default() };
        read_as("e.csv", bytes, &options)
    };
    let said = message(read(b"\n7,8\n8,9\n", "1", "2"));
    assert!(
        said.starts_with("e.csv:2: the first row (`7,8`) is taken for the header, and `7` is to be the name"),
        "{said}"
    );
    assert!(said.contains("put a header above it (Source,Target), or call the file .txt"), "{said}");
    assert!(csv(b"7,8,0.5\n").starts_with("e.csv:1: the first row (`7,8,0.5`) is taken for the header"));
    let said = message(read(b"ann,bob\nbob,cal\n", "1", "2"));
    assert!(
        said.contains("and `bob` is a node as well")
            && said.ends_with("call columns by their names (--from, --to)")
    );
    assert_eq!(read(b"ann,bob\nbob,cal\n", "ann", "bob").unwrap().receipt.header, ["ann", "bob"]);
    // A number is a position, or a name where there is no such position, and never either.
    let said = message(read(b"a,b,1\nx,y,z\n", "1", "2"));
    assert!(said.starts_with("e.csv: `1` is column 1, called `a`, and also the name of column 3"), "{said}");
    assert_eq!(read(b"a,b,2015\nx,y,z\n", "2015", "b").unwrap().receipt.from, ["2015"]);
    assert_eq!(read(b"a, b\nx,y\n", "a", "b").unwrap().receipt.to, [" b"]);
}

#[test]
fn quotes_are_as_rfc_4180_has_them() {
    assert!(csv(b"Source,Target\na,b\n5\" gun,c\n").starts_with("e.csv:3: a quote stands within a field"));
    assert!(csv(b"Source,Target\na,\"b\"c\n").starts_with("e.csv:2: a quote stands within a field"));
    assert_eq!(csv(b"Source,Target\na,b\n\"a,b\nc,d\n"), "e.csv:3: a quote is opened and never closed");
    let mut long = b"Source,Target\na,b\n\"a,b\n".to_vec();
    long.extend(b"c,d\n".repeat(5 << 20));
    assert_eq!(csv(&long), "e.csv:3: a quote is opened and never closed");
}

#[test]
fn files_of_other_kinds() {
    assert!(text(b"PAR1....").contains("is a Parquet file"));
    assert!(text(b"PK\x03\x04....").contains("is a zip archive or a spreadsheet"));
    let gexf = "\u{feff}<?xml version=\"1.0\"?>\n<gexf version=\"1.3\"><graph>";
    for (start, is) in [
        (gexf, "a GEXF file"),
        ("<graphml xmlns=\"x\">", "a GraphML file"),
        ("<?xml version=\"1.0\"?><rows/>", "an XML file"),
        ("<!DOCTYPE html><html>", "a web page"),
        ("*Vertices 3\n1 \"a\"\n", "a Pajek file"),
        ("*network x\r\n*vertices 2\r\n", "a Pajek file"),
        ("graph [\n  node [\n", "a GML file"),
        ("Creator \"igraph\"\ngraph\n[\n", "a GML file"),
    ] {
        for said in [text(start.as_bytes()), csv(start.as_bytes())] {
            assert!(said.contains(&format!("is {is}, no edge list; save its edges as CSV")), "{said}");
        }
    }
    assert!(read_as("e.txt", b"graph theory\ncreator graph\n", &Options::default()).is_ok());
    assert!(text(b"\xff\xfe1\0 \0").contains("is text in UTF-16"));
    assert!(
        text(b"\x01\0\0\0\x02\0\0\0").starts_with("e.txt:1: there is a zero byte: this is a binary file")
    );
    assert!(text(b"1 2\n1 2\0\n").starts_with("e.txt:2: there is a zero byte"));
    assert!(text(b"1 2\nab\xff c\n").starts_with("e.txt:2: a name is not UTF-8"));
    assert!(text(b"").starts_with("e.txt: is empty"));
    let mut long = b"1 2\n".to_vec();
    long.resize(40 << 20, b'7');
    assert!(text(&long).starts_with("e.txt:2: the line is longer than 16777216 bytes"));
    assert!(
        message(read_as("e.txt", b"\x1f\x8b\x08\0damaged..........", &Options::default()))
            .contains("gzip data are")
    );
}

#[test]
fn names_must_be_nodes_if_nodes_are_given() {
    let options = Options { nodes: Some(3), ..Options::default() };
    for (row, name) in [("1 3", "3"), ("x 1", "x"), ("01 1", "01"), ("99999999999 1", "99999999999")] {
        let said = message(read_as("e.txt", format!("0 1\n{row}\n").as_bytes(), &options));
        assert_eq!(said, format!("e.txt:2: `{name}` is no node: nodes are 0 to 2 here"));
    }
    let none = Options { nodes: Some(0), ..Options::default() };
    let said = message(read_as("e.txt", b"0 1\n", &none));
    assert_eq!(said, "e.txt:1: `0` is no node: there are to be none (--nodes 0)");
    let options = Options { from: columns(&["a", "b"]), to: columns(&["b"]), ..options };
    let said = message(read_as("e.csv", b"a,b\n1,2\n", &options));
    assert_eq!(said, "e.csv: node numbers cannot be made of several columns");
}

#[test]
fn a_file_that_changes_while_it_is_read() {
    let (_folder, path) = file("e.txt", b"1 2\n");
    let input = Input::open(&path).unwrap();
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"3 4\n").unwrap();
    let said = message(input.read(&Options::default()));
    assert_eq!(said, "e.txt: changed while it was read; read it again when nobody writes to it");

    let input = Input::open(&path).unwrap();
    std::fs::write(&path, b"1").unwrap();
    assert!(message(input.read(&Options::default())).contains("changed while it was read"));

    // Raw pairs, and what is compressed.
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(b"1 2\n").unwrap();
    let gzip = gzip.finish().unwrap();
    for (name, bytes) in [("e.bin", vec![0; 16]), ("e.txt.gz", gzip)] {
        let (_folder, path) = file(name, &bytes);
        let input = Input::open(&path).unwrap();
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(&[0; 8]).unwrap();
        assert!(message(input.read(&Options::default())).contains("changed while it was read"), "{name}");
    }
}

#[test]
fn the_first_fault_is_reported_on_any_number_of_threads() {
    let mut lines: Vec<String> = (0..5000).map(|i| format!("{} {}", i, i + 1)).collect();
    for fault in [4999, 3000, 1234] {
        lines[fault].push_str(" 7");
        // A name that needs another pass, before and after the fault.
        for odd in [100, 4000] {
            let mut lines = lines.clone();
            lines[odd] = "x 1".to_string();
            for threads in [1, 2, 3, 8] {
                let options = Options { chunk_bytes: 100, ..Options::default() };
                let said =
                    on_threads(threads, || message(read_as("e.txt", lines.join("\n").as_bytes(), &options)));
                assert!(said.starts_with(&format!("e.txt:{}: 3 fields", fault + 1)), "{said}");
            }
        }
    }
}

#[test]
fn what_is_not_there_is_a_failure() {
    let error = suasion_edges::read(std::path::Path::new("no/such/e.txt"), &Options::default()).unwrap_err();
    assert!(error.is_failure());
    assert!(!read_as("e.txt", b"", &Options::default()).unwrap_err().is_failure());
}
