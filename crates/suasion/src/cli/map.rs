//! `suasion map`: which networks carry it, who bridges them, and who depends on whom?

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use suasion_model::finding::{Figure, FigureData, Findings, Question};
use suasion_store::Store;

use super::interrupt::unless_interrupted;
use super::output::Output;
use super::run::{print, status};
use super::{Format, WorkspaceArgs, on_workspace};
use crate::mapping::{Filter, Mapped};
use crate::pipeline::{self, Stop};
use crate::{comparison, render};

/// Which networks carry it, who bridges them, and who depends on whom? Reads the strategy's networks and corridors.
///
/// Only actors are named that an actors table marks as organisation or public office, each by a source; of all others,
/// nothing is shown that stands for fewer than ten.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion ingest && suasion map         bring evidence in, then map
  suasion map --format json | jq '.findings[].statement'
  suasion map --filter layer=mention --filter from=2021-06-01
  suasion map --export talk.gexf        for Gephi; talk.csv writes talk.csv and talk.ties.csv
  suasion map --compare last-year.json  what changed since those findings

Exit status: 0 whatever the findings say, 1 if something is wrong with the strategy or any row was dropped, \
2 if something failed.")]
pub(super) struct Map {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Only interactions that match, in every network: network=, layer=, verb=, issue=, from= or until=. May be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<Filter>,

    /// A CSV file that says who may be named, instead of the strategy's: with columns actor, kind, source, and where there
    /// are any, name, closeness, language and country.
    #[arg(long, value_name = "FILE")]
    node_table: Option<PathBuf>,

    /// Write the network as GEXF or CSV, by the file's ending. With several networks, name one by --filter network=.
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,

    /// Say what changed since these findings, a file that `suasion map --format json` or `suasion run` wrote.
    #[arg(long, value_name = "FINDINGS")]
    compare: Option<PathBuf>,
}

pub(super) async fn run(map: &Map, output: Output) -> anyhow::Result<u8> {
    // What cannot be read or written is said before anything is computed.
    let earlier = map.compare.as_deref().map(earlier).transpose()?;
    let target = map.export.as_deref().map(Target::of).transpose()?;
    on_workspace(&map.workspace.path, map.format, output, async |workspace| {
        let store = Store::open(&workspace.folder).await?;
        unless_interrupted(&store, output, async {
            let mapped = Mapped::new(workspace, &store, &map.filter, map.node_table.as_deref()).await?;
            let findings = mapped.keep(pipeline::answer(&mapped.workspace, &store, &[Question::Map]).await?);
            if let Some(target) = &target {
                for file in target.write(&findings)? {
                    output.note(&format!("the network is in {}", file.display()))?;
                }
            }
            match &earlier {
                None => print(&findings, map.format, output)?,
                Some(earlier) => {
                    let changes = comparison::compare(earlier, &findings);
                    output.result(&match map.format {
                        Format::Text => comparison::text(&changes),
                        Format::Json => {
                            serde_json::to_string_pretty(&changes).context("failed to print the changes")?
                        }
                    })?;
                }
            }
            Ok(status(&findings))
        })
        .await
    })
    .await
}

fn earlier(file: &Path) -> anyhow::Result<serde_json::Value> {
    let failed = || format!("failed to read {}", file.display());
    let text = std::fs::read_to_string(file).with_context(failed)?;
    comparison::earlier(&text).with_context(failed)
}

/// Where and how a network is written.
enum Target {
    Gexf(PathBuf),
    Csv(PathBuf),
}

impl Target {
    fn of(file: &Path) -> anyhow::Result<Self> {
        match file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("gexf") => Ok(Self::Gexf(file.to_path_buf())),
            Some("csv") => Ok(Self::Csv(file.to_path_buf())),
            _ => bail!("failed to export to {}: name a file that ends in .gexf or .csv", file.display()),
        }
    }

    /// Writes the one network there is; the files that it is in.
    fn write(&self, findings: &Findings) -> Result<Vec<PathBuf>, Stop> {
        let figure = only_network(findings)?;
        let none = || anyhow::anyhow!("failed to export: the figure holds no network");
        let mut files = Vec::new();
        match self {
            Self::Gexf(file) => {
                let text = render::export::gexf(figure, &findings.program).ok_or_else(none)?;
                pipeline::write(file, &text)?;
                files.push(file.clone());
            }
            Self::Csv(file) => {
                let (nodes, ties) = render::export::csv(figure).ok_or_else(none)?;
                let beside = file.with_extension("ties.csv");
                pipeline::write(file, &nodes)?;
                pipeline::write(&beside, &ties)?;
                files.extend([file.clone(), beside]);
            }
        }
        Ok(files)
    }
}

fn only_network(findings: &Findings) -> anyhow::Result<&Figure> {
    let of = |figure: &&Figure| matches!(figure.data, FigureData::Network { .. });
    let all: Vec<(&str, &Figure)> = findings
        .findings
        .iter()
        .filter_map(|one| one.figures.iter().find(of).map(|figure| (one.id.as_str(), figure)))
        .collect();
    match all.as_slice() {
        [(_, figure)] => Ok(figure),
        [] => bail!("failed to export: no network could be described"),
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, _)| *id).collect();
            bail!(
                "failed to export: there are {} networks; name one by --filter network=, of {}",
                several.len(),
                ids.join(", ")
            )
        }
    }
}
