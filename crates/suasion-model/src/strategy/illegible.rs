//! What of a strategy could not be read, so that nothing is said to be missing that may be there.
//!
//! A problem with the text is reported once, where it is. What follows from it is not: an objective whose horizon is
//! written illegibly does not lack one, and an id that stands in a broken line may well be declared there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::schema::{Key, Kind, LONGEST_ID, SECTIONS};
use crate::source::Span;

/// What of a strategy could not be read.
#[derive(Debug, Clone, Default)]
pub struct Illegible {
    /// Keys that were written and could not be read, each with the start of its section or record.
    keys: BTreeSet<(usize, &'static str)>,
    /// Starts of sections of which more was lost than the value of a key.
    damaged: BTreeSet<usize>,
    /// What stood there instead, by section and key; by [`ANY`] where the text does not tell which.
    lost: BTreeMap<(&'static str, &'static str), Lost>,
    /// Sections whose headers could not be read, by name.
    headers: BTreeSet<&'static str>,
}

/// What stood where nothing could be read.
#[derive(Debug, Clone, Default)]
struct Lost {
    /// Every word that could be an id or a code.
    words: BTreeSet<String>,
    /// Whether a value is missing, and could have been any.
    anything: bool,
}

/// The section or key of words that no section or key can be told of.
pub(super) const ANY: &str = "";

impl Illegible {
    /// Whether a section or record may say this after all.
    pub fn key(&self, section: Span, key: &'static str) -> bool {
        self.damaged.contains(&section.start) || self.keys.contains(&(section.start, key))
    }

    /// Whether what could not be read may have said this word: `says("resource", "id", "games")` is whether a resource
    /// `games` may be declared there.
    pub fn says(&self, section: &'static str, key: &'static str, word: &str) -> bool {
        [(section, key), (section, ANY), (ANY, key), (ANY, ANY)]
            .iter()
            .any(|place| self.lost.get(place).is_some_and(|lost| lost.anything || lost.words.contains(word)))
    }

    /// Whether there may be a section of this name whose header could not be read.
    pub fn header(&self, section: &'static str) -> bool {
        [section, ANY].iter().any(|name| self.headers.contains(name))
    }

    /// Whether everything could be read.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.damaged.is_empty() && self.lost.is_empty() && self.headers.is_empty()
    }

    pub(super) fn lose_key(&mut self, section: Span, key: &'static str) {
        self.keys.insert((section.start, key));
    }

    pub(super) fn lose_section(&mut self, section: Span) {
        self.damaged.insert(section.start);
    }

    /// Remembers a section whose header could not be read.
    pub(super) fn lose_header(&mut self, section: &'static str) {
        self.headers.insert(section);
    }

    /// Remembers lines of a section that could not be read.
    pub(super) fn lose_lines(&mut self, section: &'static str, text: &str) {
        for line in text.lines() {
            match leading_key(line) {
                Some((key, value)) => self.lose_value(section, key, value),
                None => self.lose_words(section, ANY, line),
            }
        }
    }

    /// Remembers what was written for a key.
    pub(super) fn lose_value(&mut self, section: &'static str, key: &'static str, text: &str) {
        let nothing = !text.contains(|c: char| c.is_alphanumeric());
        self.lose_words(section, key, text);
        let lost = self.lost.entry((section, key)).or_default();
        lost.anything |= nothing;
        // What is no id can still be referred to, and the reference is then as wrong as the id.
        let whole = text.trim_matches(|c: char| !c.is_alphanumeric());
        if whole.len() <= LONGEST_ID && !lost.words.contains(whole) {
            lost.words.insert(whole.to_string());
            // So can the id that it would be.
            let parts = whole.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
            lost.words.insert(parts.collect::<Vec<_>>().join("-").to_lowercase());
        }
    }

    fn lose_words(&mut self, section: &'static str, key: &'static str, text: &str) {
        let lost = self.lost.entry((section, key)).or_default();
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        for word in words.filter(|word| !word.is_empty() && word.len() <= LONGEST_ID) {
            if !lost.words.contains(word) {
                lost.words.insert(word.to_string());
            }
        }
    }
}

/// Every key of the language, those of records among them.
static KEYS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let mut keys = BTreeSet::new();
    for section in SECTIONS {
        add(section.keys, &mut keys);
    }
    keys
});

fn add(declared: &'static [Key], keys: &mut BTreeSet<&'static str>) {
    for key in declared {
        keys.insert(key.name);
        if let Kind::Record(inner) | Kind::Records(inner) = key.kind {
            add(inner, keys);
        }
    }
}

/// The key that a line begins with, however it goes on, and what is behind it. A word in a list is no key.
pub(super) fn leading_key(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '=');
    let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let listed = rest.trim_start_matches(['"', '\'', ' ', '\t']).starts_with([',', ']']);
    Some((KEYS.get(word).filter(|_| !listed)?, rest))
}
