//! Problems in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS 2020), which code hosts and editors
//! read.

use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value, json};
use suasion_model::Source;
use suasion_model::diagnostic::{Diagnostic, Position};
use suasion_model::rules::{RULES, Report, Rule};
use suasion_model::source::Span;

/// The folder that the program works in, which relative paths go out from.
const BASE: &str = "%SRCROOT%";

/// A log with one run.
pub fn sarif(source: &Source, report: &Report) -> serde_json::Result<String> {
    let mut results: Vec<Value> = report.diagnostics.iter().map(|problem| result(source, problem)).collect();
    for allowed in &report.allowed {
        results.extend(allowed.problems.iter().map(|problem| {
            let mut result = result(source, problem);
            result["suppressions"] = json!([{ "kind": "inSource", "justification": allowed.reason }]);
            result
        }));
    }
    let notifications: Vec<Value> = report
        .not_checked
        .iter()
        .map(|one| {
            json!({
                "level": "note",
                "message": { "text": format!("not checked: {} of {}, without {}", one.code, one.what, one.why) },
            })
        })
        .collect();
    log(true, &notifications, &results)
}

/// A log of a run that could not read the strategy, for the reasons in its report.
pub fn unreadable_sarif(source: &Source, report: &Report) -> serde_json::Result<String> {
    let notifications: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|problem| {
            let (file, start, end) = problem.position(source);
            json!({
                "descriptor": { "id": problem.code },
                "level": "error",
                "message": { "text": problem.message() },
                "locations": [location(file, start, end, None)],
            })
        })
        .collect();
    log(false, &notifications, &[])
}

fn log(done: bool, notifications: &[Value], results: &[Value]) -> serde_json::Result<String> {
    let rules: Vec<Value> = RULES.iter().map(|rule| descriptor(rule)).collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "suasion",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                BASE: { "description": { "text": "The folder that the program was run in." } },
            },
            "invocations": [{ "executionSuccessful": done, "toolExecutionNotifications": notifications }],
            "results": results,
        }],
    }))
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": format!("Finds {}.", rule.finds) },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("{}\n\nFound in:\n\n{}\nMended:\n\n{}", rule.why, rule.bad, rule.good) },
        "defaultConfiguration": { "level": rule.severity.word() },
    })
}

fn result(source: &Source, problem: &Diagnostic) -> Value {
    let (file, start, end) = problem.position(source);
    let mut result = Map::new();
    result.insert("ruleId".into(), json!(problem.code));
    if let Some(at) = RULES.iter().position(|rule| rule.code == problem.code) {
        result.insert("ruleIndex".into(), json!(at));
    }
    result.insert("level".into(), json!(problem.severity.word()));
    result.insert("message".into(), json!({ "text": problem.message() }));
    result.insert("locations".into(), json!([location(file, start, end, None)]));
    let related: Vec<Value> = problem
        .labels
        .iter()
        .map(|label| {
            location(
                source.name(),
                Some(Position::of(source, label.span.start)),
                Some(Position::of(source, label.span.end)),
                Some(&label.text),
            )
        })
        .collect();
    if !related.is_empty() {
        result.insert("relatedLocations".into(), json!(related));
    }
    if let Some(fix) = &problem.fix {
        let Span { start, end } = fix.span;
        result.insert(
            "fixes".into(),
            json!([{
                "description": { "text": fix.title },
                "artifactChanges": [{
                    "artifactLocation": artifact(file),
                    "replacements": [{
                        "deletedRegion": region(Position::of(source, start), Some(Position::of(source, end))),
                        "insertedContent": { "text": fix.text },
                    }],
                }],
            }]),
        );
    }
    Value::Object(result)
}

fn location(file: &str, start: Option<Position>, end: Option<Position>, text: Option<&str>) -> Value {
    let mut physical = Map::new();
    physical.insert("artifactLocation".into(), artifact(file));
    if let Some(start) = start {
        physical.insert("region".into(), region(start, end));
    }
    let mut location = Map::new();
    location.insert("physicalLocation".into(), Value::Object(physical));
    if let Some(text) = text {
        location.insert("message".into(), json!({ "text": text }));
    }
    Value::Object(location)
}

fn region(start: Position, end: Option<Position>) -> Value {
    let mut region = Map::new();
    region.insert("startLine".into(), json!(start.line));
    if let Some(column) = start.column {
        region.insert("startColumn".into(), json!(column));
    }
    if let Some(end) = end {
        region.insert("endLine".into(), json!(end.line));
        if let Some(column) = end.column {
            region.insert("endColumn".into(), json!(column));
        }
    }
    Value::Object(region)
}

/// A file: by its path from the folder that the program works in, where it is inside it.
fn artifact(file: &str) -> Value {
    let Ok(base) = std::env::current_dir() else { return json!({ "uri": uri(file) }) };
    let whole = plain(&base.join(file));
    if let Ok(inside) = whole.strip_prefix(&base) {
        return json!({ "uri": uri(&inside.display().to_string()), "uriBaseId": BASE });
    }
    let path = uri(&whole.display().to_string());
    json!({ "uri": format!("file:///{}", path.trim_start_matches('/')) })
}

/// A path without steps up and steps nowhere.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            step => plain.push(step),
        }
    }
    plain
}

/// A path as a part of a URI (RFC 3986): every other byte than the unreserved and the slash is written in per cent.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-' | b'~') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
