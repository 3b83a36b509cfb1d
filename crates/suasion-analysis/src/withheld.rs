//! Answers that rest on a strategy in error: withheld, with the codes that say why.
//!
//! An objective whose horizon nobody can read, or whose audience is not declared, cannot be judged; the others of the
//! same strategy can.

use suasion_model::Strategy;
use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Finding, Grade, Method, Plain, Question, Verdict,
};
use suasion_model::rules::rule;
use suasion_model::strategy::{Corridor, Evaluation, Network, Objective};

use crate::text::{all_of, capitalised};

/// The check that an answer fails which rests on a strategy in error.
const IN_ERROR: &str = "strategy-in-error";

/// The check that an answer fails whose evidence is not there.
pub(crate) const NO_EVIDENCE: &str = "evidence-not-there";

/// What is said of an answer that is not given.
struct Words {
    why: &'static str,
    answer: &'static str,
    confidence: &'static str,
    to_know: &'static str,
    check: &'static str,
    asks: &'static str,
    needed: &'static str,
}

const STRATEGY: Words = Words {
    why: "the strategy is in error where this answer rests on it",
    answer: "No answer is given: the strategy is in error where it asks for this.",
    confidence: "None: what was asked cannot be told from the file.",
    to_know: "A strategy without these errors; `suasion check` shows where they are.",
    check: IN_ERROR,
    asks: "Is the strategy free of errors where this answer rests on it?",
    needed: "no error",
};

const EVIDENCE: Words = Words {
    why: "the evidence that this answer rests on was not brought in",
    answer: "No answer is given: the evidence that it rests on was not brought in.",
    confidence: "None: there is nothing to look at.",
    to_know: "The evidence; `suasion ingest` brings it in, or says what is in the way.",
    check: NO_EVIDENCE,
    asks: "Was the evidence that this answer rests on brought in?",
    needed: "all of it",
};

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

/// The finding of a network that is in error, or that rests on what is.
pub(crate) fn network(strategy: &Strategy, network: &Network, codes: &[&str]) -> Finding {
    let title = network.label.as_ref().map_or(network.id.as_str(), |label| label.as_str());
    finding(strategy, network.id.value.clone(), Question::Map, capitalised(title), codes)
}

/// Whether a finding was withheld because the strategy is in error.
pub(crate) fn is_in_error(finding: &Finding) -> bool {
    finding.checks.iter().any(|check| check.id == IN_ERROR)
}

/// Whether a finding was withheld because its evidence was not brought in.
pub fn lacks_evidence(finding: &Finding) -> bool {
    finding.checks.iter().any(|check| check.id == NO_EVIDENCE)
}

fn finding(strategy: &Strategy, id: String, question: Question, title: String, codes: &[&str]) -> Finding {
    let words = if codes.iter().any(|code| rule(code).is_some()) { &STRATEGY } else { &EVIDENCE };
    let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    Finding {
        id,
        question,
        objective: None,
        title,
        claim: None,
        verdict: Verdict::Withheld,
        statement: format!("Withheld: {}: {}.", words.why, all_of(&quoted)),
        plain: Plain {
            decision: strategy.head.decision.value.clone(),
            answer: words.answer.to_string(),
            confidence: words.confidence.to_string(),
            to_know: words.to_know.to_string(),
        },
        numbers: Vec::new(),
        grade: Grade::descriptive(),
        method: Method { name: "none".to_string(), parameters: Vec::new(), citations: Vec::new() },
        inputs: Vec::new(),
        checks: vec![Check {
            id: words.check.to_string(),
            asks: words.asks.to_string(),
            outcome: CheckOutcome::Failed,
            figure: all_of(&quoted),
            threshold: words.needed.to_string(),
            consequence: Consequence::Withholds,
        }],
        caveats: Vec::new(),
        seed: None,
        figures: Vec::new(),
    }
}
