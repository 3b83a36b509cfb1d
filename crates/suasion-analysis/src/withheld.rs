//! Answers that rest on a strategy in error: withheld, with the codes that say why.
//!
//! An objective whose horizon nobody can read, or whose audience is not declared, cannot be judged; the others of the
//! same strategy can.

use suasion_model::Strategy;
use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Finding, Grade, Method, Plain, Question, Verdict,
};
use suasion_model::strategy::{Corridor, Evaluation, Objective};

use crate::text::{all_of, capitalised};

/// The check that an answer fails which rests on a strategy in error.
const IN_ERROR: &str = "strategy-in-error";

/// The finding of an objective that is in error, or that rests on what is.
pub(crate) fn objective(
    strategy: &Strategy,
    objective: &Objective,
    evaluation: Option<&Evaluation>,
    codes: &[&str],
) -> Finding {
    let id = evaluation.map_or(&objective.id, |evaluation| &evaluation.id).value.clone();
    let outcome = objective.outcome.as_ref().and_then(|outcome| strategy.indicator(outcome.as_str()));
    let title = outcome.map_or(objective.id.as_str(), |indicator| indicator.label.as_str());
    Finding {
        objective: Some(objective.id.value.clone()),
        claim: Some(objective.statement.value.clone()),
        grade: Grade { level: Some(0), why: "nothing was estimated".to_string() },
        ..finding(strategy, id, Question::Measure, capitalised(title), codes)
    }
}

/// The finding of a corridor that is in error, or that rests on what is.
pub(crate) fn corridor(strategy: &Strategy, corridor: &Corridor, codes: &[&str]) -> Finding {
    let title = corridor.label.as_ref().map_or(corridor.id.as_str(), |label| label.as_str());
    finding(strategy, corridor.id.value.clone(), Question::Map, capitalised(title), codes)
}

/// Whether a finding was withheld because the strategy is in error.
pub(crate) fn is_in_error(finding: &Finding) -> bool {
    finding.checks.iter().any(|check| check.id == IN_ERROR)
}

fn finding(strategy: &Strategy, id: String, question: Question, title: String, codes: &[&str]) -> Finding {
    let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    Finding {
        id,
        question,
        objective: None,
        title,
        claim: None,
        verdict: Verdict::Withheld,
        statement: format!(
            "Withheld: the strategy is in error where this answer rests on it: {}.",
            all_of(&quoted)
        ),
        plain: Plain {
            decision: strategy.head.decision.value.clone(),
            answer: "No answer is given: the strategy is in error where it asks for this.".to_string(),
            confidence: "None: what was asked cannot be told from the file.".to_string(),
            to_know: "A strategy without these errors; `suasion check` shows where they are.".to_string(),
        },
        numbers: Vec::new(),
        grade: Grade::descriptive(),
        method: Method { name: "none".to_string(), parameters: Vec::new(), citations: Vec::new() },
        inputs: Vec::new(),
        checks: vec![Check {
            id: IN_ERROR.to_string(),
            asks: "Is the strategy free of errors where this answer rests on it?".to_string(),
            outcome: CheckOutcome::Failed,
            figure: all_of(&quoted),
            threshold: "no error".to_string(),
            consequence: Consequence::Withholds,
        }],
        caveats: Vec::new(),
        seed: None,
        figures: Vec::new(),
    }
}
