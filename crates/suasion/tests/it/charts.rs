//! Charts at the edge: whatever a figure holds, the coordinates are numbers, and within the picture.

use suasion::render::html;
use suasion_model::finding::{Bar, Figure, FigureData, Findings, Line, Mark, PartnerDependence};
use suasion_model::period::Period;

use crate::hostile::hostile_text;
use crate::render::{attributes, tags};
use crate::sample::{sample, year};

fn with_figures(data: Vec<FigureData>) -> Findings {
    let mut findings = sample();
    findings.findings.truncate(1);
    findings.findings[0].figures = data
        .into_iter()
        .map(|data| Figure {
            id: "edge".to_string(),
            title: "An edge".to_string(),
            summary: "What happens at the edge.".to_string(),
            unit: "things".to_string(),
            data,
        })
        .collect();
    findings
}

/// Asserts that every coordinate of every chart is a number within its view box.
pub(crate) fn check_charts(data: Vec<FigureData>) {
    let n_figures = data.len();
    let page = html::brief(&with_figures(data));
    let shown = page.split_once("</style>").expect("a style").1;
    for word in ["NaN", "inf<", "inf ", "inf\"", "-inf"] {
        assert!(!shown.contains(word), "{word} is shown");
    }
    let charts: Vec<&str> = page.split("<svg class=\"chart").skip(1).collect();
    assert_eq!(charts.len(), 2 * n_figures);
    for chart in charts {
        let chart = format!("<svg class=\"chart{}", chart.split("</svg>").next().expect("a chart ends"));
        let tags = tags(&chart);
        let view_box: Vec<f64> =
            attributes(&tags, "viewBox")[0].split(' ').map(|part| part.parse().expect("a number")).collect();
        let (width, height) = (view_box[2], view_box[3]);
        let within = |name: &str, value: &str, most: f64| {
            let value: f64 = value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}"));
            assert!((0.0..=most).contains(&value), "{name} {value} lies outside 0 to {most}:\n{chart}");
        };
        for (axis, most) in [("x", width), ("y", height)] {
            for name in [axis.to_string(), format!("{axis}1"), format!("{axis}2"), format!("c{axis}")] {
                for value in attributes(&tags, &name) {
                    within(&name, value, most);
                }
            }
        }
        for (_, attributes) in tags.iter().filter(|(name, sides)| name == "rect" && !sides.is_empty()) {
            let get = |name: &str| -> f64 {
                attributes.iter().find(|(one, _)| one == name).expect("a side").1.parse().expect("a number")
            };
            assert!(
                get("width") >= 0.0 && get("x") + get("width") <= width + 0.1,
                "a bar leaves the chart:\n{chart}"
            );
        }
        for path in attributes(&tags, "d") {
            for point in path.split(['M', 'L']).filter(|point| !point.is_empty()) {
                let (x, y) = point.split_once(' ').expect("a point");
                within("x", x, width);
                within("y", y, height);
            }
        }
    }
}

fn line(name: &str, values: &[Option<f64>]) -> Line {
    Line { name: name.to_string(), values: values.to_vec() }
}

fn path(periods: &[Period], lines: Vec<Line>, mark: Option<Mark>) -> FigureData {
    FigureData::Path { periods: periods.to_vec(), from: year(2012), lines, mark }
}

#[test]
fn paths_stay_within_the_picture() {
    let years: Vec<Period> = (2008..=2015).map(year).collect();
    let long = "A country whose name is much longer than any margin could ever hold, in words and letters"
        .to_string();
    let series = |f: &dyn Fn(usize) -> f64| (0..8).map(|index| Some(f(index))).collect::<Vec<_>>();
    let mark = |at: i64| Some(Mark { period: year(at), text: hostile_text() });
    let mut data = vec![
        path(&years, Vec::new(), None),
        path(&[], vec![line("none", &[])], mark(2012)),
        path(&years[..1], vec![line("one", &[Some(3.0)])], mark(2008)),
        path(&years, vec![line("short", &[Some(1.0), None, Some(2.0)])], mark(2015)),
        path(&years, vec![line("all gaps", &[None; 8])], None),
        path(
            &years,
            vec![line("not numbers", &[Some(f64::NAN), Some(f64::INFINITY), Some(1.0), Some(f64::MAX)])],
            None,
        ),
        path(&years, (0..12).map(|i| line(&format!("{long} {i}"), &series(&|_| 5.0))).collect(), mark(2010)),
        path(&years, vec![line("spike", &series(&|i| if i == 6 { 1e6 } else { 1.0 }))], mark(2014)),
        path(&years, vec![line("outside", &series(&|i| i as f64))], mark(1990)),
    ];
    for factor in [0.0, 1e-12, 1e-5, 1.0, -1.0, 1e9, 1e14, 1e18, -1e90, 1e300] {
        data.push(path(&years, vec![line("constant", &series(&|_| factor))], None));
        data.push(path(
            &years,
            vec![
                line("rising", &series(&|i| factor * i as f64)),
                line(&long, &series(&|i| factor * -2.0 * i as f64)),
            ],
            None,
        ));
    }
    let days: Vec<Period> = (1..=28).map(|day| Period::day(2012, 2, day).expect("a day")).collect();
    data.push(path(
        &days,
        vec![line("daily", &(0..28).map(|i| Some(f64::from(i))).collect::<Vec<_>>())],
        None,
    ));
    let months =
        [Period::month(2012, 1).expect("a month"), year(2012), Period::day(2013, 5, 4).expect("a day")];
    data.push(path(&months, vec![line("mixed", &[Some(1.0), Some(2.0), Some(1.5)])], mark(2012)));
    data.push(path(&[year(1), year(9999)], vec![line("ages", &[Some(1.0), Some(2.0)])], None));
    check_charts(data);
}

#[test]
fn gaps_and_bars_stay_within_the_picture() {
    let years: Vec<Period> = (1995..=2017).map(year).collect();
    let gaps = |n: usize, f: &dyn Fn(usize, usize) -> Option<f64>| FigureData::Gaps {
        periods: years.clone(),
        from: year(2012),
        treated: line("Treated", &(0..23).map(|t| f(0, t)).collect::<Vec<_>>()),
        placebos: (1..=n)
            .map(|i| line(&format!("Placebo {i}"), &(0..23).map(|t| f(i, t)).collect::<Vec<_>>()))
            .collect(),
    };
    let bars = |shares: &[f64]| FigureData::Shares {
        bars: shares.iter().map(|share| Bar { name: hostile_text(), share: *share }).collect(),
    };
    let dependence = |shares: &[(f64, f64)]| FigureData::Dependence {
        focus: hostile_text(),
        partners: shares
            .iter()
            .map(|(focus, partner)| PartnerDependence {
                name: "A partner with a long name, and then some more of it".to_string(),
                flow_to_focus: *focus * 1e6,
                focus_depends: *focus,
                partner_depends: *partner,
                asymmetry: None,
            })
            .collect(),
    };
    check_charts(vec![
        gaps(40, &|i, t| Some((i as f64 - 20.0) * t as f64 / 100.0)),
        gaps(0, &|_, _| Some(0.0)),
        gaps(1, &|i, t| (t % 2 == i).then_some(-1e9)),
        gaps(3, &|_, _| None),
        gaps(2, &|i, t| if t == 5 { Some(f64::NAN) } else { Some(i as f64) }),
        bars(&[]),
        bars(&[1.0]),
        bars(&[0.0, 0.0]),
        bars(&[0.5, -0.1, f64::NAN, f64::INFINITY, 0.000_001]),
        bars(&[0.02; 40]),
        bars(&[7.5, 1e99]),
        dependence(&[]),
        dependence(&[(0.0, 0.0)]),
        dependence(&[(1.0, 0.0), (0.0, 1.0), (f64::NAN, f64::INFINITY), (-0.5, 0.2)]),
        dependence(&[(0.03, 0.9); 30]),
        dependence(&[(0.9, 0.001); 3]),
    ]);
}
