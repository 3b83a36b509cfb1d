//! From what a strategy names to the rows that hold it.

use suasion_model::Strategy;
use suasion_model::finding::Input;
use suasion_model::plan::{Select, TableRequest};
use suasion_model::strategy::{Corridor, Dataset, Indicator, Network};
use suasion_model::table::Origin;

/// The request for an indicator's values; none where it has no dataset.
pub(crate) fn observations(strategy: &Strategy, indicator: &Indicator) -> Option<TableRequest> {
    let dataset = strategy.dataset(indicator.dataset.as_ref()?.as_str())?;
    // A code selects rows only where the file says which row is of which series.
    let several = dataset.columns.iter().any(|column| column.ours.value == "indicator");
    let code = if several {
        Some(indicator.code.as_ref().map_or_else(|| indicator.id.value.clone(), |code| code.value.clone()))
    } else {
        None
    };
    Some(TableRequest { dataset: dataset.id.value.clone(), select: Select::Observations { code } })
}

/// The request for a corridor's flows.
pub(crate) fn flows(corridor: &Corridor) -> TableRequest {
    TableRequest {
        dataset: corridor.dataset.value.clone(),
        select: Select::Flows {
            period: corridor.period.value,
            kind: corridor.kind.as_ref().map(|kind| kind.value.clone()),
        },
    }
}

/// The requests of a network: for its interactions, and for who its actors are.
pub(crate) fn network(network: &Network) -> Vec<TableRequest> {
    [Some(interactions(network)), actors(network)].into_iter().flatten().collect()
}

/// The request for a network's interactions.
pub(crate) fn interactions(network: &Network) -> TableRequest {
    TableRequest { dataset: network.dataset.value.clone(), select: Select::Interactions }
}

/// The request for who a network's actors are; none where it names no table of them.
pub(crate) fn actors(network: &Network) -> Option<TableRequest> {
    let dataset = network.actors.as_ref()?.value.clone();
    Some(TableRequest { dataset, select: Select::Actors })
}

/// What a finding says of a table that it rests on.
pub(crate) fn input(strategy: &Strategy, origin: &Origin) -> Input {
    let dataset = strategy.dataset(&origin.dataset);
    let of = |text: Option<&str>| text.unwrap_or_default().to_string();
    Input {
        dataset: origin.dataset.clone(),
        table: format!("{}@{}", origin.table, origin.version),
        digest: origin.digest.clone(),
        rows: origin.rows,
        source: of(dataset.map(|dataset| dataset.source.as_str())),
        licence: of(dataset.map(Dataset::terms)),
    }
}

/// The caveats of a dataset.
pub(crate) fn caveats(strategy: &Strategy, dataset: &str) -> Vec<String> {
    let caveats = strategy.dataset(dataset).map_or(&[][..], |dataset| &dataset.caveats);
    caveats.iter().map(|caveat| caveat.value.clone()).collect()
}
