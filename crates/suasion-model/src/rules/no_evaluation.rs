//! `no-evaluation`: an objective that can be measured, and that nobody says how to judge.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "no-evaluation",
    finds: "an objective with an outcome, and no evaluation that judges it",
    severity: Severity::Warning,
    guesses: false,
    why: "Whether a target was reached can be read from the figures; whether it was reached because of anybody cannot. A \
          comparison that is chosen when the figures are in is chosen by the figures.",
    bad: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\n",
    good: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\n\n\
           [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let judged = strategy.judged_objectives();
    for objective in strategy.distinct_objectives() {
        let id = objective.id.as_str();
        let Some(outcome) = &objective.outcome else { continue };
        // An outcome that nothing may rest on is not worth judging.
        let rests = strategy.indicator(outcome.as_str()).is_none_or(|indicator| indicator.kind.value.carries_objectives());
        if !rests || judged.contains(id) || strategy.illegible.says("evaluation", "objective", id) {
            continue;
        }
        diagnostics.push(
            RULE.at(format!("nobody says how `{id}` will be judged"), outcome.span)
                .label("this may change for many reasons")
                .reason("without a comparison, what it owes to you cannot be told from what would have come anyway")
                .hint(format!("add an `[[evaluation]]` with `objective = \"{id}\"`: who is treated, from when on, compared with whom")),
        );
    }
}
