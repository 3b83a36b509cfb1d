//! Findings in which every text tries to break out of its medium.

use suasion_model::finding::{FigureData, Findings, Interval, Mark, Parameter};

use crate::sample::sample;

/// The sample with every text replaced by something that tries to break out.
pub(crate) fn hostile() -> Findings {
    let mut findings = sample();
    let nasty = hostile_text();
    findings.strategy.title.clone_from(&nasty);
    findings.strategy.owner.clone_from(&nasty);
    findings.strategy.principal.clone_from(&nasty);
    findings.strategy.language = "en\"><script>".to_string();
    findings.program.clone_from(&nasty);
    for plain in
        std::iter::once(&mut findings.plain).chain(findings.findings.iter_mut().map(|one| &mut one.plain))
    {
        for text in [&mut plain.decision, &mut plain.answer, &mut plain.confidence, &mut plain.to_know] {
            text.clone_from(&nasty);
        }
    }
    for one in &mut findings.findings {
        one.title.clone_from(&nasty);
        one.statement.clone_from(&nasty);
        one.claim = Some(nasty.clone());
        one.objective = Some(nasty.clone());
        one.grade.why.clone_from(&nasty);
        one.caveats.push(nasty.clone());
        one.method.name.clone_from(&nasty);
        one.method.parameters.push(Parameter { name: nasty.clone(), value: nasty.clone() });
        one.method
            .citations
            .push(format!("{nasty} https://example.org/\"onload=alert(1) javascript:alert(1)"));
        for number in &mut one.numbers {
            number.label.clone_from(&nasty);
            number.unit.clone_from(&nasty);
            number.interval = Interval::None { why: nasty.clone() };
        }
        for input in &mut one.inputs {
            for text in [&mut input.dataset, &mut input.table, &mut input.source, &mut input.licence] {
                text.clone_from(&nasty);
            }
        }
        for check in &mut one.checks {
            for text in [&mut check.asks, &mut check.figure, &mut check.threshold] {
                text.clone_from(&nasty);
            }
        }
        one.figures.extend(crate::network_figures::figures());
        for figure in &mut one.figures {
            figure.title.clone_from(&nasty);
            figure.summary.clone_from(&nasty);
            figure.unit.clone_from(&nasty);
            match &mut figure.data {
                FigureData::Path { lines, mark, periods, .. } => {
                    for line in lines {
                        line.name.clone_from(&nasty);
                    }
                    *mark = periods.last().map(|last| Mark { period: *last, text: nasty.clone() });
                }
                FigureData::Gaps { treated, placebos, .. } => {
                    treated.name.clone_from(&nasty);
                    for line in placebos {
                        line.name.clone_from(&nasty);
                    }
                }
                FigureData::Shares { bars } => {
                    for bar in bars {
                        bar.name.clone_from(&nasty);
                    }
                }
                FigureData::Dependence { focus, partners } => {
                    focus.clone_from(&nasty);
                    for partner in partners {
                        partner.name.clone_from(&nasty);
                    }
                }
                network => crate::network_figures::rename(network, &nasty),
            }
        }
    }
    findings.theory = crate::theory::gaps();
    findings.theory.title.clone_from(&nasty);
    for node in &mut findings.theory.nodes {
        node.label.clone_from(&nasty);
        for gap in &mut node.gaps {
            gap.code.clone_from(&nasty);
            gap.text.clone_from(&nasty);
        }
    }
    for look in &mut findings.looks {
        look.finding.clone_from(&nasty);
        look.what.clone_from(&nasty);
    }
    for receipt in &mut findings.imports {
        for text in [&mut receipt.path, &mut receipt.source, &mut receipt.licence, &mut receipt.program] {
            text.clone_from(&nasty);
        }
        receipt.rows_dropped.insert(nasty.clone(), 1);
        receipt.dropped_file = Some(nasty.clone());
    }
    findings
}

/// Markup, quotes, pipes, control characters, right-to-left text, emoji, and a word of 300 letters.
pub(crate) fn hostile_text() -> String {
    format!(
        "<script>alert('x')</script> \"quoted\" & ]]> --> | a\\|b `code` [x](javascript:y)\nsecond\r\nline \u{1b}[31m\u{0} \
         \u{202e}evil\u{202c} שלום عالم 🎉 e\u{301} 東京 {}",
        "w".repeat(300)
    )
}

/// `cargo xtask brief` names the folder, and opens what is in it in a browser.
#[test]
fn the_briefs_of_the_tests_can_be_looked_at() {
    let Some(folder) = std::env::var_os("SUASION_BRIEFS").map(std::path::PathBuf::from) else {
        println!("skipped: SUASION_BRIEFS names no folder to write into");
        return;
    };
    let gaps = Findings { theory: crate::theory::gaps(), ..sample() };
    let mut networks = sample();
    networks.findings[0].figures = crate::network_figures::figures();
    for (name, findings) in [
        ("hostile.html", hostile()),
        ("sample.html", sample()),
        ("gaps.html", gaps),
        ("networks.html", networks),
    ] {
        std::fs::write(folder.join(name), suasion::render::html::brief(&findings))
            .expect("the folder is there");
    }
}
