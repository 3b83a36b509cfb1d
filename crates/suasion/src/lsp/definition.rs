//! From an id to the section that has it.

use suasion_model::{Span, Strategy};

use super::cursor::{self, Spot};
use super::target::{referred, target};

/// Where the id is declared that stands at an offset. Words that stand in the place of an id, such as `domestic`, are
/// declared nowhere.
pub(crate) fn definition(text: &str, strategy: &Strategy, offset: usize) -> Option<Span> {
    let Spot::Value(spot) = cursor::at(text, offset) else { return None };
    let (section, _) = referred(spot.key.kind)?;
    let content = spot.content?;
    Some(target(strategy, section, &text[content.start..content.end])?.id)
}
