//! What can be wrong with a strategy: one file a rule.
//!
//! A rule is its code, what it finds, why that matters, an example of each kind, and, where it needs the whole
//! strategy, a check. A new rule is a new file here and its name in the list below; the reference in
//! `docs/diagnostics.md` and the tests of its examples follow by themselves.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::coverage::Coverage;
use crate::data_rules::DATA_RULES;
use crate::diagnostic::{Diagnostic, DiagnosticRecord, Severity, sort};
use crate::evidence::TableSpec;
use crate::lexicon::Language;
use crate::source::{Source, Span, Spanned};
use crate::strategy::{Dataset, Strategy};

/// A rule that strategies are held to.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, in kebab case.
    pub code: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    /// Whether what it finds stops an answer.
    pub severity: Severity,
    /// Whether it guesses from words, and so may be wrong.
    pub guesses: bool,
    /// Why that matters.
    pub why: &'static str,
    /// An example that it finds something in.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// How it is found.
    pub check: Check,
}

/// How a rule finds what it finds.
pub enum Check {
    /// The reader reports it: it is about the shape of the file.
    Reader,
    /// From the whole strategy.
    Strategy(fn(&Strategy, &mut Vec<Diagnostic>)),
    /// From the strategy and from what the evidence covers.
    Evidence(fn(&Strategy, Option<&Coverage>, &mut Report)),
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reader => "Reader",
            Self::Strategy(_) => "Strategy",
            Self::Evidence(_) => "Evidence",
        })
    }
}

/// What the rules say of a strategy.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be looked at.
    pub not_checked: Vec<NotChecked>,
    /// What is wrong, known, and lived with.
    pub allowed: Vec<AllowedProblems>,
}

/// Something that a rule could not look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotChecked {
    /// The rule.
    pub code: &'static str,
    /// What it would have looked at, such as `` the evaluation `visitors-sc` ``.
    pub what: String,
    /// What it would have needed.
    #[serde(rename = "needs")]
    pub why: String,
}

/// Warnings of a rule that the strategy allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllowedProblems {
    /// The rule.
    pub code: &'static str,
    /// How many there are.
    pub count: usize,
    /// The strategy's reason.
    pub reason: String,
    /// The warnings.
    #[serde(skip)]
    pub problems: Vec<Diagnostic>,
}

/// A report for machines: places as lines and columns, from 1.
#[derive(Debug, Serialize)]
pub struct ReportRecord<'a> {
    diagnostics: Vec<DiagnosticRecord<'a>>,
    not_checked: &'a [NotChecked],
    allowed: &'a [AllowedProblems],
}

impl Report {
    /// The report for machines.
    pub fn record<'a>(&'a self, source: &'a Source) -> ReportRecord<'a> {
        ReportRecord {
            diagnostics: self.diagnostics.iter().map(|diagnostic| diagnostic.record(source)).collect(),
            not_checked: &self.not_checked,
            allowed: &self.allowed,
        }
    }
}

impl Rule {
    /// A problem that this rule finds.
    pub(crate) fn at(&self, headline: impl Into<String>, span: Span) -> Diagnostic {
        let diagnostic = match self.severity {
            Severity::Error => Diagnostic::error(self.code, headline, span),
            Severity::Warning => Diagnostic::warning(self.code, headline, span),
        };
        Diagnostic { guess: self.guesses, ..diagnostic }
    }

    /// What it finds, in a word or a few: an error, a warning, or a guess.
    pub fn severity_words(&self) -> &'static str {
        if self.guesses { "warning, guessed from words" } else { self.severity.word() }
    }

    /// Whether a strategy may lower its severity. Whom nothing may profile, and what nothing may steer, is not the
    /// strategy's to decide.
    pub fn may_be_lowered(&self) -> bool {
        ![named_person::RULE.code, electoral_objective::RULE.code, never_allowed::RULE.code]
            .contains(&self.code)
    }

    /// Whether the program refuses to work on a strategy that it is found in.
    pub fn refuses(&self) -> bool {
        self.code == electoral_objective::RULE.code
    }
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

macro_rules! rules {
    ($($name:ident),+ $(,)?) => {
        $(pub(crate) mod $name;)+

        /// All rules, by code.
        pub const RULES: &[&Rule] = &[$(&$name::RULE),+];
    };
}

rules!(
    ambiguous_series,
    audience_mismatch,
    bad_value,
    baseline_under_treatment,
    boast,
    design_needs,
    double_counting,
    duplicate_id,
    effect_above_target,
    effect_before_cause,
    electoral_objective,
    end_before_start,
    foggy_objective,
    horizon_before_target,
    idle_allowance,
    idle_initiative,
    impatient_horizon,
    lonely_objective,
    megaphone,
    missing_key,
    named_person,
    never_allowed,
    no_comparison,
    no_evaluation,
    no_gain,
    no_smallest_effect,
    no_terms,
    only_state_voices,
    orphan_objective,
    stale_dataset,
    syntax,
    target_before_baseline,
    target_is_baseline,
    too_few_donors,
    too_few_periods,
    treated_is_donor,
    two_faces,
    undisclosed_sponsorship,
    unknown_column,
    unknown_key,
    unknown_reference,
    unknown_schema,
    unknown_word,
    unmapped_column,
    unmeasured_outcome,
    unpaired_claim,
    unused_resource,
    vague_outcome,
    vanity_outcome,
    weak_surrogate,
    wordy_decision,
    wrong_table,
    wrong_type,
);

/// The code nearest to one that no rule has, of a strategy or of data, where one is near.
pub fn nearest_code(code: &str) -> Option<&'static str> {
    let of_data = DATA_RULES.iter().map(|rule| rule.code);
    let codes: Vec<&'static str> = RULES.iter().map(|rule| rule.code).chain(of_data).collect();
    nearest(code, &codes)
}

/// What is wrong with how a dataset maps the columns of its file onto those of a table.
pub fn mapping_problems(table: &TableSpec, dataset: &Dataset) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    unknown_column::of(table, dataset, &mut diagnostics);
    diagnostics.extend(unmapped_column::of(table, dataset));
    diagnostics
}

/// Reads a strategy and reports everything wrong with it, in source order.
///
/// Checks that need data look at what the evidence covers; without that, they say that they did not.
pub fn check(source: &Source, coverage: Option<&Coverage>) -> (Strategy, Report) {
    let (strategy, diagnostics) = Strategy::parse(source);
    let mut report = Report { diagnostics, ..Report::default() };
    for rule in RULES {
        match rule.check {
            Check::Reader => {}
            Check::Strategy(check) => check(&strategy, &mut report.diagnostics),
            Check::Evidence(check) => check(&strategy, coverage, &mut report),
        }
    }
    name_the_nameless(&strategy, &mut report.diagnostics);
    idle_allowance::lower(&strategy, &mut report);
    sort(&mut report.diagnostics);
    report.not_checked.sort();
    (strategy, report)
}

/// Puts words where problems of a section without an id would name it.
fn name_the_nameless(strategy: &Strategy, diagnostics: &mut [Diagnostic]) {
    let nameless = |diagnostic: &&mut Diagnostic| {
        let section = diagnostic.span().and_then(|span| strategy.sections.of(span));
        section.is_some_and(|section| section.id.is_none())
    };
    for diagnostic in diagnostics.iter_mut().filter(nameless) {
        for text in [&mut diagnostic.headline, &mut diagnostic.label].into_iter().chain(&mut diagnostic.hint)
        {
            if text.contains("``") {
                *text = text.replace("``", "(without an id)");
            }
        }
    }
}

/// A longer word is no misspelling of a key or an id, and would cost more to compare than it could tell.
const LONGEST_MISSPELLING: usize = 64;

/// The known word nearest to one that is not known, where one is near.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    if word.len() > LONGEST_MISSPELLING {
        return None;
    }
    let word = word.to_lowercase();
    let length = word.chars().count();
    let (distance, nearest) = known
        .iter()
        .copied()
        // Words whose lengths differ by more are farther apart than that.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= length.max(candidate.len()) / 3)
        .map(|candidate| (strsim::osa_distance(&word, candidate), candidate))
        .min()?;
    (distance <= length.max(nearest.chars().count()) / 3).then_some(nearest)
}

/// A word as it is shown: cut short where nobody would read it to the end.
fn clip(word: &str) -> Cow<'_, str> {
    clip_to(word, LONGEST_MISSPELLING)
}

/// A text as it is shown: on one line, and cut short behind so many characters, since many problems may show it.
fn clip_to(text: &str, most: usize) -> Cow<'_, str> {
    let end = text.char_indices().nth(most).map(|(end, _)| end);
    let shown = &text[..end.unwrap_or(text.len())];
    if end.is_none() && !shown.contains(moves) {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| if c.is_whitespace() { ' ' } else { '\u{fffd}' };
    let mut shown: String = shown.chars().map(|c| if moves(c) { plain(c) } else { c }).collect();
    shown.extend(end.map(|_| '…'));
    Cow::Owned(shown)
}

/// Whether a character moves others: to another line, or to the other side of what stands beside it.
fn moves(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A word with its article.
fn article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// A list of ids as it is shown: the first few, and how many more.
fn listed(ids: &[&str]) -> String {
    const SHOWN: usize = 5;
    let mut shown = quoted(ids.iter().take(SHOWN).copied());
    if ids.len() > SHOWN {
        shown.push(format!("{} more", ids.len() - SHOWN));
    }
    all_of(&shown)
}

/// Names as they are shown, each between backticks.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    names.into_iter().map(|name| format!("`{}`", clip(name))).collect()
}

/// `a`, `a or b`, `a, b or c`.
fn any_of(words: &[impl AsRef<str>]) -> String {
    join(words, "or")
}

/// `a`, `a and b`, `a, b and c`.
fn all_of(words: &[impl AsRef<str>]) -> String {
    join(words, "and")
}

fn join(words: &[impl AsRef<str>], last: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [] => "none".to_string(),
        [one] => (*one).to_string(),
        [rest @ .., one] => format!("{} {last} {one}", rest.join(", ")),
    }
}

/// The place of a part of a text, where the text stands in the file as it reads: between one quote and the next, or
/// between three. Elsewhere, its whole place.
fn within(text: &Spanned<String>, part: &Range<usize>) -> Span {
    let length = text.span.end.saturating_sub(text.span.start);
    for quotes in [1, 3] {
        if length == text.value.len() + 2 * quotes {
            return Span::from(part.clone()).behind(text.span.start + quotes);
        }
    }
    text.span
}

/// Words of a text as they stand in a line.
fn words(text: &str) -> String {
    clip(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The language of a strategy's texts: English, unless it says another. A rule that has no words in that language did
/// not look.
fn language(strategy: &Strategy, code: &'static str, report: &mut Report) -> Option<Language> {
    let Some(tag) = &strategy.head.language else {
        // The language may have been said where nothing could be read.
        let illegible =
            strategy.illegible.key(strategy.head.span, "language") || strategy.illegible.header("strategy");
        return (!illegible).then_some(Language::English);
    };
    let language = Language::of_tag(tag.as_str());
    if language.is_none() {
        report.not_checked.push(NotChecked {
            code,
            what: "the words of the strategy".to_string(),
            why: format!("lists of words for the language `{}`: there are some for English (`en`), French (`fr`), Spanish (`es`) and Arabic (`ar`)", clip(tag.as_str())),
        });
    }
    language
}
