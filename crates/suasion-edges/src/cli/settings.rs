//! The flags that some algorithms heed and others do not.

use clap::{Arg, ArgMatches, Args, Command, ValueEnum, parser::ValueSource};
use suasion_graph::PathWeights;

use super::calendar::Span;
use super::list::List;

/// What algorithms may be told. Each names the flags that it heeds in its entry; any other that is given is refused, so
/// that nobody takes a result for what it is not.
#[derive(Debug, Args)]
#[command(next_help_heading = "For this algorithm")]
pub(super) struct Settings {
    /// Keep ties whose weight has a smaller probability than this at either end, above 0 and at most 1; .05 by default.
    #[arg(long, value_name = "A", value_parser = level)]
    pub(super) alpha: Option<f64>,

    /// How the attraction of two nodes that are tied grows with their distance; logarithmic by default, which keeps
    /// communities apart.
    #[arg(long)]
    pub(super) attraction: Option<Attraction>,

    /// A column of the node table whose values are compared; may be given again.
    #[arg(long, value_name = "COL", requires = "node_table")]
    pub(super) attribute: Vec<String>,

    /// Keep ties so that there is a false one among them with at most this probability, above 0 and at most 1.
    #[arg(long, value_name = "P", value_parser = level, conflicts_with = "fdr")]
    pub(super) bonferroni: Option<f64>,

    /// The probability of following an edge, from 0 to below 1; .85 by default.
    #[arg(long, value_name = "D", value_parser = damping)]
    pub(super) damping: Option<f64>,

    /// Which events are taken alike by the test: all of them, or those with as many actors; alike by default.
    #[arg(long, value_name = "WHICH")]
    pub(super) events: Option<Events>,

    /// Keep ties of which at most this share is expected to be false, above 0 and at most 1; .05 by default.
    #[arg(long, value_name = "Q", value_parser = level)]
    pub(super) fdr: Option<f64>,

    /// How strongly nodes are drawn to the middle, not negative; 1 by default.
    #[arg(long, value_name = "G", value_parser = not_negative)]
    pub(super) gravity: Option<f64>,

    /// About how much memory to use, in MiB; 2048 by default.
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    pub(super) memory: Option<u32>,

    /// Who is tied to one another: actors, by the events that they share, or events, by their actors; actors by default.
    #[arg(long, value_name = "MODE")]
    pub(super) mode: Option<ModeFlag>,

    /// Which centrality is meant; degree by default.
    #[arg(long, value_name = "CENTRALITY")]
    pub(super) of: Option<Centrality>,

    /// Stop once the scores change by at most this in all; 1e-10 by default, 1e-6 in f32. Of layout how much nodes may
    /// move to and fro, above 0; 1 by default.
    #[arg(long, value_name = "T", value_parser = not_negative)]
    pub(super) tolerance: Option<f64>,

    /// How far an estimate may be off, above 0 and below 1; .01 by default.
    #[arg(long, value_name = "E", value_parser = share)]
    pub(super) epsilon: Option<f64>,

    /// How probable it may be that any interval misses, above 0 and below 1; .1 by default.
    #[arg(long, value_name = "D", value_parser = share)]
    pub(super) delta: Option<f64>,

    /// Which random draw; 0 by default. The same seed gives the same result.
    #[arg(long, value_name = "S")]
    pub(super) seed: Option<u64>,

    /// What a weight says about length: the length itself (cost), or its inverse (strength). There is no default. Of
    /// parallel rows the smallest cost counts, and the sum of strengths; a graph file holds sums, and no costs. A cost
    /// of zero is refused.
    #[arg(long, value_name = "MEANING")]
    pub(super) weight_as: Option<WeightAs>,

    /// What a tie weighs: how many events two share (shared), 1 / (n − 1) for each of n actors (newman), or how many
    /// two share, if that is more than chance would have it (validated); shared by default.
    #[arg(long, value_name = "WHICH")]
    pub(super) weights: Option<Weights>,

    /// The node where paths start.
    #[arg(long, value_name = "NODE")]
    pub(super) source: Option<String>,

    /// The node where the path ends.
    #[arg(long, value_name = "NODE")]
    pub(super) target: Option<String>,

    /// log₂ of the number of registers of a counter, from 4 to 16; 8 by default.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(4..=16))]
    pub(super) log2m: Option<u32>,

    /// Take N iterations at most. Of pagerank 200 by default, and with no --tolerance exactly so many; of leiden 2. Of
    /// layout 100 on each level, and exactly so many.
    #[arg(long, value_name = "N")]
    pub(super) iterations: Option<u32>,

    /// Draw N resamples; 100 by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) resamples: Option<u32>,

    /// Compare with N networks in which each node has as many ties; 20 by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(super) rewirings: Option<u32>,

    /// Nobody sampled these ties (links, twinnings, votes): leave a tenth of them out instead of drawing rows again.
    #[arg(long)]
    pub(super) census: bool,

    /// Also set counts against N assignments of the same groups to nodes with about as many edges; none by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) permutations: Option<u32>,

    /// How strongly nodes repel each other, above 0; 2 by default.
    #[arg(long, value_name = "K", value_parser = positive)]
    pub(super) scaling: Option<f64>,

    /// Draw nodes to the middle more strongly the further away they are.
    #[arg(long)]
    pub(super) strong_gravity: bool,

    /// How large a group of nodes that repels as one may be for its distance; 1.2 by default, 0 for no groups.
    #[arg(long, value_name = "T", value_parser = not_negative)]
    pub(super) theta: Option<f64>,

    /// What power of its weight a tie attracts with, not negative; 1 by default, 0 for all alike.
    #[arg(long, value_name = "D", value_parser = not_negative)]
    pub(super) weight_influence: Option<f64>,

    /// What communities make large; modularity by default.
    #[arg(long)]
    pub(super) quality: Option<Quality>,

    /// How fine communities are, above 0: the larger, the smaller they are; 1 by default.
    #[arg(long, value_name = "R", value_parser = positive)]
    pub(super) resolution: Option<f64>,

    /// Several of these, in any order; from .125 to 8 in doublings by default.
    #[arg(long, value_name = "R[,R]", value_parser = Numbers::parse)]
    pub(super) resolutions: Option<Numbers>,

    /// What becomes of the walker where no edge leaves; keep by default.
    #[arg(long)]
    pub(super) dangling: Option<Dangling>,

    /// How scores are kept on the way; f64 by default.
    #[arg(long)]
    pub(super) precision: Option<Precision>,

    /// The column of times: years, dates of ISO 8601, or numbers. Four digits throughout are years; eight, or dates
    /// among numbers, make days of those of eight and seconds since 1970 of others.
    #[arg(long, value_name = "COL")]
    pub(super) time_column: Option<String>,

    /// How long windows are, or how many of equal length: 1-year, 6-months, 2-weeks, 30-days, 12-hours, 24. Those of the
    /// calendar start where the year, month, week, day or hour of the first row does, in UTC.
    #[arg(long, value_name = "SPAN", value_parser = Span::parse)]
    pub(super) window: Option<Span>,

    /// How large a part of the nodes in either of two communities must be in both, at less than which they do not
    /// match, above 0 and below 1; .3 by default.
    #[arg(long, value_name = "J", value_parser = share)]
    pub(super) threshold: Option<f64>,

    /// Only paths that start at these nodes; in an undirected network each pair is then counted from either end. A name
    /// with a comma in it stands in quotes, as in CSV, and a node that is given again counts once.
    #[arg(long, value_name = "NODE[,NODE]", value_parser = List::parse)]
    pub(super) sources: Vec<List>,
}

/// Numbers above 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers(Vec<f64>);

impl Numbers {
    fn parse(text: &str) -> Result<Self, String> {
        text.split(',').map(positive).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn numbers(&self) -> &[f64] {
        &self.0
    }
}

/// Which events a test takes alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Events {
    /// All.
    Alike,
    /// Those with as many actors.
    ByDegree,
}

/// Who is tied to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ModeFlag {
    /// Sources.
    Actors,
    /// Targets.
    Events,
}

/// What a tie of a projection weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Weights {
    /// How much two share.
    Shared,
    /// Less of it where there are many.
    Newman,
    /// How much, if it is more than chance.
    Validated,
}

/// How attraction grows with the distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Attraction {
    /// As the distance d.
    Linear,
    /// As ln(1 + d).
    Logarithmic,
}

/// What becomes of a walker where no edge leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Dangling {
    /// It goes on from any node, so that scores sum to 1.
    Keep,
    /// It is lost.
    Drop,
}

/// What communities make large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Quality {
    /// Ties inside against those that chance would put there.
    Modularity,
    /// Ties inside against the resolution for each pair: the constant Potts model.
    Cpm,
}

/// How scores are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Precision {
    /// In single precision.
    F32,
    /// In double precision.
    F64,
}

/// What a weight says about length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WeightAs {
    /// The length is 1 / weight.
    Strength,
    /// The length is the weight.
    Cost,
}

/// What nodes may be central in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Centrality {
    /// On shortest paths.
    Betweenness,
    /// Near to all.
    Closeness,
    /// With many edges.
    Degree,
}

impl Settings {
    /// How long edges are.
    pub(super) fn path_weights(&self) -> PathWeights {
        match self.weight_as {
            None => PathWeights::Steps,
            Some(WeightAs::Cost) => PathWeights::Cost,
            Some(WeightAs::Strength) => PathWeights::Strength,
        }
    }

    /// The flags themselves.
    pub(super) fn flags() -> Vec<Arg> {
        Self::augment_args(Command::new("")).get_arguments().cloned().collect()
    }

    /// The first flag on the command line that the algorithm does not heed.
    pub(super) fn unheeded(matches: &ArgMatches, heeded: &[&str]) -> Option<String> {
        let flags = Self::flags();
        let given =
            |flag: &&Arg| matches.value_source(flag.get_id().as_str()) == Some(ValueSource::CommandLine);
        let mut given = flags.iter().filter(given).filter_map(Arg::get_long);
        given.find(|flag| !heeded.contains(flag)).map(str::to_string)
    }
}

fn number(text: &str, good: impl Fn(f64) -> bool, wanted: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number| good(*number)).ok_or_else(|| format!("must be {wanted}"))
}

fn damping(text: &str) -> Result<f64, String> {
    number(text, |d| (0.0..1.0).contains(&d), "a number from 0 to below 1")
}

fn not_negative(text: &str) -> Result<f64, String> {
    number(text, |t| t >= 0.0 && t.is_finite(), "a number that is not negative")
}

fn positive(text: &str) -> Result<f64, String> {
    number(text, |r| r > 0.0 && r.is_finite(), "a number above 0")
}

fn level(text: &str) -> Result<f64, String> {
    number(text, |level| level > 0.0 && level <= 1.0, "a number above 0 and at most 1")
}

fn share(text: &str) -> Result<f64, String> {
    number(text, |share| share > 0.0 && share < 1.0, "a number above 0 and below 1")
}
