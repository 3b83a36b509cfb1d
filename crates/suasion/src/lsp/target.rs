//! What ids stand for: where the section of an id is, and what it says of itself.

use suasion_model::source::Spanned;
use suasion_model::strategy::schema::Kind;
use suasion_model::{Span, Strategy};

/// The section of an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target<'s> {
    /// Where its id is written.
    pub(crate) id: Span,
    /// What it says of itself: its label, name or statement.
    pub(crate) says: &'s str,
    /// What else a reader wants to know of it in a few words, such as the unit of an indicator.
    pub(crate) detail: &'s str,
}

/// The section of this name that has this id. Of two that have it, the first.
pub(crate) fn target<'s>(strategy: &'s Strategy, section: &str, id: &str) -> Option<Target<'s>> {
    let label = |label: &'s Option<Spanned<String>>| label.as_ref().map_or("", Spanned::as_str);
    let (id, says, detail) = match section {
        "audience" => {
            let audience = strategy.audience(id)?;
            (&audience.id, audience.who.as_str(), audience.kind.word())
        }
        "indicator" => {
            let indicator = strategy.indicator(id)?;
            (&indicator.id, indicator.label.as_str(), indicator.unit.as_str())
        }
        "dataset" => {
            let dataset = strategy.dataset(id)?;
            (&dataset.id, dataset.source.as_str(), dataset.path.as_str())
        }
        "objective" => {
            let objective = strategy.objective(id)?;
            (&objective.id, objective.statement.as_str(), "")
        }
        "initiative" => {
            let initiative = strategy.initiative(id)?;
            (&initiative.id, label(&initiative.label), initiative.kind.value.word())
        }
        "resource" => {
            let resource = strategy.resource(id)?;
            (&resource.id, label(&resource.label), resource.kind.value.word())
        }
        "partner" => {
            let partner = strategy.partner(id)?;
            (&partner.id, partner.name.as_str(), partner.closeness.value.word())
        }
        "voice" => {
            let voice = strategy.voice(id)?;
            (&voice.id, voice.name.as_str(), voice.closeness.value.word())
        }
        _ => return None,
    };
    Some(Target { id: id.span, says, detail })
}

/// The kind of section whose ids a key holds, and the words that may stand in the place of one.
pub(crate) fn referred(kind: Kind) -> Option<(&'static str, &'static [&'static str])> {
    match kind {
        Kind::Reference(section, extra) | Kind::References(section, extra) => Some((section, extra)),
        _ => None,
    }
}
