//! What mends a problem, where there is one right answer.

use gen_lsp_types::{CodeAction, CodeActionKind, TextEdit, WorkspaceEdit};
use suasion_model::Span;
use suasion_model::diagnostic::{Diagnostic, Fix};

use super::diagnostics::converted;
use super::document::Document;

/// The quick fixes of the problems in a range, and, where a client asks for it, one that mends the whole document.
pub(crate) fn actions(document: &Document, range: Span, only: Option<&[CodeActionKind]>) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if only.is_none_or(|only| asks_for(only, &CodeActionKind::QuickFix)) {
        let here = |problem: &&Diagnostic| problem.span().is_some_and(|span| span.touches(range));
        actions.extend(
            document.problems().iter().filter(here).filter_map(|problem| quick_fix(document, problem)),
        );
    }
    // What mends everything is for saving, and no answer to somebody who asks about one place.
    if only.is_some_and(|only| asks_for(only, &CodeActionKind::SourceFixAll)) {
        actions.extend(fix_all(document));
    }
    actions
}

/// Whether a client asks for a kind of action. A kind stands for everything below it, too.
fn asks_for(only: &[CodeActionKind], kind: &CodeActionKind) -> bool {
    only.iter().any(|asked| {
        let behind = kind.as_str().strip_prefix(asked.as_str());
        behind.is_some_and(|behind| asked.as_str().is_empty() || behind.is_empty() || behind.starts_with('.'))
    })
}

fn quick_fix(document: &Document, problem: &Diagnostic) -> Option<CodeAction> {
    let fix = problem.fix.as_ref()?;
    Some(CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: converted(document, problem).map(|diagnostic| vec![diagnostic]),
        is_preferred: Some(true),
        edit: Some(edit(document, &[fix])),
        ..CodeAction::default()
    })
}

/// Every fix at once; of two that overlap, the first.
fn fix_all(document: &Document) -> Option<CodeAction> {
    let mut fixes: Vec<&Fix> =
        document.problems().iter().filter_map(|problem| problem.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut at = 0;
    fixes.retain(|fix| {
        let is_behind = fix.span.start >= at;
        if is_behind {
            at = fix.span.end;
        }
        is_behind
    });
    (!fixes.is_empty()).then(|| CodeAction {
        title: "mend what has one right answer".to_string(),
        kind: Some(CodeActionKind::SourceFixAll),
        edit: Some(edit(document, &fixes)),
        ..CodeAction::default()
    })
}

fn edit(document: &Document, fixes: &[&Fix]) -> WorkspaceEdit {
    let edits: Vec<TextEdit> = fixes
        .iter()
        .map(|fix| TextEdit { range: document.range(fix.span), new_text: fix.text.clone() })
        .collect();
    let changes = std::iter::once((document.uri.clone(), edits)).collect();
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}
