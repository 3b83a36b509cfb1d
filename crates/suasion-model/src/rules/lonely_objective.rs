//! `lonely-objective`: an objective that nobody else works on.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "lonely-objective",
    finds: "an objective with nobody to work with: none of the initiatives that serve it has a partner",
    severity: Severity::Warning,
    guesses: false,
    why: "Influence flows through networks that governments do not own. Diplomats need to recognise when they need \
          help, and to ask for it (*Soft power in action*, paragraphs 17, 35 and 39).",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
          [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012\nserves = [\"visitors\"]\nwith = [\"airline\"]\n\n\
           [[partner]]\nid = \"airline\"\nname = \"An airline\"\nkind = \"organisation\"\ncloseness = \"independent\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in strategy.distinct_objectives() {
        let mut serving = strategy.serving(objective.id.as_str()).iter().map(|at| &strategy.initiatives[*at]).peekable();
        // An objective that nothing serves has been reported as that.
        if serving.peek().is_none() || strategy.illegible.says("initiative", "serves", objective.id.as_str()) {
            continue;
        }
        let alone = serving.all(|initiative| {
            initiative.with.is_empty() && !strategy.illegible.key(initiative.span, "with")
        });
        if alone {
            let id = objective.id.as_str();
            diagnostics.push(
                RULE.at(format!("nobody else works on `{id}`"), objective.id.span)
                    .label("no initiative that serves it has a partner")
                    .reason("ideas and influence flow through networks that governments do not own (key point 3)")
                    .hint("say `with` whom an initiative works; if with nobody, ask who carries the issue already"),
            );
        }
    }
}
