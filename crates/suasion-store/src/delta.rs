//! The only module that speaks to Delta: one commit that replaces a dataset's rows, and reading at a version.
//!
//! A table that was made before it had a column gets it with the next commit; rows that were there before have nothing in it.

use std::path::Path;

use datafusion::prelude::SessionContext;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake::kernel::{Action, Add, MetadataExt as _, StructType};
use deltalake::operations::create::CreateBuilder;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, DeltaTableBuilder, ensure_table_uri};
use futures::TryStreamExt;
use serde_json::{Value, json};
use suasion_model::evidence::TableSpec;
use suasion_model::receipt::Receipt;

use crate::error::Error;
use crate::log::{IMPORT, RECEIPT};
use crate::tables::{DATASET, table_schema};

/// A data file that is written and not yet in the table.
#[derive(Debug)]
pub(crate) struct NewFile {
    /// Its name in the table's folder.
    pub(crate) name: String,
    /// Its length in bytes.
    pub(crate) size: u64,
    /// Its rows.
    pub(crate) rows: u64,
    /// When it was last changed, in milliseconds since 1970, as the file system says.
    pub(crate) modified: i64,
}

/// In one commit, takes a dataset's files out of the table and puts the new one in, with the receipt.
pub(crate) async fn replace(
    table: &Path,
    spec: &TableSpec,
    version: Option<u64>,
    file: NewFile,
    import: &str,
    receipt: &Receipt,
) -> Result<(), Error> {
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| Error::Table {
        table: spec.name.to_string(),
        source,
    };
    let metadata = [
        (RECEIPT.to_string(), serde_json::to_value(receipt).map_err(|error| failed(error.into()))?),
        (IMPORT.to_string(), Value::String(import.to_string())),
    ];
    let properties =
        CommitProperties::default().with_metadata(metadata).with_cleanup_expired_logs(Some(false));
    let add = Action::Add(Add {
        path: file.name,
        partition_values: [(DATASET.to_string(), Some(receipt.dataset.clone()))].into(),
        size: file.size as i64,
        modification_time: file.modified,
        data_change: true,
        stats: Some(json!({ "numRecords": file.rows }).to_string()),
        ..Add::default()
    });
    let Some(version) = version else {
        return create(table, spec, add, properties).await.map_err(|error| failed(error.into()));
    };
    let current = open(table, version).await.map_err(|error| failed(error.into()))?;
    let snapshot = current.snapshot().map_err(|error| failed(error.into()))?;
    let views: Vec<_> = snapshot
        .snapshot()
        .file_views(&current.log_store(), None)
        .try_collect()
        .await
        .map_err(|error| failed(error.into()))?;
    let mut actions: Vec<Action> = views
        .iter()
        .filter(|view| {
            view.partition_values_map().get(DATASET).and_then(Option::as_deref) == Some(&receipt.dataset)
        })
        .map(|view| Action::Remove(view.remove_action(true)))
        .collect();
    actions.push(add);
    let schema: StructType =
        table_schema(spec).as_ref().try_into_kernel().map_err(|error| failed(Box::new(error)))?;
    let there = snapshot.schema();
    if schema.fields().any(|field| there.field(field.name()).is_none()) {
        let metadata = snapshot.metadata().clone();
        let metadata = metadata.with_schema(&schema).map_err(|error| failed(error.into()))?;
        actions.push(Action::Metadata(metadata));
    }
    let operation = DeltaOperation::Write {
        mode: SaveMode::Overwrite,
        partition_by: Some(vec![DATASET.to_string()]),
        predicate: None,
    };
    CommitBuilder::from(properties)
        .with_actions(actions)
        .with_max_retries(0)
        .build(Some(snapshot), current.log_store(), operation)
        .await
        .map(drop)
        .map_err(|error| failed(error.into()))
}

/// Lets a session read a table at a version.
pub(crate) async fn register(
    session: &SessionContext,
    table: &Path,
    spec: &TableSpec,
    version: u64,
) -> Result<(), Error> {
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| Error::Table {
        table: spec.name.to_string(),
        source,
    };
    let current = open(table, version).await.map_err(|error| failed(error.into()))?;
    let provider = current.table_provider().await.map_err(|error| failed(error.into()))?;
    session.register_table(spec.name, provider).map(drop).map_err(|error| failed(error.into()))
}

async fn open(table: &Path, version: u64) -> deltalake::DeltaResult<DeltaTable> {
    let address = ensure_table_uri(table.to_string_lossy())?;
    DeltaTableBuilder::from_url(address)?.with_version(version).load().await
}

/// A new table, and its first rows in the same commit. Its history is never expired: receipts are in it.
async fn create(
    table: &Path,
    spec: &TableSpec,
    add: Action,
    properties: CommitProperties,
) -> deltalake::DeltaResult<()> {
    let schema: StructType = table_schema(spec).as_ref().try_into_kernel()?;
    CreateBuilder::new()
        .with_location(table.to_string_lossy())
        .with_table_name(spec.name)
        .with_columns(schema.fields().cloned())
        .with_partition_columns([DATASET])
        .with_configuration([
            ("delta.enableExpiredLogCleanup", Some("false")),
            ("delta.logRetentionDuration", Some("interval 36500 days")),
            ("delta.deletedFileRetentionDuration", Some("interval 36500 days")),
        ])
        .with_commit_properties(properties)
        .with_actions([add])
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::AsArray;
    use datafusion::arrow::record_batch::RecordBatch;
    use suasion_model::evidence::{self, ColumnSpec, TableSpec};
    use suasion_model::strategy::words::TableKind;

    use super::{NewFile, register, replace};
    use crate::files::write_rows;
    use crate::testing::{admitted, dataset, receipt};

    /// A column as it was declared before.
    const fn same(column: &ColumnSpec) -> ColumnSpec {
        ColumnSpec {
            name: column.name,
            holds: column.holds,
            need: column.need,
            key: column.key,
            blank: column.blank,
        }
    }

    /// The table of interactions as it was before it had a language.
    fn before(spec: &TableSpec) -> TableSpec {
        let columns: Vec<ColumnSpec> =
            spec.columns.iter().filter(|column| column.name != "language").map(same).collect();
        TableSpec { name: spec.name, columns: columns.leak(), unique: spec.unique }
    }

    #[tokio::test]
    async fn a_table_that_lacks_a_column_gets_it_with_the_next_import() {
        let folder = tempfile::tempdir().expect("a folder");
        let table = folder.path().join("interactions");
        std::fs::create_dir_all(&table).expect("made");
        let spec = evidence::of(TableKind::Interactions).expect("a table");
        let columns = "time = \"t\", actor = \"a\", verb = \"v\", language = \"l\"";
        let batch =
            admitted(&dataset("interactions", "x.csv", columns, ""), b"t,a,v,l\n2012,A,says,fr\n").batch;
        let kept: Vec<usize> =
            (0..batch.num_columns()).filter(|at| batch.schema().field(*at).name() != "language").collect();
        let old = batch.project(&kept).expect("fewer columns");
        let file = |name: &str, batch: &RecordBatch| NewFile {
            name: name.to_string(),
            size: write_rows(&table.join(name), batch).expect("written"),
            rows: 1,
            modified: 0,
        };
        replace(&table, &before(spec), None, file("part-0.parquet", &old), "A", &receipt("x"))
            .await
            .expect("made");
        replace(&table, spec, Some(0), file("part-1.parquet", &batch), "B", &receipt("y"))
            .await
            .expect("added");
        let session = crate::sql::session();
        register(&session, &table, spec, 1).await.expect("registered");
        let rows = crate::sql::ask(&session, "select language from interactions order by dataset").await;
        let rows = rows.expect("read").batches;
        let said: Vec<Option<String>> = rows
            .iter()
            .flat_map(|batch| {
                let column = datafusion::arrow::compute::cast(
                    batch.column(0),
                    &datafusion::arrow::datatypes::DataType::Utf8,
                );
                column
                    .expect("text")
                    .as_string::<i32>()
                    .iter()
                    .map(|text| text.map(str::to_string))
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(said, [None, Some("fr".to_string())]);
    }
}
