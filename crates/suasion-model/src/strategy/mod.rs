//! The strategy language: what a user writes, read into types.
//!
//! [`schema`] declares every section and key, `read` turns a text into rows that match it, and [`Strategy::parse`]
//! makes the types below from the rows. Where a required key is missing, that has been reported, and a neutral
//! stand-in keeps later rules quiet about it.

mod effect;
mod forms;
mod illegible;
mod index;
mod mistakes;
mod parse;
mod read;
mod references;
mod row;
pub mod schema;
mod sections;
mod statements;
pub mod words;

pub use effect::Effect;
pub use illegible::Illegible;
pub use row::Column;
pub use sections::{SectionPlace, Sections};

use crate::period::Period;
use crate::source::{Span, Spanned};
use index::Index;
use words::{
    AudienceKind, Better, Closeness, Counts, Design, Format, Hits, IndicatorKind, InitiativeKind,
    LawfulBasis, PartnerKind, RemainderHides, ResourceKind, ScaleName, Status, TableKind, WindowLength,
};

/// A whole strategy.
#[derive(Debug, Clone, Default)]
pub struct Strategy {
    /// The `[strategy]` section.
    pub head: Head,
    /// Whom it is for.
    pub audiences: Vec<Audience>,
    /// What is measured.
    pub indicators: Vec<Indicator>,
    /// Files of evidence.
    pub datasets: Vec<Dataset>,
    /// What is wanted.
    pub objectives: Vec<Objective>,
    /// How it is judged.
    pub evaluations: Vec<Evaluation>,
    /// Flows that are mapped.
    pub corridors: Vec<Corridor>,
    /// Interactions that are mapped.
    pub networks: Vec<Network>,
    /// What is done.
    pub initiatives: Vec<Initiative>,
    /// What there is to work with.
    pub resources: Vec<Resource>,
    /// Who else is in it.
    pub partners: Vec<Partner>,
    /// Who speaks.
    pub voices: Vec<Voice>,
    /// What people talk about.
    pub issues: Vec<Issue>,
    /// What is said.
    pub claims: Vec<Claim>,
    /// Diagnostics that are known and lived with.
    pub allowed: Vec<Allowed>,
    /// What could not be read.
    pub illegible: Illegible,
    /// Where sections begin and end.
    pub sections: Sections,
    /// Which section has which id, and what serves what.
    index: Index,
}

/// The `[strategy]` section.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Where it stands.
    pub span: Span,
    /// Version of the language.
    pub schema: Spanned<i64>,
    /// One line.
    pub title: Spanned<String>,
    /// On whose behalf.
    pub principal: Spanned<String>,
    /// Who answers for it.
    pub owner: Spanned<String>,
    /// What will be decided.
    pub decision: Spanned<String>,
    /// BCP 47 tag of its texts.
    pub language: Option<Spanned<String>>,
}

/// Whom a strategy is for.
#[derive(Debug, Clone)]
pub struct Audience {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Who they are.
    pub who: Spanned<String>,
    /// What they are.
    pub kind: AudienceKind,
    /// Where they are; empty: everywhere.
    pub places: Vec<Spanned<String>>,
}

/// Something measured.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name for readers.
    pub label: Spanned<String>,
    /// What kind of thing it measures.
    pub kind: Spanned<IndicatorKind>,
    /// The unit of its values.
    pub unit: Spanned<String>,
    /// The direction wanted.
    pub better: Better,
    /// The audiences it counts; empty: everybody.
    pub of: Vec<Spanned<String>>,
    /// Where its values are.
    pub dataset: Option<Spanned<String>>,
    /// Its series' code.
    pub code: Option<Spanned<String>>,
}

/// A file of evidence.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// The table it fills.
    pub table: Spanned<TableKind>,
    /// The format of the file.
    pub format: Spanned<Format>,
    /// The file, relative to the strategy.
    pub path: Spanned<String>,
    /// Our columns and the file's.
    pub columns: Vec<Column>,
    /// Where `columns` stands.
    pub columns_span: Span,
    /// Who published it, as what.
    pub source: Spanned<String>,
    /// The licence it is used under.
    pub licence: Option<Spanned<String>>,
    /// The unit of its values, where no column says it.
    pub unit: Option<Spanned<String>>,
    /// The first period it covers.
    pub since: Option<Spanned<Period>>,
    /// The last period it covers.
    pub until: Option<Spanned<Period>>,
    /// Whether newer periods will be published.
    pub continues: bool,
    /// What a reader must know of it.
    pub caveats: Vec<Spanned<String>>,
    /// Audiences whose voices these are.
    pub listens_to: Vec<Spanned<String>>,
    /// Whether it holds data of natural persons.
    pub personal: bool,
    /// Why personal data are processed.
    pub purpose: Option<Spanned<String>>,
    /// On what basis.
    pub lawful_basis: Option<LawfulBasis>,
    /// For how long.
    pub retention: Option<Spanned<String>>,
}

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// The objective in one sentence.
    pub statement: Spanned<String>,
    /// What will be decided.
    pub decision: Option<Spanned<String>>,
    /// From whom it is wanted.
    pub audience: Option<Spanned<String>>,
    /// The indicator that shows it.
    pub outcome: Option<Spanned<String>>,
    /// Where it stood.
    pub baseline: Option<Measurement>,
    /// Where it should stand.
    pub target: Option<Measurement>,
    /// The least effect that would change the decision.
    pub smallest_effect: Option<Spanned<Effect>>,
    /// When it is judged.
    pub horizon: Option<Spanned<Period>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// What is counted once.
    pub benefit: Option<Spanned<String>>,
    /// Whether its benefit is projected or actual.
    pub status: Option<Status>,
    /// An earlier indicator.
    pub surrogate: Option<Spanned<String>>,
}

/// A value at a time.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// Where it stands.
    pub span: Span,
    /// When.
    pub period: Spanned<Period>,
    /// How much, in the indicator's unit.
    pub value: f64,
    /// What it counts.
    pub counts: Option<Counts>,
    /// The dataset, or `ours`.
    pub source: Option<Spanned<String>>,
}

/// How an objective is judged.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// What it judges.
    pub objective: Spanned<String>,
    /// The design that decides.
    pub design: Spanned<Design>,
    /// The scale of the comparison.
    pub scale: ScaleName,
    /// The units treated.
    pub treated: Vec<Spanned<String>>,
    /// An indicator that starts treatment, unit by unit.
    pub treatment: Option<Spanned<String>>,
    /// The units to compare with; empty: every other.
    pub donors: Vec<Spanned<String>>,
    /// The first period under treatment.
    pub from: Spanned<Period>,
    /// The last period judged.
    pub until: Option<Spanned<Period>>,
    /// What else happened.
    pub threats: Vec<Threat>,
    /// Whether the strategy says anything of threats: an empty list says that there were none.
    pub threats_declared: bool,
    /// Where the strategy says whom to compare with, if it does: an empty list says nobody.
    pub donors_declared: Option<Span>,
}

/// What else happened that could explain a difference.
#[derive(Debug, Clone)]
pub struct Threat {
    /// Where it stands.
    pub span: Span,
    /// What happened.
    pub what: Spanned<String>,
    /// When it began.
    pub from: Spanned<Period>,
    /// When it ended.
    pub until: Option<Spanned<Period>>,
    /// Whom it touched.
    pub hits: Spanned<Hits>,
    /// Where that is known from.
    pub source: Option<Spanned<String>>,
}

/// Flows around one place.
#[derive(Debug, Clone)]
pub struct Corridor {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name for readers.
    pub label: Option<Spanned<String>>,
    /// Where the flows are.
    pub dataset: Spanned<String>,
    /// The place looked from.
    pub focus: Spanned<String>,
    /// The period looked at.
    pub period: Spanned<Period>,
    /// The kind of flow.
    pub kind: Option<Spanned<String>>,
    /// Names that stand for elsewhere.
    pub remainder: Vec<Spanned<String>>,
    /// What of the focus's own flows they may hold.
    pub remainder_hides: RemainderHides,
}

/// Interactions that are read as a network.
#[derive(Debug, Clone)]
pub struct Network {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name for readers.
    pub label: Option<Spanned<String>>,
    /// Where the interactions are.
    pub dataset: Spanned<String>,
    /// Which actors may be named.
    pub actors: Option<Spanned<String>>,
    /// Only what one of these marks; empty: everything.
    pub issues: Vec<Spanned<String>>,
    /// Only these layers; empty: all.
    pub layers: Vec<Spanned<String>>,
    /// Only these verbs; empty: all.
    pub verbs: Vec<Spanned<String>>,
    /// Only from its first day on.
    pub from: Option<Spanned<Period>>,
    /// Only up to its last day.
    pub until: Option<Spanned<Period>>,
    /// The length of windows in which change is looked for.
    pub windows: Option<WindowLength>,
    /// Whether these are all ties there are.
    pub census: bool,
    /// How finely communities are cut.
    pub resolution: f64,
    /// Which draw.
    pub seed: u64,
}

/// What is done.
#[derive(Debug, Clone)]
pub struct Initiative {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name for readers.
    pub label: Option<Spanned<String>>,
    /// What kind of thing it is.
    pub kind: Spanned<InitiativeKind>,
    /// The objectives it is for.
    pub serves: Vec<Spanned<String>>,
    /// The resources it draws on.
    pub uses: Vec<Spanned<String>>,
    /// The partners it works with.
    pub with: Vec<Spanned<String>>,
    /// The voice that speaks for it.
    pub voice: Option<Spanned<String>>,
    /// When it begins.
    pub starts: Spanned<Period>,
    /// When it ends.
    pub ends: Option<Spanned<Period>>,
    /// What it costs.
    pub cost: Option<Money>,
}

/// An amount of money.
#[derive(Debug, Clone)]
pub struct Money {
    /// Where it stands.
    pub span: Span,
    /// How much.
    pub amount: f64,
    /// Its ISO 4217 code.
    pub currency: Spanned<String>,
}

/// What there is to work with.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name for readers.
    pub label: Option<Spanned<String>>,
    /// What kind of means it is.
    pub kind: Spanned<ResourceKind>,
}

/// Who else is in it.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Spanned<String>,
    /// An organisation or a public office.
    pub kind: Spanned<PartnerKind>,
    /// How close to government it is.
    pub closeness: Spanned<Closeness>,
    /// What it is asked for.
    pub asks: Option<Spanned<String>>,
    /// What it gains.
    pub gains: Option<Spanned<String>>,
    /// Whether the tie is public.
    pub disclosed: Option<bool>,
}

/// Who speaks.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Spanned<String>,
    /// An organisation or a public office.
    pub kind: PartnerKind,
    /// How close to government it is.
    pub closeness: Spanned<Closeness>,
    /// Whether the tie is public.
    pub disclosed: Option<bool>,
}

/// What people talk about.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// Its name for readers.
    pub label: Spanned<String>,
    /// The words and tags that mark it.
    pub keywords: Vec<Spanned<String>>,
}

/// What is said.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its header.
    pub span: Span,
    /// Its id.
    pub id: Spanned<String>,
    /// The claim, as it is made.
    pub says: Spanned<String>,
    /// To whom it is made.
    pub audience: Option<Spanned<String>>,
    /// Its theme.
    pub theme: Spanned<String>,
    /// Its sign and strength, −1 to 1.
    pub stance: f64,
    /// What would show it.
    pub shown_by: Vec<Spanned<String>>,
    /// With whom, where it says that something is the best or the most.
    pub compared_with: Vec<Spanned<String>>,
}

/// A diagnostic that is known and lived with.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Its header.
    pub span: Span,
    /// The diagnostic.
    pub code: Spanned<String>,
    /// Why it is lived with.
    pub reason: Spanned<String>,
}

impl Objective {
    /// How far the target is from the baseline, or what it asks for beside it; nothing where either is not said.
    pub(crate) fn change(&self) -> Option<f64> {
        let target = self.target.as_ref()?;
        match target.counts {
            Some(Counts::Additional) => Some(target.value),
            Some(Counts::Level) | None => Some(target.value - self.baseline.as_ref()?.value),
        }
    }
}

impl Dataset {
    /// The licence as it is printed: nothing where the strategy does not say, which is an error.
    pub fn terms(&self) -> &str {
        self.licence.as_ref().map_or("", |licence| licence.as_str())
    }
}
