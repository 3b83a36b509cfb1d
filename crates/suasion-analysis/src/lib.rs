//! One module a question: what a strategy asks of the evidence, and what the evidence answers.
//!
//! [`plan`] says, from the strategy alone, which rows are needed; whoever holds the evidence fetches them; [`answer`]
//! turns them into findings. Nothing here reads a file, a clock or a random number: the same strategy and the same rows
//! give the same findings, to the byte.

mod map;
mod measure;
mod multiplicity;
mod requests;
mod summary;
mod text;

use suasion_model::Strategy;
use suasion_model::finding::{Finding, Look, Question};
use suasion_model::plan::{Inputs, TableRequest};

pub use summary::summarise;

/// What was found, and every test of significance on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The findings, in the strategy's order.
    pub findings: Vec<Finding>,
    /// The looks, in the order of the findings.
    pub looks: Vec<Look>,
}

/// The rows that the questions need, each request once.
pub fn plan(strategy: &Strategy, questions: &[Question]) -> Vec<TableRequest> {
    let mut requests = Vec::new();
    for question in questions {
        requests.extend(match question {
            Question::Measure => measure::plan(strategy),
            Question::Map => map::plan(strategy),
        });
    }
    requests.sort();
    requests.dedup();
    requests
}

/// Answers the questions from the rows that [`plan`] asked for.
pub fn answer(strategy: &Strategy, inputs: &Inputs, questions: &[Question]) -> Answers {
    let mut answers = Answers { findings: Vec::new(), looks: Vec::new() };
    for question in questions {
        match question {
            Question::Measure => {
                let (findings, looks) = measure::measure(strategy, inputs);
                answers.findings.extend(findings);
                answers.looks.extend(looks);
            }
            Question::Map => answers.findings.extend(map::map(strategy, inputs)),
        }
    }
    answers
}
