//! `unmeasured-outcome`: an objective whose outcome nobody has figures of.

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "unmeasured-outcome",
    finds: "an objective whose outcome has no dataset",
    severity: Severity::Warning,
    guesses: false,
    why: "What nobody measures cannot be found to have worked.",
    bad: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\n",
    good: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\n\
           [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\n\
           columns = { unit = \"iso3\", period = \"year\", value = \"value\" }\nsource = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let Some(outcome) = &objective.outcome else { continue };
        let Some(indicator) = strategy.indicator(outcome.as_str()) else { continue };
        let unmeasured = indicator.dataset.is_none() && !strategy.illegible.key(indicator.span, "dataset");
        if unmeasured && indicator.kind.value.carries_objectives() {
            diagnostics.push(
                RULE.at(format!("nobody has figures of the outcome of `{}`", objective.id.value),
                    outcome.span,
                )
                .label("has no dataset")
                .also(indicator.id.span, "declared here")
                .reason("what nobody measures cannot be found to have worked")
                .hint("name the `dataset` that holds it, or an outcome that somebody measures"),
            );
        }
    }
}
