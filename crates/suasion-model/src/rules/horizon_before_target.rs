//! `horizon-before-target`: an objective judged before it is due.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::period::Period;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "horizon-before-target",
    finds: "an objective that is judged before its target is due",
    severity: Severity::Error,
    guesses: false,
    why: "A judgement before the date that was promised is unfair if it is no, and luck if it is yes.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
          target = { period = 2015, value = 36_500_000 }\nhorizon = 2013\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\
           target = { period = 2015, value = 36_500_000 }\nhorizon = 2016\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let (Some(target), Some(horizon)) = (&objective.target, &objective.horizon) else { continue };
        let due = target.period;
        if horizon.value.last_day() < due.value.last_day() && due.value != Period::STAND_IN {
            diagnostics.push(
                RULE.at(format!("`{}` is judged in {}, and due in {}", objective.id.value, horizon.value, due.value),
                    horizon.span,
                )
                .label("before the target is due")
                .also(due.span, "due here")
                .hint("judge it when the target is due, or later"),
            );
        }
    }
}
