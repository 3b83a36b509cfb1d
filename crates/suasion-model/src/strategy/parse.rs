//! From rows to types.

use super::index::Index;
use super::read::{Read, read};
use super::references;
use super::row::{Row, Rows};
use super::sections::Sections;
use super::words::{
    AudienceKind, Better, Closeness, Counts, Design, Format, Hits, IndicatorKind, InitiativeKind,
    LawfulBasis, PartnerKind, RemainderHides, ResourceKind, ScaleName, Status, TableKind, WindowLength,
};
use super::{
    Allowed, Audience, Claim, Corridor, Dataset, Evaluation, Head, Indicator, Initiative, Issue, Measurement,
    Money, Network, Objective, Partner, Resource, Strategy, Threat, Voice,
};
use crate::diagnostic::Diagnostic;
use crate::period::Period;
use crate::source::{Source, Spanned};

impl Strategy {
    /// Reads a strategy. Whatever could be read is returned, with everything wrong with its shape.
    pub fn parse(source: &Source) -> (Self, Vec<Diagnostic>) {
        let Read { rows, mut illegible, headers, mut diagnostics } = read(source);
        references::check(&rows, &mut illegible, &mut diagnostics);
        let sections = Sections::new(&rows, headers, source.text().len());
        let mut strategy = strategy(&rows);
        strategy.illegible = illegible;
        strategy.sections = sections;
        strategy.index = Index::new(&strategy);
        (strategy, diagnostics)
    }
}

fn strategy(rows: &Rows) -> Strategy {
    Strategy {
        head: head(rows.get("strategy").and_then(|rows| rows.first()).unwrap_or(&Row::default())),
        audiences: each(rows, "audience", audience),
        indicators: each(rows, "indicator", indicator),
        datasets: each(rows, "dataset", dataset),
        objectives: each(rows, "objective", objective),
        evaluations: each(rows, "evaluation", evaluation),
        corridors: each(rows, "corridor", corridor),
        networks: each(rows, "network", network),
        initiatives: each(rows, "initiative", initiative),
        resources: each(rows, "resource", resource),
        partners: each(rows, "partner", partner),
        voices: each(rows, "voice", voice),
        issues: each(rows, "issue", issue),
        claims: each(rows, "claim", claim),
        allowed: each(rows, "allow", allowed),
        ..Strategy::default()
    }
}

fn each<T>(rows: &Rows, name: &str, read: fn(&Row) -> T) -> Vec<T> {
    rows.get(name).map_or(&[][..], Vec::as_slice).iter().map(read).collect()
}

/// A required text; where it is missing, an empty one at the section's header.
fn text(row: &Row, key: &str) -> Spanned<String> {
    row.text(key).unwrap_or_else(|| Spanned::new(String::new(), row.span))
}

/// A required period; where it is missing, its stand-in at the section's header.
fn period(row: &Row, key: &str) -> Spanned<Period> {
    row.period(key).unwrap_or(Spanned::new(Period::STAND_IN, row.span))
}

/// A word; where it is missing, the one that keeps later rules quiet.
fn word<T>(row: &Row, key: &str, from_word: fn(&str) -> Option<T>, otherwise: T) -> Spanned<T> {
    match row.text(key) {
        Some(written) => Spanned::new(from_word(&written.value).unwrap_or(otherwise), written.span),
        None => Spanned::new(otherwise, row.span),
    }
}

fn head(row: &Row) -> Head {
    Head {
        span: row.span,
        schema: row.integer("schema").unwrap_or(Spanned::new(1, row.span)),
        title: text(row, "title"),
        principal: text(row, "principal"),
        owner: text(row, "owner"),
        decision: text(row, "decision"),
        language: row.text("language"),
    }
}

fn audience(row: &Row) -> Audience {
    Audience {
        span: row.span,
        id: text(row, "id"),
        who: text(row, "who"),
        kind: word(row, "kind", AudienceKind::from_word, AudienceKind::Public).value,
        places: row.texts("places"),
    }
}

fn indicator(row: &Row) -> Indicator {
    Indicator {
        span: row.span,
        id: text(row, "id"),
        label: text(row, "label"),
        kind: word(row, "kind", IndicatorKind::from_word, IndicatorKind::Outcome),
        unit: text(row, "unit"),
        better: word(row, "better", Better::from_word, Better::Higher).value,
        of: row.texts("of"),
        dataset: row.text("dataset"),
        code: row.text("code"),
    }
}

fn dataset(row: &Row) -> Dataset {
    Dataset {
        span: row.span,
        id: text(row, "id"),
        table: word(row, "table", TableKind::from_word, TableKind::Observations),
        format: word(row, "format", Format::from_word, Format::Csv),
        path: text(row, "path"),
        columns: row.columns("columns"),
        columns_span: row.span_of("columns").unwrap_or(row.span),
        source: text(row, "source"),
        licence: row.text("licence"),
        unit: row.text("unit"),
        since: row.period("since"),
        until: row.period("until"),
        continues: row.flag("continues").unwrap_or(false),
        caveats: row.texts("caveats"),
        listens_to: row.texts("listens_to"),
        personal: row.flag("personal").unwrap_or(false),
        purpose: row.text("purpose"),
        lawful_basis: row.text("lawful_basis").and_then(|word| LawfulBasis::from_word(&word.value)),
        retention: row.text("retention"),
    }
}

fn objective(row: &Row) -> Objective {
    Objective {
        span: row.span,
        id: text(row, "id"),
        statement: text(row, "statement"),
        decision: row.text("decision"),
        audience: row.text("audience"),
        outcome: row.text("outcome"),
        baseline: row.record("baseline").map(measurement),
        target: row.record("target").map(measurement),
        smallest_effect: row.effect("smallest_effect"),
        horizon: row.period("horizon"),
        owner: row.text("owner"),
        benefit: row.text("benefit"),
        status: row.text("status").and_then(|word| Status::from_word(&word.value)),
        surrogate: row.text("surrogate"),
    }
}

fn measurement(row: &Row) -> Measurement {
    Measurement {
        span: row.span,
        period: period(row, "period"),
        value: row.number("value").unwrap_or(f64::NAN),
        counts: row.text("counts").and_then(|word| Counts::from_word(&word.value)),
        source: row.text("source"),
    }
}

fn evaluation(row: &Row) -> Evaluation {
    Evaluation {
        span: row.span,
        id: text(row, "id"),
        objective: text(row, "objective"),
        design: word(row, "design", Design::from_word, Design::SyntheticControl),
        scale: word(row, "scale", ScaleName::from_word, ScaleName::Logs).value,
        treated: row.texts("treated"),
        treatment: row.text("treatment"),
        donors: row.texts("donors"),
        from: period(row, "from"),
        until: row.period("until"),
        threats: row.records("threats").iter().map(threat).collect(),
        threats_declared: row.span_of("threats").is_some(),
        donors_declared: row.span_of("donors"),
    }
}

fn threat(row: &Row) -> Threat {
    Threat {
        span: row.span,
        what: text(row, "what"),
        from: period(row, "from"),
        until: row.period("until"),
        hits: word(row, "hits", Hits::from_word, Hits::Everyone),
        source: row.text("source"),
    }
}

fn corridor(row: &Row) -> Corridor {
    Corridor {
        span: row.span,
        id: text(row, "id"),
        label: row.text("label"),
        dataset: text(row, "dataset"),
        focus: text(row, "focus"),
        period: period(row, "period"),
        kind: row.text("kind"),
        remainder: row.texts("remainder"),
        remainder_hides: word(row, "remainder_hides", RemainderHides::from_word, RemainderHides::Anything)
            .value,
    }
}

fn network(row: &Row) -> Network {
    Network {
        span: row.span,
        id: text(row, "id"),
        label: row.text("label"),
        dataset: text(row, "dataset"),
        actors: row.text("actors"),
        issues: row.texts("issues"),
        layers: row.texts("layers"),
        verbs: row.texts("verbs"),
        from: row.period("from"),
        until: row.period("until"),
        windows: row.text("windows").and_then(|word| WindowLength::from_word(&word.value)),
        census: row.flag("census").unwrap_or(false),
        resolution: row.number("resolution").unwrap_or(1.0),
        seed: row.integer("seed").map_or(0, |seed| seed.value.cast_unsigned()),
    }
}

fn initiative(row: &Row) -> Initiative {
    Initiative {
        span: row.span,
        id: text(row, "id"),
        label: row.text("label"),
        kind: word(row, "kind", InitiativeKind::from_word, InitiativeKind::Other),
        serves: row.texts("serves"),
        uses: row.texts("uses"),
        with: row.texts("with"),
        voice: row.text("voice"),
        starts: period(row, "starts"),
        ends: row.period("ends"),
        cost: row.record("cost").map(money),
    }
}

fn money(row: &Row) -> Money {
    Money {
        span: row.span,
        amount: row.number("amount").unwrap_or(f64::NAN),
        currency: text(row, "currency"),
    }
}

fn resource(row: &Row) -> Resource {
    Resource {
        span: row.span,
        id: text(row, "id"),
        label: row.text("label"),
        kind: word(row, "kind", ResourceKind::from_word, ResourceKind::Culture),
    }
}

fn partner(row: &Row) -> Partner {
    Partner {
        span: row.span,
        id: text(row, "id"),
        name: text(row, "name"),
        kind: word(row, "kind", PartnerKind::from_word, PartnerKind::Organisation),
        closeness: word(row, "closeness", Closeness::from_word, Closeness::Independent),
        asks: row.text("asks"),
        gains: row.text("gains"),
        disclosed: row.flag("disclosed"),
    }
}

fn voice(row: &Row) -> Voice {
    Voice {
        span: row.span,
        id: text(row, "id"),
        name: text(row, "name"),
        kind: word(row, "kind", PartnerKind::from_word, PartnerKind::Organisation).value,
        closeness: word(row, "closeness", Closeness::from_word, Closeness::Independent),
        disclosed: row.flag("disclosed"),
    }
}

fn issue(row: &Row) -> Issue {
    Issue { span: row.span, id: text(row, "id"), label: text(row, "label"), keywords: row.texts("keywords") }
}

fn claim(row: &Row) -> Claim {
    Claim {
        span: row.span,
        id: text(row, "id"),
        says: text(row, "says"),
        audience: row.text("audience"),
        theme: text(row, "theme"),
        stance: row.number("stance").unwrap_or(0.0),
        shown_by: row.texts("shown_by"),
        compared_with: row.texts("compared_with"),
    }
}

fn allowed(row: &Row) -> Allowed {
    Allowed { span: row.span, code: text(row, "code"), reason: text(row, "reason") }
}
