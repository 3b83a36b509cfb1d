//! `no-smallest-effect`: an objective that does not say which effect would matter.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "no-smallest-effect",
    finds: "an objective without the size of effect that would change the decision",
    severity: Severity::Warning,
    guesses: false,
    why: "Without it nobody can say whether the evidence could have shown what matters, and no verdict is given. An effect \
          that is certain and too small to matter is no success.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\nhorizon = 2016\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\nhorizon = 2016\nsmallest_effect = \"5 %\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in strategy.objectives.iter().filter(|objective| objective.smallest_effect.is_none()) {
        // Before there is an outcome, there is nothing to have an effect on; that has been reported.
        if objective.outcome.is_none() || strategy.illegible.key(objective.span, "smallest_effect") {
            continue;
        }
        diagnostics.push(
            RULE.at(format!("`{}` does not say which effect would matter", objective.id.value),
                objective.id.span,
            )
            .label("no `smallest_effect`")
            .reason("without it nobody can say whether the evidence could have shown what matters")
            .hint("add `smallest_effect`: the least effect of yours that would change the decision, such as \"5 %\""),
        );
    }
}
