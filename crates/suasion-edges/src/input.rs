//! The bytes of an edge list: where they lie, and whether they stayed the same.
//!
//! A plain file is never held as a whole: tasks read the pieces they parse. A compressed file, or one that is no
//! regular file (a pipe), is decompressed or read into memory first.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::Error;

/// An edge list that has been opened.
#[derive(Debug)]
pub struct Input {
    path: PathBuf,
    file: File,
    /// What is compared when all has been read; `None` for what is no regular file.
    stamp: Option<Stamp>,
    /// The file's contents, where they are in memory.
    memory: Option<Vec<u8>>,
    bytes: u64,
    compression: Option<&'static str>,
    /// Whether the contents are a table as CSV, so that faults are in rows and not in lines.
    is_table: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), modified: metadata.modified().ok() }
    }

    /// Fails if the file is no longer what it was.
    fn ensure(&self, file: &File, path: &Path) -> Result<(), Error> {
        let now = file.metadata().map_err(|cause| Error::Io { path: path.to_path_buf(), cause })?;
        if Self::of(&now) == *self { Ok(()) } else { Err(Error::Changed { path: path.to_path_buf() }) }
    }
}

/// A file that others should not write to while it is used.
pub(crate) struct Watch {
    path: PathBuf,
    file: File,
    stamp: Stamp,
}

impl Watch {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let failed = |cause| Error::Io { path: path.to_path_buf(), cause };
        let file = File::open(path).map_err(failed)?;
        let stamp = Stamp::of(&file.metadata().map_err(failed)?);
        Ok(Self { path: path.to_path_buf(), file, stamp })
    }

    /// The length of the file when it was opened.
    pub(crate) fn bytes(&self) -> u64 {
        self.stamp.len
    }

    /// Fails if the file is no longer what it was when it was opened.
    pub(crate) fn ensure_unchanged(&self) -> Result<(), Error> {
        self.stamp.ensure(&self.file, &self.path)
    }
}

impl Input {
    /// Opens a file and notes its length and time of modification. What is compressed is decompressed into memory.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |cause| Error::Io { path: path.to_path_buf(), cause };
        let mut file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        let stamp = metadata.is_file().then(|| Stamp::of(&metadata));
        let mut input = Self {
            path: path.to_path_buf(),
            bytes: metadata.len(),
            stamp,
            memory: None,
            compression: None,
            is_table: false,
            file,
        };
        if input.stamp.is_none() {
            let mut bytes = Vec::new();
            file = input.file.try_clone().map_err(failed)?;
            file.read_to_end(&mut bytes).map_err(failed)?;
            input.bytes = bytes.len() as u64;
            input.memory = Some(bytes);
        }
        input.decompress()?;
        input.refuse_foreign()?;
        Ok(input)
    }

    /// A table of another format than those that are read here, such as Parquet, with its rows as CSV under a header.
    ///
    /// Fails if the file cannot be opened, and as `to_csv` does, which turns it into CSV.
    pub fn of_table<E: From<Error>>(
        path: &Path,
        to_csv: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        let failed = |cause| Error::Io { path: path.to_path_buf(), cause };
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        Ok(Self {
            path: path.to_path_buf(),
            bytes: metadata.len(),
            stamp: metadata.is_file().then(|| Stamp::of(&metadata)),
            memory: Some(to_csv()?),
            compression: None,
            is_table: true,
            file,
        })
    }

    /// Says of a fault in a line of a table in which row it is.
    pub(crate) fn in_row(&self, error: Error) -> Error {
        match (error, &self.memory) {
            (Error::Line { path, line, fault }, Some(csv)) if self.is_table => {
                Error::Row { path, row: row_of(csv, line), fault }
            }
            (error, _) => error,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The length of the file.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// `gzip` or `zstd`.
    pub(crate) fn compression(&self) -> Option<&'static str> {
        self.compression
    }

    /// The length of the contents.
    pub(crate) fn len(&self) -> u64 {
        self.memory.as_ref().map_or(self.bytes, |bytes| bytes.len() as u64)
    }

    /// Fills `buffer` with the contents from `offset` on. They must be there.
    pub(crate) fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<(), Error> {
        if let Some(bytes) = &self.memory {
            let start = offset as usize;
            buffer.copy_from_slice(&bytes[start..start + buffer.len()]);
            return Ok(());
        }
        read_exact_at(&self.file, offset, buffer).map_err(|cause| match cause.kind() {
            io::ErrorKind::UnexpectedEof => Error::Changed { path: self.path.clone() },
            _ => Error::Io { path: self.path.clone(), cause },
        })
    }

    /// Fails if the file is no longer what it was when it was opened.
    pub(crate) fn ensure_unchanged(&self) -> Result<(), Error> {
        self.stamp.as_ref().map_or(Ok(()), |stamp| stamp.ensure(&self.file, &self.path))
    }

    fn decompress(&mut self) -> Result<(), Error> {
        let mut magic = [0; 4];
        let there = self.len().min(4) as usize;
        self.read_at(0, &mut magic[..there])?;
        let compression = match magic {
            [0x1f, 0x8b, ..] => "gzip",
            // Zstandard, and its skippable frames.
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => "zstd",
            _ => return Ok(()),
        };
        let read = {
            let reader: &mut dyn Read =
                if let Some(bytes) = &self.memory { &mut bytes.as_slice() } else { &mut &self.file };
            let mut bytes = Vec::new();
            let done = if compression == "gzip" {
                flate2::read::MultiGzDecoder::new(io::BufReader::with_capacity(1 << 16, reader))
                    .read_to_end(&mut bytes)
            } else {
                zstd::Decoder::new(reader).and_then(|mut decoder| decoder.read_to_end(&mut bytes))
            };
            done.map(|_| bytes)
        };
        let path = self.path.clone();
        let bytes = read.map_err(|cause| match cause.kind() {
            io::ErrorKind::UnexpectedEof => Error::CutShort { path, compression },
            _ => Error::Damaged { path, compression, cause },
        })?;
        self.memory = Some(bytes);
        self.compression = Some(compression);
        Ok(())
    }

    /// Recognises files of other kinds by how they start, to say more than that line 1 is wrong.
    fn refuse_foreign(&self) -> Result<(), Error> {
        let mut start = vec![0; self.len().min(1 << 10) as usize];
        self.read_at(0, &mut start)?;
        let (found, hint) = match *start {
            [b'P', b'A', b'R', b'1', ..] => {
                ("a Parquet file", "`suasion graph` reads it, this program does not")
            }
            [b'P', b'K', 3, 4, ..] => {
                ("a zip archive or a spreadsheet", "unpack it, or save the sheet of edges as CSV")
            }
            [b'B', b'Z', b'h', ..] | [0xfd, b'7', b'z', b'X', ..] => {
                ("compressed with bzip2 or xz", "unpack it, or compress it with gzip or zstd")
            }
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("text in UTF-16", "save it as UTF-8"),
            _ => match network_format(&start) {
                Some(found) => (
                    found,
                    "save its edges as CSV under the header Source,Target (in Gephi: Data Laboratory, Edges, Export table)",
                ),
                None => return Ok(()),
            },
        };
        // Four bytes that are two node numbers' halves are fine in raw pairs.
        if crate::options::Layout::of(&self.path) == crate::options::Layout::Binary {
            return Ok(());
        }
        Err(Error::Foreign { path: self.path.clone(), found, hint })
    }
}

/// What a file in which other programs keep networks is, by how it starts.
fn network_format(start: &[u8]) -> Option<&'static str> {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start().to_ascii_lowercase();
    let holds = |tag: &[u8]| memchr::memmem::find(&text, tag).is_some();
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word.as_bytes()));
    if starts(&["<?xml", "<gexf", "<graphml", "<!doctype", "<html"]) {
        let of_xml =
            [(b"<gexf".as_slice(), "a GEXF file"), (b"<graphml", "a GraphML file"), (b"<html", "a web page")];
        return Some(of_xml.iter().find(|(tag, _)| holds(tag)).map_or("an XML file", |(_, found)| found));
    }
    if starts(&["*vertices", "*network", "*arcs", "*edges", "*matrix"]) {
        return Some("a Pajek file");
    }
    let is_gml =
        starts(&["graph", "creator"]) && (holds(b"graph [") || holds(b"graph\n[") || holds(b"graph\r\n["));
    is_gml.then_some("a GML file")
}

/// The row, from 1, that starts in a line, from 1, of CSV whose header is one record.
fn row_of(csv: &[u8], line: u64) -> u64 {
    let (mut row, mut before, mut quoted) = (0, 1, false);
    for byte in csv {
        if before == line {
            break;
        }
        match byte {
            b'"' => quoted = !quoted,
            b'\n' => {
                before += 1;
                row += u64::from(!quoted);
            }
            _ => {}
        }
    }
    row
}

#[cfg(unix)]
pub(crate) fn read_exact_at(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(windows)]
pub(crate) fn read_exact_at(file: &File, mut offset: u64, mut buffer: &mut [u8]) -> io::Result<()> {
    while !buffer.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, buffer, offset) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(n) => {
                offset += n as u64;
                buffer = &mut buffer[n..];
            }
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(())
}

#[cfg(unix)]
pub(crate) fn write_all_at(file: &File, offset: u64, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(windows)]
pub(crate) fn write_all_at(file: &File, mut offset: u64, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, offset) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => {
                offset += n as u64;
                bytes = &bytes[n..];
            }
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_watches_a_file_sees_that_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("g.csr");
        std::fs::write(&path, b"graph").unwrap();
        let watch = Watch::open(&path).unwrap();
        assert_eq!((watch.bytes(), watch.ensure_unchanged().is_ok()), (5, true));
        std::fs::write(&path, b"other graph").unwrap();
        assert!(matches!(watch.ensure_unchanged(), Err(Error::Changed { path: named }) if named == path));
    }
}
