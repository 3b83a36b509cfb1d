//! `target-is-baseline`: a target that asks for nothing.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;
use crate::strategy::words::Better;

pub(crate) const RULE: Rule = Rule {
    code: "target-is-baseline",
    finds: "a target that asks for no change, or for one in the direction that is not wanted",
    severity: Severity::Error,
    guesses: false,
    why: "It is reached without anyone doing anything, or by failing.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
          baseline = { period = 2011, value = 31_900_000 }\ntarget = { period = 2015, value = 31_900_000 }\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
           baseline = { period = 2011, value = 31_900_000 }\ntarget = { period = 2015, value = 36_500_000 }\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let (Some(baseline), Some(target)) = (&objective.baseline, &objective.target) else { continue };
        let indicator = objective.outcome.as_ref().and_then(|outcome| strategy.indicator(outcome.as_str()));
        let better = indicator.map_or(Better::Higher, |indicator| indicator.better);
        let Some(change) = objective.change() else { continue };
        let asks = match better {
            Better::Higher => change > 0.0,
            Better::Lower => change < 0.0,
        };
        // What could not be read has been reported.
        let illegible = strategy.illegible.key(target.span, "counts")
            || indicator.is_some_and(|indicator| strategy.illegible.key(indicator.span, "better"));
        if asks || change.is_nan() || illegible {
            continue;
        }
        let what = if change == 0.0 { "no change" } else { "a change in the direction that is not wanted" };
        diagnostics.push(
            RULE.at(format!("the target of `{}` asks for {what}", objective.id.value), target.span)
                .label(format!("{} is better", better.word()))
                .also(baseline.span, "this is where it stood")
                .reason("it would be reached without anyone doing anything, or by failing")
                .hint("say how far it should go, or mend `better` of the indicator"),
        );
    }
}
