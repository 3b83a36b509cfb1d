//! `weak-surrogate`: an earlier indicator that foretells nothing.

use super::{Check, Rule, article};
use crate::diagnostic::{Diagnostic, Severity};
use crate::strategy::Strategy;
use crate::strategy::words::IndicatorKind;

pub(crate) const RULE: Rule = Rule {
    code: "weak-surrogate",
    finds: "a surrogate that is the outcome itself, counts what was put in or out, or has no data",
    severity: Severity::Warning,
    guesses: false,
    why: "A surrogate stands for an outcome that takes long: whatever the programme does to the outcome, it does by way of \
          the surrogate (Prentice 1989; Athey, Chetty, Imbens and Kang 2019). What was spent, done or put out comes before \
          anybody was moved by it, and likes 'can distract from the core objectives' (*Soft power in action*, paragraph 37).",
    bad: "[[indicator]]\nid = \"likes\"\nlabel = \"Likes\"\nkind = \"output\"\nunit = \"likes\"\n\n\
          [[objective]]\nid = \"ties\"\nstatement = \"Former fellows lead joint projects\"\nsurrogate = \"likes\"\n",
    good: "[[dataset]]\nid = \"alumni\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"alumni.csv\"\n\
           columns = { unit = \"country\", period = \"year\", value = \"share\" }\nsource = \"Alumni survey\"\nlicence = \"CC-BY-4.0\"\n\n\
           [[indicator]]\nid = \"joint-papers\"\nlabel = \"Fellows who publish with their hosts\"\nkind = \"outcome\"\n\
           unit = \"%\"\ndataset = \"alumni\"\n\n\
           [[objective]]\nid = \"ties\"\nstatement = \"Former fellows lead joint projects\"\nsurrogate = \"joint-papers\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in &strategy.objectives {
        let Some(surrogate) = &objective.surrogate else { continue };
        let id = objective.id.as_str();
        let itself = objective.outcome.as_ref().is_some_and(|outcome| outcome.as_str() == surrogate.as_str());
        let diagnostic = if itself {
            RULE.at(format!("the surrogate of `{id}` is its outcome"), surrogate.span)
                .label("the very thing that takes long")
                .hint("name an indicator that moves earlier, and by which the outcome comes about")
        } else {
            let Some(indicator) = strategy.indicator(surrogate.as_str()) else { continue };
            let kind = indicator.kind;
            let read = !strategy.illegible.key(indicator.span, "kind");
            let early = matches!(kind.value, IndicatorKind::Input | IndicatorKind::Activity | IndicatorKind::Output);
            if early && read {
                let word = article(kind.value.word());
                RULE.at(format!("the surrogate of `{id}` is {word}"), surrogate.span)
                    .label("comes before anybody was moved by it")
                    .also(kind.span, "declared here")
                    .hint("name what people do or hold differently first, and by which the outcome comes about")
            } else if indicator.dataset.is_none() && !strategy.illegible.key(indicator.span, "dataset") {
                RULE.at(format!("nothing measures the surrogate of `{id}`"), surrogate.span)
                    .label(format!("`{}` has no `dataset`", surrogate.value))
                    .also(indicator.id.span, "declared here")
                    .hint("declare the dataset that its values are in")
            } else {
                continue;
            }
        };
        diagnostics.push(diagnostic.reason("a surrogate stands for an outcome because the outcome comes about by it"));
    }
}
