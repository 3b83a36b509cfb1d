//! The pieces that a section is written in, read without expecting it to be finished.

use suasion_model::Span;

/// A piece of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A key, a number, a date, or what somebody began to type.
    Word,
    /// A string, with what stands between its quotes.
    Text(Span),
    /// One of `= . , [ ] { }`.
    Mark(char),
    /// The end of a line.
    Newline,
    /// From a `#` to the end of its line.
    Comment,
}

/// Reads the pieces one by one. A string that is not closed ends with its line.
#[derive(Debug, Clone)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// Whether a string of several lines was found that is not closed. Those behind it are not looked to the end for:
    /// a hundred of them would cost a hundred readings of the section.
    unclosed: bool,
}

impl<'t> Tokens<'t> {
    /// The pieces of a part of a text.
    pub(crate) fn of(text: &'t str, part: Span) -> Self {
        Self { text, at: part.start, end: part.end, unclosed: false }
    }

    /// The first piece that is left, which stays.
    pub(crate) fn peek(&self) -> Option<Token> {
        self.clone().next()
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    /// The span of so many bytes, which are read.
    fn take(&mut self, length: usize) -> Span {
        let start = self.at;
        self.at += length;
        Span { start, end: self.at }
    }

    /// A string that begins with this quote.
    fn string(&mut self, quote: char) -> Token {
        let rest = self.rest();
        let thrice = if quote == '"' { "\"\"\"" } else { "'''" };
        let long = rest.strip_prefix(thrice).filter(|_| !self.unclosed);
        let long = long.map(|inner| closing(inner, thrice, quote));
        self.unclosed |= long == Some(None);
        let (quotes, close) = match long.flatten() {
            Some(close) => (3, Some(3 + close)),
            None => (1, closing(&rest[1..], &thrice[..1], quote).map(|close| 1 + close)),
        };
        let length = match close {
            Some(close) => close + quotes,
            // Only where nothing closes it is the end of the line looked for: that of a long line is far.
            None => rest.lines().next().map_or(0, str::len),
        };
        let whole = self.take(length);
        let end = close.map_or(whole.end, |close| whole.start + close);
        let content = Span { start: whole.start + quotes, end };
        Token { kind: TokenKind::Text(content), span: whole }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\u{feff}']).len();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '"' | '\'' => return Some(self.string(first)),
            '\n' => (TokenKind::Newline, 1),
            '#' => (TokenKind::Comment, rest.find('\n').unwrap_or(rest.len())),
            '=' | '.' | ',' | '[' | ']' | '{' | '}' => (TokenKind::Mark(first), 1),
            _ => {
                let ends = |c: char| c.is_whitespace() || "\"'#=.,[]{}".contains(c);
                // A space that is none of TOML's begins a piece all the same: whatever stands here is read on.
                let behind = first.len_utf8();
                (TokenKind::Word, rest[behind..].find(ends).map_or(rest.len(), |length| behind + length))
            }
        };
        let span = self.take(length);
        Some(Token { kind, span })
    }
}

/// Where a string ends whose opening quotes were read. A single quote on each side holds no line break.
fn closing(inner: &str, quotes: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            '\n' if quotes.len() == 1 => return None,
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote && inner[at..].starts_with(quotes) => return Some(at),
            _ => {}
        }
    }
    None
}
