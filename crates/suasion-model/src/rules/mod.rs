//! What can be wrong with a strategy: one file a rule.
//!
//! A rule is its code, what it finds, why that matters, an example of each kind, and, where it needs the whole
//! strategy, a check. A new rule is a new file here and its name in the list below; the reference in
//! `docs/diagnostics.md` and the tests of its examples follow by themselves.

use crate::diagnostic::{Diagnostic, sort};
use crate::source::Source;
use crate::strategy::Strategy;

/// A rule that strategies are held to.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, in kebab case.
    pub code: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// An example that it finds something in.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Looks at a whole strategy. Rules about the shape of the file have none: the reader reports them.
    pub check: Option<fn(&Strategy, &mut Vec<Diagnostic>)>,
}

macro_rules! rules {
    ($($name:ident),+ $(,)?) => {
        $(pub(crate) mod $name;)+

        /// All rules, by code.
        pub const RULES: &[&Rule] = &[$(&$name::RULE),+];
    };
}

rules!(
    ambiguous_series,
    bad_value,
    duplicate_id,
    effect_before_cause,
    foggy_objective,
    horizon_before_target,
    idle_initiative,
    missing_key,
    no_smallest_effect,
    orphan_objective,
    syntax,
    target_before_baseline,
    target_is_baseline,
    treated_is_donor,
    unknown_key,
    unknown_reference,
    unknown_schema,
    unknown_word,
    unmeasured_outcome,
    vanity_outcome,
    wordy_decision,
    wrong_table,
    wrong_type,
);

/// Reads a strategy and reports everything wrong with it, in source order.
pub fn check(source: &Source) -> (Strategy, Vec<Diagnostic>) {
    let (strategy, mut diagnostics) = Strategy::parse(source);
    for check in RULES.iter().filter_map(|rule| rule.check) {
        check(&strategy, &mut diagnostics);
    }
    sort(&mut diagnostics);
    (strategy, diagnostics)
}

/// A longer word is no misspelling of a key or an id, and would cost more to compare than it could tell.
const LONGEST_MISSPELLING: usize = 64;

/// The known word nearest to one that is not known, where one is near.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    if word.len() > LONGEST_MISSPELLING {
        return None;
    }
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word.to_lowercase(), candidate);
    let nearest = known.iter().copied().min_by_key(|candidate| (distance(candidate), *candidate))?;
    (distance(nearest) <= word.chars().count().max(nearest.chars().count()) / 3).then_some(nearest)
}

/// `a`, `a or b`, `a, b or c`.
fn any_of(words: &[&str]) -> String {
    join(words, "or")
}

/// `a`, `a and b`, `a, b and c`.
fn all_of(words: &[&str]) -> String {
    join(words, "and")
}

fn join(words: &[&str], last: &str) -> String {
    match words {
        [] => "none".to_string(),
        [one] => (*one).to_string(),
        [rest @ .., one] => format!("{} {last} {one}", rest.join(", ")),
    }
}
