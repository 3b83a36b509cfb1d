//! Problems as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.
//!
//! Format: "Workflow commands for GitHub Actions", sections on setting notice, warning and error messages.

use suasion_model::Source;
use suasion_model::diagnostic::Diagnostic;

use crate::render::text::visible;

/// One line a problem.
pub fn github(source: &Source, problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| command(source, problem) + "\n").collect()
}

fn command(source: &Source, problem: &Diagnostic) -> String {
    let name = problem.severity.word();
    let (file, start, end) = problem.position(source);
    let mut properties = vec![format!("file={}", property(file))];
    if let Some(start) = start {
        properties.push(format!("line={}", start.line));
        if let Some(column) = start.column {
            properties.push(format!("col={column}"));
        }
    }
    if let Some(end) = end {
        properties.push(format!("endLine={}", end.line));
        // Columns are said only of problems within a line.
        if let (Some(column), true) = (end.column, start.is_some_and(|start| start.line == end.line)) {
            properties.push(format!("endColumn={column}"));
        }
    }
    properties.push(format!("title={}", property(problem.code)));
    format!("::{name} {}::{}", properties.join(","), data(&problem.message()))
}

/// Text behind the second pair of colons.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a property, which commas and colons would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
