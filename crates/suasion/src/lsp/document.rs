//! An open document: its text as the client has it, and what was read from it.

use std::cell::OnceCell;

use gen_lsp_types::{Position, Range, TextDocumentContentChangeEvent, Uri};
use suasion_model::diagnostic::Diagnostic;
use suasion_model::{Source, Span, Strategy};

use super::position::{Encoding, Lines};

/// A strategy that is open in an editor.
#[derive(Debug)]
pub(crate) struct Document {
    /// What the client calls it.
    pub(crate) uri: Uri,
    /// How often it was changed, as the client counts.
    pub(crate) version: i32,
    encoding: Encoding,
    source: Source,
    lines: Lines,
    /// What the text says; read when it is first asked for, so that of changes in quick succession only the last costs
    /// anything.
    read: OnceCell<Read>,
}

/// What a text says.
#[derive(Debug)]
struct Read {
    strategy: Strategy,
    problems: Vec<Diagnostic>,
}

impl Document {
    /// A document as a client opens it.
    pub(crate) fn new(uri: Uri, version: i32, text: String, encoding: Encoding) -> Self {
        let lines = Lines::new(&text, encoding);
        let source = Source::new(uri.0.as_str(), text);
        Self { uri, version, encoding, source, lines, read: OnceCell::new() }
    }

    /// Makes changes, each of which speaks of the text that the one before it left.
    pub(crate) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let mut text = self.text().to_string();
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    text = whole.text;
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let Span { start, end } = Lines::new(&text, self.encoding).span(&text, part.range);
                    text.replace_range(start..end, &part.text);
                }
            }
        }
        *self = Self::new(self.uri.clone(), version, text, self.encoding);
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        self.source.text()
    }

    /// The strategy, as far as it could be read.
    pub(crate) fn strategy(&self) -> &Strategy {
        &self.read().strategy
    }

    /// Everything that is wrong with it.
    pub(crate) fn problems(&self) -> &[Diagnostic] {
        &self.read().problems
    }

    /// Where a span is, as the client counts.
    pub(crate) fn range(&self, span: Span) -> Range {
        self.lines.range(self.text(), span)
    }

    /// Where a position of the client's is in the text.
    pub(crate) fn offset(&self, position: Position) -> usize {
        self.lines.offset(self.text(), position)
    }

    /// What a range of the client's is in the text.
    pub(crate) fn span(&self, range: Range) -> Span {
        self.lines.span(self.text(), range)
    }

    /// The evidence is not looked at: an answer to somebody who types is due before a store would be open.
    fn read(&self) -> &Read {
        self.read.get_or_init(|| {
            let (strategy, report) = suasion_model::check(&self.source, None);
            Read { strategy, problems: report.diagnostics }
        })
    }
}
