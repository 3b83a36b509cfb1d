//! Findings to render: London 2012 as it may come out, with the case's own series.
//!
//! The figures that no table of the case holds (intervals, p, grades) are made up to look real.

use std::collections::BTreeMap;

use suasion_model::finding::{
    Bar, Check, CheckOutcome, Consequence, Figure, FigureData, Finding, Findings, Grade, Input, Interval,
    Line, Look, Mark, Method, Number, Parameter, PartnerDependence, Plain, Question, SCHEMA, StrategySummary,
    Verdict,
};
use suasion_model::period::Period;
use suasion_model::places::place_name;
use suasion_model::receipt::Receipt;

const ARRIVALS: &str = include_str!("../../../../cases/london-2012/arrivals.csv");
const STUDENTS: &str = include_str!("../../../../cases/london-2012/inbound-students.csv");
const FDI: &str = include_str!("../../../../cases/london-2012/fdi.csv");

/// London 2012: three objectives and two corridors.
pub(crate) fn sample() -> Findings {
    Findings {
        schema: SCHEMA.to_string(),
        program: "suasion 0.1.0".to_string(),
        strategy: StrategySummary {
            title: "The Games and GREAT: did they come because of us?".to_string(),
            principal: "GBR".to_string(),
            owner: "Campaign board".to_string(),
            decision: "Renew the campaign after 2015, change it, or stop it".to_string(),
            language: "en-GB".to_string(),
            digest: "9f2c6b1e0a7d4c3b8e5f60718293a4b5c6d7e8f90123456789abcdef01234567".to_string(),
        },
        plain: plain(
            "Renew the campaign after 2015, change it, or stop it.",
            "Nobody can tell from these figures whether the Games and the campaign brought more visitors, students or investors.",
            "High that these figures cannot say; none about the effect itself. Countries differ too much from year to year.",
            "Ask visitors why they came, by market and month, or run the campaign in some markets and not in others.",
        ),
        theory: crate::theory::london(),
        findings: vec![visitors(), students(), investment(), student_corridors(), migrant_corridors()],
        looks: vec![
            look("visitors-sc", "Mean gap 2012–16, logs, placebo rank", true, 0.62),
            look("visitors-sc", "Mean gap 2012–16, demeaned, placebo rank", false, 0.81),
            look("students-sc", "Mean gap 2012–17, demeaned, placebo rank", true, 0.0952),
            look("students-sc", "Mean gap 2012–17, logs, placebo rank", false, 0.0476),
        ],
        imports: vec![
            receipt("arrivals", "arrivals.csv", "observations", 644, &[]),
            receipt("students", "inbound-students.csv", "observations", 448, &[]),
            receipt("investment", "fdi.csv", "observations", 867, &[]),
            receipt(
                "student-flows",
                "student-corridors.csv",
                "flows",
                2321,
                &[("value is below one", 2), ("origin is not a place", 11)],
            ),
            receipt("migrant-flows", "migrant-corridors.csv", "flows", 2462, &[]),
        ],
    }
}

fn visitors() -> Finding {
    let years = years(1995, 2017);
    let mut arrivals = table(ARRIVALS);
    arrivals.retain(|_, series| years.iter().all(|year| series.contains_key(&year.year_number())));
    let weights = [
        ("HUN", 0.300),
        ("IRL", 0.179),
        ("ESP", 0.173),
        ("POL", 0.165),
        ("JPN", 0.076),
        ("USA", 0.039),
        ("TUR", 0.034),
        ("NOR", 0.034),
    ];
    let britain = line("United Kingdom", &arrivals["GBR"], &years);
    let synthetic = Line {
        name: "Synthetic United Kingdom".to_string(),
        values: years
            .iter()
            .map(|year| {
                Some(
                    weights
                        .iter()
                        .map(|(code, weight)| weight * arrivals[*code][&year.year_number()].ln())
                        .sum::<f64>()
                        .exp(),
                )
            })
            .collect(),
    };
    let gap = |values: &Line, against: &Line, name: &str| Line {
        name: name.to_string(),
        values: values
            .values
            .iter()
            .zip(&against.values)
            .map(|(a, b)| Some(a.as_ref()?.ln() - b.as_ref()?.ln()))
            .collect(),
    };
    let treated = gap(&britain, &synthetic, "United Kingdom");
    let placebos: Vec<Line> =
        arrivals.keys().filter(|code| *code != "GBR").map(|code| placebo(&arrivals, code, &years)).collect();
    Finding {
        id: "visitors-sc".to_string(),
        question: Question::Measure,
        objective: Some("visitors".to_string()),
        title: "Visitors".to_string(),
        claim: Some("More people visit because of the Games and the campaign".to_string()),
        verdict: Verdict::CannotTell,
        statement: "Against a synthetic United Kingdom of 8 of 24 OECD donors (logs, 1995–2011), arrivals lie 3.7 % below over \
                    2012–16, placebo p .62; the least effect detectable from the placebo distribution is 78 log points, and the \
                    smallest effect that would change the decision is 5 %."
            .to_string(),
        plain: plain(
            "Renew the tourism half of the campaign.",
            "Nobody can tell. Visits rose, but they rose about as much in similar countries without the Games.",
            "Only an effect that doubled visits could have been seen in such figures. The one hoped for is 5 %.",
            "Ask arriving visitors why they came, market by market, before and after each burst of the campaign.",
        ),
        numbers: vec![
            number("mean-gap", "Gap to the synthetic United Kingdom, mean of 2012–16", -3.7, "%", range(-43.2, 62.4, Some(0.95), "inverted from the ranks of 24 placebos")),
            number("p", "Placebos with a gap at least as striking", 0.62, "p", none("a p has no interval of its own")),
            number("detectable", "Least effect that these data could show", 0.78, "log points", range(0.71, 0.84, None, "leaving out one donor at a time")),
            number("raw", "Visits in 2015", 36_792_000.0, "visits", none("a published count; its source gives no error")),
        ],
        grade: Grade { level: Some(3), why: "before and after, against countries without the Games".to_string() },
        method: Method {
            name: "Synthetic control".to_string(),
            parameters: parameters(&[("Scale", "logs"), ("Donors", "24 OECD members of 2012 with every year"), ("Before", "1995–2011"), ("After", "2012–16")]),
            citations: vec![
                "Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105, 493–505, doi:10.1198/jasa.2009.ap08746".to_string(),
                "Benjamini and Yekutieli (2001), The Annals of Statistics 29, 1165–1188, https://doi.org/10.1214/aos/1013699998.".to_string(),
            ],
        },
        inputs: vec![input("arrivals", "observations@1", 644, "World Bank, World Development Indicators, ST.INT.ARVL, downloaded 2024-11-13", "CC BY 4.0")],
        checks: vec![
            check("hull", "Does a mix of the donors reproduce the years before?", CheckOutcome::Passed, "pre-treatment RMSPE .025 log points", "at most .10", Consequence::Withholds),
            check("over-fit", "Are there more years before than donors in the mix?", CheckOutcome::Passed, "17 years, 8 donors", "more years than donors", Consequence::Withholds),
            check("leave-one-out", "Does one donor carry the answer?", CheckOutcome::Passed, "gap −6 % to +2 % without any one", "same side of the decision", Consequence::LowersGrade),
            check("detectability", "Could an effect of the size that matters have been seen?", CheckOutcome::Failed, "78 log points", "5 % (4.9 log points)", Consequence::CannotTell),
        ],
        caveats: vec![
            "Countries count visits differently: at the border or at hotels, with or without day trips.".to_string(),
            "The World Bank re-based this series between vintages; this is the vintage of November 2024.".to_string(),
            "Steps that no traveller made (United States 2006, Sweden 2011) widen the scatter.".to_string(),
        ],
        seed: None,
        figures: vec![
            Figure {
                id: "path".to_string(),
                title: "Visits to the United Kingdom, and to its synthetic double".to_string(),
                summary: "Both lines rise from about 30 million in 2010 to about 40 million in 2016; they cross twice after 2012.".to_string(),
                unit: "visits".to_string(),
                data: FigureData::Path { periods: years.clone(), from: year(2012), lines: vec![britain, synthetic], mark: None },
            },
            Figure {
                id: "gaps".to_string(),
                title: "The gap, beside the gaps of countries that had no Games".to_string(),
                summary: "The United Kingdom's gap stays near zero; those of 27 placebos reach from −1 to +1 log points.".to_string(),
                unit: "log points".to_string(),
                data: FigureData::Gaps { periods: years, from: year(2012), treated, placebos },
            },
            Figure {
                id: "donors".to_string(),
                title: "Who makes up the synthetic United Kingdom".to_string(),
                summary: "Hungary 30 %, Ireland 18 %, Spain 17 %, Poland 17 % and four others.".to_string(),
                unit: "share of the mix".to_string(),
                data: FigureData::Shares { bars: weights.iter().map(|(code, share)| Bar { name: place_name(code).to_string(), share: *share }).collect() },
            },
        ],
    }
}

fn students() -> Finding {
    let totals = table(STUDENTS);
    let years = years(2004, 2017);
    Finding {
        id: "students-sc".to_string(),
        objective: Some("students".to_string()),
        title: "Students from abroad".to_string(),
        claim: Some("More students choose Britain because of the Games and the campaign".to_string()),
        verdict: Verdict::Withheld,
        statement: "In logs the United Kingdom lies outside the donors' hull (France 100 %, pre-RMSPE .35); demeaned, 20 donors fit \
                    8 years without error (p .10). The sign of the gap turns on that choice, and the post-study work visa ended in \
                    April 2012."
            .to_string(),
        plain: plain(
            "Renew the education half of the campaign.",
            "No answer is offered. An estimate exists, but its sign turns on how one compares.",
            "None. A change of visa rules in the same months hides whatever the campaign did.",
            "Compare origins that the visa change hit with origins that it did not, or ask applicants.",
        ),
        numbers: vec![number("mean-gap", "Gap to the synthetic United Kingdom, mean of 2012–17", 56.0, "%", none("withheld: the comparison does not hold"))],
        grade: Grade { level: Some(2), why: "before and after; no country is like it".to_string() },
        checks: vec![
            check("hull", "Does a mix of the donors reproduce the years before?", CheckOutcome::Failed, "pre-treatment RMSPE .35 log points", "at most .10", Consequence::Withholds),
            check("concurrent", "Did anything else hit the treated unit at the same time?", CheckOutcome::Failed, "post-study work visa ended 2012-04", "nothing declared", Consequence::Withholds),
            check("placebo-in-time", "Does the method see nothing where nothing happened?", CheckOutcome::NotRun, "8 years before", "at least 10 years", Consequence::LowersGrade),
        ],
        inputs: vec![input("students", "observations@2", 448, "UNESCO Institute for Statistics, indicator 26637", "CC BY-SA 3.0 IGO")],
        caveats: vec!["The United States, Germany and Japan lack years, so three of the largest hosts cannot serve as donors.".to_string()],
        figures: vec![Figure {
            id: "path".to_string(),
            title: "Inbound students, United Kingdom and France".to_string(),
            summary: "The United Kingdom rises from 300 to 436 thousand and stays far above France, its nearest match.".to_string(),
            unit: "students".to_string(),
            data: FigureData::Path {
                from: year(2012),
                lines: vec![line("United Kingdom", &totals["GBR"], &years), line("Synthetic United Kingdom", &totals["FRA"], &years)],
                periods: years,
                mark: None,
            },
        }],
        ..visitors()
    }
}

fn investment() -> Finding {
    let inflow = table(FDI);
    let years = years(1995, 2017);
    Finding {
        id: "investment-sc".to_string(),
        objective: Some("investment".to_string()),
        title: "Foreign direct investment".to_string(),
        claim: Some("More firms invest because of the Games and the campaign".to_string()),
        statement: "Not estimated: one year (2016, 12.1 % of GDP) holds more than half of all that came after 2012, so no mean over \
                    those years says anything about a campaign."
            .to_string(),
        plain: plain(
            "Renew the investment half of the campaign.",
            "Nobody can tell, and no estimate was made. A few giant deals drown everything else.",
            "High that yearly totals cannot show it: one year outweighs the four before it.",
            "Follow single investment decisions: who was approached, who came, and what they say decided it.",
        ),
        numbers: vec![number("spike", "Inflow in 2016", 12.078_852_813_464_8, "% of GDP", none("a published count; its source gives no error"))],
        grade: Grade { level: Some(0), why: "nothing was estimated".to_string() },
        checks: vec![check("spikes", "Is the outcome steady enough for a yearly mean to mean something?", CheckOutcome::Failed, "the largest year is 52 % of the sum", "at most 40 %", Consequence::StopsBeforeEstimate)],
        inputs: vec![input("investment", "observations@3", 867, "World Bank, World Development Indicators, BX.KLT.DINV.WD.GD.ZS", "CC BY 4.0")],
        caveats: vec!["Shares of GDP can be negative: firms also withdraw money.".to_string()],
        figures: vec![Figure {
            id: "path".to_string(),
            title: "Net inflow of foreign direct investment, United Kingdom".to_string(),
            summary: "Between 0.6 and 9.9 % of GDP before 2012, under 2 % until 2015, then 12.1 % in 2016.".to_string(),
            unit: "% of GDP".to_string(),
            data: FigureData::Path {
                from: year(2012),
                lines: vec![line("United Kingdom", &inflow["GBR"], &years)],
                periods: years,
                mark: Some(Mark { period: year(2016), text: "12.1 % of GDP in one year: a handful of takeovers".to_string() }),
            },
        }],
        ..visitors()
    }
}

fn student_corridors() -> Finding {
    corridor(
        "students",
        "Students: who depends on whom",
        "students",
        0.2249,
        &[
            ("CHN", 96_543.0, 0.2249, 0.105),
            ("HKG", 16_580.0, 0.0386, 0.4552),
            ("IND", 16_421.0, 0.0383, 0.0502),
            ("MYS", 16_350.0, 0.0381, 0.2797),
            ("USA", 16_178.0, 0.0377, 0.2002),
            ("ITA", 13_376.0, 0.0312, 0.1823),
            ("DEU", 13_220.0, 0.0308, 0.1081),
            ("FRA", 13_089.0, 0.0305, 0.1399),
            ("NGA", 12_642.0, 0.0295, 0.1532),
            ("GRC", 10_025.0, 0.0234, 0.2654),
            ("IRL", 10_009.0, 0.0233, 0.6691),
            ("CYP", 9_241.0, 0.0215, 0.3783),
            ("ESP", 8_860.0, 0.0206, 0.2148),
            ("ROU", 8_102.0, 0.0189, 0.2256),
        ],
    )
}

fn migrant_corridors() -> Finding {
    corridor(
        "migrants",
        "Migrants: who is tied to whom",
        "persons",
        0.0967,
        &[
            ("IND", 808_104.0, 0.0967, 0.0507),
            ("POL", 804_877.0, 0.0963, 0.1953),
            ("PAK", 532_770.0, 0.0637, 0.0873),
            ("IRL", 389_921.0, 0.0467, 0.5237),
            ("DEU", 306_123.0, 0.0366, 0.0815),
            ("BGD", 215_757.0, 0.0258, 0.0295),
            ("ZAF", 204_540.0, 0.0245, 0.2586),
            ("CHN", 198_472.0, 0.0237, 0.0195),
            ("USA", 190_133.0, 0.0227, 0.0694),
        ],
    )
}

fn corridor(id: &str, title: &str, unit: &str, top: f64, partners: &[(&str, f64, f64, f64)]) -> Finding {
    let partners: Vec<PartnerDependence> = partners
        .iter()
        .map(|(code, flow, focus, partner)| PartnerDependence {
            name: place_name(code).to_string(),
            flow_to_focus: *flow,
            focus_depends: *focus,
            partner_depends: *partner,
            asymmetry: Some(*partner),
        })
        .collect();
    Finding {
        id: id.to_string(),
        question: Question::Map,
        objective: None,
        title: title.to_string(),
        claim: None,
        verdict: Verdict::Descriptive,
        statement: format!("Of all {unit} in the United Kingdom, {} come from one origin; Hirschman asymmetry is largest with Ireland.", partners[0].name),
        plain: plain(
            "Where to keep ties that others need more than we do.",
            "One origin sends the most. Ireland depends on Britain far more than Britain on Ireland.",
            "High: these are counts, though places that report late or not at all are missing.",
            "Counts by origin from all hosts, every year, with one definition of who counts.",
        ),
        numbers: vec![
            number("top-share", "Largest origin's share of the inflow", top * 100.0, "%", none("a published count; its source gives no error")),
            number("hhi", "Concentration of origins (Herfindahl–Hirschman)", 0.068, "", none("a published count; its source gives no error")),
        ],
        grade: Grade::descriptive(),
        method: Method {
            name: "Dependence shares".to_string(),
            parameters: parameters(&[("Focus", "GBR"), ("Period", "2017")]),
            citations: vec!["Hirschman (1945), National Power and the Structure of Foreign Trade".to_string()],
        },
        inputs: vec![input(&format!("{id}-flows"), "flows@2", 2321, "UNESCO Institute for Statistics, OPRI bulk data", "CC BY-SA 3.0 IGO")],
        checks: Vec::new(),
        caveats: vec!["Only each origin's ten leading destinations are named; the others are lumped.".to_string()],
        figures: vec![Figure {
            id: "dependence".to_string(),
            title: format!("Who needs whom: {unit}"),
            summary: "Bars to the left: the partner's share of all that comes to the United Kingdom. To the right: the United Kingdom's share of all that leaves the partner.".to_string(),
            unit: unit.to_string(),
            data: FigureData::Dependence { focus: "United Kingdom".to_string(), partners },
        }],
        seed: Some(20_120_727),
    }
}

type Series = BTreeMap<i32, f64>;

fn table(csv: &str) -> BTreeMap<String, Series> {
    let mut out: BTreeMap<String, Series> = BTreeMap::new();
    for row in csv.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [code, year, value] = cells[..] else { panic!("three cells: {row}") };
        let (year, value) = (year.parse().expect("a year"), value.parse().expect("a value"));
        out.entry(code.to_string()).or_default().insert(year, value);
    }
    out
}

fn line(name: &str, series: &Series, years: &[Period]) -> Line {
    Line {
        name: name.to_string(),
        values: years.iter().map(|year| series.get(&year.year_number()).copied()).collect(),
    }
}

/// A donor's gap to the mean of the others, both as distances from their own mean before 2012.
fn placebo(arrivals: &BTreeMap<String, Series>, code: &str, years: &[Period]) -> Line {
    let demeaned = |code: &str| -> Vec<f64> {
        let logs: Vec<f64> = years.iter().map(|year| arrivals[code][&year.year_number()].ln()).collect();
        let before = &logs[..17];
        let mean = before.iter().sum::<f64>() / 17.0;
        logs.iter().map(|log| log - mean).collect()
    };
    let others: Vec<Vec<f64>> = arrivals
        .keys()
        .filter(|other| *other != code && *other != "GBR")
        .map(|other| demeaned(other))
        .collect();
    let own = demeaned(code);
    let values = (0..years.len())
        .map(|index| {
            Some(own[index] - others.iter().map(|other| other[index]).sum::<f64>() / others.len() as f64)
        })
        .collect();
    Line { name: place_name(code).to_string(), values }
}

/// A year as a period.
pub(crate) fn year(year: i64) -> Period {
    Period::year(year).expect("a year of the calendar")
}

fn years(first: i64, last: i64) -> Vec<Period> {
    (first..=last).map(year).collect()
}

fn plain(decision: &str, answer: &str, confidence: &str, to_know: &str) -> Plain {
    let [decision, answer, confidence, to_know] = [decision, answer, confidence, to_know].map(str::to_string);
    Plain { decision, answer, confidence, to_know }
}

fn number(id: &str, label: &str, value: f64, unit: &str, interval: Interval) -> Number {
    Number { id: id.to_string(), label: label.to_string(), value, unit: unit.to_string(), interval }
}

fn range(low: f64, high: f64, level: Option<f64>, method: &str) -> Interval {
    Interval::Range { low, high, level, method: method.to_string() }
}

fn none(why: &str) -> Interval {
    Interval::None { why: why.to_string() }
}

fn parameters(settings: &[(&str, &str)]) -> Vec<Parameter> {
    settings
        .iter()
        .map(|(name, value)| Parameter { name: (*name).to_string(), value: (*value).to_string() })
        .collect()
}

fn check(
    id: &str,
    asks: &str,
    outcome: CheckOutcome,
    figure: &str,
    threshold: &str,
    consequence: Consequence,
) -> Check {
    let [id, asks, figure, threshold] = [id, asks, figure, threshold].map(str::to_string);
    Check { id, asks, outcome, figure, threshold, consequence }
}

fn input(dataset: &str, table: &str, rows: u64, source: &str, licence: &str) -> Input {
    let [dataset, table, source, licence] = [dataset, table, source, licence].map(str::to_string);
    Input { dataset, table, digest: "3b1f".repeat(16), rows, source, licence }
}

fn look(finding: &str, what: &str, decides: bool, p: f64) -> Look {
    Look {
        finding: finding.to_string(),
        what: what.to_string(),
        decides,
        p,
        p_adjusted: decides.then(|| (p * 2.0).min(1.0)),
    }
}

fn receipt(dataset: &str, path: &str, table: &str, rows_read: u64, dropped: &[(&str, u64)]) -> Receipt {
    let rows_dropped: BTreeMap<String, u64> =
        dropped.iter().map(|(reason, rows)| ((*reason).to_string(), *rows)).collect();
    Receipt {
        dataset: dataset.to_string(),
        table: table.to_string(),
        path: path.to_string(),
        digest: "a07c".repeat(16),
        source: "World Bank or UNESCO Institute for Statistics".to_string(),
        licence: "CC BY 4.0".to_string(),
        rows_read,
        rows_kept: rows_read - rows_dropped.values().sum::<u64>(),
        dropped_file: (!rows_dropped.is_empty()).then(|| format!(".suasion/dropped/{dataset}.csv")),
        rows_dropped,
        program: "suasion 0.1.0".to_string(),
    }
}
