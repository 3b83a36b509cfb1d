//! Corridors: dependence with what the data hide counted in totals and bounded, never shown.

use suasion_analysis::{answer, plan};
use suasion_model::Standing;
use suasion_model::finding::{FigureData, Finding, Interval, Question, Verdict};
use suasion_model::plan::{Inputs, Table};
use suasion_model::table::{Flow, Flows, Origin};

use crate::evidence::{finding, run_case, strategy, value};

const STRATEGY: &str = r#"
[strategy]
schema = 1
title = "T"
principal = "P"
owner = "O"
decision = "Go on or stop"

[[dataset]]
id = "d"
table = "flows"
format = "csv"
path = "d.csv"
columns = { origin = "o", destination = "d", period = "p", value = "v" }
source = "made"
licence = "CC0-1.0"
unit = "students"

[[corridor]]
id = "c"
label = "Students"
dataset = "d"
focus = "F"
period = 2017
remainder = ["_REST"]
"#;

fn map(rows: &[(&str, &str, f64)]) -> Finding {
    map_with(STRATEGY, rows)
}

fn map_with(text: &str, rows: &[(&str, &str, f64)]) -> Finding {
    let strategy = strategy(text);
    let requests = plan(&strategy, &Standing::default(), &[Question::Map]);
    let mut inputs = Inputs::default();
    let rows: Vec<Flow> = rows
        .iter()
        .map(|(origin, destination, value)| Flow {
            origin: (*origin).to_string(),
            destination: (*destination).to_string(),
            value: *value,
        })
        .collect();
    let origin = Origin {
        dataset: "d".to_string(),
        table: "flows".to_string(),
        version: 0,
        digest: String::new(),
        rows: rows.len() as u64,
    };
    for request in requests {
        inputs
            .insert(request, Table::Flows(Flows { rows: rows.clone(), unit: None, origin: origin.clone() }));
    }
    let answers = answer(&strategy, &Standing::default(), &inputs, &[Question::Map]);
    finding(&answers, "c").clone()
}

fn bounds(finding: &Finding, id: &str) -> (f64, f64) {
    let number = finding.numbers.iter().find(|number| number.id == id).expect("a number of this id");
    match number.interval {
        Interval::Range { low, high, .. } => (low, high),
        Interval::None { .. } => (number.value, number.value),
    }
}

#[test]
fn shares_and_asymmetry_by_hand() {
    let finding =
        map(&[("A", "F", 60.0), ("A", "B", 20.0), ("B", "F", 40.0), ("F", "A", 10.0), ("F", "B", 30.0)]);
    assert_eq!(finding.verdict, Verdict::Descriptive);
    assert_eq!(value(&finding, "inflow"), 100.0);
    assert_eq!(value(&finding, "largest-share"), 60.0);
    assert!((value(&finding, "hhi") - 0.52).abs() < 1e-12);
    // B sends all it sends to F; F sends three quarters of what it sends to B.
    assert_eq!(value(&finding, "most-dependent"), 100.0);
    assert!((value(&finding, "asymmetry") - 25.0).abs() < 1e-12);
    assert_eq!(value(&finding, "components"), 1.0);
}

#[test]
fn what_is_hidden_counts_in_totals_and_bounds_the_rest() {
    let finding = map(&[
        ("A", "F", 50.0),
        ("_REST", "F", 50.0),
        ("A", "_REST", 50.0),
        ("F", "A", 10.0),
        ("F", "_REST", 30.0),
    ]);
    assert_eq!(value(&finding, "largest-share"), 50.0);
    // Whoever is behind the remainder may be A itself.
    assert_eq!(bounds(&finding, "largest-share"), (50.0, 100.0));
    assert_eq!(bounds(&finding, "hhi"), (0.25, 1.0));
    assert_eq!(value(&finding, "most-dependent"), 50.0);
    // F's flow to A is named: a quarter of what it sends.
    assert_eq!(bounds(&finding, "asymmetry"), (25.0, 25.0));
    let FigureData::Dependence { partners, .. } = &finding.figures[0].data else {
        panic!("not a dependence figure")
    };
    assert_eq!(partners.len(), 1, "the remainder is no partner");
    assert!(finding.caveats.iter().any(|caveat| caveat.contains("50") && caveat.contains("do not name")));
}

/// B names its larger partners, A and C, and lumps 30 others: some of those may have gone to F.
#[test]
fn what_may_be_unseen_widens_totals_as_far_as_the_strategy_says() {
    let rows = [
        ("A", "F", 60.0),
        ("F", "C", 20.0),
        ("F", "_REST", 20.0),
        ("B", "A", 25.0),
        ("B", "C", 50.0),
        ("B", "_REST", 30.0),
    ];
    let hides = |word: &str| {
        let text = STRATEGY.replace("[\"_REST\"]", &format!("[\"_REST\"]\nremainder_hides = \"{word}\""));
        map_with(&text, &rows)
    };
    assert_eq!(bounds(&hides("anything"), "inflow"), (60.0, 90.0));
    assert_eq!(bounds(&hides("smaller"), "inflow"), (60.0, 85.0));
    assert_eq!(bounds(&hides("nothing"), "inflow"), (60.0, 60.0));
    let share = bounds(&hides("anything"), "largest-share");
    assert!((share.0 - 100.0 * 60.0 / 90.0).abs() < 1e-12 && share.1 == 100.0, "{share:?}");
    // A is not among those that F names: F may send it all that it lumps, or nothing.
    assert_eq!(bounds(&hides("anything"), "asymmetry"), (50.0, 100.0));
    assert_eq!(bounds(&hides("nothing"), "asymmetry"), (100.0, 100.0));
}

#[test]
fn small_cells_are_never_named() {
    let finding = map(&[("A", "F", 500.0), ("B", "F", 9.0), ("B", "A", 1.0)]);
    let FigureData::Dependence { partners, .. } = &finding.figures[0].data else {
        panic!("not a dependence figure")
    };
    assert_eq!(partners.iter().map(|partner| partner.name.as_str()).collect::<Vec<_>>(), ["A"]);
    assert!(!finding.statement.contains('B'), "{}", finding.statement);
}

#[test]
fn a_focus_without_flows_gets_an_answer() {
    assert_eq!(map(&[("A", "B", 10.0)]).verdict, Verdict::CannotTell);
    assert_eq!(map(&[("F", "B", 10.0)]).verdict, Verdict::CannotTell);
    assert_eq!(map(&[("F", "F", 10.0)]).verdict, Verdict::CannotTell);
    assert_eq!(map(&[]).verdict, Verdict::CannotTell);
    assert_eq!(map(&[("A", "F", f64::NAN)]).verdict, Verdict::CannotTell);
}

#[test]
fn the_corridors_of_london_are_described() {
    let (_, answers) = run_case("london-2012");
    let students = finding(&answers, "student-corridors");
    assert_eq!(students.verdict, Verdict::Descriptive);
    assert_eq!(value(students, "inflow"), 429_217.0);
    // The total published elsewhere, 435,734, lies within what the lumped rows allow.
    let (low, high) = bounds(students, "inflow");
    assert!(low <= 435_734.0 && 435_734.0 <= high, "{low} to {high}");
    assert!(students.statement.contains("China is the largest origin"), "{}", students.statement);
    let migrants = finding(&answers, "migrant-corridors");
    assert_eq!(bounds(migrants, "inflow"), (8_358_278.0, 8_358_278.0));
    assert!(
        migrants.statement.contains("Ireland depends most on the United Kingdom"),
        "{}",
        migrants.statement
    );
}
