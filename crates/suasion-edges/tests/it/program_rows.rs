//! The program, told which rows to read.

use crate::files::file;
use crate::program::{json, suasion_graph};

#[test]
fn rows_are_chosen_and_counted() {
    let rows = b"a b 1341100972 RT\nb c 1341187200 MT\nc a 1341187300 RT\n";
    let (_folder, path) = file("e.txt", rows);
    let columns = ["--from", "1", "--to", "2", "--layer", "4=RT,RE", "--time", "3=2012-07-02..", "--where"];
    let report = json(&path, "degree", &[&columns[..], &["1!=d"]].concat());
    assert_eq!((&report["n_nodes"], &report["n_edges"]), (&2.into(), &1.into()));
    assert_eq!((&report["receipt"]["rows"], &report["receipt"]["rows_filtered"]), (&3.into(), &2.into()));
    let output = suasion_graph(&path, "degree", &["--layer", "4=RT"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("1 row filtered out\n"), "{text}");
}

#[test]
fn a_declared_direction_is_that_of_the_rows_read() {
    let (_folder, path) = file("e.csv", b"Source,Target,Type\na,b,Undirected\nb,c,Directed\n");
    assert_eq!(json(&path, "degree", &["--where", "Type=Undirected"])["directed"], false);
}

#[test]
fn a_choice_that_cannot_be_made_stops_the_program() {
    let (_folder, path) = file("e.csv", b"Source,Target,kind\na,b,x\n");
    let said = |options: &[&str]| {
        let output = suasion_graph(&path, "degree", options);
        assert!(output.stdout.is_empty());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, error) = said(&["--layer", "kind=y"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("none of the 1 rows fulfils `kind=y`; see what the columns hold"), "{error}");
    assert_eq!(said(&["--where", "sort=x"]).0, Some(1));
    let (code, error) = said(&["--time", "kind=2015"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("`2015` must be FROM..UNTIL, as 2015..2018 or 2015-05-03.."), "{error}");
}

#[test]
fn what_is_usually_meant_is_said() {
    let (_folder, path) = file("e.csv", b"who,whom,day\na,b,20180101\n");
    let said = |options: &[&str]| String::from_utf8(suasion_graph(&path, "degree", options).stderr).unwrap();
    let error = said(&[]);
    assert!(
        error.contains("no column `Source`; say which names the source (--from COL, and --to COL for the target); columns are who,"),
        "{error}"
    );
    let error = said(&["--from", "who"]);
    assert!(
        error.contains("no column `Target`; say which names the target (--to COL); columns are who,"),
        "{error}"
    );
    let ends = ["--from", "who", "--to", "whom", "--time"];
    let error = said(&[&ends[..], &["day=2018..2019"]].concat());
    assert!(error.contains("integers are compared by value, and days or seconds are no years"), "{error}");
    let error = said(&[&ends[..], &["day=2018-02-01..2019"]].concat());
    assert!(error.contains("; see what the columns hold"), "{error}");
}

#[test]
fn numbers_for_people_are_rounded_and_names_are_as_they_stand() {
    let rows =
        b"Source,Target,Weight\n\"King's \"\"L\"\"\",b,1234567.875\nb,c\td,0.1\nc\td,b,0.0000123456789\n";
    let (_folder, path) = file("e.csv", rows);
    let text = String::from_utf8(suasion_graph(&path, "degree", &[]).stdout).unwrap();
    assert!(
        text.contains("\n       1234568  King's \"L\"\n           0.1  b\n    1.23457e-5  c\\td\n"),
        "{text}"
    );
    assert!(text.contains("mean degree: 2\n"), "{text}");
    let exact = json(&path, "degree", &[]);
    assert_eq!(exact["summary"]["top_out_strength"][0]["value"], 1_234_567.875);
}
