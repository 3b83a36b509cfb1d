//! `suasion measure`: did it work, by how much, or can nobody tell?
//!
//! Every objective gets an answer. The order is fixed: first what the strategy and the raw series say about whether a
//! comparison can be made at all ([`comparison`], `checks`), then what untreated units say about how small an effect
//! could be seen, and only then the treated unit's own outcomes. A check that fails has a stated consequence; the
//! verdict follows from the consequences and nothing else ([`verdict`]).

mod checks;
mod comparison;
mod estimate;
mod figures;
mod numbers;
mod plain;
mod smallest;
mod verdict;

use suasion_model::finding::{
    Check, CheckOutcome, Consequence, Finding, Grade, Input, Look, Method, Parameter, Plain, Question,
    Verdict,
};
use suasion_model::number::{self, value};
use suasion_model::plan::{Inputs, TableRequest};
use suasion_model::strategy::words::{Better, Counts};
use suasion_model::strategy::{Evaluation, Indicator, Objective};
use suasion_model::{Standing, Strategy};

use crate::multiplicity::benjamini_hochberg;
use crate::text::{capitalised, percent, place};
use crate::{requests, withheld};
use comparison::Comparison;
use estimate::Estimates;

/// The level of every test.
pub(crate) const ALPHA: f64 = 0.05;

/// The power at which an effect counts as one that could have been seen.
pub(crate) const POWER: f64 = 0.8;

/// The rows that the objectives need.
pub(crate) fn plan(strategy: &Strategy, standing: &Standing) -> Vec<TableRequest> {
    strategy
        .evaluations
        .iter()
        .filter_map(|evaluation| {
            let objective = strategy.objective(evaluation.objective.as_str())?;
            if !standing.of_objective(strategy, objective, Some(evaluation)).is_empty() {
                return None;
            }
            let indicator = strategy.indicator(objective.outcome.as_ref()?.as_str())?;
            requests::observations(strategy, indicator)
        })
        .collect()
}

/// One finding an evaluation, and one for each objective without an evaluation.
pub(crate) fn measure(
    strategy: &Strategy,
    standing: &Standing,
    inputs: &Inputs,
) -> (Vec<Finding>, Vec<Look>) {
    let mut judged = Vec::new();
    for objective in &strategy.objectives {
        let evaluations: Vec<&Evaluation> = strategy
            .evaluations
            .iter()
            .filter(|evaluation| evaluation.objective.value == objective.id.value)
            .collect();
        let none = evaluations.is_empty().then_some(None);
        for evaluation in evaluations.into_iter().map(Some).chain(none) {
            let codes = standing.of_objective(strategy, objective, evaluation);
            judged.push(match evaluation {
                _ if !codes.is_empty() => {
                    Judged::Withheld(Box::new(withheld::objective(strategy, objective, evaluation, &codes)))
                }
                Some(evaluation) => Judged::Draft(Box::new(judge(strategy, objective, evaluation, inputs))),
                None => Judged::Draft(Box::new(Draft::new(Subject {
                    strategy,
                    objective,
                    evaluation: None,
                    indicator: None,
                }))),
            });
        }
    }
    let deciding: Vec<f64> = judged.iter().filter_map(Judged::deciding_p).collect();
    let judgements = deciding.len();
    let mut adjusted = benjamini_hochberg(&deciding).into_iter();
    let mut findings = Vec::new();
    let mut looks = Vec::new();
    for judged in judged {
        let mut draft = match judged {
            Judged::Draft(draft) => *draft,
            Judged::Withheld(finding) => {
                findings.push(*finding);
                continue;
            }
        };
        let p_adjusted = draft.deciding_p().and_then(|_| adjusted.next());
        if let (Some(comparison), Some(_)) = (&draft.comparison, &draft.estimates) {
            draft.checks.push(checks::placebos::check(comparison, judgements.max(1)));
        }
        looks.extend(draft.looks(p_adjusted));
        findings.push(draft.finish(p_adjusted));
    }
    (findings, looks)
}

/// What is judged.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    strategy: &'a Strategy,
    objective: &'a Objective,
    evaluation: Option<&'a Evaluation>,
    indicator: Option<&'a Indicator>,
}

/// An objective that was judged, or that could not be because the strategy is in error.
enum Judged<'a> {
    Draft(Box<Draft<'a>>),
    Withheld(Box<Finding>),
}

impl Judged<'_> {
    fn deciding_p(&self) -> Option<f64> {
        match self {
            Self::Draft(draft) => draft.deciding_p(),
            Self::Withheld(_) => None,
        }
    }
}

/// A finding before its verdict.
pub(crate) struct Draft<'a> {
    subject: Subject<'a>,
    comparison: Option<Comparison>,
    estimates: Option<Estimates>,
    checks: Vec<Check>,
    inputs: Vec<Input>,
    caveats: Vec<String>,
}

fn judge<'a>(
    strategy: &'a Strategy,
    objective: &'a Objective,
    evaluation: &'a Evaluation,
    inputs: &Inputs,
) -> Draft<'a> {
    let indicator = objective.outcome.as_ref().and_then(|outcome| strategy.indicator(outcome.as_str()));
    let mut draft = Draft::new(Subject { strategy, objective, evaluation: Some(evaluation), indicator });
    let observations = indicator
        .and_then(|indicator| requests::observations(strategy, indicator))
        .and_then(|request| inputs.observations(&request));
    let Some(observations) = observations else {
        draft.checks.push(checks::comparison::no_data(indicator));
        return draft;
    };
    draft.inputs.push(requests::input(strategy, &observations.origin));
    draft.caveats.extend(requests::caveats(strategy, &observations.origin.dataset));
    let comparison = match comparison::prepare(objective, evaluation, indicator, observations) {
        Ok(comparison) => comparison,
        Err(missing) => {
            draft.checks.push(checks::comparison::missing(&missing));
            return draft;
        }
    };
    draft.checks.push(checks::comparison::complete(&comparison));
    draft.checks.push(checks::comparison::horizon(&comparison));
    draft.checks.push(checks::declared::baseline(objective, &comparison));
    draft.checks.push(checks::declared::donors(&comparison));
    draft.caveats.extend(comparison.caveats());
    draft.checks.push(checks::single_period::check(&comparison));
    draft.checks.push(checks::threat::check(evaluation, &comparison));
    let stopped = draft.checks.iter().any(stops);
    if !stopped {
        match estimate::estimate(&comparison) {
            Ok(estimates) => {
                draft.checks.extend(checks::of_estimates(&comparison, &estimates));
                draft.estimates = Some(estimates);
            }
            Err(error) => draft.checks.push(checks::comparison::not_estimated(&error, Some(&comparison))),
        }
    }
    draft.comparison = Some(comparison);
    draft
}

fn stops(check: &Check) -> bool {
    check.outcome == CheckOutcome::Failed && check.consequence == Consequence::StopsBeforeEstimate
}

impl<'a> Draft<'a> {
    fn new(subject: Subject<'a>) -> Self {
        let mut checks = Vec::new();
        if subject.evaluation.is_none() {
            checks.push(checks::comparison::no_evaluation());
        }
        Self { subject, comparison: None, estimates: None, checks, inputs: Vec::new(), caveats: Vec::new() }
    }

    fn id(&self) -> String {
        self.subject
            .evaluation
            .map_or_else(|| self.subject.objective.id.value.clone(), |evaluation| evaluation.id.value.clone())
    }

    /// The p that decides, where one was reached and nothing known without it withholds the verdict anyway.
    fn deciding_p(&self) -> Option<f64> {
        let withheld = self
            .failed()
            .any(|check| check.consequence == Consequence::Withholds && check.id != checks::agreement::ID);
        let estimates = self.estimates.as_ref().filter(|_| !withheld)?;
        estimates.deciding().p_value()
    }

    fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.outcome == CheckOutcome::Failed)
    }

    fn looks(&self, p_adjusted: Option<f64>) -> Vec<Look> {
        let Some(estimates) = &self.estimates else { return Vec::new() };
        estimates
            .scales
            .iter()
            .enumerate()
            .filter_map(|(at, scaled)| {
                Some(Look {
                    finding: self.id(),
                    what: format!("placebo test in {}", estimate::scale_words(scaled.scale)),
                    decides: at == 0 && p_adjusted.is_some(),
                    p: scaled.p_value()?,
                    p_adjusted: p_adjusted.filter(|_| at == 0),
                })
            })
            .collect()
    }

    fn finish(self, p_adjusted: Option<f64>) -> Finding {
        let verdict = verdict::verdict(&self, p_adjusted);
        let objective = self.subject.objective;
        Finding {
            id: self.id(),
            question: Question::Measure,
            objective: Some(objective.id.value.clone()),
            title: self.title(),
            claim: Some(objective.statement.value.clone()),
            verdict,
            statement: self.statement(verdict, p_adjusted),
            plain: self.plain(verdict),
            numbers: numbers::numbers(&self, verdict),
            grade: self.grade(),
            method: self.method(),
            figures: figures::figures(&self, verdict),
            inputs: self.inputs,
            checks: self.checks,
            caveats: self.caveats,
            seed: None,
        }
    }

    fn title(&self) -> String {
        let outcome = self.subject.indicator.map_or_else(
            || self.subject.objective.id.value.clone(),
            |indicator| indicator.label.value.clone(),
        );
        match &self.comparison {
            Some(comparison) => format!("{}, {}", capitalised(&outcome), place(&comparison.treated)),
            None => capitalised(&outcome),
        }
    }

    fn plain(&self, verdict: Verdict) -> Plain {
        plain::plain(self, verdict)
    }

    /// Why there is no estimate, in a sentence.
    fn not_estimated(&self) -> String {
        let stopped = self.checks.iter().find(|check| stops(check));
        stopped.map_or_else(
            || "Nothing was estimated.".to_string(),
            |check| format!("Nothing was estimated: {}; needed: {}.", check.figure, check.threshold),
        )
    }

    /// The finding for readers who know the method.
    fn statement(&self, verdict: Verdict, p_adjusted: Option<f64>) -> String {
        let (Some(comparison), Some(estimates)) = (&self.comparison, &self.estimates) else {
            return self.not_estimated();
        };
        let deciding = estimates.deciding();
        let p = deciding.p_value().map_or_else(
            || "no placebo p, since the fit before treatment is perfect".to_string(),
            |p| format!("placebo p {}", value(p)),
        );
        let p = match p_adjusted {
            Some(adjusted) if deciding.p_value().is_some_and(|p| p != adjusted) => {
                format!("{p}, {} corrected for several looks", value(adjusted))
            }
            _ => p,
        };
        let quoted = if verdict == Verdict::Withheld { "withheld estimate" } else { "estimate" };
        format!(
            "Synthetic control in {}, {} donors, {}–{}: {quoted} {} ({p}); {}.{}",
            estimate::scale_words(deciding.scale),
            comparison.donors.len(),
            comparison.periods[comparison.n_pre],
            comparison.periods[comparison.n_pre + comparison.n_post - 1],
            deciding.effect_words(&comparison.unit, deciding.effect()),
            deciding.detectable().map_or_else(
                || "no effect of a believable size could have been seen".to_string(),
                |least| {
                    let least = deciding.size_words(&comparison.unit, least);
                    format!("the least effect that could have been seen is {least}")
                },
            ),
            self.target_words(comparison),
        )
    }

    /// Whether the target was reached, whatever the cause; empty where the data do not say.
    fn target_words(&self, comparison: &Comparison) -> String {
        let Some(target) = &self.subject.objective.target else { return String::new() };
        if target.counts == Some(Counts::Additional) {
            return String::new();
        }
        let at = comparison.periods.iter().position(|period| *period == target.period.value);
        let Some(reached) = at.map(|at| comparison.own()[at]) else { return String::new() };
        let is_reached = match comparison.better {
            Better::Higher => reached >= target.value,
            Better::Lower => reached <= target.value,
        };
        format!(
            " The target of {} in {} was {}reached, whatever the cause: {}.",
            number::with_unit(target.value, &comparison.unit),
            target.period.value,
            if is_reached { "" } else { "not " },
            number::with_unit(reached, &comparison.unit)
        )
    }

    /// The Maryland grade: what the design could carry, less what failed.
    fn grade(&self) -> Grade {
        let any = |outcome, consequence| {
            self.checks.iter().any(|check| check.outcome == outcome && check.consequence == consequence)
        };
        let (level, why) = if self.estimates.is_none() {
            (0, "nothing was estimated")
        } else if any(CheckOutcome::Failed, Consequence::Withholds) {
            (1, "a comparison over time with untreated units would be 3; two less, since it does not hold")
        } else if self.checks.iter().any(|check| check.outcome != CheckOutcome::Passed) {
            (
                2,
                "a comparison over time with untreated units is 3; one less, since a check failed or could not be run",
            )
        } else {
            (3, "compared over time with untreated units, and every check passed")
        };
        Grade { level: Some(level), why: why.to_string() }
    }

    fn method(&self) -> Method {
        let mut parameters = Vec::new();
        let mut add =
            |name: &str, value: String| parameters.push(Parameter { name: name.to_string(), value });
        if let (Some(comparison), Some(evaluation)) = (&self.comparison, self.subject.evaluation) {
            add("design", evaluation.design.value.word().to_string());
            add("scale", evaluation.scale.word().to_string());
            add("treated", place(&comparison.treated));
            let donors: Vec<String> = comparison.donors.iter().map(|donor| place(donor)).collect();
            add("donors", donors.join(", "));
            add(
                "before treatment",
                format!("{}–{}", comparison.periods[0], comparison.periods[comparison.n_pre - 1]),
            );
            add(
                "judged",
                format!(
                    "{}–{}",
                    comparison.periods[comparison.n_pre],
                    comparison.periods[comparison.n_pre + comparison.n_post - 1]
                ),
            );
            add("predictors", "every outcome before treatment, equal weights".to_string());
            add("level", percent(ALPHA));
            add("power", percent(POWER));
        }
        if let Some(estimates) = &self.estimates {
            let certificate = &estimates.deciding().test.treated.certificate;
            add("duality gap of the fit", value(certificate.duality_gap));
            add("degrees of freedom of the fit", estimates.overfit.degrees_of_freedom.to_string());
        }
        Method {
            name: if parameters.is_empty() { "none" } else { "synthetic control, outcomes only" }.to_string(),
            parameters,
            citations: vec![
                "Abadie, Diamond and Hainmueller 2010, JASA 105, 493–505".to_string(),
                "Ferman and Pinto 2021, Quantitative Economics 12, 1197–1221 (demeaned scales)".to_string(),
                "Benjamini and Hochberg 1995, JRSS B 57, 289–300 (several looks)".to_string(),
            ],
        }
    }
}
