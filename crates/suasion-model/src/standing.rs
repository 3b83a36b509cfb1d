//! What of a strategy with errors still stands: which answers rest on sections that are in error, and which do not.
//!
//! An answer rests on every section that says what is asked: an objective's on its outcome, the dataset behind it, its
//! audience, the initiatives that serve it and the evaluation that judges it. An error anywhere else does not touch it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, rule, syntax};
use crate::source::{Span, Spanned};
use crate::strategy::{Corridor, Dataset, Evaluation, Network, Objective, Strategy};

/// The errors of a strategy, by the sections that they are in.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Codes by the start of the section's header.
    sections: BTreeMap<usize, BTreeSet<&'static str>>,
    /// Codes of errors that no answer can be given under.
    whole: BTreeSet<&'static str>,
}

impl Standing {
    /// Sorts the errors of a strategy by section. An error of the reader counts even where the strategy allows it: what
    /// could not be read carries nothing.
    pub fn new(strategy: &Strategy, diagnostics: &[Diagnostic]) -> Self {
        let mut standing = Self::default();
        for diagnostic in diagnostics {
            let rule = rule(diagnostic.code);
            let unread = rule
                .is_some_and(|rule| rule.severity == Severity::Error && matches!(rule.check, Check::Reader));
            if diagnostic.severity != Severity::Error && !unread {
                continue;
            }
            let Some(span) = diagnostic.span() else { continue };
            let refused = rule.is_some_and(crate::rules::Rule::refuses);
            match strategy.sections.of(span) {
                Some(place) if place.section != Some("strategy") && !refused => {
                    standing.sections.entry(place.header.start).or_default().insert(diagnostic.code);
                }
                _ => {
                    standing.whole.insert(diagnostic.code);
                }
            }
        }
        standing
    }

    /// Lets no answer rest on a dataset, for what `code` says of its file.
    pub fn lacks(&mut self, dataset: &Dataset, code: &'static str) {
        self.sections.entry(dataset.span.start).or_default().insert(code);
    }

    /// Codes of errors that no answer can be given under: in the head of the strategy, or outside every section.
    pub fn of_all(&self) -> Vec<&'static str> {
        self.whole.iter().copied().collect()
    }

    /// Codes of the errors that an objective's answer rests on, as this evaluation judges it.
    pub fn of_objective(
        &self,
        strategy: &Strategy,
        objective: &Objective,
        evaluation: Option<&Evaluation>,
    ) -> Vec<&'static str> {
        let mut codes = Codes { standing: self, codes: self.whole.clone() };
        codes.section(objective.span);
        if let Some(evaluation) = evaluation {
            codes.section(evaluation.span);
        }
        if let Some(audience) = &objective.audience
            && audience.value != "domestic"
        {
            codes.named(strategy.audience(audience.as_str()).map(|audience| audience.span));
        }
        for outcome in objective.outcome.iter().chain(&objective.surrogate) {
            let indicator = strategy.indicator(outcome.as_str());
            codes.named(indicator.map(|indicator| indicator.span));
            codes.dataset(strategy, indicator.and_then(|indicator| indicator.dataset.as_ref()));
        }
        for measurement in objective.baseline.iter().chain(&objective.target) {
            codes.dataset(strategy, measurement.source.as_ref().filter(|source| source.value != "ours"));
        }
        for at in strategy.serving(objective.id.as_str()) {
            codes.section(strategy.initiatives[*at].span);
        }
        codes.codes.into_iter().collect()
    }

    /// Codes of the errors that a corridor's answer rests on.
    pub fn of_corridor(&self, strategy: &Strategy, corridor: &Corridor) -> Vec<&'static str> {
        let mut codes = Codes { standing: self, codes: self.whole.clone() };
        codes.section(corridor.span);
        codes.dataset(strategy, Some(&corridor.dataset));
        codes.codes.into_iter().collect()
    }

    /// Codes of the errors that a network's answer rests on. Voices are among what it rests on: they say who is close to
    /// government.
    pub fn of_network(&self, strategy: &Strategy, network: &Network) -> Vec<&'static str> {
        let mut codes = Codes { standing: self, codes: self.whole.clone() };
        codes.section(network.span);
        codes.dataset(strategy, Some(&network.dataset));
        codes.dataset(strategy, network.actors.as_ref());
        for issue in &network.issues {
            codes.named(strategy.issue(issue.as_str()).map(|issue| issue.span));
        }
        for voice in &strategy.voices {
            codes.section(voice.span);
        }
        codes.codes.into_iter().collect()
    }

    /// Codes of the errors that stand in the way of bringing a dataset in.
    pub fn of_dataset(&self, dataset: &Dataset) -> Vec<&'static str> {
        let mut codes = Codes { standing: self, codes: BTreeSet::new() };
        codes.section(dataset.span);
        codes.codes.into_iter().collect()
    }
}

/// Codes as they are gathered.
struct Codes<'s> {
    standing: &'s Standing,
    codes: BTreeSet<&'static str>,
}

impl Codes<'_> {
    fn section(&mut self, header: Span) {
        self.codes.extend(self.standing.sections.get(&header.start).into_iter().flatten());
    }

    /// A section that is named, where it is there. Where it is not, that is an error in the section that names it, or
    /// its own text could not be read.
    fn named(&mut self, header: Option<Span>) {
        match header {
            Some(header) => self.section(header),
            None => {
                if self.codes.is_empty() {
                    self.codes.insert(syntax::RULE.code);
                }
            }
        }
    }

    fn dataset(&mut self, strategy: &Strategy, named: Option<&Spanned<String>>) {
        if let Some(named) = named.filter(|named| !named.value.is_empty()) {
            self.named(strategy.dataset(named.as_str()).map(|dataset| dataset.span));
        }
    }
}
