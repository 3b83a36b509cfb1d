//! What nodes are called, in as little room as their names allow.

use std::borrow::Cow;

use suasion_graph::Names;

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
