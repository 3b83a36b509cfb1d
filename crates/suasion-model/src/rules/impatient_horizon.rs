//! `impatient-horizon`: a slow programme judged early.

use super::{Check, Rule, article};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lexicon;
use crate::period::Period;
use crate::strategy::{Initiative, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "impatient-horizon",
    finds: "an exchange, scholarship or institution judged before it can have borne fruit, without an earlier sign",
    severity: Severity::Warning,
    guesses: false,
    why: "The return on an exchange shows ten to fifteen years on (*Soft power in action*, paragraph 21). Judged sooner, it \
          looks like failure, or is judged by what it costs. An earlier indicator that foretells the outcome (a \
          `surrogate`; Athey, Chetty, Imbens and Kang 2019) lets one look sooner.",
    bad: "[[objective]]\nid = \"ties\"\nstatement = \"Former fellows lead joint projects\"\nhorizon = 2016\n\n\
          [[initiative]]\nid = \"fellows\"\nkind = \"scholarship\"\nstarts = 2012\nserves = [\"ties\"]\n",
    good: "[[objective]]\nid = \"ties\"\nstatement = \"Former fellows lead joint projects\"\nhorizon = 2024\n\n\
           [[initiative]]\nid = \"fellows\"\nkind = \"scholarship\"\nstarts = 2012\nserves = [\"ties\"]\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for objective in strategy.distinct_objectives() {
        let Some(horizon) = objective.horizon else { continue };
        if objective.surrogate.is_some() || strategy.illegible.key(objective.span, "surrogate") {
            continue;
        }
        let serving = || strategy.serving(objective.id.as_str()).iter().map(|at| &strategy.initiatives[*at]);
        // Where something quicker serves the objective too, that may be what is judged.
        let slow = |initiative: &Initiative| {
            lexicon::lag_years(initiative.kind.value).is_some() && initiative.starts.value != Period::STAND_IN
        };
        let Some(first) = serving().min_by_key(|initiative| initiative.starts.value) else { continue };
        let Some(lag) = serving().filter_map(|initiative| lexicon::lag_years(initiative.kind.value)).min() else {
            continue;
        };
        let years = horizon.value.year_number() - first.starts.value.year_number();
        let illegible = strategy.illegible.says("initiative", "serves", objective.id.as_str());
        if illegible || !serving().all(slow) || i64::from(years) >= i64::from(lag) {
            continue;
        }
        let kind = article(first.kind.value.word());
        diagnostics.push(
            RULE.at(format!("`{}` is judged {} after it began", objective.id.value, in_years(years)), horizon.span)
                .label(format!("{lag} years or more are plausible"))
                .also(first.starts.span, format!("`{}` begins here", first.id.value))
                .reason(format!("what {kind} is for shows ten to fifteen years on (paragraph 21)"))
                .hint("judge it later, or name a `surrogate`: an earlier indicator that foretells the outcome"),
        );
    }
}

fn in_years(years: i32) -> String {
    match years {
        ..=0 => "within a year".to_string(),
        1 => "a year".to_string(),
        more => format!("{more} years"),
    }
}
