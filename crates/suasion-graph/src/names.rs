//! Nodes' external names, and the numbering they imply.
//!
//! **Order.** If every name is an integer, names are ordered by value; otherwise by the bytes of their text. Node ids
//! are the ranks in that order, so that they depend on the set of names only: never on the order of rows, on how often
//! a name occurs, or on a file's own numbering.
//!
//! **Semantics.** A name is its text: `7` and `07` are two nodes (equal in value, hence ordered by text), case and
//! spaces count, and the empty name is a name. An integer is an optional `-` and one or more ASCII digits, of any
//! length; one name that is not an integer puts the whole set in text order (`10` before `9`).
//!
//! **Cost.** O(k log n) comparisons to intern k mentions of n names, O(log n) for a look-up; the names are stored end
//! to end, with 8 bytes a name beside their text.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::error::Error;

/// The distinct names of a network's nodes, in canonical order: the name of node `id` is the `id`-th.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// All names, end to end.
    text: String,
    /// Where each name starts in `text`, and where the last one ends: one more than there are names.
    offsets: Vec<usize>,
    order: Order,
}

impl Names {
    /// Interns names given in any order and any number of times.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let mut interner = Interner::default();
        for name in names {
            interner.intern(name)?;
        }
        Ok(interner.finish().0)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of node `id`. Panics if there is no such node.
    pub fn name(&self, id: u32) -> &str {
        let id = id as usize;
        &self.text[self.offsets[id]..self.offsets[id + 1]]
    }

    /// The node called `name`, or `None` if there is none; by binary search.
    pub fn id(&self, name: &str) -> Option<u32> {
        // Only the same text compares equal, so that what is no integer is never found among integers.
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.order.compare(self.name(middle), name) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The names in order of node id.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.offsets.windows(2).map(|span| &self.text[span[0]..span[1]])
    }
}

/// Numbers names in order of appearance while they are read, and canonically once all are known.
#[derive(Default)]
pub(crate) struct Interner<'a> {
    provisional: BTreeMap<&'a str, u32>,
}

impl<'a> Interner<'a> {
    /// The provisional number of a name.
    pub(crate) fn intern(&mut self, name: &'a str) -> Result<u32, Error> {
        if let Some(&number) = self.provisional.get(name) {
            return Ok(number);
        }
        let number = self.provisional.len();
        // The number of names itself has to fit, hence the largest number does not.
        let number = u32::try_from(number)
            .ok()
            .filter(|&number| number < u32::MAX)
            .ok_or(Error::TooManyNodes { n_nodes: number.saturating_add(1) })?;
        self.provisional.insert(name, number);
        Ok(number)
    }

    /// The names, and the node id of each provisional number.
    pub(crate) fn finish(self) -> (Names, Vec<u32>) {
        let order =
            if self.provisional.keys().all(|name| is_integer(name)) { Order::Integers } else { Order::Text };
        let mut sorted: Vec<(&str, u32)> = self.provisional.into_iter().collect();
        if order == Order::Integers {
            sorted.sort_unstable_by(|a, b| order.compare(a.0, b.0));
        }
        let mut text = String::with_capacity(sorted.iter().map(|(name, _)| name.len()).sum());
        let mut offsets = Vec::with_capacity(sorted.len() + 1);
        let mut ids = vec![0; sorted.len()];
        offsets.push(0);
        for (id, (name, number)) in sorted.into_iter().enumerate() {
            text.push_str(name);
            offsets.push(text.len());
            ids[number as usize] = id as u32;
        }
        (Names { text, offsets, order }, ids)
    }
}

/// How a set of names is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By value, then by text.
    Integers,
    /// By bytes.
    Text,
}

impl Order {
    fn compare(self, a: &str, b: &str) -> Ordering {
        match self {
            Self::Integers => compare_values(a, b).then_with(|| a.cmp(b)),
            Self::Text => a.cmp(b),
        }
    }
}

/// Whether a name is an integer: an optional `-` and ASCII digits, of any length.
pub fn is_integer(name: &str) -> bool {
    let digits = name.strip_prefix('-').unwrap_or(name);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Compares two integers of any length by value.
fn compare_values(a: &str, b: &str) -> Ordering {
    let (a_negative, a) = sign_and_magnitude(a);
    let (b_negative, b) = sign_and_magnitude(b);
    // Without leading zeros the longer magnitude is the larger.
    let magnitudes = a.len().cmp(&b.len()).then_with(|| a.cmp(b));
    match (a_negative, b_negative) {
        (false, false) => magnitudes,
        (true, true) => magnitudes.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// Whether an integer has a minus sign, and its digits without leading zeros (none for zero). That `-0` passes for less
/// than `0` is where its text puts it too.
fn sign_and_magnitude(integer: &str) -> (bool, &str) {
    let digits = integer.strip_prefix('-').unwrap_or(integer);
    (digits.len() < integer.len(), digits.trim_start_matches('0'))
}
