//! Where sections begin and end, so that a place in the text can be traced to the section that it is in.

use super::row::Rows;
use crate::source::Span;

/// All sections of a strategy, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Sections(Vec<SectionPlace>);

/// A section and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPlace {
    /// The section's name, such as `objective`; nothing where the language has no such section.
    pub section: Option<&'static str>,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Its header.
    pub header: Span,
    /// From its header to the next section's, or the end of the text.
    pub extent: Span,
}

impl Sections {
    pub(super) fn new(rows: &Rows, headers: Vec<(Option<&'static str>, Span)>, length: usize) -> Self {
        let known = rows.iter().flat_map(|(section, rows)| {
            rows.iter().map(|row| SectionPlace {
                section: Some(*section),
                id: row.id().map(|id| id.value.to_string()),
                header: row.span,
                extent: row.span,
            })
        });
        let unread = headers.into_iter().map(|(section, header)| SectionPlace {
            section,
            id: None,
            header,
            extent: header,
        });
        let mut places: Vec<SectionPlace> = known.chain(unread).collect();
        places.sort_by_key(|place| (place.header, place.section.is_none()));
        places.dedup_by_key(|place| place.header.start);
        let mut end = length;
        for place in places.iter_mut().rev() {
            place.extent.end = end;
            end = place.extent.start;
        }
        Self(places)
    }

    /// The sections, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &SectionPlace> {
        self.0.iter()
    }

    /// The section that a problem is in; nothing where it is about the whole file.
    pub fn of(&self, span: Span) -> Option<&SectionPlace> {
        if span == Span::START { None } else { self.at(span.start) }
    }

    /// The section that an offset lies in; nothing before the first header.
    pub fn at(&self, offset: usize) -> Option<&SectionPlace> {
        let behind = self.0.partition_point(|place| place.header.start <= offset);
        self.0[..behind].last()
    }
}
