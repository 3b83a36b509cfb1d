//! `stale-dataset`: figures that end before the objective is judged.

use super::{Check, NotChecked, Report, Rule};
use crate::coverage::{Coverage, figures_of};
use crate::diagnostic::Severity;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "stale-dataset",
    finds: "an objective whose figures end before its horizon, with no newer ones to come",
    severity: Severity::Warning,
    guesses: false,
    why: "Nobody can tell whether a promise for 2017 was kept from figures that end in 2015.",
    bad: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\n\
          [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\nuntil = 2015\n\
          columns = { unit = \"iso3\", period = \"year\", value = \"value\" }\nsource = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\nhorizon = 2017\n",
    good: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\n\
           [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\nuntil = 2015\ncontinues = true\n\
           columns = { unit = \"iso3\", period = \"year\", value = \"value\" }\nsource = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\nhorizon = 2017\n",
    check: Check::Evidence(check),
};

fn check(strategy: &Strategy, coverage: Option<&Coverage>, report: &mut Report) {
    for objective in &strategy.objectives {
        let (Some(outcome), Some(horizon)) = (&objective.outcome, objective.horizon) else { continue };
        let Some(indicator) = strategy.indicator(outcome.as_str()) else { continue };
        let Some(dataset) = indicator.dataset.as_ref().and_then(|named| strategy.dataset(named.as_str())) else {
            continue;
        };
        if dataset.continues || strategy.illegible.key(dataset.span, "continues") {
            continue;
        }
        let covered = coverage.and_then(|coverage| coverage.series(indicator.id.as_str())?.last());
        let declared = dataset.until;
        let Some(last) = covered.or(declared.map(|until| until.value)) else {
            report.not_checked.push(NotChecked {
                code: RULE.code,
                what: format!("the objective `{}`", objective.id.value),
                why: figures_of(coverage, indicator.id.as_str()) + ", or `until` of their dataset",
            });
            continue;
        };
        // The last month of a year reaches to the end of that year.
        let reaches = last >= horizon.value || horizon.value.contains(last) || last.contains(horizon.value);
        if reaches {
            continue;
        }
        let mut diagnostic = RULE
            .at(format!("the figures of `{}` end before it is judged", objective.id.value), horizon.span)
            .label(format!("judged here; `{}` ends in {last}", dataset.id.value))
            .reason("what happened after the last figure nobody can tell")
            .hint("bring in newer figures; or say `continues = true` in the dataset if they will be published by then");
        if let Some(until) = declared {
            diagnostic = diagnostic.also(until.span, "declared here");
        }
        report.diagnostics.push(diagnostic);
    }
}
