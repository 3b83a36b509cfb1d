//! Mistakes in the TOML itself, each kept to the statement that it is in.
//!
//! A text with a mistake is cut into statements, and each is read by itself. Those that cannot be read are reported, a
//! diagnostic each, and blanked; what is left is TOML in which everything else stands where it stood. A header that
//! cannot be read takes its section with it: whose keys they are nobody can tell.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::illegible::{ANY, Illegible, leading_key};
use super::statements::{Statement, named, statements};
use crate::diagnostic::Diagnostic;
use crate::rules::{electoral_objective, syntax};
use crate::source::{Source, Span};

/// A text without its mistakes.
pub(super) struct Mended {
    /// The text, blank where it could not be read.
    pub(super) text: String,
    /// Headers of sections that are blank, with the names of those that the language has.
    pub(super) headers: Vec<(Option<&'static str>, Span)>,
}

/// How often a text is read again. What is there twice is found once the rest can be read, and nothing is found after
/// that; this is for what nobody has thought of.
const MOST_READINGS: usize = 4;

/// A text with more mistakes than this is no strategy, and the rest of it is not looked at.
const MOST_MISTAKES: usize = 10_000;

/// Reports what is not TOML, and blanks it.
pub(super) fn mend(source: &Source, illegible: &mut Illegible, diagnostics: &mut Vec<Diagnostic>) -> Mended {
    let statements = statements(source.text());
    let lost = vec![false; statements.len()];
    let sections = sections(&statements);
    let headers = Vec::new();
    let mut mender =
        Mender { text: source.text(), statements, sections, lost, headers, illegible, diagnostics };
    let mut mistakes = 0;
    for at in 0..mender.statements.len() {
        let span = mender.statements[at].span;
        if let Some((place, message)) = first_error(&mender.text[span.start..span.end]) {
            mistakes += 1;
            if mistakes > MOST_MISTAKES {
                mender.diagnostics.push(syntax::too_many(MOST_MISTAKES, place.behind(span.start)));
                mender.illegible.lose_header(ANY);
                return Mended { text: String::new(), headers: mender.headers };
            }
            let diagnostic = mistake(mender.written(at), span, &message, place);
            mender.diagnostics.push(diagnostic);
            mender.lose(at);
        }
    }
    for _ in 0..MOST_READINGS {
        let text = mender.blanked();
        let errors = errors(&text);
        if errors.is_empty() {
            return Mended { text, headers: mender.headers };
        }
        mender.again(&errors);
    }
    // What is still no TOML is not read at all.
    let first = errors(&mender.blanked()).into_iter().next();
    mender.diagnostics.extend(first.map(|(place, message)| syntax::syntax(&message, place)));
    mender.illegible.lose_header(ANY);
    Mended { text: String::new(), headers: mender.headers }
}

/// For each statement, the header of its section; nothing before the first.
fn sections(statements: &[Statement]) -> Vec<Option<usize>> {
    let mut header = None;
    let section = |(at, statement): (usize, &Statement)| {
        header = if statement.is_header { Some(at) } else { header };
        header
    };
    statements.iter().enumerate().map(section).collect()
}

/// What is wrong with a text, in order.
fn errors(text: &str) -> Vec<(Span, String)> {
    let errors = DeTable::parse_recoverable(text).1;
    let mut errors: Vec<(Span, String)> =
        errors.iter().map(|error| (place(error), error.message().to_string())).collect();
    errors.sort();
    errors
}

/// The first thing that is wrong with a statement.
fn first_error(statement: &str) -> Option<(Span, String)> {
    let errors = DeTable::parse_recoverable(statement).1;
    let first = errors.iter().min_by_key(|error| (place(error), error.message()))?;
    Some((place(first), first.message().to_string()))
}

/// What is said of a statement that is not TOML.
fn mistake(written: &str, span: Span, message: &str, place: Span) -> Diagnostic {
    let number = |at: &usize| parted_number(&written[*at..]).map(|number| (*at, number));
    if let Some((at, number)) = values(written).iter().find_map(number) {
        let place = Span { start: at, end: at + number.len() };
        return syntax::written_number(number, place.behind(span.start));
    }
    let diagnostic = syntax::syntax(message, place.behind(span.start));
    match values(written).into_iter().find_map(|at| syntax::hint(&written[at..])) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

/// Where the values of a statement begin: behind each equals sign that stands in no string and no comment.
fn values(statement: &str) -> Vec<usize> {
    let mut values = Vec::new();
    let mut quote = None;
    for (at, c) in statement.char_indices() {
        match (quote, c) {
            (None, '#') => break,
            (None, '=') => values.push(statement.len() - statement[at + 1..].trim_start().len()),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    values
}

/// The number that a value begins with, where its digits are parted as people part them and TOML does not.
fn parted_number(value: &str) -> Option<&str> {
    let parts = |c: char| matches!(c, ',' | '.' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let is_digit = |c: char| c.is_ascii_digit();
    let mut groups = 0;
    let mut rest = value;
    loop {
        let behind = rest.trim_start_matches(is_digit);
        if behind.len() == rest.len() {
            return None;
        }
        groups += 1;
        rest = behind;
        match rest.strip_prefix(parts).filter(|next| next.starts_with(is_digit)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let number = &value[..value.len() - rest.len()];
    let is_toml = groups < 2 || groups == 2 && number.contains('.');
    (!is_toml && !rest.starts_with(['-', ':', '_'])).then_some(number)
}

fn place(error: &toml::de::Error) -> Span {
    error.span().map_or(Span::START, Span::from)
}

struct Mender<'m> {
    text: &'m str,
    statements: Vec<Statement>,
    /// The header of each statement's section.
    sections: Vec<Option<usize>>,
    /// Which statements are blanked.
    lost: Vec<bool>,
    /// Headers of sections that are blanked.
    headers: Vec<(Option<&'static str>, Span)>,
    illegible: &'m mut Illegible,
    diagnostics: &'m mut Vec<Diagnostic>,
}

impl Mender<'_> {
    fn written(&self, at: usize) -> &str {
        let span = self.statements[at].span;
        &self.text[span.start..span.end]
    }

    /// The section that a header is of, where the language has it.
    fn name(&self, at: usize) -> Option<&'static str> {
        named(self.written(at)).map(|section| section.name)
    }

    /// Reports what can be read by itself, and not behind the rest: a key or a section that is there already.
    fn again(&mut self, errors: &[(Span, String)]) {
        let first = self.single_headers();
        let mut reported: BTreeSet<(Option<usize>, &str)> = BTreeSet::new();
        for (place, message) in errors {
            let behind = self.statements.partition_point(|statement| statement.span.start <= place.start);
            let Some(at) = behind.checked_sub(1).filter(|at| !self.lost[*at]) else { continue };
            let Statement { span, is_header } = self.statements[at];
            let key = leading_key(self.written(at)).filter(|_| !is_header).map(|(key, _)| key);
            // However often a key is there again, one of them is meant, and one message says so.
            if key.is_none_or(|key| reported.insert((self.sections[at], key))) {
                let name = self.name(at).filter(|_| is_header);
                let first = name.and_then(|name| Some((name, *first.get(name)?)));
                self.diagnostics.push(match first.filter(|(_, first)| *first < span) {
                    Some((name, first)) => syntax::twice(name, span, first),
                    None => syntax::syntax(message, *place),
                });
            }
            self.lose(at);
        }
    }

    /// The first header of each section that may stand once.
    fn single_headers(&self) -> BTreeMap<&'static str, Span> {
        let mut first = BTreeMap::new();
        for (at, statement) in self.statements.iter().enumerate() {
            let name =
                named(self.written(at)).filter(|section| !section.repeated).map(|section| section.name);
            if let (true, false, Some(name)) = (statement.is_header, self.lost[at], name) {
                first.entry(name).or_insert(statement.span);
            }
        }
        first
    }

    /// Looks at a statement that is not read for what nothing may hold.
    fn guard(&mut self, at: usize) {
        let written = self.written(at);
        if !written.starts_with('#') {
            let key = leading_key(written).map_or("", |(key, _)| key);
            self.diagnostics.extend(electoral_objective::unread(key, written, self.statements[at].span));
        }
    }

    /// Remembers what a statement said, and blanks it; a header with its section.
    fn lose(&mut self, at: usize) {
        let Statement { span, is_header } = self.statements[at];
        self.lost[at] = true;
        self.guard(at);
        if is_header {
            let behind = at + 1;
            let length =
                self.statements[behind..].iter().take_while(|statement| !statement.is_header).count();
            for behind in behind..behind + length {
                // What was lost before has been looked at.
                if !std::mem::replace(&mut self.lost[behind], true) {
                    self.guard(behind);
                }
            }
            let name = self.name(at);
            self.headers.push((name, span));
            let end = self.statements[behind + length - 1].span.end;
            self.illegible.lose_lines(name.unwrap_or(ANY), &self.text[span.end..end]);
            self.illegible.lose_header(name.unwrap_or(ANY));
            return;
        }
        let written = &self.text[span.start..span.end];
        // A comment says nothing that could be missed.
        if written.starts_with('#') {
            return;
        }
        let section = self.sections[at].and_then(|header| self.name(header)).unwrap_or(ANY);
        self.illegible.lose_lines(section, written);
        let Some(header) = self.sections[at].map(|header| self.statements[header].span) else { return };
        match leading_key(written) {
            Some((key, _)) => self.illegible.lose_key(header, key),
            None => self.illegible.lose_section(header),
        }
    }

    /// The text, blank where it is lost. Line breaks stay, and every place.
    fn blanked(&self) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (statement, _) in self.statements.iter().zip(&self.lost).filter(|(_, lost)| **lost) {
            text.push_str(&self.text[at..statement.span.start]);
            let bytes = self.text[statement.span.start..statement.span.end].bytes();
            text.extend(bytes.map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            at = statement.span.end;
        }
        text.push_str(&self.text[at..]);
        text
    }
}
