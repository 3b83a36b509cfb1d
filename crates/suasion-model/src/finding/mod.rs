//! Findings: what was found, how sure that is, and where every figure comes from.
//!
//! Renderers read this and nothing else. `findings.json` is these types through serde; its JSON Schema is made from
//! them too, and carries [`SCHEMA`] from its first day.

mod network;

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::period::Period;
use crate::receipt::Receipt;
use crate::theory::Theory;
pub use network::{
    Bridge, BridgeGroup, ChangeBlock, ChangeFlow, ChangeStep, MatrixRow, NetworkActor, NetworkCommunity,
    NetworkTie, Rank,
};

/// The version of `findings.json`. The number rises when a reader of the old one would go wrong.
pub const SCHEMA: &str = "suasion/findings/1";

/// The longest a plain sentence may be, in words: a brief's first screen is read at a glance.
pub const PLAIN_WORDS: usize = 24;

/// Everything that one run found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Findings {
    /// The version of this format.
    pub schema: String,
    /// The program and its version.
    pub program: String,
    /// The strategy that was asked about.
    pub strategy: StrategySummary,
    /// The whole run in four plain sentences.
    pub plain: Plain,
    /// How the strategy is meant to work, and what is missing from that.
    pub theory: Theory,
    /// What was found, in the strategy's order.
    pub findings: Vec<Finding>,
    /// Every test of significance that was made, with its correction for having made several.
    pub looks: Vec<Look>,
    /// The files that were read.
    pub imports: Vec<Receipt>,
}

/// The strategy that was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StrategySummary {
    /// Its title.
    pub title: String,
    /// On whose behalf.
    pub principal: String,
    /// Who answers for it.
    pub owner: String,
    /// What will be decided.
    pub decision: String,
    /// The language of its texts, as a BCP 47 tag.
    pub language: String,
    /// SHA-256 of the strategy's text, in hex.
    pub digest: String,
}

/// Four sentences that need no training to read, each of fewer than 25 words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Plain {
    /// What is to be decided.
    pub decision: String,
    /// The answer.
    pub answer: String,
    /// How sure one can be, and why.
    pub confidence: String,
    /// What it would take to know.
    pub to_know: String,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// Stable name within the strategy: the evaluation's, corridor's or network's id.
    pub id: String,
    /// The question that it answers.
    pub question: Question,
    /// The objective that it is about, where it is about one.
    pub objective: Option<String>,
    /// What it is about, for readers.
    pub title: String,
    /// The claim under judgement, in the strategy's own words.
    pub claim: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// The finding in one or two exact sentences, for readers who know the method.
    pub statement: String,
    /// The finding in four plain sentences.
    pub plain: Plain,
    /// Every figure, the main one first.
    pub numbers: Vec<Number>,
    /// How strong the evidence is.
    pub grade: Grade,
    /// How it was found.
    pub method: Method,
    /// What it was found in.
    pub inputs: Vec<Input>,
    /// The assumptions that were tested, and how they fared.
    pub checks: Vec<Check>,
    /// What a reader must know besides.
    pub caveats: Vec<String>,
    /// The seed of its random numbers; absent where none were drawn.
    pub seed: Option<u64>,
    /// What is drawn of it.
    pub figures: Vec<Figure>,
}

/// The question that a finding answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Did it work, by how much, or can nobody tell?
    Measure,
    /// Which networks carry it, and who depends on whom?
    Map,
}

/// What the evidence lets one say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The evidence carries the claim.
    Supported,
    /// The evidence could have shown the effect, and does not.
    NotSupported,
    /// The evidence could not have shown it either way.
    CannotTell,
    /// A description: it claims no cause.
    Descriptive,
    /// An assumption that the answer needs does not hold, or the strategy is in error where it asks for it.
    Withheld,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Number {
    /// Stable name within the finding.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// How far off it may be.
    pub interval: Interval,
}

/// How far off a figure may be.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Interval {
    /// Between these, at this level.
    Range {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Coverage, 0 to 1; absent for a range that is no confidence interval.
        level: Option<f64>,
        /// How it was made.
        method: String,
    },
    /// There is none, and why.
    None {
        /// Why there is none.
        why: String,
    },
}

/// How strong the evidence is, on the Maryland Scientific Methods Scale (Sherman and others 1998).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Grade {
    /// 0 (nothing) to 5 (randomised); absent for a description.
    pub level: Option<u8>,
    /// Why.
    pub why: String,
}

/// How a finding was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// Its settings, in order.
    pub parameters: Vec<Parameter>,
    /// Where it is published.
    pub citations: Vec<String>,
}

/// A setting of a method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A table that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Input {
    /// The dataset in the strategy.
    pub dataset: String,
    /// The table and its version: `observations@3`.
    pub table: String,
    /// SHA-256 of the file that its rows came from, in hex.
    pub digest: String,
    /// Rows read.
    pub rows: u64,
    /// Who published it.
    pub source: String,
    /// The licence it is used under.
    pub licence: String,
}

/// An assumption that was tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// Stable name of the rule.
    pub id: String,
    /// What was asked.
    pub asks: String,
    /// How it fared.
    pub outcome: CheckOutcome,
    /// What was measured, with its unit.
    pub figure: String,
    /// What it was held against.
    pub threshold: String,
    /// What follows if it fails.
    pub consequence: Consequence,
}

/// How a check fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// The assumption stands.
    Passed,
    /// It does not.
    Failed,
    /// It could not be tested. That never counts as passed.
    NotRun,
}

/// What follows if a check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Consequence {
    /// The verdict is `cannot-tell`, and nothing is estimated.
    StopsBeforeEstimate,
    /// The verdict is `withheld`.
    Withholds,
    /// The verdict is `cannot-tell`.
    CannotTell,
    /// The grade falls.
    LowersGrade,
}

/// A test of significance that was made.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Look {
    /// The finding it belongs to.
    pub finding: String,
    /// What was tested.
    pub what: String,
    /// Whether it decides the verdict, or only shows how the answer turns on a choice.
    pub decides: bool,
    /// Its p.
    pub p: f64,
    /// p corrected for all the looks of this run that decide (Benjamini and Hochberg 1995); absent where it decides
    /// nothing.
    pub p_adjusted: Option<f64>,
}

/// What is drawn of a finding, with the figures it is drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Figure {
    /// Stable name within the finding.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it shows, in words, for those who do not see it.
    pub summary: String,
    /// The unit of its values.
    pub unit: String,
    /// What it shows, in numbers.
    pub data: FigureData,
}

/// The numbers behind a figure.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum FigureData {
    /// A unit's path over time, alone or against another.
    Path {
        /// The periods.
        periods: Vec<Period>,
        /// The first period under treatment.
        from: Period,
        /// The lines, the main one first; a gap where nothing was observed.
        lines: Vec<Line>,
        /// A period to point at, and what to say there.
        mark: Option<Mark>,
    },
    /// Gaps over time, the treated unit's before those of all placebos.
    Gaps {
        /// The periods.
        periods: Vec<Period>,
        /// The first period under treatment.
        from: Period,
        /// The treated unit's gaps.
        treated: Line,
        /// The placebos' gaps.
        placebos: Vec<Line>,
    },
    /// Shares of a whole, largest first.
    Shares {
        /// Who has which share, 0 to 1.
        bars: Vec<Bar>,
    },
    /// Two-way dependence between a focus and its partners.
    Dependence {
        /// The place looked from.
        focus: String,
        /// Its partners, by flow.
        partners: Vec<PartnerDependence>,
    },
    /// A network: communities, those who may be named, and what is between them.
    Network {
        /// The communities, the largest first.
        communities: Vec<NetworkCommunity>,
        /// Those who may be named, by bridging.
        actors: Vec<NetworkActor>,
        /// What is between them.
        ties: Vec<NetworkTie>,
    },
    /// Shares by row and column.
    Matrix {
        /// The columns.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<MatrixRow>,
    },
    /// Bridging against popularity.
    Bridges {
        /// Those who may be named, by bridging.
        actors: Vec<Bridge>,
        /// All others, in groups.
        groups: Vec<BridgeGroup>,
    },
    /// How communities change over windows of time.
    Change {
        /// The windows, in order.
        windows: Vec<String>,
        /// The communities of each.
        blocks: Vec<ChangeBlock>,
        /// Who is in which before and after.
        flows: Vec<ChangeFlow>,
        /// What happens in between.
        steps: Vec<ChangeStep>,
    },
}

/// A named series, as long as the figure's periods.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// Whose it is.
    pub name: String,
    /// Its values; a gap where nothing was observed.
    pub values: Vec<Option<f64>>,
}

/// A period to point at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mark {
    /// The period.
    pub period: Period,
    /// What to say there.
    pub text: String,
}

/// A share of a whole.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bar {
    /// Whose it is.
    pub name: String,
    /// The share, 0 to 1.
    pub share: f64,
}

/// How much a focus and one partner depend on each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PartnerDependence {
    /// The partner.
    pub name: String,
    /// How much comes from the partner to the focus.
    pub flow_to_focus: f64,
    /// That, as a share of all that comes to the focus.
    pub focus_depends: f64,
    /// That, as a share of all that leaves the partner.
    pub partner_depends: f64,
    /// Hirschman's asymmetry: the share of the partner's outflow that goes to the focus, less the reverse; absent where
    /// nothing leaves one of them, or where it is not known for whom.
    pub asymmetry: Option<f64>,
}

impl Plain {
    /// The sentences with their names, in the order in which they are read.
    pub fn sentences(&self) -> [(&'static str, &str); 4] {
        [
            ("Decision", &self.decision),
            ("Answer", &self.answer),
            ("Confidence", &self.confidence),
            ("What it would take to know", &self.to_know),
        ]
    }
}

impl Verdict {
    /// The word in `findings.json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::NotSupported => "not-supported",
            Self::CannotTell => "cannot-tell",
            Self::Descriptive => "descriptive",
            Self::Withheld => "withheld",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Grade {
    /// A description, which claims no cause and so has no grade.
    pub fn descriptive() -> Self {
        Self { level: None, why: "a description: it claims no cause".to_string() }
    }
}

/// Words in a sentence, as a reader counts them.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The JSON Schema of `findings.json`.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(Findings);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
