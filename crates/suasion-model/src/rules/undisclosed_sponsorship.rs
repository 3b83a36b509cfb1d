//! `undisclosed-sponsorship`: a voice or partner that government directs or keeps, and that nobody is told about.

use std::collections::BTreeSet;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lexicon;
use crate::source::{Span, Spanned};
use crate::strategy::words::Closeness;
use crate::strategy::Strategy;

pub(crate) const RULE: Rule = Rule {
    code: "undisclosed-sponsorship",
    finds: "a voice or partner close to government whose tie is not said to be public, or one that is asked and whose tie is hidden",
    severity: Severity::Warning,
    guesses: false,
    why: "Influence that hides whose it is becomes propaganda when it is found out (*Soft power in action*, paragraph 38). \
          Several countries also have it registered: the Foreign Agents Registration Act of the United States, the \
          Foreign Influence Registration Scheme of the United Kingdom, and others. Whether a duty applies a lawyer there \
          can say; this program cannot.",
    bad: "[[voice]]\nid = \"friends\"\nname = \"Friends of the season\"\ncloseness = \"state\"\ndisclosed = false\n",
    good: "[[voice]]\nid = \"friends\"\nname = \"Friends of the season\"\ncloseness = \"state\"\ndisclosed = true\n",
    check: Check::Strategy(check),
};

/// Somebody who carries the strategy.
struct Carrier<'s> {
    span: Span,
    id: &'s Spanned<String>,
    closeness: &'s Spanned<Closeness>,
    asked: bool,
    disclosed: Option<bool>,
}

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let registers = registers(strategy);
    let partners = strategy.partners.iter().map(|partner| Carrier {
        span: partner.span,
        id: &partner.id,
        closeness: &partner.closeness,
        asked: partner.asks.is_some(),
        disclosed: partner.disclosed,
    });
    let voices = strategy.voices.iter().map(|voice| Carrier {
        span: voice.span,
        id: &voice.id,
        closeness: &voice.closeness,
        asked: false,
        disclosed: voice.disclosed,
    });
    for carrier in partners.chain(voices) {
        if ["disclosed", "closeness"].iter().any(|key| strategy.illegible.key(carrier.span, key)) {
            continue;
        }
        let close = carrier.closeness.value != Closeness::Independent;
        let id = carrier.id.as_str();
        let (headline, label) = match carrier.disclosed {
            // Nobody need disclose a tie that there is not.
            Some(false) if close || carrier.asked => (format!("the tie to `{id}` is hidden"), "not disclosed"),
            None if close => (format!("nobody says whether the tie to `{id}` is public"), "`disclosed` is missing"),
            _ => continue,
        };
        diagnostics.push(
            RULE.at(headline, carrier.id.span)
                .label(label)
                .also(carrier.closeness.span, "this close to government")
                .reason("influence that hides whose it is loses all credit when it is found out (paragraph 38)")
                .hint(format!("disclose the tie, and say `disclosed = true`; {registers}")),
        );
    }
}

/// What is said of registers: those of the places that the audiences live in, where the strategy names places.
fn registers(strategy: &Strategy) -> String {
    let places = strategy.audiences.iter().flat_map(|audience| &audience.places);
    let known: BTreeSet<&str> = places.filter_map(|place| lexicon::register(place.as_str())).collect();
    match known.into_iter().collect::<Vec<_>>().as_slice() {
        [] => "some countries also have such ties registered, which a lawyer there can tell".to_string(),
        names => format!("where your audiences live, it may have to be registered: {}", super::all_of(names)),
    }
}
