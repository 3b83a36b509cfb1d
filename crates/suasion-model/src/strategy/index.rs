//! Which section has which id, and what serves what.
//!
//! An id that is declared twice stands for its first section; the second is reported. Every look-up is logarithmic in
//! the number of sections.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Audience, Dataset, Evaluation, Indicator, Initiative, Issue, Objective, Partner, Resource, Strategy,
    Voice,
};

/// The indices of sections by their ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    audiences: Ids,
    indicators: Ids,
    datasets: Ids,
    objectives: Ids,
    initiatives: Ids,
    resources: Ids,
    partners: Ids,
    voices: Ids,
    issues: Ids,
    /// Initiatives by the objectives that they serve.
    serving: BTreeMap<String, Vec<usize>>,
}

type Ids = BTreeMap<String, usize>;

impl Index {
    pub(super) fn new(strategy: &Strategy) -> Self {
        let mut serving: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, initiative) in strategy.initiatives.iter().enumerate() {
            for objective in &initiative.serves {
                let initiatives = serving.entry(objective.value.clone()).or_default();
                if initiatives.last() != Some(&at) {
                    initiatives.push(at);
                }
            }
        }
        Self {
            audiences: ids(strategy.audiences.iter().map(|audience| audience.id.as_str())),
            indicators: ids(strategy.indicators.iter().map(|indicator| indicator.id.as_str())),
            datasets: ids(strategy.datasets.iter().map(|dataset| dataset.id.as_str())),
            objectives: ids(strategy.objectives.iter().map(|objective| objective.id.as_str())),
            initiatives: ids(strategy.initiatives.iter().map(|initiative| initiative.id.as_str())),
            resources: ids(strategy.resources.iter().map(|resource| resource.id.as_str())),
            partners: ids(strategy.partners.iter().map(|partner| partner.id.as_str())),
            voices: ids(strategy.voices.iter().map(|voice| voice.id.as_str())),
            issues: ids(strategy.issues.iter().map(|issue| issue.id.as_str())),
            serving,
        }
    }
}

fn ids<'a>(names: impl Iterator<Item = &'a str>) -> Ids {
    let mut ids = Ids::new();
    for (at, name) in names.enumerate().filter(|(_, name)| !name.is_empty()) {
        ids.entry(name.to_string()).or_insert(at);
    }
    ids
}

impl Strategy {
    /// The audience of an id. `domestic` has no section unless one is written.
    pub fn audience(&self, id: &str) -> Option<&Audience> {
        self.index.audiences.get(id).map(|at| &self.audiences[*at])
    }

    /// The indicator of an id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.index.indicators.get(id).map(|at| &self.indicators[*at])
    }

    /// The dataset of an id.
    pub fn dataset(&self, id: &str) -> Option<&Dataset> {
        self.index.datasets.get(id).map(|at| &self.datasets[*at])
    }

    /// The objective of an id.
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.index.objectives.get(id).map(|at| &self.objectives[*at])
    }

    /// The initiative of an id.
    pub fn initiative(&self, id: &str) -> Option<&Initiative> {
        self.index.initiatives.get(id).map(|at| &self.initiatives[*at])
    }

    /// The resource of an id.
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.index.resources.get(id).map(|at| &self.resources[*at])
    }

    /// The partner of an id.
    pub fn partner(&self, id: &str) -> Option<&Partner> {
        self.index.partners.get(id).map(|at| &self.partners[*at])
    }

    /// The voice of an id.
    pub fn voice(&self, id: &str) -> Option<&Voice> {
        self.index.voices.get(id).map(|at| &self.voices[*at])
    }

    /// The issue of an id.
    pub fn issue(&self, id: &str) -> Option<&Issue> {
        self.index.issues.get(id).map(|at| &self.issues[*at])
    }

    /// The indices of the initiatives that serve an objective, in the order of the file.
    pub fn serving(&self, objective: &str) -> &[usize] {
        self.index.serving.get(objective).map_or(&[], Vec::as_slice)
    }

    /// The objectives that an id leads to: those without an id, and those whose id another has, are left out.
    pub fn distinct_objectives(&self) -> impl Iterator<Item = &Objective> {
        self.objectives
            .iter()
            .enumerate()
            .filter(|(at, objective)| self.index.objectives.get(objective.id.as_str()) == Some(at))
            .map(|(_, objective)| objective)
    }

    /// The objectives that an evaluation judges, by id.
    pub fn judged_objectives(&self) -> BTreeSet<&str> {
        self.evaluations.iter().map(|evaluation| evaluation.objective.as_str()).collect()
    }

    /// The indicator that an evaluation judges by: the outcome of its objective.
    pub fn judged_by(&self, evaluation: &Evaluation) -> Option<&Indicator> {
        self.indicator(self.objective(evaluation.objective.as_str())?.outcome.as_ref()?.as_str())
    }
}
