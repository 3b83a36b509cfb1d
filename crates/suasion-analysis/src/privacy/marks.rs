//! Who may be named, and which texts name somebody who may not.

use std::collections::BTreeSet;

use suasion_graph::Names;
use suasion_model::strategy::words::PartnerKind;
use suasion_model::table::Actor;

/// Whether a row of the actors table marks its actor: as what, and by which source.
pub fn is_marked(row: &Actor) -> bool {
    let kind = row.kind.as_deref().and_then(PartnerKind::from_word);
    kind.is_some() && row.source.as_deref().is_some_and(|source| !source.trim().is_empty())
}

/// Which actors of a network are marked, with their rows.
#[derive(Debug, Clone)]
pub struct Marks<'a> {
    rows: Vec<Option<&'a Actor>>,
    /// What unmarked actors are called, in plain letters.
    unsaid: BTreeSet<String>,
}

impl<'a> Marks<'a> {
    /// Reads the marks of all actors of a network, from the rows of one table or several.
    pub fn new(names: &Names, rows: impl Iterator<Item = &'a Actor> + Clone) -> Self {
        let mut marked = vec![None; names.len()];
        for row in rows.clone().filter(|row| is_marked(row)) {
            if let Some(id) = names.id(&row.actor) {
                marked[id as usize] = Some(row);
            }
        }
        let is_named = |actor: &str| names.id(actor).is_some_and(|id| marked[id as usize].is_some());
        let mut unsaid = BTreeSet::new();
        for row in rows.filter(|row| !is_marked(row) && !is_named(&row.actor)) {
            unsaid.insert(plain(&row.actor));
            unsaid.extend(row.name.as_deref().map(plain));
        }
        unsaid
            .extend(names.iter().zip(&marked).filter(|(_, row)| row.is_none()).map(|(name, _)| plain(name)));
        unsaid.remove("");
        Self { rows: marked, unsaid }
    }

    /// The row that marks an actor; none where nothing does.
    pub fn row(&self, actor: u32) -> Option<&'a Actor> {
        self.rows[actor as usize]
    }

    /// Whether an actor is marked.
    pub fn is_marked(&self, actor: u32) -> bool {
        self.rows[actor as usize].is_some()
    }

    /// An actor as it stands behind an element: itself, or nobody if it is marked.
    pub fn behind(&self, actor: u32) -> u32 {
        if self.is_marked(actor) { super::NOBODY } else { actor }
    }

    /// How many of these are not marked.
    pub fn n_unmarked<'e>(&self, actors: impl IntoIterator<Item = &'e u32>) -> usize {
        actors.into_iter().filter(|actor| !self.is_marked(**actor)).count()
    }

    /// Whether a text is none that an unmarked actor is called by: a tag or a layer may be somebody's name.
    pub fn may_be_said(&self, text: &str) -> bool {
        let plain = plain(text);
        !plain.is_empty() && !self.unsaid.contains(&plain)
    }

    /// What readers call a marked actor: its name, unless an unmarked one has it too.
    pub fn name(&self, actor: u32) -> Option<&'a str> {
        let row = self.row(actor)?;
        let name = row.name.as_deref().map(str::trim).filter(|name| self.may_be_said(name));
        Some(name.unwrap_or(row.actor.as_str()))
    }
}

/// A text in lower case without anything but letters and digits.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
