//! What may be written at a place: sections, keys, ids and words.

use std::collections::BTreeSet;

use gen_lsp_types::{CompletionItem, CompletionItemKind, MarkupContent, MarkupKind, TextEdit};
use suasion_model::rules::RULES;
use suasion_model::strategy::schema::{Key, Kind, SECTIONS};
use suasion_model::{Span, Strategy};

use super::cursor::{self, Header, KeySpot, Spot, ValueSpot};
use super::document::Document;
use super::hover;
use super::target::{referred, target};

/// Something that may be written.
struct Candidate {
    label: String,
    kind: CompletionItemKind,
    /// What it is, in a few words.
    detail: String,
    /// What it means, in Markdown.
    meaning: String,
    /// What is written.
    text: String,
}

/// What may be written at an offset, the likeliest first.
pub(crate) fn completion(document: &Document, offset: usize) -> Vec<CompletionItem> {
    let text = document.text();
    let (span, candidates) = match cursor::at(text, offset) {
        Spot::Header(header) => headers(document.strategy(), &header),
        Spot::Key(spot) => keys(&spot),
        Spot::Value(spot) => values(text, document.strategy(), &spot, offset),
        Spot::Nothing => return Vec::new(),
    };
    let range = document.range(span);
    let item = |(at, candidate): (usize, Candidate)| CompletionItem {
        kind: Some(candidate.kind),
        detail: (!candidate.detail.is_empty()).then_some(candidate.detail),
        documentation: (!candidate.meaning.is_empty())
            .then(|| MarkupContent { kind: MarkupKind::Markdown, value: candidate.meaning }.into()),
        // Clients sort by this text, which keeps the order of the language.
        sort_text: Some(format!("{at:05}")),
        text_edit: Some(TextEdit { range, new_text: candidate.text }.into()),
        label: candidate.label,
        ..CompletionItem::default()
    };
    candidates.into_iter().enumerate().map(item).collect()
}

/// The sections, as whole headers: a bracket more or less is set right. `[strategy]` stands once.
fn headers(strategy: &Strategy, header: &Header<'_>) -> (Span, Vec<Candidate>) {
    let is_there = |name: &str| {
        strategy
            .sections
            .iter()
            .any(|place| place.section == Some(name) && !place.header.touches(header.whole))
    };
    let candidates = SECTIONS
        .iter()
        .filter(|section| !header.name.contains('.') && (section.repeated || !is_there(section.name)))
        .map(|section| {
            let header = section.header();
            Candidate {
                label: header.clone(),
                kind: CompletionItemKind::Struct,
                detail: String::new(),
                meaning: hover::section_meaning(section),
                text: header,
            }
        })
        .collect();
    (header.whole, candidates)
}

/// The keys that are not there yet, the required ones first.
fn keys(spot: &KeySpot<'_>) -> (Span, Vec<Candidate>) {
    let mut left: Vec<&Key> = spot.keys.iter().filter(|key| !spot.written.contains(&key.name)).collect();
    left.sort_by_key(|key| !key.required);
    let candidates = left.into_iter().map(|key| Candidate {
        label: key.name.to_string(),
        kind: CompletionItemKind::Property,
        detail: if key.required { "required".to_string() } else { String::new() },
        meaning: hover::key_meaning(key),
        text: if spot.has_value { key.name.to_string() } else { format!("{} = ", key.name) },
    });
    (spot.span, candidates.collect())
}

/// The words, ids or codes that a key may hold.
fn values(text: &str, strategy: &Strategy, spot: &ValueSpot, offset: usize) -> (Span, Vec<Candidate>) {
    let Some(slot) = Slot::of(text, spot, offset) else { return (spot.span, Vec::new()) };
    let candidate = |word: &str, kind, detail: &str, meaning| Candidate {
        label: word.to_string(),
        kind,
        detail: detail.to_string(),
        meaning,
        text: slot.fill(word),
    };
    let candidates = match spot.key.kind {
        Kind::OneOf(words) | Kind::Who(words) => words
            .iter()
            .map(|word| candidate(word.word, CompletionItemKind::EnumMember, word.meaning, String::new()))
            .collect(),
        Kind::Code => RULES
            .iter()
            .filter(|rule| rule.may_be_lowered())
            .map(|rule| {
                candidate(rule.code, CompletionItemKind::Constant, rule.finds, hover::rule_meaning(rule))
            })
            .collect(),
        kind => {
            let Some((section, extra)) = referred(kind) else { return (spot.span, Vec::new()) };
            let mut seen = BTreeSet::new();
            let places = strategy.sections.iter().filter(|place| place.section == Some(section));
            let ids = places.filter_map(|place| place.id.as_deref()).filter(|id| seen.insert(*id));
            let mut candidates: Vec<Candidate> = ids
                .map(|id| {
                    let says = target(strategy, section, id).map_or("", |target| target.says);
                    candidate(id, CompletionItemKind::Reference, says, String::new())
                })
                .collect();
            let extra = extra.iter().filter(|word| !seen.contains(*word));
            candidates
                .extend(extra.map(|word| candidate(word, CompletionItemKind::Keyword, "", String::new())));
            candidates
        }
    };
    (slot.span, candidates)
}

/// What a word replaces, and what is written around it.
struct Slot<'t> {
    span: Span,
    before: &'static str,
    /// The quotes that are written behind the word; around it where there are none yet.
    quotes: &'t str,
    is_quoted: bool,
    after: &'static str,
}

impl<'t> Slot<'t> {
    fn of(text: &'t str, spot: &ValueSpot, offset: usize) -> Option<Self> {
        let Some(content) = spot.content else {
            // A list that is not begun is begun with its first id, and room is made behind the equals sign.
            let begins_list = matches!(spot.key.kind, Kind::References(..)) && !spot.listed;
            let is_tight = text[..spot.span.start].ends_with('=');
            let before = match (is_tight, begins_list) {
                (true, true) => " [",
                (true, false) => " ",
                (false, true) => "[",
                (false, false) => "",
            };
            let after = if begins_list { "]" } else { "" };
            return Some(Self { span: spot.span, before, quotes: "\"", is_quoted: false, after });
        };
        if !content.holds(offset) || text[content.start..offset].contains('\n') {
            return None;
        }
        let left = &text[offset..content.end];
        let word =
            left.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(left.len());
        // A string that was just opened ends where the next one begins, or with its line: what it swallowed stays.
        let is_closed = spot.span.end > content.end;
        let is_whole =
            is_closed && !left[word..].trim_start().starts_with([',', ']']) && !left.contains('\n');
        let end = if is_whole { content.end } else { offset + word };
        let quotes = if is_whole { "" } else { &text[spot.span.start..content.start] };
        Some(Self {
            span: Span { start: content.start, end },
            before: "",
            quotes,
            is_quoted: true,
            after: "",
        })
    }

    /// The text that is written for a word.
    fn fill(&self, word: &str) -> String {
        let opening = if self.is_quoted { "" } else { self.quotes };
        format!("{}{opening}{word}{}{}", self.before, self.quotes, self.after)
    }
}
