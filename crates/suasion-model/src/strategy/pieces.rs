//! Mistakes in the TOML itself, kept to the section that they are in.
//!
//! One missing quote or bracket can swallow whatever follows. A text with such a mistake is therefore cut at its
//! section headers, and each piece is read by itself. A text without one is read whole, so that a header within a
//! string of several lines is what it seems.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::rules::syntax;
use crate::source::{Source, Span};

/// A part of the text that is read by itself.
pub(super) struct Piece<'t> {
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// What could be read of it.
    pub(super) table: DeTable<'t>,
    /// Its mistakes, in order, as places in the text.
    pub(super) mistakes: Mistakes,
}

/// Places at which a piece is not TOML.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    /// In order; those that overlap are one.
    places: Vec<Span>,
    /// Whether more was lost than the values that the places touch.
    pub(super) beyond_values: bool,
}

impl Mistakes {
    /// Whether a value was read at or around a mistake, and so may be another than was meant.
    pub(super) fn touch(&self, value: Span) -> bool {
        let first = self.places.partition_point(|place| place.end < value.start);
        self.places.get(first).is_some_and(|place| place.touches(value))
    }

    /// The lines of the text that mistakes stand in.
    pub(super) fn lines<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut behind = 0;
        self.places.iter().filter_map(move |place| {
            // Lines that were given already are not given again, however many mistakes they hold.
            if place.end < behind {
                return None;
            }
            let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1).max(behind);
            let end = text[place.end..].find('\n').map_or(text.len(), |at| place.end + at);
            behind = end + 1;
            Some(text.get(start..end).unwrap_or(""))
        })
    }
}

/// Reads a text, whole or in pieces, and reports its mistakes: one a line, and none that follows from another.
pub(super) fn pieces<'t>(source: &'t Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<Piece<'t>> {
    let text = source.text();
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let table = table.into_inner();
        return vec![Piece { start: 0, end: text.len(), table, mistakes: Mistakes::default() }];
    }
    let places = sorted(errors.iter().map(place));
    let quoted = quotations(text, table.get_ref(), &places);
    let mut starts = vec![0];
    starts.extend(headers(source).filter(|header| !within(&quoted, *header)));
    starts.dedup();
    let ends = starts[1..].iter().copied().chain([text.len()]);
    let cuts: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    cuts.into_iter().map(|(start, end)| piece(source, start, end, diagnostics)).collect()
}

fn piece<'t>(source: &'t Source, start: usize, end: usize, diagnostics: &mut Vec<Diagnostic>) -> Piece<'t> {
    let (table, errors) = DeTable::parse_recoverable(&source.text()[start..end]);
    let table = table.into_inner();
    let mut errors: Vec<(Span, String)> =
        errors.iter().map(|error| (place(error).behind(start), error.message().to_string())).collect();
    errors.sort();
    let mut values = Vec::new();
    collect(&source.text()[start..end], &table, &mut values);
    let mut values: Vec<Span> = values.into_iter().map(|value| value.behind(start)).collect();
    values.sort();
    let mut mistakes =
        Mistakes { places: sorted(errors.iter().map(|(span, _)| *span)), beyond_values: false };
    let mut reported_line = 0;
    let mut reported_value = Span::START;
    for (span, message) in &errors {
        let value = value_at(&values, *span);
        let line = source.line_and_column(span.start).0;
        let one_line = value.is_some_and(|value| !source.text()[value.start..value.end].contains('\n'));
        mistakes.beyond_values |= !one_line;
        if line == reported_line || (reported_value.end > 0 && reported_value.holds(span.start)) {
            continue;
        }
        reported_line = line;
        reported_value = value.unwrap_or(Span::START);
        diagnostics.push(syntax::syntax(message, *span));
    }
    if !mistakes.places.is_empty() && table.is_empty() {
        mistakes.beyond_values = true;
    }
    Piece { start, end, table, mistakes }
}

fn place(error: &toml::de::Error) -> Span {
    error.span().map_or(Span::START, Span::from)
}

/// Spans in order, those that touch made one.
fn sorted(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

fn within(spans: &[Span], offset: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= offset);
    spans.get(next).is_some_and(|span| span.start < offset)
}

/// The value that a place touches.
fn value_at(values: &[Span], place: Span) -> Option<Span> {
    let behind = values.partition_point(|value| value.start <= place.end);
    values[..behind].last().filter(|value| value.touches(place)).copied()
}

/// The places of all values that the keys of sections hold, in no order.
fn collect(text: &str, table: &DeTable<'_>, values: &mut Vec<Span>) {
    for value in table.values() {
        let sections: Vec<&DeTable<'_>> = match value.get_ref() {
            DeValue::Table(inner) if !in_braces(text, value) => vec![inner],
            DeValue::Array(items) => items
                .iter()
                .filter(|item| !in_braces(text, item))
                .filter_map(|item| match item.get_ref() {
                    DeValue::Table(inner) => Some(inner),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        if sections.is_empty() {
            values.push(Span::from(value.span()));
        }
        for section in sections {
            collect(text, section, values);
        }
    }
}

/// Whether a table is a value in braces, and not a section: a section's place is its header.
fn in_braces(text: &str, table: &toml::Spanned<DeValue<'_>>) -> bool {
    text.as_bytes().get(table.span().start) == Some(&b'{')
}

/// Strings of several lines that are whole: what looks like a header in them is none.
fn quotations(text: &str, table: &DeTable<'_>, mistakes: &[Span]) -> Vec<Span> {
    let mut values = Vec::new();
    collect(text, table, &mut values);
    values.sort();
    values.retain(|value| {
        let first = mistakes.partition_point(|mistake| mistake.end < value.start);
        mistakes.get(first).is_none_or(|mistake| !mistake.touches(*value))
    });
    values
}

/// Where lines begin that look like the header of a section: a bracket or two, and a bare name without a dot.
fn headers(source: &Source) -> impl Iterator<Item = usize> {
    (1..=source.lines()).filter_map(|line| source.line(line)).filter_map(|line| {
        let text = &source.text()[line.start..line.end];
        let name = text.trim_start().strip_prefix('[')?;
        let name = name.strip_prefix('[').unwrap_or(name).trim_start();
        let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let rest = name.trim_start_matches(bare).trim_start();
        (name.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.starts_with(['.', ',']))
            .then_some(line.start)
    })
}
