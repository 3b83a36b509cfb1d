//! Rows that are filtered while they are read: by layer, time and any condition.

use proptest::prelude::*;
use suasion_edges::{Filter, Options};

use crate::files::{columns, message, named, names, on_threads, read_as};

const ROWS: &str = "who,whom,kind,when,points\na,b,RT,2015,3\nb,c,MT,2015-06-30,-1\nc,a,RT,20160101,x\nd,a,,,\na,d,RT,2016-02-29T12:00:00+02:00,12\n";

fn options(filters: Vec<Filter>) -> Options {
    Options { from: columns(&["who"]), to: columns(&["whom"]), filters, ..Options::default() }
}

/// The rows that are kept, as pairs of letters.
fn kept(filters: Vec<Filter>) -> String {
    let edges = read_as("e.csv", ROWS.as_bytes(), &options(filters)).expect("rows");
    let counts = edges.receipt.counts;
    assert_eq!(counts.rows, counts.rows_filtered + edges.receipt.edges);
    assert_eq!((counts.rows, counts.lines), (5, 6));
    named(&edges).iter().map(|(source, target)| format!("{source}{target}")).collect::<Vec<_>>().join(" ")
}

fn layer(text: &str) -> Filter {
    Filter::layer(text).expect("a filter")
}

fn time(text: &str) -> Filter {
    Filter::time(text).expect("a filter")
}

fn condition(text: &str) -> Filter {
    Filter::condition(text).expect("a filter")
}

#[test]
fn by_layer_and_condition() {
    assert_eq!(kept(vec![layer("kind=RT")]), "ab ca ad");
    assert_eq!(kept(vec![layer("kind=RT,MT")]), "ab bc ca ad");
    assert_eq!(kept(vec![layer("3=MT")]), "bc");
    assert_eq!(kept(vec![condition("kind!=RT")]), "bc da");
    assert_eq!(kept(vec![condition("kind=")]), "da");
    assert_eq!(kept(vec![condition("kind!="), condition(" who != c ")]), "ab bc ad");
    assert_eq!(kept(vec![condition("who!=c"), condition("points > 3")]), "ad");
    assert_eq!(kept(vec![layer("kind = RT, MT")]), "ab bc ca ad");
    assert_eq!(kept(vec![layer("kind=\"RT\",\"M,T\"")]), "ab ca ad");
    assert_eq!(kept(vec![condition("who=a"), condition("points>=12")]), "ad");
    // The row of which the points are no number is filtered out before they are looked at.
    assert_eq!(kept(vec![condition("who!=c"), condition("points<3")]), "bc");
    assert_eq!(kept(vec![condition("who!=c"), condition("points<=3")]), "ab bc");
    assert_eq!(kept(vec![condition("who!=c"), condition("points>3")]), "ad");
}

#[test]
fn by_time() {
    assert_eq!(kept(vec![time("when=2015..2016")]), "ab bc");
    assert_eq!(kept(vec![time("when=2015-01-01..2015-06-30")]), "ab", "the end is excluded");
    assert_eq!(kept(vec![time("when=2015-01-02..2016-01")]), "bc", "a year counts where it starts");
    assert_eq!(kept(vec![time("when=2016-01-01..")]), "ca ad");
    assert_eq!(kept(vec![time("when=..2015-06")]), "ab");
    assert_eq!(kept(vec![time("when=2016-02-29T10:00Z..2016-02-29T10:01Z")]), "ad", "12:00 two hours east");
    assert_eq!(kept(vec![time("when=2015-12..2016-02-29T10:00:00.5Z")]), "ca ad");
    assert_eq!(kept(vec![time("when=..2016-02-29T09:59:59.999Z")]), "ab bc ca");
}

#[test]
fn seconds_and_waves() {
    let kept = |rows: &str, window: &str| {
        let options = Options { filters: vec![time(window)], ..Options::default() };
        read_as("e.txt", rows.as_bytes(), &options).map(|edges| edges.receipt.edges)
    };
    // The first of higgs-activity_time, which was gathered from the first of July 2012 on.
    let rows = "1 2 1341100972\n1 3 1341187199\n3 1 1341187200\n1 2 -5\n1 2 0\n";
    assert_eq!(kept(rows, "3=2012-07-01..2012-07-02").unwrap(), 2);
    assert_eq!(kept(rows, "3=2012-07-01T00:02:52..2012-07-01T00:02:53").unwrap(), 1);
    assert_eq!(kept(rows, "3=1969-12-31T23:59:55..1970-01-01").unwrap(), 1);
    assert_eq!(kept(rows, "3=1341187199..").unwrap(), 2);
    assert_eq!(kept(rows, "3=-5..1").unwrap(), 2);
    // Waves are compared with waves, even where four digits would be a year.
    assert_eq!(kept("1 2 999\n1 2 1000\n1 2 1001\n", "3=999..1001").unwrap(), 2);
    assert_eq!(
        kept("1 2 2012-07\n", "3=20120701..20120801").unwrap_err().to_string().split(":1: ").nth(1),
        Some(
            "the time `2012-07` is no year, date of ISO 8601 or integer that can be compared with the window"
        )
    );
}

#[test]
fn a_header_in_text_is_seen_if_it_is_kept() {
    let rows = b"who whom kind\n1 2 x\n3 4 y\n";
    let read =
        |filter: Filter| read_as("e.txt", rows, &Options { filters: vec![filter], ..Options::default() });
    assert!(message(read(condition("3!=x"))).contains("e.txt:1: this looks like a header (`who whom`)"));
    assert_eq!(read(condition("3=y")).unwrap().receipt.edges, 1);
    let letters =
        read_as("e.txt", b"1 2 x\na b y\n", &Options { filters: vec![layer("3=y")], ..Options::default() });
    assert_eq!(letters.unwrap().receipt.edges, 1);
}

#[test]
fn what_is_filtered_out_leaves_no_node() {
    let edges = read_as("e.csv", ROWS.as_bytes(), &options(vec![layer("kind=MT")])).unwrap();
    assert_eq!(names(&edges), ["b", "c"]);
    assert_eq!((edges.receipt.counts.rows_filtered, edges.receipt.columns_ignored), (4, 2));
}

#[test]
fn faults() {
    let said = |filters: Vec<Filter>| message(read_as("e.csv", ROWS.as_bytes(), &options(filters)));
    assert_eq!(
        said(vec![condition("points>1")]),
        "e.csv:4: `x` is compared with a number and is none; leave it empty, or compare it as text (= or !=)"
    );
    assert_eq!(
        said(vec![layer("Kind=RT")]),
        "e.csv: there is no column `Kind` (did you mean `kind`?); columns are who, whom, kind, when, points"
    );
    assert_eq!(
        said(vec![time("kind=2015..")]),
        "e.csv:2: the time `RT` is no year, date of ISO 8601 or integer that can be compared with the window"
    );
    assert_eq!(
        said(vec![layer("kind=RX"), condition("who=a")]),
        "e.csv: none of the 5 rows fulfils `kind=RX` and `who=a`; see what the columns hold"
    );
    let pairs = read_as("e.bin", &[0; 8], &options(vec![layer("3=RT")]));
    assert_eq!(message(pairs), "e.bin: raw pairs have no columns to choose from");
    for (bad, says) in [
        (Filter::time("when=2015"), "must be FROM..UNTIL"),
        (Filter::time("when=.."), "must be FROM..UNTIL"),
        (Filter::time("when=2016..2015"), "must end after it starts"),
        (Filter::time("when=2015-01-01..2015"), "must end after it starts"),
        (Filter::time("when=2015-13.."), "is no date"),
        (Filter::time("when=2015-02-29.."), "is no date"),
        (Filter::time("when=1900-02-29.."), "is no date"),
        (Filter::time("when=2015-02T10:00.."), "is no date"),
        (Filter::time("when=2015-02-01T24:00.."), "is no date"),
        (Filter::time("when=yesterday.."), "is no date"),
        (Filter::layer("kind"), "must be COL=VALUE[,VALUE]"),
        (Filter::layer("=RT"), "must be COL=VALUE[,VALUE]"),
        (Filter::layer("kind=\"RT"), "a quote is opened in `\"RT` and never closed"),
        (Filter::condition("kind"), "must be COL=VALUE, or with"),
        (Filter::condition("points<many"), "`many` is no number"),
        (Filter::condition("points<inf"), "`inf` is no number"),
    ] {
        let error = bad.unwrap_err();
        assert!(error.contains(says), "{error}");
    }
}

/// The days of a month, counted one by one.
fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[test]
fn days_are_where_counting_puts_them() {
    // From 1975 on, before which seconds may have eight digits, as days have.
    let mut days = 5 * 365 + 1_i64;
    let mut rows = String::new();
    let mut n_days = 0;
    for year in 1975..2105 {
        for month in 1..=12 {
            for day in 1..=days_of(year, month) {
                let seconds = days * 86_400;
                rows += &format!("{seconds},{year:04}-{month:02}-{day:02}\n");
                days += 1;
                n_days += 1;
            }
        }
    }
    // Of the two columns one is a date and one is seconds; no window may part them.
    for (from, until) in
        [("1975-01-01", "1975-01-02"), ("2000-02-29", "2000-03-01"), ("1999-12-31T23:59:59Z", "2100-03-01")]
    {
        let kept = |column: &str| {
            let filters = vec![time(&format!("{column}={from}..{until}"))];
            let text = format!("seconds,day\n{rows}");
            let options =
                Options { from: columns(&["1"]), to: columns(&["2"]), filters, ..Options::default() };
            named(&read_as("e.csv", text.as_bytes(), &options).unwrap())
        };
        let (by_seconds, by_day) = (kept("seconds"), kept("day"));
        assert!(by_seconds.len() < n_days && by_seconds == by_day, "{from}..{until}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Filtering while reading is reading a file without those rows, whatever the chunks and threads.
    #[test]
    fn filtering_is_reading_less(
        rows in prop::collection::vec((0..9_u32, 0..9_u32, 0..3_u32, -4..5_i32), 1..40),
        chunk_bytes in 1_usize..60,
        csv in any::<bool>(),
    ) {
        let keep = |row: &&(u32, u32, u32, i32)| row.2 != 1 && row.3 >= -2 && row.3 < 3;
        let text = |rows: &[(u32, u32, u32, i32)]| -> String {
            let header = if csv { "a,b,c,d\n" } else { "# a b c d\n" };
            let lines: Vec<String> = rows.iter().map(|(a, b, c, d)| format!("{a},{b},{c},{d}\n")).collect();
            header.to_string() + &lines.concat()
        };
        let less: Vec<_> = rows.iter().filter(keep).copied().collect();
        prop_assume!(!less.is_empty());
        let name = if csv { "e.csv" } else { "e.txt" };
        let all = Options { from: columns(&["1"]), to: columns(&["2"]), chunk_bytes, ..Options::default() };
        let filters = vec![layer("3=0,2"), condition("4>=-2"), time("4=..3")];
        let some = Options { filters, ..all.clone() };
        let expected = read_as(name, text(&less).as_bytes(), &all).unwrap();
        for threads in [1, 3] {
            let found = on_threads(threads, || read_as(name, text(&rows).as_bytes(), &some)).unwrap();
            prop_assert_eq!(&found.names, &expected.names);
            prop_assert_eq!((&found.sources, &found.targets), (&expected.sources, &expected.targets));
            prop_assert_eq!(found.receipt.counts.rows_filtered, (rows.len() - less.len()) as u64);
        }
    }
}
