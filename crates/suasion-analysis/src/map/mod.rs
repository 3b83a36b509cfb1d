//! `suasion map`: which networks carry it, who bridges them, and who depends on whom?

mod corridors;
mod networks;

use suasion_model::finding::Finding;
use suasion_model::plan::{Inputs, TableRequest};
use suasion_model::{Standing, Strategy};

/// The rows that the corridors and networks need.
pub(crate) fn plan(strategy: &Strategy, standing: &Standing) -> Vec<TableRequest> {
    let mut requests = corridors::plan(strategy, standing);
    requests.extend(networks::plan(strategy, standing));
    requests
}

/// One finding a corridor, then one a network.
pub(crate) fn map(strategy: &Strategy, standing: &Standing, inputs: &Inputs) -> Vec<Finding> {
    let mut findings = corridors::map(strategy, standing, inputs);
    findings.extend(networks::map(strategy, standing, inputs));
    findings
}
