//! What the command line asks of a map besides the strategy: a part of the interactions, and another table of who may be
//! named.

use std::path::Path;
use std::str::FromStr;

use anyhow::{Context as _, bail};
use suasion_model::finding::Findings;
use suasion_model::strategy::words::TableKind;
use suasion_model::strategy::{Dataset, Network};
use suasion_model::{Period, Source, Spanned, Standing, Strategy, evidence};
use suasion_store::{IngestError, Store};

use crate::pipeline::{Stop, Workspace, write};

/// What a filter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Only this network.
    Network(String),
    /// Only interactions of this layer.
    Layer(String),
    /// Only interactions of this verb.
    Verb(String),
    /// Only what this issue marks.
    Issue(String),
    /// Only from its first day on.
    From(Period),
    /// Only up to its last day.
    Until(Period),
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, value) =
            text.split_once('=').ok_or_else(|| "write it as KEY=VALUE, such as layer=mention".to_string())?;
        let period = || {
            Period::parse(value).ok_or_else(|| "periods are written 2012, 2012-02 or 2012-02-01".to_string())
        };
        match key {
            "network" => Ok(Self::Network(value.to_string())),
            "layer" => Ok(Self::Layer(value.to_string())),
            "verb" => Ok(Self::Verb(value.to_string())),
            "issue" => Ok(Self::Issue(value.to_string())),
            "from" => Ok(Self::From(period()?)),
            "until" => Ok(Self::Until(period()?)),
            _ => Err("its keys are network, layer, verb, issue, from and until".to_string()),
        }
    }
}

/// A workspace as the command line wants it mapped.
#[derive(Debug)]
pub struct Mapped {
    /// The workspace; whatever is filtered stands behind what is not, so that both are kept from telling of few.
    pub workspace: Workspace,
    /// The findings that are kept; none of them: all.
    kept: Vec<usize>,
}

/// The id of the dataset that a node table is brought in as.
const NODE_TABLE: &str = "node-table";

impl Mapped {
    /// Puts filters and a node table into the strategy of a workspace.
    pub async fn new(
        workspace: &Workspace,
        store: &Store,
        filters: &[Filter],
        node_table: Option<&Path>,
    ) -> Result<Self, Stop> {
        let mut workspace = workspace.clone();
        if let Some(file) = node_table {
            take_in(&mut workspace, store, file).await?;
        }
        let mut kept = Vec::new();
        if !filters.is_empty() {
            let strategy = &mut workspace.strategy;
            let filtered = filtered(strategy, filters)?;
            let first = strategy.corridors.len() + strategy.networks.len();
            kept.extend(first..first + filtered.len());
            strategy.networks.extend(filtered);
        }
        Ok(Self { workspace, kept })
    }

    /// The findings that were asked for.
    pub fn keep(&self, mut findings: Findings) -> Findings {
        if let [one, ..] = self.kept[..] {
            findings.findings = findings.findings.split_off(one.min(findings.findings.len()));
            findings.plain = suasion_analysis::summarise(&self.workspace.strategy, &findings.findings);
        }
        findings
    }
}

/// The networks that filters leave, each with the filters put into it.
fn filtered(strategy: &Strategy, filters: &[Filter]) -> anyhow::Result<Vec<Network>> {
    let only = |of: fn(&Filter) -> Option<&str>| -> Vec<&str> { filters.iter().filter_map(of).collect() };
    let names = only(|filter| if let Filter::Network(id) = filter { Some(id) } else { None });
    let of = |kind: &str, ids: Vec<&str>, named: &str| -> anyhow::Result<()> {
        if ids.contains(&named) {
            Ok(())
        } else {
            bail!("the strategy has no {kind} `{named}`; it has {}", listed(&ids))
        }
    };
    for name in &names {
        of("network", strategy.networks.iter().map(|network| network.id.as_str()).collect(), name)?;
    }
    let mut networks: Vec<Network> = strategy
        .networks
        .iter()
        .filter(|network| names.is_empty() || names.contains(&network.id.as_str()))
        .cloned()
        .collect();
    if networks.is_empty() {
        bail!("the strategy names no network that could be filtered");
    }
    for network in &mut networks {
        let here = network.span;
        let narrow = |list: &mut Vec<Spanned<String>>, wanted: Vec<&str>| -> anyhow::Result<()> {
            for word in &wanted {
                if !list.is_empty() && list.iter().all(|one| one.as_str() != *word) {
                    bail!("the network `{}` has no `{word}` to begin with", network.id.value);
                }
            }
            if !wanted.is_empty() {
                *list = wanted.into_iter().map(|word| Spanned::new(word.to_string(), here)).collect();
            }
            Ok(())
        };
        narrow(
            &mut network.layers,
            only(|filter| if let Filter::Layer(word) = filter { Some(word) } else { None }),
        )?;
        narrow(
            &mut network.verbs,
            only(|filter| if let Filter::Verb(word) = filter { Some(word) } else { None }),
        )?;
        let issues = only(|filter| if let Filter::Issue(id) = filter { Some(id) } else { None });
        for issue in &issues {
            of("issue", strategy.issues.iter().map(|issue| issue.id.as_str()).collect(), issue)?;
        }
        narrow(&mut network.issues, issues)?;
        for filter in filters {
            match filter {
                Filter::From(from) => {
                    let later =
                        network.from.filter(|own| own.value.days_since_epoch() > from.days_since_epoch());
                    network.from = Some(later.unwrap_or(Spanned::new(*from, here)));
                }
                Filter::Until(until) => {
                    let earlier =
                        network.until.filter(|own| own.value.end_since_epoch() < until.end_since_epoch());
                    network.until = Some(earlier.unwrap_or(Spanned::new(*until, here)));
                }
                _ => {}
            }
        }
    }
    Ok(networks)
}

fn listed(ids: &[&str]) -> String {
    if ids.is_empty() { "none".to_string() } else { ids.join(", ") }
}

/// Brings a node table in as a dataset of its own, and lets every network read who may be named from it.
async fn take_in(workspace: &mut Workspace, store: &Store, file: &Path) -> Result<(), Stop> {
    let failed = || format!("failed to read {}", file.display());
    let text = std::fs::read_to_string(file).with_context(failed)?;
    let columns = columns(&text).with_context(failed)?;
    // A copy, so that no findings hold a path of this machine.
    let copy = format!(".suasion/{NODE_TABLE}.csv");
    write(&workspace.folder.join(&copy), &text)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let dataset = format!(
        "\n\n[[dataset]]\nid = \"{NODE_TABLE}\"\ntable = \"actors\"\nformat = \"csv\"\npath = \"{copy}\"\n\
         columns = {{ {columns} }}\nsource = {}\nlicence = \"as given on the command line\"\n",
        serde_json::to_string(&format!("{name}, given on the command line"))
            .context("failed to quote a name")?,
    );
    if workspace.strategy.dataset(NODE_TABLE).is_some() {
        return Err(anyhow::anyhow!("the strategy has a dataset `{NODE_TABLE}` already; rename it").into());
    }
    let extended = Source::new(workspace.source.name(), format!("{}{dataset}", workspace.source.text()));
    let (mut strategy, report) = suasion_model::check(&extended, None);
    let standing = Standing::new(&strategy, &report.diagnostics);
    let there: Option<Dataset> = strategy.dataset(NODE_TABLE).cloned();
    let dataset = there
        .context("failed to read the strategy together with a node table: mend what `suasion check` says")?;
    store.ingest(&dataset, &|_| {}).await.map_err(|error| match error {
        IngestError::Input(problems) => Stop::Input(problems),
        IngestError::Failure(error) => error.into(),
    })?;
    for network in &mut strategy.networks {
        network.actors = Some(Spanned::new(NODE_TABLE.to_string(), network.span));
    }
    workspace.strategy = strategy;
    workspace.standing = standing;
    Ok(())
}

/// Our columns that the header of a node table has, as TOML.
fn columns(text: &str) -> anyhow::Result<String> {
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let names: Vec<&str> = header.split(',').map(|name| name.trim().trim_matches('"')).collect();
    let spec = evidence::of(TableKind::Actors).context("this version reads no actors")?;
    for needed in ["actor", "kind", "source"] {
        if !names.contains(&needed) {
            bail!("its header has no `{needed}`: who may be named is said by actor, kind and source");
        }
    }
    let ours: Vec<String> = spec
        .columns
        .iter()
        .filter(|column| names.contains(&column.name))
        .map(|column| format!("{0} = \"{0}\"", column.name))
        .collect();
    Ok(ours.join(", "))
}
