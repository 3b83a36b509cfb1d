//! Problems as the protocol has them.

use gen_lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, PublishDiagnosticsParams,
};
use suasion_model::diagnostic::{self, Severity};

use super::document::Document;

/// Everything that is wrong with a document.
pub(crate) fn published(document: &Document) -> PublishDiagnosticsParams {
    let diagnostics = document.problems().iter().filter_map(|problem| converted(document, problem)).collect();
    PublishDiagnosticsParams { uri: document.uri.clone(), version: Some(document.version), diagnostics }
}

/// A problem of the document; nothing where it is one of another file.
pub(crate) fn converted(document: &Document, problem: &diagnostic::Diagnostic) -> Option<Diagnostic> {
    let related: Vec<DiagnosticRelatedInformation> = problem
        .labels
        .iter()
        .map(|label| DiagnosticRelatedInformation {
            location: Location { uri: document.uri.clone(), range: document.range(label.span) },
            message: label.text.clone(),
        })
        .collect();
    Some(Diagnostic {
        range: document.range(problem.span()?),
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(problem.code.to_string().into()),
        source: Some("suasion".to_string()),
        message: problem.message().into(),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    })
}
