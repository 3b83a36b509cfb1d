//! The jobs: what both sides are told to do, how far ours may take, and when answers agree.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::answer::{Answer, Clock};
use super::{N_THREADS, Places, graphs};

/// A row of the table.
pub(super) struct Job {
    /// As `--job` takes it.
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    /// The file, without its ending.
    pub(super) graph: &'static str,
    pub(super) directed: bool,
    /// What `suasion-graph` is told beside the file.
    ours: &'static [&'static str],
    pub(super) clock: Clock,
    pub(super) against: Against,
    /// The most that ours ÷ theirs may be, if there is a bar.
    pub(super) bar: Option<f64>,
    pub(super) agreement: Agreement,
    /// A figure of ours that is known beforehand (`../shared/bench/README.md`).
    known: Option<(&'static str, f64)>,
    /// What keeps it from being faster, and what was tried.
    pub(super) bound: Option<&'static str>,
}

/// What is compared before times count.
pub(super) enum Agreement {
    /// What both print: whether it agrees, in words; or how it differs.
    Answers(fn(&Answer, &Answer) -> Result<String, String>),
    /// A column of ours, node by node, with what the peer found.
    Column(Column),
    /// The scores of betweenness from some sources, where theirs count a source as between itself and all it reaches.
    WithEnds,
    /// The errors of both, on nodes whose exact value is known, over several seeds: ours may not be larger.
    Errors(&'static str),
    /// Communities, over several seeds: the median of their modularity, and of their normalised mutual information with
    /// those planted, are at least this, and each is connected.
    Communities(Communities),
    /// Nothing.
    Nothing,
}

/// How good communities have to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Communities {
    pub(super) modularity: f64,
    /// Where communities are planted.
    pub(super) information: Option<f64>,
}

/// A column of ours, and by how much it may differ from theirs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) within: f64,
}

/// Who runs beside us.
#[derive(Debug, Clone, Copy)]
pub(super) enum Against {
    /// A program of the GAP benchmark suite, and its arguments beside the file.
    Gap(&'static str, &'static [&'static str]),
    /// An algorithm of `xtask/bench/networkit_driver.py`, and its arguments.
    NetworKit(&'static str, &'static [&'static str]),
    /// The arguments between the number of nodes and that of threads.
    HyperBall(&'static [&'static str]),
    /// Reported, unranked.
    Nobody,
}

/// One trial, with the answer.
const ONE: &[&str] = &["-n", "1", "-a"];
const PAGERANK: &[&str] = &["-i", "20", "-t", "0", "-n", "1", "-a"];

pub(super) static JOBS: &[Job] = &[
    Job {
        name: "read",
        what: "read text edges and build both CSRs",
        graph: "rmat20",
        directed: true,
        ours: &["degree"],
        clock: Clock::Wall,
        against: Against::Gap("cc", &["-n", "0"]),
        bar: Some(0.3),
        agreement: Agreement::Answers(|ours, theirs| equal("n_edges", ours, theirs)),
        known: Some(("n_edges", 16_085_314.0)),
        bound: None,
    },
    Job {
        name: "pagerank",
        what: "PageRank, 20 iterations, f32, dangling mass dropped; edges laid out anew, which counts",
        graph: "rmat20",
        directed: true,
        ours: &["pagerank", "--iterations", "20", "--precision", "f32", "--dangling", "drop"],
        clock: Clock::Run,
        against: Against::Gap("pr_spmv", PAGERANK),
        bar: Some(1.6),
        agreement: Agreement::Answers(|ours, theirs| top(ours, theirs, 5, 1e-4)),
        known: None,
        bound: Some(
            "Gathers. 320 million of them from 2 to 4 MiB take 0.15 s after the layout, more than 2000 million a second, \
             which is what the machine has to give. Without the layout (rows as they lie) they take 0.19 s, because the \
             processor cannot foresee where short rows end; over 20 iterations the two are equal, over 100 the layout \
             takes two thirds of the time, in f64 less. What is received is added up in f64, which takes a sixteenth more \
             than in f32 and is as good at hubs as elsewhere. Tried: one, two and four lanes, no bounds checks, gathering into a \
             buffer before adding, huge pages; none was faster.",
        ),
    },
    reported(
        "pagerank-layout",
        "of that, what is done before the first iteration",
        &["pagerank", "--iterations", "0", "--precision", "f32", "--dangling", "drop"],
    ),
    reported(
        "pagerank-kept",
        "the same, dangling mass kept (another result)",
        &["pagerank", "--iterations", "20", "--precision", "f32"],
    ),
    reported("pagerank-f64", "the same in f64 (the default)", &["pagerank", "--iterations", "20"]),
    Job {
        name: "weak-components",
        what: "weak components",
        graph: "rmat20",
        directed: true,
        ours: &["weak-components"],
        clock: Clock::Run,
        against: Against::Gap("cc", ONE),
        bar: Some(1.2),
        agreement: Agreement::Answers(|ours, theirs| equal("n_components", ours, theirs)),
        known: Some(("n_components", 402_306.0)),
        bound: Some(
            "What GAP times: labels. How large components are is counted afterwards, for the report, which says how long \
             that takes (`summary`, an eighth of this). It waits for compare-and-swap and for branches that nobody can \
             foresee. Helped: taking nodes up from the smallest to the largest on both threads, not from either half \
             (4 %), and rows as arguments of a function rather than within a closure (a seventh). Tried: both links before \
             compressing, trees from the smallest neighbour, stopping at the first edge into the largest component; \
             none was faster.",
        ),
    },
    Job {
        name: "strong-components",
        what: "strong components",
        graph: "rmat20",
        directed: true,
        ours: &["strong-components"],
        clock: Clock::Run,
        against: Against::NetworKit("strong-components", &[]),
        bar: Some(0.7),
        agreement: Agreement::Answers(|ours, theirs| equal("n_components", ours, theirs)),
        known: Some(("n_components", 601_921.0)),
        bound: None,
    },
    Job {
        name: "core-numbers",
        what: "core numbers",
        graph: "rmat20u",
        directed: false,
        ours: &["core-numbers"],
        clock: Clock::Run,
        against: Against::NetworKit("core-numbers", &[]),
        bar: Some(0.3),
        agreement: Agreement::Column(Column { name: "core_number", within: 0.0 }),
        known: Some(("greatest_core_number", 612.0)),
        bound: None,
    },
    Job {
        name: "triangles",
        what: "triangles",
        graph: "rmat20u",
        directed: false,
        ours: &["triangles"],
        clock: Clock::Run,
        against: Against::Gap("tc", ONE),
        bar: Some(0.6),
        agreement: Agreement::Answers(|ours, theirs| equal("triangles", ours, theirs)),
        known: Some(("triangles", 424_345_346.0)),
        bound: None,
    },
    Job {
        name: "clustering",
        what: "local clustering",
        graph: "rmat20u",
        directed: false,
        ours: &["clustering"],
        clock: Clock::Run,
        against: Against::NetworKit("clustering", &[]),
        bar: Some(0.4),
        agreement: Agreement::Column(Column { name: "clustering", within: 1e-12 }),
        known: None,
        bound: None,
    },
    Job {
        name: "betweenness",
        what: "betweenness, exact, 16 sources",
        graph: "rmat20",
        directed: true,
        ours: &["betweenness"],
        clock: Clock::Run,
        against: Against::Gap("bc", &["-i", "16", "-n", "1", "-l", "-a"]),
        bar: Some(0.9),
        agreement: Agreement::WithEnds,
        known: None,
        bound: None,
    },
    approximate(
        "betweenness-.01",
        "betweenness, approximate, ε .01, δ .1",
        &["betweenness-approximate", "--epsilon", "0.01", "--delta", "0.1", "--seed", "1"],
        &["0.01", "0.1"],
        0.01,
    ),
    approximate(
        "betweenness-.002",
        "betweenness, approximate, ε .002, δ .1",
        &["betweenness-approximate", "--epsilon", "0.002", "--delta", "0.1", "--seed", "1"],
        &["0.002", "0.1"],
        0.002,
    ),
    Job {
        name: "harmonic",
        what: "harmonic closeness, 2⁸ registers",
        graph: "rmat20",
        directed: true,
        ours: &["harmonic-approximate", "--log2m", "8"],
        clock: Clock::Run,
        against: Against::HyperBall(&["8"]),
        bar: Some(0.5),
        agreement: Agreement::Errors("harmonic"),
        known: None,
        bound: None,
    },
    communities(
        "leiden",
        "Leiden, modularity, five seeds; two iterations, and three theirs",
        "rmat20u",
        &["leiden", "--iterations", "2"],
        Communities { modularity: 0.0815, information: None },
    ),
    communities(
        "leiden-lfr",
        "the same on planted communities; one iteration, and three theirs",
        "lfr",
        &["leiden", "--iterations", "1"],
        Communities { modularity: 0.4916, information: Some(0.925) },
    ),
];

const fn communities(
    name: &'static str,
    what: &'static str,
    graph: &'static str,
    ours: &'static [&'static str],
    least: Communities,
) -> Job {
    Job {
        name,
        what,
        graph,
        directed: false,
        ours,
        clock: Clock::Run,
        against: Against::NetworKit("leiden", &["3"]),
        bar: Some(0.5),
        agreement: Agreement::Communities(least),
        known: None,
        bound: None,
    }
}

/// What is reported and not compared.
const fn reported(name: &'static str, what: &'static str, ours: &'static [&'static str]) -> Job {
    Job {
        name,
        what,
        graph: "rmat20",
        directed: true,
        ours,
        clock: Clock::Run,
        against: Against::Nobody,
        bar: None,
        agreement: Agreement::Nothing,
        known: None,
        bound: None,
    }
}

const fn approximate(
    name: &'static str,
    what: &'static str,
    ours: &'static [&'static str],
    theirs: &'static [&'static str],
    epsilon: f64,
) -> Job {
    Job {
        name,
        what,
        graph: "rmat20u",
        directed: false,
        ours,
        clock: Clock::Run,
        against: Against::NetworKit("kadabra", theirs),
        bar: Some(0.7),
        // Each side is within ε of the truth.
        agreement: Agreement::Column(Column { name: "estimate", within: 2.0 * epsilon }),
        known: None,
        bound: None,
    }
}

impl Job {
    /// Whether ours found what is known; or how it differs.
    pub(super) fn check_known(&self, ours: &Answer) -> Result<(), String> {
        let Some((name, known)) = self.known else { return Ok(()) };
        let found = ours.figure(name)?;
        if found == known { Ok(()) } else { Err(format!("{name} is {found}, and known to be {known}")) }
    }

    /// The network: as text where reading is measured.
    pub(super) fn file(&self, places: &Places) -> PathBuf {
        let end = if self.clock == Clock::Wall { "el" } else { "bin" };
        places.folder.join(format!("{}.{end}", self.graph))
    }

    pub(super) fn direction(&self) -> &'static str {
        if self.directed { "--directed" } else { "--undirected" }
    }

    /// Whether runs differ by their seeds.
    pub(super) fn is_seeded(&self) -> bool {
        matches!(self.agreement, Agreement::Communities(_))
    }

    /// Our command; with `sources`, from those alone, and with `out`, every node's figure in that file.
    pub(super) fn command(&self, places: &Places, sources: &[String], out: Option<&Path>) -> Command {
        let mut command = Command::new(&places.program);
        let (algorithm, flags) = self.ours.split_first().unwrap_or((&"", &[]));
        command.arg(algorithm).arg(self.file(places)).args(flags).arg(self.direction());
        if self.clock == Clock::Run {
            command.args(["--nodes", graphs::n_nodes(self.graph)]);
        }
        if !sources.is_empty() {
            command.args(["--sources", &sources.join(",")]);
        }
        command.args(["--threads", &N_THREADS.to_string(), "--format", "json"]);
        if let Some(out) = out {
            command.arg("--out").arg(out);
        }
        command
    }
}

/// A figure that both find.
fn equal(name: &str, ours: &Answer, theirs: &Answer) -> Result<String, String> {
    let (a, b) = (ours.figure(name)?, theirs.figure(name)?);
    if a == b {
        Ok(format!("{} {a}", name.replace('_', " ")))
    } else {
        Err(format!("{name} is {a}, and {b} theirs"))
    }
}

/// The first nodes are the same, and their scores close.
fn top(ours: &Answer, theirs: &Answer, n: usize, within: f64) -> Result<String, String> {
    if ours.top.len() < n || theirs.top.len() < n {
        return Err(format!("there are {} and {} top nodes, not {n}", ours.top.len(), theirs.top.len()));
    }
    let mut greatest = 0.0_f64;
    for ((node, score), (other, theirs)) in ours.top.iter().zip(&theirs.top).take(n) {
        if node != other {
            return Err(format!("node {node} stands where theirs has {other}"));
        }
        greatest = greatest.max((score / theirs - 1.0).abs());
    }
    let said = format!("top {n} the same, scores within {greatest:.0e}");
    if greatest <= within { Ok(said) } else { Err(said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(top: &[(&str, f64)]) -> Answer {
        Answer {
            top: top.iter().map(|(node, score)| ((*node).to_owned(), *score)).collect(),
            ..Answer::default()
        }
    }

    #[test]
    fn tops_agree_by_node_and_score() {
        let ours = answer(&[("7", 20.0), ("3", 10.0)]);
        assert!(top(&ours, &answer(&[("7", 20.0), ("3", 10.0)]), 2, 1e-6).is_ok());
        assert!(top(&ours, &answer(&[("7", 20.0), ("3", 10.1)]), 2, 1e-6).is_err());
        assert!(top(&ours, &answer(&[("7", 20.0), ("4", 10.0)]), 2, 1e-6).is_err());
        assert!(top(&ours, &answer(&[("7", 20.0)]), 2, 1e-6).is_err());
    }

    #[test]
    fn a_figure_agrees_with_theirs_and_with_what_is_known() {
        let found = |value| Answer { figures: [("n_edges".to_owned(), value)].into(), ..Answer::default() };
        assert_eq!(equal("n_edges", &found(3.0), &found(3.0)), Ok("n edges 3".to_owned()));
        assert!(equal("n_edges", &found(3.0), &found(4.0)).is_err());
        assert!(equal("n_edges", &found(3.0), &Answer::default()).is_err());
        let job = JOBS.iter().find(|job| job.name == "read").unwrap();
        assert!(job.check_known(&found(16_085_314.0)).is_ok() && job.check_known(&found(3.0)).is_err());
    }

    #[test]
    fn jobs_have_names_of_their_own() {
        let names: std::collections::BTreeSet<&str> = JOBS.iter().map(|job| job.name).collect();
        assert_eq!(names.len(), JOBS.len());
    }
}
