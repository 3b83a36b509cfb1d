//! `orphan-objective`: an objective that nothing serves.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "orphan-objective",
    finds: "an objective that no initiative serves",
    severity: Severity::Warning,
    guesses: false,
    why: "An end without means is a wish; if it comes about, nothing here had a part in it.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let id = objective.id.as_str();
        let served = !strategy.serving(id).is_empty() || strategy.illegible.says("initiative", "serves", id);
        if !served && !id.is_empty() {
            diagnostics.push(
                RULE.at(format!("no initiative serves the objective `{id}`"), objective.id.span)
                    .label("an end without means")
                    .reason("if it comes about, nothing in this strategy had a part in it")
                    .hint(format!("add \"{id}\" to what an initiative `serves`, or drop the objective")),
            );
        }
    }
}
