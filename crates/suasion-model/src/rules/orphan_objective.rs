//! `orphan-objective`: an objective that nothing serves.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "orphan-objective",
    finds: "an objective that no initiative serves",
    why: "An end without means is a wish; if it comes about, nothing here had a part in it.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n",
    check: Some(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let id = objective.id.as_str();
        let served = strategy
            .initiatives
            .iter()
            .any(|initiative| initiative.serves.iter().any(|serves| serves.as_str() == id));
        if !served && !id.is_empty() {
            diagnostics.push(
                Diagnostic::warning(RULE.code, format!("no initiative serves the objective `{id}`"), objective.id.span)
                    .label("an end without means")
                    .reason("if it comes about, nothing in this strategy had a part in it")
                    .hint(format!("add \"{id}\" to what an initiative `serves`, or drop the objective")),
            );
        }
    }
}
