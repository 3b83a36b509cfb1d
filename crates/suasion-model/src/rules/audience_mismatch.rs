//! `audience-mismatch`: an indicator that counts everybody, for an audience that is a few.

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "audience-mismatch",
    finds: "an objective about some, whose indicator counts everybody or others",
    severity: Severity::Warning,
    guesses: false,
    why: "If a campaign is for four countries and the indicator counts visitors from two hundred, the other ones decide \
          what it shows.",
    bad: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers in long-haul markets\"\nplaces = [\"USA\", \"CHN\"]\n\n\
          [[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals from everywhere\"\nkind = \"outcome\"\nunit = \"visits\"\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More of them visit\"\naudience = \"long-haul\"\noutcome = \"arrivals\"\n",
    good: "[[audience]]\nid = \"long-haul\"\nwho = \"Travellers in long-haul markets\"\nplaces = [\"USA\", \"CHN\"]\n\n\
           [[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals from long-haul markets\"\nkind = \"outcome\"\nunit = \"visits\"\n\
           of = [\"long-haul\"]\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More of them visit\"\naudience = \"long-haul\"\noutcome = \"arrivals\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let (Some(named), Some(outcome)) = (&objective.audience, &objective.outcome) else { continue };
        let Some(indicator) = strategy.indicator(outcome.as_str()) else { continue };
        let audience = strategy.audience(named.as_str());
        let few = audience.map_or(named.value == "domestic", |audience| !audience.places.is_empty());
        if strategy.illegible.key(indicator.span, "of") || !indicator.kind.value.carries_objectives() {
            continue;
        }
        let counts = indicator.of.iter().any(|counted| counted.value == named.value);
        if counts || (indicator.of.is_empty() && !few) {
            continue;
        }
        let whom = if indicator.of.is_empty() { "everybody" } else { "other audiences" };
        diagnostics.push(
            RULE.at(format!("`{}` is about `{}`, and `{}` counts {whom}", objective.id.value, clip(&named.value), outcome.value), outcome.span)
                .label(format!("counts {whom}"))
                .also(named.span, "the audience")
                .reason("those whom nothing was done for decide what it shows")
                .hint(format!("name an indicator of this audience; if this is one, say `of = [\"{}\"]` in the indicator", clip(&named.value))),
        );
    }
}
