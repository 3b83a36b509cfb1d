//! Phrases of the table, and where they stand in a text.
//!
//! An entry is a sequence of words. `raise|raises` is either word, `rais~` any word that begins so, and `*` up to three
//! words of any kind. A phrase never reaches over the end of a sentence.
//!
//! Cost: phrases are looked up by their first word in a trie, and the others are compared in place, so a text costs
//! its bytes times the few phrases that begin with the same word.

use super::text::{Words, beginning};

/// The most words that `*` stands for.
const GAP: usize = 3;

/// A phrase of the table.
#[derive(Debug)]
pub(super) struct Phrase {
    /// As it stands in the table.
    pub(super) entry: &'static str,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    /// One of these words.
    Word(Choice),
    /// Up to [`GAP`] words of any kind.
    Gap,
}

/// One word out of several.
#[derive(Debug)]
struct Choice {
    forms: Vec<Form>,
    /// The [`beginning`]s of all of them: most words are turned away by it before any letter is compared.
    beginnings: u64,
}

impl Choice {
    fn of(forms: Vec<Form>) -> Self {
        let beginnings = forms.iter().fold(0, |all, form| all | beginning(&form.text));
        Self { forms, beginnings }
    }

    fn fits(&self, words: &Words, word: usize) -> bool {
        self.beginnings & words.beginnings(word) != 0
            && words.forms(word).any(|word| self.forms.iter().any(|form| form.fits(word)))
    }
}

#[derive(Debug)]
struct Form {
    text: String,
    /// Whether more may follow in the same word.
    stem: bool,
}

impl Form {
    fn of(text: String, stem: bool) -> Self {
        Self { text, stem }
    }

    fn fits(&self, word: &str) -> bool {
        if self.stem { word.starts_with(&self.text) } else { word == self.text }
    }
}

impl Phrase {
    fn new(entry: &'static str) -> Self {
        Self { entry, parts: entry.split_whitespace().flat_map(parts).collect() }
    }

    /// The word after the phrase, where its first word is word `first` and its shortest reading ends.
    fn end(&self, words: &Words, first: usize) -> Option<usize> {
        // Bit `k` says that the parts so far may end before word `first + k`. No entry is longer than 64 words.
        let mut ends: u64 = 2;
        for part in &self.parts[1..] {
            ends = match part {
                Part::Gap => (1..=GAP).fold(ends, |reached, skipped| reached | ends << skipped),
                Part::Word(choice) => Self::behind(words, first, ends, choice),
            };
            if ends == 0 {
                return None;
            }
        }
        Some(first + ends.trailing_zeros() as usize)
    }

    fn behind(words: &Words, first: usize, ends: u64, choice: &Choice) -> u64 {
        let mut reached = 0;
        let mut left = ends;
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            let word = first + bit as usize;
            if words.same_sentence(first, word) && choice.fits(words, word) {
                reached |= 2 << bit;
            }
        }
        reached
    }
}

/// A word of an entry, which is several words of a text where it holds a hyphen or an apostrophe.
fn parts(piece: &'static str) -> Vec<Part> {
    if piece == "*" {
        return vec![Part::Gap];
    }
    if piece.contains('|') {
        let forms = piece.split('|').flat_map(|form| {
            let stem = form.ends_with('~');
            Words::of(form).levelled().map(|word| Form::of(word.to_string(), stem)).collect::<Vec<_>>()
        });
        return vec![Part::Word(Choice::of(forms.collect()))];
    }
    let words = Words::of(piece);
    let n_words = words.len();
    let stem = piece.ends_with('~');
    words
        .levelled()
        .enumerate()
        .map(|(at, word)| Form::of(word.to_string(), stem && at + 1 == n_words))
        .map(|form| Part::Word(Choice::of(vec![form])))
        .collect()
}

/// A phrase where it stands: from word `first` to the one before `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// Which phrase.
    pub(super) phrase: usize,
    /// Its first word.
    pub(super) first: usize,
    /// The word after its last.
    pub(super) end: usize,
}

/// Phrases by their first word.
#[derive(Debug)]
pub(super) struct Phrases {
    phrases: Vec<Phrase>,
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: Vec<(u8, usize)>,
    /// Phrases whose first word ends here.
    ends: Vec<usize>,
    /// Phrases whose first word may go on from here.
    stems: Vec<usize>,
}

impl Phrases {
    /// The phrases of some entries, numbered in their order.
    pub(super) fn new(entries: impl IntoIterator<Item = &'static str>) -> Self {
        let mut all = Self { phrases: Vec::new(), nodes: vec![Node::default()] };
        for entry in entries {
            let phrase = Phrase::new(entry);
            let number = all.phrases.len();
            if let Some(Part::Word(choice)) = phrase.parts.first() {
                for form in &choice.forms {
                    let node = all.node(form.text.as_bytes());
                    let node = &mut all.nodes[node];
                    if form.stem { node.stems.push(number) } else { node.ends.push(number) }
                }
            }
            all.phrases.push(phrase);
        }
        all
    }

    fn node(&mut self, word: &[u8]) -> usize {
        let mut at = 0;
        for byte in word {
            at = self.step(at, *byte).unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[at].next.push((*byte, new));
                new
            });
        }
        at
    }

    fn step(&self, at: usize, byte: u8) -> Option<usize> {
        self.nodes[at].next.iter().find_map(|(known, next)| (*known == byte).then_some(*next))
    }

    /// The phrase of a number.
    pub(super) fn phrase(&self, number: usize) -> &Phrase {
        &self.phrases[number]
    }

    /// Adds the phrases that begin at word `first`.
    pub(super) fn at(&self, words: &Words, first: usize, matches: &mut Vec<Match>) {
        for form in words.forms(first) {
            let mut node = 0;
            let mut fitting = |phrases: &[usize]| {
                matches.extend(phrases.iter().filter_map(|phrase| {
                    let end = self.phrases[*phrase].end(words, first)?;
                    Some(Match { phrase: *phrase, first, end })
                }));
            };
            let mut whole = true;
            for byte in form.bytes() {
                let Some(next) = self.step(node, byte) else {
                    whole = false;
                    break;
                };
                node = next;
                fitting(&self.nodes[node].stems);
            }
            if whole {
                fitting(&self.nodes[node].ends);
            }
        }
    }
}
