//! Panels made for one rule each: the same rules that withhold a verdict in one case give one in another.

use suasion_model::Period;
use suasion_model::finding::{CheckOutcome, Finding, Interval, Verdict};
use suasion_model::table::Observation;

use crate::evidence::{failed, finding, measure, strategy, value};

/// A panel of 24 donors and one treated unit over 20 years, the last four under treatment.
///
/// Every unit is a mixture of two common paths plus noise of a set size, so a good comparison exists.
struct Made {
    noise: f64,
    effect: f64,
    donors: usize,
    level: f64,
    spike: f64,
}

const TYPICAL: Made = Made { noise: 0.004, effect: 0.0, donors: 24, level: 1.0, spike: 0.0 };

impl Made {
    fn rows(&self) -> Vec<Observation> {
        self.seeded(12_345)
    }

    fn seeded(&self, seed: u64) -> Vec<Observation> {
        let mut state = seed;
        let mut rows = Vec::new();
        for unit in 0..=self.donors {
            let mix = (unit % 7) as f64 / 6.0;
            for t in 0..20_i64 {
                let slow = 100.0 + 2.0 * t as f64;
                let wavy = 110.0 + 12.0 * (t as f64 * 0.9).sin();
                let mut value = mix * slow + (1.0 - mix) * wavy;
                value *= 1.0 + self.noise * uniform(&mut state);
                if unit == 0 {
                    value *= self.level;
                    if t >= 16 {
                        value *= 1.0 + self.effect;
                    }
                    if t == 18 {
                        value += self.spike;
                    }
                }
                rows.push(Observation {
                    unit: if unit == 0 { "TREATED".to_string() } else { format!("D{unit:02}") },
                    period: Period::year(2000 + t).expect("a year"),
                    value,
                });
            }
        }
        rows
    }
}

/// Uniform on −1 to 1, from a linear congruential generator (Knuth's MMIX constants).
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

fn evaluated(extra: &str) -> String {
    format!(
        "[strategy]\nschema = 1\ntitle = \"T\"\nprincipal = \"P\"\nowner = \"O\"\ndecision = \"Go on or stop\"\n\
         [[dataset]]\nid = \"d\"\ntable = \"observations\"\nformat = \"csv\"\npath = \"d.csv\"\n\
         columns = {{ unit = \"u\", period = \"p\", value = \"v\" }}\nsource = \"made\"\nlicence = \"CC0-1.0\"\n\
         [[indicator]]\nid = \"visits\"\nlabel = \"Visits\"\nkind = \"outcome\"\nunit = \"visits\"\ndataset = \"d\"\n\
         [[objective]]\nid = \"o\"\nstatement = \"More visits\"\ndecision = \"Go on\"\naudience = \"domestic\"\n\
         outcome = \"visits\"\nbaseline = {{ period = 2015, value = 120 }}\ntarget = {{ period = 2019, value = 130 }}\n\
         smallest_effect = \"5 %\"\nhorizon = 2019\nowner = \"O\"\n\
         [[initiative]]\nid = \"i\"\nkind = \"campaign\"\nstarts = 2016\nserves = [\"o\"]\n\
         [[evaluation]]\nid = \"e\"\nobjective = \"o\"\ndesign = \"synthetic-control\"\ntreated = [\"TREATED\"]\nfrom = 2016\n\
         {none}{extra}",
        // What a strategy says of threats: none, unless a test says otherwise.
        none = if extra.contains("threats") { "" } else { "threats = []\n" }
    )
}

fn judge(made: &Made, extra: &str) -> Finding {
    let answers = measure(&strategy(&evaluated(extra)), &made.rows());
    finding(&answers, "e").clone()
}

#[test]
fn a_clear_effect_is_supported() {
    let finding = judge(&Made { effect: 0.15, ..TYPICAL }, "");
    assert_eq!(failed(&finding), [""; 0], "{finding:#?}");
    assert_eq!(finding.verdict, Verdict::Supported);
    assert_eq!(finding.grade.level, Some(3));
    assert!((value(&finding, "effect") - 15.0).abs() < 1.5, "{}", value(&finding, "effect"));
    assert!((value(&finding, "p") - 1.0 / 25.0).abs() < 1e-12);
}

#[test]
fn no_effect_where_one_would_have_been_seen_is_not_supported() {
    let finding = judge(&TYPICAL, "");
    assert_eq!(failed(&finding), [""; 0], "{finding:#?}");
    assert_eq!(finding.verdict, Verdict::NotSupported);
    assert!(value(&finding, "detectable") < 5.0);
}

#[test]
fn an_effect_in_the_wrong_direction_is_not_supported() {
    let finding = judge(&Made { effect: -0.15, ..TYPICAL }, "");
    assert_eq!(finding.verdict, Verdict::NotSupported, "{finding:#?}");
}

#[test]
fn an_effect_lost_in_noise_cannot_be_told() {
    let finding = judge(&Made { noise: 0.08, effect: 0.05, ..TYPICAL }, "");
    assert!(failed(&finding).contains(&"detectable"), "{:?}", failed(&finding));
    assert_ne!(finding.verdict, Verdict::Supported);
    assert_ne!(finding.verdict, Verdict::NotSupported);
}

#[test]
fn a_treated_unit_beyond_its_donors_is_withheld() {
    let finding = judge(&Made { level: 1.6, effect: 0.15, ..TYPICAL }, "");
    assert!(failed(&finding).contains(&"hull"), "{:?}", failed(&finding));
    assert!(failed(&finding).contains(&"pre-fit"));
    assert_eq!(finding.verdict, Verdict::Withheld);
    assert_eq!(finding.grade.level, Some(1));
    assert!(finding.plain.answer.starts_with("No figure can be trusted"));
}

#[test]
fn demeaning_brings_a_distant_unit_back_among_its_donors() {
    let finding = judge(&Made { level: 1.6, effect: 0.15, ..TYPICAL }, "scale = \"demeaned-logs\"");
    assert!(!failed(&finding).contains(&"hull"), "{:?}", failed(&finding));
    assert!((value(&finding, "effect") - 15.0).abs() < 2.0);
}

#[test]
fn a_fit_bought_with_freedom_is_withheld() {
    let short: Vec<Observation> =
        TYPICAL.rows().into_iter().filter(|row| row.period >= Period::year(2012).expect("a year")).collect();
    let answers = measure(&strategy(&evaluated("scale = \"demeaned-logs\"")), &short);
    let finding = finding(&answers, "e");
    assert!(failed(finding).contains(&"overfit"), "{:?}", failed(finding));
    assert_eq!(finding.verdict, Verdict::Withheld);
}

#[test]
fn a_declared_concurrent_threat_withholds_what_would_be_supported() {
    let threat = |from: &str, hits: &str| {
        format!("threats = [{{ what = \"A visa closed\", from = {from}, hits = \"{hits}\" }}]")
    };
    let clear = Made { effect: 0.15, ..TYPICAL };
    assert_eq!(judge(&clear, &threat("2016-04-06", "treated")).verdict, Verdict::Withheld);
    assert_eq!(judge(&clear, &threat("2015", "donors")).verdict, Verdict::Withheld);
    assert_eq!(judge(&clear, &threat("2017", "everyone")).verdict, Verdict::Supported);
    assert_eq!(judge(&clear, &threat("2008", "treated")).verdict, Verdict::Supported);
    assert_eq!(judge(&clear, &threat("2020", "treated")).verdict, Verdict::Supported);
}

#[test]
fn one_period_that_decides_stops_before_the_estimate() {
    let finding = judge(&Made { spike: 900.0, ..TYPICAL }, "");
    assert_eq!(failed(&finding), ["single-period"]);
    assert_eq!(finding.verdict, Verdict::CannotTell);
    assert_eq!(finding.grade.level, Some(0));
    assert!(finding.numbers.iter().all(|number| number.id != "effect"), "nothing is estimated");
    assert!(finding.plain.answer.contains("2018"), "{}", finding.plain.answer);
}

#[test]
fn few_donors_cannot_carry_a_verdict() {
    let finding = judge(&Made { donors: 12, effect: 0.15, ..TYPICAL }, "");
    assert!(failed(&finding).contains(&"enough-placebos"), "{:?}", failed(&finding));
    assert_eq!(finding.verdict, Verdict::CannotTell);
}

#[test]
fn donors_with_gaps_are_left_out_and_named() {
    let mut rows = Made { effect: 0.15, ..TYPICAL }.rows();
    rows.retain(|row| !(row.unit == "D03" && row.period == Period::year(2007).expect("a year")));
    let answers = measure(&strategy(&evaluated("")), &rows);
    let finding = finding(&answers, "e");
    assert_eq!(finding.verdict, Verdict::Supported);
    assert!(
        finding.caveats.iter().any(|caveat| caveat.contains("D03 (1 of 20 periods)")),
        "{:?}",
        finding.caveats
    );
}

#[test]
fn a_gap_in_the_treated_unit_stops_before_the_estimate() {
    let mut rows = TYPICAL.rows();
    rows.retain(|row| !(row.unit == "TREATED" && row.period == Period::year(2007).expect("a year")));
    let answers = measure(&strategy(&evaluated("")), &rows);
    let finding = finding(&answers, "e");
    assert_eq!(failed(finding), ["treated-complete"]);
    assert_eq!(finding.verdict, Verdict::CannotTell);
}

#[test]
fn figures_that_end_before_the_horizon_cannot_carry_a_verdict() {
    let made = Made { effect: 0.15, ..TYPICAL };
    let until = |year: i64| judge(&made, &format!("until = {year}"));
    assert_eq!(until(2019).verdict, Verdict::Supported);
    assert_eq!(failed(&until(2021)), ["horizon-covered"]);
    assert_eq!(until(2021).verdict, Verdict::CannotTell);
}

#[test]
fn logs_of_what_is_not_positive_are_refused_with_why() {
    let rows: Vec<Observation> =
        TYPICAL.rows().into_iter().map(|row| Observation { value: row.value - 100.0, ..row }).collect();
    let answers = measure(&strategy(&evaluated("scale = \"logs\"")), &rows);
    assert_eq!(failed(finding(&answers, "e")), ["baseline-agrees", "estimable"]);
}

#[test]
fn an_objective_without_an_evaluation_gets_an_answer() {
    let text = evaluated("");
    let text = &text[..text.find("[[evaluation]]").expect("the evaluation")];
    let answers = measure(&strategy(text), &[]);
    let finding = finding(&answers, "o");
    assert_eq!(finding.verdict, Verdict::CannotTell);
    assert_eq!(failed(finding), ["evaluation"]);
}

#[test]
fn a_check_that_could_not_run_never_counts_as_passed() {
    let text = evaluated("").replace("smallest_effect = \"5 %\"\n", "");
    let answers = measure(&strategy(&text), &Made { effect: 0.15, ..TYPICAL }.rows());
    let finding = finding(&answers, "e");
    assert!(finding.checks.iter().any(|check| check.outcome == CheckOutcome::NotRun));
    assert_eq!(finding.verdict, Verdict::CannotTell, "no smallest effect, no verdict");
    assert_eq!(finding.grade.level, Some(2));
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let made = Made { effect: 0.15, ..TYPICAL };
    let strategy = strategy(&evaluated(""));
    let mut rows = made.rows();
    let first = measure(&strategy, &rows);
    rows.reverse();
    rows.rotate_left(77);
    assert_eq!(first, measure(&strategy, &rows));
}

#[test]
fn renaming_units_changes_no_figure_beyond_rounding() {
    let made = Made { effect: 0.15, ..TYPICAL };
    let strategy = strategy(&evaluated(""));
    let rows = made.rows();
    let renamed: Vec<Observation> = rows
        .iter()
        .map(|row| {
            let unit = row.unit.strip_prefix('D').map_or_else(
                || row.unit.clone(),
                |number| format!("D{:02}", (number.parse::<u32>().expect("a number") * 7) % 25),
            );
            Observation { unit, ..row.clone() }
        })
        .collect();
    let (a, b) = (measure(&strategy, &rows), measure(&strategy, &renamed));
    for (a, b) in finding(&a, "e").numbers.iter().zip(&finding(&b, "e").numbers) {
        assert!(
            (a.value - b.value).abs() <= 1e-9 * a.value.abs().max(1.0),
            "{}: {} and {}",
            a.id,
            a.value,
            b.value
        );
    }
}

#[test]
fn several_looks_are_corrected_together() {
    let second = "\n[[evaluation]]\nid = \"e2\"\nobjective = \"o\"\ndesign = \"synthetic-control\"\nscale = \"levels\"\n\
                  treated = [\"D01\"]\nfrom = 2016\nthreats = []\n";
    let answers = measure(&strategy(&evaluated(second)), &Made { effect: 0.15, ..TYPICAL }.rows());
    let deciding: Vec<_> = answers.looks.iter().filter(|look| look.decides).collect();
    assert_eq!(deciding.len(), 2);
    assert!(deciding.iter().all(|look| look.p_adjusted.is_some_and(|adjusted| adjusted >= look.p)));
    assert!((deciding[0].p - 0.04).abs() < 1e-12);
    assert!(deciding[0].p_adjusted.is_some_and(|adjusted| adjusted > 0.05));
    assert_ne!(finding(&answers, "e").verdict, Verdict::Supported, "one of two looks at .04 is not enough");
}

#[test]
fn a_fall_is_held_against_a_fall() {
    let lower = |effect: f64, smallest: &str| {
        let text = evaluated("")
            .replace("dataset = \"d\"\n[[objective]]", "dataset = \"d\"\nbetter = \"lower\"\n[[objective]]");
        let text = text.replace("smallest_effect = \"5 %\"", &format!("smallest_effect = \"{smallest}\""));
        let text = text.replace("value = 130", "value = 100");
        let answers = measure(&strategy(&text), &Made { effect, ..TYPICAL }.rows());
        finding(&answers, "e").verdict
    };
    assert_eq!(lower(-0.36, "30 %"), Verdict::Supported);
    // ln 1.5 lies between 36 % and 50 % less: a fall of 36 % is no fall of half.
    assert_eq!(lower(-0.36, "50 %"), Verdict::NotSupported);
    assert_eq!(lower(0.36, "30 %"), Verdict::NotSupported);
}

#[test]
fn the_smallest_effect_is_a_share_of_what_would_have_been() {
    // The panel grows by two fifths before treatment ends: ten per cent of the years judged is more than of those before.
    let judged = |effect: f64| {
        let text = evaluated("scale = \"levels\"").replace("\"5 %\"", "\"10 %\"");
        let answers = measure(&strategy(&text), &Made { effect, ..TYPICAL }.rows());
        let found = finding(&answers, "e");
        (found.verdict, failed(found).join(" "))
    };
    assert_eq!(judged(0.085).0, Verdict::NotSupported, "{}", judged(0.085).1);
    assert_eq!(judged(0.15).0, Verdict::Supported, "{}", judged(0.15).1);
}

#[test]
fn an_effect_that_may_be_large_enough_is_not_denied() {
    let finding = judge(&Made { effect: 0.048, noise: 0.006, ..TYPICAL }, "");
    let Some(number) = finding.numbers.iter().find(|number| number.id == "effect") else {
        panic!("no effect")
    };
    let Interval::Range { low, high, .. } = number.interval else { panic!("no interval: {number:?}") };
    assert!(low > 0.0 && number.value < 5.0 && high > 5.0, "{number:?}");
    assert_eq!(finding.verdict, Verdict::CannotTell, "{:?}", failed(&finding));
}

#[test]
fn a_period_that_nobody_has_stops_before_the_estimate() {
    let mut rows = Made { effect: 0.15, ..TYPICAL }.rows();
    rows.retain(|row| row.period != Period::year(2007).expect("a year"));
    let answers = measure(&strategy(&evaluated("")), &rows);
    assert_eq!(failed(finding(&answers, "e")), ["no-period-skipped"]);
}

#[test]
fn a_withheld_judgement_costs_the_others_nothing() {
    let second = "\n[[evaluation]]\nid = \"e2\"\nobjective = \"o\"\ndesign = \"synthetic-control\"\n\
                  treated = [\"D01\"]\nfrom = 2016\n\
                  threats = [{ what = \"A visa closed\", from = 2016, hits = \"treated\" }]\n";
    let answers = measure(&strategy(&evaluated(second)), &Made { effect: 0.15, ..TYPICAL }.rows());
    assert_eq!(finding(&answers, "e2").verdict, Verdict::Withheld);
    assert_eq!(finding(&answers, "e").verdict, Verdict::Supported);
    assert_eq!(answers.looks.iter().filter(|look| look.decides).count(), 1);
}

/// Over many panels without an effect the program must not say that there is one; over many with a large one it must see
/// most. The bounds are loose: three standard errors above 5 %, and half of what an independent simulation found.
#[test]
fn verdicts_over_many_panels() {
    let verdicts = |effect: f64| {
        let strategy = strategy(&evaluated(""));
        let mut supported = 0;
        for seed in 0..200_u64 {
            let answers =
                measure(&strategy, &Made { effect, noise: 0.01, ..TYPICAL }.seeded(seed * 7919 + 1));
            let finding = finding(&answers, "e");
            if finding.verdict == Verdict::Supported {
                supported += 1;
                let number = finding.numbers.iter().find(|number| number.id == "effect").expect("an effect");
                if let Interval::Range { low, .. } = number.interval {
                    assert!(low > 0.0, "supported beside an interval with zero: {number:?}");
                }
            }
        }
        supported
    };
    let (null, large) = (verdicts(0.0), verdicts(0.15));
    assert!(null <= 19, "{null} of 200 panels without an effect are supported");
    assert!(large >= 100, "{large} of 200 panels with a large effect are supported");
}

#[test]
fn large_values_do_not_round_effects_away() {
    let rows: Vec<Observation> = Made { effect: 0.15, ..TYPICAL }
        .rows()
        .into_iter()
        .map(|row| Observation { value: row.value * 1e10, ..row })
        .collect();
    let answers = measure(&strategy(&evaluated("")), &rows);
    assert!((value(finding(&answers, "e"), "effect") - 15.0).abs() < 1.5);
}

#[test]
fn a_strategy_that_says_nothing_of_threats_has_not_looked() {
    let text = evaluated("").replace("threats = []\n", "");
    let answers = measure(&strategy(&text), &Made { effect: 0.15, ..TYPICAL }.rows());
    let finding = finding(&answers, "e");
    let threat = finding.checks.iter().find(|check| check.id == "concurrent-threat").expect("the check");
    assert_eq!(threat.outcome, CheckOutcome::NotRun);
    assert_eq!((finding.verdict, finding.grade.level), (Verdict::Supported, Some(2)));
}

#[test]
fn gaps_that_only_vary_more_are_no_success() {
    let mut supported = 0;
    for seed in 0..40 {
        let mut rows = Made { noise: 0.01, ..TYPICAL }.seeded(seed * 31 + 5);
        for (at, row) in rows.iter_mut().filter(|row| row.unit == "TREATED").enumerate().skip(16) {
            row.value *= if at % 2 == 0 { 1.3 } else { 0.8 };
        }
        let answers = measure(&strategy(&evaluated("")), &rows);
        supported += usize::from(finding(&answers, "e").verdict == Verdict::Supported);
    }
    assert_eq!(supported, 0);
}
