//! A section or record as it was read: the values of its keys, each of the kind that its key declares.

use std::collections::BTreeMap;

use super::effect::Effect;
use crate::period::Period;
use crate::source::{Span, Spanned};

/// A section or record that was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Its header, or the record itself.
    pub(super) span: Span,
    pub(super) values: BTreeMap<&'static str, Spanned<Value>>,
}

/// A value of the kind that its key declares.
#[derive(Debug, Clone)]
pub(super) enum Value {
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

/// The rows of every section, by section name, in the order of the file.
pub(super) type Rows = BTreeMap<&'static str, Vec<Row>>;

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
