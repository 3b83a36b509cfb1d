//! One module a question: what a strategy asks of the evidence, and what the evidence answers.
//!
//! [`plan`] says, from the strategy alone, which rows are needed; whoever holds the evidence fetches them; [`answer`]
//! turns them into findings. Nothing here reads a file, a clock or a random number: the same strategy and the same rows
//! give the same findings, to the byte.

mod map;
mod measure;
mod multiplicity;
pub mod privacy;
mod requests;
mod summary;
mod text;
mod withheld;

use suasion_model::finding::{Finding, Look, Question};
use suasion_model::plan::{Inputs, TableRequest};
use suasion_model::{Standing, Strategy};

pub use summary::summarise;
pub use withheld::lacks_evidence;

/// What was found, and every test of significance on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The findings, in the strategy's order.
    pub findings: Vec<Finding>,
    /// The looks, in the order of the findings.
    pub looks: Vec<Look>,
}

/// The rows that the questions need, each request once. Nothing is asked for an answer that will be withheld because the
/// strategy is in error.
pub fn plan(strategy: &Strategy, standing: &Standing, questions: &[Question]) -> Vec<TableRequest> {
    let mut requests = Vec::new();
    for question in questions {
        requests.extend(match question {
            Question::Measure => measure::plan(strategy, standing),
            Question::Map => map::plan(strategy, standing),
        });
    }
    requests.sort();
    requests.dedup();
    requests
}

/// The series that evaluations judge by, each with the id of its indicator.
pub fn judged_series(strategy: &Strategy) -> Vec<(&str, TableRequest)> {
    let mut series: Vec<(&str, TableRequest)> = strategy
        .evaluations
        .iter()
        .filter_map(|evaluation| {
            let indicator = strategy.judged_by(evaluation)?;
            Some((indicator.id.as_str(), requests::observations(strategy, indicator)?))
        })
        .collect();
    series.sort();
    series.dedup();
    series
}

/// Answers the questions from the rows that [`plan`] asked for.
pub fn answer(strategy: &Strategy, standing: &Standing, inputs: &Inputs, questions: &[Question]) -> Answers {
    let mut answers = Answers { findings: Vec::new(), looks: Vec::new() };
    for question in questions {
        match question {
            Question::Measure => {
                let (findings, looks) = measure::measure(strategy, standing, inputs);
                answers.findings.extend(findings);
                answers.looks.extend(looks);
            }
            Question::Map => answers.findings.extend(map::map(strategy, standing, inputs)),
        }
    }
    answers
}
