//! `suasion check`: is the strategy clear enough to be wrong?

use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory as _, ValueEnum};
use suasion_model::Source;
use suasion_model::diagnostic::Severity;

use super::fix::{self, Fixes};
use super::output::Output;
use super::{CLEAN, FAILURE, INPUT, WorkspaceArgs};
use crate::pipeline::{self, Stop, Workspace};
use crate::render::problems;
use crate::render::text::number_of;

/// Is the strategy clear enough to be wrong? Reports every problem at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  suasion check                         the strategy in this folder
  suasion check cases/london-2012       the one in another
  suasion check --fix                   mend what has one right answer, after showing it
  suasion check --draw=theory.svg       how it is meant to work, as a picture, gaps in red
  suasion check --format short          one line a problem
  suasion check --format github         beside the lines of a pull request
  suasion check --format json | jq '.diagnostics[].code'

Checks that need figures look at what `suasion ingest` brought in; without it, they say that they did not look.

Exit status: 0 if no error was found, 1 if one was (with --deny warnings, also if a warning was), \
2 if the file could not be read or the program refuses to work on it.")]
pub(super) struct Check {
    #[command(flatten)]
    workspace: WorkspaceArgs,

    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Let warnings fail, too.
    #[arg(long, value_enum)]
    deny: Option<Deny>,

    /// Mend what has one right answer, such as misspelt keys: shows the changes first, and asks.
    #[arg(long)]
    fix: bool,

    /// With --fix: write the changes without asking.
    #[arg(long, requires = "fix")]
    yes: bool,

    /// Draw the theory of change, from resources to decisions, into an SVG file; without a name, into
    /// .suasion/theory-of-change.svg beside the strategy.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = DRAWING)]
    draw: Option<PathBuf>,

    /// What follows `--draw` without `=`, where the strategy is named, too.
    #[arg(hide = true)]
    second: Option<PathBuf>,
}

/// The file of a drawing that is not named, in the folder of the strategy.
const DRAWING: &str = ".suasion/theory-of-change.svg";

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One line a problem.
    Short,
    /// For programs.
    Json,
    /// For code hosts and editors: SARIF 2.1.0.
    Sarif,
    /// For GitHub Actions: workflow commands.
    Github,
}

/// What fails although it is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Every warning.
    Warnings,
}

pub(super) async fn run(check: &Check, output: Output) -> anyhow::Result<u8> {
    let Some((path, drawing)) = places(check) else { return Ok(two_strategies()) };
    let mut workspace = match pipeline::open(path) {
        Ok(workspace) => workspace,
        Err(error) => {
            unreadable(check.format, path, &error, output)?;
            return Err(error);
        }
    };
    if check.fix {
        let fixes = Fixes::of(&workspace.source, &workspace.report.diagnostics);
        if fix::offer(&workspace, &fixes, check.yes, output)? {
            workspace = pipeline::open(path)?;
        }
    }
    cover(&mut workspace, output).await?;
    print(check.format, &workspace, output)?;
    if let Some(file) = drawing.filter(|_| !workspace.is_refused()) {
        let unnamed = file == Path::new(DRAWING);
        let file = if unnamed { workspace.folder.join(DRAWING) } else { file.to_path_buf() };
        pipeline::draw(&workspace, &file)?;
        output.note(&format!("the theory of change is in {}", file.display()))?;
    }
    Ok(status(&workspace, check.deny))
}

/// Where the strategy is, and where it is to be drawn: `--draw x.svg` is meant as `--draw=x.svg`. Nothing where two
/// strategies are named.
fn places(check: &Check) -> Option<(&Path, Option<&Path>)> {
    let first = check.workspace.path.as_path();
    let second = check.second.as_deref();
    let named = check.draw.as_deref();
    let drawing = |path: &Path| {
        named == Some(Path::new(DRAWING)) && path.extension().is_some_and(|it| it == "svg") && !path.is_dir()
    };
    match second {
        None if drawing(first) => Some((Path::new("."), Some(first))),
        None => Some((first, named)),
        Some(second) if drawing(second) => Some((first, Some(second))),
        Some(second) if drawing(first) => Some((second, Some(first))),
        Some(_) => None,
    }
}

fn two_strategies() -> u8 {
    let said = "one strategy is checked at a time; a drawing is named with `--draw=FILE`";
    let error = super::Cli::command().error(clap::error::ErrorKind::TooManyValues, said);
    // There is nowhere left to report that standard error is closed.
    let _ = error.print();
    FAILURE
}

/// Tells programs that the strategy could not be read, in the format that they read.
fn unreadable(format: Format, path: &Path, error: &anyhow::Error, output: Output) -> anyhow::Result<()> {
    let report = super::unreadable(path, error);
    let source = Source::new(pipeline::strategy_file(path).display().to_string(), "");
    match format {
        Format::Json => output.result(&problems::report_json(&source, &report)?),
        Format::Sarif => output.result(&problems::unreadable_sarif(&source, &report)?),
        Format::Github => output.result(&problems::github(&source, &report.diagnostics)),
        Format::Text | Format::Short => Ok(()),
    }
}

/// Checks against the evidence, where some was brought in. A store that cannot be read is no reason to say nothing of
/// the strategy.
async fn cover(workspace: &mut Workspace, output: Output) -> anyhow::Result<()> {
    match pipeline::coverage(workspace).await {
        Ok(Some(coverage)) => workspace.check_against(&coverage),
        Err(Stop::Failure(error)) => {
            output.note(&format!("the evidence was not looked at: {error:#}"))?;
        }
        Ok(None) | Err(Stop::Input(_)) => {}
    }
    Ok(())
}

fn print(format: Format, workspace: &Workspace, output: Output) -> anyhow::Result<()> {
    let Workspace { source, report, .. } = workspace;
    match format {
        Format::Json => output.result(&problems::report_json(source, report)?),
        Format::Sarif => output.result(&problems::sarif(source, report)?),
        Format::Short => {
            output.result(&problems::short(source, &report.diagnostics))?;
            output.note(problems::remarks(report).trim_end())
        }
        Format::Github => output.result(&problems::github(source, &report.diagnostics)),
        Format::Text if report.diagnostics.is_empty() => {
            let strategy = &workspace.strategy;
            output.note(&format!(
                "{}: no problem found in {}, {} and {}",
                source.name(),
                number_of(strategy.objectives.len(), "objective"),
                number_of(strategy.evaluations.len(), "evaluation"),
                number_of(strategy.datasets.len(), "dataset")
            ))?;
            output.note(problems::remarks(report).trim_end())
        }
        Format::Text => {
            output.result(&problems::text(source, &report.diagnostics, output.style(), Output::columns()))?;
            output.note(problems::remarks(report).trim_end())
        }
    }
}

fn status(workspace: &Workspace, deny: Option<Deny>) -> u8 {
    let denied = |severity: Severity| severity == Severity::Error || deny == Some(Deny::Warnings);
    if workspace.is_refused() {
        FAILURE
    } else if workspace.report.diagnostics.iter().any(|diagnostic| denied(diagnostic.severity)) {
        INPUT
    } else {
        CLEAN
    }
}
