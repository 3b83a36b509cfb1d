//! `vague-outcome`: an outcome said in words only.

use super::{Check, Report, Rule, language, within, words};
use crate::coverage::Coverage;
use crate::diagnostic::Severity;
use crate::lexicon::{self, List};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "vague-outcome",
    finds: "an objective said in words that fit any result, with no indicator behind them",
    severity: Severity::Warning,
    guesses: true,
    why: "Awareness is raised and an image improved whatever happens. A purpose that cannot be missed is foggy (*Soft \
          power in action*, key point 7, paragraphs 15 and 16). Words are no fault where an indicator says what is \
          counted.",
    bad: "[[objective]]\nid = \"image\"\nstatement = \"Improve our image abroad\"\n",
    good: "[[indicator]]\nid = \"trust\"\nlabel = \"Share who trust us\"\nkind = \"outcome\"\nunit = \"%\"\ndataset = \"survey\"\n\n\
           [[dataset]]\nid = \"survey\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"survey.csv\"\n\
           columns = { unit = \"country\", period = \"year\", value = \"share\" }\nsource = \"Survey\"\nlicence = \"CC-BY-4.0\"\n\n\
           [[objective]]\nid = \"image\"\nstatement = \"Improve our image abroad\"\noutcome = \"trust\"\n",
    check: Check::Evidence(check),
};

fn check(strategy: &Strategy, _: Option<&Coverage>, report: &mut Report) {
    let Some(language) = language(strategy, RULE.code, report) else { return };
    for objective in &strategy.objectives {
        let indicator = objective.outcome.as_ref().map(|outcome| strategy.indicator(outcome.as_str()));
        let behind = match indicator {
            None => strategy.illegible.key(objective.span, "outcome"),
            // An outcome that is not declared has been reported as that.
            Some(None) => true,
            Some(Some(indicator)) => {
                indicator.dataset.is_some() || strategy.illegible.key(indicator.span, "dataset")
            }
        };
        if behind {
            continue;
        }
        let Some(found) = lexicon::find(List::Vague, language, objective.statement.as_str()) else { continue };
        report.diagnostics.push(
            RULE.at(format!("`{}` is said in words only: “{}”", objective.id.value, words(&objective.statement.value[found.range.clone()])), within(&objective.statement, &found.range))
                .label("when would this not be so?")
                .reason("words that fit any result cannot be missed (paragraph 16: avoid being 'foggy')")
                .hint("say who would do or hold what differently, and name the `outcome` that counts it, with its `dataset`"),
        );
    }
}
