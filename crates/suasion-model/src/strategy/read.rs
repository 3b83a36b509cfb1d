//! From the spanned TOML tree to rows that match the declared sections.
//!
//! Everything wrong with the shape of a file is found in one pass: a key that no section has, a value of another
//! type, a key that is missing, an id used twice, a reference to nothing. What could be read is kept, so that the
//! rules behind it can speak of the rest.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::effect::Effect;
use super::schema::{Key, Kind, SECTIONS, Section, section};
use crate::diagnostic::Diagnostic;
use crate::period::Period;
use crate::rules::{
    bad_value, duplicate_id, missing_key, syntax, unknown_key, unknown_reference, unknown_word, wrong_type,
};
use crate::source::{Source, Span, Spanned};

/// A section or record that was read: the values of its keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) span: Span,
    values: BTreeMap<&'static str, Spanned<Value>>,
}

/// A value of the kind that its key declares.
#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Texts(Vec<Spanned<String>>),
    Integer(i64),
    Number(f64),
    Flag(bool),
    Period(Period),
    Effect(Effect),
    Record(Row),
    Records(Vec<Row>),
    Columns(Vec<Column>),
}

/// One of our columns, and the file's name for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Our name, where it is written.
    pub ours: Spanned<String>,
    /// The file's name, where it is written.
    pub theirs: Spanned<String>,
}

/// The rows of every section, by section name.
pub(super) type Rows = BTreeMap<&'static str, Vec<Row>>;

/// Reads a text into rows.
pub(super) fn read(source: &Source) -> (Rows, Vec<Diagnostic>) {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    let mut reader = Reader { text: &source.text, diagnostics: Vec::new() };
    for error in errors {
        let span = error.span().map_or(Span::START, Span::from);
        reader.diagnostics.push(syntax::syntax(error.message(), span));
    }
    let rows = reader.document(document.get_ref());
    let mut diagnostics = reader.diagnostics;
    check_references(&rows, &mut diagnostics);
    (rows, diagnostics)
}

struct Reader<'t> {
    text: &'t str,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>) -> Rows {
        let mut rows = Rows::new();
        for (name, value) in document {
            let span = Span::from(name.span());
            let Some(section) = section(name.get_ref()) else {
                let known: Vec<&str> = SECTIONS.iter().map(|section| section.name).collect();
                self.diagnostics.push(unknown_key::unknown_section(name.get_ref(), span, &known));
                continue;
            };
            let read = match (value.get_ref(), section.repeated) {
                (DeValue::Table(table), false) => vec![self.row(section.name, section.keys, table, span)],
                (DeValue::Array(items), true) => self.section_items(section, items),
                (other, repeated) => {
                    self.diagnostics.push(wrong_type::section(
                        section.name,
                        repeated,
                        other.type_str(),
                        span,
                    ));
                    Vec::new()
                }
            };
            rows.insert(section.name, read);
        }
        if !rows.contains_key("strategy") {
            self.diagnostics.push(missing_key::missing_section("strategy"));
        }
        self.unique_ids(&rows);
        rows
    }

    fn section_items(&mut self, section: &Section, items: &[toml::Spanned<DeValue<'_>>]) -> Vec<Row> {
        let mut rows = Vec::new();
        for item in items {
            let span = self.header(Span::from(item.span()));
            match item.get_ref() {
                DeValue::Table(table) => rows.push(self.row(section.name, section.keys, table, span)),
                other => {
                    self.diagnostics.push(wrong_type::section(section.name, true, other.type_str(), span));
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

    fn row(&mut self, what: &str, keys: &'static [Key], table: &DeTable<'_>, span: Span) -> Row {
        let mut row = Row { span, values: BTreeMap::new() };
        let mut written = Vec::new();
        for (name, value) in table {
            let name_span = Span::from(name.span());
            let Some(key) = keys.iter().find(|key| key.name == name.get_ref().as_ref()) else {
                let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
                self.diagnostics.push(unknown_key::unknown_key(what, name.get_ref(), name_span, &known));
                continue;
            };
            written.push(key.name);
            let value_span = Span::from(value.span());
            if let Some(read) = self.value(key, value.get_ref(), value_span) {
                row.values.insert(key.name, Spanned::new(read, value_span));
            }
        }
        for key in keys.iter().filter(|key| key.required && !written.contains(&key.name)) {
            self.diagnostics.push(missing_key::missing_key(what, key.name, key.doc, span));
        }
        row
    }

    fn value(&mut self, key: &'static Key, value: &DeValue<'_>, span: Span) -> Option<Value> {
        let name = key.name;
        match (key.kind, value) {
            (Kind::Text | Kind::Reference(..), DeValue::String(text)) => {
                self.text(name, text, span).map(Value::Text)
            }
            (Kind::Id, DeValue::String(text)) => {
                if is_kebab_case(text) {
                    return Some(Value::Text(text.to_string()));
                }
                self.diagnostics.push(bad_value::id(text, span));
                None
            }
            (Kind::Texts | Kind::References(_), DeValue::Array(items)) => {
                let mut texts = Vec::new();
                for item in items {
                    let span = Span::from(item.span());
                    if let DeValue::String(text) = item.get_ref() {
                        texts.extend(self.text(name, text, span).map(|text| Spanned::new(text, span)));
                    } else {
                        self.diagnostics.push(wrong_type::value(
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
                if words.contains(&text.as_ref()) {
                    return Some(Value::Text(text.to_string()));
                }
                self.diagnostics.push(unknown_word::unknown_word(name, text, words, span));
                None
            }
            (Kind::Integer, DeValue::Integer(number)) => {
                let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
                if parsed.is_none() {
                    self.diagnostics.push(bad_value::number(name, span));
                }
                parsed.map(Value::Integer)
            }
            (Kind::Number, DeValue::Integer(_) | DeValue::Float(_)) => {
                self.number(name, value, span).map(Value::Number)
            }
            (Kind::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            (Kind::Period, DeValue::Integer(_) | DeValue::String(_) | DeValue::Datetime(_)) => {
                let period = period(value);
                if period.is_none() {
                    self.diagnostics.push(bad_value::period(name, span));
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
                        other => self.diagnostics.push(wrong_type::value(
                            name,
                            "a list of tables",
                            other.type_str(),
                            span,
                        )),
                    }
                }
                Some(Value::Records(records))
            }
            (Kind::Columns, DeValue::Table(table)) => Some(Value::Columns(self.columns(table))),
            (kind, other) => {
                self.diagnostics.push(wrong_type::value(name, kind.noun(), other.type_str(), span));
                None
            }
        }
    }

    fn text(&mut self, name: &str, text: &str, span: Span) -> Option<String> {
        if text.trim().is_empty() {
            self.diagnostics.push(bad_value::blank(name, span));
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
            self.diagnostics.push(bad_value::number(name, span));
        }
        parsed
    }

    fn effect(&mut self, name: &str, effect: Option<Effect>, span: Span) -> Option<Value> {
        if effect.is_none() {
            self.diagnostics.push(bad_value::effect(name, span));
        }
        effect.map(Value::Effect)
    }

    fn columns(&mut self, table: &DeTable<'_>) -> Vec<Column> {
        let mut columns = Vec::new();
        for (ours, theirs) in table {
            let span = Span::from(theirs.span());
            let DeValue::String(text) = theirs.get_ref() else {
                self.diagnostics.push(wrong_type::value(
                    ours.get_ref(),
                    "the name of a column",
                    theirs.get_ref().type_str(),
                    span,
                ));
                continue;
            };
            let Some(text) = self.text(ours.get_ref(), text, span) else { continue };
            columns.push(Column {
                ours: Spanned::new(ours.get_ref().to_string(), ours.span()),
                theirs: Spanned::new(text, span),
            });
        }
        columns
    }

    fn unique_ids(&mut self, rows: &Rows) {
        for (name, rows) in rows {
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            let mut ids: Vec<Spanned<&str>> = rows.iter().filter_map(Row::id).collect();
            ids.sort_by_key(|id| id.span);
            for id in ids {
                match seen.get(id.value) {
                    Some(first) => {
                        self.diagnostics.push(duplicate_id::duplicate_id(name, id.value, id.span, *first));
                    }
                    None => {
                        seen.insert(id.value, id.span);
                    }
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
            Self::Id => "an id",
            Self::Reference(..) => "one id",
            Self::References(_) => "a list of ids",
            Self::OneOf(_) => "one word, as a string",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Period => "a period: 2012, \"2012-02\" or 2012-02-01",
            Self::Effect => "the size of an effect: \"5 %\", or a number in the indicator's unit",
            Self::Record(_) => "a table",
            Self::Records(_) => "a list of tables",
            Self::Columns => "a table from our column names to the file's",
        }
    }
}

impl Row {
    /// The id, where one was read.
    pub(super) fn id(&self) -> Option<Spanned<&str>> {
        match self.values.get("id")? {
            Spanned { value: Value::Text(id), span } => Some(Spanned::new(id.as_str(), *span)),
            _ => None,
        }
    }

    /// A string.
    pub(super) fn text(&self, key: &str) -> Option<Spanned<String>> {
        match self.values.get(key)? {
            Spanned { value: Value::Text(text), span } => Some(Spanned::new(text.clone(), *span)),
            _ => None,
        }
    }

    /// A list of strings; empty where there is none.
    pub(super) fn texts(&self, key: &str) -> Vec<Spanned<String>> {
        match self.values.get(key) {
            Some(Spanned { value: Value::Texts(texts), .. }) => texts.clone(),
            _ => Vec::new(),
        }
    }

    /// A number.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.values.get(key)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A whole number.
    pub(super) fn integer(&self, key: &str) -> Option<Spanned<i64>> {
        match self.values.get(key)? {
            Spanned { value: Value::Integer(number), span } => Some(Spanned::new(*number, *span)),
            _ => None,
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.values.get(key)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// A period.
    pub(super) fn period(&self, key: &str) -> Option<Spanned<Period>> {
        match self.values.get(key)? {
            Spanned { value: Value::Period(period), span } => Some(Spanned::new(*period, *span)),
            _ => None,
        }
    }

    /// The size of an effect.
    pub(super) fn effect(&self, key: &str) -> Option<Spanned<Effect>> {
        match self.values.get(key)? {
            Spanned { value: Value::Effect(effect), span } => Some(Spanned::new(*effect, *span)),
            _ => None,
        }
    }

    /// A record.
    pub(super) fn record(&self, key: &str) -> Option<&Self> {
        match &self.values.get(key)?.value {
            Value::Record(row) => Some(row),
            _ => None,
        }
    }

    /// A list of records; empty where there is none.
    pub(super) fn records(&self, key: &str) -> &[Self] {
        match self.values.get(key) {
            Some(Spanned { value: Value::Records(rows), .. }) => rows,
            _ => &[],
        }
    }

    /// Our columns and the file's.
    pub(super) fn columns(&self, key: &str) -> Vec<Column> {
        match self.values.get(key) {
            Some(Spanned { value: Value::Columns(columns), .. }) => columns.clone(),
            _ => Vec::new(),
        }
    }

    /// Where a key's value was written.
    pub(super) fn span_of(&self, key: &str) -> Option<Span> {
        self.values.get(key).map(|value| value.span)
    }
}

/// Reports every reference to an id that no section of the kind has.
fn check_references(rows: &Rows, diagnostics: &mut Vec<Diagnostic>) {
    let ids: BTreeMap<&str, Vec<&str>> = SECTIONS
        .iter()
        .map(|section| {
            let rows = rows.get(section.name).map_or(&[][..], Vec::as_slice);
            (section.name, rows.iter().filter_map(|row| row.id().map(|id| id.value)).collect())
        })
        .collect();
    for section in SECTIONS {
        for row in rows.get(section.name).map_or(&[][..], Vec::as_slice) {
            check_row_references(section.keys, row, &ids, diagnostics);
        }
    }
}

fn check_row_references(
    keys: &'static [Key],
    row: &Row,
    ids: &BTreeMap<&str, Vec<&str>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for key in keys {
        let (target, extra): (&str, &[&str]) = match key.kind {
            Kind::Reference(target, extra) => (target, extra),
            Kind::References(target) => (target, &[]),
            Kind::Record(keys) => {
                if let Some(record) = row.record(key.name) {
                    check_row_references(keys, record, ids, diagnostics);
                }
                continue;
            }
            Kind::Records(keys) => {
                for record in row.records(key.name) {
                    check_row_references(keys, record, ids, diagnostics);
                }
                continue;
            }
            _ => continue,
        };
        let known = ids.get(target).map_or(&[][..], Vec::as_slice);
        for written in row.text(key.name).into_iter().chain(row.texts(key.name)) {
            if !known.contains(&written.as_str()) && !extra.contains(&written.as_str()) {
                let known: Vec<&str> = known.iter().chain(extra).copied().collect();
                diagnostics.push(unknown_reference::unknown_reference(
                    key.name,
                    target,
                    written.as_str(),
                    written.span,
                    &known,
                ));
            }
        }
    }
}

fn is_kebab_case(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('-').all(plain)
}

/// A period as TOML can say it: a year, a string, or a local date.
fn period(value: &DeValue<'_>) -> Option<Period> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => Period::year(number.as_str().parse().ok()?),
        DeValue::String(text) => Period::parse(text),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time, datetime.offset) {
            (Some(date), None, None) => Period::day(date.year.into(), date.month.into(), date.day.into()),
            _ => None,
        },
        _ => None,
    }
}
