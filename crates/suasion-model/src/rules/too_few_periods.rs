//! `too-few-periods`: an evaluation with hardly any past to learn from, or none after.

use super::{Check, NotChecked, Report, Rule};
use crate::coverage::{Coverage, figures_of};
use crate::diagnostic::Severity;
use crate::period::{Period, Precision};
use crate::strategy::{Evaluation, Indicator, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "too-few-periods",
    finds: "an evaluation with fewer than five periods before treatment",
    severity: Severity::Warning,
    guesses: false,
    why: "A comparison group is found by how well it follows the treated unit before anything was done. Over a few periods \
          many groups follow it by luck (Abadie 2021, section 3, asks for a sizeable number of them; five is the least \
          that is not warned of here, and a convention).",
    bad: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\n\
          [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\nsince = 2009\n\
          columns = { unit = \"iso3\", period = \"year\", value = \"value\" }\nsource = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n\n\
          [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\n\n\
          [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
          treated = [\"GBR\"]\nfrom = 2012\n",
    good: "[[indicator]]\nid = \"arrivals\"\nlabel = \"Arrivals\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"wdi\"\n\n\
           [[dataset]]\nid = \"wdi\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"wdi.csv\"\nsince = 1995\n\
           columns = { unit = \"iso3\", period = \"year\", value = \"value\" }\nsource = \"World Bank\"\nlicence = \"CC-BY-4.0\"\n\n\
           [[objective]]\nid = \"visitors\"\nstatement = \"More people visit\"\noutcome = \"arrivals\"\n\n\
           [[evaluation]]\nid = \"visitors-sc\"\nobjective = \"visitors\"\ndesign = \"synthetic-control\"\n\
           treated = [\"GBR\"]\nfrom = 2012\n",
    check: Check::Evidence(check),
};

/// The fewest periods before treatment that are not warned of.
const FEWEST: usize = 5;

fn check(strategy: &Strategy, coverage: Option<&Coverage>, report: &mut Report) {
    for evaluation in &strategy.evaluations {
        let from = evaluation.from;
        let Some(indicator) = strategy.judged_by(evaluation) else { continue };
        if from.value == Period::STAND_IN {
            continue;
        }
        let series = coverage.and_then(|coverage| coverage.series(indicator.id.as_str()));
        let count = match (series, evaluation.treated.first()) {
            // Nobody treated, or nobody in the figures, is another rule's to report.
            (_, None) => continue,
            (Some(series), Some(treated)) if !series.units.contains_key(treated.as_str()) => continue,
            (Some(series), Some(treated)) => Some(series.periods_before(treated.as_str(), from.value)),
            (None, _) => declared(strategy, evaluation, indicator),
        };
        let Some(count) = count else {
            report.not_checked.push(NotChecked {
                code: RULE.code,
                what: format!("the evaluation `{}`", evaluation.id.value),
                why: figures_of(coverage, indicator.id.as_str()) + ", or `since` of their dataset",
            });
            continue;
        };
        if count < FEWEST {
            let (noun, verb) = if count == 1 { ("period", "comes") } else { ("periods", "come") };
            report.diagnostics.push(
                RULE.at(format!("`{}` has {count} {noun} to learn from", evaluation.id.value), from.span)
                    .label(format!("{count} {noun} {verb} before this"))
                    .reason("over so few, many comparisons fit by luck")
                    .hint("bring in a longer series, or one of months or quarters"),
            );
        }
    }
}

/// Periods before treatment as the strategy declares them: years, where both ends are years.
fn declared(strategy: &Strategy, evaluation: &Evaluation, indicator: &Indicator) -> Option<usize> {
    let since = strategy.dataset(indicator.dataset.as_ref()?.as_str())?.since?.value;
    let from = evaluation.from.value;
    let years = since.precision() == Precision::Year && from.precision() == Precision::Year;
    years.then(|| usize::try_from(from.year_number() - since.year_number()).unwrap_or(0))
}
