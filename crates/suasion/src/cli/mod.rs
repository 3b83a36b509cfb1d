//! The command line: one file a command.
//!
//! Exit status: 0 clean, 1 something is wrong with the input, 2 something failed, 130 interrupted, 143 terminated.

mod check;
mod explain;
mod fix;
mod graph;
mod ingest;
mod init;
mod interrupt;
mod lsp;
mod map;
mod measure;
mod output;
mod progress;
mod report;
mod run;
mod sql;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use suasion_model::rules::Report;
use suasion_model::{Diagnostic, Severity, Source, data_rules};

use crate::pipeline::{Stop, Workspace};
use crate::render::problems;
use crate::render::text::number_of;
use output::Output;

/// Everything was as it should be.
const CLEAN: u8 = 0;
/// Something is wrong with the input.
const INPUT: u8 = 1;
/// Something failed.
const FAILURE: u8 = 2;
/// The user stopped it.
const INTERRUPTED: u8 = 130;
/// The system stopped it.
#[cfg(unix)]
const TERMINATED: u8 = 143;

/// An evidence engine for soft power.
///
/// Reads a strategy and its evidence, and says what the evidence can carry: is the strategy clear enough to be wrong, who
/// depends on whom, did it work, or can nobody tell.
#[derive(Debug, Parser)]
#[command(name = "suasion", version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Print results and problems only.
    #[arg(long, short, global = true)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  suasion init my-strategy          start a strategy in a folder of its own
  suasion check my-strategy         what is unclear in it, all at once
  suasion explain vanity-outcome    why that matters, with an example
  suasion run my-strategy           bring evidence in, answer, write the brief
  suasion sql \"select count(*) from observations\" --workspace my-strategy

Exit status: 0 clean, 1 something is wrong with the input, 2 something failed or is refused,
130 interrupted, 143 terminated.";

#[derive(Debug, Subcommand)]
enum Command {
    Init(Box<init::Init>),
    Check(check::Check),
    Explain(explain::Explain),
    Ingest(ingest::Ingest),
    Map(map::Map),
    #[command(after_help = graph::help())]
    Graph(Box<graph::Graph>),
    Measure(measure::Measure),
    Run(run::Run),
    Report(report::Report),
    Sql(sql::Sql),
    Lsp(lsp::Lsp),
}

/// Where the strategy is.
#[derive(Debug, Args)]
struct WorkspaceArgs {
    /// The folder that holds strategy.toml, or the file itself.
    #[arg(default_value = ".", value_name = "STRATEGY")]
    path: PathBuf,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failures; everything else is clap's exit status 2 as well as ours.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILURE } else { CLEAN });
        }
    };
    let output = Output::new(cli.quiet);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.failure(&anyhow::Error::new(error).context("failed to start"));
            return ExitCode::from(FAILURE);
        }
    };
    let status = runtime.block_on(dispatch(&cli.command, output));
    // Computations that an interrupt left behind are not waited for.
    runtime.shutdown_background();
    ExitCode::from(status)
}

async fn dispatch(command: &Command, output: Output) -> u8 {
    let done = match command {
        Command::Init(init) => init::run(init, output),
        Command::Check(check) => check::run(check, output).await,
        Command::Explain(explain) => explain::run(explain, output),
        Command::Graph(graph) => Ok(graph::run(graph)),
        Command::Ingest(ingest) => ingest::run(ingest, output).await,
        Command::Map(map) => map::run(map, output).await,
        Command::Measure(measure) => measure::run(measure, output).await,
        Command::Run(run) => run::run(run, output).await,
        Command::Report(report) => report::run(report, output).await,
        Command::Sql(sql) => sql::run(sql, output).await,
        Command::Lsp(lsp) => lsp::run(lsp),
    };
    match done {
        Ok(status) => status,
        Err(error) if output::is_broken_pipe(&error) => CLEAN,
        Err(error) => {
            output.failure(&error);
            FAILURE
        }
    }
}

/// The report of a strategy that cannot be read.
fn unreadable(path: &std::path::Path, error: &anyhow::Error) -> Report {
    let file = crate::pipeline::strategy_file(path);
    let there = file.exists();
    let (rule, headline) = if there {
        (&data_rules::DAMAGED_FILE, format!("{} cannot be read", file.display()))
    } else {
        (&data_rules::MISSING_FILE, format!("there is no file `{}`", file.display()))
    };
    let problem = rule.in_file(headline, &file.display().to_string(), None);
    let problem = problem.label(error.root_cause().to_string());
    let hint =
        if there { "name a strategy, saved as UTF-8" } else { "`suasion init` writes one to start from" };
    Report { diagnostics: vec![problem.hint(hint)], ..Report::default() }
}

/// Reads the strategy, lets `job` work on it, and says what was wrong.
///
/// An error stops what rests on it: the job goes on with the rest, and the exit status is 1. Warnings are counted; what
/// they say is for `suasion check`.
async fn on_workspace<F>(path: &std::path::Path, format: Format, output: Output, job: F) -> anyhow::Result<u8>
where
    F: AsyncFnOnce(&Workspace) -> Result<u8, Stop>,
{
    let workspace = match crate::pipeline::open(path) {
        Ok(workspace) => workspace,
        Err(error) => {
            if format == Format::Json {
                output.result(&problems::report_json(&Source::new("", ""), &unreadable(path, &error))?)?;
            }
            return Err(error);
        }
    };
    let print = |problems: &[Diagnostic]| match format {
        Format::Text => output.problems(&workspace.source, problems),
        Format::Json => output.result(&problems::json(&workspace.source, problems)?),
    };
    if !workspace.can_be_answered() {
        print(&workspace.report.diagnostics)?;
        let codes: Vec<String> = workspace.standing.of_all().iter().map(|code| format!("`{code}`")).collect();
        output.note(&format!(
            "nothing was brought in, answered or written: no answer can be given while {} stands in \
             `[strategy]` or outside every section",
            codes.join(", ")
        ))?;
        return Ok(if workspace.is_refused() { FAILURE } else { INPUT });
    }
    let (errors, warnings): (Vec<Diagnostic>, Vec<Diagnostic>) = workspace
        .report
        .diagnostics
        .iter()
        .cloned()
        .partition(|diagnostic| diagnostic.severity == Severity::Error);
    output.problems(&workspace.source, &errors)?;
    if !warnings.is_empty() {
        let count = number_of(warnings.len(), "warning");
        output.note(&format!("{}: {count}; `suasion check` shows what", workspace.source.name()))?;
    }
    match job(&workspace).await {
        Ok(status) => Ok(if workspace.has_errors() { status.max(INPUT) } else { status }),
        Err(Stop::Input(problems)) => {
            print(&problems)?;
            Ok(INPUT)
        }
        Err(Stop::Failure(error)) => Err(error),
    }
}
