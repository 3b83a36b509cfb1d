//! What nodes are called, in as little room as their names allow.

use std::borrow::Cow;

use rayon::prelude::*;
use suasion_graph::Names;

use crate::merge::TooMany;

/// The names of nodes, in canonical order as [`Names`] has it: integers by value if all are integers, otherwise text by
/// bytes. The name of node `id` is the `id`-th.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeNames {
    /// The name of every node is its number, from 0 to one less than this.
    Range(u32),
    /// Integers without sign and leading zeros, ascending.
    Numbers(Vec<u64>),
    /// Everything else.
    Text(Names),
}

impl NodeNames {
    /// Distinct integers, ascending.
    pub(crate) fn of_numbers(numbers: Vec<u64>) -> Self {
        match numbers.last() {
            Some(&last) if last != numbers.len() as u64 - 1 => Self::Numbers(numbers),
            _ => Self::Range(numbers.len() as u32),
        }
    }

    /// These names and more, which must be others and distinct.
    pub(crate) fn with(&self, more: &[&str]) -> Result<Self, TooMany> {
        if self.len() as usize + more.len() > u32::MAX as usize {
            return Err(TooMany);
        }
        let integers: Option<Vec<u64>> = more.iter().map(|name| plain_integer(name.as_bytes())).collect();
        let mut numbers = match (self, integers) {
            (Self::Range(n_nodes), Some(integers)) => [(0..u64::from(*n_nodes)).collect(), integers].concat(),
            (Self::Numbers(numbers), Some(integers)) => [numbers.as_slice(), &integers].concat(),
            _ => {
                let known: Vec<Cow<'_, str>> = (0..self.len()).map(|node| self.name(node)).collect();
                let names = known.iter().map(|name| &**name).chain(more.iter().copied());
                return Names::new(names).map(Self::Text).map_err(|_| TooMany);
            }
        };
        numbers.par_sort_unstable();
        Ok(Self::of_numbers(numbers))
    }

    /// How many nodes there are.
    pub fn len(&self) -> u32 {
        match self {
            Self::Range(n_nodes) => *n_nodes,
            Self::Numbers(numbers) => numbers.len() as u32,
            Self::Text(names) => names.len() as u32,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of node `id`. Panics if there is no such node.
    pub fn name(&self, id: u32) -> Cow<'_, str> {
        match self {
            Self::Range(n_nodes) => {
                assert!(id < *n_nodes, "node {id} is not among the {n_nodes} nodes");
                Cow::Owned(id.to_string())
            }
            Self::Numbers(numbers) => Cow::Owned(numbers[id as usize].to_string()),
            Self::Text(names) => Cow::Borrowed(names.name(id)),
        }
    }

    /// The node called `name`, or `None` if there is none.
    pub fn id(&self, name: &str) -> Option<u32> {
        match self {
            Self::Range(n_nodes) => {
                let id: u32 = plain_integer(name.as_bytes())?.try_into().ok()?;
                (id < *n_nodes).then_some(id)
            }
            Self::Numbers(numbers) => {
                let position = numbers.binary_search(&plain_integer(name.as_bytes())?).ok()?;
                Some(position as u32)
            }
            Self::Text(names) => names.id(name),
        }
    }
}

/// The value of a name that is a `u64` written without sign and leading zeros: those that are equal exactly if their
/// values are.
pub(crate) fn plain_integer(name: &[u8]) -> Option<u64> {
    if name.is_empty() || name.len() > 20 || (name[0] == b'0' && name.len() > 1) {
        return None;
    }
    name.iter().try_fold(0_u64, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value.checked_mul(10)?.checked_add(u64::from(digit))
    })
}
