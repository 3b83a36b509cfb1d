//! `effect-before-cause`: an evaluation that starts before anything was done.

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::period::Period;
use crate::source::Spanned;
use crate::strategy::{Evaluation, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "effect-before-cause",
    finds: "an evaluation whose treatment begins before any initiative that serves the objective, or ends before it begins",
    why: "A difference that is there before anything was done is not its effect.",
    bad: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
          [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012-02-01\nserves = [\"visitors\"]\n\n\
          [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\nfrom = 2008\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\n\n\
           [[initiative]]\nid = \"great\"\nkind = \"campaign\"\nstarts = 2012-02-01\nserves = [\"visitors\"]\n\n\
           [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n",
    check: Some(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for evaluation in &strategy.evaluations {
        let from = evaluation.from;
        if from.value == Period::STAND_IN {
            continue;
        }
        let first = starts(strategy, evaluation).min_by_key(|start| start.value);
        if let Some(first) = first.filter(|first| from.value < first.value && !from.value.contains(first.value)) {
            diagnostics.push(
                Diagnostic::error(
                    RULE.code,
                    format!("`{}` looks for an effect from {}, before anything was done", evaluation.id.value, from.value),
                    from.span,
                )
                .label("before the cause")
                .also(first.span, "the first initiative that serves the objective begins here")
                .hint("let the treatment begin with the first initiative"),
            );
        }
        if let Some(until) = evaluation.until.filter(|until| until.value < from.value) {
            diagnostics.push(
                Diagnostic::error(RULE.code, format!("`{}` ends before it begins", evaluation.id.value), until.span)
                    .label("before the first period under treatment")
                    .also(from.span, "which is this")
                    .hint("let `until` be the last period that is judged"),
            );
        }
    }
}

fn starts<'a>(
    strategy: &'a Strategy,
    evaluation: &'a Evaluation,
) -> impl Iterator<Item = Spanned<Period>> + use<'a> {
    let serves = |objectives: &[Spanned<String>]| {
        objectives.iter().any(|objective| objective.value == evaluation.objective.value)
    };
    strategy.initiatives.iter().filter(move |initiative| serves(&initiative.serves)).map(|initiative| initiative.starts)
}
