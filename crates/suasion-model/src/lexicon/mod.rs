//! The words and limits behind the checks of the strategy language, in four languages, from one table.
//!
//! `lexicon.tsv` holds them all, a row each: the list, the language (`-` where the row is not about words), the entry,
//! its value, and where it comes from. `ours` says that the judgement is our own. Lists of words:
//!
//! - `vague`: phrases that state an outcome in words only, such as "raise awareness";
//! - `superlative`: praise that names no comparison, such as "second to none";
//! - `comparison`: words that turn praise into a comparison, such as "ranked";
//! - `placeholder`: texts that say nothing, such as "to be determined", where they are all that is said;
//! - `vague-except` and `superlative-except`: innocent phrases whose words are not counted, such as "image resolution";
//! - `electoral-…`: the classes of the electoral guard (see [`electoral`]).
//!
//! Limits: `lag` (the least years before a kind of initiative can show) and `register` (where directed influence has
//! to be registered).
//!
//! An entry is a sequence of words: `raise|raises` is either word, `rais~` any word that begins so, and `*` up to three
//! words of any kind. Case, accents, vowel signs and apostrophes do not matter, and Arabic words are also found behind
//! what is written together with them.
//!
//! Every search is one pass over the text, without recursion; its cost is linear in the text.

mod electoral;
mod phrase;
mod text;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::strategy::words::InitiativeKind;
pub use electoral::{Electoral, electoral};
use phrase::{Match, Phrases};
use text::Words;

/// The table. Its first line names the columns.
const TABLE: &str = include_str!("../lexicon.tsv");

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The list that it belongs to.
    pub list: &'static str,
    /// The language's tag, or `-`.
    pub language: &'static str,
    /// The phrase, kind or place.
    pub entry: &'static str,
    /// What the list says of it, or `-`.
    pub value: &'static str,
    /// Where it comes from; `ours` where it is our own judgement.
    pub source: &'static str,
}

/// The rows of the table, in order.
pub fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some(Row {
            list: columns.next()?,
            language: columns.next()?,
            entry: columns.next()?,
            value: columns.next()?,
            source: columns.next()?,
        })
    })
}

/// A language that the table has words of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Arabic.
    Arabic,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Spanish, Self::Arabic];

    /// The language of a BCP 47 tag or an ISO 639 code, whatever its script or region: `fr-CA` and `fra` are French.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| {
            primary.eq_ignore_ascii_case(language.tag())
                || language.codes().iter().any(|code| primary.eq_ignore_ascii_case(code))
        })
    }

    /// Its codes of three letters, of ISO 639-2 and ISO 639-3.
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::English => &["eng"],
            Self::French => &["fra", "fre"],
            Self::Spanish => &["spa"],
            Self::Arabic => &["ara"],
        }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }
}

/// A list of phrases to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Phrases that state an outcome in words only.
    Vague,
    /// Praise that names no comparison.
    Superlative,
    /// Words that turn praise into a comparison.
    Comparison,
    /// Texts that say nothing. Found only where they are the whole text.
    Placeholder,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Vague, Self::Superlative, Self::Comparison, Self::Placeholder];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vague => "vague",
            Self::Superlative => "superlative",
            Self::Comparison => "comparison",
            Self::Placeholder => "placeholder",
        }
    }
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The entry that it was found by, as the table writes it.
    pub phrase: &'static str,
}

/// The phrases of a list in a language, and those whose words are not counted.
struct Finder {
    phrases: Phrases,
    except: Phrases,
}

/// A finder for each list, and for each language within it.
static FINDERS: LazyLock<Vec<Finder>> = LazyLock::new(|| {
    List::ALL
        .into_iter()
        .flat_map(|list| Language::ALL.map(|language| (list.name(), language.tag())))
        .map(|(list, language)| {
            let except = format!("{list}-except");
            Finder { phrases: phrases_of(list, language), except: phrases_of(&except, language) }
        })
        .collect()
});

fn phrases_of(list: &str, language: &str) -> Phrases {
    Phrases::new(rows().filter(|row| row.list == list && row.language == language).map(|row| row.entry))
}

/// The first phrase of a list in a text, and the longest of those that begin there.
pub fn find(list: List, language: Language, text: &str) -> Option<Found> {
    find_in(list, language, &Words::of(text))
}

fn find_in(list: List, language: Language, words: &Words) -> Option<Found> {
    let finder = &FINDERS[list as usize * Language::ALL.len() + language as usize];
    let excepted = covered(&finder.except, words);
    let mut matches: Vec<Match> = Vec::new();
    for first in 0..words.len() {
        matches.clear();
        finder.phrases.at(words, first, &mut matches);
        let longest = matches
            .iter()
            .filter(|found| !excepted[found.first..found.end].contains(&true))
            .filter(|found| list != List::Placeholder || found.end == words.len())
            .max_by_key(|found| found.end);
        if let Some(found) = longest {
            let phrase = finder.phrases.phrase(found.phrase).entry;
            return Some(Found { range: words.range(found.first, found.end), phrase });
        }
        if list == List::Placeholder {
            break;
        }
    }
    None
}

/// Which words some phrases cover.
fn covered(phrases: &Phrases, words: &Words) -> Vec<bool> {
    let mut covered = vec![false; words.len()];
    let mut matches = Vec::new();
    for first in 0..words.len() {
        phrases.at(words, first, &mut matches);
        for found in matches.drain(..) {
            covered[found.first..found.end].fill(true);
        }
    }
    covered
}

/// Whether a text says nothing: it is empty, has no letter or digit, or is a placeholder in any language.
pub fn is_placeholder(text: &str) -> bool {
    let words = Words::of(text);
    words.len() == 0
        || Language::ALL.into_iter().any(|language| find_in(List::Placeholder, language, &words).is_some())
}

/// The least years before a kind of initiative can show in an outcome; `None` where nothing is said of it.
pub fn lag_years(kind: InitiativeKind) -> Option<u32> {
    value_of("lag", kind.word())?.parse().ok()
}

/// The law of a place (an ISO 3166 alpha-3 code) by which influence that a foreign principal directs has to be
/// registered or disclosed, and since when.
pub fn register(place: &str) -> Option<&'static str> {
    value_of("register", place)
}

/// The values of lists that are not about words, by list and entry.
static VALUES: LazyLock<BTreeMap<(&str, &str), &str>> = LazyLock::new(|| {
    rows().filter(|row| row.language == "-").map(|row| ((row.list, row.entry), row.value)).collect()
});

fn value_of(list: &str, entry: &str) -> Option<&'static str> {
    VALUES.get(&(list, entry)).copied()
}
