//! `target-before-baseline`: a target that is dated no later than where it starts from.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "target-before-baseline",
    finds: "a target that is dated no later than its baseline",
    severity: Severity::Error,
    guesses: false,
    why: "Nothing can be reached before the point from which it is counted.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
          baseline = { period = 2015, value = 31_900_000 }\ntarget = { period = 2011, value = 36_500_000 }\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
           baseline = { period = 2011, value = 31_900_000 }\ntarget = { period = 2015, value = 36_500_000 }\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let (Some(baseline), Some(target)) = (&objective.baseline, &objective.target) else { continue };
        let (start, end) = (baseline.period, target.period);
        if end.value <= start.value && end.value != Period::STAND_IN {
            diagnostics.push(
                RULE.at(format!("the target of `{}` is dated {}, and its baseline {}", objective.id.value, end.value, start.value),
                    end.span,
                )
                .label("no later than the baseline")
                .also(start.span, "which it is counted from")
                .hint("date the target after the baseline"),
            );
        }
    }
}
