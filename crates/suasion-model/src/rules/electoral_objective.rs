//! `electoral-objective`: changing who wins, or who votes how.

use super::{Check, Rule, within};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lexicon;
use crate::source::{Span, Spanned};
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "electoral-objective",
    finds: "a strategy that would change who wins an election, or who votes how",
    severity: Severity::Error,
    guesses: false,
    why: "Whom people elect is theirs alone to decide. The program does not work on such a strategy at all, and nothing \
          in the file can change that. Observing elections, helping to hold them, and citizens' own votes abroad are no \
          such thing. It rests on words: an election, voters, a candidate or a party, together with a verb of \
          steering. Voters as an audience are none of that by themselves: `who` is read like every other text, and needs a \
          verb of its own. What others did, said or wrote is not read (threats, sources, caveats, keywords, reasons); what \
          could not be read as a key or as TOML is. `suasion sql` alone, which asks tables and no strategy, goes on.",
    bad: "[[objective]]\nid = \"friends\"\nstatement = \"Help the friendly party win the next election\"\n",
    good: "[[objective]]\nid = \"observers\"\nstatement = \"Election observers report from every district\"\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    for text in texts(strategy) {
        let Some(found) = lexicon::electoral(text.as_str()) else { continue };
        diagnostics.push(steers(within(text, &found.steer), within(text, &found.object)));
    }
}

fn steers(steer: Span, object: Span) -> Diagnostic {
    RULE.at("this would steer an election", steer)
        .label("a verb of steering")
        .also(object, "and what it steers")
        .reason("whom people elect is theirs alone to decide; the program does not work on this strategy")
        .hint("leave it out; if the words mean something else, say it without them")
}

/// Keys whose texts tell what others did, said or wrote, in which no end is said.
const TOLD: [&str; 8] = ["threats", "what", "reason", "source", "keywords", "caveats", "path", "licence"];

/// Reports what would steer an election in a text that could not be read as anything: a slip of the pen lets nothing by.
pub(crate) fn unread(key: &str, text: &str, span: Span) -> Option<Diagnostic> {
    let found = lexicon::electoral(text).filter(|_| !TOLD.contains(&key))?;
    Some(steers(Span::from(found.steer).behind(span.start), Span::from(found.object).behind(span.start)))
}

/// Every text in which an end may be said.
fn texts(strategy: &Strategy) -> impl Iterator<Item = &Spanned<String>> {
    let head = &strategy.head;
    let objectives = strategy.objectives.iter().flat_map(|objective| {
        std::iter::once(&objective.statement).chain(&objective.decision).chain(&objective.benefit)
    });
    let indicators = strategy.indicators.iter().map(|indicator| &indicator.label);
    let initiatives = strategy.initiatives.iter().filter_map(|initiative| initiative.label.as_ref());
    let resources = strategy.resources.iter().filter_map(|resource| resource.label.as_ref());
    let datasets = strategy.datasets.iter().filter_map(|dataset| dataset.purpose.as_ref());
    let partners = strategy.partners.iter().flat_map(|partner| partner.asks.iter().chain(&partner.gains));
    let audiences = strategy.audiences.iter().map(|audience| &audience.who);
    let claims = strategy.claims.iter().flat_map(|claim| [&claim.says, &claim.theme]);
    let issues = strategy.issues.iter().map(|issue| &issue.label);
    [&head.title, &head.decision]
        .into_iter()
        .chain(objectives)
        .chain(audiences)
        .chain(indicators)
        .chain(initiatives)
        .chain(resources)
        .chain(datasets)
        .chain(partners)
        .chain(claims)
        .chain(issues)
}
