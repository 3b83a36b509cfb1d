//! What is wrong with an input: the one type for it, and how it reads on a terminal.
//!
//! A diagnostic has a stable kebab-case `code`, a headline that reads alone on one line, a place, a reason (why this
//! matters) and a hint (what to do). Strategy files, tables and settings all report through this type.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::source::{Source, Span};

/// One problem with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// Whether work can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing is run until it is mended.
    Error,
    /// Work goes on, and the reader is told.
    Warning,
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
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Position {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
}

#[derive(Debug, Clone, Serialize)]
struct LabelRecord<'a> {
    start: Position,
    end: Position,
    text: &'a str,
}

impl Diagnostic {
    /// An error at a place in the strategy.
    pub fn error(code: &'static str, headline: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            severity: Severity::Error,
            headline: headline.into(),
            place: Place::Strategy(span),
            label: String::new(),
            labels: Vec::new(),
            reason: None,
            hint: None,
        }
    }

    /// A warning at a place in the strategy.
    pub fn warning(code: &'static str, headline: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, headline, span) }
    }

    /// An error in a file of evidence.
    pub fn in_file(
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

    /// The diagnostic as a terminal shows it, `width` columns wide, with or without colour.
    pub fn render(&self, source: &Source, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&self.headline).id(self.code);
        let mut group = match &self.place {
            Place::Strategy(span) => {
                if let Some(excerpt) = Excerpt::around(source, *span, &self.labels) {
                    let mut snippet = Snippet::source(excerpt.text)
                        .path(&source.name)
                        .line_start(excerpt.first_line)
                        .fold(true)
                        .annotation(AnnotationKind::Primary.span(excerpt.place(*span)).label(&self.label));
                    for label in &self.labels {
                        let place = excerpt.place(label.span);
                        snippet = snippet.annotation(AnnotationKind::Context.span(place).label(&label.text));
                    }
                    title.element(snippet)
                } else {
                    let (line, column) = source.line_and_column(span.start);
                    title
                        .element(Origin::path(&source.name).line(line).char_column(column))
                        .element(Level::NOTE.message(&self.label))
                }
            }
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
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint));
        }
        let report: [Group<'_>; 1] = [group];
        let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).term_width(style.width).render(&report)
    }

    /// The diagnostic for machines: places as lines and columns, from 1.
    pub fn record<'a>(&'a self, source: &'a Source) -> DiagnosticRecord<'a> {
        let position = |offset| {
            let (line, column) = source.line_and_column(offset);
            Position { line: line as u64, column: Some(column as u64) }
        };
        let (file, start, end) = match &self.place {
            Place::Strategy(span) => {
                (source.name.as_str(), Some(position(span.start)), Some(position(span.end)))
            }
            Place::File { path, line } => {
                let at = line.map(|line| Position { line, column: None });
                (path.as_str(), at, at)
            }
        };
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
                    start: position(label.span.start),
                    end: position(label.span.end),
                    text: &label.text,
                })
                .collect(),
            reason: self.reason.as_deref(),
            hint: self.hint.as_deref(),
        }
    }
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
    diagnostics.sort_by(|a, b| (&a.place, a.code, &a.headline).cmp(&(&b.place, b.code, &b.headline)));
}

/// Lines longer than this are not shown: nobody reads them on a terminal.
const LONGEST_LINE: usize = 4096;

/// The lines that a diagnostic points at, so that drawing it does not cost the length of the file.
struct Excerpt<'s> {
    text: &'s str,
    start: usize,
    first_line: usize,
}

impl<'s> Excerpt<'s> {
    /// The whole lines from the first place to the last; none where one of them is too long to be shown.
    fn around(source: &'s Source, span: Span, labels: &[Label]) -> Option<Self> {
        let spans =
            || labels.iter().map(|label| label.span).chain([span]).map(|span| clamp(span, &source.text));
        let first = spans().map(|span| span.start).min().unwrap_or(0);
        let last = spans().map(|span| span.end).max().unwrap_or(0);
        let start = source.text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = source.text[last..].find('\n').map_or(source.text.len(), |at| last + at + 1);
        let text = &source.text[start..end];
        let first_line = source.line_and_column(start).0;
        text.lines().all(|line| line.len() <= LONGEST_LINE).then_some(Self { text, start, first_line })
    }

    /// A span of the source, in the excerpt.
    fn place(&self, span: Span) -> std::ops::Range<usize> {
        let span = clamp(
            Span { start: span.start - self.start, end: span.end.max(span.start) - self.start },
            self.text,
        );
        span.start..span.end
    }
}

/// A span that lies within the text, on character boundaries.
fn clamp(span: Span, text: &str) -> std::ops::Range<usize> {
    let mut end = span.end.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let mut start = span.start.min(end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    start..end
}
