//! The program's `--out`: what it writes, where, and what it refuses.

use std::fs;
use std::path::Path;

use crate::files::file;
use crate::program::{OF_THE_WHOLE, json, suasion_graph};

/// What is said, nothing being printed.
fn refused(edges: &Path, algorithm: &str, options: &[&str]) -> String {
    let output = suasion_graph(edges, algorithm, options);
    assert!(output.stdout.is_empty());
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn figures_of_the_whole_have_no_rows() {
    let (folder, path) = file("e.txt", b"a b\nb c\n");
    let out = folder.path().join("out.csv");
    for algorithm in OF_THE_WHOLE {
        let said = refused(&path, algorithm, &["--out", out.to_str().unwrap()]);
        assert!(
            said.contains(&format!("--out says nothing to {algorithm}, which finds figures for the whole")),
            "{said}"
        );
    }
    assert!(!out.exists());
}

#[test]
fn a_path_is_written_in_its_order() {
    let (folder, path) = file("e.csv", b"Source,Target,km\nz,m,2\nm,a,1.5\na,\"b, c\",1\nz,q,1\n");
    let out = folder.path().join("out.csv");
    let write = |from: &str, to: &str| {
        let options = ["--weight", "km", "--weight-as", "cost", "--source", from, "--target", to];
        json(&path, "shortest-path", &[&options[..], &["--out", out.to_str().unwrap()]].concat());
        fs::read_to_string(&out).unwrap()
    };
    assert_eq!(write("z", "b, c"), "node,distance\nz,0\nm,2\na,3.5\n\"b, c\",4.5\n");
    assert_eq!(write("a", "z"), "node,distance\n", "no path leads there");
}

#[test]
fn the_ending_says_the_format() {
    let (folder, path) = file("e.txt", b"1 2\n");
    let said = |name: &str| {
        let out = folder.path().join(name);
        refused(&path, "degree", &["--out", out.to_str().unwrap()])
    };
    for name in ["d.csv.gz", "d.csv.zst"] {
        assert!(
            said(name).contains("ends in .csv, or in .parquet with `suasion graph`; leave that ending out")
        );
    }
    for name in ["d.xlsx", "d.txt", "d", "d.csr"] {
        assert!(said(name).contains("; call it so; spreadsheets"), "{}", said(name));
    }
    assert!(refused(&path, "degree", &["--out", "-"]).contains("on standard output is the report"));
    assert!(said("d.parquet").contains("Parquet is written by `suasion graph`"));
    assert!(said("none/d.csv").contains("there is no such folder; make it first"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    json(&path, "degree", &["--out", folder.path().join("D.CSV").to_str().unwrap()]);
}

#[test]
fn what_is_there_is_replaced_as_a_whole() {
    let (folder, path) = file("e.txt", b"1 2\n");
    let out = folder.path().join("out.csv");
    fs::write(&out, "before").unwrap();
    let write = ["--out", out.to_str().unwrap()];
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, "1 2\n3\n").unwrap();
    assert_eq!(suasion_graph(&bad, "degree", &write).status.code(), Some(1));
    assert_eq!(fs::read_to_string(&out).unwrap(), "before");
    json(&path, "degree", &write);
    assert_eq!(fs::read_to_string(&out).unwrap(), "node,in_degree,out_degree\n1,0,1\n2,1,0\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let (folder, path) = file("e.csv", b"Source,Target\na,b\n");
    let at = |name: &str| folder.path().join(name);
    let table = at("nodes.csv");
    fs::write(&table, "Id\na\n").unwrap();
    symlink(&path, at("link.csv")).unwrap();
    fs::hard_link(&path, at("hard.csv")).unwrap();
    fs::hard_link(&table, at("table.csv")).unwrap();
    let said = |name: &str| {
        refused(
            &path,
            "degree",
            &["--node-table", table.to_str().unwrap(), "--out", at(name).to_str().unwrap()],
        )
    };
    assert!(said("link.csv").contains("is the edge list itself"));
    assert!(said("hard.csv").contains("is the edge list itself"));
    assert!(said("table.csv").contains("is the node table itself"));
    assert_eq!(fs::read(&path).unwrap(), b"Source,Target\na,b\n");

    // A link to another file stays one, and that file keeps its permissions.
    fs::write(at("real.csv"), "before").unwrap();
    fs::set_permissions(at("real.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink(at("real.csv"), at("out.csv")).unwrap();
    json(&path, "degree", &["--out", at("out.csv").to_str().unwrap()]);
    assert!(at("out.csv").is_symlink());
    assert!(fs::read_to_string(at("real.csv")).unwrap().starts_with("node,"));
    assert_eq!(at("real.csv").metadata().unwrap().mode() & 0o777, 0o640);
}

/// A file that may not grow stands in for a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let rows: String = (0..20_000).map(|at| format!("{at} {}", at + 1)).collect::<Vec<_>>().join("\n");
    let (folder, path) = file("e.txt", rows.as_bytes());
    let out = folder.path().join("out.csv");
    fs::write(&out, "before").unwrap();
    let output = std::process::Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 16; exec \"$@\"",
            "sh",
            env!("CARGO_BIN_EXE_suasion-graph"),
            "degree",
        ])
        .arg(&path)
        .args(["--out", out.to_str().unwrap()])
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains(&format!("{}: cannot be written: ", out.display())), "{error}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "before");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
