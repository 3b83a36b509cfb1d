//! The brief as CommonMark with tables (as GitHub, GitLab and Pandoc read them): all its words and numbers, no charts.

use std::fmt::Write;

use suasion_model::finding::{Figure, FigureData, Finding, Findings, Input, Interval, Line, Number, Plain};
use suasion_model::period::Period;
use suasion_model::theory::Theory;

use super::{chain, network_tables, text, words};
use suasion_model::number;

/// The brief as Markdown.
pub fn brief(findings: &Findings) -> String {
    let mut out = String::new();
    heading(&mut out, 1, &findings.strategy.title);
    paragraph(&mut out, &format!("Brief for {}", words::on_behalf(&findings.strategy)));
    plain(&mut out, &findings.plain);
    heading(&mut out, 2, "Verdicts");
    table(
        &mut out,
        &["Finding", "Verdict"],
        findings.findings.iter().map(|one| vec![one.title.clone(), signed_verdict(one)]),
    );
    heading(&mut out, 2, "The findings");
    for (index, one) in findings.findings.iter().enumerate() {
        finding(&mut out, one, index + 1);
    }
    if findings.findings.is_empty() {
        paragraph(&mut out, "Nothing was asked, so nothing was found.");
    }
    theory(&mut out, &findings.theory);
    looks(&mut out, findings);
    imports(&mut out, findings);
    glossary(&mut out);
    let Findings { program, schema, strategy, .. } = findings;
    paragraph(
        &mut out,
        &format!("Made by {program}, format {schema}, strategy SHA-256 {}.", strategy.digest),
    );
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn finding(out: &mut String, one: &Finding, number: usize) {
    heading(out, 3, &format!("Finding {number}: {}", one.title));
    let meaning = words::verdict_meaning(one.verdict);
    let _ = writeln!(out, "**{}** {}\n", escape(&format!("{}.", signed_verdict(one))), escape(meaning));
    if let Some(claim) = &one.claim {
        let _ = writeln!(out, "The claim under judgement:\n\n> {}\n", escape(claim));
    }
    plain(out, &one.plain);
    if let Some(caution) = words::caution(one) {
        paragraph(out, caution);
    }
    for figure in &one.figures {
        self::figure(out, figure);
    }
    heading(out, 4, "The numbers");
    let row = |figure: &Number| {
        let value = if figure.unit.trim().is_empty() {
            format!("{} (no unit)", number::value(figure.value))
        } else {
            number::with_unit(figure.value, &figure.unit)
        };
        let note = words::interval_note(&figure.interval);
        let separator = if matches!(figure.interval, Interval::None { .. }) { ": " } else { "; " };
        vec![figure.label.clone(), value, format!("{}{separator}{note}", words::interval(figure))]
    };
    table(out, &["What", "Value", "How far off it may be"], one.numbers.iter().map(row));
    let _ = writeln!(
        out,
        "- Grade of the evidence: {}",
        escape(&format!("{}; {}", words::grade(&one.grade), one.grade.why))
    );
    for Input { dataset, table, digest, rows, source, licence } in &one.inputs {
        let rows = number::count(*rows);
        let input = format!("{table}, {dataset}, {rows} rows; {source}; {licence}; SHA-256 {digest}");
        let _ = writeln!(out, "- Rests on: {}", escape(&input));
    }
    for caveat in &one.caveats {
        let _ = writeln!(out, "- Keep in mind: {}", escape(caveat));
    }
    out.push('\n');
    heading(out, 4, "What was checked first");
    let row = |check: &suasion_model::finding::Check| {
        vec![
            check.asks.clone(),
            check.figure.clone(),
            check.threshold.clone(),
            format!("{} {}", words::outcome_sign(check.outcome), words::outcome(check.outcome)),
            words::consequence(check),
        ]
    };
    table(
        out,
        &["Asked", "Found", "Needed", "Outcome", "What follows"],
        words::failed_first(&one.checks).map(row),
    );
    heading(out, 4, "In exact terms");
    paragraph(out, &one.statement);
    let mut settings = vec![vec!["Method".to_string(), one.method.name.clone()]];
    settings.extend(
        one.method.parameters.iter().map(|setting| vec![setting.name.clone(), setting.value.clone()]),
    );
    settings.extend(one.objective.iter().map(|objective| vec!["Objective".to_string(), objective.clone()]));
    settings.extend(
        one.seed.iter().map(|seed| vec!["Seed of the random numbers".to_string(), number::count(*seed)]),
    );
    table(out, &["Setting", "Value"], settings.into_iter());
    for citation in &one.method.citations {
        let _ = writeln!(out, "- {}", escape(citation));
    }
    if !one.method.citations.is_empty() {
        out.push('\n');
    }
}

fn figure(out: &mut String, figure: &Figure) {
    heading(out, 4, &figure.title);
    paragraph(out, &figure.summary);
    match &figure.data {
        FigureData::Path { periods, lines, from, mark } => {
            let decimals = decimals(lines.iter());
            let header = with_unit_of("Period", &figure.unit);
            let header: Vec<&str> =
                std::iter::once(header.as_str()).chain(lines.iter().map(|line| line.name.as_str())).collect();
            let row = |(index, period): (usize, &Period)| {
                let cells = lines.iter().map(|line| number::in_column(observed(line, index), decimals));
                std::iter::once(period.to_string()).chain(cells).collect()
            };
            table(out, &header, periods.iter().enumerate().map(row));
            let mark =
                mark.as_ref().map_or_else(String::new, |mark| format!(" {}: {}", mark.period, mark.text));
            paragraph(out, &format!("Treated from {from}.{mark}"));
        }
        FigureData::Gaps { periods, treated, placebos, from } => {
            let decimals = decimals(std::iter::once(treated).chain(placebos));
            let period = with_unit_of("Period", &figure.unit);
            let header = [period.as_str(), &treated.name, "Lowest placebo", "Highest placebo"];
            let row = |(index, period): (usize, &Period)| {
                let values = || placebos.iter().filter_map(|line| observed(line, index));
                let ends = [values().reduce(f64::min), values().reduce(f64::max)];
                let cells = std::iter::once(observed(treated, index))
                    .chain(ends)
                    .map(|value| number::in_column(value, decimals));
                std::iter::once(period.to_string()).chain(cells).collect()
            };
            table(out, &header, periods.iter().enumerate().map(row));
            let n = number::count(placebos.len() as u64);
            paragraph(out, &format!("Treated from {from}. Placebos: {n}."));
        }
        FigureData::Shares { bars } => {
            table(
                out,
                &["Name", "Share"],
                bars.iter().map(|bar| vec![bar.name.clone(), number::percent(bar.share)]),
            );
        }
        FigureData::Dependence { focus, partners } => {
            let flow = with_unit_of(&format!("To {focus}"), &figure.unit);
            let share = format!("Of all that comes to {focus}");
            let header =
                ["Partner", &flow, &share, "Of all that leaves the partner", "Asymmetry, percentage points"];
            let row = |partner: &suasion_model::finding::PartnerDependence| {
                vec![
                    partner.name.clone(),
                    number::value(partner.flow_to_focus),
                    number::percent(partner.focus_depends),
                    number::percent(partner.partner_depends),
                    number::in_column(partner.asymmetry.map(|share| 100.0 * share), Some(1)),
                ]
            };
            table(out, &header, partners.iter().map(row));
        }
        network => {
            for one in network_tables::tables(network) {
                paragraph(out, &format!("{}.", one.caption));
                let header: Vec<&str> = one.columns.iter().map(|(name, _)| name.as_str()).collect();
                table(out, &header, one.rows.into_iter());
            }
        }
    }
}

/// What is missing from the chain. The chain itself is drawn in the HTML brief.
fn theory(out: &mut String, theory: &Theory) {
    heading(out, 2, chain::TITLE);
    paragraph(out, chain::INTRODUCTION);
    let (listed, n_more) = chain::listed(theory);
    if listed.is_empty() {
        paragraph(out, chain::NO_GAP);
        return;
    }
    for (index, (sentence, code)) in listed.into_iter().enumerate() {
        let _ = writeln!(out, "{}. {} ({})", index + 1, escape(&chain::quoted(&sentence)), escape(code));
    }
    out.push('\n');
    if n_more > 0 {
        paragraph(out, &chain::quoted(&chain::more_gaps(n_more)));
    }
}

fn looks(out: &mut String, findings: &Findings) {
    heading(out, 2, "Every look that was taken");
    paragraph(out, words::LOOKS);
    let row = |look: &suasion_model::finding::Look| {
        vec![
            words::title_of(&findings.findings, &look.finding).to_string(),
            look.what.clone(),
            if look.decides { "Yes" } else { "No" }.to_string(),
            number::probability(look.p),
            words::corrected(look.p_adjusted),
        ]
    };
    let header = ["Finding", "What was tested", "Decides the verdict", "p", "p, corrected"];
    table(out, &header, findings.looks.iter().map(row));
}

fn imports(out: &mut String, findings: &Findings) {
    heading(out, 2, "What was read");
    let row = |receipt: &suasion_model::receipt::Receipt| {
        let reasons: Vec<String> = receipt
            .rows_dropped
            .iter()
            .map(|(reason, n)| format!("{}: {reason}", number::count(*n)))
            .collect();
        let place = receipt.dropped_file.as_ref().map(|file| format!("in {file}"));
        vec![
            receipt.path.clone(),
            number::count(receipt.rows_read),
            number::count(receipt.rows_kept),
            number::count(receipt.dropped()),
            reasons.into_iter().chain(place).collect::<Vec<_>>().join("; "),
            format!("{} ({})", receipt.source, receipt.licence),
        ]
    };
    let header = ["File", "Rows read", "Kept", "Left out", "Why, and where they are", "Source and licence"];
    table(out, &header, findings.imports.iter().map(row));
}

fn glossary(out: &mut String) {
    heading(out, 2, "What the words mean");
    let verdicts = words::VERDICTS.iter().map(|verdict| {
        vec![words::verdict(*verdict).to_string(), words::verdict_meaning(*verdict).to_string()]
    });
    table(out, &["Verdict", "Meaning"], verdicts);
    let grades = words::MARYLAND
        .iter()
        .enumerate()
        .map(|(level, meaning)| vec![level.to_string(), (*meaning).to_string()]);
    table(out, &["Grade", "Meaning"], grades);
    paragraph(out, words::MARYLAND_SOURCE);
    let terms = words::TERMS.iter().map(|(term, meaning)| vec![(*term).to_string(), (*meaning).to_string()]);
    table(out, &["Term", "Meaning"], terms);
}

fn plain(out: &mut String, plain: &Plain) {
    for (name, sentence) in plain.sentences() {
        let _ = writeln!(out, "- **{name}:** {}", escape(sentence));
    }
    out.push('\n');
}

fn heading(out: &mut String, level: usize, title: &str) {
    let _ = writeln!(out, "{} {}\n", "#".repeat(level), escape(title));
}

fn paragraph(out: &mut String, text: &str) {
    let _ = writeln!(out, "{}\n", escape(text));
}

/// A table; nothing but `None.` where it would have no rows.
fn table(out: &mut String, header: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        out.push_str("None.\n\n");
        return;
    }
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        out.push('|');
        for cell in cells {
            let _ = write!(out, " {} |", inline(cell));
        }
        out.push('\n');
    };
    line(&mut header.iter().copied());
    line(&mut header.iter().map(|_| "---"));
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
    out.push('\n');
}

fn signed_verdict(one: &Finding) -> String {
    format!("{} {}", words::verdict_sign(one.verdict), words::verdict(one.verdict))
}

fn with_unit_of(name: &str, unit: &str) -> String {
    if unit.trim().is_empty() { name.to_string() } else { format!("{name} ({unit})") }
}

fn observed(line: &Line, index: usize) -> Option<f64> {
    line.values.get(index).copied().flatten().filter(|value| value.is_finite())
}

fn decimals<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<usize> {
    number::decimals_of_column(lines.flat_map(|line| line.values.iter().copied().flatten()))
}

/// One line of text in which nothing is markup, wherever it stands: not HTML, not Markdown, not the end of a cell.
fn escape(text: &str) -> String {
    let text = inline(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if digits > 0 && rest.starts_with(['.', ')']) && matches!(rest.as_bytes().get(1), None | Some(b' ')) {
        // `1.` would open a list.
        format!("{number}\\{rest}")
    } else if text.starts_with(['-', '+', '=', '#']) {
        format!("\\{text}")
    } else {
        text
    }
}

/// One line of text in which nothing is markup, within a line that is already under way.
fn inline(text: &str) -> String {
    let text = text::clean(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
