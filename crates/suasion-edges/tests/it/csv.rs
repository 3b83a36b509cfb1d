//! CSV: headers, quotes, composite keys, Gephi's columns.

use proptest::prelude::*;
use suasion_edges::Options;

use crate::files::{columns, named, names, read_as};

#[test]
fn gephi_columns_are_known() {
    let text = b"Source,Target,Type,Id,Label,Weight\n1,2,Undirected,0,,2.5\n2,3,Undirected,1,,0\n";
    let edges = read_as("e.csv", text, &Options::default()).unwrap();
    assert_eq!((edges.sources, edges.targets, edges.weights), (vec![0], vec![1], Some(vec![2.5])));
    let receipt = edges.receipt;
    assert_eq!(receipt.weight.as_deref(), Some("Weight"));
    assert_eq!((receipt.counts.declared_undirected, receipt.counts.zero_weights_dropped), (2, 1));
    assert_eq!(receipt.columns_ignored, 2);
}

#[test]
fn the_header_tells_the_delimiter() {
    for text in ["Source;Target\na,b;c\n", "Source\tTarget\na,b\tc\n", "source,target\n\"a,b\",c\n"] {
        let edges = read_as("e.csv", text.as_bytes(), &Options::default()).unwrap();
        assert_eq!(named(&edges), [("a,b".into(), "c".into())], "{text}");
    }
}

#[test]
fn parts_of_a_name_are_joined_as_csv_joins_them() {
    let options = Options {
        from: columns(&["city1", "country1"]),
        to: columns(&["city2", "country2"]),
        ..Options::default()
    };
    let text = "city1,country1,city2,country2\nParis,France,\"Paris, Texas\",USA\nParis,USA,\"a\"\"b\",\n";
    let edges = read_as("e.csv", text.as_bytes(), &options).unwrap();
    assert_eq!(names(&edges), ["\"Paris, Texas\",USA", "\"a\"\"b\",", "Paris,France", "Paris,USA"]);
    assert_eq!(edges.receipt.from, ["city1", "country1"]);
}

#[test]
fn a_column_can_be_called_by_its_number() {
    let options = Options { from: columns(&["2"]), to: columns(&["1"]), ..Options::default() };
    let edges = read_as("e.csv", b"a,b\n1,2\n", &options).unwrap();
    assert_eq!(named(&edges), [("2".into(), "1".into())]);
}

fn quoted(value: &str, always: bool) -> String {
    if always || value.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_string()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Names come back whole, whatever is in them and wherever chunks are cut.
    #[test]
    fn quoted_names_come_back(
        rows in prop::collection::vec(("[a\",\n\r é7]{1,5}", "[a\",\n\r 7]{0,4}", "[0-9]{1,3}", any::<bool>()), 1..30),
        chunk_bytes in 1_usize..60,
    ) {
        prop_assume!(rows.iter().all(|row| !row.0.trim_matches([' ', '\t']).is_empty()));
        let mut text = "Source,note,Target\r\n".to_string();
        for (source, note, target, always) in &rows {
            text += &[quoted(source, *always), quoted(note, *always), quoted(target, false)].join(",");
            text += "\n";
        }
        let edges = read_as("e.csv", text.as_bytes(), &Options { chunk_bytes, ..Options::default() }).unwrap();
        let expected: Vec<(String, String)> = rows.iter().map(|row| (row.0.clone(), row.2.clone())).collect();
        prop_assert_eq!(named(&edges), expected);
        prop_assert_eq!(edges.receipt.counts.rows, rows.len() as u64);
        prop_assert_eq!(edges.receipt.counts.lines, text.matches('\n').count() as u64);
    }
}

#[test]
fn a_first_row_is_not_taken_for_a_header() {
    for rows in ["1,2\n2,3\n", "\"1\",b\n1,c\n"] {
        let options =
            Options { from: vec!["1".to_string()], to: vec!["2".to_string()], ..Options::default() };
        let error = read_as("e.csv", rows.as_bytes(), &options).map(|_| ()).expect_err("there is no header");
        assert!(
            error.to_string().contains("is taken for the header, and `1` is to be the name of an end in it"),
            "{error}"
        );
    }
}
