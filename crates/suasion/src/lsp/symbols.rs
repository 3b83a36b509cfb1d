//! The sections of a document, as an editor lists them.

use gen_lsp_types::{DocumentSymbol, SymbolKind};
use suasion_model::Span;

use super::document::Document;

/// Every section with its id, in the order of the file.
pub(crate) fn symbols(document: &Document) -> Vec<DocumentSymbol> {
    let text = document.text();
    let mut symbols = Vec::new();
    for place in document.strategy().sections.iter() {
        let written = text.get(place.header.start..place.header.end).unwrap_or_default();
        let header = written.trim_matches(['[', ']', ' ', '\t']);
        let name = place.id.as_deref().filter(|id| !id.is_empty()).unwrap_or(header);
        // A list of what is in a document has no room for what has no name.
        if name.is_empty() {
            continue;
        }
        let extent =
            Span { start: place.extent.start, end: place.extent.start + trimmed(text, place.extent) };
        let selection = Span { start: extent.start, end: place.header.end.min(extent.end) };
        symbols.push(DocumentSymbol::new(
            name.to_string(),
            place.id.as_ref().and(place.section).map(str::to_string),
            SymbolKind::Object,
            None,
            None,
            document.range(extent),
            document.range(selection),
            None,
        ));
    }
    symbols
}

/// The length of a section without the blank lines behind it.
fn trimmed(text: &str, extent: Span) -> usize {
    text.get(extent.start..extent.end).map_or(0, |section| section.trim_end().len())
}
