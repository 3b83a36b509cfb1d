//! What is wrong with an input: the one type for it, and how it reads on a terminal.
//!
//! A diagnostic has a stable kebab-case `code`, a headline that reads alone on one line, a place, a reason (why this
//! matters) and a hint (what to do). Strategy files, tables and settings all report through this type.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use serde::Serialize;

use crate::source::{Source, Span};

/// One problem with an input. Only the rules make one, so that there is none whose code is not documented.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Stable name of the rule, in kebab case.
    pub code: &'static str,
    /// Whether work can go on.
    pub severity: Severity,
    /// The problem in one line, without a full stop.
    pub headline: String,
    /// Where it is.
    pub place: Place,
    /// What stands at the place, in a few words.
    pub label: String,
    /// Other places in the same source that explain it.
    pub labels: Vec<Label>,
    /// Why it matters.
    pub reason: Option<String>,
    /// What to do.
    pub hint: Option<String>,
    /// Whether it was guessed from words, so that a reader may know better.
    pub guess: bool,
    /// What to write instead, where there is one right answer.
    pub fix: Option<Fix>,
}

/// What to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words: ``write `places` ``.
    pub title: String,
    /// The place whose text is replaced.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// What is added to every diagnostic that was guessed from words.
const GUESS: &str = "this is guessed from words: if they mean something else here, let it stand";

/// Whether work can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing that rests on it is answered until it is mended.
    Error,
    /// Work goes on, and the reader is told.
    Warning,
}

impl Severity {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the strategy's text.
    Strategy(Span),
    /// In a file of evidence, at a line (from 1) where one is known.
    File {
        /// The path as the user wrote it.
        path: String,
        /// The line, from 1.
        line: Option<u64>,
    },
}

/// A second place in the strategy, with a remark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What about it.
    pub text: String,
}

/// A diagnostic as `--format json` prints it: places as lines and columns, from 1.
#[derive(Debug, Clone, Serialize)]
pub struct DiagnosticRecord<'a> {
    code: &'a str,
    severity: Severity,
    headline: &'a str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
    label: &'a str,
    labels: Vec<LabelRecord<'a>>,
    reason: Option<&'a str>,
    hint: Option<&'a str>,
    guess: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixRecord<'a>>,
}

/// A place in a text as people and editors count: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line.
    pub line: u64,
    /// The column, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
}

#[derive(Debug, Clone, Serialize)]
struct FixRecord<'a> {
    start: Position,
    end: Position,
    title: &'a str,
    text: &'a str,
}

#[derive(Debug, Clone, Serialize)]
struct LabelRecord<'a> {
    start: Position,
    end: Position,
    text: &'a str,
}

impl Diagnostic {
    /// An error at a place in the strategy.
    pub(crate) fn error(code: &'static str, headline: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            severity: Severity::Error,
            headline: headline.into(),
            place: Place::Strategy(span),
            label: String::new(),
            labels: Vec::new(),
            reason: None,
            hint: None,
            guess: false,
            fix: None,
        }
    }

    /// A warning at a place in the strategy.
    pub(crate) fn warning(code: &'static str, headline: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, headline, span) }
    }

    /// An error in a file of evidence.
    pub(crate) fn in_file(
        code: &'static str,
        headline: impl Into<String>,
        path: impl Into<String>,
        line: Option<u64>,
    ) -> Self {
        Self { place: Place::File { path: path.into(), line }, ..Self::error(code, headline, Span::START) }
    }

    /// Says what stands at the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Points at another place that explains it.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn reason(mut self, text: impl Into<String>) -> Self {
        self.reason = Some(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = Some(text.into());
        self
    }

    /// Offers the one right answer: `text` in place of what stands at `span`.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title: title.into(), span, text: text.into() });
        self
    }

    /// Offers the word that was probably meant.
    #[must_use]
    pub fn did_you_mean(self, word: &str, span: Span, text: impl Into<String>) -> Self {
        self.hint(format!("did you mean `{word}`?")).fix(format!("write `{word}`"), span, text)
    }

    /// The problem in one line, and below it why it matters and what to do: for programs that show plain text.
    pub fn message(&self) -> String {
        let mut text = self.headline.clone();
        if !self.label.is_empty() {
            text.push_str(": ");
            text.push_str(&self.label);
        }
        let guess = self.guess.then_some(GUESS);
        for line in [self.reason.as_deref(), guess, self.hint.as_deref()].into_iter().flatten() {
            text.push('\n');
            text.push_str(line);
        }
        text
    }

    /// Where it begins in the strategy; nothing where it is in a file of evidence.
    pub fn span(&self) -> Option<Span> {
        match self.place {
            Place::Strategy(span) => Some(span),
            Place::File { .. } => None,
        }
    }

    /// The file it is in, and where it begins and ends there.
    pub fn position<'a>(&'a self, source: &'a Source) -> (&'a str, Option<Position>, Option<Position>) {
        match &self.place {
            Place::Strategy(span) => {
                (source.name(), Some(Position::of(source, span.start)), Some(Position::of(source, span.end)))
            }
            Place::File { path, line } => {
                let at = line.map(|line| Position { line, column: None });
                (path.as_str(), at, at)
            }
        }
    }

    /// The diagnostic as a terminal shows it, `width` columns wide, with or without colour.
    pub fn render(&self, source: &Source, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&self.headline).id(self.code);
        let mut group = match &self.place {
            Place::Strategy(span) => self.at(title, source, *span),
            Place::File { path, line } => {
                let mut origin = Origin::path(path);
                if let Some(line) = line {
                    origin = origin.line(usize::try_from(*line).unwrap_or(usize::MAX));
                }
                title.element(origin)
            }
        };
        if let (Place::File { .. }, false) = (&self.place, self.label.is_empty()) {
            group = group.element(Level::NOTE.message(&self.label));
        }
        if let Some(reason) = &self.reason {
            group = group.element(Level::NOTE.message(reason));
        }
        if self.guess {
            group = group.element(Level::NOTE.message(GUESS));
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint));
        }
        let report: [Group<'_>; 1] = [group];
        let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).term_width(style.width).render(&report)
    }

    /// The headline and the lines around the place. Other places are shown in the same lines where they are near, and
    /// in lines of their own where they are not, so that the cost is that of what is shown.
    fn at<'a>(&'a self, title: Title<'a>, source: &'a Source, span: Span) -> Group<'a> {
        let (near, far): (Vec<&Label>, Vec<&Label>) =
            self.labels.iter().partition(|label| distance(label.span, span) <= FARTHEST);
        let primary = Excerpt::around(source, near.iter().map(|label| label.span).chain([span]));
        let mut group = if let Some(excerpt) = primary {
            let annotation = AnnotationKind::Primary.span(excerpt.place(span)).label(&self.label);
            let contexts = near.iter().map(|label| excerpt.annotation(label));
            title.element(excerpt.snippet(source).annotation(annotation).annotations(contexts))
        } else {
            let (line, column) = source.line_and_column(span.start);
            title
                .element(Origin::path(source.name()).line(line).char_column(column))
                .element(Level::NOTE.message(&self.label))
        };
        for label in far {
            if let Some(excerpt) = Excerpt::around(source, [label.span].into_iter()) {
                group = group.element(excerpt.snippet(source).annotation(excerpt.annotation(label)));
            }
        }
        group
    }

    /// The diagnostic for machines: places as lines and columns, from 1.
    pub fn record<'a>(&'a self, source: &'a Source) -> DiagnosticRecord<'a> {
        let (file, start, end) = self.position(source);
        DiagnosticRecord {
            code: self.code,
            severity: self.severity,
            headline: &self.headline,
            file,
            start,
            end,
            label: &self.label,
            labels: self
                .labels
                .iter()
                .map(|label| LabelRecord {
                    start: Position::of(source, label.span.start),
                    end: Position::of(source, label.span.end),
                    text: &label.text,
                })
                .collect(),
            reason: self.reason.as_deref(),
            hint: self.hint.as_deref(),
            guess: self.guess,
            fix: self.fix.as_ref().map(|fix| FixRecord {
                start: Position::of(source, fix.span.start),
                end: Position::of(source, fix.span.end),
                title: &fix.title,
                text: &fix.text,
            }),
        }
    }
}

impl Position {
    /// The place of a byte offset.
    pub fn of(source: &Source, offset: usize) -> Self {
        let (line, column) = source.line_and_column(offset);
        Self { line: line as u64, column: Some(column as u64) }
    }
}

/// Bytes between two spans.
fn distance(one: Span, other: Span) -> usize {
    one.start.saturating_sub(other.end).max(other.start.saturating_sub(one.end))
}

/// How diagnostics are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With ANSI colours.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Style {
    /// No colours, 100 columns: for files and tests.
    pub const PLAIN: Self = Self { colour: false, width: 100 };
}

/// Puts diagnostics in source order: by place, then code, then headline.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    // Their places in the order are sorted, and each is then moved once: a diagnostic is large.
    let key = |at: &usize| (&diagnostics[*at].place, diagnostics[*at].code, &diagnostics[*at].headline);
    let mut order: Vec<usize> = (0..diagnostics.len()).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut target = vec![0; order.len()];
    for (to, from) in order.into_iter().enumerate() {
        target[from] = to;
    }
    for at in 0..target.len() {
        while target[at] != at {
            let to = target[at];
            diagnostics.swap(at, to);
            target.swap(at, to);
        }
    }
}

/// Lines longer than this are not shown: nobody reads them on a terminal.
const LONGEST_LINE: usize = 4096;

/// Places farther apart than this, in bytes, are shown apart.
const FARTHEST: usize = 16_384;

/// The lines that a diagnostic points at, so that drawing it does not cost the length of the file.
struct Excerpt<'s> {
    text: &'s str,
    start: usize,
    first_line: usize,
}

impl<'s> Excerpt<'s> {
    /// The whole lines from the first place to the last; none where one of them is too long to be shown.
    fn around(source: &'s Source, spans: impl Iterator<Item = Span>) -> Option<Self> {
        let all = spans.reduce(Span::to)?;
        let first_line = source.line_and_column(all.start).0;
        let last_line = source.line_and_column(all.end).0;
        let start = source.line(first_line)?.start;
        let end = source.line(last_line + 1).map_or(source.text().len(), |next| next.start);
        let text = &source.text()[start..end];
        text.lines().all(|line| line.len() <= LONGEST_LINE).then_some(Self { text, start, first_line })
    }

    fn snippet<A: Clone>(&self, source: &'s Source) -> Snippet<'s, A> {
        Snippet::source(self.text).path(source.name()).line_start(self.first_line).fold(true)
    }

    fn annotation<'l>(&self, label: &'l Label) -> Annotation<'l> {
        AnnotationKind::Context.span(self.place(label.span)).label(&label.text)
    }

    /// A span of the source, in the excerpt, on character boundaries.
    fn place(&self, span: Span) -> std::ops::Range<usize> {
        let mut end = span.end.max(span.start).saturating_sub(self.start).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let mut start = span.start.saturating_sub(self.start).min(end);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        start..end
    }
}
