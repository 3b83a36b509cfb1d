//! Files of the store: written whole or not at all, and known by the digest of their bytes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};
use suasion_model::Diagnostic;
use suasion_model::data_rules::DataRule;
use suasion_model::strategy::words::Format;

use crate::error::Error;
use crate::read::{RawFile, header, rows};

/// What the name of an unfinished file ends in.
pub(crate) const UNFINISHED: &str = ".unfinished";

/// SHA-256 of bytes, in hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 of several texts, in hex: of their lengths too, so that no two lists of texts run together.
pub(crate) fn digest_of_all<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut bytes = Vec::new();
    for text in texts {
        bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    digest(&bytes)
}

/// Writes a file under a passing name, makes sure of it on disk, and gives it its name. What is written before a
/// failure is removed again.
pub(crate) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), Error>,
) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_path_buf(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let unfinished = unfinished_name(path);
    let written = File::create(&unfinished).map_err(failed).and_then(|mut file| {
        write(&mut file)?;
        file.sync_all().map_err(failed)?;
        fs::rename(&unfinished, path).map_err(failed)?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    });
    if written.is_err() {
        // It is gone or was never made: either is well.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn unfinished_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(UNFINISHED);
    PathBuf::from(name)
}

/// The dropped rows of a file as CSV: line, reason, and the row as it was. Its bytes depend on nothing else.
pub(crate) fn dropped_rows(
    format: Format,
    file: RawFile<'_>,
    dropped: &BTreeMap<u64, &'static DataRule>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let names = header(format, file)?;
    let titles = ["line", "reason"].into_iter().chain(names.iter().map(String::as_str));
    // A vector takes every byte, and rows of every length are allowed: writing cannot fail.
    let _ = csv.write_record(titles);
    rows(format, file, &mut |row| {
        if let Some(reason) = dropped.get(&row.ordinal) {
            let line = row.line.to_string();
            let _ = csv.write_record([line.as_str(), reason.code].into_iter().chain(row.fields.iter()));
        }
        Ok(())
    })?;
    Ok(csv.into_inner().unwrap_or_default())
}

/// Writes rows as one Parquet file; its length.
pub(crate) fn write_rows(path: &Path, batch: &RecordBatch) -> Result<u64, Error> {
    let failed = |source| Error::WriteRows { path: path.to_path_buf(), source };
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("suasion-store ", env!("CARGO_PKG_VERSION")).to_string())
        .build();
    write_whole(path, |file| {
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).map_err(failed)?;
        writer.write(batch).map_err(failed)?;
        writer.close().map(drop).map_err(failed)
    })?;
    let length = fs::metadata(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    Ok(length.len())
}

/// Writes bytes as one file.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let path = Arc::<Path>::from(path);
    write_whole(&path, |file| {
        file.write_all(bytes).map_err(|source| Error::Write { path: path.to_path_buf(), source })
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use suasion_model::strategy::words::Format;

    use super::{digest, digest_of_all, dropped_rows, write_bytes, write_whole};
    use crate::error::Error;
    use crate::read::RawFile;
    use crate::testing::{admitted, observations};

    #[test]
    fn digests_are_sha_256_and_keep_texts_apart() {
        assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_ne!(digest_of_all(["ab", "c"]), digest_of_all(["a", "bc"]));
    }

    #[test]
    fn a_file_that_cannot_be_finished_is_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/x");
        write_bytes(&path, b"old").expect("written");
        let full = || Error::Write { path: path.clone(), source: std::io::ErrorKind::StorageFull.into() };
        write_whole(&path, |_| Err(full())).expect_err("the disk is full");
        assert_eq!(std::fs::read(&path).expect("the old one"), b"old");
        assert_eq!(std::fs::read_dir(folder.path().join("new")).expect("listed").count(), 1);
    }

    #[test]
    fn dropped_rows_are_kept_as_they_were() {
        let bytes = Bytes::from_static(b"u,p,v\r\n A ,2011,\"1,234\"\r\nB\r\nC,2011,1\r\n");
        let admission = admitted(&observations(), &bytes);
        let file = RawFile { name: "x.csv", bytes: &bytes };
        let dropped = dropped_rows(Format::Csv, file, &admission.dropped).expect("read again");
        let expected = "line,reason,u,p,v\n2,not-a-number, A ,2011,\"1,234\"\n3,wrong-number-of-fields,B\n";
        assert_eq!(String::from_utf8(dropped).expect("text"), expected);
    }
}
