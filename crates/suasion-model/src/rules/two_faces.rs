//! `two-faces`: claims to two audiences that contradict each other.

use std::collections::BTreeMap;

use super::{Check, Rule, clip};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;
use crate::strategy::{Claim, Strategy};

pub(crate) const RULE: Rule = Rule {
    code: "two-faces",
    finds: "claims to two audiences, domestic included, that contradict each other by theme and sign",
    severity: Severity::Warning,
    guesses: false,
    why: "What is said abroad is heard at home, and the other way round (*Soft power in action*, paragraph 14). Whoever is \
          told two things believes neither.",
    bad: "[[claim]]\nid = \"welcome\"\nsays = \"Students are welcome\"\ntheme = \"openness\"\nstance = 1.0\n\n\
          [[claim]]\nid = \"fewer\"\nsays = \"Fewer will come\"\naudience = \"domestic\"\ntheme = \"openness\"\nstance = -0.8\n",
    good: "[[claim]]\nid = \"welcome\"\nsays = \"Students are welcome\"\ntheme = \"openness\"\nstance = 1.0\n\n\
           [[claim]]\nid = \"home\"\nsays = \"Students from abroad pay for courses at home\"\naudience = \"domestic\"\n\
           theme = \"openness\"\nstance = 0.5\n",
    check: Check::Strategy(check),
};

fn check(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let mut themes: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for claim in strategy.claims.iter().filter(|claim| claim.stance != 0.0 && !claim.theme.value.is_empty()) {
        if !strategy.illegible.key(claim.span, "audience") {
            themes.entry(claim.theme.value.trim().to_lowercase()).or_default().push(claim);
        }
    }
    for claims in themes.values() {
        for (at, claim) in claims.iter().enumerate() {
            // Each claim is held against the first that contradicts it, and each pair is reported once.
            let contradicts = |other: &&&Claim| {
                (other.stance > 0.0) != (claim.stance > 0.0) && audience(other) != audience(claim)
            };
            let Some(other) = claims[..at].iter().take(HELD_AGAINST).find(contradicts) else { continue };
            diagnostics.push(
                RULE.at(format!("`{}` contradicts `{}`", claim.id.value, other.id.value), claim.says.span)
                    .label(format!("to {}: {}", to(claim), sign(claim)))
                    .also(other.says.span, format!("to {}: {}", to(other), sign(other)))
                    .reason(format!("both are about {}, and what is said to one audience is heard by the other (paragraph 14)", clip(&claim.theme.value)))
                    .hint("say one thing to both, or give them themes of their own if they are about different things"),
            );
        }
    }
}

/// How many earlier claims on a theme are looked at; strategies that people write have fewer.
const HELD_AGAINST: usize = 200;

fn audience(claim: &Claim) -> Option<&str> {
    claim.audience.as_ref().map(Spanned::as_str)
}

fn to(claim: &Claim) -> String {
    audience(claim).map_or_else(|| "everybody".to_string(), |audience| format!("`{}`", clip(audience)))
}

fn sign(claim: &Claim) -> &'static str {
    if claim.stance > 0.0 { "for it" } else { "against it" }
}
