//! `boast`: a superlative that is compared with nobody.

use super::{Check, Report, Rule, language, within, words};
use crate::coverage::Coverage;
use crate::diagnostic::Severity;
use crate::lexicon::{self, List};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "boast",
    finds: "a claim that something is the best or the most, compared with nobody",
    severity: Severity::Warning,
    guesses: true,
    why: "A campaign cannot convince the world of what patently is not so (*Soft power in action*, paragraph 40). A \
          superlative is a comparison; if nobody says with whom, nobody can check it.",
    bad: "[[claim]]\nid = \"best\"\nsays = \"We have the best universities in the world\"\ntheme = \"education\"\nstance = 1.0\n",
    good: "[[claim]]\nid = \"best\"\nsays = \"We have the best universities in the world\"\ntheme = \"education\"\nstance = 1.0\n\
           compared_with = [\"OECD members, by share of first choices of students who go abroad\"]\n",
    check: Check::Evidence(check),
};

fn check(strategy: &Strategy, _: Option<&Coverage>, report: &mut Report) {
    let Some(language) = language(strategy, RULE.code, report) else { return };
    for claim in strategy.claims.iter().filter(|claim| claim.compared_with.is_empty()) {
        let says = claim.says.as_str();
        let compares = lexicon::find(List::Comparison, language, says).is_some();
        if compares || strategy.illegible.key(claim.span, "compared_with") {
            continue;
        }
        let Some(found) = lexicon::find(List::Superlative, language, says) else { continue };
        report.diagnostics.push(
            RULE.at(format!("`{}` boasts: “{}”", claim.id.value, words(&says[found.range.clone()])), within(&claim.says, &found.range))
                .label("of whom, and by what measure?")
                .reason("a superlative that is compared with nobody convinces nobody (paragraph 40)")
                .hint("say in `compared_with` with whom and by what measure, or say what is so without it"),
        );
    }
}
