//! The drawing of the chain: no box lies on another, no link runs through one, and nothing leaves the picture.

use std::collections::BTreeSet;
use std::fmt::Write;

use suasion::render::{html, markdown, svg};
use suasion_model::theory::{Theory, theory};
use suasion_model::{Source, check};

use crate::hostile::hostile;
use crate::render::{attributes, tags};
use crate::sample::sample;

/// The chain of a strategy's text.
fn of(text: &str) -> Theory {
    let (strategy, report) = check(&Source::new("strategy.toml", text), None);
    theory(&strategy, &report.diagnostics)
}

const LONDON: &str = include_str!("../../../../cases/london-2012/strategy.toml");

/// The chain of London 2012.
pub(crate) fn london() -> Theory {
    of(LONDON)
}

/// The chain of a strategy with a gap in every column.
pub(crate) fn gaps() -> Theory {
    of(r#"
[strategy]
title = "The festival: did they come because of us?"

[[objective]]
id = "image"
statement = "Improve our image abroad"

[[objective]]
id = "fans"
statement = "A million likes by summer"
decision = "Go on"
audience = "yuong-people"
outcome = "likes"
surrogate = "views"

[[objective]]
id = "return"
statement = "More of those who came once come again"
decision = "Go on"
audience = "domestic"
outcome = "visits"
surrogate = "likes"

[[audience]]
id = "young-people"
who = "People under thirty"
place = ["DEU"]

[[indicator]]
id = "likes"
label = "Likes"
kind = "output"
unit = "likes"

[[indicator]]
id = "visits"
label = "Second visits"
kind = "outcome"
unit = "visits"

[[initiative]]
id = "gala"
label = "The gala"
kind = "event"
starts = 2020
uses = ["hall"]
with = ["orchestra", "hotels"]

[[initiative]]
id = "tour"
label = "The tour"
kind = "event"
starts = 2020
serves = ["return", "fame"]

[[partner]]
id = "orchestra"
name = "The orchestra"
kind = "organisation"
closeness = "independent"

[[resource]]
id = "hall"
label = "The hall"
kind = "culture"

[[resource]]
id = "fund"
label = "The fund"
kind = "money"
"#)
}

/// `n` of everything, each linked with `fan` others; every third initiative has nobody who carries it.
fn many(n: usize, fan: usize) -> String {
    let mut text = String::new();
    let ids = |prefix: &str, i: usize| {
        (0..fan).map(|k| format!("\"{prefix}{}\"", (i + k * k) % n)).collect::<Vec<_>>().join(", ")
    };
    for i in 0..n {
        let with = if i % 3 == 0 { String::new() } else { ids("p", i) };
        let _ = write!(
            text,
            "[[objective]]\nid = \"o{i}\"\nstatement = \"Objective {i} of several words\"\naudience = \"a{}\"\n\
             outcome = \"i{}\"\ndecision = \"Decide {}\"\n\
             [[audience]]\nid = \"a{i}\"\nwho = \"Audience {i}\"\n\
             [[indicator]]\nid = \"i{i}\"\nlabel = \"Indicator {i}\"\nkind = \"outcome\"\nunit = \"x\"\ndataset = \"d\"\n\
             [[partner]]\nid = \"p{i}\"\nname = \"Partner {i}\"\nkind = \"organisation\"\ncloseness = \"independent\"\n\
             [[resource]]\nid = \"r{i}\"\nkind = \"culture\"\n\
             [[initiative]]\nid = \"n{i}\"\nkind = \"other\"\nstarts = 2020\nuses = [{}]\nserves = [{}]\nwith = [{with}]\n",
            i * 7 % n,
            i * 5 % n,
            i / 2,
            ids("r", i),
            ids("o", i),
        );
    }
    text
}

/// A box or a place: left, top, right, bottom.
type Area = [f64; 4];

/// Checks a drawing, and returns how many boxes it has.
fn check_drawing(theory: &Theory) -> usize {
    let drawing = svg::theory(theory);
    for word in ["NaN", "\"inf", "\"-inf", "var(", "url(", "<script", "href"] {
        assert!(!drawing.contains(word), "{word}");
    }
    let tags = tags(&drawing);
    let number = |text: &str| -> f64 { text.parse().unwrap_or_else(|_| panic!("no number: {text}")) };
    let view: Vec<f64> = attributes(&tags, "viewBox")[0].split(' ').map(number).collect();
    let [x, y, width, height] = view[..] else { panic!("four numbers: {view:?}") };
    let view: Area = [x, y, x + width, y + height];
    let get = |attributes: &[(String, String)], name: &str| {
        attributes.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut boxes: Vec<Area> = Vec::new();
    let mut ways = Vec::new();
    for (name, attributes) in &tags {
        let class = get(attributes, "class");
        let side = |name: &str| number(&get(attributes, name));
        match name.as_str() {
            "rect" if !attributes.is_empty() && class != "t-paper" => {
                boxes.push([side("x"), side("y"), side("x") + side("width"), side("y") + side("height")]);
            }
            "text" if !attributes.is_empty() => {
                assert!(
                    inside([side("x"), side("y"), side("x"), side("y")], view),
                    "a text leaves the picture"
                );
            }
            "path" if ["t-link", "t-early", "t-broken"].contains(&class.as_str()) => {
                ways.push(points(&get(attributes, "d")));
            }
            _ => {}
        }
    }
    for (index, one) in boxes.iter().enumerate() {
        assert!(inside(*one, view), "a box leaves the picture: {one:?}");
        for other in &boxes[index + 1..] {
            assert!(!overlap(*one, *other), "boxes lie on each other: {one:?} {other:?}");
        }
    }
    for (x, y) in ways.into_iter().flatten() {
        assert!(inside([x, y, x, y], view), "a link leaves the picture at {x} {y}");
        let hit = boxes.iter().find(|[left, top, right, bottom]| {
            (left + 0.2..right - 0.2).contains(&x) && (top + 0.2..bottom - 0.2).contains(&y)
        });
        assert!(hit.is_none(), "a link runs through a box at {x} {y}: {hit:?}");
    }
    boxes.len()
}

fn inside(area: Area, view: Area) -> bool {
    area[0] >= view[0] && area[1] >= view[1] && area[2] <= view[2] + 0.1 && area[3] <= view[3] + 0.1
}

fn overlap(a: Area, b: Area) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Points along a way of curves and lines, close together.
fn points(way: &str) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    let mut last = (0.0, 0.0);
    for part in way.split(['C', 'L']) {
        let numbers: Vec<f64> =
            part.trim_start_matches('M').split(' ').map(|number| number.parse().expect("a number")).collect();
        let at = |share: f64| match numbers[..] {
            [x, y] if points.is_empty() => (x, y),
            [x, y] => (last.0 + (x - last.0) * share, last.1 + (y - last.1) * share),
            [x1, y1, x2, y2, x, y] => {
                let rest = 1.0 - share;
                let mix = |a: f64, b: f64, c: f64, d: f64| {
                    rest.powi(3) * a
                        + 3.0 * rest * rest * share * b
                        + 3.0 * rest * share * share * c
                        + share.powi(3) * d
                };
                (mix(last.0, x1, x2, x), mix(last.1, y1, y2, y))
            }
            _ => panic!("neither a point nor a curve: {part}"),
        };
        let along: Vec<(f64, f64)> = (1..=40).map(|step| at(f64::from(step) / 40.0)).collect();
        last = at(1.0);
        points.extend(along);
    }
    points
}

#[test]
fn boxes_stand_apart_and_links_run_between_them() {
    for theory in [of(""), london(), gaps(), hostile().theory] {
        assert_eq!(check_drawing(&theory), theory.nodes.len());
    }
    for (n, fan) in [(1, 1), (3, 3), (5, 2), (12, 4), (13, 1), (20, 7), (40, 12)] {
        check_drawing(&of(&many(n, fan)));
    }
}

#[test]
fn a_strategy_of_five_thousand_sections_is_drawn_with_the_gaps_first() {
    let text = many(834, 3).replacen("audience = \"a7\"", "audience = \"nobody\"", 1);
    assert!(text.matches("[[").count() > 5000);
    let theory = of(&text);
    assert!(check_drawing(&theory) <= 7 * 13);
    let drawing = svg::theory(&theory);
    assert!(drawing.len() < 200_000, "{} bytes", drawing.len());
    let more: Vec<&str> =
        drawing.split(">and ").skip(1).filter_map(|rest| rest.split([' ', '<']).next()).collect();
    assert!(drawing.contains("nobody"));
    assert_eq!(more, ["822", "822", "822", "823", "822", "822", "405"]);
    let brief = html::brief(&suasion_model::finding::Findings { theory, ..sample() });
    assert!(brief.contains("more; “suasion check” lists them all."));
}

#[test]
fn the_order_of_sections_changes_no_text_of_the_drawing() {
    let texts = |text: &str| -> BTreeSet<String> {
        svg::theory(&of(text))
            .split("<text")
            .skip(1)
            .filter_map(|text| text.split_once('>')?.1.split_once('<'))
            .map(|(text, _)| text.to_string())
            .collect()
    };
    let mut sections: Vec<&str> = LONDON.split("\n[").skip(1).collect();
    sections.reverse();
    let reversed: String = sections.into_iter().fold(String::new(), |text, section| text + "\n[" + section);
    assert_eq!(texts(&reversed), texts(LONDON));
}

#[test]
fn a_label_from_right_to_left_begins_at_the_right() {
    let drawing = svg::theory(&of("[[audience]]\nid = \"a\"\nwho = \"قراء\"\n"));
    let line = drawing.split("<text").find(|text| text.contains("قراء")).expect("the label");
    assert!(line.contains(r#"direction="rtl""#), "{line}");
}

#[test]
fn every_gap_has_one_number_in_the_picture_and_in_every_list() {
    let theory = gaps();
    let findings = suasion_model::finding::Findings { theory, ..sample() };
    let page = html::brief(&findings);
    let (_, list) = page.split_once(r#"<ol class="gaps">"#).expect("a list");
    let items: Vec<&str> = list.split("</ol>").next().expect("an end").split("<li").skip(1).collect();
    assert_eq!(items.len(), findings.theory.gaps().count());
    let markdown = markdown::brief(&findings);
    let drawing = svg::theory(&findings.theory);
    for (index, (_, gap)) in findings.theory.gaps().enumerate() {
        let tail = gap.text.rsplit('`').next().unwrap_or_default();
        assert!(items[index].contains(tail) && items[index].contains(&gap.code), "{}", items[index]);
        let line =
            markdown.lines().find(|line| line.starts_with(&format!("{}. ", index + 1))).expect("a line");
        assert!(line.contains(tail) && line.contains(&gap.code), "{line}");
        assert!(drawing.contains(&format!("({})", gap.code)));
    }
    let sound = of(include_str!("started.toml"));
    let without_gap = markdown::brief(&suasion_model::finding::Findings { theory: sound, ..sample() });
    assert!(without_gap.contains("No gap was found"));
}
