//! A text that is not TOML, cut into statements: a header, or a key with its value, each by itself.
//!
//! A missing quote or bracket must not swallow what follows. Hence a statement ends with its line, unless a list, a
//! table in braces or a string of several lines is open at the end of the line and is closed later, before anything
//! that no list or table could hold. What is never closed ends where the next statement begins.
//!
//! Cost: what is looked at ahead of an open bracket is looked at no more than [`DEEPEST`] times, and what lies behind a
//! string that is never closed, once; so the whole is linear in the text.

use super::schema::{Section, section};
use crate::source::{BYTE_ORDER_MARK, Span};

/// A header, or a key with its value, or what is neither.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    /// From its first character to its last.
    pub(super) span: Span,
    /// Whether it is a header, or what is left of one.
    pub(super) is_header: bool,
}

/// TOML's reader follows no brackets that are deeper.
const DEEPEST: usize = 80;

const BLANK: [char; 2] = [' ', '\t'];

/// Cuts a text into statements. Blank lines and comments belong to none.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut cutter = Cutter { text, unclosed: [0, 0] };
    let mut statements = Vec::new();
    // A byte order mark is no part of the first.
    let mut at = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    while at < text.len() {
        let line = cutter.line(at);
        let is_header = is_header(line);
        let end = if is_header { at + line.len() } else { cutter.end(at) };
        let written = without_break(&text[at..end]).trim_end_matches(BLANK);
        let span =
            Span { start: written.len() - written.trim_start_matches(BLANK).len(), end: written.len() };
        if !is_comment(&written[span.start..]) {
            statements.push(Statement { span: span.behind(at), is_header });
        }
        at = end;
    }
    statements
}

/// The section that a header names, or what is left of one.
pub(super) fn named(header: &str) -> Option<&'static Section> {
    let name = header.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    section(name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).next()?)
}

/// A line without its break: `\n`, or `\r\n`.
fn without_break(line: &str) -> &str {
    line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line))
}

/// A blank line, or one with nothing but a comment, and no character that a comment may not hold.
fn is_comment(written: &str) -> bool {
    let plain = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
    written.is_empty() || written.starts_with('#') && written.bytes().all(plain)
}

/// A line in brackets; or the name of a section with what is left of its brackets.
fn is_header(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
    let Some(inner) = line.strip_prefix('[') else {
        let name = line.trim_matches(|c: char| c.is_ascii_punctuation() && c != '#');
        return name.len() < line.len() && section(name).is_some();
    };
    inner.contains(']')
        || inner.trim_start_matches(['[', ' ', '\t']).starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a line can only be the beginning of a statement, even where something is still open.
fn begins(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if let Some(inner) = line.strip_prefix('[') {
        let name = inner.strip_prefix('[').unwrap_or(inner).trim_start();
        let rest = name.trim_start_matches(bare).trim_start();
        return name.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.starts_with(['.', ',']);
    }
    is_key(line)
}

/// Whether a text begins with a bare key and its equals sign.
fn is_key(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || ['_', '-', '.'].contains(&c));
    rest.len() < text.len() && rest.trim_start_matches([' ', '\t']).starts_with('=')
}

struct Cutter<'t> {
    text: &'t str,
    /// For strings in `"""` and in `'''`: one that begins before this offset is never closed.
    unclosed: [usize; 2],
}

impl<'t> Cutter<'t> {
    /// The line that begins at an offset, with its line break.
    fn line(&self, at: usize) -> &'t str {
        let rest = &self.text[at..];
        rest.find('\n').map_or(rest, |end| &rest[..=end])
    }

    /// Where the statement ends that begins at an offset.
    fn end(&mut self, start: usize) -> usize {
        let mut open = Open::default();
        let mut at = start;
        while at < self.text.len() {
            let line = self.line(at);
            if at > start && open.quote.is_none() && begins(line) && !open.expects_key() {
                break;
            }
            if !self.follow(&mut open, at, line, at > start) {
                break;
            }
            at += line.len();
            if open.is_closed() {
                return at;
            }
        }
        if let Some(quote) = open.quote {
            self.unclosed[quote.index()] = at.max(self.unclosed[quote.index()]);
        }
        self.next_beginning(start + self.line(start).len())
    }

    /// Behind the last line that says something before the next statement begins.
    fn next_beginning(&self, from: usize) -> usize {
        let (mut at, mut end) = (from, from);
        while at < self.text.len() {
            let line = self.line(at);
            if begins(line) {
                break;
            }
            at += line.len();
            if !is_comment(without_break(line).trim_matches(BLANK)) {
                end = at;
            }
        }
        end
    }

    /// Follows a line; whether what is open can still be closed.
    fn follow(&self, open: &mut Open, start: usize, line: &str, continues: bool) -> bool {
        let bytes = line.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if let Some(quote) = open.quote {
                let Some(end) = quote.end(bytes, at) else { return true };
                // `"""` behind a key and its equals sign opens a string: the one before it was never closed.
                let before = line[..end].trim_start_matches([' ', '\t']);
                if continues && is_key(before) && before.trim_end().ends_with('=') {
                    return false;
                }
                open.quote = None;
                open.last = quote.byte();
                at = end + 3;
                // Up to two quotes may stand directly before the closing ones.
                at += bytes[at..].iter().take(2).take_while(|byte| **byte == quote.byte()).count();
                continue;
            }
            match bytes[at] {
                b'#' => return true,
                byte @ (b'"' | b'\'') => {
                    let quote = if byte == b'"' { Quote::Basic } else { Quote::Literal };
                    if bytes[at..].starts_with(&[byte; 3]) {
                        open.quote = Some(quote);
                        at += 3;
                        if start + at < self.unclosed[quote.index()] {
                            return false;
                        }
                        continue;
                    }
                    open.last = byte;
                    at = quote.end_in_line(bytes, at + 1);
                }
                byte @ (b'[' | b'{') => {
                    open.brackets.push(byte);
                    open.last = byte;
                    if open.brackets.len() > DEEPEST {
                        return false;
                    }
                }
                byte @ (b']' | b'}') => {
                    open.brackets.pop();
                    open.last = byte;
                }
                byte if byte.is_ascii_whitespace() => {}
                byte => open.last = byte,
            }
            at += 1;
        }
        true
    }
}

/// What is open at a place in a statement.
#[derive(Debug, Default)]
struct Open {
    brackets: Vec<u8>,
    /// A string of several lines.
    quote: Option<Quote>,
    /// The last byte that says something.
    last: u8,
}

impl Open {
    fn is_closed(&self) -> bool {
        self.brackets.is_empty() && self.quote.is_none()
    }

    /// Whether a table in braces goes on with a key.
    fn expects_key(&self) -> bool {
        self.brackets.last() == Some(&b'{') && matches!(self.last, b'{' | b',')
    }
}

/// A kind of string.
#[derive(Debug, Clone, Copy)]
enum Quote {
    Basic,
    Literal,
}

impl Quote {
    fn byte(self) -> u8 {
        match self {
            Self::Basic => b'"',
            Self::Literal => b'\'',
        }
    }

    fn index(self) -> usize {
        self as usize
    }

    /// Where three quotes stand that close a string of several lines.
    fn end(self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if matches!(self, Self::Basic) => at += 2,
                byte if byte == self.byte() && bytes[at..].starts_with(&[byte; 3]) => return Some(at),
                _ => at += 1,
            }
        }
        None
    }

    /// Where a string of one line ends: at its quote, or with the line.
    fn end_in_line(self, bytes: &[u8], mut at: usize) -> usize {
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if matches!(self, Self::Basic) => at += 2,
                byte if byte == self.byte() => return at,
                _ => at += 1,
            }
        }
        bytes.len()
    }
}
