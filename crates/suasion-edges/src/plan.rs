//! Which columns mean what, from the options and the first lines.

use crate::chunks::LONGEST_LINE;
use crate::error::{Error, Fault};
use crate::fields::{self, Field, Separator, is_blank, line, split_csv, split_text};
use crate::filter::{Condition, Filter};
use crate::header::{Header, is_number};
use crate::input::Input;
use crate::options::{Layout, Options};
use crate::receipt::Counts;

/// How the rows of an edge list are to be read.
pub(crate) struct Plan {
    /// The delimiter of CSV; `None` for text.
    pub(crate) delimiter: Option<u8>,
    /// What parts the fields of text, as the first row shows.
    pub(crate) separator: Separator,
    /// Where the lines after the header start.
    pub(crate) start: u64,
    /// Lines of the header.
    pub(crate) header_lines: u64,
    /// What was counted before `start`; all its lines, those of the header included.
    pub(crate) counts: Counts,
    /// The line of the first row, or of the header.
    pub(crate) first_line: u64,
    /// The columns that name the source, from 0.
    pub(crate) from: Vec<usize>,
    /// The columns that name the target, from 0.
    pub(crate) to: Vec<usize>,
    /// The column of weights, from 0.
    pub(crate) weight: Option<usize>,
    /// The column of times, from 0.
    pub(crate) time: Option<usize>,
    /// Gephi's column `Type`, from 0.
    pub(crate) direction: Option<usize>,
    /// Whether the first row fulfils the filters.
    pub(crate) first_is_wanted: bool,
    /// What columns, from 0, must fulfil.
    pub(crate) filters: Vec<(usize, Condition)>,
    /// What columns are called.
    pub(crate) header: Header,
}

/// What to do about a header that is an edge.
const IF_EDGE: &str =
    "if it is an edge, put a header above it (Source,Target), or call the file .txt to read it without one";

/// As [`IF_EDGE`], where the columns were called by number.
const IF_EDGE_OR_HEADER: &str = "if it is an edge, put a header above it (Source,Target), or call the file .txt to read it \
                                 without one; if it is the header, call columns by their names (--from, --to)";

/// The first lines of an input.
struct Head {
    /// As many bytes as hold the first row or header, padded with line ends.
    bytes: Vec<u8>,
    /// How many of them are the input's.
    filled: usize,
}

impl Plan {
    pub(crate) fn new(input: &Input, layout: Layout, options: &Options) -> Result<Self, Error> {
        let has_header = layout.is_table() || names_columns(options);
        let mut filled = (1 << 16).min(input.len() as usize);
        loop {
            let mut bytes = vec![b'\n'; filled + 1];
            input.read_at(0, &mut bytes[..filled])?;
            let all = filled as u64 == input.len();
            let head = Head { bytes, filled };
            if let Some(plan) = Self::from_head(&head, all, has_header, input, layout, options)? {
                return Ok(plan);
            }
            filled = (2 * filled).min(input.len() as usize);
        }
    }

    /// `None` if the head has to be longer.
    fn from_head(
        head: &Head,
        all: bool,
        has_header: bool,
        input: &Input,
        layout: Layout,
        options: &Options,
    ) -> Result<Option<Self>, Error> {
        let bytes = head.bytes.as_slice();
        let mut position = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut counts = Counts::default();
        // Without a header, what stands before the first row is counted with the rows.
        let start_of_all = position as u64;
        loop {
            let (end, next) = line(bytes, position);
            if !all && next >= head.filled {
                let read = &bytes[position..head.filled];
                let fault = if memchr::memchr(0, read).is_some() {
                    Fault::ZeroByte
                } else if read.len() > LONGEST_LINE {
                    Fault::LongLine { limit: LONGEST_LINE }
                } else {
                    return Ok(None);
                };
                return Err(Error::Line { path: input.path().to_path_buf(), line: counts.lines + 1, fault });
            }
            if position >= head.filled {
                break;
            }
            let blank = bytes[position..end].iter().all(|&byte| is_blank(byte));
            let comment = layout == Layout::Text && is_comment(&bytes[position..end]);
            if !blank && !comment {
                break;
            }
            counts.lines += 1;
            counts.blank_lines += u64::from(blank);
            counts.comments += u64::from(comment);
            position = next;
        }
        let first_line = counts.lines + 1;
        let faulty = |fault| Error::Line { path: input.path().to_path_buf(), line: first_line, fault };
        let mut plan = Self {
            delimiter: None,
            separator: Separator::Blanks,
            start: start_of_all,
            header_lines: 0,
            counts: Counts::default(),
            first_line,
            from: Vec::new(),
            to: Vec::new(),
            weight: None,
            time: None,
            direction: None,
            first_is_wanted: false,
            filters: Vec::new(),
            header: Header::default(),
        };
        let (end, mut next) = line(bytes, position);
        let mut fields: Vec<Field> = Vec::new();
        if position < head.filled {
            if memchr::memchr(0, &bytes[position..end]).is_some() {
                return Err(faulty(Fault::ZeroByte));
            }
            if layout.is_table() {
                let delimiter = delimiter(&bytes[position..end]);
                plan.delimiter = Some(delimiter);
                match split_csv(bytes, position, delimiter, &mut fields) {
                    Ok(after) => next = after,
                    Err(_) if !all => return Ok(None),
                    Err(fault) => return Err(faulty(fault)),
                }
                if !all && next >= head.filled {
                    return Ok(None);
                }
            } else {
                plan.separator = Separator::of(&bytes[position..end]);
                split_text(bytes, (position, end), plan.separator, first_line, &mut fields)
                    .map_err(faulty)?;
            }
        }
        plan.header = Header::numbered(fields.len());
        if has_header && !fields.is_empty() {
            let mut scratch = Vec::new();
            let mut names = Vec::with_capacity(fields.len());
            for field in &fields {
                let value = field.value(bytes, &mut scratch);
                let name = std::str::from_utf8(value).map_err(|_| faulty(Fault::NotUtf8))?;
                names.push(name.to_string());
            }
            plan.header = Header::named(names);
            let next = next.min(head.filled);
            plan.header_lines = memchr::memchr_iter(b'\n', &head.bytes[position..next.max(position + 1) - 1])
                .count() as u64
                + 1;
            counts.lines += plan.header_lines;
            plan.counts = counts;
            plan.start = next as u64;
        }
        if plan.header.width > 0 {
            if layout == Layout::Csv {
                plan.ensure_header(options).map_err(faulty)?;
            }
            plan.choose(input, options)?;
            let mut scratch = Vec::new();
            plan.first_is_wanted = plan.filters.iter().all(|(column, condition)| {
                matches!(condition.accepts(fields[*column].value(bytes, &mut scratch)), Ok(true))
            });
        }
        Ok(Some(plan))
    }

    /// Finds the columns that the options ask for.
    fn choose(&mut self, input: &Input, options: &Options) -> Result<(), Error> {
        let text = !self.header.has_names();
        let default =
            |name: &str, position: usize| if text { position.to_string() } else { name.to_string() };
        let gephi = options.from.is_empty() && options.to.is_empty() && !text;
        let find_all = |columns: &[String], position: usize| -> Result<Vec<usize>, Error> {
            if !columns.is_empty() {
                return columns.iter().map(|column| self.header.find(input, column)).collect();
            }
            let both = options.from.is_empty() && options.to.is_empty();
            let (column, end, flags) = match (position, both) {
                (1, true) => ("Source", "source", "--from COL, and --to COL for the target"),
                (1, false) => ("Source", "source", "--from COL"),
                (_, true) => ("Target", "target", "--to COL, and --from COL for the source"),
                (_, false) => ("Target", "target", "--to COL"),
            };
            let name = default(column, position);
            let found = self.header.any_case(&name).map_or_else(|| self.header.find(input, &name), Ok);
            let no_end = |path| Error::NoEnd { path, column, end, flags, there: self.header.there() };
            found.map(|column| vec![column]).map_err(|error| match error {
                Error::NoColumn { path, .. } => no_end(path),
                error => error,
            })
        };
        let from = find_all(&options.from, 1)?;
        let to = find_all(&options.to, 2)?;
        let weight = match &options.weight {
            Some(column) => Some(self.header.find(input, column)?),
            None if gephi => self.header.any_case("Weight"),
            None => None,
        };
        self.time = options.time.as_ref().map(|column| self.header.find(input, column)).transpose()?;
        self.direction = if gephi { self.header.any_case("Type") } else { None };
        (self.from, self.to, self.weight) = (from, to, weight);
        for Filter { column, condition, .. } in &options.filters {
            self.filters.push((self.header.find(input, column)?, condition.clone()));
        }
        Ok(())
    }

    /// Refuses a first row that has a number for an end, unless that is the name the column was called by.
    fn ensure_header(&self, options: &Options) -> Result<(), Fault> {
        let names = self.header.names();
        let number = if options.from.is_empty() && options.to.is_empty() {
            let is_known = ["Source", "Target"].iter().any(|name| self.header.any_case(name).is_some());
            names
                .first()
                .filter(|_| !is_known && names.len() > 1 && names.iter().take(2).all(|name| is_number(name)))
        } else {
            let columns = options.from.iter().chain(&options.to);
            columns
                .filter_map(|column| self.header.position(column))
                .map(|column| &names[column])
                .find(|name| is_number(name))
        };
        let Some(number) = number else { return Ok(()) };
        let why = format!("`{number}` is to be the name of an end in it");
        Err(Fault::NoHeader { row: self.header.row(), why, advice: IF_EDGE })
    }

    /// Refuses a header, if its columns were called by numbers alone, in which a node is named.
    pub(crate) fn ensure_no_node(
        &self,
        options: &Options,
        is_node: impl Fn(&str) -> bool,
    ) -> Result<(), Fault> {
        let is_number = |column: &String| self.header.position(column).is_some();
        let all = |columns: &[String]| !columns.is_empty() && columns.iter().all(is_number);
        if !self.header.has_names() || !all(&options.from) || !all(&options.to) {
            return Ok(());
        }
        for end in [&self.from, &self.to] {
            let parts: Vec<&str> = end.iter().map(|&column| self.header.names()[column].as_str()).collect();
            let name = fields::record(&parts);
            if is_node(&name) {
                let why = format!("`{name}` is a node as well");
                return Err(Fault::NoHeader { row: self.header.row(), why, advice: IF_EDGE_OR_HEADER });
            }
        }
        Ok(())
    }

    /// Whether rows of text are a source, a target, in that order, perhaps a weight, and nothing else.
    pub(crate) fn is_simple(&self) -> bool {
        let columns = match self.weight {
            None => 2,
            Some(2) => 3,
            Some(_) => return false,
        };
        self.delimiter.is_none()
            && self.filters.is_empty()
            && self.time.is_none()
            && self.header.width == columns
            && self.from == [0]
            && self.to == [1]
    }

    /// How many columns mean nothing.
    pub(crate) fn columns_ignored(&self) -> usize {
        let used = |column: &usize| {
            self.from.contains(column)
                || self.to.contains(column)
                || self.weight == Some(*column)
                || self.time == Some(*column)
                || self.direction == Some(*column)
                || self.filters.iter().any(|(filtered, _)| filtered == column)
        };
        (0..self.header.width).filter(|column| !used(column)).count()
    }
}

/// Whether the options call a column by something that is no number.
fn names_columns(options: &Options) -> bool {
    let filtered = options.filters.iter().map(|filter| &filter.column);
    let columns =
        options.from.iter().chain(&options.to).chain(&options.weight).chain(&options.time).chain(filtered);
    columns.into_iter().any(|column| column.parse::<usize>().is_err())
}

/// Whether a line of text is a comment.
pub(crate) fn is_comment(line: &[u8]) -> bool {
    line.iter().find(|&&byte| !fields::is_blank(byte)) == Some(&b'#')
}

/// The delimiter that a header uses outside quotes: of comma, tab and semicolon the most frequent, in this order.
pub(crate) fn delimiter(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for &byte in header {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == *delimiter);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
}
