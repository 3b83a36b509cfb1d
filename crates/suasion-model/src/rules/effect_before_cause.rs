//! `effect-before-cause`: an evaluation that starts before anything was done.

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::source::Spanned;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "effect-before-cause",
    finds: "an evaluation whose treatment begins before any initiative that serves the objective",
    severity: Severity::Error,
    guesses: false,
    why: "A difference that is there before anything was done is not its effect.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
          [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012-02-01\nserves = [\"visitors\"]\n\n\
          [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\nfrom = 2008\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012-02-01\nserves = [\"visitors\"]\n\n\
           [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let mut first_starts: BTreeMap<&str, Spanned<Period>> = BTreeMap::new();
    for initiative in &strategy.initiatives {
        for objective in &initiative.serves {
            let first = first_starts.entry(objective.as_str()).or_insert(initiative.starts);
            *first = (*first).min(initiative.starts);
        }
    }
    for evaluation in &strategy.evaluations {
        let from = evaluation.from;
        if from.value == Period::STAND_IN {
            continue;
        }
        let first = first_starts.get(evaluation.objective.as_str()).copied();
        // A start that could not be read may be the earliest.
        let objective = evaluation.objective.as_str();
        let illegible = strategy.illegible.says("initiative", "serves", objective);
        let first = first.filter(|first| first.value != Period::STAND_IN && !illegible);
        if let Some(first) = first.filter(|first| from.value < first.value && !from.value.contains(first.value)) {
            diagnostics.push(
                RULE.at(format!("`{}` looks for an effect from {}, before anything was done", evaluation.id.value, from.value),
                    from.span,
                )
                .label("before the cause")
                .also(first.span, "the first initiative that serves the objective begins here")
                .hint("let the treatment begin with the first initiative"),
            );
        }
    }
}
