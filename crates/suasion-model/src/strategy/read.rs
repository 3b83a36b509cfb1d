//! From the spanned TOML tree to rows that match the declared sections.
//!
//! Everything wrong with the shape of a file is found in one pass: a key that no section has, a value of another
//! type, a key that is missing, an id used twice. What could be read is kept, so that the rules behind it can speak of
//! the rest; what could not is remembered as [`Illegible`], so that they do not speak of it again.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use super::effect::Effect;
use super::forms::{is_duration, is_kebab_case, period};
use super::illegible::{ANY, Illegible};
use super::mistakes::mend;
use super::row::{Column, Row, Rows, Value};
use super::schema::{Key, Kind, SECTIONS, Section, section};
use crate::diagnostic::Diagnostic;
use crate::rules::unknown_key::Near;
use crate::rules::{
    RULES, bad_value, duplicate_id, electoral_objective, missing_key, named_person, nearest, never_allowed,
    unknown_key, unknown_word, wrong_type,
};
use crate::source::{Source, Span, Spanned};

/// A text, read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) rows: Rows,
    pub(super) illegible: Illegible,
    /// Where sections begin that hold no row: those that the language does not have, and those that could not be read.
    pub(super) headers: Vec<(Option<&'static str>, Span)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads a text into rows.
pub(super) fn read(source: &Source) -> Read {
    let mut reader = Reader { text: source.text(), read: Read::default(), suggestions: MOST_SUGGESTIONS };
    if let Ok(table) = DeTable::parse(source.text()) {
        reader.sections(table.get_ref());
    } else {
        let mended = mend(source, &mut reader.read.illegible, &mut reader.read.diagnostics);
        reader.read.headers = mended.headers;
        reader.sections(DeTable::parse_recoverable(&mended.text).0.get_ref());
    }
    let mut read = reader.read;
    // A header that could not be read may have been the one that is missing.
    if !read.rows.contains_key("strategy") && !read.illegible.header("strategy") {
        read.diagnostics.push(missing_key::missing_section("strategy"));
    }
    unique_ids(&read.rows, &mut read.diagnostics);
    read
}

/// For as many misspelt names a file, what was meant is looked for: a strategy that people write has far fewer.
const MOST_SUGGESTIONS: usize = 1_000;

struct Reader<'t> {
    text: &'t str,
    read: Read,
    /// How many are left.
    suggestions: usize,
}

impl Reader<'_> {
    fn sections(&mut self, table: &DeTable<'_>) {
        // Sections that were probably meant, and whether each header that means one is one of a list.
        let mut misspelt: BTreeMap<&str, bool> = BTreeMap::new();
        for (name, value) in table {
            let span = self.section_span(name, value);
            let Some(section) = section(name.get_ref()) else {
                self.read.headers.push((None, span));
                for (key, value) in tables(value.get_ref()).into_iter().flatten() {
                    self.guard(key.get_ref(), Span::from(value.span()));
                }
                let known: Vec<&'static str> = SECTIONS.iter().map(|section| section.name).collect();
                let name_span = Span::from(name.span());
                // What was probably meant is there, and could not be read.
                let meant = self.nearest(name.get_ref(), &known);
                if let Some(near) = SECTIONS.iter().find(|section| Some(section.name) == meant) {
                    self.read.illegible.lose_header(near.name);
                    self.lose_section(near, value.get_ref());
                }
                let listed = is_listed(name, value);
                let near = meant.map(|word| {
                    let there = table.get_key_value(word).map(|(name, value)| is_listed(name, value));
                    // What is there already may be another of the same list.
                    let mut others = there.into_iter().chain(misspelt.get(word).copied());
                    Near { word, taken: others.any(|other| !(listed && other)) }
                });
                if let Some(near) = meant {
                    *misspelt.entry(near).or_insert(true) &= listed;
                }
                let mut diagnostic = unknown_key::unknown_section(name.get_ref(), name_span, &known, near);
                // A section whose header could not be read may be another of this name.
                diagnostic.fix = diagnostic.fix.filter(|_| !self.read.illegible.header(ANY));
                self.report(diagnostic);
                continue;
            };
            let rows = match (value.get_ref(), section.repeated) {
                (DeValue::Table(table), false) => vec![self.row(section.name, section.keys, table, span)],
                (DeValue::Array(items), true) => self.section_items(section, items),
                (other, repeated) => {
                    self.read.headers.push((Some(section.name), span));
                    let mut diagnostic = wrong_type::section(section.name, repeated, other.type_str(), span);
                    // Two brackets more mend a header alone, and neither `[claim.says]` nor `claim = {}`.
                    let header = format!("[{}]", section.name);
                    diagnostic.fix = diagnostic.fix.filter(|_| self.text[span.start..span.end] == header);
                    self.report(diagnostic);
                    self.read.illegible.lose_lines(section.name, &self.text[value.span()]);
                    self.lose_section(section, other);
                    for (key, value) in tables(other).into_iter().flatten() {
                        self.guard(key.get_ref(), Span::from(value.span()));
                    }
                    Vec::new()
                }
            };
            self.read.rows.entry(section.name).or_default().extend(rows);
        }
    }

    /// The name that was probably meant.
    fn nearest(&mut self, name: &str, known: &[&'static str]) -> Option<&'static str> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        nearest(name, known)
    }

    /// Remembers what a section says that is not read, for what its header is.
    fn lose_section(&mut self, section: &'static Section, value: &DeValue<'_>) {
        for (name, value) in tables(value).into_iter().flatten() {
            if let Some(key) = section.keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
                self.read.illegible.lose_value(section.name, key.name, &self.text[value.span()]);
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.read.diagnostics.push(diagnostic);
    }

    /// A section's header, where it has one; the name of its key, where it is written as a value.
    fn section_span(&self, name: &toml::Spanned<Cow<'_, str>>, value: &toml::Spanned<DeValue<'_>>) -> Span {
        let whole = Span::from(value.span());
        if self.text[whole.start..].starts_with('[') && whole.start < name.span().start {
            self.header(whole)
        } else {
            Span::from(name.span())
        }
    }

    fn section_items(&mut self, section: &Section, items: &[toml::Spanned<DeValue<'_>>]) -> Vec<Row> {
        let mut rows = Vec::new();
        for item in items {
            let span = self.header(Span::from(item.span()));
            match item.get_ref() {
                DeValue::Table(table) => rows.push(self.row(section.name, section.keys, table, span)),
                other => {
                    self.read.headers.push((Some(section.name), span));
                    self.report(wrong_type::section(section.name, true, other.type_str(), span));
                    self.read.illegible.lose_lines(section.name, &self.text[item.span()]);
                }
            }
        }
        rows
    }

    /// The first line of a section's span: its header, which is where a reader looks for it.
    fn header(&self, span: Span) -> Span {
        let rest = self.text.get(span.start..span.end).unwrap_or("");
        let line = rest.lines().next().unwrap_or("").trim_end();
        Span { start: span.start, end: span.start + line.len() }
    }

    fn row(&mut self, what: &'static str, keys: &'static [Key], table: &DeTable<'_>, span: Span) -> Row {
        let mut row = Row { span, values: BTreeMap::new() };
        let mut written = Vec::new();
        let mut misspelt = BTreeSet::new();
        for (name, value) in table {
            let name_span = Span::from(name.span());
            let value_span = Span::from(value.span());
            let Some(key) = keys.iter().find(|key| key.name == name.get_ref().as_ref()) else {
                let known: Vec<&'static str> = keys.iter().map(|key| key.name).collect();
                let meant = self.nearest(name.get_ref(), &known);
                self.guard(meant.unwrap_or_default(), value_span);
                let taken = meant.is_some_and(|near| table.contains_key(near) || !misspelt.insert(near));
                let near = meant.filter(|_| !taken);
                let near = near.and_then(|near| keys.iter().find(|key| key.name == near));
                if let Some(near) = near {
                    self.read.illegible.lose_key(span, near.name);
                    self.lose(what, near.name, value_span);
                }
                self.report(unknown_key::unknown_key(
                    what,
                    name.get_ref(),
                    name_span,
                    &known,
                    meant.map(|word| Near { word, taken }),
                ));
                continue;
            };
            written.push(key.name);
            let problems = self.read.diagnostics.len();
            let read = self.value(key, value.get_ref(), value_span);
            if self.read.diagnostics.len() > problems {
                self.read.illegible.lose_key(span, key.name);
                self.lose(what, key.name, value_span);
                if read.is_none() {
                    self.guard(key.name, value_span);
                }
            }
            if let Some(read) = read {
                row.values.insert(key.name, Spanned::new(read, value_span));
            }
        }
        let illegible = |key: &&Key| self.read.illegible.key(span, key.name);
        let missing: Vec<&Key> = keys
            .iter()
            .filter(|key| key.required && !written.contains(&key.name) && !illegible(key))
            .collect();
        if !missing.is_empty() {
            self.report(missing_key::missing_keys(what, &missing, span));
        }
        row
    }

    /// Looks at what is not read for what nothing may hold.
    fn guard(&mut self, key: &str, span: Span) {
        let text = &self.text[span.start..span.end];
        self.read.diagnostics.extend(electoral_objective::unread(key, text, span));
    }

    /// Remembers what stands at a place that could not be read as the value of a key.
    fn lose(&mut self, what: &'static str, key: &'static str, span: Span) {
        self.read.illegible.lose_value(what, key, &self.text[span.start..span.end]);
    }

    fn value(&mut self, key: &'static Key, value: &DeValue<'_>, span: Span) -> Option<Value> {
        let name = key.name;
        match (key.kind, value) {
            (Kind::Text | Kind::Reference(..), DeValue::String(text)) => {
                self.text(name, text, span).map(Value::Text)
            }
            (Kind::Id(reserved), DeValue::String(text)) => {
                if !is_kebab_case(text) {
                    self.report(bad_value::id(text, span));
                    return None;
                }
                // It is read all the same: what refers to it means one of the two.
                if reserved.contains(&text.as_ref()) {
                    self.report(bad_value::reserved(text, span));
                }
                Some(Value::Text(text.to_string()))
            }
            (Kind::Texts | Kind::References(..), DeValue::Array(items)) => {
                let mut texts = Vec::new();
                for item in items {
                    let span = Span::from(item.span());
                    if let DeValue::String(text) = item.get_ref() {
                        texts.extend(self.text(name, text, span).map(|text| Spanned::new(text, span)));
                    } else {
                        self.report(wrong_type::value(
                            name,
                            "a list of strings",
                            item.get_ref().type_str(),
                            span,
                        ));
                    }
                }
                Some(Value::Texts(texts))
            }
            (Kind::OneOf(words), DeValue::String(text)) => {
                if words.iter().any(|known| known.word == text.as_ref()) {
                    return Some(Value::Text(text.to_string()));
                }
                self.report(unknown_word::unknown_word(name, text, words, span));
                None
            }
            (Kind::Who(words), DeValue::String(text)) => {
                if words.iter().any(|known| known.word == text.as_ref()) {
                    return Some(Value::Text(text.to_string()));
                }
                self.report(if named_person::is_person(text) {
                    named_person::named_person(span)
                } else {
                    unknown_word::unknown_word(name, text, words, span)
                });
                None
            }
            (Kind::Code, DeValue::String(text)) => self.code(name, text, span),
            (Kind::Duration, DeValue::String(text)) => {
                if is_duration(text) {
                    return Some(Value::Text(text.to_string()));
                }
                self.report(bad_value::duration(name, span));
                None
            }
            (Kind::Integer, DeValue::Integer(number)) => {
                let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
                if parsed.is_none() {
                    self.report(bad_value::number(name, span));
                }
                parsed.map(Value::Integer)
            }
            (Kind::Number, DeValue::Integer(_) | DeValue::Float(_)) => {
                self.number(name, value, span).map(Value::Number)
            }
            (Kind::Within(least, most), DeValue::Integer(_) | DeValue::Float(_)) => {
                let number = self.number(name, value, span)?;
                if !(least..=most).contains(&number) {
                    self.report(bad_value::outside(name, least, most, span));
                    return None;
                }
                Some(Value::Number(number))
            }
            (Kind::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            (Kind::Period, DeValue::Integer(_) | DeValue::String(_) | DeValue::Datetime(_)) => {
                let period = period(value);
                if period.is_none() {
                    self.report(bad_value::period(name, span));
                }
                period.map(Value::Period)
            }
            (Kind::Effect, DeValue::Integer(_) | DeValue::Float(_)) => {
                let number = self.number(name, value, span)?;
                self.effect(name, Effect::absolute(number), span)
            }
            (Kind::Effect, DeValue::String(text)) => self.effect(name, Effect::parse(text), span),
            (Kind::Record(keys), DeValue::Table(table)) => {
                Some(Value::Record(self.row(name, keys, table, span)))
            }
            (Kind::Records(keys), DeValue::Array(items)) => {
                let mut records = Vec::new();
                for item in items {
                    let span = Span::from(item.span());
                    match item.get_ref() {
                        DeValue::Table(table) => records.push(self.row(name, keys, table, span)),
                        other => {
                            self.report(wrong_type::value(name, "a list of tables", other.type_str(), span));
                        }
                    }
                }
                Some(Value::Records(records))
            }
            (Kind::Columns, DeValue::Table(table)) => Some(Value::Columns(self.columns(table))),
            (kind, other) => {
                self.report(wrong_type::value(name, kind.noun(), other.type_str(), span));
                None
            }
        }
    }

    fn code(&mut self, name: &str, text: &str, span: Span) -> Option<Value> {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        let Some(rule) = RULES.iter().find(|rule| rule.code == text) else {
            self.report(unknown_word::unknown_code(name, text, &known, span));
            return None;
        };
        if rule.may_be_lowered() {
            return Some(Value::Text(text.to_string()));
        }
        self.report(never_allowed::never_allowed(rule, span));
        None
    }

    fn text(&mut self, name: &str, text: &str, span: Span) -> Option<String> {
        if text.trim().is_empty() {
            self.report(bad_value::blank(name, span));
            return None;
        }
        Some(text.to_string())
    }

    fn number(&mut self, name: &str, value: &DeValue<'_>, span: Span) -> Option<f64> {
        let parsed = match value {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|n| n as f64)
            }
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        }
        .filter(|number: &f64| number.is_finite());
        if parsed.is_none() {
            self.report(bad_value::number(name, span));
        }
        parsed
    }

    fn effect(&mut self, name: &str, effect: Option<Effect>, span: Span) -> Option<Value> {
        if effect.is_none() {
            self.report(bad_value::effect(name, span));
        }
        effect.map(Value::Effect)
    }

    fn columns(&mut self, table: &DeTable<'_>) -> Vec<Column> {
        let mut columns = Vec::new();
        for (ours, theirs) in table {
            let span = Span::from(theirs.span());
            let DeValue::String(text) = theirs.get_ref() else {
                self.report(wrong_type::value(
                    ours.get_ref(),
                    "the name of a column",
                    theirs.get_ref().type_str(),
                    span,
                ));
                continue;
            };
            let Some(text) = self.text(ours.get_ref(), text, span) else { continue };
            columns.push(Column {
                ours: Spanned::new(ours.get_ref().to_string(), Span::from(ours.span())),
                theirs: Spanned::new(text, span),
            });
        }
        columns
    }
}

/// Reports every id that is used twice in its section.
fn unique_ids(rows: &Rows, diagnostics: &mut Vec<Diagnostic>) {
    for (name, rows) in rows {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for id in rows.iter().filter_map(Row::id) {
            match seen.get(id.value) {
                Some(first) => {
                    diagnostics.push(duplicate_id::duplicate_id(name, id.value, id.span, *first));
                }
                None => {
                    seen.insert(id.value, id.span);
                }
            }
        }
    }
}

impl Kind {
    /// What a value of this kind is called.
    fn noun(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::Id(_) => "an id",
            Self::Reference(..) => "one id",
            Self::References(..) => "a list of ids",
            Self::OneOf(_) | Self::Who(_) => "one word, as a string",
            Self::Code => "the code of a diagnostic",
            Self::Duration => "a duration, as a string",
            Self::Integer => "a whole number",
            Self::Number | Self::Within(..) => "a number",
            Self::Flag => "true or false",
            Self::Period => "a period: 2012, \"2012-02\" or 2012-02-01",
            Self::Effect => "the size of an effect: \"5 %\", or a number in the indicator's unit",
            Self::Record(_) => "a table",
            Self::Records(_) => "a list of tables",
            Self::Columns => "a table from our column names to the file's",
        }
    }
}

/// The tables that a section may have been meant as.
fn tables<'t, 'v>(value: &'t DeValue<'v>) -> Vec<&'t DeTable<'v>> {
    match value {
        DeValue::Table(table) => vec![table],
        DeValue::Array(items) => items
            .iter()
            .filter_map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(table),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether a section is one of a list: `[[…]]`.
fn is_listed(name: &toml::Spanned<Cow<'_, str>>, value: &toml::Spanned<DeValue<'_>>) -> bool {
    value.get_ref().is_array() && value.span().start < name.span().start
}
