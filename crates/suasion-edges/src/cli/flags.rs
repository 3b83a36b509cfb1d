//! What can be asked for: an algorithm, an edge list, and flags.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};
use suasion_graph::Sign;

use super::algorithms::{self, Algorithm};
use super::list::List;
use super::nodes::NodeFlags;
use super::rows::RowFlags;
use super::settings::Settings;

const ABOUT: &str = "Networks from the shell: reads an edge list and runs one algorithm on it.

EDGES is text (an edge a line, parted by tabs, commas or blanks as the first line is; # before comments), CSV with a \
header (.csv, .tsv; Gephi's too), or raw little-endian u32 pairs (.bin). A graph file (.csr), as `build` writes it, is \
mapped instead. `suasion graph` also reads Parquet (.parquet). Text and CSV may be compressed with gzip or zstd.";

/// What a command line asks for, checked.
#[derive(Debug)]
pub struct Request(pub(super) Cli);

impl FromArgMatches for Request {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let named = matches.subcommand().and_then(|(name, flags)| Some((algorithms::find(name)?, flags)));
        let Some((algorithm, matches)) = named else {
            return Err(clap::Error::raw(ErrorKind::MissingSubcommand, "say what to compute"));
        };
        if let Some(what) = unheeded(matches, algorithm) {
            return Err(clap::Error::raw(ErrorKind::ArgumentConflict, what));
        }
        Ok(Self(Cli { algorithm, flags: Flags::from_arg_matches(matches)? }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Gives an algorithm's command its help and all flags, and hides those that it does not heed.
fn with_flags(command: Command) -> Command {
    let Some(&Algorithm { name, line, example, flags: heeded, .. }) = algorithms::find(command.get_name())
    else {
        return command;
    };
    let settings = Settings::flags();
    let is_heeded_by_some =
        |flag: &str| flag == "out" || settings.iter().any(|setting| setting.get_long() == Some(flag));
    let command = Flags::augment_args(command).about(line).long_about(format!("{line}.")).max_term_width(100);
    command.after_help(format!("Example: {name} {example}")).mut_args(|argument| {
        let flag = argument.get_long().unwrap_or_default();
        match flag {
            _ if heeded.contains(&flag) => argument,
            "weight" => {
                argument.help("The column of weights, with --sign alone: what they weigh says nothing here")
            }
            _ if is_heeded_by_some(flag) => argument.hide(true),
            _ => argument,
        }
    })
}

/// What is said of the first flag that the algorithm does not heed.
fn unheeded(matches: &ArgMatches, algorithm: &Algorithm) -> Option<String> {
    let is_given = |flag: &str| matches.value_source(flag) == Some(ValueSource::CommandLine);
    let is_heeded = |flag: &str| algorithm.flags.contains(&flag);
    let name = algorithm.name;
    if is_given("weight") && !is_heeded("weight") && !is_given("sign") {
        return Some(format!(
            "--weight says nothing to {name}, which goes by edges, whatever they weigh; leave it out, or choose rows by it \
             (--where 'COL>0', --sign)"
        ));
    }
    if is_given("out") && !is_heeded("out") {
        return Some(format!(
            "--out says nothing to {name}, which finds figures for the whole network and none for each node; they are \
             printed, for programs with --format json"
        ));
    }
    let flag = Settings::unheeded(matches, algorithm.flags)?;
    Some(format!("--{flag} says nothing to {name}; leave it out"))
}

impl Args for Request {
    fn augment_args(command: Command) -> Command {
        command
            .about("Networks from the shell: reads an edge list and runs one algorithm on it")
            .long_about(ABOUT)
            .max_term_width(100)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .disable_help_subcommand(true)
            .subcommand_value_name("ALGORITHM")
            .subcommand_help_heading("Algorithms")
            .subcommands(algorithms::commands(with_flags))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// What the command line says.
#[derive(Debug)]
pub(super) struct Cli {
    pub(super) algorithm: &'static Algorithm,
    pub(super) flags: Flags,
}

/// What it says after the algorithm.
#[derive(Debug, Args)]
pub(super) struct Flags {
    /// The edge list.
    pub(super) edges: PathBuf,

    /// Edges go from source to target. The default, unless the file says otherwise (Gephi's Type).
    #[arg(long, action = ArgAction::SetTrue, conflicts_with = "undirected")]
    pub(super) directed: bool,

    /// Edges go both ways.
    #[arg(long, action = ArgAction::SetTrue)]
    pub(super) undirected: bool,

    /// The columns that name the source, by name or by number from 1; several together make one name. One with a comma
    /// in its name stands in quotes, as in CSV: '"city, state",country'.
    #[arg(long, value_name = "COL[,COL]", value_parser = List::parse)]
    pub(super) from: Vec<List>,

    /// The columns that name the target.
    #[arg(long, value_name = "COL[,COL]", value_parser = List::parse)]
    pub(super) to: Vec<List>,

    /// The column of weights. Without one every edge weighs 1, except that Gephi's Weight is used.
    #[arg(long, value_name = "COL")]
    pub(super) weight: Option<String>,

    /// Which edges to take by the sign of their weights, and without it: negative weights are an error otherwise,
    /// except that degree gives positive and negative strength.
    #[arg(long, value_name = "SIGN")]
    pub(super) sign: Option<SignFlag>,

    /// Nodes are 0 to N − 1, mentioned or not.
    #[arg(long, value_name = "N")]
    pub(super) nodes: Option<u32>,

    #[command(flatten)]
    pub(super) known: NodeFlags,

    /// Keep edges of weight zero, which are dropped and counted otherwise.
    #[arg(long)]
    pub(super) keep_zero: bool,

    /// How many threads to use; by default as many as there are cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) threads: Option<u16>,

    /// How results are printed.
    #[arg(long, default_value = "text")]
    pub(super) format: Format,

    /// Write a row for each node, sorted by name (shortest-path: for each node on the path, in its order; windows: for
    /// each window that a node is in; projection and disparity-filter: for each tie that is kept, to be read as EDGES
    /// again; build: the graph file, .csr). The ending says how: .csv, or .parquet with `suasion graph`. A file that is there is replaced
    /// once all is written.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,

    #[command(flatten)]
    pub(super) rows: RowFlags,

    #[command(flatten)]
    pub(super) settings: Settings,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Which edges to take by the sign of their weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SignFlag {
    /// Those whose weights are not negative.
    Positive,
    /// Those whose weights are negative, with the sizes of these.
    Negative,
    /// All, with the sizes of their weights.
    Ignore,
}

impl From<SignFlag> for Sign {
    fn from(flag: SignFlag) -> Self {
        match flag {
            SignFlag::Positive => Self::Positive,
            SignFlag::Negative => Self::Negative,
            SignFlag::Ignore => Self::Ignore,
        }
    }
}
