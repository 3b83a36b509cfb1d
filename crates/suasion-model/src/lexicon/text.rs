//! Text as words that can be compared: one form for every way of writing the same word.
//!
//! A word is a run of letters and digits. It is compared in its compatibility decomposition (NFKD), in lower case and
//! without combining marks, so that accents and Arabic vowel signs do not matter. Arabic is further levelled: alef in
//! all its forms, hamza on its seats (their decomposition is the bare letter and a mark), ta marbuta as ha, alef
//! maqsura as ya; the tatweel and invisible marks of direction are skipped. An elided article (`l'`, `d'`) and the
//! possessive `'s` are no words of their own.
//!
//! Arabic writes "and", "so", "by", "for", "as" and "the" in one word with what follows. A word has therefore several
//! [`forms`](Words::forms): as it stands, and behind each of these that it may begin with.
//!
//! Cost: one pass over the text, and a constant number of bytes of memory for each of its bytes.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What French and its sisters write before an apostrophe in place of an article, a pronoun or a conjunction.
const ELIDED: [&str; 12] = ["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "t"];

/// The least bytes that a word keeps behind what is written together with it: three Arabic letters.
const LEAST: usize = 6;

/// A word of a text.
#[derive(Debug, Clone)]
struct Word {
    /// Its bytes in the text.
    range: Range<usize>,
    /// Its bytes in the levelled text.
    level: Range<usize>,
    /// The number of its sentence.
    sentence: usize,
    /// Where its forms begin within it.
    starts: [u8; 6],
    /// How many forms it has.
    n_forms: usize,
    /// The [`beginning`]s of its forms.
    beginnings: u64,
}

/// The words of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    levelled: String,
    words: Vec<Word>,
}

impl Words {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader::default();
        for (at, letter) in text.char_indices() {
            reader.letter(at, letter);
        }
        reader.end_word(false);
        reader.words
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The bytes in the text from word `first` to the one before `end`.
    pub(super) fn range(&self, first: usize, end: usize) -> Range<usize> {
        self.words[first].range.start..self.words[end - 1].range.end
    }

    /// Whether word `other` exists and stands in the same sentence as word `word`.
    pub(super) fn same_sentence(&self, word: usize, other: usize) -> bool {
        self.words.get(other).is_some_and(|other| other.sentence == self.words[word].sentence)
    }

    /// What a word is compared by: as it stands, and without what Arabic writes together with it.
    pub(super) fn forms(&self, word: usize) -> impl Iterator<Item = &str> {
        let word = &self.words[word];
        let level = &self.levelled[word.level.clone()];
        word.starts[..word.n_forms].iter().map(|start| &level[usize::from(*start)..])
    }

    /// The [`beginning`]s of a word's forms.
    pub(super) fn beginnings(&self, word: usize) -> u64 {
        self.words[word].beginnings
    }

    /// The words as they are compared, without further forms.
    pub(super) fn levelled(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &self.levelled[word.level.clone()])
    }
}

/// Where the reader stands.
#[derive(Debug, Default)]
struct Reader {
    words: Words,
    sentence: usize,
    /// A full stop was read. Whether it ends a sentence is known when the next word begins.
    stopped: bool,
    /// White space was read since the last word.
    spaced: bool,
    /// Line ends since the last word.
    line_ends: usize,
    /// The word being read: its bytes in the text, and where it begins in the levelled text.
    open: Option<(Range<usize>, usize)>,
    /// An apostrophe stands directly before the word being read.
    behind_apostrophe: bool,
}

impl Reader {
    fn letter(&mut self, at: usize, letter: char) {
        if letter.is_ascii_alphanumeric() {
            self.push(at, letter, letter.to_ascii_lowercase());
        } else if letter.is_ascii() {
            self.between(letter);
        } else if is_apostrophe(letter) {
            self.between('\'');
        } else if !is_invisible(letter) {
            decompose_compatible(letter, |part| self.part(at, letter, part));
        }
    }

    fn part(&mut self, at: usize, letter: char, part: char) {
        if is_combining_mark(part) {
            // A mark belongs to the letter before it; without one it is nothing.
            if let Some((range, _)) = &mut self.open {
                range.end = at + letter.len_utf8();
            }
            return;
        }
        if !part.is_alphanumeric() {
            self.between(part);
            return;
        }
        match part {
            'œ' | 'Œ' => ['o', 'e'].into_iter().for_each(|part| self.push(at, letter, part)),
            'æ' | 'Æ' => ['a', 'e'].into_iter().for_each(|part| self.push(at, letter, part)),
            'ß' | 'ẞ' => ['s', 's'].into_iter().for_each(|part| self.push(at, letter, part)),
            'ة' => self.push(at, letter, 'ه'),
            'ى' | 'ی' => self.push(at, letter, 'ي'),
            'ک' => self.push(at, letter, 'ك'),
            'ٱ' => self.push(at, letter, 'ا'),
            _ => part.to_lowercase().for_each(|part| {
                // The lower case of a few letters carries a mark of its own.
                if !is_combining_mark(part) {
                    self.push(at, letter, part);
                }
            }),
        }
    }

    fn push(&mut self, at: usize, letter: char, part: char) {
        let end = at + letter.len_utf8();
        if let Some((range, _)) = &mut self.open {
            range.end = end;
        } else {
            self.begin_word(letter);
            self.open = Some((at..end, self.words.levelled.len()));
        }
        self.words.levelled.push(part);
    }

    /// A full stop ends a sentence before white space, unless a small letter or a digit follows: "No. 1", "e.g. here".
    fn begin_word(&mut self, first: char) {
        let full_stop = self.stopped && self.spaced && !first.is_lowercase() && !first.is_numeric();
        if full_stop || self.line_ends > 1 {
            self.sentence += 1;
        }
        self.stopped = false;
        self.spaced = false;
        self.line_ends = 0;
    }

    /// Something that is no part of a word.
    fn between(&mut self, part: char) {
        let apostrophe = part == '\'';
        let ended = self.end_word(apostrophe);
        self.behind_apostrophe = apostrophe && ended;
        match part {
            '.' => self.stopped = true,
            '!' | '?' | '؟' | '۔' | '。' => self.sentence += 1,
            '\n' => {
                self.line_ends += 1;
                self.spaced = true;
            }
            _ => self.spaced |= part.is_whitespace(),
        }
    }

    /// Ends the word being read, and says whether there was one.
    fn end_word(&mut self, before_apostrophe: bool) -> bool {
        let Some((range, from)) = self.open.take() else { return false };
        let level = &self.words.levelled[from..];
        let possessive = self.behind_apostrophe && level == "s";
        if possessive || before_apostrophe && ELIDED.contains(&level) {
            self.words.levelled.truncate(from);
            return true;
        }
        let (starts, n_forms) = forms_of(level);
        let beginnings =
            starts[..n_forms].iter().fold(0, |all, at| all | beginning(&level[usize::from(*at)..]));
        let level = from..self.words.levelled.len();
        self.words.words.push(Word { range, level, sentence: self.sentence, starts, n_forms, beginnings });
        true
    }
}

/// A bit for the first two bytes of a word: words with different bits are different, and a stem of two bytes or more
/// shares the bit of every word that it begins.
pub(super) fn beginning(word: &str) -> u64 {
    let byte = |at: usize| word.as_bytes().get(at).copied().map_or(0, usize::from);
    1 << ((byte(0) * 31 + byte(1)) % 64)
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{02bc}' | '\u{2032}' | '\u{ff07}')
}

/// The tatweel, the soft hyphen, joiners and marks of direction: nobody sees them, and no word ends at them.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{00ad}' | '\u{0640}' | '\u{061c}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
    )
}

/// Where the forms of a levelled word begin: at its start, and behind "and" or "so" (و ف), "by", "for" or "as"
/// (ب ل ك) and the article (ال, or لل for "for the"), as long as three letters are left.
fn forms_of(word: &str) -> ([u8; 6], usize) {
    let mut starts = [0; 6];
    let mut n_forms = 1;
    let mut add = |start: usize| {
        if word.len() >= start + LEAST && n_forms < starts.len() {
            starts[n_forms] = start as u8;
            n_forms += 1;
        }
    };
    let behind_and = word.starts_with(['و', 'ف']).then_some(2);
    for start in [Some(0), behind_and].into_iter().flatten() {
        let rest = &word[start..];
        if start > 0 {
            add(start);
        }
        if rest.starts_with("ال") || rest.starts_with("لل") {
            add(start + 4);
        }
        if rest.starts_with(['ب', 'ل', 'ك']) {
            add(start + 2);
            if rest[2..].starts_with("ال") {
                add(start + 6);
            }
        }
    }
    (starts, n_forms)
}
