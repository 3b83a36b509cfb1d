//! What is shown of the term under the pointer.

use suasion_model::docs::holds;
use suasion_model::rules::{self, Rule};
use suasion_model::strategy::schema::{Key, Kind, Section};
use suasion_model::strategy::words::Word;
use suasion_model::{Span, Strategy};

use super::cursor::{self, Header, Spot, ValueSpot};
use super::target::{referred, target};

/// What a term means, in Markdown, and where the term stands. Nothing where there is no term of the language.
pub(crate) fn hover(text: &str, strategy: &Strategy, offset: usize) -> Option<(String, Span)> {
    match cursor::at(text, offset) {
        Spot::Header(header) => Some((header_meaning(&header)?, header.span)),
        Spot::Key(spot) => Some((key_meaning(cursor::find(spot.keys, spot.name)?), spot.span)),
        Spot::Value(spot) => Some((value_meaning(text, strategy, &spot)?, spot.span)),
        Spot::Nothing => None,
    }
}

/// What a key is for, what it holds, and whether it has to be there.
pub(crate) fn key_meaning(key: &Key) -> String {
    let needed = if key.required { "\n\n*Required.*" } else { "" };
    format!("`{}`: {}\n\n{}{needed}", key.name, holds(key.kind), key.doc)
}

/// What a section is for.
pub(crate) fn section_meaning(section: &Section) -> String {
    let listed = |required: bool| {
        let keys: Vec<String> = section
            .keys
            .iter()
            .filter(|key| key.required == required)
            .map(|key| format!("`{}`", key.name))
            .collect();
        keys.join(", ")
    };
    let mut text = format!("`{}`\n\n{}\n\nRequired: {}", section.header(), section.doc, listed(true));
    let optional = listed(false);
    if !optional.is_empty() {
        text.push_str("\n\nMay have: ");
        text.push_str(&optional);
    }
    text
}

/// What a word means.
pub(crate) fn word_meaning(word: &Word) -> String {
    format!("`{}`: {}", word.word, word.meaning)
}

/// What a rule finds, and why that matters.
pub(crate) fn rule_meaning(rule: &Rule) -> String {
    format!("`{}` ({}): finds {}.\n\n{}", rule.code, rule.severity_words(), rule.finds, rule.why)
}

fn header_meaning(header: &Header<'_>) -> Option<String> {
    let (section, keys) = cursor::opened(header.name)?;
    if std::ptr::eq(section.keys, keys) {
        return Some(section_meaning(section));
    }
    // A header with dots opens a record, which is the value of the key behind the last dot.
    let (outer, key) = header.name.rsplit_once('.')?;
    let (_, keys) = cursor::opened(outer)?;
    Some(key_meaning(cursor::find(keys, key.trim())?))
}

fn value_meaning(text: &str, strategy: &Strategy, spot: &ValueSpot) -> Option<String> {
    let content = spot.content?;
    let written = &text[content.start..content.end];
    match spot.key.kind {
        Kind::OneOf(words) | Kind::Who(words) => {
            words.iter().find(|word| word.word == written).map(word_meaning)
        }
        Kind::Code => rules::rule(written).map(rule_meaning),
        kind => {
            let (section, extra) = referred(kind)?;
            if let Some(target) = target(strategy, section, written) {
                let detail = if target.detail.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", escaped(target.detail))
                };
                return Some(format!("{section} `{written}`: {}{detail}", escaped(target.says)));
            }
            extra.contains(&written).then(|| format!("`{written}`: {}", spot.key.doc))
        }
    }
}

/// A text of the strategy's, so that Markdown shows it as it is written. It never begins a line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
