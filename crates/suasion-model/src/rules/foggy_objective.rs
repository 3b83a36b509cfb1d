//! `foggy-objective`: an objective that cannot be wrong.

use super::{Check, Rule, all_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::{Objective, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "foggy-objective",
    finds: "an objective without decision, audience, outcome, baseline, target, horizon or owner",
    severity: Severity::Error,
    guesses: false,
    why: "An objective that does not say what will be decided, about whom, by which measure, from where, to where, by \
          when and on whose watch cannot be wrong, and so cannot be measured (*Soft power in action*, key point 7, \
          paragraphs 15 and 16).",
    bad: "[[objective]]\nid = \"image\"\nstatement = \"Improve our image\"\n",
    good: "[[objective]]\nid = \"visitors\"\nstatement = \"More people visit because of the campaign\"\n\
           decision = \"Renew the campaign\"\naudience = \"domestic\"\noutcome = \"arrivals\"\n\
           baseline = { period = 2011, value = 31_900_000 }\ntarget = { period = 2015, value = 36_500_000 }\n\
           horizon = 2016\nowner = \"Tourist board\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let lacks = lacks(strategy, objective);
        if lacks.is_empty() {
            continue;
        }
        let id = objective.id.as_str();
        diagnostics.push(
            RULE.at(format!("the objective `{id}` cannot be wrong"), objective.span)
                .label(format!("lacks {}", all_of(&lacks)))
                .also(objective.statement.span, "what it says")
                .reason("what cannot be wrong cannot be measured (paragraph 16: avoid being 'foggy')")
                .hint(hint(&lacks)),
        );
    }
}

/// What an objective does not say. A key that is written illegibly is not lacking.
fn lacks(strategy: &Strategy, objective: &Objective) -> Vec<&'static str> {
    [
        ("decision", objective.decision.is_none()),
        ("audience", objective.audience.is_none()),
        ("outcome", objective.outcome.is_none()),
        ("baseline", objective.baseline.is_none()),
        ("target", objective.target.is_none()),
        ("horizon", objective.horizon.is_none()),
        ("owner", objective.owner.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, lacking)| (lacking && !strategy.illegible.key(objective.span, name)).then_some(name))
    .collect()
}

fn hint(lacks: &[&str]) -> String {
    let asks: Vec<&str> = lacks
        .iter()
        .map(|name| match *name {
            "decision" => "what will be decided by the answer",
            "audience" => "from whom it is wanted",
            "outcome" => "which indicator would show it",
            "baseline" => "where that stood",
            "target" => "where it should stand",
            "horizon" => "by when it is judged",
            _ => "who answers for it",
        })
        .collect();
    format!("say {}", all_of(&asks))
}
