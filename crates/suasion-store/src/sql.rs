//! Questions in SQL. They read the registered tables and nothing else: no statement changes anything, and no path is
//! a table.

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::json::ArrayWriter;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches_with_schema;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::error::Error;
use crate::read::list;

/// The answer to a query.
#[derive(Debug, Clone)]
pub struct QueryResult {
    /// Its columns.
    pub schema: SchemaRef,
    /// Its rows.
    pub batches: Vec<RecordBatch>,
}

/// A session in which tables can be registered and asked.
pub(crate) fn session() -> SessionContext {
    SessionContext::new_with_config(SessionConfig::new().with_information_schema(true))
}

/// Answers one query.
pub(crate) async fn ask(session: &SessionContext, query: &str) -> Result<QueryResult, Error> {
    let read_only =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let unanswered = |error: DataFusionError| Error::Query { what: saying(&error), tables: tables(session) };
    let plan = session.state().create_logical_plan(query).await.map_err(unanswered)?;
    read_only.verify_plan(&plan).map_err(Error::NotAQuestion)?;
    let frame = session.execute_logical_plan(plan).await.map_err(unanswered)?;
    let schema: SchemaRef = frame.schema().inner().clone();
    let batches = frame.collect().await.map_err(unanswered)?;
    Ok(QueryResult { schema, batches })
}

/// What an error says, once, and without the names of catalogues that nobody chose.
fn saying(error: &DataFusionError) -> String {
    let text = match error.find_root() {
        DataFusionError::SQL(error, _) => error.to_string(),
        root => root.strip_backtrace(),
    };
    text.replace("datafusion.public.", "")
}

/// The registered tables in a sentence.
fn tables(session: &SessionContext) -> String {
    let names = session
        .catalog("datafusion")
        .and_then(|catalog| catalog.schema("public"))
        .map(|schema| schema.table_names())
        .unwrap_or_default();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    match names.as_slice() {
        [] => "there are no tables yet: run `suasion ingest` first".to_string(),
        names => format!("the tables are {}", list(names)),
    }
}

impl QueryResult {
    /// How many rows it has.
    pub fn n_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// As a table of text.
    pub fn to_text(&self) -> Result<String, Error> {
        pretty_format_batches_with_schema(self.schema.clone(), &self.batches)
            .map(|table| table.to_string())
            .map_err(Error::Print)
    }

    /// As a JSON array with an object for each row; what is null is left out.
    pub fn to_json(&self) -> Result<String, Error> {
        let mut writer = ArrayWriter::new(Vec::new());
        let batches: Vec<&RecordBatch> = self.batches.iter().collect();
        writer.write_batches(&batches).and_then(|()| writer.finish()).map_err(Error::Print)?;
        let json = writer.into_inner();
        if json.is_empty() { Ok("[]".to_string()) } else { Ok(String::from_utf8_lossy(&json).into_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{ask, session};
    use crate::error::Error;
    use crate::testing::{admitted, observations};

    fn with_table() -> datafusion::prelude::SessionContext {
        let session = session();
        let batch = admitted(&observations(), b"u,p,v\nA,2011,1\nB,2012,2\n").batch;
        session.register_batch("observations", batch).expect("registered");
        session
    }

    #[tokio::test]
    async fn questions_are_answered() {
        let session = with_table();
        let answer =
            ask(&session, "select unit, value from observations order by unit").await.expect("answered");
        assert_eq!(answer.n_rows(), 2);
        let table = [
            "+------+-------+",
            "| unit | value |",
            "+------+-------+",
            "| A    | 1.0   |",
            "| B    | 2.0   |",
            "+------+-------+",
        ];
        assert_eq!(answer.to_text().expect("text"), table.join("\n"));
        assert_eq!(answer.to_json().expect("json"), r#"[{"unit":"A","value":1.0},{"unit":"B","value":2.0}]"#);
        let none = ask(&session, "select unit from observations where value > 5").await.expect("answered");
        assert_eq!(none.to_json().expect("json"), "[]");
        assert!(none.to_text().expect("text").contains("unit"));
        for query in
            ["explain select 1", "describe observations", "show tables", "show columns from observations"]
        {
            assert!(ask(&session, query).await.expect(query).n_rows() > 0, "{query}");
        }
    }

    #[tokio::test]
    async fn nothing_is_changed() {
        let session = with_table();
        for query in [
            "insert into observations select * from observations",
            "create table t as select 1",
            "select 1 into t",
            "drop table observations",
            "create view w as select 1",
            "create external table t stored as csv location '/etc/passwd'",
            "copy observations to '/tmp/suasion-copied.csv'",
            "copy (select 1) to '/tmp/suasion-copied.csv'",
            "explain analyze insert into observations select * from observations",
            "set datafusion.execution.batch_size = 1",
            "prepare p as select 1",
        ] {
            let answer = ask(&session, query).await;
            assert!(matches!(answer, Err(Error::NotAQuestion(_))), "{query}: {answer:?}");
        }
        assert!(!std::path::Path::new("/tmp/suasion-copied.csv").exists());
        assert_eq!(ask(&session, "select * from observations").await.expect("still there").n_rows(), 2);
    }

    #[tokio::test]
    async fn files_are_no_tables_and_nonsense_is_said_to_be() {
        let session = with_table();
        for query in [
            "select * from '/etc/passwd'",
            "select * from \"/etc/passwd\"",
            "select nothing",
            "selec 1",
            "begin",
            "select 1; select 2",
            "update observations set value = 1",
            "delete from observations",
        ] {
            assert!(ask(&session, query).await.is_err(), "{query}");
        }
    }

    #[tokio::test]
    async fn a_question_that_cannot_be_answered_is_told_what_there_is() {
        let said = async |session: &_, query| ask(session, query).await.expect_err(query).to_string();
        assert_eq!(
            said(&with_table(), "select * from nope").await,
            "answer the query: Error during planning: table 'nope' not found; the tables are `observations`"
        );
        assert_eq!(
            said(&with_table(), "selec 1").await,
            "answer the query: sql parser error: Expected: an SQL statement, found: selec at Line: 1, Column: 1; \
             the tables are `observations`"
        );
        let without = said(&session(), "select * from flows").await;
        assert!(without.ends_with("there are no tables yet: run `suasion ingest` first"), "{without}");
    }
}
