//! Which column of a file fills which of ours. Everything wrong with a mapping is said at once, before any row is read.

use suasion_model::evidence::{self, Need, TableSpec};
use suasion_model::strategy::Dataset;
use suasion_model::{Diagnostic, data_rules, rules};

use crate::read::{list, shown};

/// For each column of a table, where its values come from.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// In the order of the table's columns.
    pub(crate) sources: Vec<Fill>,
}

/// Where a column's values come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fill {
    /// The field at this place of each row.
    Field(usize),
    /// Nowhere.
    Null,
    /// The same number in every row.
    Number(f64),
    /// The same text in every row.
    Text(String),
}

/// What is wrong with a dataset before its file is looked at; else the table it fills.
pub(crate) fn check(dataset: &Dataset) -> Result<&'static TableSpec, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    if dataset.personal {
        let headline =
            format!("dataset `{}` holds data of natural persons, and nothing is imported", dataset.id.value);
        diagnostics.push(
            data_rules::NO_PRIVACY_GATE
                .at(headline, dataset.id.span)
                .label("declared `personal = true`")
                .reason("persons must be pseudonymised at the gate, which this version does not have")
                .hint("use an aggregate without persons, declared `personal = false`, until it does"),
        );
    }
    let Some(spec) = evidence::of(dataset.table.value) else {
        let readable: Vec<&str> = evidence::all().iter().map(|spec| spec.name).collect();
        diagnostics.push(
            data_rules::TABLE_NOT_READ
                .at(format!("table `{}` is not yet read", dataset.table.value.word()), dataset.table.span)
                .label("this version does not import it")
                .hint(format!("tables that are: {}", list(&readable))),
        );
        return Err(diagnostics);
    };
    // `check` says the same; where the strategy allows it, the mapping is no better for that.
    diagnostics.extend(rules::mapping_problems(spec, dataset));
    if diagnostics.is_empty() { Ok(spec) } else { Err(diagnostics) }
}

/// Finds the columns that a dataset names among those that its file has.
pub(crate) fn resolve(
    spec: &TableSpec,
    dataset: &Dataset,
    header: &[String],
) -> Result<Mapping, Vec<Diagnostic>> {
    if let Some(diagnostic) = other_separator(dataset, header) {
        return Err(vec![diagnostic]);
    }
    let mut diagnostics = Vec::new();
    let mut sources = Vec::with_capacity(spec.columns.len());
    for column in spec.columns {
        let named = dataset.columns.iter().find(|named| named.ours.value == column.name);
        sources.push(match (named, column.need) {
            (Some(named), _) => {
                let theirs = named.theirs.value.trim_ascii();
                let found = header.iter().position(|name| !name.is_empty() && name == theirs);
                found.map_or_else(
                    || {
                        diagnostics.push(missing(dataset, theirs, column.name, header));
                        Fill::Null
                    },
                    Fill::Field,
                )
            }
            (None, Need::Otherwise(number)) => Fill::Number(number),
            (None, Need::DeclaredUnit) => {
                dataset.unit.as_ref().map_or(Fill::Null, |unit| Fill::Text(unit.value.clone()))
            }
            (None, Need::Required | Need::Optional) => Fill::Null,
        });
    }
    if diagnostics.is_empty() { Ok(Mapping { sources }) } else { Err(diagnostics) }
}

/// A table whose one column holds what separates columns elsewhere. One that the strategy names is no such thing.
fn other_separator(dataset: &Dataset, header: &[String]) -> Option<Diagnostic> {
    let [only] = header else { return None };
    if dataset.columns.iter().any(|column| column.theirs.value.trim_ascii() == only) {
        return None;
    }
    let separators = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let (_, name) = separators.into_iter().find(|(separator, _)| only.contains(*separator))?;
    let path = dataset.path.value.as_str();
    let headline = format!("{path} has one column: its fields seem to stand between {name}, not commas");
    Some(
        data_rules::WRONG_SEPARATOR
            .in_file(headline, path, Some(1))
            .label(format!("the header is {}", shown(only)))
            .hint("save it as CSV with commas, and numbers with a decimal point"),
    )
}

fn missing(dataset: &Dataset, theirs: &str, ours: &str, header: &[String]) -> Diagnostic {
    let path = dataset.path.value.as_str();
    let there: Vec<&str> = header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let near = there.iter().find(|name| name.eq_ignore_ascii_case(theirs));
    let hint = near.map_or_else(
        || format!("columns there are: {}", list(&there)),
        |near| format!("did you mean `{near}`? columns there are: {}", list(&there)),
    );
    data_rules::MISSING_COLUMN
        .in_file(format!("{path} has no column `{theirs}`"), path, None)
        .label(format!("dataset `{}` reads our `{ours}` from it", dataset.id.value))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use suasion_model::Place;

    use super::{check, resolve};
    use crate::testing::{dataset, observations};

    fn codes(table: &str, columns: &str, more: &str) -> Vec<&'static str> {
        let found = check(&dataset(table, "x.csv", columns, more)).err().unwrap_or_default();
        assert!(
            found.iter().all(|one| matches!(one.place, Place::Strategy(span) if span.end > 0)),
            "{found:?}"
        );
        found.iter().map(|one| one.code).collect()
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let all = "unit = \"u\", period = \"p\", value = \"v\"";
        assert!(codes("observations", all, "").is_empty());
        let wrong = "unti = \"u\", when = \"p\", value = \"v\"";
        let more = "personal = true\npurpose = \"p\"\nlawful_basis = \"b\"\nretention = \"P1Y\"";
        assert_eq!(
            codes("observations", wrong, more),
            ["no-privacy-gate", "unknown-column", "unknown-column", "unmapped-column"]
        );
        for table in ["shares", "statements", "acts", "ledger"] {
            assert_eq!(codes(table, all, ""), ["table-not-read"], "{table}");
        }
        assert_eq!(codes("flows", "period = \"p\"", ""), ["unmapped-column"]);
        assert_eq!(codes("interactions", "time = \"t\", actor = \"a\"", ""), ["unmapped-column"]);
    }

    #[test]
    fn other_separators_are_recognised() {
        let dataset = observations();
        let spec = check(&dataset).expect("well mapped");
        let codes = |header: &[&str]| -> Vec<&'static str> {
            let header: Vec<String> = header.iter().map(|name| (*name).to_string()).collect();
            resolve(spec, &dataset, &header).err().into_iter().flatten().map(|one| one.code).collect()
        };
        for header in ["u;p;v", "u\tp\tv", "u|p|v"] {
            assert_eq!(codes(&[header]), ["wrong-separator"], "{header}");
        }
        assert_eq!(codes(&["u p v"]), ["missing-column"; 3]);
        assert_eq!(codes(&["u", "p;v"]), ["missing-column"; 2]);
    }

    #[test]
    fn a_column_that_the_file_lacks_is_named_with_those_there_are() {
        let dataset = observations();
        let spec = check(&dataset).expect("well mapped");
        let header = ["U", "p", "q"].map(str::to_string);
        let found = resolve(spec, &dataset, &header).expect_err("two are missing");
        let said: Vec<_> = found.iter().map(|one| (one.code, one.headline.as_str())).collect();
        assert_eq!(
            said,
            [("missing-column", "x.csv has no column `u`"), ("missing-column", "x.csv has no column `v`")]
        );
        let hint = found[0].hint.as_deref();
        assert_eq!(hint, Some("did you mean `U`? columns there are: `U`, `p`, `q`"));
    }
}
