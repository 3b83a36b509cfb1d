//! What changed since earlier findings, and whether that is more than noise.
//!
//! Figures of one network are compared by their ids. A change is *beyond noise* where both figures have an interval and
//! the two do not meet; where one of them has none, the noise is not known, and that is said. Of counts, a change of one to
//! nine is not told: it might be that of one actor who is not named.

use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use serde::Serialize;
use serde_json::Value;
use suasion_model::finding::{Finding, Findings, Interval, Number, Question};
use suasion_model::number;

/// Units of what is counted one by one.
const COUNTED: [&str; 3] = ["actors", "interactions", "ties"];

/// What changed in a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The finding.
    pub finding: String,
    /// The figure's id.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// How it was; absent where it was not there, or the change may not be told.
    pub before: Option<f64>,
    /// How it is; absent where it is not there.
    pub after: Option<f64>,
    /// Whether that is more than noise.
    pub noise: Noise,
}

/// Whether a change is more than noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noise {
    /// It is: intervals do not meet.
    Beyond,
    /// It may be noise: intervals meet.
    Within,
    /// A figure has no interval.
    NotKnown,
    /// Nothing changed.
    Same,
    /// It changed by fewer than ten, which is not told.
    Few,
}

/// Reads earlier findings, as `suasion map --format json` or `suasion run` wrote them.
pub fn earlier(text: &str) -> anyhow::Result<Value> {
    let findings: Value = serde_json::from_str(text).context("it is no JSON")?;
    match findings["schema"].as_str() {
        Some(schema) if schema == suasion_model::finding::SCHEMA => Ok(findings),
        Some(schema) => {
            bail!("its version is {schema}, and this program reads {}", suasion_model::finding::SCHEMA)
        }
        None => bail!("it holds no findings"),
    }
}

/// What changed in the figures of every finding of a map that is in both.
pub fn compare(before: &Value, after: &Findings) -> Vec<Change> {
    let none = Vec::new();
    let earlier = before["findings"].as_array().unwrap_or(&none);
    after
        .findings
        .iter()
        .filter(|one| one.question == Question::Map)
        .filter_map(|one| Some((one, earlier.iter().find(|old| old["id"] == one.id.as_str())?)))
        .flat_map(|(one, old)| of_finding(old, one))
        .collect()
}

fn of_finding(old: &Value, new: &Finding) -> Vec<Change> {
    let none = Vec::new();
    let numbers = old["numbers"].as_array().unwrap_or(&none);
    let there = |number: &Number| numbers.iter().find(|old| old["id"] == number.id.as_str());
    let mut changes: Vec<Change> =
        new.numbers.iter().map(|number| of_number(&new.id, there(number), number)).collect();
    for old in numbers.iter().filter(|old| new.numbers.iter().all(|number| old["id"] != number.id.as_str())) {
        let text = |key: &str| old[key].as_str().unwrap_or_default().to_string();
        changes.push(Change {
            finding: new.id.clone(),
            id: text("id"),
            label: text("label"),
            unit: text("unit"),
            before: old["value"].as_f64(),
            after: None,
            noise: Noise::NotKnown,
        });
    }
    changes
}

fn of_number(finding: &str, old: Option<&Value>, new: &Number) -> Change {
    let before = old.and_then(|old| old["value"].as_f64());
    let is_counted = COUNTED.contains(&new.unit.as_str());
    let few = |before: f64| is_counted && (0.5..9.5).contains(&(new.value - before).abs());
    let noise = match before {
        None => Noise::NotKnown,
        Some(before) if before == new.value => Noise::Same,
        Some(before) if few(before) => Noise::Few,
        Some(_) => match (old.and_then(|old| range(&old["interval"])), &new.interval) {
            (Some((low, high)), Interval::Range { low: new_low, high: new_high, .. }) => {
                if high < *new_low || *new_high < low { Noise::Beyond } else { Noise::Within }
            }
            _ => Noise::NotKnown,
        },
    };
    Change {
        finding: finding.to_string(),
        id: new.id.clone(),
        label: new.label.clone(),
        unit: new.unit.clone(),
        before: before.filter(|_| noise != Noise::Few),
        after: Some(new.value),
        noise,
    }
}

fn range(interval: &Value) -> Option<(f64, f64)> {
    Some((interval["low"].as_f64()?, interval["high"].as_f64()?))
}

/// Changes for people: a line each, by finding.
pub fn text(changes: &[Change]) -> String {
    let mut out = String::new();
    let mut finding = None;
    for change in changes.iter().filter(|change| change.noise != Noise::Same) {
        if finding != Some(&change.finding) {
            finding = Some(&change.finding);
            let _ = writeln!(out, "{}", change.finding);
        }
        let value = |value: Option<f64>| {
            value.map_or_else(|| "not said".to_string(), |value| number::with_unit(value, &change.unit))
        };
        let moved = match change.noise {
            Noise::Few => format!("{}, within nine of what it was", value(change.after)),
            _ => format!("{} → {}", value(change.before), value(change.after)),
        };
        let noise = match change.noise {
            Noise::Beyond => "beyond noise",
            Noise::Within => "may be noise",
            Noise::NotKnown => "noise not known",
            Noise::Few => "how many is not told",
            Noise::Same => "the same",
        };
        let _ = writeln!(out, "  {}: {moved} ({noise})", change.label);
    }
    if changes.is_empty() {
        out.push_str("No finding is in both.\n");
    } else if out.is_empty() {
        out.push_str("Nothing changed.\n");
    }
    out
}
