//! Distinct names, numbered in order of appearance. Hashes only find them: nothing is ever listed in their order.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// Distinct names of one kind.
pub(crate) trait Distinct: Sync {
    /// A name, by whose order nodes are numbered.
    type Name<'a>: Copy + Ord + Send + Sync
    where
        Self: 'a;

    /// How many there are.
    fn len(&self) -> usize;

    /// The name of a number.
    fn name(&self, number: u32) -> Self::Name<'_>;

    /// Equal for equal names.
    fn hash(name: Self::Name<'_>) -> u64;

    /// Frees what only interning needs. What is interned from now on may get a second number.
    fn close(&mut self);
}

/// Integers.
#[derive(Default)]
pub(crate) struct Numbers {
    values: Vec<u64>,
    numbers: HashTable<(u64, u32)>,
}

impl Numbers {
    /// The number of an integer, of which there must be fewer than 2³² − 1.
    #[inline]
    pub(crate) fn intern(&mut self, value: u64) -> u32 {
        let hash = mix(value);
        if let Some(&(_, number)) = self.numbers.find(hash, |&(other, _)| other == value) {
            return number;
        }
        let number = self.values.len() as u32;
        self.values.push(value);
        self.numbers.insert_unique(hash, (value, number), |&(other, _)| mix(other));
        number
    }
}

impl Distinct for Numbers {
    type Name<'a> = u64;

    fn len(&self) -> usize {
        self.values.len()
    }

    fn name(&self, number: u32) -> u64 {
        self.values[number as usize]
    }

    fn hash(name: u64) -> u64 {
        mix(name)
    }

    fn close(&mut self) {
        self.numbers = HashTable::new();
        self.values.shrink_to_fit();
    }
}

/// The finaliser of MurmurHash3: every bit of the number changes half of the hash.
fn mix(number: u64) -> u64 {
    let mut hash = number;
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Texts.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// All texts, end to end.
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
}

/// Why a text has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotInterned {
    /// It is not UTF-8.
    NotUtf8,
    /// There is a zero byte in it.
    ZeroByte,
}

impl Texts {
    /// The number of a text, of which there must be fewer than 2³² − 1.
    pub(crate) fn intern(&mut self, name: &[u8]) -> Result<u32, NotInterned> {
        let hash = FxBuildHasher.hash_one(name);
        let Self { text, ends, numbers } = self;
        let same = |&number: &u32| &text.as_bytes()[span(ends, number)] == name;
        if let Some(&number) = numbers.find(hash, same) {
            return Ok(number);
        }
        let name = std::str::from_utf8(name).map_err(|_| NotInterned::NotUtf8)?;
        if memchr::memchr(0, name.as_bytes()).is_some() {
            return Err(NotInterned::ZeroByte);
        }
        let number = ends.len() as u32;
        text.push_str(name);
        ends.push(text.len());
        let hash_of = |&number: &u32| FxBuildHasher.hash_one(&text.as_bytes()[span(ends, number)]);
        numbers.insert_unique(hash, number, hash_of);
        Ok(number)
    }
}

impl Distinct for Texts {
    type Name<'a> = &'a str;

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn name(&self, number: u32) -> &str {
        &self.text[span(&self.ends, number)]
    }

    fn hash(name: &str) -> u64 {
        FxBuildHasher.hash_one(name.as_bytes())
    }

    fn close(&mut self) {
        self.numbers = HashTable::new();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn span(ends: &[usize], number: u32) -> std::ops::Range<usize> {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    start..ends[number]
}
