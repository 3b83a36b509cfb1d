//! Tables for tests, without the store.

use std::path::Path;

use suasion_analysis::{Answers, answer, plan};
use suasion_model::finding::{CheckOutcome, Finding, Question};
use suasion_model::plan::{Inputs, Select, Table};
use suasion_model::table::{Flow, Flows, Observation, Observations, Origin};
use suasion_model::{Period, Severity, Source, Standing, Strategy, check};

/// A strategy that must be free of errors.
pub(crate) fn strategy(text: &str) -> Strategy {
    let source = Source::new("strategy.toml", text);
    let (strategy, report) = check(&source, None);
    let errors: Vec<String> = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.render(&source, suasion_model::diagnostic::Style::PLAIN))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    strategy
}

/// Answers a strategy from the files that its datasets name.
pub(crate) fn run_case(folder: &str) -> (Strategy, Answers) {
    run_edited_case(folder, |text| text)
}

/// The same, of a strategy that was edited.
pub(crate) fn run_edited_case(folder: &str, edit: fn(String) -> String) -> (Strategy, Answers) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(folder);
    let text = std::fs::read_to_string(folder.join("strategy.toml")).expect("a strategy");
    let strategy = strategy(&edit(text));
    let questions = [Question::Measure, Question::Map];
    let mut inputs = Inputs::default();
    for request in plan(&strategy, &Standing::default(), &questions) {
        let dataset = strategy.dataset(&request.dataset).expect("a dataset");
        let text = std::fs::read_to_string(folder.join(&dataset.path.value)).expect("a table");
        let column = |ours: &str| {
            dataset
                .columns
                .iter()
                .find(|column| column.ours.value == ours)
                .map(|column| column.theirs.value.clone())
                .expect("a column")
        };
        let rows = rows(&text);
        let origin = Origin {
            dataset: request.dataset.clone(),
            table: dataset.table.value.word().to_string(),
            version: 0,
            digest: String::new(),
            rows: rows.len() as u64,
        };
        let cell = |row: &Vec<(String, String)>, ours: &str| {
            let name = column(ours);
            row.iter().find(|(theirs, _)| *theirs == name).map(|(_, value)| value.clone()).expect("a cell")
        };
        let table = match &request.select {
            Select::Observations { .. } => Table::Observations(Observations {
                rows: rows
                    .iter()
                    .map(|row| Observation {
                        unit: cell(row, "unit"),
                        period: Period::parse(&cell(row, "period")).expect("a period"),
                        value: cell(row, "value").parse().expect("a number"),
                    })
                    .collect(),
                origin,
            }),
            Select::Flows { .. } => Table::Flows(Flows {
                rows: rows
                    .iter()
                    .map(|row| Flow {
                        origin: cell(row, "origin"),
                        destination: cell(row, "destination"),
                        value: cell(row, "value").parse().expect("a number"),
                    })
                    .collect(),
                unit: None,
                origin,
            }),
            select => panic!("no case here asks for {select:?}"),
        };
        inputs.insert(request, table);
    }
    let answers = answer(&strategy, &Standing::default(), &inputs, &questions);
    (strategy, answers)
}

fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_string).collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    lines.map(|cells| header.iter().cloned().zip(cells).collect()).collect()
}

/// Answers the questions of a strategy whose one dataset holds these observations.
pub(crate) fn measure(strategy: &Strategy, rows: &[Observation]) -> Answers {
    let mut inputs = Inputs::default();
    for request in plan(strategy, &Standing::default(), &[Question::Measure]) {
        let origin = Origin {
            dataset: request.dataset.clone(),
            table: "observations".to_string(),
            version: 3,
            digest: "d1".to_string(),
            rows: rows.len() as u64,
        };
        inputs.insert(request, Table::Observations(Observations { rows: rows.to_vec(), origin }));
    }
    answer(strategy, &Standing::default(), &inputs, &[Question::Measure])
}

/// The finding of an id.
pub(crate) fn finding<'a>(answers: &'a Answers, id: &str) -> &'a Finding {
    answers.findings.iter().find(|finding| finding.id == id).expect("a finding of this id")
}

/// The ids of the checks of a finding that failed.
pub(crate) fn failed(finding: &Finding) -> Vec<&str> {
    finding
        .checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Failed)
        .map(|check| check.id.as_str())
        .collect()
}

/// The value of a number of a finding.
pub(crate) fn value(finding: &Finding, id: &str) -> f64 {
    finding
        .numbers
        .iter()
        .find(|number| number.id == id)
        .map(|number| number.value)
        .expect("a number of this id")
}
