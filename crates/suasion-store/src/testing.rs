//! What the tests of this crate share.

use bytes::Bytes;
use suasion_model::strategy::Dataset;
use suasion_model::{Source, Strategy};

use crate::admit::{Admission, Refusal, admit};
use crate::mapping::{check, resolve};
use crate::read::{RawFile, header};

/// A dataset `d` in `file`, of a table, with columns as TOML writes them and further keys.
pub(crate) fn dataset(table: &str, file: &str, columns: &str, more: &str) -> Dataset {
    let format = file.rsplit('.').next().unwrap_or_default();
    let text = format!(
        "[[dataset]]\nid = \"d\"\ntable = \"{table}\"\nformat = \"{format}\"\npath = \"{file}\"\n\
         columns = {{ {columns} }}\nsource = \"s\"\nlicence = \"l\"\npersonal = false\n{more}\n"
    )
    .replace("personal = false\npersonal", "personal");
    let (strategy, _) = Strategy::parse(&Source::new("strategy.toml", text));
    strategy.datasets.into_iter().next().expect("a dataset")
}

/// Reads bytes as a dataset's file, and makes sure that every row is accounted for.
pub(crate) fn admitted(dataset: &Dataset, bytes: &[u8]) -> Admission {
    let admission = try_admit(dataset, bytes).expect("it is read");
    let dropped: u64 = admission.by_reason().values().sum();
    assert_eq!(admission.rows_read, admission.batch.num_rows() as u64 + dropped, "read = kept + dropped");
    assert_eq!(dropped, admission.dropped.len() as u64);
    admission
}

/// Reads bytes as a dataset's file.
pub(crate) fn try_admit(dataset: &Dataset, bytes: &[u8]) -> Result<Admission, Vec<&'static str>> {
    let codes = |all: Vec<suasion_model::Diagnostic>| all.iter().map(|one| one.code).collect::<Vec<_>>();
    let bytes = Bytes::copy_from_slice(bytes);
    let file = RawFile { name: &dataset.path.value, bytes: &bytes };
    let format = dataset.format.value;
    let spec = check(dataset).map_err(codes)?;
    let names = header(format, file).map_err(|one| vec![one.code])?;
    let mapping = resolve(spec, dataset, &names).map_err(codes)?;
    admit(format, file, spec, &mapping, "import").map_err(|refusal| match refusal {
        Refusal::Input(one) => vec![one.code],
        Refusal::Failure(error) => panic!("failed to {error}"),
    })
}

/// `observations` in `x.csv` by the columns u, p and v.
pub(crate) fn observations() -> Dataset {
    dataset("observations", "x.csv", "unit = \"u\", period = \"p\", value = \"v\"", "")
}

/// A receipt of a dataset.
pub(crate) fn receipt(dataset: &str) -> suasion_model::receipt::Receipt {
    suasion_model::receipt::Receipt {
        dataset: dataset.to_string(),
        table: "flows".to_string(),
        path: "x.csv".to_string(),
        digest: "d".to_string(),
        source: "s".to_string(),
        licence: "l".to_string(),
        rows_read: 0,
        rows_kept: 0,
        rows_dropped: std::collections::BTreeMap::new(),
        dropped_file: None,
        program: "p".to_string(),
    }
}

/// Writes a log entry as Delta does.
pub(crate) fn log_entry(
    table: &std::path::Path,
    version: u64,
    file: &str,
    import: &str,
    receipt: &suasion_model::receipt::Receipt,
) {
    use crate::log::{IMPORT, RECEIPT};
    let folder = table.join("_delta_log");
    std::fs::create_dir_all(&folder).expect("made");
    let info = serde_json::json!({ "commitInfo": { RECEIPT: receipt, IMPORT: import } });
    let add = serde_json::json!({ "add": { "path": file } });
    std::fs::write(folder.join(format!("{version:020}.json")), format!("{info}\n{add}\n")).expect("written");
}
