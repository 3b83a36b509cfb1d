//! `effect-above-target`: a smallest effect that the whole target would not reach.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::{Effect, Objective, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "effect-above-target",
    finds: "a smallest effect that is larger than the change from baseline to target",
    severity: Severity::Warning,
    guesses: false,
    why: "If the target were reached, and all of it because of this strategy, the effect would still be too small to \
          change the decision. One of the three is a slip: often 0.08 was meant as 8 %, or a level as a change.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
          baseline = { period = 2011, value = 31_900_000 }\ntarget = { period = 2015, value = 32_000_000 }\n\
          smallest_effect = \"5 %\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
           baseline = { period = 2011, value = 31_900_000 }\ntarget = { period = 2015, value = 36_500_000 }\n\
           smallest_effect = \"5 %\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let (Some(effect), Some(target)) = (objective.smallest_effect, &objective.target) else { continue };
        let illegible = strategy.illegible.key(target.span, "counts");
        let Some((least, change)) = sizes(objective, effect.value).filter(|_| !illegible) else { continue };
        if least <= change.abs() || change == 0.0 {
            continue;
        }
        diagnostics.push(
            RULE.at(format!("reaching the target of `{}` would not matter", objective.id.value), effect.span)
                .label(format!("larger than the change asked for, {}", change.abs()))
                .also(target.span, "asked for here")
                .hint("mend the smallest effect, the baseline or the target, whichever is the slip"),
        );
    }
}

/// The smallest effect that matters and the change that is asked for, in the indicator's unit, where both are known. What
/// would have been without the strategy is taken for the baseline.
fn sizes(objective: &Objective, effect: Effect) -> Option<(f64, f64)> {
    let change = objective.change()?;
    let least = match effect {
        Effect::Relative(share) => share * objective.baseline.as_ref()?.value.abs(),
        Effect::Absolute(number) => number,
    };
    Some((least, change)).filter(|(least, change)| least.is_finite() && change.is_finite())
}
