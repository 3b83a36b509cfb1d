//! Rows of a chunk, as columns.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::chunks::{Chunks, Unloaded};
use crate::error::{Error, Fault};
use crate::fields::{Field, Joiner, RECORD_ADVICE, is_blank, line, split_csv, split_text};
use crate::input::Input;
use crate::interner::{Distinct as _, NotInterned, Numbers, Texts};
use crate::names::plain_integer;
use crate::number::plain_number;
use crate::options::{Negatives, Options};
use crate::plan::{Plan, is_comment};
use crate::receipt::Counts;
use crate::times::stamp;

/// Up to here integers and floats are one to one.
const LARGEST_EXACT: u64 = 1 << 53;

/// The rows of one chunk. Ids are as the namer gives them.
pub(crate) struct Part<N: Namer> {
    pub(crate) sources: Vec<u32>,
    pub(crate) targets: Vec<u32>,
    /// Empty without weights.
    pub(crate) weights: Vec<f64>,
    /// Empty without times.
    pub(crate) stamps: Vec<i64>,
    /// Ends of rows that were dropped.
    pub(crate) loose: Vec<u32>,
    pub(crate) counts: Counts,
    pub(crate) namer: N,
}

/// Turns names into ids, which stand for them within a chunk: two are equal exactly if the names are.
pub(crate) trait Namer: Send + Sized {
    fn new(options: &Options) -> Self;

    /// The id of a name.
    fn id(&mut self, name: &[u8]) -> Result<u32, Unnamed>;

    /// The id of an integer, or `None` if only [`Namer::id`] can tell.
    fn number(&mut self, value: u64) -> Option<u32>;

    /// Frees what only naming needs.
    fn close(&mut self) {}
}

/// Why a name has no id.
pub(crate) enum Unnamed {
    /// The names need another kind of id.
    Widen,
    /// The name cannot be one.
    Fault(Fault),
}

/// Names that are integers below 2³².
pub(crate) struct Narrow {
    /// Below which names must be, if the caller says so.
    n_nodes: Option<u32>,
}

impl Namer for Narrow {
    fn new(options: &Options) -> Self {
        Self { n_nodes: options.nodes }
    }

    fn id(&mut self, name: &[u8]) -> Result<u32, Unnamed> {
        if let Some(id) = plain_integer(name).and_then(|value| self.number(value)) {
            return Ok(id);
        }
        Err(self.n_nodes.map_or(Unnamed::Widen, |n_nodes| {
            Unnamed::Fault(Fault::NoNode { name: String::from_utf8_lossy(name).into_owned(), n_nodes })
        }))
    }

    #[inline]
    fn number(&mut self, value: u64) -> Option<u32> {
        u32::try_from(value).ok().filter(|&id| self.n_nodes.is_none_or(|n_nodes| id < n_nodes))
    }
}

/// Names that are integers below 2⁶⁴.
pub(crate) struct Wide(pub(crate) Numbers);

impl Namer for Wide {
    fn new(_: &Options) -> Self {
        Self(Numbers::default())
    }

    fn id(&mut self, name: &[u8]) -> Result<u32, Unnamed> {
        plain_integer(name).map(|value| self.0.intern(value)).ok_or(Unnamed::Widen)
    }

    #[inline]
    fn number(&mut self, value: u64) -> Option<u32> {
        Some(self.0.intern(value))
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// Names of any kind.
pub(crate) struct Words(pub(crate) Texts);

impl Namer for Words {
    fn new(_: &Options) -> Self {
        Self(Texts::default())
    }

    fn id(&mut self, name: &[u8]) -> Result<u32, Unnamed> {
        self.0.intern(name).map_err(|reason| match reason {
            NotInterned::NotUtf8 => Unnamed::Fault(Fault::NotUtf8),
            NotInterned::ZeroByte => Unnamed::Fault(Fault::ZeroByte),
        })
    }

    fn number(&mut self, _: u64) -> Option<u32> {
        None
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// Why the rows could not be read.
pub(crate) enum Stop {
    /// The names need another kind of id.
    Widen,
    /// The line is at fault, counted from 0 within the chunk.
    Line(u64, Fault),
    /// Anything else.
    Error(Error),
}

/// Parses all chunks; `None` if the names need another kind of id.
pub(crate) fn parse<N: Namer>(
    input: &Input,
    chunks: &Chunks,
    plan: &Plan,
    options: &Options,
) -> Result<Option<Vec<Part<N>>>, Error> {
    let widen = AtomicBool::new(false);
    let parsed: Vec<Result<Part<N>, Stop>> = (0..chunks.len())
        .into_par_iter()
        .map_init(Vec::new, |buffer, chunk| {
            if widen.load(Ordering::Relaxed) {
                return Err(Stop::Widen);
            }
            let part = parse_chunk(chunks, chunk, buffer, plan, options);
            if matches!(part, Err(Stop::Widen)) {
                widen.store(true, Ordering::Relaxed);
            }
            part
        })
        .collect();
    if widen.into_inner() {
        return Ok(None);
    }
    let mut parts = Vec::with_capacity(parsed.len());
    let mut lines = plan.counts.lines;
    for part in parsed {
        match part {
            Ok(part) => {
                lines += part.counts.lines;
                parts.push(part);
            }
            Err(Stop::Widen) => return Ok(None),
            Err(Stop::Line(line, mut fault)) => {
                let line = lines + line + 1;
                if let Fault::BadWeight { first, .. } = &mut fault {
                    *first = line == plan.first_line;
                }
                return Err(Error::Line { path: input.path().to_path_buf(), line, fault });
            }
            Err(Stop::Error(error)) => return Err(error),
        }
    }
    Ok(Some(parts))
}

fn parse_chunk<N: Namer>(
    chunks: &Chunks,
    chunk: usize,
    buffer: &mut Vec<u8>,
    plan: &Plan,
    options: &Options,
) -> Result<Part<N>, Stop> {
    let range = chunks.load(chunk, buffer).map_err(|unloaded| match unloaded {
        Unloaded::Input(error) => Stop::Error(error),
        Unloaded::Line(line, fault) => Stop::Line(line, fault),
    })?;
    let rows = memchr::memchr_iter(b'\n', &buffer[range.clone()]).count();
    let mut reader = Reader {
        bytes: buffer,
        plan,
        options,
        fields: Vec::new(),
        scratch: Vec::new(),
        joiner: Joiner::default(),
        part: Part {
            sources: Vec::with_capacity(rows),
            targets: Vec::with_capacity(rows),
            weights: Vec::with_capacity(if plan.weight.is_some() { rows } else { 0 }),
            stamps: Vec::with_capacity(if plan.time.is_some() { rows } else { 0 }),
            loose: Vec::new(),
            counts: Counts::default(),
            namer: N::new(options),
        },
    };
    let mut position = range.start;
    let simple = plan.is_simple();
    while position < range.end {
        if simple {
            position = reader.integers(position, range.end);
            if position >= range.end {
                break;
            }
        }
        let lines = reader.part.counts.lines;
        position = reader.row(position).map_err(|unread| match unread {
            Unnamed::Widen => Stop::Widen,
            Unnamed::Fault(fault) => Stop::Line(lines, fault),
        })?;
    }
    reader.part.namer.close();
    Ok(reader.part)
}

struct Reader<'a, N: Namer> {
    bytes: &'a [u8],
    plan: &'a Plan,
    options: &'a Options,
    fields: Vec<Field>,
    scratch: Vec<u8>,
    joiner: Joiner,
    part: Part<N>,
}

impl<N: Namer> Reader<'_, N> {
    /// Reads rows of integers, one separator between them, for as long as there are such; where the first other line
    /// starts. There may be a third column, of weights.
    fn integers(&mut self, mut position: usize, end: usize) -> usize {
        let bytes = self.bytes;
        let is_weighted = self.plan.weight.is_some();
        let separator = self.plan.separator.byte();
        let part = &mut self.part;
        let before = part.sources.len();
        let mut self_loops = 0;
        while position < end {
            let Some((source, after)) = plain_number(bytes, position) else { break };
            if bytes[after] != separator {
                break;
            }
            let Some((target, mut after)) = plain_number(bytes, after + 1) else { break };
            let (Some(source), Some(target)) = (part.namer.number(source), part.namer.number(target)) else {
                break;
            };
            let mut weight = 0;
            if is_weighted {
                if bytes[after] != separator {
                    break;
                }
                let Some((value, end)) = plain_number(bytes, after + 1) else { break };
                if value == 0 || value > LARGEST_EXACT {
                    break;
                }
                (weight, after) = (value, end);
            }
            position = match bytes[after] {
                b'\n' => after + 1,
                b'\r' if bytes[after + 1] == b'\n' => after + 2,
                _ => break,
            };
            self_loops += u64::from(source == target);
            part.sources.push(source);
            part.targets.push(target);
            if is_weighted {
                part.weights.push(weight as f64);
            }
        }
        let rows = (part.sources.len() - before) as u64;
        part.counts.rows += rows;
        part.counts.lines += rows;
        part.counts.self_loops += self_loops;
        position
    }

    /// Reads the line or record at `position`; where the next one starts.
    fn row(&mut self, position: usize) -> Result<usize, Unnamed> {
        let (end, mut next) = line(self.bytes, position);
        let text = &self.bytes[position..end];
        if text.iter().all(|&byte| is_blank(byte)) {
            self.part.counts.lines += 1;
            self.part.counts.blank_lines += 1;
            return Ok(next);
        }
        let mut lines = 1;
        if let Some(delimiter) = self.plan.delimiter {
            let after =
                split_csv(self.bytes, position, delimiter, &mut self.fields).map_err(Unnamed::Fault)?;
            if after > next {
                lines = memchr::memchr_iter(b'\n', &self.bytes[position..after]).count() as u64;
                next = after;
            }
        } else if is_comment(text) {
            self.part.counts.lines += 1;
            self.part.counts.comments += 1;
            return Ok(next);
        } else {
            let Plan { separator, first_line, .. } = *self.plan;
            split_text(self.bytes, (position, end), separator, first_line, &mut self.fields)
                .map_err(Unnamed::Fault)?;
        }
        let (found, expected) = (self.fields.len(), self.plan.header.width);
        if found != expected {
            let is_text = self.plan.delimiter.is_none();
            let advice = if is_text { self.plan.separator.advice() } else { RECORD_ADVICE };
            return Err(Unnamed::Fault(Fault::Ragged { expected, found, advice }));
        }
        if !self.is_wanted().map_err(Unnamed::Fault)? {
            self.part.counts.lines += lines;
            self.part.counts.rows += 1;
            self.part.counts.rows_filtered += 1;
            return Ok(next);
        }
        let source = self.name(&self.plan.from, "source")?;
        let target = self.name(&self.plan.to, "target")?;
        let weight = self.weight().map_err(Unnamed::Fault)?;
        let stamp = self.stamp().map_err(Unnamed::Fault)?;
        self.direction().map_err(Unnamed::Fault)?;
        let part = &mut self.part;
        part.counts.lines += lines;
        part.counts.rows += 1;
        if weight == Some(0.0) && !self.options.keep_zero {
            part.counts.zero_weights_dropped += 1;
            part.loose.extend([source, target]);
            return Ok(next);
        }
        part.weights.extend(weight);
        part.stamps.extend(stamp);
        part.counts.negative_weights += u64::from(weight.is_some_and(|weight| weight < 0.0));
        part.counts.self_loops += u64::from(source == target);
        part.sources.push(source);
        part.targets.push(target);
        Ok(next)
    }

    /// Whether the row fulfils what is asked of it.
    fn is_wanted(&mut self) -> Result<bool, Fault> {
        for (column, condition) in &self.plan.filters {
            if !condition.accepts(self.fields[*column].value(self.bytes, &mut self.scratch))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn name(&mut self, columns: &[usize], end: &'static str) -> Result<u32, Unnamed> {
        if let Some(name) = self.joiner.name(self.bytes, &self.fields, columns) {
            return self.part.namer.id(name);
        }
        let column = columns.first().map(|&column| self.plan.header.name(column));
        Err(Unnamed::Fault(Fault::EmptyName { end, column }))
    }

    fn weight(&mut self) -> Result<Option<f64>, Fault> {
        let Some(column) = self.plan.weight else { return Ok(None) };
        let raw = self.fields[column].value(self.bytes, &mut self.scratch).trim_ascii();
        if raw.is_empty() {
            return Err(Fault::NoWeight);
        }
        let text = || String::from_utf8_lossy(raw).into_owned();
        let weight = match plain_integer(raw) {
            Some(value) if value <= LARGEST_EXACT => value as f64,
            _ => std::str::from_utf8(raw)
                .ok()
                .and_then(|text| text.parse::<f64>().ok())
                .ok_or_else(|| Fault::BadWeight { text: text(), first: false })?,
        };
        if !weight.is_finite() {
            return Err(Fault::NotFinite { text: text() });
        }
        if weight < 0.0 && self.options.negatives == Negatives::Refuse {
            return Err(Fault::Negative { text: text() });
        }
        // Turns negative zero into zero, and changes nothing else.
        Ok(Some(weight + 0.0))
    }

    fn stamp(&mut self) -> Result<Option<i64>, Fault> {
        let Some(column) = self.plan.time else { return Ok(None) };
        let text = self.fields[column].value(self.bytes, &mut self.scratch).trim_ascii();
        if text.is_empty() {
            return Err(Fault::NoTime { column: self.plan.header.name(column) });
        }
        let no_moment = || Fault::BadTime { text: String::from_utf8_lossy(text).into_owned() };
        Ok(Some(stamp(text).ok_or_else(no_moment)?))
    }

    fn direction(&mut self) -> Result<(), Fault> {
        let Some(column) = self.plan.direction else { return Ok(()) };
        let text = self.fields[column].value(self.bytes, &mut self.scratch).trim_ascii();
        if text.eq_ignore_ascii_case(b"directed") {
            self.part.counts.declared_directed += 1;
        } else if text.eq_ignore_ascii_case(b"undirected") {
            self.part.counts.declared_undirected += 1;
        } else if !text.is_empty() {
            return Err(Fault::BadType { text: String::from_utf8_lossy(text).into_owned() });
        }
        Ok(())
    }
}
