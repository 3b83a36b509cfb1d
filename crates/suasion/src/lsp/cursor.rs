//! What stands at a place of a strategy's text, told from the text itself.
//!
//! Completion is asked for where the text is not finished, and so seldom is TOML. What is read here is therefore the
//! section around the place and nothing else: its header is the nearest line above that looks like one, a string that is
//! not closed ends with its line, and a list or table that is not closed ends where a line begins with a key of the
//! section. Linear in the section's length.

use suasion_model::Span;
use suasion_model::strategy::schema::{self, Key, Kind, Section};

use super::tokens::{Token, TokenKind, Tokens};

/// What stands at a place.
#[derive(Debug, Clone)]
pub(crate) enum Spot<'t> {
    /// The name in a header, between its brackets.
    Header(Header<'t>),
    /// A key, or room for one.
    Key(KeySpot<'t>),
    /// The value of a key, or room for one.
    Value(ValueSpot),
    /// Nothing of the language, and no room for it: a comment, what is behind a value, what is before the first header.
    Nothing,
}

/// The name in a header.
#[derive(Debug, Clone)]
pub(crate) struct Header<'t> {
    /// The whole name, with its dots; empty where none is written yet.
    pub(crate) name: &'t str,
    /// Where it stands.
    pub(crate) span: Span,
    /// The name with its brackets, as far as they are there.
    pub(crate) whole: Span,
}

/// A key, or room for one.
#[derive(Debug, Clone)]
pub(crate) struct KeySpot<'t> {
    /// The keys that may stand here.
    pub(crate) keys: &'static [Key],
    /// What is written; empty where nothing is.
    pub(crate) name: &'t str,
    /// Where it stands.
    pub(crate) span: Span,
    /// Whether an equals sign follows.
    pub(crate) has_value: bool,
    /// The keys that are written beside it.
    pub(crate) written: Vec<&'t str>,
}

/// The value of a key, or room for one.
#[derive(Debug, Clone)]
pub(crate) struct ValueSpot {
    /// The key.
    pub(crate) key: &'static Key,
    /// What stands at the place: a string with its quotes, or a word; empty where nothing does.
    pub(crate) span: Span,
    /// What a string holds, between its quotes.
    pub(crate) content: Option<Span>,
    /// Whether it is one of a list.
    pub(crate) listed: bool,
}

/// Deeper than this nothing of the language lies.
const DEEPEST: usize = 8;

/// What stands at an offset.
pub(crate) fn at(text: &str, offset: usize) -> Spot<'_> {
    let line = line_start(text, offset);
    if let Some(header) = header(text, line) {
        return if header.span.holds(offset) { Spot::Header(header) } else { Spot::Nothing };
    }
    let Some((keys, start)) = section_above(text, line) else { return Spot::Nothing };
    let part = Span { start, end: section_end(text, line) };
    let mut reader =
        Reader { text, offset, stack: vec![Frame::new(Shape::Section, keys, None)], settled: None };
    reader.read(Tokens::of(text, part), part.end);
    reader.settled.unwrap_or(Spot::Nothing)
}

/// The section that a header opens, and the keys of that section or of the record within it.
pub(crate) fn opened(name: &str) -> Option<(&'static Section, &'static [Key])> {
    let mut parts = name.split('.').map(str::trim);
    let section = schema::section(parts.next()?)?;
    let keys = parts.try_fold(section.keys, |keys, part| record(find(keys, part)?))?;
    Some((section, keys))
}

/// The keys of the record or records that a key holds.
pub(crate) fn record(key: &Key) -> Option<&'static [Key]> {
    match key.kind {
        Kind::Record(keys) | Kind::Records(keys) => Some(keys),
        _ => None,
    }
}

/// The key of a name.
pub(crate) fn find(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.name == name)
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// The keys of the nearest header above a line, and where what it opens begins.
fn section_above(text: &str, mut line: usize) -> Option<(&'static [Key], usize)> {
    while line > 0 {
        let below = line;
        line = line_start(text, line - 1);
        if let Some(header) = header(text, line) {
            return Some((opened(header.name).map_or(&[], |(_, keys)| keys), below));
        }
    }
    None
}

/// Where the next header below a line begins, or the text ends.
fn section_end(text: &str, line: usize) -> usize {
    let breaks = text[line..].match_indices('\n').map(|(at, _)| line + at + 1);
    breaks.into_iter().find(|line| header(text, *line).is_some()).unwrap_or(text.len())
}

/// The header that a line is, or begins to be: one bracket or two, and behind them a bare name or nothing.
fn header(text: &str, line: usize) -> Option<Header<'_>> {
    let indented = text[line..].trim_start_matches([' ', '\t', '\u{feff}']);
    let opening = text.len() - indented.len();
    let brackets = if indented.starts_with("[[") { 2 } else { 1 };
    let inner = indented.strip_prefix('[')?;
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    let inner = &inner[..inner.find('\n').unwrap_or(inner.len())];
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '\t');
    let padded = &inner[..inner.find(|c| !named(c)).unwrap_or(inner.len())];
    let behind = inner[padded.len()..].trim_end();
    if !behind.is_empty() && !behind.starts_with([']', '#']) {
        return None;
    }
    let name = padded.trim();
    let start = opening + brackets + (padded.len() - padded.trim_start().len());
    let span = Span { start, end: start + name.len() };
    let closing = behind.bytes().take(2).take_while(|byte| *byte == b']').count();
    let end = if closing == 0 { span.end } else { opening + brackets + padded.len() + closing };
    Some(Header { name, span, whole: Span { start: opening, end } })
}

/// Reads a section to its end, and keeps what stands at the offset.
struct Reader<'t> {
    text: &'t str,
    offset: usize,
    /// The section, and the lists and tables that are open in it.
    stack: Vec<Frame<'t>>,
    /// What stands at the offset, once that is known.
    settled: Option<Spot<'t>>,
}

/// A section, list or table that is being read.
struct Frame<'t> {
    shape: Shape,
    /// The keys that a section or table may have.
    keys: &'static [Key],
    /// The key whose value is being read, or is this list.
    key: Option<&'static Key>,
    stage: Stage,
    /// The parts of a dotted key that were read, each with its dot.
    path: Vec<&'t str>,
    /// The keys that were read.
    written: Vec<&'t str>,
    /// Whether the offset is at a key of this table.
    asked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Section,
    Braces,
    List,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Key,
    /// An equals sign, or a dot and more of the key.
    Equals,
    Value,
    /// What separates one pair or item from the next.
    Separator,
}

impl Frame<'_> {
    fn new(shape: Shape, keys: &'static [Key], key: Option<&'static Key>) -> Self {
        let stage = if shape == Shape::List { Stage::Value } else { Stage::Key };
        Self { shape, keys, key, stage, path: Vec::new(), written: Vec::new(), asked: false }
    }

    /// The keys that may stand behind the dots that were read.
    fn keys_here(&self) -> &'static [Key] {
        let inner = self.path.iter().try_fold(self.keys, |keys, part| record(find(keys, part)?));
        inner.unwrap_or(&[])
    }
}

impl<'t> Reader<'t> {
    fn read(&mut self, mut tokens: Tokens<'t>, end: usize) {
        let mut line_begins = true;
        while let Some(token) = tokens.next() {
            if line_begins {
                self.recover(token, &tokens);
            }
            if self.settled.is_none() {
                self.settle(token, &tokens, line_begins);
            }
            line_begins = token.kind == TokenKind::Newline;
            if token.kind != TokenKind::Comment {
                self.take(token);
            }
        }
        if self.settled.is_none() {
            let span = Span { start: end, end };
            self.settle(Token { kind: TokenKind::Newline, span }, &tokens, line_begins);
        }
        while !self.stack.is_empty() {
            self.close();
        }
    }

    fn word(&self, span: Span) -> &'t str {
        &self.text[span.start..span.end]
    }

    /// What a key is called: a word, or what a string holds.
    fn name(&self, token: Token) -> Option<&'t str> {
        match token.kind {
            TokenKind::Word => Some(self.word(token.span)),
            TokenKind::Text(content) => Some(self.word(content)),
            _ => None,
        }
    }

    /// Closes what was left open where a line begins with a key that belongs further out.
    fn recover(&mut self, token: Token, behind: &Tokens<'t>) {
        let Some(top) = self.stack.last().filter(|top| top.shape != Shape::Section) else { return };
        let Some(name) = self.name(token) else { return };
        let has_value = behind.peek().is_some_and(|next| matches!(next.kind, TokenKind::Mark('=' | '.')));
        let belongs = top.shape == Shape::Braces && find(top.keys, name).is_some();
        let belongs_outside = self.stack.first().is_some_and(|section| find(section.keys, name).is_some());
        if has_value && !belongs && (belongs_outside || top.shape == Shape::List) {
            while self.stack.len() > 1 {
                self.close();
            }
            if let Some(section) = self.stack.first_mut() {
                section.stage = Stage::Key;
            }
        }
    }

    /// Finds out what stands at the offset, if that is before this token or in it.
    fn settle(&mut self, token: Token, behind: &Tokens<'t>, line_begins: bool) {
        let Token { kind, span } = token;
        let here = match kind {
            TokenKind::Word | TokenKind::Text(_) => span.holds(self.offset),
            TokenKind::Comment => span.start < self.offset && self.offset <= span.end,
            TokenKind::Mark(_) | TokenKind::Newline => false,
        };
        if !here && self.offset > span.start {
            return;
        }
        let (start, content) = match kind {
            TokenKind::Comment if here => {
                self.settled = Some(Spot::Nothing);
                return;
            }
            TokenKind::Text(content) if here => (span, Some(content)),
            _ if here => (span, None),
            _ => (Span { start: self.offset, end: self.offset }, None),
        };
        let Some(top) = self.stack.last_mut() else { return };
        let spot = match (top.shape, top.stage) {
            (Shape::Section, Stage::Key) if !line_begins && top.path.is_empty() => Spot::Nothing,
            (Shape::Section | Shape::Braces, Stage::Key) => {
                top.asked = top.path.is_empty();
                let keys = top.keys_here();
                let has_value =
                    here && behind.peek().is_some_and(|next| matches!(next.kind, TokenKind::Mark('=' | '.')));
                let name = if here { self.name(token) } else { None }.unwrap_or_default();
                Spot::Key(KeySpot { keys, name, span: start, has_value, written: Vec::new() })
            }
            (shape, Stage::Value) => top.key.map_or(Spot::Nothing, |key| {
                Spot::Value(ValueSpot { key, span: start, content, listed: shape == Shape::List })
            }),
            _ => Spot::Nothing,
        };
        self.settled = Some(spot);
    }

    /// Reads on behind a token.
    fn take(&mut self, token: Token) {
        let name = self.name(token);
        let Some(top) = self.stack.last_mut() else { return };
        match (top.stage, token.kind) {
            (_, TokenKind::Newline) => self.newline(),
            (Stage::Key, TokenKind::Word | TokenKind::Text(_)) => {
                top.path.extend(name);
                top.stage = Stage::Equals;
            }
            (Stage::Equals, TokenKind::Mark('.')) => top.stage = Stage::Key,
            (Stage::Equals, TokenKind::Mark('=')) => {
                let last = top.path.pop();
                top.key = last.and_then(|last| find(top.keys_here(), last));
                top.written.extend(top.path.first().copied().or(last));
                top.path.clear();
                top.stage = Stage::Value;
            }
            (Stage::Value, TokenKind::Word | TokenKind::Text(_)) => top.stage = Stage::Separator,
            (Stage::Value, TokenKind::Mark(bracket @ ('[' | '{'))) => {
                top.stage = Stage::Separator;
                let key = top.key;
                if self.stack.len() < DEEPEST {
                    self.stack.push(match bracket {
                        '[' => Frame::new(Shape::List, &[], key),
                        _ => Frame::new(Shape::Braces, key.and_then(record).unwrap_or(&[]), None),
                    });
                }
            }
            (_, TokenKind::Mark(',')) if top.shape == Shape::Braces => self.next_pair(),
            (_, TokenKind::Mark(',')) if top.shape == Shape::List => top.stage = Stage::Value,
            (_, TokenKind::Mark('}')) if top.shape == Shape::Braces => self.close(),
            (_, TokenKind::Mark(']')) if top.shape == Shape::List => self.close(),
            _ => {}
        }
    }

    fn newline(&mut self) {
        match self.stack.last_mut() {
            Some(top) if top.shape == Shape::Section => self.next_pair(),
            Some(top) if top.shape == Shape::Braces && top.stage == Stage::Equals => self.next_pair(),
            _ => {}
        }
    }

    /// Begins the next key and value. A key without a value was written all the same.
    fn next_pair(&mut self) {
        if let Some(top) = self.stack.last_mut() {
            top.written.extend(top.path.first().copied());
            top.path.clear();
            top.key = None;
            top.stage = Stage::Key;
        }
    }

    /// Closes the innermost table or list. Which keys stand beside one is known then.
    fn close(&mut self) {
        self.next_pair();
        let Some(closed) = self.stack.pop() else { return };
        if let (true, Some(Spot::Key(spot))) = (closed.asked, &mut self.settled) {
            spot.written = closed.written;
            // The key itself is not beside itself.
            if let Some(itself) = spot.written.iter().position(|name| *name == spot.name) {
                spot.written.remove(itself);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Spot, at};

    /// Says what stands at the bar.
    #[track_caller]
    fn check(marked: &str, expect: &Expect) {
        let offset = marked.find('|').expect("a bar");
        let text = marked.replacen('|', "", 1);
        let of = |span: suasion_model::Span| &text[span.start..span.end];
        let spot = match at(&text, offset) {
            Spot::Header(header) => format!("header {:?} in {:?}", header.name, of(header.whole)),
            Spot::Key(spot) => format!(
                "key {:?} of {:?}{}, beside {:?}",
                spot.name,
                spot.keys.first().map_or("none", |key| key.name),
                if spot.has_value { " with a value" } else { "" },
                spot.written
            ),
            Spot::Value(spot) => format!(
                "value {:?} of {:?}{}{}",
                of(spot.span),
                spot.key.name,
                spot.content.map_or_else(String::new, |content| format!(" holding {:?}", of(content))),
                if spot.listed { ", one of a list" } else { "" },
            ),
            Spot::Nothing => "nothing".to_string(),
        };
        expect.assert_eq(&spot);
    }

    #[test]
    fn headers_are_told_finished_or_not() {
        check("[[obj|ective]]\n", &expect![[r#"header "objective" in "[[objective]]""#]]);
        check("[[ob|", &expect![[r#"header "ob" in "[[ob""#]]);
        check("id = 1\r\n  [[|]]\r\n", &expect![[r#"header "" in "[[]]""#]]);
        check("[|\n[[objective]]", &expect![[r#"header "" in "[""#]]);
        check(
            "[objective.base|line] # so",
            &expect![[r#"header "objective.baseline" in "[objective.baseline]""#]],
        );
        check("[[objective]] |# so", &expect!["nothing"]);
        check("|", &expect!["nothing"]);
        check("id = |", &expect!["nothing"]);
    }

    #[test]
    fn keys_are_told_with_what_stands_beside_them() {
        check(
            "[[objective]]\nid = \"a\"\n|\nowner = \"b\"\n[[x]]\nno = 1",
            &expect![[r#"key "" of "id", beside ["id", "owner"]"#]],
        );
        check("[[objective]]\nid = \"a\"\nout|", &expect![[r#"key "out" of "id", beside ["id"]"#]]);
        check("[[objective]]\n|out = 1\nid", &expect![[r#"key "out" of "id" with a value, beside ["id"]"#]]);
        check(
            "[[objective]]\nbaseline = { period = 2012, |, value = 1 }",
            &expect![[r#"key "" of "period", beside ["period", "value"]"#]],
        );
        check(
            "[[objective]]\nbaseline = { val|ue = 1 }",
            &expect![[r#"key "value" of "period" with a value, beside []"#]],
        );
        check(
            "[[objective]]\nbaseline.val|ue = 1",
            &expect![[r#"key "value" of "period" with a value, beside []"#]],
        );
        check(
            "[objective.baseline]\nperiod = 2012\n|",
            &expect![[r#"key "" of "period", beside ["period"]"#]],
        );
        check(
            "[[evaluation]]\nthreats = [\n  { what = \"x\", |},\n]",
            &expect![[r#"key "" of "what", beside ["what"]"#]],
        );
        check("[[unknown]]\n|", &expect![[r#"key "" of "none", beside []"#]]);
        check("[[objective]]\nid = \"a\" |", &expect!["nothing"]);
        check("[[objective]]\nid = \"a\" # who|", &expect!["nothing"]);
        check("[[objective]]\nid some| = 1", &expect!["nothing"]);
    }

    #[test]
    fn values_are_told_open_or_closed() {
        check(
            "[[objective]]\noutcome = \"vis|its\"",
            &expect![[r#"value "\"visits\"" of "outcome" holding "visits""#]],
        );
        check(
            "[[objective]]\noutcome = \"vis|\nid = \"a\"",
            &expect![[r#"value "\"vis" of "outcome" holding "vis""#]],
        );
        check("[[objective]]\noutcome =|\nid = \"a\"", &expect![[r#"value "" of "outcome""#]]);
        check("[[objective]]\noutcome = vis|", &expect![[r#"value "vis" of "outcome""#]]);
        check("[[initiative]]\nserves = [\"a\", |]", &expect![[r#"value "" of "serves", one of a list"#]]);
        check("[[initiative]]\nserves = [\"a\" |]", &expect!["nothing"]);
        check(
            "[[initiative]]\nserves = [\n  \"a\",\n  '|b',\n]",
            &expect![[r#"value "'b'" of "serves" holding "b", one of a list"#]],
        );
        check(
            "[[objective]]\nbaseline = { source = \"|\" }",
            &expect![[r#"value "\"\"" of "source" holding """#]],
        );
        check(
            "[[objective]]\nstatement = \"\"\"\nid = \"|\n\"\"\"",
            &expect![[r#"value "\"\"\"\nid = \"\n\"\"\"" of "statement" holding "\nid = \"\n""#]],
        );
        check("[[objective]]\nunknown = \"|\"", &expect!["nothing"]);
    }

    #[test]
    fn what_was_left_open_ends_where_a_line_begins_with_a_key() {
        check(
            "[[initiative]]\nserves = [\"a\nvoice = \"|\"",
            &expect![[r#"value "\"\"" of "voice" holding """#]],
        );
        check(
            "[[objective]]\nbaseline = { period = 2012\ntarget = { |",
            &expect![[r#"key "" of "period", beside []"#]],
        );
        check(
            "[[objective]]\nbaseline = { period = 2012,\nvalue = 1,\n|",
            &expect![[r#"key "" of "period", beside ["period", "value"]"#]],
        );
        check(
            "[[initiative]]\nserves = [\nuses = [\"|\"",
            &expect![[r#"value "\"\"" of "uses" holding "", one of a list"#]],
        );
    }

    #[test]
    fn no_text_is_too_strange() {
        let strange = "[[objective]]\nid.\"a\".'b' = [[{x=[\"\"\"\\\"\u{a0}é🎉'''],}}]]=.,#\r\n\"\"\"\n{{{[[[[[[[[[[[[[[[[";
        for offset in (0..=strange.len()).filter(|at| strange.is_char_boundary(*at)) {
            let _ = at(&strange[..offset], offset);
            let _ = at(strange, offset);
        }
        let deep = "[[objective]]\nid = ".to_string() + &"[{a=".repeat(100_000);
        assert!(matches!(at(&deep, deep.len()), Spot::Nothing));
    }
}
