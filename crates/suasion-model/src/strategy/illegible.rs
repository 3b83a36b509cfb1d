//! What of a strategy could not be read, so that nothing is said to be missing that may be there.
//!
//! A problem with the text is reported once, where it is. What follows from it is not: an objective whose horizon is
//! written illegibly does not lack one, and an id that stands in a broken line may well be declared there.

use std::collections::BTreeSet;

use crate::source::Span;

/// What of a strategy could not be read.
#[derive(Debug, Clone, Default)]
pub struct Illegible {
    /// Keys that were written and could not be read, each with the start of its section or record.
    keys: BTreeSet<(usize, &'static str)>,
    /// Starts of sections of which more was lost than the value of a key.
    damaged: BTreeSet<usize>,
    /// Every word that could be an id, in what could not be read.
    words: BTreeSet<String>,
}

impl Illegible {
    /// Whether a section or record may say this after all.
    pub fn key(&self, section: Span, key: &'static str) -> bool {
        self.damaged.contains(&section.start) || self.keys.contains(&(section.start, key))
    }

    /// Whether what could not be read may have been about this id.
    pub fn mentions(&self, id: &str) -> bool {
        self.words.contains(id)
    }

    /// Whether everything could be read.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.damaged.is_empty() && self.words.is_empty()
    }

    pub(super) fn lose_key(&mut self, section: Span, key: &'static str) {
        self.keys.insert((section.start, key));
    }

    pub(super) fn lose_section(&mut self, section: Span) {
        self.damaged.insert(section.start);
    }

    pub(super) fn lose_text(&mut self, text: &str) {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        self.words.extend(words.filter(|word| !word.is_empty()).map(str::to_string));
    }
}
