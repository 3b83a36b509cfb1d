//! `vanity-outcome`: an objective that rests on reach.

use super::{Check, Rule, article};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "vanity-outcome",
    finds: "an objective that rests on an input, an activity, an output or an outtake",
    severity: Severity::Error,
    guesses: false,
    why: "Followers, likes and impressions are what a campaign put out; nobody's interest is served by them alone \
          (*Soft power in action*, key point 8, paragraph 37).",
    bad: "[[indicator]]\nid = \"likes\"\nlabel = \"Likes\"\nkind = \"output\"\nunit = \"likes\"\n\n\
          [[objective]]\nid = \"fans\"\nstatement = \"A million likes\"\noutcome = \"likes\"\n",
    good: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More visits\"\noutcome = \"arrivals\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let Some(outcome) = &objective.outcome else { continue };
        let Some(indicator) = strategy.indicator(outcome.as_str()) else { continue };
        let kind = indicator.kind;
        if kind.value.carries_objectives() {
            continue;
        }
        let word = article(kind.value.word());
        diagnostics.push(
            RULE.at(format!("the objective `{}` rests on {word}", objective.id.value),
                outcome.span,
            )
            .label(format!("`{}` measures {word}", outcome.value))
            .also(kind.span, "declared here")
            .reason("reach is not influence: likes 'can distract from the core objectives' (paragraph 37)")
            .hint("name an indicator of kind outcome or impact: what people do or hold differently because of it"),
        );
    }
}
