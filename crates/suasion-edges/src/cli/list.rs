//! Several values in one flag.

use crate::fields::list;

/// What a flag lists: values with commas between them, those that hold a comma in quotes, as in a record of CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List(Vec<String>);

impl List {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        list(text).map(Self)
    }

    /// What a flag lists that may be given again.
    pub(super) fn all(lists: &[Self]) -> Vec<String> {
        lists.iter().flat_map(|list| &list.0).cloned().collect()
    }
}
