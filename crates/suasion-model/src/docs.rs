//! The reference pages, printed from the tables that the program itself uses.
//!
//! `docs/strategy.md`, `docs/strategy.schema.json`, `docs/diagnostics.md`, `docs/data-diagnostics.md` and
//! `docs/findings.schema.json` are these functions' results; a test fails when a file is stale, and rewrites it with
//! `SUASION_UPDATE=1`.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::data_rules::{DATA_RULES, Evidence};
use crate::rules::{RULES, Rule};
use crate::strategy::schema::{Key, Kind, LONGEST_ID, SECTIONS, range};

/// The reference of the strategy language.
pub fn strategy_reference() -> String {
    let mut page = String::from(
        "# The strategy file\n\n\
         A strategy is a TOML file named `strategy.toml`. The folder that holds it is the workspace; tables, receipts and \
         findings live in its `.suasion/`. Sections may stand in any order. An `id` is kebab-case and unique among its \
         kind. A period is `2012`, `\"2012-02\"` or `2012-02-01`. This page is made from the program.\n",
    );
    for section in SECTIONS {
        let _ = write!(page, "\n## `{}`\n\n{}\n\n", section.header(), section.doc);
        keys(&mut page, "", section.keys);
    }
    page
}

/// The reference of the diagnostics.
pub fn diagnostics_reference() -> String {
    let mut page = String::from(
        "# What `suasion check` finds\n\n\
         Every problem is reported in one go, in the order of the file, with its code, its place, the reason and what to \
         do. An error stops what rests on it: `run` withholds those answers, names the code, and gives the others. A \
         warning stops nothing. `suasion explain` prints any of these pages. A strategy can live with a diagnostic by \
         an `[[allow]]` with its code and a reason: an error becomes a warning, a warning is counted and not shown; \
         `named-person` and `electoral-objective` cannot be allowed. Examples are fragments: each shows its own rule \
         only. What `suasion ingest` finds in data is in [a page of its own](data-diagnostics.md). This page is made from \
         the program.\n\n\
         Checks that guess from words say so, and have lists in English, French, Spanish and Arabic \
         (`crates/suasion-model/src/lexicon.tsv`, each row with its source); in other languages they say `not checked`.\n\n\
         ## What the checker cannot know\n\n\
         It reads what is written, and nothing else. It cannot know whether a baseline is true, a partner will keep its \
         word, an indicator measures what its label says, or an `outcome` was declared as one to get past it. It takes \
         `disclosed = true` at its word. It does not know the world: that a date was a revolution, that a place is tiny, \
         that a donor was bought. A superlative may be true, and a vague phrase may be what a treaty says; so these are \
         warnings. The guard against electoral objectives knows verbs and nouns, not names: it misses an aim that is \
         said around them (of 80 guilty sentences in four languages that were set aside while its words were chosen it \
         found 58, and refused 1 of 80 innocent ones; of 22 and 32 that another hand wrote afterwards, it found 18 and \
         refused 3, two of which it now spares), and a strategy that passes it is not thereby lawful. Whether a tie \
         has to be registered, a lawyer in the country can say. Nothing here replaces asking the audience.\n",
    );
    for rule in RULES {
        entry(&mut page, rule.code, rule.severity_words(), rule.finds, rule.why);
        examples(&mut page, &toml(rule.bad), &toml(rule.good));
    }
    page
}

/// The reference of what can be wrong with data.
pub fn data_diagnostics_reference() -> String {
    let mut page = String::from(
        "# What `suasion ingest` finds\n\n\
         `suasion ingest` and `suasion run` read the files of a strategy's datasets. An error means that nothing of the \
         file is brought in, and what was there before stays. A dropped row is counted by its code, and kept aside with \
         it in `.suasion/dropped`; the others come in. `suasion explain` prints any of these pages. What is wrong with \
         the strategy itself, [`suasion check` finds](diagnostics.md), a mapping that its table does not have among it. \
         Each example is a dataset and its file. This page is made from the program.\n",
    );
    for rule in DATA_RULES {
        entry(&mut page, rule.code, rule.severity_words(), rule.finds, rule.why);
        if let Some(example) = &rule.example {
            examples(&mut page, &evidence(&example.bad), &evidence(&example.good));
        }
    }
    page
}

/// What a rule finds, and why.
fn entry(page: &mut String, code: &str, severity: &str, finds: &str, why: &str) {
    let _ = write!(page, "\n## {code}\n\n*Severity: {severity}.* Finds {finds}.\n\n{why}\n");
}

fn examples(page: &mut String, bad: &str, good: &str) {
    let _ = write!(page, "\nFound in:\n\n{bad}\nMended:\n\n{good}");
}

fn toml(text: &str) -> String {
    format!("```toml\n{text}```\n")
}

fn evidence(evidence: &Evidence) -> String {
    let text = evidence.text();
    format!("{}\n```csv\n{}\n```\n", toml(evidence.dataset), text.trim_end_matches('\n'))
}

/// The JSON Schema of a strategy, for editors: what a file may hold, section by section. What only the whole of a
/// strategy shows, such as an id that nothing has, is left to the checker.
pub fn strategy_json_schema() -> String {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for section in SECTIONS {
        let mut schema = object(section.keys);
        if section.repeated {
            schema = json!({ "type": "array", "items": schema });
        } else {
            required.push(section.name);
        }
        schema["description"] = json!(section.doc);
        properties.insert(section.name.to_string(), schema);
    }
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A strategy of Suasion",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    // Alternate formatting indents, and what is written here can be written.
    format!("{schema:#}\n")
}

fn object(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| {
            let mut schema = value(key.kind);
            schema["description"] = json!(key.doc);
            (key.name.to_string(), schema)
        })
        .collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn value(kind: Kind) -> Value {
    let text = || json!({ "type": "string", "pattern": "\\S" });
    let id = || json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": LONGEST_ID });
    let list = |items: Value| json!({ "type": "array", "items": items });
    match kind {
        Kind::Text => text(),
        Kind::Texts => list(text()),
        Kind::Id(reserved) if !reserved.is_empty() => {
            let mut id = id();
            id["not"] = json!({ "enum": reserved });
            id
        }
        Kind::Id(_) | Kind::Reference(..) => id(),
        Kind::References(..) => list(id()),
        Kind::OneOf(words) | Kind::Who(words) => {
            json!({ "enum": words.iter().map(|known| known.word).collect::<Vec<_>>() })
        }
        Kind::Code => {
            let lowered = |rule: &&&Rule| rule.may_be_lowered();
            json!({ "enum": RULES.iter().filter(lowered).map(|rule| rule.code).collect::<Vec<_>>() })
        }
        Kind::Duration => {
            json!({ "type": "string", "pattern": "^P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$" })
        }
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Within(least, most) => {
            let mut number = json!({ "type": "number", "minimum": least });
            if most.is_finite() {
                number["maximum"] = json!(most);
            }
            number
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Period => json!({ "anyOf": [
            { "type": "integer", "minimum": 1, "maximum": 9999 },
            { "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" },
        ]}),
        Kind::Effect => json!({ "anyOf": [
            { "type": "number", "exclusiveMinimum": 0 },
            { "type": "string", "pattern": "^\\s*[0-9.eE+-]+\\s*%\\s*$" },
        ]}),
        Kind::Record(keys) => object(keys),
        Kind::Records(keys) => list(object(keys)),
        Kind::Columns => json!({ "type": "object", "additionalProperties": text() }),
    }
}

fn keys(page: &mut String, within: &str, keys: &[Key]) {
    if within.is_empty() {
        page.push_str("| key | holds | |\n|---|---|---|\n");
    }
    for key in keys {
        let name = format!("{within}{}", key.name);
        let needed = if key.required { " *Required.*" } else { "" };
        let _ = writeln!(page, "| `{name}` | {} | {}{needed} |", holds(key.kind), key.doc);
        if let Kind::Record(inner) | Kind::Records(inner) = key.kind {
            self::keys(page, &format!("{name}."), inner);
        }
    }
}

/// What a key holds, in Markdown.
pub fn holds(kind: Kind) -> String {
    match kind {
        Kind::Reference(target, extra) => format!("a `{target}` id{}", or(extra)),
        Kind::References(target, extra) => format!("a list of `{target}` ids{}", or(extra)),
        Kind::Code => "the code of a diagnostic".to_string(),
        Kind::Duration => "an ISO 8601 duration, such as `\"P1Y\"`".to_string(),
        Kind::OneOf(words) | Kind::Who(words) => {
            words.iter().map(|known| format!("`{}`", known.word)).collect::<Vec<_>>().join(", ")
        }
        Kind::Id(_) => "an id".to_string(),
        Kind::Text => "a string".to_string(),
        Kind::Texts => "a list of strings".to_string(),
        Kind::Integer => "a whole number".to_string(),
        Kind::Number => "a number".to_string(),
        Kind::Within(least, most) => format!("a number {}", range(least, most)),
        Kind::Flag => "`true` or `false`".to_string(),
        Kind::Period => "a period".to_string(),
        Kind::Effect => "`\"5 %\"`, or a number in the indicator's unit".to_string(),
        Kind::Record(_) => "a table".to_string(),
        Kind::Records(_) => "a list of tables".to_string(),
        Kind::Columns => "a table from our column names to the file's".to_string(),
    }
}

/// Words that may stand in the place of an id.
fn or(words: &[&str]) -> String {
    words.iter().fold(String::new(), |text, word| text + ", or `" + word + "`")
}
