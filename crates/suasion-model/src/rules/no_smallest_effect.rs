//! `no-smallest-effect`: an objective that does not say which effect would matter.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "no-smallest-effect",
    finds: "an objective without the size of effect that would change the decision",
    why: "Without it nobody can say whether the evidence could have shown what matters, and no verdict is given. An effect \
          that is certain and too small to matter is no success.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\nhorizon = 2016\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\nhorizon = 2016\nsmallest_effect = \"5 %\"\n",
    check: Some(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in strategy.objectives.iter().filter(|objective| objective.smallest_effect.is_none()) {
        diagnostics.push(
            Diagnostic::warning(
                RULE.code,
                format!("`{}` does not say which effect would matter", objective.id.value),
                objective.id.span,
            )
            .label("no `smallest_effect`")
            .reason("without it nobody can say whether the evidence could have shown what matters")
            .hint("add `smallest_effect`: the least effect of yours that would change the decision, such as \"5 %\""),
        );
    }
}
