//! `baseline-under-treatment`: a baseline that was taken when the treatment had begun.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "baseline-under-treatment",
    finds: "a baseline that dates from when the treatment had begun",
    severity: Severity::Warning,
    guesses: false,
    why: "Where it stood is meant as what was there before anything was done. Counted from a baseline that the treatment \
          has touched already, a change leaves out whatever came first.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
          baseline = { period = 2013, value = 31_900_000 }\n\n\
          [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\nfrom = 2012\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
           baseline = { period = 2011, value = 31_900_000 }\n\n\
           [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for evaluation in strategy.evaluations.iter().filter(|evaluation| evaluation.from.value != Period::STAND_IN) {
        let Some(objective) = strategy.objective(evaluation.objective.as_str()) else { continue };
        let Some(baseline) = &objective.baseline else { continue };
        let (taken, from) = (baseline.period, evaluation.from);
        if taken.value < from.value {
            continue;
        }
        diagnostics.push(
            RULE.at(
                format!("the baseline of `{}` dates from {}, under the treatment", objective.id.value, taken.value),
                taken.span,
            )
            .label("no longer untouched")
            .also(from.span, format!("`{}` counts from here as treated", evaluation.id.value))
            .hint("take the baseline from the last period before the treatment"),
        );
    }
}
