//! Tables of nodes: what they add to the edges, and what is wrong with some.

use proptest::prelude::*;
use suasion_edges::{Attribute, Edges, Error, NodeTableOptions, NodeTableReceipt, Options, read_node_table};

use crate::files::{columns, file, named, names, read_as};

/// Edges, joined with a table of that content.
fn joined(
    edges: &[u8],
    options: &Options,
    table: &[u8],
    keep: &[&str],
) -> Result<(Edges, Vec<Attribute>, NodeTableReceipt), Error> {
    let mut edges = read_as("edges.csv", edges, options)?;
    let (_folder, path) = file("e.csv", table);
    let keep = NodeTableOptions { attributes: columns(keep), ..NodeTableOptions::default() };
    let (attributes, receipt) = read_node_table(&path, &keep)?.join(&mut edges, options.nodes)?;
    Ok((edges, attributes, receipt))
}

/// What an error says, after the folder.
fn said(table: &[u8], keep: &[&str]) -> String {
    let error = joined(b"Source,Target\na,b\n", &Options::default(), table, keep).expect_err("a fault");
    assert!(!error.is_failure());
    let message = error.to_string();
    message[message.find("/e.").map_or(0, |at| at + 1)..].to_string()
}

fn values(attribute: &Attribute) -> Vec<Option<&str>> {
    attribute.values.iter().map(|value| value.map(|level| attribute.levels.name(level))).collect()
}

#[test]
fn a_node_only_in_the_table_is_an_isolate_and_one_only_in_the_edges_has_no_value() {
    let table = b"Id,Label,party,age\n20,x,left,41\n3,y,,7\n10,z,right,\n4,u,left, 5\n\n";
    let (edges, attributes, receipt) =
        joined(b"Source,Target\n10,3\n3,10\n7,7\n", &Options::default(), table, &["age", "party"]).unwrap();
    assert_eq!(names(&edges), ["3", "4", "7", "10", "20"], "by value");
    let expected = [("10", "3"), ("3", "10"), ("7", "7")].map(|(a, b)| (a.to_string(), b.to_string()));
    assert_eq!(named(&edges), expected);
    let [age, party] = attributes.as_slice() else { panic!("two attributes") };
    assert_eq!(values(party), [None, Some("left"), None, Some("right"), Some("left")]);
    assert_eq!(party.levels.iter().collect::<Vec<_>>(), ["left", "right"]);
    assert_eq!(age.numbers().unwrap(), [Some(7.0), Some(5.0), None, None, Some(41.0)]);
    assert_eq!(
        party.numbers().unwrap_err().to_string(),
        "the attribute `party` holds `left`, which is no finite number; leave it empty where there is none"
    );
    assert_eq!(
        receipt,
        NodeTableReceipt {
            bytes: table.len() as u64,
            id: columns(&["Id"]),
            attributes: columns(&["age", "party"]),
            columns_ignored: 1,
            lines: 6,
            blank_lines: 1,
            rows: 4,
            nodes_only_in_table: 2,
            nodes_not_in_table: 1,
            ..NodeTableReceipt::default()
        }
    );
}

#[test]
fn names_of_several_columns_are_made_as_those_of_edges_are() {
    let options = Options { from: columns(&["c1", "n1"]), to: columns(&["c2", "n2"]), ..Options::default() };
    let mut edges = read_as("e.csv", b"c1,n1,c2,n2\n\"Paris, Texas\",USA,Paris,France\n", &options).unwrap();
    let (_folder, path) =
        file("t.tsv", b"city\tcountry\tsize\nParis\tFrance\tbig\nParis, Texas\tUSA\tsmall\n");
    let options = NodeTableOptions { id: columns(&["city", "country"]), attributes: columns(&["size"]) };
    let (attributes, receipt) = read_node_table(&path, &options).unwrap().join(&mut edges, None).unwrap();
    assert_eq!((receipt.nodes_only_in_table, receipt.nodes_not_in_table), (0, 0));
    assert_eq!(values(&attributes[0]), [Some("small"), Some("big")]);
}

#[test]
fn nodes_that_are_given_are_all_there_are() {
    let options = Options { nodes: Some(4), ..Options::default() };
    let joined = |table: &[u8]| joined(b"Source,Target\n0,1\n", &options, table, &["x"]);
    let (edges, attributes, receipt) = joined(b"node,x\n3,a\n").unwrap();
    assert_eq!((edges.names.len(), receipt.nodes_not_in_table), (4, 3));
    assert_eq!(values(&attributes[0]), [None, None, None, Some("a")]);
    let message = joined(b"node,x\n3,a\n4,b\n").unwrap_err().to_string();
    assert!(message.ends_with("e.csv:3: `4` is no node: nodes are 0 to 3 here"), "{message}");
}

#[test]
fn faults_name_the_line() {
    assert_eq!(said(b"", &[]), "e.csv: is empty; a node table has a header, and a row for each node");
    assert_eq!(said(b"\n \n", &[]), "e.csv: is empty; a node table has a header, and a row for each node");
    assert_eq!(
        said(b"name,x\na,1\n", &[]),
        "e.csv: there is no column `Id` or `node`; say which names the nodes (--node-id); columns are name, x"
    );
    assert_eq!(
        said(b"id,Party\na,1\n", &["party"]),
        "e.csv: there is no column `party` (did you mean `Party`?); columns are id, Party"
    );
    assert_eq!(
        said(b"id,x\na,1\n\"b\n\",2\n\nc,3\na,1\n", &[]),
        "e.csv:7: the node `a` has a row already, on line 2; drop one of them"
    );
    assert_eq!(said(b"id,x\na,1\n,2\n", &[]), "e.csv:3: the node has no name; give it one, or drop the row");
    assert_eq!(
        said(b"id,x\r\na\r\n", &[]),
        "e.csv:2: 1 field where 2 are expected; the header says how many; add what is missing, and put a field that holds the delimiter or a line end in quotes"
    );
    assert_eq!(said(b"id,x\na,\"1\n", &[]), "e.csv:2: a quote is opened and never closed");
    assert_eq!(said(b"id,x\na,\xff\n", &["x"]), "e.csv:2: a name is not UTF-8; save the file as UTF-8");
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0_u32..12).prop_map(|id| id.to_string()),
        1 => any::<u64>().prop_map(|id| id.to_string()),
        1 => (0_u32..9).prop_map(|id| format!("0{id}")),
        1 => "[a-c]{1,2}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Joining adds the nodes that an edge list would have with a row of weight zero for each, in the same order, and
    /// neither the order of the table's rows nor that of the edges changes an attribute.
    #[test]
    fn nodes_are_those_of_one_file_that_names_them_all(
        edges in prop::collection::vec((a_name(), a_name()), 0..12),
        table in prop::collection::btree_map(a_name(), 0_u32..4, 0..10),
    ) {
        let rows = |rows: &[(String, String)]| -> String {
            rows.iter().map(|(source, target)| format!("{source},{target},1\n")).collect::<Vec<_>>().concat()
        };
        let header = "Source,Target,Weight\n".to_string();
        let list = header.clone() + &rows(&edges);
        let ghosts: Vec<String> = table.keys().map(|name| format!("{name},{name},0\n")).collect();
        let all = read_as("e.csv", (list.clone() + &ghosts.concat()).as_bytes(), &Options::default()).unwrap();
        let lines: Vec<String> = table.iter().map(|(name, value)| format!("{name},{value}\n")).collect();
        let backwards: String = lines.iter().rev().map(String::as_str).collect();
        for lines in [lines.concat(), backwards] {
            let table_text = "id,x\n".to_string() + &lines;
            let (edges, attributes, receipt) =
                joined(list.as_bytes(), &Options::default(), table_text.as_bytes(), &["x"]).unwrap();
            prop_assert_eq!(&edges.names, &all.names);
            prop_assert_eq!((&edges.sources, &edges.targets), (&all.sources, &all.targets));
            let expected: Vec<Option<f64>> =
                names(&all).iter().map(|name| table.get(name).map(|&value| f64::from(value))).collect();
            prop_assert_eq!(attributes[0].numbers().unwrap(), expected);
            prop_assert_eq!(u64::from(all.names.len()) - receipt.nodes_not_in_table, table.len() as u64);
        }
    }
}
